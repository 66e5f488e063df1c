// Package shopsim owns what the simulated shops below it have in common: what happens
// in a shop besides what the bench asks, [Backend], and what goes wrong on the way,
// [Faults]. Each kind of shop is a package of its own that keeps the state of a shop and
// answers as that kind does, faults included. Tests use them, and so does the demo: it
// speaks to one by the same client as to a real shop.
//
// A simulated shop must not know the client that asks it, nor share code with it: two
// that are made of one mistake agree.
package shopsim

import (
	"net/http"
	"time"
)

// Backend is a simulated shop: it answers its interface, and what customers and the
// shop's owner do is done by its other methods. All of them may be called at any time
// by several goroutines.
type Backend interface {
	http.Handler
	// Place takes a new order, which is paid unless it says otherwise, and returns the
	// shop's own id of it. Products that it does not know yet are made.
	Place(o Order) (id string)
	// Cancel cancels what has not left of an order.
	Cancel(id string)
	// Hold stops an order, Release lets it go on.
	Hold(id, reason string)
	Release(id string)
	// Change sets how many of a line the customer wants now; 0 takes it out.
	Change(id string, line, qty int)
	// Refund pays back units of a line that have not left.
	Refund(id string, line, qty int)
	// SendElsewhere ships what remains of an order by somebody else's hand.
	SendElsewhere(id, tracking string)
	// Parcels are the shipments of an order that stand, as the shop has them.
	Parcels(id string) []Parcel
	// Mails is how many mails went to customers about shipments.
	Mails() int
	// Stock returns how many of a product are there; SetStock is a change by others.
	Stock(sku string) int
	SetStock(sku string, n int)
	// Faults of the connection.
	Faults() *Faults
	// Secret is what Options.Secret has to be, Set what Options.Set has to be.
	Secret() string
	Set() map[string]string
}

// Order is one that a customer places.
type Order struct {
	Number  string // "" lets the shop number it
	To      Address
	Lines   []Line
	Service string // as the shop words it: "Express"
	Note    string // by the customer
	// Reference is the customer's own name for the order, where the kind of shop keeps one.
	Reference string
	Unpaid    bool
	// What the shop takes off the order as a whole and asks for shipping, in the currency's
	// smallest unit, as far as the kind tells them.
	Discount, Shipping int64
}

// Address is where it goes.
type Address struct{ Name, Company, Street, Street2, City, Region, Postcode, Country, Phone, Email string }

// Line is one product of it.
type Line struct {
	SKU, Name, Barcode string
	Qty                int
	Minor              int64 // price of one unit, in the currency's smallest unit
	Grams              int
	Virtual            bool // nothing to pack
}

// Parcel is a shipment as the shop has it.
type Parcel struct {
	Tracking string
	Units    map[string]int // SKU → how many
}

// Options of a simulated shop.
type Options struct {
	Clock    func() time.Time // nil: the computer's
	Currency string           // "" is EUR
	Lag      time.Duration    // how long lists do not show a change yet
}
