package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// runJournal shows, verifies or replays the journal.
func runJournal(ctx context.Context, f *flags) error {
	order := f.String("order", "", "only what speaks of this order")
	rest, err := f.read()
	switch {
	case err != nil:
		return err
	case len(rest) != 1 || !slices.Contains([]string{"show", "verify", "replay"}, rest[0]):
		return usagef("usage: packctl journal show|verify|replay [--order ID]")
	case rest[0] == "verify" && *order != "":
		return usagef("a part of a hash chain cannot be verified: leave --order out")
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		j := journalCommand{d, f}
		switch rest[0] {
		case "show":
			return j.show(ctx, *order)
		case "replay":
			return j.replay(ctx, *order)
		}
		return j.verify(ctx)
	})
}

type journalCommand struct {
	*folder.Folder
	to *flags
}

// mentions returns which rows of each writer speak of an order.
func (j journalCommand) mentions(ctx context.Context, order string) (map[string]map[int64]bool, error) {
	if err := j.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	id := order // of one that is in the journal, but not in the catalogue any more
	o, unknown := j.OrderCalled(ctx, order)
	switch {
	case unknown == nil:
		id = o.ID
	case !errors.Is(unknown, store.ErrUnknown):
		return nil, unknown
	}
	list, err := j.Store.Mentions(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 && unknown != nil {
		return nil, fmt.Errorf("there is no order %s here", order)
	}
	out := map[string]map[int64]bool{}
	for _, m := range list {
		if out[m.Writer] == nil {
			out[m.Writer] = map[int64]bool{}
		}
		out[m.Writer][m.Seq] = true
	}
	return out, nil
}

// each hands over the rows of all writers, or those that speak of an order.
func (j journalCommand) each(ctx context.Context, order string, do func(r journal.Row, wanted bool) error) error {
	var only map[string]map[int64]bool
	if order != "" {
		var err error
		if only, err = j.mentions(ctx, order); err != nil {
			return err
		}
	}
	writers, err := j.Store.Writers(ctx)
	if err != nil {
		return err
	}
	for _, w := range writers {
		if order != "" && only[w] == nil {
			continue
		}
		for r, err := range j.Store.Rows(ctx, w, 1) {
			if err != nil {
				return err
			}
			if err := do(r, order == "" || only[w][r.Seq]); err != nil {
				return err
			}
		}
	}
	return nil
}

// rowLine is a row as it is printed.
type rowLine struct {
	Writer string          `json:"writer"`
	Seq    int64           `json:"seq"`
	At     time.Time       `json:"at"`
	Input  json.RawMessage `json:"input"`
	Facts  json.RawMessage `json:"facts"`
	Hash   string          `json:"hash"`
}

func (j journalCommand) show(ctx context.Context, order string) error {
	return j.each(ctx, order, func(r journal.Row, wanted bool) error {
		if !wanted {
			return nil
		}
		if j.to.json {
			if !json.Valid(r.Input) || !json.Valid(r.Facts) {
				return &journal.Broken{Writer: r.Writer, Seq: r.Seq, Why: "it cannot be read"}
			}
			return printJSON(j.to.out, rowLine{r.Writer, r.Seq, r.At, r.Input, r.Facts, r.Hash})
		}
		in, facts, err := folder.Codec().Decode(r)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(j.to.out, "%-8s %s  %s  %s → %s\n", r.ID(), r.At.In(j.Location()).Format("2006-01-02 15:04:05"),
			r.Hash[:min(8, len(r.Hash))], in.Event.Tag(), strings.Join(tags(facts), " "))
		return err
	})
}

func tags(facts []pack.Fact) []string {
	var out []string
	for _, f := range facts {
		tag := f.Tag()
		if v, ok := f.(pack.Judged); ok {
			tag = string(v.Verdict.Code)
		}
		out = append(out, tag)
	}
	return out
}

func (j journalCommand) verify(ctx context.Context) error {
	v, err := upkeep.New(j.Folder).Verify(ctx)
	if err != nil {
		return err
	}
	words := fmt.Sprintf("%d rows", v.Rows)
	for _, w := range slices.Sorted(maps.Keys(v.Heads)) {
		words += fmt.Sprintf("\n  %-8s %s", w, v.Heads[w])
	}
	return errors.Join(j.to.print(v, "%s", words), v.Err())
}

// stateLine is where the folding of a bench stands.
type stateLine struct {
	Writer string     `json:"writer"`
	Seq    int64      `json:"seq"`
	At     time.Time  `json:"at"`
	State  pack.State `json:"state"`
}

// replay folds each bench's facts and prints the state: at the end, or after
// each row that speaks of an order.
func (j journalCommand) replay(ctx context.Context, order string) error {
	states := map[string]stateLine{}
	err := j.each(ctx, order, func(r journal.Row, wanted bool) error {
		if !cases.IsBench(r.Writer) { // what is no bench has no state
			return nil
		}
		facts, err := folder.Codec().Facts(r)
		if err != nil {
			return err
		}
		s, ok := states[r.Writer]
		if !ok {
			s = stateLine{Writer: r.Writer, State: pack.New()}
		}
		for _, f := range facts {
			s.State = pack.Fold(s.State, f)
		}
		s.Seq, s.At = r.Seq, r.At
		states[r.Writer] = s
		if order == "" || !wanted {
			return nil
		}
		return j.printState(s)
	})
	if err != nil || order != "" {
		return err
	}
	for _, w := range slices.Sorted(maps.Keys(states)) {
		if err := j.printState(states[w]); err != nil {
			return err
		}
	}
	return nil
}

func (j journalCommand) printState(s stateLine) error {
	words := string(s.State.Phase)
	if w := s.State.Work; w != nil {
		words += fmt.Sprintf(", order %s, %d units in the box, %d to scan", w.Called(), w.Units(), w.OpenUnits())
	}
	return j.to.print(s, "%-8s %s  %s", journal.ID(s.Writer, s.Seq), s.At.In(j.Location()).Format("2006-01-02 15:04:05"), words)
}
