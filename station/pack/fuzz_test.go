package pack

import (
	"cmp"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// seeds are the plays that the fuzz target begins with. Each arm of the generator
// comes in one of them.
var seeds = [][]byte{
	{0, 1, 2, 10, 10, 10, 11, 40, 50, 60, 70},
	{0, 1, 2, 10, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34},
	{0, 1, 2, 12, 12, 12, 3, 10, 80, 81, 82, 83, 84, 90, 91},
	{0, 1, 2, 10, 10, 10, 11, 41, 35, 36, 3, 50, 61, 62, 36, 37, 38, 70, 85},
	{0, 1, 2, 10, 10, 10, 11, 40, 50, 60, 70, 106, 107, 90, 108, 109, 62, 60, 1, 2, 106, 33, 60},
	{0, 13, 36, 2, 10, 23, 1, 2, 86, 10, 39, 3, 1, 2},
	{0, 1, 2, 110, 11, 110, 10, 10, 112, 90, 20, 12, 12, 12, 111, 112, 10, 11, 41, 99, 65, 66},
	{0, 1, 2, 10, 10, 10, 11, 40, 55, 113, 114, 115, 116, 117, 60, 70, 123, 67},
	{0, 39, 2, 11, 40, 50, 63, 91, 63, 90, 34, 62, 35, 60, 70},
	{0, 87, 100, 68, 101, 69, 105, 89, 132, 89, 88, 118, 35, 119, 120, 121, 124, 125, 122, 200},
	{142, 0, 1, 2, 10, 10, 10, 11, 143, 133, 134, 31, 137, 138, 133, 138, 50, 60, 70, 2},
	{0, 1, 2, 10, 10, 10, 11, 40, 135, 131, 138, 126, 136, 139, 3, 135, 126, 50, 60, 33, 90, 3, 141, 140},
	{0, 1, 2, 131, 10, 10, 10, 11, 40, 44, 126, 131, 130, 91, 30, 20, 127, 128, 129, 1, 2, 130},
}

// FuzzDecide plays any sequence of inputs, results that nobody waits for among
// them: no panic, no broken count, one thing asked at a time with a way back from it,
// and folding the facts of the journal gives the live state after every row.
func FuzzDecide(f *testing.F) {
	for _, script := range seeds {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 200 {
			script = script[:200]
		}
		d := newDesk(t)
		d.facts = nil
		state := d.s
		for _, b := range script {
			d.give(fuzzEvent(d, b))
			for _, fact := range d.last {
				state = Fold(state, fact)
			}
			if asJSON(t, state) != asJSON(t, d.s) {
				t.Fatal("folding the facts gives another state")
			}
			if asksTwo(d.s) {
				t.Fatalf("it asks %s, and for the badge to %s", d.s.Question.Code, d.s.Wanted.Action.Name)
			}
		}
		d.waitsForNothing(t, "at the end")
		var back State // a snapshot loses nothing
		if err := json.Unmarshal([]byte(asJSON(t, d.s)), &back); err != nil || asJSON(t, back) != asJSON(t, d.s) {
			t.Fatalf("the state does not survive being stored: %v", err)
		}
	})
}

// TestTheSeedsReachEveryArm fails where an arm of the generator stands behind
// another one, or does nothing in the seeds of what it is there for.
func TestTheSeedsReachEveryArm(t *testing.T) {
	reached := make([]bool, len(arms))
	codes := map[Code]bool{}
	for _, script := range seeds {
		d := newDesk(t)
		for _, b := range script {
			if i := armOf(b); i >= 0 {
				reached[i] = true
			}
			codes[d.give(fuzzEvent(d, b)).Code] = true
		}
	}
	for i, a := range arms {
		if !reached[i] {
			t.Errorf("no seed reaches %d to %d", a.first, a.last)
		}
		for j := range i {
			if b := arms[j]; a.first <= b.last && b.first <= a.last {
				t.Errorf("%d to %d and %d to %d overlap", b.first, b.last, a.first, a.last)
			}
		}
	}
	for _, code := range []Code{
		CodeCounted, CodeUnlocked, CodeAmbiguousCode, CodeLoading, CodeHandedOver, CodeManifest, CodePaper,
		CodeReprinted, CodePrinterTrouble, CodeScaleObeyed, CodeFailover, CodeLabelBought, CodePurchaseUnknown, CodeVoidAsked, CodeOrderClosed, CodeReopened, CodeOrderHeld,
	} {
		if !codes[code] {
			t.Errorf("no seed leads to %s", code)
		}
	}
}

