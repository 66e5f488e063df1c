package sendcloud

import (
	"fmt"
	"unicode/utf8"

	"packbench/station/carrier/account"
	"packbench/station/unit"
)

func price(m unit.Money) object {
	return object{"value": string(account.Decimal(m)), "currency": m.Currency}
}

var reasons = map[string]string{
	"": "commercial_goods", "merchandise": "commercial_goods", "gift": "gift", "documents": "documents", "sample": "commercial_sample", "returned": "returned_goods",
}

// customs adds what is in a parcel that crosses a border.
func customs(s account.Shipment, body, box object) error {
	no := func(say string) error { return &account.Refused{Why: account.NoCustoms, Say: say} }
	reason := reasons[s.Export.Contents]
	switch {
	case reason == "":
		return no("Sendcloud has no word for contents of the kind " + s.Export.Contents)
	case s.Export.Invoice == "":
		return no("the number of the invoice is missing")
	case len(s.Goods) == 0:
		return no("it is not known what is in the parcel")
	}
	var items []object
	for _, g := range s.Goods {
		switch {
		case g.HS == "" || g.Origin == "" || g.Name == "":
			return no(fmt.Sprintf("tariff number, origin or description of %s is missing", g.SKU))
		case g.Value.Currency == "" || g.Value.Currency != s.Goods[0].Value.Currency:
			return no("the goods have values in more than one currency, or in none")
		case utf8.RuneCountInString(g.Name) > 255 || len(g.HS) > 12:
			return no(fmt.Sprintf("tariff number or description of %s is too long", g.SKU))
		}
		items = append(items, object{
			"description": g.Name, "quantity": g.Qty, "weight": object{"value": account.Kilograms(g.Mass, 3), "unit": "kg"}, "price": price(g.Value),
			"hs_code": g.HS, "origin_country": g.Origin, "sku": g.SKU,
		})
	}
	box["parcel_items"] = items
	info := object{"invoice_number": s.Export.Invoice, "export_reason": reason}
	var numbers []object
	for name, value := range map[string]string{"EORI": s.Export.TaxID, "IOSS": s.Export.IOSS} {
		if value != "" {
			numbers = append(numbers, object{"name": name, "country_code": s.From.Country, "value": value})
		}
	}
	if numbers != nil {
		info["tax_numbers"] = object{"sender": numbers}
	}
	body["customs_information"] = info
	return nil
}
