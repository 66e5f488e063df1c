package prestashop

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/round"
	"packbench/station/unit"
)

const (
	pageSize = 50
	// overlap is how much of what was read is read again: the shop's clock has no zone
	// and goes back an hour in autumn.
	overlap = 3 * time.Hour
	// mostOfLine is how many of a product an order may reasonably want.
	mostOfLine = 1_000_000
	clockForm  = "2006-01-02 15:04:05"
)

type order struct {
	ID       number `json:"id"`
	Number   string `json:"reference"`
	State    number `json:"current_state"`
	Added    string `json:"date_add"`
	Updated  string `json:"date_upd"`
	Address  number `json:"id_address_delivery"`
	Customer number `json:"id_customer"`
	Currency number `json:"id_currency"`
	Carrier  number `json:"id_carrier"`
	Total    number `json:"total_paid"`
	Gift     number `json:"gift"`
	GiftText string `json:"gift_message"`
}

type detail struct {
	ID       number `json:"id"`
	Order    number `json:"id_order"`
	SKU      string `json:"product_reference"`
	Name     string `json:"product_name"`
	Qty      number `json:"product_quantity"`
	Refunded number `json:"product_quantity_refunded"`
	Price    number `json:"unit_price_tax_incl"`
	Download string `json:"download_hash"`
}

type orderCarrier struct {
	ID       number `json:"id"`
	Order    number `json:"id_order"`
	Carrier  number `json:"id_carrier"`
	Invoice  number `json:"id_order_invoice"`
	Weight   number `json:"weight"`
	CostNet  number `json:"shipping_cost_tax_excl"`
	Cost     number `json:"shipping_cost_tax_incl"`
	Tracking string `json:"tracking_number"`
	Added    string `json:"date_add"`
}

type address struct {
	ID       number `json:"id"`
	Country  number `json:"id_country"`
	Region   number `json:"id_state"`
	Company  string `json:"company"`
	First    string `json:"firstname"`
	Last     string `json:"lastname"`
	Street   string `json:"address1"`
	Street2  string `json:"address2"`
	Postcode string `json:"postcode"`
	City     string `json:"city"`
	Phone    string `json:"phone"`
	Mobile   string `json:"phone_mobile"`
}

// Changed returns orders that were new or changed after since. A page without any is
// the end: PrestaShop does not say how many there are.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	r := round.Of(since)
	if r.Last == 0 {
		newest, err := s.list(ctx, "orders", "[id,date_upd]", url.Values{"sort": {"[date_upd_DESC]"}, "limit": {"1"}})
		if err != nil {
			return shop.Page{}, err
		}
		for _, raw := range newest {
			var o order
			if json.Unmarshal(raw, &o) == nil {
				r.Begin(when(o.Updated)) // as late as the shop's own clock is known to be
			}
		}
	}
	query := url.Values{"sort": {"[id_ASC]"}, "limit": {strconv.Itoa(pageSize)}, "filter[id]": {">[" + strconv.FormatInt(r.Last, 10) + "]"}}
	if !r.Since.IsZero() {
		query["date"] = []string{"1"}
		query["filter[date_upd]"] = []string{">[" + r.Since.Add(-time.Second).Format(clockForm) + "]"}
	}
	raws, err := s.list(ctx, "orders", "full", query)
	if err != nil {
		return shop.Page{}, err
	}
	before := r.Last
	page := shop.Page{More: len(raws) > 0}
	var orders []order
	for _, raw := range raws {
		o, err := read(raw)
		if o.ID.key() > 0 && o.ID.key() <= before {
			continue // a shop that does not mind what is asked
		}
		r.Saw(o.ID.key(), when(o.Updated))
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: cmp.Or(o.ID.text(), "?"), Number: cmp.Or(o.Number, "?"), Reason: err.Error()})
			continue
		}
		orders = append(orders, o)
	}
	if page.More && r.Last == before {
		return shop.Page{}, &shop.Away{Say: "it shows the same part of a list again and again"}
	}
	whole, err := s.wholes(ctx, orders)
	if err != nil {
		return shop.Page{}, err
	}
	for _, w := range whole {
		o, err := s.order(w)
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: w.ID.text(), Number: w.Number, Reason: err.Error()})
			continue
		}
		page.Orders = append(page.Orders, o)
	}
	page.Next = r.Cursor(page.More, overlap)
	return page, nil
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	w, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, err := s.order(w)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: "order " + w.Number + " cannot be packed: " + err.Error()}
	}
	return o, nil
}

