package say

import (
	"cmp"
	"fmt"

	"packbench/station/pack"
)

func weight(v pack.Verdict) pack.Weight {
	if v.Weight == nil {
		return pack.Weight{}
	}
	return *v.Weight
}

// offHead is the difference in large figures: "212 g too light".
func offHead(w pack.Weight) string {
	if diff := w.Mass - w.Expected; diff < 0 {
		return Mass(-diff) + " too light"
	}
	return Mass(w.Mass-w.Expected) + " too heavy"
}

// offFact is the miss as a sentence: "212 g less than expected, perhaps one Mug,
// white is missing".
func offFact(w pack.Weight, names Names) string {
	fact := Off(w)
	if cause := Likely(w.Cause, names); cause != "" {
		fact += ", perhaps " + cause
	}
	return fact
}

// Off says how far a weight is from what was expected.
func Off(w pack.Weight) string {
	if diff := w.Mass - w.Expected; diff < 0 {
		return Mass(-diff) + " less than expected"
	}
	return Mass(w.Mass-w.Expected) + " more than expected"
}

// Likely says the likeliest cause of a miss, "" when nobody knows.
func Likely(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	name := cmp.Or(names.Of(c.SKU), "an item")
	n, verb := fmt.Sprintf("%d ×", c.N), "are"
	if c.N <= 1 {
		n, verb = "one", "is"
	}
	switch c.Kind {
	case "missing":
		return fmt.Sprintf("%s %s %s missing", n, name, verb)
	case "extra":
		return fmt.Sprintf("%s %s %s too many", n, name, verb)
	case "carton":
		return "it is another box than chosen"
	case "refused-item":
		return name + " was refused and is still in the box"
	}
	return ""
}

// OffStep says what to do about a weight that is off.
func OffStep(w pack.Weight) string {
	kind := ""
	if w.Cause != nil {
		kind = w.Cause.Kind
	}
	switch kind {
	case "missing":
		return "look for it and weigh again"
	case "extra", "refused-item":
		return "take it out and weigh again"
	case "carton":
		return "scan the box that you used"
	}
	return "open the box and check it"
}
