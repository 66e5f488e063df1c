// Package door looks at what a person shows who they are with: whether a badge counts
// today, and whether a PIN is theirs.
//
// Every PIN, right or wrong, of somebody or nobody, within a pause or not, takes one and
// the same way: the try is written onto the disk, then the work of one derivation is done,
// then it is answered. After a right one alone, which the answer tells, the tries before it
// are forgotten on the disk.
// Digits never leave this package, in an error least of all. A [Guard] stands before what
// looks up a bench's inputs, and the desk asks a [Door] itself; who may do what is not
// their matter.
package door

import (
	"context"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// Store is what the door keeps.
type Store interface {
	CountPIN(ctx context.Context, person string, now time.Time, pause func(tries int) time.Duration) (store.PIN, time.Duration, error)
	RightPIN(ctx context.Context, person string) error
	Person(ctx context.Context, id string) (station.Person, error)
}

// Door checks badges and PINs.
type Door struct {
	Store    Store
	Clock    func() time.Time
	Location func() *time.Location // of the shop, whose days these are
}

// Of is the door of a data folder.
func Of(d *folder.Folder) Door {
	return Door{Store: d.Store, Clock: d.Clock, Location: d.Location}
}

// Counts returns a *people.Denied where a badge does not count today.
func (d Door) Counts(who station.Person) error {
	if Lapsed(who, d.Clock().In(d.Location())) == "" {
		return nil
	}
	return &people.Denied{Why: people.Nobody, Words: "this badge does not count today: it was revoked, or its days are over or not begun"}
}

// Admit returns a *people.Denied where somebody may not act away from a bench. Nobody's
// badge and a wrong PIN are the same in words and work: who tries codes learns of none
// that it is somebody's. Of nobody the id is "".
func (d Door) Admit(ctx context.Context, who station.Person, pin func() (string, error)) error {
	if who.ID == "" || who.PIN {
		given, err := pin()
		if err != nil {
			return err
		}
		ok, _, err := d.Try(ctx, who.ID, given)
		if err == nil && !ok {
			err = &people.Denied{Why: people.Nobody, Words: "this badge is not recognised, or its PIN is not right"}
		}
		if err != nil {
			return err
		}
	}
	return d.Counts(who)
}

// Try looks at a PIN. Where it is wrong, wait is how long no other one is looked at; one
// that comes before that is not right, whatever it is.
func (d Door) Try(ctx context.Context, person, pin string) (ok bool, wait time.Duration, err error) {
	now := d.Clock()
	kept, wait, err := d.Store.CountPIN(ctx, person, now, people.PINPause)
	if err != nil {
		return false, 0, err
	}
	same := people.SamePIN(kept.Hash, pin)
	switch {
	case wait > 0:
		return false, wait, nil
	case !same:
		return false, max(0, people.PINPause(kept.Tries)), nil
	}
	return true, 0, d.Store.RightPIN(ctx, person)
}

// Given is a try as the machine hears of it.
func (d Door) Given(ctx context.Context, person, pin string) (pack.Event, error) {
	ok, wait, err := d.Try(ctx, person, pin)
	if err != nil {
		return nil, err
	}
	return pack.PinGiven{Person: person, OK: ok, Wait: int((wait + time.Second - 1) / time.Second)}, nil
}

// Lapsed says why the badge of a person does not count on a day, "" where it does.
func Lapsed(p station.Person, day time.Time) pack.Reason {
	today := day.Format(time.DateOnly)
	switch {
	case p.Revoked:
		return pack.ReasonBadgeRevoked
	case p.Since != "" && today < p.Since:
		return pack.ReasonBadgeNotYet
	case p.Until != "" && today > p.Until:
		return pack.ReasonBadgeEnded
	}
	return ""
}

// Worn is a person as the machine knows them by their badge.
func Worn(p station.Person) *pack.Person {
	return &pack.Person{ID: p.ID, Role: p.Role, PIN: p.PIN, Trainee: p.Trainee}
}
