package magento

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/shop"
)

// shipment is one as Magento writes it.
type shipment struct {
	ID      number `json:"entity_id"`
	Order   number `json:"order_id"`
	Created string `json:"created_at"`
	Items   []struct {
		Row number `json:"order_item_id"`
		Qty number `json:"qty"`
	} `json:"items"`
	Tracks   []track   `json:"tracks"`
	Comments []comment `json:"comments"`
}

type track struct {
	Number  string `json:"track_number"`
	Title   string `json:"title"`
	Carrier string `json:"carrier_code"`
}

// mark stands in the comment of a shipment that the bench made, before its key.
const mark = "packbench parcel "

// Shipped returns what the shop knows to have left for an order.
func (s *Shop) Shipped(ctx context.Context, id string) ([]shop.Shipment, error) {
	o, kinds, err := s.read(ctx, id)
	if err != nil {
		return nil, err
	}
	sent, err := s.shipmentsOf(ctx, []order{o}, kinds)
	return sent[id], err
}

// shipments asks for those of the orders that something of has left.
func (s *Shop) shipments(ctx context.Context, orders []order, kinds map[string]manner) (map[string][]shop.Shipment, error) {
	return s.shipmentsOf(ctx, slices.DeleteFunc(slices.Clone(orders), func(o order) bool {
		return !slices.ContainsFunc(o.Items, func(i item) bool { return i.Shipped.float() > 0 })
	}), kinds)
}

