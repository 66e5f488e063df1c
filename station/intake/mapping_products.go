package intake

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// CheckProducts says what cannot be right in a mapping of a file of products. Its columns
// are those that a file of products may have; "sku" is needed.
func (m Mapping) CheckProducts() error {
	if m.Kind != "" || len(m.Words) > 0 || m.MonthFirst || m.DayFirst {
		return errors.New("of a file of products only the columns can be said: kinds, words and dates are those of orders")
	}
	var names []string
	for _, c := range productColumns {
		names = append(names, c.name)
	}
	for _, name := range slices.Sorted(maps.Keys(m.names())) {
		if !slices.Contains(names, name) {
			return fmt.Errorf("no column of products is called %q; these are: %s", name, strings.Join(names, ", "))
		}
	}
	if !m.names()["sku"] {
		return errors.New(`the mapping does not say which heading is the column "sku"`)
	}
	return nil
}

// productSchema is what a mapping makes of the columns of products; those that it does
// not name count as if the file did not have them.
func (m Mapping) productSchema() (out schema) {
	for _, c := range productColumns {
		title, at := m.Columns[c.name], m.At[c.name]
		if title == "" && at == 0 {
			continue
		}
		mapped := col(c.name, withoutUnit(title, c.units))
		if mapped.title, mapped.at = title, at; at > 0 {
			mapped.also = nil
		}
		mapped.kind, mapped.units, mapped.need = c.kind, c.units, true // a heading that was answered stands in the file
		out = append(out, mapped)
	}
	return out
}

// withoutUnit is a heading without the unit at its end, where that stands apart: it says
// what the numbers below are.
func withoutUnit(title string, units []string) string {
	words := strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(" _-()[]/.", r) })
	if n := len(words); n > 1 && slices.Contains(units, strings.ToLower(words[n-1])) {
		return strings.Join(words[:n-1], " ")
	}
	return title
}
