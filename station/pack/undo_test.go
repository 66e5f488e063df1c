package pack

import (
	"slices"
	"testing"

	"packbench/station"
)

// open lists the cases that the facts so far leave open.
func (d *desk) open() (open []string) {
	for _, f := range d.facts {
		switch f := f.(type) {
		case CaseOpened:
			open = append(open, f.Case)
		case CaseWithdrawn:
			if f.Again {
				open = append(open, f.Case)
			} else {
				open = slices.DeleteFunc(open, func(id string) bool { return id == f.Case })
			}
		}
	}
	return open
}

// A short that leaves nothing to send closes its order. Undo opens it again, as it
// stood before, and the steps before it can be undone as well. (05, 06)
func TestAShortThatClosedItsOrderIsUndone(t *testing.T) {
	closed := func(t *testing.T, o OrderInfo) (d *desk, before string) {
		d = newDesk(t)
		d.openOrder(o)
		d.give(do("carton", "L"))
		d.give(Command{Name: "carton", Carton: &Carton{ID: "L"}})
		d.give(do("short", "1", "damaged"))
		before = d.bench()
		d.want(do("short", "2", "not-found"), Accepted, CodeShort, Idle)
		return d, before
	}
	back := func(o OrderInfo) OrderInfo { o.Begun = 1; return o }
	t.Run("at once", func(t *testing.T) {
		d, before := closed(t, order1042())
		freed := d.pending(EffectFree).ID
		d.give(do("undo"))
		if _, still := d.s.Pending[freed]; still || d.s.Phase != Opening {
			t.Fatalf("in %s, and the claim is freed: %t", d.s.Phase, still)
		}
		v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: back(order1042())}, Accepted, CodeUndone, Packing)
		if d.bench() != before || v.Line != "2" || v.Reason != ReasonShort {
			t.Errorf("undo leads to %s, want %s: %+v", d.bench(), before, v)
		}
		if open := d.open(); len(open) != 1 {
			t.Errorf("open cases: %v, want that of line 1", open)
		}
		d.want(do("undo"), Accepted, CodeUndone, Packing)
		if open := d.open(); len(open) != 0 || d.s.Work.LeftOut() != 0 {
			t.Errorf("open cases: %v", open)
		}
		if d.want(do("undo"), Accepted, CodeUndone, Packing); d.s.Work.Parcel.Carton.ID != "M" {
			t.Error("the box that was taken before is not undone")
		}
		d.want(do("undo"), Refused, CodeNothingToUndo, Packing)
		d.packAll()
	})
	t.Run("after the claim was given back, and the shop changed it", func(t *testing.T) {
		d, _ := closed(t, order1042())
		d.give(EffectDone{Effect: d.pending(EffectFree).ID})
		d.give(do("undo"))
		o := back(order1042())
		o.Version, o.Lines[1].Qty = 2, 3
		d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeUndone, Packing)
		if l := d.s.Work.Line("2"); l.Open() != 3 || d.s.Work.Line("1").Short != 3 {
			t.Errorf("lines %+v", d.s.Work.Lines)
		}
	})
	t.Run("the line is gone", func(t *testing.T) {
		d, _ := closed(t, order1042())
		d.give(do("undo"))
		o := back(order1042())
		o.Version, o.Lines = 2, o.Lines[:1]
		d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeOrderOpened, Packing)
	})
	t.Run("another bench packed some of it", func(t *testing.T) {
		d, _ := closed(t, order1042())
		d.give(do("undo"))
		o := back(order1042())
		o.Begun, o.Parcels = 2, []ParcelRef{{ID: "1042-2", Order: "1042", SSCC: "Z", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 1}}}}
		d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeOrderOpened, Packing)
		if l := d.s.Work.Line("1"); l.Packed != 1 || l.Short != 0 {
			t.Errorf("line %+v", l)
		}
	})
	t.Run("it is held meanwhile", func(t *testing.T) {
		d, _ := closed(t, order1042())
		d.give(do("undo"))
		open := d.pending(EffectOpen).ID
		d.want(OrderRefused{Effect: open, Order: "1042", Code: CodeOrderHeld}, Refused, CodeOrderHeld, Idle)
		if f := d.pending(EffectFree); f.Order != "1042" {
			t.Error("its claim stays")
		}
		d.give(do("undo"))
		d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: back(order1042())}, Accepted, CodeUndone, Packing)
	})
	for name, e := range map[string]Event{
		"another order was opened": scanOrder("1043"), "somebody else took over": badge("p2", station.Packer),
		"a van came": Command{Name: "handover", Vans: []Van{van}},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := closed(t, order1042())
			if d.give(e); d.s.Closed != nil {
				t.Error("it could be undone")
			}
		})
	}
	// A restart of the window signs supervisors out: that is no other person.
	for who, kept := range map[string]bool{"p1": true, "p2": false} {
		t.Run("signed out, then "+who+" came", func(t *testing.T) {
			d, _ := closed(t, order1042())
			d.give(do("sign-out"))
			if d.want(do("undo"), Refused, CodeNotSignedIn, SignedOut); d.s.Closed == nil {
				t.Fatal("it is forgotten at once")
			}
			d.give(badge(who, station.Packer))
			if (d.s.Closed != nil) != kept {
				t.Errorf("it can be undone: %t", d.s.Closed != nil)
			}
			if kept {
				d.give(do("undo"))
				d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: back(order1042())}, Accepted, CodeUndone, Packing)
			}
		})
	}
}

