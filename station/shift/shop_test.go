package shift

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// shop drives real benches at random: it answers their effects, claims orders
// for them and keeps the parcels that they closed, as the store would.
type shop struct {
	r       *rand.Rand
	at      time.Time
	step    time.Duration
	benches []*bench
	claimed map[string]string
	parcels map[string][]pack.ParcelRef // closed, by order
	begun   map[string]int
	version map[string]int
	sscc    int
	entries []journal.Entry
}

type bench struct {
	name  string
	seq   int64
	state pack.State
}

const shopOrders = 40

func newShop(seed uint64, at time.Time) *shop {
	s := &shop{
		r: rand.New(rand.NewPCG(seed, 7)), at: at, step: 7 * time.Second,
		claimed: map[string]string{}, parcels: map[string][]pack.ParcelRef{}, begun: map[string]int{}, version: map[string]int{},
	}
	for _, name := range []string{"S1", "S2"} {
		b := &bench{name: name, state: pack.New()}
		s.benches = append(s.benches, b)
		s.put(b, pack.Started{Rules: pack.Rules{
			Station: name, LockAfter: 3, TypedWeight: station.Supervisor, OverrideRole: station.Supervisor,
			ConfirmRole: station.Packer, VoidRole: station.Packer, AskService: name == "S2",
		}})
	}
	return s
}

// put gives a bench an input and keeps what came of it.
func (s *shop) put(b *bench, e pack.Event) {
	b.seq++
	s.at = s.at.Add(time.Duration(s.r.Int64N(int64(s.step))))
	in := pack.Input{ID: fmt.Sprintf("%s.%d", b.name, b.seq), At: s.at, Event: e}
	facts := pack.Decide(b.state, in)
	for _, f := range facts {
		b.state = pack.Fold(b.state, f)
		s.project(b, f)
	}
	s.entries = append(s.entries, journal.Entry{Writer: b.name, Seq: b.seq, At: s.at, Facts: facts})
}

func (s *shop) project(b *bench, f pack.Fact) {
	switch f := f.(type) {
	case pack.OrderTaken:
		s.begun[f.Order.ID] = f.Order.Begun + 1
	case pack.ParcelBegun:
		s.begun[b.state.Work.Order]++
	case pack.ParcelDone:
		s.parcels[f.Order] = append(s.parcels[f.Order], pack.ParcelRef{
			ID: f.Parcel, Order: f.Order, SSCC: f.SSCC, State: pack.ParcelClosed, Carrier: f.Carrier, Contents: f.Contents,
		})
	case pack.ParcelReopened:
		s.parcels[f.Parcel.Order] = slices.DeleteFunc(s.parcels[f.Parcel.Order], func(p pack.ParcelRef) bool { return p.ID == f.Parcel.ID })
	case pack.ParcelLoaded:
		s.mark(f.Loaded, pack.ParcelHandedOut)
	case pack.ParcelUnloaded:
		s.mark(f.Loaded, pack.ParcelClosed)
	case pack.OrderClosed:
		delete(s.claimed, f.Order)
	case pack.OrderLeft:
		delete(s.claimed, f.Order)
	}
}

func (s *shop) mark(l pack.Loaded, state pack.ParcelState) {
	for i, p := range s.parcels[l.Order] {
		if p.ID == l.Parcel {
			s.parcels[l.Order][i].State = state
		}
	}
}

// load scans any parcel at the van, or lets it leave.
func (s *shop) load(b *bench, order string) {
	switch {
	case b.state.Loading.Driver && s.r.IntN(4) > 0:
		s.put(b, pack.Command{Name: "driver", Value: "D1"})
	case s.r.IntN(8) == 0:
		s.put(b, pack.Command{Name: "handover"})
	case s.r.IntN(12) == 0:
		s.put(b, pack.Command{Name: "undo"})
	case s.r.IntN(30) == 0:
		s.put(b, pack.Command{Name: "cancel"})
	case len(s.parcels[order]) > 0:
		ref := s.parcels[order][s.r.IntN(len(s.parcels[order]))]
		s.put(b, pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansParcel, Parcel: &ref}}})
	}
}

