package desktop

import (
	"context"
	"strings"
	"testing"
	"time"

	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/screen"
)

// V12: while another window has the keys, a bench with a scanner that types says so.
func TestV12ScansThatGoElsewhereAreSaid(t *testing.T) {
	for kind, says := range map[string]bool{"wedge": true, "none": false} {
		d := newDesk(t, func(s *config.Settings) { s.Scanner.Kind = kind })
		d.signIn("B-PACKER")
		d.front.Behind()
		d.press(0, 67, 0) // F1 shows that the page was made anew
		v := d.until("the help", func(v screen.View) bool { return v.Help != nil })
		if got := v.Header.Deaf != ""; got != says {
			t.Errorf("scanner %s: the bar says %q", kind, v.Header.Deaf)
		}
		d.front.InFront()
		d.until("the bar to go", func(v screen.View) bool { return v.Header.Deaf == "" })
	}
}

// V13: rights that need a badge are gone after a while without a touch; who has a
// packer's stays.
func TestV13ElevatedRightsTimeOut(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "1001"})
	d.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	d.front.Do(func() { d.front.touched = time.Now().Add(-11 * time.Minute) })
	d.until("the badge to be asked for", func(v screen.View) bool { return v.Page == screen.PageSignIn })
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "PB:badge:B-PACKER"})
	d.until("the order as it stood", func(v screen.View) bool { return v.Page == screen.PagePacking && v.Bench.Order.ID == "1001" })
	d.front.Do(func() { d.front.touched = time.Now().Add(-11 * time.Minute) })
	d.press(0, 67, 0)
	if v := d.until("the help", func(v screen.View) bool { return v.Help != nil }); v.Page != screen.PagePacking {
		t.Errorf("a packer is signed out too: %s", v.Page)
	}
}

// P1: where the shop wants it, who has a packer's rights is signed out after a while without
// a touch too, and the work stays for the next badge.
func TestPackersTimeOut(t *testing.T) {
	d := newDesk(t, func(s *config.Settings) { s.Rules.PackersAfter, s.Rules.SignOutAfter = 30, 10 })
	d.signIn("B-PACKER")
	d.post("1001")
	d.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	d.post("9520000000011")
	d.until("an item", func(v screen.View) bool {
		return v.Bench.Card.Head == "Mug, white" || strings.HasPrefix(v.Bench.Card.Detail, "1 of")
	})
	d.front.Do(func() { d.front.touched = time.Now().Add(-29 * time.Minute) })
	d.press(0, 67, 0) // a touch
	d.until("the help", func(v screen.View) bool { return v.Help != nil && v.Page == screen.PagePacking })
	d.front.Do(func() { d.front.touched = time.Now().Add(-30 * time.Minute) })
	d.until("the badge to be asked for", func(v screen.View) bool { return v.Page == screen.PageSignIn && v.Header.Person == "" })
	d.post("9520000000011")
	d.until("the refusal", func(v screen.View) bool { return v.Bench.Card.Head == "Sign in first" })
	d.post("PB:badge:B-PACKER2")
	d.until("the order as it stood", func(v screen.View) bool { return v.Page == screen.PagePacking })
	if w := d.front.Bench.Engine.State().Work; w.Order != "1001" || w.Units() != 1 {
		t.Errorf("%+v", w)
	}
}

// V13: after a restart nobody has a supervisor's rights without a badge; a packer goes
// on.
func TestV13ARestartAsksForTheBadge(t *testing.T) {
	for badge, page := range map[string]screen.Page{"B-MANAGER": screen.PageSignIn, "B-SUPERVISOR": screen.PageSignIn, "B-PACKER": screen.PageIdle} {
		shop := sampleShop(t)
		work := func(do func(d *seat)) {
			f, err := New(t.Context(), shop, Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			d := &seat{T: t, front: f, shown: &seenViews{}, now: time.Now()}
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- f.Run(ctx, windowOf(d.shown), nil) }()
			do(d)
			stop()
			if err := <-ended; err != nil {
				t.Error(err)
			}
		}
		work(func(d *seat) { d.signIn(badge) })
		work(func(d *seat) {
			d.until(badge+" to meet "+string(page), func(v screen.View) bool { return v.Page == page && len(v.Header.Lamps) > 0 })
		})
		if err := shop.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A badge that is scanned while the bench starts stays, whichever of the two is sooner.
func TestABadgeWhileTheBenchStartsStays(t *testing.T) {
	d := newDeskWith(t, func(f *Front) {
		f.Bench.Engine.Post(engine.Scan{Device: "test", Data: "PB:badge:B-MANAGER"})
	}, nil)
	d.until("the manager", func(v screen.View) bool { return v.Header.Person != "" })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.until("the settings", func(v screen.View) bool { return v.Settings != nil })
	d.front.Do(func() {})
	if s := d.front.Bench.Engine.State(); s.Person.ID == "" {
		t.Error("the badge was taken away again")
	}
}
