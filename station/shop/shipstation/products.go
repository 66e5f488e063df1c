package shipstation

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/unit"
	"packbench/station/web"
)

// catalogue is a cursor of products. The list is read from the newest change on, so
// that a product which changes meanwhile pushes others to later pages: they come
// twice, and none is skipped. It is read from the front again next time.
type catalogue struct {
	High string `json:"high,omitempty"` // all is read up to here
	Top  string `json:"top,omitempty"`  // the newest change that this reading saw
	Page int    `json:"page,omitempty"`
}

type product struct {
	SKU        string
	Fulfilment string `json:"fulfillmentSku"`
	Name       string
	ModifyDate string
	Price      json.Number
	WeightOz   json.Number
	Tariff     string `json:"customsTariffNo"`
	Origin     string `json:"customsCountryCode"`
	Customs    string `json:"customsDescription"`
	Aliases    []struct{ Name string }
}

// Products returns products that changed, the newest first. Sizes are left out: the
// list does not say their unit. ShipStation has no field for a barcode: many keep it as
// the fulfilment SKU, and one that looks like a GTIN is read as one.
func (s *Shop) Products(ctx context.Context, since shop.Cursor) (shop.Products, error) {
	var c catalogue
	_ = json.Unmarshal([]byte(since), &c)
	q := url.Values{"sortBy": {"ModifyDate"}, "sortDir": {"DESC"}, "pageSize": {strconv.Itoa(mostOfPage)}, "page": {strconv.Itoa(max(c.Page, 1))}}
	var got struct {
		Products []json.RawMessage
		Pages    int
	}
	if _, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/products", Query: q}, "products", &got); err != nil {
		return shop.Products{}, err
	}
	var out shop.Products
	old := false
	for _, raw := range got.Products {
		var in product
		if json.Unmarshal(raw, &in) != nil || strings.TrimSpace(in.SKU) == "" {
			continue // a draft without SKU can be in no order
		}
		at := hands(in.ModifyDate)
		if text := at.Format(wall); !at.IsZero() && text > c.Top {
			c.Top = text
		}
		if c.High != "" && !at.IsZero() && at.Before(hands(c.High).Add(-overlap)) {
			old = true
			continue
		}
		out.Products = append(out.Products, in.product(s))
	}
	out.More = !old && max(c.Page, 1) < got.Pages && len(got.Products) > 0
	if out.More {
		c.Page = max(c.Page, 1) + 1
	} else {
		c = catalogue{High: max(c.High, c.Top)}
		if now := handsOf(s.clock()).Add(time.Hour).Format(wall); c.High > now {
			c.High = now
		}
	}
	text, _ := json.Marshal(c)
	out.Next = shop.Cursor(text)
	return out, nil
}

func (in product) product(s *Shop) station.Product {
	p := station.Product{SKU: strings.TrimSpace(in.SKU), Name: station.OneLine(in.Name, 200), Value: s.money(in.Price), HSCode: digits(in.Tariff), Customs: station.OneLine(in.Customs, 200)}
	if code := strings.ToUpper(strings.TrimSpace(in.Origin)); len(code) == 2 {
		p.Origin = code
	}
	if m, err := unit.MassOf(in.WeightOz.String(), "oz"); err == nil && m > 0 {
		p.Mass = m
	}
	if code := strings.TrimSpace(in.Fulfilment); len(code) >= 12 && len(code) <= 14 && strings.Trim(code, "0123456789") == "" {
		p.Barcodes = append(p.Barcodes, station.Barcode{Code: code, Factor: 1}) // what is not a GTIN is another warehouse's own number
	}
	for _, a := range in.Aliases {
		if name := strings.TrimSpace(a.Name); name != "" {
			p.Aliases = append(p.Aliases, name)
		}
	}
	return p
}

// digits is a customs number without its dots.
func digits(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == '.' || r == ' ' {
			return -1
		}
		return r
	}, text)
	if strings.Trim(text, "0123456789") != "" || len(text) < 6 || len(text) > 10 {
		return ""
	}
	return text
}
