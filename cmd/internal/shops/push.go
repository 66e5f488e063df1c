package shops

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station"
	"packbench/station/shop"
	"packbench/station/store"
)

const (
	sendWithin = 30 * time.Second // one entry
	// inFlight is for how long an entry that was begun is its program's own: nobody else
	// takes it up while its answer may still come.
	inFlight = sendWithin + 10*time.Second
	firstGap = 5 * time.Second // before an entry is tried again; it doubles
	longGap  = 15 * time.Minute
	// mostChanged is how often an order may have changed under a shipment before a
	// person has to look.
	mostChanged = 3
	// carrierOption begins the names of options that say what a shop calls a carrier.
	carrierOption = "carrier."
)

// Pushed is what went out.
type Pushed struct {
	Sent    int `json:"sent"`
	Done    int `json:"done"`
	Unknown int `json:"unknown"`
	Refused int `json:"refused"`
}

// shipping is a parcel that has left, or will.
type shipping = store.Parting

// entryOf finds the entry that a shop's shipment is of.
func entryOf(entries []store.Entry, s shop.Shipment) (found shipping, ok bool, err error) {
	for _, e := range entries {
		of, err := store.ReadParting(e)
		if err != nil {
			return of, false, err
		}
		if e.Remote != "" && e.Remote == s.ID || shop.SameTracking(of.Tells(), s.Tracking) {
			return of, true, nil
		}
	}
	return shipping{}, false, nil
}

// Push sends what waits for a shop and whose time has come, each once.
func (s *Shops) Push(ctx context.Context, id string) (Pushed, error) {
	of, err := s.shop(ctx, id)
	if err != nil {
		return Pushed{}, err
	}
	c, err := s.connect(of)
	if err != nil {
		return Pushed{}, err
	}
	ctx, done, err := once.Mine(ctx, s.Folder)
	if err != nil {
		return Pushed{}, err
	}
	defer done()
	if err := s.Store.CatchUp(ctx); err != nil {
		return Pushed{}, err
	}
	var out Pushed
	for {
		entries, err := s.Store.DueEntries(ctx, id, s.Time(), 50)
		if err != nil || len(entries) == 0 {
			return out, err
		}
		for _, e := range entries {
			if err := s.send(ctx, of, c, e, &out); err != nil {
				return out, err
			}
		}
	}
}

// send brings one entry a step on. An error is one of the whole shop, which stops the
// round; what is the entry's alone never stops those behind it.
func (s *Shops) send(ctx context.Context, of store.Shop, c shop.Shop, e store.Entry, out *Pushed) error {
	if err := once.Begin(ctx, s.Folder, e.Key); err != nil {
		return err
	}
	mine, err := s.Store.BeginEntry(ctx, e, s.Time(), s.Time().Add(inFlight))
	if err != nil || !mine {
		return errors.Join(err, once.Tell(ctx, s.Folder, e.Key))
	}
	e.Tries++
	out.Sent++
	before := e.State
	within, done := context.WithTimeout(ctx, sendWithin)
	defer done()
	e.Remote, err = s.tell(within, of, c, e, before)
	if ctx.Err() != nil {
		return ctx.Err() // it stays unknown, and is asked after
	}
	e = s.came(e, before, err)
	switch e.State {
	case store.EntryDone, store.EntryWithdrawn:
		out.Done++
	case store.EntryUnknown:
		out.Unknown++
	case store.EntryRefused:
		out.Refused++
	}
	if err := s.Store.EndEntry(ctx, e, s.Time()); err != nil {
		return err
	}
	if failed := once.Tell(ctx, s.Folder, e.Key); failed != nil {
		s.Log.Warn("the hub is told later what came of an entry", "shop", of.ID, "error", failed)
	}
	if e.State == store.EntryRefused {
		if err := s.openCase(ctx, e); err != nil {
			return err
		}
	}
	if ofTheShop(err) {
		return err
	}
	return nil
}

