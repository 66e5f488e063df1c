package pack

import (
	"maps"
	"slices"

	"packbench/station/people"
	"packbench/station/trouble"
)

// takenBack reports whether a label was being printed when its order was stopped.
func takenBack(t trouble.Trouble) bool {
	return t.Code == trouble.OrderHeld || t.Code == trouble.OrderCancelled
}

// print wishes for a document on paper; reason is that of a reprint.
func (d *decision) print(e Effect, reason string) {
	e.Kind = EffectPrint
	d.emit(DocumentStood{Printing: printing(d.effect(e), PrintAsked), Reason: reason})
}

// printLabel wishes for the label of a parcel on the bench; intent is the wish that
// a retry repeats.
func (d *decision) printLabel(w *Work, reprint int, intent, reason string) {
	e := Effect{Intent: intent, Order: w.Order, Document: Document{DocumentLabel, w.Parcel.ID}, Kept: w.Parcel.Label.Document, Copy: reprint}
	if last := d.s.Document(DocumentLabel, w.Parcel.ID); intent != "" && takenBack(last.Trouble) {
		e.GivenUp, e.Printer = true, last.Printer // where it may have come out
	}
	d.print(e, reason)
}

// giveUpPrints takes back what still waits to be printed of a parcel or a manifest,
// of the given kinds or of all.
func (d *decision) giveUpPrints(of string, kinds ...string) {
	for _, id := range slices.Sorted(maps.Keys(d.s.Pending)) {
		e := d.s.Pending[id]
		if e.Kind == EffectPrint && e.Document.Of == of && (len(kinds) == 0 || slices.Contains(kinds, e.Document.Kind)) {
			d.emit(EffectEnded{ID: id})
		}
	}
}

// printed is news of a document from its printer, whatever the bench does by now. A
// paper that waits counts as asked for until its end is known.
func (d *decision) printed(e Printed) {
	asked, ok := d.s.Pending[e.Effect]
	if !ok {
		return
	}
	if e.Ended {
		d.emit(EffectEnded{ID: e.Effect})
	}
	of, now := asked.Document, printing(asked, e.State)
	now.Trouble = e.Trouble
	switch e.State {
	case PrintUndrawn:
		now.State = PrintTrouble
	case PrintNeedless:
		now.State = ""
	}
	if e.Ended || !of.paper() {
		d.emit(DocumentStood{Printing: now})
	}
	about := d.about(asked)
	switch e.State {
	case PrintPrinted, PrintSent, PrintAsked:
		d.cameOut(asked, e)
	case PrintUnknown:
		d.mayHaveComeOut(of, about)
	case PrintUndrawn, PrintNeedless:
		d.say(Refused, CodeNotNow, about, withTrouble(e.Trouble))
	default:
		code := CodePrinterTrouble
		if of.paper() && !e.Ended {
			code = CodePaper
		}
		d.say(Refused, code, about, withTrouble(e.Trouble), func(v *Verdict) { v.Waits = !e.Ended && !of.paper() })
	}
}

// about fills in which document a verdict is about, and what is to check on it.
func (d *decision) about(asked Effect) func(*Verdict) {
	of, w := asked.Document, d.s.WorkOf(asked.Document.Of)
	return func(v *Verdict) {
		if of.Kind == DocumentManifest {
			v.Manifest, v.Carrier, v.Qty = of.Of, asked.Carrier, len(asked.Parcels)
			return
		}
		if of.Kind == DocumentPutaway {
			v.Return, v.Paper = of.Of, of.Kind
			return
		}
		v.Order, v.Parcel = asked.Order, of.Of
		v.Aside = of.Kind == DocumentLabel && w != nil && (d.s.Work == nil || d.s.Work.Parcel.ID != of.Of)
		switch {
		case of.Kind != DocumentLabel:
			v.Paper = of.Kind
		case w == nil:
			v.Closed = true
		case w.Parcel.Label == nil:
		case w.Parcel.Label.Unprintable > 0:
			v.Reason, v.Qty = ReasonUnprintable, w.Parcel.Label.Unprintable
		case len(w.Parcel.Label.Lacks) > 0:
			v.Reason, v.Lacks = ReasonAddress, w.Parcel.Label.Lacks
		}
	}
}

// cameOut says that a document is there, and what somebody has to look at.
func (d *decision) cameOut(asked Effect, e Printed) {
	about := d.about(asked)
	unprintable := func(v *Verdict) {
		if e.Unprintable > 0 {
			v.Reason, v.Qty = ReasonUnprintable, e.Unprintable
		}
	}
	switch {
	case asked.Document.Kind == DocumentManifest:
		reason := Reason(e.State)
		if e.Untimed {
			reason += " untimed"
		}
		d.say(Accepted, CodeManifest, about, withReason(reason), unprintable)
	case asked.Document.Kind != DocumentLabel && e.Unprintable > 0:
		d.say(Accepted, CodePaper, about, unprintable)
	case asked.Document.Kind != DocumentLabel:
		d.say(Info, CodePaper, about, withReason(ReasonPrinted))
	default:
		code := CodeLabelSent
		if e.State == PrintPrinted {
			code = CodeLabelPrinted
		}
		d.say(Accepted, code, about, func(v *Verdict) {
			if e.OnPaper && v.Reason == "" {
				v.Reason = ReasonOnPaper
			}
		})
	}
}