func (s *Shop) one(ctx context.Context, id string) (whole, error) {
	if id == "" || number(id).text() != id {
		return whole{}, &shop.Gone{What: "order of that id"}
	}
	raws, err := s.list(ctx, "orders", "full", url.Values{"filter[id]": {"[" + id + "]"}})
	if err != nil {
		return whole{}, err
	}
	if len(raws) == 0 {
		return whole{}, &shop.Gone{What: "order of that id"}
	}
	o, err := read(raws[0])
	switch {
	case err != nil:
		return whole{}, &shop.Away{Say: "its answer about an order cannot be read"}
	case o.ID.text() != id:
		return whole{}, &shop.Away{Say: "it was asked for one order and answered another"}
	}
	all, err := s.wholes(ctx, []order{o})
	if err != nil {
		return whole{}, err
	}
	return all[0], nil
}

func read(raw json.RawMessage) (order, error) {
	var o order
	if err := json.Unmarshal(raw, &o); err != nil || o.ID.text() == "" || o.Number == "" {
		return order{ID: o.ID, Number: o.Number}, errors.New("the shop's answer about it cannot be read: look at the order in PrestaShop")
	}
	return o, nil
}

// whole is an order with what the shop keeps apart from it.
type whole struct {
	order
	names    *names
	details  []detail
	carriers []orderCarrier
	to       address
	email    string
}

