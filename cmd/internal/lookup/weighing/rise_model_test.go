package weighing_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/lookup/weighing"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

var days = flag.Int("count-days", 60, "days of TestNoPieceIsCountedTwice")

// TestNoPieceIsCountedTwice plays days on which pieces are counted by the scale: put on in
// handfuls, taken off in part, beside bowls and strangers, with bumps, restarts, a silent
// scale and undo. A world of its own knows which piece lies where. The packer says yes to
// whatever is proposed, unless something else was put on or taken off. Never are more
// pieces counted than came onto the scale, and where none was taken off all of them are.
func TestNoPieceIsCountedTwice(t *testing.T) { // Q3, W1
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	settings := config.Default()
	counts := map[string]int{}
	for seed := range *days {
		w := &world{
			Rand: rand.New(rand.NewPCG(uint64(seed), 3)), t: t, bench: weighing.Bench{Store: db, Settings: &settings},
			codec: journal.Bench(), chain: journal.Chain{Writer: "S1"}, s: pack.New(), replay: pack.New(), mass: map[int]unit.Mass{}, counts: counts,
		}
		w.open()
		for range 200 {
			w.step()
			if w.fault != "" {
				t.Fatalf("day %d: %s\n%s", seed, w.fault, strings.Join(w.log[max(0, len(w.log)-40):], "\n"))
			}
		}
	}
	for _, k := range []string{"counted", "undone", "unsure", "exact", "restart", "back on"} {
		if counts[k] < *days/2 {
			t.Errorf("%s came only %d times: the days are too dull, %v", k, counts[k], counts)
		}
	}
	t.Log(counts)
}

// world is what truly lies on the scale, and what the bench makes of it.
type world struct {
	*rand.Rand
	t      *testing.T
	bench  weighing.Bench
	codec  *journal.Codec
	chain  journal.Chain
	s      pack.State
	replay pack.State
	log    []string
	fault  string
	counts map[string]int

	mass    map[int]unit.Mass // of each piece
	plate   map[int]bool      // pieces on the scale
	things  map[string]unit.Mass
	last    int
	floor   string       // the things that lay there when the count began
	there   map[int]bool // pieces that were taken for a part of it
	came    map[int]bool // that were on the scale since it was bare
	taken   bool         // some were taken off since
	counted int          // since it was bare
	stack   []int        // counts that an undo may take back, those of now last
	orders  int
}

const net = 52_300 * unit.Milligram

func (w *world) open() {
	w.orders++
	w.give(pack.Started{Rules: pack.Rules{Station: "S1"}})
	w.give(pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansBadge, Person: &pack.Person{ID: "p", Role: station.Packer}}}})
	id := fmt.Sprint("O", w.orders)
	w.give(pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: id}}}}})
	o := pack.OrderInfo{ID: id, Version: 1, Carton: &pack.Carton{ID: "M"}, Lines: []pack.LineInfo{
		{ID: "1", SKU: "BOLT", Name: "Bolt", Kind: station.Goods, Qty: 5000, Mass: net, ByWeight: true},
		{ID: "2", SKU: "LAMP", Name: "Lamp", Kind: station.Goods, Qty: 5000, Mass: 300 * unit.Gram},
	}}
	for id, e := range w.s.Pending {
		if e.Kind == pack.EffectOpen {
			w.give(pack.OrderReady{Effect: id, Order: o})
		}
	}
	w.plate, w.things = map[int]bool{}, map[string]unit.Mass{}
	w.begin()
}

// begin has the bench count, from what lies there.
func (w *world) begin() {
	w.give(pack.Command{Name: "by-weight", Value: "1"})
	w.rest()
	w.read(0)
}

// rest forgets what came before: what lies there now is what lay there first.
func (w *world) rest() {
	w.floor, w.there = fmt.Sprint(w.things), map[int]bool{}
	for id := range w.plate {
		w.there[id] = true
	}
	w.bare()
	w.stack = nil
}

// bare begins the count of pieces anew: those that were counted are in the box.
func (w *world) bare() {
	w.came, w.taken, w.counted = map[int]bool{}, fmt.Sprint(w.things) != w.floor, 0
	w.taken = w.taken || len(w.there) > 0 && len(w.plate) == 0
	for i := range w.stack {
		w.stack[i] = -max(w.stack[i], -w.stack[i]) // an undo of it has them fetched from the box
	}
}

func (w *world) load() (m unit.Mass) {
	for id := range w.plate {
		m += w.mass[id]
	}
	for _, thing := range w.things {
		m += thing
	}
	return m
}

func (w *world) give(e pack.Event) []pack.Fact {
	row := w.chain.Seq + 1
	in := pack.Input{ID: journal.ID("S1", row), At: time.Unix(row, 0).UTC(), Event: e}
	facts, next := pack.Step(w.s, in)
	input, decided, err := w.codec.Encode(in, facts)
	if err != nil {
		w.t.Fatal(err)
	}
	r := w.chain.Next(in.At, input, decided)
	w.chain, w.s = w.chain.After(r), next
	read, err := w.codec.Facts(r)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range read {
		w.replay = pack.Fold(w.replay, f)
	}
	if !reflect.DeepEqual(w.s.Tally, w.replay.Tally) || !reflect.DeepEqual(w.s.Scale, w.replay.Scale) {
		w.fault = fmt.Sprintf("the journal says %+v %+v, and the bench %+v %+v", w.replay.Tally, w.replay.Scale, w.s.Tally, w.s.Scale)
	}
	return facts
}

// in is how many pieces the bench has in the parcel.
func (w *world) in() int { return w.s.Work.Line("1").In }

