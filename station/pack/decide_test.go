package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

func TestAWholeOrder(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	v := d.want(reading(1810*unit.Gram), Accepted, CodeWeightOK, Labelling)
	if v.Service != "post" || v.Price.Minor != 450 {
		t.Errorf("the verdict names %s at %v, want the chosen service", v.Service, v.Price)
	}
	d.label("SSCC1")
	d.printed()
	d.want(scanLabel("SSCC1", "1042"), Accepted, CodeOrderClosed, Idle)
	i := slices.IndexFunc(d.facts, func(f Fact) bool { _, ok := f.(ParcelDone); return ok })
	done := d.facts[i].(ParcelDone)
	if done.Mass != 1810*unit.Gram || done.Price.Minor != 450 || len(done.Contents) != 2 || done.Parcel != "1042-1" {
		t.Errorf("closed parcel: %+v", done)
	}
}

func TestNothingWorksWithoutABadge(t *testing.T) {
	d := newDesk(t)
	for _, e := range []Event{scanOrder("1042"), scanItem("MUG", 1), do("next-order")} {
		d.want(e, Refused, CodeNotSignedIn, SignedOut)
	}
}

func TestWrongItemChangesNothingAndThreeLockTheBench(t *testing.T) { // Q2
	d := newDesk(t)
	d.openOrder(order1042())
	d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	before := d.s.Work.Units()
	v := d.want(scanItem("BLUE", 1), Refused, CodeWrongItem, Packing)
	if !slices.Equal(v.Expected, []string{"MUG", "CANDLE"}) || v.SKU != "BLUE" || v.Case == "" {
		t.Errorf("the verdict must name what was scanned, what is expected and its case: %+v", v)
	}
	d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing)
	d.want(scanItem("CANDLE", 1), Refused, CodeOverScan, Packing)
	d.want(scanItem("BLUE", 1), Refused, CodeWrongItem, Packing)
	d.want(scanItem("MUG", 6), Refused, CodePackTooBig, Locked)
	d.want(scanItem("MUG", 1), Refused, CodeLocked, Locked)
	d.want(badge("p2", station.Packer), Refused, CodeLocked, Locked)
	v = d.want(badge("boss", station.Supervisor), Accepted, CodeUnlocked, Packing)
	if v.Author != "boss" || v.By != "p1" {
		t.Errorf("an unlock must be recorded with both names: %+v", v)
	}
	if d.s.Work.Units() != before+1 {
		t.Errorf("%d units, want %d", d.s.Work.Units(), before+1)
	}
	d.want(scanItem("BLUE", 1), Refused, CodeWrongItem, Packing) // counting begins again
}

func TestCaseCodesAndCounts(t *testing.T) { // Q1, Q3
	o := order1042()
	o.Lines[0].Qty = 7
	o.Lines[1].Qty = 20
	d := newDesk(t)
	d.openOrder(o)
	v := d.want(scanItem("MUG", 6), Accepted, CodePack, Packing)
	if v.Have != 6 || v.Open != 21 {
		t.Errorf("a case of 6: %+v", v)
	}
	d.want(scanItem("MUG", 6), Refused, CodePackTooBig, Packing)
	d.give(Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: 5}}})
	d.want(scanItem("MUG", 1), Refused, CodePackTooBig, Packing)
	d.give(Scanned{Meanings: []Meaning{{Kind: MeansQuantity, N: 5}}})
	if v := d.want(scanItem("CANDLE", 1), Accepted, CodeCounted, Packing); v.Have != 5 {
		t.Errorf("a quantity card of 5: %+v", v)
	}
	if v := d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing); v.Have != 6 {
		t.Errorf("a quantity card counted twice: %+v", v)
	}
	c := Command{Name: "count", Value: "1", N: 1}
	d.want(c, Refused, CodeNotNow, Packing) // mugs may not be counted
	d.want(Command{Name: "count", Value: "2", N: 14}, Accepted, CodeCounted, Packing)
}

