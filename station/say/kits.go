package say

import (
	"strconv"
	"strings"

	"packbench/station/pack"
)

// kit says in place of what units are sent, and which kit they are for; where they went to
// several places, to which.
func (l Language) kit(v pack.Verdict) string {
	if len(v.Into) == 0 {
		t := told{in: l}
		return t.opt(" in place of {item}", "item", v.Instead) + t.opt(" for {kit}", "kit", v.Kit)
	}
	var places []string
	for _, c := range v.Into {
		place := l.Say("{n} loose", "n", strconv.Itoa(c.Qty))
		if c.Kit != nil {
			place = l.Say("{n} for {kit}", "n", strconv.Itoa(c.Qty), "kit", c.Kit.Name)
		}
		places = append(places, place)
	}
	return " (" + strings.Join(places, ", ") + ")"
}

// ForKit is kit as a line of its own, "" where no kit is meant.
func (l Language) ForKit(v pack.Verdict) string {
	return strings.Trim(l.kit(v), " ()")
}

// mostParts is how many parts of a kit are named at once.
const mostParts = 3

// parts names the parts of a kit that are expected.
func (l Language) parts(v pack.Verdict, names Names) string {
	var out []string
	for _, sku := range v.Expected[:min(len(v.Expected), mostParts)] {
		out = append(out, names.Of(sku))
	}
	switch more := len(v.Expected) - len(out); {
	case len(out) == 0:
		return l.Phrase("its parts")
	case more > 0:
		out = append(out, l.Say("{n} more", "n", strconv.Itoa(more)))
	}
	if n := len(out) - 1; n > 0 {
		return strings.Join(out[:n], "; ") + l.Phrase(" and ") + out[n]
	}
	return out[0]
}
