package royalmail

import (
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// formats are Royal Mail's, from the smallest: three sides in millimetres, the longest
// first, and grams.
var formats = []struct {
	name  string
	sides [3]int
	grams int
}{
	{"letter", [3]int{240, 165, 5}, 100},
	{"largeLetter", [3]int{353, 250, 25}, 750},
	{"smallParcel", [3]int{450, 350, 160}, 2000},
	{"mediumParcel", [3]int{610, 460, 460}, 20000},
}

func millimetres(l unit.Length) int { return int((l + unit.Millimetre - 1) / unit.Millimetre) }

// format is the smallest that a parcel fits; one whose size is not known is a parcel.
func format(s account.Shipment) string {
	sides := []int{millimetres(s.Size.Length), millimetres(s.Size.Width), millimetres(s.Size.Depth)}
	slices.Sort(sides)
	slices.Reverse(sides)
	for _, f := range formats {
		if !s.Size.IsZero() && sides[0] <= f.sides[0] && sides[1] <= f.sides[1] && sides[2] <= f.sides[2] && account.Grams(s.Mass) <= f.grams {
			return f.name
		}
	}
	return "parcel"
}

// item is the order that is made.
func (c *Client) item(s account.Shipment, q account.Quote) (object, error) {
	a := s.To
	err := account.Fits(
		account.Field{Name: "name", Text: a.Name + a.Company, Needed: true}, account.Field{Name: "name", Text: a.Name, Most: 210},
		account.Field{Name: "company", Text: a.Company, Most: 100}, account.Field{Name: "street", Text: a.Street, Most: 100, Needed: true},
		account.Field{Name: "second line of the street", Text: a.Street2, Most: 100}, account.Field{Name: "city", Text: a.City, Most: 100, Needed: true},
		account.Field{Name: "county", Text: a.Region, Most: 100}, account.Field{Name: "postcode", Text: a.Postcode, Most: 20},
		account.Field{Name: "country", Text: a.Country, Needed: true}, account.Field{Name: "phone", Text: a.Phone, Most: 25},
		account.Field{Name: "mail address", Text: a.Email, Most: 254},
	)
	if err != nil {
		return nil, err
	}
	to := some(object{
		"fullName": cmp.Or(a.Name, a.Company), "companyName": a.Company, "addressLine1": a.Street, "addressLine2": a.Street2, "city": a.City, "county": a.Region,
		"postcode": a.Postcode, "countryCode": a.Country,
	})
	box := object{"weightInGrams": account.Grams(s.Mass), "packageFormatIdentifier": format(s)}
	if !s.Size.IsZero() {
		box["dimensions"] = object{"heightInMms": millimetres(s.Size.Depth), "widthInMms": millimetres(s.Size.Width), "depthInMms": millimetres(s.Size.Length)}
	}
	code, register, _ := strings.Cut(q.Service, ":")
	postage := some(object{"serviceCode": code, "serviceRegisterCode": register, "carrierName": c.carrier})
	if s.Extras.Signature {
		postage["requestSignatureUponDelivery"] = true
	}
	value := s.Value
	if value.Currency == "" {
		value.Currency = "GBP"
	}
	one := object{
		"orderReference": s.Ref, "recipient": some(object{"address": to, "phoneNumber": a.Phone, "emailAddress": a.Email}), "packages": []object{box},
		"orderDate": c.clock().UTC().Format(time.RFC3339), "plannedDespatchDate": s.Day.UTC().Format(time.RFC3339), "currencyCode": value.Currency,
		"subtotal": account.Decimal(value), "shippingCostCharged": account.Decimal(unit.Money{Currency: value.Currency}), "total": account.Decimal(value),
		"postageDetails": postage, "label": object{"includeLabelInResponse": true, "includeCN": s.Border, "includeReturnsLabel": false},
	}
	if s.Border {
		return one, c.customs(s, value, one, box, postage)
	}
	return one, nil
}

// some leaves out what is empty.
func some(o object) object {
	for key, value := range o {
		if value == "" {
			delete(o, key)
		}
	}
	return o
}

var categories = map[string]string{
	"": "eCommerceSaleOfGoods", "merchandise": "eCommerceSaleOfGoods", "gift": "gift", "documents": "documents", "sample": "commercialSample", "returned": "returnedGoods",
}

// customs adds what is in a parcel that leaves the country.
func (c *Client) customs(s account.Shipment, value unit.Money, one, box, postage object) error {
	no := func(say string) error { return &account.Refused{Why: account.NoCustoms, Say: say} }
	category := categories[s.Export.Contents]
	charges, err := account.Amount(c.charges, value.Currency)
	switch {
	case category == "":
		return no("Royal Mail has no word for contents of the kind " + s.Export.Contents)
	case c.charges == "":
		return no("customs want to know what buyers pay for the way: enter it in the settings of the account")
	case err != nil:
		return no(err.Error())
	case len(s.Goods) == 0:
		return no("it is not known what is in the parcel")
	case len(s.Export.Invoice) > 35 || len(s.Export.IOSS) > 50:
		return no("the number of the invoice or of the tax is too long")
	}
	var contents []object
	for _, g := range s.Goods {
		switch {
		case g.Value.Currency != value.Currency:
			return no("the goods have values in more than one currency")
		case g.Name == "" || utf8.RuneCountInString(g.Name) > 50:
			return no("the description of " + g.SKU + " is missing, or longer than 50 characters")
		case len(g.HS) > 10:
			return no("the tariff number of " + g.SKU + " has more than 10 digits")
		}
		contents = append(contents, some(object{
			"name": g.Name, "quantity": g.Qty, "unitValue": account.Decimal(g.Value), "unitWeightInGrams": account.Grams(g.Mass), "customsDescription": g.Name,
			"customsCode": g.HS, "originCountryCode": g.Origin, "customsDeclarationCategory": category,
		}))
	}
	box["contents"] = contents
	terms := map[string]string{"": "DDU_DAP", "DAP": "DDU_DAP", "DDP": "DDP"}[s.Export.Terms]
	if s.Export.IOSS != "" {
		terms = map[string]string{"DDU_DAP": "IOSS_DDU", "DDP": "IOSS_DDP"}[terms]
		postage["IOSSNumber"] = s.Export.IOSS
	}
	if terms == "" {
		return no("Royal Mail does not know the terms " + s.Export.Terms)
	}
	if s.Export.Invoice != "" {
		postage["commercialInvoiceNumber"] = s.Export.Invoice
	}
	one["deliveryTerm"], one["shippingCostCharged"] = terms, account.Decimal(charges)
	one["total"] = account.Decimal(unit.Money{Minor: value.Minor + charges.Minor, Currency: value.Currency})
	return nil
}

// Buy makes an order with its label, one in a call: Click & Drop gives no more labels
// than one with an answer.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	if s.Test {
		return account.Purchase{}, &account.Refused{Why: account.NotSet, Say: "Royal Mail has no samples: switch them off for this account"}
	}
	one, err := c.item(s, q)
	if err != nil {
		return account.Purchase{}, err
	}
	var got struct {
		Created []order `json:"createdOrders"`
		Failed  []struct {
			Errors []failure `json:"errors"`
		} `json:"failedOrders"`
	}
	if err := c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/orders", Body: object{"items": []object{one}}, Once: true}, &got); err != nil {
		return account.Purchase{}, said(err)
	}
	switch {
	case len(got.Created) == 0 && len(got.Failed) == 1 && len(got.Failed[0].Errors) > 0:
		return account.Purchase{}, refused(got.Failed[0].Errors)
	case len(got.Created) != 1 || string(got.Created[0].Ref) != s.Ref || got.Created[0].ID == "":
		return account.Purchase{}, errors.New("the answer of Royal Mail has not the one order that was made")
	}
	made := got.Created[0]
	if made.Label == "" && len(made.NoLabel) > 0 {
		if err := c.remove(ctx, made); err != nil {
			return account.Purchase{}, fmt.Errorf("an order was made without its label, and is not deleted: %v", err)
		}
		return account.Purchase{}, refused(made.NoLabel)
	}
	return c.purchase(ctx, made, s.Border)
}

