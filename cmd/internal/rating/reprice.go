package rating

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/say"
	"packbench/station/store"
	"packbench/station/unit"
)

// Repriced is what a parcel of the past would have become.
type Repriced struct {
	Chosen     carrier.Quote // the zero value where nothing takes it
	Why        string        // it has no choice now
	Unanswered bool          // an account that was asked did not answer: what it would have taken is not known
}

// Past is a parcel of the past, as carriers are asked about it.
type Past struct {
	store.Parcel
	In station.Order
	As carrier.Parcel
}

// Asked are accounts that are asked about parcels of the past, beside the rate cards.
type Asked interface {
	// Quotes returns what they answered about one, or why it has to be left out.
	Quotes(ctx context.Context, p Past) (quotes []carrier.Quote, left string, err error)
}

// Asking is the reader with accounts that are asked beside the rate cards.
func (r Reader) Asking(a Asked) Reader {
	r.asked = a
	return r
}

// Reprice chooses again for a parcel of the past, with other rate cards and the shop's
// rules of today, as on the day that it was packed. It writes nothing.
func (r Reader) Reprice(ctx context.Context, p store.Parcel, cards carrier.Cards) (Repriced, error) {
	o, err := r.Store.Order(ctx, p.Order)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return Repriced{Why: "the order is gone"}, nil
	case err != nil:
		return Repriced{}, err
	case o.To.Country == "":
		return Repriced{Why: "the address is erased"}, nil
	}
	_, parcel, err := r.Parcel(ctx, o, Box{Contents: p.Contents, Carton: p.Carton, Mass: p.Mass, At: p.Closed})
	if err != nil {
		return Repriced{}, err
	}
	parcel.Numbers = nil // there were enough
	quotes := carrier.Quotes(cards, parcel)
	if r.asked != nil {
		more, left, err := r.asked.Quotes(ctx, Past{Parcel: p, In: o, As: parcel})
		if err != nil || left != "" {
			return Repriced{Why: left, Unanswered: left != ""}, err
		}
		quotes = carrier.Choose(append(quotes, more...), parcel)
	}
	for _, q := range quotes {
		if q.Chosen {
			return Repriced{Chosen: q}, nil
		}
	}
	return Repriced{Why: "no service takes it"}, nil
}

// Sum is what parcels of the past cost, and what they would have cost, as packctl prints it.
type Sum struct {
	Parcels    int        `json:"parcels"`
	Compared   int        `json:"compared"`
	Changed    int        `json:"changed"` // of those compared, how many would go another way
	Then       unit.Money `json:"then"`
	Now        unit.Money `json:"now"`
	Saved      int64      `json:"saved"`                // minor units; below 0: it would cost more
	Accounts   int        `json:"accounts,omitempty"`   // bought on one that is not asked, so not compared
	Unanswered int        `json:"unanswered,omitempty"` // an account that is asked did not answer, so not compared

	Asked []string `json:"asked,omitempty"` // the accounts that are asked beside the rate cards
}

// Add counts a parcel; why says what it cannot be compared for, "" where it is. What was
// bought on an account that is not asked is not: rate cards know no price of it.
func (s *Sum) Add(p store.Parcel, again Repriced) (why string) {
	s.Parcels++
	q := again.Chosen
	on, _, bought := strings.Cut(p.Service, "/")
	switch {
	case bought && !slices.Contains(s.Asked, on):
		s.Accounts++
		return "it went on an account, whose prices of then nobody can ask for"
	case again.Unanswered:
		s.Unanswered++
		return again.Why
	case !q.Chosen:
		return again.Why
	case q.Price.Currency != p.Price.Currency || s.Compared > 0 && q.Price.Currency != s.Now.Currency:
		return "in another currency: " + q.Reason
	}
	s.Compared++
	if q.Service != p.Service || q.Carrier != p.Carrier {
		s.Changed++
	}
	s.Then = unit.Money{Minor: s.Then.Minor + p.Price.Minor, Currency: q.Price.Currency}
	s.Now = unit.Money{Minor: s.Now.Minor + q.Price.Minor, Currency: q.Price.Currency}
	s.Saved = s.Then.Minor - s.Now.Minor
	return ""
}

// Way says how a parcel went, and how it would go now.
func (r Repriced) Way(l say.Language, p store.Parcel) string {
	return l.Say("{parcel}: {service} {price}, then {other} {dearer}",
		"parcel", p.Called(), "service", p.Service, "price", p.Price.String(), "other", r.Chosen.Service, "dearer", r.Chosen.Price.String())
}

// Less says how much less they would have cost, or more.
func (s *Sum) Less() string {
	if s.Saved < 0 {
		return unit.Money{Minor: -s.Saved, Currency: s.Now.Currency}.String() + " more"
	}
	return unit.Money{Minor: s.Saved, Currency: s.Now.Currency}.String() + " less"
}

// Again chooses again for every parcel that was closed since a time, and tells each.
func (r Reader) Again(ctx context.Context, since time.Time, cards carrier.Cards, each func(store.Parcel, Repriced) error) error {
	all, n := 0, 0
	if r.most > 0 {
		var err error
		if all, err = r.Past(ctx, since); err != nil {
			return err
		}
	}
	return r.past(ctx, since, func(p store.Parcel) error {
		n++
		if all > r.most && n*r.most/all == (n-1)*r.most/all {
			return nil
		}
		again, err := r.Reprice(ctx, p, cards)
		if err != nil {
			return err
		}
		return each(p, again)
	})
}

// AtMost is the reader that chooses again for no more parcels than so many, spread evenly
// over the time.
func (r Reader) AtMost(parcels int) Reader {
	r.most = parcels
	return r
}

// Past counts the parcels that Again would choose for.
func (r Reader) Past(ctx context.Context, since time.Time) (n int, err error) {
	err = r.past(ctx, since, func(store.Parcel) error { n++; return nil })
	return n, err
}

// past tells every parcel that was closed since a time and went. It reads a day at a time: a
// year may be much.
func (r Reader) past(ctx context.Context, since time.Time, each func(store.Parcel) error) error {
	if err := r.Store.CatchUp(ctx); err != nil {
		return err
	}
	for from, now := since, r.Clock(); !from.After(now); from = from.AddDate(0, 0, 1) {
		parcels, err := r.Store.ParcelsClosed(ctx, from, from.AddDate(0, 0, 1))
		if err != nil {
			return err
		}
		for _, p := range parcels {
			if p.State == store.ParcelReopened || p.SSCC == "" {
				continue
			}
			if err := each(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// With are the shop's cards with others in place of those of the same carriers. Of each
// service of the others the newest version counts, as if it had begun long ago: a price
// list of next year is tried on the parcels of this one.
func (r Reader) With(ctx context.Context, others carrier.Cards) (carrier.Cards, error) {
	cards, _, err := r.Catalogue(ctx)
	if err != nil || len(others.Carriers) == 0 {
		return cards, err
	}
	for i := range others.Carriers {
		c := &others.Carriers[i]
		var newest []carrier.Service
		for _, s := range c.Services {
			at := -1
			for j := range newest {
				if newest[j].ID == s.ID {
					at = j
				}
			}
			switch {
			case at < 0:
				newest = append(newest, s)
			case s.From >= newest[at].From:
				newest[at] = s
			}
		}
		for j := range newest {
			newest[j].From = ""
		}
		c.Services = newest
	}
	return carrier.Merge(cards, others)
}
