package shop

import (
	"strings"

	"packbench/station"
)

// SameTracking reports whether two tracking numbers are one: people and shops write
// them with spaces and hyphens, or without, and in small letters. None is like no other.
func SameTracking(a, b string) bool { return plain(a) != "" && plain(a) == plain(b) }

func plain(number string) string {
	return strings.ToUpper(strings.ReplaceAll(strings.Join(strings.Fields(number), ""), "-", ""))
}

// Goods are the units of lines that are packed, notes left aside.
func Goods(lines []station.Line) (out []Units) {
	for _, l := range lines {
		if l.Kind == station.Goods {
			out = append(out, Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
		}
	}
	return out
}

// Difference is a line of which a parcel does not hold what an order wants.
type Difference struct {
	SKU       string
	In, Wants int // Wants is 0 where the line is not in the order
}

// Against compares a parcel with the lines of an order that is told as a whole: in the
// order of these, and behind them what the order has no longer.
func (s Shipment) Against(lines []station.Line) (out []Difference) {
	in := map[string]int{}
	for _, u := range s.Lines {
		in[u.Line] += u.Qty
	}
	for _, u := range Goods(lines) {
		if n := in[u.Line]; n != u.Qty {
			out = append(out, Difference{u.SKU, n, u.Qty})
		}
		delete(in, u.Line)
	}
	for _, u := range s.Lines {
		if n := in[u.Line]; n > 0 {
			out = append(out, Difference{u.SKU, n, 0})
			delete(in, u.Line)
		}
	}
	return out
}
