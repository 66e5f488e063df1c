package weighttest

import (
	"math"
	"sort"

	"packbench/station/unit"
)

// Item is so many units of one product.
type Item struct {
	Product int
	Qty     int
}

// Kind is what went wrong with a parcel; "" for nothing.
type Kind string

// What goes wrong, each as often as the others.
const (
	Missing Kind = "missing" // one or two units of a product
	Doubled Kind = "doubled"
	Swapped Kind = "swapped" // one unit is a variant of what it should be
	Refused Kind = "refused" // the last refused item was left inside
	Carton  Kind = "carton"  // another than was scanned
	Without Kind = "without" // no slip or no filling inside
)

var kinds = []Kind{Missing, Doubled, Swapped, Refused, Carton, Without}

// Cause is what happened to a parcel, or what somebody thinks happened. Other is the
// product in the place of a swapped one; the carton's index stands in Product; of
// Without, 0 is the slip and 1 the filling.
type Cause struct {
	Kind    Kind
	Product int
	N       int
	Other   int
}

// Parcel is what a bench knows of a parcel, and after it what only the world knows.
type Parcel struct {
	Items   []Item
	Box     int     // that was scanned
	Empty   float64 // litres of it, by the sizes in the catalogue
	Refused int     // the item that was refused last, -1 for none
	Reading unit.Mass

	cause Cause
	wrong float64 // what it changed, in milligrams, and
	right unit.Mass
	means // of the day
}

// means are the true ones of the parcel as it should be.
type means struct {
	mass, variance float64
	damp           float64
	units          []float64 // by item
	slip, filling  float64
	density        float64
	shift          float64 // of the scale
}

const (
	wrongs  = 0.02 // share of parcels with one
	sheet   = 4_800.0
	pouch   = 3_000.0
	density = 8_000.0 // of filling, milligrams a litre
	fills   = 0.25    // spread of it
)

// Next packs, and puts on the scale.
func (w *World) Next() Parcel {
	w.pass()
	p := Parcel{Refused: -1}
	volume := w.order(&p)
	p.Box = w.boxFor(volume)
	for i := range p.Items {
		for range p.Items[i].Qty {
			w.take(&w.truths[p.Items[i].Product], 0.002, 160)
		}
	}
	w.take(&w.boxes[p.Box], 0.012, 600)
	p.Empty = math.Max(0, w.Boxes[p.Box].Volume-volume*(1+0.05*w.rand.NormFloat64()))
	if w.rand.Float64() < 0.06 {
		p.Refused = w.stranger(p)
	}
	w.contents(&p, volume)
	return p
}

// order draws what is in the parcel, and its volume.
func (w *World) order(p *Parcel) (volume float64) {
	lines := 1
	for lines < 12 && w.rand.Float64() < 0.55 {
		lines++
	}
	seen := map[int]bool{}
	for range lines {
		i := w.popular()
		qty := 1
		switch many := w.rand.Float64(); {
		case many > 0.9:
			qty = 3 + w.rand.IntN(4)
		case many > 0.75:
			qty = 2
		}
		more := w.Products[i].Volume * float64(qty)
		if seen[i] || len(p.Items) > 0 && volume+more > 45 {
			continue
		}
		seen[i] = true
		volume += more
		p.Items = append(p.Items, Item{i, qty})
	}
	return volume
}

func (w *World) popular() int {
	return sort.SearchFloat64s(w.share, w.rand.Float64()*w.share[products-1])
}

func (w *World) boxFor(volume float64) int {
	for i, b := range w.Boxes {
		if volume*1.25 <= b.Volume {
			return i
		}
	}
	return len(w.Boxes) - 1
}

// stranger is an item that was scanned and is not of the order: often a variant.
func (w *World) stranger(p Parcel) int {
	for _, it := range p.Items {
		if v := w.Products[it.Product].Variants; len(v) > 0 && w.rand.IntN(2) == 0 {
			return v[w.rand.IntN(len(v))]
		}
	}
	return w.popular()
}

// contents puts everything in and reads the scale.
func (w *World) contents(p *Parcel, volume float64) {
	box := w.boxes[p.Box]
	sheets := 1 + len(p.Items)/8
	m := &p.means
	m.damp, m.slip, m.density = w.damp, sheet*float64(sheets), density*w.hand
	m.filling = m.density * math.Max(0, w.Boxes[p.Box].Volume-volume)
	fill := m.filling * math.Exp(fills*w.rand.NormFloat64()-fills*fills/2)
	units := make([]float64, len(p.Items))
	actual := w.unit(box) + m.slip + pouch + fill
	m.mass = box.today(w.damp) + m.slip + pouch + m.filling
	m.variance = square(box.mean*box.spread) + square(m.filling*fills)
	for i, it := range p.Items {
		t := w.truths[it.Product]
		m.units = append(m.units, t.today(w.damp))
		m.mass += t.today(w.damp) * float64(it.Qty)
		m.variance += square(t.mean*t.spread) * float64(it.Qty)
		for range it.Qty {
			units[i] = w.unit(t)
			actual += units[i]
		}
	}
	if w.rand.Float64() < wrongs {
		w.err(p, units, fill)
	}
	m.shift = w.zero + m.mass*w.span
	noise := 0.25 * float64(w.Division) * w.rand.NormFloat64()
	m.variance += square(float64(w.Division)) * (0.0625 + 1.0/12)
	p.right = rounded(actual*(1+w.span)+w.zero+noise, float64(w.Division))
	p.Reading = rounded((actual+p.wrong)*(1+w.span)+w.zero+noise, float64(w.Division))
}

// err lets something go wrong; a kind that this parcel cannot have is drawn again.
func (w *World) err(p *Parcel, units []float64, fill float64) {
	for p.cause.Kind == "" {
		i := w.rand.IntN(len(p.Items))
		it := p.Items[i]
		c := Cause{Kind: kinds[w.rand.IntN(len(kinds))], Product: it.Product, N: 1}
		two := w.rand.Float64() < 0.2
		switch c.Kind {
		case Missing:
			if two && it.Qty > 1 {
				c.N = 2
			}
			p.wrong = -units[i] * float64(c.N)
		case Doubled:
			if two {
				c.N = 2
			}
			p.wrong = w.unit(w.truths[it.Product]) * float64(c.N)
		case Swapped:
			v := w.Products[it.Product].Variants
			if len(v) == 0 {
				continue
			}
			c.Other = v[w.rand.IntN(len(v))]
			p.wrong = w.unit(w.truths[c.Other]) - units[i]
		case Refused:
			if p.Refused < 0 {
				p.Refused = w.stranger(*p)
			}
			c.Product = p.Refused
			p.wrong = w.unit(w.truths[c.Product])
		case Carton:
			c.Product = max(0, min(len(w.Boxes)-1, p.Box+1-2*w.rand.IntN(2)))
			if c.Product == p.Box {
				continue
			}
			more := p.density * (w.Boxes[c.Product].Volume - w.Boxes[p.Box].Volume)
			p.wrong = w.unit(w.boxes[c.Product]) - w.boxes[p.Box].today(w.damp) + math.Max(more, -fill)
		case Without:
			c.Product = w.rand.IntN(2)
			p.wrong = -p.slip
			if c.Product == 1 {
				p.wrong = -fill
			}
		}
		p.cause = c
	}
}

// Mended is the parcel after what was wrong with it was put right, weighed again.
func (p Parcel) Mended() Parcel {
	p.Reading, p.cause, p.wrong = p.right, Cause{}, 0
	return p
}

func square(x float64) float64 { return x * x }
