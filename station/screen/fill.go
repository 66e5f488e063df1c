package screen

import (
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/say"
)

// BoxPlan is what the packer of boxes says of what is still to be packed.
type BoxPlan struct {
	Now     carton.Plan      // the open parcel's box; none: there is no picture
	Rest    int              // units that do not go into it
	Best    []station.Carton // the boxes of the best plan, the largest first
	Unsized string           // what has no dimensions, so that there is no plan
}

// FillView is how the box is filled, layer by layer (B3). Nothing of it is told by colour
// alone: each unit has the number of its turn, and each product a pattern.
type FillView struct {
	Next   string // what to put in now
	Note   string
	Wide   float32 // the floor's longer edge to the shorter one
	Layers []FillLayer
}

// FillLayer is what stands on one layer, from above.
type FillLayer struct {
	Label string // "1/3"
	Units []FillUnit
}

// FillUnit is one unit: where it stands, in shares of the floor.
type FillUnit struct {
	X, Y, W, L float32
	N          int // its turn
	Pattern    int
	Item       Item
	In         bool // it is in the box
	Next       bool
}

// fill makes the picture of the open parcel's box, nil where there is nothing to say.
func fill(in BenchInputs, w *pack.Work) *FillView {
	p := in.Plan
	if p == nil {
		return nil
	}
	if p.Unsized != "" {
		return &FillView{Note: in.Lang.Say("No plan of the box: the size of {name} is not known", "name", p.Unsized)}
	}
	if len(p.Now.Boxes) == 0 {
		return nil
	}
	v := &FillView{Note: fillNote(in, w, *p)}
	units, next := fillUnits(p.Now, w)
	levels := p.Now.Boxes[0].Levels()
	inner := p.Now.Cartons[0].Inner
	v.Wide = float32(max(inner.Width, inner.Length)) / float32(max(min(inner.Width, inner.Length), 1))
	v.Layers = make([]FillLayer, slices.Max(levels)+1)
	for i, u := range units {
		v.Layers[levels[i]].Units = append(v.Layers[levels[i]].Units, u)
	}
	turn := 0
	for i := range v.Layers {
		v.Layers[i].Label = digits(i+1) + "/" + digits(len(v.Layers))
		for k := range v.Layers[i].Units {
			turn++
			v.Layers[i].Units[k].N = turn
		}
	}
	v.Layers, v.Next = nextIn(v.Layers, next), ""
	for _, l := range v.Layers {
		for _, u := range l.Units {
			if u.Next {
				v.Next = in.Lang.Say("Next into the box: {name}", "name", u.Item.Name)
			}
		}
	}
	return v
}

// nextIn marks what is in the box by now, the lowest first, and the first that is not.
func nextIn(layers []FillLayer, in map[string]int) []FillLayer {
	found := false
	for i := range layers {
		for k := range layers[i].Units {
			u := &layers[i].Units[k]
			if in[u.Item.SKU] > 0 {
				in[u.Item.SKU]--
				u.In = true
			} else if !found {
				u.Next, found = true, true
			}
		}
	}
	return layers
}

// fillUnits are the units of a box as they stand, and how many of each are in it by now.
func fillUnits(p carton.Plan, w *pack.Work) ([]FillUnit, map[string]int) {
	names, pictures, packed := map[string]string{}, map[string]string{}, map[string]int{}
	for _, l := range w.Lines {
		if l.Kind != station.Note {
			names[l.SKU], pictures[l.SKU] = l.Name, l.Picture
			packed[l.SKU] += l.In
		}
	}
	inner := p.Cartons[0].Inner
	units := make([]FillUnit, len(p.Boxes[0].Units))
	for i, u := range p.Boxes[0].Units {
		it := p.Items[u.Item]
		x, y, wide, long := float32(u.X)/float32(inner.Width), float32(u.Y)/float32(inner.Length), float32(u.Size.Width)/float32(inner.Width), float32(u.Size.Length)/float32(inner.Length)
		if inner.Length > inner.Width { // the longer edge lies across the screen
			x, y, wide, long = y, x, long, wide
		}
		units[i] = FillUnit{X: x, Y: y, W: wide, L: long, Pattern: u.Item, Item: NewItem(it.SKU, names[it.SKU], pictures[it.SKU])}
	}
	return units, packed
}

// fillNote says whether the rest needs another box, or a smaller one would do.
func fillNote(in BenchInputs, w *pack.Work, p BoxPlan) string {
	switch {
	case p.Rest > 0:
		return in.Lang.Say("Into another box: {count}", "count", in.Lang.Units(p.Rest))
	case len(p.Best) == 1 && w.Parcel.Carton != nil && p.Best[0].ID != w.Parcel.Carton.ID:
		return in.Lang.Say("Cheaper: {box}", "box", boxName(in.Lang, in.Names, p.Best[0].ID))
	case len(p.Best) > 1:
		var boxes []string
		for _, c := range p.Best {
			boxes = append(boxes, in.Names.Of(c.ID))
		}
		return in.Lang.Say("{n} boxes: {boxes}", "n", digits(len(boxes)), "boxes", strings.Join(boxes, " + "))
	}
	return ""
}

// boxName is a box as people call it: "Box M".
func boxName(l say.Language, names say.Names, id string) string {
	name := names.Of(id)
	if strings.HasPrefix(strings.ToLower(name), "box ") || len(name) > 3 {
		return name
	}
	return l.Say("Box {box}", "box", name)
}
