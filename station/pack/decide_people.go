package pack

import (
	"cmp"
	"slices"

	"packbench/station/people"
)

// OverrideReasons, ShortReasons, ReprintReasons, AloneReasons, ReturnAloneReasons and CancelReasons are the reason codes
// that the bench offers as numbered answers where the shop has no list of its own; other
// codes of the same form, on a shop's own cards, are taken too.
var (
	OverrideReasons = []string{"filling", "product-changed", "scale-drift", "checked-by-hand"}
	ShortReasons    = []string{"not-found", "damaged", "out-of-stock", "later"}
	ReprintReasons  = []string{"damaged", "lost", "unreadable"}
	AloneReasons    = []string{"leaves-today", "customer-waits"}
	// ReturnAloneReasons are those of a return that is opened while the hub is away; no shop
	// has a list of them.
	ReturnAloneReasons = []string{"customer-waits", "goods-needed"}
	CancelReasons      = []string{"wrong-order", "customer-cancelled", "goods-missing", "start-again"}
)

// whys are the reason codes that are offered for an authorisation.
func (r Rules) whys(c Command) []string {
	switch {
	case c.OpensReturn():
		return ReturnAloneReasons
	case c.alone():
		return people.Codes(r.Reasons.Alone, AloneReasons)
	case c.Item != nil:
		return people.Codes(r.Reasons.LetPass, PassReasons)
	case c.Name == "cancel":
		return people.Codes(r.Reasons.Cancel, CancelReasons)
	}
	return people.Codes(r.Reasons.Accept, OverrideReasons)
}

// badge is a badge at the reader: sign in, take over, unlock or authorise. One with a
// PIN is good for any of these once that is given.
func (d *decision) badge(p Person) {
	s := d.s
	switch {
	case s.Wanted != nil && s.Phase != Locked && s.Phase != SignedOut && d.lets(*s.Wanted, p):
		d.authorise(p)
	case s.Phase == Locked && s.Rules.lets(people.Unlock, p):
		if d.prove(p, people.Unlock, nil) {
			d.emit(LockLifted{By: p.ID})
			d.author = p.ID
			d.say(Accepted, CodeUnlocked)
		}
	case s.Phase == Locked:
		d.say(Refused, CodeLocked)
	case s.Phase != SignedOut && s.Person.ID == p.ID:
		d.dropPIN()
		d.say(Info, CodeSignedIn, d.withExcess())
	case s.Phase != SignedOut && d.overridden(p) != nil:
		if d.prove(p, people.Override, nil) {
			c := *d.overridden(p)
			d.emit(BadgeWanted{Wanted{Needs: s.Rules.Table().Of(people.Override).Least(), Right: people.Override, Action: c, Author: p.ID, By: p}})
			d.askReason(CodeAuthorised, c, d.s.Rules.whys(c))
		}
	case !d.prove(p, "", nil):
	case s.Phase == SignedOut:
		d.emit(SignedInAs{Person: p, At: d.in.At})
		d.emit(Moved{d.phaseBehind()})
		d.askAgain()
		d.say(Accepted, CodeSignedIn, d.withExcess())
		d.askCarriersAgain()
	default:
		d.emit(SignedInAs{Person: p, From: s.Person.ID, At: d.in.At})
		if s.Wanted != nil {
			d.emit(BadgeSettled{})
		}
		d.say(Accepted, CodeTakenOver, func(v *Verdict) { v.From = s.Person.ID })
	}
}

// overridden is what a badge that nobody asked for lets pass: a weight that is off, or
// goods that were turned away; nil for nothing, and where who is signed in may have none
// let pass.
func (d *decision) overridden(p Person) *Command {
	if !d.s.Rules.lets(people.Override, p) || d.s.Rules.leave(people.Override, d.s.Person) == people.No {
		return nil
	}
	if missed, _ := d.notTaken(); missed != nil {
		return &Command{Name: "authorise"}
	}
	return d.s.Question.turnedAway()
}

