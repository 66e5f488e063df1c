package pack

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// FuzzDecide plays any sequence of inputs, results that nobody waits for among
// them: no panic, no broken count, and folding the facts of the journal gives
// the live state after every row.
func FuzzDecide(f *testing.F) {
	whole := []byte{0, 1, 2, 10, 10, 10, 11, 40, 50, 60, 70}
	f.Add(whole)
	f.Add([]byte{0, 1, 2, 10, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34})
	f.Add([]byte{0, 1, 2, 12, 12, 12, 3, 10, 80, 81, 82, 83, 84, 90, 91})
	f.Add([]byte{0, 1, 2, 10, 10, 10, 11, 41, 35, 36, 3, 50, 61, 62, 36, 37, 38, 70, 85})
	f.Add([]byte{0, 1, 2, 10, 10, 10, 11, 40, 50, 60, 70, 106, 107, 90, 108, 109, 62, 60, 1, 2, 106, 33, 60})
	f.Add([]byte{0, 13, 36, 2, 10, 23, 1, 2, 86, 10, 39, 3, 1, 2})
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
		}
		var back State // a snapshot loses nothing
		if err := json.Unmarshal([]byte(asJSON(t, d.s)), &back); err != nil || asJSON(t, back) != asJSON(t, d.s) {
			t.Fatalf("the state does not survive being stored: %v", err)
		}
	})
}

func fuzzEvent(d *desk, b byte) Event {
	commands := []string{
		"undo", "remove", "put-back", "swap", "short", "confirm", "count", "carton", "next-parcel", "weigh", "service",
		"park", "cancel", "void", "reprint", "retry", "next-order", "authorise", "sign-out", "reopen",
	}
	var open, label, print, claim Effect
	for _, id := range slices.Sorted(maps.Keys(d.s.Pending)) { // the same script is the same play
		switch e := d.s.Pending[id]; e.Kind {
		case EffectOpen:
			open = e
		case EffectLabel:
			label = e
		case EffectPrint:
			print = e
		case EffectClaim:
			claim = e
		}
	}
	o := order1042()
	switch {
	case b == 0:
		return badge("p1", station.Packer)
	case b == 1:
		return scanOrder("1042")
	case b == 2:
		o.ID = open.Order
		if o.ID == "" {
			o.ID = "1042"
		}
		return OrderReady{Effect: open.ID, Order: o}
	case b == 3:
		return badge("boss", station.Supervisor)
	case b == 10, b == 11, b == 12, b == 13:
		return scanItem([]string{"MUG", "CANDLE", "BLUE", "MUG"}[b-10], 1+int(b-10)/3*5, "1042", "1043")
	case b >= 20 && b < 40:
		name := commands[b-20]
		c := Command{Name: name, Value: []string{"", "1", "2", "express"}[int(b)%4], N: int(b) % 3, Sure: b%2 == 0}
		if b%3 == 0 {
			c.Reason = "damaged"
		}
		c.Carton = &Carton{ID: "L", Tare: 10 * unit.Gram, Max: unit.Kilogram}
		c.Orders = []OrderHint{{ID: "1043"}}
		return c
	case b >= 40 && b < 50:
		w := reading(unit.Mass(1600+10*int(b)) * unit.Gram)
		w.Typed = b%2 == 1
		return w
	case b >= 50 && b < 60:
		return LabelMade{Effect: label.ID, Parcel: label.Parcel, SSCC: label.Parcel, Document: "doc"}
	case b >= 60 && b < 65:
		states := []PrintState{PrintPrinted, PrintSent, PrintTrouble, PrintUnknown, PrintAsked}
		return PrintReported{Effect: print.ID, Parcel: print.Parcel, State: states[b-60], Ended: b%2 == 0}
	case b == 65:
		return LabelFailed{Effect: label.ID, Parcel: label.Parcel, Words: "no numbers left"}
	case b == 66, b == 67:
		return EffectFailed{Effect: []string{open.ID, label.ID}[b-66], Words: "disk"}
	case b >= 70 && b < 75:
		return scanLabel("1042-"+string('0'+rune(b-69)), "1042")
	case b == 80:
		return OrderRefused{Effect: open.ID, Order: open.Order, Code: CodeOrderHeld}
	case b >= 81 && b < 86:
		o.Version = int(b)
		o.Lines[0].Qty = int(b) - 81
		return ShopChanged{Status: []station.OrderStatus{station.OrderOpen, station.OrderHeld}[b%2], Order: o}
	case b == 86:
		return Scanned{Raw: "?", Problem: "cut"}
	case b == 87:
		return Command{Name: "handover", Value: "post", Van: &Van{Carrier: "post", Dock: 3}}
	case b == 88:
		return Command{Name: "driver", Value: "d1"}
	case b == 68, b == 69:
		return ParcelClaimed{Effect: claim.ID, Parcel: ParcelRef{ID: claim.Parcel, Order: "9", SSCC: claim.SSCC, State: []ParcelState{ParcelClosed, ParcelLoading}[b-68], Carrier: "post"}}
	case b == 89:
		return Command{Name: "handover"}
	case b >= 100 && b < 106:
		ref := ParcelRef{ID: "9-" + string('0'+rune(b-100)), Order: "9", SSCC: string('0' + rune(b-100)), State: ParcelClosed, Carrier: "post"}
		if b == 105 {
			ref.Carrier = "other"
		}
		return Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}}
	case b >= 106 && b < 110: // of a closed parcel, or one of two
		ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "1042-1", State: ParcelClosed, Document: "doc", Papers: map[string]int{"slip": int(b) % 2}}
		c := Command{Name: "reprint", Reason: "lost", Parcels: []ParcelRef{ref, {ID: "1042-2", Order: "1042", SSCC: "2"}}[:1+b%2]}
		if b > 107 {
			c.Name, c.Value, c.Reason = "paper", "slip", ""
		}
		return c
	case b >= 90 && b < 99:
		return Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: int(b) - 89}}}
	case b == 99:
		return Scanned{Meanings: []Meaning{{Kind: MeansReason, Reason: "filling"}}}
	case b == 100:
		return Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: 2}}}
	case b == 101:
		return Unlocked{By: "boss"}
	case b == 102:
		return Scanned{Meanings: []Meaning{{Kind: MeansProduct}, {Kind: MeansOrder}}}
	}
	return Weighed{Scale: ScaleState([]string{"zero", "moving", "over", "none", "odd"}[int(b)%5]), Mass: unit.Mass(b)}
}

// TestAnyShift plays many random scripts, as the fuzz target does.
func TestAnyShift(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	r := rand.New(rand.NewPCG(1, 2))
	usual := []byte{0, 1, 2, 10, 10, 10, 11, 40, 44, 50, 60, 62, 70, 71, 3, 90, 91, 36, 20, 31, 33}
	for range 150 {
		d := newDesk(t)
		for range 60 {
			b := usual[r.IntN(len(usual))]
			if r.IntN(3) == 0 {
				b = byte(r.IntN(110))
			}
			d.give(fuzzEvent(d, b))
		}
	}
}
