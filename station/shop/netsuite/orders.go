package netsuite

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web/wire"
)

const (
	perPage = 100
	// overlap is how long before the last change a round begins again: more than an hour,
	// which comes twice in autumn.
	overlap = 3 * time.Hour
	stamp   = "2006-01-02 15:04:05"
)

// reading is a cursor: sales orders by rising id, of which something changed since a
// time. Times are those of NetSuite, in whatever zone it has them.
type reading struct {
	Since time.Time `json:"since,omitzero"`
	Last  string    `json:"last,omitempty"`
	Most  time.Time `json:"most,omitzero"`
}

func (r reading) cursor() shop.Cursor {
	text, _ := json.Marshal(r)
	return shop.Cursor(text)
}

// head is a sales order without its lines.
type head struct {
	ID       wire.Text
	Number   wire.Text
	Status   wire.Text
	Modified wire.Text
	Created  wire.Text
	ShipBy   wire.Text `json:"shipby"`
	Service  wire.Text
	Note     wire.Text
	PO       wire.Text
	Address  wire.Text
}

const heads = `SELECT t.id AS id, t.tranid AS number, t.status AS status, TO_CHAR(t.lastmodifieddate, 'YYYY-MM-DD HH24:MI:SS') AS modified,
	TO_CHAR(t.createddate, 'YYYY-MM-DD HH24:MI:SS') AS created, TO_CHAR(t.shipdate, 'YYYY-MM-DD') AS shipby, BUILTIN.DF(t.shipmethod) AS service,
	t.memo AS note, t.otherrefnum AS po, t.shippingaddress AS address FROM transaction t WHERE t.type = 'SalesOrd'`

// row is a line of one.
type row struct {
	Order    wire.Text `json:"tran"`
	Line     wire.Text
	Item     wire.Text
	Kind     wire.Text
	Location wire.Text
	Qty      wire.Text
	Shipped  wire.Text
	Closed   wire.Text
}

const rows = `SELECT tl.transaction AS tran, tl.id AS line, BUILTIN.DF(tl.item) AS item, tl.itemtype AS kind, tl.location AS location,
	ABS(NVL(tl.quantity, 0)) AS qty, NVL(tl.quantityshiprecv, 0) AS shipped, NVL(tl.isclosed, 'F') AS closed FROM transactionline tl
	WHERE tl.transaction IN (%s) AND tl.mainline = 'F' AND NVL(tl.taxline, 'F') = 'F' ORDER BY tl.transaction, tl.id`

// place is where one goes.
type place struct {
	Key       wire.Text
	Name      wire.Text
	Attention wire.Text
	Street    wire.Text
	Street2   wire.Text
	City      wire.Text
	State     wire.Text
	Zip       wire.Text
	Country   wire.Text
	Phone     wire.Text
}

const places = `SELECT a.nkey AS key, a.addressee AS name, a.attention AS attention, a.addr1 AS street, a.addr2 AS street2, a.city AS city, a.state AS state,
	a.zip AS zip, a.country AS country, a.addrphone AS phone FROM transactionshippingaddress a WHERE a.nkey IN (%s)`

// Changed returns orders that changed, a page at a time.
func (s *Shop) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	var r reading
	if json.Unmarshal([]byte(since), &r) != nil || r.Last != "" && !number(r.Last) {
		r = reading{}
	}
	q := heads
	if r.Last != "" {
		q += " AND t.id > " + r.Last
	}
	if !r.Since.IsZero() {
		q += " AND t.lastmodifieddate >= TO_DATE('" + r.Since.Format(stamp) + "', 'YYYY-MM-DD HH24:MI:SS')"
	} else {
		q += " AND t.status IN ('A', 'B', 'D', 'E')" // what is over does not matter to who has nothing
	}
	got, err := query[head](ctx, s, "SELECT * FROM ("+q+" ORDER BY t.id) WHERE ROWNUM <= "+fmt.Sprint(perPage))
	if err != nil {
		return shop.Page{}, err
	}
	whole, err := s.whole(ctx, got)
	if err != nil {
		return shop.Page{}, err
	}
	var page shop.Page
	for _, w := range whole {
		if !above(string(w.ID), r.Last) { // an order that is passed over would never come
			return shop.Page{}, &shop.Away{Say: "its list is not sorted as it was asked for"}
		}
		r.Last = string(w.ID)
		if at := clock(w.Modified); at.After(r.Most) {
			r.Most = at
		}
		o, err := s.build(w)
		if err != nil {
			page.Left = append(page.Left, shop.Left{ID: string(w.ID), Number: w.called(), Reason: err.Error()})
			continue
		}
		page.Orders = append(page.Orders, o)
	}
	if page.More = len(got) >= perPage; !page.More {
		next := reading{Since: r.Most.Add(-overlap)}
		if r.Most.IsZero() || next.Since.Before(r.Since) {
			next.Since = r.Since
		}
		r = next
	}
	page.Next = r.cursor()
	return page, nil
}

