// Package journaltest makes journals of any length for tests and benchmarks. It
// owns one day's work of a busy bench, order after order, and must not be used by
// a program.
//
// The machine packs one order; the others are its rows again under other numbers,
// hashed again, which takes a few microseconds a row.
package journaltest

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// wrongEvery is how many orders come to one wrong item, which makes a case.
const wrongEvery = 4

// number stands in the rows of the order that the machine packed for that of
// each order.
const number = "7654321"

// Units is how many units an order takes, all of the product SKU in one line.
const (
	Units = 6
	SKU   = "MUG-WHITE"
)

// OrderID is the id of the n-th order of a writer, from 0.
func OrderID(writer string, n int) string { return writer + "-" + digits(n) }

func digits(n int) string { return fmt.Sprintf("%0*d", len(number), n) }

// Order is that order as its shop gave it.
func Order(writer string, n int) station.Order {
	return station.Order{
		ID: OrderID(writer, n), Status: station.OrderOpen, To: station.Address{Name: "Sample Customer", Country: "DE", Postcode: "10115"},
		Lines: []station.Line{{ID: "1", SKU: SKU, Qty: Units, Kind: station.Goods}},
	}
}

// Packed is the journal of a bench where somebody signs in and packs so many
// orders, a row every so often from start on.
func Packed(writer string, orders int, start time.Time, every time.Duration) iter.Seq[journal.Row] {
	return func(yield func(journal.Row) bool) {
		before, order := pattern(writer)
		chain := journal.Chain{Writer: writer}
		next := func(p part, as string) bool {
			at := start.Add(time.Duration(chain.Seq) * every)
			row := chain.Next(at, p.input.with(as), p.facts.with(as))
			chain = chain.After(row)
			return yield(row)
		}
		for _, p := range before {
			if !next(p, "") {
				return
			}
		}
		for n := range orders {
			for _, p := range order {
				if p.wrong && n%wrongEvery != 0 {
					continue
				}
				if !next(p, digits(n)) {
					return
				}
			}
		}
	}
}

// part is one row with the order's number left open.
type part struct {
	input, facts blank
	wrong        bool // the scan of a wrong item
}

type blank [][]byte

func (b blank) with(number string) []byte { return bytes.Join(b, []byte(number)) }

// pattern packs one order. before are the rows that come once.
func pattern(writer string) (before, order []part) {
	b := &bench{name: writer, state: pack.New()}
	b.put(pack.Started{Rules: pack.Rules{Station: writer, LockAfter: 3}})
	b.put(pack.Scanned{Device: "scanner", Meanings: []pack.Meaning{{Kind: pack.MeansBadge, Person: &pack.Person{ID: "P1", Role: station.Packer}}}})
	before, b.parts = b.parts, nil
	id := writer + "-" + number
	b.put(pack.Scanned{Device: "scanner", AIM: "]C0", Raw: id, Meanings: []pack.Meaning{{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: id}}}}})
	b.put(pack.OrderReady{Effect: b.pending(pack.EffectOpen), Order: pack.OrderInfo{ID: id, Version: 1, Country: "DE", Lines: []pack.LineInfo{
		{ID: "1", SKU: SKU, Name: "Mug, white", Kind: station.Goods, Qty: Units, Mass: 350 * unit.Gram},
	}}})
	b.item("9520000000028", "CANDLE-FIG", "Candle, fig")
	b.parts[len(b.parts)-1].wrong = true
	for range Units {
		b.item("9520000000011", SKU, "Mug, white")
	}
	b.ship("34000000000" + number)
	return before, b.parts
}

type bench struct {
	name  string
	seq   int64
	state pack.State
	parts []part
}

func (b *bench) put(e pack.Event) {
	b.seq++
	in := pack.Input{ID: journal.ID(b.name, b.seq), At: time.Date(2026, 3, 30, 8, 0, 0, 0, time.UTC), Event: e}
	facts, next := pack.Step(b.state, in)
	b.state = next
	input, decided, err := journal.Bench().Encode(in, facts)
	if err != nil {
		panic(err) // the machine writes what its own journal cannot hold
	}
	open := func(text []byte) blank { return bytes.Split(bytes.Clone(text), []byte(number)) }
	b.parts = append(b.parts, part{input: open(input), facts: open(decided)})
}

func (b *bench) item(code, sku, name string) {
	b.put(pack.Scanned{Gesture: strings.Repeat("0", 8), Device: "scanner", AIM: "]E0", Raw: code, Meanings: []pack.Meaning{
		{Kind: pack.MeansProduct, Product: &pack.Product{SKU: sku, Name: name, Factor: 1, Mass: 350 * unit.Gram}},
	}})
}

func (b *bench) pending(kind pack.EffectKind) string {
	for id, e := range b.state.Pending {
		if e.Kind == kind {
			return id
		}
	}
	panic("the machine does not ask for " + string(kind))
}

// ship weighs, labels and closes the open parcel, and with it the order.
func (b *bench) ship(sscc string) {
	goods := b.state.Work.Goods()
	b.put(pack.Weighed{Scale: pack.ScaleZero})
	b.put(pack.Weighed{
		Scale: pack.ScaleSteady, Mass: goods, Expect: &pack.Expect{Known: true, Mass: goods, Tolerance: unit.Gram},
	})
	parcel := b.state.Work.Parcel.ID
	b.put(pack.QuotesReady{Effect: b.pending(pack.EffectQuote), Quotes: []pack.Quote{
		{Service: "comet-next", Carrier: "Comet", Price: unit.Money{Minor: 490, Currency: "EUR"}, Allowed: true, Chosen: true},
	}})
	b.put(pack.Bought{Effect: b.pending(pack.EffectBuy), State: pack.PurchaseBought, SSCC: sscc, Tracking: "T" + number, Document: "D" + number})
	b.put(pack.Printed{Effect: b.pending(pack.EffectPrint), State: pack.PrintPrinted, Ended: true})
	b.put(pack.Scanned{Device: "scanner", AIM: "]C1", Raw: sscc, Meanings: []pack.Meaning{
		{Kind: pack.MeansParcel, Parcel: &pack.ParcelRef{ID: parcel, SSCC: sscc}},
	}})
	b.put(pack.EffectDone{Effect: b.pending(pack.EffectFree)})
}
