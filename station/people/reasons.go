package people

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Reasons are the short lists of reasons that a shop has the bench offer: codes with spaces
// between. A list that is "" is the program's own.
type Reasons struct {
	Accept  string `json:"accept,omitempty" toml:"accept"`
	LetPass string `json:"let_pass,omitempty" toml:"let_pass"`
	Short   string `json:"short,omitempty" toml:"short"`
	Reprint string `json:"reprint,omitempty" toml:"reprint"`
	Cancel  string `json:"cancel,omitempty" toml:"cancel"`
	Alone   string `json:"alone,omitempty" toml:"alone"`
}

// ReasonList is one of the lists.
type ReasonList struct {
	Key, Codes, Does string
}

// Lists are all of them.
func (r Reasons) Lists() []ReasonList {
	return []ReasonList{
		{"accept", r.Accept, "accept a weight that is off, or let another thing happen"},
		{"let_pass", r.LetPass, "let goods pass that were turned away"},
		{"short", r.Short, "leave units out"},
		{"reprint", r.Reprint, "print again"},
		{"cancel", r.Cancel, "cancel an order or the loading of a van"},
		{"alone", r.Alone, "let an order be packed while the hub is away"},
	}
}

// Codes are those of one of the lists, or the usual ones where it is "".
func Codes(list string, usual []string) []string {
	if codes := strings.Fields(list); len(codes) > 0 {
		return codes
	}
	return usual
}

// ReasonWords are what a code says to whoever reads it.
func ReasonWords(code string) string {
	return strings.ToUpper(code[:1]) + strings.ReplaceAll(code[1:], "-", " ")
}

// reasonForm: a reason is a code, never a sentence. The journal keeps no free notes.
var reasonForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)

// IsReason reports whether a code may be a reason.
func IsReason(code string) bool { return reasonForm.MatchString(code) }

// mostReasons is how many a list may have: each has a digit, and so has the way back.
const mostReasons = 8

// Check returns what is wrong with the lists, each fault with the key of its list.
func (r Reasons) Check(fault func(key, words string)) {
	for _, l := range r.Lists() {
		codes := strings.Fields(l.Codes)
		if len(codes) > mostReasons {
			fault(l.Key, fmt.Sprintf("%d reasons are too many: at most %d have a digit each", len(codes), mostReasons))
		}
		for i, code := range codes {
			switch {
			case !IsReason(code):
				fault(l.Key, fmt.Sprintf("%q is no code: small letters, digits and hyphens, at most 32, and a space between two", clip(code)))
			case slices.Contains(codes[:i], code):
				fault(l.Key, fmt.Sprintf("%q stands there twice", code))
			}
		}
	}
}
