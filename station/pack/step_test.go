package pack

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// twice is an order with two lines of one product, a note and a candle.
func twice() OrderInfo {
	o := order1042()
	o.Carton = &Carton{ID: "M", Tare: 100 * unit.Gram}
	o.Lines = append(o.Lines,
		LineInfo{ID: "3", Name: "wrap it", Kind: station.Note, Qty: 1},
		LineInfo{ID: "4", SKU: "MUG", Name: "Mug, white", Kind: station.Goods, Qty: 4})
	return o
}

// bench is all of a bench that a person could tell: what is in the box, what is
// left out, the box, the step.
func (d *desk) bench() string {
	w := d.s.Work
	if w == nil {
		return string(d.s.Phase)
	}
	lines := ""
	for _, l := range w.Lines {
		lines += fmt.Sprintf("; %s in %d short %d %q confirmed %t by hand %d swapped %d", l.ID, l.In, l.Short, l.Reason, l.Confirmed, l.Manual, l.Swapped)
	}
	return fmt.Sprint(d.s.Phase, " box ", w.Parcel.Carton.ID, " weighed ", w.Parcel.Weight != nil, " removing ", d.s.Removing, " count ", d.s.Count, lines)
}

// Undo takes back the last thing that was done, whatever it was, and nothing else.
// (05, 06, V27)
func TestUndoTakesBackTheLastThing(t *testing.T) {
	full := func(d *desk) {
		d.give(scanItem("CANDLE", 2))
		d.give(do("confirm", "3"))
		d.give(scanItem("MUG", 6))
	}
	for name, c := range map[string]struct {
		before func(*desk)
		thing  []Event
	}{
		"a short":                       {nil, []Event{do("short", "1", "damaged")}},
		"a short of a line that was":    {func(d *desk) { d.give(do("short", "1", "damaged")); d.give(do("put-back", "1")) }, []Event{do("short", "1", "later")}},
		"a short note":                  {nil, []Event{do("short", "3", "damaged")}},
		"a short that ends the packing": {func(d *desk) { full(d); d.give(do("put-back", "2")) }, []Event{do("short", "2", "damaged")}},
		"what turned up":                {func(d *desk) { d.give(do("short", "1", "damaged")) }, []Event{scanItem("MUG", 6)}},
		"a line put back that was short": {
			func(d *desk) { d.give(do("short", "1", "damaged")) }, []Event{do("put-back", "1")},
		},
		"a case over two lines":         {nil, []Event{scanItem("MUG", 6)}},
		"a case taken out of two lines": {full, []Event{do("remove"), scanItem("MUG", 6)}},
		"a unit taken out":              {nil, []Event{do("remove"), scanItem("CANDLE", 1)}},
		"a line put back":               {full, []Event{do("put-back", "4")}},
		"a swap":                        {nil, []Event{do("swap", "1")}},
		"a count":                       {nil, []Event{Command{Name: "count", Value: "2", N: 2}}},
		"a quantity card and its scan":  {nil, []Event{quantityCard(2), scanItem("CANDLE", 1)}},
		"a note":                        {nil, []Event{do("confirm", "3")}},
		"a box":                         {nil, []Event{Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: "L"}}}}}},
		"the same box":                  {nil, []Event{Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: "M"}}}}}},
		"the next box":                  {nil, []Event{do("next-parcel")}},
		"a box after the next box":      {func(d *desk) { d.give(do("next-parcel")) }, []Event{Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: "L"}}}}}},
		"an item after the next box":    {func(d *desk) { d.give(do("next-parcel")) }, []Event{scanItem("MUG", 1)}},
		"the last item":                 {func(d *desk) { full(d); d.give(do("put-back", "2")) }, []Event{scanItem("CANDLE", 3)}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			o := twice()
			o.Lines[1].Qty = 3
			d.openOrder(o)
			d.give(scanItem("MUG", 1))
			d.give(scanItem("CANDLE", 1))
			if c.before != nil {
				c.before(d)
			}
			before, steps := d.bench(), len(d.s.Work.Parcel.Actions)
			for _, e := range c.thing {
				if v := d.give(e); v.Kind == Refused {
					t.Fatalf("%+v", v)
				}
			}
			v := d.give(do("undo"))
			if got := d.bench(); v.Code != CodeUndone || got != before {
				t.Errorf("%s (%s)\n   now %s\nbefore %s", v.Code, v.Reason, got, before)
			}
			if n := len(d.s.Work.Parcel.Actions); n != steps {
				t.Errorf("%d steps are left to undo, before it were %d", n, steps)
			}
		})
	}
}

