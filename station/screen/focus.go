package screen

import (
	"slices"
	"unicode"
)

// Targets lists everything that can be pressed, in the order that the keyboard
// goes through it. A dialogue on top hides what is behind it.
func (v View) Targets() []Action {
	var all []Action
	switch {
	case v.Entry != nil:
		for _, t := range v.Entry.Tiles {
			all = append(all, t.Take)
		}
		all = slices.Concat(all, v.Entry.Choices, EntryActions(*v.Entry))
	case v.Help != nil:
		all = append(slices.Clone(v.Help.More), v.Help.Close)
	default:
		all = slices.Concat(v.benchTargets(), v.deskTargets(), v.Tabs, v.simTargets())
	}
	return slices.DeleteFunc(all, func(a Action) bool { return !a.Enabled || a.ID == "" || a.Intent.Kind == "" })
}

func (v View) benchTargets() []Action {
	b := v.Bench
	if b == nil {
		return nil
	}
	var out []Action
	if b.Question != nil {
		out = append(out, b.Question.Choices...)
	}
	for _, s := range b.Services {
		out = append(out, s.Take)
	}
	if b.Return != nil {
		out = append(out, b.Return.targets()...)
	}
	out = append(out, b.Actions...)
	for _, l := range b.Lines {
		out = append(out, l.Select)
	}
	if b.Idle != nil {
		if n := b.Idle.Next; n != nil {
			out = append(out, n.Start)
		}
		if f := b.Idle.Found; f != nil {
			out = append(out, f.Print, f.Slip)
		}
		out = append(out, b.Idle.Parked...)
		out = append(out, b.Idle.Open, b.Idle.TakeBack)
	}
	return out
}

func (v View) deskTargets() []Action {
	var out []Action
	if d := v.Dock; d != nil {
		out = append(out, d.targets()...)
	}
	if q := v.Queue; q != nil {
		out = append(out, q.targets()...)
	}
	if c := v.Cases; c != nil {
		out = slices.Concat(out, c.Search, c.Chips, c.Narrow)
		for _, r := range c.Rows {
			out = append(out, r.Select)
		}
		out = append(out, c.Pages...)
		if c.Detail != nil {
			out = slices.Concat(out, c.Detail.Resolve, c.Detail.Acts)
			if c.Detail.Steps != nil {
				out = append(out, *c.Detail.Steps)
			}
		}
	}
	if b := v.Board; b != nil {
		out = append(out, b.targets()...)
	}
	if s := v.Shift; s != nil {
		out = slices.Concat(out, s.Days, s.Tabs, s.Export)
		for _, a := range []*Action{s.Even, s.Open} {
			if a != nil {
				out = append(out, *a)
			}
		}
	}
	if t := v.Trace; t != nil {
		out = append(out, t.targets()...)
	}
	if s := v.Settings; s != nil {
		out = append(out, s.targets()...)
	}
	if d := v.Doctor; d != nil {
		out = append(out, d.Actions...)
	}
	if s := v.Shop; s != nil {
		out = append(out, s.targets()...)
	}
	if o := v.Outbox; o != nil {
		out = append(out, o.targets()...)
	}
	if a := v.After; a != nil {
		out = append(out, a.targets()...)
	}
	if s := v.Shops; s != nil {
		out = append(out, s.targets()...)
	}
	if c := v.Columns; c != nil {
		out = append(out, c.targets()...)
	}
	return append(out, v.goodsTargets()...)
}

func (v View) goodsTargets() []Action {
	switch {
	case v.Stock != nil:
		return v.Stock.targets()
	case v.Count != nil:
		return v.Count.targets()
	case v.Catalogue != nil:
		return v.Catalogue.targets()
	}
	return nil
}

func (v View) simTargets() []Action {
	s := v.Sim
	if s == nil {
		return nil
	}
	var out []Action
	for _, t := range slices.Concat(s.Tiles, s.Strangers) {
		out = append(out, t.Scan)
	}
	return slices.Concat(out, s.Codes, s.Weights, s.Cables, s.Printer)
}

// mayEnd reports whether what stands in the field can be taken.
func (e Entry) mayEnd() bool { return !e.Bad && (e.Text != "" || e.Optional) }

// EntryActions are the buttons under a field.
func EntryActions(e Entry) []Action {
	leave := Action{ID: "entry:leave", Label: e.Lang.Phrase("Cancel"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentCancel}}
	if len(e.Choices) > 0 {
		return []Action{leave}
	}
	done := Action{ID: "entry:done", Label: e.Lang.Phrase("Done"), Key: "Enter", Enabled: e.mayEnd(), Primary: true, Intent: Intent{Kind: IntentEnter, Name: e.ID}}
	if e.Paste {
		return []Action{done, {ID: "entry:paste", Label: e.Lang.Phrase("Paste"), Key: keyPaste, Enabled: true, Intent: Intent{Kind: IntentPaste, Name: e.ID}}, leave}
	}
	if e.Next == "" {
		return []Action{done, leave}
	}
	on := Action{ID: "entry:next", Label: e.Lang.Phrase("Next field"), Key: "Tab", Enabled: e.mayEnd(), Intent: done.Intent}
	on.Intent.Next = e.Next
	return []Action{done, on, leave}
}

