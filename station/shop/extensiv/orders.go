package extensiv

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/round"
	"packbench/station/web"
	"packbench/station/web/wire"
)

const (
	perPage = 100
	overlap = 3 * time.Hour // more than an hour, which comes twice in autumn
	stamp   = "2006-01-02T15:04:05"
	detail  = "OrderItems,Packages"
)

// page is a part of a list, in HAL.
type page struct {
	Total    int `json:"totalResults"`
	Embedded struct {
		Orders []order `json:"http://api.3plCentral.com/rels/orders/order"`
	} `json:"_embedded"`
}

type order struct {
	ReadOnly struct {
		ID        wire.ID `json:"orderId"`
		Allocated *bool   `json:"fullyAllocated"`
		Closed    bool    `json:"isClosed"`
		Status    wire.ID
		HeldAt    wire.Text `json:"onHoldDate"`
		HeldFor   wire.Text `json:"onHoldReason"`
		Created   wire.Text `json:"creationDate"`
		Modified  wire.Text `json:"lastModifiedDate"`
		ShippedAt wire.Text `json:"shipDate"`
		Packages  []struct{ TrackingNumber wire.Text }
	}
	Reference wire.Text `json:"referenceNum"`
	PO        wire.Text `json:"poNum"`
	Notes     wire.Text `json:"shippingNotes"`
	Routing   struct {
		Carrier, Mode, TrackingNumber wire.Text
	} `json:"routingInfo"`
	Parcels struct {
		Numbers []wire.Text `json:"trackingNumbers"`
	} `json:"parcelResponse"`
	ShipTo   contact
	Embedded struct {
		Items []item `json:"http://api.3plCentral.com/rels/orders/item"`
	} `json:"_embedded"`
	etag string
}

type contact struct {
	CompanyName, Name, Address1, Address2, City, State, Zip, Country, PhoneNumber, EmailAddress wire.Text
}

type item struct {
	ReadOnly struct {
		ID wire.ID `json:"orderItemId"`
	}
	Identifier struct{ SKU wire.Text } `json:"itemIdentifier"`
	Qty        wire.Text
}

// Changed returns orders that changed, a page at a time, by rising id.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	r := round.Of(since)
	conditions := []string{"readonly.orderid=gt=" + strconv.FormatInt(r.Last, 10)}
	if r.Since.IsZero() {
		conditions = append(conditions, "readonly.isclosed==false") // what is over does not matter to who has nothing
	} else {
		conditions = append(conditions, "readonly.lastmodifieddate=ge="+r.Since.Format(stamp))
	}
	var list page
	_, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/orders", Query: url.Values{
		"pgsiz": {strconv.Itoa(perPage)}, "pgnum": {"1"}, "sort": {"readonly.orderid"}, "rql": {s.rql(conditions...)}, "detail": {detail},
	}}, "such list", &list)
	if err != nil {
		return shop.Page{}, err
	}
	var out shop.Page
	got := list.Embedded.Orders
	for _, o := range got {
		if int64(o.ReadOnly.ID) <= r.Last { // an order that is passed over would never come
			return shop.Page{}, &shop.Away{Say: "its list is not sorted as it was asked for"}
		}
		r.Saw(int64(o.ReadOnly.ID), when(o.ReadOnly.Modified))
		built, err := s.build(o)
		if err != nil {
			out.Left = append(out.Left, shop.Left{ID: o.ReadOnly.ID.String(), Number: called(o), Reason: err.Error()})
			continue
		}
		out.Orders = append(out.Orders, built)
	}
	out.More = len(got) > 0 && list.Total > len(got)
	if !out.More {
		r.Begin(r.Most) // its own clock is all that is known of its times
	}
	out.Next = r.Cursor(out.More, overlap)
	return out, nil
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	out, err := s.build(o)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: err.Error()}
	}
	return out, nil
}

func (s *Shop) one(ctx context.Context, id string) (order, error) {
	var o order
	if !number(id) {
		return o, &shop.Gone{What: "order " + station.OneLine(id, 40)}
	}
	a, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/orders/" + id, Query: url.Values{"detail": {detail}}}, "order "+id, &o)
	if err != nil {
		return o, err
	}
	if o.ReadOnly.ID.String() != id {
		return o, &shop.Away{Say: "it answered with something else than the order " + id}
	}
	o.etag = a.Header.Get("ETag")
	return o, nil
}

// What readOnly.status is. "Complete" is no status there.
const (
	statusOpen      = 0
	statusClosed    = 1
	statusCancelled = 2
)

// statusOf is what an order's state means for packing.
func statusOf(o order) (station.OrderStatus, string) {
	ro := o.ReadOnly
	switch {
	case ro.Status == statusCancelled:
		return station.OrderCancelled, "cancelled in Extensiv"
	case ro.Closed || ro.Status == statusClosed:
		return station.OrderDone, ""
	case ro.Status != statusOpen:
		return station.OrderHeld, "Extensiv gives it the status " + ro.Status.String()
	case ro.HeldAt != "":
		return station.OrderHeld, cmp.Or(wire.Clean(string(ro.HeldFor), 200), "on hold in Extensiv")
	case ro.Allocated != nil && !*ro.Allocated:
		return station.OrderHeld, "not all of its goods are allocated in Extensiv"
	}
	return station.OrderOpen, ""
}

func called(o order) string {
	return cmp.Or(wire.Clean(string(o.Reference), 60), o.ReadOnly.ID.String())
}

