package pack_test

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

var scaleSteps = flag.Int("scale-steps", 200_000, "steps of TestNoLoadCountsTwice; a tenth with -short")

// TestNoLoadCountsTwice plays random days at a bench with a scale: loads that are put
// on, taken off and changed, orders, scans, readings, typed weights, overrides,
// restarts, cables, tares. A world of its own knows what truly lies on the plate and
// which parcel that was first weighed for. No load counts for another parcel (V1,
// V2), no reading is called old without such a load, and whoever clears the scale and
// puts the right box on it is let through.
func TestNoLoadCountsTwice(t *testing.T) { // W1
	const day = 300
	steps := *scaleSteps
	if testing.Short() {
		steps /= 10
	}
	counts := map[string]int{}
	for seed := range steps / day {
		m := newModel(t, uint64(seed))
		for range day {
			m.step()
			if m.fault != "" {
				t.Fatalf("seed %d, step %d: %s\n%s", seed, len(m.log), m.fault, strings.Join(m.log[max(0, len(m.log)-40):], "\n"))
			}
		}
		for k, n := range m.counts {
			counts[k] += n
		}
	}
	for _, k := range []string{"taken", "missed", "old", "cleared and put on", "restart", "typed", "override", "closed", "reopened", "refused tare"} {
		if counts[k] < steps/5000 {
			t.Errorf("%s came only %d times: the days are too dull, %v", k, counts[k], counts)
		}
	}
	t.Log(counts)
}

// thing lies on the plate. One that is taken off and put on again is another thing.
type thing struct {
	id   int
	mass unit.Mass
}

// model is the world around one bench, and what is true in it.
type model struct {
	*rand.Rand
	t      *testing.T
	codec  *journal.Codec
	chain  journal.Chain
	s      pack.State
	replay pack.State // what the journal says
	log    []string
	fault  string
	counts map[string]int

	plate []thing // the lowest first
	last  int     // id of the last thing
	zero  unit.Mass
	tare  unit.Mass
	net   bool

	opened map[string]int // how often an order was opened: its parcels are others each time
	closed []pack.ParcelRef
	labels int

	first map[string]string // load → parcel that it was first weighed for
	shown []shown           // readings of parcels to be weighed that the scale has not shown to be off
}

type shown struct {
	parcel string
	mass   unit.Mass
	net    bool
}

func newModel(t *testing.T, seed uint64) *model {
	m := &model{
		Rand: rand.New(rand.NewPCG(seed, 10)), t: t, codec: journal.Bench(), chain: journal.Chain{Writer: "S1"},
		s: pack.New(), replay: pack.New(), counts: map[string]int{}, opened: map[string]int{}, first: map[string]string{},
	}
	m.give(pack.Started{Rules: pack.Rules{
		Station: "S1", LockAfter: 3, AskService: m.IntN(2) == 0, WorksAlone: m.IntN(4) == 0, TypedWeight: station.Supervisor,
		OverrideRole: station.Supervisor, ConfirmRole: station.Supervisor, VoidRole: station.Supervisor,
	}})
	return m
}

// give takes one input through the machine and the journal, and answers what it
// asks for.
func (m *model) give(e pack.Event) []pack.Fact {
	row := m.chain.Seq + 1
	in := pack.Input{ID: journal.ID("S1", row), At: time.Unix(row, 0).UTC(), Event: e}
	facts, next := pack.Step(m.s, in)
	input, decided, err := m.codec.Encode(in, facts)
	if err != nil {
		m.t.Fatal(err)
	}
	r := m.chain.Next(in.At, input, decided)
	m.chain, m.s = m.chain.After(r), next
	read, err := m.codec.Facts(r)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, f := range read {
		m.replay = pack.Fold(m.replay, f)
	}
	m.follow(facts)
	for _, id := range slices.Sorted(maps.Keys(m.s.Pending)) {
		if asked, ok := m.s.Pending[id]; ok {
			m.give(m.answer(asked))
		}
	}
	return facts
}

