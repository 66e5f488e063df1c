package shippo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/web"
	"packbench/station/web/wire"
)

type transaction struct {
	ID       string    `json:"object_id"`
	Status   string    `json:"status"`
	Rate     priced    `json:"rate"`
	Tracking wire.Text `json:"tracking_number"`
	Label    wire.Text `json:"label_url"`
	Invoice  wire.Text `json:"commercial_invoice_url"`
	Test     bool      `json:"test"`
	Messages []message `json:"messages"`
}

// priced is the price that was bought: its id, or it as a whole.
type priced struct {
	ID       string    `json:"object_id"`
	Amount   wire.Text `json:"amount"`
	Currency string    `json:"currency"`
}

// UnmarshalJSON reads it.
func (p *priced) UnmarshalJSON(data []byte) error {
	type whole priced
	if json.Unmarshal(data, &p.ID) == nil {
		return nil
	}
	return json.Unmarshal(data, (*whole)(p))
}

// Buy buys the price of a draft.
func (c *Client) Buy(ctx context.Context, s account.Shipment, q account.Quote, draft string) (account.Purchase, error) {
	id, _, _ := strings.Cut(draft, " ")
	form := "PDF_4x6"
	switch {
	case s.Label.ZPL:
		form = "ZPLII"
	case s.Label.A6:
		form = "PDF_A6"
	}
	body := object{"rate": id, "label_file_type": form, "async": false, "metadata": s.Ref}
	var sold transaction
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/transactions/", Body: body, Once: true}, &sold)); err != nil {
		return account.Purchase{}, err
	}
	if sold.Status == "ERROR" && sold.Rate.ID == id {
		return account.Purchase{}, sold.failure()
	}
	return c.purchase(ctx, sold, q, draft, s.Label)
}

// failure is why a purchase failed. One whose carrier did not answer in time may have been
// made there.
func (t transaction) failure() error {
	var say []string
	for _, m := range t.Messages {
		if code := strings.ToLower(string(m.Code + " " + m.Text)); strings.Contains(code, "timeout") || strings.Contains(code, "did not respond") {
			return errors.New("the carrier did not answer Shippo in time")
		}
		say = append(say, string(m.Text))
	}
	if len(say) == 0 {
		say = []string{"Shippo does not say why"}
	}
	return refusal(strings.Join(say, "; "))
}

var errUnready = errors.New("the label is being made")

// purchase makes a purchase of a transaction, with its label.
func (c *Client) purchase(ctx context.Context, sold transaction, q account.Quote, draft string, form account.Form) (account.Purchase, error) {
	parts := strings.Fields(draft)
	for len(parts) < 3 {
		parts = append(parts, "")
	}
	p := account.Purchase{
		ID: sold.ID, Tracking: string(sold.Tracking), Carrier: q.Carrier, Sample: sold.Test || c.test,
		Ask: map[string]string{"from": parts[1], "account": parts[2], "provider": q.Ask["provider"]},
	}
	switch {
	case sold.ID == "" || sold.Rate.ID != parts[0]:
		return p, errors.New("the answer of Shippo is of another purchase")
	case sold.Status == "QUEUED" || sold.Status == "WAITING":
		return p, errUnready
	case sold.Status != "SUCCESS":
		return p, fmt.Errorf("the word %q of Shippo for a purchase is not that of a bought one", wire.Clean(sold.Status, 40))
	case p.Tracking == "" || sold.Label == "":
		return p, errUnready
	}
	if sold.Rate.Amount != "" {
		p.Charged, _ = account.Amount(string(sold.Rate.Amount), sold.Rate.Currency)
	}
	kind := "application/pdf"
	if form.ZPL {
		kind = "application/zpl"
	}
	a, err := c.ask.Fetch(ctx, string(sold.Label))
	if err != nil {
		return p, fmt.Errorf("the label is bought, and cannot be had yet: %v", err) // it is no error that says nothing was done
	}
	p.Papers = []account.Paper{{Kind: "label", Type: kind, Data: a.Body}}
	if sold.Invoice != "" {
		if a, err := c.ask.Fetch(ctx, string(sold.Invoice)); err == nil {
			p.Papers = append(p.Papers, account.Paper{Kind: "customs", Type: "application/pdf", Data: a.Body})
		} else {
			p.Warnings = append(p.Warnings, "the commercial invoice could not be fetched")
		}
	}
	return p, nil
}

