package usps

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// What prices a shop's own carton goes by: one piece, by size, cubic, oversized and by
// express, as a parcel, which goes in where the shop is or, abroad, at the centre where it
// leaves the country. The others are of USPS's own boxes, of large envelopes, or of whole
// pallets.
var (
	own     = []wire.Text{"SP", "DR", "CP", "OS", "PA"}
	parcels = []wire.Text{"MACHINABLE", "NONSTANDARD", "NON_MACHINABLE", "IRREGULAR"}
	entries = []wire.Text{"NONE", "INTERNATIONAL_SERVICE_CENTER"}
)

type (
	option struct {
		Commitment struct {
			Name       wire.Text `json:"name"`
			Scheduled  wire.Text `json:"scheduleDeliveryDate"`
			Guaranteed bool      `json:"guaranteedDelivery"`
		} `json:"commitment"`
		Total  wire.Text `json:"totalPrice"`
		Base   wire.Text `json:"totalBasePrice"`
		Rates  []rate    `json:"rates"`
		Extras []extra   `json:"extraServices"`
	}
	rate struct {
		Class    wire.Text `json:"mailClass"`
		Category wire.Text `json:"processingCategory"`
		Kind     wire.Text `json:"rateIndicator"`
		Entry    wire.Text `json:"destinationEntryFacilityType"`
	}
	extra struct {
		Code  wire.Text `json:"extraService"`
		Price wire.Text `json:"price"`
	}
)

// extras are USPS's numbers of the services beside the way.
func extras(s account.Shipment) (out []int) {
	switch {
	case s.Extras.Adult > 0:
		out = append(out, 922)
	case s.Extras.Signature:
		out = append(out, 921)
	}
	switch n := s.Extras.Insure.Minor; {
	case n > 500_00:
		out = append(out, 931)
	case n > 0:
		out = append(out, 930)
	}
	return out
}

// parcel describes a parcel, as prices and labels are asked for alike.
func (c *Client) parcel(s account.Shipment) (object, error) {
	no := func(why account.Why, field, say string) (object, error) {
		return nil, &account.Refused{Why: why, Field: field, Say: say}
	}
	for _, g := range s.Goods {
		if g.Danger != "" {
			return nil, account.Unserved("dangerous goods are not sent by this account")
		}
	}
	day := max(s.Day.Format(time.DateOnly), c.clock().In(c.zone).Format(time.DateOnly))
	switch {
	case s.From.Country != "US" && s.From.Country != "PR":
		return no(account.NotSet, "", "USPS takes parcels from the United States only, and the sender is elsewhere")
	case away(s) && (s.Extras.Signature || s.Extras.Adult > 0):
		return no(account.NoService, "", "USPS sells no signature on delivery abroad")
	case s.Test && !c.samples:
		return no(account.NotSet, "", "USPS prints samples only at "+Samples)
	case s.Size.IsZero():
		return no(account.BadParcel, "size", "USPS wants to know the size of the carton")
	case s.Extras.Insure.Minor > 0 && s.Extras.Insure.Currency != "USD":
		return no(account.BadParcel, "", "USPS insures dollars only")
	case day > c.clock().In(c.zone).AddDate(0, 0, 7).Format(time.DateOnly):
		return no(account.NoService, "", "USPS takes parcels of at most seven days from now")
	}
	sides := []unit.Length{s.Size.Length, s.Size.Width, s.Size.Depth}
	slices.Sort(sides)
	p := object{
		"weight": account.Pounds(s.Mass, 4), "length": account.Inches(sides[2], 2), "width": account.Inches(sides[1], 2), "height": account.Inches(sides[0], 2),
		"mailingDate": day,
	}
	if e := extras(s); len(e) > 0 {
		p["extraServices"] = e
	}
	return p, nil
}

func parties(s account.Shipment) (from, to object, err error) {
	if from, err = address(s.From); err != nil {
		return nil, nil, account.Sender(err)
	}
	if away(s) {
		to, err = foreign(s.To)
	} else {
		to, err = address(s.To)
	}
	return from, to, err
}

func zip(a station.Address) string { return a.Postcode[:min(len(a.Postcode), 5)] }