// lets reports whether a badge lets happen what waits for one. In journals of old that
// is a matter of its role.
func (d *decision) lets(w Wanted, p Person) bool {
	if w.Right == "" {
		return p.Role.May(w.Needs)
	}
	return d.s.Rules.lets(w.Right, p)
}

// phaseBehind is where the bench stands for somebody who signs in (Q11).
func (d *decision) phaseBehind() Phase {
	switch {
	case d.s.Opening != nil:
		return Opening
	case d.s.Work != nil:
		return d.s.Work.Step
	}
	return Idle
}

// need asks for the badge of somebody who may let one action happen (P2).
func (d *decision) need(a people.Action, c Command) {
	d.dropQuestion() // the newest replaces it
	least := d.s.Rules.Table().Of(a).Least()
	d.emit(BadgeWanted{Wanted{Needs: least, Right: a, Action: c, Reason: c.Reason, Typed: d.typed, Let: d.let}})
	d.say(Asked, CodeNeedsRole, withCommand(said(a, c)), d.whoLets(a), func(v *Verdict) { v.Rule = d.rule })
}

// authorise is the badge that an action waited for.
func (d *decision) authorise(p Person) {
	w := *d.s.Wanted
	if p.ID == d.s.Person.ID && !d.alone() {
		d.say(Refused, CodeOverrideRefused, withCommand(w.Action.said()))
		return
	}
	if !d.prove(p, w.Right, nil) {
		return
	}
	if w.Reason == "" && (w.Action.Name == "authorise" || w.Right != people.Override && d.s.Rules.Table().Of(w.Right).Reason()) {
		w.Author, w.By = p.ID, p
		d.emit(BadgeWanted{w})
		d.askWhy(w)
		return
	}
	d.authorised(w, p)
}

// askWhy asks who lets an action happen for the reason.
func (d *decision) askWhy(w Wanted) {
	again := w.Action
	if again.Name != "authorise" {
		again = Command{Name: "authorise"}
	}
	d.askReason(CodeAuthorised, again, d.s.Rules.whys(w.Action), withCommand(said(w.Right, w.Action)))
}

// authorised carries out what was waited for, in both names.
func (d *decision) authorised(w Wanted, by Person) {
	d.drop()
	d.author, d.by, d.let, d.typed = by.ID, by, append(slices.Clip(w.Let), w.Right), w.Typed
	if w.Action.Reason == "" || w.Action.Name == "authorise" {
		w.Action.Reason = w.Reason
	}
	d.run(w.Action)
	d.keptApart(w.Kept)
	if d.s.Question == nil && d.s.Wanted == nil {
		d.askAgain()
	}
}

// askReason asks for a reason with numbered answers; the answer repeats the
// command with its reason.
func (d *decision) askReason(code Code, c Command, reasons []string, fill ...func(*Verdict)) {
	q := Question{Code: code}
	for i, r := range reasons {
		again := c
		again.Reason = r
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: r, Command: &again})
	}
	d.ask(q, append([]func(*Verdict){withReason(ReasonReason), withCommand(c.said())}, fill...)...)
}

// reasonGiven is a reason card: it answers an open question for a reason.
func (d *decision) reasonGiven(reason string) {
	q := d.s.Question
	if q == nil || q.Choices[0].Command == nil || q.Choices[0].Command.Reason == "" {
		if w := d.s.Wanted; w != nil && w.Reason == "" {
			d.asked(Command{Name: "authorise", Reason: reason})
			return
		}
		d.notNow(ReasonReason)
		return
	}
	c := *q.Choices[0].Command
	c.Reason = reason
	d.emit(QuestionClosed{})
	d.asked(c)
}

// said is what waits for a badge, as a verdict names it.
func said(a people.Action, c Command) string {
	switch a {
	case people.Label:
		return "label"
	case people.Handover:
		return "load"
	}
	return c.said()
}

// said is the command as a verdict names it.
func (c Command) said() string {
	if c.OpensReturn() {
		return "return-anyway"
	}
	if c.alone() {
		return "pack-anyway"
	}
	if c.Name == "authorise" && c.Item != nil {
		return "accept-item"
	}
	return c.Name
}

