package pack

import (
	"slices"

	"packbench/station"
)

// asked takes a command as it was given and carries it out when the bench may.
func (d *decision) asked(c Command) {
	switch {
	case !slices.Contains(Commands, c.Name):
		d.say(Refused, CodeCommandUnknown, withCommand(c.Name))
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
	if c.Name == "choose" {
		d.choose(c.N)
		return
	}
	if c.Name != "authorise" {
		d.superseded()
	}
	if d.destructive(c) {
		return
	}
	d.disarm()
	d.run(c)
}

// destructive asks for a second scan of what cannot be undone by a scan.
func (d *decision) destructive(c Command) (waits bool) {
	loaded := d.s.Loading != nil && len(d.s.Loading.Parcels) > 0 && c.Name == "cancel"
	if c.Sure || c.Name != "cancel" && c.Name != "void" || d.s.Work == nil && !loaded || d.s.Armed == c.Name {
		return false
	}
	code := CodeCancelled
	if c.Name == "void" {
		code = CodeVoided
	}
	q := Question{Code: code, Choices: []Choice{{N: 1, Text: c.Name, Command: &c}}}
	d.emit(Armed{Command: c.Name})
	reason := ReasonSure
	if loaded {
		reason = ReasonSureLoading
	}
	d.ask(q, withReason(reason), withCommand(c.Name))
	return true
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

// ask puts a question with its numbered answers.
func (d *decision) ask(q Question, fill ...func(*Verdict)) {
	d.emit(QuestionAsked{q})
	d.say(Asked, q.Code, append(fill, func(v *Verdict) { v.Choices = q.Choices })...)
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
	d.emit(QuestionClosed{})
	switch {
	case choice.Command != nil:
		c := *choice.Command
		c.Sure = true
		d.asked(c)
	case choice.Meaning != nil && choice.Meaning.namesOrder() && len(choice.Meaning.Orders) == 1 && d.s.Phase == Idle:
		d.open(choice.Meaning.Orders[0].ID, item, nil)
	case choice.Meaning != nil:
		d.mean(*choice.Meaning)
	default:
		d.notNow(ReasonChoice)
	}
}

// may reports whether the person here, or who authorised, has the role; if
// neither has it asks for a badge. Who works alone authorises themselves, and
// that is recorded.
func (d *decision) may(role station.Role, c Command) bool {
	if d.author != "" || d.s.Person.Role.May(role) {
		return true
	}
	if d.s.Rules.WorksAlone {
		d.author = d.s.Person.ID
		return true
	}
	d.need(role, c)
	return false
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
