package veeqo

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// find looks for a sellable by its SKU.
func (s *Shop) find(ctx context.Context, sku string) (sellable, error) {
	for page := 1; page <= 20; page++ {
		var list []product
		q := url.Values{"query": {sku}, "page_size": {strconv.Itoa(mostOfPage)}, "page": {strconv.Itoa(page)}}
		if err := s.web.JSON(ctx, web.Request{Method: http.MethodGet, Path: "/products", Query: q}, &list); err != nil {
			return sellable{}, meant(err, "products")
		}
		for _, p := range list {
			for _, v := range p.Sellables {
				if v.SKU == sku {
					return v, nil
				}
			}
		}
		if len(list) < mostOfPage {
			break
		}
	}
	return sellable{}, &shop.Gone{What: "product " + station.OneLine(sku, 60)}
}

// Levels returns what Veeqo believes to be in each warehouse.
func (s *Shop) Levels(ctx context.Context, skus []string) (out []shop.Level, err error) {
	for _, sku := range skus {
		v, err := s.find(ctx, sku)
		if errors.As(err, new(*shop.Gone)) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for _, e := range v.Stocks {
			if !e.Infinite && (s.warehouse == 0 || e.Warehouse == s.warehouse) {
				out = append(out, shop.Level{SKU: sku, Place: strconv.FormatInt(e.Warehouse, 10), OnHand: e.Physical, Available: e.Available})
			}
		}
	}
	return out, nil
}

// Correct sets what was seen and the difference. Where the number has moved nothing is
// set; where it is another one afterwards, nobody knows what came of it.
func (s *Shop) Correct(ctx context.Context, c shop.Correction) error {
	v, err := s.find(ctx, c.SKU)
	if errors.As(err, new(*shop.Gone)) {
		return &shop.Refused{Say: "Veeqo has no product " + station.OneLine(c.SKU, 60)}
	}
	if err != nil {
		return err
	}
	var fits []entry
	for _, e := range v.Stocks {
		if c.Place == "" && (s.warehouse == 0 || e.Warehouse == s.warehouse) || strconv.FormatInt(e.Warehouse, 10) == c.Place {
			fits = append(fits, e)
		}
	}
	switch {
	case len(fits) != 1:
		return &shop.Refused{Say: fmt.Sprintf("Veeqo keeps %s in %d warehouses; choose the one of this bench in the settings", station.OneLine(c.SKU, 60), len(fits))}
	case fits[0].Infinite:
		return &shop.Refused{Say: "Veeqo does not count " + station.OneLine(c.SKU, 60)}
	}
	path := fmt.Sprintf("/sellables/%d/warehouses/%d/stock_entry", v.ID, fits[0].Warehouse)
	var now entry
	if err := s.web.JSON(ctx, web.Request{Method: http.MethodGet, Path: path}, &now); err != nil {
		return meant(err, "stock of "+station.OneLine(c.SKU, 60))
	}
	if now.Available != c.Seen {
		return &shop.Changed{Say: fmt.Sprintf("%d of %s are available, not %d", now.Available, station.OneLine(c.SKU, 60), c.Seen)}
	}
	set := map[string]any{"physical_stock_level": now.Physical + c.Delta, "infinite": false}
	if now.Location != nil {
		set["location"] = *now.Location
	}
	var after entry
	err = s.web.JSON(ctx, web.Request{Method: http.MethodPut, Path: path, Body: map[string]any{"stock_entry": set}}, &after)
	if err != nil {
		return meant(err, "stock of "+station.OneLine(c.SKU, 60))
	}
	if after.Physical != now.Physical+c.Delta {
		return fmt.Errorf("after a correction Veeqo has %d of %s, not %d: look whether it was made", after.Physical, station.OneLine(c.SKU, 60), now.Physical+c.Delta)
	}
	return nil
}
