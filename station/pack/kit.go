package pack

import (
	"cmp"
	"slices"

	"packbench/station"
)

// Kit is what a line is a part of, where an order has a kit as one line and the bench
// packs its parts (Q5). Line and SKU are the order's own.
type Kit struct {
	Line  string `json:"Line"`
	SKU   string `json:"SKU"`
	Name  string `json:"Name"`
	Per   int    `json:"Per"`   // units of this part in one kit
	Parts int    `json:"Parts"` // how many different parts the kit has
}

// PartsOf are the lines that a line of an order is on the bench: of a kit its parts, as
// the shop says them, else as the catalogue does (Q5).
func PartsOf(l LineInfo, p station.Product, said []station.Part) []LineInfo {
	parts := said
	if len(parts) == 0 && p.ByParts() {
		parts = p.Parts
	}
	if len(parts) == 0 {
		return []LineInfo{l}
	}
	var out []LineInfo
	for _, part := range parts {
		out = append(out, LineInfo{
			ID: l.ID + "/" + part.SKU, SKU: part.SKU, Kind: l.Kind, Qty: l.Qty * part.Qty,
			Kit: &Kit{Line: l.ID, SKU: l.SKU, Name: cmp.Or(p.Name, l.SKU), Per: part.Qty, Parts: len(parts)},
		})
	}
	return out
}

// same reports whether two lines are loose both, or parts of one kind of kit.
func (k *Kit) same(other *Kit) bool {
	if k == nil || other == nil {
		return k == other
	}
	return k.SKU == other.SKU
}

// places are the lines that units of a product may count for, in the order in which
// they do: loose lines from the top, then the parts of kits from the top. A unit counts
// for one of them only. What comes out again goes the other way round.
func (w *Work) places(sku string) (loose []*Line) {
	var parts []*Line
	for i := range w.Lines {
		switch l := &w.Lines[i]; {
		case l.SKU != sku || l.Kind == station.Note:
		case l.Kit == nil:
			loose = append(loose, l)
		default:
			parts = append(parts, l)
		}
	}
	return append(loose, parts...)
}

// isKit answers a scan of the kit's own code, where its parts are packed.
func (d *decision) isKit(p Product) bool {
	var parts, open []string
	for _, l := range d.s.Work.Lines {
		if l.Kit == nil || l.Kit.SKU != p.SKU {
			continue
		}
		if parts = append(parts, l.SKU); l.Open()+l.LeftOut() > 0 {
			open = append(open, l.SKU)
		}
	}
	switch {
	case len(parts) == 0:
		return false
	case len(open) > 0:
		parts = open
	}
	d.say(Refused, CodeNotNow, withReason(ReasonKit), func(v *Verdict) {
		v.SKU, v.Name, v.Expected = p.SKU, p.Name, slices.Compact(slices.Sorted(slices.Values(parts)))
	})
	return true
}

func withInto(into []Content) func(*Verdict) { return func(v *Verdict) { v.Into = into } }

// kitOf gathers the parts of one line of an order, by product.
type kitOf struct {
	Kit
	have map[string]int // units
	per  map[string]int
}

func (k *kitOf) add(c Content) {
	_, sku := c.ordered()
	k.have[sku] += c.Qty
	k.per[sku] = max(c.Kit.Per, 1)
}

// whole is how many whole kits the parts make.
func (k *kitOf) whole() int {
	if len(k.have) < k.Parts || len(k.have) == 0 {
		return 0
	}
	n := -1
	for sku, have := range k.have {
		if made := have / k.per[sku]; n < 0 || made < n {
			n = made
		}
	}
	return n
}

// kits finds the kits of contents by their line of the order, in the order in which
// they come.
type kits []*kitOf

func (k *kits) of(c Content) *kitOf {
	if i := slices.IndexFunc(*k, func(is *kitOf) bool { return is.Line == c.Kit.Line && is.SKU == c.Kit.SKU }); i >= 0 {
		return (*k)[i]
	}
	*k = append(*k, &kitOf{Kit: *c.Kit, have: map[string]int{}, per: map[string]int{}})
	return (*k)[len(*k)-1]
}

// ByLine tells what each of an order's parcels holds in the lines that the order has:
// a kit counts with the parcel that makes it whole. Parcels come in the order in which
// they were closed.
func ByLine(parcels ...[]Content) [][]Content {
	out := make([][]Content, len(parcels))
	var all kits
	for i, contents := range parcels {
		before := make([]int, len(all))
		for n, k := range all {
			before[n] = k.whole()
		}
		for _, c := range contents {
			if c.Kit == nil {
				out[i] = addOrdered(out[i], c)
			} else {
				all.of(c).add(c)
			}
		}
		for n, k := range all {
			made := k.whole()
			if n < len(before) {
				made -= before[n]
			}
			if made > 0 {
				out[i] = append(out[i], Content{Line: k.Line, SKU: k.SKU, Qty: made})
			}
		}
	}
	return out
}

// addOrdered adds a loose content by what the order has, with what was sent in place of it.
func addOrdered(to []Content, c Content) []Content {
	line, sku := c.ordered()
	i := slices.IndexFunc(to, func(is Content) bool { return is.Line == line && is.SKU == sku })
	if i < 0 {
		c.Line, c.SKU, c.Instead = line, sku, nil
		return append(to, c)
	}
	to[i].Qty += c.Qty
	return to
}

// Whole makes the kits whole that one parcel holds all parts of. What remains of others
// stays as it is, so that it tells what lies in the box.
func Whole(contents []Content) (out []Content) {
	var all kits
	for _, c := range contents {
		if c.Kit != nil {
			all.of(c).add(c)
		}
	}
	if len(all) == 0 {
		return contents
	}
	for _, k := range all {
		if n := k.whole(); n > 0 {
			out = append(out, Content{Line: k.Line, SKU: k.SKU, Qty: n})
			for sku, per := range k.per {
				k.have[sku] = n * per // of these the rest is looked for below
			}
		} else {
			clear(k.have)
		}
	}
	var rest []Content
	for _, c := range contents {
		if c.Kit != nil {
			k := all.of(c)
			_, sku := c.ordered()
			n := min(k.have[sku], c.Qty)
			k.have[sku] -= n
			c.Qty -= n
		}
		if c.Qty > 0 {
			rest = append(rest, c)
		}
	}
	return append(rest, out...)
}