func TestUndoRemoveSwapPutBack(t *testing.T) { // Q6
	d := newDesk(t)
	d.openOrder(order1042())
	d.want(do("undo"), Refused, CodeNothingToUndo, Packing)
	d.packAll()
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	if d.s.Work.Units() != 2 {
		t.Fatalf("%d units after two undos, want 2", d.s.Work.Units())
	}
	d.want(do("remove"), Asked, CodeRemoved, Packing)
	d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Packing)
	d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing) // the removal was for one scan
	d.want(do("swap", "1"), Accepted, CodeSwapped, Packing)
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	if l := d.s.Work.Line("1"); l.Swapped != 0 || l.In != 2 {
		t.Errorf("undo of a swap: %+v", l)
	}
	d.want(do("put-back", "1"), Accepted, CodePutBack, Packing)
	if d.s.Work.Units() != 0 {
		t.Errorf("%d units after putting back", d.s.Work.Units())
	}
}

func TestShortNeedsAReasonAndLeavesTheRest(t *testing.T) { // Q7
	d := newDesk(t)
	d.openOrder(order1042())
	for range 3 {
		d.give(scanItem("MUG", 1))
	}
	v := d.want(do("short", "2"), Asked, CodeShort, Packing)
	if len(v.Choices) == 0 {
		t.Fatal("a short line without a reason must ask for one")
	}
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: 1}}}, Accepted, CodeShort, Weighing)
	if l := d.s.Work.Line("2"); l.Short != 1 || l.Reason != ShortReasons[0] {
		t.Errorf("line: %+v", l)
	}
	d2 := newDesk(t) // a whole order that cannot be found is closed without a parcel
	d2.openOrder(order1042())
	d2.give(do("short", "1", "not-found"))
	d2.want(do("short", "2", "not-found"), Accepted, CodeShort, Idle)
}

func TestWeightIsEvidence(t *testing.T) { // W1, W3, W4
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	for scale, code := range map[ScaleState]Code{
		ScaleZero: CodeWeightZero, ScaleMoving: CodeWeightMoving, ScaleOver: CodeWeightOver,
		ScaleUnder: CodeWeightUnder, ScaleNone: CodeWeightNone, ScaleUnknown: CodeWeightUnknown,
	} {
		if v := d.give(Weighed{Scale: scale}); v.Code != code || d.s.Phase != Weighing {
			t.Errorf("%s gives %s in %s", scale, v.Code, d.s.Phase)
		}
	}
	v := d.want(reading(1300*unit.Gram), Refused, CodeWeightOff, Weighing)
	if v.Weight.Cause == nil || v.Weight.Cause.SKU != "MUG" || v.Case == "" {
		t.Errorf("a miss must name its cause and be a case: %+v", v.Weight)
	}
	if len(d.s.Pending) != 0 {
		t.Fatal("a label was asked for")
	}
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	d.want(badge("p2", station.Packer), Accepted, CodeTakenOver, Weighing)
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	v = d.want(badge("boss", station.Supervisor), Accepted, CodeAuthorised, Labelling)
	if v.Author != "boss" || v.Weight.Reason != "filling" {
		t.Errorf("override: %+v", v)
	}
}

func TestNobodyClearsTheirOwnOverride(t *testing.T) { // P1
	d := newDesk(t)
	d.want(badge("boss", station.Supervisor), Accepted, CodeSignedIn, Idle)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1300 * unit.Gram))
	d.want(do("authorise", "", "filling"), Asked, CodeNeedsRole, Weighing)
	d.want(badge("boss", station.Supervisor), Refused, CodeOverrideRefused, Weighing)
	d.want(badge("chief", station.Manager), Accepted, CodeAuthorised, Labelling)
}

