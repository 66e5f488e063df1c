package fedex

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	alert struct{ Code, Message wire.Text }
	rated struct {
		Type     wire.Text `json:"rateType"`
		Total    wire.Text `json:"totalNetCharge"`
		Currency wire.Text `json:"currency"`
		Detail   struct {
			Currency wire.Text `json:"currency"`
		} `json:"shipmentRateDetail"`
	}
	offer struct {
		Service wire.Text `json:"serviceType"`
		Rated   []rated   `json:"ratedShipmentDetails"`
		Commit  struct {
			Date struct {
				Day wire.Text `json:"dayFormat"`
			} `json:"dateDetail"`
			Days json.RawMessage `json:"transitDays"`
		} `json:"commit"`
		Operation struct {
			Transit wire.Text `json:"transitTime"`
		} `json:"operationalDetail"`
	}
)

// alerts reads a list, which is a text as well at times.
func alerts(raw json.RawMessage) (out []alert) {
	_ = json.Unmarshal(raw, &out)
	return out
}

// invented reports whether an answer is the sandbox's.
func invented(all []alert) bool {
	return slices.ContainsFunc(all, func(a alert) bool { return a.Code == "VIRTUAL.RESPONSE" })
}

// Quote asks for the account's own prices of all services.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	shipment, err := c.shipment(s)
	if err != nil {
		return account.Quotes{}, err
	}
	shipment["recipient"], shipment["shipDateStamp"] = shipment["recipients"].([]object)[0], shipment["shipDatestamp"] // other words than for labels
	delete(shipment, "recipients")
	delete(shipment, "shipDatestamp")
	shipment["rateRequestType"] = []string{"ACCOUNT"}
	var got struct {
		Output struct {
			Alerts json.RawMessage `json:"alerts"`
			Offers []offer         `json:"rateReplyDetails"`
		} `json:"output"`
	}
	err = c.ask.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/rate/v1/rates/quotes", Header: http.Header{"X-Locale": {"en_US"}}, Asks: true,
		Body: object{
			"accountNumber": object{"value": c.number}, "rateRequestControlParameters": object{"returnTransitTimes": true}, "requestedShipment": shipment,
		},
	}, &got)
	if err != nil {
		return account.Quotes{}, said(err)
	}
	if invented(alerts(got.Output.Alerts)) && !s.Test {
		return account.Quotes{}, &account.Refused{Why: account.NotSet, Say: "FedEx answers with the invented prices of its sandbox: use the key of production, or mark the account as one for samples"}
	}
	var out account.Quotes
	for _, o := range got.Output.Offers {
		q, err := c.quote(o)
		q.Ask = map[string]string{shipDay: shipment["shipDateStamp"].(string)}
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: "fedex", Service: named(string(o.Service)), Say: err.Error()})
			continue
		}
		out.Quotes = append(out.Quotes, q)
	}
	if len(out.Quotes)+len(out.Notes) == 0 {
		out.Notes = []account.Note{{Carrier: "fedex", Say: "FedEx has no service for this parcel"}}
	}
	return out, nil
}

// shipDay is the day of a label, until which tracking may not find it.
const shipDay = "day"

func (c *Client) quote(o offer) (account.Quote, error) {
	i := slices.IndexFunc(o.Rated, func(r rated) bool { return r.Type == "ACCOUNT" })
	if i < 0 || o.Service == "" {
		return account.Quote{}, errors.New("there is no price of this account")
	}
	r := o.Rated[i]
	if r.Currency == "" {
		r.Currency = r.Detail.Currency
	}
	price, err := account.Amount(string(r.Total), string(r.Currency))
	if err == nil && price.Minor <= 0 {
		err = errors.New("there is no price of this account")
	}
	if err != nil {
		return account.Quote{}, err
	}
	q := account.Quote{Service: string(o.Service), Name: named(string(o.Service)), Carrier: "fedex", CarrierName: "FedEx", Price: price, Days: days(o)}
	if t, err := time.ParseInLocation("2006-01-02T15:04:05", string(o.Commit.Date.Day), c.zone); err == nil {
		q.Arrives = t
	}
	return q, nil
}

