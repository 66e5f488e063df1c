package screen

import (
	"maps"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
)

// DefaultKeys gives the key of each command. F8 is left out, because wedge
// scanners send it for the GS1 separator.
func DefaultKeys() map[string]string {
	return map[string]string{
		"help": "F1", "undo": "F2", "remove": "F3", "short": "F4", "park": "F5", "next-parcel": "F6", "handover": "F6", "driver": "F7", "dock": "F7", "confirm": "F7",
		"weight": "F7", "authorise": "F9", "list": "F9", "next-order": "F2", "reprint": "F3", "retry": "F2", "void": "F12", "cancel": "F12", "sign-out": "F10",
		"type": "F11", "bench": "Ctrl 1", "cases": "Ctrl 2", "shift": "Ctrl 3", "settings": "Ctrl 4", "trace": "Ctrl 5", "theme": "Ctrl L",
	}
}

// Tabs are the pages that a role may open.
func Tabs(role station.Role, current string, keys map[string]string) []Action {
	tabs := []struct {
		page, label string
		needs       station.Role
	}{
		{"bench", "Bench", ""},
		{"cases", "Cases", station.Supervisor},
		{"shift", "Shift", station.Manager},
		{"settings", "Settings", station.Packer},
		{"trace", "Trace", station.Supervisor},
	}
	var out []Action
	for _, t := range tabs {
		if t.needs != "" && !role.May(t.needs) {
			continue
		}
		out = append(out, Action{
			ID: "page:" + t.page, Label: t.label, Key: keys[t.page], Enabled: true, On: t.page == current,
			Intent: Intent{Kind: IntentPage, Name: t.page},
		})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// actions are the buttons of a page, the most used first, destructive ones
// last.
func actions(in BenchInputs, page Page) []Action {
	s, w := in.State, in.State.Work
	if w == nil {
		w = &pack.Work{} // a state that no machine makes must not stop the screen
	}
	units, more := w.Units(), w.OpenUnits()
	free := s.Phase != pack.Opening
	var out []Action
	add := func(name, label string, enabled bool) {
		out = append(out, action(in, name, label, enabled))
	}
	switch page {
	case PageIdle:
		add("next-order", "Next order", free)
		add("handover", "Load a van", free)
		if listFailed(s) {
			again := action(in, "retry", "Try the list again", free)
			again.Key = in.Keys["list"]
			out = append(out, again)
		}
		out = append(out, typing(in))
		add("sign-out", "Sign out", free)
	case PageLoading:
		out = loadingActions(in)
	case PagePacking:
		selected := selectedLine(in, w)
		add("undo", "Undo", len(w.Parcel.Actions) > 0)
		add("remove", "Remove", units > 0)
		out = append(out, lineAction(in, "short", "Short", selected, more > 0), lineAction(in, "confirm", "Confirm", selected, more > 0))
		add("next-parcel", "Next box", units > 0 && more > 0)
		add("park", "Park", true)
		add("cancel", "Cancel", true)
	case PageWeighing:
		add("undo", "Undo", units > 0)
		out = append(out, weightEntry(in))
		add("authorise", "Let pass", s.Scale.Latest != nil)
		add("park", "Park", true)
		add("cancel", "Cancel", true)
	case PageClosing:
		p := w.Parcel
		add("retry", "Try again", p.Label == nil || s.Label().State == pack.PrintTrouble)
		add("reprint", "Reprint", p.Label != nil)
		add("park", "Park", true)
		add("void", "Void label", p.Label != nil)
	case PageSignIn:
		out = append(out, typing(in))
	}
	at := len(out)
	for at > 0 && out[at-1].Destructive {
		at--
	}
	return slices.Insert(out, at, Action{ID: "help", Label: "Help", Key: in.Keys["help"], Enabled: true, Intent: Intent{Kind: IntentHelp}})
}

func action(in BenchInputs, name, label string, enabled bool) Action {
	a := Action{
		ID: "do:" + name, Label: label, Key: in.Keys[name], Command: name, Enabled: enabled,
		Destructive: name == "cancel" || name == "void", Intent: command(name, ""),
	}
	if in.State.Armed == name {
		a.Armed, a.Label = true, "Sure? "+label
	}
	return a
}

// lineAction is a command about the chosen line; without one the bench asks.
func lineAction(in BenchInputs, name, label, line string, enabled bool) Action {
	a := action(in, name, label, enabled)
	a.Intent = command(name, line)
	return a
}

// typing opens a field for a code whose bars cannot be read.
func typing(in BenchInputs) Action {
	return Action{ID: "type", Label: "Type a code", Key: in.Keys["type"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: "code"}}
}

// weightEntry opens a field for a weight where no scale can give one (W6).
func weightEntry(in BenchInputs) Action {
	return Action{
		ID: "do:weight", Label: "Type weight", Key: in.Keys["weight"], Enabled: in.State.Phase == pack.Weighing,
		Intent: Intent{Kind: IntentEdit, Name: "weight"},
	}
}

// question is what the bench waits to be told, with numbered answers.
func question(in BenchInputs) *QuestionView {
	q := in.State.Question
	if q == nil {
		return nil
	}
	v := &QuestionView{Title: questionTitle(q.Code, q.Choices), Note: "Press the number, touch it, or scan its answer card"}
	if q.Item != nil {
		v.Note = q.Item.Name + " fits these orders"
	}
	for _, c := range q.Choices {
		a := Action{
			ID: "choice:" + digits(c.N), Label: answer(in, q.Code, c), Key: digits(c.N), Command: "choose " + digits(c.N), Enabled: true,
			Intent: Intent{Kind: IntentCommand, Command: pack.Command{Name: "choose", N: c.N}},
		}
		v.Choices = append(v.Choices, a)
	}
	return v
}

// answer says one of the answers.
func answer(in BenchInputs, code pack.Code, c pack.Choice) string {
	if code == pack.CodeLoading {
		if c.Command == nil || c.Command.Van == nil {
			return carrierName(in.Names, c.Text)
		}
		van := c.Command.Van
		name := carrierName(in.Names, van.Carrier)
		if van.Lane != "" {
			name += ", lane " + van.Lane
		}
		return name + ", " + say.Many(van.Dock, "parcel")
	}
	if c.Meaning != nil && len(c.Meaning.Orders) > 0 || c.Command != nil && len(c.Command.Parcels) > 0 {
		return c.Text
	}
	return choiceText(c.Text)
}

// choiceText says an answer; codes of reasons and commands become words.
func choiceText(text string) string {
	switch text {
	case "label-came-out":
		return "Yes, it came out"
	case "print-again":
		return "No, print another"
	case "cancel":
		return "Yes, cancel the packing"
	case "void":
		return "Yes, void the label"
	}
	if strings.ToLower(text) == text {
		return say.Sentence(say.Words(text))
	}
	return text
}

func questionTitle(code pack.Code, choices []pack.Choice) string {
	switch code {
	case pack.CodeLabelUnknownOutcome:
		return "Did a label come out?"
	case pack.CodeOrderProposed, pack.CodeOrderWhich:
		return "Open which order?"
	case pack.CodeAmbiguousCode:
		return "Which one is it?"
	case pack.CodeAuthorised:
		return "Why is it let pass?"
	case pack.CodeShort:
		if len(choices) > 0 && choices[0].Command != nil && choices[0].Command.Reason == "" {
			return "Which line is short?"
		}
		return "Why is it short?"
	case pack.CodeLoading:
		return "Which carrier is here?"
	case pack.CodeReprinted, pack.CodePaper:
		return "Why print it again?"
	case pack.CodeSwapped:
		return "What is wrong with it?"
	case pack.CodeCancelled:
		return "Cancel the packing?"
	case pack.CodeVoided:
		return "Void the label?"
	case pack.CodePutBack:
		return "Put which line back?"
	case pack.CodeConfirmed:
		return "Confirm which line?"
	case pack.CodeReopened:
		return "Reopen this parcel?"
	}
	return "Which one?"
}

func parked(s pack.State) []string { return slices.Sorted(maps.Keys(s.Parked)) }

func help(acts, tabs []Action, keys map[string]string) *Help {
	h := &Help{Title: "What can be done here", Close: Action{ID: "help:close", Label: "Close", Key: "Esc", Enabled: true, Primary: true, Intent: Intent{Kind: IntentHelp}}}
	for _, a := range acts {
		if a.ID != "help" {
			h.Rows = append(h.Rows, HelpRow{Key: a.Key, Label: a.Label, Command: a.Command, Words: helpOf(a)})
		}
	}
	for _, a := range tabs {
		h.Rows = append(h.Rows, HelpRow{Key: a.Key, Label: a.Label, Words: "Go to this page"})
	}
	h.Rows = append(h.Rows, HelpRow{Key: "Tab", Label: "Move on", Words: "Go from button to button; Enter presses"}, HelpRow{Key: keys["theme"], Label: "Light or dark", Words: "Change the look"})
	return h
}

// helpOf says what a button does; at a van some commands mean something else.
func helpOf(a Action) string {
	if a.Note != "" {
		return a.Note
	}
	switch a.ID {
	case "page:dock":
		return "See all that waits there, and what left today"
	case "do:driver":
		return "The van leaves with the name of its driver"
	}
	return helpWords(a.Command)
}

// vanWords are what commands do while a van is loaded.
func vanWords(acts []Action) []Action {
	words := map[string]string{
		"undo": "The parcel that was scanned last stays here", "handover": "Ends with the driver's name and the list on paper",
		"cancel": "All its parcels stay on the dock; asks twice",
	}
	out := slices.Clone(acts)
	for i, a := range out {
		out[i].Note = words[a.Command]
	}
	return out
}

func helpWords(command string) string {
	switch command {
	case "undo":
		return "Take back the last step"
	case "remove":
		return "Then scan what comes out of the box"
	case "short":
		return "Leave the rest of a line out, with a reason"
	case "confirm":
		return "Confirm a note, or an item whose code is unreadable"
	case "next-parcel":
		return "Close this box and go on with another"
	case "park":
		return "Leave the order as it stands and take another"
	case "cancel":
		return "Give up packing this order; asks twice"
	case "void":
		return "The label does not count any more; asks twice"
	case "authorise":
		return "A supervisor lets the weight pass"
	case "retry":
		return "Ask for the label again"
	case "reprint":
		return "Print the same label again, with a reason"
	case "next-order":
		return "Open the order that must leave first"
	case "handover":
		return "Scan parcels into a carrier's van; ends with the driver's name"
	case "sign-out":
		return "Leave the bench"
	case "":
		return "For what the scanner cannot read"
	}
	return say.Words(command)
}