// read gives the bench a steady reading, off by this bump, and answers what it proposes.
func (w *world) read(bump unit.Mass) {
	e := pack.Weighed{Scale: pack.ScaleSteady, Division: unit.Gram}
	e.Mass = (w.load() + bump + unit.Mass(w.IntN(1000))) / unit.Gram * unit.Gram
	if e.Mass <= 0 {
		e.Scale, e.Mass = pack.ScaleZero, 0
	}
	began := w.s.Tally != nil && !w.s.Tally.Known
	if w.s.Tallying() {
		rise, err := w.bench.Rise(w.t.Context(), w.s.Work, *w.s.Tally, e)
		if err != nil {
			w.t.Fatal(err)
		}
		e.Rise = rise
	}
	bare := w.s.Tally != nil && w.s.Tally.Known && w.s.Tally.Bare(e)
	w.give(e)
	w.log = append(w.log, fmt.Sprintf("reading %v: %d pieces and %v on it, %v", e.Mass, len(w.plate), w.things, w.s.Recent[0].Code))
	switch {
	case began:
		w.rest()
		if bump != 0 { // nobody knows what lay there
			w.floor = "a bump"
		}
		return
	case bare:
		w.bare()
	}
	if w.s.Recent[0].Code == pack.CodeCountUnsure {
		w.counts["unsure"]++
	}
	if q := w.s.Question; q != nil && q.Code == pack.CodeCountProposed {
		w.answer(q, bump)
	}
}

// answer says yes to a proposal, unless somebody can see that it is of something else.
func (w *world) answer(q *pack.Question, bump unit.Mass) {
	if bump != 0 || fmt.Sprint(w.things) != w.floor || w.IntN(5) == 0 {
		w.give(pack.Command{Name: "choose", N: len(q.Choices)})
		return
	}
	before := w.in()
	w.give(pack.Command{Name: "choose", N: 1})
	n := w.in() - before
	w.counted += n
	w.stack = append(w.stack, n)
	w.counts["counted"]++
	switch {
	case n < 1:
		w.fault = "a yes counted nothing"
	case w.counted > len(w.came):
		w.fault = fmt.Sprintf("%d are counted, and %d came", w.counted, len(w.came))
	case !w.taken && w.counted != len(w.came):
		w.fault = fmt.Sprintf("%d are counted, and %d came and stayed", w.counted, len(w.came))
	case !w.taken:
		w.counts["exact"]++
	}
}

func (w *world) step() {
	if w.s.Tally == nil || w.floor == "a bump" {
		if w.s.Tally != nil {
			w.give(pack.Command{Name: "by-weight", Value: "1"})
		}
		w.begin()
		return
	}
	switch n := w.IntN(20); {
	case n < 6:
		w.putOn()
	case n < 9:
		w.takeOff(1 + w.IntN(3))
	case n < 11:
		w.takeOff(len(w.plate))
	case n == 11:
		w.thing("bowl", 150*unit.Gram)
	case n == 12:
		w.thing("stranger", unit.Mass(20+w.IntN(400))*unit.Gram)
	case n == 13:
		w.read(unit.Mass(5+w.IntN(500)) * unit.Gram)
	case n == 14:
		w.give(pack.Weighed{Scale: pack.ScaleMoving, Mass: w.load() + unit.Mass(w.IntN(500))*unit.Gram, Division: unit.Gram})
	case n == 15:
		w.undo()
	case n == 16:
		w.give(pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansProduct, Product: &pack.Product{SKU: "LAMP", Name: "Lamp", Factor: 1}}}})
		w.stack = nil // what is undone next is that
	case n == 17:
		w.counts["restart"]++
		w.give(pack.Started{Rules: w.s.Rules})
	case n == 18:
		w.give(pack.Weighed{Scale: pack.ScaleNone})
	default:
		w.give(pack.Command{Name: "by-weight", Value: "1"})
		w.log = append(w.log, "the count ends")
		return
	}
	if w.fault == "" {
		w.read(0)
	}
}

func (w *world) putOn() {
	for range 1 + w.IntN(4) {
		w.last++
		w.mass[w.last] = net + unit.Mass(w.IntN(800)-300)*unit.Milligram
		w.plate[w.last], w.came[w.last] = true, true
	}
}

// takeOff takes some off, and sometimes sets them down again at once.
func (w *world) takeOff(n int) {
	var off []int
	for id := range w.plate {
		if len(off) < n {
			off = append(off, id)
		}
	}
	for _, id := range off {
		delete(w.plate, id)
	}
	w.taken = w.taken || len(off) > 0
	w.read(0)
	if len(w.came) > 0 && w.fault == "" && w.IntN(2) == 0 { // before the scale was bare
		w.counts["back on"]++
		for _, id := range off {
			if w.came[id] || w.there[id] {
				w.plate[id] = true
			}
		}
	}
}

func (w *world) thing(name string, mass unit.Mass) {
	if _, on := w.things[name]; on {
		delete(w.things, name)
	} else {
		w.things[name] = mass
	}
	w.taken = true
}

// undo takes the last count back; what the box holds of it is fetched out again.
func (w *world) undo() {
	if len(w.stack) == 0 {
		return
	}
	n, before := w.stack[len(w.stack)-1], w.in()
	w.stack = w.stack[:len(w.stack)-1]
	w.give(pack.Command{Name: "undo"})
	if got := before - w.in(); got != max(n, -n) {
		w.fault = fmt.Sprintf("an undo of %d took %d back", n, got)
	}
	w.counted -= max(n, 0)
	w.counts["undone"]++
	w.stack = nil // the next one would be of an earlier count, which the scale does not count again
	w.taken = true
}
