package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
	"packbench/station/trace"
)

// Event is one thing in a story, in words for a person. Who is the id of a
// person.
type Event struct {
	At      time.Time `json:"at"`
	Kind    string    `json:"kind"` // the code of a verdict, "asked" for a question, or what the desk did
	Who     string    `json:"who"`
	Station string    `json:"station"`
	Text    string    `json:"text"`
	Verdict pack.Kind `json:"-"` // how it is shown

	parcel string
}

// Found is an order or a parcel with its story.
type Found struct {
	Kind  string  `json:"kind"`
	ID    string  `json:"id"`
	State string  `json:"state"`
	Story []Event `json:"story"`

	Of string `json:"-"` // the id that the order or the parcel is kept by
}

// Find finds what a text names: an order, a tote, the list of a van, a parcel, an
// SSCC, a tracking number, a trace code, or a serial number or lot of what was packed (P6). Nothing found is an empty list.
func (d Desk) Find(ctx context.Context, text string) ([]Found, error) {
	text = strings.TrimSpace(text)
	if err := d.Store.CatchUp(ctx); err != nil || text == "" {
		return nil, err
	}
	orders, err := d.ordersNamed(ctx, text)
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, id := range orders {
		found, err := d.Order(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, found)
	}
	if len(out) > 0 {
		return out, nil
	}
	if list, err := d.foundManifest(ctx, text); err != nil || len(list) > 0 {
		return list, err
	}
	if trace.Looks(d.Settings.GS1.Domain, text) {
		text = trace.Verify(d.Keys(), d.Settings.GS1.Domain, text).SSCC
	}
	parcels, err := d.Parcels(ctx, text)
	if back, isReturn := folder.CutPrefixFold(text, folder.ReturnMark); isReturn && err == nil && len(parcels) == 0 {
		parcels, err = d.Parcels(ctx, back)
	}
	if err != nil {
		return nil, err
	}
	if len(parcels) == 0 {
		return d.foundMarked(ctx, text)
	}
	for _, p := range parcels {
		found, err := d.foundParcel(ctx, p)
		if err != nil {
			return nil, err
		}
		out = append(out, found)
	}
	return out, nil
}

func (d Desk) foundParcel(ctx context.Context, p store.Parcel) (Found, error) {
	events, err := d.parcelStory(ctx, p)
	return Found{Kind: "parcel", ID: p.Called(), State: string(p.State), Story: events, Of: p.ID}, err
}

// mostMarked bounds how many parcels with one lot are told of.
const mostMarked = 200

// foundMarked finds where units with a serial or a lot lie: in parcels, or in orders that
// are being packed.
func (d Desk) foundMarked(ctx context.Context, text string) (out []Found, err error) {
	packed, err := d.Store.PackedWith(ctx, text, mostMarked)
	if err != nil {
		return nil, err
	}
	last := ""
	for _, p := range packed {
		var found Found
		switch {
		case p.Order+" "+p.Parcel == last: // another product in it
			continue
		case p.Parcel == "":
			found, err = d.Order(ctx, p.Order)
		default:
			var parcel store.Parcel
			if parcel, err = d.Store.Parcel(ctx, p.Parcel); err == nil {
				found, err = d.foundParcel(ctx, parcel)
			}
		}
		if err != nil {
			return nil, err
		}
		last, out = p.Order+" "+p.Parcel, append(out, found)
	}
	return out, nil
}

// ordersNamed returns the orders with this number, or in this tote.
func (d Desk) ordersNamed(ctx context.Context, text string) ([]string, error) {
	found, err := d.Store.OrdersNamed(ctx, text)
	if err == nil && len(found) == 0 {
		found, err = d.Store.OrdersByTote(ctx, text)
	}
	var out []string
	for _, o := range found {
		out = append(out, o.ID)
	}
	return out, err
}

// Order returns an order with its story.
func (d Desk) Order(ctx context.Context, id string) (Found, error) {
	o, err := d.Store.Order(ctx, id)
	if err != nil {
		return Found{}, err
	}
	progress, err := d.Store.Progress(ctx, id)
	if err != nil {
		return Found{}, err
	}
	f := Found{Kind: "order", ID: o.Called(), State: string(progress.State), Of: id}
	if progress.State == store.ProgressOpen {
		f.State = string(o.Status)
	}
	if f.Story, err = d.Story(ctx, id); err != nil {
		return f, err
	}
	parcels, err := d.Store.ParcelsOf(ctx, id)
	if err != nil {
		return f, err
	}
	vans, err := d.vansThatLeft(ctx, parcels)
	f.Story = inOrder(append(f.Story, vans...))
	return f, err
}

