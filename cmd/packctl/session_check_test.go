package main

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station/journal"
	"packbench/station/pack"

	"github.com/rogpeppe/go-internal/diff"
)

// secrets must not stand in a journal: badge codes, names, streets, notes.
var secrets = []string{"B-PACKER", "B-SUPERVISOR", "B-MANAGER", "Sample Customer", "Musterweg", "Δείγμα", "blue ribbon", "payment is being checked"}

// check compares what the database holds with what was lived.
func (p *play) check() {
	t, ctx := p.t, context.Background()
	d, err := folder.Open(ctx, p.dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var rows []journal.Row
	for r, err := range d.Store.Rows(ctx, "S1", 1) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
		for _, s := range secrets {
			if bytes.Contains(r.Input, []byte(s)) || bytes.Contains(r.Facts, []byte(s)) {
				t.Errorf("row %s holds %q", r.ID(), s)
			}
		}
	}
	if len(rows) != len(p.rows) || len(rows) == 0 {
		t.Fatalf("the journal has %d rows, %d were published", len(rows), len(p.rows))
	}
	if testing.Short() {
		return // no race is in what one goroutine computes from here on
	}
	p.checkFold(rows)
	v, err := upkeep.New(d).Verify(ctx)
	if err == nil {
		err = v.Err()
	}
	if err != nil {
		t.Errorf("verify: %v", err)
	}
}

// checkFold folds the journal, cut after every row. The state at each cut is
// the one that was lived, also when it went through a snapshot there.
func (p *play) checkFold(rows []journal.Row) {
	t, codec := p.t, journal.Bench()
	state := pack.New()
	for i, r := range rows {
		facts, err := codec.Facts(r)
		if err != nil {
			t.Fatal(err)
		}
		before, _ := json.Marshal(state)
		was := state
		for _, f := range facts {
			state = pack.Fold(state, f)
		}
		if after, _ := json.Marshal(was); !bytes.Equal(before, after) {
			t.Errorf("folding row %s changed the state before it", r.ID())
		}
		got, err := json.Marshal(state)
		if err != nil {
			t.Fatal(err)
		}
		if want := p.live[r.ID()]; !bytes.Equal(got, want) {
			t.Fatalf("cut after row %s: the folded state is not the live one\n%s", r.ID(), diff.Diff("live", indent(want), "folded", indent(got)))
		}
		p.checkCut(got, rows[i+1:])
	}
}

// checkCut goes on from a state that was kept and read again.
func (p *play) checkCut(kept []byte, rest []journal.Row) {
	var state pack.State
	if err := json.Unmarshal(kept, &state); err != nil {
		p.t.Fatal(err)
	}
	for _, r := range rest {
		facts, err := journal.Bench().Facts(r)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, f := range facts {
			state = pack.Fold(state, f)
		}
	}
	got, err := json.Marshal(state)
	if err != nil {
		p.t.Fatal(err)
	}
	if want := p.live[p.rows[len(p.rows)-1]]; !bytes.Equal(got, want) {
		p.t.Fatalf("going on from a snapshot with %d rows left ends elsewhere\n%s", len(rest), diff.Diff("live", indent(want), "folded", indent(got)))
	}
}

func indent(text []byte) []byte {
	var b bytes.Buffer
	if json.Indent(&b, text, "", " ") != nil {
		return text
	}
	return append(b.Bytes(), '\n')
}
