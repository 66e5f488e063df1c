package people

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station"
)

// Listed is one row of a people list: a person with the badge's code, as read
// from a file. Row is its number in that file.
type Listed struct {
	Row    int
	Person station.Person
	Badge  string
}

// Problem is what is wrong with one row. Column is "id", "badge" or "role".
type Problem struct {
	Row    int
	Column string
	Reason string
}

// Check finds what is wrong with a list: missing or doubled ids, missing or
// doubled badges, unknown roles. The first row with an id or badge is right,
// later ones are wrong. Problems come in the order of the rows; no reason
// repeats a badge's code or a name.
func Check(list []Listed) []Problem {
	var out []Problem
	ids, badges := map[string]int{}, map[string]int{}
	for _, p := range list {
		out = append(out, checkID(p, ids)...)
		out = append(out, checkBadge(p, badges)...)
		if p.Person.Role.Rank() == 0 {
			out = append(out, Problem{p.Row, "role", fmt.Sprintf("role %q is unknown; it must be %s", p.Person.Role, roleWords())})
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int { return a.Row - b.Row })
	return out
}

func checkID(p Listed, seen map[string]int) []Problem {
	id := strings.TrimSpace(p.Person.ID)
	if id == "" {
		return []Problem{{p.Row, "id", "the person's id is missing"}}
	}
	if first, ok := seen[id]; ok {
		return []Problem{{p.Row, "id", fmt.Sprintf("id %q stands in row %d already", id, first)}}
	}
	seen[id] = p.Row
	return nil
}

func checkBadge(p Listed, seen map[string]int) []Problem {
	code := Normalise(p.Badge)
	if code == "" {
		return []Problem{{p.Row, "badge", "the badge's code is missing or too long"}}
	}
	if first, ok := seen[code]; ok {
		return []Problem{{p.Row, "badge", fmt.Sprintf("this badge stands in row %d already", first)}}
	}
	seen[code] = p.Row
	return nil
}

func roleWords() string {
	var words []string
	for _, r := range Roles() {
		words = append(words, string(r))
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
