package pack

import (
	"slices"
	"strings"
	"time"
)

// Needs is what must be known of each unit of a product before it is packed (Q4).
type Needs struct {
	Lot    bool `json:"Lot,omitempty"`
	Serial bool `json:"Serial,omitempty"`
	Expiry bool `json:"Expiry,omitempty"`
	Life   int  `json:"Life,omitempty"` // days that it must still keep; 0: any
}

// Marks are what tells units of one product apart, as their code or a person says it.
type Marks struct {
	Lot    string `json:"Lot,omitempty"`
	Serial string `json:"Serial,omitempty"`
	// GTIN is what the serial is a number of, in 14 digits; "" where only the product
	// is known, because the serial was typed or has a code of its own.
	GTIN string `json:"GTIN,omitempty"`
	// Expiry is the last day on which the units may be used, "2027-01-31", or the last
	// minute, "2027-01-31T14:30". Best says that they are only at their best till then.
	Expiry string `json:"Expiry,omitempty"`
	Best   bool   `json:"Best,omitempty"`
}

// Marked is so many units that have the same marks.
type Marked struct {
	SKU string `json:"SKU"`
	Qty int    `json:"Qty"`
	Marks
}

// Looked is what was found out about marks at the moment of the scan. Now is the
// shop's own day and time, "2026-11-29T18:20".
type Looked struct {
	Now      string `json:"Now"`
	Recalled bool   `json:"Recalled,omitempty"` // the lot is
	Seen     *Seen  `json:"Seen,omitempty"`     // where the serial is already
}

// Seen is where a serial was packed before. Parcel is "" for the open one.
type Seen struct {
	Order  string `json:"Order"`
	Number string `json:"Number,omitempty"`
	Parcel string `json:"Parcel,omitempty"`
	Serial string `json:"Serial,omitempty"` // which of several
}

// Life is how many days units keep, and how many they should.
type Life struct {
	Left  int `json:"Left"`
	Needs int `json:"Needs"`
}

// dayForm is how a day is written in marks.
const dayForm = "2006-01-02"

// expired reports whether the units are past their day, or their minute.
func (m Marks) expired(now string) bool {
	switch {
	case m.Expiry == "" || now == "":
		return false
	case len(m.Expiry) > len(dayForm):
		return m.Expiry < now
	}
	return m.Expiry < now[:min(len(dayForm), len(now))]
}

// left is how many days the units keep after today. Without a day it is no number.
func (m Marks) left(now string) (days int, known bool) {
	day, err := time.Parse(dayForm, m.Expiry[:min(len(dayForm), len(m.Expiry))])
	today, bad := time.Parse(dayForm, now[:min(len(dayForm), len(now))])
	if err != nil || bad != nil {
		return 0, false
	}
	return int(day.Sub(today).Hours() / 24), true
}

// SameSerial reports whether two serials are one. A scanner with the wrong keyboard
// and a person may write capitals small.
func (m Marks) SameSerial(n Marks) bool {
	return m.Serial != "" && strings.EqualFold(m.Serial, n.Serial) && (m.GTIN == n.GTIN || m.GTIN == "" || n.GTIN == "")
}

// fits reports whether units with marks m may be those that are meant by n.
func (m Marks) fits(n Marks) bool {
	return (n.Lot == "" || strings.EqualFold(m.Lot, n.Lot)) && (n.Serial == "" || m.SameSerial(n))
}

// with is what both say together; clash reports whether they tell of different units.
func (m Marks) with(n Marks) (both Marks, clash bool) {
	if m.Lot != "" && n.Lot != "" && m.Lot != n.Lot || m.Serial != "" && n.Serial != "" && m.Serial != n.Serial ||
		m.Expiry != "" && n.Expiry != "" && m.Expiry != n.Expiry {
		return m, true
	}
	if m.Lot == "" {
		m.Lot = n.Lot
	}
	if m.Serial == "" {
		m.Serial, m.GTIN = n.Serial, n.GTIN
	}
	if m.Expiry == "" {
		m.Expiry, m.Best = n.Expiry, n.Best
	}
	return m, false
}

