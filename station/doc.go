// Package station owns the nouns of the trade: [Order], [Line], [Product],
// [Carton], [Person] and so on, as plain values. It must not hold rules,
// storage, devices or words for a screen; those live in the packages below it.
//
// # The way through the rooms
//
// A scan: devices/port reads bytes, devices/scanner makes one devices.Scan of them,
// and cmd/internal/bench posts it to station/engine, whose one loop takes inputs in
// turn. cmd/internal/lookup finds out what it may mean; pack.Decide makes facts of the
// state and that event, station/journal makes one hashed row of both, and
// station/store has it on the disk before pack.Fold makes the next state of it. Only
// then is the state published: cmd/internal/desktop puts together what its page needs,
// station/screen makes a View with the words of station/say, station/ui draws it, and
// devices/sound is heard.
//
// A label: a fact wishes for an effect, durably, before anything is done about it.
// cmd/internal/effects carries it out and reports an event, which goes the way of a
// scan: first what the carriers ask, then what was bought, whose label
// cmd/internal/papers lays out by package labels and station/store keeps, then the
// printing, for which devices/printer gets the bytes. What was begun and has no end in
// the journal is asked after at the next start, and done again only where it surely was
// not done.
//
// A shop's order: cmd/internal/shops asks the client of its kind, below station/shop,
// what changed, and station/store keeps it; the bench hears of it as of any import. Back
// the same way goes what has left: in the engine's spare time the journal's closed parcels
// become entries of the outbox in station/store, and cmd/internal/shops tells each once.
//
// An export: in the engine's spare time station/store brings its tables up to the
// journal. cmd/internal/desk reads rows and tables, station/shift counts what they say
// from the last day that is kept, and cmd/internal/folder writes the file whole or not
// at all. Supervisors' decisions are rows of the desk's own chain in the same journal.
package station

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// OrderStatus is the shop's word about an order.
type OrderStatus string

// What a shop says of an order.
const (
	OrderOpen      OrderStatus = "open"
	OrderHeld      OrderStatus = "held"
	OrderCancelled OrderStatus = "cancelled"
	OrderDone      OrderStatus = "done"
)

// Order is a customer's order as the shop gave it. Version grows with every
// change of the shop; it is what tells a stale pick list from a fresh one.
type Order struct {
	// ID is its identity as text: what everything that belongs to it is kept by.
	// It is given once, when the order is first seen, and stays.
	ID      string
	Shop    string
	Version int
	Status  OrderStatus
	Reason  string // why it is held or cancelled
	Placed  time.Time
	ShipBy  time.Time // leave the house by
	Promise time.Time // promised to the customer; zero when nothing was promised
	Service string    // wished service, "" for any
	Totes   []string
	To      Address
	Lines   []Line
	Value   unit.Money
	Gift    bool
	Message string   `json:",omitempty"` // what the buyer says to whoever gets it as a gift
	Tags    []string `json:",omitempty"` // words of the shop's own, for its rules
	Bill    Bill     `json:",omitzero"`

	Reference string `json:",omitempty"` // the customer's own name for it, such as the number of a purchase order

	Number string `json:",omitempty"` // what people say and scan, where that is not the ID; see Called
	Own    string `json:",omitempty"` // the shop's own id of it, where that is not the number
	Name   string `json:"-"`          // what tells it from all others to people; the store knows
}

// MaxReference is how many characters of a customer's reference are kept.
const MaxReference = 60

// Called is what people call the order: its number, with the shop where another
// order has that number too.
func (o Order) Called() string { return cmp.Or(o.Name, o.Number, o.ID) }

// Units is how many pieces the order is, notes aside.
func (o Order) Units() int {
	n := 0
	for _, l := range o.Lines {
		if l.Kind != Note {
			n += max(l.Qty, 0) * l.pieces()
		}
	}
	return n
}

// Alias is what people call the order, where that is not its ID.
func (o Order) Alias() string {
	if called := o.Called(); called != o.ID {
		return called
	}
	return ""
}

// Ref is the order's identity as its shop knows it.
func (o Order) Ref() Ref { return Ref{Shop: o.Shop, ID: cmp.Or(o.Own, o.Number, o.ID)} }

// HasGoods reports whether an order has anything to pack.
func (o Order) HasGoods() bool {
	return slices.ContainsFunc(o.Lines, func(l Line) bool { return l.Kind == Goods })
}

// Ref is the identity of an order: its shop and the shop's own id. Numbers may
// repeat between shops, identities never do.
type Ref struct{ Shop, ID string }

// String is the identity as text. Where no shop is named it is the id alone.
func (r Ref) String() string {
	if r.Shop == "" {
		return r.ID
	}
	return r.Shop + ":" + r.ID
}

// ParcelName is what people call a parcel, whose id begins with its order's: the
// order's name stands in place of that.
func ParcelName(parcel, order, called string) string {
	if rest, ok := strings.CutPrefix(parcel, order); ok && called != "" {
		return called + rest
	}
	return parcel
}

// LineKind tells goods from things that are confirmed rather than scanned.
type LineKind string

// The kinds of a line.
const (
	Goods LineKind = "goods"
	Note  LineKind = "note" // packing note, gift wrap, insert: confirmed by hand
)

