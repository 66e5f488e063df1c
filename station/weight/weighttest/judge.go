package weighttest

import (
	"fmt"
	"math"
)

// Bench judges parcels. It may look at what the world's catalogue says, and no further.
type Bench interface {
	// Judge reports whether something seems to be wrong, and what.
	Judge(w *World, p Parcel) (wrong bool, why Cause)
	// Passed is told of a parcel that it let pass, Allowed of one that a supervisor did.
	Passed(w *World, p Parcel)
	Allowed(w *World, p Parcel)
	// Doubts names products whose mass in the catalogue should be looked at: they are
	// weighed, and the catalogue is corrected.
	Doubts() []int
}

// Score counts what became of the parcels.
type Score struct {
	Good, False       int // parcels without an error, and those of them that were stopped
	Wrong, Seen       int // parcels with one, and those that were stopped
	Right             int // of those, with the true cause named first
	Doubts            int
	SeenOf, ErrorsOf  map[Kind]int
	RightOf           map[Kind]int
	LateGood, LateBad int // as Good and False, after the first quarter
}

func (s Score) String() string {
	return fmt.Sprintf("noticed %d of %d (%.1f %%), false alarms %d of %d (%.2f %%, after the first quarter %.2f %%), first cause right %d of %d (%.1f %%), weights doubted %d",
		s.Seen, s.Wrong, percent(s.Seen, s.Wrong), s.False, s.Good, percent(s.False, s.Good), percent(s.LateBad, s.LateGood),
		s.Right, s.Seen, percent(s.Right, s.Seen), s.Doubts)
}

func percent(n, of int) float64 { return 100 * float64(n) / math.Max(1, float64(of)) }

// Run packs n parcels. What is stopped with an error is put right and weighed again;
// what is stopped without one, a supervisor lets pass.
func Run(w *World, n int, b Bench) Score {
	s := Score{SeenOf: map[Kind]int{}, ErrorsOf: map[Kind]int{}, RightOf: map[Kind]int{}}
	for i := range n {
		p := w.Next()
		wrong, why := b.Judge(w, p)
		s.count(p, wrong, why, i >= n/4)
		if wrong && p.cause.Kind != "" {
			p = p.Mended()
			wrong, _ = b.Judge(w, p)
		}
		if wrong {
			b.Allowed(w, p)
		} else {
			b.Passed(w, p)
		}
		for _, product := range b.Doubts() {
			s.Doubts++
			w.Weigh(product)
		}
	}
	return s
}

func (s *Score) count(p Parcel, wrong bool, why Cause, late bool) {
	kind := p.cause.Kind
	if kind == "" {
		s.Good++
		if wrong {
			s.False++
		}
		if late {
			s.LateGood++
			if wrong {
				s.LateBad++
			}
		}
		return
	}
	s.Wrong++
	s.ErrorsOf[kind]++
	if !wrong {
		return
	}
	s.Seen++
	s.SeenOf[kind]++
	if why == p.cause {
		s.Right++
		s.RightOf[kind]++
	}
}

// Observer knows every true mean and spread of the moment, the scale's drift too, and
// not what this one unit weighs. It stops as many good parcels as the bench should: one
// in 500.
type Observer struct{}

const within = 3.0902 // standard deviations: all but 1 in 500

// Judge implements [Bench].
func (Observer) Judge(w *World, p Parcel) (wrong bool, why Cause) {
	off := float64(p.Reading) - p.mass - p.shift
	if math.Abs(off) <= within*math.Sqrt(p.variance) {
		return false, Cause{}
	}
	best := math.Inf(-1)
	for _, h := range w.hypotheses(p) {
		v := math.Max(p.variance+h.variance, square(float64(w.Division))/12)
		if l := math.Log(h.prior) - square(off-h.mean)/(2*v) - math.Log(v)/2; l > best {
			best, why = l, h.Cause
		}
	}
	return true, why
}