// purchase is an order with its label.
func (c *Client) purchase(ctx context.Context, o order, customs bool) (account.Purchase, error) {
	p := account.Purchase{ID: string(o.ID), Tracking: o.number(), Carrier: slug}
	if p.Tracking == "" { // a service that nobody tracks
		p.Tracking = "CD" + p.ID
		p.Warnings = append(p.Warnings, "the service has no tracking number: CD and the number of the order at Click & Drop stand for it")
	}
	data, err := base64.StdEncoding.DecodeString(o.Label)
	if err != nil || !bytes.HasPrefix(data, []byte("%PDF")) {
		query := url.Values{"documentType": {"postageLabel"}, "includeReturnsLabel": {"false"}, "includeCN": {fmt.Sprint(customs)}}
		a, err := c.ask.Send(ctx, web.Request{Path: "/orders/" + url.PathEscape(p.ID) + "/label", Query: query, Header: http.Header{"Accept": {"application/pdf"}}})
		if err == nil && !bytes.HasPrefix(a.Body, []byte("%PDF")) {
			err = errors.New("the file is none")
		}
		if err != nil {
			return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
		}
		data = a.Body
	}
	p.Papers = []account.Paper{{Kind: "label", Type: "application/pdf", Data: data}}
	return p, nil
}

// find returns the orders that have one of some ids or, in quotation marks, references.
func (c *Client) find(ctx context.Context, names ...string) ([]order, error) {
	var list []order
	for i, n := range names {
		names[i] = url.PathEscape(n)
	}
	err := c.ask.JSON(ctx, web.Request{Path: "/orders/" + strings.Join(names, ";")}, &list)
	var failed *web.Status
	if errors.As(err, &failed) && failed.Status == http.StatusNotFound {
		return nil, nil
	}
	return list, said(err)
}

