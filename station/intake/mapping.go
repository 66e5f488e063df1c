package intake

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/station"
)

// Mapping says what the columns of a file hold that is of no known kind, as a person
// has answered once.
type Mapping struct {
	// Columns are the headings of the file by the names of the plain form: "order",
	// "sku", "qty" are needed.
	Columns map[string]string `json:"columns"`
	// At are the places, from 1, of those whose heading stands in the file twice, or says
	// nothing.
	At map[string]int `json:"at,omitempty"`
	// Kind is the kind of file that it is in spite of its headings, as Report.Kind names
	// it; then nothing else counts.
	Kind string `json:"kind,omitempty"`
	// Words are what the words of the column "status" mean, beside those that are
	// known: open, held, cancelled or done. Any other holds the order.
	Words map[string]string `json:"words,omitempty"`
	// MonthFirst reads 3/4/2026 as the 4th of March, DayFirst as the 3rd of April.
	MonthFirst bool `json:"month_first,omitempty"`
	DayFirst   bool `json:"day_first,omitempty"`
}

// Headings writes the headings of a file as that by which its mapping is remembered.
func Headings(header []string) string {
	var names []string
	for _, title := range header {
		if name := plain(clean(title)); name != "" {
			names = append(names, name)
		}
	}
	return strings.Join(names, "|")
}

// Check says what cannot be right in a mapping.
func (m Mapping) Check() error {
	if m.Kind != "" {
		_, err := kindCalled(m.Kind, nil)
		return err
	}
	plainForm := plainColumns()
	for _, name := range slices.Sorted(maps.Keys(m.names())) {
		if !slices.ContainsFunc(plainForm, func(c column) bool { return c.name == name }) {
			return fmt.Errorf("no column is called %q; these are: %s", name, strings.Join(columnNames(), ", "))
		}
	}
	for _, c := range plainForm {
		if c.need && !m.names()[c.name] {
			return fmt.Errorf("the mapping does not say which heading is the column %q", c.name)
		}
	}
	for _, word := range slices.Sorted(maps.Keys(m.Words)) {
		if means := station.OrderStatus(m.Words[word]); means != station.OrderOpen && severity[means] == 0 {
			return fmt.Errorf("the word %q cannot mean %q, only open, held, cancelled or done", word, means)
		}
	}
	if m.MonthFirst && m.DayFirst {
		return fmt.Errorf("of a date such as 3/4/2026 either the month or the day is first")
	}
	return nil
}

// names are the columns that it says something of.
func (m Mapping) names() map[string]bool {
	out := map[string]bool{}
	for name, title := range m.Columns {
		out[name] = title != ""
	}
	for name, at := range m.At {
		out[name] = out[name] || at > 0
	}
	return out
}

// Of reports whether a mapping is about a file with this header.
func (m Mapping) Of(header []string) bool {
	for name, at := range m.At {
		if at < 1 || at > len(header) || plain(clean(header[at-1])) != plain(clean(m.Columns[name])) {
			return false
		}
	}
	return true
}

func columnNames() []string {
	var names []string
	for _, c := range plainColumns() {
		names = append(names, c.name)
	}
	return names
}

// kindOf returns the kind of file that a mapping makes of one with this header. An error
// says why it cannot.
func (m Mapping) kindOf(header []string) (*profile, error) {
	switch {
	case !m.Of(header):
		return m.profile(), fmt.Errorf("the columns that were chosen are those of a file with other headings")
	case m.Kind == "":
		return m.profile(), m.Check()
	}
	p, err := kindCalled(m.Kind, header)
	if err != nil {
		p = &plainProfile
	}
	return p, err
}

// profile makes a kind of file of a mapping.
func (m Mapping) profile() *profile {
	p := &profile{name: "Mapped orders"}
	switch {
	case m.MonthFirst:
		p.dates = monthFirst
	case m.DayFirst:
		p.dates = dayFirst
	}
	for _, c := range plainColumns() {
		if title, at := m.Columns[c.name], m.At[c.name]; title != "" || at > 0 {
			mapped := col(c.name, title)
			if mapped.at = at; at > 0 {
				mapped.also = nil
			}
			mapped.kind, mapped.units, mapped.need = c.kind, c.units, true // a heading that was answered stands in the file
			p.columns = append(p.columns, mapped)
		}
	}
	if m.names()["status"] {
		words := maps.Clone(plainWords)
		for word, means := range m.Words {
			words[plain(word)] = station.OrderStatus(means)
		}
		p.stops = []stop{{column: "status", words: words}}
	}
	return p
}

// ID is a kind of file as a word: "squarespace-orders".
func (p *profile) id() string {
	if p == &plainProfile {
		return "plain"
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(p.name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	}), "-")
}

// kindCalled returns the profile that a person forces by its word, or by the begin of
// it where only one begins so.
func kindCalled(word string, header []string) (*profile, error) {
	if word == "plain" {
		return &plainProfile, nil
	}
	var exact, begun []*profile
	words := []string{"plain"}
	for i := range profiles {
		p := &profiles[i]
		id := p.id()
		switch {
		case p.instead != "":
			continue
		case id == word:
			exact = append(exact, p)
		case strings.HasPrefix(id, word):
			begun = append(begun, p)
		}
		if !slices.Contains(words, id) {
			words = append(words, id)
		}
	}
	if exact == nil {
		exact = begun
	}
	if own := recognise(header); own != nil && slices.Contains(exact, own) {
		return own, nil
	}
	if len(exact) == 0 || exact[0].id() != exact[len(exact)-1].id() {
		return nil, fmt.Errorf("%q is not one kind of file; these are: %s", word, strings.Join(words, ", "))
	}
	return exact[0], nil
}
