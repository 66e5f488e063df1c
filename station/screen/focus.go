package screen

import "slices"

// Targets lists everything that can be pressed, in the order that the keyboard
// goes through it. A dialogue on top hides what is behind it.
func (v View) Targets() []Action {
	var out []Action
	add := func(actions ...Action) {
		for _, a := range actions {
			if a.Enabled && a.ID != "" && a.Intent.Kind != "" {
				out = append(out, a)
			}
		}
	}
	switch {
	case v.Entry != nil:
		add(EntryActions(*v.Entry)...)
		return out
	case v.Help != nil:
		add(v.Help.Close)
		return out
	case v.Bench != nil && v.Bench.Question != nil:
		add(v.Bench.Question.Choices...)
	}
	if b := v.Bench; b != nil {
		for _, s := range b.Services {
			add(s.Take)
		}
		add(b.Actions...)
		for _, l := range b.Lines {
			add(l.Select)
		}
		if b.Idle != nil {
			add(b.Idle.Parked...)
		}
	}
	if c := v.Cases; c != nil {
		add(c.Chips...)
		for _, r := range c.Rows {
			add(r.Select)
		}
		if c.Detail != nil {
			add(c.Detail.Resolve...)
		}
	}
	if s := v.Shift; s != nil {
		add(s.Tabs...)
		add(s.Export...)
	}
	if s := v.Settings; s != nil {
		for _, d := range s.Devices {
			add(d.Test)
		}
		add(s.Tabs...)
		for _, f := range s.Fields {
			add(f.Edit)
		}
		add(s.Save)
	}
	add(v.Tabs...)
	if s := v.Sim; s != nil {
		for _, t := range slices.Concat(s.Tiles, s.Strangers) {
			add(t.Scan)
		}
		add(slices.Concat(s.Codes, s.Weights, s.Cables, s.Printer)...)
	}
	return out
}

// EntryActions are the buttons under a field.
func EntryActions(e Entry) []Action {
	return []Action{
		{ID: "entry:done", Label: "Done", Key: "Enter", Enabled: e.Text != "" && !e.Bad, Primary: true, Intent: Intent{Kind: IntentEnter, Name: e.ID, Value: e.Text}},
		{ID: "entry:leave", Label: "Leave", Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentCancel}},
	}
}

// Press says what a key of a person means on this view; ok is false where it
// means nothing. Keys are named as the buttons show them: "F2", "Tab",
// "Shift Tab", "Enter", "Esc", "Backspace", "Ctrl 2", or a single character.
// What a scanner typed must never come here.
func Press(v View, key string) (in Intent, ok bool) {
	if v.Entry != nil {
		return typed(*v.Entry, key)
	}
	targets := v.Targets()
	switch key {
	case "Tab", "Down", "Right":
		return step(v, targets, 1)
	case "Shift Tab", "Up", "Left":
		return step(v, targets, -1)
	case "Esc":
		if v.Focus != "" && v.Help == nil {
			return Intent{Kind: IntentFocus}, true
		}
		return Intent{Kind: IntentCancel}, true
	case "Enter", "Space":
		for _, a := range targets {
			if a.ID == v.Focus {
				return a.Intent, true
			}
		}
		return Intent{}, false
	}
	for _, a := range targets {
		if a.Key == key {
			return a.Intent, true
		}
	}
	switch {
	case key == DefaultKeys()["help"]:
		return Intent{Kind: IntentHelp}, true
	case key == DefaultKeys()["theme"]:
		return Intent{Kind: IntentTheme}, true
	}
	return Intent{}, false
}

func step(v View, targets []Action, by int) (Intent, bool) {
	if len(targets) == 0 {
		return Intent{}, false
	}
	i := slices.IndexFunc(targets, func(a Action) bool { return a.ID == v.Focus })
	switch {
	case i < 0 && by > 0:
		i = 0
	case i < 0:
		i = len(targets) - 1
	default:
		i = (i + by + len(targets)) % len(targets)
	}
	return Intent{Kind: IntentFocus, Name: targets[i].ID}, true
}

// maxEntry is how many characters a field takes.
const maxEntry = 80

// typed edits a field.
func typed(e Entry, key string) (Intent, bool) {
	text := []rune(e.Text)
	switch {
	case key == "Enter" && e.Text != "" && !e.Bad:
		return Intent{Kind: IntentEnter, Name: e.ID, Value: e.Text}, true
	case key == "Esc":
		return Intent{Kind: IntentCancel}, true
	case key == "Backspace" && len(text) > 0:
		return Intent{Kind: IntentText, Name: e.ID, Value: string(text[:len(text)-1])}, true
	case key == "Space":
		key = " "
	}
	if len([]rune(key)) == 1 && len(text) < maxEntry {
		return Intent{Kind: IntentText, Name: e.ID, Value: e.Text + key}, true
	}
	return Intent{}, false
}

// EntryFor opens the field that an intent of kind IntentEdit names.
func EntryFor(in Intent) Entry {
	e := Entry{ID: in.Name, Text: in.Value, Label: in.Name}
	switch in.Name {
	case "code":
		e.Label, e.Hint = "Type a code", "Order number, SKU, or the digits under the bars"
	case "weight":
		e.Label, e.Hint = "Type the weight", "With its unit, such as 1.25 kg"
	}
	return e
}
