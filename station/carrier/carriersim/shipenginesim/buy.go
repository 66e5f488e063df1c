package shipenginesim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/carriersim"
)

type addressIn struct {
	Name    string `json:"name"`
	Company string `json:"company_name"`
	Phone   string `json:"phone"`
	Email   string `json:"email"`
	Line1   string `json:"address_line1"`
	Line2   string `json:"address_line2"`
	City    string `json:"city_locality"`
	State   string `json:"state_province"`
	Code    string `json:"postal_code"`
	Country string `json:"country_code"`
	Private string `json:"address_residential_indicator"`
}

type moneyIn struct {
	Currency string      `json:"currency"`
	Amount   json.Number `json:"amount"`
}

type measureIn struct {
	Value json.Number `json:"value"`
	Unit  string      `json:"unit"`
}

// shipmentIn holds the documented fields that are known here; any other is refused.
type shipmentIn struct {
	CarrierID string     `json:"carrier_id"`
	Service   string     `json:"service_code"`
	External  string     `json:"external_shipment_id"`
	Order     string     `json:"external_order_id"`
	To        *addressIn `json:"ship_to"`
	From      *addressIn `json:"ship_from"`
	Warehouse string     `json:"warehouse_id"`
	Date      string     `json:"ship_date"`
	Confirm   string     `json:"confirmation"`
	Insurer   string     `json:"insurance_provider"`
	Customs   *struct {
		Contents string `json:"contents"`
		Else     string `json:"non_delivery"`
		Terms    string `json:"terms_of_trade_code"`
	} `json:"customs"`
	Tax []struct {
		Entity    string `json:"taxable_entity_type"`
		Kind      string `json:"identifier_type"`
		Authority string `json:"issuing_authority"`
		Value     string `json:"value"`
	} `json:"tax_identifiers"`
	Advanced struct {
		Danger bool `json:"dangerous_goods"`
	} `json:"advanced_options"`
	Packages []struct {
		Code     string    `json:"package_code"`
		Weight   measureIn `json:"weight"`
		Insured  *moneyIn  `json:"insured_value"`
		Messages struct {
			One string `json:"reference1"`
		} `json:"label_messages"`
		Dimensions *struct {
			Unit   string      `json:"unit"`
			Length json.Number `json:"length"`
			Width  json.Number `json:"width"`
			Height json.Number `json:"height"`
		} `json:"dimensions"`
		Products []struct {
			Name   string    `json:"description"`
			Qty    int       `json:"quantity"`
			Value  moneyIn   `json:"value"`
			Weight measureIn `json:"weight"`
			HS     string    `json:"harmonized_tariff_code"`
			Origin string    `json:"country_of_origin"`
			SKU    string    `json:"sku"`
		} `json:"products"`
	} `json:"packages"`
}

func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		fail(w, http.StatusBadRequest, "validation", "invalid_field_value", "", "The body is not as documented: "+err.Error())
		return false
	}
	return true
}

// grams is the mass, of whatever unit.
func (in *shipmentIn) grams() (int, bool) {
	if len(in.Packages) != 1 {
		return 0, false
	}
	m := in.Packages[0].Weight
	v, err := m.Value.Float64()
	per, known := map[string]float64{"pound": 453.59237, "ounce": 28.349523125, "gram": 1, "kilogram": 1000}[m.Unit]
	return int(v*per + 0.5), err == nil && known && v > 0
}

