package fedex

import (
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
)

// mass and length in the units of the sender's country. Sides are whole numbers, rounded
// up, the longest first.
func mass(s account.Shipment, m unit.Mass) object {
	if imperial(s) {
		return object{"units": "LB", "value": account.Pounds(m, 2)}
	}
	return object{"units": "KG", "value": account.Kilograms(m, 2)}
}

func imperial(s account.Shipment) bool { return s.From.Country == "US" || s.From.Country == "PR" }

func money(m unit.Money) object {
	return object{"amount": account.Decimal(m), "currency": m.Currency}
}

// day is when FedEx gets the parcel. A day that is over would become today without a word.
func (c *Client) day(s account.Shipment) (string, error) {
	today := c.clock().In(c.zone)
	day := max(s.Day.Format(time.DateOnly), today.Format(time.DateOnly))
	if day > today.AddDate(0, 0, 10).Format(time.DateOnly) {
		return "", &account.Refused{Why: account.NoService, Say: "FedEx takes parcels of at most ten days from now"}
	}
	return day, nil
}

// parcel is the one package.
func (c *Client) parcel(s account.Shipment) (object, error) {
	for _, g := range s.Goods {
		if g.Danger != "" {
			return nil, account.Unserved("dangerous goods are not sent by this account")
		}
	}
	switch {
	case c.sandbox && !s.Test:
		return nil, &account.Refused{Why: account.NotSet, Say: "this is the address of the sandbox, whose labels FedEx does not take: enter " + Address + ", or mark the account as one for samples"}
	case s.Test && !c.sandbox && strings.HasPrefix(c.ask.Base, Address):
		return nil, &account.Refused{Why: account.NotSet, Say: "FedEx prints samples only at " + Samples}
	}
	p := object{"weight": mass(s, s.Mass), "groupPackageCount": 1}
	if !s.Size.IsZero() {
		sides, units, length := []unit.Length{s.Size.Length, s.Size.Width, s.Size.Depth}, "CM", account.Centimetres
		if slices.Sort(sides); imperial(s) {
			units, length = "IN", account.Inches
		}
		p["dimensions"] = object{"length": length(sides[2], 0), "width": length(sides[1], 0), "height": length(sides[0], 0), "units": units}
	}
	signature := ""
	switch {
	case s.Extras.Adult > 0:
		signature = "ADULT"
	case s.Extras.Signature:
		signature = "DIRECT"
	}
	if signature != "" {
		p["packageSpecialServices"] = object{"specialServiceTypes": []string{"SIGNATURE_OPTION"}, "signatureOptionType": signature}
	}
	if s.Extras.Insure.Minor > 0 {
		p["declaredValue"] = money(s.Extras.Insure)
	}
	return p, nil
}

// party is an address with its contact. FedEx drops lines that are too many without a word.
func party(a station.Address) (object, error) {
	a = account.Visible(a)
	lines, err := account.Lines(a, 3, 35)
	if err != nil {
		return nil, err
	}
	if a.Country == "US" && a.Region == "PR" {
		a.Country = "PR"
	}
	north := a.Country == "US" || a.Country == "CA" || a.Country == "PR"
	if a.Country == "CA" {
		a.Postcode = strings.ReplaceAll(a.Postcode, " ", "")
	}
	if !north {
		a.Region = "" // it is taken of these only
	}
	phone, most := account.Digits(a.Phone, a.Country), 15
	if north {
		if most = 10; phone != "" && len(phone) != most {
			return nil, &account.Refused{Why: account.BadAddress, Field: "phone", Say: "FedEx takes a phone number of ten digits"}
		}
	}
	person := a.Name
	if person == "" {
		person = a.Company
	}
	err = account.Fits(
		account.Field{Name: "name", Text: person, Most: 70, Needed: true},
		account.Field{Name: "company", Text: a.Company, Most: 35},
		account.Field{Name: "city", Text: a.City, Most: 35, Needed: true},
		account.Field{Name: "region", Text: a.Region, Most: 2, Needed: a.Country == "US" || a.Country == "CA"},
		account.Field{Name: "postcode", Text: a.Postcode, Most: 10, Needed: north},
		account.Field{Name: "phone", Text: phone, Most: most, Needed: true},
		account.Field{Name: "country", Text: a.Country, Most: 2, Needed: true},
	)
	if err != nil {
		return nil, err
	}
	contact := object{"personName": person, "phoneNumber": phone}
	if a.Company != "" {
		contact["companyName"] = a.Company
	}
	address := object{"streetLines": lines, "city": a.City, "postalCode": a.Postcode, "countryCode": a.Country}
	if a.Region != "" {
		address["stateOrProvinceCode"] = a.Region
	}
	return object{"contact": contact, "address": address}, nil
}

func parties(s account.Shipment) (from, to object, err error) {
	if from, err = party(s.From); err != nil {
		return nil, nil, account.Sender(err)
	}
	if to, err = party(s.To); err != nil {
		return nil, nil, err
	}
	to["address"].(object)["residential"] = s.To.Company == ""
	return from, to, nil
}

var purposes = map[string]string{"": "SOLD", "merchandise": "SOLD", "gift": "GIFT", "sample": "SAMPLE", "returned": "REPAIR_AND_RETURN", "documents": "NOT_SOLD"}

// customs is what is wanted at a border.
func customs(s account.Shipment) (object, error) {
	goods, total := []object{}, unit.Money{}
	for _, g := range s.Goods {
		if account.Fits(account.Field{Name: "name", Text: g.Name, Most: 450, Needed: true}) != nil || g.Origin == "" || total.Currency != "" && total.Currency != g.Value.Currency {
			return nil, &account.Refused{
				Why: account.NoCustoms, Field: g.SKU, Say: "each product needs a description of at most 450 characters, an origin and a value in one currency",
			}
		}
		all := unit.Money{Minor: g.Value.Minor * int64(g.Qty), Currency: g.Value.Currency}
		total.Minor, total.Currency = total.Minor+all.Minor, all.Currency
		goods = append(goods, object{
			"description": g.Name, "numberOfPieces": 1, "quantity": g.Qty, "quantityUnits": "PCS", "weight": mass(s, g.Mass*unit.Mass(g.Qty)),
			"unitPrice": money(g.Value), "customsValue": money(all), "countryOfManufacture": g.Origin, "harmonizedCode": strings.ReplaceAll(g.HS, ".", ""),
		})
	}
	payer, terms := "RECIPIENT", s.Export.Terms
	if terms == "DDP" {
		payer = "SENDER"
	}
	if terms == "" {
		terms = "DAP"
	}
	return object{
		"dutiesPayment": object{"paymentType": payer}, "totalCustomsValue": money(total), "commodities": goods,
		"commercialInvoice": object{"shipmentPurpose": purposes[s.Export.Contents], "termsOfSale": terms},
	}, nil
}

// invoiced has the invoice of a label say its number, and which parcel of the order it is of.
func invoiced(shipment object, s account.Shipment) {
	invoice := shipment["customsClearanceDetail"].(object)["commercialInvoice"].(object)
	if n := s.Export.Invoice; n != "" && len(n) <= 30 {
		invoice["customerReferences"] = []object{{"customerReferenceType": "INVOICE_NUMBER", "value": n}}
	}
	if said := s.Piece.Said(s.Number); said != "" {
		invoice["comments"] = []string{said}
	}
}
