// Package rating finds out what a parcel is to the carriers: where it goes, what it
// weighs and is worth, which rules of the shop hold for it, what each day late costs.
//
// [Reader.Parcel] says that to whoever asks carriers, and [Reader.Quotes] asks the shop's
// own rate cards. It only reads: it must not buy, write or speak to a carrier; how
// quotes are compared is for [packbench/station/carrier].
package rating

import (
	"cmp"
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/rules"
	"packbench/station/pack"
	"packbench/station/unit"
)

// Reader reads a data folder. What has become of parcels it remembers for a minute.
type Reader struct {
	*folder.Folder
	seen  *seen
	tried *[]rules.Rule // in place of the shop's own, nil: these
	asked Asked
	most  int // parcels of the past, 0: all
}

// NewReader returns a reader of an open folder.
func NewReader(f *folder.Folder) Reader { return Reader{Folder: f, seen: &seen{}} }

// Trying is the reader with other rules in place of the shop's own.
func (r Reader) Trying(list []rules.Rule) Reader {
	r.tried = &list
	return r
}

// Box is a parcel of an order as it stands on the scale.
type Box struct {
	Contents []pack.Content // none: all that the order has
	Carton   string
	Mass     unit.Mass // gross
	At       time.Time
}

// Quotes asks every service of the rate cards for a parcel of an order.
func (r Reader) Quotes(ctx context.Context, o station.Order, b Box) ([]carrier.Quote, error) {
	cards, p, err := r.Parcel(ctx, o, b)
	if err != nil {
		return nil, err
	}
	return carrier.Quotes(cards, p), nil
}

// Parcel is what carriers are asked about a parcel of an order, with the rate cards.
func (r Reader) Parcel(ctx context.Context, o station.Order, b Box) (carrier.Cards, carrier.Parcel, error) {
	cards, cartons, err := r.Catalogue(ctx)
	if err != nil {
		return cards, carrier.Parcel{}, err
	}
	set := r.Settings
	set.Choice = r.Choice()
	said := set.Choice
	p := carrier.Between(r.Settings.Sender.Address(), o.To)
	p.Mass, p.At, p.Promise = b.Mass, b.At, o.Promise
	p.Service, p.Paid, p.LostPerMillion = o.Service, rules.Paid(said.Paid, o.Service), said.LostPerMillion
	if p.Currency = cmp.Or(cards.Currency, r.Settings.Currency); p.Currency == r.Settings.Currency {
		p.LateCost = set.DayLate() // else it is not what the cards' prices are in
	}
	if i := slices.IndexFunc(cartons, func(c station.Carton) bool { return c.ID == b.Carton }); i >= 0 {
		p.Outer = cartons[i].Outer
	}
	in, all := inside(o, b.Contents)
	if p.Value, err = r.worth(ctx, o, in, all); err != nil {
		return cards, p, err
	}
	dangers, err := r.Dangers(ctx, o, b.Contents)
	if err != nil {
		return cards, p, err
	}
	p.Dangerous, p.Danger = len(dangers) > 0, inWords(dangers)
	if r.tried != nil {
		said.Rules = *r.tried
	}
	p.Rules = rules.Apply(said.Rules, rules.Parcel{
		Country: p.Country, Place: p.Place, Postcode: p.Postcode, Value: p.Value, SKUs: skus(in), Tags: o.Tags,
		Wished: o.Service, Shop: o.Shop, Mass: b.Mass, Dangerous: p.Dangerous,
	}, r.Settings.Currency)
	if p.History, err = r.history(ctx, p); err != nil {
		return cards, p, err
	}
	p.Numbers, err = r.NumbersLeft(ctx, cards)
	return cards, p, err
}