// check refuses what the manual says is refused.
func (in *shipmentIn) check(w http.ResponseWriter) bool {
	no := func(field, message string) bool {
		fail(w, http.StatusBadRequest, "validation", "field_value_required", field, message)
		return false
	}
	whole := func(a *addressIn) bool {
		state := a == nil || len(a.State) == 2 || a.Country != "US" && a.Country != "CA"
		return a != nil && a.Name != "" && a.Line1 != "" && a.City != "" && a.Code != "" && len(a.Country) == 2 && state &&
			slices.Contains([]string{"yes", "no", "unknown"}, a.Private)
	}
	_, heavy := in.grams()
	_, dated := time.Parse(time.DateOnly, in.Date)
	switch {
	case !whole(in.To):
		return no("shipment.ship_to", "ship_to is incomplete")
	case in.Warehouse == "" && !whole(in.From), in.Warehouse != "" && in.From != nil:
		return no("shipment.ship_from", "either ship_from or warehouse_id is wanted")
	case !heavy:
		return no("shipment.packages[0].weight", "weight must be greater than zero")
	case dated != nil:
		return no("shipment.ship_date", "ship_date is no date")
	case !slices.Contains([]string{"none", "delivery", "signature", "adult_signature", "direct_signature"}, in.Confirm):
		return no("shipment.confirmation", "confirmation is unknown")
	case in.Packages[0].Code != "package":
		return no("shipment.packages[0].package_code", "invalid package_code '"+in.Packages[0].Code+"'")
	case in.Packages[0].Insured != nil && in.Insurer == "":
		return no("shipment.insurance_provider", "insurance_provider is wanted")
	}
	if d := in.Packages[0].Dimensions; d != nil && d.Unit != "inch" && d.Unit != "centimeter" {
		return no("shipment.packages[0].dimensions.unit", "unit is unknown")
	}
	if in.From != nil && in.From.Country != in.To.Country {
		ok := in.Customs != nil && in.Customs.Contents != "" && in.Customs.Else != "" && len(in.Packages[0].Products) > 0
		for _, p := range in.Packages[0].Products {
			ok = ok && p.Name != "" && p.Qty > 0 && p.Value.Amount != "" && len(p.Value.Currency) == 3 && len(p.Origin) == 2
		}
		if !ok {
			fail(w, http.StatusBadRequest, "business_rules", "customs_items_required", "shipment.customs", "customs items are required")
			return false
		}
	}
	return true
}

// wishIn is what a label is bought with.
type wishIn struct {
	Shipment *shipmentIn `json:"shipment"`
	Format   string      `json:"label_format"`
	Layout   string      `json:"label_layout"`
	Download string      `json:"label_download_type"`
	Validate string      `json:"validate_address"`
	Test     bool        `json:"test_label"`
}

func (in *wishIn) check(w http.ResponseWriter) bool {
	switch {
	case in.Format != "pdf" && in.Format != "zpl" && in.Format != "png":
		fail(w, http.StatusBadRequest, "validation", "invalid_field_value", "label_format", "label_format is unknown")
	case !slices.Contains([]string{"4x6", "letter", "A4", "A6"}, in.Layout):
		fail(w, http.StatusBadRequest, "validation", "invalid_field_value", "label_layout", "label_layout is unknown")
	case in.Download != "inline" && in.Download != "url":
		fail(w, http.StatusBadRequest, "validation", "invalid_field_value", "label_download_type", "label_download_type is unknown")
	default:
		return true
	}
	return false
}

func (a *Account) buy(w http.ResponseWriter, r *http.Request) {
	var in wishIn
	if !decode(w, r, &in) || !in.check(w) {
		return
	}
	if in.Shipment == nil || in.Shipment.CarrierID == "" || in.Shipment.Service == "" {
		fail(w, http.StatusBadRequest, "validation", "field_value_required", "shipment.service_code", "carrier_id and service_code are wanted")
		return
	}
	if !in.Shipment.check(w) {
		return
	}
	s := &shipment{id: a.book.Token("se-"), external: in.Shipment.External, in: *in.Shipment}
	if s.external == "" {
		s.external = s.id
	}
	s.external = s.external[:min(len(s.external), 50)] // without a word
	for _, other := range a.shipments {
		if other.external == s.external {
			fail(w, http.StatusBadRequest, "business_rules", "identifier_conflict", "shipment.external_shipment_id", "external_shipment_id is in use")
			return
		}
	}
	a.shipments[s.id] = s
	a.sell(w, r, s, in)
}

// buyLeft buys a label for a shipment that was made before, as often as it is asked.
func (a *Account) buyLeft(w http.ResponseWriter, r *http.Request) {
	var in wishIn
	if !decode(w, r, &in) || !in.check(w) {
		return
	}
	s := a.shipments[r.PathValue("id")]
	if s == nil || in.Shipment != nil {
		fail(w, http.StatusNotFound, "business_rules", "not_found", "shipment_id", "shipment not found")
		return
	}
	a.sell(w, r, s, in)
}