var numbers = []string{
	"", "ONE_", "TWO_", "THREE_", "FOUR_", "FIVE_", "SIX_", "SEVEN_", "EIGHT_", "NINE_", "TEN_", "ELEVEN_", "TWELVE_", "THIRTEEN_", "FOURTEEN_",
}

// days reads a number of days, which is a word: THREE_DAYS, alone or in an object.
func days(o offer) int {
	var word wire.Text
	var whole struct {
		Least wire.Text `json:"minimumTransitTime"`
	}
	_, _ = json.Unmarshal(o.Commit.Days, &word), json.Unmarshal(o.Commit.Days, &whole)
	for _, w := range []wire.Text{word, whole.Least, o.Operation.Transit} {
		for n, number := range numbers {
			if n > 0 && strings.HasPrefix(string(w), number) {
				return n
			}
		}
	}
	return 0
}

// shipment is the body of prices and labels.
func (c *Client) shipment(s account.Shipment) (object, error) {
	parcel, err := c.parcel(s)
	if err != nil {
		return nil, err
	}
	from, to, err := parties(s)
	if err != nil {
		return nil, err
	}
	day, err := c.day(s)
	if err != nil {
		return nil, err
	}
	out := object{
		"shipper": from, "recipients": []object{to}, "shipDatestamp": day, "pickupType": c.pickup, "packagingType": "YOUR_PACKAGING",
		"requestedPackageLineItems": []object{parcel},
	}
	if s.Border {
		if out["customsClearanceDetail"], err = customs(s); err != nil {
			return nil, err
		}
	}
	return out, nil
}

type document struct {
	Content wire.Text `json:"contentType"`
	Label   wire.Text `json:"encodedLabel"`
}

type sold struct {
	ID     wire.Text `json:"customerTransactionId"`
	Output struct {
		Alerts    json.RawMessage `json:"alerts"`
		Shipments []struct {
			Master    wire.Text       `json:"masterTrackingNumber"`
			Alerts    json.RawMessage `json:"alerts"`
			Documents []document      `json:"shipmentDocuments"`
			Pieces    []struct {
				Tracking  wire.Text  `json:"trackingNumber"`
				Charge    wire.Text  `json:"netChargeAmount"`
				Currency  wire.Text  `json:"currency"`
				Documents []document `json:"packageDocuments"`
			} `json:"pieceResponses"`
		} `json:"transactionShipments"`
	} `json:"output"`
}

// Buy buys a label.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	shipment, err := c.shipment(s)
	if err != nil {
		return account.Purchase{}, err
	}
	references := []object{{"customerReferenceType": "CUSTOMER_REFERENCE", "value": s.Ref}}
	number := s.Numbered(c.set, 30)
	if account.Fits(account.Field{Name: "number", Text: number, Most: 30, Needed: true}) == nil {
		references = append(references, object{"customerReferenceType": "P_O_NUMBER", "value": number})
	}
	shipment["requestedPackageLineItems"].([]object)[0]["customerReferences"] = references
	label := object{"imageType": "PDF", "labelStockType": "PAPER_4X6"}
	if s.Label.ZPL {
		label = object{"imageType": "ZPLII", "labelStockType": "STOCK_4X6", "resolution": 203}
		if s.Label.DPI == 300 {
			label["resolution"] = 300
		}
	}
	shipment["labelSpecification"], shipment["serviceType"] = label, q.Service
	shipment["shippingChargesPayment"], shipment["rateRequestType"] = object{"paymentType": "SENDER"}, []string{"ACCOUNT"}
	if s.Border {
		invoiced(shipment, s)
		shipment["shippingDocumentSpecification"] = object{
			"shippingDocumentTypes":   []string{"COMMERCIAL_INVOICE"},
			"commercialInvoiceDetail": object{"documentFormat": object{"docType": "PDF", "stockType": "PAPER_LETTER"}},
		}
	}
	var got sold
	err = c.buy.JSON(ctx, web.Request{
		Method: http.MethodPost, Path: "/ship/v1/shipments", Header: http.Header{"X-Locale": {"en_US"}, "X-Customer-Transaction-Id": {s.Ref}}, Once: true,
		Body: object{"accountNumber": object{"value": c.number}, "labelResponseOptions": "LABEL", "requestedShipment": shipment},
	}, &got)
	if err != nil {
		return account.Purchase{}, said(err)
	}
	if got.ID != "" && string(got.ID) != s.Ref {
		return account.Purchase{}, errors.New("FedEx's answer is that of another parcel")
	}
	return c.purchase(got, s)
}

