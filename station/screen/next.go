package screen

import (
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/trouble"
)

// in puts the words of what to do into a language, where they are not in it yet.
func (n Next) in(l say.Language) Next {
	n.Text, n.Note = l.Phrase(n.Text), l.Phrase(n.Note)
	return n
}

// next says the one thing to do now. It follows the state, never the last
// verdict, so that it is right after a crash too.
func next(in BenchInputs) Next {
	s := in.State
	switch {
	case in.Lost != nil:
		return in.Lost.next(in.Lang)
	case s.PIN != nil:
		return Next{Text: "Type the PIN", Note: in.Names.Of(s.PIN.Person.ID), Kind: pack.Asked}
	case s.Phase == pack.SignedOut || s.Phase == "":
		return Next{Text: "Scan your badge"}
	case s.Phase == pack.Locked:
		return Next{Text: "Supervisor: scan your badge", Kind: pack.Refused}
	case s.Question.TornOff():
		return Next{Text: "Tear off the old label", Note: "then touch the answer", Kind: pack.Asked}
	case s.Question != nil && len(s.Question.Choices) > 0 && !(s.Return != nil && s.Question.Code == pack.CodeReturnUnit):
		return Next{Text: in.Lang.Sentence(in.Lang.Choose(s.Question.Choices)), Note: "by key, touch or answer card", Kind: pack.Asked}
	case s.Wanted != nil:
		return wantedNext(in.Lang, *s.Wanted)
	case s.Removing:
		return Next{Text: "Scan the item to take out", Kind: pack.Asked}
	case s.Count > 1:
		return Next{Text: in.Lang.Say("Scan one of the {n}", "n", digits(s.Count)), Kind: pack.Asked}
	}
	if n, blocked := blockedNext(s); blocked {
		return n
	}
	switch s.Phase {
	case pack.Opening:
		return Next{Text: "Opening the order…"}
	case pack.Packing:
		return packingNext(in)
	case pack.Weighing:
		return weighingNext(in)
	case pack.Choosing:
		if w := s.Work; w != nil && !takes(w) {
			n := Next{Text: "No carrier takes this parcel", Note: "Try again, or park it", Kind: pack.Refused}
			if len(w.Parcel.Quotes) == 0 {
				n.Text, n.Note = "No carriers imported", "import their rates, then Try again"
			}
			return n
		}
		return Next{Text: "Choose a service", Note: "by number, touch or card"}
	case pack.Labelling, pack.Closing:
		return closingNext(in.Lang, s)
	}
	if s.Loading != nil {
		n := loadingNext(in)
		if len(s.Lists()) > 0 {
			n.Note = "the list of the last van is not printed yet"
		}
		return n
	}
	if s.Return != nil {
		return returnNext(in, *s.Return)
	}
	if n, waits := listNext(in.Lang, s); waits {
		return n
	}
	return Next{Text: "Scan an order or a tote", Note: parkedHere(in.Lang, s)}
}

func wantedNext(l say.Language, w pack.Wanted) Next {
	if w.Author != "" {
		return Next{Text: "Scan a reason", Kind: pack.Asked}
	}
	who := "Supervisor"
	if w.Needs != "" {
		who = say.Sentence(string(w.Needs))
	}
	n := Next{Text: l.Say("{role}: scan your badge", "role", l.Phrase(who)), Kind: pack.Asked}
	switch {
	case w.Right == people.Label:
		n.Note = l.Say("to {command}", "command", l.Verb("label"))
	case w.Action.Name != "":
		n.Note = l.Say("to {command}", "command", l.Verb(w.Action.Name))
	}
	return n
}

// blockedNext is what to do when the shop has stopped the open order.
func blockedNext(s pack.State) (Next, bool) {
	if s.Work == nil {
		return Next{}, false
	}
	switch s.Work.Blocked {
	case pack.CodeOrderCancelled, pack.CodeOrderDone:
		note, text := "Put its goods back, then cancel it here", "Stop: the order is cancelled"
		if s.Work.Blocked == pack.CodeOrderDone {
			text = "Stop: the order is packed already"
		}
		if s.Work.Parcel.Label != nil {
			note = "Void its label, put its goods back, then cancel it here"
		}
		return Next{Text: text, Note: note, Kind: pack.Refused}, true
	case pack.CodeOrderHeld:
		return Next{Text: "Stop: the order is on hold", Note: "Park it and take another", Kind: pack.Refused}, true
	}
	return Next{}, false
}

func packingNext(in BenchInputs) Next {
	w := in.State.Work
	if w == nil {
		return Next{Text: "Scan an order or a tote"}
	}
	if r := in.State.Recent; len(r) > 0 && r[0].Kind == pack.Refused && inHand(r[0].Code) {
		return Next{Text: "Put it back, scan the next item", Note: toGo(in.Lang, w)}
	}
	if w.Excess() > 0 {
		return excessNext(in, w)
	}
	if in.State.Tally != nil {
		return tallyNext(in, w, *in.State.Tally)
	}
	n := goodsNext(in, w)
	if leftOn(in) { // told early, and nothing waits for it
		n = Next{Text: clearScale, Note: in.Lang.Say("then {step}", "step", in.Lang.Lower(n.in(in.Lang).Text)), Kind: pack.Asked}
	}
	return n
}

