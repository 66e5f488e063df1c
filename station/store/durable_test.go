package store

import (
	"context"
	"errors"
	"testing"

	"packbench/station/pack"
)

// Rows wait for the disk, whatever was built from the journal in haste before them.
func TestRowsWaitForTheDiskAfterProjections(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := newWriter(t, s, "S1")
	waits := func() string {
		t.Helper()
		return must[string](t)(one(ctx, s.write, "", text, `PRAGMA synchronous`))
	}
	level := ""
	for name, haste := range map[string]func() error{
		"taken up": func() error { return s.CatchUp(ctx) },
		"given up": func() error {
			return s.rebuild(ctx, "", func(*prepared) error {
				level = waits()
				return errGivenUp
			})
		},
		"cut off": func() error {
			cut, stop := context.WithCancel(ctx)
			return s.rebuild(cut, "", func(*prepared) error {
				stop()
				return cut.Err()
			})
		},
	} {
		w.write(pack.SignedOff{})
		if err := haste(); err != nil && name == "taken up" {
			t.Fatal(err)
		}
		if now := waits(); now != "2" {
			t.Errorf("%s: the next row is written with synchronous=%s", name, now)
		}
	}
	if level != "1" {
		t.Errorf("what can be rebuilt is written with synchronous=%s", level)
	}
	// Where going back failed, the next row tries again before it is written.
	if err := s.setDurable(false); err != nil {
		t.Fatal(err)
	}
	w.write(pack.SignedOff{})
	if now := waits(); now != "2" {
		t.Errorf("a row was written with synchronous=%s", now)
	}
	if _, err := s.write.ExecContext(ctx, `BEGIN`); err != nil { // in which SQLite refuses to change it
		t.Fatal(err)
	}
	s.hasty = true
	if err := s.Append(ctx, w.next()); err == nil || errors.Is(err, Busy) {
		t.Errorf("a row is written although nobody knows whether it waits: %v", err)
	}
	if _, err := s.write.ExecContext(ctx, `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	w.write(pack.SignedOff{})
}