// What opened a case and is taken back leaves no case open, by whatever way it is
// taken back; and what is short after all has it open again.
func TestACaseGoesWithWhatOpenedIt(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	cases := func(want int, after string) {
		t.Helper()
		if open := d.open(); len(open) != want {
			t.Fatalf("after %s: open cases %v, want %d", after, open, want)
		}
	}
	d.give(do("swap", "1"))
	cases(1, "a swap")
	d.give(do("undo"))
	cases(0, "its undo")
	d.give(do("short", "2", "later"))
	cases(1, "a short")
	d.give(do("put-back", "2"))
	cases(0, "its line put back")
	d.give(do("undo"))
	cases(1, "the undo of that")
	d.give(scanItem("CANDLE", 1))
	cases(0, "its goods scanned")
	d.give(do("undo"))
	cases(1, "the undo of that")
	more := order1042()
	more.Version, more.Lines[1].Qty = 2, 4
	d.give(ShopChanged{Status: station.OrderOpen, Order: more})
	d.give(do("short", "2", "not-found"))
	cases(2, "a second short of the line")
	d.give(do("undo"))
	cases(1, "its undo")
	d.give(do("short", "2", "not-found"))
	d.give(do("put-back", "2"))
	cases(0, "its line put back")
}

// What a closed parcel holds too much nobody at the bench can take out: it is a case,
// once. (31)
func TestExcessInAClosedParcelIsACase(t *testing.T) {
	earlier := func(o OrderInfo) OrderInfo {
		o.Begun, o.Parcels = 1, []ParcelRef{{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 2}}}}
		return o
	}
	less := earlier(order1042())
	less.Version, less.Lines[0].Qty = 2, 1
	find := func(d *desk) (found []CaseOpened) {
		for _, f := range d.facts {
			if c, ok := f.(CaseOpened); ok && c.Kind == "excess" {
				found = append(found, c)
			}
		}
		return found
	}
	for name, c := range map[string]func(*desk){
		"while it is open": func(d *desk) {
			d.openOrder(earlier(order1042()))
			v := d.want(ShopChanged{Status: station.OrderOpen, Order: less}, Refused, CodeOrderChanged, Packing)
			if v.Reason != ReasonExcessClosed || v.Parcel != "1042-1" || v.Case == "" || len(v.Excess) != 1 {
				t.Errorf("%+v", v)
			}
		},
		"as it opens": func(d *desk) { d.openOrder(less) },
		"as it is resumed": func(d *desk) {
			d.openOrder(earlier(order1042()))
			d.give(do("park"))
			d.give(scanOrder("1042"))
			d.give(OrderReady{Effect: d.pending(EffectOpen).ID, Order: less})
		},
	} {
		d := newDesk(t)
		c(d)
		d.want(scanOrder("1042"), Refused, CodeOrderChanged, Packing)
		d.give(do("park"))
		d.give(scanOrder("1042"))
		d.give(OrderReady{Effect: d.pending(EffectOpen).ID, Order: less})
		if found := find(d); len(found) != 1 || found[0].SKU != "MUG" || found[0].Qty != 1 || found[0].Parcel != "1042-1" {
			t.Errorf("%s: cases %+v", name, found)
		}
	}
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 2))
	open := order1042()
	open.Version, open.Lines[0].Qty = 2, 1
	d.give(ShopChanged{Status: station.OrderOpen, Order: open})
	if found := find(d); len(found) != 0 {
		t.Errorf("what the packer can take out is a case: %+v", found)
	}
}
