// Package account owns what the interface of a carrier, or of somebody who sells the
// labels of many, is asked and what it answers, as plain values: what a parcel costs,
// its label, what became of a purchase, its return, and the list for the van. One
// package beside it is the client of one kind of account; package web is how all of
// them speak HTTP.
//
// It must not keep anything, repeat anything or wait: cmd/internal/carriers does that,
// for all kinds alike. A client makes the fewest calls that one question takes, and says
// truly what came of it. Where money moves three answers are told apart with care:
//
//   - nothing was bought, surely: *[Refused], *[web.Away], *[web.Throttled],
//     *[web.Denied];
//   - it was bought: no error, and never without a tracking number or a label;
//   - nobody knows: every other error. Whoever gets it asks [Account.Recover] before
//     the same thing is bought again.
//
// A client is tried against a server of package carriersim, which keeps an account's
// state and misbehaves as real ones do, by the suite of package carriertest.
package account

import (
	"context"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/unit"
	"packbench/station/web"
)

// Account is what every client can do. Whether it is a [Preparer], [Manifester],
// [Tracker] or [Addresses] as well is asked of the value.
type Account interface {
	Can() Can
	// Test asks for what the bench needs, buys nothing, and says of each thing whether
	// it works. An error means that not even that could be found out.
	Test(ctx context.Context) ([]Check, error)
	// Services returns what may be sold on the account, as far as it tells.
	Services(ctx context.Context) ([]Service, error)
	// Quote asks what each service costs. It has no effect.
	Quote(ctx context.Context, s Shipment) (Quotes, error)
	// Buy buys a label and returns its bytes with it. draft is what Prepare returned, ""
	// where the client is no Preparer. It must not be called again for one whose answer
	// nobody saw, before Recover was asked.
	Buy(ctx context.Context, s Shipment, q Quote, draft string) (Purchase, error)
	// Recover finds out what became of a purchase. See [Found].
	Recover(ctx context.Context, a Attempt) (Recovered, error)
	// Void gives a label back. A no for good is *Refused; one that is not there any more,
	// or was given back before, is no error.
	Void(ctx context.Context, p Purchase) (Refund, error)
}

// Preparer is an account where something without effect can be made before the
// purchase, by whose id the purchase is found again. Kept before Buy is called.
type Preparer interface {
	Prepare(ctx context.Context, s Shipment, q Quote) (draft string, err error)
}

// Manifester closes out what a carrier's van takes with it.
type Manifester interface {
	// Manifest tells the carrier what it is handed, all from one carrier of the account.
	// It must not be called again for one whose answer nobody saw, before a person has
	// looked at the carrier's web page.
	Manifest(ctx context.Context, carrier string, day time.Time, parcels []Purchase) (Manifest, error)
}

// Tracker says where a parcel is.
type Tracker interface {
	Track(ctx context.Context, p Purchase) (Tracking, error)
}

// Addresses checks an address with the carrier.
type Addresses interface {
	// CheckAddress returns what is wrong with an address, and the one that was meant.
	CheckAddress(ctx context.Context, a station.Address) (AddressCheck, error)
}

// Can is what a kind of account can do beside the rest.
type Can struct {
	// Key: the reference is unique there, or kept as a key: who buys it twice has bought
	// once.
	Key bool
	// Recover: a purchase is found by its reference or draft. Without it a person has to
	// look at the carrier's web page after an answer that nobody saw.
	Recover bool
	// Lag is how long after the call a purchase may not show yet: until then Recover
	// never says that nothing was bought.
	Lag time.Duration
	// Label: a recovered purchase comes with its label. Else it is given back, and bought
	// again.
	Label bool
	ZPL   bool // labels for label printers, of 4 by 6 inches at 203 dots an inch
	// ZPL300: and at 300, where that is asked for.
	ZPL300 bool
	Void   bool
	// VoidRule is the carrier's rule for refunds, in words: "within 30 days, if it was
	// never scanned; the money comes after 15 days".
	VoidRule string
	Live     bool // there is no sandbox: each purchase costs money
}

