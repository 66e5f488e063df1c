package ups

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web/wire"
)

type object = map[string]any

// body is a shipment as prices and labels are asked for alike. What UPS would cut, or
// print without a word, is refused.
func (c *Client) body(s account.Shipment) (object, error) {
	for _, g := range s.Goods {
		if g.Danger != "" {
			return nil, account.Unserved("dangerous goods are not sent by this account")
		}
	}
	if s.Test && !c.samples {
		return nil, &account.Refused{Why: account.NotSet, Say: "UPS prints samples only at " + Samples}
	}
	from, err := party(s.From, s.Border)
	if err != nil {
		return nil, account.Sender(err)
	}
	to, err := party(s.To, s.Border)
	if err != nil {
		return nil, err
	}
	shipper := object{"ShipperNumber": c.shipper}
	for k, v := range from {
		shipper[k] = v
	}
	if s.Export.TaxID != "" {
		shipper["TaxIdentificationNumber"] = s.Export.TaxID
	}
	if s.To.Company == "" {
		to["Address"].(object)["ResidentialAddressIndicator"] = "" // that it is there says so
	}
	body := object{
		"Shipper": shipper, "ShipFrom": from, "ShipTo": to, "NumOfPieces": "1",
		"ShipmentRatingOptions": object{"NegotiatedRatesIndicator": "Y"},
	}
	if s.Border {
		value := total(s)
		body["InvoiceLineTotal"] = object{"CurrencyCode": value.Currency, "MonetaryValue": account.Decimal(value).String()}
	}
	return body, nil
}

// party is an address. UPS cuts nothing by itself, and refuses what is too long only
// when the label is bought.
func party(a station.Address, border bool) (object, error) {
	a = account.Visible(a)
	lines, err := account.Lines(a, 3, 35)
	if err != nil {
		return nil, err
	}
	if a.Country == "US" && a.Region == "PR" {
		a.Country = "PR"
	}
	name, person := a.Company, a.Name
	if name == "" {
		name = a.Name
	}
	if person == "" {
		person = a.Company
	}
	phone := account.Digits(a.Phone, a.Country)
	north := a.Country == "US" || a.Country == "CA"
	if north {
		a.Postcode = strings.NewReplacer(" ", "", "-", "").Replace(a.Postcode)
	}
	err = account.Fits(
		account.Field{Name: "name", Text: name, Most: 35, Needed: true},
		account.Field{Name: "name", Text: person, Most: 35, Needed: border},
		account.Field{Name: "city", Text: a.City, Most: 30, Needed: true},
		account.Field{Name: "region", Text: a.Region, Most: 5, Needed: north},
		account.Field{Name: "postcode", Text: a.Postcode, Most: 9, Needed: north},
		account.Field{Name: "phone", Text: phone, Most: 15, Needed: border},
		account.Field{Name: "country", Text: a.Country, Most: 2, Needed: true},
	)
	if err != nil {
		return nil, err
	}
	p := object{"Name": name, "AttentionName": person, "Address": object{
		"AddressLine": lines, "City": a.City, "StateProvinceCode": a.Region, "PostalCode": a.Postcode, "CountryCode": a.Country,
	}}
	if phone != "" {
		p["Phone"] = object{"Number": phone}
	}
	return p, nil
}

// parcel is the one package, whose packaging prices and labels call by another name.
func (c *Client) parcel(s account.Shipment, packaging string) object {
	weight, mass := "LBS", account.Pounds(s.Mass, 1)
	measure, length := "IN", account.Inches
	if s.From.Country != "US" && s.From.Country != "PR" {
		weight, mass = "KGS", account.Kilograms(s.Mass, 1)
		measure, length = "CM", account.Centimetres
	}
	p := object{packaging: object{"Code": "02"}, "PackageWeight": object{"UnitOfMeasurement": object{"Code": weight}, "Weight": mass.String()}}
	if !s.Size.IsZero() {
		sides := []unit.Length{s.Size.Length, s.Size.Width, s.Size.Depth}
		slices.Sort(sides)
		p["Dimensions"] = object{
			"UnitOfMeasurement": object{"Code": measure},
			"Length":            length(sides[2], 2).String(), "Width": length(sides[1], 2).String(), "Height": length(sides[0], 2).String(),
		}
	}
	options := object{}
	if within(s) && confirmation(s) != "" {
		options["DeliveryConfirmation"] = object{"DCISType": confirmation(s)}
	}
	if m := s.Extras.Insure; m.Minor > 0 {
		options["DeclaredValue"] = object{"CurrencyCode": m.Currency, "MonetaryValue": account.Decimal(m).String()}
	}
	if len(options) > 0 {
		p["PackageServiceOptions"] = options
	}
	return p
}

// within reports whether a parcel stays in the United States, where a confirmation and a
// reference are the package's; elsewhere they are the shipment's.
func within(s account.Shipment) bool {
	return s.From.Country == s.To.Country && (s.To.Country == "US" || s.To.Country == "PR") && (s.To.Region == "PR") == (s.From.Region == "PR")
}