func (s *shop) info(order string) pack.OrderInfo {
	n := len(order)
	o := pack.OrderInfo{ID: order, Version: s.version[order], Begun: s.begun[order], Parcels: slices.Clone(s.parcels[order])}
	for i := range 1 + int(order[n-1])%3 {
		o.Lines = append(o.Lines, pack.LineInfo{
			ID: fmt.Sprint(i + 1), SKU: fmt.Sprintf("SKU-%d", (int(order[n-1])+i)%5), Kind: station.Goods,
			Qty: 1 + i + s.version[order]%2, Mass: 100 * unit.Gram, Count: i == 1,
		})
	}
	return o
}

// turn is one random thing at a random bench; mostly what leads on.
func (s *shop) turn() {
	b := s.benches[s.r.IntN(len(s.benches))]
	if s.answer(b) {
		return
	}
	w := b.state.Work
	order := fmt.Sprintf("O%d", s.r.IntN(shopOrders))
	switch n := s.r.IntN(100); {
	case b.state.Phase == pack.SignedOut || b.state.Phase == pack.Locked || n < 2:
		s.badge(b)
	case n < 18:
		s.command(b, order)
	case n < 24:
		s.product(b, fmt.Sprintf("SKU-%d", s.r.IntN(6)), 1+s.r.IntN(2))
	case n < 25:
		s.put(b, pack.Scanned{Raw: "junk", Problem: "cut"})
	case n < 26 && w != nil:
		s.version[w.Order]++
		s.put(b, pack.ShopChanged{Status: station.OrderOpen, Order: s.info(w.Order)})
	case b.state.Phase == pack.Idle && b.state.Loading != nil:
		s.load(b, order)
	case b.state.Phase == pack.Idle && n < 32:
		van := pack.Van{Carrier: []string{"Comet", "Comet", "Snail"}[s.r.IntN(3)]}
		s.put(b, pack.Command{Name: "handover", Value: van.Carrier, Van: &van})
	case b.state.Phase == pack.Idle && n < 46 && len(s.parcels[order]) > 0:
		ref := s.parcels[order][0]
		s.put(b, pack.Command{Name: "reopen", Parcel: &ref, Sure: true})
		s.put(b, pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansBadge, Person: &pack.Person{ID: "V1", Role: station.Supervisor}}}})
	case b.state.Phase == pack.Idle:
		s.put(b, pack.Scanned{Raw: order, Meanings: []pack.Meaning{{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: order}}}}})
	default:
		s.forward(b, w)
	}
}

// forward does what the phase waits for.
func (s *shop) forward(b *bench, w *pack.Work) {
	switch b.state.Phase {
	case pack.Packing:
		for _, l := range w.Lines {
			if l.Open() > 0 {
				s.product(b, l.SKU, 1)
				return
			}
		}
		s.put(b, pack.Command{Name: "undo"})
	case pack.Weighing:
		s.weigh(b, w)
	case pack.Choosing:
		s.put(b, pack.Command{Name: "service", Value: "fast"})
	case pack.Closing:
		if w.Parcel.Label != nil {
			ref := pack.ParcelRef{ID: w.Parcel.ID, Order: w.Order, SSCC: w.Parcel.Label.SSCC}
			s.put(b, pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansParcel, Parcel: &ref}}})
		}
	default:
		s.put(b, pack.Command{Name: "retry"})
	}
}

func (s *shop) weigh(b *bench, w *pack.Work) {
	goods := w.Goods()
	mass := goods
	if s.r.IntN(6) == 0 {
		mass += 50 * unit.Gram
	}
	s.put(b, pack.Weighed{Scale: pack.ScaleZero})
	s.put(b, pack.Weighed{
		Scale: pack.ScaleSteady, Mass: mass, Expect: &pack.Expect{Known: true, Mass: goods, Tolerance: unit.Gram},
	})
}

func (s *shop) badge(b *bench) {
	p := []pack.Person{{ID: "P1", Role: station.Packer}, {ID: "P2", Role: station.Packer}, {ID: "V1", Role: station.Supervisor}}[s.r.IntN(3)]
	s.put(b, pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansBadge, Person: &p}}})
}

