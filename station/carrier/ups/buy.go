package ups

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	money struct {
		Currency wire.Text `json:"CurrencyCode"`
		Value    wire.Text `json:"MonetaryValue"`
	}
	rated struct {
		Service  struct{ Code wire.Text }
		Total    money                                                `json:"TotalCharges"`
		Ours     wire.Many[struct{ TotalCharge money }]               `json:"NegotiatedRateCharges"`
		Surely   wire.Many[struct{ BusinessDaysInTransit wire.Text }] `json:"GuaranteedDelivery"`
		Alerts   wire.Many[alert]                                     `json:"RatedShipmentAlert"`
		Transits wire.Many[struct {
			ServiceSummary struct {
				EstimatedArrival struct {
					BusinessDaysInTransit wire.Text
					Arrival               struct{ Date, Time wire.Text }
				}
			}
		}] `json:"TimeInTransit"`
	}
	alert struct{ Code, Description wire.Text }
	image struct {
		GraphicImage wire.Text
	}
	sold struct {
		Charges wire.Many[struct{ TotalCharges money }] `json:"ShipmentCharges"`
		Ours    wire.Many[struct{ TotalCharge money }]  `json:"NegotiatedRateCharges"`
		ID      wire.Text                               `json:"ShipmentIdentificationNumber"`
		Parcels wire.Many[struct {
			TrackingNumber wire.Text
			ShippingLabel  wire.Many[image]
		}] `json:"PackageResults"`
		Forms wire.Many[struct{ Image image }] `json:"Form"`
	}
)

func (m money) read() (unit.Money, error) { return account.Amount(string(m.Value), string(m.Currency)) }

// usual is the alert that every price has: the invoice may be another one.
const usual = "110971"

// Quote asks for the prices of all services.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	body, err := c.body(s)
	if err != nil {
		return account.Quotes{}, err
	}
	day, err := c.day(s)
	if err != nil {
		return account.Quotes{}, err
	}
	parcel := c.parcel(s, "PackagingType")
	body["Package"], body["ShipmentTotalWeight"] = []object{parcel}, parcel["PackageWeight"]
	body["PaymentDetails"] = object{"ShipmentCharge": []object{{"Type": "01", "BillShipper": object{"AccountNumber": c.shipper}}}}
	body["DeliveryTimeInformation"] = object{"PackageBillType": "03", "Pickup": object{"Date": day}}
	if !within(s) && confirmation(s) != "" {
		body["ShipmentServiceOptions"] = object{"DeliveryConfirmation": object{"DCISType": confirmation(s)}}
	}
	var got struct {
		RateResponse struct {
			RatedShipment wire.Many[rated]
		}
	}
	err = c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/api/rating/" + version + "/Shoptimeintransit", Asks: true,
		Body: object{"RateRequest": object{"Request": object{"RequestOption": "Shoptimeintransit"}, "PickupType": object{"Code": "01"}, "Shipment": body}},
	}, &got)
	if err != nil {
		return account.Quotes{}, said(err)
	}
	var out account.Quotes
	for _, r := range got.RateResponse.RatedShipment {
		q, err := c.quote(r)
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: "ups", Service: named(string(r.Service.Code)), Say: err.Error()})
			continue
		}
		out.Quotes = append(out.Quotes, q)
	}
	if len(out.Quotes)+len(out.Notes) == 0 {
		out.Notes = []account.Note{{Carrier: "ups", Say: "UPS has no service for this parcel"}}
	}
	return out, nil
}

func (c *Client) quote(r rated) (account.Quote, error) {
	price, err := r.Total.read()
	if len(r.Ours) > 0 {
		price, err = r.Ours.First().TotalCharge.read()
	}
	id := string(r.Service.Code)
	if err == nil && (id == "" || price.Minor <= 0) {
		err = errors.New("a price lacks its service or amount")
	}
	if err != nil {
		return account.Quote{}, err
	}
	q := account.Quote{Service: id, Name: named(id), Carrier: "ups", CarrierName: "UPS", Price: price, Surely: len(r.Surely) > 0}
	arrival := r.Transits.First().ServiceSummary.EstimatedArrival
	q.Arrives = date(string(arrival.Arrival.Date), string(arrival.Arrival.Time), c.zone)
	for _, text := range []wire.Text{r.Surely.First().BusinessDaysInTransit, arrival.BusinessDaysInTransit} {
		if n, err := strconv.Atoi(string(text)); err == nil && n > 0 && n < 100 && q.Days == 0 {
			q.Days = n
		}
	}
	for _, a := range r.Alerts {
		if a.Code != usual && a.Description != "" {
			q.Warnings = append(q.Warnings, wire.Clean(string(a.Description), 200))
		}
	}
	return q, nil
}

// Buy buys a label. There is no PDF among the forms that it comes in; recovery has one.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	body, err := c.ordered(s, q.Service)
	if err != nil {
		return account.Purchase{}, err
	}
	var got struct {
		ShipmentResponse struct {
			Response struct {
				Alert                wire.Many[alert]
				TransactionReference wire.Many[struct{ CustomerContext wire.Text }]
			}
			ShipmentResults sold
		}
	}
	err = c.buy.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/api/shipments/" + version + "/ship", Query: url.Values{"additionaladdressvalidation": {"city"}}, Once: true,
		Body: object{"ShipmentRequest": object{
			"Request":  object{"RequestOption": "validate", "TransactionReference": object{"CustomerContext": s.Ref}},
			"Shipment": body, "LabelSpecification": specification(s.Label, "GIF"),
		}},
	}, &got)
	if err != nil {
		return account.Purchase{}, said(err)
	}
	answer := got.ShipmentResponse
	if echo := answer.Response.TransactionReference.First().CustomerContext; string(echo) != s.Ref {
		return account.Purchase{}, errors.New("UPS's answer is that of another parcel")
	}
	if len(answer.ShipmentResults.Parcels) != 1 {
		return account.Purchase{}, errors.New("UPS's answer is not that of one parcel")
	}
	p, err := c.purchase(answer.ShipmentResults, s.Label)
	if err != nil {
		return p, err
	}
	for _, a := range answer.Response.Alert {
		p.Warnings = append(p.Warnings, wire.Clean(string(a.Description), 200))
	}
	if !s.Label.ZPL {
		if page, err := c.recovery(ctx, object{"TrackingNumber": p.Tracking}, s.Label); err == nil && page.Tracking == p.Tracking {
			p.Papers[0] = page.Papers[0] // else the picture is printed
		}
	}
	return p, nil
}

