package trace

import (
	"strings"

	"packbench/station/gs1"
)

// Plain writes a tracking number as its bar code does: without what people
// write between the characters, in capitals.
func Plain(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '.' || r == '\t' || r == '\u00a0' || r == '\u202f' || r == '\u200b':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, number)
}

// readings returns the tracking numbers that a scan or a typed text may mean: the
// text itself without an AIM identifier, and, where a postal code of the US was
// scanned before the number (GS1 identifier 420), the number alone. Without the
// separator that scanners are asked to send, both lengths of a postal code are
// tried. Source of the 420 form: USPS publication 199.
func readings(text string) []string {
	_, data := gs1.SplitAIM(strings.TrimSpace(text))
	data = Plain(strings.NewReplacer("<GS>", gs1.GS, "(", "", ")", "").Replace(data))
	out := []string{strings.ReplaceAll(strings.Trim(data, gs1.GS), gs1.GS, "")}
	rest, ok := strings.CutPrefix(strings.Trim(data, gs1.GS), "420")
	if !ok {
		return out
	}
	if zip, number, cut := strings.Cut(rest, gs1.GS); cut {
		if postal(zip) {
			return []string{number} // the two together are no number of anybody
		}
		return out
	}
	for _, n := range []int{5, 9} {
		if len(rest) > n && postal(rest[:n]) {
			out = append(out, rest[n:])
		}
	}
	return out
}

func postal(zip string) bool {
	return (len(zip) == 5 || len(zip) == 9) && strings.Trim(zip, decimals) == ""
}
