package magento

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
)

type product struct {
	ID         number `json:"id"`
	SKU        string `json:"sku"`
	Name       string `json:"name"`
	Type       string `json:"type_id"`
	Price      number `json:"price"`
	Weight     number `json:"weight"`
	Attributes []struct {
		Code  string          `json:"attribute_code"`
		Value json.RawMessage `json:"value"`
	} `json:"custom_attributes"`
}

// attribute is the text of an attribute, "" for none or for a list.
func (p product) attribute(code string) string {
	for _, a := range p.Attributes {
		if a.Code != code {
			continue
		}
		var text string
		if json.Unmarshal(a.Value, &text) == nil {
			return strings.TrimSpace(text)
		}
		var n number
		if json.Unmarshal(a.Value, &n) == nil {
			return string(n)
		}
	}
	return ""
}

// barcodes are the attributes that shops keep a product's barcode in, where the
// setting names none: Magento has none of its own.
const barcodes = "gtin,ean,barcode,upc"

// scale is what the numbers of products are in.
type scale struct{ weight, currency string }

// Products returns what is packed of the products that were new or changed after since.
func (s *Shop) Products(ctx context.Context, since shop.Cursor) (shop.Products, error) {
	in, err := s.measure(ctx)
	if err != nil {
		return shop.Products{}, err
	}
	raws, next, more, err := s.changes(ctx, search{
		path: "/products", fields: "id,sku,name,type_id,price,weight,updated_at,custom_attributes",
	}, since)
	if err != nil {
		return shop.Products{}, err
	}
	out := shop.Products{Next: next, More: more}
	for _, raw := range raws {
		var p product
		if json.Unmarshal(raw, &p) != nil || p.SKU == "" {
			continue // nobody can scan or sell it by a name that cannot be read
		}
		if p.Type != "simple" {
			continue // made of others, or nothing that is packed
		}
		out.Products = append(out.Products, s.product(p, in))
	}
	return out, nil
}

func (s *Shop) product(p product, in scale) station.Product {
	out := station.Product{SKU: p.SKU, Name: p.Name, Origin: p.attribute("country_of_manufacture")}
	if p.Weight.float() > 0 && in.weight != "" {
		out.Mass, _ = unit.MassOf(string(p.Weight), in.weight) // one that is no number is unknown, which is 0
	}
	if in.currency != "" && p.Price.float() > 0 {
		out.Value = money(p.Price.float(), in.currency)
	}
	names := s.set["barcode"]
	if names == "" {
		names = barcodes
	}
	seen := map[string]bool{}
	for name := range strings.SplitSeq(names, ",") {
		if code := p.attribute(strings.TrimSpace(name)); code != "" && !seen[code] {
			seen[code] = true
			out.Barcodes = append(out.Barcodes, station.Barcode{Code: code, Factor: 1})
		}
	}
	return out
}

// measure asks once what weights and prices are in. A shop that does not let it be
// read leaves the weight to the setting and the price unknown.
func (s *Shop) measure(ctx context.Context) (scale, error) {
	s.mu.Lock()
	known := s.scale
	s.mu.Unlock()
	if known != nil {
		return *known, nil
	}
	in := scale{weight: s.set["weight"]}
	var stores []struct {
		Code     string `json:"code"`
		Weight   string `json:"weight_unit"`
		Currency string `json:"base_currency_code"`
	}
	_, err := s.ask(ctx, "/store/storeConfigs", &stores)
	switch {
	case errors.As(err, new(*shop.Denied)) || err != nil && shop.Hopeless(err):
		return in, nil // asked again the next time: the right may have been given
	case err != nil:
		return scale{}, err
	}
	for i, st := range stores {
		if i > 0 && st.Code != s.set["store"] {
			continue
		}
		in.currency = st.Currency
		if unit := map[string]string{"kgs": "kg", "lbs": "lb"}[st.Weight]; unit != "" && s.set["weight"] == "" {
			in.weight = unit
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scale = &in
	return in, nil
}
