package dhlparcel

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/country"
)

var (
	counter    = regexp.MustCompile(`(?i)^(packstation|postfiliale|post-?filiale|filiale|paketshop|postfach)\s+(?:nr\.?\s*)?([0-9 ]+)$`)
	postNumber = regexp.MustCompile(`(?:^|\D)([0-9]{6,10})(?:\D|$)`)
)

// consignee is who gets a parcel: at a door, or in Germany at a parcel locker, a post
// office or a PO box.
func consignee(a station.Address) (object, error) {
	if a.Country == "DE" {
		if at := counter.FindStringSubmatch(strings.TrimSpace(a.Street)); at != nil {
			return atCounter(a, strings.ToLower(at[1]), strings.ReplaceAll(at[2], " ", ""))
		}
	}
	o, err := door(a)
	if err != nil {
		return nil, err
	}
	if a.Country == "DE" {
		return o, nil // mail address and phone only if the buyer agrees
	}
	for key, text := range map[string]string{"email": a.Email, "phone": a.Phone, "state": a.Region} {
		if text != "" {
			o[key] = text
		}
	}
	if region := strings.ToUpper(a.Region); a.Country == "US" {
		o["state"] = "US-" + strings.TrimPrefix(region, "US-")
	}
	if a.Region == "" && (a.Country == "US" || a.Country == "CA") {
		return nil, account.Fits(account.Field{Name: "state", Needed: true})
	}
	return o, account.Fits(
		account.Field{Name: "state", Text: a.Region, Most: 20}, account.Field{Name: "phone", Text: a.Phone, Most: 20},
		account.Field{Name: "mail address", Text: a.Email, Most: 80},
	)
}

// door is an address with a street.
func door(a station.Address) (object, error) {
	three := country.Alpha3(a.Country)
	err := account.Fits(
		account.Field{Name: "name", Text: a.Name + a.Company, Needed: true}, account.Field{Name: "name", Text: a.Name, Most: 50},
		account.Field{Name: "company", Text: a.Company, Most: 50}, account.Field{Name: "street", Text: a.Street, Most: 50, Needed: true},
		account.Field{Name: "second line of the street", Text: a.Street2, Most: 50}, account.Field{Name: "city", Text: a.City, Most: 40, Needed: true},
		account.Field{Name: "postcode", Text: a.Postcode, Most: 10}, account.Field{Name: "country", Text: three, Needed: true},
	)
	if err != nil {
		return nil, err
	}
	o := object{"name1": cmp.Or(a.Company, a.Name), "addressStreet": a.Street, "city": a.City, "country": three}
	if a.Company != "" && a.Name != "" {
		o["name2"] = a.Name
	}
	if a.Postcode != "" {
		o["postalCode"] = a.Postcode
	}
	switch {
	case a.Street2 == "":
	case a.Country == "DE": // the lines of the address itself are printed abroad only
		o["name3"] = a.Street2
	default:
		o["additionalAddressInformation1"] = a.Street2
	}
	return o, nil
}

// atCounter is a parcel locker, post office or PO box.
func atCounter(a station.Address, kind, number string) (object, error) {
	name := cmp.Or(a.Name, a.Company)
	err := account.Fits(
		account.Field{Name: "name", Text: name, Most: 50, Needed: true}, account.Field{Name: "city", Text: a.City, Most: 40, Needed: true},
		account.Field{Name: "postcode", Text: a.Postcode, Needed: true},
	)
	id, failed := strconv.Atoi(number)
	if err == nil && failed != nil {
		err = &account.Refused{Why: account.BadAddress, Field: "street", Say: "the number of the " + kind + " is none"}
	}
	if err != nil {
		return nil, err
	}
	o := object{"name": name, "city": a.City, "postalCode": a.Postcode, "country": "DEU"}
	own := ""
	if found := postNumber.FindStringSubmatch(a.Street2 + "\n" + a.Company); found != nil {
		own = found[1]
		o["postNumber"] = own
	}
	switch {
	case kind == "postfach":
		delete(o, "name")
		delete(o, "postNumber")
		o["name1"], o["poBoxID"] = name, id
	case kind == "packstation":
		if own == "" {
			return nil, &account.Refused{Why: account.BadAddress, Field: "street", Say: "the buyer's post number for the parcel locker is missing"}
		}
		o["lockerID"] = id
	default:
		if o["retailID"] = id; own == "" {
			if a.Email == "" {
				return nil, &account.Refused{Why: account.BadAddress, Field: "street", Say: "the buyer's post number or mail address for the post office is missing"}
			}
			o["email"] = a.Email
		}
	}
	return o, nil
}