func (a *Account) sell(w http.ResponseWriter, r *http.Request, s *shipment, in wishIn) {
	i := slices.IndexFunc(services, func(o service) bool { return o.carrier == s.in.CarrierID && o.service == s.in.Service })
	mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.NoLabel, carriersim.Slow, carriersim.OtherParcel)
	switch {
	case mishap == carriersim.PoorFunds:
		fail(w, http.StatusBadRequest, "account_status", "insufficient_funds", "", "Insufficient funds in the account.")
		return
	case mishap == carriersim.BadAddress:
		fail(w, http.StatusBadRequest, "business_rules", "unspecified", "", "A shipping carrier error occurred: The address is not deliverable.")
		return
	case mishap == carriersim.NoService, i < 0:
		fail(w, http.StatusBadRequest, "validation", "invalid_field_value", "shipment.service_code", "invalid service_code '"+s.in.Service+"'")
		return
	}
	of := services[i]
	grams, _ := s.in.grams()
	cents := price(of.cents, grams)
	if mishap == carriersim.PriceUp {
		cents += cents / 10
	}
	tracking := carriersim.USPSNumber(a.book.Serial())
	if of.code == "ups" {
		tracking = carriersim.UPSNumber(a.book.Serial())
	}
	l := &label{shipment: s, id: a.book.Token("se-"), form: in.Format, inline: in.Download == "inline", status: "completed"}
	if in.Test && a.live {
		l.id, cents = a.book.Token("se-test-"), 0
	}
	l.bare = mishap == carriersim.NoLabel
	if mishap == carriersim.Slow {
		l.status = "processing"
	}
	to := s.in.To
	l.sold = *a.book.Sell(carriersim.Label{
		Order: s.in.Packages[0].Messages.One,
		ID:    l.id, Ref: s.external, Tracking: tracking, Carrier: of.code, Service: of.service, Minor: cents, Currency: "USD", Grams: grams, At: a.o.Now(),
		Test: in.Test || !a.live,
		To:   carriersim.Address{Name: to.Name, Company: to.Company, Street: to.Line1, Street2: to.Line2, City: to.City, Region: to.State, Postcode: to.Code, Country: to.Country, Phone: to.Phone},
	})
	a.labels = append(a.labels, l)
	body := a.body(r, l, l.inline)
	if mishap == carriersim.OtherParcel {
		body["external_shipment_id"], body["label_id"], body["tracking_number"] = "SOMEBODY-ELSE", "se-1", carriersim.USPSNumber(1)
	}
	answer(w, http.StatusOK, body) // 200, not 201
}

// void answers 200 whether it is taken back or not.
func (a *Account) void(w http.ResponseWriter, r *http.Request) {
	l := a.label(r.PathValue("id"))
	if l == nil {
		fail(w, http.StatusNotFound, "business_rules", "not_found", "label_id", "label not found")
		return
	}
	no := func(reason string) {
		answer(w, http.StatusOK, object{"approved": false, "message": "Unable to void the label.", "reason_code": reason})
	}
	mishap := a.book.Take(carriersim.NoRefund, carriersim.LateRefund)
	switch {
	case l.voided:
		no("label_already_voided")
		return
	case mishap == carriersim.NoRefund, l.sold.Closed:
		no("label_not_found_within_void_period")
		return
	}
	l.voided, l.refund = true, "approved"
	if mishap == carriersim.LateRefund {
		l.refund = "pending"
	}
	a.book.Void(l.id)
	answer(w, http.StatusOK, object{"approved": true, "message": "Request for refund submitted.", "voided_label_ids": []string{l.id}})
}

func (a *Account) manifest(w http.ResponseWriter, r *http.Request) {
	var in struct {
		IDs []string `json:"label_ids"`
	}
	if !decode(w, r, &in) {
		return
	}
	ids, first := []string{}, ""
	for _, id := range in.IDs {
		if l := a.label(id); l != nil && !l.voided && !l.sold.Closed {
			l.sold.Closed = true
			a.book.Close(id)
			ids, first = append(ids, id), l.id
		}
	}
	if first == "" {
		fail(w, http.StatusBadRequest, "business_rules", "unspecified", "label_ids", "No label can be manifested.")
		return
	}
	m := object{"manifest_id": a.book.Token("se-"), "label_ids": ids, "manifest_download": object{"href": "http://" + r.Host + "/downloads/" + first + ".pdf"}}
	answer(w, http.StatusOK, object{"manifests": []object{m}, "manifest_requests": []object{{"manifest_request_id": "se-9", "status": "completed"}}})
}

func (a *Account) validate(w http.ResponseWriter, r *http.Request) {
	var in []addressIn
	if !decode(w, r, &in) {
		return
	}
	out := []object{}
	for _, one := range in {
		if strings.Contains(one.Line1, "Nowhere") {
			out = append(out, object{"status": "unverified", "matched_address": nil, "messages": []object{{"message": "Address not found"}}})
			continue
		}
		one.City, one.Private = strings.ToUpper(one.City), "yes"
		out = append(out, object{"status": "verified", "matched_address": one, "messages": []object{}})
	}
	answer(w, http.StatusOK, out)
}
