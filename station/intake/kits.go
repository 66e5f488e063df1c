package intake

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"packbench/station"
)

// MaxParts is how many different parts a kit may have, MaxPer how many units of one.
const (
	MaxParts = 100
	MaxPer   = 1000
)

// Kit is what a file of kits says of one of them.
type Kit struct {
	SKU   string
	Parts []station.Part
	Whole bool // comes packed already
	Row   int  // of the file, its first
}

// kits reads what kits are made of, a part a row. Columns: kit, component, quantity (else
// 1), packed. Needed: kit, component.
type kits struct {
	held
	items []Kit
	at    map[string]int  // of a kit in items, one more
	bad   map[string]bool // kits with a row that cannot be read: none is kept by halves
}

func (*kits) schema([]string) schema {
	return schema{
		{name: "kit", need: true, also: []string{"bundle", "set", "kitsku", "bundlesku", "parent", "parentsku", "compositesku", "composite", "stückliste", "setartikel"}},
		{name: "component", need: true, also: []string{"part", "componentsku", "partsku", "child", "childsku", "sku", "item", "itemsku", "komponente", "teil"}},
		{name: "quantity", kind: whole, also: []string{"qty", "menge", "anzahl", "units", "per", "perkit", "componentquantity", "componentqty"}},
		{name: "packed", also: []string{"prepacked", "whole", "vorgepackt"}},
	}
}

// ReadKits reads what kits are made of. The words for products are looked up as in a file
// of orders.
func ReadKits(ctx context.Context, r io.Reader, name string, o Options) ([]Kit, Report, error) {
	return readAll(ctx, r, name, o, &kits{at: map[string]int{}, bad: map[string]bool{}})
}

func (k *kits) add(r row, o Options, _ *Report) error {
	if err := k.hold(r.record); err != nil {
		return err
	}
	sku, err := r.id("kit")
	if err == nil {
		sku, err = product(r, "kit", sku, o)
	}
	if err != nil {
		return err
	}
	part, whole, err := k.part(r, o, sku)
	if err != nil {
		k.bad[sku] = true
		return err
	}
	at, known := k.at[sku]
	if !known {
		at = len(k.items)
		k.at[sku] = at
		k.items = append(k.items, Kit{SKU: sku, Row: r.row})
	}
	kit := &k.items[at]
	switch {
	case slices.ContainsFunc(kit.Parts, func(p station.Part) bool { return p.SKU == part.SKU }):
		k.bad[sku] = true
		return r.fail("component", "kit %q has %q already: write both in one row", sku, part.SKU)
	case len(kit.Parts) >= MaxParts:
		k.bad[sku] = true
		return r.fail("component", "kit %q has more than %d parts", sku, MaxParts)
	}
	kit.Parts, kit.Whole = append(kit.Parts, part), kit.Whole || whole
	return nil
}

func (k *kits) part(r row, o Options, kit string) (p station.Part, whole bool, err error) {
	if p.SKU, err = r.id("component"); err == nil {
		p.SKU, err = product(r, "component", p.SKU, o)
	}
	if err != nil {
		return p, false, err
	}
	if p.SKU == kit {
		return p, false, r.fail("component", "kit %q is listed as a part of itself", kit)
	}
	p.Qty = 1
	if r.text("quantity") != "" {
		if p.Qty, err = r.whole("quantity"); err != nil {
			return p, false, err
		}
	}
	if p.Qty < 1 || p.Qty > MaxPer {
		return p, false, r.fail("quantity", "%d in one kit: it must be 1 to %d", p.Qty, MaxPer)
	}
	whole, err = r.yes("packed")
	return p, whole, err
}

// done leaves out kits of which a row cannot be read: a kit that lacks a part would be
// packed without it.
func (k *kits) done(rep *Report) ([]Kit, error) {
	var out []Kit
	for _, kit := range k.items {
		if !k.bad[kit.SKU] {
			out = append(out, kit)
			continue
		}
		rep.Warnings = append(rep.Warnings, Rejection{Row: kit.Row, Column: "kit", Reason: "kit " + kit.SKU + " stays as it was, because one of its rows cannot be read"})
	}
	return out, nil
}

// madeOf reads what a product is made of, where it is a kit: "MUG:2; PLATE" or
// "2 x MUG; PLATE".
func madeOf(r row, item *station.Product) (err error) {
	for _, text := range splitList(r.raw("parts")) {
		part := station.Part{Qty: 1}
		sku, qty := text, ""
		if before, after, found := strings.Cut(text, " x "); found && allDigits(before) {
			sku, qty = after, before
		} else if i := strings.LastIndexAny(text, ":*="); i > 0 && allDigits(text[i+1:]) {
			sku, qty = text[:i], text[i+1:]
		}
		if qty = strings.TrimSpace(qty); qty != "" {
			if part.Qty, err = strconv.Atoi(qty); err != nil || part.Qty < 1 || part.Qty > MaxPer {
				return r.fail("parts", "%q: a kit has 1 to %d of a part", short(text), MaxPer)
			}
		}
		if part.SKU, err = r.exact("parts", strings.TrimSpace(sku)); err != nil {
			return err
		}
		switch {
		case part.SKU == "" || len(part.SKU) > 200:
			return r.fail("parts", "%q is no product: write MUG:2;PLATE for two mugs and a plate", short(text))
		case part.SKU == item.SKU:
			return r.fail("parts", "kit %q is listed as a part of itself", item.SKU)
		case slices.ContainsFunc(item.Parts, func(p station.Part) bool { return p.SKU == part.SKU }):
			return r.fail("parts", "%q is listed twice: write it once, with how many", part.SKU)
		case len(item.Parts) >= MaxParts:
			return r.fail("parts", "more than %d parts", MaxParts)
		}
		item.Parts = append(item.Parts, part)
	}
	item.Whole, err = r.yes("packed")
	return err
}

func allDigits(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.Trim(text, "0123456789") == ""
}
