package easypost

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type (
	shipment struct {
		ID        string    `json:"id"`
		Mode      string    `json:"mode"`
		Reference wire.Text `json:"reference"`
		Tracking  string    `json:"tracking_code"`
		Rates     []rate    `json:"rates"`
		Messages  []struct {
			Carrier string    `json:"carrier"`
			Account string    `json:"carrier_account_id"`
			Message wire.Text `json:"message"`
		} `json:"messages"`
		Label    *label    `json:"postage_label"`
		Selected *rate     `json:"selected_rate"`
		Fees     []fee     `json:"fees"`
		Refund   wire.Text `json:"refund_status"`
		Forms    []struct {
			Type string `json:"form_type"`
			URL  string `json:"form_url"`
		} `json:"forms"`
	}
	rate struct {
		ID         string    `json:"id"`
		Carrier    string    `json:"carrier"`
		Service    string    `json:"service"`
		Rate       wire.Text `json:"rate"`
		Currency   string    `json:"currency"`
		Days       *int      `json:"delivery_days"`
		EstDays    *int      `json:"est_delivery_days"`
		Date       wire.Text `json:"delivery_date"`
		Guaranteed bool      `json:"delivery_date_guaranteed"`
		Account    string    `json:"carrier_account_id"`
	}
	label struct {
		URL        string `json:"label_url"`
		Type       string `json:"label_file_type"`
		PDF        string `json:"label_pdf_url"`
		ZPL        string `json:"label_zpl_url"`
		Resolution int    `json:"label_resolution"`
	}
	fee struct {
		Type   string    `json:"type"`
		Amount wire.Text `json:"amount"`
	}
	object = map[string]any
)

func (r rate) name() string { return r.Carrier + ":" + r.Service }

// create makes a shipment with its prices. It costs nothing.
func (c *Client) create(ctx context.Context, s account.Shipment) (made shipment, err error) {
	options := object{"label_format": "PDF", "label_size": "4x6", "invoice_number": s.Numbered(c.set, 35)}
	if s.Label.ZPL {
		options["label_format"] = "ZPL"
	}
	if s.Extras.Signature {
		options["delivery_confirmation"] = "SIGNATURE"
	}
	if s.Extras.Adult > 0 {
		options["delivery_confirmation"] = "ADULT_SIGNATURE"
	}
	for _, g := range s.Goods {
		switch g.Danger {
		case "":
		case station.LimitedQuantity:
			options["hazmat"] = "LIMITED_QUANTITY"
		default: // its other words want to know what kind of battery, and how it is packed
			return made, account.Unserved("EasyPost has to be told by a person what kind of " + string(g.Danger) + " this is")
		}
	}
	parcel := object{"weight": account.Ounces(s.Mass, 1)}
	if !s.Size.IsZero() {
		parcel["length"], parcel["width"], parcel["height"] = account.Inches(s.Size.Length, 2), account.Inches(s.Size.Width, 2), account.Inches(s.Size.Depth, 2)
	}
	body := object{"to_address": address(s.To), "from_address": address(s.From), "parcel": parcel, "options": options, "reference": s.Ref}
	if len(c.accounts) > 0 {
		body["carrier_accounts"] = c.accounts
	}
	if s.Border {
		body["customs_info"] = customs(s)
	}
	err = said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/shipments", Body: object{"shipment": body}, Asks: true}, &made))
	return made, err
}

func address(a station.Address) object {
	return object{
		"name": a.Name, "company": a.Company, "street1": a.Street, "street2": a.Street2, "city": a.City, "state": a.Region,
		"zip": a.Postcode, "country": a.Country, "phone": a.Phone, "email": a.Email,
	}
}