// build makes the bench's order. An error says why it cannot be packed.
func (s *Shop) build(o order) (shop.Order, error) {
	out := shop.Order{Order: station.Order{
		Shop: s.id, Own: o.ReadOnly.ID.String(), Number: called(o), Placed: when(o.ReadOnly.Created), To: o.ShipTo.read(),
		Reference: wire.Clean(string(o.PO), station.MaxReference),
		Service:   wire.Clean(strings.TrimSpace(string(o.Routing.Carrier)+" "+string(o.Routing.Mode)), 100),
	}}
	out.Status, out.Reason = statusOf(o)
	out.Sent = sent(o)
	if out.Status == station.OrderDone || out.Status == station.OrderCancelled {
		return out, nil
	}
	lines, err := linesOf(o)
	if err != nil {
		return out, err
	}
	if out.Lines = lines; len(lines) == 0 {
		out.Status, out.Reason = station.OrderHeld, "the order has no goods"
		return out, nil
	}
	if text := wire.Clean(string(o.Notes), 500); text != "" {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: text, Qty: 1})
	}
	return out, nil
}

func linesOf(o order) (lines []station.Line, err error) {
	for _, it := range o.Embedded.Items {
		n, err := wire.Whole(it.Qty)
		if err != nil {
			return nil, err
		}
		if n <= 0 {
			continue
		}
		sku := wire.Clean(string(it.Identifier.SKU), 100)
		if sku == "" || it.ReadOnly.ID == 0 {
			return nil, errors.New("a line has no item")
		}
		lines = append(lines, station.Line{ID: it.ReadOnly.ID.String(), SKU: sku, Qty: n, Kind: station.Goods})
	}
	return lines, nil
}

// sent is what has left of an order, which is all of it: a parcel for each tracking
// number, the first with the lines.
func sent(o order) (out []shop.Shipment) {
	if status, _ := statusOf(o); status != station.OrderDone {
		return nil
	}
	var numbers []string
	add := func(t wire.Text) {
		if n := wire.Clean(string(t), 100); n != "" && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	add(o.Routing.TrackingNumber)
	for _, p := range o.ReadOnly.Packages {
		add(p.TrackingNumber)
	}
	for _, n := range o.Parcels.Numbers {
		add(n)
	}
	if len(numbers) == 0 {
		numbers = []string{""}
	}
	lines, _ := linesOf(o)
	p := shop.Shipment{Order: o.ReadOnly.ID.String(), Number: called(o), Name: wire.Clean(string(o.Routing.Carrier), 60), At: when(o.ReadOnly.ShippedAt), Lines: shop.Goods(lines)}
	for _, n := range numbers {
		p.ID, p.Tracking = cmp.Or(n, "confirmed"), n
		out = append(out, p)
		p.Lines = nil
	}
	return out
}

// Shipped returns what Extensiv knows to have left.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, err := s.one(ctx, id)
	if err != nil {
		return nil, err
	}
	return sent(o), nil
}

// Ship confirms an order with the tracking number of its parcel. It looks first, and
// confirms what it looked at or nothing.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	if p.Part {
		return "", &shop.Refused{Say: "Extensiv confirms an order only as a whole"}
	}
	o, err := s.one(ctx, p.Order)
	if err != nil {
		return "", err
	}
	for _, k := range sent(o) {
		if shop.SameTracking(k.Tracking, p.Tracking) {
			return k.ID, nil
		}
	}
	switch status, reason := statusOf(o); status {
	case station.OrderDone:
		return "", &shop.Changed{Say: "the order is confirmed already"}
	case station.OrderHeld, station.OrderCancelled:
		return "", &shop.Changed{Say: "the order cannot be sent now: " + reason}
	}
	lines, err := linesOf(o)
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	for _, d := range p.Against(lines) {
		return "", &shop.Changed{Say: fmt.Sprintf("%d of %s are in the parcel, the order wants %d", d.In, d.SKU, d.Wants)}
	}
	if o.etag == "" {
		return "", &shop.Away{Say: "it did not say which version of the order it showed"}
	}
	a, err := s.ask(ctx, web.Request{
		Method: http.MethodPost, Path: "/orders/" + p.Order + "/confirmer", Header: http.Header{"If-Match": {o.etag}}, Body: map[string]string{"trackingNumber": p.Tracking},
	}, "order "+p.Order, nil)
	if err != nil {
		return "", err
	}
	if a.Status != http.StatusNoContent { // such as a web page, which says nothing of the order
		return "", errors.New("the answer does not say whether the order was confirmed")
	}
	return cmp.Or(p.Tracking, "confirmed"), nil
}

// Unship is not done from here.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "a confirmation in Extensiv makes charges: unconfirm the order there"}
}

func when(t wire.Text) time.Time {
	at, err := time.Parse(stamp, strings.TrimSuffix(string(t), "Z"))
	if err != nil {
		return time.Time{}
	}
	return at
}

func (c contact) read() station.Address {
	return station.Address{
		Name: wire.Clean(string(c.Name), 100), Company: wire.Clean(string(c.CompanyName), 100), Street: wire.Clean(string(c.Address1), 200), Street2: wire.Clean(string(c.Address2), 200),
		City: wire.Clean(string(c.City), 100), Region: wire.Clean(string(c.State), 60), Postcode: wire.Clean(string(c.Zip), 30),
		Country: strings.ToUpper(wire.Clean(string(c.Country), 2)), Phone: wire.Clean(string(c.PhoneNumber), 40), Email: wire.Clean(string(c.EmailAddress), 200),
	}
}
