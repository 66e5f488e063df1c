package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// closing is a desk whose parcel has label A, which is being printed, and papers
// on their way.
func closing(t *testing.T, papers ...string) *desk {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.want(bought(d.pending(EffectBuy), "A", papers...), Accepted, CodeLabelMade, Closing)
	return d
}

func (d *desk) print(state PrintState) Printed { return ended(d.printing(DocumentLabel), state, "") }

// silent returns news that nobody waits for any more.
func (d *desk) silent(e Event) {
	d.t.Helper()
	if v := d.give(e); v.Code != "" || len(d.last) != 0 {
		d.t.Errorf("%T is still waited for: %s, %v", e, v.Code, d.last)
	}
}

func TestABoxWithTooMuchInItIsNotClosed(t *testing.T) { // Q8, L5
	d := closing(t)
	less := order1042()
	less.Version, less.Lines[0].Qty = 2, 2
	d.want(ShopChanged{Status: station.OrderOpen, Order: less}, Refused, CodeOrderChanged, Closing)
	if v := d.want(scanLabel("A", "1042"), Refused, CodeOrderChanged, Closing); v.Reason != ReasonExcessLabelled || len(v.Excess) != 1 {
		t.Errorf("%+v", v)
	}
	d.want(badge("boss", station.Supervisor), Accepted, CodeTakenOver, Closing)
	d.want(do("void"), Accepted, CodeVoided, Choosing)
	d.want(do("put-back", "1"), Accepted, CodePutBack, Packing)
}

// A label that was made while its order was parked is there when the order comes
// back: nobody asks for another.
func TestALabelOfAParkedOrderIsWaitedForNoMore(t *testing.T) { // L4, Q11
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	e := d.pending(EffectBuy)
	d.want(do("park"), Accepted, CodeParked, Idle)
	d.want(bought(e, "A"), Accepted, CodeLabelBought, Idle)
	d.give(scanOrder("1042"))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeResumed, Closing)
	d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
}

// The label that was scanned back is there: what its printer says later is no news.
func TestALabelOnItsBoxIsNotWaitedFor(t *testing.T) { // L4
	d := closing(t)
	late := d.print(PrintTrouble)
	d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
	d.silent(late)
}

// A label that is on its way may be asked for again, and the first is given up;
// one that waits for its printer comes by itself.
func TestALabelUnderWayIsPrintedAgain(t *testing.T) { // L4, L5
	d := closing(t)
	first := d.print(PrintPrinted)
	d.want(do("reprint", "", "damaged"), Accepted, CodeReprinted, Closing)
	d.silent(first)
	again := d.print(PrintTrouble)
	again.Ended, again.Trouble = false, recorded("paper is out")
	d.want(again, Refused, CodePrinterTrouble, Closing)
	if v := d.want(do("reprint", "", "damaged"), Refused, CodePrinterTrouble, Closing); !v.Waits || v.Trouble.Wrong() != "paper is out" {
		t.Errorf("%+v", v)
	}
	if n := d.s.Label().Copy; n != 1 {
		t.Errorf("%d reprints are counted", n)
	}
}

// What goes with an order on hold is not printed.
func TestThePapersOfAnOrderOnHoldAreTakenBack(t *testing.T) { // Q8, L3
	d := closing(t, "slip", "customs")
	var late []Event
	for _, e := range d.s.Pending {
		if e.Document.paper() {
			late = append(late, ended(e, PrintPrinted, ""))
		}
	}
	late = append(late, d.print(PrintPrinted))
	d.want(ShopChanged{Status: station.OrderHeld, Order: order1042()}, Refused, CodeOrderHeld, Closing)
	if len(late) != 3 {
		t.Fatalf("%d were on their way", len(late))
	}
	for _, e := range late {
		d.silent(e)
	}
}

// A box may go while its slip is still being printed; a border lets none pass
// without its papers.
func TestWhichPapersAParcelIsClosedWithout(t *testing.T) { // L3
	d := closing(t, "slip", "return", "customs")
	if v := d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle); !slices.Equal(v.Missing, []string{"customs"}) {
		t.Errorf("closed without %v", v.Missing)
	}
}

// The packer's word that a label is there is taken only where that is the question.
func TestThePackerSaysThatALabelCameOut(t *testing.T) { // L4
	d := closing(t)
	d.want(do("label-came-out"), Refused, CodeNotNow, Closing)
	d.want(d.print(PrintUnknown), Asked, CodeLabelUnknownOutcome, Closing)
	if v := d.want(answer(1), Accepted, CodeLabelSent, Closing); v.Reason != "seen" {
		t.Errorf("%+v", v)
	}
	d.want(do("print-again"), Refused, CodeNotNow, Closing)
	d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
}

// The question whether a label came out is not passed over by other work.
func TestTheQuestionOfALabelStays(t *testing.T) { // L4
	d := closing(t)
	d.want(d.print(PrintUnknown), Asked, CodeLabelUnknownOutcome, Closing)
	d.want(scanItem("MUG", 1), Refused, CodeNotNow, Closing)
	d.want(do("weigh"), Refused, CodeNotNow, Closing)
	d.want(answer(2), Accepted, CodeReprinted, Closing)
}

// Who leaves a parcel to its printer has no order open until the next one is.
func TestTheBenchIsIdleBetweenTwoOrders(t *testing.T) { // C6
	d := closing(t)
	d.want(d.print(PrintTrouble), Refused, CodePrinterTrouble, Closing)
	before := d.s
	d.give(Command{Name: "next-order", Orders: []OrderHint{{ID: "1043"}}})
	var phases []Phase
	for _, f := range d.last {
		if before = Fold(before, f); len(phases) == 0 || phases[len(phases)-1] != before.Phase {
			phases = append(phases, before.Phase)
		}
	}
	if !slices.Equal(phases, []Phase{Closing, Idle, Opening}) {
		t.Errorf("the journal says %v", phases)
	}
}

// One of two closed parcels is opened again; the other stays closed.
func TestOneOfTwoParcelsIsOpenedAgain(t *testing.T) { // Q12
	first := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 3}}}
	second := ParcelRef{ID: "1042-2", Order: "1042", SSCC: "B", State: ParcelClosed, Contents: []Content{{Line: "2", SKU: "CANDLE", Qty: 1}}}
	o := order1042()
	o.Parcels, o.Begun = []ParcelRef{first, second}, 2
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	d.reopen(second)
	v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Weighing)
	if v.Parcel != "1042-2" || d.s.Work.Units() != 1 {
		t.Errorf("%+v with %d units", v, d.s.Work.Units())
	}
	if e := d.s.Work.Earlier; len(e) != 1 || e[0].ID != "1042-1" {
		t.Errorf("closed before: %+v", e)
	}
}

// Which parcel a reprint means is asked with the order of the first one.
func TestTheQuestionWhichParcelNamesItsOrder(t *testing.T) {
	d := closedDesk(t)
	other := closedRef()
	other.ID, other.Order = "7-1", "7"
	if v := d.want(again("lost", closedRef(), other), Asked, CodeAmbiguousCode, Idle); v.Order != "1042" {
		t.Errorf("%+v", v)
	}
}
