package royalmailsim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"packbench/station/carrier/carriersim"
)

type request struct {
	Items []struct {
		Ref       string `json:"orderReference"`
		Recipient struct {
			Address struct {
				Name     string `json:"fullName"`
				Company  string `json:"companyName"`
				Line1    string `json:"addressLine1"`
				Line2    string `json:"addressLine2"`
				City     string `json:"city"`
				County   string `json:"county"`
				Postcode string `json:"postcode"`
				Country  string `json:"countryCode"`
			} `json:"address"`
			Phone string `json:"phoneNumber"`
			Email string `json:"emailAddress"`
		} `json:"recipient"`
		Packages []struct {
			Grams      int    `json:"weightInGrams"`
			Format     string `json:"packageFormatIdentifier"`
			Dimensions *struct {
				Height int `json:"heightInMms"`
				Width  int `json:"widthInMms"`
				Depth  int `json:"depthInMms"`
			} `json:"dimensions"`
			Contents []struct {
				Name     string      `json:"name"`
				Quantity int         `json:"quantity"`
				Value    json.Number `json:"unitValue"`
				Grams    int         `json:"unitWeightInGrams"`
				Customs  string      `json:"customsDescription"`
				Code     string      `json:"customsCode"`
				Origin   string      `json:"originCountryCode"`
				Category string      `json:"customsDeclarationCategory"`
			} `json:"contents"`
		} `json:"packages"`
		Date     time.Time   `json:"orderDate"`
		Despatch time.Time   `json:"plannedDespatchDate"`
		Currency string      `json:"currencyCode"`
		Subtotal json.Number `json:"subtotal"`
		Shipping json.Number `json:"shippingCostCharged"`
		Total    json.Number `json:"total"`
		Terms    string      `json:"deliveryTerm"`
		Postage  struct {
			Service   string `json:"serviceCode"`
			Register  string `json:"serviceRegisterCode"`
			Carrier   string `json:"carrierName"`
			Signature bool   `json:"requestSignatureUponDelivery"`
			Invoice   string `json:"commercialInvoiceNumber"`
			IOSS      string `json:"IOSSNumber"`
		} `json:"postageDetails"`
		Label struct {
			Include bool `json:"includeLabelInResponse"`
			CN      bool `json:"includeCN"`
			Returns bool `json:"includeReturnsLabel"`
		} `json:"label"`
	} `json:"items"`
}

var (
	formats  = []string{"letter", "largeLetter", "smallParcel", "mediumParcel", "largeParcel", "parcel", "documents"}
	services = []string{"TPN24", "TPS48", "CRL48", "MTA"}
	home     = []string{"GB", "GG", "JE", "IM"}
	terms    = []string{"DDP", "IOSS_DDP", "DDU_DAP", "IOSS_DDU", "DTP", "IOSS_DTP"}
)

func long(text string, most int) bool { return utf8.RuneCountInString(text) > most }

func pence(n json.Number) int64 {
	f, err := strconv.ParseFloat(n.String(), 64)
	if err != nil || f < 0 || f > 999999 {
		return -1
	}
	return int64(f*100 + 0.5)
}

