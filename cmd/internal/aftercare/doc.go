// Package aftercare answers what became of parcels that have left: where each is (T1), and
// which need somebody, with what shows it and what can be done (T2, T4). It asks the store
// alone, for the window and packctl alike; who is asked for news, and how it is kept, are
// not its business.
//
// [New] returns the room of a folder. [Room.Exceptions] lists what a person should act on,
// [Room.Track] tells of one parcel, [Room.Due] when each is asked after next. [Room.Doubt] makes
// cases of what cannot be right of what carriers say, once each.
package aftercare

import (
	"context"
	"errors"
	"sync"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station/carrier"
	"packbench/station/carrier/reliability"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/track/watch"
)

// How much of the past is looked at.
const (
	looksBack   = 60 * 24 * time.Hour // at parcels that left
	learnsFrom  = 120 * 24 * time.Hour
	learnsMost  = 5_000 // parcels
	learnsAgain = 10 * time.Minute
	heardWithin = 30 * 24 * time.Hour
	settledIn   = 48 * time.Hour // a delivery, where nothing speaks against it
)

// Room is a folder's parcels that have left. Many may ask it at the same time.
type Room struct {
	*folder.Folder

	mu    sync.Mutex
	at    time.Time
	known watch.Gaps
}

// New returns the room of a folder.
func New(f *folder.Folder) *Room { return &Room{Folder: f} }

// works tells on which days carriers work, by their rate cards; of one without a card they
// are Monday to Friday.
func (r *Room) works(ctx context.Context) (watch.Works, error) {
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]carrier.Carrier{}
	for _, c := range cards.Carriers {
		known[c.ID] = c
	}
	type of struct {
		carrier, country string
		day              time.Time
	}
	asked := map[of]bool{}
	return func(id, country string, day time.Time) bool {
		is, was := asked[of{id, country, day}]
		if was {
			return is
		}
		is = day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
		if c, ok := known[id]; ok {
			is = c.Moves(day, carrier.Where{Country: country})
		}
		asked[of{id, country, day}] = is
		return is
	}, nil
}

// gaps are how long each lane is usually silent, worked out again after a while.
func (r *Room) gaps(ctx context.Context, works watch.Works) (watch.Gaps, error) {
	now := r.Clock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if age := now.Sub(r.at); !r.at.IsZero() && age >= 0 && age < learnsAgain {
		return r.known, nil
	}
	arrived, err := r.Store.Arrived(ctx, now.Add(-learnsFrom), learnsMost)
	if err != nil {
		return r.known, err
	}
	zone := r.Location()
	ways := make([]watch.Way, len(arrived))
	for i, a := range arrived {
		for n := range a.Scans {
			a.Scans[n] = a.Scans[n].In(zone)
		}
		ways[i] = watch.Way{Lane: lane(a.Carrier, a.Service, a.Country, a.Postcode), Country: a.Country, Scans: a.Scans}
	}
	r.at, r.known = now, watch.NewGaps(ways, works)
	return r.known, nil
}

func lane(carrier, service, country, postcode string) watch.Lane {
	l := watch.Lane{Carrier: carrier, Service: service}
	if country != "" {
		l.To = reliability.Lane(country, postcode)
	}
	return l
}

// Tracked is where one parcel is.
type Tracked struct {
	store.Left
	Events []track.Event
	Wrong  *watch.Found // nil: nothing
}

// Track tells of a parcel, by its id; none is store.ErrUnknown.
func (r *Room) Track(ctx context.Context, parcel string) (Tracked, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return Tracked{}, err
	}
	l, err := r.Store.LeftParcel(ctx, parcel)
	if err != nil {
		return Tracked{}, err
	}
	t := Tracked{Left: l}
	if t.Events, err = r.Store.TrackEvents(ctx, parcel); err != nil {
		return t, err
	}
	if st, err := r.Store.Standing(ctx, parcel, l.Tracking); err == nil {
		t.Standing = st // with the carrier's words
	} else if !errors.Is(err, store.ErrUnknown) {
		return t, err
	}
	judge, err := r.judge(ctx)
	if err != nil {
		return t, err
	}
	if f, wrong := judge(l); wrong {
		t.Wrong = &f
	}
	return t, nil
}

// judge returns what says what is wrong with a parcel.
func (r *Room) judge(ctx context.Context) (func(store.Left) (watch.Found, bool), error) {
	works, err := r.works(ctx)
	if err != nil {
		return nil, err
	}
	gaps, err := r.gaps(ctx, works)
	if err != nil {
		return nil, err
	}
	now := r.Clock().In(r.Location())
	heard, err := r.Store.CarriersHeard(ctx, now.Add(-heardWithin))
	if err != nil {
		return nil, err
	}
	settled, err := r.settled(ctx)
	return func(l store.Left) (watch.Found, bool) {
		p := parcelOf(l)
		p.Followed = heard[l.Carrier]
		p.Settled = func(d watch.Doubt) bool { return settled(l.Parcel, d) }
		return watch.Judge(p, gaps, works, now)
	}, err
}

func parcelOf(l store.Left) watch.Parcel {
	return watch.Parcel{
		Lane: lane(l.Carrier, l.Service, l.Country, l.Postcode), Country: l.Country, Postcode: l.Postcode, Handed: l.Handed, Promised: l.Promised,
		Standing: l.Standing, Asked: l.Asked,
	}
}

// Due is when a parcel is asked after next.
type Due struct {
	store.Left
	Next time.Time // zero: never more
}

// Due lists the parcels on their way with when each is asked after next, where its account
// can be asked.
func (r *Room) Due(ctx context.Context) ([]Due, error) {
	left, err := r.left(ctx)
	out := make([]Due, 0, len(left))
	for _, l := range left {
		next := track.Asking{Number: l.Tracking, Handed: l.Handed, Promised: l.Promised, Asked: l.Standing.Heard, Standing: l.Standing}.Next(r.Location())
		out = append(out, Due{l, next})
	}
	return out, err
}

func (r *Room) left(ctx context.Context) ([]store.Left, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	now := r.Clock()
	return r.Store.OnTheirWay(ctx, now.Add(-looksBack), now.Add(-settledIn))
}

// BuyerAsked notes that the buyer of a parcel wants to know where it is: a delivery that its
// carrier claims is doubted from then on.
func (r *Room) BuyerAsked(ctx context.Context, parcel, by string) error {
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	if _, err := r.Store.LeftParcel(ctx, parcel); err != nil {
		return err
	}
	writer, err := desks.Carriers(ctx, r.Store)
	if err != nil {
		return err
	}
	fact := track.BuyerAsked{Parcel: parcel, By: by}
	if err := r.DecideIn(ctx, writer, func() (pack.Event, []pack.Fact, error) { return fact, []pack.Fact{fact}, nil }); err != nil {
		return err
	}
	_, _, err = r.Doubt(ctx)
	return err
}
