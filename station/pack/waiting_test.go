package pack

import (
	"slices"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// buysOnce: for a parcel one label is being bought at most, none beside one that is kept
// or may have been bought for another wish, and a back-up only after a sure no.
func (d *desk) buysOnce() {
	d.t.Helper()
	buying := map[string]Effect{}
	for _, e := range d.s.Pending {
		if !e.buys() {
			continue
		}
		if old, twice := buying[e.Parcel]; twice {
			d.t.Fatalf("parcel %s is bought by %s and by %s", e.Parcel, old.ID, e.ID)
		}
		buying[e.Parcel] = e
		if w := d.s.WorkOf(e.Parcel); w == nil || w.Parcel.Label != nil || w.Parcel.LabelKey != e.Key() {
			d.t.Fatalf("%+v is bought beside what the parcel has", e)
		}
	}
	before := d.before
	for _, f := range d.last {
		switch f := f.(type) {
		case Judged:
			continue
		case FailedOver:
			if w := before.WorkOf(f.Parcel); w.Parcel.Purchase == PurchaseUnknown || !w.Parcel.Wait.Auto {
				d.t.Fatalf("a back-up after %+v", w.Parcel)
			}
			if !slices.ContainsFunc(d.last, func(f Fact) bool { c, ok := f.(CaseOpened); return ok && c.Code == CodeFailover }) {
				d.t.Fatal("a back-up that no supervisor hears of")
			}
		case EffectAsked:
			w := before.WorkOf(f.Effect.Parcel)
			if f.Effect.Kind == EffectBuy && w != nil && w.Parcel.Purchase == PurchaseUnknown && f.Effect.Key() != w.Parcel.LabelKey && !givesBack(d.last, w.Parcel.LabelKey) {
				d.t.Fatalf("%+v is bought, and nobody asks what became of %s", f.Effect, w.Parcel.LabelKey)
			}
		}
	}
}

func givesBack(facts []Fact, key string) bool {
	return slices.ContainsFunc(facts, func(f Fact) bool {
		e, ok := f.(EffectAsked)
		return ok && e.Effect.Kind == EffectVoid && e.Effect.Key() == key
	})
}

// backedUp is a parcel whose label is being bought, and may be bought from two others.
func (d *desk) backedUp() {
	d.rules(func(r *Rules) { r.BackUp = BackUp{Percent: 50, Minor: 500} })
	d.packed(order1042())
	w := reading(1800 * unit.Gram)
	w.Quotes = ranked()
	d.give(w)
}

func ranked() []Quote {
	price := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }
	return []Quote{
		{Service: "post", Carrier: "demo", Price: price(450), Allowed: true, Chosen: true, Rank: 1},
		{Service: "post-plus", Carrier: "demo", Price: price(460), Allowed: true, Rank: 2},
		{Service: "express", Carrier: "fast", Price: price(675), Allowed: true, Rank: 3},
		{Service: "gold", Carrier: "dear", Price: price(676), Allowed: true, Rank: 4},
		{Service: "slow", Carrier: "snail", Price: price(300), Allowed: true},
		{Service: "freight", Carrier: "big", Reason: "too light"},
	}
}

func (d *desk) refuse(t trouble.Trouble) Verdict {
	return d.give(Bought{Effect: d.pending(EffectBuy).ID, State: PurchaseRefused, Trouble: t})
}

func (d *desk) silence() Verdict {
	return d.refuse(trouble.New(trouble.CarrierSilent, d.pending(EffectBuy).Carrier))
}

func (d *desk) unsaid() Verdict {
	e := d.pending(EffectBuy)
	return d.give(Bought{Effect: e.ID, State: PurchaseUnknown, Trouble: trouble.New(trouble.CarrierUnsaid, e.Carrier, "REF")})
}

// later lets time pass, and the bench look after what waits.
func (d *desk) later(t time.Duration) Verdict {
	d.n += int(t / time.Second)
	return d.give(Round{})
}

