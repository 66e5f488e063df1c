package pack

import (
	"slices"

	"packbench/station/people"
)

// Shown is what a reprint with no order open means: the parcel that was closed
// here last, or whose label was scanned since; only the order where that was
// scanned. The SSCC is that of the very label.
type Shown struct {
	Order  string `json:"Order"`
	Number string `json:"Number,omitempty"`
	Parcel string `json:"Parcel,omitempty"`
	SSCC   string `json:"SSCC,omitempty"`
}

// of is what stays shown when somebody signs in: of another person nothing.
func (s *Shown) of(f SignedInAs) *Shown {
	if f.From != "" {
		return nil
	}
	return s
}

// show remembers what was scanned with no order open.
func (d *decision) show(s Shown) {
	s.Number = d.number(s.Order)
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
	reason := Reason("")
	if ref.State == ParcelHandedOut {
		reason = ReasonHandedOver
	}
	d.say(Info, CodeOrderDone, about, withReason(reason))
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
		one := Command{Name: c.Name, Value: c.Value, Sure: c.Sure, Parcels: []ParcelRef{p}}
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: p.ParcelCalled(), Command: &one})
	}
	if c.Name == "reopen" { // by a name that two shops use
		q.Code = CodeOrderWhich
		d.ask(q)
		return
	}
	d.ask(q, withReason(ReasonWhichParcel), func(v *Verdict) { v.Order = c.Parcels[0].Order })
}

// again prints the label of a closed parcel, or a paper of it, once more (L4, L5).
// Pressing twice prints once.
func (d *decision) again(c Command, p ParcelRef) {
	kind, code, which := Accepted, CodeReprinted, func(v *Verdict) { v.Closed = true }
	e := Effect{Document: Document{DocumentLabel, p.ID}, Order: p.Order, Kept: p.Document, Copy: p.Reprints + 1}
	if c.Name == "paper" {
		kind, code, which = Info, CodePaper, withPaper(c.Value)
		e = Effect{Document: Document{c.Value, p.ID}, Order: p.Order, Copy: p.Papers[c.Value]}
	}
	about := func(v *Verdict) { v.Order, v.Parcel = p.Order, p.ID }
	switch {
	case p.State == ParcelVoided:
		d.say(Refused, CodeNotNow, about, withReason(ReasonLabelVoid))
	case p.State == ParcelHandedOut:
		d.say(Refused, CodeNotNow, about, withReason(ReasonGone))
	case p.State == ParcelLoading || p.State == ParcelOpening:
		d.elsewhere(p)
	case p.State != ParcelClosed || p.Document == "":
		d.say(Refused, CodeNotNow, about, withReason(ReasonNotClosed))
	case d.s.OnItsWay(e.Document):
		d.say(Refused, CodeNotNow, about, withReason(ReasonBeingPrinted))
	case e.Copy > 0 && !people.IsReason(c.Reason):
		d.askReason(code, c, people.Codes(d.s.Rules.Reasons.Reprint, ReprintReasons), about)
	case e.Copy > 0 && !d.may(people.Reprint, c):
	default:
		d.print(e, c.Reason)
		d.say(kind, code, about, which, withWhy(c.Reason))
	}
}