// Recover looks through the transactions of the draft's price. The address of a label
// dies, so the transaction is asked for again by itself.
func (c *Client) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	id, _, _ := strings.Cut(a.Draft, " ")
	if id == "" {
		return account.Recovered{Found: account.Nothing}, nil // there is no price that could be bought
	}
	var got struct {
		Results []transaction `json:"results"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Path: "/transactions/", Query: url.Values{"rate": {id}, "results": {"25"}}}, &got)); err != nil {
		return account.Recovered{}, err
	}
	if got.Results == nil {
		return account.Recovered{}, errors.New("the list of Shippo of purchases cannot be read")
	}
	found := account.Recovered{Found: account.Nothing}
	for _, t := range got.Results {
		switch {
		case t.Rate.ID != id:
			return account.Recovered{}, errors.New("the list of Shippo has other purchases than those asked for")
		case t.Status == "SUCCESS":
			there, err := c.get(ctx, t.ID)
			if err != nil {
				return account.Recovered{}, err
			}
			p, err := c.purchase(ctx, there, a.Quote, a.Draft, a.Label)
			if errors.Is(err, errUnready) {
				return account.Recovered{Found: account.Pending}, nil
			}
			return account.Recovered{Found: account.Bought, Purchase: p}, err
		case t.Status != "ERROR" && !strings.HasPrefix(t.Status, "REFUND"):
			found.Found = account.Pending
		}
	}
	return found, nil
}

func (c *Client) get(ctx context.Context, id string) (t transaction, err error) {
	err = said(c.ask.JSON(ctx, web.Request{Path: "/transactions/" + url.PathEscape(id)}, &t))
	if err == nil && t.ID != id {
		err = errors.New("the answer of Shippo is of another purchase")
	}
	return t, err
}

// Void asks for a refund, unless one was asked for before.
func (c *Client) Void(ctx context.Context, p account.Purchase) (account.Refund, error) {
	there, err := c.get(ctx, p.ID)
	if err != nil {
		return "", err
	}
	status := there.Status
	if status == "SUCCESS" {
		var asked struct {
			Status string `json:"status"`
		}
		body := object{"transaction": p.ID, "async": false}
		if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/refunds/", Body: body, Once: true}, &asked)); err != nil {
			return "", err
		}
		status = asked.Status
	}
	switch status {
	case "REFUNDED", "SUCCESS":
		return account.RefundDone, nil
	case "REFUNDPENDING", "QUEUED", "PENDING":
		return account.RefundAsked, nil
	case "REFUNDREJECTED", "ERROR":
		return "", no(account.TooLate, "", "Shippo rejected the refund")
	}
	return "", fmt.Errorf("the word %q of Shippo for a refund is not known", wire.Clean(status, 40))
}

// Manifest closes out purchases of one carrier account and one sender.
func (c *Client) Manifest(ctx context.Context, _ string, day time.Time, parcels []account.Purchase) (account.Manifest, error) {
	var out account.Manifest
	var ids []string
	for _, p := range parcels {
		if p.Ask["account"] != parcels[0].Ask["account"] || p.Ask["from"] != parcels[0].Ask["from"] || p.Ask["account"] == "" {
			out.Unknown = append(out.Unknown, p.Tracking)
			continue
		}
		ids = append(ids, p.ID)
	}
	if len(ids) == 0 {
		return out, no(account.Other, "", "Shippo did not say which carrier account has the parcels")
	}
	body := object{
		"carrier_account": parcels[0].Ask["account"], "address_from": parcels[0].Ask["from"], "shipment_date": day.Format(time.RFC3339), "transactions": ids,
		"async": false,
	}
	var got struct {
		ID        string      `json:"object_id"`
		Status    string      `json:"status"`
		Documents []string    `json:"documents"`
		Errors    []wire.Text `json:"errors"`
	}
	if err := said(c.buy.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/manifests/", Body: body, Once: true}, &got)); err != nil {
		return account.Manifest{}, err
	}
	if got.Status == "ERROR" {
		say := "Shippo made no manifest"
		for _, e := range got.Errors {
			say = string(e)
		}
		return account.Manifest{}, refusal(say)
	}
	if out.ID = got.ID; out.ID == "" {
		return out, errors.New("the answer of Shippo names no manifest")
	}
	out.Pending = len(got.Documents) == 0
	for _, at := range got.Documents {
		a, err := c.ask.Fetch(ctx, at)
		if err != nil {
			out.Pending = true
			continue
		}
		out.Papers = append(out.Papers, account.Paper{Kind: "manifest", Type: "application/pdf", Data: a.Body})
	}
	return out, nil
}

var states = map[string]account.State{
	"PRE_TRANSIT": account.PreTransit, "TRANSIT": account.InTransit, "DELIVERED": account.Delivered, "RETURNED": account.Returning, "FAILURE": account.Exception,
	"out_for_delivery": account.OutFor, "pickup_available": account.Pickup, "package_accepted": account.Accepted,
}

type scan struct {
	Status wire.Text `json:"status"`
	Detail wire.Text `json:"status_details"`
	Sub    *struct {
		Code wire.Text `json:"code"`
	} `json:"substatus"`
	At       wire.Text `json:"status_date"`
	Location *struct {
		City    wire.Text `json:"city"`
		Country wire.Text `json:"country"`
	} `json:"location"`
}

func (s scan) state() account.State {
	if s.Sub != nil {
		if state, ok := states[string(s.Sub.Code)]; ok {
			return state
		}
	}
	if state, ok := states[string(s.Status)]; ok {
		return state
	}
	return account.Unknown
}

// Track asks where a parcel is. What was promised first counts, as a day: its hour is of
// an unknown zone.
func (c *Client) Track(ctx context.Context, p account.Purchase) (account.Tracking, error) {
	var t struct {
		Now     *scan     `json:"tracking_status"`
		History []scan    `json:"tracking_history"`
		First   wire.Text `json:"original_eta"`
		Est     wire.Text `json:"eta"`
	}
	path := "/tracks/" + url.PathEscape(p.Ask["provider"]) + "/" + url.PathEscape(p.Tracking)
	if err := said(c.ask.JSON(ctx, web.Request{Path: path}, &t)); err != nil {
		return account.Tracking{}, err
	}
	out := account.Tracking{State: account.Unknown}
	if t.Now != nil {
		out.State = t.Now.state()
	}
	for _, text := range []wire.Text{t.Est, t.First} {
		if day, _, _ := strings.Cut(string(text), "T"); day != "" {
			if at, err := time.Parse(time.DateOnly, day); err == nil {
				out.Promised = at
			}
		}
	}
	for _, s := range t.History {
		at, err := time.Parse(time.RFC3339, string(s.At))
		if err != nil {
			continue
		}
		e := account.Event{At: at, State: s.state(), Raw: wire.Clean(string(s.Status), 80), Text: wire.Clean(string(s.Detail), 200)}
		if s.Location != nil {
			e.Place = wire.Clean(string(s.Location.City+" "+s.Location.Country), 80)
		}
		out.Events = append(out.Events, e)
		if at.After(out.At) {
			out.At = at
		}
	}
	return out, nil
}

// CheckAddress has Shippo validate an address.
func (c *Client) CheckAddress(ctx context.Context, a station.Address) (account.AddressCheck, error) {
	body, err := address(a)
	var lacks *account.Refused
	if errors.As(err, &lacks) {
		return account.AddressCheck{Say: lacks.Say}, nil
	}
	body["validate"] = true
	var got struct {
		Street1, Street2, City, State, Zip string
		Private                            *bool `json:"is_residential"`
		Results                            struct {
			Valid    bool      `json:"is_valid"`
			Messages []message `json:"messages"`
		} `json:"validation_results"`
	}
	if err := said(c.ask.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/addresses/", Body: body, Asks: true}, &got)); err != nil {
		return account.AddressCheck{}, err
	}
	out := account.AddressCheck{OK: got.Results.Valid}
	for _, m := range got.Results.Messages {
		out.Say = wire.Clean(string(m.Text), 200)
		break
	}
	if out.OK {
		out.Meant = a
		out.Meant.Street, out.Meant.Street2, out.Meant.City, out.Meant.Region, out.Meant.Postcode = got.Street1, got.Street2, got.City, got.State, got.Zip
	}
	if got.Private != nil {
		out.Known, out.Private = true, *got.Private
	}
	return out, nil
}
