package pack

import (
	"slices"
)

// asked takes a command as it was given and carries it out when the bench may.
func (d *decision) asked(c Command) {
	switch {
	case !slices.Contains(Commands, c.Name):
		d.say(Refused, CodeCommandUnknown, withCommand(c.Name))
		return
	case d.s.PIN != nil && c.Name == "back":
		d.cmdBack()
		return
	case d.s.Phase == SignedOut:
		d.say(Refused, CodeNotSignedIn)
		return
	case d.s.Phase == Locked && c.Name != "unlock":
		d.say(Refused, CodeLocked)
		return
	case d.s.Phase == Opening && c.Name != "sign-out":
		d.notNow(ReasonOpening)
		return
	}
	if pass := d.s.Question.turnedAway(); pass != nil && c.Name == "authorise" && c.Item == nil && !c.alone() {
		pass.Reason = c.Reason
		c = *pass
	}
	switch {
	case c.Name == "choose":
		d.choose(c.N)
		return
	case c.Name == "back", c.Name == "undo" && d.s.asking() && !d.s.grading():
		d.cmdBack()
		return
	case c.Name != "authorise":
		d.superseded()
	case d.s.Question != nil && d.s.Question.Code != CodeAuthorised:
		d.dropQuestion()
	}
	d.disarm()
	d.run(c)
}

// run carries a command out; who may has been settled, or is settled here. What is
// no command of the bench itself means what it means to the job in hand.
func (d *decision) run(c Command) {
	switch c.Name {
	case "zero", "tare":
		d.cmdScale(c.Name)
	case "authorise":
		d.cmdAuthorise(c)
	case "unlock":
		d.cmdUnlock()
	case "sign-out":
		d.cmdSignOut()
	case "reprint-manifest":
		d.cmdReprintManifest(c)
	default:
		d.s.job().command(d, c)
	}
}

// choose is the answer to a numbered question.
func (d *decision) choose(n int) {
	q := d.s.Question
	if q == nil {
		d.notNow(ReasonNoQuestion)
		return
	}
	i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.N == n })
	if i < 0 {
		d.say(Refused, CodeNotNow, withReason(ReasonChoice), func(v *Verdict) { v.Choices = q.Choices })
		return
	}
	choice, item := q.Choices[i], q.Item
	if choice.IsBack() {
		d.cmdBack()
		return
	}
	if choice.Meaning != nil && choice.Meaning.Kind == MeansMark {
		d.mean(*choice.Meaning)
		return
	}
	d.dropQuestion()
	switch {
	case choice.Command != nil:
		c := *choice.Command
		c.Sure = c.Sure || q.Code != CodeOrderWhich // which parcel is one thing, to open it another
		d.asked(c)
	case choice.Meaning != nil && choice.Meaning.namesOrder() && len(choice.Meaning.Orders) == 1 && d.s.Phase == Idle:
		d.open(OpeningOf{Order: choice.Meaning.Orders[0].ID, Item: item})
	case choice.Meaning != nil:
		d.mean(*choice.Meaning)
	default:
		d.notNow(ReasonChoice)
	}
}

// contentsOpen reports whether the contents of the parcel may be changed now,
// and says why not.
func (d *decision) contentsOpen() bool {
	switch d.s.Phase {
	case Packing, Weighing, Choosing:
		return true
	}
	d.notNow(Reason(d.s.Phase))
	return false
}
