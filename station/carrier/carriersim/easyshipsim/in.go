package easyshipsim

import (
	"encoding/json"
	"net/http"
	"strings"
	"unicode/utf8"
)

type addressIn struct {
	Name    string `json:"contact_name"`
	Company string `json:"company_name"`
	Phone   string `json:"contact_phone"`
	Email   string `json:"contact_email"`
	Line1   string `json:"line_1"`
	Line2   string `json:"line_2"`
	City    string `json:"city"`
	State   string `json:"state"`
	Code    string `json:"postal_code"`
	Country string `json:"country_alpha2"`
}

func (i *addressIn) ok() bool {
	if i == nil || i.Name == "" || i.Line1 == "" || i.City == "" || len(i.Country) != 2 {
		return false
	}
	for text, most := range map[string]int{i.Name: 50, i.Company: 50, i.Phone: 20, i.Line1: 35, i.Line2: 35, i.Email: 50} {
		if utf8.RuneCountInString(text) > most {
			return false
		}
	}
	return i.State != "" || !strings.Contains("AU CA CN ID MX MY TH US VN", i.Country)
}

// in holds the documented fields that are known here; any other is refused.
type in struct {
	From    *addressIn `json:"origin_address"`
	To      *addressIn `json:"destination_address"`
	Terms   string     `json:"incoterms"`
	Insured struct {
		Is       bool        `json:"is_insured"`
		Amount   json.Number `json:"insured_amount"`
		Currency string      `json:"insured_currency"`
	} `json:"insurance"`
	Numbers map[string]string `json:"regulatory_identifiers"`
	Order   struct {
		Platform string `json:"platform_name"`
		Number   string `json:"platform_order_number"`
		Notes    string `json:"seller_notes"`
	} `json:"order_data"`
	Courier struct {
		Service  string `json:"courier_service_id"`
		Fallback bool   `json:"allow_fallback"`
		Rules    bool   `json:"apply_shipping_rules"` // true where it is not said
	} `json:"courier_settings"`
	Settings struct {
		Units struct {
			Weight     string `json:"weight"`
			Dimensions string `json:"dimensions"`
		} `json:"units"`
		Buy      bool `json:"buy_label"`
		Now      bool `json:"buy_label_synchronous"`
		Printing struct {
			Format  string `json:"format"`
			Label   string `json:"label"`
			Invoice string `json:"commercial_invoice"`
			Slip    string `json:"packing_slip"`
		} `json:"printing_options"`
	} `json:"shipping_settings"`
	Parcels []struct {
		Weight json.Number `json:"total_actual_weight"`
		Box    *struct {
			Length json.Number `json:"length"`
			Width  json.Number `json:"width"`
			Height json.Number `json:"height"`
		} `json:"box"`
		Items []struct {
			Description string      `json:"description"`
			SKU         string      `json:"sku"`
			Qty         int         `json:"quantity"`
			Currency    string      `json:"declared_currency"`
			Value       json.Number `json:"declared_customs_value"`
			HS          string      `json:"hs_code"`
			Category    string      `json:"category"`
			Origin      string      `json:"origin_country_alpha2"`
		} `json:"items"`
	} `json:"parcels"`
}

// decode reads a shipment and its mass, or refuses it.
func decode(w http.ResponseWriter, r *http.Request) (*in, int) {
	var i in
	i.Courier.Rules = true
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	no := func(detail string) (*in, int) {
		fail(w, http.StatusUnprocessableEntity, "invalid_content", "The request body content is not valid.", detail)
		return nil, 0
	}
	if err := d.Decode(&i); err != nil {
		return no("The request does not comply with the OpenAPI Specification: " + err.Error())
	}
	per, known := map[string]float64{"kg": 1000, "g": 1, "lb": 453.59237, "oz": 28.349523125}[i.Settings.Units.Weight]
	switch {
	case !i.From.ok():
		return no("origin_address is not valid")
	case !i.To.ok():
		return no("destination_address is not valid")
	case i.Terms != "DDU" && i.Terms != "DDP":
		return no("incoterms is not valid")
	case len(i.Parcels) != 1 || i.Parcels[0].Box == nil || !known || i.Settings.Units.Dimensions != "cm" && i.Settings.Units.Dimensions != "in":
		return no("parcels, box or units are missing")
	case len(i.Parcels[0].Items) == 0:
		return no("No Items")
	}
	for _, item := range i.Parcels[0].Items {
		value, err := item.Value.Float64()
		if item.Description == "" || item.Qty < 1 || len(item.Currency) != 3 || err != nil || value <= 0 || item.HS == "" && item.Category == "" {
			return no("items: hs_code or category, and a value above 0 are wanted")
		}
	}
	mass, err := i.Parcels[0].Weight.Float64()
	if err != nil || mass <= 0 {
		return no("total_actual_weight must be greater than 0")
	}
	return &i, int(mass*per + 0.5)
}
