package woocommerce

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web/wire"
)

// way is how a shop is told what has left.
type way string

// The ways, best first.
const (
	byFulfillment way = "fulfillments" // WooCommerce's own, behind a switch
	byTracking    way = "tracking"     // plug-in Shipment Tracking
	byAST         way = "ast"          // plug-in Advanced Shipment Tracking
	byNote        way = "note"         // a note to the buyer, which every shop has
)

var waysInOrder = []way{byFulfillment, byTracking, byAST, byNote}

func (w way) known() bool {
	return w == byFulfillment || w == byTracking || w == byAST || w == byNote
}

// place is where the entries of an order are.
func (w way) place(order string) string {
	switch w {
	case byTracking:
		return "/wc-shipment-tracking/v3/orders/" + order + "/shipment-trackings"
	case byAST:
		return "/wc-ast/v3/orders/" + order + "/shipment-trackings"
	case byNote:
		return core + "/orders/" + order + "/notes"
	}
	return core + "/orders/" + order + "/fulfillments"
}

// ourKey is the entry by which a parcel's key is known, in a fulfilment, and how
// entries of an order begin that hold a parcel's units, for the other ways, which
// keep none.
const (
	ourKey  = "_packbench_parcel"
	ourKeys = "_packbench_parcel_"
)

// record is one parcel that a shop knows of.
type record struct {
	way   way
	id    string
	parts []part // one for each parcel of ours with this tracking number
	shop.Shipment
}

// part is what we said of one parcel.
type part struct {
	Key      string
	Tracking string
	Lines    []lineOf
}

type lineOf struct {
	Item ident `json:"item_id"`
	Qty  text  `json:"qty"`
}

func (r record) full() string { return string(r.way) + ":" + r.id }

// records reads what an order's shop knows to have left, from all ways that it has, at
// the same time.
func (s *Shop) records(ctx context.Context, o order) ([]record, error) {
	found := make([][]record, len(waysInOrder))
	var asks []func() error
	for i, w := range waysInOrder {
		if has, known := s.has(w); known && !has {
			continue
		}
		asks = append(asks, func() (err error) {
			found[i], err = s.recordsOf(ctx, w, o.ID.String())
			return err
		})
	}
	if err := together(asks); err != nil {
		return nil, err
	}
	var out []record
	for _, some := range found {
		for _, r := range some {
			if !twice(out, r) {
				out = append(out, r)
			}
		}
	}
	join(o, out)
	return out, nil
}

// recordsOf asks one way, and keeps whether the shop has it.
func (s *Shop) recordsOf(ctx context.Context, w way, order string) (found []record, err error) {
	switch w {
	case byFulfillment:
		found, err = s.fulfillments(ctx, order)
	case byNote:
		found, err = s.notes(ctx, order)
	default:
		found, err = s.trackings(ctx, w, order)
	}
	if errors.As(err, new(noRoute)) && w != byNote {
		s.found(w, false)
		return nil, nil
	}
	if err == nil {
		s.found(w, true)
	}
	return found, err
}

// twice reports whether a parcel is known already: two plug-ins that keep one list
// show it both.
func twice(records []record, r record) bool {
	for _, q := range records {
		if q.way != r.way && shop.SameTracking(q.Tracking, r.Tracking) {
			return true
		}
	}
	return false
}

type fulfillment struct {
	ID        ident
	Fulfilled bool `json:"is_fulfilled"`
	Updated   text `json:"date_updated"`
	Deleted   text `json:"date_deleted"`
	Meta      metas
}

// UnmarshalJSON reads one; an early version wraps it.
func (f *fulfillment) UnmarshalJSON(data []byte) error {
	type plain struct {
		ID          ident
		Fulfilled   bool            `json:"is_fulfilled"`
		Updated     text            `json:"date_updated"`
		Deleted     text            `json:"date_deleted"`
		Meta        metas           `json:"meta_data"`
		Fulfillment json.RawMessage `json:"fulfillment"`
	}
	var p plain
	if err := json.Unmarshal(data, &p); err != nil {
		return err
	}
	if len(p.Fulfillment) > 0 {
		if err := json.Unmarshal(p.Fulfillment, &p); err != nil {
			return err
		}
	}
	*f = fulfillment{ID: p.ID, Fulfilled: p.Fulfilled, Updated: p.Updated, Deleted: p.Deleted, Meta: p.Meta}
	return nil
}

func (s *Shop) fulfillments(ctx context.Context, order string) ([]record, error) {
	var list []fulfillment
	if _, err := s.get(ctx, byFulfillment.place(order), nil, &list); err != nil {
		return nil, err
	}
	var out []record
	for _, f := range list {
		if !f.Fulfilled || f.Deleted != "" {
			continue
		}
		r := record{way: byFulfillment, id: f.ID.String(), Shipment: shop.Shipment{
			Key: f.Meta.word(ourKey), Tracking: f.Meta.word("_tracking_number"), Name: f.Meta.word("_provider_name", "_shipment_provider", "_shipping_provider"),
			Link: f.Meta.word("_tracking_url"), At: when(f.Updated),
		}}
		for _, m := range f.Meta {
			var lines []lineOf
			if m.Key == "_items" && json.Unmarshal(m.Value, &lines) == nil {
				r.Lines = units(lines)
			}
		}
		out = append(out, r)
	}
	return out, nil
}

func units(lines []lineOf) []shop.Units {
	var out []shop.Units
	for _, l := range lines {
		if n, err := wire.Whole(l.Qty); err == nil && n > 0 {
			out = append(out, shop.Units{Line: l.Item.String(), Qty: n})
		}
	}
	return out
}

