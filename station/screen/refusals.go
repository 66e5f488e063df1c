package screen

import (
	"fmt"
	"regexp"
	"strings"

	"packbench/station/say"
)

// Refusal is a row of a file that was not taken as it is, and why. Row 0 is none of its
// rows.
type Refusal struct {
	Row            int
	Column, Reason string
}

// rowsNamed is how many rows of one reason are named.
const rowsNamed = 8

// own are what differs between two reasons that are the same: what stands in quotes, and
// words with a figure.
var own = regexp.MustCompile(`"[^"]*"|[^ "]*[0-9][^ "]*`)

// few rows of one reason are told one by one: each may say more than the reason.
const few = 4

// ByReason lists rows by their reasons, many of one reason as how many they are, in the
// order of the first ones. What became of them is said in a few words, such as "rejected". The reasons stay as the reader of the file gave them.
func ByReason(l say.Language, rows []Refusal, became string) []string {
	groups := map[string][]Refusal{}
	var order []string
	for i, r := range rows {
		key := r.Column + "\x00" + own.ReplaceAllString(r.Reason, "#")
		if r.Row == 0 { // it is about the file, or a product
			key = fmt.Sprint(i)
		}
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], r)
	}
	var out []string
	for _, key := range order {
		g := groups[key]
		if len(g) > few {
			out = append(out, many(l, g, became))
			continue
		}
		for _, r := range g {
			place := r.Column
			if r.Row > 0 {
				place = at(l.Say("Row {n}", "n", digits(r.Row)), r.Column)
			}
			out = append(out, l.Say("{place}, {became}: {reason}", "place", place, "became", l.Phrase(became), "reason", r.Reason))
		}
	}
	return out
}

// many tells of rows of one reason.
func many(l say.Language, g []Refusal, became string) string {
	var rows []string
	for _, r := range g[:min(len(g), rowsNamed)] {
		rows = append(rows, fmt.Sprint(r.Row))
	}
	if len(g) > rowsNamed {
		rows = append(rows, "…")
	}
	return l.Say("{place}, {became}: {reason} (rows {rows})", "place", at(l.Many(len(g), "row"), g[0].Column), "became", l.Phrase(became), "reason", g[0].Reason, "rows", strings.Join(rows, ", "))
}

// at is a place in a file: its column may not be known.
func at(rows, column string) string { return strings.TrimSuffix(rows+", "+column, ", ") }
