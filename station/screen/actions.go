package screen

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
)

// may reports whether who is at the window may do something alone.
func (f Frame) may(a people.Action) bool { return f.Rights.Of(a).Alone(f.Person.Standing()) }

// Tabs are the pages that a role may open.
func Tabs(rights people.Rights, role station.Role, current string, keys map[string]string) []Action {
	return tabs(say.English, rights, role, current, keys)
}

func tabs(l say.Language, rights people.Rights, role station.Role, current string, keys map[string]string) []Action {
	tabs := []struct {
		page, label string
		needs       people.Action
	}{
		{"bench", "Bench", ""},
		{"cases", "Cases", people.Cases},
		{"shift", "Shift", people.Shifts},
		{"settings", "Settings", ""},
		{"trace", "Trace", people.Cases},
	}
	var out []Action
	for _, t := range tabs {
		if t.needs != "" && !rights.Of(t.needs).Alone(role) || role == "" && t.page == "settings" {
			continue
		}
		out = append(out, Action{
			ID: "page:" + t.page, Label: l.Phrase(t.label), Key: keys[t.page], Enabled: true, On: t.page == current,
			Intent: Intent{Kind: IntentPage, Name: t.page},
		})
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// further are the pages without a tab that somebody may look at, whatever is open: none
// of them takes what is scanned from an order in hand.
func further(rights people.Rights, role station.Role, keys map[string]string) (out []Action) {
	for _, p := range []struct {
		page  Page
		needs people.Action
	}{{PageOutbox, people.Outbox}, {PageBoard, people.Cases}, {PageAfter, people.Cases}, {PageOwed, people.Owed}, {PageStock, people.Stock}, {PageCatalogue, people.Products}} {
		if rights.Of(p.needs).Alone(role) {
			out = append(out, Action{ID: "page:" + string(p.page), Key: keys[string(p.page)], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(p.page)}})
		}
	}
	return out
}

// actions are the buttons of a page: first what mends the job in hand, then what ends
// it, destructive ones last.
func actions(in BenchInputs, page Page) []Action {
	s, w := in.State, in.State.Work
	if w == nil {
		w = &pack.Work{} // a state that no machine makes must not stop the screen
	}
	units, more := w.Units(), w.OpenUnits()
	var out []Action
	add := func(name, label string, enabled bool) {
		out = append(out, action(in, name, label, enabled))
	}
	switch page {
	case PageIdle:
		out = idleActions(in)
	case PageLoading:
		out = loadingActions(in)
	case PageReturn:
		out = returnActions(in)
	case PagePacking:
		selected := selectedLine(in, w)
		add("undo", "Undo", len(w.Parcel.Actions) > 0)
		add("remove", "Remove", units > 0)
		third := lineAction(in, "swap", "Swap", filled(w, selected), units > 0)
		if line, may := countable(in, w, selected); may { // a swap stands in the help too
			third = lineAction(in, "by-weight", "Count", line, true)
		}
		out = append(out, third, lineAction(in, "short", "Short", selected, more > 0), lineAction(in, "confirm", "Confirm", selected, more > 0))
		add("next-parcel", "Next box", units > 0 && more > 0)
		add("park", "Park", true)
		add("cancel", "Cancel", true)
	case PageWeighing:
		out = weighingActions(in, w)
	case PageClosing:
		p := w.Parcel
		print := s.Label().State
		add("retry", "Try again", p.Label == nil || print == pack.PrintTrouble || print == pack.PrintUnknown && s.Question == nil)
		add("reprint", "Reprint", p.Label != nil)
		if unsaid(s) {
			add("label-none", "It shows none", true)
			out = append(out, Action{ID: "do:label-there", Label: in.Lang.Phrase("It shows one"), Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryTracking}})
		} else {
			out = append(out, typing(in))
		}
		out = append(out, boxPlace(in, w)...)
		add("park", "Park", true)
		add("void", "Void label", p.Label != nil)
	case PageSignIn:
		out = append(out, typing(in))
	}
	out = withPIN(in, withBack(in, out))
	at := len(out)
	for at > 0 && out[at-1].Destructive {
		at--
	}
	return slices.Insert(out, at, Action{ID: "help", Label: in.Lang.Phrase("Help"), Key: in.Keys["help"], Enabled: true, Intent: Intent{Kind: IntentHelp}})
}

