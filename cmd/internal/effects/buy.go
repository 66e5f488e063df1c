package effects

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/carried"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// quote carries out the quote effect. It has no effect on anybody, so an unsure one
// simply runs again.
func (r *Runner) quote(ctx context.Context, e pack.Effect) (pack.Event, error) {
	o, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	quotes, err := r.Carrier.Quote(ctx, r.wish(e, o))
	if err != nil {
		return nil, err
	}
	out := pack.QuotesReady{Effect: e.ID, Quotes: make([]pack.Quote, len(quotes))}
	for i, q := range quotes {
		out.Quotes[i] = pack.Quote{
			Service: q.Service, Carrier: q.Carrier, Name: q.CarrierName + " " + q.Name, Price: q.Price,
			Promise: q.Promise, Reliability: q.Reliability, Allowed: q.Allowed, Chosen: q.Chosen, Reason: q.Reason, Rank: q.Rank, Late: q.Unanswered,
		}
		if q.Source != carrier.Card {
			out.Quotes[i].Source = q.Source
		}
		for _, t := range q.Score.Terms[min(1, len(q.Score.Terms)):] {
			if t.Minor != 0 {
				out.Quotes[i].Terms = append(out.Quotes[i].Terms, pack.Term(t))
			}
		}
	}
	return out, nil
}

// buy carries out the buy effect. What may have been asked before, in an earlier
// start or by an earlier try, is asked after first; an answer that nobody saw is
// unknown, never a failure. What was bought is told once its label is kept: one that
// cannot be drawn yet is bought all the same, and the next try finds it (C5, F2).
func (r *Runner) buy(ctx context.Context, e pack.Effect, unsure bool) (pack.Event, error) {
	defer r.turn(e.Key())()
	out := pack.Bought{Effect: e.ID}
	before, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	asked := unsure || e.Intent != ""
	o := before
	if !asked {
		if o, err = r.fresh(ctx, e.Order); err != nil {
			return nil, fmt.Errorf("order %s: %w", e.Order, err)
		}
	}
	if held, ok := r.orders.(HeldOrders); ok && !asked {
		if other := held.HeldElsewhere(ctx, e.Order); other != "" {
			out.State, out.Trouble = pack.PurchaseRefused, trouble.New(trouble.ClaimLost, other)
			return out, nil
		}
	}
	if o.Version != before.Version {
		// The machine hears of the change by itself, and decides what it means.
		out.State, out.Trouble = pack.PurchaseRefused, trouble.New(trouble.ShopChanged)
		return out, nil
	}
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	p, state, err := r.purchase(ctx, cards, o, e, asked)
	if state == pack.PurchaseBought {
		out.SSCC, out.Tracking, out.Lacks, out.Papers = p.SSCC, p.Tracking, o.To.Gaps(), r.WithLabel(o, p.Papers, p.Forms)
		if p.Cost.Minor > 0 && p.Cost != e.Price {
			out.Cost = &p.Cost
		}
		if out.Document, out.Unprintable, err = r.keepLabel(ctx, cards, o, e, p); err != nil {
			state = pack.PurchaseUnknown
		}
	}
	if a, ok := r.Carrier.(Accounts); ok {
		var unread error
		if out.Lost, unread = a.Lost(ctx, e.Parcel); unread != nil {
			r.Log.Warn("it is not told whether labels were lost", "error", unread)
		}
		if state == pack.PurchaseBought {
			out.VoidRule = a.VoidRule(ctx, r.wish(e, o))
		}
	}
	var no *Refusal
	sure := state == pack.PurchaseRefused && errors.As(err, &no)
	out.State, out.Trouble, out.Elsewhere, out.Stands = state, why(err), sure && no.Elsewhere, sure && no.Stands
	return out, nil
}