// follow keeps what the orders' facts say.
func (m *model) follow(facts []pack.Fact) {
	for _, f := range facts {
		switch f := f.(type) {
		case pack.OrderTaken:
			m.opened[f.Order.ID]++
		case pack.ParcelReopened:
			m.counts["reopened"]++
			m.closed = slices.DeleteFunc(m.closed, func(p pack.ParcelRef) bool { return p.ID == f.Parcel.ID })
		case pack.ParcelDone:
			m.counts["closed"]++
			m.closed = append(m.closed, pack.ParcelRef{ID: f.Parcel, Order: f.Order, SSCC: f.SSCC, State: pack.ParcelClosed, Contents: f.Contents})
		case pack.WeightTaken:
			switch {
			case f.Weight.Typed:
				m.counts["typed"]++
			case f.Weight.Reason != "":
				m.counts["override"]++
			}
		}
	}
}

// answer is what became of an effect.
func (m *model) answer(e pack.Effect) pack.Event {
	switch e.Kind {
	case pack.EffectOpen:
		o := orderOf(e.Order)
		for _, p := range m.closed {
			if p.Order == o.ID {
				o.Parcels, o.Begun = append(o.Parcels, p), o.Begun+1
			}
		}
		return pack.OrderReady{Effect: e.ID, Order: o}
	case pack.EffectQuote:
		eur := unit.Money{Minor: 450, Currency: "EUR"}
		return pack.QuotesReady{Effect: e.ID, Quotes: []pack.Quote{{Service: "post", Carrier: "demo", Price: eur, Allowed: true, Chosen: m.IntN(20) > 0}}}
	case pack.EffectBuy:
		m.labels++
		sscc := fmt.Sprint("L", m.labels)
		return pack.Bought{Effect: e.ID, State: pack.PurchaseBought, SSCC: sscc, Tracking: "T" + sscc, Document: "doc-" + sscc}
	case pack.EffectVoid:
		return pack.Voided{Effect: e.ID}
	case pack.EffectPrint:
		return pack.Printed{Effect: e.ID, Document: e.Document, State: pack.PrintPrinted, Ended: true}
	case pack.EffectScale:
		return m.obey(e)
	}
	return pack.EffectDone{Effect: e.ID}
}

var masses = map[string]unit.Mass{"A": 400 * unit.Gram, "B": 600 * unit.Gram, "C": 1100 * unit.Gram}

// orderOf makes an order from its id, which lists its goods. The empty box weighs
// 100 g: what stands on another box may look like one box.
func orderOf(id string) pack.OrderInfo {
	o := pack.OrderInfo{ID: id, Version: 1, Carton: &pack.Carton{ID: "M", Tare: 100 * unit.Gram}}
	goods, _, _ := strings.Cut(id, "-")
	for i, sku := range strings.Split(goods, "") {
		o.Lines = append(o.Lines, pack.LineInfo{ID: fmt.Sprint(i + 1), SKU: sku, Name: sku, Kind: station.Goods, Qty: 1, Mass: masses[sku]})
	}
	return o
}

// parcel names the parcel on the bench, and which time of being opened it is; ""
// where none is to be weighed.
func (m *model) parcel() string {
	w := m.s.Work
	if w == nil || w.Step != pack.Weighing && w.Step != pack.Choosing {
		return ""
	}
	return fmt.Sprintf("%s/%d", w.Parcel.ID, m.opened[w.Order])
}

// load names what lies on the plate.
func (m *model) load() string { return fmt.Sprint(m.plate) }

func (m *model) right() unit.Mass {
	if w := m.s.Work; w != nil && w.Parcel.Carton != nil {
		return w.Goods() + w.Parcel.Carton.Tare
	}
	return 0
}

// shows is what the scale says, and so its gate.
func (m *model) shows() pack.Weighed {
	e := pack.Weighed{Scale: pack.ScaleSteady, Division: unit.Gram, Net: m.net, Mass: -m.zero}
	for _, x := range m.plate {
		e.Mass += x.mass
	}
	if m.net {
		e.Mass -= m.tare
	}
	switch {
	case e.Mass < -2*unit.Gram:
		return pack.Weighed{Scale: pack.ScaleUnder, Net: m.net}
	case e.Mass <= 2*unit.Gram:
		return pack.Weighed{Scale: pack.ScaleZero, Net: m.net}
	}
	e.Mass += unit.Mass(m.IntN(3)-1) * unit.Gram
	return e
}