// cmdAuthorise returns the reason of an authorisation: before the badge or after it.
func (d *decision) cmdAuthorise(c Command) {
	if c.Reason != "" && !people.IsReason(c.Reason) {
		d.say(Refused, CodeOverrideRefused, withReason(ReasonReason))
		return
	}
	w := d.s.Wanted
	switch {
	case d.author != "" && c.alone():
		d.openAlone(d.author, c)
	case d.author != "" && c.Item != nil:
		d.letPass(d.author, c)
	case d.author != "": // the badge and the reason are both here
		d.override(d.author, c.Reason)
	case w != nil && w.Author != "":
		if c.Reason == "" {
			d.askWhy(*w)
			return
		}
		again := *w
		again.Reason = c.Reason
		d.authorised(again, cmp.Or(w.By, Person{ID: w.Author}))
	case w != nil:
		again := *w
		again.Reason = c.Reason
		d.emit(BadgeWanted{again})
		d.say(Asked, CodeNeedsRole, withCommand(w.Action.said()), func(v *Verdict) { v.Needs = w.Needs })
	case d.s.Rules.leave(people.Override, d.s.Person) == people.No:
		d.say(Refused, CodeNeedsRole, withCommand(c.said()), d.whoLets(people.Override))
	case c.Item == nil && !c.alone() && d.nothingMissed():
		d.notNow(ReasonNothingToAuthorise)
	case !d.alone():
		d.need(people.Override, c)
	case c.Reason == "":
		d.askReason(CodeAuthorised, c, d.s.Rules.whys(c))
	case d.s.Rules.leave(people.Override, d.s.Person) == people.WithPIN && !d.prove(d.s.Person, people.Override, &c):
	case c.alone():
		d.openAlone(d.s.Person.ID, c)
	case c.Item != nil:
		d.letPass(d.s.Person.ID, c)
	default:
		d.override(d.s.Person.ID, c.Reason)
	}
}

// notTaken is the weight that was not taken, nil for none, and why: it was off, or it
// waits for another proof that a box which is sealed can not give.
func (d *decision) notTaken() (*Weighed, Code) {
	if d.s.Phase != Weighing || d.s.Work == nil {
		return nil, ""
	}
	if missed := d.s.Scale.Latest; missed != nil {
		return missed, CodeWeightOff
	}
	if p := d.s.Work.proof(); p != nil && p.Weighed != nil && len(p.Open) > 0 {
		return p.Weighed, CodeProofNeeded
	}
	return nil, ""
}

func (d *decision) nothingMissed() bool {
	missed, _ := d.notTaken()
	return missed == nil
}

// override lets a weight pass that was off (W4), or that tells too little; that is a case.
func (d *decision) override(author, reason string) {
	missed, why := d.notTaken()
	if missed == nil || missed.Expect == nil {
		d.notNow(ReasonNothingToAuthorise)
		return
	}
	d.author = author
	weight := weightOf(*missed)
	weight.Author, weight.Reason = author, reason
	d.openCase(CaseOpened{Kind: "override", Code: why, Author: author, Reason: reason, Weight: &weight})
	weight.Basis = basisOf(*missed)
	d.unproved() // weighed again, it waits for a proof again
	d.takeWeight(weight)
}

// cmdUnlock says whose badge lifts the lock.
func (d *decision) cmdUnlock() {
	if d.s.Phase != Locked {
		d.notNow(ReasonNotLocked)
		return
	}
	d.say(Asked, CodeNeedsRole, withCommand("unlock"), d.whoLets(people.Unlock))
}

func (d *decision) cmdSignOut() {
	d.disarm()
	d.dropUnlabelled()
	d.say(Accepted, CodeSignedOut)
	d.emit(SignedOff{})
}

// unlockedFromDesk is a supervisor's word from the desk.
func (d *decision) unlockedFromDesk(e Unlocked) {
	if d.s.Phase != Locked {
		return
	}
	d.emit(LockLifted(e))
	d.author = e.By
	d.say(Accepted, CodeUnlocked)
}
