package carton

import (
	"cmp"
	"slices"

	"packbench/station"
	"packbench/station/unit"
)

// Plan is how the units of an order go into cartons.
type Plan struct {
	Items   []Item
	Cartons []station.Carton // one for each box
	Boxes   []Filled         // their units; Box is of no meaning here
}

// PlanOf packs an order into as many cartons as it takes, at the least cost. False where
// the packer cannot say: a dimension is not known, or something goes into no carton. Of
// a mass that is not known it takes no notice.
func PlanOf(items []Item, cartons []station.Carton, o Options) (Plan, bool) {
	items = wanted(items)
	p, ok := o.problem(items, cartons)
	if !ok || len(items) == 0 {
		return Plan{}, false
	}
	s := Solve(p, nil)
	if len(s.Unpacked) > 0 || len(s.Boxes) == 0 {
		return Plan{}, false
	}
	plan := planned(p, s, items, cartons)
	plan.largestFirst()
	return plan, true
}

// largestFirst orders the boxes as they are packed.
func (p *Plan) largestFirst() {
	order := make([]int, len(p.Boxes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(outer(p.Cartons[b]).Volume(), outer(p.Cartons[a]).Volume())
	})
	boxes, cartons := slices.Clone(p.Boxes), slices.Clone(p.Cartons)
	for i, at := range order {
		p.Boxes[i], p.Cartons[i] = boxes[at], cartons[at]
	}
}

// First is the plan of the first box alone.
func (p Plan) First() Plan {
	p.Cartons, p.Boxes = p.Cartons[:1], p.Boxes[:1]
	return p
}

// Into fills one carton with as much of an order as it takes.
func Into(items []Item, c station.Carton, o Options) (Plan, bool) {
	items = wanted(items)
	cartons := []station.Carton{c}
	p, ok := o.problem(items, cartons)
	if !ok || len(items) == 0 {
		return Plan{}, false
	}
	p.Objective, p.Effort = FewestBoxes, o.Effort
	p.Boxes[0].Stock = 1
	s := Solve(p, nil)
	if len(s.Boxes) == 0 {
		return Plan{}, false
	}
	return planned(p, s, items, cartons), true
}

func planned(p Problem, s Solution, items []Item, cartons []station.Carton) Plan {
	out := Plan{Items: items}
	for _, b := range s.Boxes {
		at := slices.IndexFunc(cartons, func(c station.Carton) bool { return c.ID == p.Boxes[b.Box].ID })
		out.Cartons, out.Boxes = append(out.Cartons, cartons[at]), append(out.Boxes, b)
	}
	return out
}

// Unsized are the items whose dimensions are not known.
func Unsized(items []Item) []Item {
	return slices.DeleteFunc(wanted(items), func(it Item) bool {
		return it.Size.Width > 0 && it.Size.Length > 0 && it.Size.Depth > 0
	})
}

// problem is the order as a packing problem; false where dimensions are missing, or there
// is more than an order holds.
func (o Options) problem(items []Item, cartons []station.Carton) (Problem, bool) {
	p := Problem{Objective: FewestBoxes, Rules: Rules{Heavy: o.Heavy, Support: DefaultSupport}, Charge: o.Charge, Effort: o.Effort}
	if o.Charge != (Charge{}) {
		p.Objective = LeastCost
	}
	cheapest := slices.SortedStableFunc(slices.Values(cartons), func(a, b station.Carton) int { // of boxes that are alike
		return cmp.Or(cmp.Compare(a.Cost.Minor, b.Cost.Minor), cmp.Compare(a.ID, b.ID))
	})
	for _, c := range cheapest {
		if c.Inner.Width > 0 && c.Inner.Length > 0 && c.Inner.Depth > 0 {
			p.Boxes = append(p.Boxes, Box{ID: c.ID, Inner: c.Inner, Outer: c.Outer, Tare: c.Tare + o.Filling, Max: c.Max, Cost: c.Cost.Minor})
		}
	}
	n := 0
	for _, it := range items {
		it.Mass = max(it.Mass, unit.Milligram)
		p.Items = append(p.Items, it)
		if n += it.Qty; n > mostUnits {
			return p, false
		}
	}
	return p, len(p.Boxes) > 0 && len(Unsized(items)) == 0
}

// Levels says in which layer each unit of a box stands: 0 on the floor, and otherwise one
// above the highest that it rests on.
func (f Filled) Levels() []int {
	levels := make([]int, len(f.Units))
	for i, u := range f.Units {
		for j, v := range f.Units[:i] { // a unit never stands before what it rests on
			if v.Z+v.Size.Depth == u.Z && u.X < v.X+v.Size.Width && v.X < u.X+u.Size.Width && u.Y < v.Y+v.Size.Length && v.Y < u.Y+u.Size.Length {
				levels[i] = max(levels[i], levels[j]+1)
			}
		}
	}
	return levels
}