// wrong is the first thing that is wrong with an order: where, and what.
func (in request) wrong() (field, text string) {
	i := in.Items[0]
	a := i.Recipient.Address
	switch {
	case i.Ref == "" || long(i.Ref, 40):
		return "OrderReference", "is missing or too long"
	case a.Line1 == "" || a.City == "" || a.Country == "" || a.Name == "":
		return "Recipient.Address", "AddressLine1, City and CountryCode are required."
	case long(a.Name, 210), long(a.Company, 100), long(a.Line1, 100), long(a.Line2, 100), long(a.City, 100), long(a.County, 100), long(a.Postcode, 20), len(a.Country) > 3,
		long(i.Recipient.Phone, 25), long(i.Recipient.Email, 254):
		return "Recipient.Address", "is too long"
	case len(i.Packages) != 1 || i.Packages[0].Grams < 1 || i.Packages[0].Grams > 30000 || !slices.Contains(formats, i.Packages[0].Format):
		return "Packages", "Weight or format is wrong."
	case i.Packages[0].Dimensions != nil && (i.Packages[0].Dimensions.Height < 1 || i.Packages[0].Dimensions.Width < 1 || i.Packages[0].Dimensions.Depth < 1):
		return "Packages.Dimensions", "All three are wanted."
	case i.Date.IsZero() || i.Despatch.IsZero():
		return "OrderDate", "is required"
	case pence(i.Subtotal) < 0 || pence(i.Shipping) < 0 || pence(i.Total) != pence(i.Subtotal)+pence(i.Shipping):
		return "Total", "is not the sum"
	case !slices.Contains(services, i.Postage.Service) || len(i.Postage.Register) > 2 || slices.Contains(home, a.Country) == (i.Postage.Service == "MTA"):
		return "PostageDetails.ServiceCode", "The service is not available."
	case slices.Contains(home, a.Country):
		return "", ""
	case !i.Label.CN || !slices.Contains(terms, i.Terms) || len(i.Packages[0].Contents) == 0:
		return "Packages.Contents", "Customs information is required."
	}
	for _, c := range i.Packages[0].Contents {
		if c.Quantity < 1 || pence(c.Value) < 0 || c.Grams < 1 || c.Customs == "" || long(c.Customs, 50) || len(c.Code) > 10 || c.Category == "" {
			return "Packages.Contents", "Customs information is wrong."
		}
	}
	return "", ""
}

func (a *Account) create(w http.ResponseWriter, r *http.Request) {
	var in request
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields() // a SKU among them, which would change the shop's list of products
	if err := d.Decode(&in); err != nil || len(in.Items) != 1 || r.Header.Get("Content-Type") != "application/json" {
		bad(w, fmt.Sprint("The request cannot be parsed: ", err))
		return
	}
	field, text := in.wrong()
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.NoLabel, carriersim.OtherParcel, carriersim.Failed)
	switch mishap {
	case carriersim.BadAddress:
		field, text = "Recipient.Address.Postcode", "Postcode is invalid."
	case carriersim.NoService:
		field, text = "PostageDetails.ServiceCode", "The service is not available."
	}
	i := in.Items[0]
	if text != "" {
		answer(w, http.StatusOK, map[string]any{
			"successCount": 0, "errorsCount": 1, "createdOrders": []any{},
			"failedOrders": []any{map[string]any{"order": i, "errors": []any{map[string]any{
				"errorCode": 53, "errorMessage": text, "fields": []any{map[string]any{"fieldName": field, "value": i.Recipient.Address.Postcode}},
			}}}},
		})
		return
	}
	o := &order{id: 1000 + a.book.Serial(), ref: i.Ref, at: a.o.Now(), customs: i.Label.CN}
	a.orders = append(a.orders, o)
	var body map[string]any
	if mishap == carriersim.Failed {
		body = a.body(o)
		body["labelErrors"] = []any{map[string]any{"code": "LabelGenerationFailed", "message": "The label could not be generated."}}
	} else {
		to := i.Recipient.Address
		o.sold = a.book.Sell(carriersim.Label{
			ID: fmt.Sprint(o.id), Ref: i.Ref, Tracking: fmt.Sprintf("TT%09dGB", o.id), Carrier: "Royal Mail", Service: i.Postage.Service, Currency: "GBP",
			Grams: i.Packages[0].Grams, At: o.at,
			To: carriersim.Address{
				Name: to.Name, Company: to.Company, Street: to.Line1, Street2: to.Line2, City: to.City, Region: to.County, Postcode: to.Postcode, Country: to.Country,
				Phone: i.Recipient.Phone,
			},
		})
		if o.sold.Service == "CRL48" {
			o.sold.Tracking = "CD" + fmt.Sprint(o.id) // as the bench calls it
		}
		body = a.body(o)
		switch {
		case mishap == carriersim.NoLabel:
			o.hidden = 1
		case i.Label.Include:
			body["label"] = o.pdf()
		}
	}
	if mishap == carriersim.OtherParcel {
		body["orderReference"] = "SOMEBODY-ELSE"
	}
	answer(w, http.StatusOK, map[string]any{"successCount": 1, "errorsCount": 0, "createdOrders": []any{body}, "failedOrders": []any{}})
}