// question is what prices are asked for with: all mail classes at once.
func (c *Client) question(s account.Shipment) (object, error) {
	parcel, err := c.parcel(s)
	if err != nil {
		return nil, err
	}
	if _, _, err := parties(s); err != nil {
		return nil, err
	}
	if _, err := customs(s); err != nil {
		return nil, err // the label would not be sold
	}
	if s.Extras.Insure.Minor > 0 {
		parcel["packageValue"] = account.Decimal(s.Extras.Insure)
	}
	kind := cmp.Or(c.set[Prices], "COMMERCIAL")
	pricing := object{"priceType": kind}
	if kind == "CONTRACT" {
		pricing["paymentAccount"] = object{"accountType": c.accountType(), "accountNumber": c.set[Account]}
	}
	body := object{"originZIPCode": zip(s.From), "packageDescription": parcel, "pricingOptions": []object{pricing}}
	if !away(s) {
		parcel["mailClass"], body["destinationZIPCode"], body["destinationEntryFacilityType"] = "ALL_OUTBOUND", zip(s.To), "NONE"
		return body, nil
	}
	parcel["mailClass"], body["destinationCountryCode"] = "ALL", s.To.Country
	if s.To.Postcode != "" {
		body["foreignPostalCode"] = s.To.Postcode
	}
	return body, nil
}

// Quote asks for prices.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	body, err := c.question(s)
	if err != nil {
		return account.Quotes{}, err
	}
	from, err := sender(s)
	if err != nil {
		return account.Quotes{}, err
	}
	var got struct {
		Pricing []struct {
			Options []struct {
				Class wire.Text `json:"mailClass"`
				Rates []option  `json:"rateOptions"`
			} `json:"shippingOptions"`
		} `json:"pricingOptions"`
	}
	if err = c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments/v3/options/search", Asks: true, Body: body}, &got); err != nil {
		return account.Quotes{}, said(err)
	}
	var out account.Quotes
	for _, p := range got.Pricing {
		for _, o := range p.Options {
			name, sold := named(string(o.Class))
			if !sold {
				continue
			}
			q := best(o.Rates, extras(s), c.zone)
			why := small(string(o.Class), s)
			if why == "" && q.Price.Minor <= 0 {
				why = "it has no price for a carton of one's own with what is wanted"
			}
			if why != "" {
				out.Notes = append(out.Notes, account.Note{Carrier: "usps", Service: name, Say: why})
				continue
			}
			if q.Service, q.Name, q.Ask["from"] = string(o.Class), name, from; papers(s) {
				q.Ask["forms"] = "yes" // the label will have them
			}
			out.Quotes = append(out.Quotes, q)
		}
	}
	if len(out.Quotes)+len(out.Notes) == 0 {
		out.Notes = []account.Note{{Carrier: "usps", Say: "USPS has no service for this parcel"}}
	}
	return out, nil
}

// best is the cheapest way in which a class takes a carton of one's own, with all the
// services that are wanted. What makes its price goes on into the label, which would cost
// something else without it.
func best(options []option, wanted []int, zone *time.Location) (found account.Quote) {
	for _, o := range options {
		if len(o.Rates) != 1 {
			continue
		}
		r := o.Rates[0]
		total := o.Base
		if len(wanted) > 0 {
			total = o.Total
		}
		price, err := account.Amount(string(total), "USD")
		switch {
		case err != nil || price.Minor <= 0:
			continue
		case !slices.Contains(own, r.Kind) || !slices.Contains(parcels, r.Category) || !slices.Contains(entries, r.Entry):
			continue
		case found.Price.Minor > 0 && found.Price.Minor <= price.Minor:
			continue
		case slices.ContainsFunc(wanted, func(code int) bool {
			return !slices.ContainsFunc(o.Extras, func(e extra) bool { return string(e.Code) == strconv.Itoa(code) })
		}):
			continue
		}
		found = account.Quote{
			Carrier: "usps", CarrierName: "USPS", Price: price, Surely: o.Commitment.Guaranteed,
			Ask: map[string]string{"rate": string(r.Kind), "category": string(r.Category), "entry": string(r.Entry)},
		}
		days, _, _ := strings.Cut(string(o.Commitment.Name), " ") // "2 Days"
		if n, err := strconv.Atoi(days); err == nil && n > 0 && n < 100 {
			found.Days = n
		}
		if t, err := time.ParseInLocation(time.DateOnly, string(o.Commitment.Scheduled), zone); err == nil {
			found.Arrives = t
		}
	}
	return found
}