// tallyNext is what to do while the scale runs beside the packing.
func tallyNext(in BenchInputs, w *pack.Work, t pack.Tally) Next {
	n := Next{Note: toGo(in.Lang, w)}
	r, l := in.State.Recent, w.Line(t.Line)
	switch {
	case in.NoScale, stale(in):
		return Next{Text: "The scale is silent", Note: "scan each unit", Kind: pack.Asked}
	case in.Scale.State == pack.ScaleSteady && in.State.OthersOn(pack.Weighed{Mass: in.Scale.Mass, Division: in.Scale.Division, Net: in.Scale.Net}):
		return Next{Text: clearScale, Note: "another parcel is on it", Kind: pack.Asked}
	case len(r) > 0 && (r[0].Code == pack.CodePieceWrong || r[0].Code == pack.CodeCountUnsure && r[0].Reason != pack.ReasonTooLight):
		n.Text, n.Kind = "Take it off the scale", pack.Asked
	case !t.Known:
		n.Text = "Hands off: the scale is settling"
	case l != nil:
		n.Text = in.Lang.Sentence(in.Lang.Say("put {item} on the scale", "item", say.Short(l.Name, 24)))
		n.Note = in.Lang.Say("{count} to go", "count", in.Lang.Units(l.Open()))
	case len(t.Due) > 0:
		n.Text = "Put it on the scale"
	default:
		n.Text = in.Lang.Sentence(in.Lang.Phrase("scan an item, then put it on the scale"))
	}
	return n
}

// goodsNext is what to do so that everything comes into the box.
func goodsNext(in BenchInputs, w *pack.Work) Next {
	goods, notes := 0, ""
	for i, l := range w.Lines {
		if l.Kind == station.Note && l.Open() > 0 && notes == "" {
			notes = noteText(in.Lang, in.Order, i, l)
		} else if l.Kind != station.Note {
			goods += l.Open()
		}
	}
	switch {
	case goods > 0 && w.Units() == 0 && len(w.Earlier) == 0:
		return Next{Text: "Scan the first item", Note: toGo(in.Lang, w)}
	case goods > 0:
		return Next{Text: "Scan the next item", Note: toGo(in.Lang, w)}
	case notes != "":
		return Next{Text: in.Lang.Say("Confirm: {note}", "note", say.Short(notes, 28)), Kind: pack.Asked}
	case w.Parcel.Carton == nil && !in.NoBoxes && !w.Boxless():
		return scanBox()
	}
	return Next{Text: "Put the parcel on the scale"}
}

// excessNext is what to do where the box holds more than the shop wants.
func excessNext(in BenchInputs, w *pack.Work) Next {
	for _, l := range w.Lines {
		if n := min(l.In, l.Excess()); n > 0 {
			return Next{Text: in.Lang.Say("Take out {n} × {item}", "n", digits(n), "item", say.Short(in.Names.Of(l.SKU), 24)), Note: "press Remove and scan it", Kind: pack.Refused}
		}
	}
	return Next{Text: "Stop: more is packed than the shop wants", Note: "ask a supervisor", Kind: pack.Refused}
}

// inHand tells the refusals whose item is still in the packer's hand.
func inHand(c pack.Code) bool {
	return c == pack.CodeWrongItem || c == pack.CodeOverScan || c == pack.CodePackTooBig
}

// toGo counts the goods that are still to scan.
func toGo(l say.Language, w *pack.Work) string {
	n := 0
	for _, line := range w.Lines {
		if line.Kind != station.Note {
			n += line.Open()
		}
	}
	return l.Say("{count} to go", "count", l.Units(n))
}

// scanBox asks which box is used, where none was proposed.
func scanBox() Next {
	return Next{Text: "Scan the box", Note: "or press Choose box: none was proposed"}
}

// boxWords names the box that is being packed.
func boxWords(in BenchInputs, w *pack.Work) string {
	if w.Boxless() && w.Parcel.Carton == nil {
		return in.Lang.Phrase("In its own carton")
	}
	if w.Parcel.Carton == nil {
		if len(in.Cartons) > 0 {
			return in.Lang.Phrase("No box proposed: take any")
		}
		return in.Lang.Phrase("Any box")
	}
	return boxName(in.Lang, in.Names, w.Parcel.Carton.ID)
}

const clearScale = "Clear the scale first"

// leftOn reports whether what lies on the scale now may be of another parcel, and so
// does not count for this one (W1).
func leftOn(in BenchInputs) bool {
	now := in.Scale
	return !stale(in) && (now.State == pack.ScaleSteady || now.State == pack.ScaleMoving) &&
		in.State.OldWeight(pack.Weighed{Mass: now.Mass, Division: now.Division, Net: now.Net})
}

