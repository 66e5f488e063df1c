package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// What a carrier charges above its price is told once, with a case, and is what the parcel
// costs; what it charges less is nobody's trouble.
func TestADearerLabelIsTold(t *testing.T) { // C5
	for _, c := range []struct {
		more int64
		coin string
		told bool
	}{{1, "EUR", true}, {0, "USD", true}, {0, "EUR", false}, {-1, "EUR", false}} {
		d := weighed(t, false)
		e := d.pending(EffectBuy)
		b := bought(e, "A")
		b.Cost = &unit.Money{Minor: e.Price.Minor + c.more, Currency: c.coin}
		v := d.give(b)
		cases := d.written("case-opened")
		if told := v.Code == CodeLabelDearer && *v.Price == *b.Cost && *v.Was == e.Price && v.Case != ""; told != c.told || told != (len(cases) == 1) || d.s.Phase != Closing {
			t.Errorf("%+v: %+v, %d cases, %s", c, v, len(cases), d.s.Phase)
		}
		d.give(scanLabel("A", "1042"))
		want := *b.Cost
		if c.coin != "EUR" {
			want = e.Price
		}
		if done := d.written("parcel-done"); len(done) != 1 || done[0].(ParcelDone).Price != want {
			t.Errorf("%+v: the parcel costs %+v", c, done)
		}
	}
}

// A label that was lost at its carrier is told once, whatever came of the purchase.
func TestALostLabelIsTold(t *testing.T) { // C5
	d := weighed(t, false)
	lost := []LostLabel{{Ref: "R1", Kept: recorded("it was scanned")}}
	no := Bought{Effect: d.pending(EffectBuy).ID, State: PurchaseRefused, Trouble: recorded("no answer"), Lost: lost}
	if v := d.want(no, Info, CodeLabelLost, Labelling); v.Trouble.Code == "" || v.Case == "" || v.Parcel != "1042-1" {
		t.Errorf("%+v", v)
	}
	d.give(do("retry"))
	b := bought(d.pending(EffectBuy), "A")
	b.Lost = append(lost, LostLabel{Ref: "R2"})
	if v := d.want(b, Info, CodeLabelLost, Closing); v.Trouble.Code != "" {
		t.Errorf("%+v", v)
	}
	if n := len(d.written("case-opened")); n != 1 {
		t.Errorf("%d cases", n)
	}
}

// What was bought although nobody knew is given back by itself, and told.
func TestADoubleLabelIsTold(t *testing.T) { // C5
	d := weighed(t, false)
	d.want(Bought{Effect: d.pending(EffectBuy).ID, State: PurchaseUnknown, Trouble: recorded("no answer")}, Refused, CodeLabelWaiting, Labelling)
	d.give(do("service", "express"))
	if v := d.want(Voided{Effect: d.pending(EffectVoid).ID, Double: true, Asked: true}, Info, CodeLabelDouble, Labelling); v.Case == "" || v.Parcel != "1042-1" {
		t.Errorf("%+v", v)
	}
	if n := len(d.written("case-opened")); n != 1 {
		t.Errorf("%d cases", n)
	}
}

// Whoever would void a label reads its carrier's rule first, by whatever way (C5).
func TestTheVoidRuleIsShown(t *testing.T) {
	const rule = "within 30 days"
	for _, c := range []Command{{Name: "void"}, {Name: "service", Value: "express"}, {Name: "reopen", Parcel: &ParcelRef{ID: "7-1", Order: "7", State: ParcelClosed, VoidRule: rule}}} {
		d := newDesk(t)
		d.give(badge("p1", station.Packer))
		if c.Name != "reopen" {
			d = weighed(t, false)
			b := bought(d.pending(EffectBuy), "A")
			b.VoidRule = rule
			d.give(b)
		}
		d.s.Rules.VoidRole = station.Supervisor
		if v := d.give(c); v.Kind != Asked || v.Rule != rule {
			t.Errorf("%s: %+v", c.Name, v)
		}
		if v := d.give(Command{Name: "choose", N: 1}); v.Code != CodeNeedsRole || v.Rule != rule {
			t.Errorf("%s, whose badge: %+v", c.Name, v)
		}
	}
}
