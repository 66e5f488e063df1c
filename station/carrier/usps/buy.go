package usps

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// key is what a label is found by: a UUID that is the reference's own.
func key(ref string) string {
	b := sha256.Sum256([]byte("packbench label " + ref))
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

func image(form account.Form) object {
	kind := "PDF"
	switch {
	case form.ZPL && form.DPI == 300:
		kind = "ZPL300DPI"
	case form.ZPL:
		kind = "ZPL203DPI"
	}
	return object{"imageType": kind, "labelType": "4X6LABEL"}
}

// labels is where the labels of a mail class are sold: those abroad have an interface of
// their own, which is built like the other one.
func labels(class string) string {
	if strings.HasSuffix(class, "INTERNATIONAL") || class == firstClass {
		return "/international-labels/v3/international-label"
	}
	return "/labels/v3/label"
}

// ordered is the body of a label.
func (c *Client) ordered(s account.Shipment, q account.Quote) (object, error) {
	parcel, err := c.parcel(s)
	if err != nil {
		return nil, err
	}
	from, to, err := parties(s)
	if err != nil {
		return nil, err
	}
	form, err := customs(s)
	if err != nil {
		return nil, err
	}
	references := []object{{"referenceNumber": s.Ref, "printReferenceNumber": false}}
	if account.Fits(account.Field{Name: "number", Text: s.Number, Most: 30, Needed: true}) == nil {
		references = append(references, object{"referenceNumber": s.Number, "printReferenceNumber": true})
	}
	for name, value := range map[string]any{
		"mailClass": q.Service, "rateIndicator": q.Ask["rate"], "processingCategory": q.Ask["category"], "destinationEntryFacilityType": cmp.Or(q.Ask["entry"], "NONE"),
		"weightUOM": "lb", "dimensionsUOM": "in", "customerReference": references,
	} {
		parcel[name] = value
	}
	options, picture := object{}, image(s.Label)
	if s.Extras.Insure.Minor > 0 {
		options["packageValue"] = account.Decimal(s.Extras.Insure)
	}
	if away(s) {
		options["nonDeliveryOption"] = "RETURN"
		for _, r := range references {
			delete(r, "printReferenceNumber") // forms for customs show none
		}
	} else {
		picture["receiptOption"] = "NONE"
	}
	if len(options) > 0 {
		parcel["packageOptions"] = options
	}
	body := object{"imageInfo": picture, "fromAddress": from, "toAddress": to, "packageDescription": parcel}
	if form != nil {
		body["customsForm"] = form
	}
	return body, nil
}

// Buy buys a label.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, _ string) (account.Purchase, error) {
	path := labels(q.Service)
	if away(s) != (path == labels(firstClass)) {
		return account.Purchase{}, &account.Refused{Why: account.Price, Say: "the mail class does not go where the parcel goes"}
	}
	body, err := c.ordered(s, q)
	if err != nil {
		return account.Purchase{}, err
	}
	header, err := c.paid(ctx)
	if err != nil {
		return account.Purchase{}, err
	}
	header.Set("X-Idempotency-Key", key(s.Ref))
	a, err := c.buy.Send(ctx, web.Request{Method: http.MethodPost, Path: path, Header: header, Once: true, Body: body})
	if err != nil {
		return account.Purchase{}, c.heard(header, err)
	}
	p, err := c.purchase(a, q, s.Label)
	if err == nil {
		p.Ask["day"] = body["packageDescription"].(object)["mailingDate"].(string) // for a SCAN form
		p.Ask["from"], err = sender(s)
	}
	return p, err
}

// metadata is the first part of a label.
type metadata struct {
	Tracking wire.Text `json:"trackingNumber"`
	Abroad   wire.Text `json:"internationalTrackingNumber"`
	Postage  wire.Text `json:"postage"`
	Fees     []any     `json:"fees"`
	Extras   []extra   `json:"extraServices"`
}

// parts reads an answer of several parts, by their names. Their own headers say that they
// are packed, which they are not, and may call the label by the name of its file alone.
func parts(a web.Answer) (map[string][]byte, error) {
	kind, says, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") || says["boundary"] == "" {
		return nil, errors.New("USPS's answer has no parts")
	}
	out := map[string][]byte{}
	r := multipart.NewReader(bytes.NewReader(a.Body), says["boundary"])
	for range 20 {
		part, err := r.NextRawPart()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, errors.New("USPS's answer is cut off")
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, errors.New("USPS's answer is cut off")
		}
		name := part.FormName()
		if name == "" && strings.HasPrefix(part.FileName(), "label") {
			name = "labelImage"
		}
		out[name] = data
	}
	return nil, errors.New("USPS's answer has too many parts")
}

