package main

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/people"
)

const rightsUsage = "[ROLE] | set ROLE ACTION yes|pin|second|no [--reason|--no-reason]"

// rightLine is one place of the table.
type rightLine struct {
	Role   station.Role  `json:"role"`
	Action people.Action `json:"action"`
	Right  people.Leave  `json:"right"`
	Reason bool          `json:"reason"`
	Does   string        `json:"does"`
}

// runRights shows who may do what, or changes one place of that table.
func runRights(ctx context.Context, f *flags) error {
	reason := f.Bool("reason", false, "whoever lets another do it says why")
	noReason := f.Bool("no-reason", false, "nobody says why")
	rest, err := f.read()
	if err != nil {
		return err
	}
	switch {
	case *reason && *noReason:
		return usagef("--reason and --no-reason are one or the other")
	case len(rest) > 0 && rest[0] == "set":
		if len(rest) != 4 {
			return usagef("usage: packctl rights %s", rightsUsage)
		}
		c, err := readRight(rest[1:])
		if err != nil {
			return err
		}
		return setRight(ctx, f, c, *reason, *noReason)
	case *reason || *noReason:
		return usagef("--reason and --no-reason are for packctl rights set")
	case len(rest) > 1:
		return usagef("usage: packctl rights %s", rightsUsage)
	}
	roles := people.Roles()
	if len(rest) == 1 {
		role, err := readRole(rest[0])
		if err != nil {
			return err
		}
		roles = []station.Role{role}
	}
	return f.looking(ctx, func(d *folder.Folder) error { return f.printRights(d.Rights(), roles, people.Specs()) })
}

func readRole(word string) (station.Role, error) {
	if role := station.Role(strings.ToLower(word)); slices.Contains(people.Roles(), role) {
		return role, nil
	}
	return "", usagef("%q is not one of packer, supervisor, manager, administrator", clipped(word, 40))
}

// readRight reads ROLE ACTION LEAVE.
func readRight(words []string) (rightLine, error) {
	role, err := readRole(words[0])
	if err != nil {
		return rightLine{}, err
	}
	a := people.Action(strings.ReplaceAll(words[1], "-", "_"))
	spec, known := people.SpecOf(a)
	if !known {
		return rightLine{}, usagef("there is no action %q; packctl rights lists them", clipped(words[1], 40))
	}
	leave := people.Leave(words[2])
	if !slices.Contains(spec.Leaves(), leave) {
		var can []string
		for _, l := range spec.Leaves() {
			can = append(can, string(l))
		}
		return rightLine{}, usagef("%q is not one of %s, which %s can be", clipped(words[2], 40), strings.Join(can, ", "), a)
	}
	return rightLine{Role: role, Action: a, Right: leave}, nil
}

func setRight(ctx context.Context, f *flags, c rightLine, reason, noReason bool) error {
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		if err := d.Rights().May(who.Person, people.Rightful); err != nil {
			return err
		}
		next := d.Settings
		row := next.Rights.Of(c.Action).With(c.Role, c.Right)
		if reason || noReason {
			row = row.WithReason(reason)
		}
		next.Rights.Set(c.Action, row)
		if err := next.Validate(); err != nil {
			return fmt.Errorf("settings: %w", err)
		}
		if fact := cases.ChangeRights(who.Person.ID, d.Settings.Rights, next.Rights); len(fact.Rights) > 0 {
			if err := d.AtDesk(ctx, fact); err != nil {
				return err
			}
		}
		if err := config.Save(d.Path(config.File), next); err != nil {
			return err
		}
		if err := d.RememberSettings(ctx); err != nil {
			return err
		}
		spec, _ := people.SpecOf(c.Action)
		return f.printRights(next.Rights, []station.Role{c.Role}, []people.Spec{spec})
	})
}

// printRights prints places of the table: for people a row an action.
func (f *flags) printRights(r people.Rights, roles []station.Role, specs []people.Spec) error {
	if !f.json {
		title := fmt.Sprintf("%-14s", "")
		for _, role := range roles {
			title += fmt.Sprintf("%-14s", role)
		}
		if _, err := fmt.Fprintln(f.out, strings.TrimRight(title, " ")); err != nil {
			return err
		}
	}
	for _, s := range specs {
		row, words := r.Of(s.Action), fmt.Sprintf("%-14s", s.Action)
		for _, role := range roles {
			l := row.Of(role)
			words += fmt.Sprintf("%-14s", l)
			if f.json {
				if err := f.print(rightLine{role, s.Action, l, row.Reason(), s.Does}, ""); err != nil {
					return err
				}
			}
		}
		if row.Reason() {
			words += "with a reason: "
		}
		if f.json {
			continue
		}
		if err := f.print(nil, "%s", words+s.Does); err != nil {
			return err
		}
	}
	return nil
}
