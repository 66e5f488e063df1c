// Package carriersim owns what the simulated accounts below it have in common: the
// ledger of what was sold, [Book], and what goes wrong at a carrier besides the way
// there, [Mishap]. Each kind of account is a package of its own that keeps the state of
// an account and answers as that kind does. Tests use them, and so does the demo: it
// speaks to one by the same client as to a real account.
//
// A simulated account must not know the client that asks it, nor share code with it: two
// that are made of one mistake agree.
package carriersim

import (
	"net/http"
	"time"

	"packbench/station/web/faults"
)

// Backend is a simulated account. It may be called at any time by several goroutines.
type Backend interface {
	http.Handler
	// Faults of the connection.
	Faults() *faults.Faults
	// Book is what was sold.
	Book() *Book
	// Secret is what Options.Secret has to be, Set what Options.Set has to be.
	Secret() string
	Set() map[string]string
}

// Mishap is what goes wrong with one purchase at the carrier itself.
type Mishap string

// The mishaps. A kind of account that cannot have one ignores it.
const (
	PoorFunds   Mishap = "funds"   // there is no money on the account
	BadAddress  Mishap = "address" // it was good enough for a price, and is not for a label
	NoService   Mishap = "service" // it is sold no more
	PriceUp     Mishap = "price"   // it costs a tenth more than was quoted
	Slow        Mishap = "slow"    // the label comes later: processing, queued
	NoLabel     Mishap = "label"   // bought, but the label comes only when it is asked for
	NoRefund    Mishap = "refund"  // it is not taken back
	LateRefund  Mishap = "pending" // the refund is asked for, and decided later
	OtherParcel Mishap = "other"   // the answer is of another parcel
	Failed      Mishap = "failed"  // refused by the carrier after it was taken: what is left uses the reference up
)

// Options of a simulated account.
type Options struct {
	Clock func() time.Time // nil: the computer's
	Lag   time.Duration    // how long lists do not show a purchase yet
	// Currency that prices are in, "" for the kind's own, and Percent of its usual prices,
	// 0 for all: a demo's account stands beside rate cards.
	Currency string
	Percent  int64
}

// Price is what something costs that usually costs so much.
func (o Options) Price(minor int64) int64 {
	if o.Percent == 0 {
		return minor
	}
	return (minor*o.Percent + 99) / 100
}

// Coin is the currency of prices that are usually in another.
func (o Options) Coin(usual string) string {
	if o.Currency == "" {
		return usual
	}
	return o.Currency
}

// Now is the time by the options' clock.
func (o Options) Now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}

// Address is where a parcel goes, as an account was told it.
type Address struct{ Name, Company, Street, Street2, City, Region, Postcode, Country, Phone string }
