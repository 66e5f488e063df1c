package shift

import (
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// Book is the shift book of one window. Everything in it is sorted.
type Book struct {
	Window   Window
	Rows     []Row // oldest first
	Balances []Balance
	Packers  []Work
	Stations []Work
	Carriers []Carriage
	Hours    []Hour // every hour of the window
	Errors   []Count
	Marked   []Marked // what is known of units of closed parcels, oldest first
	Changes  []Change // oldest first

	// Heads are the heads of the hash chains that the book was made from, by
	// writer; Names are people by id; Products are the names of products by SKU, for
	// rows that say none; Company is whose shop it is. All are the caller's to set.
	Heads    map[string]string
	Names    map[string]string
	Products map[string]string
	Company  string
}

// Change is what somebody changed of the shop: its rights, people or products.
type Change struct {
	Row  string    `json:"row"` // of the journal, "desk.7"
	At   time.Time `json:"time"`
	By   string    `json:"person"` // or the key of an account of the computer
	What string    `json:"what"`
}

// changing is a fact that somebody changed something of the shop.
type changing interface {
	Changed() (by string, what []string)
}

// Marked is units of a closed parcel that have a lot, a serial or an expiry date.
type Marked struct {
	Order, Parcel string
	Units         pack.Marked
}

// Row is one verdict in the log.
type Row struct {
	ID      string // journal row, "S1.123"
	At      time.Time
	Station string
	Person  string
	Order   string
	Verdict pack.Kind
	Code    pack.Code
	SKU     string
	Product string // its name, as the catalogue had it then; "" where that was not said
	Qty     int
	Parcel  string
	Service string
	Carrier string
	Price   *unit.Money // in the row that closed a parcel only, so that a column adds up
	Mass    *unit.Mass
	Typed   bool // the mass was typed
	Author  string
	Case    string
}

// Balance is two sides that must come out even. What goes out on the left side
// has a negative number. Gaps are the ids of parcels, orders or journal rows
// that do not fit; where there are none the sides are equal.
type Balance struct {
	Of    string   `json:"of"` // "units", "parcels", "orders"
	Left  []Amount `json:"left"`
	Right []Amount `json:"right"`
	Gaps  []string `json:"gaps"`
}

// Amount is one number of a balance with its name.
type Amount struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Sums adds up both sides.
func (b Balance) Sums() (left, right int) {
	for _, a := range b.Left {
		left += a.N
	}
	for _, a := range b.Right {
		right += a.N
	}
	return left, right
}

// Even reports whether the sides are equal and nothing is odd.
func (b Balance) Even() bool {
	left, right := b.Sums()
	return left == right && len(b.Gaps) == 0
}

// MaxPause is the longest silence of a bench that counts as work.
const MaxPause = 10 * time.Minute

// Work is what one packer, or one station, did.
type Work struct {
	ID       string // "" where nobody was signed in
	Accepted int    // units put in
	Removed  int    // units taken out again
	Scans    int    // item scans accepted
	Refused  int    // item scans refused
	Parcels  int    // closed
	Orders   int    // closed, short ones too
	// Open is the time with an order open: from input to input, a silence
	// counting as MaxPause at most.
	Open time.Duration
}

// Speed is units an hour while an order was open; ok is false without time.
func (w Work) Speed() (units int, ok bool) {
	s := int(w.Open / time.Second)
	if s == 0 {
		return 0, false
	}
	return ((w.Accepted-w.Removed)*3600 + s/2) / s, true
}

// Accuracy is accepted item scans of all item scans, per mille; ok is false
// without scans. It is rounded down, so that 1000 means not one was refused.
func (w Work) Accuracy() (perMille int, ok bool) {
	if w.Scans+w.Refused == 0 {
		return 0, false
	}
	return w.Scans * 1000 / (w.Scans + w.Refused), true
}

// Carriage is what one carrier took in one currency. Voided parcels were
// closed in this window or before it, and their price counts off.
type Carriage struct {
	Carrier  string
	Currency string
	Parcels  int // closed
	Cost     unit.Money
	Voided   int
	Back     unit.Money
}

// Net is the cost without what was voided.
func (c Carriage) Net() unit.Money {
	return unit.Money{Minor: c.Cost.Minor - c.Back.Minor, Currency: c.Currency}
}

// Hour is what one hour on the clock held.
type Hour struct {
	Start    time.Time
	Accepted int // units put in, less those taken out
	Refused  int // all refusals
	Parcels  int
	Orders   int
}

// Count is how often a verdict refused.
type Count struct {
	Code pack.Code
	N    int
}
