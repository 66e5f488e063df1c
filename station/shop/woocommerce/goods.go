package woocommerce

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"packbench/station/shop"
)

// virtue is whether a product is virtual, which only the product itself says, and
// until when that is believed.
type virtue struct {
	virtual bool
	until   time.Time
}

const (
	believed  = time.Hour
	mostKnown = 50_000
)

// goodsID is the number of what a line is of.
func (it item) goodsID() ident {
	if it.Variation > 0 {
		return it.Variation
	}
	return it.Product
}

// unnamed is the SKU of a product that has none.
func unnamed(id ident) string {
	if id == 0 {
		return ""
	}
	return "id-" + id.String()
}

// learn asks which products of orders are virtual, of those that are not known.
func (s *Shop) learn(ctx context.Context, orders []order) error {
	single, parts := s.unknown(orders)
	for ids := range slices.Chunk(single, perPage) {
		if err := s.learnFrom(ctx, core+"/products", ids); err != nil {
			return err
		}
	}
	for parent, ids := range parts {
		for some := range slices.Chunk(ids, perPage) {
			if err := s.learnFrom(ctx, core+"/products/"+parent.String()+"/variations", some); err != nil {
				return err
			}
		}
	}
	return nil
}

// unknown returns the products to ask for, and the variations by their product.
func (s *Shop) unknown(orders []order) (single []ident, parts map[ident][]ident) {
	parts = map[ident][]ident{}
	seen := map[ident]bool{}
	now := s.opt.Clock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range orders {
		if status, _ := s.status(o); status != "open" && status != "held" {
			continue
		}
		for _, it := range o.Items {
			id := it.goodsID()
			if v, ok := s.virtual[id]; id == 0 || seen[id] || ok && now.Before(v.until) {
				continue
			}
			seen[id] = true
			if it.Variation > 0 {
				parts[it.Product] = append(parts[it.Product], id)
			} else {
				single = append(single, id)
			}
		}
	}
	return single, parts
}

// learnFrom asks for some products. One that is gone is packed as any other.
func (s *Shop) learnFrom(ctx context.Context, path string, ids []ident) error {
	var words []string
	for _, id := range ids {
		words = append(words, id.String())
	}
	var rows []struct {
		ID      ident
		Virtual bool
	}
	query := url.Values{"include": {strings.Join(words, ",")}, "per_page": {"100"}, "_fields": {"id,virtual"}}
	if _, err := s.get(ctx, path, query, &rows); err != nil && !errors.As(err, new(*shop.Gone)) {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.virtual) > mostKnown {
		clear(s.virtual)
	}
	until := s.opt.Clock().Add(believed)
	for _, id := range ids {
		s.virtual[id] = virtue{until: until}
	}
	for _, r := range rows {
		s.virtual[r.ID] = virtue{virtual: r.Virtual, until: until}
	}
	return nil
}

// goods are the lines that can be packed: no virtual ones, and of a set its parts.
func (s *Shop) goods(o order) []item {
	drop := setsOf(o.Items)
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []item
	for i, it := range o.Items {
		if !drop[i] && !s.virtual[it.goodsID()].virtual {
			out = append(out, it)
		}
	}
	return out
}

// setsOf finds the sets of the plug-ins Product Bundles and Composite Products, and
// returns which lines are not packed for themselves. The line of a set stands for its
// parts, which are lines too and are packed; but where the set is one thing on the
// shelf its parts say that they need no shipping, and the set is packed.
func setsOf(items []item) (drop map[int]bool) {
	drop = map[int]bool{}
	var whole []int // indexes of sets that are packed as one
	byID, byKey := map[string]int{}, map[string]int{}
	for i, it := range items {
		byID[it.ID.String()] = i
		if key := it.Meta.word("_bundle_cart_key", "_composite_cart_key"); key != "" {
			byKey[key] = i
		}
	}
	before := -1 // the last line that is part of nothing: the shop writes a set before its parts
	for i, it := range items {
		key := it.Meta.word("_bundled_by", "_composite_parent")
		parent := -1
		if id := it.partOf(); id != "" {
			parent = at(byID, id)
		} else if key != "" {
			if parent = at(byKey, key); parent < 0 || parent == i {
				parent = before
			}
		}
		if key == "" {
			before = i
		}
		switch {
		case parent < 0 || parent == i:
		case it.Meta.word("_bundled_item_needs_shipping", "_composited_item_needs_shipping") == "no":
			drop[i] = true
			whole = append(whole, parent)
		default:
			drop[parent] = true
		}
	}
	for _, i := range whole {
		delete(drop, i)
	}
	return drop
}

// partOf is the number of the set's line that a line names, "" for none.
func (it item) partOf() string {
	for _, id := range []text{it.BundledBy, it.Composite} {
		if id != "" && id != "0" {
			return string(id)
		}
	}
	return ""
}

// at is where a key is, −1 for nowhere.
func at(of map[string]int, key string) int {
	if i, ok := of[key]; ok {
		return i
	}
	return -1
}
