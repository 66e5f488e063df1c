package magento

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"packbench/station/shop"
	"packbench/station/shop/oauth1"
)

// place is how many of a product lie at a source.
type place struct {
	SKU    string `json:"sku"`
	Source string `json:"source_code"`
	Qty    number `json:"quantity"`
	Status number `json:"status"` // 0 keeps the product out of stock, however many there are
}

func (p place) units() (int, error) {
	f := p.Qty.float()
	if f != math.Trunc(f) || math.Abs(f) > 1e9 {
		return 0, &shop.Refused{Say: fmt.Sprintf("the shop has %v of %s: packbench counts whole pieces only", f, p.SKU)}
	}
	return int(f), nil
}

// Levels returns how many there are by source. Available is what can be sold of a
// product in the whole stock, and never more than lies at the source: Magento knows
// what is promised to buyers by stock only.
func (s *Shop) Levels(ctx context.Context, skus []string) ([]shop.Level, error) {
	var out []shop.Level
	for part := range slices.Chunk(unique(skus), pageSize/4) {
		places, err := s.places(ctx, part, s.set["source"])
		if err != nil {
			return nil, err
		}
		free := map[string]int{}
		for _, p := range places {
			n, err := p.units()
			if err != nil {
				continue // Magento counts it in parts of a piece: the bench cannot
			}
			left, asked := free[p.SKU]
			if !asked {
				if left, err = s.free(ctx, p.SKU, n); err != nil {
					return nil, err
				}
				free[p.SKU] = left
			}
			out = append(out, shop.Level{SKU: p.SKU, Place: p.Source, OnHand: n, Available: min(n, left)})
		}
	}
	return out, nil
}

func unique(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// places asks where products lie. A comma in a SKU would be read as two of them: such
// a one is asked for alone.
func (s *Shop) places(ctx context.Context, skus []string, source string) ([]place, error) {
	var out []place
	var plain []string
	ask := func(how, value string, want func(string) bool) error {
		for page := 1; ; page++ {
			q := search{path: "/inventory/source-items", size: pageSize, sort: "source_item_id", filters: []filter{{"sku", how, value}}}
			if source != "" {
				q.filters = append(q.filters, filter{"source_code", "eq", source})
			}
			got, err := s.search(ctx, q.at(page))
			if err != nil {
				return err
			}
			fresh := 0
			for _, raw := range got.Items {
				var p place
				if json.Unmarshal(raw, &p) != nil {
					return &shop.Away{Say: "its answer about stock cannot be read"}
				}
				if want(p.SKU) && !slices.ContainsFunc(out, func(o place) bool { return o.SKU == p.SKU && o.Source == p.Source }) {
					out, fresh = append(out, p), fresh+1
				}
			}
			// Past the end the last page comes again: then nothing of it is new.
			if fresh == 0 || got.Total != nil && len(got.Items) >= *got.Total {
				return nil
			}
		}
	}
	for _, sku := range skus {
		if !strings.ContainsRune(sku, ',') {
			plain = append(plain, sku)
			continue
		}
		if err := ask("eq", sku, func(got string) bool { return got == sku }); err != nil {
			return nil, err
		}
	}
	if len(plain) > 0 {
		if err := ask("in", strings.Join(plain, ","), func(got string) bool { return slices.Contains(plain, got) }); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// free is how many of a product can be sold. Where the shop does not say, it is what
// is there.
func (s *Shop) free(ctx context.Context, sku string, there int) (int, error) {
	stock := s.set["stock"]
	if stock == "" {
		stock = "1"
	}
	var n number
	_, err := s.ask(ctx, "/inventory/get-product-salable-quantity/"+oauth1.Escape(sku)+"/"+oauth1.Escape(stock), &n)
	switch {
	case errors.As(err, new(*shop.Denied)) || err != nil && shop.Hopeless(err):
		return there, nil
	case err != nil:
		return 0, err
	}
	return int(math.Floor(n.float())), nil
}

// Correct changes how many there are. Magento takes only the number that there shall
// be: it is read, changed, written at once and read again. A sale that was sent in
// between would be undone, which the reading after it cannot always see.
func (s *Shop) Correct(ctx context.Context, c shop.Correction) error {
	at, err := s.only(ctx, c)
	if err != nil {
		return err
	}
	before, err := at.units()
	if err != nil {
		return err
	}
	want := before + c.Delta
	status := 1
	if at.Status == "0" {
		status = 0
	}
	var said []json.RawMessage // an empty list
	err = s.tell(ctx, "/inventory/source-items", map[string]any{"sourceItems": []map[string]any{
		{"sku": at.SKU, "source_code": at.Source, "quantity": want, "status": status},
	}}, &said)
	if err != nil && shop.NotDone(err) {
		return err
	}
	now, errRead := s.places(ctx, []string{at.SKU}, at.Source)
	if errRead != nil || len(now) != 1 {
		return err // what the writing said
	}
	after, errRead := now[0].units()
	switch {
	case errRead == nil && after == want:
		return nil // whatever became of the answer, it was done
	case err == nil:
		return fmt.Errorf("%d of %s were written and the shop shows %d now: look at the stock of it in Magento", want, c.SKU, after)
	}
	return err
}

// only is the one source that a correction is for.
func (s *Shop) only(ctx context.Context, c shop.Correction) (place, error) {
	source := c.Place
	if source == "" {
		source = s.set["source"]
	}
	places, err := s.places(ctx, []string{c.SKU}, source)
	switch {
	case err != nil:
		return place{}, err
	case len(places) == 0 && source != "":
		return place{}, &shop.Refused{Say: c.SKU + " does not lie at the source " + source + ": assign it to that one in Magento"}
	case len(places) == 0:
		return place{}, &shop.Refused{Say: "the shop counts no " + c.SKU}
	case len(places) > 1:
		return place{}, &shop.Refused{Say: c.SKU + " lies at several sources: say in the settings of the shop which one this bench counts"}
	}
	return places[0], nil
}