// purchase makes a purchase of what was sold.
func (c *Client) purchase(got sold, s account.Shipment) (account.Purchase, error) {
	if len(got.Output.Shipments) != 1 || len(got.Output.Shipments[0].Pieces) != 1 { // none: it is made later, as a job
		return account.Purchase{}, errors.New("FedEx's answer is not that of one parcel")
	}
	shipment := got.Output.Shipments[0]
	piece := shipment.Pieces[0]
	p := account.Purchase{ID: string(piece.Tracking), Shipment: string(shipment.Master), Tracking: string(piece.Tracking), Carrier: "fedex"}
	if p.Tracking == "" {
		return p, errors.New("FedEx's answer has no tracking number")
	}
	all := append(alerts(got.Output.Alerts), alerts(shipment.Alerts)...)
	p.Sample = c.sandbox || s.Test || invented(all)
	p.Charged, _ = account.Amount(string(piece.Charge), string(piece.Currency))
	for _, a := range all {
		if a.Message != "" {
			p.Warnings = append(p.Warnings, wire.Clean(string(a.Message), 200))
		}
	}
	for _, d := range append(slices.Clone(piece.Documents), shipment.Documents...) {
		form, kind := s.Label, "label"
		if !strings.Contains(string(d.Content), "LABEL") {
			form, kind = account.Form{}, "customs"
		}
		paper, err := account.Coded(string(d.Label), form)
		switch {
		case err != nil && kind == "label":
			return p, err
		case err != nil:
			p.Warnings = append(p.Warnings, "the invoice for customs could not be read")
			continue
		}
		if paper.Kind = kind; form.ZPL {
			paper.DPI = form.DPI
		}
		p.Papers = append(p.Papers, paper)
	}
	slices.SortStableFunc(p.Papers, func(a, b account.Paper) int { return strings.Compare(b.Kind, a.Kind) }) // the label first
	if len(p.Papers) == 0 || p.Papers[0].Kind != "label" {
		return p, errors.New("FedEx's answer has no label")
	}
	return p, nil
}

// Void cancels a label.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var got struct {
		Output struct {
			Cancelled *bool     `json:"cancelledShipment"`
			Message   wire.Text `json:"message"`
		} `json:"output"`
	}
	err := c.buy.JSON(ctx, web.Request{
		Method: http.MethodPut, Path: "/ship/v1/shipments/cancel", Header: http.Header{"X-Locale": {"en_US"}}, Once: true,
		Body: object{"accountNumber": object{"value": c.number}, "trackingNumber": p.Tracking, "deletionControl": "DELETE_ALL_PACKAGES"},
	}, &got)
	var no *account.Refused
	switch {
	case first(err).Code == "CANCELSHIPMENT.TRACKINGNUMBER.DELETED": // it was cancelled before
		return account.RefundDone, nil
	case errors.As(said(err), &no):
		no.Why = account.TooLate
		return "", no
	case err != nil:
		return "", err
	case got.Output.Cancelled == nil:
		return "", errors.New("FedEx does not say whether the label was taken back")
	case !*got.Output.Cancelled:
		return "", &account.Refused{Why: account.TooLate, Say: "FedEx did not cancel it: " + wire.Clean(string(got.Output.Message), 200)}
	}
	return account.RefundDone, nil
}