func (s *Shop) shipmentsOf(ctx context.Context, orders []order, kinds map[string]manner) (map[string][]shop.Shipment, error) {
	out, of := map[string][]shop.Shipment{}, map[string]order{}
	var ids []string
	for _, o := range orders {
		ids, of[o.ID.text()] = append(ids, o.ID.text()), o
	}
	for part := range slices.Chunk(ids, pageSize/2) {
		err := s.all(ctx, search{
			path: "/shipments", filters: []filter{{"order_id", "in", strings.Join(part, ",")}},
			fields: "entity_id,order_id,created_at,items[order_item_id,qty],tracks[track_number,title,carrier_code],comments[comment]",
		}, func(raw json.RawMessage) error {
			var sh shipment
			if json.Unmarshal(raw, &sh) != nil || sh.ID.text() == "" {
				return &shop.Away{Say: "its answer about a shipment cannot be read"}
			}
			id := sh.Order.text()
			if o, asked := of[id]; asked {
				out[id] = append(out[id], o.sent(sh, kinds)...)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sent says of a shipment what a packer would: one for each tracking number. What is
// in it is said of the first, because Magento does not know which parcel it is in.
func (o order) sent(sh shipment, kinds map[string]manner) []shop.Shipment {
	base := shop.Shipment{ID: sh.ID.text(), Order: o.ID.text(), Number: o.Number, At: when(sh.Created)}
	for _, c := range sh.Comments {
		if _, key, ok := strings.Cut(c.Text, mark); ok && base.Key == "" {
			base.Key, _, _ = strings.Cut(key, "\n")
		}
	}
	lines, _ := o.lines(kinds) // of an order that cannot be packed nobody asks the units
	rows := map[string]int{}
	for _, i := range sh.Items {
		rows[i.Row.text()] += int(i.Qty.float())
	}
	apart := map[string]bool{} // bundles whose parts have rows of their own
	for _, l := range lines {
		if l.parent != "" && rows[l.id] > 0 {
			apart[l.parent] = true
		}
	}
	for _, l := range lines {
		n := rows[l.ships] * l.per
		if l.ships == "" {
			n = rows[l.id]
			if !apart[l.parent] {
				n = rows[l.parent] * l.per
			}
		}
		if n > 0 {
			base.Lines = append(base.Lines, shop.Units{Line: l.id, SKU: l.sku, Qty: n})
		}
	}
	if len(sh.Tracks) == 0 {
		return []shop.Shipment{base}
	}
	var out []shop.Shipment
	for n, t := range sh.Tracks {
		one := base
		if n > 0 {
			one.Lines = nil
		}
		one.Tracking, one.Name = t.Number, cmp.Or(t.Title, t.Carrier)
		out = append(out, one)
	}
	return out
}

// units are what a row ships.
type units struct {
	Row int64 `json:"order_item_id"`
	Qty int   `json:"qty"`
}

// Ship tells of one parcel. The order is read first: Magento sends fewer than it is
// told without a word where fewer remain, and which of its rows may be named depends
// on what was sold.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	o, kinds, err := s.read(ctx, p.Order)
	if err != nil {
		return "", err
	}
	lines, err := o.lines(kinds)
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	if err := s.may(o); err != nil {
		return "", err
	}
	items, err := parcel(lines, p.Lines)
	if err != nil {
		return "", err
	}
	var id number
	err = s.tell(ctx, "/order/"+p.Order+"/ship", s.request(p, items), &id)
	var no *shop.Refused
	switch {
	case err == nil && id.text() == "":
		return "", errors.New("the shop did not say which shipment it made")
	case err == nil:
		return id.text(), nil
	case errors.As(err, &no):
		return s.doubt(ctx, o, p, no)
	}
	return "", err
}

// may says why nothing of an order may be sent now.
func (s *Shop) may(o order) error {
	switch status, reason := s.status(o); {
	case o.State == "new" || o.State == "processing":
		return nil
	case status == station.OrderDone:
		return &shop.Changed{Say: "order " + o.Number + " has left already"}
	default:
		return &shop.Changed{Say: "order " + o.Number + ": " + reason}
	}
}

func (s *Shop) request(p shop.Shipment, items []units) map[string]any {
	note := mark + p.Key
	if p.Link != "" {
		note += "\n" + p.Link
	}
	body := map[string]any{
		"items":         items,
		"notify":        p.Notify,
		"appendComment": false,
		"comment":       map[string]any{"comment": note, "is_visible_on_front": 0},
	}
	if p.Tracking != "" {
		code := strings.ToLower(p.Carrier)
		if !contains([]string{"ups", "usps", "fedex", "dhl"}, code) {
			code = "custom"
		}
		body["tracks"] = []track{{Number: p.Tracking, Title: cmp.Or(p.Name, p.Carrier, "Parcel"), Carrier: code}}
	}
	if source := s.set["source"]; source != "" {
		body["arguments"] = map[string]any{"extension_attributes": map[string]any{"source_code": source}}
	}
	return body
}

// doubt finds out what a refusal means. Magento words a parcel that it has already like
// one that cannot be, and refuses one that it has kept when something went wrong
// after that.
func (s *Shop) doubt(ctx context.Context, o order, p shop.Shipment, no *shop.Refused) (string, error) {
	sent, err := s.Shipped(ctx, p.Order)
	if err != nil {
		return "", fmt.Errorf("the shop refused the parcel (%s), but perhaps has it: %v", no.Say, err) // not wrapped: that would say that nothing was done
	}
	for _, known := range sent {
		if shop.SameTracking(known.Tracking, p.Tracking) || p.Key != "" && known.Key == p.Key {
			return known.ID, nil
		}
	}
	now, _, err := s.read(ctx, p.Order)
	if err == nil && now.Updated != o.Updated {
		return "", &shop.Changed{Say: no.Say}
	}
	return "", no
}

// parcel says which rows ship the units of a parcel.
func parcel(lines []line, in []shop.Units) ([]units, error) {
	want := map[string]int{}
	for _, u := range in {
		if !slices.ContainsFunc(lines, func(l line) bool { return l.id == u.Line }) {
			return nil, &shop.Changed{Say: u.SKU + " is no longer in the order"}
		}
		want[u.Line] += max(u.Qty, 0)
	}
	var out []units
	bundles := map[string]int{} // row → how many of it
	for _, l := range lines {
		n := want[l.id]
		switch {
		case n > l.qty:
			return nil, &shop.Changed{Say: fmt.Sprintf("%d of %s are in the parcel, %d remain to be sent", n, l.sku, l.qty)}
		case n == 0:
		case l.ships == "":
			return nil, &shop.Refused{Say: "it is not known whether the bundle with " + l.sku + " ships as a whole: give the key the right to read products, or set bundles to together or separately"}
		case l.ships != l.parent:
			out = append(out, units{Row: number(l.ships).key(), Qty: n})
		case bundles[l.parent] == 0:
			bundles[l.parent] = max(n/l.per, 1)
		}
	}
	for _, l := range lines {
		if l.parent == "" || l.ships != l.parent || bundles[l.parent] == 0 {
			continue
		}
		if whole := bundles[l.parent] * l.per; want[l.id] != whole {
			return nil, &shop.Refused{Say: fmt.Sprintf("the shop sends a bundle as a whole only: %d of %s are in the parcel, %d belong to it. Pack all of it into one parcel, or enter this shipment in Magento", want[l.id], l.sku, whole)}
		}
	}
	for _, l := range lines {
		if n := bundles[l.parent]; n > 0 && l.ships == l.parent {
			out = append(out, units{Row: number(l.parent).key(), Qty: n})
			delete(bundles, l.parent)
		}
	}
	if len(out) == 0 {
		return nil, &shop.Refused{Say: "the parcel has nothing in it that the shop sends"}
	}
	return out, nil
}

// Unship cannot be: Magento has no call for it.
func (s *Shop) Unship(context.Context, shop.Shipment) error {
	return &shop.Refused{Say: "Magento keeps a shipment for good. Write to the buyer, and correct the tracking number in Magento by hand"}
}
