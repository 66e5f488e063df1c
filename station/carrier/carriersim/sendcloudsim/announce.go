package sendcloudsim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/carrier/carriersim"
)

type (
	place struct {
		Name     string `json:"name"`
		Company  string `json:"company_name"`
		Line1    string `json:"address_line_1"`
		House    string `json:"house_number"`
		Line2    string `json:"address_line_2"`
		Postcode string `json:"postal_code"`
		City     string `json:"city"`
		Country  string `json:"country_code"`
		State    string `json:"state_province_code"`
		Email    string `json:"email"`
		Phone    string `json:"phone_number"`
	}
	amount struct {
		Value    string `json:"value"` // a text
		Currency string `json:"currency"`
	}
	measure struct {
		Value string `json:"value"` // a text
		Unit  string `json:"unit"`
	}
	parcel struct {
		Weight     measure `json:"weight"`
		Dimensions *struct {
			Length string `json:"length"`
			Width  string `json:"width"`
			Height string `json:"height"`
			Unit   string `json:"unit"`
		} `json:"dimensions"`
		Insured *amount `json:"additional_insured_price"`
		Items   []struct {
			Description string `json:"description"`
			Quantity    int    `json:"quantity"`
			Weight      struct {
				Value float64 `json:"value"` // a number
				Unit  string  `json:"unit"`
			} `json:"weight"`
			Price  amount `json:"price"`
			HS     string `json:"hs_code"`
			Origin string `json:"origin_country"`
			SKU    string `json:"sku"`
		} `json:"parcel_items"`
	}
	request struct {
		External  string  `json:"external_reference_id"`
		Reference string  `json:"reference"`
		Number    string  `json:"order_number"`
		Total     *amount `json:"total_order_price"`
		Label     struct {
			Mime string `json:"mime_type"`
			DPI  int    `json:"dpi"`
		} `json:"label_details"`
		ShipWith struct {
			Type       string `json:"type"`
			Properties struct {
				Code     string `json:"shipping_option_code"`
				Contract int    `json:"contract_id"`
			} `json:"properties"`
		} `json:"ship_with"`
		From    *place   `json:"from_address"`
		To      *place   `json:"to_address"`
		Parcels []parcel `json:"parcels"`
		Customs *struct {
			Invoice string `json:"invoice_number"`
			Reason  string `json:"export_reason"`
			Taxes   *struct {
				Sender []struct {
					Name    string `json:"name"`
					Country string `json:"country_code"`
					Value   string `json:"value"`
				} `json:"sender"`
			} `json:"tax_numbers"`
		} `json:"customs_information"`
	}
)

var (
	digits  = regexp.MustCompile(`^\d+(\.\d+)?$`)
	state   = regexp.MustCompile(`^[A-Z]{2}-[A-Z0-9]{1,3}$`)
	union   = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
	reasons = "gift documents commercial_goods commercial_sample returned_goods"
)

// grams returns what the parcel weighs, or what is said of it in no.
func (p parcel) grams() (grams int64, no string) {
	kilos, err := strconv.ParseFloat(p.Weight.Value, 64)
	if err != nil || kilos < 0.001 || p.Weight.Unit != "kg" {
		return 0, "Enter a valid weight."
	}
	if d := p.Dimensions; d != nil && (d.Unit != "cm" || !digits.MatchString(d.Length) || !digits.MatchString(d.Width) || !digits.MatchString(d.Height)) {
		return 0, "Enter valid dimensions."
	}
	return int64(math.Round(kilos * 1000)), ""
}

// wrong is the first thing that is wrong with a shipment: where, and what.
func (in request) wrong() (pointer, say string) {
	for at, p := range map[string]*place{"/from_address": in.From, "/to_address": in.To} {
		switch {
		case p == nil:
			return at, "This field is required."
		case p.Name == "":
			return at + "/name", "This field is required."
		case p.Line1 == "":
			return at + "/address_line_1", "This field is required."
		case p.City == "" || p.Postcode == "" && p.Country != "IE":
			return at + "/postal_code", "This field is required."
		case len(p.Country) != 2:
			return at + "/country_code", "Invalid country."
		case p.State != "" && !state.MatchString(p.State), p.Country == "US" && p.State == "":
			return at + "/state_province_code", "Invalid state."
		}
	}
	switch {
	case len(in.Parcels) != 1:
		return "/parcels", "One parcel is wanted here."
	case in.ShipWith.Type != "shipping_option_code":
		return "/ship_with/type", "Invalid choice."
	case in.External == "" || in.Number == "":
		return "/order_number", "This field is required."
	case in.Total != nil && (!digits.MatchString(in.Total.Value) || len(in.Total.Currency) != 3):
		return "/total_order_price", "Enter a valid price."
	case in.Label.Mime == "application/pdf" && !slices.Contains([]int{72, 203, 300, 600}, in.Label.DPI),
		in.Label.Mime == "application/zpl" && in.Label.DPI != 0, !strings.Contains("application/pdf application/zpl", in.Label.Mime):
		return "/label_details", "Invalid choice."
	}
	return in.customs()
}

func (in request) customs() (pointer, say string) {
	if strings.Contains(union, in.From.Country) && strings.Contains(union, in.To.Country) {
		return "", ""
	}
	if in.Customs == nil || in.Customs.Invoice == "" || !strings.Contains(reasons, in.Customs.Reason) || len(in.Parcels[0].Items) == 0 {
		return "/customs_information", "This field is required."
	}
	for i, item := range in.Parcels[0].Items {
		switch at := fmt.Sprintf("/parcels/0/parcel_items/%d", i); {
		case item.HS == "" || len(item.HS) > 12 || len(item.Origin) != 2 || item.Description == "" || item.Quantity < 1 || item.Weight.Value <= 0:
			return at, "This field is required."
		case !digits.MatchString(item.Price.Value) || item.Price.Currency != in.Parcels[0].Items[0].Price.Currency:
			return at + "/price", "Mixed currencies are not accepted."
		}
	}
	return "", ""
}

