package screen

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
)

// QueuePart is a part of the orders that are still to pack.
type QueuePart string

// The parts, named as the store has them.
const (
	QueueNext    QueuePart = "next"
	QueueLate    QueuePart = "late"
	QueueWaiting QueuePart = "waiting"
	QueueHeld    QueuePart = "held"
	QueueShort   QueuePart = "short"
)

// QueueInputs is what the page of the orders to pack is made of.
type QueueInputs struct {
	Frame  Frame
	Part   QueuePart
	Orders []QueuedOrder         // this page of the part, in its order
	Counts map[QueuePart]int     // how many each part has
	First  int                   // how many come before this page
	APage  int                   // how many a page holds
	Text   string                // what is searched for
	Here   map[string]*pack.Work // what is parked at this bench, by order
	Free   bool                  // an order can be opened now
	May    bool                  // what was left out can be put back
	Home   string                // the country that parcels leave from
	Said   Said
}

// QueuedOrder is an order that is still to pack.
type QueuedOrder struct {
	ID     string
	Called string
	To     station.Address
	Units  int
	ShipBy time.Time // zero: not known
	Status station.OrderStatus
	Reason string // why it is on hold, in the shop's own words
	Bench  string // where it is parked, open or claimed, "" for nowhere
	Parked bool   // there
	Short  int    // units that were left out of it
}

// EntryQueue is the field to search the orders with.
const EntryQueue = "find-order"

// QueueView is the page of the orders to pack.
type QueueView struct {
	Title string
	Tools []Action // search, show all, back
	Chips []Action
	Rows  []QueueRow
	Pages []Action // the pages of the list, none where it fits one
	Paged string   // "7–12 of 60"
	Empty string   // said where there are no rows
	Well  bool     // and that is well
	Said  string   // what became of what was put back
}

// QueueRow is one order, with why it is where it is.
type QueueRow struct {
	Order    string
	Customer string    // "Berger, Graz AT"
	Pieces   string    // "4 units"
	Why      string    // "leaves 16:00", "late by 25 min", "on hold: …"
	Doubt    string    // what may be wrong with its address, "" for nothing
	Kind     pack.Kind // of Why: Info, Asked where somebody should hurry, Refused where it cannot be packed
	Shape    Shape
	Open     Action
}