func TestTheLastParcelOnTheScaleIsNotThisOne(t *testing.T) { // W1, F: never an old weight
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
	d.label("A")
	d.give(scanLabel("A", "1042"))
	o := order1042()
	o.ID = "1043"
	d.openOrder(o)
	d.packAll()
	d.want(reading(1800*unit.Gram), Refused, CodeWeightStale, Weighing)
	d.want(Weighed{Scale: ScaleZero}, Info, CodeWeightZero, Weighing)
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling) // two equal parcels in a row
}

func TestTypedWeightNeedsARole(t *testing.T) { // W6
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	typed := reading(1800 * unit.Gram)
	typed.Typed = true
	d.want(typed, Asked, CodeNeedsRole, Weighing)
	v := d.want(badge("boss", station.Supervisor), Accepted, CodeWeightTyped, Labelling)
	if !v.Weight.Typed || v.Author != "boss" {
		t.Errorf("typed weight: %+v", v.Weight)
	}
}

func TestLabelOfAnotherBoxIsRefused(t *testing.T) { // L5
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.label("A")
	v := d.want(scanLabel("B", "1041"), Refused, CodeLabelWrongBox, Closing)
	if v.Order != "1042" || v.OtherOrder != "1041" {
		t.Errorf("both orders must be named: %+v", v)
	}
	d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
}

func TestAResultThatComesTwiceCountsOnce(t *testing.T) { // L5, F2
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	made := bought(d.pending(EffectBuy), "A")
	d.want(made, Accepted, CodeLabelMade, Closing)
	if d.give(made); len(d.last) != 0 {
		t.Errorf("the second result led to %v", d.last)
	}
}

// A paper that waits in its printer comes by itself: nobody is to ask for it
// again, and it is taken back with the label that it goes with.
func TestAPaperThatWaitsGoesOn(t *testing.T) { // L3, L4
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.label("A")
	d.want(do("paper", "slip"), Info, CodePaper, Closing)
	first := d.printing("slip")
	for range 2 {
		v := d.want(waits(first, "out of paper"), Refused, CodePaper, Closing)
		if v.Trouble.Wrong() != "out of paper" || v.Paper != "slip" || d.s.Pending[first.ID].Document.Kind != "slip" {
			t.Errorf("%+v, pending %v", v, d.s.Pending)
		}
	}
	d.want(ended(first, PrintPrinted, ""), Info, CodePaper, Closing)
	if _, waits := d.s.Pending[first.ID]; waits {
		t.Error("it is printed and waits still")
	}
	d.want(do("paper", "customs"), Info, CodePaper, Closing)
	d.want(ended(d.printing("customs"), PrintUndrawn, "none is needed"), Refused, CodeNotNow, Closing)
	for range 3 {
		d.want(do("paper", "slip", "lost"), Info, CodePaper, Closing)
	}
	d.want(badge("v1", station.Supervisor), Accepted, CodeTakenOver, Closing)
	d.want(do("void"), Accepted, CodeVoided, Choosing)
	for _, e := range d.s.Pending {
		if e.Kind != EffectVoid {
			t.Errorf("%s %s of a void label goes on", e.Kind, e.Document)
		}
	}
}

