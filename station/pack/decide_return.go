package pack

import (
	"slices"
	"strings"

	"packbench/station/people"
)

// mostBack is how many scans one return may hold: more is a slip of the hand.
const mostBack = 500

// mostCodes is how many codes of a blind return are kept.
const mostCodes = 50

// cmdReturn begins a return: what came back is scanned next.
func (d *decision) cmdReturn(c Command) {
	if !d.may(people.Return, c) {
		return
	}
	d.emit(ReturnBegan{At: d.in.At})
	if c.Value != "" {
		d.resumeNamed(c.Value)
		return
	}
	d.say(Asked, CodeReturn)
}

// resumeNamed goes on with a return that was put aside here, by its number: of a blind one
// nothing else is known.
func (d *decision) resumeNamed(id string) {
	if _, aside := d.s.Returns[id]; !aside {
		d.say(Asked, CodeReturn)
		return
	}
	d.resumeReturn(id)
}

func (d *decision) resumeReturn(id string) {
	mass := d.s.Return.Mass
	d.emit(ReturnResumed{Return: id})
	if mass > 0 && d.s.Return.Mass == 0 && len(d.s.Return.Units) == 0 {
		d.emit(ReturnWeighed{Return: id, Mass: mass})
	}
	d.sayReturn(Accepted, CodeResumed, withReason(ReasonReturn))
}

func (r *Return) command(d *decision, c Command) {
	switch c.Name {
	case "return":
		if !r.Known() && c.Value != "" {
			d.resumeNamed(c.Value)
			return
		}
		d.returnAgain()
	case "blind":
		d.cmdBlind(c)
	case "grade", "disposition":
		d.cmdGrade(c)
	case "missing":
		d.cmdMissing(c)
	case "finish":
		d.cmdFinish(c)
	case "undo":
		d.undoReturn()
	case "park":
		d.parkReturn()
	case "cancel":
		d.cancelReturn(c)
	case "reprint":
		d.reprintPutaway(c)
	case "next-order", "reopen", "handover", "paper":
		d.notNow(ReasonReturn)
	default:
		d.withoutOrder(c)
	}
}

func (r *Return) scan(d *decision, m Meaning) {
	switch {
	case r.asks() && (m.Sent != nil || m.Product != nil):
		d.notNow(ReasonOpening)
	case m.Sent != nil && !r.Known():
		d.openReturn(*m.Sent)
	case m.Sent != nil && r.Sent != nil && r.Sent.SSCC == m.Sent.SSCC && m.Sent.elsewhere(d.s.Rules.Station):
		d.returnElsewhere(*m.Sent)
	case m.Sent != nil && r.Sent != nil && r.Sent.SSCC == m.Sent.SSCC:
		d.returnAgain()
	case m.Sent != nil, m.Parcel != nil, m.namesOrder():
		d.notNow(ReasonReturn)
	case m.Kind == MeansMark && m.Product != nil:
		d.returnSerial(m.Product.marks())
	case m.Product != nil && r.Known():
		for _, one := range m.Product.units() {
			d.returnUnit(one)
		}
	case m.Product != nil:
		d.say(Asked, CodeReturn)
	default:
		d.notNow(Reason(d.s.Phase))
	}
}

// aboutReturn fills in what a verdict of a return is about.
func (d *decision) aboutReturn(v *Verdict) {
	r := d.s.Return
	if r == nil {
		return
	}
	v.Return = r.ID
	units, odd := r.Total()
	v.Have = units - odd
	if r.Sent == nil {
		return
	}
	v.Order, v.Parcel = r.Sent.Order, r.Sent.Parcel
	for _, l := range r.Sent.Lines {
		v.Want += l.Left()
	}
}

// sayReturn ends a decision about the open return with its verdict.
func (d *decision) sayReturn(kind Kind, code Code, fill ...func(*Verdict)) {
	d.say(kind, code, append([]func(*Verdict){d.aboutReturn}, fill...)...)
}

func (d *decision) returnAgain() {
	if !d.s.Return.Known() {
		d.say(Asked, CodeReturn)
		return
	}
	d.sayReturn(Info, CodeReturnOpened, withReason(ReasonAgain))
}

// openReturn takes a parcel apart that left here. One that was put aside goes on as it
// stood, and one of which nothing is left to come back was returned before, or its code
// was copied.
func (d *decision) openReturn(s Sent) {
	if id := d.s.asideOf(s.SSCC); id != "" {
		d.resumeReturn(id)
		return
	}
	about := func(v *Verdict) { v.Order, v.Parcel = s.Order, s.Parcel }
	left := 0
	for _, l := range s.Lines {
		left += l.Left()
	}
	switch {
	case s.elsewhere(d.s.Rules.Station):
		d.returnElsewhere(s)
	case s.State == ParcelVoided:
		d.notOurs(ReasonVoided, s)
	case s.State != ParcelClosed && s.State != ParcelHandedOut:
		d.notOurs(ReasonNotClosed, s)
	case left == 0:
		d.openCase(CaseOpened{Kind: "return", Code: CodeReturnTwice, Order: s.Order, Parcel: s.Parcel, Scanned: s.SSCC})
		d.offerBlind(CodeReturnTwice, about, func(v *Verdict) { v.Case = d.in.ID })
	case s.Claimed:
		d.askReturn(s, "", "")
	default:
		d.emit(ReturnOpened{Return: s.Return, Sent: &s})
		if d.s.Return.Mass > 0 {
			d.judgeReturnWeight(d.s.Return.Mass, func(kind Kind, w Weight, id string) {
				d.sayReturn(kind, CodeReturnWeight, withWeight(w), func(v *Verdict) { v.Case = id })
			})
		}
		d.sayReturn(Accepted, CodeReturnOpened, func(v *Verdict) { v.From = s.By })
	}
}

