package woocommerce

import (
	"bytes"
	"encoding/json"
	"errors"
	"html"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"packbench/station/unit"
)

// The shapes of the shop's answers. PHP gives a number as a text, an empty object as an
// empty list and nothing as false, as its plug-ins like: all of these are read.

// text is a word, a number or nothing.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0, string(data) == "null", string(data) == "false", data[0] == '[', data[0] == '{':
		*t = ""
		return nil
	case data[0] == '"':
		var s string
		err := json.Unmarshal(data, &s)
		*t = text(s)
		return err
	}
	*t = text(data)
	return nil
}

// ident is the number of a row in the shop, 0 for none.
type ident int64

func (n *ident) UnmarshalJSON(data []byte) error {
	var t text
	if err := t.UnmarshalJSON(data); err != nil {
		return err
	}
	v, err := strconv.ParseInt(string(t), 10, 64)
	if err != nil {
		v = 0
	}
	*n = ident(v)
	return nil
}

func (n ident) String() string { return strconv.FormatInt(int64(n), 10) }

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
				return clean(string(t), 200)
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

// whole reads a number of units: "2", 2, "2.0" and "-1", nothing that has a part.
func whole(t text) (int, error) {
	n, err := strconv.ParseFloat(strings.TrimSpace(string(t)), 64)
	switch {
	case err != nil || math.IsNaN(n):
		return 0, errors.New("a quantity is not a number")
	case math.Abs(n) > mostUnits:
		return 0, errors.New("a quantity is far too large")
	case n != math.Trunc(n):
		return 0, errors.New("a quantity is not a whole number of pieces")
	}
	return int(n), nil
}

// mostUnits is how many units a line may have.
const mostUnits = 1_000_000

// when reads a time without a zone, which the shop gives in UTC; zero for none.
func when(t text) time.Time {
	for _, form := range []string{"2006-01-02T15:04:05", time.RFC3339, time.DateTime, time.DateOnly} {
		if at, err := time.Parse(form, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// clean makes a line of a text: no entities, no control characters, not too long.
func clean(s string, most int) string {
	if strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most])
	}
	return s
}

// money reads an amount, zero where it is none.
func money(amount, currency text) unit.Money {
	if amount == "" {
		return unit.Money{}
	}
	m, err := unit.ParseMoney(string(amount), string(currency))
	if err != nil {
		return unit.Money{}
	}
	return m
}
