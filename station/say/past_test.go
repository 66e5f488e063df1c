package say

import (
	"strings"
	"testing"

	"packbench/station/pack"
)

// What happened is told in the past tense, whatever the bench said then.
func TestAStoryIsToldInThePast(t *testing.T) {
	for code, of := range sayings {
		for form, s := range of {
			for _, w := range strings.Fields(past(s.Fact)) {
				if then := were[strings.TrimRight(w, ",;:.")]; then != "" && then != w && w != "can" && w != "have" && w != "fit" {
					t.Errorf("%s %q: %q is in the present", code, form, past(s.Fact))
				}
			}
		}
	}
	for want, v := range map[string]pack.Verdict{
		"Order 1042 was parked":    {Code: pack.CodeParked, Order: "1042"},
		"Is was not in this order": {Code: pack.CodeWrongItem, SKU: "is"},
		"The label was printed":    {Code: pack.CodeLabelPrinted},
	} {
		if got := English.Past(v, Names{}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