// confirmation is UPS's number for a signature, which is another one for a package than
// for a shipment.
func confirmation(s account.Shipment) string {
	switch {
	case s.Extras.Adult > 0 && within(s):
		return "3"
	case s.Extras.Adult > 0, s.Extras.Signature && within(s):
		return "2"
	case s.Extras.Signature:
		return "1"
	}
	return ""
}

// total is what the goods are worth.
func total(s account.Shipment) (sum unit.Money) {
	for _, g := range s.Goods {
		sum.Minor += g.Value.Minor * int64(g.Qty)
		sum.Currency = g.Value.Currency
	}
	return sum
}

var reasons = map[string]string{"": "SALE", "merchandise": "SALE", "gift": "GIFT", "sample": "SAMPLE", "returned": "RETURN", "documents": "DOCUMENTS"}

// invoice is what customs want to know.
func invoice(s account.Shipment, day string, to object) (object, error) {
	products := []object{}
	currency := total(s).Currency
	for _, g := range s.Goods {
		text, err := account.Lines(station.Address{Street: g.Name}, 3, 35)
		if err != nil || g.Origin == "" || g.Value.Currency != currency {
			return nil, &account.Refused{
				Why: account.NoCustoms, Field: g.SKU, Say: "each product needs a description of at most 105 characters, an origin and a value in one currency",
			}
		}
		products = append(products, object{
			"Description": text, "CommodityCode": strings.ReplaceAll(g.HS, ".", ""), "OriginCountryCode": g.Origin,
			"Unit": object{
				"Number": fmt.Sprint(g.Qty), "UnitOfMeasurement": object{"Code": "PCS"}, "Value": account.Decimal(g.Value).String(),
			},
		})
	}
	terms := s.Export.Terms
	if terms == "" {
		terms = "DAP"
	}
	out := object{
		"FormType": "01", "InvoiceDate": day, "InvoiceNumber": s.Export.Invoice, "ReasonForExport": reasons[s.Export.Contents],
		"CurrencyCode": currency, "TermsOfShipment": terms, "Product": products, "Contacts": object{"SoldTo": to},
	}
	if said := s.Piece.Said(s.Number); said != "" {
		out["Comments"] = said
	}
	return out, nil
}

// day is when UPS gets the parcel: today at the earliest, and a week on at the most.
func (c *Client) day(s account.Shipment) (string, error) {
	const form = "20060102"
	today := c.clock().In(c.zone)
	day := s.Day.Format(form)
	if day > today.AddDate(0, 0, 7).Format(form) {
		return "", &account.Refused{Why: account.NoService, Say: "UPS takes parcels of at most seven days from now"}
	}
	return max(day, today.Format(form)), nil
}

// ordered is the body of a label.
func (c *Client) ordered(s account.Shipment, service string) (object, error) {
	body, err := c.body(s)
	if err != nil {
		return nil, err
	}
	day, err := c.day(s)
	if err != nil {
		return nil, err
	}
	charges := []object{{"Type": "01", "BillShipper": object{"AccountNumber": c.shipper}}}
	if s.Border && s.Export.Terms == "DDP" {
		charges = append(charges, object{"Type": "02", "BillShipper": object{"AccountNumber": c.shipper}})
	}
	references := []object{{"Code": "TN", "Value": s.Ref}}
	number := s.Numbered(c.set, 35)
	if account.Fits(account.Field{Name: "number", Text: number, Most: 35, Needed: true}) == nil {
		references = append(references, object{"Code": "PO", "Value": number})
	}
	parcel, options := c.parcel(s, "Packaging"), object{}
	if within(s) {
		parcel["ReferenceNumber"] = references
	} else {
		body["ReferenceNumber"] = references
		if confirmation(s) != "" {
			options["DeliveryConfirmation"] = object{"DCISType": confirmation(s)}
		}
	}
	if s.Border {
		if options["InternationalForms"], err = invoice(s, day, body["ShipTo"].(object)); err != nil {
			return nil, err
		}
		var goods []string
		for _, g := range s.Goods {
			goods = append(goods, g.Name)
		}
		body["Description"] = wire.Clean(strings.Join(goods, ", "), 50) // the invoice has all of them
	}
	if len(options) > 0 {
		body["ShipmentServiceOptions"] = options
	}
	body["Service"], body["ShipmentDate"], body["Package"] = object{"Code": service}, day, []object{parcel}
	body["PaymentInformation"] = object{"ShipmentCharge": charges}
	return body, nil
}

// date reads a day and a time as UPS writes them, with digits alone.
func date(day, at string, zone *time.Location) time.Time {
	t, err := time.ParseInLocation("20060102150405", day+fmt.Sprintf("%06s", at), zone)
	if err != nil {
		return time.Time{}
	}
	return t
}