func TestABackUpTakesOver(t *testing.T) { // C4
	for name, c := range map[string]struct {
		rules  BackUp
		answer Bought
		then   string // the service that is bought next, "" for none
	}{
		"the carrier is silent, with all its services": {BackUp{Percent: 50, Minor: 500}, Bought{Trouble: trouble.New(trouble.CarrierSilent, "demo")}, "express"},
		"this service is refused":                      {BackUp{Percent: 50, Minor: 500}, Bought{Elsewhere: true, Trouble: recorded("not on Sundays")}, "post-plus"},
		"the address is refused":                       {BackUp{Percent: 50, Minor: 500}, Bought{Trouble: trouble.New(trouble.CarrierRefused, "demo", "no such street", "")}, ""},
		"too dear by a cent in money":                  {BackUp{Percent: 50, Minor: 224}, Bought{Trouble: trouble.New(trouble.CarrierSilent, "demo")}, ""},
		"too dear by the share":                        {BackUp{Percent: 49, Minor: 500}, Bought{Trouble: trouble.New(trouble.CarrierSilent, "demo")}, ""},
		"switched off":                                 {BackUp{Off: true, Percent: 50, Minor: 500}, Bought{Trouble: trouble.New(trouble.CarrierSilent, "demo")}, ""},
		"unknown":                                      {BackUp{Percent: 50, Minor: 500}, Bought{State: PurchaseUnknown, Trouble: trouble.New(trouble.CarrierSilent, "demo")}, ""},
	} {
		d := newDesk(t)
		d.backedUp()
		d.rules(func(r *Rules) { r.BackUp = c.rules })
		c.answer.Effect = d.pending(EffectBuy).ID
		if c.answer.State == "" {
			c.answer.State = PurchaseRefused
		}
		v := d.give(c.answer)
		if c.then == "" {
			if v.Code != CodeLabelWaiting || len(d.s.Pending) != 0 || d.s.Work.Parcel.Service != "post" {
				t.Errorf("%s: %+v, %v", name, v, d.s.Pending)
			}
			continue
		}
		e := d.pending(EffectBuy)
		if e.Service != c.then || e.Intent != "" || v.Code != CodeFailover || v.Service != c.then || v.Given != "post" || v.Was.Minor != 450 || v.Case == "" {
			t.Errorf("%s: %+v, %+v", name, e, v)
		}
	}
}

// Whoever chose a service by hand has it, or waits for it.
func TestNoBackUpForWhatAPackerChose(t *testing.T) { // C4
	d := newDesk(t)
	d.backedUp()
	d.refuse(recorded("no funds"))
	d.want(do("service", "post"), Accepted, CodeService, Labelling)
	if v := d.silence(); v.Code != CodeLabelWaiting || len(d.s.Pending) > 0 {
		t.Errorf("%+v, %v", v, d.s.Pending)
	}
}

// Where none is left the parcel waits, and its label is asked for ever more seldom,
// from the choice on.
func TestAParcelGetsItsLabelByItself(t *testing.T) { // C6
	d := newDesk(t)
	d.backedUp()
	d.silence()
	if v := d.silence(); v.Code != CodeLabelWaiting || v.Trouble.Code != trouble.CarrierSilent {
		t.Fatalf("%+v", v)
	}
	if v := d.give(do("park")); !v.Aside {
		t.Errorf("nobody is told to put the box aside: %+v", v)
	}
	if d.later(27 * time.Second); len(d.s.Pending) > 0 {
		t.Fatal("asked again at once")
	}
	if d.later(5 * time.Second); d.pending(EffectBuy).Service != "post" {
		t.Fatalf("%v", d.s.Pending)
	}
	d.silence()
	if v := d.silence(); v.Code != "" {
		t.Errorf("the packer is told once more: %+v", v)
	}
	if d.later(40 * time.Second); len(d.s.Pending) > 0 {
		t.Fatal("asked again too soon")
	}
	d.later(30 * time.Second)
	if v := d.want(bought(d.pending(EffectBuy), "A"), Accepted, CodeLabelBought, Idle); v.Order != "1042" || v.Parcel != "1042-1" {
		t.Errorf("%+v", v)
	}
	if v := d.give(ended(d.printing(DocumentLabel), PrintPrinted, "")); v.Code != CodeLabelPrinted || !v.Aside || v.Order != "1042" {
		t.Errorf("%+v", v)
	}
	own := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A"}
	d.give(Scanned{Meanings: []Meaning{parcelOf(own)}})
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeOrderClosed, Idle)
}