// purchase makes a purchase of what was sold.
func (c *Client) purchase(s sold, form account.Form) (account.Purchase, error) {
	parcel := s.Parcels.First()
	p := account.Purchase{ID: string(s.ID), Tracking: string(parcel.TrackingNumber), Carrier: "ups"}
	if p.ID == "" || p.Tracking == "" {
		return account.Purchase{}, errors.New("UPS's answer has no tracking number")
	}
	p.Sample = c.samples || strings.HasPrefix(p.Tracking, "1ZXXXX") // what it prints at the address for samples
	p.Charged, _ = s.Charges.First().TotalCharges.read()
	if len(s.Ours) > 0 {
		p.Charged, _ = s.Ours.First().TotalCharge.read()
	}
	label, err := account.Coded(string(parcel.ShippingLabel.First().GraphicImage), form)
	if err != nil {
		return p, err
	}
	if form.ZPL {
		label.DPI = 203 // there is no other
	}
	p.Papers = append(p.Papers, label)
	for _, f := range s.Forms {
		if page, err := account.Coded(string(f.Image.GraphicImage), account.Form{}); err == nil {
			page.Kind = "customs"
			p.Papers = append(p.Papers, page)
		} else {
			p.Warnings = append(p.Warnings, "the invoice for customs could not be read")
		}
	}
	return p, nil
}

// specification is the form of a label. A size is refused with any other than ZPL.
func specification(form account.Form, page string) object {
	if form.ZPL {
		return object{"LabelImageFormat": object{"Code": "ZPL"}, "LabelStockSize": object{"Height": "6", "Width": "4"}}
	}
	return object{"LabelImageFormat": object{"Code": page}}
}

func (c *Client) reference(ref string) object {
	return object{"ReferenceNumber": object{"Value": ref}, "ShipperNumber": c.shipper}
}

// recovery asks for a label that there is. It changes nothing.
func (c *Client) recovery(ctx context.Context, of object, form account.Form) (account.Purchase, error) {
	var got struct {
		LabelRecoveryResponse struct {
			ShipmentIdentificationNumber wire.Text
			TrackingCandidate            wire.Many[any]
			LabelResults                 wire.Many[struct {
				TrackingNumber wire.Text
				LabelImage     wire.Many[image]
			}]
			Form wire.Many[struct{ Image image }]
		}
	}
	of["LabelSpecification"] = specification(form, "PDF")
	err := c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/api/labels/v1/recovery", Body: object{"LabelRecoveryRequest": of}, Asks: true}, &got)
	if err != nil {
		return account.Purchase{}, err
	}
	found := got.LabelRecoveryResponse
	if len(found.TrackingCandidate) > 0 || len(found.LabelResults) != 1 {
		return account.Purchase{}, errors.New("UPS does not name one label")
	}
	var s sold
	s.ID, s.Forms = found.ShipmentIdentificationNumber, found.Form
	label := found.LabelResults.First()
	s.Parcels = append(s.Parcels, struct {
		TrackingNumber wire.Text
		ShippingLabel  wire.Many[image]
	}{label.TrackingNumber, label.LabelImage})
	return c.purchase(s, form)
}

// Recover looks for the label of a reference, or of the number that a person found.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	of := object{"ReferenceValues": c.reference(a.Ref)}
	if a.Tracking != "" {
		of = object{"TrackingNumber": a.Tracking}
	}
	p, err := c.recovery(ctx, of, a.Label)
	switch code(err) {
	case notFound, voided:
		return account.Recovered{Found: account.Nothing}, nil
	}
	if err != nil {
		return account.Recovered{}, said(err)
	}
	if a.Tracking != "" && p.Tracking != a.Tracking {
		return account.Recovered{}, errors.New("UPS answered with another label")
	}
	return account.Recovered{Found: account.Bought, Purchase: p}, nil
}

// Void voids a shipment. That there is none to void may mean that it was voided before,
// which label recovery tells.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var got struct {
		VoidShipmentResponse struct {
			SummaryResult struct{ Status struct{ Code wire.Text } }
		}
	}
	path := "/api/shipments/" + version + "/void/cancel/" + url.PathEscape(p.ID)
	err := c.buy.JSON(ctx, web.Request{Method: http.MethodDelete, Path: path, Once: true}, &got)
	if code(err) == notVoid {
		_, again := c.recovery(ctx, object{"TrackingNumber": p.Tracking}, account.Form{})
		switch {
		case code(again) == voided:
			return account.RefundDone, nil
		case again != nil && code(again) == "": // that it did not answer says nothing
			return "", fmt.Errorf("UPS does not tell whether it was given back before: %v", again)
		}
		no := said(err)
		if refused := new(account.Refused); errors.As(no, &refused) {
			refused.Why = account.TooLate
		}
		return "", no
	}
	switch {
	case err != nil:
		return "", said(err)
	case got.VoidShipmentResponse.SummaryResult.Status.Code != "1":
		return "", errors.New("UPS's answer does not say that the label is void")
	}
	return account.RefundDone, nil
}