// A step that is only half remembered is not undone in part.
func TestHalfAStepIsNotUndone(t *testing.T) {
	o := order1042()
	o.Lines = o.Lines[:1]
	for i := range 30 {
		o.Lines = append(o.Lines, LineInfo{ID: fmt.Sprint("L", i), SKU: "TEA", Kind: station.Goods, Qty: 1})
	}
	d := newDesk(t)
	d.openOrder(o)
	d.give(scanItem("TEA", 30))
	d.give(scanItem("MUG", 1))
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	d.want(do("undo"), Refused, CodeNothingToUndo, Packing)
	if n := d.s.Work.Units(); n != 30 {
		t.Errorf("%d units are left in the box", n)
	}
}

// Nothing brings a label back, so nothing from before it is undone.
func TestAVoidLabelIsNotUndone(t *testing.T) {
	d := newDesk(t)
	d.labelled()
	d.printed()
	d.give(do("void"))
	d.give(badge("boss", station.Supervisor))
	d.want(do("undo"), Info, CodeBack, Choosing) // it is off the box
	if v := d.want(do("undo"), Refused, CodeNothingToUndo, Choosing); v.Reason != ReasonVoided || d.s.Work.Units() != 4 {
		t.Errorf("%+v", v)
	}
}

// What was left out and turns up is taken, wherever the packer has been meanwhile.
// (04, 34)
func TestWhatTurnsUpIsTaken(t *testing.T) {
	for name, meanwhile := range map[string]func(*desk){
		"at once": func(*desk) {},
		"after the order was parked": func(d *desk) {
			d.give(do("park"))
			d.give(scanOrder("1042"))
			d.give(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()})
		},
		"after a change of packer": func(d *desk) { d.give(do("sign-out")); d.give(badge("p2", station.Packer)) },
		"after the box was closed": func(d *desk) { d.give(do("next-parcel")) },
		"in the next box": func(d *desk) {
			d.give(do("next-parcel"))
			light := reading(600 * unit.Gram)
			light.Expect.Mass = 600 * unit.Gram
			d.give(light)
			d.label("A")
			d.want(scanLabel("A", "1042"), Accepted, CodeParcelClosed, Packing)
		},
		"when all else is in": func(d *desk) { d.want(scanItem("CANDLE", 1), Accepted, CodeAllScanned, Weighing) },
		"after another order of it": func(d *desk) {
			d.give(ShopChanged{Status: station.OrderOpen, Order: func() OrderInfo { o := order1042(); o.Version = 2; return o }()})
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.openOrder(order1042())
			d.give(scanItem("MUG", 1))
			d.want(do("short", "1", "not-found"), Accepted, CodeShort, Packing)
			meanwhile(d)
			v := d.want(scanItem("MUG", 1), Accepted, CodePutBack, Packing)
			if l := d.s.Work.Line("1"); v.Qty != 1 || v.Have != 2 || l.Short != 0 || l.Open() != 1 {
				t.Errorf("%+v; %+v", v, l)
			}
		})
	}
}