// mayHaveComeOut has somebody look: nothing of which a sheet may have come is
// printed again by itself (L4).
func (d *decision) mayHaveComeOut(of Document, about func(*Verdict)) {
	here := d.s.Work != nil && d.s.Work.Parcel.ID == of.Of
	switch {
	case of.Kind == DocumentManifest && d.s.Phase == Idle:
		d.say(Asked, CodeManifest, about, withReason(ReasonUnknown))
	case of.Kind == DocumentManifest:
		d.say(Info, CodeManifest, about, withReason(ReasonUnknown))
	case of.Kind != DocumentLabel || d.s.WorkOf(of.Of) == nil:
		d.say(Refused, CodeLabelUnknownOutcome, about)
	case !here:
		d.say(Info, CodeLabelUnknownOutcome, about)
	default:
		d.askAgain()
		d.say(Asked, CodeLabelUnknownOutcome, about, func(v *Verdict) { v.Choices = d.s.Question.Choices })
	}
}

// askAgain puts the question whether a label came out, if it is open (L4).
func (d *decision) askAgain() {
	if d.s.Label().State != PrintUnknown {
		return
	}
	d.pose(Question{Code: CodeLabelUnknownOutcome, Choices: []Choice{
		{N: 1, Text: "label-came-out", Command: &Command{Name: "label-came-out"}},
		{N: 2, Text: "print-again", Command: &Command{Name: "print-again"}},
	}})
}

// cmdReprint prints the same label again; it is counted (L4). One that has not
// come out yet is not asked for twice (L5).
func (d *decision) cmdReprint(c Command) {
	label := d.s.Label()
	switch {
	case d.s.Phase != Closing:
		d.notNow(ReasonNoLabel)
	case label.State == PrintTrouble && d.s.OnItsWay(label.Document):
		d.say(Refused, CodePrinterTrouble, withTrouble(label.Trouble), func(v *Verdict) { v.Waits = true })
	case !people.IsReason(c.Reason):
		d.askReason(CodeReprinted, c, people.Codes(d.s.Rules.Reasons.Reprint, ReprintReasons))
	case !d.may(people.Reprint, c):
	default:
		d.printAgain(c.Reason)
		d.say(Accepted, CodeReprinted, withWhy(c.Reason))
	}
}

// printAgain gives up a print job that has no end and asks for a new one.
func (d *decision) printAgain(reason string) {
	label := d.s.Label()
	d.giveUpPrints(label.Of, DocumentLabel)
	d.printLabel(d.s.Work, label.Copy+1, "", reason)
}

// cmdCameOut is the packer's word that a label is there.
func (d *decision) cmdCameOut() {
	label := d.s.Label()
	if label.State != PrintUnknown {
		d.notNow(ReasonNoQuestion)
		return
	}
	label.State, label.Trouble = PrintSent, trouble.Trouble{}
	d.emit(DocumentStood{Printing: label})
	d.say(Accepted, CodeLabelSent, withReason(ReasonSeen))
}

// cmdPrintAgain is the packer's word that no label came out.
func (d *decision) cmdPrintAgain() {
	if d.s.Label().State != PrintUnknown {
		d.notNow(ReasonNoQuestion)
		return
	}
	d.printAgain("lost")
	d.say(Accepted, CodeReprinted, withWhy("lost"))
}

// askPaper wishes for one paper of a parcel that has its label (L3).
func (d *decision) askPaper(kind string, w *Work, reason string) {
	paper := d.s.Document(kind, w.Parcel.ID)
	d.print(Effect{Document: paper.Document, Order: w.Order, Copy: paper.Copies()}, reason)
}

// cmdPaper prints a paper of the parcel whose label is on the bench. Printing it
// again needs a reason, is marked and counted (L4), and what still waits for its
// printer is taken back: this one comes in its stead.
func (d *decision) cmdPaper(c Command) {
	w := d.s.Work
	switch {
	case !slices.Contains(PaperKinds, c.Value):
		d.notNow(ReasonPaperKind)
	case d.s.Phase != Closing:
		d.notNow(ReasonNoLabel)
	case d.s.Document(c.Value, w.Parcel.ID).Copies() > 0 && !people.IsReason(c.Reason):
		d.askReason(CodePaper, c, people.Codes(d.s.Rules.Reasons.Reprint, ReprintReasons))
	case c.Reason != "" && !d.may(people.Reprint, c):
	default:
		d.giveUpPrints(w.Parcel.ID, c.Value)
		d.askPaper(c.Value, w, c.Reason)
		d.say(Info, CodePaper, withPaper(c.Value), withWhy(c.Reason))
	}
}

// missingPapers are the papers that the parcel is closed without: those that
// did not come out, or may not have. Of those that a border asks for also one
// that has not come out yet.
func (s State) missingPapers(parcel string) []string {
	var out []string
	for _, kind := range PaperKinds {
		switch s.Document(kind, parcel).State {
		case PrintTrouble, PrintUnknown:
			out = append(out, kind)
		case PrintAsked:
			if kind == "customs" {
				out = append(out, kind)
			}
		}
	}
	return out
}
