package shipstationv1sim

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"packbench/station/carrier/carriersim"
)

type buyIn struct {
	Order   int      `json:"orderId"`
	Carrier string   `json:"carrierCode"`
	Service string   `json:"serviceCode"`
	Package string   `json:"packageCode"`
	Confirm string   `json:"confirmation"`
	Date    string   `json:"shipDate"`
	Weight  weightIn `json:"weight"`
	Size    *sizeIn  `json:"dimensions"`
	Test    bool     `json:"testLabel"`
	Insured *struct {
		Provider string      `json:"provider"`
		Is       bool        `json:"insureShipment"`
		Value    json.Number `json:"insuredValue"`
	} `json:"insuranceOptions"`
	Abroad *struct {
		Contents string `json:"contents"`
		Else     string `json:"nonDelivery"`
		Items    []struct {
			Description string      `json:"description"`
			Qty         int         `json:"quantity"`
			Value       json.Number `json:"value"`
			HS          string      `json:"harmonizedTariffCode"`
			Origin      string      `json:"countryOfOrigin"`
		} `json:"customsItems"`
	} `json:"internationalOptions"`
}

// takes refuses what cannot be bought.
func (a *Account) takes(w http.ResponseWriter, in buyIn, o, s int, mishap carriersim.Mishap) bool {
	_, dated := time.Parse(time.DateOnly, in.Date)
	switch {
	case a.noStore:
		answer(w, http.StatusInternalServerError, object{"Message": "An error has occurred.", "ExceptionMessage": "Object reference not set to an instance of an object."})
		return false
	case o < 0:
		fail(w, "The order was not found.")
		return false
	case mishap == carriersim.PoorFunds:
		fail(w, "Insufficient funds in the carrier account.")
		return false
	case mishap == carriersim.BadAddress:
		fail(w, "The address is not valid.")
		return false
	case mishap == carriersim.NoService, s < 0:
		fail(w, "The service is not available.")
		return false
	case in.Package != "package" || in.Confirm == "" || dated != nil || in.Weight.grams() <= 0:
		fail(w, "packageCode, confirmation, shipDate and weight are required")
		return false
	case a.orders[o].to.Country != "US" && (in.Abroad == nil || len(in.Abroad.Items) == 0):
		fail(w, "customs items are required")
		return false
	}
	return true
}

func (a *Account) buy(w http.ResponseWriter, r *http.Request) {
	var in buyIn
	if !decode(w, r, &in) {
		return
	}
	o := slices.IndexFunc(a.orders, func(o *order) bool { return o.id == in.Order })
	s := slices.IndexFunc(sells, func(s service) bool { return s.carrier == in.Carrier && s.code == in.Service })
	mishap := a.book.Take(carriersim.PoorFunds, carriersim.BadAddress, carriersim.NoService, carriersim.PriceUp, carriersim.OtherParcel, carriersim.NoLabel)
	if !a.takes(w, in, o, s, mishap) {
		return
	}
	of, to := a.orders[o], a.orders[o].to
	cents := price(sells[s], in.Weight.grams())
	if mishap == carriersim.PriceUp {
		cents += cents / 10
	}
	if in.Test {
		cents = 0
	}
	tracking := carriersim.USPSNumber(a.book.Serial())
	if in.Carrier == "ups" {
		tracking = carriersim.UPSNumber(a.book.Serial())
	}
	l := &label{order: of, id: 70_000 + a.book.Serial(), carrier: in.Carrier, at: a.o.Now()}
	l.sold = *a.book.Sell(carriersim.Label{
		ID: strconv.Itoa(l.id), Ref: of.number, Tracking: tracking, Carrier: in.Carrier, Service: in.Service, Minor: cents, Currency: "USD",
		Grams: in.Weight.grams(), At: l.at, Test: in.Test,
		To: carriersim.Address{Name: to.Name, Company: to.Company, Street: to.Street1, Street2: to.Street2, City: to.City, Region: to.State, Postcode: to.Code, Country: to.Country, Phone: to.Phone},
	})
	of.shipped = true
	a.labels = append(a.labels, l)
	data, _ := carriersim.Paper(l.sold, "pdf", 203)
	body := object{
		"shipmentId": l.id, "orderId": of.id, "trackingNumber": tracking, "shipmentCost": number(cents), "insuranceCost": 0.0,
		"labelData": base64.StdEncoding.EncodeToString(data), "formData": nil,
	}
	switch mishap {
	case carriersim.OtherParcel:
		body["orderId"] = of.id + 1
	case carriersim.NoLabel:
		body["labelData"] = nil
	}
	answer(w, http.StatusOK, body)
}
