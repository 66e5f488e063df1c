package desktop

import (
	"slices"
	"testing"
	"time"

	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/screen"
)

// The list can have one row for each cause, and only what is of one bench; one answer
// settles a cause.
func TestCasesByTheirCauses(t *testing.T) {
	d := newDesk(t)
	d.mismatches(6)
	d.mismatchesOf(d.front.Folder, "S8", 2)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	list := func(what string, good func(*screen.CasesView) bool) *screen.CasesView {
		t.Helper()
		return d.until(what, func(v screen.View) bool { return v.Cases != nil && good(v.Cases) }).Cases
	}
	rows := func(n int) func(*screen.CasesView) bool {
		return func(v *screen.CasesView) bool { return len(v.Rows) == n && v.Detail != nil }
	}
	list("all cases", rows(8))
	d.touch("causes")
	v := list("the causes", rows(4)) // three codes, and weights
	if r := v.Rows[0]; r.Title != "Weight off" || r.Same != "4 cases" || !r.Chosen || v.Detail.ID != r.Select.Intent.Value {
		t.Errorf("the first cause is %+v, and %s is shown", r, v.Detail.ID)
	}
	d.touch("narrow")
	v = list("what it can be narrowed to", func(v *screen.CasesView) bool { return len(v.Narrow) > 0 })
	i := slices.IndexFunc(v.Narrow, func(a screen.Action) bool { return a.Label == "Bench S8" })
	if i < 0 || v.Narrow[i].Count != 2 {
		t.Fatalf("offered are %+v", v.Narrow)
	}
	id := v.Narrow[i].ID
	d.front.Intent(v.Narrow[i].Intent)
	v = list("those of one bench", rows(2))
	if v.Title != "2 open cases" || !v.Narrow[i].On || v.Narrow[i].ID != id { // the keyboard stays there
		t.Errorf("%q, %+v", v.Title, v.Narrow[i])
	}
	d.touch("narrow:age:24")
	list("none so old", func(v *screen.CasesView) bool { return len(v.Rows) == 0 && v.Empty != "" })
	d.touch("narrow")
	v = list("all again", rows(4))
	if len(v.Narrow) > 0 {
		t.Errorf("still narrowed: %+v", v.Narrow)
	}
	all := slices.IndexFunc(v.Detail.Acts, func(a screen.Action) bool { return a.Label == "Resolve all 4" })
	if all < 0 {
		t.Fatalf("there is no one answer among %+v", v.Detail.Acts)
	}
	d.front.Intent(v.Detail.Acts[all].Intent)
	v = list("the question", func(v *screen.CasesView) bool {
		return len(v.Detail.Resolve) > 0 && v.Detail.Resolve[0].Intent.Kind == screen.IntentSimilar
	})
	d.front.Intent(v.Detail.Resolve[0].Intent)
	list("one cause less", func(v *screen.CasesView) bool { return v.Title == "4 open cases" && len(v.Rows) == 3 })
}

// The board has a tile for this bench and for one next door that is locked, which can be
// unlocked from there.
func TestTheBoardInTheWindow(t *testing.T) {
	d := newDesk(t)
	locked := []pack.Fact{
		pack.SignedInAs{Person: pack.Person{ID: "p1"}}, pack.Moved{To: pack.Locked}, pack.CaseOpened{Case: "S8.1", Kind: cases.KindLock, Code: pack.CodeLocked, By: "p1"},
	}
	d.told(d.front.Folder, journal.Chain{Writer: "S8"}, time.Now().UTC().Add(-5*time.Minute).Round(0), "S8.1", locked)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	d.until("the cases", func(v screen.View) bool { return v.Cases != nil && v.Cases.Detail != nil })
	d.touch("page:board")
	tile := func(what string, good func(screen.BenchTile) bool) {
		t.Helper()
		d.until(what, func(v screen.View) bool { return v.Board != nil && slices.ContainsFunc(v.Board.Tiles, good) })
	}
	tile("this bench", func(b screen.BenchTile) bool {
		return b.ID == "bench:"+d.front.Bench.Station && b.Who != "" && b.Alarm == ""
	})
	tile("the locked one", func(b screen.BenchTile) bool {
		return b.ID == "bench:S8" && b.Doing == "Locked" && b.Alarm == "Locked for 5 min" && b.Act != nil
	})
	d.touch("unlock:S8")
	d.until("what was done", func(v screen.View) bool { return v.Board != nil && v.Board.Saved == "Bench S8 can work again" })
}

// That a bench gives no sign of life is written by nobody: the board is read again by
// itself while it is looked at.
func TestTheBoardIsReadAgainByItself(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageBoard)})
	d.until("the board", func(v screen.View) bool { return v.Board != nil && len(v.Board.Tiles) > 0 })
	for after, want := range map[time.Duration]bool{time.Second: false, 2 * boardEvery: true} {
		again := false
		d.onPage(func() {
			c, kept := &d.front.cache, d.front.cache
			c.reading, c.again, d.front.Stale = false, time.Time{}, false
			c.at, c.asked = time.Now().Add(-after), time.Now()
			d.front.look()
			if again = c.reading; !again {
				*c = kept
			}
		})
		if again != want {
			t.Errorf("after %s it is read again: %v", after, again)
		}
	}
}
