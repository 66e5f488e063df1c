package pack

import (
	"slices"

	"packbench/station"
	"packbench/station/people"
)

// Table is who may do what at this bench. Journals of old name four roles in its place.
func (r Rules) Table() people.Rights {
	if !r.Rights.Zero() {
		return r.Rights
	}
	t := people.Default()
	for a, role := range map[people.Action]station.Role{
		people.Override: r.OverrideRole, people.Confirm: r.ConfirmRole, people.Void: r.VoidRole, people.TypedWeight: r.TypedWeight,
	} {
		t.Set(a, people.From(role).WithReason(t.Of(a).Reason()))
	}
	return t
}

// leave is what a person may do of an action. A trainee asks for another's badge where
// others of the role do not, save for what only puts goods back.
func (r Rules) leave(a people.Action, p Person) people.Leave {
	l := r.Table().Of(a).Of(p.Role)
	if p.Trainee && a != people.Cancel && (l == people.Yes || l == people.WithPIN) {
		return people.Second
	}
	return l
}

// lets reports whether a person may let others do it.
func (r Rules) lets(a people.Action, p Person) bool {
	l := r.leave(a, p)
	return l == people.Yes || l == people.WithPIN
}

// may reports whether the person here, or who authorised, may do it; if neither may
// it asks for a PIN or for a badge. A right belongs to what is done and not to the way
// that leads to it, and who authorised one thing has authorised no other that they may not
// do themselves. Who works alone authorises themselves, and that is recorded.
func (d *decision) may(a people.Action, c Command) bool {
	leave := d.s.Rules.leave(a, d.s.Person)
	switch {
	case leave == people.No:
		d.say(Refused, CodeNeedsRole, withCommand(said(a, c)), d.whoLets(a))
	case leave == people.Yes, slices.Contains(d.let, a):
		return true
	case d.does(a, d.s.Person), d.does(a, d.by):
		d.let = append(slices.Clip(d.let), a)
		return true
	case leave == people.WithPIN:
		return d.prove(d.s.Person, a, &c)
	case d.alone():
		d.author = d.s.Person.ID
		return true
	default:
		d.need(a, c)
	}
	return false
}

// does reports whether a person may do it as they are here: with a PIN where it needs one.
func (d *decision) does(a people.Action, p Person) bool {
	l := d.s.Rules.leave(a, p)
	return l == people.Yes || l == people.WithPIN && d.proven == p.ID
}

// alone reports whether who is signed in authorises themselves: no trainee does.
func (d *decision) alone() bool { return d.s.Rules.WorksAlone && !d.s.Person.Trainee }

// whoLets fills in the first role that may do it alone.
func (d *decision) whoLets(a people.Action) func(*Verdict) {
	return func(v *Verdict) { v.Needs = d.s.Rules.Table().Of(a).Least() }
}

// mayVoid reports whether a label may be voided by the command, whatever else that
// does: it must be sure, and somebody must have the right.
// The carrier's rule for taking it back is shown wherever that is asked.
func (d *decision) mayVoid(c *Command, code Code, rule string, fill ...func(*Verdict)) bool {
	d.rule = rule
	fill = append(fill, func(v *Verdict) { v.Rule = rule })
	return d.sure(c, code, ReasonSure, fill...) && d.may(people.Void, *c)
}

// sure reports whether what cannot be undone was said twice, and asks else. By a card
// the second scan says it; by key and touch the answer, which stands elsewhere. The command
// has it from then on, whatever it waits for.
func (d *decision) sure(c *Command, code Code, reason Reason, fill ...func(*Verdict)) bool {
	_, scanned := d.in.Event.(Scanned)
	if q := d.was.Question; c.Sure || scanned && d.was.Armed == c.Name && q != nil && len(q.Choices) > 0 && q.Choices[0].is(*c) {
		c.Sure = true
		return true
	}
	again := *c
	again.Sure = true
	d.emit(Armed{Command: c.Name})
	d.ask(Question{Code: code, Choices: []Choice{{N: 1, Text: c.Name, Command: &again}}}, append(fill, withReason(reason), withCommand(c.Name))...)
	return false
}

// is reports whether the answer is that command.
func (c Choice) is(command Command) bool {
	return c.Command != nil && c.Command.Name == command.Name && c.Command.Value == command.Value
}