// Recover looks for the order of the reference. One that has no label, and gets none any
// more, is deleted.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	list, err := c.find(ctx, `"`+a.Ref+`"`)
	if err != nil {
		return account.Recovered{}, err
	}
	for _, o := range list {
		if string(o.Ref) != a.Ref || o.ID == "" {
			return account.Recovered{}, errors.New("the answer of Royal Mail is about another order")
		}
		if o.labelled() {
			p, err := c.purchase(ctx, o, a.Quote.Ask[border] != "")
			return account.Recovered{Found: account.Bought, Purchase: p}, err
		}
	}
	if len(list) > 0 && c.clock().Sub(a.Since) < c.Can().Lag {
		return account.Recovered{Found: account.Pending}, nil
	}
	for _, o := range list {
		if err := c.remove(ctx, o); err != nil {
			return account.Recovered{}, err
		}
	}
	return account.Recovered{Found: account.Nothing}, nil
}

// remove deletes an order; one that is not there is no error.
func (c *Client) remove(ctx context.Context, o order) error {
	var got struct {
		Deleted []order   `json:"deletedOrders"`
		Errors  []failure `json:"errors"`
	}
	err := c.buy.JSON(ctx, web.Request{Method: http.MethodDelete, Path: "/orders/" + url.PathEscape(string(o.ID)), Once: true}, &got)
	var failed *web.Status
	switch {
	case errors.As(err, &failed) && failed.Status == http.StatusNotFound:
		return nil
	case err != nil:
		return said(err)
	case len(got.Deleted) == 1 && got.Deleted[0].ID == o.ID:
		return nil
	case len(got.Errors) > 0 && strings.Contains(strings.ToLower(string(got.Errors[0].Code)), "notfound"):
		return nil
	case len(got.Errors) > 0:
		no := refused(got.Errors)
		no.Why = account.TooLate
		return no
	}
	return errors.New("the answer of Royal Mail does not say what was deleted")
}

// Void deletes an order and with it its label.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	if p.ID == "" {
		return "", &account.Refused{Why: account.Other, Say: "it is not known which order it is"}
	}
	if err := c.remove(ctx, order{ID: wire.Text(p.ID)}); err != nil {
		return "", err
	}
	return account.RefundDone, nil
}

const mostFound = 100 // orders in one question

// Manifest closes out all labels of the account, and says which of the parcels are not on
// a manifest then. Where all are on one already nothing is closed out.
func (c *Client) Manifest(ctx context.Context, _ string, _ time.Time, parcels []account.Purchase) (account.Manifest, error) {
	open, err := c.open(ctx, parcels)
	if err != nil || len(open) == 0 {
		return account.Manifest{}, err
	}
	var made struct {
		Number wire.Text `json:"manifestNumber"`
		PDF    string    `json:"documentPdf"`
	}
	body := some(object{"carrierName": c.carrier})
	if err := c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/manifests", Body: body, Once: true}, &made); err != nil {
		return account.Manifest{}, manifestSaid(err)
	}
	if made.PDF == "" && made.Number != "" { // it comes later
		if err := c.ask.JSON(ctx, web.Request{Path: "/manifests/" + url.PathEscape(string(made.Number))}, &made); err != nil {
			made.PDF = ""
		}
	}
	m := account.Manifest{ID: string(made.Number)}
	if m.ID == "" {
		return m, errors.New("the answer of Royal Mail has no number of a manifest")
	}
	data, err := base64.StdEncoding.DecodeString(made.PDF)
	if m.Pending = err != nil || !bytes.HasPrefix(data, []byte("%PDF")); !m.Pending {
		m.Papers = []account.Paper{{Kind: "manifest", Type: "application/pdf", Data: data}}
	}
	m.Unknown, err = c.open(ctx, parcels)
	return m, err
}

// manifestSaid is a no to a manifest, whose errors have a shape of their own.
func manifestSaid(err error) error {
	var failed *web.Status
	var body struct {
		Errors []struct {
			Description wire.Text `json:"description"`
		} `json:"errors"`
	}
	if !errors.As(err, &failed) || failed.Status != http.StatusBadRequest || web.Read(failed.Answer, &body, true) != nil || len(body.Errors) == 0 {
		return err
	}
	return &account.Refused{Why: account.Other, Say: wire.Clean(string(body.Errors[0].Description), 200)}
}

// open are the tracking numbers of parcels that stand on no manifest.
func (c *Client) open(ctx context.Context, parcels []account.Purchase) (open []string, err error) {
	for some := range slices.Chunk(parcels, mostFound) {
		names := []string{}
		for _, p := range some {
			names = append(names, p.ID)
		}
		list, err := c.find(ctx, names...)
		if err != nil {
			return nil, err
		}
		for _, p := range some {
			i := slices.IndexFunc(list, func(o order) bool { return string(o.ID) == p.ID })
			if i < 0 || list[i].Manifest == "" {
				open = append(open, p.Tracking)
			}
		}
	}
	return open, nil
}
