package pack

import (
	"slices"
	"strconv"

	"packbench/station"
)

// This file works out which lines an order has on the bench where the shop may
// have numbered them again: a shop does so when one goes, so a number alone is no
// line. A line keeps the number that it has on the bench, and its product says
// which it is. The facts carry what came out, Fold only applies it.

// taken is the fact that an order is open, with what its earlier parcels hold of
// its lines.
func taken(o OrderInfo, parcel string) OrderTaken {
	f := OrderTaken{Order: o, Parcel: parcel}
	if len(o.Parcels) > 0 {
		f.Packed = []Content{} // said, though nothing may fit
	}
	w := newWork(f)
	for _, p := range o.Parcels {
		for _, c := range p.Contents {
			if l := w.lineOf(c); l != nil {
				f.Packed = append(f.Packed, Content{Line: l.ID, SKU: l.SKU, Qty: c.Qty, Kit: l.Kit, Instead: l.Instead})
			}
		}
	}
	return f
}

// altered is the fact that the shop's new version is taken over: counts stay,
// wishes change. A line that the shop took away stays with nothing wanted while
// units of it are in a parcel.
func (w *Work) altered(o OrderInfo) OrderAltered {
	next := Work{Lines: slices.Clone(w.Lines)}
	for i := range next.Lines {
		next.Lines[i].Qty = 0
	}
	var fresh []LineInfo
	kept := make([]bool, len(next.Lines))
	keep := func(info LineInfo, same func(Line) bool) bool {
		for i, l := range next.Lines {
			if !kept[i] && same(l) {
				kept[i], info.ID = true, l.ID
				next.Lines[i].LineInfo = info
				return true
			}
		}
		return false
	}
	for _, info := range o.Lines {
		if !keep(info, func(l Line) bool { return l.ID == info.ID && l.SKU == info.SKU && l.Kit.same(info.Kit) }) {
			fresh = append(fresh, info)
		}
	}
	fresh = slices.DeleteFunc(fresh, func(info LineInfo) bool {
		return keep(info, func(l Line) bool {
			return l.Kind == info.Kind && l.SKU == info.SKU && l.Kit.same(info.Kit) && (info.Kind != station.Note || l.Name == info.Name)
		})
	})
	next.stillInstead()
	f := OrderAltered{Order: o}
	next.Lines = slices.DeleteFunc(next.Lines, func(l Line) bool {
		gone := l.Qty == 0 && l.In == 0 && l.Packed == 0
		if gone {
			f.Gone = append(f.Gone, l.ID)
		}
		return gone
	})
	for _, info := range fresh {
		info.ID = next.freeID(info.ID)
		next.Lines = append(next.Lines, Line{LineInfo: info})
	}
	for _, p := range w.elsewhere(o) {
		f.Elsewhere = append(f.Elsewhere, p)
		for _, c := range p.Contents {
			if l := next.lineOf(c); l != nil {
				l.Packed += c.Qty
			}
		}
	}
	f.Lines = next.Lines
	return f
}

// alter takes over the shop's new version. What was done to a line that is gone
// cannot be undone on another one that has its number now.
func (w *Work) alter(f OrderAltered) {
	o := f.Order
	w.Number, w.Version, w.ShipBy, w.Service, w.Country, w.Gift = o.Number, o.Version, o.ShipBy, o.Service, o.Country, o.Gift
	w.Address, w.Lines = o.Address, slices.Clone(f.Lines)
	if len(f.Elsewhere) > 0 {
		w.Earlier = append(slices.Clip(w.Earlier), f.Elsewhere...)
		w.Parcels = max(w.Parcels, o.Begun)
	}
	w.Parcel.Actions = slices.DeleteFunc(w.Parcel.Actions, func(a Action) bool { return slices.Contains(f.Gone, a.Line) })
}

// elsewhere lists the closed parcels of the order that this bench knows nothing of: while
// the work was parked another one has packed on, and what lies in the box here may be too
// much.
func (w *Work) elsewhere(o OrderInfo) (out []ParcelRef) {
	for _, p := range o.Parcels {
		if p.ID != w.Parcel.ID && !slices.ContainsFunc(w.Earlier, func(known ParcelRef) bool { return known.ID == p.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// reopened is the fact that a closed parcel is the open one again, with the lines
// that its contents now lie in.
func (w *Work) reopened(ref ParcelRef) ParcelReopened {
	next := Work{Lines: slices.Clone(w.Lines)}
	for _, c := range ref.Contents {
		l := next.lineOf(c)
		if l == nil { // the shop took the line away: what is in the box must come out
			next.Lines = append(next.Lines, Line{LineInfo: LineInfo{ID: next.freeID(c.Line), SKU: c.SKU, Kit: c.Kit, Instead: c.Instead}, Packed: c.Qty})
			l = &next.Lines[len(next.Lines)-1]
		}
		l.Packed -= c.Qty
		l.In += c.Qty
	}
	return ParcelReopened{Parcel: ref, Lines: next.Lines}
}

// lineOf finds the line that a content of an earlier parcel belongs to, nil if
// the shop took it away.
func (w *Work) lineOf(c Content) *Line {
	if l := w.Line(c.Line); l != nil && l.SKU == c.SKU {
		return l
	}
	places := w.places(c.SKU)
	for _, l := range places {
		if l.Kit.same(c.Kit) {
			return l
		}
	}
	if len(places) > 0 {
		return places[0]
	}
	return nil
}

// freeID returns a line number that no other line has, the wished one if it can.
func (w *Work) freeID(wish string) string {
	id := wish
	for n := len(w.Lines) + 1; w.Line(id) != nil; n++ {
		id = strconv.Itoa(n)
	}
	return id
}

// parcelID names the n-th parcel of an order.
func parcelID(order string, n int) string { return order + "-" + strconv.Itoa(n) }
