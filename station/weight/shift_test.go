package weight_test

import (
	"slices"
	"testing"

	"packbench/station/unit"
	"packbench/station/weight"
	"packbench/station/weight/weighttest"
)

// bench is the model at work in the world of shifts.
type bench struct {
	weight.Model
	asked map[string]unit.Mass // what the catalogue said of a product when it was reported
}

func mm3(litres float64) int64 { return int64(litres * 1e6) }

func item(w *weighttest.World, i, qty int) weight.Item {
	return weight.Item{SKU: w.Products[i].SKU, Mass: w.Products[i].Mass, Qty: qty}
}

func box(w *weighttest.World, i int) weight.Box {
	return weight.Box{ID: w.Boxes[i].ID, Tare: w.Boxes[i].Tare, Volume: mm3(w.Boxes[i].Volume)}
}

func parcel(w *weighttest.World, p weighttest.Parcel) weight.Parcel {
	out := weight.Parcel{Box: box(w, p.Box), Division: w.Division, Rule: weight.Rule{Permille: 20, Least: 15 * unit.Gram}}
	out.Goods = out.Box.Volume - mm3(p.Empty)
	for _, it := range p.Items {
		out.Items = append(out.Items, item(w, it.Product, it.Qty))
	}
	return out
}

func (b *bench) Judge(w *weighttest.World, p weighttest.Parcel) (bool, weighttest.Cause) {
	e := weight.Evidence{Parcel: parcel(w, p), Actual: p.Reading, Variants: map[string][]weight.Item{}}
	want := b.Expect(e.Parcel)
	if !want.Known || (p.Reading-want.Mass).Abs() <= want.Tolerance {
		return false, weighttest.Cause{}
	}
	for i := range w.Boxes {
		e.Boxes = append(e.Boxes, box(w, i))
	}
	if p.Refused >= 0 {
		r := item(w, p.Refused, 1)
		e.Refused = &r
	}
	for _, it := range p.Items {
		for _, v := range w.Products[it.Product].Variants {
			e.Variants[w.Products[it.Product].SKU] = append(e.Variants[w.Products[it.Product].SKU], item(w, v, 1))
		}
	}
	if causes := b.Causes(e); len(causes) > 0 {
		return true, told(w, causes[0])
	}
	return true, weighttest.Cause{}
}

// told is a cause in the words of the world.
func told(w *weighttest.World, c weight.Cause) weighttest.Cause {
	of := func(sku string) int {
		return slices.IndexFunc(w.Products, func(p weighttest.Product) bool { return p.SKU == sku })
	}
	out := weighttest.Cause{Product: of(c.SKU), N: c.N}
	switch c.Kind {
	case weight.Missing:
		out.Kind = weighttest.Missing
	case weight.Extra:
		out.Kind = weighttest.Doubled
	case weight.Swapped:
		out.Kind, out.Product, out.Other = weighttest.Swapped, of(c.Instead), of(c.SKU)
	case weight.RefusedItem:
		out.Kind = weighttest.Refused
	case weight.Carton:
		out.Kind = weighttest.Carton
		out.Product = slices.IndexFunc(w.Boxes, func(b weighttest.Box) bool { return b.ID == c.SKU })
	case weight.Slip:
		out.Kind, out.Product = weighttest.Without, 0
	case weight.Filling:
		out.Kind, out.Product = weighttest.Without, 1
	}
	return out
}

func (b *bench) Passed(w *weighttest.World, p weighttest.Parcel)  { b.Learn(lesson(w, p, false)) }
func (b *bench) Allowed(w *weighttest.World, p weighttest.Parcel) { b.Learn(lesson(w, p, true)) }

func lesson(w *weighttest.World, p weighttest.Parcel, allowed bool) weight.Lesson {
	of := parcel(w, p)
	return weight.Lesson{
		Mass: p.Reading, Division: w.Division, Items: of.Items, Carton: of.Box.ID, Tare: of.Box.Tare, Spare: max(0, of.Box.Volume-of.Goods), Goods: of.Goods, Allowed: allowed,
	}
}

// Doubts is asked after each parcel; each doubt is told once, and a mass that was not
// in the catalogue is learnt without asking.
func (b *bench) Doubts() (out []int) {
	if b.asked == nil {
		b.asked = map[string]unit.Mass{}
	}
	for _, d := range b.Model.Doubts() {
		if d.Says > 0 && b.asked[d.SKU] != d.Says {
			b.asked[d.SKU] = d.Says
			out = append(out, number(d.SKU))
		}
	}
	return out
}

func number(sku string) (n int) {
	for _, r := range sku[1:] {
		n = n*10 + int(r-'0')
	}
	return n
}

// TestShifts prints how much of what an observer of the truth notices the model does,
// and the fixed rule. What is corrected in the catalogue changes what is drawn next, so
// that no two of them see the same parcels: each sees four worlds by scale.
func TestShifts(t *testing.T) {
	var model, best weighttest.Score
	for _, division := range []unit.Mass{1, 2, 5} {
		run := func(bench func() weighttest.Bench) (sum weighttest.Score) {
			for seed := range 4 {
				add(&sum, weighttest.Run(weighttest.New(uint64(10*seed)+uint64(division), division*unit.Gram), 10_000, bench()))
			}
			return sum
		}
		m := run(func() weighttest.Bench { return &bench{} })
		o := run(func() weighttest.Bench { return weighttest.Observer{} })
		f := run(func() weighttest.Bench { return weighttest.FivePercent{} })
		t.Logf("a scale of %d g\n  observer:  %s\n  model:     %s\n  5 %% rule:  %s", division, o, m, f)
		for kind, n := range o.ErrorsOf {
			t.Logf("  %-8s observer: %3d noticed of %3d, %3d right; model: %3d of %3d, %3d right",
				kind, o.SeenOf[kind], n, o.RightOf[kind], m.SeenOf[kind], m.ErrorsOf[kind], m.RightOf[kind])
		}
		add(&model, m)
		add(&best, o)
	}
	share := func(n, of int) float64 { return 100 * float64(n) / float64(of) }
	noticed := 100 * share(model.Seen, model.Wrong) / share(best.Seen, best.Wrong)
	right := 100 * share(model.Right, model.Wrong) / share(best.Right, best.Wrong)
	alarms := share(model.False, model.Good)
	t.Logf("of the observer's: noticed %.1f %%, first cause right %.1f %%; false alarms %.2f %%, after the first quarter %.2f %% (observer %.2f %%)",
		noticed, right, alarms, share(model.LateBad, model.LateGood), share(best.False, best.Good))
	if noticed < 91 || right < 84 || alarms > 0.8 {
		t.Error("it was better once")
	}
}

func add(sum *weighttest.Score, s weighttest.Score) {
	if sum.ErrorsOf == nil {
		*sum = s
		return
	}
	sum.Good += s.Good
	sum.False += s.False
	sum.Wrong += s.Wrong
	sum.Seen += s.Seen
	sum.Right += s.Right
	sum.Doubts += s.Doubts
	sum.LateGood += s.LateGood
	sum.LateBad += s.LateBad
	for kind, n := range s.ErrorsOf {
		sum.ErrorsOf[kind] += n
		sum.SeenOf[kind] += s.SeenOf[kind]
		sum.RightOf[kind] += s.RightOf[kind]
	}
}
