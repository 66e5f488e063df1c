package prestashop

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Shipped returns what the shop knows to have left for an order.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	w, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	lines, _ := w.lines() // of an order that cannot be packed nobody asks the units
	return w.sent(lines), nil
}

// Ship tells of the parcel of an order: first its tracking number, then by the state that
// it has left. A number alone is no shipment yet. Asked again it does only what is
// missing; because the shop takes a state twice and mails twice, the order is looked at
// directly before.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	w, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	id, err := s.ready(w, p)
	if id != "" || err != nil {
		return id, err
	}
	c := w.carriers[len(w.carriers)-1]
	if c.Tracking != p.Tracking {
		c.Tracking = p.Tracking
		a, err := s.send(ctx, web.Request{
			Method: http.MethodPut, Path: "/order_carriers/" + c.ID.text(), Query: url.Values{"output_format": {"JSON"}},
			Header: http.Header{"Content-Type": {"text/xml"}}, Body: c.xml(),
		})
		if err != nil {
			return "", err
		}
		if a.Mute() {
			return "", &web.NoJSON{Type: a.Header.Get("Content-Type")}
		}
		if w, err = s.one(ctx, p.Order); err != nil {
			return "", err
		}
		if id, err := s.ready(w, p); id != "" || err != nil {
			return id, err
		}
	}
	query := url.Values{"output_format": {"JSON"}}
	if p.Notify {
		query.Set("sendemail", "1")
	}
	a, err := s.send(ctx, web.Request{
		Method: http.MethodPost, Path: "/order_histories", Query: query,
		Header: http.Header{"Content-Type": {"text/xml"}}, Body: history(p.Order, w.names.sent),
	})
	if err != nil {
		return "", err
	}
	if a.Mute() {
		return "", &web.NoJSON{Type: a.Header.Get("Content-Type")}
	}
	return c.ID.text(), nil
}

// ready says whether a parcel may be told now: an id where the shop has it already, an
// error where it may not.
func (s *Shop) ready(w whole, p shop.Shipment) (id string, err error) {
	for _, known := range w.sent(nil) {
		if shop.SameTracking(known.Tracking, p.Tracking) {
			return known.ID, nil
		}
	}
	if status, reason := s.status(w); status != station.OrderOpen {
		if status == station.OrderDone {
			reason = "it has left already"
		}
		return "", &shop.Changed{Say: "order " + w.Number + ": " + reason}
	}
	if len(w.carriers) == 0 {
		return "", &shop.Refused{Say: "order " + w.Number + " has no carrier in PrestaShop: give it one there"}
	}
	if st := w.names.states[w.names.sent]; st.Shipped.float() <= 0 {
		return "", &shop.Refused{Say: "the state that orders get when they have left is none of those that PrestaShop takes for sent: set another"}
	}
	return "", w.all(p)
}

// all reports whether a parcel holds all of an order, as an error if it does not.
func (w whole) all(p shop.Shipment) error {
	lines, err := w.lines()
	if err != nil {
		return &shop.Refused{Say: err.Error()}
	}
	part := ""
	for _, d := range p.Against(lines) {
		switch {
		case d.Wants == 0:
			return &shop.Changed{Say: d.SKU + " is no longer in the order"}
		case d.In > d.Wants:
			return &shop.Changed{Say: fmt.Sprintf("%d of %s are in the parcel, the order wants %d", d.In, d.SKU, d.Wants)}
		case part == "":
			part = fmt.Sprintf("%d of %d of %s are in the parcel", d.In, d.Wants, d.SKU)
		}
	}
	if part != "" {
		return &shop.Refused{Say: part + ". PrestaShop is told of an order as a whole only: put all of it into one parcel, or enter this shipment in PrestaShop"}
	}
	return nil
}

// xml writes the whole of an order's carrier, because what is left out is emptied.
func (c orderCarrier) xml() []byte {
	type row struct {
		XMLName  xml.Name `xml:"order_carrier"`
		ID       number   `xml:"id"`
		Order    number   `xml:"id_order"`
		Carrier  number   `xml:"id_carrier"`
		Invoice  number   `xml:"id_order_invoice"`
		Weight   number   `xml:"weight"`
		CostNet  number   `xml:"shipping_cost_tax_excl"`
		Cost     number   `xml:"shipping_cost_tax_incl"`
		Tracking string   `xml:"tracking_number"`
		Added    string   `xml:"date_add"`
	}
	return document(row{ID: c.ID, Order: c.Order, Carrier: c.Carrier, Invoice: c.Invoice, Weight: c.Weight, CostNet: c.CostNet, Cost: c.Cost, Tracking: c.Tracking, Added: c.Added})
}

func history(order, state string) []byte {
	type row struct {
		XMLName xml.Name `xml:"order_history"`
		Order   string   `xml:"id_order"`
		State   string   `xml:"id_order_state"`
	}
	return document(row{Order: order, State: state})
}

func document(row any) []byte {
	type prestashop struct {
		XMLName xml.Name `xml:"prestashop"`
		Row     any
	}
	data, err := xml.Marshal(prestashop{Row: row})
	if err != nil {
		return nil // of texts and numbers there is always a document
	}
	return append([]byte(xml.Header), data...)
}

// Unship cannot be: a history only grows.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "PrestaShop's history of an order only grows. Write to the buyer, and set state and tracking number in PrestaShop by hand"}
}

// Test asks for what the bench needs and changes nothing. Whether it may write is not
// found out: PrestaShop says that only of what is written.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	const how = "In PrestaShop open Advanced Parameters, Webservice, edit the key and tick "
	var out []shop.Check
	denied := 0
	for _, resource := range []string{"orders", "order_details", "order_carriers", "order_histories", "order_states", "addresses", "customers", "countries", "states", "currencies", "carriers"} {
		raws, err := s.list(ctx, resource, "[id]", url.Values{"limit": {"1"}})
		c := shop.Check{What: "read " + resource, OK: err == nil, Say: "allowed"}
		if err == nil && len(raws) == 0 {
			c.Say = "allowed, there are none"
		}
		switch {
		case err == nil:
		case errors.As(err, new(*shop.Denied)):
			denied++
			c.Say, c.Fix = err.Error(), how+"View (GET) of "+resource+"."
		case shop.Hopeless(err):
			c.Say, c.Fix = err.Error(), how+"View (GET) of "+resource+"."
		default:
			return nil, err
		}
		out = append(out, c)
	}
	if denied == len(out) {
		return []shop.Check{{
			What: "use the key", Say: "PrestaShop accepts the key for nothing",
			Fix: "In PrestaShop open Advanced Parameters, Webservice: switch the webservice on, and check that the key is enabled.",
		}}, nil
	}
	n, err := s.known(ctx)
	switch {
	case err != nil && !shop.NotDone(err):
		return nil, err
	case err != nil:
		return out, nil // said above
	}
	st, ok := n.states[n.sent]
	c := shop.Check{What: "tell shipments", OK: ok && st.Shipped.float() > 0, Say: "orders that have left become " + string(st.Name)}
	if !c.OK {
		c.Say, c.Fix = "state "+n.sent+" is none that PrestaShop takes for sent", "Set sent to the number of a state that is ticked as shipped in PrestaShop."
	}
	return append(out, c), nil
}
