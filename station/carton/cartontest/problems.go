package cartontest

import (
	"fmt"
	"math/rand/v2"

	"packbench/station/carton"
	"packbench/station/unit"
)

// shelf is a kind of goods: its edges in millimetres from smallest to largest, how
// dense it is, and what shops say of it.
type shelf struct {
	name      string
	from, to  [3]int
	density   [2]int // g per litre
	share     int    // of a hundred lines or so
	fragile   bool
	flat, own bool
}

var shelves = []shelf{
	{"book", [3]int{8, 100, 130}, [3]int{45, 220, 300}, [2]int{700, 900}, 15, false, false, false},
	{"tee", [3]int{15, 200, 250}, [3]int{40, 260, 320}, [2]int{150, 250}, 13, false, false, false},
	{"cosmetic", [3]int{40, 40, 60}, [3]int{90, 90, 160}, [2]int{500, 1000}, 12, false, false, false},
	{"cable", [3]int{20, 70, 100}, [3]int{50, 140, 180}, [2]int{300, 500}, 10, false, false, false},
	{"case", [3]int{15, 80, 150}, [3]int{25, 110, 200}, [2]int{300, 400}, 9, false, false, false},
	{"toy", [3]int{60, 100, 120}, [3]int{180, 300, 400}, [2]int{100, 250}, 9, false, false, false},
	{"shoes", [3]int{100, 180, 280}, [3]int{130, 230, 360}, [2]int{130, 230}, 7, false, false, false},
	{"tool", [3]int{40, 80, 200}, [3]int{100, 200, 350}, [2]int{1200, 2000}, 6, false, false, false},
	{"bottle", [3]int{70, 70, 200}, [3]int{90, 90, 320}, [2]int{1100, 1300}, 6, false, true, false},
	{"mug", [3]int{90, 90, 110}, [3]int{110, 115, 130}, [2]int{250, 450}, 4, true, true, false},
	{"glass", [3]int{90, 120, 150}, [3]int{180, 200, 260}, [2]int{200, 400}, 3, true, true, false},
	{"poster", [3]int{60, 60, 420}, [3]int{80, 80, 700}, [2]int{250, 300}, 3, false, false, false},
	{"computer", [3]int{150, 300, 350}, [3]int{260, 400, 520}, [2]int{200, 330}, 2, false, true, true},
	{"dumbbell", [3]int{90, 90, 180}, [3]int{150, 150, 320}, [2]int{3500, 5000}, 1, false, false, false},
}

// Boxes are fourteen types of carton such as a shop of mixed goods has.
func Boxes() []carton.Box {
	var boxes []carton.Box
	for _, b := range []struct {
		id      string
		w, l, d int
		max     int // kg
	}{
		{"XS", 150, 100, 50, 5},
		{"S", 200, 150, 100, 5},
		{"S-flat", 300, 200, 60, 15},
		{"M", 250, 200, 150, 5},
		{"M-long", 400, 150, 100, 15},
		{"M-cube", 200, 200, 200, 5},
		{"L-flat", 400, 300, 100, 15},
		{"L", 350, 250, 200, 15},
		{"L-cube", 300, 300, 300, 15},
		{"XL-flat", 500, 400, 150, 30},
		{"XL", 450, 350, 300, 15},
		{"XL-long", 800, 200, 150, 30},
		{"XXL", 600, 400, 400, 30},
		{"XXXL", 800, 600, 500, 30},
	} {
		skin := (b.w*b.l + b.l*b.d + b.w*b.d) * 2
		boxes = append(boxes, carton.Box{
			ID: b.id, Inner: Millimetres(b.w, b.l, b.d), Outer: Millimetres(b.w+6, b.l+6, b.d+6),
			Tare: unit.Mass(skin/1850) * unit.Gram, Max: unit.Mass(b.max) * unit.Kilogram, Cost: int64(skin / 5000),
		})
	}
	return boxes
}

// Millimetres is a size.
func Millimetres(w, l, d int) unit.Size {
	return unit.Size{Width: unit.Length(w) * unit.Millimetre, Length: unit.Length(l) * unit.Millimetre, Depth: unit.Length(d) * unit.Millimetre}
}

// Orders are mixed orders of a web shop: 1 to 30 pieces, most of them few. With rules,
// goods are fragile, upright and in cartons of their own as the shelves say.
func Orders(seed uint64, n int, rules bool) []carton.Problem {
	r := rand.New(rand.NewPCG(seed, 1))
	problems := make([]carton.Problem, n)
	for i := range problems {
		p := carton.Problem{
			ID: fmt.Sprintf("o%05d", i), Objective: carton.FewestBoxes, Boxes: Boxes(), Rules: carton.Rules{Support: carton.DefaultSupport},
		}
		if rules {
			p.Rules.Heavy = 2 * unit.Kilogram
		}
		lines := 1
		for lines < 10 && r.IntN(100) < 63 {
			lines++
		}
		pieces := 0
		for range lines {
			it := line(r, rules)
			it.Qty = min(it.Qty, 30-pieces)
			if it.Qty > 0 {
				pieces += it.Qty
				p.Items = append(p.Items, it)
			}
		}
		problems[i] = p
	}
	return problems
}

