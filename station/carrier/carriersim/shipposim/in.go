package shipposim

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/station/carrier/carriersim"
)

type addressIn struct {
	Name     string `json:"name"`
	Company  string `json:"company"`
	Street1  string `json:"street1"`
	Street2  string `json:"street2"`
	City     string `json:"city"`
	State    string `json:"state"`
	Zip      string `json:"zip"`
	Country  string `json:"country"`
	Phone    string `json:"phone"`
	Email    string `json:"email"`
	Validate bool   `json:"validate"`
}

func (i *addressIn) ok() bool {
	return i != nil && i.Name != "" && i.Street1 != "" && len([]rune(i.Street1)) <= 35 && len([]rune(i.Street2)) <= 35 && i.City != "" && len(i.Country) == 2 &&
		(i.State != "" || i.Country != "US")
}

func (i *addressIn) address() carriersim.Address {
	return carriersim.Address{Name: i.Name, Company: i.Company, Street: i.Street1, Street2: i.Street2, City: i.City, Region: i.State, Postcode: i.Zip, Country: i.Country, Phone: i.Phone}
}

// in holds the documented fields that are known here; any other is refused. Numbers are
// texts.
type in struct {
	From     *addressIn `json:"address_from"`
	To       *addressIn `json:"address_to"`
	Async    bool       `json:"async"`
	Meta     string     `json:"metadata"`
	Date     time.Time  `json:"shipment_date"`
	Accounts []string   `json:"carrier_accounts"`
	Extra    struct {
		Reference string `json:"reference_1"`
		Signature string `json:"signature_confirmation"`
		Insurance *struct {
			Amount   string `json:"amount"`
			Currency string `json:"currency"`
			Content  string `json:"content"`
		} `json:"insurance"`
		Danger *struct {
			Contains bool `json:"contains"`
		} `json:"dangerous_goods"`
	} `json:"extra"`
	Parcels []struct {
		Length string `json:"length"`
		Width  string `json:"width"`
		Height string `json:"height"`
		Unit   string `json:"distance_unit"`
		Weight string `json:"weight"`
		Mass   string `json:"mass_unit"`
	} `json:"parcels"`
	Customs *struct {
		Contents string         `json:"contents_type"`
		Else     string         `json:"non_delivery_option"`
		Certify  bool           `json:"certify"`
		Signer   string         `json:"certify_signer"`
		EEL      string         `json:"eel_pfc"`
		Terms    string         `json:"incoterm"`
		Invoice  string         `json:"invoice"`
		Exporter map[string]any `json:"exporter_identification"`
		Items    []struct {
			Description string `json:"description"`
			Qty         int    `json:"quantity"`
			Weight      string `json:"net_weight"`
			Mass        string `json:"mass_unit"`
			Value       string `json:"value_amount"`
			Currency    string `json:"value_currency"`
			Origin      string `json:"origin_country"`
			HS          string `json:"tariff_number"`
			SKU         string `json:"sku_code"`
		} `json:"items"`
	} `json:"customs_declaration"`
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		answer(w, http.StatusBadRequest, object{"detail": "The body is not as documented: " + err.Error()})
		return false
	}
	return true
}

// decode reads a shipment and its mass, or refuses it.
func decode(w http.ResponseWriter, r *http.Request) (*in, int) {
	var i in
	if !read(w, r, &i) {
		return nil, 0
	}
	no := func(field, say string) (*in, int) {
		answer(w, http.StatusBadRequest, object{field: []string{say}})
		return nil, 0
	}
	switch {
	case !i.From.ok():
		return no("address_from", "This field is required.")
	case !i.To.ok():
		return no("address_to", "This field is required.")
	case len(i.Parcels) != 1:
		return no("parcels", "This field is required.")
	case len(i.Meta) > 100:
		return no("metadata", "Ensure this field has no more than 100 characters.")
	}
	p := i.Parcels[0]
	for _, text := range []string{p.Length, p.Width, p.Height} {
		if v, err := strconv.ParseFloat(text, 64); err != nil || v <= 0 || p.Unit != "cm" && p.Unit != "in" {
			return no("parcels", "A dimension is not valid.")
		}
	}
	per, known := map[string]float64{"g": 1, "kg": 1000, "oz": 28.349523125, "lb": 453.59237}[p.Mass]
	mass, err := strconv.ParseFloat(p.Weight, 64)
	if err != nil || !known || mass <= 0 {
		return no("parcels", "The weight is not valid.")
	}
	if i.From.Country != i.To.Country && !i.declared() {
		return no("customs_declaration", "A customs declaration is required, and its items are to be complete.")
	}
	return &i, int(mass*per + 0.5)
}

func (i *in) declared() bool {
	if i.Customs == nil || !i.Customs.Certify || i.Customs.Signer == "" || len(i.Customs.Items) == 0 {
		return false
	}
	for _, item := range i.Customs.Items {
		if item.Qty < 1 || item.Description == "" || len(item.Origin) != 2 || item.Value == "" || item.Weight == "" || len(item.Currency) != 3 {
			return false
		}
	}
	return true
}

func (a *Account) track(w http.ResponseWriter, r *http.Request) {
	l, ok := a.book.Label(func(l carriersim.Label) bool { return l.Tracking == r.PathValue("number") })
	switch {
	case !strings.EqualFold(r.PathValue("carrier"), l.Carrier) && ok:
		answer(w, http.StatusBadRequest, object{"detail": "Carrier with name '" + r.PathValue("carrier") + "' is not supported."})
		return
	case !ok:
		notFound(w, r)
		return
	}
	now := object{"status": "PRE_TRANSIT", "status_details": "The label was made.", "status_date": l.At.UTC().Format(time.RFC3339), "location": nil, "substatus": nil}
	answer(w, http.StatusOK, object{
		"carrier": r.PathValue("carrier"), "tracking_number": l.Tracking, "eta": "2026-12-05T08:00:00Z", "original_eta": "2026-12-04T00:00:00Z",
		"tracking_status": now, "tracking_history": []object{now},
	})
}

func (a *Account) address(w http.ResponseWriter, r *http.Request) {
	var i addressIn
	if !read(w, r, &i) {
		return
	}
	valid := i.Validate && !strings.Contains(i.Street1, "Nowhere")
	messages := []object{}
	if !valid {
		messages = append(messages, object{"source": "USPS", "code": "Address Not Found", "text": "The address as submitted could not be found."})
	}
	answer(w, http.StatusCreated, object{
		"object_id": "a1", "is_complete": true, "street1": i.Street1, "street2": i.Street2, "city": strings.ToUpper(i.City), "state": i.State, "zip": i.Zip,
		"country": i.Country, "is_residential": valid, "validation_results": object{"is_valid": valid, "messages": messages},
	})
}