func (s *Shop) wholes(ctx context.Context, orders []order) ([]whole, error) {
	if len(orders) == 0 {
		return nil, nil
	}
	ids, places, people, states := []string{}, []string{}, []string{}, []number{}
	for _, o := range orders {
		states = append(states, o.State)
		ids, places, people = append(ids, o.ID.text()), append(places, o.Address.text()), append(people, o.Customer.text())
	}
	n, err := s.known(ctx, states...)
	if err != nil {
		return nil, err
	}
	details, err := some[detail](ctx, s, "order_details", "full", "id_order", ids)
	if err != nil {
		return nil, err
	}
	carriers, err := some[orderCarrier](ctx, s, "order_carriers", "full", "id_order", slices.Clone(ids))
	if err != nil {
		return nil, err
	}
	addresses, err := some[address](ctx, s, "addresses", "full", "id", places)
	if err != nil {
		return nil, err
	}
	type customer struct {
		ID    number `json:"id"`
		Email string `json:"email"`
	}
	customers, err := some[customer](ctx, s, "customers", "[id,email]", "id", people)
	if err != nil && !errors.As(err, new(*shop.Denied)) && !shop.Hopeless(err) {
		return nil, err // an address without a mail will do
	}
	var out []whole
	for _, o := range orders {
		w := whole{order: o, names: n}
		for _, d := range details {
			if d.Order.text() == o.ID.text() {
				w.details = append(w.details, d)
			}
		}
		for _, c := range carriers {
			if c.Order.text() == o.ID.text() {
				w.carriers = append(w.carriers, c)
			}
		}
		for _, a := range addresses {
			if a.ID.text() == o.Address.text() {
				w.to = a
			}
		}
		for _, c := range customers {
			if c.ID.text() == o.Customer.text() {
				w.email = c.Email
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// when reads a time of the shop's own clock.
func when(text string) time.Time {
	t, err := time.ParseInLocation(clockForm, text, time.UTC)
	if err != nil {
		return time.Time{}
	}
	return t
}

// mostMessage is how long the words of a gift may be.
const mostMessage = 500

// order makes the bench's order of PrestaShop's. An error says why it cannot be packed.
func (s *Shop) order(w whole) (shop.Order, error) {
	out := shop.Order{Order: station.Order{
		Shop: s.id, Own: w.ID.text(), Number: w.Number, Placed: when(w.Added),
		Service: w.names.carriers[w.Carrier.text()], Value: w.money(w.Total), Gift: w.Gift.float() > 0,
	}}
	if out.Gift {
		out.Message = station.OneLine(w.GiftText, mostMessage)
	}
	out.Status, out.Reason = s.status(w)
	out.To = station.Address{
		Name: strings.TrimSpace(w.to.First + " " + w.to.Last), Company: w.to.Company, Street: w.to.Street, Street2: w.to.Street2,
		City: w.to.City, Postcode: w.to.Postcode, Country: w.names.countries[w.to.Country.text()], Region: w.names.regions[w.to.Region.text()],
		Phone: cmp.Or(w.to.Mobile, w.to.Phone), Email: w.email,
	}
	live := out.Status == station.OrderOpen || out.Status == station.OrderHeld
	lines, err := w.lines()
	if err != nil && live {
		return out, err
	}
	out.Sent = w.sent(lines)
	if live && len(lines) == 0 {
		out.Status, out.Reason, live = station.OrderDone, "", false // nothing to send
	}
	if live {
		out.Lines = lines
		if text := strings.TrimSpace(w.GiftText); text != "" && out.Gift {
			out.Lines = append(out.Lines, station.Line{ID: "gift", Kind: station.Note, Qty: 1, Text: text})
		}
	}
	return out, nil
}

func (w whole) money(n number) unit.Money {
	m, err := unit.ParseMoney(strconv.FormatFloat(n.float(), 'f', 6, 64), w.names.currencies[w.Currency.text()])
	if err != nil {
		return unit.Money{}
	}
	return m
}

func (s *Shop) status(w whole) (station.OrderStatus, string) {
	id := w.State.text()
	st, known := w.names.states[id]
	switch {
	case !known:
		return station.OrderHeld, "the shop gives it a state that has no name"
	case id == w.names.cancelled:
		return station.OrderCancelled, "cancelled in the shop"
	case id == w.names.refunded:
		return station.OrderCancelled, "refunded in the shop"
	case st.Shipped.float() > 0:
		return station.OrderDone, ""
	case slices.Contains(s.hold, id):
		return station.OrderHeld, "the shop says: " + string(st.Name)
	case st.Paid.float() > 0, slices.Contains(s.pack, id):
		return station.OrderOpen, ""
	}
	return station.OrderHeld, "not paid: " + string(st.Name)
}

// lines are what remains to be packed.
func (w whole) lines() ([]station.Line, error) {
	var out []station.Line
	for _, d := range w.details {
		n := d.Qty.float() - d.Refunded.float()
		switch {
		case d.Download != "" || n <= 0:
			continue
		case n > mostOfLine || n != math.Trunc(n):
			return nil, fmt.Errorf("%v of %s cannot be right: look at the order in PrestaShop", n, d.Name)
		case d.SKU == "":
			return nil, fmt.Errorf("%s has no reference: enter one in PrestaShop", d.Name)
		}
		out = append(out, station.Line{ID: d.ID.text(), SKU: d.SKU, Qty: int(n), Kind: station.Goods, Price: w.money(d.Price)})
	}
	return out, nil
}

// sent is what has left: all of it, once the state says so.
func (w whole) sent(lines []station.Line) []shop.Shipment {
	if w.names.states[w.State.text()].Shipped.float() <= 0 {
		return nil
	}
	base := shop.Shipment{Order: w.ID.text(), Number: w.Number, At: when(w.Updated)}
	for _, l := range lines {
		base.Lines = append(base.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
	}
	var out []shop.Shipment
	for _, c := range w.carriers {
		one := base
		one.ID, one.Tracking, one.Name = c.ID.text(), c.Tracking, w.names.carriers[c.Carrier.text()]
		if len(out) > 0 {
			one.Lines = nil
		}
		out = append(out, one)
	}
	if len(out) == 0 {
		base.ID = w.ID.text()
		out = append(out, base)
	}
	return out
}
