package hub

import (
	"context"
	"sync"
	"testing"
	"time"

	"packbench/station/pack"
)

// runs keeps folders in step until the test ends.
func (w *world) runs(stations ...string) {
	w.t.Helper()
	ctx, stop := context.WithCancel(w.t.Context())
	var group sync.WaitGroup
	for _, s := range stations {
		x := w.folders[s].x
		group.Go(func() { x.Run(ctx) })
	}
	w.t.Cleanup(func() { stop(); group.Wait() })
}

func until(t *testing.T, what string, within time.Duration, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > within {
			t.Fatalf("waited %s for %s", within, what)
		}
	}
}

func (f *folder) right() bool { s := f.x.Status(); return !s.Away() }

// What a person waits for comes at once, though a folder looks by itself much later.
func TestWhatAPersonWaitsForWakesTheOthers(t *testing.T) {
	w := newWorld(t, "S1", "S2", "desk-S9")
	one, two, desk := w.folders["S1"], w.folders["S2"], w.folders["desk-S9"]
	one.order("o1")
	w.rounds("S1", "S2")
	two.x.pace, two.x.beat = time.Hour, time.Hour
	two.x.Follow = func(string) bool { return true }
	w.runs("S2")
	until(t, "the first round", 5*time.Second, two.right)
	time.Sleep(200 * time.Millisecond) // it listens
	ctx := t.Context()
	has := func(f *folder, writer string, seq int64) func() bool {
		return func() bool { head, err := f.Head(ctx, writer); return err == nil && head.Seq == seq }
	}

	one.write(pack.CaseOpened{Case: "S1.1", Kind: "lock"})
	one.round()
	until(t, "the case", 2*time.Second, has(two, "S1", 1))
	desk.write(pack.RefusalsCleared{})
	desk.round()
	until(t, "the word of the desk", 2*time.Second, has(two, "desk-S9", 1))
	one.product("CUP", "a cup")
	one.round()
	until(t, "the barcode", 2*time.Second, func() bool { hits, err := two.ProductsByCode(ctx, "40CUP"); return err == nil && len(hits) == 1 })

	// What happens all the time wakes nobody.
	time.Sleep(300 * time.Millisecond) // the round of the barcode comes to its end
	one.write(pack.RefusalsCleared{})
	one.round()
	time.Sleep(200 * time.Millisecond)
	if has(two, "S1", 2)() {
		t.Error("a row that nobody waits for woke the others")
	}
}

// What is packed is at a desk before either of the two makes its next round. A bench leaves
// the rows of others to its rounds.
func TestWhatIsPackedComesToADeskBetweenRounds(t *testing.T) {
	w := newWorld(t, "S1", "S2", "D1")
	one, two, desk := w.folders["S1"], w.folders["S2"], w.folders["D1"]
	two.x.Ahead = 1
	for _, f := range w.folders {
		f.x.pace = time.Hour
		f.x.Follow = func(string) bool { return true }
	}
	w.runs("S1", "S2", "D1")
	for _, f := range w.folders {
		until(t, "the first round", 5*time.Second, f.right)
	}
	time.Sleep(300 * time.Millisecond) // all listen
	one.write(pack.RefusalsCleared{})
	until(t, "the row", 2*time.Second, func() bool { head, err := desk.Head(t.Context(), "S1"); return err == nil && head.Seq == 1 })
	time.Sleep(2 * betweenLooks)
	if head, err := two.Head(t.Context(), "S1"); err != nil || head.Seq != 0 {
		t.Errorf("a bench has looked too: %d, %v", head.Seq, err)
	}
}

// A server that lets a folder have no line to listen on is no trouble.
func TestAHubThatCannotBeListenedToIsLookedAt(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	about, err := w.owner.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server.Exec(t, w.database, `ALTER ROLE "packbench_`+about.ID[:8]+`_S2" CONNECTION LIMIT 1`)
	two.x.pace = 50 * time.Millisecond
	two.x.Follow = func(string) bool { return true }
	w.runs("S2")
	until(t, "the first round", 5*time.Second, two.right)
	one.write(pack.CaseOpened{Case: "S1.1", Kind: "lock"})
	one.round()
	until(t, "the case", 2*time.Second, func() bool { head, err := two.Head(t.Context(), "S1"); return err == nil && head.Seq == 1 })
	if err := two.x.Status().Err; err != nil {
		t.Error(err)
	}
}

func TestEveryStationTellsHowItStands(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	ctx := t.Context()
	words := "packs"
	one.x.Stands = func() []byte { return []byte(words) }
	one.round()
	all, err := two.x.Present(ctx)
	if err != nil || len(all) != 1 || all[0].Station != "S1" || string(all[0].Body) != "packs" || all[0].Age > time.Minute {
		t.Fatalf("%+v, %v", all, err)
	}
	// What has changed goes over with the next round, what has not is not said again.
	words = "weighs"
	one.round()
	server.Exec(t, w.database, `UPDATE packbench.presence SET at = at - interval '1 hour'`)
	one.round()
	if all, err := two.x.Present(ctx); err != nil || string(all[0].Body) != "weighs" || all[0].Age < time.Hour {
		t.Errorf("%+v, %v", all, err)
	}
	one.x.here.at = time.Now().Add(-hereEvery)
	one.round()
	if all, err := two.x.Present(ctx); err != nil || all[0].Age > time.Minute {
		t.Errorf("%+v, %v", all, err)
	}
	one.x.leave(ctx)
	if all, err := two.x.Present(ctx); err != nil || len(all[0].Body) != 0 {
		t.Errorf("its program has ended: %+v, %v", all, err)
	}
	as, err := two.x.connected()
	if err != nil {
		t.Fatal(err)
	}
	// Nobody tells it of another, and it is in no journal.
	if err := as.Here(ctx, "S1", nil); KindOf(err) != NoRights {
		t.Errorf("S2 tells how S1 stands: %v", err)
	}
	if head, err := two.Head(ctx, "S1"); err != nil || head.Seq != 0 {
		t.Errorf("%+v, %v", head, err)
	}
}

// A program that ends tells what it packed, and hands back what it claimed ahead.
func TestAProgramThatEndsHandsBackWhatItDoesNotNeed(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1", "o2", "o3")
	w.rounds("S1", "S2")
	one.x.Ahead = 2
	one.claim("o1", "S1")
	one.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "o1"}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { one.x.Run(ctx); close(ended) }()
	until(t, "two claims ahead", 5*time.Second, func() bool {
		held, err := w.owner.HeldBy(t.Context(), "S1")
		return err == nil && len(held) == 3
	})
	one.write(pack.OrderClosed{Order: "o1"})
	if err := one.x.FreeOrder(t.Context(), "o1", "S1"); err != nil {
		t.Fatal(err)
	}
	stop()
	<-ended
	if held, err := w.owner.HeldBy(t.Context(), "S1"); err != nil || len(held) != 0 {
		t.Errorf("it holds %+v, %v", held, err)
	}
	if c, err := w.owner.HolderOf(t.Context(), OrderClaim, "o1"); err != nil || c.State != Done {
		t.Errorf("%+v, %v", c, err)
	}
	two.round()
	two.claim("o2", "S2")
}