func (s *shop) product(b *bench, sku string, factor int) {
	s.put(b, pack.Scanned{Raw: sku, Meanings: []pack.Meaning{{Kind: pack.MeansProduct, Product: &pack.Product{SKU: sku, Factor: factor}}}})
}

func (s *shop) command(b *bench, order string) {
	names := []string{
		"undo", "remove", "put-back", "swap", "short", "confirm", "count", "next-parcel", "weigh", "service",
		"park", "cancel", "reopen", "void", "reprint", "retry", "next-order", "authorise", "choose", "sign-out", "label-came-out",
	}
	c := pack.Command{Name: names[s.r.IntN(len(names))], N: 1 + s.r.IntN(2), Sure: s.r.IntN(2) == 0}
	switch c.Name {
	case "short":
		c.Reason, c.Value = "damaged", "1"
	case "reprint", "authorise":
		c.Reason = "damaged"
	case "service":
		c.Value = "slow"
	case "next-order":
		c.Orders = []pack.OrderHint{{ID: order}}
	case "reopen":
		if list := s.parcels[order]; len(list) > 0 {
			ref := list[s.r.IntN(len(list))]
			c.Parcel = &ref
		}
	}
	s.put(b, c)
}

// answer gives a result to one pending effect, if the bench has any.
func (s *shop) answer(b *bench) bool {
	ids := make([]string, 0, len(b.state.Pending))
	for id := range b.state.Pending {
		ids = append(ids, id)
	}
	if len(ids) == 0 || s.r.IntN(4) == 0 {
		return false
	}
	slices.Sort(ids)
	e := b.state.Pending[ids[s.r.IntN(len(ids))]]
	if s.r.IntN(12) == 0 {
		s.put(b, pack.EffectFailed{Effect: e.ID, Trouble: trouble.New(trouble.Said, "no answer")})
		return true
	}
	switch e.Kind {
	case pack.EffectOpen:
		if by := s.claimed[e.Order]; by != "" && by != b.name {
			s.put(b, pack.OrderRefused{Effect: e.ID, Order: e.Order, Code: pack.CodeOrderElsewhere})
			return true
		}
		onDock := func(p pack.ParcelRef) bool { return p.ID == e.Parcel && p.State == pack.ParcelClosed }
		if e.Parcel != "" && !slices.ContainsFunc(s.parcels[e.Order], onDock) { // a van was quicker
			s.put(b, pack.OrderRefused{Effect: e.ID, Order: e.Order, Code: pack.CodeNotNow, Reason: string(pack.ReasonHandedOver)})
			return true
		}
		s.claimed[e.Order] = b.name
		s.put(b, pack.OrderReady{Effect: e.ID, Order: s.info(e.Order)})
	case pack.EffectClaim:
		for _, ref := range s.parcels[e.Order] {
			if ref.SSCC == e.SSCC {
				s.put(b, pack.ParcelClaimed{Effect: e.ID, Parcel: ref})
				return true
			}
		}
		s.put(b, pack.EffectFailed{Effect: e.ID, Trouble: trouble.New(trouble.Said, "it is not here")})
	case pack.EffectQuote:
		s.put(b, pack.QuotesReady{Effect: e.ID, Quotes: []pack.Quote{
			{Service: "fast", Carrier: "Comet", Price: unit.Money{Minor: 490, Currency: "EUR"}, Allowed: true, Chosen: true},
			{Service: "slow", Carrier: "Snail", Price: unit.Money{Minor: 390, Currency: "EUR"}, Allowed: true},
		}})
	case pack.EffectBuy:
		s.sscc++
		s.put(b, pack.Bought{Effect: e.ID, State: pack.PurchaseBought, SSCC: fmt.Sprintf("%018d", s.sscc), Document: "D" + fmt.Sprint(s.sscc)})
	case pack.EffectPrint:
		states := []pack.PrintState{pack.PrintPrinted, pack.PrintSent, pack.PrintTrouble, pack.PrintUnknown}
		s.put(b, pack.Printed{Effect: e.ID, State: states[s.r.IntN(4)], Ended: true})
	default:
		s.put(b, pack.EffectDone{Effect: e.ID})
	}
	return true
}
