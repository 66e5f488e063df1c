package desk

import (
	"context"

	"packbench/cmd/internal/door"
	"packbench/station"
	"packbench/station/cases"
)

// Asker finds who acts at the desk by the code of a badge, and by the PIN where the badge
// has one: pin is asked for it then. Who may not come in is a *people.Denied.
func (d Desk) Asker(ctx context.Context, badge string, pin func() (string, error)) (cases.Asker, error) {
	m, err := d.PersonByBadge(ctx, badge)
	if err != nil {
		return cases.Asker{}, err
	}
	who := station.Person{}
	if m != nil {
		who = m.Person
	}
	return cases.Asker{Person: who, Rights: d.Rights(), WorksAlone: d.Settings.Rules.WorksAlone}, door.Of(d.Folder).Admit(ctx, who, pin)
}

// AskerAt is who acts from the pages of a bench, where they are signed in. That their
// badge was revoked since is found out here.
func (d Desk) AskerAt(ctx context.Context, person string) (cases.Asker, error) {
	who, err := d.Store.Person(ctx, person)
	if err == nil {
		err = door.Of(d.Folder).Counts(who)
	}
	return cases.Asker{Person: who, Rights: d.Rights(), WorksAlone: d.Settings.Rules.WorksAlone}, err
}
