package screen

import "packbench/station"

// HandlingEntry asks what is to change of how a product is packed; h holds now.
func HandlingEntry(h station.Handling) *Entry {
	e := &Entry{ID: EntryShelfHandling, Label: "How is it packed?", Hint: "Touch what you want to change"}
	for _, f := range []struct {
		name, label, note string
		is                bool
	}{
		{station.HandlingOwn, "Ships in its own carton", "it needs no box", h.Own},
		{station.HandlingNoTop, "Nothing on top", "nothing stands on it in the box", h.NoTop},
		{station.HandlingByWeight, "May be counted by weight", "the scale says how many", h.ByWeight},
	} {
		value := f.name + "=yes"
		if f.is {
			value = f.name + "=no"
		}
		e.Choices = append(e.Choices, Action{
			ID: "option:" + digits(len(e.Choices)+1), Label: f.label, Note: f.note, Enabled: true, On: f.is, Intent: Intent{Kind: IntentEnter, Name: EntryShelfHandling, Value: value},
		})
	}
	limit := ""
	if h.PerBox > 0 {
		limit = digits(h.PerBox)
	}
	return withFields(e,
		Action{Label: "Most per box", Note: limit, On: limit != "", Intent: Intent{Kind: IntentEdit, Name: EntryShelfPerBox, Value: limit}},
		Action{Label: "Box group", Note: h.Group, On: h.Group != "", Intent: Intent{Kind: IntentEdit, Name: EntryShelfGroup, Value: h.Group}})
}

// withFields adds choices that open a field.
func withFields(e *Entry, fields ...Action) *Entry {
	for _, a := range fields {
		a.ID, a.Enabled = "option:"+digits(len(e.Choices)+1), true
		e.Choices = append(e.Choices, a)
	}
	return e
}

// handlingField gives the fields for how a product is packed their words.
func handlingField(e Entry) Entry {
	switch e.ID {
	case EntryShelfPerBox:
		e.Label, e.Hint, e.Optional = "How many units in one box at most?", "A whole number; empty for no limit", true
	case EntryShelfGroup:
		e.Label, e.Hint, e.Optional = "Which goods share a box with it?", "The name of a group; empty for none", true
	}
	return e
}
