package fields

import (
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/config"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// RightsGroup is the title of the tab that says who may do what.
const RightsGroup = "Rights"

// IsRight reports whether a setting says who may do what.
func IsRight(key string) bool { return strings.HasPrefix(key, "rights.") }

// rightsFields are the table of rights, a field an action: for each the rows that a
// shop may want are offered. packctl rights sets each role by itself.
func rightsFields() (out []Setting) {
	for _, spec := range people.Specs() {
		s := Setting{
			Key: "rights." + string(spec.Action), label: spec.Name, help: spec.Does, text: true, wide: true, Choices: rightsRows(spec),
			value: func(c config.Settings) string { return string(c.Rights.Of(spec.Action)) },
			takes: func(to *config.Settings, row string) error {
				to.Rights.Set(spec.Action, people.Right(row))
				return nil
			},
		}
		s.says = func(row string) string { return RowWords(say.English, people.Right(row)) }
		switch spec.Action {
		case people.Override:
			s.section = "At the bench"
		case people.Count:
			s.section = "At the desk and on pages"
		}
		out = append(out, s)
	}
	return out
}

// rightsRows are the rows that are offered for an action.
func rightsRows(spec people.Spec) []screen.Choice {
	below, reason := people.No, spec.Bench && people.Default().Of(spec.Action).Reason()
	if spec.Bench {
		below = people.Second
	}
	var out []screen.Choice
	add := func(words, help string, leave func(i int) people.Leave) {
		row := people.Right("no no no no")
		for i, role := range people.Roles() {
			row = row.With(role, leave(i))
		}
		out = append(out, screen.Choice{Value: string(row.WithReason(reason)), Words: words, Help: help})
	}
	from := func(least int, alone, below people.Leave) func(int) people.Leave {
		return func(i int) people.Leave {
			if i < least {
				return below
			}
			return alone
		}
	}
	for least, words := range []string{"Everybody", "Supervisors", "Managers", "Administrators"} {
		switch {
		case !spec.Bench || least == 0:
			add(words, map[bool]string{true: "with a badge"}[least == 0], from(least, people.Yes, below))
		default:
			add(words, "others with their badge", from(least, people.Yes, below))
		}
	}
	if spec.Bench {
		add("Everybody, with PIN", "of the badge", from(0, people.WithPIN, below))
		add("Supervisors, with PIN", "others with their badge and PIN", from(1, people.WithPIN, below))
		add("Supervisors only", "nobody else, with or without a badge", from(1, people.Yes, people.No))
	}
	if !spec.Vital {
		add("Nobody", "", from(4, people.Yes, people.No))
	}
	return out
}

// RowWords says a row that is not among those offered, role by role; those at the end that
// may do the same are said as one, so that there is room for what it is about.
func RowWords(l say.Language, row people.Right) string {
	var out []string
	roles := people.Roles()
	for i, role := range roles {
		word := string(row.Of(role))
		if word == string(people.Second) {
			word = "second badge"
		}
		name := map[station.Role]string{
			station.Packer: "Packers", station.Supervisor: "supervisors", station.Manager: "managers", station.Administrator: "administrators",
		}[role]
		phrase, last := "{role}: {leave}", false
		if rest := roles[i+1:]; len(rest) > 0 && !slices.ContainsFunc(rest, func(r station.Role) bool { return row.Of(r) != row.Of(role) }) {
			phrase, last = "{role} and above: {leave}", true
		}
		out = append(out, l.Say(phrase, "role", l.Phrase(name), "leave", l.Phrase(word)))
		if last {
			break
		}
	}
	return strings.Join(out, ", ")
}
