package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// sent7 is what left in parcel 7-1: three mugs, a candle, and a lamp with a serial.
func sent7() Sent {
	return Sent{
		Parcel: "7-1", Order: "7", Number: "#7", SSCC: "SEVEN", State: ParcelHandedOut, By: "p9", Mass: 2000 * unit.Gram, Tolerance: 50 * unit.Gram, Return: "SEVEN-A",
		Lines: []SentLine{
			{Line: "1", SKU: "MUG", Name: "the MUG", Qty: 3, Mass: 300 * unit.Gram, Price: unit.Money{Minor: 950, Currency: "EUR"}},
			{Line: "2", SKU: "CANDLE", Name: "the CANDLE", Qty: 1, Mass: 200 * unit.Gram, Price: unit.Money{Minor: 1200, Currency: "EUR"}},
			{
				Line: "3", SKU: "LAMP", Name: "the LAMP", Qty: 1, Mass: 700 * unit.Gram, Price: unit.Money{Minor: 8000, Currency: "EUR"},
				Marked: []Marked{{SKU: "LAMP", Qty: 1, Marks: Marks{Serial: "L-1"}}},
			},
		},
	}
}

func scanBack(s Sent) Event {
	return Scanned{Raw: s.SSCC, Meanings: []Meaning{{Kind: MeansReturn, Sent: &s}}}
}

var mayBe = []Grading{
	{Grade: "as-new", Disposition: "shelf", Bin: "A-1"},
	{Grade: "damaged", Disposition: "scrap"},
	{Grade: "not-ours", Disposition: "quarantine", Bin: "QUARANTINE", Apart: true},
	{Disposition: "shelf", Bin: "A-1"},
	{Disposition: "scrap"},
	{Disposition: "quarantine", Bin: "QUARANTINE", Apart: true},
}

func backItem(sku string, factor int, marks ...Marks) Event {
	p := Product{SKU: sku, Name: "the " + sku, Factor: factor, May: mayBe}
	if len(marks) > 0 {
		p.Marks = &marks[0]
	}
	return Scanned{Raw: sku, Meanings: []Meaning{{Kind: MeansProduct, Product: &p}}}
}

// back has the parcel open that came back.
func (d *desk) back() {
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	d.give(scanBack(sent7()))
}

// lying is where units lie by the facts, and how many by SKU and bin: what a ledger sees.
func lying(facts []Fact) map[string]int {
	out := map[string]int{}
	move := func(b Back, g Grading, qty int) {
		if g.Grade != "" {
			if out[b.SKU+" "+g.Disposition+" "+g.Bin] += qty; out[b.SKU+" "+g.Disposition+" "+g.Bin] == 0 {
				delete(out, b.SKU+" "+g.Disposition+" "+g.Bin)
			}
		}
	}
	for _, f := range facts {
		switch f := f.(type) {
		case ReturnGraded:
			move(f.Back, f.Was, -f.Back.Qty)
			move(f.Back, f.Back.Grading, f.Back.Qty)
		case ReturnUnit:
			if f.Gone {
				move(f.Back, f.Back.Grading, -f.Back.Qty)
			}
		}
	}
	return out
}

func TestAReturnShowsWhatWasSentAndPutsEachUnitInOnePlace(t *testing.T) {
	d := newDesk(t)
	d.back()
	if r := d.s.Return; r == nil || r.ID != "SEVEN-A" || r.Sent.By != "p9" {
		t.Fatalf("%+v", d.s.Return)
	}
	v := d.want(backItem("MUG", 1), Accepted, CodeReturnUnit, Idle)
	if len(v.Choices) != 4 || v.Order != "7" || v.Want != 5 || v.Have != 1 {
		t.Errorf("%+v", v)
	}
	v = d.want(answer(1), Accepted, CodeReturnGraded, Idle)
	if v.Grade != "as-new" || v.Bin != "A-1" || v.Disposition != "shelf" {
		t.Errorf("%+v", v)
	}
	if e := d.printing(DocumentPutaway); e.Document.Of != "SEVEN-A.1" || e.Grading.Bin != "A-1" {
		t.Errorf("%+v", e)
	}
	d.want(do("disposition", "quarantine"), Accepted, CodeReturnGraded, Idle)
	if have := lying(d.facts); len(have) != 1 || have["MUG quarantine QUARANTINE"] != 1 {
		t.Errorf("%v", have)
	}
	d.want(do("undo"), Accepted, CodeUndone, Idle)
	if have := lying(d.facts); len(have) != 1 || have["MUG shelf A-1"] != 1 {
		t.Errorf("after an undo: %v", have)
	}
	d.want(do("undo"), Accepted, CodeUndone, Idle)
	d.want(do("finish"), Refused, CodeReturnUnit, Idle) // it has no grade
	d.want(do("undo"), Info, CodeBack, Idle)            // the question first
	d.want(do("undo"), Accepted, CodeUndone, Idle)
	if len(lying(d.facts)) != 0 || len(d.s.Return.Units) != 0 || len(d.s.Return.Steps) != 0 {
		t.Errorf("%v %+v", lying(d.facts), d.s.Return)
	}
	d.want(do("undo"), Refused, CodeNothingToUndo, Idle)
}

