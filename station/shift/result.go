package shift

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"packbench/station/pack"
)

// start keeps how the benches stand at the window's start.
func (s *sheet) start() { s.from = s.carry.clone() }

// judged writes a verdict into the log. What the scale says by itself, with
// nobody doing anything, is not a line of it.
func (s *sheet) judged(v pack.Verdict) {
	if !s.now.in || v.Kind == pack.Info && strings.HasPrefix(string(v.Code), "weight-") {
		return
	}
	b := s.here()
	v = v.ForPeople()
	row := Row{
		ID: s.now.id, At: s.now.at, Station: s.now.writer, Person: cmp.Or(v.By, b.Person), Order: v.Order,
		Verdict: v.Kind, Code: v.Code, SKU: v.SKU, Qty: v.Qty, Parcel: v.Parcel, Service: v.Service,
		Author: v.Author, Case: v.Case,
	}
	if v.SKU != "" {
		row.Product = v.Name
	}
	if v.Weight != nil {
		mass := v.Weight.Mass
		row.Mass, row.Typed = &mass, v.Weight.Typed
		row.Author = cmp.Or(row.Author, v.Weight.Author)
	}
	s.now.rows = append(s.now.rows, row)
	if v.Kind != pack.Refused {
		return
	}
	s.tally.errors[v.Code]++
	s.tally.hour(s.now.at, func(h *Hour) { h.Refused++ })
	if slices.Contains(itemRefusals, v.Code) && v.Order != "" && v.Reason != pack.ReasonBadge && v.Reason != pack.ReasonBadgeTyped {
		s.tally.did(s.now.writer, row.Person, func(w *Work) { w.Refused++ })
	}
}

// itemRefusals are the refusals that count against the accuracy, while an order
// is open: scans of an item that should not have been made, or of a code that
// nobody knows.
var itemRefusals = []pack.Code{pack.CodeWrongItem, pack.CodeOverScan, pack.CodePackTooBig, pack.CodeUnknownCode}

// finish ends an entry: a closed parcel's price, service and mass go into the
// row of the verdict that closed it.
func (s *sheet) finish() {
	if !s.now.in {
		return
	}
	if s.now.scans > 0 {
		s.tally.did(s.now.writer, s.here().Person, func(w *Work) { w.Scans++ })
	}
	if d := s.now.done; d != nil && len(s.now.rows) > 0 {
		i := slices.IndexFunc(s.now.rows, func(r Row) bool { return r.Code == pack.CodeParcelClosed || r.Code == pack.CodeOrderClosed })
		if i < 0 {
			i = len(s.now.rows) - 1
		}
		r := &s.now.rows[i]
		price, mass := d.Price, d.Mass
		r.Order, r.Parcel = cmp.Or(r.Order, d.Order), cmp.Or(r.Parcel, d.Parcel) // as people call them
		r.Service, r.Carrier = d.Service, d.Carrier
		r.Price, r.Mass, r.Typed = &price, &mass, d.Typed
	}
	s.tally.rows = append(s.tally.rows, s.now.rows...)
}

// book puts the counts together.
func (s *sheet) book() Book {
	t := s.tally
	slices.SortStableFunc(t.rows, func(a, b Row) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Station, b.Station))
	})
	return Book{
		Window: s.window, Rows: t.rows, Balances: append([]Balance{s.units(), s.parcels(), s.orders()}, s.money()...),
		Packers: sortedWork(t.packers), Stations: sortedWork(t.stations), Carriers: t.sortedCarriers(),
		Hours: s.hours(), Errors: t.sortedErrors(), Marked: t.marked, Changes: t.changes,
	}
}

func (s *sheet) balance(of string, left, right []Amount) Balance {
	gaps := slices.Clone(s.tally.gaps[of])
	slices.Sort(gaps)
	if gaps == nil {
		gaps = []string{}
	}
	return Balance{Of: of, Left: left, Right: right, Gaps: gaps}
}

func (s *sheet) units() Balance {
	n := s.tally.n
	return s.balance(ofUnits,
		[]Amount{
			{s.window.earlier(), s.from.openUnits()}, {"reopened", n["reopened"]}, {"accepted", n["accepted"]}, {"removed", -n["removed"]},
		},
		[]Amount{{"in closed parcels", n["in closed parcels"]}, {"in open parcels", s.carry.openUnits()}})
}

func (s *sheet) parcels() Balance {
	n := s.tally.n
	in, out := s.from.stages(), s.carry.stages()
	carried := in[StageLabelless] + in[StageUnprinted] + in[StageUnscanned] + in[StageDock]
	right := []Amount{{"handed over", n["handed over"]}, {"voided", n["voided"]}, {"opened again", n["opened again"]}}
	for _, stage := range []Stage{StageLabelless, StageUnprinted, StageUnscanned, StageDock} {
		right = append(right, Amount{"still open, " + string(stage), out[stage]})
	}
	return s.balance(ofParcels, []Amount{{s.window.earlier(), carried}, {"packed", n["packed"]}}, right)
}

func (s *sheet) orders() Balance {
	n := s.tally.n
	return s.balance(ofOrders,
		[]Amount{{s.window.earlier(), len(s.from.Orders)}, {"opened", n["opened"]}},
		[]Amount{{"closed", n["closed"]}, {"short", n["short"]}, {"cancelled", n["cancelled"]}, {"still open", len(s.carry.Orders)}})
}

// hours lists every hour of the window, those without work too. A window that
// is no day or shift but years long lists the hours with work only.
func (s *sheet) hours() []Hour {
	w := s.window
	if w.To.Sub(w.From) <= 31*24*time.Hour {
		for at := w.From; at.Before(w.To); at = at.Add(time.Hour) {
			s.tally.hour(at, func(*Hour) {})
		}
	}
	var out []Hour
	for _, h := range s.tally.hours {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(a, b Hour) int { return a.Start.Compare(b.Start) })
	return out
}
