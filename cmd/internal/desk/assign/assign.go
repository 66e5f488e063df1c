// Package assign owns who sees to a case: to whom one may be given, and whose it is as
// long as they can. A case of somebody who can no longer, because the badge was revoked,
// its days are over or the right was taken away, is nobody's, so that none waits unseen.
//
// It writes the desk's words alone, and says nothing of what becomes of a case. [Able] asks
// who can, [To] gives a case to one of them.
package assign

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/door"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// People are those who can see to cases, by name.
type People []station.Person

// Able returns them.
func Able(ctx context.Context, f *folder.Folder) (People, error) {
	all, err := f.Store.People(ctx)
	var out People
	for _, m := range all {
		if door.Of(f).Counts(m.Person) == nil && f.Rights().May(m.Person, people.Cases) == nil {
			out = append(out, m.Person)
		}
	}
	slices.SortStableFunc(out, func(a, b station.Person) int { return strings.Compare(a.Name, b.Name) })
	return out, err
}

// Others chooses the cases of nobody among them.
func (p People) Others(f store.CaseFilter) store.CaseFilter {
	ids := make([]string, len(p))
	for i, who := range p {
		ids[i] = who.ID
	}
	list, _ := json.Marshal(ids) // strings fail never
	f.NoneOf = string(list)
	return f
}

// Of is the one to whom a case was given, "" where that is nobody who can see to it.
func (p People) Of(id string) string {
	if slices.ContainsFunc(p, func(who station.Person) bool { return who.ID == id }) {
		return id
	}
	return ""
}

// To has a person see to a case, or nobody in particular where person is "". Errors are in
// words.
func To(ctx context.Context, f *folder.Folder, who cases.Asker, id, person string) error {
	to := station.Person{}
	if person != "" {
		var err error
		if to, err = f.Store.Person(ctx, person); errors.Is(err, store.ErrUnknown) {
			return fmt.Errorf("there is nobody with the id %q", person)
		} else if err != nil {
			return err
		}
		if door.Of(f).Counts(to) != nil {
			return fmt.Errorf("the badge of %s does not count today", person)
		}
	}
	return f.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		c, err := f.Store.Case(ctx, id)
		if errors.Is(err, store.ErrUnknown) {
			return nil, nil, fmt.Errorf("there is no case %s", id)
		}
		if err != nil {
			return nil, nil, err
		}
		fact, err := cases.Assign(cases.Case{ID: id, State: cases.State(c.State), ResolvedBy: c.Resolver, ResolvedAt: c.Moved}, who, to)
		return fact, []pack.Fact{fact}, err
	})
}
