package say

import (
	"strings"

	"packbench/station/pack"
)

func marks(v pack.Verdict) pack.Marks {
	if v.Marks == nil {
		return pack.Marks{}
	}
	return *v.Marks
}

func life(v pack.Verdict) pack.Life {
	if v.Life == nil {
		return pack.Life{}
	}
	return *v.Life
}

// Marks says what is known of units: "serial number S17, lot L4, until 31 Jan 2027".
func (l Language) Marks(m pack.Marks) string {
	t := told{in: l}
	var parts []string
	for _, p := range []string{t.opt("serial number {serial}", "serial", m.Serial), t.opt("lot {lot}", "lot", m.Lot), t.opt("until {day}", "day", l.Expiry(m.Expiry))} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}
