package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// weighed is a desk whose parcel has its weight.
func weighed(t *testing.T, slow bool) *desk {
	d := newDesk(t)
	d.slow = slow
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	return d
}

func (d *desk) answer() Verdict {
	return d.give(QuotesReady{Effect: d.pending(EffectQuote).ID, Quotes: d.quotes})
}

// The bench goes on to the carrier when the carriers have answered; until then the
// parcel is not weighed twice.
func TestTheCarriersAnswerLate(t *testing.T) { // C1, W1
	d := weighed(t, true)
	if e := d.pending(EffectQuote); e.Parcel != "1042-1" || e.Mass != 1800*unit.Gram || e.Carton != "M" || d.s.Phase != Weighing {
		t.Fatalf("%+v in %s", e, d.s.Phase)
	}
	d.want(reading(1900*unit.Gram), Refused, CodeNotNow, Weighing)
	if v := d.answer(); v.Code != CodeWeightOK || v.Service != "post" || v.Weight.Mass != 1800*unit.Gram || d.s.Phase != Labelling {
		t.Errorf("%+v in %s", v, d.s.Phase)
	}
}

// Quotes for a parcel that is another one by now are of no use.
func TestQuotesThatComeTooLate(t *testing.T) { // C1, C5
	for name, change := range map[string]func(*desk){
		"weighed again": func(d *desk) { d.want(do("weigh"), Info, CodeAllScanned, Weighing) },
		"an item more": func(d *desk) {
			d.want(do("undo"), Accepted, CodeUndone, Weighing)
			d.want(do("undo"), Accepted, CodeUndone, Packing)
		},
		"parked": func(d *desk) { d.want(do("park"), Accepted, CodeParked, Idle) },
		"parked, another open": func(d *desk) {
			d.give(do("park"))
			o := order1042()
			o.ID = "1043"
			d.openOrder(o)
		},
		"given up": func(d *desk) { d.want(do("cancel"), Accepted, CodeCancelled, Idle) },
	} {
		d := weighed(t, true)
		late := QuotesReady{Effect: d.pending(EffectQuote).ID, Quotes: d.quotes}
		change(d)
		phase := d.s.Phase
		if v := d.give(late); v.Code != "" || d.s.Phase != phase || slices.ContainsFunc(d.last, func(f Fact) bool { return f.Tag() == "effect-asked" }) {
			t.Errorf("%s: %+v, %v in %s", name, v, d.last, d.s.Phase)
		}
	}
}

// Where nobody could be asked the parcel is put on the scale again.
func TestNoCarrierCouldBeAsked(t *testing.T) { // C1
	d := weighed(t, true)
	d.want(EffectFailed{Effect: d.pending(EffectQuote).ID, Trouble: recorded("disk")}, Refused, CodeNotNow, Weighing)
	d.want(Weighed{Scale: ScaleZero}, Info, CodeWeightZero, Weighing)
	d.give(reading(1800 * unit.Gram))
	if v := d.answer(); v.Code != CodeWeightOK {
		t.Errorf("%+v", v)
	}
}

