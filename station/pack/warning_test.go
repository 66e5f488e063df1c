package pack

import (
	"testing"

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
