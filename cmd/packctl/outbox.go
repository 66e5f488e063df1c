package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/once"
	"packbench/cmd/internal/member"
	"packbench/station/store"
)

const outboxUsage = "[--target ID] [--state waiting|unknown|refused|given-up] | again ENTRY | give-up ENTRY REASON"

// entryLine is what has to go out.
type entryLine struct {
	Entry  int64            `json:"entry"`
	Target string           `json:"target"`
	Kind   store.EntryKind  `json:"kind"`
	Order  string           `json:"order,omitempty"`
	Parcel string           `json:"parcel,omitempty"`
	State  store.EntryState `json:"state"`
	Tries  int              `json:"tries"`
	Next   *time.Time       `json:"next,omitempty"`
	Answer string           `json:"answer,omitempty"`
}

// runOutbox lists what waits to go out, sends it again or gives it up.
func runOutbox(ctx context.Context, f *flags) error {
	var of store.EntryFilter
	f.StringVar(&of.Target, "target", "", "only what goes to this shop, or to this target of messages (message:ID)")
	state := f.String("state", "", "waiting, unknown, refused, given-up or done; without it, all that is not done")
	f.IntVar(&of.Limit, "limit", 0, "how many at most")
	args, err := f.read()
	if err != nil {
		return err
	}
	of.State = store.EntryState(*state)
	of.Open = of.State == ""
	switch of.State {
	case "", store.EntryWaiting, store.EntryUnknown, store.EntryRefused, store.EntryGivenUp, store.EntryDone, store.EntryWithdrawn:
	default:
		return usagef("--state is waiting, unknown, refused, given-up or done, not %q", clipped(*state, 40))
	}
	if len(args) > 0 {
		return f.outboxActs(ctx, args)
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		if err := d.Store.CatchUp(ctx); err != nil {
			return err
		}
		entries, err := d.Store.Entries(ctx, of)
		for i := 0; i < len(entries) && err == nil; i++ {
			err = f.printEntry(entries[i])
		}
		if err == nil && len(entries) == 0 && !f.json {
			_, err = fmt.Fprintln(f.out, "nothing waits")
		}
		return err
	})
}

func (f *flags) printEntry(e store.Entry) error {
	line := entryLine{Entry: e.ID, Target: e.Target, Kind: e.Kind, Order: e.Order, Parcel: e.Parcel, State: e.State, Tries: e.Tries, Answer: e.Answer}
	if e.Number != "" {
		line.Order = e.Number
	}
	if !e.Next.IsZero() {
		line.Next = &e.Next
	}
	return f.print(line, "%-6d %-10s %-9s %-12s %-9s %d tries  %s", e.ID, e.Target, e.Kind, line.Order, e.State, e.Tries, e.Answer)
}

func (f *flags) outboxActs(ctx context.Context, args []string) error {
	if len(args) < 2 {
		return usagef("packctl outbox %s", outboxUsage)
	}
	id, err := strconv.ParseInt(args[1], 10, 64)
	if err != nil {
		return usagef("%q is no entry: packctl outbox lists them", clipped(args[1], 40))
	}
	reason := strings.Join(args[2:], " ")
	return f.within(ctx, func(d *folder.Folder) error {
		line, err := member.Speak(ctx, d, os.Getenv)
		if err != nil {
			return err
		}
		if line != nil {
			defer line.Close()
			d.Runner = line
		}
		var is bool
		switch args[0] {
		case "again":
			is, err = once.Again(ctx, d, id, d.Clock())
		case "give-up":
			if reason == "" {
				return usagef("say why: packctl outbox give-up ENTRY REASON")
			}
			is, err = once.GiveUp(ctx, d, id, clipped(reason, 200), d.Clock())
		default:
			return usagef("packctl outbox %s", outboxUsage)
		}
		if err == nil && !is {
			err = fmt.Errorf("entry %d is done, taken back, or not there", id)
		}
		if err != nil {
			return err
		}
		e, err := d.Store.Entry(ctx, id)
		if err != nil {
			return err
		}
		return f.printEntry(e)
	})
}