// look gives what the scale shows to the machine, and compares what it makes of it
// with what lies on the plate.
func (m *model) look() (taken bool) {
	e, parcel := m.shows(), m.parcel()
	if e.Scale == pack.ScaleSteady && parcel != "" && (m.s.Phase == pack.Weighing || m.s.Phase == pack.Choosing) {
		e.Expect = &pack.Expect{Known: m.IntN(30) > 0, Mass: m.right(), Tolerance: 16 * unit.Gram}
	}
	result := ""
	for _, f := range m.give(e) {
		switch f := f.(type) {
		case pack.WeightTaken:
			result = "taken"
		case pack.WeightMissed:
			result = "missed"
		case pack.Judged:
			if f.Verdict.Code == pack.CodeWeightStale {
				result = "old"
			}
		}
	}
	m.counts[result]++
	m.note("%s %s on %s for %q: %s %v", e.Scale, e.Mass, m.load(), parcel, result, m.s.Scale.Loads)
	switch result {
	case "taken", "missed":
		if first := cmp.Or(m.first[m.load()], parcel); first != parcel {
			m.fault = fmt.Sprintf("%s was first weighed for %s, and is %s for %s", m.load(), first, result, parcel)
		}
		m.first[m.load()] = parcel
	case "old":
		if !slices.ContainsFunc(m.shown, func(s shown) bool {
			return s.parcel != parcel && (s.net != e.Net || (s.mass-e.Mass).Abs() < 10*unit.Gram)
		}) {
			m.fault = fmt.Sprintf("%s is called old for %s, and nothing like it was weighed: %v", e.Mass, parcel, m.shown)
		}
		return false
	}
	m.saw(e, parcel)
	return result == "taken"
}

// saw keeps what a reading shows to be on the plate yet, by its figures alone.
func (m *model) saw(e pack.Weighed, parcel string) {
	if e.Scale != pack.ScaleZero && e.Scale != pack.ScaleSteady {
		return
	}
	m.shown = slices.DeleteFunc(m.shown, func(s shown) bool {
		return (!e.Net || s.net) && (e.Scale == pack.ScaleZero || s.mass-e.Mass >= 10*unit.Gram)
	})
	if e.Scale == pack.ScaleSteady && parcel != "" {
		m.shown = append(m.shown, shown{parcel, e.Mass, e.Net})
	}
}

func (m *model) note(format string, args ...any) { m.log = append(m.log, fmt.Sprintf(format, args...)) }

func (m *model) put(mass unit.Mass) {
	m.last++
	m.plate = append(slices.Clone(m.plate), thing{m.last, mass})
}

// obey is the runner of the scale's commands: it refuses while something that was
// weighed may lie on the scale.
func (m *model) obey(e pack.Effect) pack.Event {
	now := m.shows()
	if now.Scale == pack.ScaleUnder {
		now.Mass = 0
	}
	if len(m.s.Scale.Left(now)) > 0 || e.Do == "zero" && now.Mass > 50*unit.Gram {
		m.counts["refused tare"]++
		return pack.EffectFailed{Effect: e.ID}
	}
	if e.Do == "tare" {
		m.takeTare()
	} else {
		m.restartScale()
	}
	return pack.ScaleObeyed{Effect: e.ID}
}

func (m *model) takeTare() {
	gross := -m.zero
	for _, x := range m.plate {
		gross += x.mass
	}
	m.net, m.tare = gross > 0, max(0, gross)
}

// restartScale makes what lies on it its zero.
func (m *model) restartScale() {
	m.net, m.zero = false, 0
	for _, x := range m.plate {
		m.zero += x.mass
	}
}

// clearAndPutOn is what a packer does who is told to: it must help.
func (m *model) clearAndPutOn() {
	if m.s.Phase != pack.Weighing || m.s.Work.Blocked != "" || m.s.Work.Excess() > 0 {
		return
	}
	m.note("the scale is cleared and the right box put on")
	m.plate = nil
	m.restartScale()
	m.look()
	m.put(m.right())
	if !m.look() && m.fault == "" {
		m.fault = "the right box on a scale that was empty is not taken"
	}
	m.counts["cleared and put on"]++
}

// restart starts the program anew, from its journal.
func (m *model) restart() {
	if !reflect.DeepEqual(m.s, m.replay) {
		m.fault = fmt.Sprintf("the journal tells of another state: %+v, want %+v", m.replay.Scale, m.s.Scale)
	}
	m.counts["restart"]++
	m.note("restart")
	m.s = m.replay
	m.give(pack.Started{Rules: m.s.Rules})
}
