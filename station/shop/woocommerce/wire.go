package woocommerce

import (
	"bytes"
	"encoding/json"
	"time"

	"packbench/station/web/wire"
)

type (
	text  = wire.Text
	ident = wire.ID
)

// The shapes of the shop's answers. PHP gives a number as a text, an empty object as an
// empty list and nothing as false, as its plug-ins like: all of these are read.

// meta is one of the entries that plug-ins hang on everything.
type meta struct {
	Key   text
	Value json.RawMessage
}

type metas []meta

func (m *metas) UnmarshalJSON(data []byte) error {
	var list []meta
	if json.Unmarshal(data, &list) == nil {
		*m = list
	}
	return nil
}

// word returns the text of an entry, "" where there is none.
func (m metas) word(keys ...string) string {
	for _, k := range keys {
		for _, e := range m {
			var t text
			if string(e.Key) == k && t.UnmarshalJSON(e.Value) == nil && t != "" {
				return wire.Clean(string(t), 200)
			}
		}
	}
	return ""
}

type place struct {
	First    text `json:"first_name"`
	Last     text `json:"last_name"`
	Company  text
	Street   text `json:"address_1"`
	Street2  text `json:"address_2"`
	City     text
	State    text
	Postcode text
	Country  text
	Email    text
	Phone    text
}

func (p *place) UnmarshalJSON(data []byte) error {
	type plain place
	if data = bytes.TrimSpace(data); len(data) > 0 && data[0] != '{' {
		*p = place{}
		return nil
	}
	return json.Unmarshal(data, (*plain)(p))
}

type item struct {
	ID        ident
	Name      text
	Product   ident `json:"product_id"`
	Variation ident `json:"variation_id"`
	Quantity  text
	SKU       text
	Total     text
	Subtotal  text  // before coupons; taxes beside it
	SubTax    text  `json:"subtotal_tax"`
	Meta      metas `json:"meta_data"`
	// Bundles and Composite Products name the lines of a set.
	BundledBy text `json:"bundled_by"`
	Composite text `json:"composite_parent"`
}

type order struct {
	ID       ident
	Number   text
	Status   text
	Currency text
	Created  text `json:"date_created_gmt"`
	Total    text
	// What the total is made of, all without tax.
	Discount    text `json:"discount_total"`
	DiscountTax text `json:"discount_tax"`
	Carriage    text `json:"shipping_total"`
	CarriageTax text `json:"shipping_tax"`
	Tax         text `json:"total_tax"`
	Within      bool `json:"prices_include_tax"`
	PaidAt      text `json:"date_paid_gmt"`

	Note     text `json:"customer_note"`
	Billing  place
	Shipping place
	Meta     metas  `json:"meta_data"`
	Items    []item `json:"line_items"`
	Services []struct {
		Method text `json:"method_id"`
		Title  text `json:"method_title"`
	} `json:"shipping_lines"`
	Refunds []struct{ ID ident }
}

type refund struct {
	ID      ident
	Created text `json:"date_created_gmt"`
	Amount  text
	Reason  text
	Items   []item `json:"line_items"`
}

// when reads a time without a zone, which the shop gives in UTC; zero for none.
func when(t text) time.Time {
	for _, form := range []string{"2006-01-02T15:04:05", time.RFC3339, time.DateTime, time.DateOnly} {
		if at, err := time.Parse(form, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
