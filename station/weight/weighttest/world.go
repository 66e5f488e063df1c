// Package weighttest makes shifts of parcels for trying what is said of weights, and
// counts how well it was said. Its world has what no bench knows: batches that differ,
// board and goods that take up moisture, a scale that drifts. [Observer] is told all of
// that and so says what can be said at all; [FivePercent] is the fixed rule that shops
// begin with. The package was written before any model that is tried on it and must
// never be changed to suit one; it knows no such model.
//
//	world := weighttest.New(1, 2*unit.Gram)
//	score := weighttest.Run(world, 10_000, bench)
package weighttest

import (
	"math"
	"math/rand/v2"
	"strconv"

	"packbench/station/unit"
)

// Sizes of the world.
const (
	products = 300
	families = 60 // of two to five products that are each other's variants
)

// Product is what the catalogue says of a product.
type Product struct {
	SKU      string
	Mass     unit.Mass // 0: unknown
	Volume   float64   // in litres
	Variants []int     // other products of its family
}

// truth is what a product is.
type truth struct {
	mean     float64 // in milligrams, dry and over all batches
	spread   float64 // of a unit, as a share
	moisture float64 // share taken up on the dampest day
	batch    float64 // offset of the batch in stock, as a share
	left     int     // units of it
}

// Box is what the catalogue says of a type of carton.
type Box struct {
	ID     string
	Tare   unit.Mass
	Volume float64
}

// World is a shop, its stock and its bench. The catalogue may be corrected, the rest
// goes its own way.
type World struct {
	Products []Product
	Boxes    []Box
	Division unit.Mass

	rand   *rand.Rand
	truths []truth
	boxes  []truth
	share  []float64 // of each product in what is ordered, summed up
	climate
	zero float64 // of the scale, in milligrams
	span float64
	hand float64 // how much filling this packer takes, 1 for the usual
}

// climate is what the day is like: moisture between about -1 and 1.
type climate struct {
	n    int
	damp float64
	air  float64
}

// New makes a world. The same seed makes the same one.
func New(seed uint64, division unit.Mass) *World {
	w := &World{Division: division, rand: rand.New(rand.NewPCG(seed, 0x9E3779B97F4A7C15)), hand: 1}
	w.stock()
	w.relate()
	w.misprint()
	for i, litres := range []float64{1.5, 4, 8, 16, 32, 64} {
		tare := 45_000 * math.Pow(litres/1.5, 0.75)
		box := truth{mean: tare * (1 + 0.02*w.rand.NormFloat64()), spread: 0.008, moisture: 0.025}
		w.boxes = append(w.boxes, box)
		w.Boxes = append(w.Boxes, Box{ID: "BOX" + strconv.Itoa(i), Tare: rounded(tare, 1_000), Volume: litres})
	}
	return w
}

// stock makes the products: a third are goods from machines, some grew.
func (w *World) stock() {
	sum := 0.0
	for i := range products {
		mean := math.Min(6_000_000, math.Max(2_000, 180_000*math.Exp(1.3*w.rand.NormFloat64())))
		t := truth{mean: mean}
		switch kind := w.rand.Float64(); {
		case kind < 0.4:
			t.spread = 0.001 + 0.004*w.rand.Float64()
		case kind < 0.85:
			t.spread = 0.005 + 0.015*w.rand.Float64()
		default:
			t.spread = 0.02 + 0.04*w.rand.Float64()
		}
		if w.rand.Float64() < 0.2 {
			t.moisture = 0.003 + 0.012*w.rand.Float64()
		}
		w.truths = append(w.truths, t)
		w.Products = append(w.Products, Product{
			SKU: "P" + strconv.Itoa(i), Volume: mean / 1e6 / (0.4 * math.Exp(0.5*w.rand.NormFloat64())),
		})
		sum += math.Pow(float64(i+1), -0.9)
		w.share = append(w.share, sum)
	}
}

// relate makes families whose members weigh nearly the same, or clearly not.
func (w *World) relate() {
	order := w.rand.Perm(products)
	for range families {
		n := 2 + w.rand.IntN(4)
		some := order[:n]
		order = order[n:]
		first := w.truths[some[0]]
		for _, i := range some {
			if i != some[0] {
				t := &w.truths[i]
				*t = first
				t.mean *= math.Exp(0.12 * w.rand.NormFloat64())
				w.Products[i].Volume = w.Products[some[0]].Volume
			}
			for _, j := range some {
				if j != i {
					w.Products[i].Variants = append(w.Products[i].Variants, j)
				}
			}
		}
	}
}

// misprint writes the catalogue's masses: most are rounded, some are wrong or missing.
func (w *World) misprint() {
	for i, t := range w.truths {
		says := t.mean * (1 + 0.01*w.rand.NormFloat64())
		switch kind := w.rand.Float64(); {
		case kind < 0.03:
			continue
		case kind < 0.07:
			off := 0.08 + 0.5*w.rand.Float64()
			if w.rand.IntN(2) == 0 {
				off = -off
			}
			says *= 1 + off
		}
		step := 1_000.0
		if says > 500_000 {
			step = 10_000
		}
		w.Products[i].Mass = max(1_000, rounded(says, step))
	}
}

// Weigh puts one unit of a product on the scale and writes what it shows into the
// catalogue, as whoever corrects it does.
func (w *World) Weigh(product int) {
	t := w.truths[product]
	w.Products[product].Mass = max(w.Division, rounded(w.unit(t)+w.zero, float64(w.Division)))
}

// unit is what one more unit weighs today.
func (w *World) unit(t truth) float64 {
	return t.today(w.damp) * (1 + t.spread*w.rand.NormFloat64())
}

// today is what a unit weighs on average.
func (t truth) today(damp float64) float64 { return t.mean * (1 + t.batch + t.moisture*damp) }

// take moves the stock on to the next batch where this one is used up.
func (w *World) take(t *truth, own float64, size int) {
	if t.left--; t.left > 0 {
		return
	}
	t.left = size/2 + w.rand.IntN(size)
	t.batch = (0.7*t.spread + own) * w.rand.NormFloat64()
}

// pass lets the time of one parcel go by.
func (w *World) pass() {
	w.n++
	w.air = 0.999*w.air + 0.0447*0.4*w.rand.NormFloat64()
	w.damp = 0.6*math.Sin(2*math.Pi*float64(w.n)/4_300) + w.air
	w.zero += 0.12 * float64(w.Division) * w.rand.NormFloat64()
	if w.rand.Float64() < 0.02 { // it was set to zero
		w.zero = 0.1 * float64(w.Division) * w.rand.NormFloat64()
	}
	w.span = 0.0003 * math.Sin(2*math.Pi*float64(w.n)/700)
	if w.n%400 == 0 { // another packer
		w.hand = math.Exp(0.15 * w.rand.NormFloat64())
	}
}

func rounded(mg, step float64) unit.Mass { return unit.Mass(math.Round(mg/step) * step) }
