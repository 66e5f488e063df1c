package pack

import "packbench/station"

// act is an effect that not everybody may have. Whatever leads to it asks may, so
// that a right belongs to the effect and not to the way.
type act string

const (
	actVoid     act = "void"     // a label no longer counts: void, reopen, another service
	actReprint  act = "reprint"  // the same label, paper or list comes out once more
	actCancel   act = "cancel"   // the packing, or the loading, is given up
	actOverride act = "override" // a weight that is off is accepted, or goods that a rule turned away
	actType     act = "type"     // a weight is typed
	actConfirm  act = "confirm"  // goods are confirmed without their code
	actLetGo    act = "let-go"   // a van leaves with what its carrier does not know
	actLooked   act = "looked"   // what a carrier's page shows decides whether a label was bought
)

// needs returns the least role that may do it alone.
func (r Rules) needs(a act) station.Role {
	switch a {
	case actVoid:
		return r.VoidRole
	case actOverride:
		return r.OverrideRole
	case actType:
		return r.TypedWeight
	case actConfirm:
		return r.ConfirmRole
	case actLooked, actLetGo:
		return station.Supervisor
	}
	return station.Packer
}

// may reports whether the person here, or who authorised, may do it; if neither may
// it asks for a badge. Who works alone authorises themselves, and that is recorded.
func (d *decision) may(a act, c Command) bool {
	role := d.s.Rules.needs(a)
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

// mayVoid reports whether a label may be voided by the command, whatever else that
// does: it must be sure, and somebody must have the right.
// The carrier's rule for taking it back is shown wherever that is asked.
func (d *decision) mayVoid(c *Command, code Code, rule string, fill ...func(*Verdict)) bool {
	d.rule = rule
	fill = append(fill, func(v *Verdict) { v.Rule = rule })
	if !d.sure(*c, code, ReasonSure, fill...) {
		return false
	}
	c.Sure = true
	return d.may(actVoid, *c)
}

// sure reports whether what cannot be undone was said twice, and asks else. By a card
// the second scan says it; by key and touch the answer, which stands elsewhere.
func (d *decision) sure(c Command, code Code, reason Reason, fill ...func(*Verdict)) bool {
	_, scanned := d.in.Event.(Scanned)
	if q := d.was.Question; c.Sure || scanned && d.was.Armed == c.Name && q != nil && len(q.Choices) > 0 && q.Choices[0].is(c) {
		return true
	}
	again := c
	again.Sure = true
	d.emit(Armed{Command: c.Name})
	d.ask(Question{Code: code, Choices: []Choice{{N: 1, Text: c.Name, Command: &again}}}, append(fill, withReason(reason), withCommand(c.Name))...)
	return false
}

// is reports whether the answer is that command.
func (c Choice) is(command Command) bool {
	return c.Command != nil && c.Command.Name == command.Name && c.Command.Value == command.Value
}
