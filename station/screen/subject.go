package screen

import (
	"cmp"
	"strings"

	"packbench/station/cases"
)

// Subject is what a page, or a part of it, is about: the open order, a van, a case, a
// day; "" is nothing in particular. What is about one subject, such as a field that is
// open, never stands on the page of another one (V4).
type Subject string

// About names a subject by its kind and its id; there is none without an id.
func About(kind, id string) Subject {
	if id == "" {
		return ""
	}
	return Subject(kind + " " + id)
}

// Said is what became of something that was done, and what that was about: it may be
// said when another subject is shown.
type Said struct {
	Of   Subject
	Text string
}

// On is what stands on the page of a subject.
func (s Said) On(of Subject) string {
	if s.Of != of {
		return ""
	}
	return s.Text
}

// Stays reports whether a field may stay open when the page shows another subject: a
// code is typed for whatever comes, a search and another day are about no single one.
func (e Entry) Stays() bool {
	switch e.ID {
	case "code", EntryFind, EntryDay, EntryQueue, EntryShelf, EntryAnnounce:
		return true
	}
	return false
}

func caseSub(c cases.Case, f Frame) string {
	var parts []string
	if c.Order != "" {
		parts = append(parts, f.Lang.Say("order {no}", "no", cmp.Or(c.Number, c.Order)))
	}
	if c.By != "" {
		parts = append(parts, f.Names.Of(c.By))
	}
	return strings.Join(append(parts, f.Lang.Say("bench {bench}", "bench", c.Station)), " · ")
}
