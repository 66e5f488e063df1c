package pack

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// desk is a bench under test: it feeds inputs and answers effects by hand.
type desk struct {
	t      testing.TB
	s      State
	n      int
	facts  []Fact // of all inputs
	last   []Fact
	before State // the last input
	// What the carriers answer, as soon as they are asked; slow ones only when a test
	// has them answer.
	quotes []Quote
	slow   bool
	calls  map[string]string // what people call orders, where that is not their id
}

func newDesk(t testing.TB) *desk {
	d := &desk{t: t, s: New()}
	d.give(Started{Rules: Rules{
		Station: "S1", LockAfter: 3, TypedWeight: station.Supervisor, OverrideRole: station.Supervisor,
		ConfirmRole: station.Supervisor, VoidRole: station.Supervisor,
	}})
	return d
}

// give feeds one input and checks what must hold after every one.
func (d *desk) give(e Event) Verdict {
	d.t.Helper()
	if w, ok := e.(Weighed); ok {
		d.quotes = w.Quotes
	}
	v := d.step(e)
	for _, asked := range d.s.Pending {
		if asked.Kind == EffectQuote && !d.slow {
			before := d.last
			v = d.step(QuotesReady{Effect: asked.ID, Quotes: d.quotes})
			d.last = append(before, d.last...)
		}
	}
	return v
}

func (d *desk) step(e Event) Verdict {
	d.t.Helper()
	d.n++
	before := asJSON(d.t, d.s)
	d.before = d.s
	in := Input{ID: fmt.Sprintf("S1.%d", d.n), At: time.Unix(int64(d.n), 0).UTC(), Event: e}
	var after State
	d.last, after = Step(d.s, in)
	if asJSON(d.t, d.s) != before {
		d.t.Fatalf("Decide changed the state that it was given: %T", e)
	}
	for _, f := range d.last {
		next := Fold(d.s, f)
		if asJSON(d.t, d.s) != before {
			d.t.Fatalf("Fold of %T changed the state that it was given", f)
		}
		if asJSON(d.t, Fold(d.s, Upcast(older(f)))) != asJSON(d.t, next) {
			d.t.Fatalf("%T of a journal of old leads to another state", f)
		}
		d.s = next
		before = asJSON(d.t, d.s)
	}
	if asJSON(d.t, after) != asJSON(d.t, d.s) {
		d.t.Fatalf("%T: the state of Step is not that of its facts", e)
	}
	d.facts = append(d.facts, d.last...)
	d.invariants()
	for _, f := range d.last {
		if j, ok := f.(Judged); ok {
			if v := j.Verdict; v.Reason != "" && !slices.Contains(Reasons(v.Code), v.Reason) {
				d.t.Fatalf("%s is not known to be said with %q", v.Code, v.Reason)
			}
			if v := j.Verdict; d.calls != nil && (v.Number != d.calls[v.Order] || v.OtherNumber != d.calls[v.OtherOrder]) {
				d.t.Fatalf("%s calls order %q %q and order %q %q", v.Code, v.Order, v.Number, v.OtherOrder, v.OtherNumber)
			}
			return j.Verdict
		}
	}
	return Verdict{}
}

// older is a fact as it was written in November 2026: before it said what became
// of the lines, and with all sorts of things under Other and Reason.
func older(fact Fact) Fact {
	switch f := fact.(type) {
	case OrderTaken:
		f.Packed = nil
		return f
	case OrderAltered:
		if len(f.Elsewhere) > 0 {
			return f
		}
		f.Lines, f.Gone = nil, nil
		return f
	case ParcelReopened:
		f.Lines = nil
		return f
	case Judged:
		v := &f.Verdict
		newer := []Code{CodeSerialSeen, CodeFailover, CodeVoidRefused, CodeLabelDearer, CodeLabelLost, CodeLabelDouble, CodeCloseOut, CodePINNeeded, CodePINWrong, CodeKeptApart, CodeHubAway}
		if slices.Contains(newer, v.Code) || strings.HasPrefix(string(v.Code), "return") || v.Return != "" || v.Reason == ReasonReturn || v.Paper == DocumentPutaway || v.Reason == ReasonWhichUnit || v.Reason == ReasonAside || v.Reason == ReasonKeptApart || v.Reason == ReasonPlaceSure || v.Code == CodeSignedOut && v.Reason != "" || v.Trouble.Code != "" && v.Trouble.Code != trouble.Recorded { // nobody said those then
			return f
		}
		v.Old = cmp.Or(v.OtherOrder, v.Carton, v.Carrier, v.Paper, v.Command, v.From, v.Given)
		if v.Closed {
			v.Old = "closed"
		}
		v.Reason = cmp.Or(v.Reason, Reason(v.Why), Reason(v.Trouble.String()))
		v.Trouble = trouble.Trouble{}
		v.Closed, v.OtherOrder, v.Carton, v.Carrier, v.Paper, v.Command, v.From, v.Given, v.Why = false, "", "", "", "", "", "", "", ""
		return f
	}
	return fact
}