// What surely did not come out is asked for again without a reason and is no
// reprint; what may have come out is one. The parcel's closing says what it is
// closed without.
func TestPapersThatDidNotComeOut(t *testing.T) { // L3, L4, F2
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	e := d.pending(EffectBuy)
	d.want(bought(e, "A", "slip", "inside", "return", "customs"), Accepted, CodeLabelMade, Closing)
	ends := func(kind string, how PrintState, words string, lost int) Verdict {
		t.Helper()
		news := ended(d.printing(kind), how, words)
		news.Unprintable = lost
		d.give(news)
		return *d.s.Recent[0]
	}
	if v := ends("slip", PrintTrouble, "the printer refused the job", 0); v.Kind != Refused || v.Code != CodePrinterTrouble {
		t.Errorf("%+v", v)
	}
	d.want(do("paper", "slip"), Info, CodePaper, Closing)
	if n := d.s.Document("slip", e.Parcel).Copies(); n != 1 {
		t.Errorf("nothing came of the first one, and %d are counted", n)
	}
	for id, e := range d.s.Pending {
		if e.Document.Kind == "slip" && e.Copy != 0 {
			t.Errorf("%s is marked as a reprint", id)
		}
	}
	if v := ends("slip", PrintPrinted, "", 3); v.Kind != Accepted || v.Reason != "unprintable" || v.Qty != 3 {
		t.Errorf("%+v", v)
	}
	if v := ends("inside", PrintUnknown, "who knows", 0); v.Kind != Refused || v.Code != CodeLabelUnknownOutcome || v.Paper != "inside" {
		t.Errorf("%+v", v)
	}
	if d.s.Question != nil {
		t.Error("the question is the label's alone")
	}
	d.want(do("paper", "inside"), Asked, CodePaper, Closing)
	if v := ends("return", PrintNeedless, "not wanted", 0); v.Code != CodeNotNow {
		t.Errorf("%+v", v)
	}
	v := d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
	if !slices.Equal(v.Missing, []string{"inside", "customs"}) {
		t.Errorf("closed without %v", v.Missing)
	}
	if v := ends("customs", PrintTrouble, "the printer refused the job", 0); v.Code != CodePrinterTrouble || v.Parcel != e.Parcel {
		t.Errorf("after the closing: %+v", v)
	}
}

func TestUnknownPrintOutcomeIsAskedNotGuessed(t *testing.T) { // L4
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.label("A")
	e := d.printing(DocumentLabel)
	d.want(ended(e, PrintUnknown, ""), Asked, CodeLabelUnknownOutcome, Closing)
	if len(d.s.Pending) != 0 {
		t.Fatal("something is printed without being asked for")
	}
	d.give(do("sign-out"))
	d.give(badge("p2", station.Packer))
	if d.s.Question == nil {
		t.Fatal("the question is gone after a change of packer")
	}
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: 2}}}, Accepted, CodeReprinted, Closing)
	if p := d.printing(DocumentLabel); p.Copy != 1 {
		t.Errorf("a reprint must be counted: %+v", p)
	}
}

func TestPrinterTroubleDoesNotBlockTheNextOrder(t *testing.T) { // C6
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.label("A")
	next := Command{Name: "next-order", Orders: []OrderHint{{ID: "1043"}}}
	d.want(next, Refused, CodeNotNow, Closing) // the label is on its way: scan it first
	e := d.printing(DocumentLabel)
	d.want(waits(e, "paper is out"), Refused, CodePrinterTrouble, Closing)
	if v := d.want(do("retry"), Refused, CodePrinterTrouble, Closing); !v.Waits || v.Trouble.Wrong() != "paper is out" || d.printing(DocumentLabel).ID != e.ID {
		t.Errorf("it comes by itself: %+v", v)
	}
	d.give(next)
	if d.s.Phase != Opening || d.s.Parked["1042"] == nil {
		t.Fatalf("phase %s, parked %v", d.s.Phase, d.s.Parked)
	}
	d.give(ended(e, PrintPrinted, ""))
	if p := d.s.Document(DocumentLabel, e.Document.Of); p.State != PrintPrinted {
		t.Errorf("the parked parcel is %s after its label was printed", p.State)
	}
}

func TestSeveralParcels(t *testing.T) { // B2
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.want(do("next-parcel"), Accepted, CodeAllScanned, Weighing)
	light := reading(600 * unit.Gram)
	light.Expect.Mass = 600 * unit.Gram
	d.want(light, Accepted, CodeWeightOK, Labelling)
	d.label("A")
	d.want(scanLabel("A", "1042"), Accepted, CodeParcelClosed, Packing)
	if d.s.Work.Parcel.ID != "1042-2" || d.s.Work.OpenUnits() != 3 {
		t.Fatalf("second parcel %s with %d open", d.s.Work.Parcel.ID, d.s.Work.OpenUnits())
	}
	d.give(scanItem("MUG", 1))
	d.give(scanItem("MUG", 1))
	d.want(scanItem("MUG", 1), Refused, CodeOverScan, Packing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeAllScanned, Weighing)
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
	d.label("B")
	d.want(scanLabel("A", "1042"), Refused, CodeLabelWrongBox, Closing)
	d.want(scanLabel("B", "1042"), Accepted, CodeOrderClosed, Idle)
}