// above compares numbers as texts.
func above(a, b string) bool { return len(a) > len(b) || len(a) == len(b) && a > b }

// whole is a sales order with all that belongs to it.
type whole struct {
	head
	rows []row
	to   place
	sent []fulfillment
}

func (w whole) called() string { return cmp.Or(wire.Clean(string(w.Number), 60), string(w.ID)) }

// whole reads what belongs to some orders: each in a question of its own, because
// NetSuite plans a question that joins them badly.
func (s *Shop) whole(ctx context.Context, list []head) ([]whole, error) {
	if len(list) == 0 {
		return nil, nil
	}
	var out []whole
	at := map[wire.Text]int{}
	var ids, keys []string
	for _, h := range list {
		if !number(string(h.ID)) {
			return nil, &shop.Away{Say: "it answered with an order without an id"}
		}
		at[h.ID] = len(out)
		out = append(out, whole{head: h})
		ids = append(ids, string(h.ID))
		if number(string(h.Address)) && !slices.Contains(keys, string(h.Address)) {
			keys = append(keys, string(h.Address))
		}
	}
	lines, err := query[row](ctx, s, fmt.Sprintf(rows, strings.Join(ids, ", ")))
	if err != nil {
		return nil, err
	}
	var begun []string
	for _, l := range lines {
		i, known := at[l.Order]
		if !known {
			return nil, &shop.Away{Say: "it answered with lines of another order"}
		}
		out[i].rows = append(out[i].rows, l)
		if n, _ := wire.Whole(l.Shipped); n > 0 && !slices.Contains(begun, string(l.Order)) {
			begun = append(begun, string(l.Order))
		}
	}
	if len(keys) > 0 {
		to, err := query[place](ctx, s, fmt.Sprintf(places, strings.Join(keys, ", ")))
		if err != nil {
			return nil, err
		}
		for _, p := range to {
			for i := range out {
				if out[i].Address == p.Key {
					out[i].to = p
				}
			}
		}
	}
	sent, err := s.fulfilled(ctx, begun)
	for _, f := range sent {
		if i, known := at[f.order]; known {
			out[i].sent = append(out[i].sent, f)
		}
	}
	return out, err
}

// Fresh returns an order as it is now.
func (s *Shop) Fresh(ctx context.Context, id string) (shop.Order, error) {
	w, err := s.one(ctx, id)
	if err != nil {
		return shop.Order{}, err
	}
	o, err := s.build(w)
	if err != nil {
		return shop.Order{}, &shop.Refused{Say: err.Error()}
	}
	return o, nil
}

func (s *Shop) one(ctx context.Context, id string) (whole, error) {
	if !number(id) {
		return whole{}, &shop.Gone{What: "sales order " + station.OneLine(id, 40)}
	}
	got, err := query[head](ctx, s, heads+" AND t.id = "+id)
	switch {
	case err != nil:
		return whole{}, err
	case len(got) == 0:
		return whole{}, &shop.Gone{What: "sales order " + id}
	case len(got) != 1 || string(got[0].ID) != id:
		return whole{}, &shop.Away{Say: "it answered with something else than the sales order " + id}
	}
	all, err := s.whole(ctx, got)
	if err != nil {
		return whole{}, err
	}
	return all[0], nil
}