// Story tells what happened to an order, at every bench and at the desk, oldest
// first.
func (d Desk) Story(ctx context.Context, orderID string) ([]Event, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	rows, err := d.Store.Story(ctx, orderID)
	if err != nil {
		return nil, err
	}
	names, err := d.Names(ctx)
	if err != nil {
		return nil, err
	}
	o, err := d.Store.Order(ctx, orderID)
	if err != nil && !errors.Is(err, store.ErrUnknown) {
		return nil, err
	}
	t := teller{order: orderID, called: o.Called(), names: names, lang: d.lang, cases: map[string]bool{}, events: []Event{}}
	t.account = func(key string) string {
		name, _, _ := store.Known(d.Store.Driver(ctx, key)) // told without it
		return name
	}
	for _, r := range rows {
		if !cases.IsBench(r.Writer) {
			continue // told below, with what the desk says of the order's cases
		}
		if err := t.row(r); err != nil {
			return nil, err
		}
	}
	for r, err := range desks.Rows(ctx, d.Store) {
		if err == nil {
			err = t.row(r)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(t.events, func(a, b Event) int { return a.At.Compare(b.At) })
	return t.events, nil
}

// teller makes events of rows.
type teller struct {
	order  string
	called string // by people
	names  say.Names
	lang   say.Language
	cases  map[string]bool // of the order

	account func(key string) string // its name, "" where that was erased
	events  []Event
}

func (t *teller) row(r journal.Row) error {
	_, facts, err := folder.Codec().Decode(r)
	if err != nil {
		return err
	}
	for _, f := range facts {
		t.fact(r, f)
	}
	return nil
}

func (t *teller) fact(r journal.Row, f pack.Fact) {
	switch f := f.(type) {
	case cases.OrderHeld, cases.RestQueued, cases.OrderReleased, cases.LabelCopied:
		if f.(interface{ MentionsOrder() string }).MentionsOrder() != t.order {
			return
		}
	}
	l, e := t.lang, Event{At: r.At, Station: r.Writer, Verdict: pack.Info}
	switch f := f.(type) {
	case pack.Judged:
		v := f.Verdict
		if v.Order != "" && v.Order != t.order {
			return
		}
		e.Verdict = v.Kind
		e.Kind, e.Who, e.parcel, e.Text = string(v.Code), v.By, v.Parcel, t.lang.Message(v, t.names)
		if v.Kind == pack.Asked {
			e.Kind = "asked" // its code tells of what has not been done
		}
	case pack.CaseOpened:
		t.cases[f.Case] = true
		return
	case pack.LabelKept:
		e.Kind, e.parcel, e.Text = "label-kept", f.Parcel, l.Say("Label {sscc}, tracking {tracking}.", "sscc", f.Label.SSCC, "tracking", f.Label.Tracking)
	case pack.ParcelDone:
		e.Kind, e.parcel, e.Text = "parcel-done", f.Parcel, l.Say("Parcel {parcel} is closed: its label is on its box.", "parcel", station.ParcelName(f.Parcel, t.order, t.called))
	case cases.CaseResolved:
		if !t.cases[f.Case] {
			return
		}
		words, _ := cases.ReasonWords(f.Reason)
		e.Kind, e.Who, e.Text = "resolved", f.By, l.Say("Case {case} is resolved: {reason}.", "case", f.Case, "reason", l.Phrase(cmp.Or(words, f.Reason)))
	case cases.CaseAssigned:
		if !t.cases[f.Case] {
			return
		}
		e.Kind, e.Who, e.Text = "assigned", f.By, l.Say("Case {case} is assigned to {who}.", "case", f.Case, "who", cmp.Or(t.names.Of(f.To), l.Phrase("nobody")))
	case cases.BarcodeLinked:
		if !t.cases[f.Case] {
			return
		}
		e.Kind, e.Who, e.Text = "linked", f.By, l.Say("Code {code} now stands for {item}.", "code", f.Code, "item", f.SKU)
	case cases.OrderHeld:
		words, _ := cases.ReasonWords(f.Reason)
		e.Kind, e.Who, e.Text = "held", f.By, l.Say("The order is held: {reason}.", "reason", l.Phrase(cmp.Or(words, f.Reason)))
	case cases.RestQueued:
		e.Kind, e.Who, e.Text = "rest-queued", f.By, l.Phrase("What was left out is to be packed: the order is back in the queue.")
	case cases.OrderReleased:
		e.Kind, e.Who, e.Text = "released", f.By, l.Phrase("The order is no longer held here.")
	case cases.LabelCopied:
		e.Kind, e.parcel, e.Text = "label-copied", f.Parcel, l.Say("A copy of the label was written to a file by {who}.", "who", cmp.Or(t.account(f.Account), l.Phrase("an account that was erased")))
	default:
		return
	}
	t.events = append(t.events, e)
}
