// Package shop owns what a shop's interface is asked and what it answers, as plain
// values: orders that changed, one order as it is now, what has left, what is sold
// and how many of it there are. One package below it is the client of one kind of
// shop; package web is how all of them speak HTTP.
//
// It must not keep anything, repeat anything or wait: cmd/internal/shops does that,
// for all kinds alike. A client makes one call for one question and says truly what
// came of it. Three answers are told apart with care:
//
//   - nothing was done, surely: [Throttled], [Denied], [Refused], [Gone], [Away];
//   - it was done: no error;
//   - nobody knows: every other error. Whoever gets it asks [Shipments.Shipped] before
//     the same thing is sent again.
//
// A client is tried against the server of package shopsim, which keeps a shop's
// state and misbehaves as real ones do.
package shop

import (
	"context"
	"time"

	"packbench/station"
	"packbench/station/unit"
)

// Cursor is how far a list was read. Its text belongs to the client that made it;
// "" is the beginning.
type Cursor string

// Orders is where a shop's orders come from.
type Orders interface {
	// Changed returns orders that were new or changed after since, in any order.
	// It reads a little of what came before as well, because a shop's lists lag
	// behind: an order may come again, unchanged.
	Changed(ctx context.Context, since Cursor) (Page, error)
	// Fresh returns an order as it is now, by the shop's own id of it; none is *Gone.
	Fresh(ctx context.Context, id string) (Order, error)
}

// Page is a part of the orders that changed.
type Page struct {
	Orders []Order
	Next   Cursor // to go on from; valid once the orders of this page are kept
	More   bool   // there is another page now
	// Left are orders that were read and cannot be packed as they are, with the reason
	// in words: a person must look at them in the shop.
	Left []Left
}

// Left is an order of a shop that nobody can pack.
type Left struct{ ID, Number, Reason string }

// Order is an order as its shop gives it.
//
// Own is the shop's own id, Number what people say. Each line's ID is the shop's own
// id of it and its Qty what remains to be packed now: units that were cancelled,
// refunded or sent are not in it. Virtual goods, tips and gift cards are no lines.
// Held stands for whatever keeps it from being packed, with the shop's reason;
// Cancelled and Done are never packed.
type Order struct {
	station.Order
	// Sent is what has left already, by whomever. What this bench sent is in it too:
	// who reads the order adds its units to what remains.
	Sent []Shipment
}

// Shipment is one parcel that has left for one order.
type Shipment struct {
	Key      string // the bench's own: the parcel's label. "" for what others sent
	ID       string // the shop's own; "" until it is told
	Order    string // the shop's own id of the order
	Number   string // what people say, as the shop has it
	Tracking string
	Carrier  string // the bench's id of the carrier
	Name     string // the carrier's name, as people know it
	Link     string // where the parcel can be followed, "" for none
	Lines    []Units
	At       time.Time // it left
	Notify   bool      // the shop tells the buyer
	Part     bool      // something of the order is still to come
	Say      string    // what a person should know of it, in the shop's words; "" for nothing
}

// Units is a number of units of a line.
type Units struct {
	Line string // the shop's own id of the line
	SKU  string
	Qty  int
}

// Shipments is where a shop is told what has left.
type Shipments interface {
	// Shipped returns what the shop knows to have left for an order, as it stands now.
	// What was taken back is not in it.
	Shipped(ctx context.Context, order string) ([]Shipment, error)
	// Ship tells of one parcel and returns the shop's own id of it. It must not be
	// called again for one whose answer nobody saw, before Shipped was asked.
	Ship(ctx context.Context, s Shipment) (id string, err error)
	// Unship takes back what Ship told, by ID or, without one, by tracking number. A
	// shop that cannot is *Refused. One that is not there any more is no error.
	Unship(ctx context.Context, s Shipment) error
}

// Catalogue is where a shop's products come from.
type Catalogue interface {
	// Products returns products that were new or changed after since.
	Products(ctx context.Context, since Cursor) (Products, error)
}

// Products is a part of them.
type Products struct {
	Products []station.Product
	Next     Cursor
	More     bool
}

// Stock is where a shop counts its goods.
type Stock interface {
	// Levels returns what the shop believes to be there, of the SKUs that it knows.
	Levels(ctx context.Context, skus []string) ([]Level, error)
	// Correct changes how many there are by a difference. The same key changes it once,
	// where the shop can; see Can. A stale Seen is *Changed: read Levels and ask again.
	Correct(ctx context.Context, c Correction) error
}