// Queue makes the page of the orders to pack.
func Queue(in QueueInputs) View {
	view := in.Frame.view(PageQueue, "bench")
	keys, l := in.Frame.keys(), in.Frame.Lang
	v := &QueueView{Title: l.Phrase("Orders to pack"), Empty: l.Phrase("No orders here"), Well: true}
	if in.Text != "" {
		v.Empty, v.Well = l.Phrase("No order fits"), false
		v.Title = l.Say("Orders with “{text}”", "text", say.Short(in.Text, 20))
		v.Tools = append(v.Tools, Action{ID: "queue:all", Label: l.Phrase("Show all"), Enabled: true, Intent: Intent{Kind: IntentFilter, Value: string(in.Part)}})
	}
	v.Tools = append(v.Tools,
		Action{ID: "queue:find", Label: l.Phrase("Search"), Key: keys["queue:find"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryQueue, Value: in.Text}},
		Action{ID: "queue:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: "bench"}})
	for _, c := range []struct {
		part  QueuePart
		label string
	}{{QueueNext, "Next"}, {QueueLate, "Late"}, {QueueWaiting, "Waiting"}, {QueueHeld, "On hold"}, {QueueShort, "Left short"}} {
		v.Chips = append(v.Chips, Action{
			ID: "queue:" + string(c.part), Label: l.Phrase(c.label), Count: in.Counts[c.part], Enabled: true, On: c.part == in.Part,
			Intent: Intent{Kind: IntentFilter, Name: in.Text, Value: string(c.part)},
		})
	}
	for i, o := range in.Orders {
		v.Rows = append(v.Rows, queueRow(in, o, i+1))
	}
	v.Paged, v.Pages = turnPages(in.Frame.Lang, "queue-page", in.First, len(in.Orders), in.APage, in.Counts[in.Part])
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
		v.Pages[i].Key = keys[v.Pages[i].ID]
	}
	if in.Frame.Unread {
		v.Empty, v.Well = l.Phrase(beingRead), false
	}
	view.Of = About("queue", "orders")
	v.Said = in.Said.On(view.Of)
	view.Queue = v
	return view
}

func queueRow(in QueueInputs, o QueuedOrder, n int) QueueRow {
	here, l := in.Here[o.ID], in.Frame.Lang
	r := QueueRow{Order: o.Called, Customer: recipient(o.To), Pieces: l.Units(o.Units), Kind: pack.Info}
	may := in.Free
	switch {
	case o.Short > 0:
		r.Why, r.Pieces, r.Kind = l.Phrase("left out: scan the order to pack the rest"), l.Units(o.Short), pack.Asked
		if in.May {
			r.Why = l.Phrase("left out: put it back in the queue")
		}
	case o.Status == station.OrderHeld:
		r.Why, r.Kind, may = heldBecause(l, o.Reason), pack.Refused, may && here != nil
	case o.Bench != "" && o.Status == station.OrderCancelled:
		r.Why, r.Kind, may = l.Phrase("cancelled: put its goods back"), pack.Refused, may && here != nil
	case here != nil:
		r.Why = waitsFor(l, here)
	case o.Bench != "":
		at := map[bool]string{true: "parked at {bench}", false: "open at {bench}"}[o.Parked]
		r.Why, may = l.Say(at, "bench", l.Say("bench {bench}", "bench", o.Bench)), false
	default:
		var late bool
		if r.Why, late = leaves(l, o.ShipBy, in.Frame.Now); late {
			r.Kind = pack.Asked
		}
		r.Why = cmp.Or(r.Why, l.Phrase("may leave any time"))
	}
	if doubts := o.To.Doubts(in.Home); len(doubts) > 0 && !o.To.Nowhere() {
		r.Doubt = l.Say("address: {doubts}", "doubts", strings.Join(doubts, ", "))
	}
	r.Shape = ShapeOf(r.Kind)
	r.Open = Action{ID: "order:" + o.ID, Label: l.Phrase("Open"), Key: digits(n), Enabled: may, Intent: Intent{Kind: IntentScan, Value: o.Called}}
	if o.Short > 0 && in.May {
		r.Open.Label, r.Open.Enabled, r.Open.Intent = l.Phrase("Put back"), true, Intent{Kind: IntentRequeue, Name: o.ID}
	}
	return r
}

// heldBecause is why an order is on hold. The words are the shop's: they go no further
// than the screen (V17).
func heldBecause(l say.Language, reason string) string {
	if reason = strings.TrimSpace(reason); reason == "" {
		return l.Phrase("on hold, no reason was given")
	}
	return l.Say("on hold: {reason}", "reason", reason)
}

// waitsFor is what work that is parked here goes on with.
func waitsFor(l say.Language, w *pack.Work) string {
	next := map[pack.Phase]string{
		pack.Weighing: "waits for the scale", pack.Choosing: "waits for a carrier", pack.Labelling: "waits for its label", pack.Closing: "its label must be scanned",
	}[w.Step]
	if w.Step == pack.Labelling && w.Parcel.Label != nil { // it came meanwhile
		next = "its label must be scanned"
	}
	if next == "" {
		next = l.Say("{n} of {all} packed", "n", digits(w.Units()), "all", l.Units(w.Units()+w.OpenUnits()))
	}
	next = l.Phrase(next)
	if place := w.Parcel.Wait.Place; place != "" {
		next = l.Say("{next}, box at {place}", "next", next, "place", place)
	}
	return l.Say("parked here, {next}", "next", next)
}

// targets are in the order in which they stand.
func (v *QueueView) targets() []Action {
	out := append(slices.Clone(v.Tools), v.Chips...)
	for _, r := range v.Rows {
		out = append(out, r.Open)
	}
	return append(out, v.Pages...)
}
