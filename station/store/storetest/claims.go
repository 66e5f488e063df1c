package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func (s suite) oneOrderHasOneHolder(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 4)
	const orders, tries = 12, 3
	var mu sync.Mutex
	holders := map[string]map[string]bool{}
	var wg sync.WaitGroup
	for i, shop := range shops {
		for range tries {
			wg.Go(func() {
				for n := range orders {
					order := fmt.Sprint("o", n)
					// The later it comes, the earlier its clock says it is.
					holder, err := shop.ClaimOrder(ctx, order, fmt.Sprint("S", i), noon.Add(-time.Duration(n)*time.Hour))
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					if holders[order] == nil {
						holders[order] = map[string]bool{}
					}
					holders[order][holder] = true
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	for order, by := range holders {
		if len(by) != 1 || by[""] {
			t.Errorf("%s is held by %v", order, by)
		}
	}
}

func (s suite) claimsOutliveTheProgram(t *testing.T) {
	ctx := t.Context()
	at := s.b.New(t)
	first := must[Shop](t)(s.b.Open(ctx, at))
	holds := func(shop Shop, station, want string, at time.Time) {
		t.Helper()
		if holder, err := shop.ClaimOrder(ctx, "o1", station, at); err != nil || holder != want {
			t.Errorf("%s asks for the order of %q: %q has it, %v", station, want, holder, err)
		}
	}
	holds(first, "S1", "S1", noon)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := s.open(t, at)
	holds(again, "S2", "S1", noon.Add(-time.Hour)) // whatever the clock of the other says
	holds(again, "S1", "S1", noon.Add(time.Hour))
	if err := again.FreeOrder(ctx, "o1", "S2"); err != nil {
		t.Error(err)
	}
	holds(again, "S2", "S1", noon)
	if err := again.FreeOrder(ctx, "o1", "S1"); err != nil {
		t.Error(err)
	}
	holds(again, "S2", "S2", noon)
}

// claimAll claims the orders of claimsOfProgramsThatAreKilled, each station in an
// order of its own.
func claimAll(ctx context.Context, shop Shop, station string, say func(words ...any)) error {
	step := map[string]int{"S1": 1, "S2": 7, "S3": 11}[station]
	for n := 0; ; n += step {
		order := fmt.Sprint("o", n%manyOrders)
		holder, err := shop.ClaimOrder(ctx, order, station, time.Now())
		if err != nil {
			return err
		}
		say(order, holder)
	}
}

const manyOrders = 40

func (s suite) claimsOfProgramsThatAreKilled(t *testing.T) {
	at := s.b.New(t)
	var said [3][][]string
	var wg sync.WaitGroup
	for i := range said {
		c := s.child(t, "claims", fmt.Sprint("S", i+1), at)
		wg.Go(func() { said[i] = c.killedAfter(10 + 40*i) })
	}
	wg.Wait()
	shop := s.open(t, at)
	for i := range said {
		for _, line := range said[i] {
			if len(line) != 2 { // cut by the kill
				continue
			}
			if holder, err := shop.ClaimOrder(t.Context(), line[0], "S9", noon); err != nil || holder != line[1] {
				t.Errorf("S%d was told that %s has %s, which %q has now, %v", i+1, line[1], line[0], holder, err)
			}
		}
	}
}

// dock is a shop with one parcel that is closed and in no van, and the benches that
// write there.
type dock struct {
	t      *testing.T
	ref    pack.ParcelRef
	chains map[string]journal.Chain
}

func newDock(t *testing.T, shop Shop) *dock {
	t.Helper()
	d := &dock{
		t: t, ref: pack.ParcelRef{ID: "1003-1", Order: "1003", SSCC: "095200000000000011", Carrier: "heron"},
		chains: map[string]journal.Chain{"S1": {Writer: "S1"}, "S2": {Writer: "S2"}},
	}
	d.write(shop, "S1",
		pack.LabelKept{Parcel: d.ref.ID, Label: pack.Label{SSCC: d.ref.SSCC, Document: "d"}},
		pack.ParcelDone{Parcel: d.ref.ID, Order: d.ref.Order, SSCC: d.ref.SSCC, Carrier: d.ref.Carrier})
	for bench, van := range vans {
		d.write(shop, bench, pack.LoadingBegan{Manifest: van, Carrier: d.ref.Carrier})
	}
	return d
}

// vans are what each bench loads.
var vans = map[string]string{"S1": "M-1", "S2": "M-2"}

func (d *dock) row(bench string, facts ...pack.Fact) journal.Row {
	d.t.Helper()
	in, decided, err := journal.Bench().Encode(pack.Input{Event: pack.Command{Name: "handover"}}, facts)
	if err != nil {
		d.t.Fatal(err)
	}
	return d.chains[bench].Next(noon, in, decided)
}

func (d *dock) write(shop Shop, bench string, facts ...pack.Fact) {
	d.t.Helper()
	r := d.row(bench, facts...)
	if err := errors.Join(shop.Append(d.t.Context(), r), shop.CatchUp(d.t.Context())); err != nil {
		d.t.Fatal(err)
	}
	d.chains[bench] = d.chains[bench].After(r)
}

// loading is the row that puts the parcel into a bench's van.
func (d *dock) loading(bench string) journal.Row {
	return d.row(bench, pack.ParcelLoaded{Manifest: vans[bench], Loaded: pack.Loaded{Parcel: d.ref.ID, Order: d.ref.Order, SSCC: d.ref.SSCC}})
}

func (s suite) oneParcelGoesWithOneHolder(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 4)
	d := newDock(t, shops[0])
	for _, ref := range []pack.ParcelRef{{ID: "none", SSCC: "none"}, {ID: d.ref.ID, SSCC: "of before"}} {
		if has, err := shops[0].ClaimFromDock(ctx, ref, "M-1"); err != nil || has {
			t.Errorf("%+v is not on the dock: %t, %v", ref, has, err)
		}
	}
	var mu sync.Mutex
	var mine []string
	var wg sync.WaitGroup
	for i, shop := range shops {
		wg.Go(func() {
			holder := fmt.Sprint("holder ", i)
			for range 3 { // claiming again is fine
				has, err := shop.ClaimFromDock(ctx, d.ref, holder)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				if has {
					mine = append(mine, holder)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(mine) != 3 || mine[0] != mine[1] || mine[1] != mine[2] {
		t.Fatalf("the parcel went to %q", mine)
	}
	has := func(holder string, want bool) {
		t.Helper()
		if have, err := shops[3].ClaimFromDock(ctx, d.ref, holder); err != nil || have != want {
			t.Errorf("%s has the parcel: %t, %v", holder, have, err)
		}
	}
	if err := shops[1].LeaveOnDock(ctx, d.ref.SSCC, "a stranger"); err != nil {
		t.Error(err)
	}
	has("M-1", false)
	if err := shops[2].LeaveOnDock(ctx, d.ref.SSCC, mine[0]); err != nil {
		t.Error(err)
	}
	has("M-1", true)
	if taken, err := shops[0].AppendLoading(ctx, d.loading("S1"), d.ref.SSCC, "M-1"); err != nil || !taken {
		t.Fatal(taken, err)
	}
	if err := errors.Join(shops[0].LeaveOnDock(ctx, d.ref.SSCC, "M-1"), shops[0].CatchUp(ctx)); err != nil {
		t.Fatal(err)
	}
	has("M-2", false) // it is in the van now, whoever claims it
}

// A bench that was taken for dead may have claimed a parcel and not written yet that
// it is in its van. Either its row comes first, or the claim is gone: the parcel is
// never in two vans.
func (s suite) aVanThatIsGivenUpLoadsNothing(t *testing.T) {
	ctx := t.Context()
	for round := range 12 {
		shops := s.several(t, 2)
		d := newDock(t, shops[0])
		if has, err := shops[0].ClaimFromDock(ctx, d.ref, "M-1"); err != nil || !has {
			t.Fatal(has, err)
		}
		late := make(chan bool, 1)
		go func() {
			time.Sleep(time.Duration(round%4) * time.Millisecond / 2)
			taken, err := shops[0].AppendLoading(ctx, d.loading("S1"), d.ref.SSCC, "M-1")
			if err != nil {
				t.Error(err)
			}
			late <- taken
		}()
		freed, err := shops[1].FreeUnloaded(ctx, d.ref, "M-1")
		if err != nil {
			t.Fatal(err)
		}
		second := must[bool](t)(shops[1].ClaimFromDock(ctx, d.ref, "M-2"))
		first := <-late
		if first == second || freed != second {
			t.Fatalf("in the first van: %t; freed: %t; in the second van: %t", first, freed, second)
		}
		if head := must[journal.Chain](t)(shops[1].Head(ctx, "S1")); (head == d.chains["S1"]) == first {
			t.Fatalf("in the first van: %t, and its journal ends at %d", first, head.Seq)
		}
		if err := shops[0].CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		if freed, err := shops[1].FreeUnloaded(ctx, d.ref, "M-1"); err != nil || freed {
			t.Errorf("given up twice, or out of the van: %t, %v", freed, err)
		}
	}
}