// Whatever else is said of a line that was left out opens it again as well.
func TestALineThatWasLeftOutOpensByAnyWay(t *testing.T) {
	for name, e := range map[string]Event{
		"put-back": do("put-back", "2"),
		"by hand":  do("confirm", "2"),
		"count":    Command{Name: "count", Value: "2", N: 1},
		"card":     scanItem("CANDLE", 1),
	} {
		d := newDesk(t)
		d.rules(func(r *Rules) { r.ConfirmRole = station.Packer })
		d.openOrder(order1042())
		d.give(scanItem("MUG", 1))
		d.give(do("short", "2", "not-found"))
		if v := d.give(e); v.Kind != Accepted || d.s.Work.LeftOut() != 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
	d := newDesk(t)
	d.openOrder(noted())
	d.give(do("short", "3", "later"))
	d.want(do("confirm", "3"), Accepted, CodeConfirmed, Packing)
	if l := d.s.Work.Line("3"); !l.Confirmed || l.LeftOut() != 0 {
		t.Errorf("a note that was left out: %+v", l)
	}
}

// What the order no longer wants is not short.
func TestWhatIsNoLongerWantedIsNotLeftOut(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.give(scanItem("CANDLE", 1))
	d.give(do("short", "1", "not-found"))
	o := order1042()
	o.Version, o.Lines[0].Qty = 2, 1
	d.give(ShopChanged{Status: station.OrderOpen, Order: o})
	if n := d.s.Work.LeftOut(); n != 0 {
		t.Errorf("%d are left out of an order that is whole", n)
	}
	d.want(scanItem("MUG", 1), Refused, CodeOverScan, Weighing)
}

// What is too much comes out before what is not. (06)
func TestTheExcessComesOutFirst(t *testing.T) {
	d := newDesk(t)
	d.openOrder(twice())
	d.give(scanItem("MUG", 6))
	o := twice()
	o.Version, o.Lines[0].Qty = 2, 1
	d.want(ShopChanged{Status: station.OrderOpen, Order: o}, Refused, CodeOrderChanged, Packing)
	d.give(do("remove"))
	d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Packing)
	if n := d.s.Work.Excess(); n != 1 {
		t.Errorf("%d are still too many", n)
	}
	d.give(do("remove"))
	d.give(quantityCard(2))
	if v := d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Packing); v.Qty != -2 || d.s.Work.Excess() != 0 {
		t.Errorf("two by a card: %+v", v)
	}
}

// Whatever is done, in whatever order, one undo has it as it was before. Two lines of
// one product, a note, cases, boxes and what was left out among it.
func TestOneUndoTakesBackOneThing(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	carton := func(id string) Event {
		return Scanned{Meanings: []Meaning{{Kind: MeansCarton, Carton: &Carton{ID: id}}}}
	}
	line := func() string { return fmt.Sprint(1 + r.IntN(4)) }
	things := []func() Event{
		func() Event { return scanItem("MUG", 1) },
		func() Event { return scanItem("MUG", 2+r.IntN(5)) },
		func() Event { return scanItem("CANDLE", 1) },
		func() Event { return do("short", line(), "later") },
		func() Event { return do("put-back", line()) },
		func() Event { return do("swap", line()) },
		func() Event { return do("confirm", line()) },
		func() Event { return Command{Name: "count", Value: line(), N: 1 + r.IntN(3)} },
		func() Event { return carton([]string{"M", "L"}[r.IntN(2)]) },
		func() Event { return do("next-parcel") },
		func() Event { return do("remove") },
		func() Event { return quantityCard(1 + r.IntN(3)) },
		func() Event { return do("undo") },
	}
	done := 0
	for range 25 {
		d := newDesk(t)
		d.slow = true
		d.rules(func(r *Rules) { r.ConfirmRole, r.LockAfter = station.Packer, 0 })
		o := twice()
		o.Lines[1].Qty = 4
		d.openOrder(o)
		for range 60 {
			before, was := d.bench(), d.s
			e := things[r.IntN(len(things))]()
			if c, undo := e.(Command); undo && c.Name == "undo" {
				d.give(e)
				continue
			}
			v := d.give(e)
			if d.s.Work == nil {
				break // the order is closed: nothing of it is left to undo
			}
			if v.Kind != Accepted || was.Removing || was.Count != 0 || d.s.asking() {
				continue
			}
			done++
			after := d.s
			if v := d.give(do("undo")); v.Code != CodeUndone || d.bench() != before {
				t.Fatalf("%#v, undone: %s (%s)\n   now %s\nbefore %s", e, v.Code, v.Reason, d.bench(), before)
			}
			d.s = after
		}
	}
	if done < 250 {
		t.Errorf("only %d things were undone", done)
	}
}