// why is what came of buying or voiding, zero for no error.
func why(err error) trouble.Trouble {
	var no *Refusal
	switch {
	case err == nil:
		return trouble.Trouble{}
	case errors.As(err, &no):
		return no.Trouble
	}
	return troubleOf(err)
}

// purchase buys what the effect wishes for, or finds that it was bought. The error
// says why nothing was bought, as far as the state says that.
func (r *Runner) purchase(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect, asked bool) (Purchase, pack.PurchaseState, error) {
	w := r.wish(e, o)
	if err := papers.AddressGap(o.To); err != nil {
		if asked {
			return Purchase{}, pack.PurchaseUnknown, err
		}
		return Purchase{}, pack.PurchaseRefused, err
	}
	if a, ok := r.Carrier.(Accounts); ok && e.Kind == pack.EffectLook {
		if err := a.Looked(ctx, w, e.Looked); err != nil {
			return Purchase{}, pack.PurchaseUnknown, err
		}
	}
	if asked {
		if p, ok, err := r.Carrier.Find(ctx, w); err != nil || ok {
			return p, found(err), err
		}
	}
	if e.Kind == pack.EffectLook {
		return Purchase{}, pack.PurchaseRefused, nil
	}
	if e.Version != 0 && o.Version != e.Version { // what is in the box is not what the shop wants now
		return Purchase{}, pack.PurchaseRefused, &Refusal{Trouble: trouble.New(trouble.ShopChanged)}
	}
	if err := r.CustomsGap(ctx, cards, o, e); err != nil {
		return Purchase{}, pack.PurchaseRefused, err
	}
	p, err := r.Carrier.Buy(ctx, w)
	if errors.As(err, new(*Refusal)) {
		return p, pack.PurchaseRefused, err
	}
	if err != nil { // it may show already; that it does not is no proof so soon
		if p, ok, _ := r.Carrier.Find(ctx, w); ok {
			return p, pack.PurchaseBought, nil
		}
	}
	return p, found(err), err
}

// found is the state of a purchase that an answer tells of, or an error instead.
func found(err error) pack.PurchaseState {
	if err != nil {
		return pack.PurchaseUnknown
	}
	return pack.PurchaseBought
}

// keepLabel draws the label of a purchase and keeps its bytes for ever, under the
// key of the wish (L1). lost counts the characters that it cannot show; of one that
// is kept already they are counted again.
func (r *Runner) keepLabel(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect, p Purchase) (id string, lost int, err error) {
	box, err := r.BoxOf(ctx, o, e.Parcel, e.Contents)
	if err != nil {
		return "", 0, err
	}
	numbers := papers.LabelNumbers{SSCC: p.SSCC, Tracking: p.Tracking}
	var missing []labels.Missing
	doc, err := r.Store.DocumentByEffect(ctx, e.Key())
	switch {
	case len(p.Papers) > 0 && errors.Is(err, store.ErrUnknown):
		doc, err = r.keepCarriers(ctx, o, e, p.Papers)
	case len(p.Papers) > 0:
	case err == nil:
		_, missing, _, err = r.Layout(cards, o, papers.Wanted(e, numbers, box, doc.At))
	case errors.Is(err, store.ErrUnknown):
		doc, missing, err = r.draw(ctx, cards, o, e, papers.Wanted(e, numbers, box, r.Clock()))
	}
	return doc.ID, papers.Lost(missing), err
}

// keepCarriers keeps what a carrier sent, as it came: what its bars say is the carrier's
// business.
func (r *Runner) keepCarriers(ctx context.Context, o station.Order, e pack.Effect, came []account.Paper) (store.Document, error) {
	forms, err := carried.Documents(store.Document{
		ID: "label-" + e.Key(), Effect: e.Key(), Kind: "label", Order: o.ID, Parcel: e.Parcel, Profile: carried.Profile, At: r.Clock(),
	}, came, papers.ZPLOf)
	if err != nil {
		return store.Document{}, err
	}
	kept, err := r.Store.KeepDocuments(ctx, forms...)
	if err != nil {
		return store.Document{}, err
	}
	return kept[0], nil
}