// returnElsewhere turns away what another bench takes apart: its units would count twice,
// and so would what is owed for them.
func (d *decision) returnElsewhere(s Sent) {
	d.say(Refused, CodeNotNow, withReason(ReasonReturnElsewhere), func(v *Verdict) {
		v.Order, v.Parcel, v.Return, v.Place = s.Order, s.Parcel, s.Open.Return, &Place{Station: s.Open.Station}
	})
}

// notOurs turns a code away that cannot be of anything that left here.
func (d *decision) notOurs(why Reason, s Sent) {
	d.openCase(CaseOpened{Kind: "return", Code: CodeReturnNotOurs, Order: s.Order, Parcel: s.Parcel, Scanned: s.SSCC, Reason: string(why)})
	d.offerBlind(CodeReturnNotOurs, withReason(why), func(v *Verdict) { v.Order, v.Parcel, v.Case = s.Order, s.Parcel, d.in.ID })
}

// offerBlind refuses, and offers to take it apart all the same.
func (d *decision) offerBlind(code Code, fill ...func(*Verdict)) {
	d.pose(Question{Code: code, Choices: []Choice{{N: 1, Text: "blind", Command: &Command{Name: "blind"}}}})
	d.say(Refused, code, append(fill, func(v *Verdict) { v.Choices = d.s.Question.Choices })...)
}

// unknownBack is a code that means nothing while a return is open. On a blind one it is
// kept, because somebody may know it later.
func (d *decision) unknownBack(e Scanned) {
	r := d.s.Return
	number := strings.ToUpper(strings.TrimSpace(e.Raw))
	switch {
	case !r.Known() && d.s.Returns[number] != nil:
		d.resumeReturn(number)
	case r.Known() && r.Sent == nil && e.Raw != "":
		if len(r.Codes) < mostCodes && !slices.Contains(r.Codes, e.Raw) {
			d.emit(ReturnCode{Return: r.ID, Code: e.Raw})
		}
		d.sayReturn(Info, CodeReturnBlind, withReason(ReasonNumber), func(v *Verdict) { v.Scanned = e.Raw })
	case !r.Known() && slices.Contains(reasons[CodeReturnNotOurs], Reason(e.Problem)):
		d.openCase(CaseOpened{Kind: "return", Code: CodeReturnNotOurs, Scanned: e.Raw, Reason: e.Problem})
		d.offerBlind(CodeReturnNotOurs, withReason(Reason(e.Problem)), func(v *Verdict) { v.Scanned, v.Case = e.Raw, d.in.ID })
	default:
		d.unknown(e)
	}
}

// cmdBlind takes apart what nobody can name yet.
func (d *decision) cmdBlind(c Command) {
	if d.s.Return.Known() {
		d.notNow(ReasonReturn)
		return
	}
	place := strings.TrimSpace(c.Value)
	if place != "" && !placeable(place) {
		d.notNow(ReasonPlace)
		return
	}
	d.emit(ReturnOpened{Return: "B-" + strings.ReplaceAll(d.in.ID, ".", "-"), Place: place})
	d.sayReturn(Accepted, CodeReturnBlind)
}

// parkReturn puts a return aside as it stands.
func (d *decision) parkReturn() {
	r := d.s.Return
	if !r.Known() {
		d.emit(ReturnLeft{})
		d.say(Accepted, CodeCancelled, withReason(ReasonReturn))
		return
	}
	about := *d
	d.emit(ReturnParked{Return: r.ID})
	d.say(Accepted, CodeParked, withReason(ReasonReturn), about.aboutReturn)
}

// cancelReturn gives a return up: its units are as if nobody had scanned them.
func (d *decision) cancelReturn(c Command) {
	r := d.s.Return
	if len(r.Units) > 0 && !d.sure(&c, CodeCancelled, ReasonReturn, d.aboutReturn) || !d.may(people.Cancel, c) {
		return
	}
	for _, b := range slices.Backward(r.Units) {
		d.giveUpPrints(putawayOf(r.ID, b.N), DocumentPutaway)
		d.emit(ReturnUnit{Return: r.ID, Back: b.bare(), Gone: true})
		if b.Case != "" {
			d.withdraw(false, b.Case)
		}
	}
	for _, m := range r.Missed {
		d.withdraw(false, m.Case)
	}
	d.emit(ReturnLeft{Return: r.ID})
	d.say(Accepted, CodeCancelled, withReason(ReasonReturn), func(v *Verdict) { v.Return = r.ID })
}

// asideOf finds a return that was put aside, by the parcel that it is of.
func (s State) asideOf(sscc string) string {
	for id, r := range s.Returns {
		if r.Sent != nil && r.Sent.SSCC == sscc {
			return id
		}
	}
	return ""
}

// placeable reports whether words may be a place, as they are of a box that waits.
func placeable(words string) bool { return aPlace.MatchString(words) }
