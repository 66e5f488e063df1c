package engine

import (
	"context"
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/trouble"
	"packbench/station/unit"
)

func TestNothingIsShownBeforeItIsDurable(t *testing.T) { // S1
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.disk.hold = make(chan struct{})
		r.run()
		r.Post(Badge{"p1"})
		synctest.Wait()
		r.said()
		if s := r.State(); s.Phase != pack.SignedOut {
			t.Errorf("the state is %s while its row is on its way to the disk", s.Phase)
		}
		r.disk.hold <- struct{}{}
		synctest.Wait()
		r.said("append S1.1", "publish S1.1")
		if s := r.State(); s.Phase != pack.Idle || s.Person.ID != "p1" {
			t.Errorf("after the badge: %s, %q", s.Phase, s.Person.ID)
		}
	})
}

// The row has the key of a name and not the name, which is durable before it.
func TestWhatStandsAsideIsDurableBeforeItsRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.run()
		u := r.do(Entry{"Driver Sample"})
		synctest.Wait()
		r.said("aside d1 Driver Sample", "append S1.1", "publish S1.1")
		if c, ok := u.Input.Event.(pack.Command); !ok || c.Value != "d1" || strings.Contains(string(u.Row.Input), "Sample") {
			t.Errorf("%+v is written down as %s", u.Input.Event, u.Row.Input)
		}
		r.disk.fail = errors.New("full")
		if _, err := r.Do(t.Context(), Entry{"Another"}); err == nil {
			t.Error("a name that is not kept is taken")
		}
		synctest.Wait()
		r.said("publish error")
	})
}

func TestEffectsStartAfterTheirWishIsDurableAndShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.run()
		r.do(Badge{"p1"})
		synctest.Wait()
		r.log.take()
		r.disk.hold = make(chan struct{})
		r.Post(Scan{Data: "o1"})
		synctest.Wait()
		r.said()
		r.disk.hold <- struct{}{}
		synctest.Wait()
		r.said("append S1.2", "publish S1.2", "run open S1.2.1 unsure=false")
	})
}

// F3: a fault in one effect or one look-up is said; the bench goes on.
func TestWhatBreaksFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) { d.Resolver = breaking{d.Resolver} })
		r.hands.do = func(_ context.Context, e pack.Effect, _ func(pack.Event)) {
			var none []int
			_ = none[len(e.Order)] // out of range
		}
		r.run()
		r.do(Badge{"p1"})
		if _, err := r.Do(t.Context(), Scan{Data: "break"}); err == nil || !strings.Contains(err.Error(), "packbench failed internally") {
			t.Errorf("a look-up that breaks: %v", err)
		}
		r.do(Scan{Data: "o1"})
		synctest.Wait()
		s := r.State()
		if v := s.Recent[0]; s.Phase != pack.Idle || len(s.Pending) != 0 || v.Kind != pack.Refused || v.Trouble.Code != trouble.Fault {
			t.Errorf("an effect that breaks: %s, %d pending, %+v", s.Phase, len(s.Pending), v)
		}
	})
}

// breaking is a resolver with a fault.
type breaking struct{ Resolver }

func (b breaking) Resolve(ctx context.Context, s pack.State, raw Raw) (pack.Event, error) {
	if scan, ok := raw.(Scan); ok && scan.Data == "break" {
		panic("broken")
	}
	return b.Resolver.Resolve(ctx, s, raw)
}

func TestWhatCannotBeRecordedChangesNothing(t *testing.T) { // F4
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.run()
		r.do(Badge{"p1"})
		synctest.Wait()
		r.log.take()
		before := asJSON(t, r.State())
		full := errors.New("the disk is full")
		r.disk.fail = full
		u, err := r.Do(t.Context(), Scan{Data: "o1"})
		if !errors.Is(err, full) || !errors.Is(u.Err, full) {
			t.Errorf("the error is %v, the update's is %v", err, u.Err)
		}
		if u.Raw != Raw(Scan{Data: "o1"}) { // A3: who shows it says what to do over
			t.Errorf("what was not taken is %v", u.Raw)
		}
		if got := asJSON(t, r.State()); got != before || asJSON(t, u.State) != before {
			t.Errorf("the state changed: %s", got)
		}
		r.said("publish error") // and no effect ran
		r.do(Scan{Data: "o1"})
		synctest.Wait()
		r.said("append S1.2", "publish S1.2", "run open S1.2.1 unsure=false")
		r.checkChain()
	})
}

