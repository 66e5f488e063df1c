package main

import (
	"path/filepath"
	"slices"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station/journal"
	"packbench/station/pack"
)

// A kept state that the journal does not lead to is found, and a true one is
// not blamed.
func TestVerifyComparesTheKeptState(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	oneCommand(t, "", "init", "--demo", "--data", data)
	oneCommand(t, "badge B-PACKER\nscan 1001\nscan 9520000000011\n", "run", "--data", data)
	d, err := folder.Open(t.Context(), data, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	at, err := d.Store.Head(t.Context(), "S1")
	if err != nil {
		t.Fatal(err)
	}
	state, _, err := journal.Bench().Replay(pack.New(), d.Store.Rows(t.Context(), "S1", 1))
	if err != nil {
		t.Fatal(err)
	}
	wrong := state
	wrong.Phase = pack.Idle
	for _, test := range []struct {
		state pack.State
		want  []string
	}{
		{state, nil},
		{wrong, []string{"the state of station S1"}},
	} {
		if err := d.Store.SaveSnapshot(t.Context(), at, test.state); err != nil {
			t.Fatal(err)
		}
		v, err := upkeep.New(d).Verify(t.Context())
		if err != nil || !slices.Equal(v.Differs, test.want) || v.Heads["S1"] != at.Head || (v.Err() == nil) != (test.want == nil) {
			t.Errorf("differs %v, want %v; %+v, %v", v.Differs, test.want, v, err)
		}
	}
}