// Passed and the others leave it as it is: it has nothing to learn.
func (Observer) Passed(*World, Parcel)  {}
func (Observer) Allowed(*World, Parcel) {}
func (Observer) Doubts() []int          { return nil }

type hypothesis struct {
	Cause
	prior          float64
	mean, variance float64 // what it adds
}

// hypotheses are all that may have gone wrong, as often as it does.
func (w *World) hypotheses(p Parcel) (all []hypothesis) {
	today := func(i int) float64 { return w.truths[i].today(p.damp) }
	spread := func(i int) float64 { return square(w.truths[i].mean * w.truths[i].spread) }
	each := 1 / float64(len(p.Items))
	for _, it := range p.Items {
		i := it.Product
		for n := 1; n <= 2; n++ {
			f, prior := float64(n), each*[]float64{0.8, 0.2}[n-1]
			if n == 1 && it.Qty == 1 {
				all = append(all, hypothesis{Cause{Missing, i, 1, 0}, each, -today(i), -spread(i)})
			} else if n <= it.Qty {
				all = append(all, hypothesis{Cause{Missing, i, n, 0}, prior, -f * today(i), -f * spread(i)})
			}
			all = append(all, hypothesis{Cause{Doubled, i, n, 0}, prior, f * today(i), f * spread(i)})
		}
		for _, v := range w.Products[i].Variants {
			all = append(all, hypothesis{
				Cause{Swapped, i, 1, v}, each / float64(len(w.Products[i].Variants)), today(v) - today(i), spread(v) - spread(i),
			})
		}
	}
	if p.Refused >= 0 {
		all = append(all, hypothesis{Cause{Refused, p.Refused, 1, 0}, 8, today(p.Refused), spread(p.Refused)})
	}
	for i := p.Box - 1; i <= p.Box+1; i += 2 {
		if i >= 0 && i < len(w.Boxes) {
			more := math.Max(p.density*(w.Boxes[i].Volume-w.Boxes[p.Box].Volume), -p.filling)
			all = append(all, hypothesis{
				Cause{Carton, i, 1, 0}, 0.5, w.boxes[i].today(p.damp) - w.boxes[p.Box].today(p.damp) + more, 0,
			})
		}
	}
	return append(all,
		hypothesis{Cause{Without, 0, 1, 0}, 0.5, -p.slip, 0},
		hypothesis{Cause{Without, 1, 1, 0}, 0.5, -p.filling, -square(p.filling * fills)})
}

// FivePercent adds up the catalogue and stops what is off by more than a twentieth. What
// comes nearest is its cause. Where a mass is missing it lets everything pass.
type FivePercent struct{ Observer }

// Judge implements [Bench].
func (FivePercent) Judge(w *World, p Parcel) (wrong bool, why Cause) {
	want := float64(w.Boxes[p.Box].Tare)
	for _, it := range p.Items {
		if w.Products[it.Product].Mass == 0 {
			return false, Cause{}
		}
		want += float64(w.Products[it.Product].Mass) * float64(it.Qty)
	}
	off := float64(p.Reading) - want
	if math.Abs(off) <= 0.05*want {
		return false, Cause{}
	}
	best := math.Inf(1)
	try := func(c Cause, explains float64) {
		if d := math.Abs(off - explains); d < best {
			best, why = d, c
		}
	}
	for _, it := range p.Items {
		for n := 1; n <= 2; n++ {
			mass := float64(w.Products[it.Product].Mass) * float64(n)
			try(Cause{Missing, it.Product, n, 0}, -mass)
			try(Cause{Doubled, it.Product, n, 0}, mass)
		}
	}
	if p.Refused >= 0 {
		try(Cause{Refused, p.Refused, 1, 0}, float64(w.Products[p.Refused].Mass))
	}
	for i, b := range w.Boxes {
		if i != p.Box {
			try(Cause{Carton, i, 1, 0}, float64(b.Tare-w.Boxes[p.Box].Tare))
		}
	}
	return true, why
}