func TestWhatIsWrongWithAReturnIsToldAtOnce(t *testing.T) {
	for name, c := range map[string]struct {
		first []Event
		event Event
		code  Code
		why   Reason
	}{
		"another serial":     {nil, backItem("LAMP", 1, Marks{Serial: "L-9"}), CodeReturnSerial, ""},
		"more than was sent": {[]Event{backItem("CANDLE", 1)}, backItem("CANDLE", 1), CodeReturnOver, ""},
		"never in there":     {nil, backItem("POSTER", 1), CodeReturnNotOurs, ReasonNotInParcel},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.back()
			for _, e := range c.first {
				d.give(e)
			}
			v := d.want(c.event, Refused, c.code, Idle)
			if v.Case == "" || v.Reason != c.why || !factOf[CaseOpened](d.last) {
				t.Errorf("%+v", v)
			}
			units, odd := d.s.Return.Total()
			if odd != 1 || units != len(c.first)+1 {
				t.Errorf("%d units, %d odd", units, odd)
			}
			d.give(do("grade", "not-ours"))
			d.give(do("undo"))
			d.give(do("undo"))
			if _, odd := d.s.Return.Total(); odd != 0 || !factOf[CaseWithdrawn](d.last) {
				t.Errorf("an undo leaves it: %d odd", odd)
			}
		})
	}
}

func TestASerialIsComparedWithThePacking(t *testing.T) {
	d := newDesk(t)
	d.back()
	v := d.want(backItem("LAMP", 1), Asked, CodeReturnSerial, Idle)
	if v.Reason != ReasonWhichUnit {
		t.Errorf("%+v", v)
	}
	mark := func(serial string) Event {
		return Scanned{Raw: serial, Meanings: []Meaning{{Kind: MeansMark, Product: &Product{SKU: "LAMP", Marks: &Marks{Serial: serial}}}}}
	}
	d.want(mark("L-1"), Accepted, CodeReturnUnit, Idle)
	if b := d.s.Return.Units; len(b) != 1 || b[0].Marks.Serial != "L-1" || b[0].Odd != "" {
		t.Errorf("%+v", b)
	}
	d.want(backItem("LAMP", 1, Marks{Serial: "L-1"}), Refused, CodeReturnTwice, Idle)
	if len(d.s.Return.Units) != 1 {
		t.Error("one serial was counted twice")
	}
}

func TestAReturnIsComparedByWeight(t *testing.T) {
	d := newDesk(t)
	d.back()
	if v := d.want(reading(2030*unit.Gram), Accepted, CodeReturnWeight, Idle); v.Weight == nil || !v.Weight.Known {
		t.Errorf("%+v", v)
	}
	d.give(do("undo"))
	if v := d.want(reading(1600*unit.Gram), Info, CodeReturnWeight, Idle); v.Case != "" {
		t.Errorf("%+v", v)
	}
	// The lamp weighs 700 g, and what lay in its box did not.
	d.give(do("undo"))
	d.give(reading(1300 * unit.Gram))
	d.give(backItem("LAMP", 1, Marks{Serial: "L-1"}))
	d.give(do("grade", "as-new"))
	v := d.want(do("finish"), Accepted, CodeReturnClosed, Idle)
	if v.Case == "" || v.Weight == nil || v.Weight.Expected != 900*unit.Gram {
		t.Errorf("%+v", v)
	}
	d = newDesk(t)
	d.back()
	if v := d.want(reading(2600*unit.Gram), Refused, CodeReturnWeight, Idle); v.Case == "" {
		t.Errorf("%+v", v)
	}
}