// countable reports whether the scale may count units of any line, and of which where that
// is the chosen one.
func countable(in BenchInputs, w *pack.Work, selected string) (line string, may bool) {
	if in.NoScale {
		return "", false
	}
	for _, l := range w.Lines {
		if l.ByWeight && l.Open() > 0 {
			may = true
			if l.ID == selected {
				line = selected
			}
		}
	}
	return line, may
}

// weighingActions are the buttons while the parcel is weighed and a service is chosen.
func weighingActions(in BenchInputs, w *pack.Work) (out []Action) {
	add := func(name, label string, enabled bool) { out = append(out, action(in, name, label, enabled)) }
	add("undo", "Undo", len(w.Parcel.Actions) > 0 || w.Parcel.Weight != nil)
	if w.Parcel.Carton == nil && !in.NoBoxes && !w.Boxless() {
		out = append(out, Action{ID: "do:box", Label: in.Lang.Phrase("Choose box"), Key: in.Keys["carton"], Enabled: in.State.Phase == pack.Weighing, Primary: true, Intent: Intent{Kind: IntentEdit, Name: "carton"}})
	}
	out = append(out, weightEntry(in, w))
	if in.State.Rules.WorkedOut {
		add("worked-out", "Worked-out weight", worksOut(in))
	}
	add("authorise", "Accept weight", in.State.Scale.Latest != nil)
	add("park", "Park", true)
	add("cancel", "Cancel", true)
	return out
}

func action(in BenchInputs, name, label string, enabled bool) Action {
	a := Action{
		ID: "do:" + name, Label: in.Lang.Phrase(label), Key: in.Keys[name], Command: name, Enabled: enabled, Apart: apart(in.State.Phase, name),
		Destructive: name == "cancel" || name == "void", Intent: command(name, ""),
	}
	if in.State.Armed == name { // the answer stands elsewhere, so that a second tap does nothing
		a.Enabled = false
	}
	return a
}

// apart reports whether a button begins the group of those that end the job.
func apart(phase pack.Phase, name string) bool {
	return name == "next-parcel" || name == "park" && phase != pack.Packing
}

// takes reports whether a carrier takes the parcel.
func takes(w *pack.Work) bool {
	return slices.ContainsFunc(w.Parcel.Quotes, func(q pack.Quote) bool { return q.Allowed })
}

// withBack puts the way back in the place of Undo while the bench waits to be told
// something. A question has it among its answers.
func withBack(in BenchInputs, acts []Action) []Action {
	if !in.State.Waits() || in.State.Question != nil {
		return acts
	}
	back := action(in, "back", "Back", true)
	back.Key = "Esc"
	if i := slices.IndexFunc(acts, func(a Action) bool { return a.Command == "undo" }); i >= 0 {
		acts[i] = back
		return acts
	}
	return slices.Insert(acts, 0, back)
}

// lineAction is a command about the chosen line; without one the bench asks.
func lineAction(in BenchInputs, name, label, line string, enabled bool) Action {
	a := action(in, name, label, enabled)
	a.Intent = command(name, line)
	return a
}

// typing opens a field for a code whose bars cannot be read.
func typing(in BenchInputs) Action {
	return Action{ID: "type", Label: in.Lang.Phrase("Type a code"), Key: in.Keys["type"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: "code"}}
}

// typedMark opens a field for what is asked for of the units.
func typedMark(in BenchInputs) Action {
	name, label := EntryLot, "Type the lot"
	switch in.State.Asks() {
	case pack.CodeSerialNeeded:
		name, label = EntrySerial, "Type the serial number"
	case pack.CodeExpiryNeeded:
		name, label = EntryExpiry, "Type the expiry date"
	}
	return Action{ID: "type", Label: in.Lang.Phrase(label), Key: in.Keys["type"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: name}}
}

// weightEntry opens a field for a weight where no scale can give one (W6).
// Where no carrier takes the parcel they are asked again in its place.
func weightEntry(in BenchInputs, w *pack.Work) Action {
	if in.State.Phase == pack.Choosing && !takes(w) {
		again := action(in, "retry", "Try again", true)
		again.Note = in.Lang.Phrase("ask carriers")
		return again
	}
	return Action{
		ID: "do:weight", Label: in.Lang.Phrase("Type weight"), Key: in.Keys["weight"], Enabled: in.State.Phase == pack.Weighing,
		Intent: Intent{Kind: IntentEdit, Name: "weight"},
	}
}