// Shipment is one parcel, as everything is asked about it.
type Shipment struct {
	Ref    string // of this purchase and no other: 8 to 30 of A to Z, 0 to 9 and "-"
	Number string // of the order, as people say it
	Piece  Piece
	From   station.Address
	To     station.Address // as its post writes it
	Mass   unit.Mass       // gross
	Size   unit.Size       // outer; zero: not known
	Day    time.Time       // the van comes, a day in the bench's zone
	Goods  []Goods
	Value  unit.Money // of all goods, zero: not known
	Border bool       // customs papers are wanted
	Export Export
	Extras Extras
	Label  Form
	Test   bool // a sample, which costs nothing and takes no parcel anywhere
}

// Goods is one line of what is in a parcel.
type Goods struct {
	SKU    string
	Name   string // for customs
	Qty    int
	Mass   unit.Mass  // of one
	Value  unit.Money // of one
	HS     string     // tariff number
	Origin string     // ISO 3166 alpha-2
	Danger station.Danger
}

// Export is what customs want to know.
type Export struct {
	Contents string // merchandise, gift, documents, sample, returned; "" is merchandise
	Terms    string // DAP, DDP; "" is DAP
	Invoice  string // its number
	TaxID    string // the sender's: EORI
	IOSS     string // or another number of the destination that tax was paid under
}

// Extras are services beside the way itself.
type Extras struct {
	Signature bool
	Adult     int        // years of age that are checked at the door; 0: none
	Insure    unit.Money // zero: as the service does by itself
}

// Form is how a label is wanted.
type Form struct {
	ZPL bool
	DPI int  // 203 or 300
	A6  bool // else 4 by 6 inches
}

// Service is one that may be sold.
type Service struct {
	ID          string // see Quote.Service
	Name        string
	Carrier     string // see Slug
	CarrierName string
}

// Quotes are the answer to a question for prices.
type Quotes struct {
	Quotes []Quote
	Notes  []Note // of those who could give none
}

// Add adds the quote of a service. Of two that are sold on two accounts or contracts the
// cheaper one counts, where their prices can be compared.
func (q *Quotes) Add(one Quote) {
	i := slices.IndexFunc(q.Quotes, func(o Quote) bool { return o.Service == one.Service })
	switch {
	case i < 0:
		q.Quotes = append(q.Quotes, one)
	case one.Price.Currency == q.Quotes[i].Price.Currency && one.Price.Minor < q.Quotes[i].Price.Minor:
		q.Quotes[i] = one
	}
}

// Note is why a carrier or service of an account has no price.
type Note struct{ Carrier, Service, Say string }

// Quote is what one service asks.
type Quote struct {
	Service     string            `json:"service"` // the account's own, stays the same from quote to quote
	Name        string            `json:"name"`
	Carrier     string            `json:"carrier"` // see Slug
	CarrierName string            `json:"carrier_name"`
	Price       unit.Money        `json:"price"` // all in all
	Parts       []carrier.Term    `json:"parts,omitempty"`
	Days        int               `json:"days,omitempty"`   // working days; 0: not said
	Arrives     time.Time         `json:"arrives,omitzero"` // zero: not said
	Surely      bool              `json:"surely,omitempty"` // the day is guaranteed
	Until       time.Time         `json:"until,omitzero"`   // zero: not said
	Warnings    []string          `json:"warnings,omitempty"`
	Ask         map[string]string `json:"ask,omitempty"` // goes unchanged from quote to purchase
}

// Attempt is a purchase whose answer nobody saw.
type Attempt struct {
	Ref   string
	Draft string
	Quote Quote
	Label Form
	Since time.Time // it was asked for
	// Tracking is the number that a person read on the carrier's web page, "" for none.
	Tracking string
}

// Found is what became of an attempt.
type Found string

// What Recover finds. Where it cannot find out, it is an error.
const (
	Bought  Found = "bought"
	Nothing Found = "nothing" // nothing was bought: it is not there
	Pending Found = "pending" // the carrier is still at it
	Unsaid  Found = "unsaid"  // the carrier has no way to tell: a person has to look
)

