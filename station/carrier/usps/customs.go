package usps

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"packbench/station/carrier/account"
	"packbench/station/country"
	"packbench/station/unit"
)

// bases is the place of the post offices of the armed forces and of embassies.
const bases = "US-AM"

// papers reports whether customs want to know what is in a parcel: abroad, and where the
// country's own mail leaves its customs territory.
func papers(s account.Shipment) bool { return s.Border || away(s) || s.To.Place() == bases }

// reasons are USPS's words for why goods leave the country.
var reasons = map[string]string{
	"": "MERCHANDISE", "merchandise": "MERCHANDISE", "gift": "GIFT", "documents": "DOCUMENT", "sample": "COMMERCIAL_SAMPLE", "returned": "RETURNED_GOODS",
}

// What USPS takes of goods, and what customs of the United States want: goods of one kind
// for less than Filed may leave without being filed first, by section 30.37(a) of the
// Foreign Trade Regulations; all of them to Canada, by 30.36.
const (
	mostKinds       = 30
	mostDescription = 30
	mostQty         = 9999
	mostInvoice     = 15
	mostTax         = 28
	filed           = 2_500_00
)

// embargoed are countries whose exports are filed whatever they are worth (Export
// Administration Regulations, section 758.1).
var embargoed = []string{"CU", "IR", "KP", "SY"}

// empty are what USPS takes for no description.
var empty = []string{"none", "not applicable", "n/a", "null", "gift", "merchandise"}

func noCustoms(sku, say string, args ...any) *account.Refused {
	return &account.Refused{Why: account.NoCustoms, Field: sku, Say: fmt.Sprintf(say, args...)}
}

// customs is what customs want to know, nil where they want nothing. What is missing, or
// does not fit, is refused: nothing of it is cut or guessed.
func customs(s account.Shipment) (object, error) {
	if !papers(s) {
		return nil, nil
	}
	if err := exported(s); err != nil {
		return nil, err
	}
	var items []object
	var net unit.Mass
	for _, g := range s.Goods {
		item, err := declared(g)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
		net += g.Mass * unit.Mass(g.Qty)
	}
	if net > s.Mass {
		return nil, &account.Refused{Why: account.BadParcel, Field: "weight", Say: "the goods, as customs are told of them, weigh more than the parcel"}
	}
	exemption := "NOEEI 30.37(a)"
	if s.To.Country == "CA" {
		exemption = "NOEEI 30.36"
	} else if worth := dearest(s); worth >= filed {
		return nil, noCustoms("", "goods of one tariff number are worth %s: from 2,500 USD on the export has to be filed, and this account cannot tell USPS the number of that (ITN)",
			unit.Money{Minor: worth, Currency: "USD"})
	}
	form := object{"customsContentType": reasons[s.Export.Contents], "AESITN": exemption, "contents": items}
	if n := s.Export.Invoice; n != "" && utf8.RuneCountInString(n) <= mostInvoice {
		form["invoiceNumber"] = n
	}
	if n := s.Export.TaxID; n != "" && away(s) {
		if utf8.RuneCountInString(n) > mostTax {
			return nil, noCustoms("", "the sender's number for customs has more than %d characters", mostTax)
		}
		form["exportersReference"] = object{"referenceType": "TAX_CODE", "reference": n}
	}
	return form, nil
}

// exported refuses what USPS cannot be told of an export.
func exported(s account.Shipment) error {
	switch {
	case reasons[s.Export.Contents] == "":
		return noCustoms("", "USPS has no word for contents of the kind %q", s.Export.Contents)
	case s.Export.Terms == "DDP":
		return noCustoms("", "this account sends with duties that the recipient pays (DAP) only")
	case s.Export.IOSS != "":
		return noCustoms("", "this account cannot tell USPS that tax was paid already (IOSS)")
	case slices.Contains(embargoed, s.To.Country):
		return noCustoms("", "an export to this country has to be filed whatever it is worth, and this account cannot tell USPS the number of that (ITN)")
	case len(s.Goods) == 0:
		return noCustoms("", "it is not known what is in the parcel")
	case len(s.Goods) > mostKinds:
		return noCustoms("", "USPS takes %d kinds of goods in a parcel, and there are %d", mostKinds, len(s.Goods))
	}
	return nil
}