func customs(s account.Shipment) object {
	contents := map[string]string{"": "merchandise", "returned": "returned_goods"}[s.Export.Contents]
	if contents == "" {
		contents = s.Export.Contents
	}
	items := []object{}
	for _, g := range s.Goods {
		all := unit.Money{Minor: g.Value.Minor * int64(g.Qty), Currency: g.Value.Currency}
		items = append(items, object{
			"description": g.Name, "quantity": g.Qty, "value": account.Decimal(all), "currency": g.Value.Currency,
			"weight": account.Ounces(g.Mass*unit.Mass(g.Qty), 1), "hs_tariff_number": g.HS, "origin_country": g.Origin, "code": g.SKU,
		})
	}
	return object{
		"contents_type": contents, "restriction_type": "none", "non_delivery_option": "return", "customs_certify": true,
		"customs_signer": s.From.Name, "eel_pfc": "NOEEI 30.37(a)", "customs_items": items,
	}
}

// Quote makes a shipment and returns its prices; those who have none are named.
func (c *Client) Quote(ctx context.Context, s account.Shipment) (account.Quotes, error) {
	made, err := c.create(ctx, s)
	if err != nil {
		return account.Quotes{}, err
	}
	var out account.Quotes
	for _, r := range made.Rates {
		q, err := r.quote()
		if err != nil {
			out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(r.Carrier), Service: r.name(), Say: err.Error()})
			continue
		}
		out.Add(q)
	}
	for _, m := range made.Messages {
		out.Notes = append(out.Notes, account.Note{Carrier: account.Slug(m.Carrier), Service: m.Carrier, Say: wire.Clean(string(m.Message), 200)})
	}
	return out, nil
}

func (r rate) quote() (account.Quote, error) {
	price, err := account.Amount(string(r.Rate), r.Currency)
	if err != nil {
		return account.Quote{}, err
	}
	slug := account.Slug(r.Carrier)
	q := account.Quote{
		Service: r.name(), Name: spaced(r.Service), Carrier: slug, CarrierName: account.Named(slug), Price: price, Surely: r.Guaranteed,
		Ask: map[string]string{"id": r.ID, "account": r.Account},
	}
	for _, days := range []*int{r.Days, r.EstDays} {
		if days != nil && *days > 0 && q.Days == 0 {
			q.Days = *days
		}
	}
	if t, err := time.Parse(time.RFC3339, string(r.Date)); err == nil {
		q.Arrives = t
	}
	return q, nil
}

// spaced puts "GroundAdvantage" as people write it.
func spaced(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && r >= 'A' && r <= 'Z' && name[i-1] >= 'a' && name[i-1] <= 'z' {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "_", " ")
}

// Prepare makes the shipment that is bought, and looks that it still costs what was
// quoted. The draft is the shipment's id and the price's.
func (c *Client) Prepare(ctx context.Context, s account.Shipment, q account.Quote) (string, error) {
	made, err := c.create(ctx, s)
	if err != nil {
		return "", err
	}
	for _, r := range made.Rates {
		if r.name() != q.Service || r.Account != q.Ask["account"] {
			continue
		}
		now, err := r.quote()
		if err != nil {
			return "", &account.Refused{Why: account.Price, Say: err.Error()}
		}
		if now.Price.Currency != q.Price.Currency || now.Price.Minor > q.Price.Minor {
			return "", &account.Refused{Why: account.Price, Say: fmt.Sprintf("it costs %s now, and %s was asked before", now.Price, q.Price)}
		}
		return made.ID + " " + r.ID, nil
	}
	return "", &account.Refused{Why: account.NoService, Say: q.Name + " is not sold for this parcel any more"}
}

// Buy buys the shipment of a draft.
func (c *Client) Buy(ctx context.Context, s account.Shipment, _ account.Quote, draft string) (account.Purchase, error) {
	id, price, _ := strings.Cut(draft, " ")
	body := object{"rate": object{"id": price}}
	if s.Extras.Insure.Minor > 0 {
		body["insurance"] = account.Decimal(s.Extras.Insure)
	}
	var sold shipment
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: path("shipments", id, "buy"), Body: body, Once: true}, &sold)); err != nil {
		return account.Purchase{}, err
	}
	return c.purchase(ctx, sold, id, s.Label)
}

// mostForms is how many papers beside the label are fetched.
const mostForms = 10

