package dhlparcelsim

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

type (
	money struct {
		Currency string      `json:"currency"`
		Value    json.Number `json:"value"`
	}
	weight struct {
		Unit  string `json:"uom"`
		Value int64  `json:"value"`
	}
	party struct {
		Name1      string `json:"name1"`
		Name2      string `json:"name2"`
		Name3      string `json:"name3"`
		Name       string `json:"name"` // of who has it sent to a counter
		Street     string `json:"addressStreet"`
		House      string `json:"addressHouse"`
		Extra      string `json:"additionalAddressInformation1"`
		Postcode   string `json:"postalCode"`
		City       string `json:"city"`
		State      string `json:"state"`
		Country    string `json:"country"`
		Email      string `json:"email"`
		Phone      string `json:"phone"`
		Locker     int    `json:"lockerID"`
		Retail     int    `json:"retailID"`
		Box        int    `json:"poBoxID"`
		PostNumber string `json:"postNumber"`
	}
	order struct {
		Product   string `json:"product"`
		Billing   string `json:"billingNumber"`
		Ref       string `json:"refNo"`
		Date      string `json:"shipDate"`
		Shipper   party  `json:"shipper"`
		Consignee party  `json:"consignee"`
		Details   struct {
			Weight weight `json:"weight"`
			Dim    *struct {
				Unit   string `json:"uom"`
				Length int    `json:"length"`
				Width  int    `json:"width"`
				Height int    `json:"height"`
			} `json:"dim"`
		} `json:"details"`
		Services *struct {
			Signed      bool   `json:"signedForByRecipient"`
			Age         string `json:"visualCheckOfAge"`
			Insurance   *money `json:"additionalInsurance"`
			Endorsement string `json:"endorsement"`
			DutyPaid    bool   `json:"postalDeliveryDutyPaid"`
		} `json:"services"`
		Customs *struct {
			Invoice string `json:"invoiceNo"`
			Type    string `json:"exportType"`
			Charges *money `json:"postalCharges"`
			Shipper string `json:"shipperCustomsRef"`
			Items   []struct {
				Description string `json:"itemDescription"`
				Origin      string `json:"countryOfOrigin"`
				HS          string `json:"hsCode"`
				Quantity    int    `json:"packagedQuantity"`
				Value       money  `json:"itemValue"`
				Weight      weight `json:"itemWeight"`
			} `json:"items"`
		} `json:"customs"`
	}
	request struct {
		Profile   string  `json:"profile"`
		Shipments []order `json:"shipments"`
	}
)

var (
	postcode = regexp.MustCompile(`^[0-9A-Za-z]+([ -]?[0-9A-Za-z]+)*$`)
	customer = regexp.MustCompile(`^[0-9]{6,10}$`)
)

func long(text string, most int) bool { return utf8.RuneCountInString(text) > most }

func (p party) wrong() string {
	counter := p.Locker != 0 || p.Retail != 0
	switch {
	case len(p.Country) != 3:
		return "Parameter country must be a valid country code consisting of three characters according to ISO 3166-1 alpha-3."
	case !counter && p.Name1 == "", counter && p.Name == "", p.City == "":
		return "name and city are mandatory"
	case !counter && p.Box == 0 && p.Street == "":
		return "addressStreet is mandatory"
	case p.Locker != 0 && (p.Locker < 100 || p.Locker > 999 || !customer.MatchString(p.PostNumber)):
		return "lockerID or postNumber is wrong"
	case p.Retail != 0 && (p.Retail < 401 || p.Retail > 999 || !customer.MatchString(p.PostNumber) && p.Email == ""):
		return "retailID, postNumber or email is wrong"
	case (counter || p.Box != 0) && p.Country != "DEU":
		return "only in Germany"
	case long(p.Name1+p.Name, 50), long(p.Name2, 50), long(p.Name3, 50), long(p.Street, 50), long(p.House, 10), long(p.Extra, 60), long(p.City, 40), long(p.State, 20),
		long(p.Phone, 20), long(p.Email, 80), long(p.Postcode, 10):
		return "is too long"
	case p.Postcode != "" && !postcode.MatchString(p.Postcode):
		return "postalCode does not match"
	case p.Country == "DEU" && (p.Phone != "" || p.Email != "" && p.Retail == 0):
		return "the buyer has not agreed that this is told"
	}
	return ""
}

// wrong is the first thing that is wrong with an order: where, and what.
func (in request) wrong(now time.Time) (property, text string) {
	if in.Profile != profile || len(in.Shipments) != 1 {
		return "profile", "The profile is unknown, or not one shipment is there."
	}
	o := in.Shipments[0]
	home := o.Product == "V01PAK" || o.Product == "V62KP"
	switch {
	case billing[o.Product] == "":
		return "product", "The product is unknown."
	case o.Billing != billing[o.Product]:
		return "billingNumber", "The billing number is not one for the product."
	case len(o.Ref) < 8 || len(o.Ref) > 35:
		return "refNo", "8 to 35 characters are wanted."
	case o.Date < now.Format(time.DateOnly):
		return "shipDate", "The date is in the past."
	case o.Details.Weight.Unit != "g" || o.Details.Weight.Value < 1 || o.Details.Weight.Value > 31500:
		return "details.weight", "The weight is too high, or is none."
	case o.Details.Dim != nil && (o.Details.Dim.Unit != "mm" || o.Details.Dim.Length < 1 || o.Details.Dim.Width < 1 || o.Details.Dim.Height < 1):
		return "details.dim", "All three are wanted."
	case home != (o.Consignee.Country == "DEU"):
		return "product", "The product is not one to this country."
	}
	if text := o.Shipper.wrong(); text != "" {
		return "shipper", text
	}
	if text := o.Consignee.wrong(); text != "" {
		return "consignee", text
	}
	if s := o.Services; s != nil && (s.Age != "" && (s.Age != "A16" && s.Age != "A18" || o.Product != "V01PAK") || s.Signed && o.Product != "V01PAK" || s.Endorsement != "" && home) {
		return "services", "A service is not one of the product."
	}
	return o.customs()
}

const union = "AUT BEL BGR CYP CZE DEU DNK EST ESP FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SWE SVN SVK"

func (o order) customs() (property, text string) {
	if strings.Contains(union, o.Consignee.Country) {
		return "", ""
	}
	c := o.Customs
	if c == nil || c.Type == "" || c.Charges == nil || len(c.Items) < 1 || len(c.Items) > 99 || long(c.Invoice, 35) || long(c.Shipper, 35) {
		return "customs", "The customs details are mandatory."
	}
	for i, item := range c.Items {
		switch at := fmt.Sprintf("customs.items[%d]", i); {
		case item.Description == "" || long(item.Description, 256) || item.Quantity < 1 || item.Weight.Unit != "g" || item.Weight.Value < 1:
			return at, "Description, quantity and weight are mandatory."
		case item.HS != "" && (len(item.HS) < 6 || len(item.HS) > 11), item.Origin != "" && len(item.Origin) != 3:
			return at, "hsCode or countryOfOrigin is wrong."
		case item.Value.Currency != c.Charges.Currency:
			return at, "The currencies do not match."
		}
	}
	return "", ""
}