func TestParkAndResumeKeepsEverything(t *testing.T) { // Q11
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.want(do("park"), Accepted, CodeParked, Idle)
	d.give(do("sign-out"))
	d.want(badge("p2", station.Packer), Accepted, CodeSignedIn, Idle)
	d.give(scanOrder("1042"))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeResumed, Packing)
	if d.s.Work.Units() != 1 {
		t.Errorf("%d units after resuming, want 1", d.s.Work.Units())
	}
	d.want(do("undo"), Accepted, CodeUndone, Packing)
}

func TestRefusedOrders(t *testing.T) { // Q8
	for _, code := range []Code{CodeOrderHeld, CodeOrderCancelled, CodeOrderDone, CodeOrderElsewhere} {
		d := newDesk(t)
		d.give(badge("p1", station.Packer))
		d.give(scanOrder("1042"))
		v := d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "1042", Code: code, Reason: "because"}, Refused, code, Idle)
		if v.Why != "because" || v.Order != "1042" {
			t.Errorf("%s: %+v", code, v)
		}
	}
}

func TestTheShopInterruptsOnlyWhenTheParcelIsNotRight(t *testing.T) { // Q8
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	d.give(scanItem("MUG", 1))
	more := order1042()
	more.Version, more.Lines[0].Qty = 2, 5
	d.want(ShopChanged{Status: station.OrderOpen, Order: more}, Info, CodeOrderChanged, Packing)
	less := order1042()
	less.Version, less.Lines[0].Qty = 3, 1
	d.want(ShopChanged{Status: station.OrderOpen, Order: less}, Refused, CodeOrderChanged, Packing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing) // one mug too many: not finished
	d.give(do("remove"))
	d.want(scanItem("MUG", 1), Accepted, CodeRemoved, Weighing)
	d.want(ShopChanged{Status: station.OrderCancelled, Order: less}, Refused, CodeOrderCancelled, Weighing)
	d.want(reading(1800*unit.Gram), Refused, CodeOrderCancelled, Weighing)
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
}

func TestItemFirstProposesAndCountsTheItem(t *testing.T) { // Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	v := d.want(scanItem("MUG", 1, "1042", "1050"), Asked, CodeOrderProposed, Idle)
	if len(v.Choices) != 3 || !v.Choices[2].IsBack() {
		t.Fatalf("choices: %v", v.Choices)
	}
	d.give(Command{Name: "choose", N: 1})
	v = d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeOrderOpened, Packing)
	if v.SKU != "MUG" || v.Have != 1 {
		t.Errorf("the item in the hand was not counted: %+v", v)
	}
	d.want(scanItem("ODD", 1), Refused, CodeWrongItem, Packing)
	d.give(do("park"))
	d.want(scanItem("ODD", 1), Refused, CodeOrderUnknown, Idle)
}

func TestAmbiguityIsAsked(t *testing.T) { // S5, S6
	d := newDesk(t)
	d.openOrder(order1042())
	two := Scanned{Raw: "X", Meanings: []Meaning{
		{Kind: MeansProduct, Product: &Product{SKU: "MUG", Name: "Mug, white", Factor: 1}},
		{Kind: MeansProduct, Product: &Product{SKU: "BLUE", Name: "Mug, blue", Factor: 1}},
	}}
	d.want(two, Asked, CodeAmbiguousCode, Packing)
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: 1}}}, Accepted, CodeItem, Packing)
	d.want(two, Asked, CodeAmbiguousCode, Packing)
	d.want(scanItem("CANDLE", 1), Accepted, CodeItem, Packing) // passed over
	d.want(Scanned{Meanings: []Meaning{{Kind: MeansAnswer, N: 1}}}, Refused, CodeNotNow, Packing)
}