// purchase makes a purchase of a shipment that was bought, with its label.
func (c *Client) purchase(ctx context.Context, sold shipment, id string, form account.Form) (account.Purchase, error) {
	if sold.ID != id || sold.Label == nil || sold.Tracking == "" {
		return account.Purchase{}, errors.New("EasyPost's answer is not that of a bought shipment")
	}
	p := account.Purchase{ID: sold.ID, Tracking: sold.Tracking, Sample: sold.Mode == "test"}
	if r := sold.Selected; r != nil {
		p.Carrier = account.Slug(r.Carrier)
		p.Charged, _ = account.Amount(string(r.Rate), r.Currency)
	}
	paper, err := c.label(ctx, sold, form)
	if err != nil {
		return p, err
	}
	p.Papers = append(p.Papers, paper)
	for _, f := range sold.Forms[:min(len(sold.Forms), mostForms)] {
		a, err := c.ask.Fetch(ctx, f.URL)
		if err != nil {
			p.Warnings = append(p.Warnings, "the form "+wire.Clean(f.Type, 40)+" could not be fetched")
			continue
		}
		p.Papers = append(p.Papers, account.Paper{Kind: "customs", Type: account.PDF, Data: a.Body})
	}
	return p, nil
}

// label fetches the label in the form that is wanted, which is asked for where it came in
// another one.
func (c *Client) label(ctx context.Context, sold shipment, form account.Form) (account.Paper, error) {
	want, kind := "PDF", account.PDF
	if form.ZPL {
		want, kind = "ZPL", account.ZPL
	}
	address := func(l *label) string {
		switch {
		case l == nil:
			return ""
		case form.ZPL && l.ZPL != "":
			return l.ZPL
		case !form.ZPL && l.PDF != "":
			return l.PDF
		case strings.EqualFold(l.Type, kind):
			return l.URL
		}
		return ""
	}
	from := address(sold.Label)
	if from == "" {
		var again shipment
		if err := said(c.ask.JSON(ctx, web.Request{Path: path("shipments", sold.ID, "label"), Query: map[string][]string{"file_format": {want}}}, &again)); err != nil {
			return account.Paper{}, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
		}
		sold.Label, from = again.Label, address(again.Label)
	}
	if from == "" {
		return account.Paper{}, errors.New("EasyPost names no file of the label")
	}
	a, err := c.ask.Fetch(ctx, from)
	if err != nil {
		return account.Paper{}, fmt.Errorf("the label is bought, and cannot be had yet: %v", err)
	}
	paper, err := account.Label(a.Body, form)
	paper.DPI = sold.Label.Resolution
	return paper, err
}

// Recover looks at the shipment of a draft.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	id, _, _ := strings.Cut(a.Draft, " ")
	if id == "" {
		return account.Recovered{Found: account.Nothing}, nil // nothing was made that could be bought
	}
	var there shipment
	if err := said(c.ask.JSON(ctx, web.Request{Path: path("shipments", id)}, &there)); err != nil {
		return account.Recovered{}, err
	}
	if there.ID != id {
		return account.Recovered{}, errors.New("EasyPost answered with another shipment")
	}
	if there.Label == nil && there.Tracking == "" {
		return account.Recovered{Found: account.Nothing}, nil
	}
	if there.Label == nil || there.Tracking == "" {
		return account.Recovered{Found: account.Pending}, nil
	}
	p, err := c.purchase(ctx, there, id, a.Label)
	return account.Recovered{Found: account.Bought, Purchase: p}, err
}

// Void asks for a refund, unless one was asked for before.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	var there shipment
	if err := said(c.ask.JSON(ctx, web.Request{Path: path("shipments", p.ID)}, &there)); err != nil {
		return "", err
	}
	if there.Refund == "" {
		if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: path("shipments", p.ID, "refund"), Once: true}, &there)); err != nil {
			return "", err
		}
	}
	switch there.Refund {
	case "refunded":
		return account.RefundDone, nil
	case "submitted":
		return account.RefundAsked, nil
	case "not_applicable":
		return account.RefundNone, nil
	case "rejected":
		return "", &account.Refused{Why: account.TooLate, Say: "EasyPost rejected the refund"}
	}
	return "", fmt.Errorf("EasyPost's word %q for a refund is not known", wire.Clean(string(there.Refund), 40))
}
