package intake

import "time"

// memory is what was read of a file before: the same days stand in it on many rows, and
// to try all ways in which a day may be written takes longer than all else of a row.
type memory struct {
	days map[writtenDay]day
}

// writtenDay is a date as it is written.
type writtenDay struct {
	text  string
	order dateOrder
}

// day is a date as it is, if it is one.
type day struct {
	at     time.Time
	all    bool // no time: the end of the day
	isDate bool
}

// mostDays is how many are remembered.
const mostDays = 4096

// written is as the function of that name, without the zone's words.
func (m *memory) written(text string, order dateOrder, in *time.Location) (t time.Time, all, ok bool) {
	if m == nil { // of a part of a row
		m = &memory{}
	}
	known, ok := m.days[writtenDay{text, order}]
	if ok {
		return known.at, known.all, known.isDate
	}
	t, all, ok = written(utc.ReplaceAllString(text, "${1}Z"), order, in)
	if m.days == nil || len(m.days) >= mostDays {
		m.days = map[writtenDay]day{}
	}
	m.days[writtenDay{text, order}] = day{at: t, all: all, isDate: ok}
	return t, all, ok
}
