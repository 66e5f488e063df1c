package say

import (
	"cmp"

	"packbench/station/pack"
)

func weight(v pack.Verdict) pack.Weight {
	if v.Weight == nil {
		return pack.Weight{}
	}
	return *v.Weight
}

// causes are what may be wrong with a weight, and what to do then.
var causes = map[string]struct{ likely, asked, step string }{
	"missing":      {"{n} {item} missing", "", "look for it and weigh again"},
	"extra":        {"{n} {item} too many", "", "take it out and weigh again"},
	"swapped":      {"{item} in place of {other}", "is {item} in the box in place of {other}", "put the right one in and weigh again"},
	"slip":         {"the slip is missing", "is the slip missing", "put it in and weigh again"},
	"filling":      {"the filling is missing", "is the filling missing", "put it in and weigh again"},
	"carton":       {"you used a different box", "did you use a different box", "scan the box that you used"},
	"refused-item": {"the refused {item} is still in the box", "is the refused {item} still in the box", "take it out and weigh again"},
}

// OffStep says what to do about a weight that is off.
func OffStep(w pack.Weight) string {
	kind := ""
	if w.Cause != nil {
		kind = w.Cause.Kind
	}
	return cmp.Or(causes[kind].step, "open the box and check it")
}