func TestDestructiveCardsAskForASecondScan(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	card := Scanned{Meanings: []Meaning{{Kind: MeansCommand, Command: &Command{Name: "cancel"}}}}
	d.want(card, Asked, CodeCancelled, Packing)
	d.give(scanItem("MUG", 1)) // something else disarms
	d.want(card, Asked, CodeCancelled, Packing)
	d.want(card, Accepted, CodeCancelled, Idle)
}

func TestAnotherServiceVoidsTheLabel(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.label("A")
	d.want(do("service", "post"), Info, CodeService, Closing)
	d.want(do("service", "freight"), Refused, CodeServiceNone, Closing)
	d.want(do("service", "express"), Asked, CodeNeedsRole, Closing) // it voids a label
	d.want(badge("boss", station.Supervisor), Accepted, CodeService, Labelling)
	d.label("B")
	d.want(scanLabel("A", "1042"), Refused, CodeLabelWrongBox, Closing)
	d.want(scanLabel("B", "1042"), Accepted, CodeOrderClosed, Idle)
}

func TestReopenVoidsTheLabelAndKeepsTheContents(t *testing.T) { // Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 3}, {Line: "2", SKU: "CANDLE", Qty: 1}}}
	d.reopen(ref)
	o := order1042()
	o.Parcels, o.Begun = []ParcelRef{ref}, 1
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Weighing)
	if d.s.Work.Units() != 4 || d.s.Work.Parcel.ID != "1042-1" {
		t.Errorf("reopened %s with %d units", d.s.Work.Parcel.ID, d.s.Work.Units())
	}
	handed := ref
	handed.State = ParcelHandedOut
	d.give(do("park"))
	d.want(Command{Name: "reopen", Parcel: &handed}, Refused, CodeNotNow, Idle)
}

func TestAParcelInAVanIsNotReopened(t *testing.T) { // P5, Q12
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelLoading, Place: &Place{Station: "S2", Carrier: "heron"}}
	v := d.want(Command{Name: "reopen", Parcel: &ref}, Refused, CodeNotNow, Idle)
	if v.Reason != "parcel-loading" || v.Place == nil || v.Place.Station != "S2" {
		t.Errorf("it is told as %+v", v)
	}
}

func TestResultsReachABenchWithNobodySignedIn(t *testing.T) { // Q11
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	d.give(do("sign-out"))
	d.want(bought(d.pending(EffectBuy), "A"), Accepted, CodeLabelMade, SignedOut)
	d.want(badge("p2", station.Packer), Accepted, CodeSignedIn, Closing)
}

func TestNotesAreConfirmed(t *testing.T) { // Q12
	o := order1042()
	o.Lines = append(o.Lines[:1:1], LineInfo{ID: "9", Kind: station.Note, Qty: 1})
	d := newDesk(t)
	d.openOrder(o)
	for range 3 {
		d.give(scanItem("MUG", 1))
	}
	if d.s.Phase != Packing {
		t.Fatal("the note was not waited for")
	}
	d.want(do("confirm"), Accepted, CodeConfirmed, Weighing)
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	if d.s.Work.Line("9").Confirmed || d.s.Work.Units() != 3 {
		t.Fatalf("the confirmation is undone, and nothing else: %+v", d.s.Work.Lines)
	}
	d.want(do("undo"), Accepted, CodeUndone, Packing)
	d.want(do("confirm", "1"), Asked, CodeNeedsRole, Packing) // goods by hand: a role
	d.want(badge("boss", station.Supervisor), Accepted, CodeConfirmed, Packing)
	d.want(do("confirm"), Accepted, CodeConfirmed, Weighing)
	if l := d.s.Work.Line("1"); l.Manual != 1 {
		t.Errorf("a manual confirmation must be recorded as such: %+v", l)
	}
}