// arm makes the events of the bytes first to last; n counts from 0.
type arm struct {
	first, last byte
	event       func(d *desk, n int) Event
}

// armOf returns the arm of a byte, -1 for a byte of none.
func armOf(b byte) int {
	return slices.IndexFunc(arms, func(a arm) bool { return a.first <= b && b <= a.last })
}

// fuzzEvent is the event that a byte stands for on this desk: a weighing for a
// byte of no arm.
func fuzzEvent(d *desk, b byte) Event {
	if i := armOf(b); i >= 0 {
		return arms[i].event(d, int(b-arms[i].first))
	}
	return Weighed{Scale: ScaleState([]string{"zero", "moving", "over", "none", "odd"}[int(b)%5]), Mass: unit.Mass(b)}
}

// wish is the newest wish of a kind, zero for none.
func (d *desk) wish(kind EffectKind) Effect {
	return d.newest(func(e Effect) bool { return e.Kind == kind })
}

// wished is the newest wish for a document of one of the kinds.
func (d *desk) wished(kinds ...string) Effect {
	return d.newest(func(e Effect) bool { return slices.Contains(kinds, e.Document.Kind) })
}

func (d *desk) newest(which func(Effect) bool) Effect {
	var last Effect
	for _, id := range slices.Sorted(maps.Keys(d.s.Pending)) { // the same script is the same play
		if e := d.s.Pending[id]; which(e) {
			last = e
		}
	}
	return last
}

var arms = slices.Concat(fuzzPacking, fuzzLabels, fuzzVan)

var fuzzPacking = []arm{
	{0, 0, func(*desk, int) Event { return badge("p1", station.Packer) }},
	{1, 1, func(*desk, int) Event { return scanOrder("1042") }},
	{2, 2, func(d *desk, _ int) Event {
		o, open := order1042(), d.wish(EffectOpen)
		o.ID = cmp.Or(open.Order, "1042")
		if of := d.s.Opening; of != nil && of.Reopen != nil {
			o.Parcels, o.Begun = []ParcelRef{*of.Reopen}, 1
		}
		return OrderReady{Effect: open.ID, Order: o}
	}},
	{3, 3, func(*desk, int) Event { return badge("boss", station.Supervisor) }},
	{10, 13, func(_ *desk, n int) Event {
		return scanItem([]string{"MUG", "CANDLE", "BLUE", "MUG"}[n], 1+n/3*5, "1042", "1043")
	}},
	{20, 39, func(_ *desk, n int) Event {
		names := []string{
			"undo", "remove", "put-back", "swap", "short", "confirm", "count", "carton", "next-parcel", "weigh", "service",
			"park", "cancel", "void", "reprint", "retry", "next-order", "authorise", "sign-out", "reopen",
		}
		c := Command{Name: names[n], Value: []string{"", "1", "2", "express"}[n%4], N: (n + 2) % 3, Sure: n%2 == 0}
		if n%3 == 1 {
			c.Reason = "damaged"
		}
		c.Carton = &Carton{ID: "L", Tare: 10 * unit.Gram, Max: unit.Kilogram}
		c.Orders = []OrderHint{{ID: "1043"}}
		if c.Name == "reopen" && n%2 == 1 {
			c.Parcel = &ParcelRef{ID: "1042-1", Order: "1042", SSCC: "1042-1", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 3}}}
		}
		return c
	}},
	{40, 49, func(_ *desk, n int) Event {
		w := reading(unit.Mass(1800+10*n) * unit.Gram) // the first four are right
		w.Typed = n%2 == 1
		return w
	}},
	{80, 80, func(d *desk, _ int) Event {
		open := d.wish(EffectOpen)
		return OrderRefused{Effect: open.ID, Order: open.Order, Code: CodeOrderHeld}
	}},
	{81, 85, func(_ *desk, n int) Event {
		o := order1042()
		o.Version, o.Lines[0].Qty = 81+n, n
		return ShopChanged{Status: []station.OrderStatus{station.OrderHeld, station.OrderOpen}[n%2], Order: o}
	}},
	{86, 86, func(*desk, int) Event { return Scanned{Raw: "?", Problem: "cut"} }},
	{90, 98, func(_ *desk, n int) Event { return answer(n + 1) }},
	{99, 99, func(*desk, int) Event { return Scanned{Meanings: []Meaning{{Kind: MeansReason, Reason: "filling"}}} }},
	{110, 110, func(*desk, int) Event { return Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: 2}}} }},
	{111, 111, func(*desk, int) Event { return Unlocked{By: "boss"} }},
	{112, 112, func(*desk, int) Event {
		two := scanItem("MUG", 1, "1042").(Scanned)
		two.Meanings = append(two.Meanings, scanItem("BLUE", 1).(Scanned).Meanings...)
		return two
	}},
}

