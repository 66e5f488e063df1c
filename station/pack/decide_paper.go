package pack

import (
	"maps"
	"slices"
)

// PaperKinds are the papers of a parcel beside its label.
var PaperKinds = []string{"slip", "inside", "return", "customs"}

// askPaper wishes for one paper of a parcel that has its label (L3).
func (d *decision) askPaper(kind string, w *Work, reason string) {
	n := w.Parcel.Papers[kind]
	d.effect(Effect{Kind: EffectPaper, Do: kind, Order: w.Order, Parcel: w.Parcel.ID, Reprint: n})
	d.emit(PaperAsked{Parcel: w.Parcel.ID, Paper: kind, Reason: reason})
}

// cmdPaper prints a paper of the parcel whose label is on the bench. Printing
// it again needs a reason, is marked and counted (L4).
func (d *decision) cmdPaper(c Command) {
	w := d.s.Work
	switch {
	case !slices.Contains(PaperKinds, c.Value):
		d.notNow(ReasonPaperKind)
	case w == nil:
		d.notNow(ReasonNoParcel)
	case w.Parcel.Label == nil || d.s.Phase != Closing:
		d.notNow(ReasonNoLabel)
	case w.Parcel.Papers[c.Value] > 0 && !reasonForm.MatchString(c.Reason):
		d.askReason(CodePaper, c, ReprintReasons)
	default:
		d.giveUpPaper(c.Value, w.Parcel.ID)
		d.askPaper(c.Value, w, c.Reason)
		d.say(Info, CodePaper, withPaper(c.Value), withWhy(c.Reason))
	}
}

// giveUpPaper takes a paper back that still waits for its printer: the one that
// is asked for now comes in its stead.
func (d *decision) giveUpPaper(kind, parcel string) {
	for _, id := range slices.Sorted(maps.Keys(d.s.Pending)) {
		if e := d.s.Pending[id]; e.Kind == EffectPaper && e.Parcel == parcel && e.Do == kind {
			d.emit(EffectEnded{ID: id})
		}
	}
}

// paperPrinted is news of a paper's effect; one that waits in its printer goes on.
func (d *decision) paperPrinted(e PaperPrinted) {
	asked, ok := d.s.Pending[e.Effect]
	if !ok {
		return
	}
	about := func(v *Verdict) { v.Order, v.Parcel, v.Paper = asked.Order, asked.Parcel, asked.Do }
	if e.Waits {
		d.say(Refused, CodePaper, about, withWhy(e.Words))
		return
	}
	d.emit(EffectEnded{ID: e.Effect})
	state := PrintTrouble
	switch {
	case e.Needless:
		state = ""
	case e.Unknown:
		state = PrintUnknown
	case e.Words == "" && !e.None:
		state = PrintPrinted
	}
	d.emit(PaperStood{Parcel: asked.Parcel, Paper: asked.Do, State: state})
	switch {
	case e.Unknown:
		d.say(Refused, CodeLabelUnknownOutcome, about)
	case e.None:
		d.say(Refused, CodeNotNow, about, withWhy(e.Words))
	case e.Words != "":
		d.say(Refused, CodePrinterTrouble, about, withWhy(e.Words))
	case e.Unprintable > 0:
		d.say(Accepted, CodePaper, about, withReason(ReasonUnprintable), func(v *Verdict) { v.Qty = e.Unprintable })
	default:
		d.say(Info, CodePaper, about, withReason(ReasonPrinted))
	}
}

// missingPapers are the papers that the parcel is closed without: those that
// did not come out, or may not have. Of those that a border asks for also one
// that has not come out yet.
func (p Parcel) missingPapers() []string {
	var out []string
	for _, kind := range PaperKinds {
		switch p.PaperStates[kind] {
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
