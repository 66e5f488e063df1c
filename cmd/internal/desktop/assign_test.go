package desktop

import (
	"slices"
	"testing"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
)

// A supervisor takes a case, finds it among theirs, and gives it to the manager, whose
// badge is then revoked: it is nobody's.
func TestACaseIsAssigned(t *testing.T) {
	d, later := atCase(t, pack.CaseOpened{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "400638"})
	whose := func(name string) func(*screen.CasesView, *screen.CaseDetail) bool {
		return func(v *screen.CasesView, _ *screen.CaseDetail) bool {
			return len(v.Rows) == 1 && v.Rows[0].Same == name
		}
	}
	d.touch("act:More…")
	d.touch("more:assign:V1")
	c := d.atDetail("it in the story", happened("Assigned to Supervisor One"))
	d.atDetail("whose it is", whose("Supervisor One"))
	if c.Resolved != "" {
		t.Errorf("to take it answers it: %q", c.Resolved)
	}
	d.atDetail("the way back", offers("more:nobody"))
	d.touch("narrow")
	d.touch("narrow:mine:V1")
	d.atDetail("it among mine", func(v *screen.CasesView, _ *screen.CaseDetail) bool {
		return len(v.Rows) == 1 && narrowed(v, "Mine").On
	})
	d.touch("narrow:nobodys:yes")
	d.until("none that is nobody's", func(v screen.View) bool {
		return v.Cases != nil && len(v.Cases.Rows) == 0 && narrowed(v.Cases, "Nobody's").On && !narrowed(v.Cases, "Mine").On
	})
	d.touch("narrow")
	d.atDetail("all", whose("Supervisor One"))
	later()
	d.touch("more:assign")
	c = d.atDetail("who can", offers("assign:assign:M1"))
	if c.ResolveWord != "Who sees to it?" || slices.ContainsFunc(c.Resolve, func(a screen.Action) bool { return a.ID == "assign:assign:P1" }) {
		t.Errorf("%q offers %+v", c.ResolveWord, c.Resolve)
	}
	later()
	d.touch("assign:assign:M1")
	d.atDetail("the manager's", whose("Manager One"))
	if _, err := d.front.Folder.Store.RevokeBadge(t.Context(), "M1"); err != nil {
		t.Fatal(err)
	}
	d.touch("narrow")
	d.atDetail("nobody's", whose(""))
	if mine, err := d.front.Folder.Store.Cases(t.Context(), store.CaseFilter{Assigned: "M1"}); err != nil || len(mine) != 1 {
		t.Errorf("the word itself is gone: %v, %v", mine, err)
	}
}

func narrowed(v *screen.CasesView, label string) screen.Action {
	i := slices.IndexFunc(v.Narrow, func(a screen.Action) bool { return a.Label == label })
	if i < 0 {
		return screen.Action{}
	}
	return v.Narrow[i]
}