// A row that puts a parcel into a van names the claim that it rests on. Without the
// claim nothing is loaded, and it is asked for once more.
func TestALoadingRestsOnItsClaim(t *testing.T) { // P5
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) {
			d.State.Loading = &pack.Loading{Manifest: "M-1", Carrier: "heron"}
			d.State.Pending = map[string]pack.Effect{"S1.0.1": {ID: "S1.0.1", Kind: pack.EffectClaim, Parcel: "P", SSCC: "0095", Manifest: "M-1"}}
		})
		r.run()
		synctest.Wait()
		r.log.take()
		claimed := Result{pack.ParcelClaimed{Effect: "S1.0.1", Parcel: pack.ParcelRef{ID: "P", SSCC: "0095", State: pack.ParcelClosed, Carrier: "heron"}}}
		r.disk.freed = true
		if u := r.do(claimed); len(u.State.Loading.Parcels) != 0 || len(u.State.Pending) != 1 || u.Err != nil {
			t.Errorf("without the claim: %+v", u)
		}
		synctest.Wait()
		r.said("claim 0095 M-1", "run claim S1.0.1 unsure=true")
		r.do(claimed)
		if in := r.State().Loading.Parcels; len(in) != 1 {
			t.Errorf("with the claim there are in the van %v", in)
		}
		r.said("claim 0095 M-1", "append S1.1", "publish S1.1")
	})
}

// checkChain follows the hash chain and folds it to the live state.
func (r *rig) checkChain() {
	r.t.Helper()
	rows := func(yield func(journal.Row, error) bool) {
		for _, row := range r.disk.rows {
			if !yield(row, nil) {
				return
			}
		}
	}
	if _, err := (journal.Chain{Writer: "S1"}).Verify(rows); err != nil {
		r.t.Error(err)
	}
	s, _, err := journal.Bench().Replay(pack.New(), rows)
	if err != nil {
		r.t.Fatal(err)
	}
	if got, want := asJSON(r.t, s), asJSON(r.t, r.State()); got != want {
		r.t.Errorf("folded: %s\nlive:   %s", got, want)
	}
}

func TestWhatCannotBeLookedUpIsNotTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.run()
		r.words.fail = errors.New("the catalogue does not answer")
		if _, err := r.Do(t.Context(), Badge{"p1"}); err == nil || !strings.Contains(err.Error(), "look up") {
			t.Errorf("the error is %v", err)
		}
		r.said("publish error")
		r.do(Badge{"p1"})
		r.said("append S1.1", "publish S1.1")
	})
}

func opening() pack.State {
	s := pack.New()
	for _, f := range []pack.Fact{
		pack.SignedInAs{Person: pack.Person{ID: "p1"}},
		pack.Moved{To: pack.Idle},
		pack.EffectAsked{Effect: pack.Effect{ID: "S1.7.1", Kind: pack.EffectOpen, Order: "o1"}},
		pack.OpeningBegan{Opening: pack.OpeningOf{Effect: "S1.7.1", Order: "o1"}},
		pack.Moved{To: pack.Opening},
	} {
		s = pack.Fold(s, f)
	}
	return s
}

func TestPendingEffectsStartAgainUnsure(t *testing.T) { // F2
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) {
			d.State, d.Chain = opening(), journal.Chain{Writer: "S1", Seq: 7, Head: "x"}
		})
		r.hands.do = func(_ context.Context, e pack.Effect, report func(pack.Event)) {
			report(pack.OrderRefused{Effect: e.ID, Order: e.Order, Code: pack.CodeOrderHeld})
		}
		r.run()
		if err := r.Quiet(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.said("run open S1.7.1 unsure=true", "append S1.8", "publish S1.8")
		if s := r.State(); s.Phase != pack.Idle || len(s.Pending) != 0 {
			t.Errorf("%s with %v pending", s.Phase, s.Pending)
		}
	})
}

func TestAnEndedEffectIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) { d.State = opening() })
		r.hands.do = func(ctx context.Context, e pack.Effect, report func(pack.Event)) {
			<-ctx.Done()
			r.log.say("stopped %s", e.ID)
			report(pack.EffectDone{Effect: e.ID}) // too late: it leads to nothing
		}
		r.run()
		synctest.Wait()
		r.said("run open S1.7.1 unsure=true")
		r.do(Result{pack.OrderRefused{Effect: "S1.7.1", Order: "o1", Code: pack.CodeOrderHeld}})
		synctest.Wait()
		r.said("append S1.1", "publish S1.1", "stopped S1.7.1", "append S1.2", "publish S1.2")
		if facts, err := journal.Bench().Facts(r.disk.rows[1]); err != nil || len(facts) != 0 {
			t.Errorf("the late result led to %v, %v", facts, err)
		}
	})
}

func TestEndingStopsEffectsButNoRowOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) { d.State = opening() })
		r.hands.do = func(ctx context.Context, e pack.Effect, _ func(pack.Event)) {
			<-ctx.Done()
			time.Sleep(3 * time.Second)
			r.log.say("stopped %s", e.ID)
		}
		r.disk.hold = make(chan struct{})
		r.run()
		r.Post(Badge{"p1"})
		synctest.Wait()
		r.quit()
		synctest.Wait()
		close(r.disk.hold)
		r.stop()
		r.said("run open S1.7.1 unsure=true", "append S1.1", "publish S1.1", "stopped S1.7.1")
		if err := r.disk.ctx[0]; err != nil {
			t.Errorf("a row on its way to the disk was called back: %v", err)
		}
	})
}

