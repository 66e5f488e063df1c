package sendcloud

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	named struct {
		Code string    `json:"code"`
		Name wire.Text `json:"name"`
	}
	money struct {
		Value    wire.Text `json:"value"`
		Currency string    `json:"currency"`
	}
	option struct {
		Code     string                     `json:"code"`
		Name     wire.Text                  `json:"name"`
		Carrier  named                      `json:"carrier"`
		Product  named                      `json:"product"`
		Has      map[string]json.RawMessage `json:"functionalities"`
		Contract struct {
			ID wire.Text `json:"id"`
		} `json:"contract"`
		Quotes []struct {
			Weight struct{ Min, Max weight } `json:"weight"`
			Price  struct {
				Breakdown []struct {
					Label wire.Text `json:"label"`
					Price money     `json:"price"`
				} `json:"breakdown"`
				Total money `json:"total"`
			} `json:"price"`
			Lead *int `json:"lead_time"` // hours
		} `json:"quotes"`
	}
	weight struct {
		Value wire.Text `json:"value"`
		Unit  string    `json:"unit"`
	}
)

func (o option) name() string {
	return wire.Clean(cmp.Or(string(o.Name), string(o.Product.Name), o.Code), 80)
}

func (o option) carrier() string {
	return cmp.Or(wire.Clean(string(o.Carrier.Name), 40), account.Named(account.Slug(o.Carrier.Code)))
}

// has reports whether an option has a function; what it is does not matter.
func (o option) has(function string) bool {
	switch value := string(bytes.TrimSpace(o.Has[function])); value {
	case "", "null", "false", `""`, "0":
		return false
	}
	return true
}

// checks reports whether somebody's age is checked at the door.
func (o option) checks(years int) bool {
	value := strings.Trim(string(o.Has["age_check"]), `" `)
	n, err := strconv.Atoi(value)
	return value == "true" || err == nil && n >= years
}

// mass reads a weight, if there is one.
func (w weight) mass() (unit.Mass, bool) {
	m, err := unit.MassOf(string(w.Value), strings.TrimSuffix(w.Unit, "s"))
	return m, err == nil
}

// point reports whether an option ends where the buyer fetches the parcel.
func (o option) point() bool {
	last := strings.Trim(string(o.Has["last_mile"]), `"`)
	return strings.Contains(last, "service_point") || strings.Contains(last, "locker")
}

func (c *Client) options(ctx context.Context, body object) ([]option, error) {
	var got struct {
		Data []option `json:"data"`
	}
	err := c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipping-options", Body: body, Asks: true}, &got)
	return got.Data, said(err)
}

// Quote asks for the options of a parcel and their prices.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	if s.Danger() {
		return account.Quotes{}, account.Unserved("dangerous goods are announced on Sendcloud's own page, with their papers")
	}
	place := func(a station.Address) object {
		o := address(a)
		for _, private := range []string{"name", "company_name", "email", "phone_number"} { // are not asked for
			delete(o, private)
		}
		return o
	}
	all, err := c.options(ctx, object{
		"from_address": place(s.From), "to_address": place(s.To), "parcels": []object{measures(s)}, "calculate_quotes": true,
	})
	if err != nil {
		return account.Quotes{}, err
	}
	var out account.Quotes
	for _, o := range all {
		slug := account.Slug(o.Carrier.Code)
		q, err := o.quote(s)
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: slug, Service: o.Code, Say: err.Error()})
			continue
		}
		out.Add(q)
	}
	return out, nil
}

// quote is the price of an option for a parcel.
func (o option) quote(s account.Shipment) (q account.Quote, err error) {
	switch {
	case o.Code == "" || o.Carrier.Code == "":
		return q, errors.New("it has no code")
	case o.point():
		return q, errors.New("it ends at a service point")
	case s.Extras.Signature && !o.has("signature"):
		return q, errors.New("nobody signs for it")
	case s.Extras.Adult > 0 && !o.checks(s.Extras.Adult):
		return q, errors.New("no age is checked at the door")
	}
	err = errors.New("no price is told by Sendcloud: it is one of your own contract")
	for _, one := range o.Quotes {
		if low, ok := one.Weight.Min.mass(); ok && s.Mass < low {
			continue
		}
		if high, ok := one.Weight.Max.mass(); ok && s.Mass > high {
			continue
		}
		var price unit.Money
		if price, err = account.Amount(string(one.Price.Total.Value), one.Price.Total.Currency); err != nil || q.Service != "" && price.Minor >= q.Price.Minor {
			continue
		}
		q = account.Quote{
			Service: o.Code, Name: o.name(), Carrier: account.Slug(o.Carrier.Code), CarrierName: o.carrier(), Price: price,
			Ask: map[string]string{"contract": string(o.Contract.ID)},
		}
		left := price.Minor
		for _, part := range one.Price.Breakdown {
			m, err := account.Amount(string(part.Price.Value), part.Price.Currency)
			if left -= m.Minor; err != nil || m.Currency != price.Currency {
				left = -1
				break
			}
			q.Parts = append(q.Parts, carrier.Term{Name: wire.Clean(string(part.Label), 60), Minor: m.Minor})
		}
		if left != 0 { // parts that do not add up explain nothing
			q.Parts = nil
		}
		if one.Lead != nil && *one.Lead > 0 {
			q.Days = min((*one.Lead+23)/24, 60)
		}
	}
	if q.Service == "" {
		return q, err
	}
	return q, nil
}
