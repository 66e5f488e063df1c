package effects

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/rating"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Carrier sells the way of parcels. No call tries again by itself: a [Runner] asks
// what became of a wish before it repeats it.
type Carrier interface {
	// Quote asks what each service costs; it has no effect.
	Quote(ctx context.Context, w Wish) ([]carrier.Quote, error)
	// Buy buys what is wished for. With a *Refusal nothing was bought, surely; after
	// any other error nobody knows.
	Buy(ctx context.Context, w Wish) (Purchase, error)
	// Find reports what was bought for the key of a wish and is not given back. ok is
	// false only where that is sure: a carrier that shows its purchases late is an error
	// until then. What was to be given back is given back first; with a *Refusal
	// the carrier keeps its money.
	Find(ctx context.Context, w Wish) (p Purchase, ok bool, err error)
	// Void gives back what was bought for the key of a wish. With a *Refusal the carrier
	// keeps its money; after any other error nobody knows.
	Void(ctx context.Context, w Wish) error
}

// Wish is what a carrier is asked. Key stays the same whenever it is asked again:
// what was bought under it is never bought twice. Find and Void need Key and Carrier.
type Wish struct {
	Key      string
	Order    station.Order
	Parcel   string
	Contents []pack.Content
	Carton   string
	Mass     unit.Mass // gross
	Carrier  string
	Service  string
	Price    unit.Money // that was quoted
	At       time.Time
}

// Purchase is what was bought. Papers are the carrier's own, the label first; there are
// none where the bench draws the label.
type Purchase struct {
	SSCC, Tracking string
	Papers         []account.Paper
	Forms          bool       // see [account.Purchase]
	Cost           unit.Money // that the carrier charges; zero: it did not say
}

// Accounts is what a Carrier of accounts can besides.
type Accounts interface {
	// Looked keeps what a person saw of a purchase whose carrier cannot tell: a tracking
	// number, or that there is none.
	Looked(ctx context.Context, w Wish, saw string) error
	// GivenBack reports whether something was bought for a wish and is given back now, and
	// whether its money comes later.
	GivenBack(ctx context.Context, w Wish) (is, later bool)
	// Lost are the labels of a parcel that were lost, and given back as far as that goes.
	Lost(ctx context.Context, parcel string) ([]pack.LostLabel, error)
	// VoidRule is the rule for giving it back, in the carrier's words.
	VoidRule(ctx context.Context, w Wish) string
}

// Vans tells the accounts of carriers what their vans took. It ends in a
// [pack.ClosedOut], and has the carriers' papers printed.
type Vans interface {
	Leave(ctx context.Context, e pack.Effect, print func(context.Context, store.Document) error, report func(pack.Event)) error
}

// Refusal is a carrier's no. Elsewhere: another service may say yes. Stands: of this parcel it is always no.
type Refusal struct {
	trouble.Trouble
	Elsewhere, Stands bool
}

func (r *Refusal) Error() string { return r.Wrong() }

// ownRanges is the carrier of a shop that has number ranges of its own: a price is
// what the rate card says, to buy is to take the next numbers, and nothing is owed
// until the van has come.
type ownRanges struct {
	*folder.Folder
	numbers Numbers
	rating  rating.Reader
	station string
}

// OwnRanges is the carrier of a shop that numbers its labels itself.
func OwnRanges(f *folder.Folder, station string) Carrier {
	return ownRanges{f, f.Store, rating.NewReader(f), station}
}

func (c ownRanges) Quote(ctx context.Context, w Wish) ([]carrier.Quote, error) {
	return c.rating.Quotes(ctx, w.Order, w.box())
}

func (w Wish) box() rating.Box {
	return rating.Box{Contents: w.Contents, Carton: w.Carton, Mass: w.Mass, At: w.At}
}

// Parcel is what carriers are asked about.
func (c ownRanges) Parcel(ctx context.Context, w Wish) (carrier.Parcel, error) {
	_, p, err := c.rating.Parcel(ctx, w.Order, w.box())
	return p, err
}

func (c ownRanges) Buy(ctx context.Context, w Wish) (Purchase, error) {
	cards, _, err := c.Catalogue(ctx)
	if err != nil {
		return Purchase{}, err
	}
	way, ok := cards.Carrier(w.Carrier)
	if !ok {
		return Purchase{}, fmt.Errorf("carrier %s has no rate card any more", w.Carrier)
	}
	if _, sold := way.Service(w.Service); !sold {
		return Purchase{}, &Refusal{Trouble: trouble.New(trouble.CarrierRefused, way.Name, "no rate card has the service any more", "Take another service")}
	}
	n, err := c.numbers.LabelNumbers(ctx, store.Numbering{
		Effect: w.Key, Parcel: w.Parcel, Station: c.station, Carrier: w.Carrier,
		SSCC: c.SSCCRange(), Tracking: folder.TrackingRange(way),
	})
	if t := NumberTrouble(err); t.Code != "" {
		err = &Refusal{Trouble: t}
	}
	return Purchase{SSCC: n.SSCC, Tracking: n.Tracking}, err
}

// NumberTrouble says why there are no numbers for a label, surely; zero for any other
// error.
func NumberTrouble(err error) trouble.Trouble {
	var conflict *store.Conflict
	var empty *store.Exhausted
	var undrawn *store.Undrawn
	switch {
	case errors.As(err, &conflict):
		return trouble.New(trouble.NoNumbers, string(conflict.Kind))
	case errors.As(err, &undrawn):
		return trouble.New(trouble.NumbersUndrawn, undrawn.Of)
	case errors.As(err, &empty) && empty.Of == store.OfSSCC:
		return trouble.New(trouble.SSCCUsedUp, strconv.FormatUint(empty.Last, 10))
	case errors.As(err, &empty):
		return trouble.New(trouble.TrackingUsedUp, strconv.FormatUint(empty.Last, 10), empty.Of)
	}
	return trouble.Trouble{}
}

func (c ownRanges) Find(ctx context.Context, w Wish) (Purchase, bool, error) {
	n, known, err := store.Known(c.numbers.NumbersOf(ctx, w.Key))
	return Purchase{SSCC: n.SSCC, Tracking: n.Tracking}, known, err
}

// Void has nothing to do: a number is used up for ever.
func (ownRanges) Void(context.Context, Wish) error { return nil }

// wish is what an effect asks a carrier.
func (r *Runner) wish(e pack.Effect, o station.Order) Wish {
	return Wish{
		Key: e.Key(), Order: o, Parcel: e.Parcel, Contents: e.Contents, Carton: e.Carton, Mass: e.Mass,
		Carrier: e.Carrier, Service: e.Service, Price: e.Price, At: r.Clock(),
	}
}