func line(r *rand.Rand, rules bool) carton.Item {
	s := shelves[pick(r)]
	var e [3]int
	for k := range e {
		e[k] = s.from[k] + r.IntN(s.to[k]-s.from[k]+1)
	}
	grams := e[0] * e[1] / 100 * e[2] / 100 * (s.density[0] + r.IntN(s.density[1]-s.density[0]+1)) / 100
	it := carton.Item{SKU: s.name, Qty: 1, Mass: unit.Mass(max(grams, 1)) * unit.Gram}
	for r.IntN(100) < 22 && it.Qty < 12 {
		it.Qty += 1 + r.IntN(3)
	}
	if s.flat { // the longest edge of what stands is upright
		it.Size = Millimetres(e[0], e[1], e[2])
	} else {
		o := r.Perm(3)
		it.Size = Millimetres(e[o[0]], e[o[1]], e[o[2]])
	}
	if rules {
		it.Fragile, it.Own = s.fragile, s.own
		if s.flat {
			it.Turn = carton.Flat
		}
	}
	return it
}

func pick(r *rand.Rand) int {
	at := r.IntN(100)
	for i, s := range shelves {
		if at -= s.share; at < 0 {
			return i
		}
	}
	return 0
}

// Random are problems of all shapes, with all the rules that there are and with bad
// data among them: they try the checker's every line, and are nothing that a shop has.
func Random(seed uint64, n int) []carton.Problem {
	r := rand.New(rand.NewPCG(seed, 2))
	problems := make([]carton.Problem, n)
	for i := range problems {
		p := carton.Problem{
			ID:        fmt.Sprintf("r%06d", i),
			Objective: []carton.Objective{carton.FewestBoxes, carton.FewestBoxes, carton.LeastCost, carton.MostFilled}[r.IntN(4)],
			Rules:     carton.Rules{Support: []int{0, 300, 500, 500, 700, 1000}[r.IntN(6)]},
			Effort:    1 + r.IntN(300),
		}
		p.Charge = carton.Charge{PerParcel: int64(r.IntN(900)), PerKilo: int64(r.IntN(200)), Divisor: []int64{0, 5_000_000, 6_000_000}[r.IntN(3)]}
		if r.IntN(2) == 0 {
			p.Rules.Heavy = unit.Mass(200+r.IntN(3000)) * unit.Gram
		}
		if r.IntN(3) == 0 {
			p.Rules.Bulky = int64(100_000 + r.IntN(5_000_000))
		}
		boxes := 1
		if p.Objective != carton.MostFilled {
			boxes += r.IntN(6)
		}
		for k := range boxes {
			p.Boxes = append(p.Boxes, anyBox(r, k))
		}
		for range 1 + r.IntN(9) {
			p.Items = append(p.Items, anyItem(r))
		}
		problems[i] = p
	}
	return problems
}

func anyBox(r *rand.Rand, k int) carton.Box {
	w, l, d := 60+r.IntN(500), 60+r.IntN(500), 40+r.IntN(400)
	b := carton.Box{
		ID: fmt.Sprintf("b%d", k), Inner: Millimetres(w, l, d), Outer: Millimetres(w+r.IntN(9), l+r.IntN(9), d+r.IntN(9)),
		Tare: unit.Mass(r.IntN(600)) * unit.Gram, Cost: int64(r.IntN(300)),
	}
	if r.IntN(3) > 0 {
		b.Max = unit.Mass(1+r.IntN(30)) * unit.Kilogram
	}
	if r.IntN(4) == 0 {
		b.Stock = r.IntN(4) - 1
	}
	return b
}

func anyItem(r *rand.Rand) carton.Item {
	it := carton.Item{
		Size: Millimetres(5+r.IntN(250), 5+r.IntN(250), 5+r.IntN(250)), Mass: unit.Mass(1+r.IntN(4000)) * unit.Gram, Qty: r.IntN(8),
		Fragile: r.IntN(5) == 0, Own: r.IntN(15) == 0, NoTop: r.IntN(6) == 0,
	}
	switch r.IntN(6) {
	case 0:
		it.Turn = carton.Flat
	case 1:
		it.Turn.Fixed = true
	case 2:
		it.Turn.Not[r.IntN(3)] = true
	}
	if r.IntN(6) == 0 {
		it.Most = 1 + r.IntN(3)
	}
	if r.IntN(5) == 0 {
		it.Group = string(rune('A' + r.IntN(3)))
	}
	switch r.IntN(40) { // what a catalogue can hold
	case 0:
		it.Size.Length = 0
	case 1:
		it.Size.Width = -it.Size.Width
	case 2:
		it.Mass = 0
	case 3:
		it.Size.Depth *= 100
	case 4:
		it.Mass *= 100
	case 5:
		it.Qty *= 20
	case 6: // edges that are no whole millimetres
		it.Size.Width = unit.Length(r.IntN(200_000) + 1)
	}
	return it
}
