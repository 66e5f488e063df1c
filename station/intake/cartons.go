package intake

import (
	"cmp"

	"packbench/station"
	"packbench/station/unit"
)

// cartons reads box types. Columns: id, name, inner width, inner length, inner
// height (or inner), outer … (or outer), size unit, tare, max (gross), mass
// unit, cost, currency. Needed: id, the inner size, tare.
type cartons struct {
	held
	items []station.Carton
	seen  map[string]int
}

// smallestCarton is the longest edge of a box that nobody sends: its size was meant in
// centimetres or inches.
const smallestCarton = 60 * unit.Millimetre

var insides = [3]string{"inner width", "inner length", "inner height"}

func (*cartons) schema([]string) schema {
	edge := func(side, which string, also ...string) column {
		c := column{name: side + " " + which, units: lengthUnits}
		for _, a := range also {
			c.also = append(c.also, side+a)
		}
		if side == "inner" {
			c.also = append(append(c.also, which), also...)
		}
		return c
	}
	s := schema{
		{name: "id", need: true, also: []string{"carton", "code", "karton", "box", "boxid", "cartonid"}},
		{name: "name", also: []string{"bezeichnung", "title"}},
		{name: "inner", also: []string{"innersize", "innen", "size"}, units: lengthUnits},
		{name: "outer", also: []string{"outersize", "aussen", "außen"}, units: lengthUnits},
		{name: "size unit", also: []string{"dimensionunit", "lengthunit"}},
		{name: "tare", need: true, also: []string{"ownmass", "emptyweight", "emptymass", "boxweight", "cartonweight", "weightempty", "weight", "mass", "leergewicht", "tara"}, units: massUnits},
		{name: "max", also: []string{"maxmass", "maxweight", "maxgross", "maxgewicht", "höchstgewicht"}, units: massUnits},
		{name: "mass unit", also: []string{"weightunit"}},
		{name: "cost", also: []string{"price", "kosten", "preis"}, kind: amounts},
		{name: "currency", also: []string{"währung"}},
	}
	for _, side := range []string{"inner", "outer"} {
		s = append(s, edge(side, "width", "breite", "w"), edge(side, "length", "länge", "laenge", "l"), edge(side, "height", "depth", "höhe", "hoehe", "h", "d"))
	}
	return s
}

func (c *cartons) add(r row, o Options, _ *Report) error {
	if err := c.hold(r.record); err != nil {
		return err
	}
	id, err := r.id("id")
	if err != nil {
		return err
	}
	if first, ok := c.seen[id]; ok {
		return r.fail("id", "%q stands in row %d already", id, first)
	}
	item := station.Carton{ID: id}
	if item.Name, err = r.long("name", 100); err != nil {
		return err
	}
	item.Name = cmp.Or(item.Name, id)
	if item.Inner, err = r.size("inner", insides, "size unit"); err != nil {
		return err
	}
	if item.Inner.IsZero() {
		return r.fail("inner", "the inner size is missing")
	}
	if in := item.Inner; max(in.Width, in.Length, in.Depth) < smallestCarton && r.unitless("inner", insides, "size unit") {
		return r.fail("inner", "%s would be too small for anything: write the unit, such as \"length cm\" at the top of the column", in)
	}
	if item.Outer, err = r.size("outer", [3]string{"outer width", "outer length", "outer height"}, "size unit"); err != nil {
		return err
	}
	if item.Outer.IsZero() {
		item.Outer = item.Inner
	}
	if item.Outer.Width < item.Inner.Width || item.Outer.Length < item.Inner.Length || item.Outer.Depth < item.Inner.Depth {
		return r.fail("outer", "the outside (%s) is smaller than the inside (%s)", item.Outer, item.Inner)
	}
	if r.text("tare") == "" {
		return r.fail("tare", "it is empty; weigh an empty carton")
	}
	if item.Tare, err = r.mass("tare", "mass unit"); err != nil {
		return err
	}
	if item.Max, err = r.mass("max", "mass unit"); err != nil {
		return err
	}
	if item.Max > 0 && item.Max <= item.Tare {
		return r.fail("max", "%s is not above the carton's own %s", item.Max, item.Tare)
	}
	if item.Cost, err = r.money("cost", r.text("currency"), o); err != nil {
		return err
	}
	if item.Cost.Minor < 0 {
		return r.fail("cost", "it is below zero")
	}
	c.seen[id] = r.row
	c.items = append(c.items, item)
	return nil
}

func (c *cartons) done(*Report) ([]station.Carton, error) { return c.items, nil }