// question is what the bench waits to be told, with numbered answers.
func question(in BenchInputs) *QuestionView {
	q := in.State.Question
	if q == nil {
		return nil
	}
	v := &QuestionView{Title: questionTitle(q.Code, q.Choices), Note: in.Lang.Phrase("Press the number, touch it, or scan its answer card")}
	switch {
	case q.Code == pack.CodeCancelled && in.State.Work == nil:
		v.Title = "Cancel the loading?"
	case in.State.Asks() != "":
		v.Note = in.Lang.Say("For {item}: scan it or type it", "item", q.Item.Name)
		v.Choices = []Action{typedMark(in)}
	case q.Code == pack.CodeCountProposed && in.State.Tally != nil && in.State.Work != nil && in.State.Work.Line(in.State.Tally.Line) != nil:
		v.Title = digits(in.State.Tally.Offer) + " × " + in.State.Work.Line(in.State.Tally.Line).Name
	case q.Code == pack.CodeExpired, q.Code == pack.CodeShortLife, q.Code == pack.CodeSerialSeen:
		v.Note = in.Lang.Phrase("Put it aside, or have a supervisor accept it")
	case opensReturn(q.Choices) && q.Code == pack.CodeHubAway:
		v.Title, v.Note = "Open it anyway?", in.Lang.Phrase("Another bench may have it open")
	case opensReturn(q.Choices):
		v.Title = "Why open it anyway?"
	case q.Code == pack.CodeHubAway:
		v.Note = in.Lang.Phrase("Scan another order, or have a supervisor let it be packed")
	case q.Code == pack.CodeAuthorised && len(q.Choices) > 0 && q.Choices[0].Command != nil && len(q.Choices[0].Command.Orders) > 0:
		v.Title = "Why pack it all the same?"
	case q.Code == pack.CodeAuthorised && len(q.Choices) > 0 && q.Choices[0].Command != nil && q.Choices[0].Command.Item != nil:
		v.Title = "Why accept this item?"
	case q.Item != nil:
		v.Note = in.Lang.Say("{item} fits these orders", "item", q.Item.Name)
	case q.Code == pack.CodeCloseOut:
		v.Note = in.unknownNote(*q)
	case q.TornOff():
		v.Note = in.Lang.Phrase("It is void: nobody must send the parcel with it")
	case voidRule(in.State) != "":
		v.Note = in.Lang.Say("The carrier's rule: {rule}", "rule", voidRule(in.State))
	case q.Code == pack.CodeReopened || q.Code == pack.CodeService:
		v.Note = in.Lang.Phrase("Its label will be voided: the box needs a new one")
	}
	v.Title = in.Lang.Phrase(v.Title)
	choices := q.Choices
	if n := len(choices); n == 0 || !choices[n-1].IsBack() { // it was asked by an earlier version
		choices = append(slices.Clip(choices), pack.Choice{N: n + 1, Text: "back", Command: &pack.Command{Name: "back"}})
	}
	for _, c := range choices {
		a := Action{
			ID: "choice:" + digits(c.N), Label: answer(in, q.Code, c), Key: digits(c.N), Command: "choose " + digits(c.N), Enabled: true,
			Intent:      Intent{Kind: IntentCommand, Command: pack.Command{Name: "choose", N: c.N}},
			Destructive: destroys(c),
		}
		if c.Meaning != nil && c.Meaning.Product == nil && len(c.Meaning.Orders) == 1 {
			if o, known := in.Offered[c.Meaning.Orders[0].ID]; known { // a bare number says little
				a.Label, a.Note = o.words(in.Lang, in.Now), recipient(o.To)
			}
		}
		if c.IsBack() {
			a.ID, a.Key, a.Command, a.Intent = "choice:back", "Esc", "back", command("back", "")
		}
		v.Choices = append(v.Choices, a)
	}
	return v
}

