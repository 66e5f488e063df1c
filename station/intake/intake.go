// Package intake owns the reading of products, cartons, people, price lists and orders from
// files: CSV as spreadsheets and shops write it, XLSX, and JSON. It turns rows
// into nouns, good rows go on, and every row that can not be read is reported
// with its number, its column and a reason in plain words. It must not store
// anything, know what is stored already, or open files or networks.
//
// [EachProduct], [ReadCartons], [ReadPeople], [ReadPrices] and [EachOrder] take an opened
// file and its name, whose ending says the format. Look at the [Report] even
// without an error: an error means that the file as a whole could not be read.
// [Sample] is the shop that a bench begins with.
//
// Orders come in the plain form or in that of a shop or tool. Each of those is a
// [profile], known by headings that stand together nowhere else, with the words that
// say which orders are not to be packed; profiles*.go are the tables. Of any other
// file a [Mapping] says what its columns hold.
//
// The readers are forgiving about form (separator, byte order mark, encoding,
// decimal comma, German headers, order and case of columns) and strict about
// meaning: nothing is guessed that would send the wrong goods.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"packbench/station"
)

// Limits of one file. They are far above what a shop has, and keep a broken
// file from eating the memory.
const (
	MaxBytes   = 512 << 20
	MaxRows    = 3_000_000
	MaxColumns = 500
	MaxRow     = 1 << 20   // bytes of a row, or of an object of JSON
	maxHeld    = 200 << 20 // bytes of the rows that are in memory at once
	maxPiped   = 64 << 20
	MaxQty     = 10_000 // units in one line of an order
	MaxName    = 500    // characters of a product's name, and of a name, company, street, city or region of an address
	maxListed  = 1_000  // rejections that a report lists
)

// ErrTooLarge says that a file is over a limit.
var ErrTooLarge = errors.New("the file is too large")

// Options are what a file does not say itself. The zero value works.
type Options struct {
	// Location is the zone of dates without one; nil is UTC. A date without a
	// time is a deadline: the end of that day.
	Location *time.Location
	// Country is the shop's own, which a price list may call domestic; "" is not known.
	Country string
	// Currency of amounts without one; "" is EUR.
	Currency string
	// Product finds the SKU that a shop's word for a product means; ok is
	// false for what the catalogue does not hold. nil: every word is a SKU.
	Product func(word string) (sku string, ok bool)
	// Kind is the kind of a file of orders that a person names, as Report.Kind does,
	// or the begin of it; "" is whatever the headings tell.
	Kind string
	// Mapping finds what the columns of a file of orders hold that is of no known
	// kind; nil finds nothing.
	Mapping func(header []string) (Mapping, bool)
	// Rejects is where the rows of orders that were left out are written, with the
	// reason, as CSV of the same columns; nil writes none.
	Rejects io.Writer
	// Progress is called now and then with the rows read so far.
	Progress func(rows int)
}

// Rejection is a row that was not taken. Row counts as a spreadsheet does: the
// header is row 1. In JSON it is the place in the array, from 1.
type Rejection struct {
	Row    int    `json:"row"`
	Column string `json:"column"`
	Reason string `json:"reason"`
}

// Report is what a reader has to say about a file.
type Report struct {
	Read     int         // rows with data, good and bad
	Rejected []Rejection // the first thousand
	More     int         // rejections that are not listed
	Warnings []Rejection // taken, but somebody should look
	Ignored  []string    // columns that no reader knows
	Columns  int         // that the reader knows
	Kind     string      // of a file of orders, as a word: "squarespace-orders"; "plain"
	KindName string      // for people: "Squarespace orders"; "" for the plain form
	Left     []Rejection // orders that are not to be packed, and why: the first thousand
	MoreLeft int         // that are not listed

	columns map[string]bool // that the file has
	letters *letters        // in which it is written
	reasons map[int]string  // why rows were rejected, where somebody asks for all of them
}

// Bad is how many rejections there were.
func (r Report) Bad() int { return len(r.Rejected) + r.More }

// Badged is a person with the code of the badge. The code is a secret: keep
// only a keyed hash of it.
type Badged struct {
	station.Person
	Badge string
	Row   int // of the file
}

// EachProduct reads a catalogue, and hands each product to take while the file is read.
// The file's name tells its format: .csv, .txt, .tsv, .xlsx or .json. The error is about
// the file as a whole: with one nothing of it should be used.
func EachProduct(ctx context.Context, r io.Reader, name string, o Options, take func(station.Product) error) (Report, error) {
	p := newProducts(take)
	p.mapping = o.Mapping
	_, rep, err := readAll(ctx, r, name, o, p)
	return rep, err
}

// ReadProducts is EachProduct for a file whose products fit into memory.
func ReadProducts(ctx context.Context, r io.Reader, name string, o Options) ([]station.Product, Report, error) {
	out := []station.Product{}
	rep, err := EachProduct(ctx, r, name, o, func(p station.Product) error { out = append(out, p); return nil })
	if err != nil {
		return nil, rep, err
	}
	return out, rep, nil
}

// ReadCartons reads box types.
func ReadCartons(ctx context.Context, r io.Reader, name string, o Options) ([]station.Carton, Report, error) {
	return readAll(ctx, r, name, o, &cartons{seen: map[string]int{}})
}

// ReadPeople reads people and their badges.
func ReadPeople(ctx context.Context, r io.Reader, name string, o Options) ([]Badged, Report, error) {
	return readAll(ctx, r, name, o, &people{seen: map[string]int{}, badges: map[string]int{}})
}

// EachOrder reads orders, one line of an order a row, in the plain form or as
// Shopify exports them; the columns tell which. Version is 0 unless the file
// gives one. It hands each order to take, those of a long file while it is read:
// by then the whole file has been looked through once, and can be read.
//
// A row that can not be read never makes an order smaller in silence: the rest
// of its order is taken, but held, with the row and its fault as the reason.
func EachOrder(ctx context.Context, r io.Reader, name string, o Options, take func(station.Order) error) (Report, error) {
	file, err := rewindable(r)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	b := newOrders(o, take)
	if o.Rejects != nil {
		b.bad = map[uint64]bool{}
	}
	_, rep, err := readAll(ctx, file, name, o, b)
	if err == nil && o.Rejects != nil {
		err = b.writeRejects(file, name, rep, o.Rejects)
	}
	return rep, err
}

// ReadOrders is EachOrder for a file whose orders fit into memory.
func ReadOrders(ctx context.Context, r io.Reader, name string, o Options) ([]station.Order, Report, error) {
	out := []station.Order{}
	rep, err := EachOrder(ctx, r, name, o, func(order station.Order) error { out = append(out, order); return nil })
	if err != nil {
		return nil, rep, err
	}
	return out, rep, nil
}
