package rating

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
)

// Dangerous is a product in a parcel that is dangerous goods.
type Dangerous struct {
	SKU  string
	Kit  string // that it is a part of, "" for none
	Name string
	Is   station.Danger
}

// Dangers are the dangerous goods in a parcel of an order, each product once: all that the
// order has, where no contents are said. A part of a kit counts too.
func (r Reader) Dangers(ctx context.Context, o station.Order, contents []pack.Content) (out []Dangerous, err error) {
	known := map[string]station.Product{}
	add := func(sku, kit string) []station.Part {
		p, seen := known[sku]
		if !seen {
			var failed error
			p, _, failed = store.Known(r.Store.Product(ctx, sku))
			known[sku], err = p, cmp.Or(err, failed)
		}
		if p.Danger != "" && !slices.ContainsFunc(out, func(d Dangerous) bool { return d.SKU == sku && d.Kit == kit }) {
			out = append(out, Dangerous{SKU: sku, Kit: kit, Name: cmp.Or(p.Name, sku), Is: p.Danger})
		}
		return p.Parts
	}
	parts := func(of string, list []station.Part) {
		for _, part := range list {
			add(part.SKU, of)
		}
	}
	for _, c := range contents {
		kit := ""
		if c.Kit != nil {
			kit = c.Kit.SKU
			add(kit, "")
		}
		parts(c.SKU, add(c.SKU, kit))
		if i := slices.IndexFunc(o.Lines, func(l station.Line) bool { return l.ID == c.Line && l.SKU == c.SKU }); i >= 0 {
			parts(c.SKU, o.Lines[i].Parts) // of a kit that is not told by its parts
		}
	}
	if len(contents) == 0 {
		for _, l := range o.Lines {
			if l.Kind != station.Note {
				parts(l.SKU, add(l.SKU, ""))
				parts(l.SKU, l.Parts)
			}
		}
	}
	return out, err
}

// mostNamed is how many dangerous goods a reason names.
const mostNamed = 3

// inWords says what is dangerous in a parcel: "lithium battery (Lamp)".
func inWords(dangers []Dangerous) string {
	var words []string
	for _, d := range dangers {
		if text := string(d.Is) + " (" + d.Name + ")"; !slices.Contains(words, text) {
			words = append(words, text)
		}
	}
	if len(words) > mostNamed {
		words = append(words[:mostNamed], "and more")
	}
	return strings.Join(words, ", ")
}