var fuzzLabels = []arm{
	{50, 59, func(d *desk, n int) Event {
		label := d.wish(EffectBuy)
		made := bought(label, label.Parcel)
		if n >= 5 {
			made.Papers = []string{"slip", "inside", "customs"}
		}
		return made
	}},
	{60, 64, func(d *desk, n int) Event {
		print := d.wished(DocumentLabel)
		states := []PrintState{PrintPrinted, PrintSent, PrintTrouble, PrintUnknown, PrintAsked}
		return Printed{Effect: print.ID, State: states[n], Ended: n%2 == 0}
	}},
	{65, 65, func(d *desk, _ int) Event {
		return Bought{Effect: d.wish(EffectBuy).ID, State: PurchaseRefused, Trouble: recorded("no numbers left")}
	}},
	{66, 67, func(d *desk, n int) Event {
		return EffectFailed{Effect: d.wish([]EffectKind{EffectOpen, EffectBuy}[n]).ID, Trouble: recorded("disk")}
	}},
	{70, 74, func(_ *desk, n int) Event { return scanLabel("1042-"+strconv.Itoa(n+1), "1042") }},
	{106, 109, func(_ *desk, n int) Event { // of a closed parcel, or one of two
		ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "1042-1", State: ParcelClosed, Document: "doc", Papers: map[string]int{"slip": n % 2}}
		c := Command{Name: "reprint", Reason: "lost", Parcels: []ParcelRef{ref, {ID: "1042-2", Order: "1042", SSCC: "2"}}[:1+n%2]}
		if n > 1 {
			c.Name, c.Value, c.Reason = "paper", "slip", ""
		}
		return c
	}},
	{113, 117, func(d *desk, n int) Event {
		p := []Printed{{State: PrintTrouble, Trouble: recorded("paper is out")}, {State: PrintSent, Ended: true}, {State: PrintUnknown, Ended: true}, {State: PrintNeedless, Ended: true}, {State: PrintUndrawn, Ended: true}}[n]
		p.Effect = d.wished(PaperKinds...).ID
		return p
	}},
}

