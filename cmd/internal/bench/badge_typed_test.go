package bench

import (
	"testing"

	"packbench/cmd/internal/lookup"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
)

// A8: the code of a badge that must be scanned does not count when it is typed, whatever
// way; scanned it does, and so do typed codes of other roles.
func TestA8ATypedBadgeMayBeSwitchedOff(t *testing.T) {
	d, _ := keyShop(t)
	d.Settings.Rules.ScannedBadge = "supervisor, manager"
	if kept, err := config.Decode(d.Settings.Encode()); err != nil || kept.Rules.ScannedBadge != d.Settings.Rules.ScannedBadge {
		t.Errorf("the settings are written as %q, %v", kept.Rules.ScannedBadge, err)
	}
	r := lookup.NewResolver(d, "S1")
	for _, c := range []struct {
		raw     engine.Raw
		problem string
	}{
		{engine.Entry{Text: "B-SUPERVISOR"}, "badge-typed"},
		{engine.Entry{Text: "PB:badge:B-SUPERVISOR"}, "badge-typed"},
		{engine.Scan{Device: "typed", Data: "B-MANAGER"}, "badge-typed"},
		{engine.Entry{Text: "B-PACKER"}, ""},
		{engine.Scan{Device: "scanner", Data: "B-SUPERVISOR"}, ""},
		{engine.Scan{Device: "scanner", Data: "PB:badge:B-SUPERVISOR"}, ""},
		{engine.Badge{Code: "B-SUPERVISOR"}, ""},
		{engine.Entry{Text: "PB:badge:B-NOBODY"}, "badge"},
	} {
		event, err := r.Resolve(t.Context(), pack.State{Phase: pack.SignedOut}, c.raw)
		s, ok := event.(pack.Scanned)
		if err != nil || !ok || s.Problem != c.problem || (len(s.Meanings) == 1) != (c.problem == "") || s.Raw != "" {
			t.Errorf("%+v: %+v, %v", c.raw, event, err)
		}
	}
}
