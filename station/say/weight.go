package say

import (
	"cmp"
	"fmt"
	"strings"

	"packbench/station/pack"
)

func weight(v pack.Verdict) pack.Weight {
	if v.Weight == nil {
		return pack.Weight{}
	}
	return *v.Weight
}

// off says a difference: "212 g less than expected".
func off(w pack.Weight, less, more string) string {
	if diff := w.Mass - w.Expected; diff < 0 {
		return Mass(-diff) + less
	}
	return Mass(w.Mass-w.Expected) + more
}

// Off says how far a weight is from what was expected.
func Off(w pack.Weight) string { return off(w, " less than expected", " more than expected") }

// causes are what may be wrong with a weight, and what to do then.
var causes = map[string]struct{ likely, step string }{
	"missing":      {"{n} {item} {is} missing", "look for it and weigh again"},
	"extra":        {"{n} {item} {is} too many", "take it out and weigh again"},
	"carton":       {"it is another box than chosen", "scan the box that you used"},
	"refused-item": {"{item} was refused and is still in the box", "take it out and weigh again"},
}

// Likely says the likeliest cause of a miss, "" when nobody knows.
func Likely(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	n, is := fmt.Sprintf("%d ×", c.N), "are"
	if c.N <= 1 {
		n, is = "one", "is"
	}
	return strings.NewReplacer("{n}", n, "{is}", is, "{item}", cmp.Or(names.Of(c.SKU), "an item")).Replace(causes[c.Kind].likely)
}

// OffStep says what to do about a weight that is off.
func OffStep(w pack.Weight) string {
	kind := ""
	if w.Cause != nil {
		kind = w.Cause.Kind
	}
	return cmp.Or(causes[kind].step, "open the box and check it")
}
