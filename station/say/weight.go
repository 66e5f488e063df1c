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
var causes = map[string]struct{ likely, asked, step string }{
	"missing":      {"{n} {item} missing", "", "look for it and weigh again"},
	"extra":        {"{n} {item} too many", "", "take it out and weigh again"},
	"carton":       {"you used a different box", "did you use a different box", "scan the box that you used"},
	"refused-item": {"the refused {item} is still in the box", "is the refused {item} still in the box", "take it out and weigh again"},
}

// Likely says the likeliest cause of a miss, "" when nobody knows.
func Likely(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	return ofCause(causes[c.Kind].likely, c, names)
}

// Asked is the same as a question, for a card: "One Mug, white missing?"
func Asked(c *pack.Cause, names Names) string {
	if c == nil {
		return ""
	}
	words := causes[c.Kind]
	return opt("%s?", Sentence(ofCause(cmp.Or(words.asked, words.likely), c, names)))
}

func ofCause(phrase string, c *pack.Cause, names Names) string {
	n := "one"
	if c.N > 1 {
		n = fmt.Sprintf("%d ×", c.N)
	}
	return strings.NewReplacer("{n}", n, "{item}", cmp.Or(names.Of(c.SKU), "item")).Replace(phrase)
}

// OffStep says what to do about a weight that is off.
func OffStep(w pack.Weight) string {
	kind := ""
	if w.Cause != nil {
		kind = w.Cause.Kind
	}
	return cmp.Or(causes[kind].step, "open the box and check it")
}