// purchase makes a purchase of a label, or of its reprint.
func (c *Client) purchase(a web.Answer, q account.Quote, form account.Form) (account.Purchase, error) {
	all, err := parts(a)
	if err != nil {
		return account.Purchase{}, err
	}
	var m metadata
	if json.Unmarshal(all["labelMetadata"], &m) != nil || m.Tracking+m.Abroad == "" {
		return account.Purchase{}, errors.New("USPS's answer has no tracking number")
	}
	number := string(cmp.Or(m.Abroad, m.Tracking))
	p := account.Purchase{
		ID: number, Tracking: number, Carrier: "usps", Sample: c.samples, Forms: q.Ask["forms"] != "", Ask: map[string]string{"class": q.Service, "from": q.Ask["from"]},
	}
	charged, err := account.Amount(string(m.Postage), "USD")
	for _, e := range m.Extras { // beside the postage
		more, wrong := account.Amount(string(e.Price), "USD")
		charged.Minor += more.Minor
		err = errors.Join(err, wrong)
	}
	if err == nil && len(m.Fees) == 0 { // whether the postage has them in it is not said
		p.Charged = charged
	}
	label, err := account.Coded(string(all["labelImage"]), form)
	if err != nil {
		return p, err
	}
	if label.DPI = form.DPI; !form.ZPL {
		label.DPI = 0
	}
	p.Papers = []account.Paper{label}
	return p, nil
}

// remembered is how long USPS knows a key, less a day.
const remembered = 6 * 24 * time.Hour

// Recover has the label of a reference printed again, or the one whose number a person
// found.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	header, err := c.paid(ctx)
	if err != nil {
		return account.Recovered{}, err
	}
	path := labels(a.Quote.Service) + "-reprint"
	if a.Tracking != "" {
		path += "/" + url.PathEscape(a.Tracking)
	} else {
		header.Set("X-Idempotency-Key", key(a.Ref))
	}
	answer, err := c.ask.Send(ctx, web.Request{Method: http.MethodPost, Path: path, Header: header, Body: object{"imageInfo": image(a.Label)}, Asks: true})
	switch known := code(err); {
	case known == cancelled, known == notFound && c.clock().Sub(a.Since) < remembered:
		return account.Recovered{Found: account.Nothing}, nil
	case known == notFound:
		return account.Recovered{Found: account.Unsaid}, nil // it is too long ago to be known
	case strings.HasPrefix(known, ofLabels) && strings.Contains(strings.ToLower(said(err).Error()), "reprint"): // the last was used, or the day is over
		return account.Recovered{
			Found: account.Bought, Lost: true, Purchase: account.Purchase{
				ID: key(a.Ref), Tracking: a.Tracking, Carrier: "usps", Ask: map[string]string{"key": key(a.Ref), "class": a.Quote.Service},
			},
		}, nil
	case err != nil:
		return account.Recovered{}, c.heard(header, err)
	}
	p, err := c.purchase(answer, a.Quote, a.Label)
	if err != nil {
		return account.Recovered{}, err
	}
	if a.Tracking != "" && p.Tracking != a.Tracking {
		return account.Recovered{}, errors.New("USPS answered with another label")
	}
	return account.Recovered{Found: account.Bought, Purchase: p}, nil
}

// Void gives a label back by its number, or by its key where the number was never seen.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	header, err := c.paid(ctx)
	if err != nil {
		return "", err
	}
	base, path := labels(p.Ask["class"]), ""
	if p.Tracking != "" {
		path = "/" + url.PathEscape(p.Tracking)
	} else {
		header.Set("X-Idempotency-Key", p.Ask["key"])
	}
	var got struct {
		Status wire.Text `json:"status"`
	}
	err = c.buy.JSON(ctx, web.Request{Method: http.MethodDelete, Path: base + path, Header: header, Once: true}, &got)
	switch {
	case code(err) != "":
		// That it is not there may mean that it was given back before, which a reprint tells.
		answer, again := c.ask.Send(ctx, web.Request{Method: http.MethodPost, Path: base + "-reprint" + path, Header: header, Body: object{"imageInfo": image(account.Form{})}, Asks: true})
		if again == nil { // a web page in place of the label says nothing
			_, again = c.purchase(answer, account.Quote{}, account.Form{})
		}
		switch {
		case code(again) == cancelled:
			return account.RefundDone, nil
		case again != nil && code(again) == "": // that it did not answer says nothing
			return "", fmt.Errorf("USPS does not tell whether it was given back before: %v", again)
		}
		no := said(err)
		if refused := new(account.Refused); errors.As(no, &refused) {
			refused.Why = account.TooLate
		}
		return "", no
	case err != nil:
		return "", c.heard(header, err)
	}
	switch got.Status {
	case "CANCELED":
		return account.RefundDone, nil
	case "DISPUTED":
		return account.RefundAsked, nil
	}
	return "", fmt.Errorf("USPS's word %q for a return is not known", wire.Clean(string(got.Status), 40))
}