var fuzzVan = []arm{
	{68, 69, func(d *desk, n int) Event {
		claim := d.wish(EffectClaim)
		state := []ParcelState{ParcelClosed, ParcelLoading}[n]
		return ParcelClaimed{Effect: claim.ID, Parcel: ParcelRef{ID: claim.Parcel, Order: "9", SSCC: claim.SSCC, State: state, Carrier: "post"}}
	}},
	{87, 87, func(*desk, int) Event {
		return Command{Name: "handover", Value: "post", Van: &Van{Carrier: "post", Dock: 3}}
	}},
	{88, 88, func(*desk, int) Event { return Command{Name: "driver", Value: "d1"} }},
	{89, 89, func(*desk, int) Event { return Command{Name: "handover"} }},
	{100, 105, func(_ *desk, n int) Event {
		ref := ParcelRef{ID: "9-" + strconv.Itoa(n), Order: "9", SSCC: strconv.Itoa(n), State: ParcelClosed, Carrier: "post"}
		if n == 5 {
			ref.Carrier = "other"
		}
		return Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}}
	}},
	{118, 121, func(d *desk, n int) Event {
		m := []Printed{{State: PrintPrinted, Ended: true}, {State: PrintTrouble, Trouble: recorded("paper is out")}, {State: PrintUnknown, Ended: true}, {State: PrintTrouble, Ended: true}}[n]
		m.Effect = d.wished(DocumentManifest).ID
		return m
	}},
	{122, 122, func(d *desk, _ int) Event {
		return Command{Name: "reprint-manifest", Value: d.wished(DocumentManifest).Document.Of, Reason: "lost"}
	}},
	{123, 123, func(d *desk, _ int) Event { return EffectDone{Effect: d.wish(EffectFree).ID} }},
	{126, 126, func(d *desk, _ int) Event { return QuotesReady{Effect: d.wish(EffectQuote).ID, Quotes: d.quotes} }},
	{127, 129, func(d *desk, n int) Event {
		return Voided{Effect: d.wish(EffectVoid).ID, State: []PurchaseState{"", PurchaseRefused, PurchaseUnknown}[n]}
	}},
	{130, 130, func(d *desk, _ int) Event { return Bought{Effect: d.wish(EffectBuy).ID, State: PurchaseUnknown} }},
	{131, 131, func(d *desk, _ int) Event { // from now on the carriers answer late, or at once again
		d.slow = !d.slow
		return do("weigh")
	}},
	{132, 132, func(*desk, int) Event { return do("back") }},
	{133, 136, func(d *desk, n int) Event {
		e := Bought{Effect: cmp.Or(d.wish(EffectLook).ID, d.wish(EffectBuy).ID), State: PurchaseRefused}
		switch n {
		case 0:
			e.Trouble = trouble.New(trouble.CarrierSilent, "demo")
		case 1:
			e.Elsewhere, e.Trouble = true, recorded("no such service")
		case 2:
			e.Trouble = trouble.New(trouble.QuoteStale)
		case 3:
			e.State, e.Trouble = PurchaseUnknown, trouble.New(trouble.CarrierUnsaid, "demo", "REF")
		}
		return e
	}},
	{142, 142, func(d *desk, _ int) Event {
		r := d.s.Rules
		r.BackUp = BackUp{Percent: 50, Minor: 500}
		return Started{Rules: r}
	}},
	{143, 143, func(*desk, int) Event {
		w := reading(1800 * unit.Gram)
		w.Quotes = ranked()
		return w
	}},
	{137, 138, func(d *desk, n int) Event {
		d.n += 600 * n // what waits is due
		return Round{}
	}},
	{139, 140, func(_ *desk, n int) Event { return do([]string{"label-none", "label-there"}[n], "T1") }},
	{141, 141, func(d *desk, _ int) Event { return Voided{Effect: d.wish(EffectVoid).ID, Asked: true} }},
	{124, 124, func(*desk, int) Event { return Command{Name: "zero"} }},
	{125, 125, func(d *desk, _ int) Event { return ScaleObeyed{Effect: d.wish(EffectScale).ID} }},
}

// TestAnyShift plays many random scripts, as the fuzz target does.
func TestAnyShift(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	r := rand.New(rand.NewPCG(1, 2))
	usual := []byte{0, 1, 2, 10, 10, 10, 11, 40, 44, 50, 60, 62, 70, 71, 3, 90, 91, 36, 20, 31, 33, 133, 138, 143}
	for range 150 {
		d := newDesk(t)
		d.give(fuzzEvent(d, 142))
		for range 60 {
			b := usual[r.IntN(len(usual))]
			if r.IntN(3) == 0 {
				b = byte(r.IntN(144))
			}
			d.give(fuzzEvent(d, b))
		}
	}
}