func TestAReturnedParcelComesOnlyOnce(t *testing.T) {
	s := sent7()
	for i := range s.Lines {
		s.Lines[i].Back = s.Lines[i].Qty
	}
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	v := d.want(scanBack(s), Refused, CodeReturnTwice, Idle)
	if v.Case == "" || len(v.Choices) == 0 {
		t.Errorf("%+v", v)
	}
	d.want(answer(1), Accepted, CodeReturnBlind, Idle)
	if d.s.Return.ID != "B-S1-5" || d.s.Return.Sent != nil {
		t.Errorf("%+v", d.s.Return)
	}
	for _, state := range []ParcelState{ParcelVoided, ParcelLoading, "labelled"} {
		s := sent7()
		s.State = state
		d := newDesk(t)
		d.give(badge("p1", station.Packer))
		d.give(do("return"))
		d.want(scanBack(s), Refused, CodeReturnNotOurs, Idle)
	}
	d = newDesk(t)
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	if v := d.want(Scanned{Raw: "https://x", Problem: "forged"}, Refused, CodeReturnNotOurs, Idle); v.Reason != ReasonForged || v.Case == "" {
		t.Errorf("%+v", v)
	}
}

// Two benches that take one parcel apart would count its units, and what is owed, twice.
func TestAReturnIsTakenApartAtOneBench(t *testing.T) {
	d := newDesk(t)
	s := sent7()
	s.Return, s.Open = "SEVEN-B", &OpenReturn{Return: "SEVEN-A", Station: "S2"}
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	v := d.want(scanBack(s), Refused, CodeNotNow, Idle)
	if v.Reason != ReasonReturnElsewhere || v.Return != "SEVEN-A" || v.Place == nil || v.Place.Station != "S2" || v.Parcel != "7-1" {
		t.Errorf("%+v", v)
	}
	if d.s.Return.Known() {
		t.Errorf("it is open here, too: %+v", d.s.Return)
	}
	// So it is where both opened it in one moment, and the other did last.
	other := s
	s.Open = nil
	d.give(scanBack(s))
	d.want(scanBack(other), Refused, CodeNotNow, Idle)
	d.give(do("cancel"))
	d.give(do("return"))
	// Where that bench is lost, it can be taken apart blind, and matched later.
	d.want(do("blind"), Accepted, CodeReturnBlind, Idle)
	// One that was put aside here goes on here.
	d = newDesk(t)
	d.back()
	d.give(do("park"))
	d.give(do("return"))
	s.Open = &OpenReturn{Return: "SEVEN-A", Station: "S1"}
	d.want(scanBack(s), Accepted, CodeResumed, Idle)
}

