package rating

import (
	"context"
	"sync"
	"time"

	"packbench/station/carrier"
	"packbench/station/carrier/reliability"
	"packbench/station/store"
)

// How much of the past is read, and for how long it is not read again.
const (
	pastDays    = 200
	mostParcels = 50_000
	keepsFor    = time.Minute
)

// seen is what parcels have shown.
type seen struct {
	mu    sync.Mutex
	at    time.Time
	table *reliability.Table
}

// lane is what parcels have shown on the way to one address.
type lane struct {
	table *reliability.Table
	to    string
}

func (l lane) OnTime(carrier, service string, said int) int {
	return l.table.OnTime(carrier, service, l.to, said)
}

// history is what the shop has seen of carriers on the way of a parcel.
func (r Reader) history(ctx context.Context, p carrier.Parcel) (carrier.History, error) {
	now := r.Clock().In(r.Location())
	r.seen.mu.Lock()
	defer r.seen.mu.Unlock()
	if age := now.Sub(r.seen.at); r.seen.table == nil || age < 0 || age >= keepsFor {
		list, err := r.Store.Outcomes(ctx, now.AddDate(0, 0, -pastDays), mostParcels)
		if err != nil {
			return nil, err
		}
		r.seen.at, r.seen.table = now, reliability.New(outcomes(list), now)
	}
	return lane{r.seen.table, reliability.Lane(p.Country, p.Postcode)}, nil
}

func outcomes(list []store.Outcome) []reliability.Outcome {
	out := make([]reliability.Outcome, 0, len(list))
	for _, p := range list {
		o := reliability.Outcome{
			Carrier: p.Carrier, Service: p.Service, Promised: p.Promised, Handed: p.Handed, Delivered: p.Delivered,
			Followed: p.State != "" && p.State != store.TrackUnknown, Seen: p.State != store.TrackNotScanned,
		}
		if p.Country != "" {
			o.Lane = reliability.Lane(p.Country, p.Postcode)
		}
		switch p.State {
		case store.TrackPickUp: // it waits for the customer, and not for its carrier
			o.Delivered = day(p.StateAt)
		case store.TrackLost:
			o.Lost = day(p.StateAt)
		case store.TrackReturned:
			o.Followed = !p.Delivered.IsZero() // why it went back is not known
		}
		out = append(out, o)
	}
	return out
}

func day(at time.Time) time.Time {
	y, m, d := at.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
