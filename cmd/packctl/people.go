package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"packbench/cmd/internal/door"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/store"
)

const peopleUsage = "list | revoke ID | pin ID [--remove]"

// personLine is a person as they are listed: no code and no PIN.
type personLine struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Role    station.Role `json:"role"`
	Lang    string       `json:"language,omitempty"`
	From    string       `json:"valid_from,omitempty"`
	To      string       `json:"valid_to,omitempty"`
	Trainee bool         `json:"trainee"`
	Revoked bool         `json:"revoked"`
	PIN     bool         `json:"pin"`
	Counts  bool         `json:"counts"` // the badge, today
}

// runPeople lists the people, revokes a badge or sets a PIN.
func runPeople(ctx context.Context, f *flags) error {
	remove := f.Bool("remove", false, "take the PIN away")
	rest, err := f.read()
	if err != nil {
		return err
	}
	verb := strings.Join(rest[:min(1, len(rest))], "")
	switch {
	case *remove && verb != "pin":
		return usagef("--remove is for packctl people pin")
	case verb == "list" && len(rest) == 1:
		return f.looking(ctx, func(d *folder.Folder) error {
			all, err := d.Store.People(ctx)
			for i := 0; i < len(all) && err == nil; i++ {
				err = f.printPerson(d, all[i].Person)
			}
			return err
		})
	case (verb == "revoke" || verb == "pin") && len(rest) == 2:
		return f.within(ctx, func(d *folder.Folder) error { return changePerson(ctx, f, d, verb, rest[1], *remove) })
	}
	return usagef("usage: packctl people %s", peopleUsage)
}

// changePerson revokes a badge or sets a PIN, by somebody who may. Who acts may set their
// own PIN.
func changePerson(ctx context.Context, f *flags, d *folder.Folder, verb, id string, remove bool) error {
	in := bufio.NewReader(f.in)
	who, err := asker(ctx, in, d)
	if err != nil {
		return err
	}
	if verb != "pin" || remove || who.Person.ID != id {
		if err := d.Rights().May(who.Person, people.People); err != nil {
			return err
		}
	}
	of, err := d.Store.Person(ctx, id)
	above := func(p station.Person) bool { return d.Rights().May(p, people.Rightful) == nil }
	switch {
	case errors.Is(err, store.ErrUnknown):
		return fmt.Errorf("nobody has the id %q; packctl people list names all", clipped(id, 40))
	case err != nil:
		return err
	case of.ID != who.Person.ID && above(of) && !above(who.Person):
		return errors.New("this is the badge of somebody who may change the rights: another such person must do it")
	}
	what, change := cases.BadgeRevoked, func() error { _, err := d.Store.RevokeBadge(ctx, id); return err }
	changes := !of.Revoked
	switch {
	case verb == "revoke" && of.ID == who.Person.ID:
		return errors.New("this is your own badge: another person must revoke it, or nobody may be left who can")
	case verb == "pin":
		hash := ""
		what, changes = cases.PINRemoved, of.PIN
		if !remove {
			what, changes = cases.PINSet, true
			if hash, err = readPIN(in); err != nil {
				return err
			}
		}
		change = func() error { return d.Store.PutPIN(ctx, id, hash) }
	}
	if changes {
		if err := d.AtDesk(ctx, cases.PeopleChanged{People: []cases.PersonChange{{Person: id, What: what}}, By: who.Person.ID}); err != nil {
			return err
		}
	}
	if err := change(); err != nil {
		return err
	}
	if of, err = d.Store.Person(ctx, id); err != nil {
		return err
	}
	return f.printPerson(d, of)
}

// readPIN reads the PIN that stands on the next line, as it is kept.
func readPIN(in *bufio.Reader) (hash string, err error) {
	line, _, err := readLine(in)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	pin := strings.TrimSpace(line)
	if pin == "" {
		return "", errors.New("the new PIN is needed on standard input, below the badge code and the PIN of whoever acts")
	}
	if err := people.CheckPIN(pin); err != nil {
		return "", err
	}
	return people.HashPIN(pin, people.PINCost)
}

func (f *flags) printPerson(d *folder.Folder, p station.Person) error {
	why := door.Lapsed(p, d.Clock().In(d.Location()))
	line := personLine{p.ID, p.Name, p.Role, p.Lang, p.Since, p.Until, p.Trainee, p.Revoked, p.PIN, why == ""}
	words := fmt.Sprintf("%-10s %-14s %s", p.ID, p.Role, p.Name)
	for _, s := range []struct {
		is   bool
		says string
	}{{p.Trainee, "trainee"}, {p.PIN, "has a PIN"}, {p.Since != "", "from " + p.Since}, {p.Until != "", "until " + p.Until}, {p.Revoked, "revoked"}} {
		if s.is {
			words += ", " + s.says
		}
	}
	return f.print(line, "%s", words)
}