func TestAReturnWaitsAsideAndThroughASignOut(t *testing.T) {
	d := newDesk(t)
	d.back()
	d.give(backItem("MUG", 1))
	d.give(do("grade", "as-new"))
	d.want(do("sign-out"), Accepted, CodeSignedOut, SignedOut)
	d.want(badge("p2", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(do("park"), Accepted, CodeParked, Idle)
	if d.s.Return != nil || len(d.s.Returns) != 1 {
		t.Fatalf("%+v", d.s)
	}
	d.give(do("return"))
	v := d.want(scanBack(sent7()), Accepted, CodeResumed, Idle)
	if units, _ := d.s.Return.Total(); units != 1 || d.s.Returns != nil || v.Have != 1 {
		t.Errorf("%+v", d.s.Return)
	}
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
	if have := lying(d.facts); len(have) != 0 {
		t.Errorf("%v", have)
	}
}

func TestWhatIsOwedIsKnownAtTheEnd(t *testing.T) {
	d := newDesk(t)
	s := sent7()
	s.Announced, s.Lines[0].Comes = true, 3
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	d.give(scanBack(s))
	d.give(backItem("MUG", 2))
	d.give(do("grade", "as-new"))
	d.give(backItem("POSTER", 1))
	d.give(do("grade", "not-ours"))
	v := d.give(Command{Name: "finish"})
	if v.Kind != Asked || v.Code != CodeReturnMissing || v.Qty != 1 {
		t.Fatalf("%+v", v)
	}
	d.want(answer(1), Accepted, CodeReturnClosed, Idle)
	i := slices.IndexFunc(d.last, func(f Fact) bool { _, ok := f.(ReturnClosed); return ok })
	closed := d.last[i].(ReturnClosed)
	if closed.Owed != (unit.Money{Minor: 1900, Currency: "EUR"}) || closed.Units != 3 || closed.Odd != 1 || closed.Missed != 1 {
		t.Errorf("%+v", closed)
	}
	if !factOf[CaseOpened](d.last) {
		t.Error("a missing piece is no case")
	}
}

// Of a grade that the shop does not pay for nothing is owed; where that is all, a person
// refuses a sum of nothing.
func TestAGradeThatIsNotPaidFor(t *testing.T) { // R1, R4
	for name, c := range map[string]struct {
		again string // a second unit's grade, "" for none
		owed  int64
	}{"alone": {"", 0}, "beside one that is": {"as-new", 950}} {
		d := newDesk(t)
		d.back()
		unpaid := slices.Clone(mayBe)
		unpaid[1].Unpaid = true
		worn := func() Event {
			return Scanned{Raw: "MUG", Meanings: []Meaning{{Kind: MeansProduct, Product: &Product{SKU: "MUG", Name: "the MUG", Factor: 1, May: unpaid}}}}
		}
		d.give(worn())
		d.give(do("grade", "damaged"))
		d.want(do("disposition", "quarantine"), Accepted, CodeReturnGraded, Idle) // that it is looked at pays nothing
		if c.again != "" {
			d.give(worn())
			d.give(do("grade", c.again))
		}
		d.want(do("finish"), Accepted, CodeReturnClosed, Idle)
		i := slices.IndexFunc(d.last, func(f Fact) bool { _, ok := f.(ReturnClosed); return ok })
		if owed := d.last[i].(ReturnClosed).Owed; owed != (unit.Money{Minor: c.owed, Currency: "EUR"}) {
			t.Errorf("%s: %+v", name, owed)
		}
	}
}

// To undo right after a scan takes the scan back, although its grade is asked for.
func TestAWrongScanIsTakenBackAtOnce(t *testing.T) {
	d := newDesk(t)
	d.back()
	d.give(backItem("MUG", 1))
	if d.want(do("undo"), Accepted, CodeUndone, Idle); len(d.s.Return.Units) != 0 || d.s.Question != nil {
		t.Errorf("%+v, %+v", d.s.Return, d.s.Question)
	}
}

// Where several lines lack something the bench asks which; of one it need not ask.
func TestWhichPieceIsMissingIsAsked(t *testing.T) {
	d := newDesk(t)
	d.back()
	v := d.want(do("missing"), Asked, CodeReturnMissing, Idle)
	if v.Reason != ReasonLine || len(v.Choices) != 4 || v.Choices[2].Text != "the LAMP" {
		t.Fatalf("%+v", v)
	}
	if v := d.want(answer(2), Refused, CodeReturnMissing, Idle); v.SKU != "CANDLE" || v.Case == "" {
		t.Errorf("%+v", v)
	}
}

// A blind return that was put aside is found by its number: nothing else is known of it.
func TestABlindReturnIsFoundByItsNumber(t *testing.T) {
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	for _, again := range []func(id string){
		func(id string) { d.give(do("return", id)) },
		func(id string) { d.give(do("return")); d.give(Scanned{Raw: id}) },
	} {
		d.give(do("return"))
		d.give(do("blind", "R-1"))
		id := d.s.Return.ID
		d.give(do("park"))
		if again(id); d.s.Return == nil || d.s.Return.ID != id || d.s.Return.Place != "R-1" || len(d.s.Returns) != 0 {
			t.Fatalf("%+v, %v", d.s.Return, d.s.Returns)
		}
		d.give(do("cancel"))
	}
}

// What was missing in an earlier return and comes in this one is missing no longer, once this
// one is done; a bench that lost the same return to another cannot end it.
func TestWhatWasMissingComesLater(t *testing.T) {
	d := newDesk(t)
	d.back()
	d.give(backItem("MUG", 1))
	d.give(answer(1))
	finish := do("finish").(Command)
	finish.Open = &OpenReturn{Return: "SEVEN-A", Station: "S2"}
	d.want(finish, Refused, CodeNotNow, Idle)
	finish.Open, finish.Missing = nil, []Missed{{SKU: "MUG", Qty: 1, Case: "S1.5"}, {SKU: "MUG", Qty: 1, Case: "S1.6"}, {SKU: "CANDLE", Qty: 1, Case: "S1.7"}}
	before := len(d.facts)
	d.want(finish, Accepted, CodeReturnClosed, Idle)
	var gone []string
	for _, f := range d.facts[before:] {
		if w, is := f.(CaseWithdrawn); is {
			gone = append(gone, w.Case)
		}
	}
	if !slices.Equal(gone, []string{"S1.5"}) {
		t.Errorf("withdrawn are %v", gone)
	}
}