// kinds are the types of items that a fulfillment carries.
var kinds = []wire.Text{"InvtPart", "Assembly", "Kit", "NonInvtPart"}

// open is how many of a line are to be sent; 0 for what is no goods, or is closed.
func (l row) open() (int, error) {
	if !slices.Contains(kinds, l.Kind) || l.Closed == "T" {
		return 0, nil
	}
	qty, err := wire.Whole(l.Qty)
	if err != nil {
		return 0, err
	}
	shipped, err := wire.Whole(l.Shipped)
	return max(0, qty-shipped), err
}

// sku is the name of a line's item; that of a child stands behind its parent's.
func (l row) sku() string {
	name := wire.Clean(string(l.Item), 100)
	if i := strings.LastIndex(name, " : "); i >= 0 {
		return name[i+3:]
	}
	return name
}

// here reports whether a line is packed at this bench.
func (s *Shop) here(l row) bool {
	return s.location == "" || l.Location == "" || string(l.Location) == s.location
}

// lines are what is to be packed here.
func (s *Shop) lines(w whole) (out []station.Line, err error) {
	for _, l := range w.rows {
		n, err := l.open()
		if err != nil {
			return nil, err
		}
		if n == 0 || !s.here(l) {
			continue
		}
		sku := l.sku()
		if sku == "" || !number(string(l.Line)) {
			return nil, errors.New("a line has no item")
		}
		out = append(out, station.Line{ID: string(l.Line), SKU: sku, Qty: n, Kind: station.Goods})
	}
	return out, nil
}

// statusOf is what a status means for packing.
func statusOf(w whole) (station.OrderStatus, string) {
	switch w.Status {
	case "B", "D", "E":
		return station.OrderOpen, ""
	case "A":
		return station.OrderHeld, "it waits for approval"
	case "C":
		return station.OrderCancelled, "cancelled in NetSuite"
	case "F", "G":
		return station.OrderDone, ""
	case "H":
		return station.OrderCancelled, "closed in NetSuite"
	}
	return station.OrderHeld, "NetSuite gives it the status " + wire.Clean(string(w.Status), 20)
}

// build makes the bench's order. An error says why it cannot be packed.
func (s *Shop) build(w whole) (shop.Order, error) {
	out := shop.Order{Order: station.Order{
		Shop: s.id, Own: string(w.ID), Number: w.called(), Placed: clock(w.Created), ShipBy: clock(w.ShipBy), To: w.to.read(), Service: wire.Clean(string(w.Service), 100),
		Reference: wire.Clean(string(w.PO), station.MaxReference),
	}}
	out.Status, out.Reason = statusOf(w)
	out.Sent = s.sent(w)
	if out.Status == station.OrderDone || out.Status == station.OrderCancelled {
		return out, nil
	}
	lines, err := s.lines(w)
	if err != nil {
		return out, err
	}
	if out.Lines = lines; len(lines) == 0 {
		if out.Status == station.OrderOpen {
			out.Status = station.OrderDone
		}
		return out, nil
	}
	if text := wire.Clean(string(w.Note), 500); text != "" {
		out.Lines = append(out.Lines, station.Line{ID: "note", Kind: station.Note, Text: text, Qty: 1})
	}
	return out, nil
}

func clock(t wire.Text) time.Time {
	for _, form := range []string{stamp, time.DateOnly} {
		if at, err := time.Parse(form, string(t)); err == nil {
			return at
		}
	}
	return time.Time{}
}

func (p place) read() station.Address {
	name, company := p.Attention, p.Name
	if name == "" {
		name, company = p.Name, ""
	}
	return station.Address{
		Name: wire.Clean(string(name), 100), Company: wire.Clean(string(company), 100), Street: wire.Clean(string(p.Street), 200), Street2: wire.Clean(string(p.Street2), 200),
		City: wire.Clean(string(p.City), 100), Region: wire.Clean(string(p.State), 60), Postcode: wire.Clean(string(p.Zip), 30),
		Country: strings.ToUpper(wire.Clean(string(p.Country), 2)), Phone: wire.Clean(string(p.Phone), 40),
	}
}
