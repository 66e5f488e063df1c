package pack

import (
	"slices"
	"strconv"

	"packbench/station"
)

// alter takes over the shop's new version: counts stay, wishes change. A line
// that the shop took away stays with nothing wanted while units of it are in a
// parcel.
//
// A shop numbers its lines anew when one goes, so a number alone is no line: a
// line keeps the number that it has on the bench, and its product says which it is.
func (w *Work) alter(o OrderInfo) {
	w.Version, w.ShipBy, w.Service, w.Country, w.Gift = o.Version, o.ShipBy, o.Service, o.Country, o.Gift
	w.Address = o.Address
	for i := range w.Lines {
		w.Lines[i].Qty = 0
	}
	var fresh []LineInfo
	taken := make([]bool, len(w.Lines))
	take := func(info LineInfo, same func(Line) bool) bool {
		for i, l := range w.Lines {
			if !taken[i] && same(l) {
				taken[i], info.ID = true, l.ID
				w.Lines[i].LineInfo = info
				return true
			}
		}
		return false
	}
	for _, info := range o.Lines {
		if !take(info, func(l Line) bool { return l.ID == info.ID && l.SKU == info.SKU }) {
			fresh = append(fresh, info)
		}
	}
	fresh = slices.DeleteFunc(fresh, func(info LineInfo) bool {
		return take(info, func(l Line) bool {
			return l.Kind == info.Kind && l.SKU == info.SKU && (info.Kind != station.Note || l.Name == info.Name)
		})
	})
	w.Lines = slices.DeleteFunc(w.Lines, func(l Line) bool {
		return l.Qty == 0 && l.In == 0 && l.Packed == 0
	})
	// What was done to a line that is gone cannot be undone on another one.
	w.Parcel.Actions = slices.DeleteFunc(w.Parcel.Actions, func(a Action) bool { return w.Line(a.Line) == nil })
	for _, info := range fresh {
		info.ID = w.freeID(info.ID)
		w.Lines = append(w.Lines, Line{LineInfo: info})
	}
}

// lineOf finds the line that a content of an earlier parcel belongs to, nil if
// the shop took it away.
func (w *Work) lineOf(c Content) *Line {
	if l := w.Line(c.Line); l != nil && l.SKU == c.SKU {
		return l
	}
	if i := slices.IndexFunc(w.Lines, func(l Line) bool { return l.SKU == c.SKU && l.Kind != station.Note }); i >= 0 {
		return &w.Lines[i]
	}
	return nil
}

// freeID gives a line number that no other line has, the wished one if it can.
func (w *Work) freeID(wish string) string {
	id := wish
	for n := len(w.Lines) + 1; w.Line(id) != nil; n++ {
		id = strconv.Itoa(n)
	}
	return id
}
