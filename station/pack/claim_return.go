package pack

import (
	"strings"

	"packbench/station/trouble"
)

// AskedReturn is what came back, while the hub is asked whose it is. Without Effect it was
// not to be had: who may says that it is taken apart all the same, and why.
type AskedReturn struct {
	Effect string `json:"Effect,omitempty"`
	Sent   Sent   `json:"Sent"`
	Author string `json:"Author,omitempty"`
	Why    string `json:"Why,omitempty"`
}

// ReturnReady is the result of the return effect: it may be taken apart here. Sent is as it
// is known now.
type ReturnReady struct {
	Effect string `json:"Effect"`
	Sent   Sent   `json:"Sent"`
	Alone  bool   `json:"Alone,omitempty"` // the hub could not be asked for it
}

// ReturnRefused is its other result: a bench has it, or, without one, the hub could not be
// asked.
type ReturnRefused struct {
	Effect  string          `json:"Effect"`
	Station string          `json:"Station,omitempty"`
	Trouble trouble.Trouble `json:"Trouble,omitzero"`
}

// aReturn is the Value of an authorise that opens a return without the hub.
const aReturn = "return"

// OpensReturn reports whether the command opens a return that the hub cannot be asked for.
func (c Command) OpensReturn() bool { return c.alone() && c.Value == aReturn }

// asks reports whether it waits for the hub's word.
func (r *Return) asks() bool { return r.Asked != nil && r.Asked.Effect != "" }

// askReturn wishes for a return that another bench may open in the same moment; the verdict
// comes with the result.
func (d *decision) askReturn(s Sent, author, why string) {
	e := d.effect(Effect{Kind: EffectReturn, Order: s.Order, Parcel: s.Parcel, SSCC: s.SSCC, Return: s.Return, Alone: why != ""})
	d.emit(ReturnAsked{AskedReturn{Effect: e.ID, Sent: s, Author: author, Why: why}})
}

// askedFor ends the wish of a result, and gives it; nil where nobody waits for it any more.
func (d *decision) askedFor(effect string) *AskedReturn {
	_, ok := d.end(effect)
	if r := d.s.Return; ok && r != nil && r.Asked != nil && r.Asked.Effect == effect {
		return r.Asked
	}
	return nil
}

func (d *decision) returnReady(e ReturnReady) {
	asked := d.askedFor(e.Effect)
	if asked == nil {
		return
	}
	d.emit(ReturnDenied{Return: asked.Sent.Return}) // what is known now may say no
	s := e.Sent
	s.Claimed = false
	if e.Alone { // another bench may open it under its number, and count units as this one does
		s.Return = "A-" + strings.ReplaceAll(d.in.ID, ".", "-")
	}
	d.openReturn(s)
	if e.Alone && d.s.Return.Known() {
		d.author = asked.Author
		d.openCase(CaseOpened{Kind: "claim", Code: CodeHubAway, Order: s.Order, Parcel: s.Parcel, Scanned: s.SSCC, Author: asked.Author, Reason: asked.Why})
	}
}

// returnRefused says who has it. Where the hub cannot be asked, somebody may let it be
// taken apart all the same; as one that nobody knows it always may (R2).
func (d *decision) returnRefused(e ReturnRefused) {
	asked := d.askedFor(e.Effect)
	if asked == nil {
		return
	}
	s := asked.Sent
	d.emit(ReturnDenied{Return: s.Return})
	about := func(v *Verdict) { v.Order, v.Parcel, v.Return = s.Order, s.Parcel, s.Return }
	switch {
	case e.Station != "":
		s.Open = &OpenReturn{Return: s.Return, Station: e.Station}
		d.returnElsewhere(s)
	case e.Trouble.Code != "":
		d.say(Refused, CodeNotNow, withTrouble(e.Trouble), about)
	default:
		d.pose(Question{Code: CodeHubAway, Choices: []Choice{
			{N: 1, Text: "return-anyway", Command: &Command{Name: "authorise", Value: aReturn, Orders: []OrderHint{{ID: s.Order, Number: s.Number}}}},
			{N: 2, Text: "blind", Command: &Command{Name: "blind"}},
		}})
		d.say(Refused, CodeHubAway, withReason(ReasonReturn), about, func(v *Verdict) { v.Choices = d.s.Question.Choices })
	}
}

// openReturnAlone asks again, in the name of who lets it be opened without the hub.
func (d *decision) openReturnAlone(author string, c Command) {
	r := d.s.Return
	if r.Known() || r == nil || r.Asked == nil || r.asks() {
		d.notNow(ReasonNothingToAuthorise)
		return
	}
	d.author = author
	d.askReturn(r.Asked.Sent, author, c.Reason)
}
