package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

func answer(n int) Event { return Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: n}}} }

func card(name string) Event {
	return Scanned{Meanings: []Meaning{{Kind: MeansCommand, Command: &Command{Name: name}}}}
}

// A carton's maximum is what it may weigh; nothing that is scanned is too heavy
// for an empty box, because then the order could not be packed at all.
func TestACartonIsFullAtItsMaximum(t *testing.T) { // B2
	for grams, codes := range map[unit.Mass][2]Code{
		300:  {CodeItem, CodeCartonFull}, // not even one fits
		1099: {CodeItem, CodeCartonFull},
		1100: {CodeItem, CodeItem}, // 100 g of carton and two mugs
	} {
		o := order1042()
		o.Carton.Max = grams * unit.Gram
		d := newDesk(t)
		d.openOrder(o)
		for i, code := range codes {
			if v := d.give(scanItem("MUG", 1)); v.Code != code {
				t.Errorf("at most %d g: mug %d is %s, want %s", grams, i+1, v.Code, code)
			}
		}
	}
}

func TestAQuantityCardEndsAt9999(t *testing.T) { // Q3
	d := newDesk(t)
	d.openOrder(order1042())
	for n, code := range map[int]Code{-1: CodeNotNow, 0: CodeNotNow, 1: CodeCounted, 9999: CodeCounted, 10000: CodeNotNow} {
		v := d.give(Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: n}}})
		if v.Code != code || code == CodeCounted && v.Qty != n {
			t.Errorf("%d: %s for %d", n, v.Code, v.Qty)
		}
	}
}

// A code that has two meanings, neither of them for now, is answered by the
// first: there is nothing to choose.
func TestNothingIsAskedWhereNoMeaningFits(t *testing.T) { // S5
	d := newDesk(t)
	d.openOrder(order1042())
	order := Meaning{Kind: MeansOrder, Orders: []OrderHint{{ID: "1050"}}}
	parcel := Meaning{Kind: MeansParcel, Parcel: &ParcelRef{ID: "9-1", Order: "9", SSCC: "S"}}
	v := d.want(Scanned{Raw: "1050", Meanings: []Meaning{order, parcel}}, Refused, CodeNotNow, Packing)
	if v.Reason != "order-open" || v.OtherOrder != "1050" {
		t.Errorf("%+v", v)
	}
	d.want(answer(1), Refused, CodeNotNow, Packing)
	v = d.want(Scanned{Raw: "1050", Meanings: []Meaning{parcel, order}}, Refused, CodeNotNow, Packing)
	if v.Reason != Reason(Packing) {
		t.Errorf("%+v", v)
	}
}

// One scan of a case can fill two lines of a product, and one undo empties both.
func TestAnUndoTakesBackAllOfOneScan(t *testing.T) { // Q6
	o := order1042()
	o.Lines[0].Qty = 1
	o.Lines = append(o.Lines, LineInfo{ID: "3", SKU: "MUG", Kind: station.Goods, Qty: 2, Mass: 500 * unit.Gram})
	d := newDesk(t)
	d.openOrder(o)
	d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing)
	d.want(scanItem("MUG", 2), Accepted, CodePack, Packing)
	if v := d.want(do("undo"), Accepted, CodeUndone, Packing); v.Qty != -2 || v.Open != 3 {
		t.Errorf("%+v", v)
	}
	if v := d.want(do("undo"), Accepted, CodeUndone, Packing); v.SKU != "CANDLE" || v.Qty != -1 || v.Open != 4 {
		t.Errorf("the scan before: %+v", v)
	}
}

func TestTwentyScansCanBeUndone(t *testing.T) { // Q6
	o := order1042()
	o.Lines[0].Qty = 30
	d := newDesk(t)
	d.openOrder(o)
	for range 22 {
		d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	}
	for n := range 20 {
		if v := d.want(do("undo"), Accepted, CodeUndone, Packing); v.Have != 21-n {
			t.Fatalf("undo %d leaves %d mugs", n+1, v.Have)
		}
	}
	d.want(do("undo"), Refused, CodeNothingToUndo, Packing)
	if n := d.s.Work.Units(); n != 2 {
		t.Errorf("%d units, want 2", n)
	}
}

// An item that was scanned first, and is on no line any more when its order
// opens, is not counted.
func TestAnItemThatTheOrderLostIsNotCounted(t *testing.T) { // Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	d.want(scanItem("SOAP", 1, "1042"), Asked, CodeOrderProposed, Idle)
	d.give(answer(1))
	v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeOrderOpened, Packing)
	if v.SKU != "" || v.Qty != 0 || v.Open != 4 {
		t.Errorf("%+v", v)
	}
}

// The cards that a locked bench obeys answer whose badge it waits for.
func TestALockedBenchSaysWhoseBadge(t *testing.T) { // Q2
	d := newDesk(t)
	d.openOrder(order1042())
	for range 3 {
		d.give(scanItem("BLUE", 1))
	}
	if v := d.want(card("unlock"), Asked, CodeNeedsRole, Locked); v.Needs != station.Supervisor || v.Command != "unlock" {
		t.Errorf("%+v", v)
	}
	d.want(card("sign-out"), Refused, CodeLocked, Locked)
	d.want(card("undo"), Refused, CodeLocked, Locked)
}

// The answer to a question has said it twice, whoever asked.
func TestAnAnswerIsNotAskedAgain(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.s.Question = &Question{Choices: []Choice{{N: 1, Text: "give it up", Command: &Command{Name: "cancel"}}}}
	d.want(answer(1), Accepted, CodeCancelled, Idle)
}
