package say

import (
	"strings"
	"time"

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

// Expiry writes a day as people read it in any country: "31 Jan 2027", with the time
// where there is one.
func Expiry(day string) string {
	for form, out := range map[string]string{"2006-01-02": "2 Jan 2006", "2006-01-02T15:04": "2 Jan 2006, 15:04"} {
		if t, err := time.Parse(form, day); err == nil {
			return t.Format(out)
		}
	}
	return day
}

// Marks says what is known of units: "serial number S17, lot L4, until 31 Jan 2027".
func Marks(m pack.Marks) string {
	var parts []string
	for _, p := range []string{opt("serial number %s", m.Serial), opt("lot %s", m.Lot), opt("until %s", Expiry(m.Expiry))} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

func marked(v pack.Verdict) string { return opt(" (%s)", Marks(marks(v))) }

// orChoose offers what the units before had.
func orChoose(v pack.Verdict) string {
	if len(v.Choices) < 2 {
		return ""
	}
	return ", or answer by number"
}

// orBadge says that somebody may accept it, where somebody may.
func orBadge(v pack.Verdict) string {
	if len(v.Choices) == 0 {
		return ""
	}
	return ", or have a supervisor accept it"
}