func (a *Account) announce(w http.ResponseWriter, r *http.Request) {
	var in request
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&in); err != nil {
		fail(w, http.StatusBadRequest, "unknown_field", "/data", err.Error())
		return
	}
	if pointer, say := in.wrong(); say != "" {
		fail(w, http.StatusBadRequest, "invalid", pointer, say)
		return
	}
	grams, no := in.Parcels[0].grams()
	if no != "" {
		fail(w, http.StatusBadRequest, "invalid", "/parcels/0/weight", no)
		return
	}
	with := in.ShipWith.Properties
	i := slices.IndexFunc(options, func(o option) bool { return o.code == with.Code && (with.Contract == 0 || with.Contract == o.contract) })
	mishap := a.book.Take(carriersim.BadAddress, carriersim.NoService, carriersim.Slow, carriersim.NoLabel, carriersim.OtherParcel, carriersim.Failed)
	if i < 0 || mishap == carriersim.NoService {
		fail(w, http.StatusBadRequest, "invalid_choice", "/ship_with/properties/shipping_option_code", "The shipping option is not available.")
		return
	}
	if mishap == carriersim.BadAddress {
		fail(w, http.StatusBadRequest, "validation_error", "/to_address/postal_code", "The postal code does not match the city.")
		return
	}
	if s := a.find(func(s *shipment) bool { return s.in.External == in.External }); s != nil {
		answer(w, http.StatusConflict, map[string]any{"data": a.body(r, s, false)})
		return
	}
	s := &shipment{id: a.book.Token("sc-"), parcel: 383_000_000 + a.book.Serial(), in: in, option: options[i], status: "READY_TO_SEND", at: a.o.Now()}
	a.shipments = append(a.shipments, s)
	if mishap == carriersim.Failed {
		s.status = "ANNOUNCEMENT_FAILED"
		answer(w, http.StatusCreated, map[string]any{"data": a.body(r, s, false)})
		return
	}
	s.sold = a.book.Sell(carriersim.Label{
		ID: s.id, Ref: in.External, Tracking: fmt.Sprintf("3SYZXG%07d", s.parcel%10_000_000), Carrier: s.option.carrier, Service: s.option.code,
		Minor: a.price(s.option, grams), Currency: a.o.Coin("EUR"), Grams: int(grams), At: s.at,
		To: carriersim.Address{
			Name: in.To.Name, Company: in.To.Company, Street: strings.TrimSpace(in.To.Line1 + " " + in.To.House), Street2: in.To.Line2, City: in.To.City,
			Region: in.To.State, Postcode: in.To.Postcode, Country: in.To.Country, Phone: in.To.Phone,
		},
	})
	switch mishap {
	case carriersim.Slow:
		s.status, s.asked = "ANNOUNCING", 2
	case carriersim.NoLabel:
		s.hidden = 1
	}
	body := a.body(r, s, mishap != carriersim.NoLabel)
	if mishap == carriersim.OtherParcel {
		body["id"], body["external_reference_id"], body["reference"] = "sc-other", "OTHER-1", "OTHER-1"
		if boxes, ok := body["parcels"].([]any); ok {
			boxes[0].(map[string]any)["tracking_number"] = "3SOTHER0000001"
		}
	}
	answer(w, http.StatusCreated, map[string]any{"data": body})
}

// body is a shipment as the interface writes it.
func (a *Account) body(r *http.Request, s *shipment, inline bool) map[string]any {
	if s.status == "ANNOUNCING" {
		if s.asked--; s.asked < 0 {
			s.status = "READY_TO_SEND"
		}
	}
	box := map[string]any{
		"id": s.parcel, "status": map[string]any{"code": s.status, "message": strings.ReplaceAll(strings.ToLower(s.status), "_", " ")}, "documents": []any{},
		"tracking_number": "", "tracking_url": nil, "weight": s.in.Parcels[0].Weight, "additional_carrier_data": map[string]any{"awb_tracking_number": nil},
	}
	errs := []any{}
	switch {
	case s.status == "ANNOUNCEMENT_FAILED":
		errs = append(errs, failure(http.StatusInternalServerError, "parcel_announcement_error", "", "Service error: the carrier refused the parcel."))
	case s.status != "ANNOUNCING":
		link := fmt.Sprintf("http://%s/parcels/%d/documents/", r.Host, s.parcel)
		documents := []any{map[string]any{"type": "label", "size": "a6", "link": link + "label"}}
		if s.in.Customs != nil {
			documents = append(documents, map[string]any{"type": "customs-declaration", "size": "a4", "link": link + "customs-declaration"})
		}
		box["tracking_number"], box["documents"] = s.sold.Tracking, documents
		if inline && s.in.Label.Mime == "application/pdf" {
			if data, err := carriersim.Paper(*s.sold, "pdf", 203); err == nil {
				box["label_file"] = base64.StdEncoding.EncodeToString(data)
			}
		}
	}
	return map[string]any{
		"id": s.id, "external_reference_id": s.in.External, "reference": s.in.Reference, "order_number": s.in.Number, "label_details": s.in.Label,
		"ship_with": s.in.ShipWith, "from_address": s.in.From, "to_address": s.in.To, "parcels": []any{box}, "errors": errs,
		"carrier": map[string]any{"code": s.option.carrier, "name": s.option.carrierName},
	}
}
