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

// own are the prices of a shop's own carton: one piece, by size, cubic, oversized and by
// express. The others are of USPS's own boxes, or of whole pallets.
var own = []wire.Text{"SP", "DR", "CP", "OS", "PA"}

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
func extras(s account.Shipment) (out []string) {
	switch {
	case s.Extras.Adult > 0:
		out = append(out, "922")
	case s.Extras.Signature:
		out = append(out, "921")
	}
	switch n := s.Extras.Insure.Minor; {
	case n > 500_00:
		out = append(out, "931")
	case n > 0:
		out = append(out, "930")
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
	case !national(s.From):
		return no(account.NotSet, "", "USPS takes parcels from the United States only, and the sender is elsewhere")
	case s.Border || !national(s.To):
		return nil, account.Unserved("this account sends within the United States only, without papers for customs")
	case s.To.Country == "US" && slices.Contains([]string{"AA", "AE", "AP"}, s.To.Region):
		return nil, account.Unserved("this account sends nothing to bases of the armed forces, which needs papers for customs")
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

// national are the places that domestic mail goes to without papers.
func national(a station.Address) bool { return a.Country == "US" || a.Country == "PR" }

func parties(s account.Shipment) (from, to object, err error) {
	if from, err = address(s.From); err != nil {
		return nil, nil, account.Sender(err)
	}
	to, err = address(s.To)
	return from, to, err
}

func zip(a station.Address) string { return a.Postcode[:min(len(a.Postcode), 5)] }

// Quote asks for the prices of all mail classes at once.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	parcel, err := c.parcel(s)
	if err != nil {
		return account.Quotes{}, err
	}
	if _, _, err := parties(s); err != nil {
		return account.Quotes{}, err
	}
	parcel["mailClass"] = "ALL_OUTBOUND"
	if s.Extras.Insure.Minor > 0 {
		parcel["packageValue"] = account.Decimal(s.Extras.Insure)
	}
	kind := cmp.Or(c.set[Prices], "COMMERCIAL")
	pricing := object{"priceType": kind}
	if kind == "CONTRACT" {
		pricing["paymentAccount"] = object{"accountType": c.accountType(), "accountNumber": c.set[Account]}
	}
	var got struct {
		Pricing []struct {
			Options []struct {
				Class wire.Text `json:"mailClass"`
				Rates []option  `json:"rateOptions"`
			} `json:"shippingOptions"`
		} `json:"pricingOptions"`
	}
	err = c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/shipments/v3/options/search", Asks: true,
		Body: object{
			"originZIPCode": zip(s.From), "destinationZIPCode": zip(s.To), "destinationEntryFacilityType": "NONE",
			"packageDescription": parcel, "pricingOptions": []object{pricing},
		},
	}, &got)
	if err != nil {
		return account.Quotes{}, said(err)
	}
	var out account.Quotes
	for _, p := range got.Pricing {
		for _, o := range p.Options {
			name, sold := named(string(o.Class))
			if !sold {
				continue
			}
			if q := best(o.Rates, extras(s), c.zone); q.Price.Minor > 0 {
				q.Service, q.Name = string(o.Class), name
				out.Quotes = append(out.Quotes, q)
			} else {
				out.Notes = append(out.Notes, account.Note{Carrier: "usps", Service: name, Say: "it has no price for a carton of one's own with what is wanted"})
			}
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
func best(options []option, wanted []string, zone *time.Location) (found account.Quote) {
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
		case err != nil || price.Minor <= 0 || !slices.Contains(own, r.Kind) || r.Entry != "NONE":
			continue
		case found.Price.Minor > 0 && found.Price.Minor <= price.Minor:
			continue
		case slices.ContainsFunc(wanted, func(code string) bool {
			return !slices.ContainsFunc(o.Extras, func(e extra) bool { return string(e.Code) == code })
		}):
			continue
		}
		found = account.Quote{
			Carrier: "usps", CarrierName: "USPS", Price: price, Surely: o.Commitment.Guaranteed,
			Ask: map[string]string{"rate": string(r.Kind), "category": string(r.Category)},
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

// address is one as labels have it. What is too long is refused.
func address(a station.Address) (object, error) {
	a = account.Visible(a)
	if a.Country == "PR" {
		a.Region = "PR"
	}
	digits := account.Digits(a.Postcode, "")
	if len(digits) != 5 && len(digits) != 9 {
		return nil, &account.Refused{Why: account.BadAddress, Field: "postcode", Say: "a ZIP code has five digits, or nine"}
	}
	lines, err := account.Lines(a, 2, 50)
	if err != nil {
		return nil, err
	}
	first, last := "", ""
	if i := strings.LastIndexByte(a.Name, ' '); i > 0 {
		first, last = a.Name[:i], a.Name[i+1:]
	} else if a.Company == "" {
		a.Company = a.Name // a name of one word is taken as a firm's only
	}
	phone := account.Digits(a.Phone, a.Country)
	if len(phone) != 10 {
		phone = "" // labels do not need one, and take no other
	}
	if a.Company == "" && last == "" {
		return nil, &account.Refused{Why: account.BadAddress, Field: "name", Say: "the name is missing"}
	}
	err = account.Fits(
		account.Field{Name: "company", Text: a.Company, Most: 50},
		account.Field{Name: "name", Text: first, Most: 50},
		account.Field{Name: "name", Text: last, Most: 50},
		account.Field{Name: "city", Text: a.City, Most: 28, Needed: true},
		account.Field{Name: "region", Text: a.Region, Most: 2, Needed: true},
	)
	if err != nil {
		return nil, err
	}
	out := object{"streetAddress": lines[0], "city": a.City, "state": a.Region, "ZIPCode": digits[:5]}
	for key, text := range map[string]string{"firm": a.Company, "firstName": first, "lastName": last, "ZIPPlus4": digits[5:], "phone": phone} {
		if text != "" {
			out[key] = text
		}
	}
	if len(lines) > 1 {
		out["secondaryAddress"] = lines[1]
	}
	return out, nil
}