// Who asks to confirm and has chosen no line is asked which item it is, also where only
// one is left: nothing counts by itself.
func TestWhichItemIsConfirmedIsAsked(t *testing.T) { // Q10
	d := newDesk(t)
	d.openOrder(order1042())
	v := d.want(do("confirm"), Asked, CodeConfirmed, Packing)
	if v.Reason != ReasonLine || len(d.s.Question.Choices) < 3 {
		t.Fatalf("%+v, %+v", v, d.s.Question)
	}
	d.want(Command{Name: "choose", N: 1}, Asked, CodeNeedsRole, Packing)
	d.want(badge("boss", station.Supervisor), Accepted, CodeConfirmed, Packing)
	for range 2 {
		d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	}
	d.want(do("confirm"), Asked, CodeConfirmed, Packing)
}

func TestWhatALabelCouldNotPrintIsSaid(t *testing.T) { // L3
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.give(reading(1800 * unit.Gram))
	made := bought(d.pending(EffectBuy), "A")
	made.Unprintable = 2
	d.give(made)
	v := d.want(ended(d.printing(DocumentLabel), PrintPrinted, ""), Accepted, CodeLabelPrinted, Closing)
	if v.Reason != "unprintable" || v.Qty != 2 {
		t.Errorf("the packer is not told: %+v", v)
	}
}

func TestParcelsAreLoadedIntoTheirOwnVan(t *testing.T) { // P5
	d := newDesk(t)
	parcel := func(id, carrier string, state ParcelState) ParcelRef {
		return ParcelRef{ID: id, Order: "9", SSCC: "S" + id, State: state, Carrier: carrier}
	}
	handover := func(carrier string, vans ...Van) Command {
		c := Command{Name: "handover", Value: carrier, Vans: vans}
		if carrier != "" && carrier != "nobody" {
			c.Van = &Van{Carrier: carrier, Dock: 2}
		}
		return c
	}
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(handover(""), Refused, CodeNotNow, Idle)
	d.want(handover("nobody"), Refused, CodeWrongCarrier, Idle)
	if v := d.want(handover("", Van{Carrier: "heron", Dock: 1}, Van{Carrier: "swift", Dock: 2}), Asked, CodeLoading, Idle); len(v.Choices) != 3 {
		t.Fatalf("choices %+v", v.Choices)
	}
	if v := d.want(handover("", Van{Carrier: "heron", Name: "Heron Post", Dock: 3}, Van{Carrier: "heron", Name: "Heron Post", Lane: "BIG", Dock: 1}), Asked, CodeLoading, Idle); len(v.Choices) != 3 ||
		v.Choices[0].Text != "Heron Post" || v.Choices[1].Text != "Heron Post, lane BIG" || v.Choices[1].Command.Value != "BIG" {
		t.Fatalf("choices %+v", v.Choices)
	}
	d.want(Command{Name: "choose", N: 1}, Accepted, CodeLoading, Idle)
	d.atVan(parcel("9-1", "swift", ParcelClosed), Refused, CodeWrongCarrier)
	d.atVan(parcel("9-2", "heron", "labelled"), Refused, CodeNotNow)
	d.atVan(parcel("9-3", "heron", ParcelVoided), Refused, CodeNotNow)
	d.atVan(parcel("9-4", "heron", ParcelHandedOut), Refused, CodeNotNow)
	loaded := parcel("9-4", "heron", ParcelLoading)
	loaded.Place = &Place{Station: "S2", Carrier: "heron", Lane: "NORTH"}
	if v := d.atVan(loaded, Refused, CodeNotNow); v.Reason != "parcel-loading" || v.Place == nil || v.Place.Lane != "NORTH" || v.Case != "" {
		t.Errorf("a parcel in another van: %+v", v)
	}
	d.want(handover(""), Refused, CodeNotNow, Idle) // nothing is in it
	d.atVan(parcel("9-5", "heron", ParcelClosed), Accepted, CodeHandedOver)
	d.atVan(parcel("9-5", "heron", ParcelClosed), Info, CodeHandedOver)
	d.atVan(parcel("9-6", "heron", ParcelClosed), Accepted, CodeHandedOver)
	d.want(do("undo"), Accepted, CodeUndone, Idle)
	d.want(scanOrder("1042"), Refused, CodeNotNow, Idle)
	d.want(handover("swift"), Refused, CodeNotNow, Idle)
	d.want(Command{Name: "driver", Value: "d1"}, Refused, CodeNotNow, Idle) // nobody asked
	if v := d.want(handover("heron"), Asked, CodeLoading, Idle); v.Have != 1 || v.Want != 2 {
		t.Errorf("asked for the driver with %+v", v)
	}
	v := d.want(Command{Name: "driver", Value: "d1"}, Accepted, CodeHandedOver, Idle)
	e := d.printing(DocumentManifest)
	if v.Qty != 1 || v.Manifest == "" || e.Document.Of != v.Manifest || e.Driver != "d1" || len(e.Parcels) != 1 || e.Parcels[0] != "9-5" {
		t.Errorf("verdict %+v, effect %+v", v, e)
	}
	d.want(ended(e, PrintPrinted, ""), Accepted, CodeManifest, Idle)
	if d.s.Loading != nil || len(d.s.Pending) != 0 {
		t.Errorf("the van is still here: %+v", d.s.Loading)
	}
}

