package desktop

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// again counts what was bought for the sample parcel and how often its label was asked
// for again; the label is the one of before.
func (d *seat) again(sscc string) string {
	d.Helper()
	if err := d.front.Folder.Store.CatchUp(d.Context()); err != nil {
		d.Fatal(err)
	}
	p, err := d.front.Folder.Store.ParcelBySSCC(d.Context(), sscc)
	if err != nil {
		d.Fatal(err)
	}
	bought := 0
	for r, err := range d.front.Folder.Store.Rows(d.Context(), d.front.Bench.Station, 1) {
		if err != nil {
			d.Fatal(err)
		}
		bought += strings.Count(string(r.Facts), `"Kind":"buy"`)
	}
	return fmt.Sprintf("%s, %d bought, %d reprints", p.State, bought, p.Reprints)
}

// A parcel is found with nothing in hand, by its order, its own number, its tracking or
// its label, and its label is printed again by touch, key or card: the one that is
// kept, marked, with a reason, and nothing is bought again.
func TestAParcelIsFoundAndPrintedAgain(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR") // who may type a weight
	sscc := d.pack1()
	d.signIn("B-PACKER")
	p, err := d.front.Folder.Store.ParcelBySSCC(t.Context(), sscc)
	if err != nil {
		t.Fatal(err)
	}
	typed := func(text string) func() {
		return func() {
			d.press(0, 10+strings.IndexByte("1234567890", text[0]), rune(text[0])) // a digit opens the field (V31)
			d.until("the field", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "code" && v.Entry.Text == text[:1] })
			d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "code", Value: text})
		}
	}
	touched := func(text string) func() {
		return func() {
			v := d.until("the idle page", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Bench.Question == nil })
			i := slices.IndexFunc(v.Bench.Actions, func(a screen.Action) bool { return a.ID == "type" })
			d.front.Intent(v.Bench.Actions[i].Intent)
			e := d.until("the field", func(v screen.View) bool { return v.Entry != nil }).Entry
			if len(e.Pad()) == 0 {
				t.Error("nothing to type with by touch")
			}
			d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: e.ID, Value: text})
		}
	}
	scanned := func(code string) func() { return func() { d.scanText(code) } }
	for i, ask := range []func(){
		typed("1003"), touched("1003-1"), scanned(p.Tracking), touched(strings.ToLower(p.Tracking)), scanned(d.code(sscc, "1003")), scanned("00" + sscc), scanned("1003-1"),
	} {
		d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "1002"}) // another order, and back
		d.opened("1002")
		ask()
		v := d.until("the parcel with its label", func(v screen.View) bool {
			f := v.Page == screen.PageIdle && v.Entry == nil && v.Bench.Idle.Found != nil
			d.shown.mu.Lock()
			defer d.shown.mu.Unlock()
			return f && d.shown.label != nil
		})
		f := v.Bench.Idle.Found
		if r := f.Rows[0]; len(f.Rows) != 1 || r.Name != "Parcel 1003-1" || !strings.Contains(r.Text, p.Tracking) || !strings.HasPrefix(r.State, "on the dock") || !f.HasLabel || !f.Print.Enabled {
			t.Errorf("way %d finds %+v", i, f)
		}
		switch i % 3 {
		case 0:
			d.front.Intent(f.Print.Intent)
		case 1:
			d.press(37, 33, 0) // Ctrl P
		case 2:
			d.scanText("PB:command:reprint")
		}
		d.until("the question why", func(v screen.View) bool { return v.Bench != nil && v.Bench.Question != nil })
		if i%3 == 2 {
			d.scanText("PB:reason:lost")
		} else {
			d.press(0, 11, '2') // lost
		}
		d.until("the label", func(v screen.View) bool {
			return v.Bench != nil && v.Bench.Question == nil && strings.Contains(v.Bench.Card.Detail+v.Bench.Card.Head, "rinted")
		})
		if got, want := d.again(sscc), fmt.Sprintf("closed, 1 bought, %d reprints", i+1); got != want {
			t.Errorf("way %d: %s; want %s", i, got, want)
		}
		d.until("the marked copy", func(screen.View) bool {
			files, _ := filepath.Glob(filepath.Join(d.front.Folder.DocumentsDir(), fmt.Sprintf("*-reprint-%d.pdf", i+1)))
			return len(files) == 1
		})
	}
}

// The page of trace codes prints the parcel that it shows again, whatever was shown to
// the bench before; nothing for a code that is no proof of one.
func TestTheTracePagePrintsItsParcelAgain(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	code := d.code(sscc, "1003")
	p, err := d.front.Folder.Store.ParcelBySSCC(t.Context(), sscc)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct{ code, head string }{{code, "Genuine"}, {p.Tracking, "Tracking number"}} {
		d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "1002"}) // no parcel is meant any more
		d.opened("1002")
		d.press(37, 14, 0) // Ctrl 5
		d.until("the page", func(v screen.View) bool { return v.Trace != nil })
		d.scanText(other(code, len(code)-1))
		if v := d.judged("Forged"); v.Again.Enabled {
			t.Error("a forged code prints a label")
		}
		d.scanText(c.code)
		v := d.judged(c.head)
		if !v.Again.Enabled || v.Facts[0].Value != "1003-1" {
			t.Errorf("%s: reprint %+v of %+v", c.head, v.Again, v.Facts)
		}
		if i == 0 {
			d.press(37, 33, 0) // Ctrl P
		} else {
			d.scanText("PB:command:reprint")
		}
		d.until("the question why", func(v screen.View) bool { return v.Page == screen.PageIdle && v.Bench.Question != nil })
		if v := d.front.Bench.Engine.State().Recent[0]; v.Parcel != p.ID || v.Code != pack.CodeReprinted {
			t.Errorf("asked about %+v", v)
		}
		d.press(0, 10, '1') // damaged
		d.until("the label", func(v screen.View) bool { return v.Bench.Question == nil })
		if got, want := d.again(sscc), fmt.Sprintf("closed, 1 bought, %d reprints", i+1); got != want {
			t.Errorf("%s: %s; want %s", c.head, got, want)
		}
	}
}