// ofTheShop reports whether an error would be the same for every entry.
func ofTheShop(err error) bool {
	return errors.As(err, new(*shop.Throttled)) || errors.As(err, new(*shop.Denied)) || errors.As(err, new(*shop.Away))
}

// came is the entry after an answer. before is its state of before: what was unknown
// and could not be asked after stays so.
func (s *Shops) came(e store.Entry, before store.EntryState, err error) store.Entry {
	gap := min(firstGap<<min(e.Tries-1, 10), longGap)
	var wait *shop.Throttled
	var changed *shop.Changed
	var looked *notLooked
	switch {
	case err == nil:
		e.State, e.Answer = store.EntryDone, ""
		return e
	case errors.Is(err, errWithdrawn):
		e.State, e.Answer = store.EntryWithdrawn, ""
		return e
	case errors.Is(err, errWithTheLast), errors.Is(err, errPartsOnly):
		e.State, gap = store.EntryWaiting, longGap
	case errors.As(err, &looked):
		e.State = before // nothing was sent this time
		if errors.As(err, &wait) {
			gap = max(gap, wait.Wait)
		}
	case shop.Hopeless(err), errors.As(err, &changed) && e.Tries > mostChanged:
		e.State = store.EntryRefused
	case shop.NotDone(err):
		e.State = store.EntryWaiting
		if errors.As(err, &wait) {
			gap = max(firstGap, wait.Wait)
		}
	default:
		e.State = store.EntryUnknown
	}
	e.Answer, e.Next = words(err), s.Time().Add(gap)
	return e
}

// notLooked says that the shop could not be asked what it knows: nothing was sent.
type notLooked struct{ err error }

func (n *notLooked) Error() string { return n.err.Error() }
func (n *notLooked) Unwrap() error { return n.err }

var (
	errWithdrawn   = errors.New("it was taken back before the shop was told")
	errPartsOnly   = errors.New("it holds parts of kits only: the shop hears of a kit with the parcel that has the last of its parts")
	errWithTheLast = errors.New("this kind of shop hears of an order's parcels with the last one")
)

// tell asks the shop what it knows, and tells it what it does not.
func (s *Shops) tell(ctx context.Context, of store.Shop, c shop.Shop, e store.Entry, before store.EntryState) (remote string, err error) {
	if e.Kind == store.EntryStock {
		return s.correct(ctx, c, e, before)
	}
	if e.Kind == store.EntryReturn {
		return s.back(ctx, of, c, e)
	}
	sending, err := store.ReadParting(e)
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	order, err := s.Store.Order(ctx, e.Order)
	if err != nil {
		return "", &notLooked{err}
	}
	entries, err := s.Store.Entries(ctx, store.EntryFilter{Order: e.Order, Target: of.ID})
	if err != nil {
		return "", &notLooked{err}
	}
	entries = slices.DeleteFunc(entries, func(e store.Entry) bool { return e.Kind == store.EntryReturn }) // of the way back
	told, err := s.shipment(ctx, of, order, sending, entries, !c.Can().Part)
	switch {
	case err != nil:
		return "", &notLooked{err}
	case e.Kind == store.EntryShipment && before == store.EntryWaiting && told.Part && !c.Can().Part:
		return "", errWithTheLast // which wakes this one up
	case e.Kind == store.EntryShipment && len(told.Lines) == 0 && len(sending.Contents) > 0 && !store.Given(entries, sending.SSCC):
		if told.Part {
			return "", errPartsOnly
		}
		return "", nil // its kits were told with the parcel that made them whole
	}
	known, err := c.Shipped(ctx, order.Ref().ID)
	if err != nil {
		return "", &notLooked{err}
	}
	if e.Kind == store.EntryVoid {
		return "", s.takeBack(ctx, c, sending, order, known)
	}
	given, early := store.Given(entries, sending.SSCC), told.Part && !c.Can().Part
	switch there := find(known, sending); {
	case there != nil:
		return there.ID, nil
	case !c.Can().Part && withAnother(known, entries) != nil:
		return "", nil // what the shop has is the other parcel's
	case (given || early) && before == store.EntryUnknown && numberless(known, "") != nil:
		return numberless(known, "").ID, nil // it was sent, and not to be sent now: what has left is this
	case given:
		return "", errWithdrawn // its void's own entry says so
	case early:
		return "", errWithTheLast
	}
	remote, err = c.Ship(ctx, told)
	if err == nil && !c.Can().Part {
		err = s.Store.WakeEntries(ctx, e.Order, of.ID)
	}
	return remote, err
}