func (d *desk) invariants() {
	d.t.Helper()
	d.buysOnce()
	works := []*Work{}
	if d.s.Work != nil {
		works = append(works, d.s.Work)
	}
	for _, w := range d.s.Parked {
		works = append(works, w)
	}
	for _, w := range works {
		if w.Parcel.Quotes != nil && w.Parcel.Weight == nil {
			d.t.Fatal("quotes for a parcel that was not weighed")
		}
		for _, l := range w.Lines {
			if l.In < 0 || l.Packed < 0 || l.Short < 0 || l.Open() < 0 {
				d.t.Fatalf("a negative count: %+v", l)
			}
			if l.Kind != station.Note && l.Qty > 0 && l.Packed+l.In-d.packedElsewhere(w.Order, l.SKU) > l.Qty && w.Version == 1 {
				d.t.Fatalf("more packed than ordered: %+v", l)
			}
		}
	}
	working := slices.Contains([]Phase{Packing, Weighing, Choosing, Labelling, Closing}, d.s.Phase)
	if working && d.s.Work == nil {
		d.t.Fatalf("phase %s without an order", d.s.Phase)
	}
	if d.s.Phase == Closing && d.s.Work.Parcel.Label == nil {
		d.t.Fatal("closing without a label")
	}
	if d.s.Label().State == PrintUnknown && d.s.Work.Parcel.Label == nil {
		d.t.Fatal("nobody knows whether a label came out that is none")
	}
	if d.s.Phase == Idle && d.s.Work != nil {
		d.t.Fatal("idle with an order open")
	}
}

func asJSON(t testing.TB, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// want gives an input and checks code and phase.
func (d *desk) want(e Event, kind Kind, code Code, phase Phase) Verdict {
	d.t.Helper()
	v := d.give(e)
	if v.Kind != kind || v.Code != code || d.s.Phase != phase {
		d.t.Fatalf("%T: got %s %s in %s, want %s %s in %s", e, v.Kind, v.Code, d.s.Phase, kind, code, phase)
	}
	return v
}

func (d *desk) pending(kind EffectKind) Effect {
	d.t.Helper()
	for _, e := range d.s.Pending {
		if e.Kind == kind {
			return e
		}
	}
	d.t.Fatalf("no %s effect is pending", kind)
	return Effect{}
}

// bought is a carrier's answer: the label has the number.
func bought(e Effect, sscc string, papers ...string) Bought {
	return Bought{Effect: e.ID, State: PurchaseBought, SSCC: sscc, Tracking: "T" + sscc, Document: "doc-" + sscc, Papers: papers}
}

// printing is the pending effect that prints a document of a kind.
func (d *desk) printing(kind string) Effect {
	d.t.Helper()
	for _, e := range d.s.Pending {
		if e.Document.Kind == kind {
			return e
		}
	}
	d.t.Fatalf("no %s is being printed", kind)
	return Effect{}
}

// ended is the last that a printer says of a document, waits what it says first.
func ended(e Effect, state PrintState, words string) Printed {
	return Printed{Effect: e.ID, Document: e.Document, State: state, Trouble: recorded(words), Ended: true}
}

func waits(e Effect, words string) Printed {
	return Printed{Effect: e.ID, Document: e.Document, State: PrintTrouble, Trouble: recorded(words)}
}

func badge(id string, role station.Role) Event {
	return Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: id, Role: role}}}}
}