func TestPostNeverBlocksNorDrops(t *testing.T) { // S1, U4
	const scanners, each = 4, 25_000
	r := newRig(t, func(d *Deps) { d.Publish = nil })
	r.disk.log = &log{}
	r.disk.hold = make(chan struct{})
	r.run()
	var group sync.WaitGroup
	for n := range scanners {
		group.Go(func() {
			for i := range each {
				r.Post(Weight{Scale: pack.ScaleZero, Mass: unit.Mass(n*each + i)})
			}
		})
	}
	group.Wait() // the disk has not taken one yet
	close(r.disk.hold)
	if err := r.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.stop()
	next := make([]int, scanners)
	for _, row := range r.disk.rows {
		var input struct{ D struct{ Mass int } }
		if err := json.Unmarshal(row.Input, &input); err != nil {
			t.Fatal(err)
		}
		n, i := input.D.Mass/each, input.D.Mass%each
		if i != next[n] {
			t.Fatalf("scanner %d: its input %d came where %d should be", n, i, next[n])
		}
		next[n]++
	}
	if len(r.disk.rows) != scanners*each {
		t.Errorf("%d rows of %d inputs", len(r.disk.rows), scanners*each)
	}
}

func TestQuietWaitsForFirstReportsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		hear := make(chan struct{})
		r.hands.do = func(ctx context.Context, e pack.Effect, report func(pack.Event)) {
			time.Sleep(2 * time.Second)
			report(pack.OrderReady{Effect: e.ID, Order: pack.OrderInfo{ID: e.Order, Lines: []pack.LineInfo{{ID: "1", SKU: "A", Qty: 1}}}})
			close(hear)
			<-ctx.Done() // an effect that goes on waits for the world
		}
		early, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		if err := r.Quiet(early); err == nil {
			t.Error("an engine that has not begun is not quiet")
		}
		r.run()
		r.do(Badge{"p1"})
		r.do(Scan{Data: "o1"})
		begun := time.Now()
		if err := r.Quiet(t.Context()); err != nil {
			t.Fatal(err)
		}
		<-hear
		if took := time.Since(begun); took < 2*time.Second || took > 3*time.Second {
			t.Errorf("quiet after %s", took)
		}
		if s := r.State(); s.Phase != pack.Packing {
			t.Errorf("quiet in phase %s: the report was not taken yet", s.Phase)
		}
	})
}

// A report on its way from its effect to the loop is not overlooked, however the
// one who waits and the one who reports fall together.
func TestQuietMissesNoReport(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel() // so that Quiet looks once and answers at once
	for range 4000 {
		r := newRig(t, func(d *Deps) { d.State = opening() })
		r.hands.do = func(_ context.Context, e pack.Effect, report func(pack.Event)) {
			report(pack.OrderReady{Effect: e.ID, Order: pack.OrderInfo{ID: e.Order, Lines: []pack.LineInfo{{ID: "1", SKU: "A", Qty: 1}}}})
		}
		r.run()
		for n := 1; r.Quiet(over) != nil; n++ {
			if n%3000 == 0 {
				runtime.Gosched() // the loop may have no processor of its own
			}
		}
		if s := r.State(); s.Phase != pack.Packing {
			t.Fatalf("quiet in phase %s", s.Phase)
		}
		r.stop()
	}
}

func TestQuietEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, func(d *Deps) { d.State = opening() })
		r.hands.do = func(ctx context.Context, _ pack.Effect, _ func(pack.Event)) { <-ctx.Done() }
		r.run()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if err := r.Quiet(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
	})
}

func TestRulesLeaveARowOnlyWhenTheyChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rules := pack.Rules{Station: "S1", LockAfter: 3}
		r := newRig(t, func(d *Deps) { d.Rules = rules })
		r.Post(Badge{"p1"}) // before Run: the rules come first all the same
		r.run()
		synctest.Wait()
		r.said("append S1.1", "publish S1.1", "append S1.2", "publish S1.2")
		if got := r.State().Rules; got != rules {
			t.Errorf("rules %+v", got)
		}
		r.stop()
		again := newRig(t, func(d *Deps) { d.Rules, d.State = rules, r.State() })
		again.run()
		synctest.Wait()
		again.said()
	})
}

func TestSpareTimeComesBetweenInputsOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var idle atomic.Int64
		r := newRig(t, func(d *Deps) {
			d.IdleAfter = time.Second
			d.Idle = func(_ context.Context, s pack.State, at journal.Chain) {
				idle.Add(1)
				if at.Seq != 20 || s.Phase != pack.Idle {
					t.Errorf("spare time at row %d in phase %s", at.Seq, s.Phase)
				}
			}
		})
		r.run()
		for range 20 {
			r.do(Badge{"p1"})
			time.Sleep(900 * time.Millisecond)
		}
		if n := idle.Load(); n != 0 {
			t.Errorf("%d times spare time between scans", n)
		}
		time.Sleep(time.Hour)
		if n := idle.Load(); n != 1 {
			t.Errorf("spare time came %d times", n)
		}
	})
}

func TestDoEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, nil)
		r.disk.hold = make(chan struct{})
		r.run()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := r.Do(ctx, Badge{"p1"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		close(r.disk.hold)
		if err := r.Quiet(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r.State().Person.ID != "p1" {
			t.Error("an input that nobody waits for any more was dropped")
		}
	})
}
