package pack

import "slices"

// Whatever the bench waits to be told has a way back: the command "back", which is
// the last answer of every question. It leaves the newest thing that is waited for
// and changes nothing else. Undo means the same while something is waited for.

// Waits reports whether the bench waits to be told something that Back leaves: an
// answer, a badge, an item that comes out or counts for several, a driver, a service.
func (s State) Waits() bool {
	switch s.Phase {
	case SignedOut, Locked, Opening:
		return false
	case Choosing:
		return true
	}
	return s.asking()
}

// asking is Waits without the choice of a service, which Undo takes back as the
// weighing that led to it.
func (s State) asking() bool {
	return s.Question != nil || s.Wanted != nil || s.PIN != nil || s.Removing || s.Count != 0 || s.Armed != "" || s.Loading != nil && s.Loading.Driver
}

// grading reports whether it is asked how good a unit is that was scanned just now: to undo is to
// take that scan back. What only asks again is left like any question.
func (s State) grading() bool {
	if s.Return == nil || s.Question == nil || s.Question.Code != CodeReturnUnit || len(s.Recent) == 0 {
		return false
	}
	v := s.Recent[0]
	return len(v.Choices) > 0 && v.Reason != ReasonUnknown && v.Reason != ReasonUnitsOpen
}

func backChoice(n int, text string) Choice {
	return Choice{N: n, Text: text, Command: &Command{Name: "back"}}
}

// IsBack reports whether the answer is the way back.
func (c Choice) IsBack() bool { return c.Command != nil && c.Command.Name == "back" }

// ask puts a question with its numbered answers.
func (d *decision) ask(q Question, fill ...func(*Verdict)) {
	d.pose(q)
	d.say(Asked, q.Code, append(fill, func(v *Verdict) { v.Choices = d.s.Question.Choices })...)
}

// pose puts a question, with the way back as its last answer. It replaces what was
// asked before.
func (d *decision) pose(q Question) {
	if len(q.Choices) == 0 || !q.Choices[len(q.Choices)-1].IsBack() {
		q.Choices = append(slices.Clip(q.Choices), backChoice(len(q.Choices)+1, "back"))
	}
	if w := d.s.Wanted; w != nil && w.Author == "" {
		d.emit(BadgeSettled{})
	}
	d.emit(QuestionAsked{q})
}

// tearOff has the packer say that a label on the box is gone: it is void, and what
// follows by itself must not make anybody forget it.
func (d *decision) tearOff() {
	if !d.torn {
		return
	}
	d.pose(Question{Code: CodeVoided, Choices: []Choice{backChoice(1, "label-destroyed")}})
}

// TornOff reports whether the bench waits for a void label to be destroyed.
func (q *Question) TornOff() bool {
	return q != nil && q.Code == CodeVoided && len(q.Choices) == 1
}

// cmdBack leaves what the bench waits for.
func (d *decision) cmdBack() {
	s := d.s
	reason := Reason("")
	var kept []string
	switch {
	case s.PIN != nil:
		kept = s.PIN.Kept
		d.dropPIN()
		if s.Wanted == nil {
			d.askAgain()
		}
	case s.Question != nil:
		if s.Question.TornOff() {
			reason = ReasonVoided
		}
		d.drop()
		if s.Question.Code != CodeLabelUnknownOutcome {
			d.askAgain()
		}
	case s.Wanted != nil:
		kept = s.Wanted.Kept
		d.drop()
		d.askAgain()
	case s.Count != 0:
		d.emit(Armed{Removing: s.Removing})
	case s.Removing || s.Armed != "":
		d.emit(Armed{})
	case s.Loading != nil && s.Loading.Driver:
		d.emit(DriverLeft{Manifest: s.Loading.Manifest})
	case s.Phase == Choosing:
		d.undoWeighing()
		return
	default:
		d.notNow(ReasonNoQuestion)
		return
	}
	if len(kept) > 0 {
		reason = ReasonKeptApart
	}
	d.say(Info, CodeBack, withReason(reason), func(v *Verdict) { v.Expected = kept })
}

// dropQuestion forgets a question, with what was armed for it.
func (d *decision) dropQuestion() {
	if d.s.Question != nil {
		d.emit(QuestionClosed{})
	}
	if d.s.Armed != "" {
		d.emit(Armed{Removing: d.s.Removing, Count: d.s.Count})
	}
}

// drop forgets the wait for a badge as well.
func (d *decision) drop() {
	d.dropQuestion()
	d.dropPIN()
	if d.s.Wanted != nil {
		d.emit(BadgeSettled{})
	}
}

// superseded drops a question, or a wait for a badge, that the packer passed over by
// doing something else. The question whether a label came out stays until it is
// answered or left, because nothing may be printed twice by mistake.
func (d *decision) superseded() {
	q := d.s.Question
	switch {
	case q != nil && q.Code == CodeLabelUnknownOutcome:
	case q != nil || d.s.Wanted != nil || d.s.PIN != nil || d.s.Armed != "":
		d.drop()
		d.askAgain()
	}
}
