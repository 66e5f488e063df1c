// Package marking reads what a code says of the units that it stands on: lot, serial, days.
// It looks nothing up: which product it is, and whether that fits, are others' to know.
package marking

import (
	"time"

	"packbench/station/gs1"
	"packbench/station/pack"
)

// Forms of a day and a minute in marks.
const (
	DayForm    = "2006-01-02"
	MinuteForm = "2006-01-02T15:04"
)

// Of reads what an element string says of its units. Of several days that end
// their use the first counts. twice says that it holds two serials, or two lots.
func Of(c gs1.Code, year int) (m pack.Marks, twice bool) {
	one := func(ai string) (text string) {
		for _, e := range c.Elements {
			switch {
			case e.AI != ai || e.Value == text:
			case text != "":
				twice = true
			default:
				text = e.Value
			}
		}
		return text
	}
	m.Lot, m.Serial = one("10"), one("21")
	if m.Serial == "" {
		m.Serial = one("235")
	}
	if m.Serial != "" {
		m.GTIN = string(c.GTIN)
	}
	for _, e := range c.Elements {
		day, best := "", e.AI == "15"
		switch e.AI {
		case "15", "16", "17":
			day = Written(gs1.Day(e.Value, year), "")
		case "7003":
			day = Written(gs1.Day(e.Value[:6], year), "T"+e.Value[6:8]+":"+e.Value[8:])
		}
		if day != "" && (m.Expiry == "" || day < m.Expiry || day == m.Expiry && !best) {
			m.Expiry, m.Best = day, best
		}
	}
	return m, twice
}

// Any reports whether an element string says anything of its units.
func Any(c gs1.Code) bool {
	m, twice := Of(c, 2000)
	return twice || m != (pack.Marks{})
}

// Written writes a day as marks have it, with a time behind it.
func Written(day time.Time, clock string) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(DayForm) + clock
}