// A purchase whose answer nobody saw is not one that failed: a retry is for the same
// wish, and what replaces it gives it back.
func TestAPurchaseThatMayHaveBeenMade(t *testing.T) { // C5, C6, F2
	for name, c := range map[string]struct {
		state PurchaseState
		then  Event
		back  bool
	}{
		"unknown, another service": {PurchaseUnknown, do("service", "express"), true},
		"unknown, given up":        {PurchaseUnknown, do("cancel"), true},
		"unknown, tried again":     {PurchaseUnknown, do("retry"), false},
		"refused, another service": {PurchaseRefused, do("service", "express"), false},
		"refused, given up":        {PurchaseRefused, do("cancel"), false},
	} {
		d := weighed(t, false)
		e := d.pending(EffectBuy)
		d.want(Bought{Effect: e.ID, State: c.state, Trouble: recorded("no answer")}, Refused, CodeLabelWaiting, Labelling)
		d.give(c.then)
		var back, again []Effect
		for _, p := range d.s.Pending {
			switch p.Kind {
			case EffectVoid:
				back = append(back, p)
			case EffectBuy:
				again = append(again, p)
			}
		}
		if c.back != (len(back) == 1 && back[0].Key() == e.Key() && back[0].Carrier == "demo") || !c.back && len(back) > 0 {
			t.Errorf("%s: gives back %+v", name, back)
		}
		for _, p := range again {
			if retry := p.Service == "post"; retry != (p.Key() == e.Key()) {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}

// A refund that is refused after weeks is a case as well.
func TestARefundThatIsRefusedLate(t *testing.T) {
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	if v := d.want(RefundRefused{Order: "7", Parcel: "7-1", Trouble: recorded("it was scanned")}, Info, CodeVoidRefused, Idle); v.Parcel != "7-1" || v.Case == "" {
		t.Errorf("%+v", v)
	}
	if got := d.written("case-opened"); len(got) != 1 || got[0].(CaseOpened).Kind != "void" || got[0].(CaseOpened).Parcel != "7-1" {
		t.Errorf("%+v", got)
	}
}

// What is being bought when the address changes is given back, whatever comes of it.
func TestAPurchaseUnderWayForAnOldAddress(t *testing.T) { // C5
	d := newDesk(t)
	o := order1042()
	o.Address = "there"
	d.openOrder(o)
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	e := d.pending(EffectBuy)
	o.Version, o.Address = 2, "elsewhere"
	d.want(ShopChanged{Status: station.OrderOpen, Order: o}, Refused, CodeOrderChanged, Weighing)
	if back := d.pending(EffectVoid); back.Key() != e.Key() || len(d.s.Pending) != 1 {
		t.Errorf("%+v", d.s.Pending)
	}
	d.silent(bought(e, "A"))
}

// A void stays wished for until the carrier has answered. One that it does not grant
// is somebody's case.
func TestWhatBecomesOfAVoid(t *testing.T) {
	d := weighed(t, false)
	d.label("A")
	d.want(badge("boss", station.Supervisor), Accepted, CodeTakenOver, Closing)
	d.want(do("void"), Accepted, CodeVoided, Choosing)
	e := d.pending(EffectVoid)
	if e.SSCC != "A" || e.Carrier != "demo" || d.s.Work.Parcel.LabelKey != "" {
		t.Errorf("%+v, %+v", e, d.s.Work.Parcel)
	}
	d.silent(Voided{Effect: e.ID, State: PurchaseUnknown, Trouble: recorded("no answer")})
	d.silent(EffectFailed{Effect: e.ID, Trouble: recorded("disk")})
	if d.pending(EffectVoid).ID != e.ID {
		t.Fatal("the wish is gone")
	}
	d.give(Voided{Effect: e.ID, State: PurchaseRefused, Trouble: recorded("too late")})
	if len(d.s.Pending) != 0 || !slices.ContainsFunc(d.last, func(f Fact) bool {
		c, ok := f.(CaseOpened)
		return ok && c.Kind == "void" && c.Parcel == "1042-1" && c.Scanned == "A" && c.Reason == "recorded"
	}) {
		t.Errorf("%v, pending %v", d.last, d.s.Pending)
	}
}

// A parcel that is weighed again is asked for again: what was offered for its old
// weight cannot be bought any more.
func TestAParcelIsWeighedAgainBeforeAServiceIsTaken(t *testing.T) { // C1, W1
	d := newDesk(t)
	d.rules(func(r *Rules) { r.AskService = true })
	d.packed(order1042())
	d.give(reading(1800 * unit.Gram))
	d.give(Weighed{Scale: ScaleZero})
	d.slow = true
	d.give(reading(1820 * unit.Gram))
	d.want(do("service", "express"), Refused, CodeServiceNone, Choosing)
	if e := d.pending(EffectQuote); len(d.s.Pending) != 1 || e.Mass != 1820*unit.Gram {
		t.Errorf("%+v", d.s.Pending)
	}
	d.answer()
	d.want(do("service", "express"), Accepted, CodeService, Labelling)
	if e := d.pending(EffectBuy); len(d.s.Pending) != 1 || e.Mass != 1820*unit.Gram {
		t.Errorf("%+v", d.s.Pending)
	}
}