// find is the shop's shipment that an entry is of, nil for none.
func find(known []shop.Shipment, e shipping) *shop.Shipment {
	for i, k := range known {
		if e.Remote != "" && e.Remote == k.ID || shop.SameTracking(k.Tracking, e.Tells()) {
			return &known[i]
		}
	}
	return nil
}

// withAnother is the shipment that an order's other parcel was told with: where a shop
// hears of all of them at once, it knows the number of one.
func withAnother(known []shop.Shipment, entries []store.Entry) *shop.Shipment {
	for _, e := range entries {
		if of, err := store.ReadParting(e); err == nil && e.State == store.EntryDone {
			if there := find(known, of); there != nil {
				return there
			}
		}
	}
	return nil
}

// numberless is a shipment without tracking number: some kinds of shop say only that an
// order has left. id: the shop's own, "" for any.
func numberless(known []shop.Shipment, id string) *shop.Shipment {
	for i, k := range known {
		if k.Tracking == "" && (id == "" || id == k.ID) {
			return &known[i]
		}
	}
	return nil
}

// takeBack tells that a parcel did not leave after all. What the shop was not told is
// left alone: the shipment's own entry finds this one, and ends. Where the shop shows no
// tracking number, what it answered when it was told says which shipment it is.
func (s *Shops) takeBack(ctx context.Context, c shop.Shop, sending shipping, order station.Order, known []shop.Shipment) error {
	told, is, err := store.Known(s.Store.EntryByKey(ctx, store.ShipmentKey(sending.SSCC)))
	if err != nil {
		return &notLooked{err}
	}
	there := find(known, sending)
	if there == nil && told.Remote != "" {
		there = numberless(known, told.Remote)
	}
	switch {
	case there == nil && is && (told.State == store.EntryUnknown || told.State == store.EntryWaiting):
		return &notLooked{&shop.Changed{Say: "the shipment itself is still under way"}}
	case there == nil:
		return nil
	}
	there.Order, there.Number = order.Ref().ID, cmp.Or(order.Number, order.ID)
	return c.Unship(ctx, *there)
}

// shipment is what a shop is told of a parcel; all: with the units of the order's other
// parcels.
func (s *Shops) shipment(ctx context.Context, of store.Shop, o station.Order, e shipping, entries []store.Entry, all bool) (shop.Shipment, error) {
	cards, _, err := s.Catalogue(ctx)
	if err != nil {
		return shop.Shipment{}, err
	}
	out := shop.Shipment{
		Key: e.SSCC, Order: o.Ref().ID, Number: cmp.Or(o.Number, o.ID), Tracking: e.Tells(), Carrier: e.Carrier,
		Name: cmp.Or(of.Options[carrierOption+e.Carrier], cards.NameOf(e.Carrier)), At: e.Closed, Notify: of.Options["notify"] != "no",
	}
	left := map[string]int{}
	for _, l := range o.Lines {
		if l.Kind == station.Goods {
			left[l.ID] += l.Qty
		}
	}
	parcels, err := store.Together(entries)
	if err != nil {
		return out, err
	}
	for i, contents := range store.ByLine(parcels) {
		p := parcels[i]
		for _, c := range contents {
			left[c.Line] -= c.Qty
			if all || p.SSCC == e.SSCC {
				out.Lines = append(out.Lines, shop.Units{Line: c.Line, SKU: c.SKU, Qty: c.Qty})
			}
		}
	}
	for _, n := range left {
		out.Part = out.Part || n > 0
	}
	return out, nil
}