// mark keeps the marks of units that went in or came out.
func (w *Work) mark(a Action) {
	if a.Marks == nil {
		return
	}
	at := slices.IndexFunc(w.Parcel.Marked, func(m Marked) bool { return m.SKU == a.SKU && m.Marks == *a.Marks })
	switch {
	case at < 0 && a.Qty > 0:
		w.Parcel.Marked = append(w.Parcel.Marked, Marked{SKU: a.SKU, Qty: a.Qty, Marks: *a.Marks})
	case at < 0:
	default:
		m := &w.Parcel.Marked[at]
		if m.Qty += a.Qty; m.Qty <= 0 {
			w.Parcel.Marked = slices.Delete(w.Parcel.Marked, at, at+1)
		}
	}
}

// share takes as many units of a product as a line has out of those that are marked.
func share(marked []Marked, sku string, units int) (out []Marked) {
	for i := range marked {
		m := &marked[i]
		if n := min(m.Qty, units); m.SKU == sku && n > 0 {
			out = append(out, Marked{SKU: sku, Qty: n, Marks: m.Marks})
			m.Qty, units = m.Qty-n, units-n
		}
	}
	return out
}

// markedIn lists the marked units of a parcel, each marks once.
func markedIn(contents []Content) (out []Marked) {
	for _, c := range contents {
		for _, m := range c.Marked {
			if i := slices.IndexFunc(out, func(o Marked) bool { return o.SKU == m.SKU && o.Marks == m.Marks }); i >= 0 {
				out[i].Qty += m.Qty
			} else {
				out = append(out, m)
			}
		}
	}
	return out
}

// Needs is what must be known of a product's units, nothing where no order is open.
func (w *Work) Needs(sku string) (n Needs) {
	if w == nil {
		return n
	}
	for _, l := range w.Lines {
		if l.SKU == sku && l.Needs != (Needs{}) {
			return l.Needs
		}
	}
	return n
}

// Marks lists what is known of the units of a product in the open parcel, newest last.
func (w *Work) Marks(sku string) (out []Marked) {
	for _, m := range w.Parcel.Marked {
		if m.SKU == sku {
			out = append(out, m)
		}
	}
	return out
}

// leaving says which units of a product come out: those that are meant, else those of
// which nothing is known. Where several may be meant, ask is what tells them apart; ""
// with nothing in out: there are no such units.
func (w *Work) leaving(sku string, units int, meant *Marks) (out []Marked, ask Code) {
	in := 0
	for _, l := range w.Lines {
		if l.SKU == sku {
			in += l.In
		}
	}
	marked, unknown := w.Marks(sku), in
	for _, m := range marked {
		unknown -= m.Qty
	}
	units = min(units, in)
	if meant != nil && (meant.Lot != "" || meant.Serial != "") {
		marked = slices.DeleteFunc(marked, func(m Marked) bool { return !m.fits(*meant) })
		if meant.Serial != "" && len(marked) == 0 && unknown == 0 {
			return nil, ""
		}
		return newest(marked, unknown, units), ""
	}
	if unknown >= units {
		return []Marked{{SKU: sku, Qty: units}}, ""
	}
	if len(marked) > 1 && units < in {
		for _, m := range marked[1:] {
			if m.Serial != marked[0].Serial {
				return nil, CodeSerialNeeded
			}
		}
		return nil, CodeLotNeeded
	}
	return newest(marked, unknown, units), ""
}

// newest takes units from those that are marked, newest first, and then from others.
func newest(marked []Marked, unknown, units int) (out []Marked) {
	for _, m := range slices.Backward(marked) {
		if m.Qty = min(m.Qty, units); m.Qty > 0 {
			out, units = append(out, m), units-m.Qty
		}
	}
	if n := min(unknown, units); n > 0 {
		out = append(out, Marked{Qty: n})
	}
	return out
}

// marks returns the marks as an action keeps them, nil where nothing is known.
func (m Marked) marks() *Marks {
	if m.Marks == (Marks{}) {
		return nil
	}
	return &m.Marks
}