func scanItem(sku string, factor int, orders ...string) Event {
	m := Meaning{Kind: MeansProduct, Product: &Product{SKU: sku, Name: "the " + sku, Factor: factor}}
	for _, o := range orders {
		m.Orders = append(m.Orders, OrderHint{ID: o})
	}
	return Scanned{Raw: sku, Meanings: []Meaning{m}}
}

func scanOrder(id string) Event {
	return Scanned{Raw: id, Meanings: []Meaning{{Kind: MeansOrder, Orders: []OrderHint{{ID: id}}}}}
}

func scanLabel(sscc, order string) Event {
	return Scanned{Raw: sscc, Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ParcelRef{SSCC: sscc, Order: order}}}}
}

func do(name string, value ...string) Event {
	c := Command{Name: name, Sure: true}
	if len(value) > 0 {
		c.Value = value[0]
	}
	if len(value) > 1 {
		c.Reason = value[1]
	}
	return c
}

// order1042: three mugs, one candle, both by scan; 500 g and 200 g.
func order1042() OrderInfo {
	return OrderInfo{ID: "1042", Version: 1, Carton: &Carton{ID: "M", Tare: 100 * unit.Gram}, Lines: []LineInfo{
		{ID: "1", SKU: "MUG", Name: "Mug, white", Kind: station.Goods, Qty: 3, Mass: 500 * unit.Gram},
		{ID: "2", SKU: "CANDLE", Name: "Candle, fig", Kind: station.Goods, Qty: 1, Mass: 200 * unit.Gram, Count: true},
	}}
}

// reopen opens a closed parcel again, which a supervisor allows.
func (d *desk) reopen(ref ParcelRef) {
	d.t.Helper()
	d.want(Command{Name: "reopen", Value: ref.ID, Parcel: &ref, Sure: true}, Asked, CodeNeedsRole, d.s.Phase)
	d.give(badge("boss", station.Supervisor))
}

func (d *desk) openOrder(o OrderInfo) {
	d.t.Helper()
	if d.s.Phase == SignedOut {
		d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	}
	d.give(scanOrder(o.ID))
	d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeOrderOpened, Packing)
}

func (d *desk) packAll() {
	d.t.Helper()
	for range 3 {
		d.want(scanItem("MUG", 1), Accepted, CodeItem, Packing)
	}
	d.want(scanItem("CANDLE", 1), Accepted, CodeAllScanned, Weighing)
}

func reading(mass unit.Mass) Weighed {
	return Weighed{
		Scale: ScaleSteady, Mass: mass,
		Expect: &Expect{Known: true, Mass: 1800 * unit.Gram, Tolerance: 30 * unit.Gram, Cause: &Cause{Kind: "missing", SKU: "MUG", N: 1}},
		Quotes: []Quote{
			{Service: "post", Carrier: "demo", Price: unit.Money{Minor: 450, Currency: "EUR"}, Allowed: true, Chosen: true},
			{Service: "express", Carrier: "fast", Price: unit.Money{Minor: 990, Currency: "EUR"}, Allowed: true},
			{Service: "freight", Carrier: "big", Reason: "too light"},
		},
	}
}

func (d *desk) label(sscc string) {
	d.t.Helper()
	d.want(bought(d.pending(EffectBuy), sscc), Accepted, CodeLabelMade, Closing)
}

func (d *desk) printed() {
	d.t.Helper()
	d.give(ended(d.printing(DocumentLabel), PrintPrinted, ""))
}

// packedElsewhere is how many units of a product other benches packed while the order was
// parked here: so many may lie in the box too.
func (d *desk) packedElsewhere(order, sku string) (n int) {
	for _, f := range d.facts {
		a, ok := f.(OrderAltered)
		if !ok || a.Order.ID != order {
			continue
		}
		for _, p := range a.Elsewhere {
			for _, c := range p.Contents {
				if c.SKU == sku {
					n += c.Qty
				}
			}
		}
	}
	return n
}
