package labels

import (
	"fmt"
	"strings"
	"time"

	"packbench/station/unit"
)

// Words returns the text that stands for an English phrase of a document in
// another language, with the same %-signs (numbered, as in %[2]d, where they
// stand in another order), and the phrase itself where it knows none. The words
// of customs papers are not asked for: they are English and French everywhere.
// Nor are the names of countries, which the postal union wants in a language
// that every sorter knows.
type Words func(english string) string

// say returns a phrase in the language of the paper.
func (p Profile) say(english string, args ...any) string {
	if p.Words != nil {
		english = p.Words(english)
	}
	if len(args) == 0 {
		return english
	}
	return fmt.Sprintf(english, args...)
}

// day writes a date as "22 Nov 2026", or as the language does; figures alone
// are read in two ways.
func (p Profile) day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if p.American {
		return t.Format("Jan 2, 2006")
	}
	return p.say("%d %s %d", t.Day(), p.say(t.Format("Jan")), t.Year())
}

// figures writes a mass or a price with the language's decimal sign: "1.234 kg"
// is more than a ton where the point parts the thousands.
func (p Profile) figures(amount fmt.Stringer) string {
	if m, ok := amount.(unit.Mass); ok && p.American {
		return m.Pounds()
	}
	sign := strings.Trim(p.say("0.5"), "05")
	if sign == "" {
		return amount.String()
	}
	return strings.Replace(amount.String(), ".", sign, 1)
}