// The label of a box that stands aside is scanned once the order in hand is done, or
// waits for its own; one that another order took its goods from is looked at first.
func TestTheLabelOfABoxAsideIsScannedBack(t *testing.T) { // C6, L5
	other := order1042()
	other.ID = "1043"
	own := Scanned{Meanings: []Meaning{parcelOf(ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A"})}}
	aside := func(t *testing.T) *desk {
		d := newDesk(t)
		d.backedUp()
		d.give(do("park"))
		d.give(bought(d.pending(EffectBuy), "A"))
		d.openOrder(other)
		return d
	}
	d := aside(t)
	if v := d.want(own, Refused, CodeNotNow, Packing); v.Reason != ReasonAside || v.OtherOrder != "1042" {
		t.Errorf("%+v", v)
	}
	d.packAll()
	d.give(Weighed{Scale: ScaleZero})
	d.give(reading(1800 * unit.Gram))
	d.silence() // its own label waits
	d.give(own)
	changed := order1042()
	changed.Version, changed.Lines[0].Qty = 2, 2
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: changed}, Refused, CodeOrderChanged, Closing)
	d = aside(t)
	d.packAll()
	d.give(Weighed{Scale: ScaleZero})
	d.give(reading(1800 * unit.Gram))
	d.label("B")
	if v := d.want(own, Refused, CodeLabelWrongBox, Closing); v.Case == "" {
		t.Errorf("label 2 on box 1: %+v", v)
	}
}

// One carrier is asked for one label at a time; where that is bought, the next follows
// at once.
func TestACarrierThatAnswersAgain(t *testing.T) { // C6
	d := newDesk(t)
	for _, id := range []string{"1", "2", "3"} {
		o := order1042()
		o.ID = id
		d.packed(o)
		d.give(Weighed{Scale: ScaleZero})
		d.give(reading(1800 * unit.Gram))
		d.silence()
		d.give(do("park"))
	}
	d.later(time.Minute)
	for _, id := range []string{"1", "2", "3"} {
		if e := d.pending(EffectBuy); e.Order != id || !e.Unasked {
			t.Fatalf("%+v, want order %s", e, id)
		}
		d.give(bought(d.pending(EffectBuy), id))
	}
	if len(d.s.Unlabelled()) > 0 {
		t.Error("some wait still")
	}
}

// Nothing comes out at a bench where nobody is, or of an order that the shop took back.
func TestWhenNoLabelIsAskedFor(t *testing.T) { // C6, Q8
	for name, before := range map[string]func(*desk){
		"signed out": func(d *desk) { d.give(do("sign-out")) },
		"cancelled":  func(d *desk) { d.give(ShopChanged{Status: station.OrderCancelled, Order: order1042()}) },
		"parked, and held": func(d *desk) {
			d.give(do("park"))
			d.give(ShopChanged{Status: station.OrderHeld, Order: order1042()})
		},
	} {
		d := newDesk(t)
		d.packed(order1042())
		d.give(reading(1800 * unit.Gram))
		d.silence()
		before(d)
		if d.later(time.Hour); d.s.Awaits(func(e Effect) bool { return e.Kind == EffectBuy }) {
			t.Errorf("%s: %v", name, d.s.Pending)
		}
	}
}

// Prices that do not hold any more are asked for again, also for a box that stands
// aside; then the label is bought.
func TestOldPricesAreAskedForAgain(t *testing.T) { // C5, C6
	d := newDesk(t)
	d.backedUp()
	d.refuse(trouble.New(trouble.QuoteStale))
	d.give(do("park"))
	d.slow = true
	d.later(time.Minute)
	if e := d.pending(EffectQuote); e.Parcel != "1042-1" || e.Mass != 1800*unit.Gram {
		t.Fatalf("%+v", e)
	}
	fresh := ranked()
	fresh[0].Chosen, fresh[0].Rank, fresh[2].Chosen, fresh[2].Rank = false, 2, true, 1
	d.give(QuotesReady{Effect: d.pending(EffectQuote).ID, Quotes: fresh})
	if e := d.pending(EffectBuy); e.Service != "express" || d.s.Phase != Idle {
		t.Errorf("%+v in %s", e, d.s.Phase)
	}
}

// A carrier that cannot tell what it sold makes one case, and a supervisor says what
// its page shows.
func TestASupervisorSaysWhetherALabelWasBought(t *testing.T) { // C5
	d := newDesk(t)
	d.backedUp()
	e := d.pending(EffectBuy)
	if v := d.unsaid(); v.Code != CodePurchaseUnknown || v.Case == "" {
		t.Fatalf("%+v", v)
	}
	d.later(time.Minute)
	if v := d.unsaid(); v.Code != "" || len(d.written("case-opened")) > 0 {
		t.Errorf("told again: %+v", v)
	}
	d.want(do("label-there", ""), Refused, CodePurchaseUnknown, Labelling)
	d.want(do("label-there", "JJD1"), Asked, CodeNeedsRole, Labelling)
	d.want(badge("boss", station.Supervisor), Info, CodeLabelWaiting, Labelling)
	look := d.pending(EffectLook)
	if look.Looked != "JJD1" || look.Key() != e.Key() {
		t.Errorf("%+v", look)
	}
	d.want(do("label-none"), Refused, CodeNotNow, Labelling)
	d.give(Bought{Effect: look.ID, State: PurchaseUnknown, Trouble: trouble.New(trouble.CarrierUnsaid, "demo", "REF")})
	d.want(do("label-none"), Asked, CodeNeedsRole, Labelling)
	d.give(badge("boss", station.Supervisor))
	d.give(Bought{Effect: d.pending(EffectLook).ID, State: PurchaseRefused})
	if again := d.pending(EffectBuy); again.Key() != e.Key() || again.Looked != "" {
		t.Errorf("%+v", again)
	}
	d.label("A")
}

// An account that is late is named, before the verdict of the weight.
func TestALateAccountIsNamed(t *testing.T) { // C2
	d := weighed(t, true)
	quotes := append(ranked(), Quote{Service: "web/", Source: "web", Late: true})
	if v := d.give(QuotesReady{Effect: d.pending(EffectQuote).ID, Quotes: quotes}); v.Code != CodeQuoteLate || !slices.Equal(v.Late, []string{"web"}) {
		t.Errorf("%+v", v)
	}
	if v := d.s.Recent[0]; v.Code != CodeWeightOK {
		t.Errorf("the card says %s", v.Code)
	}
}

// What a journal of old leaves without a label is asked for like any other.
func TestAWaitingParcelOfAnOldJournal(t *testing.T) {
	d := newDesk(t)
	d.packed(order1042())
	d.give(reading(1800 * unit.Gram))
	id := d.pending(EffectBuy).ID
	for _, f := range []Fact{EffectEnded{ID: id}, LabelTroubled{Parcel: "1042-1", Old: "no answer"}} {
		d.s = Fold(d.s, Upcast(f))
	}
	if d.give(Round{}); d.pending(EffectBuy).Key() != id {
		t.Errorf("%v", d.s.Pending)
	}
}

// A service that takes no such parcel is not asked again while another one is silent: the
// silent one is, and nobody where no other is left. New prices ask all of them.
func TestARefusalStands(t *testing.T) { // C4, C6
	no := func(d *desk) Verdict {
		e := d.pending(EffectBuy)
		return d.give(Bought{Effect: e.ID, State: PurchaseRefused, Elsewhere: true, Stands: true, Trouble: trouble.New(trouble.CarrierRefused, e.Carrier, "no batteries", "")})
	}
	d := newDesk(t)
	d.backedUp()
	no(d) // post
	no(d) // post-plus
	if e := d.pending(EffectBuy); e.Service != "express" {
		t.Fatalf("%+v", e)
	}
	d.silence()
	for range 3 {
		d.later(20 * time.Minute)
		if e := d.pending(EffectBuy); e.Service != "express" || d.s.Work.Parcel.Wait.First != "post" {
			t.Fatalf("%+v, %+v", e, d.s.Work.Parcel.Wait)
		}
		d.silence()
	}
	d.later(20 * time.Minute)
	no(d)
	if d.later(time.Hour); len(d.s.Pending) != 0 {
		t.Errorf("asked again, though all have refused: %v", d.s.Pending)
	}
	d.give(do("retry")) // a person may
	if e := d.pending(EffectBuy); e.Service != "post" {
		t.Errorf("%+v", e)
	}
	d.refuse(trouble.New(trouble.QuoteStale))
	d.slow = true
	d.later(time.Hour)
	e := d.pending(EffectQuote)
	d.give(QuotesReady{Effect: e.ID, Quotes: ranked()})
	if e := d.pending(EffectBuy); e.Service != "post" || len(d.s.Work.Parcel.Wait.No) > 0 {
		t.Errorf("new prices: %+v, %+v", e, d.s.Work.Parcel.Wait)
	}
}

// Where a box without a label stands is noted, and kept until the label has come and the
// parcel is closed; what is no place of the house is refused.
func TestTheBoxOfAWaitingParcelHasAPlace(t *testing.T) { // C6
	place := func(text string) Command { return Command{Name: "place", Value: text} }
	d := newDesk(t)
	d.backedUp()
	d.rules(func(r *Rules) { r.BackUp = BackUp{Off: true} })
	d.silence()
	for _, no := range []string{"", "  ", "-", "by the window, behind the blue shelf", "A\x01"} {
		if v := d.want(place(no), Refused, CodeNotNow, Labelling); v.Reason != ReasonPlace || d.s.Work.Parcel.Wait.Place != "" {
			t.Errorf("%q: %+v", no, v)
		}
	}
	if v := d.want(place(" A-12-3 "), Info, CodeLabelWaiting, Labelling); v.Name != "A-12-3" || d.s.Work.Parcel.Wait.Place != "A-12-3" {
		t.Errorf("%+v", v)
	}
	d.want(Scanned{Raw: "B-7", Meanings: []Meaning{{Kind: MeansPlace, Place: "B-7"}}}, Info, CodeLabelWaiting, Labelling) // a bin
	if d.s.Work.Parcel.Wait.Place != "B-7" {
		t.Errorf("scanned: %+v", d.s.Work.Parcel.Wait)
	}
	unknown := func(code string) Scanned { return Scanned{Raw: code} }
	d.want(unknown("4006381333931"), Refused, CodeUnknownCode, Labelling) // an article that nobody knows
	d.want(unknown("by the window, behind the blue shelf"), Refused, CodeUnknownCode, Labelling)
	for _, code := range []string{"C-9", "C-8"} { // another one is another question
		if v := d.want(unknown(code), Asked, CodeLabelWaiting, Labelling); v.Reason != ReasonPlaceSure || v.Name != code || d.s.Work.Parcel.Wait.Place != "B-7" {
			t.Errorf("%+v, at %s", v, d.s.Work.Parcel.Wait.Place)
		}
	}
	d.want(unknown("C-8"), Info, CodeLabelWaiting, Labelling) // by the scanner alone
	if d.s.Work.Parcel.Wait.Place != "C-8" || d.s.Question != nil {
		t.Errorf("%+v, %+v", d.s.Work.Parcel.Wait, d.s.Question)
	}
	d.want(unknown("A-12-3"), Asked, CodeLabelWaiting, Labelling)
	d.want(answer(1), Info, CodeLabelWaiting, Labelling)
	d.give(do("park"))
	d.later(time.Minute)
	d.give(bought(d.pending(EffectBuy), "A"))
	if w := d.s.Parked["1042"]; w == nil || w.Parcel.Wait.Place != "A-12-3" {
		t.Errorf("with its label the place is forgotten: %+v", w)
	}
	d.want(place("B-1"), Refused, CodeNotNow, Idle)
}
