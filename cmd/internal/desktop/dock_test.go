package desktop

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/desktop/demo"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// pack1 packs order 1003 of the sample shop and gives the number on its label.
func (d *seat) pack1() string {
	d.Helper()
	post := d.front.Bench.Engine.Post
	scan := func(code string) { post(engine.Scan{Device: "test", Data: code}) }
	state := func() pack.State { return d.front.Bench.Engine.State() }
	wait := func(what string, good func(pack.State) bool) {
		d.Helper()
		for end := time.Now().Add(20 * time.Second); !good(state()); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				s := state()
				d.Fatalf("waited in vain for %s: phase %s, last %+v", what, s.Phase, s.Recent[0])
			}
		}
	}
	scan("1003")
	wait("the order", func(s pack.State) bool { return s.Phase == pack.Packing })
	scan("9520000000196")
	wait("all scanned", func(s pack.State) bool { return s.Phase == pack.Weighing })
	post(engine.Entry{Text: "0.740 kg"})
	wait("a label", func(s pack.State) bool { return s.Phase == pack.Closing && s.Work.Parcel.Label != nil })
	w := state().Work
	scan("00" + w.Parcel.Label.SSCC)
	wait("the order to close", func(s pack.State) bool { return s.Phase == pack.Idle })
	return w.Parcel.Label.SSCC
}

// A van is loaded by keys alone: the carrier, a parcel, the driver's name; its
// list can be printed again.
func TestLoadingByKeys(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	d.until("the dock", func(v screen.View) bool {
		return v.Bench != nil && v.Bench.Idle != nil && len(v.Bench.Idle.Dock) == 1 && strings.Contains(v.Bench.Idle.Dock[0].Text, "1 parcel")
	})
	d.press(37, 43, 0) // Ctrl H
	v := d.until("the van", func(v screen.View) bool { return v.Page == screen.PageLoading && len(v.Bench.Loading.Dock) == 1 })
	if v.Bench.Loading.Count != "0 of 1 loaded" || v.Bench.Loading.Carrier == "" {
		t.Errorf("an empty van says %+v", v.Bench.Loading)
	}
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "00" + sscc})
	d.until("the parcel in the van", func(v screen.View) bool { return v.Bench.Loading != nil && v.Bench.Loading.Count == "1 of 1 loaded" })
	d.press(0, 96, 0) // F12: give up is asked about
	d.until("the question", func(v screen.View) bool {
		return v.Bench.Question != nil && v.Bench.Question.Title == "Cancel the loading?"
	})
	d.press(37, 43, 0) // Ctrl H instead: it was not meant
	d.until("the driver's field", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "driver" })
	if d.front.Bench.Engine.State().Loading == nil {
		t.Fatal("the loading was given up by one key")
	}
	for _, k := range []struct {
		code int
		char rune
	}{{38, 'a'}, {65, ' '}, {56, 'b'}} {
		d.press(0, k.code, k.char)
	}
	d.until("the typed name", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == "a b" })
	d.press(0, 36, 0)
	d.until("the van to leave", func(v screen.View) bool {
		return v.Page == screen.PageIdle && strings.HasSuffix(v.Bench.Card.Detail, "is printed")
	})
	d.press(37, 15, 0) // Ctrl 6
	v = d.until("the page of the dock", func(v screen.View) bool {
		return v.Page == screen.PageDock && len(v.Dock.Gone) == 1 && v.Dock.Detail != nil
	})
	if got := v.Dock.Detail; !strings.Contains(got.Text, "driver a b") || len(got.Rows) != 1 || len(v.Dock.Vans) != 0 {
		t.Errorf("the van that left is told as %+v", got)
	}
	d.press(37, 33, 0) // Ctrl P
	d.until("the question why", func(v screen.View) bool {
		return v.Page == screen.PageIdle && v.Bench.Next.Kind == pack.Asked && d.front.Bench.Engine.State().Question != nil
	})
	d.press(0, 10, '1')
	d.until("the list again", func(screen.View) bool {
		files, _ := filepath.Glob(filepath.Join(d.front.Folder.DocumentsDir(), "M-*"))
		return len(files) == 2
	})
}

// Giving a loading up is asked about: the same key again is no answer, nor is any
// within the time of a double tap. (V6)
func TestGivingUpALoading(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	d.front.Bench.Engine.Post(engine.Press{Command: pack.Command{Name: "handover"}})
	d.until("the van", func(v screen.View) bool { return v.Page == screen.PageLoading })
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "00" + sscc})
	d.until("the parcel in the van", func(v screen.View) bool { return v.Bench.Loading != nil && v.Bench.Loading.Done == 1 })
	d.press(37, 43, 0) // Ctrl H
	d.until("the driver's field", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "driver" })
	d.press(0, 9, 0) // Esc leaves the field and the question (V7)
	d.until("the van again", func(v screen.View) bool { return v.Entry == nil && !d.front.Bench.Engine.State().Loading.Driver })
	d.press(0, 96, 0)
	d.until("the question", func(v screen.View) bool { return v.Bench.Question != nil })
	d.press(0, 96, 0)
	time.Sleep(doubleTap)
	d.press(0, 10, '1')
	d.until("the idle page", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Bench.Card.Head == "Loading stopped" })
}

// V30: while a van is loaded, the demo's panel offers the labels that wait for it.
func TestPanelOffersLabelsForTheVan(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	d.until("the dock", func(v screen.View) bool { return v.Bench != nil && v.Bench.Idle != nil && len(v.Bench.Idle.Dock) == 1 })
	d.press(37, 43, 0) // Ctrl H
	d.until("the van", func(v screen.View) bool { return v.Page == screen.PageLoading && len(v.Bench.Loading.Dock) == 1 })
	p := demo.Panel{Shell: d.front.Shell}
	offered := func() int {
		codes, err := p.Look(t.Context(), d.front.Bench.Engine.State())
		if err != nil {
			t.Fatal(err)
		}
		return slices.IndexFunc(codes.Codes, func(c screen.SimCode) bool { return c.Code == "00"+sscc })
	}
	if offered() < 0 {
		t.Error("the label of the parcel is not offered")
	}
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "00" + sscc})
	d.until("the parcel in the van", func(v screen.View) bool { return v.Bench.Loading != nil && v.Bench.Loading.Count == "1 of 1 loaded" })
	if offered() >= 0 {
		t.Error("the label is offered again")
	}
}