// Recovered is what was found, with the purchase where one was made. Label bytes lack
// where the carrier gives them only once.
type Recovered struct {
	Found    Found
	Purchase Purchase
	// Lost: the label is not shown any more although others are. It is given back, and
	// bought again.
	Lost bool
}

// Purchase is a label that was bought.
type Purchase struct {
	ID       string            `json:"id"`                 // the account's own, of the label
	Shipment string            `json:"shipment,omitempty"` // the account's own, where that is another
	Tracking string            `json:"tracking"`
	Carrier  string            `json:"carrier"`          // see Slug
	Codes    []string          `json:"codes,omitempty"`  // others that the label carries
	Charged  unit.Money        `json:"charged,omitzero"` // zero: not said
	Sample   bool              `json:"sample,omitempty"` // no postage
	Warnings []string          `json:"warnings,omitempty"`
	Ask      map[string]string `json:"ask,omitempty"` // what Void and Track need besides
	Papers   []Paper           `json:"-"`             // the label first
	// Forms: the label has the papers for customs among its pages.
	Forms bool `json:"forms,omitempty"`
	// VoidRule is that of Can when it was bought, which whoever keeps it fills in.
	VoidRule string `json:"void_rule,omitempty"`
}

// Paper is one document of a purchase.
type Paper struct {
	Kind string // "label", "customs", "receipt"
	Type string // PDF, ZPL, PNG or GIF
	DPI  int    // 0: not said
	Data []byte
}

// The types of papers.
const (
	PDF = "application/pdf"
	ZPL = "application/zpl"
	PNG = "image/png"
	GIF = "image/gif"
)

// Refund is what comes of a void.
type Refund string

// The states of a refund.
const (
	RefundDone    Refund = "done"    // the label costs nothing
	RefundAsked   Refund = "asked"   // the money comes later, or not
	RefundRefused Refund = "refused" // the label is dead and paid for
	RefundNone    Refund = "none"    // nothing is charged until a carrier scans it
)

// Manifest is what came of closing out.
type Manifest struct {
	ID      string
	Pending bool     // ask again for its paper
	Unknown []string // tracking numbers that the carrier does not know, or will not take
	Papers  []Paper
}

// State is where a parcel is, as every carrier's own words are put.
type State string

// The states of a parcel on its way.
const (
	Unknown    State = "unknown"
	PreTransit State = "pre_transit"
	Accepted   State = "accepted"
	InTransit  State = "in_transit"
	OutFor     State = "out_for_delivery"
	Pickup     State = "available_for_pickup"
	Delivered  State = "delivered"
	Exception  State = "exception"
	Returning  State = "return_to_sender"
	Cancelled  State = "cancelled"
)

// Tracking is where a parcel is.
type Tracking struct {
	State    State
	At       time.Time // of the newest event
	Promised time.Time // zero: not said
	Events   []Event
}

// Event is one scan on the way.
type Event struct {
	At    time.Time
	State State
	Raw   string // the carrier's own code
	Text  string
	Place string
}

// AddressCheck is what a carrier says to an address.
type AddressCheck struct {
	OK      bool
	Say     string
	Meant   station.Address // zero: no other
	Private bool            // people live there
	Known   bool            // whether they do was said
}

// Check is one thing that was tried, in words for the shop's owner.
type Check struct {
	What string // "prices"
	OK   bool
	Say  string // what was found
	Fix  string // what to do, "" where it is OK
}

// Options of a client.
type Options struct {
	ID     string            // of the account, at the bench
	URL    string            // where it is; "" is the kind's own address
	Secret string            // key, or what the kind has; never logged
	Set    map[string]string // what the kind has to be told besides
	Do     web.Doer          // asks
	Buy    web.Doer          // buys: on a connection of its own, see [web.NewBuyer]
	Clock  func() time.Time
	Zone   *time.Location
}