// Press says what a key of a person means on this view; ok is false where it
// means nothing. Keys are named as the buttons show them: "F2", "Tab",
// "Shift Tab", "Enter", "Esc", "Backspace", "Ctrl 2", or a single character.
// What a scanner typed must never come here.
func Press(v View, key string) (in Intent, ok bool) {
	if v.Entry != nil && (len(v.Entry.Choices) == 0 || key == "Esc") {
		return typed(*v.Entry, key)
	}
	targets := v.Targets()
	switch key {
	case "Tab", "Down", "Right":
		return step(v, targets, 1)
	case "Shift Tab", "Up", "Left":
		return step(v, targets, -1)
	case "Esc":
		return leave(v, targets)
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
	if in, ok := typeCode(v, targets, key); ok {
		return in, true
	}
	switch {
	case key == DefaultKeys()["undo"]: // Back stands in its place
		return wayBack(targets)
	case key == DefaultKeys()["help"]:
		return Intent{Kind: IntentHelp}, true
	case key == DefaultKeys()["theme"]:
		return Intent{Kind: IntentTheme}, true
	}
	if i := slices.IndexFunc(v.Pages, func(a Action) bool { return a.Key == key }); i >= 0 && v.Entry == nil && v.Help == nil {
		return v.Pages[i].Intent, true
	}
	return Intent{}, false
}

// typeCode opens the field for a code with what was typed, where that field is offered
// and the key means nothing else: whoever types an order's number need not look for its
// button first (V31). A letter does so only while no order is open, or when the label is
// to be scanned, whose numbers begin with one.
func typeCode(v View, targets []Action, key string) (Intent, bool) {
	r := []rune(key)
	if v.Bench == nil || len(r) != 1 || !unicode.IsDigit(r[0]) && (v.Page != PageIdle && v.Page != PageReturn && v.Page != PageClosing || !unicode.IsLetter(r[0])) {
		return Intent{}, false
	}
	i := slices.IndexFunc(targets, func(a Action) bool {
		return a.Intent.Kind == IntentEdit && (a.Intent.Name == "code" || a.Intent.Name == EntryPIN)
	})
	if i < 0 {
		return Intent{}, false
	}
	return Intent{Kind: IntentEdit, Name: targets[i].Intent.Name, Value: key}, true
}

// leave is what Esc does: it leaves what is asked, or else the focus, or else the page
// for the one before it, and at last for that of the bench.
func leave(v View, targets []Action) (Intent, bool) {
	if back, ok := wayBack(targets); ok {
		return back, true
	}
	if v.Focus != "" && v.Help == nil {
		return Intent{Kind: IntentFocus}, true
	}
	if i := slices.IndexFunc(targets, func(a Action) bool { return a.Key == "Esc" }); i >= 0 {
		return targets[i].Intent, true
	}
	if v.Bench != nil || v.Shop != nil {
		return Intent{Kind: IntentCancel}, true
	}
	return Intent{Kind: IntentPage, Name: "bench"}, true
}

// wayBack is what Esc does where something is asked.
func wayBack(targets []Action) (Intent, bool) {
	i := slices.IndexFunc(targets, func(a Action) bool { return a.Command == "back" })
	if i < 0 {
		return Intent{}, false
	}
	return targets[i].Intent, true
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

// keyPaste puts what is on the clipboard into a field.
const keyPaste = "Ctrl V"

// maxEntry is how many characters a field takes.
const maxEntry = 200

// typed edits a field.
func typed(e Entry, key string) (Intent, bool) {
	text := []rune(e.Text)
	switch {
	case key == "Enter" && e.mayEnd():
		return Intent{Kind: IntentEnter, Name: e.ID}, true
	case key == "Tab" && e.Next != "" && e.mayEnd():
		return Intent{Kind: IntentEnter, Name: e.ID, Next: e.Next}, true
	case key == "Esc":
		return Intent{Kind: IntentCancel}, true
	case key == "Backspace" && len(text) > 0:
		return Intent{Kind: IntentType, Name: e.ID, Value: TypeDelete}, true
	case key == keyPaste:
		return Intent{Kind: IntentPaste, Name: e.ID}, true
	case key == "Space":
		key = " "
	}
	if len([]rune(key)) == 1 && len(text) < maxEntry {
		return Intent{Kind: IntentType, Name: e.ID, Value: key}, true
	}
	return Intent{}, false
}

// EntryLot, EntrySerial and EntryExpiry are the fields for what is asked for of units.
const (
	EntryLot    = "lot"
	EntrySerial = "serial"
	EntryExpiry = "expiry"
)

// EntryTracking is the field for the number that a carrier's page shows.
const EntryTracking = "tracking"

// EntryPlace is the field for the place of a box that waits for its label.
const EntryPlace = "box-place"

// EntryFor opens the field that an intent of kind IntentEdit names.
func EntryFor(in Intent) Entry {
	e := owedEntry(boxEntry(Entry{ID: in.Name, Text: in.Value, Label: in.Name, Kind: fieldKinds[in.Name]}))
	switch in.Name {
	case "code":
		e.Label, e.Hint = "Type a code", "Number of an order, parcel or tracking, SKU, or the digits under the bars"
	case EntryPIN:
		e.Label, e.Secret = "Type the PIN", true
	case EntryLot:
		e.Label, e.Hint = "Type the lot", "As it is printed on the item, without “Lot”"
	case EntrySerial:
		e.Label, e.Hint = "Type the serial number", "As it is printed on the item, without “S/N”"
	case EntryExpiry:
		e.Label, e.Hint = "Type the expiry date", "2027-01-31, or 01/2027 for the end of a month"
	case EntryTracking:
		e.Label, e.Hint = "Tracking number on the carrier's page", "Of the label for this box, letters and digits"
	case EntryStockQty:
		e.Label, e.Hint = "How many units?", "A whole number"
	case EntryStockBin:
		e.Label, e.Hint = "Which bin?", "Its code, such as A-12-3; main where the shop has none"
	case EntryCounted:
		e.Label, e.Hint = "How many lie in the bin?", "All of this product, with those that you scanned"
	case EntryCountBin:
		e.Label, e.Hint = "Which bin do you count?", "Its code, such as A-12-3"
	case EntryShelf:
		e.Label, e.Hint = "Search the products", "Name, SKU or code"
	case EntryShelfCode:
		e.Label, e.Hint = "Which code does it have?", "The digits under the bars"
	case EntryShelfFactor, EntryFactor, EntryCasePack:
		e.Label, e.Hint = "How many units is one such code?", "1 for a single unit, 6 for a pack of six"
	case EntryShelfWeight, EntryCaseWeight:
		e.Label, e.Hint = "What does one unit weigh?", "With its unit, such as 350 g"
	case "carton":
		e.Label, e.Hint = "Use another box", "The letter on the box, such as M"
	case "count":
		e.Label, e.Hint = "Count instead of scanning", "How many units of the chosen line"
	case "driver":
		e.Label, e.Hint = "Driver's name", "Printed on the carrier's list; not stored in the log"
	case EntryDay:
		e.Label, e.Hint = "Which day?", "Year-month-day, such as 2026-03-29"
	case EntryNote:
		e.Label, e.Hint = "Write a note", "Shown with this case; not stored in the log"
	case EntryLink:
		e.Label, e.Hint = "Link the code to which product?", "Its SKU, a code that it has, or a part of its name"
	case EntryParcel:
		e.Label, e.Hint = "Print the label of which parcel?", "Its order, parcel or tracking number"
	case EntryQueue:
		e.Label, e.Hint = "Search the orders", "Number, customer or place"
	case EntryReason:
		e.Label, e.Hint = "Why is it not to be sent?", "Stands with the entry, for whoever looks at it later"
	case EntryFind:
		e.Label, e.Hint = "Search the cases", "Order, person, product, bench, or the code that was scanned"
	case "trace":
		e.Label, e.Hint = "What is to be found?", "Number of an order, parcel, tracking, SSCC, serial or lot; product; name"
	case PersonField + "manager", PersonField + "supervisor", PersonField + "packer":
		e.Label, e.Hint = newPerson[in.Name[len(PersonField):]], "First and last name, as they should be on the badge"
	case "weight":
		e.Label, e.Hint = "Type the weight", "With its unit, such as 1.25 kg"
	}
	return handlingField(e)
}

// newPerson asks for the name of whoever gets a badge.
var newPerson = map[string]string{
	"manager": "Name of the new manager", "supervisor": "Name of the new supervisor", "packer": "Name of the new packer",
}

// boxEntry gives the field for the place of a box its words.
func boxEntry(e Entry) Entry {
	if e.ID == EntryPlace || e.ID == EntryBlind {
		e.Label, e.Hint, e.Optional = "Where does the box stand?", "The code of the place or tote, such as A-12-3", e.ID == EntryBlind
	}
	return e
}