// draw draws the label and keeps its bytes for ever (L1).
func (r *Runner) draw(ctx context.Context, cards carrier.Cards, o station.Order, e pack.Effect, l papers.LabelOf) (store.Document, []labels.Missing, error) {
	layout, missing, profile, err := r.Layout(cards, o, l)
	if err != nil {
		return store.Document{}, nil, err
	}
	data, err := pdf.Encode(layout)
	if err != nil {
		return store.Document{}, nil, err
	}
	forms := []store.Document{{
		ID: "label-" + e.Key(), Effect: e.Key(), Kind: "label", Order: o.ID, Parcel: e.Parcel, Profile: profile.Name,
		At: l.At, PDF: data,
	}}
	if r.Settings.Printers.Label.Kind == printer.KindZPL {
		dots, err := r.dots(forms[0], layout)
		if err != nil {
			return store.Document{}, nil, err
		}
		forms = append(forms, dots)
	}
	kept, err := r.Store.KeepDocuments(ctx, forms...)
	if err != nil {
		return store.Document{}, nil, err
	}
	return kept[0], missing, nil
}

// voidAgainEvery is how often a carrier that does not answer is asked to take a
// purchase back.
const voidAgainEvery = 10 * time.Second

// void carries out the void effect: it asks until the carrier has answered.
func (r *Runner) void(ctx context.Context, e pack.Effect, report func(pack.Event)) error {
	w := Wish{Key: e.Intent, Parcel: e.Parcel, Carrier: e.Carrier}
	if w.Key == "" { // of a parcel that was closed: what its label was bought for
		key, err := r.numbers.WishOf(ctx, e.SSCC)
		if errors.Is(err, store.ErrUnknown) {
			report(pack.Voided{Effect: e.ID}) // made before anybody remembered wishes
			return nil
		}
		if err != nil {
			return err
		}
		w.Key = key
	}
	defer r.turn(w.Key)() // a purchase that is under way comes to its end first
	told := ""
	for {
		err := r.giveBack(ctx, w)
		var no *Refusal
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			out := pack.Voided{Effect: e.ID}
			if a, ok := r.Carrier.(Accounts); ok {
				out.Double, out.Asked = a.GivenBack(ctx, w)
				out.Double = out.Double && e.SSCC == "" // which nobody had seen
			}
			report(out)
			return nil
		case errors.As(err, &no):
			report(pack.Voided{Effect: e.ID, State: pack.PurchaseRefused, Trouble: no.Trouble})
			return nil
		case err.Error() != told:
			told = err.Error()
			report(pack.Voided{Effect: e.ID, State: pack.PurchaseUnknown, Trouble: why(err)})
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(r.voidAgain):
		}
	}
}

// giveBack gives back what was bought for a wish; it is asked first whether anything
// was, or still is.
func (r *Runner) giveBack(ctx context.Context, w Wish) error {
	if _, ok, err := r.Carrier.Find(ctx, w); err != nil || !ok {
		return err
	}
	return r.Carrier.Void(ctx, w)
}

// turns are the wishes that a carrier is being asked about.
type turns struct {
	mu   sync.Mutex
	busy map[string]chan struct{}
}

// turn waits until nobody else asks about a wish, and returns what ends the turn: an
// effect that is given up may be asking still.
func (t *turns) turn(key string) (end func()) {
	for {
		t.mu.Lock()
		before, busy := t.busy[key]
		if !busy {
			done := make(chan struct{})
			if t.busy == nil {
				t.busy = map[string]chan struct{}{}
			}
			t.busy[key] = done
			t.mu.Unlock()
			return func() {
				t.mu.Lock()
				delete(t.busy, key)
				t.mu.Unlock()
				close(done)
			}
		}
		t.mu.Unlock()
		<-before
	}
}