type tracking struct {
	ID       text `json:"tracking_id"`
	Provider text `json:"tracking_provider"`
	Link     text `json:"tracking_link"`
	Number   text `json:"tracking_number"`
	Shipped  text `json:"date_shipped"`
}

func (s *Shop) trackings(ctx context.Context, w way, order string) ([]record, error) {
	var list []tracking
	if _, err := s.get(ctx, w.place(order), nil, &list); err != nil {
		return nil, err
	}
	var out []record
	for _, t := range list {
		out = append(out, record{way: w, id: string(t.ID), Shipment: shop.Shipment{
			Tracking: wire.Clean(string(t.Number), 100), Name: wire.Clean(string(t.Provider), 100), Link: string(t.Link), At: when(t.Shipped),
		}})
	}
	return out, nil
}

type note struct {
	ID      ident
	Created text `json:"date_created_gmt"`
	Note    text
}

// ours finds in a note what sayOf wrote.
var ours = regexp.MustCompile(`^Parcel (\S+) is on its way(?: with (.+?))?\.(?: Tracking number: (\S+)\.)?(?: (https?://\S+))?$`)

func sayOf(p shop.Shipment) string {
	text := "Parcel " + strings.Join(strings.Fields(p.Key), "") + " is on its way"
	if name := wire.Clean(p.Name, 60); name != "" {
		text += " with " + name
	}
	text += "."
	if p.Tracking != "" {
		text += " Tracking number: " + strings.Join(strings.Fields(p.Tracking), "") + "."
	}
	if strings.HasPrefix(p.Link, "http") && len(strings.Fields(p.Link)) == 1 {
		text += " " + p.Link
	}
	return text
}

func (s *Shop) notes(ctx context.Context, order string) ([]record, error) {
	var list []note
	if _, err := s.get(ctx, byNote.place(order), url.Values{"type": {"any"}}, &list); err != nil {
		return nil, err
	}
	var out []record
	for _, n := range list {
		if f := ours.FindStringSubmatch(wire.Clean(string(n.Note), 2000)); f != nil {
			out = append(out, record{way: byNote, id: n.ID.String(), Shipment: shop.Shipment{Key: f[1], Name: f[2], Tracking: f[3], Link: f[4], At: when(n.Created)}})
		}
	}
	return out, nil
}

// parts are what this bench said of parcels of an order whose way keeps no units.
func (o order) parts() []part {
	var out []part
	for _, m := range o.Meta {
		key, ok := strings.CutPrefix(string(m.Key), ourKeys)
		p := part{Key: key}
		if ok && json.Unmarshal(m.Value, &p) == nil {
			p.Key = key
			out = append(out, p)
		}
	}
	return out
}

// join adds to what the shop knows what we said of its units.
func join(o order, records []record) {
	for _, p := range o.parts() {
		for i := range records {
			r := &records[i]
			if r.way != byFulfillment && (shop.SameTracking(r.Tracking, p.Tracking) || r.Key != "" && r.Key == p.Key) {
				r.parts = append(r.parts, p)
				break
			}
		}
	}
}

// shipments are the records as the bench reads them.
func shipments(o order, records []record) []shop.Shipment {
	var out []shop.Shipment
	skus := map[string]string{}
	for _, it := range o.Items {
		skus[it.ID.String()] = sku(it)
	}
	for _, r := range records {
		r.Order, r.Number, r.ID = o.ID.String(), called(o), r.full()
		all := []shop.Shipment{r.Shipment}
		for i, p := range r.parts {
			one := r.Shipment
			one.Key, one.Lines = p.Key, units(p.Lines)
			all = append(all[:i], one)
		}
		for _, one := range all {
			for i := range one.Lines {
				one.Lines[i].SKU = skus[one.Lines[i].Line]
			}
			out = append(out, one)
		}
	}
	return out
}

// subtract takes what has left from what remains.
func subtract(left map[ident]int, records []record) {
	take := func(lines []shop.Units) {
		for _, l := range lines {
			var id ident
			if id.UnmarshalJSON([]byte(l.Line)) == nil && id > 0 {
				left[id] = max(0, left[id]-l.Qty)
			}
		}
	}
	for _, r := range records {
		take(r.Lines)
		for _, p := range r.parts {
			take(units(p.Lines))
		}
	}
}

// told reports whether an order of a list says that something of it has left, so that
// it is worth asking.
func told(o order) bool {
	for _, m := range o.Meta {
		if k := string(m.Key); k == "_fulfillment_status" || k == "_wc_shipment_tracking_items" || strings.HasPrefix(k, ourKeys) {
			return true
		}
	}
	return false
}

// has reports whether the shop has a way, and whether that is known.
func (s *Shop) has(w way) (has, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opt.Clock().Sub(s.asked) > time.Hour { // a feature may have been switched on or off
		s.ways, s.asked = map[way]bool{}, s.opt.Clock()
	}
	has, known = s.ways[w]
	return has, known
}

func (s *Shop) found(w way, has bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ways == nil {
		s.ways, s.asked = map[way]bool{}, s.opt.Clock()
	}
	s.ways[w] = has
}

// chosen is the way by which shipments are told, "" while it is not known.
func (s *Shop) chosen() way {
	if s.wish != "" {
		return s.wish
	}
	for _, w := range waysInOrder {
		if has, known := s.has(w); has {
			return w
		} else if !known {
			return ""
		}
	}
	return ""
}
