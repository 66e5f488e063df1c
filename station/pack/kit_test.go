package pack

import (
	"fmt"
	"testing"
)

func part(line, sku string, qty, per, parts int) Content {
	return Content{Line: line + "/" + sku, SKU: sku, Qty: qty, Kit: &Kit{Line: line, SKU: "SET" + line, Per: per, Parts: parts}}
}

func listed(contents []Content) (text string) {
	for _, c := range contents {
		text += fmt.Sprintf(" %s %s %d", c.Line, c.SKU, c.Qty)
	}
	return text
}

// A kit counts with the parcel that makes it whole, once.
func TestByLineCountsAKitWhenItIsWhole(t *testing.T) { // Q5
	loose := Content{Line: "9", SKU: "MUG", Qty: 5}
	parcels := [][]Content{
		{part("1", "MUG", 3, 2, 2), loose}, // three mugs of two kits
		{part("1", "PLATE", 1, 1, 2), part("2", "PLATE", 1, 1, 1)},
		{part("1", "MUG", 1, 2, 2)},
		{part("1", "PLATE", 1, 1, 2)},
		{},
	}
	want := []string{" 9 MUG 5", " 1 SET1 1 2 SET2 1", "", " 1 SET1 1", ""}
	for i, lines := range ByLine(parcels...) {
		if listed(lines) != want[i] {
			t.Errorf("parcel %d is told as%s, want%s", i+1, listed(lines), want[i])
		}
	}
}

// What lies in one box: whole kits by the kit, the rest by its parts, no unit twice.
func TestWholeLosesNoPart(t *testing.T) { // Q5
	for _, c := range []struct {
		in   []Content
		want string
	}{
		{nil, ""},
		{[]Content{{Line: "9", SKU: "MUG", Qty: 1}}, " 9 MUG 1"},
		{[]Content{part("1", "MUG", 5, 2, 2), part("1", "PLATE", 2, 1, 2)}, " 1/MUG MUG 1 1 SET1 2"},
		{[]Content{part("1", "MUG", 4, 2, 2)}, " 1/MUG MUG 4"},
		{[]Content{part("1", "MUG", 1, 2, 2), part("1", "PLATE", 1, 1, 2)}, " 1/MUG MUG 1 1/PLATE PLATE 1"},
		{[]Content{part("1", "MUG", 2, 2, 2), part("2", "MUG", 1, 1, 1), part("1", "PLATE", 1, 1, 2)}, " 1 SET1 1 2 SET2 1"},
	} {
		if got := listed(Whole(c.in)); got != c.want {
			t.Errorf("%v lies there as%s, want%s", listed(c.in), got, c.want)
		}
	}
}

// The shop numbers its lines again: parts go where they were, and never to a loose line
// of the same product.
func TestPartsStayWithTheirKit(t *testing.T) { // Q5, Q8
	line := func(id string, kit *Kit, in int) Line {
		return Line{LineInfo: LineInfo{ID: id, SKU: "MUG", Kind: "goods", Qty: 1, Kit: kit}, In: in}
	}
	set := func(line string) *Kit { return &Kit{Line: line, SKU: "SET", Per: 1, Parts: 1} }
	w := Work{Lines: []Line{line("1/MUG", set("1"), 1), line("2", nil, 0)}}
	f := w.altered(OrderInfo{Lines: []LineInfo{line("1", nil, 0).LineInfo, line("2/MUG", set("2"), 0).LineInfo}})
	for _, l := range f.Lines {
		if (l.Kit != nil) != (l.In == 1) || l.Qty != 1 {
			t.Errorf("line %s of kit %v has %d of %d", l.ID, l.Kit, l.In, l.Qty)
		}
	}
	if len(f.Lines) != 2 {
		t.Errorf("%d lines", len(f.Lines))
	}
	w = Work{Lines: []Line{line("7", nil, 0), line("8/MUG", set("8"), 0)}}
	if l := w.lineOf(Content{Line: "1/MUG", SKU: "MUG", Kit: set("1")}); l == nil || l.ID != "8/MUG" {
		t.Errorf("a part is of %+v", l)
	}
	if l := w.lineOf(Content{Line: "1", SKU: "MUG"}); l == nil || l.ID != "7" {
		t.Errorf("a loose unit is of %+v", l)
	}
}

// A pack goes into several places, and each is named.
func TestAPackForSeveralPlacesSaysWhere(t *testing.T) { // Q5
	o := order1042()
	kit := &Kit{Line: "8", SKU: "SET", Name: "Set", Per: 2, Parts: 1}
	o.Lines = []LineInfo{
		{ID: "8/MUG", SKU: "MUG", Name: "Mug", Kind: "goods", Qty: 2, Kit: kit}, {ID: "9", SKU: "MUG", Name: "Mug", Kind: "goods", Qty: 1},
	}
	d := newDesk(t)
	d.openOrder(o)
	v := d.give(scanItem("MUG", 3))
	if listed(v.Into) != " 9 MUG 1 8/MUG MUG 2" || v.Kind != Accepted {
		t.Errorf("%s, into%s", v.Code, listed(v.Into))
	}
	if got := listed(d.s.Work.Contents()); got != " 8/MUG MUG 2 9 MUG 1" {
		t.Errorf("in the box%s", got)
	}
}
