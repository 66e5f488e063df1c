package pack

import "slices"

// Shown is what a reprint with no order open means: the parcel that was closed
// here last, or whose label was scanned since; only the order where that was
// scanned. The SSCC is that of the very label.
type Shown struct {
	Order  string `json:"Order"`
	Parcel string `json:"Parcel,omitempty"`
	SSCC   string `json:"SSCC,omitempty"`
}

// show remembers what was scanned with no order open.
func (d *decision) show(s Shown) {
	if d.s.Phase == Idle && (d.s.Shown == nil || *d.s.Shown != s) {
		d.emit(ParcelShown{s})
	}
}

// closedParcel is a label scanned with nothing in hand: it says which parcel it is,
// and that is what a reprint means now.
func (d *decision) closedParcel(ref ParcelRef) {
	d.show(Shown{Order: ref.Order, Parcel: ref.ID, SSCC: ref.SSCC})
	about := func(v *Verdict) { v.Order, v.Parcel = ref.Order, ref.ID }
	if ref.State == ParcelVoided {
		d.say(Refused, CodeNotNow, withReason(ReasonVoided), about)
		return
	}
	d.say(Info, CodeOrderDone, about, withReason(Reason(ref.State)))
}

// closedCommand carries out a reprint or a paper of a parcel that is closed. The
// parcel and its box are no longer under the bench's eyes: so it must be named, and
// the verdict says which it was.
func (d *decision) closedCommand(c Command) {
	switch {
	case c.Name == "paper" && !slices.Contains(PaperKinds, c.Value):
		d.notNow(ReasonPaperKind)
	case len(c.Parcels) == 0:
		d.notNow(ReasonWhichParcel)
	case len(c.Parcels) > 1:
		d.askParcel(c)
	default:
		d.again(c, c.Parcels[0])
	}
}

// askParcel asks which parcel of an order is meant. The reason is asked for after
// it, because a reason card answers what is asked.
func (d *decision) askParcel(c Command) {
	q := Question{Code: CodeAmbiguousCode}
	for i, p := range c.Parcels[:min(len(c.Parcels), 9)] {
		one := Command{Name: c.Name, Value: c.Value, Sure: true, Parcels: []ParcelRef{p}}
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: p.ID, Command: &one})
	}
	d.emit(QuestionAsked{q})
	d.say(Asked, CodeAmbiguousCode, withReason(ReasonWhichParcel), func(v *Verdict) {
		v.Order, v.Choices = c.Parcels[0].Order, q.Choices
	})
}

// again prints the label of a closed parcel, or a paper of it, once more (L4, L5).
func (d *decision) again(c Command, p ParcelRef) {
	about := func(v *Verdict) { v.Order, v.Parcel = p.Order, p.ID }
	kind := EffectPrint
	if c.Name == "paper" {
		kind = EffectPaper
	}
	switch {
	case p.State == ParcelVoided:
		d.say(Refused, CodeNotNow, about, withReason(ReasonLabelVoid))
	case p.State == ParcelHandedOut:
		d.say(Refused, CodeNotNow, about, withReason(ReasonGone))
	case p.State == ParcelLoading || p.State == ParcelOpening:
		d.elsewhere(p)
	case p.State != ParcelClosed || p.Document == "":
		d.say(Refused, CodeNotNow, about, withReason(ReasonNotClosed))
	case d.onItsWay(kind, p.ID, c.Value):
		d.say(Refused, CodeNotNow, about, withReason(ReasonBeingPrinted))
	case kind == EffectPaper && p.Papers[c.Value] > 0 && !reasonForm.MatchString(c.Reason):
		d.askReason(CodePaper, c, ReprintReasons, about)
	case kind == EffectPaper:
		d.effect(Effect{Kind: kind, Do: c.Value, Order: p.Order, Parcel: p.ID, Reprint: p.Papers[c.Value]})
		d.emit(PaperAsked{Parcel: p.ID, Paper: c.Value, Reason: c.Reason})
		d.say(Info, CodePaper, about, withPaper(c.Value), withWhy(c.Reason))
	case !reasonForm.MatchString(c.Reason):
		d.askReason(CodeReprinted, c, ReprintReasons, about)
	default:
		d.emit(LabelReprinted{Parcel: p.ID, Reason: c.Reason})
		d.effect(Effect{Kind: kind, Order: p.Order, Parcel: p.ID, Document: p.Document, Reprint: p.Reprints + 1})
		d.say(Accepted, CodeReprinted, about, ofClosed, withWhy(c.Reason))
	}
}

// onItsWay tells whether a label or a paper has been asked for and has not come
// out yet: pressing twice prints once (L5).
func (d *decision) onItsWay(kind EffectKind, parcel, paper string) bool {
	for _, e := range d.s.Pending {
		if e.Kind == kind && e.Parcel == parcel && (kind == EffectPrint || e.Do == paper) {
			return true
		}
	}
	return false
}

func ofClosed(v *Verdict) { v.Closed = true }

// closedPrinted is news of the reprint of a closed parcel's label.
func (d *decision) closedPrinted(e PrintReported) {
	asked := d.s.Pending[e.Effect]
	if e.Ended {
		d.emit(EffectEnded{ID: e.Effect})
	}
	about := func(v *Verdict) { v.Order, v.Parcel, v.Closed = asked.Order, asked.Parcel, true }
	switch e.State {
	case PrintPrinted:
		d.say(Accepted, CodeLabelPrinted, about)
	case PrintSent, PrintAsked:
		d.say(Accepted, CodeLabelSent, about)
	case PrintUnknown:
		d.say(Refused, CodeLabelUnknownOutcome, about)
	default:
		d.say(Refused, CodePrinterTrouble, about, withWhy(e.Words), func(v *Verdict) { v.Waits = !e.Ended })
	}
}

// giveUpPrints takes back what still waits to be printed of a closed parcel: its
// label is void now, or it has gone into a van.
func (d *decision) giveUpPrints(parcel string) {
	for _, kind := range []EffectKind{EffectPrint, EffectPaper} {
		for id := d.pending(kind, parcel); id != ""; id = d.pending(kind, parcel) {
			d.emit(EffectEnded{ID: id})
		}
	}
}
