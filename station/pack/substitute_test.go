package pack

import "testing"

// What was sent in place of a line's product counts for that line wherever the order's
// own lines are spoken of, and stays sent when the shop changes the order.
func TestASubstituteCountsForItsLine(t *testing.T) { // Q12
	blue := Substitute{SKU: "BLUE", Name: "Blue"}
	white := LineInfo{ID: "1", SKU: "WHITE", Name: "White", Kind: "goods", Qty: 3, Substitutes: []Substitute{blue}}
	o := order1042()
	o.Lines = []LineInfo{white}
	d := newDesk(t)
	d.openOrder(o)
	for range 2 {
		if v := d.give(scanItem("BLUE", 1)); v.Code != CodeSubstitute || v.Instead != "White" {
			t.Fatalf("%s in place of %q", v.Code, v.Instead)
		}
		d.give(Command{Name: "choose", N: 1})
	}
	d.give(scanItem("WHITE", 1))
	w := d.s.Work
	if got := listed(w.Contents()); got != " 1 WHITE 1 1~BLUE BLUE 2" || !w.Complete() {
		t.Fatalf("in the box%s, complete %v", got, w.Complete())
	}
	if got := listed(ByLine(w.Contents())[0]); got != " 1 WHITE 3" {
		t.Errorf("the shop hears of%s", got)
	}
	for qty, excess := range map[int]int{3: 0, 2: 1, 5: 0} {
		o.Lines[0].Qty = qty
		now := Work{Lines: w.altered(o).Lines}
		if now.Excess() != excess || now.OpenUnits() != max(0, qty-3) {
			t.Errorf("of %d wanted %d are too many and %d open", qty, now.Excess(), now.OpenUnits())
		}
	}
	o.Lines = nil
	if now := (Work{Lines: w.altered(o).Lines}); now.Excess() != 3 {
		t.Errorf("without its line %d are too many", now.Excess())
	}
}

// A pack of substitutes is asked about whole, and not where only a part of it is wanted.
func TestASubstituteIsNotMoreThanIsOpen(t *testing.T) { // Q1, Q12
	o := order1042()
	o.Lines = []LineInfo{{ID: "1", SKU: "WHITE", Kind: "goods", Qty: 3, Substitutes: []Substitute{{SKU: "BLUE"}}}}
	d := newDesk(t)
	d.openOrder(o)
	if v := d.give(scanItem("BLUE", 4)); v.Kind != Refused {
		t.Errorf("four of three are %s", v.Code)
	}
	d.give(scanItem("BLUE", 2))
	if v := d.give(Command{Name: "choose", N: 1}); v.Kind != Accepted || d.s.Work.Units() != 2 {
		t.Errorf("two: %s, %d in the box", v.Code, d.s.Work.Units())
	}
}
