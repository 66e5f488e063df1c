package shell

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/station/say"
	"packbench/station/screen"
)

// Draft is what is being added or changed: a shop, an account, who is told, a rule. Its
// secret is what was entered now, never what is kept.
type Draft struct {
	Field   string // what the keys of its fields begin with: screen.ShopField
	Kind    screen.ShopKind
	Set     []DraftSetting
	ID, URL string
	Secret  string
	Options map[string]string
	Fresh   bool // it is being added
	Fault   string
	Saving  bool
}

// DraftSetting is something that a kind has to be told, or may be.
type DraftSetting struct {
	Key, Name, Help string
	Needed          bool
}

// FreeID is a name for a new one of a kind, that no other one has.
func FreeID(kind string, taken func(id string) bool) string {
	id := kind
	for n := 2; taken(id); n++ {
		id = fmt.Sprintf("%s-%d", kind, n)
	}
	return id
}

// NameField is the field of the name, which a new one has alone.
func (d *Draft) NameField(example string) []screen.Field {
	if !d.Fresh {
		return nil
	}
	return []screen.Field{{Key: d.Field + "id", Label: "Name here", Value: d.ID, Help: "Short, such as " + example + "; it cannot be changed later"}}
}

// KeyField is the field of the key, which a kind without one does not have.
func (d *Draft) KeyField(from string) []screen.Field {
	f := screen.Field{Key: d.Field + "key", Label: d.Kind.Secret, Value: d.Secret, Wide: true, Empty: "not entered", Help: "Paste it from " + from}
	switch {
	case d.Kind.Secret == "":
		return nil
	case !d.Fresh:
		f.Empty, f.Help = "the kept one stays", "Only where it has changed"
	}
	return []screen.Field{f}
}

// halfHelp is how long the help of a field may be that takes half the page.
const halfHelp = 60

// SettingFields are those that a kind may be told besides; what takes the whole width
// stands last.
func (d *Draft) SettingFields() (out []screen.Field) {
	wide := func(s DraftSetting) int {
		if len(s.Help) > halfHelp {
			return 1
		}
		return 0
	}
	for i, s := range slices.SortedStableFunc(slices.Values(d.Set), func(a, b DraftSetting) int { return cmp.Compare(wide(a), wide(b)) }) {
		f := screen.Field{Key: d.Field + "set:" + s.Key, Label: s.Name, Value: d.Options[s.Key], Help: s.Help, Wide: wide(s) > 0}
		if i == 0 {
			f.Section = "What " + within(d.Kind.Name) + " may be told besides"
		}
		if s.Needed {
			f.Empty = "needed"
		}
		out = append(out, f)
	}
	return out
}

// within is the name of a kind within a sentence.
func within(name string) string {
	if rest, article := strings.CutPrefix(name, "A "); article {
		return "a " + rest
	}
	return name
}

// Shown is the draft with its fields, as a page shows it.
func (d *Draft) Shown(fields []screen.Field) *screen.ShopDraft {
	return &screen.ShopDraft{Kind: d.Kind, ID: d.ID, Fresh: d.Fresh, Fields: fields, Fault: d.Fault, Saving: d.Saving}
}

// Enter takes the text of a field.
func (d *Draft) Enter(field, text string) {
	d.Fault = ""
	switch key := strings.TrimPrefix(field, d.Field); key {
	case "id":
		if d.Fresh {
			d.ID = text
		}
	case "url":
		d.URL = text
	case "key":
		d.Secret = text
	default:
		key = strings.TrimPrefix(key, "set:")
		if text == "" {
			delete(d.Options, key)
			return
		}
		d.Options[key] = text
	}
}

// Name gives an open field its words.
func (d *Draft) Name(e *screen.Entry, fields []screen.Field) {
	for _, f := range fields {
		if f.Key == e.ID {
			e.Label, e.Hint = f.Label, f.Help
			e.Secret, e.Paste = f.Key == d.Field+"key", f.Key != d.Field+"id"
			e.Optional = e.Paste
		}
	}
}

// check is what a test says of one thing, whatever was tested.
type check = struct {
	What     string
	OK       bool
	Say, Fix string
}

// Tried is what a test has found.
func Tried[C ~check](l say.Language, checks []C) *screen.ShopCame {
	came := &screen.ShopCame{Words: "Everything works"}
	faults := 0
	for _, one := range checks {
		c := check(one)
		came.Checks = append(came.Checks, screen.ShopCheck{What: c.What, Words: c.Say, Fix: c.Fix, OK: c.OK})
		if !c.OK {
			faults++
		}
	}
	if faults > 0 {
		came.Bad, came.Words = true, l.Say("{n} of {all} checks found something to put right", "n", strconv.Itoa(faults), "all", strconv.Itoa(len(checks)))
	}
	return came
}
