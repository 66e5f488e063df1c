package woocommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"packbench/station/shop"
	"packbench/station/web/wire"
)

// counted is what a shop says of a product's stock.
type counted struct {
	ID       ident
	Parent   ident `json:"parent_id"`
	Type     text
	SKU      text
	Managed  text `json:"manage_stock"` // true, false, or "parent"
	Quantity text `json:"stock_quantity"`
}

const countedFields = "id,parent_id,type,sku,manage_stock,stock_quantity"

// Levels returns the numbers of the SKUs whose stock the shop counts. WooCommerce
// takes units away when an order is paid, so its number is what is available; it does
// not know what lies on the shelf for orders to be packed, and OnHand says the same.
// Variations that share their product's stock all show it.
func (s *Shop) Levels(ctx context.Context, skus []string) ([]shop.Level, error) {
	var out []shop.Level
	for some := range slices.Chunk(skus, 20) {
		found, err := s.bySKU(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, sku := range some {
			if len(found[sku]) != 1 {
				continue
			}
			_, n, err := s.holder(ctx, found[sku][0])
			switch {
			case errors.As(err, new(*shop.Refused)): // not counted there
			case err != nil:
				return nil, err
			default:
				out = append(out, shop.Level{SKU: sku, OnHand: n, Available: n})
			}
		}
	}
	return out, nil
}

// bySKU looks products and variations up.
func (s *Shop) bySKU(ctx context.Context, skus []string) (map[string][]counted, error) {
	out := map[string][]counted{}
	var named []string
	for _, sku := range skus {
		id, ok := strings.CutPrefix(sku, "id-")
		if _, err := strconv.ParseUint(id, 10, 63); !ok || err != nil {
			if !strings.Contains(sku, ",") { // the shop would read two
				named = append(named, sku)
			}
			continue
		}
		var c counted
		_, err := s.get(ctx, core+"/products/"+id, url.Values{"_fields": {countedFields}}, &c)
		if err == nil && c.SKU == "" {
			out[sku] = append(out[sku], c)
		} else if err != nil && !errors.As(err, new(*shop.Gone)) {
			return nil, err
		}
	}
	if len(named) == 0 {
		return out, nil
	}
	rows, err := all[counted](ctx, s, core+"/products", url.Values{"sku": {strings.Join(named, ",")}, "_fields": {countedFields}})
	if err != nil {
		return nil, err
	}
	for _, c := range rows {
		if sku := wire.Clean(string(c.SKU), 100); slices.Contains(named, sku) { // some plug-ins find by a part of it
			out[sku] = append(out[sku], c)
		}
	}
	return out, nil
}

// holder returns where the number of a product is kept, and the number: a variation
// may share its product's.
func (s *Shop) holder(ctx context.Context, c counted) (path string, n int, err error) {
	path = core + "/products/" + c.ID.String()
	if c.Managed == "parent" && c.Parent > 0 {
		path = core + "/products/" + c.Parent.String()
		if c, err = s.count(ctx, path); err != nil {
			return "", 0, err
		}
	} else if c.Parent > 0 {
		path = core + "/products/" + c.Parent.String() + "/variations/" + c.ID.String()
	}
	if c.Managed != "true" || c.Quantity == "" {
		return "", 0, &shop.Refused{Say: "the shop does not count this product's stock; switch Manage stock on there"}
	}
	n, err = wire.Whole(c.Quantity)
	if err != nil {
		return "", 0, &shop.Refused{Say: err.Error()}
	}
	return path, n, nil
}

func (s *Shop) count(ctx context.Context, path string) (counted, error) {
	var c counted
	_, err := s.get(ctx, path, url.Values{"_fields": {countedFields}}, &c)
	return c, err
}

// Correct writes what the number should be now. The shop takes no differences and
// compares nothing, so it is read, refused where it moved since the bench read it, and
// read once more afterwards; where that is not what was written, somebody else has
// changed it in the same moment, and nobody knows which of both counts.
func (s *Shop) Correct(ctx context.Context, c shop.Correction) error {
	if c.Delta == 0 {
		return nil
	}
	found, err := s.bySKU(ctx, []string{c.SKU})
	if err != nil {
		return err
	}
	switch of := found[c.SKU]; {
	case len(of) == 0:
		return &shop.Gone{What: "product with this SKU"}
	case len(of) > 1:
		return &shop.Refused{Say: "several products have this SKU"}
	}
	path, was, err := s.holder(ctx, found[c.SKU][0])
	if err != nil {
		return err
	}
	if was != c.Seen {
		return &shop.Changed{Say: fmt.Sprintf("there are %d now, not %d", was, c.Seen)}
	}
	want := was + c.Delta
	if err := s.change(ctx, http.MethodPut, path, nil, map[string]int{"stock_quantity": want}, nil); err != nil {
		if errors.As(err, new(noRoute)) {
			return &shop.Refused{Say: err.Error()}
		}
		return err
	}
	now, err := s.count(ctx, path)
	if err != nil {
		return fmt.Errorf("the number was written, but not seen again: %v", err)
	}
	if n, err := wire.Whole(now.Quantity); err != nil || n != want {
		return fmt.Errorf("the shop says %s where %d was written: somebody changed it at the same time", wire.Clean(string(now.Quantity), 20), want)
	}
	return nil
}