// destroys reports whether an answer does what cannot be undone.
func destroys(c pack.Choice) bool {
	return c.Command != nil && c.Command.Sure && slices.Contains([]string{"cancel", "void", "reopen", "service"}, c.Command.Name)
}

// answer says one of the answers.
func answer(in BenchInputs, code pack.Code, c pack.Choice) string {
	if code == pack.CodeLoading && !c.IsBack() {
		if c.Command == nil || c.Command.Van == nil {
			return carrierName(in.Lang, in.Names, c.Text)
		}
		van := c.Command.Van
		name := carrierName(in.Lang, in.Names, van.Carrier)
		if van.Lane != "" {
			name += in.Lang.Say(", lane {lane}", "lane", van.Lane)
		}
		return name + ", " + in.Lang.Many(van.Dock, "parcel")
	}
	if words := jobAnswer(in, code, c); words != "" {
		return words
	}
	if c.Meaning != nil && (len(c.Meaning.Orders) > 0 || c.Meaning.Kind == pack.MeansMark) || c.Command != nil && len(c.Command.Parcels) > 0 {
		return c.Text
	}
	return ChoiceText(in.Lang, c.Text)
}

// ChoiceText says an answer; codes of reasons and commands become words.
func ChoiceText(l say.Language, text string) string {
	said := map[string]string{
		"label-came-out": "Yes, it came out", "print-again": "No, print another",
		"cancel": "Yes, cancel this order", "void": "Yes, void this label", "reopen": "Yes, reopen it", "service": "Yes, make a new label",
		"label-destroyed": "The old label is destroyed", "accept-item": "A supervisor accepts it", "pack-anyway": "A supervisor has it packed all the same",
		"return-anyway": "A supervisor can open it anyway", "blind": "Take it apart as unknown",
		"count-it": "Yes, count them", "handover": "Yes, let it go", "place": "Yes, the box stands there",
	}[text]
	switch {
	case said != "":
		return l.Phrase(said)
	case strings.ToLower(text) == text:
		return l.Phrase(say.Sentence(say.Words(text)))
	}
	return text
}

func questionTitle(code pack.Code, choices []pack.Choice) string {
	if q := (&pack.Question{Code: code, Choices: choices}); q.TornOff() {
		return "Tear off the old label"
	}
	if code == pack.CodeShort && len(choices) > 0 && choices[0].Command != nil && choices[0].Command.Reason == "" {
		return "Which line is short?"
	}
	return cmp.Or(map[pack.Code]string{
		pack.CodeLabelUnknownOutcome: "Did a label come out?",
		pack.CodeOrderProposed:       "Open which order?",
		pack.CodeCountProposed:       "Count them?",
		pack.CodeSubstitute:          "Send it instead?",
		pack.CodeOrderWhich:          "Open which order?",
		pack.CodeAmbiguousCode:       "Which one is it?",
		pack.CodeAuthorised:          "Why accept this weight?",
		pack.CodeLabelWaiting:        "Does the box stand there?",
		pack.CodeShort:               "Why is it short?",
		pack.CodeLoading:             "Which carrier is here?",
		pack.CodeCloseOut:            "Let the van go?",
		pack.CodeReprinted:           "Why print it again?",
		pack.CodePaper:               "Why print it again?",
		pack.CodeSwapped:             "Which item is damaged?",
		pack.CodeCancelled:           "Cancel this order?",
		pack.CodeVoided:              "Void this label?",
		pack.CodePutBack:             "Put which line back?",
		pack.CodeConfirmed:           "Confirm which line?",
		pack.CodeReopened:            "Reopen this parcel?",
		pack.CodeService:             "Take another service?",
		pack.CodeManifest:            "Why print it again?",
		pack.CodeLotNeeded:           "Which lot?",
		pack.CodeSerialNeeded:        "Which serial number?",
		pack.CodeExpiryNeeded:        "Which expiry date?",
		pack.CodeExpired:             "Accept it all the same?",
		pack.CodeShortLife:           "Accept it all the same?",
		pack.CodeSerialSeen:          "Accept it all the same?",
		pack.CodeHubAway:             "Pack it all the same?",
		pack.CodeReturnMissing:       "Which one is missing?",
	}[code], "Which one?")
}

func parked(s pack.State) []string { return slices.Sorted(maps.Keys(s.Parked)) }
