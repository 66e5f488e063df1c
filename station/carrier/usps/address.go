package usps

import (
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/country"
)

// states are the codes of countries that USPS writes as states: domestic mail goes there.
var states = []string{"PR", "VI", "GU", "AS", "MP", "PW", "FM", "MH"}

// national are the places that domestic mail goes to.
func national(a station.Address) bool { return a.Country == "US" || slices.Contains(states, a.Country) }

// stated is a national address with its state.
func stated(a station.Address) station.Address {
	if slices.Contains(states, a.Country) {
		a.Region = a.Country
	}
	return a
}

// away reports whether a parcel goes by international mail, which has an interface of its
// own.
func away(s account.Shipment) bool { return !national(s.To) }

// names are those of a person, or of a firm, which a name of one word is taken as too.
func names(a station.Address) (firm, first, last string, err error) {
	firm = a.Company
	if i := strings.LastIndexByte(a.Name, ' '); i > 0 {
		first, last = a.Name[:i], a.Name[i+1:]
	} else if firm == "" {
		firm = a.Name
	}
	if firm == "" && last == "" {
		return "", "", "", &account.Refused{Why: account.BadAddress, Field: "name", Say: "the name is missing"}
	}
	return firm, first, last, account.Fits(
		account.Field{Name: "company", Text: firm, Most: 50},
		account.Field{Name: "name", Text: first, Most: 50},
		account.Field{Name: "name", Text: last, Most: 50},
	)
}

// lined is what all addresses have in common, with those of the texts that are not empty.
func lined(a station.Address, texts map[string]string) (object, error) {
	lines, err := account.Lines(a, 2, 50)
	if err != nil {
		return nil, err
	}
	firm, first, last, err := names(a)
	if err != nil {
		return nil, err
	}
	if err := account.Fits(account.Field{Name: "city", Text: a.City, Most: 28, Needed: true}); err != nil {
		return nil, err
	}
	out := object{"streetAddress": lines[0], "city": a.City}
	if len(lines) > 1 {
		out["secondaryAddress"] = lines[1]
	}
	texts["firm"], texts["firstName"], texts["lastName"] = firm, first, last
	for key, text := range texts {
		if text != "" {
			out[key] = text
		}
	}
	return out, nil
}

// address is a national one as labels have it. What is too long is refused.
func address(a station.Address) (object, error) {
	a = stated(account.Visible(a))
	digits := account.Digits(a.Postcode, "")
	if len(digits) != 5 && len(digits) != 9 {
		return nil, &account.Refused{Why: account.BadAddress, Field: "postcode", Say: "a ZIP code has five digits, or nine"}
	}
	if err := account.Fits(account.Field{Name: "region", Text: a.Region, Most: 2, Needed: true}); err != nil {
		return nil, err
	}
	phone := account.Digits(a.Phone, a.Country)
	if len(phone) != 10 {
		phone = "" // labels do not need one, and take no other
	}
	return lined(a, map[string]string{"state": a.Region, "ZIPCode": digits[:5], "ZIPPlus4": digits[5:], "phone": phone})
}

// foreign is an address abroad, which USPS wants in Latin letters.
func foreign(a station.Address) (object, error) {
	a = account.Visible(a)
	no := func(field, say string) (object, error) {
		return nil, &account.Refused{Why: account.BadAddress, Field: field, Say: say}
	}
	name, known := country.Name(a.Country)
	if !known {
		return no("country", "the country is not known")
	}
	for _, f := range []account.Field{
		{Name: "name", Text: a.Name},
		{Name: "company", Text: a.Company},
		{Name: "street", Text: a.Street},
		{Name: "street", Text: a.Street2},
		{Name: "city", Text: a.City},
		{Name: "region", Text: a.Region},
	} {
		if script := country.Unread("", f.Text); script != "" {
			return no(f.Name, "USPS takes addresses in Latin letters, and the "+f.Name+" has "+script+" ones")
		}
	}
	if a.Country == "CA" && strings.TrimLeft(a.Postcode, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == a.Postcode {
		return no("postcode", "a postcode of Canada begins with a letter")
	}
	err := account.Fits(
		account.Field{Name: "region", Text: a.Region, Most: 40},
		account.Field{Name: "postcode", Text: a.Postcode, Most: 11, Needed: country.HasPostcodes(a.Country)},
	)
	if err != nil {
		return nil, err
	}
	phone := account.Digits(a.Phone, a.Country)
	if len(phone) < 6 || len(phone) > 15 {
		phone = "" // they need none
	}
	return lined(a, map[string]string{
		"province": a.Region, "postalCode": a.Postcode, "country": name, "countryISOAlpha2Code": a.Country, "phone": phone,
	})
}
