package woocommerce

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
	"packbench/station/web/wire"
)

type product struct {
	ID         ident
	Name       text
	Type       text
	SKU        text
	Global     text `json:"global_unique_id"`
	Virtual    bool
	Weight     text
	Dimensions struct{ Length, Width, Height text }
	Variations []ident
	Attributes []struct{ Option text }
	Meta       metas `json:"meta_data"`
}

// measures are the units that a shop writes its weights and lengths in.
type measures struct{ mass, length string }

// codes are the entries of the plug-ins that keep a product's barcode.
var codes = []string{"_global_unique_id", "_ean", "_gtin", "_barcode", "_alg_ean", "_wpm_gtin_code", "hwp_product_gtin", "_upc", "ean", "gtin", "barcode"}

// Products returns the products of the next page: each variation is one, virtual ones
// are none.
func (s *Shop) Products(ctx context.Context, since shop.Cursor) (shop.Products, error) {
	if err := s.measure(ctx); err != nil {
		return shop.Products{}, err
	}
	rows, on, more, err := s.list(ctx, core+"/products", url.Values{}, read(since))
	if err != nil {
		return shop.Products{}, err
	}
	if !more {
		on = on.next()
	}
	page := shop.Products{Next: on.cursor(), More: more}
	for _, row := range rows {
		var p product
		if json.Unmarshal(row, &p) != nil {
			continue // a product that cannot be read is missing, and its orders say so
		}
		if len(p.Variations) == 0 {
			page.Products = s.add(page.Products, p, "")
			continue
		}
		parts, err := all[product](ctx, s, core+"/products/"+p.ID.String()+"/variations", nil)
		if errors.As(err, new(*shop.Gone)) {
			continue
		}
		if err != nil {
			return shop.Products{}, err
		}
		for _, v := range parts {
			page.Products = s.add(page.Products, v, wire.Clean(string(p.Name), 200))
		}
	}
	return page, nil
}

// add appends a product that can be packed.
func (s *Shop) add(list []station.Product, p product, parent string) []station.Product {
	if p.Virtual || p.Type == "external" || p.Type == "grouped" {
		return list
	}
	out := station.Product{SKU: wire.Clean(string(p.SKU), 100), Name: wire.Clean(string(p.Name), 200)}
	if out.SKU == "" {
		out.SKU = unnamed(p.ID)
	}
	if parent != "" {
		var options []string
		for _, a := range p.Attributes {
			if o := wire.Clean(string(a.Option), 60); o != "" {
				options = append(options, o)
			}
		}
		out.Name = strings.TrimSuffix(parent+", "+strings.Join(options, ", "), ", ")
	}
	code := wire.Clean(string(p.Global), 100)
	if code == "" {
		code = p.Meta.word(codes...)
	}
	if code != "" {
		out.Barcodes = []station.Barcode{{Code: code, Factor: 1}}
	}
	s.mu.Lock()
	units := *s.units
	s.mu.Unlock()
	if m, err := unit.MassOf(string(p.Weight), units.mass); err == nil && m > 0 {
		out.Mass = m
	}
	edge := func(t text) unit.Length {
		l, err := unit.ParseLength(string(t) + units.length)
		if err != nil || l < 0 {
			return 0
		}
		return l
	}
	size := unit.Size{Width: edge(p.Dimensions.Width), Length: edge(p.Dimensions.Length), Depth: edge(p.Dimensions.Height)}
	if size.Width > 0 && size.Length > 0 && size.Depth > 0 {
		out.Size = size
	}
	return append(list, out)
}

// measure asks once for the units of weights and lengths. A key that may not see them
// gives products without either, rather than with wrong ones.
func (s *Shop) measure(ctx context.Context) error {
	s.mu.Lock()
	known := s.units != nil
	s.mu.Unlock()
	if known {
		return nil
	}
	var m measures
	for id, to := range map[string]*string{"woocommerce_weight_unit": &m.mass, "woocommerce_dimension_unit": &m.length} {
		var setting struct{ Value text }
		_, err := s.get(ctx, core+"/settings/products/"+id, nil, &setting)
		if err != nil && !errors.As(err, new(*shop.Denied)) && !errors.As(err, new(*shop.Gone)) && !errors.As(err, new(noRoute)) && !errors.As(err, new(*shop.Refused)) {
			return err
		}
		*to = strings.TrimSuffix(string(setting.Value), "s") // lbs
	}
	s.mu.Lock()
	s.units = &m
	s.mu.Unlock()
	return nil
}
