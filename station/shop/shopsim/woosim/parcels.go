package woosim

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"packbench/station/shop/shopsim"
)

// parcel is what left, as the shop's data have it.
type parcel struct {
	tracking string
	units    map[int64]int
}

func (o *order) parcels() []parcel {
	var out []parcel
	for _, p := range o.sent {
		if p.draft {
			continue
		}
		got := parcel{tracking: p.tracking["tracking_number"], units: map[int64]int{}}
		for _, e := range p.meta {
			switch e.key {
			case "_tracking_number":
				got.tracking = fmt.Sprint(e.value)
			case "_items":
				got.units = unitsOf(e.value)
			}
		}
		out = append(out, got)
	}
	for _, n := range o.notes {
		if _, rest, ok := strings.Cut(n.text, "Tracking number: "); ok {
			number, _, _ := strings.Cut(rest, " ")
			out = append(out, parcel{tracking: strings.TrimRight(number, ".")})
		}
	}
	for i, p := range out {
		if len(p.units) == 0 {
			out[i].units = o.said(p.tracking)
		}
	}
	return out
}

// said is what the entries of an order say about a tracking number.
func (o *order) said(tracking string) map[int64]int {
	for _, e := range o.meta {
		if of, ok := e.value.(map[string]any); ok && strings.HasPrefix(e.key, "_packbench_parcel_") && strings.ReplaceAll(fmt.Sprint(of["tracking"]), " ", "") == strings.ReplaceAll(tracking, " ", "") {
			return unitsOf(of["lines"])
		}
	}
	return nil
}

// unitsOf reads [{"item_id":1,"qty":2}] as it came.
func unitsOf(value any) map[int64]int {
	out := map[int64]int{}
	list, _ := value.([]any)
	for _, v := range list {
		if m, ok := v.(map[string]any); ok {
			out[int64(numberOf(m["item_id"]))] += int(numberOf(m["qty"]))
		}
	}
	return out
}

func numberOf(v any) float64 {
	n, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	if err != nil {
		return 0
	}
	return n
}

// Parcels are the shipments of an order.
func (s *Shop) Parcels(id string) []shopsim.Parcel {
	var out []shopsim.Parcel
	s.alter(id, func(o *order) {
		for _, p := range o.parcels() {
			units := map[string]int{}
			for _, l := range o.lines {
				if n := p.units[l.id]; n > 0 {
					units[l.product.sku] += n
				}
			}
			out = append(out, shopsim.Parcel{Tracking: p.tracking, Units: maps.Clone(units)})
		}
	})
	return out
}

// Notes are the texts of an order's notes, oldest first.
func (s *Shop) Notes(id string) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		for _, n := range o.notes {
			out = append(out, n.text)
		}
	}
	return out
}