// declared is one kind of goods.
func declared(g account.Goods) (object, error) {
	all := unit.Money{Minor: g.Value.Minor * int64(g.Qty), Currency: g.Value.Currency}
	hs := tariff(g)
	switch n := utf8.RuneCountInString(g.Name); {
	case strings.TrimSpace(g.Name) == "" || slices.Contains(empty, strings.ToLower(strings.TrimSpace(g.Name))):
		return nil, noCustoms(g.SKU, "%s has no description for customs", g.SKU)
	case n > mostDescription:
		return nil, noCustoms(g.SKU, "the description of %s has %d characters, and USPS takes %d: give it a shorter one for customs", g.SKU, n, mostDescription)
	case country.Unread("", g.Name) != "":
		return nil, noCustoms(g.SKU, "the description of %s has %s letters, and USPS takes Latin ones", g.SKU, country.Unread("", g.Name))
	case len(g.Origin) != 2:
		return nil, noCustoms(g.SKU, "%s has no country of origin", g.SKU)
	case g.Value.Minor <= 0:
		return nil, noCustoms(g.SKU, "%s has no value", g.SKU)
	case g.Value.Currency != "USD":
		return nil, noCustoms(g.SKU, "%s has a value in %s, and USPS takes US dollars", g.SKU, g.Value.Currency)
	case g.Qty < 1 || g.Qty > mostQty:
		return nil, noCustoms(g.SKU, "USPS takes 1 to %d of one kind, and there are %d of %s", mostQty, g.Qty, g.SKU)
	case all.Minor > 999_999_99:
		return nil, noCustoms(g.SKU, "%s is worth more than USPS takes", g.SKU)
	case g.Mass <= 0:
		return nil, noCustoms(g.SKU, "%s has no weight", g.SKU)
	case hs != "" && (len(hs) < 6 || len(hs) > 14):
		return nil, noCustoms(g.SKU, "the tariff number of %s has %d digits, and USPS takes 6 to 14", g.SKU, len(hs))
	}
	item := object{
		"itemDescription": strings.TrimSpace(g.Name), "itemQuantity": g.Qty, "itemTotalValue": account.Decimal(all), "weightUOM": "lb",
		"itemTotalWeight": net(g), "countryofOrigin": g.Origin,
	}
	if hs != "" {
		item["HSTariffNumber"] = hs
	}
	return item, nil
}

// tariff is the tariff number of goods, without what people write between its digits.
func tariff(g account.Goods) string {
	return strings.NewReplacer(".", "", " ", "", "-", "").Replace(g.HS)
}

// net is what goods weigh, a parcel's ten thousandth of a pound less where that is not even:
// together they must not weigh more than the parcel, which is rounded up.
func net(g account.Goods) any {
	const step = 45 * unit.Milligram
	return account.Pounds(max(g.Mass*unit.Mass(g.Qty)-step, 1), 4)
}

// dearest is what the goods of one tariff number are worth at the most. Those that have
// none may be of one, so that they count together.
func dearest(s account.Shipment) (most int64) {
	worth := map[string]int64{}
	for _, g := range s.Goods {
		hs := tariff(g)
		hs = hs[:min(len(hs), 6)]
		worth[hs] += g.Value.Minor * int64(g.Qty)
		most = max(most, worth[hs])
	}
	return most
}

// firstClass is the one class abroad that is for small parcels. USPS prices others in it
// too, and sells them no label.
const (
	firstClass = "FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE"
	fourPounds = 1_814_369 * unit.Milligram
)

// small says why a parcel is not sent by a class, "" where it is: International Mail
// Manual 251.
func small(class string, s account.Shipment) string {
	sides := []unit.Length{s.Size.Length, s.Size.Width, s.Size.Depth}
	worth := int64(0)
	for _, g := range s.Goods {
		worth += g.Value.Minor * int64(g.Qty)
	}
	switch {
	case class != firstClass:
		return ""
	case slices.Max(sides) > 24*unit.Inch || sides[0]+sides[1]+sides[2] > 36*unit.Inch:
		return "it takes cartons of at most 24 inches, and of 36 inches in length, width and height together"
	case s.Mass > fourPounds:
		return "it takes parcels of at most 4 pounds"
	case worth > 400_00:
		return "it takes goods for at most 400 dollars"
	}
	return ""
}