// onScale is the live weight in a few quiet words.
func onScale(in BenchInputs) string {
	if in.NoScale {
		return ""
	}
	if stale(in) {
		return in.Lang.Phrase("scale: no data")
	}
	switch in.Scale.State {
	case pack.ScaleSteady, pack.ScaleMoving:
		return in.Lang.Say("{mass} on the scale", "mass", in.Lang.Decimal(in.Scale.Mass.String()))
	}
	return in.Lang.Say("scale: {state}", "state", in.Lang.Lower(in.Lang.Phrase(scaleWords(in.Scale.State))))
}

func weighingNext(in BenchInputs) Next {
	s := in.State
	if leftOn(in) {
		note := "another parcel is on it"
		if s.CountedOn() {
			note = "what was counted is still on the scale"
		}
		return Next{Text: clearScale, Note: note, Kind: pack.Asked}
	}
	if off(s.Scale.Latest) {
		step := "check the box and weigh again"
		if c := s.Scale.Latest.Expect.Cause; c != nil && c.Kind != "unknown" {
			step = say.OffStep(pack.Weight{Cause: c})
		}
		return Next{Text: in.Lang.Sentence(in.Lang.Phrase(step)), Note: "or ask a supervisor to accept the weight", Kind: pack.Refused}
	}
	if s.Work != nil {
		if l := s.Work.Unproved(); l != nil {
			return Next{Text: in.Lang.Sentence(in.Lang.Say("scan {item} once more", "item", say.Short(l.Name, 24))), Kind: pack.Asked}
		}
	}
	noBox := s.Work != nil && s.Work.Parcel.Carton == nil && !s.Work.Boxless()
	if noBox && !in.NoBoxes {
		return scanBox()
	}
	n := scaleNext(in)
	if noBox {
		n.Note = "no cartons are imported: ask a supervisor"
	}
	return n
}

// scaleNext is what to do so that the scale gives a weight, or without one.
func scaleNext(in BenchInputs) Next {
	switch {
	case in.NoScale && worksOut(in):
		return Next{Text: "Take the worked-out weight", Note: "or type what it weighs", Kind: pack.Asked}
	case in.NoScale:
		return Next{Text: "Type the weight", Note: "this bench has no scale", Kind: pack.Asked}
	case stale(in):
		return Next{Text: "The scale is silent", Note: "check its cable, or type the weight", Kind: pack.Asked}
	}
	switch in.Scale.State {
	case pack.ScaleMoving:
		return Next{Text: "Hands off: the scale is settling"}
	case pack.ScaleOver:
		return Next{Text: "Too heavy: split the parcel", Kind: pack.Asked}
	case pack.ScaleUnder:
		return Next{Text: "Clear the scale, set it to zero", Kind: pack.Asked}
	case pack.ScaleNone, "":
		return Next{Text: "Put the parcel on the scale", Note: "The scale sends no data"}
	}
	return Next{Text: "Put the parcel on the scale"}
}

// worksOut reports whether a parcel may be sent with the weight that it should have.
func worksOut(in BenchInputs) bool {
	return in.State.Rules.WorkedOut && in.Expect != nil && in.Expect.Known
}

func closingNext(l say.Language, s pack.State) Next {
	label := s.Label()
	print, said := label.State, label.Trouble
	switch {
	case print == pack.PrintTrouble && (said.Code == trouble.OtherPrinter || said.Code == trouble.LabelUnreadable):
		return Next{Text: "Void the label", Note: what(l, said), Kind: pack.Asked}
	case print == pack.PrintTrouble && !s.OnItsWay(label.Document):
		return Next{Text: "Fix it, then press Try again", Note: what(l, said), Kind: pack.Asked}
	case print == pack.PrintTrouble:
		return Next{Text: "Look at the printer", Note: what(l, said), Kind: pack.Asked}
	case print == pack.PrintUnknown:
		return Next{Text: "Did a label come out?", Kind: pack.Asked}
	case s.Phase == pack.Labelling && unsaid(s):
		return Next{Text: "Supervisor: look at the carrier's page", Note: "does it show a label for this box?", Kind: pack.Asked}
	case s.Phase == pack.Labelling && s.Work != nil && !s.Work.Parcel.Trouble.None() && s.Work.Parcel.Purchase != pack.PurchaseAsked:
		return Next{Text: "Put the box aside", Note: "the bench tries again by itself: carry on with the next order", Kind: pack.Asked}
	case s.Phase == pack.Labelling:
		return Next{Text: "Wait for the label"}
	}
	return Next{Text: "Scan the label on the box"}
}

// unsaid reports whether the carrier of the open parcel cannot tell what it sold, and a
// person has to look.
func unsaid(s pack.State) bool {
	return s.Work.Unlabelled() && s.Work.Parcel.Purchase == pack.PurchaseUnknown && s.Work.Parcel.Trouble.Code == trouble.CarrierUnsaid
}

// parkedHere counts the orders that are parked, and those that wait for a label (C6).
func parkedHere(l say.Language, s pack.State) string {
	if len(s.Parked) == 0 {
		return ""
	}
	note := l.Say("{orders} parked", "orders", l.Many(len(s.Parked), "order"))
	switch n := len(s.Unlabelled()); n {
	case 0:
		return note
	case 1:
		return note + l.Phrase(", 1 waits for its label")
	default:
		return note + l.Count(", {n} wait for labels", n)
	}
}
