package say

import (
	"fmt"
	"strings"

	"packbench/station/pack"
)

// kit says in place of what units are sent, and which kit they are for; where they went to
// several places, to which.
func kit(v pack.Verdict) string {
	if len(v.Into) == 0 {
		return opt(" in place of %s", v.Instead) + opt(" for %s", v.Kit)
	}
	var places []string
	for _, c := range v.Into {
		place := fmt.Sprintf("%d loose", c.Qty)
		if c.Kit != nil {
			place = fmt.Sprintf("%d for %s", c.Qty, c.Kit.Name)
		}
		places = append(places, place)
	}
	return " (" + strings.Join(places, ", ") + ")"
}

// ForKit is kit as a line of its own, "" where no kit is meant.
func ForKit(v pack.Verdict) string {
	return strings.Trim(kit(v), " ()")
}

// mostParts is how many parts of a kit are named at once.
const mostParts = 3

// parts names the parts of a kit that are expected.
func parts(v pack.Verdict, names Names) string {
	var out []string
	for _, sku := range v.Expected[:min(len(v.Expected), mostParts)] {
		out = append(out, names.Of(sku))
	}
	switch more := len(v.Expected) - len(out); {
	case len(out) == 0:
		return "its parts"
	case more > 0:
		out = append(out, fmt.Sprintf("%d more", more))
	}
	if n := len(out) - 1; n > 0 {
		return strings.Join(out[:n], "; ") + " and " + out[n]
	}
	return out[0]
}