func TestManifestsArePrintedAgainWithAReason(t *testing.T) { // L4, P5
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "reprint-manifest", Value: "M-1", N: -1}, Refused, CodeNotNow, Idle)
	if v := d.want(Command{Name: "reprint-manifest", Value: "M-1", N: 1}, Asked, CodeManifest, Idle); len(v.Choices) == 0 {
		t.Fatal("no reason is asked for")
	}
	d.want(Command{Name: "choose", N: 1}, Info, CodeManifest, Idle)
	if e := d.printing(DocumentManifest); e.Document.Of != "M-1" || e.Copy != 2 {
		t.Errorf("effect %+v", e)
	}
}

func TestALoadingIsNotGivenUpByOneScan(t *testing.T) { // P5
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	d.atVan(ParcelRef{ID: "9-1", Order: "9", SSCC: "1", State: ParcelClosed, Carrier: "heron"}, Accepted, CodeHandedOver)
	cancel := Scanned{Meanings: []Meaning{{Kind: MeansCommand, Command: &Command{Name: "cancel"}}}}
	d.want(cancel, Asked, CodeCancelled, Idle)
	if d.s.Loading == nil {
		t.Fatal("one scan emptied the van")
	}
	d.want(cancel, Accepted, CodeCancelled, Idle)
	if d.s.Loading != nil {
		t.Error("the second scan did not")
	}
}

func TestALaneTakesItsOwnServices(t *testing.T) { // P5
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	lane := Van{Carrier: "heron", Lane: "EXP", Services: []string{"swift"}, Dock: 1}
	d.want(Command{Name: "handover", Value: "EXP", Van: &lane}, Accepted, CodeLoading, Idle)
	ref := ParcelRef{ID: "9-1", Order: "9", SSCC: "1", State: ParcelClosed, Carrier: "heron", Service: "slow"}
	if v := d.atVan(ref, Refused, CodeWrongCarrier); v.Reason != "lane" {
		t.Errorf("verdict %+v", v)
	}
	ref.Service = "swift"
	d.atVan(ref, Accepted, CodeHandedOver)
	d.want(Command{Name: "handover", Value: "EXP", Van: &lane}, Asked, CodeLoading, Idle)
}