// Level is how many units of a product a shop believes to have.
type Level struct {
	SKU       string
	Place     string // the shop's own id of the location or source, "" where it has one only
	OnHand    int    // physically there
	Available int    // of those, not promised to anybody
}

// Correction is one difference.
type Correction struct {
	Key    string // stays the same whenever it is asked again
	SKU    string
	Place  string
	Delta  int
	Seen   int    // Available, as it was read
	Reason string // counted, damaged, found, returned, corrected: the bench's word
	At     time.Time
}

// Returned is where a shop is told what came back, and what a buyer gets for it.
type Returned interface {
	// CameBack tells of it once. It looks first whether the shop knows of it, and does no
	// more then.
	CameBack(ctx context.Context, b Back) (Told, error)
}

// Told is what came of it.
type Told struct {
	ID   string // the shop's own, of what it made of it
	Paid bool   // the shop has paid the buyer
}

// Back is what came back of an order, or with a Way what its buyer gets.
type Back struct {
	Key    string // ours, the same for every try
	Order  string // the shop's own id
	Return string // the number of the return
	Theirs string // the shop's own id of it, "" where its buyer announced none there
	Lines  []BackLine
	Way    string // "refund", "exchange" or "credit"; "" where it tells of goods
	Amount unit.Money
	Pay    bool   // the shop pays by its interface; else a person does
	Sends  string // the order that is sent in its place
}

// BackLine are units of a line. Restock: the shop counts them in, because it hears of them
// in no other way.
type BackLine struct {
	Line    string // the shop's own id of the line
	SKU     string
	Qty     int
	Before  int // of the line, that the shop heard of before as of the same Theirs
	Restock bool
	Grade   string
	Becomes string
}

// Returns is where buyers announce what they send back.
type Returns interface {
	// Returns returns those that were new or changed after since.
	Returns(ctx context.Context, since Cursor) (ReturnPage, error)
}

// ReturnPage is a part of the returns.
type ReturnPage struct {
	Returns []Return
	Next    Cursor
	More    bool
}

// Return is one that a shop knows of.
type Return struct {
	ID     string
	Order  string // the shop's own id
	State  string // asked, open, declined, closed
	Lines  []Units
	Reason string     // a code where the shop has codes, else words
	Refund unit.Money // what was paid back, zero where nothing was yet
	At     time.Time
}

// Tester finds out what works before anybody relies on it.
type Tester interface {
	// Test asks the shop for what the bench needs, changes nothing, and says of each
	// thing whether it works. An error means that not even that could be found out.
	Test(ctx context.Context) ([]Check, error)
}

// Check is one thing that was tried, in words for the shop's owner.
type Check struct {
	What string // "read orders"
	OK   bool
	Say  string // what was found: "3 orders to pack", "the right read_orders is missing"
	Fix  string // what to do, "" where it is OK
}

// Shop is what every client can do. Whether it is a [Catalogue], [Stock] or [Returns]
// as well is asked of the value.
type Shop interface {
	Orders
	Shipments
	Tester
	Can() Can
}

// Can is what a kind of shop can do beside giving orders and taking shipments.
type Can struct {
	Part    bool // a parcel of some of the lines; else the last parcel is told with the lines of all
	Unship  bool // shipments can be taken back
	Keyed   bool // a correction with a key that was used does nothing more
	Compare bool // a correction is refused where the number has moved
	Comes   bool // Returns are what buyers announce, before it comes
	Loud    bool // the buyer gets a mail when the last parcel is told, whatever Notify says
}

// Options of a client.
type Options struct {
	ID     string            // of the shop, at the bench
	URL    string            // where it is
	Secret string            // token, or key and secret, as the kind has them; never logged
	Set    map[string]string // what the kind has to be told besides
	Do     Doer
	Clock  func() time.Time
	// Product finds the one SKU that a word for a product means, "" where there is none
	// or several; nil: every word is a SKU.
	Product func(ctx context.Context, word string) (sku string, err error)
	// Columns returns what a person has said that the columns of a file with these
	// headings hold, which intake.Headings writes, as the JSON of intake.Mapping; nil where
	// nobody did, or for nobody to ask.
	Columns func(ctx context.Context, headings string) ([]byte, error)
}
