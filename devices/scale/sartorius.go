package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// Sartorius SBI: balances of Sartorius. Sources: Master series manual p. 79;
// GC 803 S p. 57; LE 2202 S p. 51; MSE 36201 S p. 71.
//
//	Format:  [id(6)] sign SP value(8) SP unit(3) CR LF     16 characters, 22 with the id
//	Example: "+   123.56 g  " CR LF                stable
//	         "+    123.5    " CR LF                moving: no unit
//	         "N     +   123.56 g  " CR LF          net
//	         "Stat        H       " CR LF          over load; L under load, C calibrates
//	         "Stat     Err 101    " CR LF          a fault
//
// Brackets mark a digit that is not verified: 123.5[6]. The unit of a moving
// weight is that of the last steady one since the port was opened; before the
// first there is none, and then the moving weight has no mass. The line is that
// of the older balances; newer ones leave the works with 9600 baud.
func sartorius() Protocol {
	return Protocol{
		Name:   "sartorius-sbi",
		Title:  "Sartorius SBI",
		Line:   devices.Line{Baud: 1200, Bits: 7, Parity: "odd", Stop: 1},
		Polled: devices.Poll{Ask: []byte("\x1BP\r\n"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Timeout: time.Second},
		Zero:   []byte("\x1BV\r\n"),
		Tare:   []byte("\x1BU\r\n"),
		New: func(Profile) Decoder {
			var s sbi
			return newTextLines(usualLine, s.line)
		},
	}
}

// sbi remembers the unit of the last steady weight.
type sbi struct{ unit string }

func (s *sbi) line(line string) (r devices.Reading, ok bool) {
	if state, ok := sbiStatus(line); ok {
		r.State = state
		return r, true
	}
	if len(line) != 14 && len(line) != 20 {
		return r, true // a character was lost, and with it perhaps a digit
	}
	id, text := "", line
	if len(line) == 20 {
		id, text = strings.Trim(line[:6], " "), line[6:]
	}
	switch id {
	case "", "N", "G", "G#":
	case "T", "T1", "T2": // what the scale holds as tare is no weight of goods
		return r, false
	default:
		return r, true // a count, a sum
	}
	text, ok = unbracket(text)
	if !ok {
		return r, true
	}
	number, unit, ok := cutNumber(text)
	if !ok || unit != "" && unit[0] != ' ' {
		return r, true
	}
	if unit = strings.Trim(unit, " "); unit != "" {
		setWeight(&r, number, unit, steady)
		s.unit = r.Unit
	} else {
		setWeight(&r, number, s.unit, moving)
		r.State, r.StableKnown, r.Unit = devices.Motion, true, ""
	}
	r.Net = r.HasMass && id == "N"
	return r, true
}

// sbiStatus reads the lines that hold words in place of a weight.
func sbiStatus(line string) (devices.ReadingState, bool) {
	words := strings.Fields(line)
	stat := len(words) > 0 && words[0] == "Stat"
	if stat {
		words = words[1:]
	}
	if len(words) == 0 {
		return devices.Unknown, stat
	}
	switch word := strings.ToUpper(words[0]); {
	case word == "H" || word == "HH" || word == "HIGH":
		return devices.Over, true
	case word == "L" || word == "LL" || word == "LOW":
		return devices.Under, true
	case word == "C" || strings.HasPrefix(word, "CAL"), strings.Contains(word, "ERR"), strings.HasSuffix(word, ".ER"):
		return devices.Error, true
	}
	return devices.Unknown, stat
}

// unbracket takes away one pair of brackets around digits.
func unbracket(text string) (string, bool) {
	before, rest, opened := strings.Cut(text, "[")
	inside, after, closed := strings.Cut(rest, "]")
	if !opened {
		return text, !strings.Contains(text, "]")
	}
	whole := inside != "" && strings.Trim(inside, "0123456789.") == "" && before != "" && strings.IndexByte("0123456789.", before[len(before)-1]) >= 0
	return before + inside + after, closed && whole
}