// Line is one line of an order.
type Line struct {
	ID   string // unique in its order, "1", "2"…
	SKU  string
	Qty  int
	Kind LineKind
	Text string // what a Note says
	Bin  string // where it was picked

	// Price is what the customer pays for one unit. Without a currency it is
	// not known; customs papers prefer it to the catalogue's value.
	Price unit.Money `json:",omitzero"`
	// Listed is the price of one unit as the shop shows it to the customer, before what is
	// taken off the order as a whole. Without a currency it is Price.
	Listed unit.Money `json:",omitzero"`

	// Parts are what one unit is made of, where the shop says that it is a kit. Of any
	// other line the catalogue knows it.
	Parts []Part `json:",omitempty"`
	// Substitutes are the SKUs of what may be sent in its place, beside those that the
	// catalogue names.
	Substitutes []string `json:",omitempty"`
}

// pieces is how many pieces one unit of the line is.
func (l Line) pieces() int {
	n := 0
	for _, p := range l.Parts {
		n += p.Qty
	}
	return max(n, 1)
}

// Part is a component of a kit, and how many of it are in one kit.
type Part struct {
	SKU string
	Qty int
}

// Product is a catalogue entry.
type Product struct {
	SKU      string
	Name     string
	Barcodes []Barcode
	Aliases  []string
	Mass     unit.Mass // 0: unknown
	Size     unit.Size // zero: unknown
	Fragile  bool
	Upright  bool
	Count    bool   // may be counted instead of scanned one by one (Q3)
	ByWeight bool   `json:",omitempty"` // may be counted by the scale
	Own      bool   `json:",omitempty"` // ships in its own carton, and needs no box
	NoTop    bool   `json:",omitempty"` // nothing stands on it
	PerBox   int    `json:",omitempty"` // units of it in one box at most; 0: no limit
	Group    string `json:",omitempty"` // all goods of a group share a box
	Picture  string // file name in the data folder's pictures, "" for none

	// What customs papers say of one unit. Each may be missing: then parcels
	// that need those papers get no label.
	HSCode  string     `json:",omitempty"` // 6 to 10 digits
	Origin  string     `json:",omitempty"` // ISO 3166 alpha-2
	Value   unit.Money `json:",omitzero"`
	Customs string     `json:",omitempty"` // what it is, where the name does not say it

	// What is written down of each unit that is packed (Q4).
	Lot    bool `json:",omitempty"`
	Serial bool `json:",omitempty"` // also: no two units have the same
	Expiry bool `json:",omitempty"`
	// Life is how many days a unit must still keep on the day that it is packed.
	Life int `json:",omitempty"`
	// Recalled are the lots that must not leave the house.
	Recalled []string `json:",omitempty"`
	// Confirm is what a packer must confirm for each order that has the product: an age
	// check, a label for dangerous goods, an insert.
	Confirm []string `json:",omitempty"`
	// Danger says that it is dangerous goods: only services that take those carry it.
	Danger Danger `json:",omitempty"`

	// Parts are what one unit of a kit is made of (Q5); none: it is no kit. Whole says
	// that it comes packed already, and is scanned by its own code.
	Parts []Part `json:",omitempty"`
	Whole bool   `json:",omitempty"`
	// Substitutes are the SKUs of what may be sent in its place, once a packer has said so.
	Substitutes []string `json:",omitempty"`
}

// ByParts reports whether the product is a kit that is packed part by part.
func (p Product) ByParts() bool { return len(p.Parts) > 0 && !p.Whole }

// Barcode is one code of a product: a GTIN or any other text, and how many
// units it stands for.
type Barcode struct {
	Code   string
	Factor int
}

// Carton is a box type.
type Carton struct {
	ID    string
	Name  string
	Inner unit.Size
	Outer unit.Size
	Tare  unit.Mass
	Max   unit.Mass // gross, with tare; 0: no limit
	Cost  unit.Money
}

// Address is where a parcel goes or comes from. It is personal data: it never
// stands in a journal row or a log.
type Address struct {
	Name     string
	Company  string
	Street   string
	Street2  string
	City     string
	Region   string
	Postcode string
	Country  string // ISO 3166 alpha-2
	Phone    string
	Email    string
	Latin    Latin `json:",omitzero"` // of one in other letters
}

// Role is what a person may do; each role may do what the ones before it may.
type Role string

// The roles, least first.
const (
	Packer        Role = "packer"
	Supervisor    Role = "supervisor"
	Manager       Role = "manager"
	Administrator Role = "administrator"
)

// Rank orders the roles; an unknown role ranks 0.
func (r Role) Rank() int {
	switch r {
	case Packer:
		return 1
	case Supervisor:
		return 2
	case Manager:
		return 3
	case Administrator:
		return 4
	}
	return 0
}

// May reports whether a person of role r may do what needs the given role.
func (r Role) May(needs Role) bool { return r.Rank() >= needs.Rank() }

// Person is somebody with a badge. The badge's code is not part of it: only a
// keyed hash of the code is ever stored.
type Person struct {
	ID   string
	Name string
	Role Role
	Lang string
	// Since and Until are the first and the last day on which the badge counts, as
	// 2026-01-31; "" for none.
	Since, Until string
	Trainee      bool // packs, and nothing that leaves
	Revoked      bool // the badge counts no more
	PIN          bool // has one
}
