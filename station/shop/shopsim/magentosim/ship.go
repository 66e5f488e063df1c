package magentosim

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

type shipment struct {
	id, order int
	created   string
	units     map[int]float64 // by row
	tracks    []track
	comment   string
}

type track struct {
	Number  string `json:"track_number"`
	Title   string `json:"title"`
	Carrier string `json:"carrier_code"`
}

type shipRequest struct {
	Items []struct {
		Row int     `json:"order_item_id"`
		Qty float64 `json:"qty"`
	} `json:"items"`
	Notify  bool            `json:"notify"`
	Tracks  json.RawMessage `json:"tracks"`
	Comment struct {
		Text string `json:"comment"`
	} `json:"comment"`
	Arguments struct {
		Extension struct {
			Source string `json:"source_code"`
		} `json:"extension_attributes"`
	} `json:"arguments"`
}

const (
	notAllowed = "The order does not allow a shipment to be created."
	nothing    = "You can't create a shipment without products."
)

// ship makes a shipment of an order, as POST order/{id}/ship does.
func (s *Sim) ship(id int, body []byte) (any, *refusal) {
	var in shipRequest
	if json.Unmarshal(body, &in) != nil {
		return nil, refuse(400, "The request body cannot be read.")
	}
	var tracks []track
	if len(in.Tracks) > 0 && !bytes.Equal(in.Tracks, []byte("null")) && json.Unmarshal(in.Tracks, &tracks) != nil {
		return nil, refuse(400, "Please enter a tracking number.")
	}
	o := s.order(id)
	if o == nil {
		return nil, noEntity()
	}
	asked := map[int]float64{}
	for _, i := range in.Items {
		asked[i.Row] = i.Qty
	}
	source := in.Arguments.Extension.Source
	if source == "" {
		source = "default"
	}
	units, faults := o.allot(asked)
	if !o.ships() {
		faults = append([]string{notAllowed}, faults...)
	}
	if slices.ContainsFunc(tracks, func(t track) bool { return t.Number == "" }) {
		faults = append(faults, "Please enter a tracking number.")
	}
	if !slices.Contains(s.sources, source) {
		faults = append(faults, "Source with the code "+source+" does not exist.")
	}
	if len(faults) > 0 {
		return nil, refuse(400, "Shipment Document Validation Error(s):\n"+strings.Join(faults, "\n"))
	}
	for row, n := range units {
		r := s.row(id, row)
		if n > 0 && !r.whole() && s.stock[r.sku][source] == nil {
			return nil, &refusal{status: 400, message: "Source item not found by source code: %1 and sku: %2.", list: []string{source, r.sku}}
		}
	}
	made := s.keep(o, units, tracks, in.Comment.Text, source)
	if in.Notify {
		s.mails++
	}
	if s.breaking > 0 {
		s.breaking--
		return nil, refuse(400, "Could not save a shipment, see error log for details")
	}
	return made.id, nil
}

func (o *order) ships() bool {
	if o.state != "processing" && o.state != "new" {
		return false
	}
	return slices.ContainsFunc(o.rows, func(r *row) bool { return !r.virtual && !r.dummy() && r.left() > 0 })
}

// allot says how many of each row a shipment has. Where fewer remain than are asked
// for it takes those, without a word; without a list it takes all that is left.
func (o *order) allot(asked map[int]float64) (units map[int]float64, faults []string) {
	units = map[int]float64{}
	total := 0.0
	for _, r := range o.rows {
		if r.virtual || r.dummy() || r.left() <= 0 {
			continue
		}
		n, named := asked[r.id]
		if len(asked) == 0 {
			n, named = r.left(), true
		}
		if !named || n <= 0 {
			continue
		}
		n = min(n, r.left())
		units[r.id] = n
		total += n
		for _, kid := range o.rows {
			// The parts of a bundle are in the shipment too; a size of a shirt is not.
			if kid.parent == r && r.kind == "bundle" {
				units[kid.id] = min(n*kid.per, kid.left())
			}
		}
	}
	for _, r := range o.rows {
		// A bundle whose parts ship separately is counted once for every shipment that
		// has one of them, which says nothing.
		if r.kind == "bundle" && r.separately && slices.ContainsFunc(o.rows, func(k *row) bool { return k.parent == r && units[k.id] > 0 }) {
			units[r.id] = 1
		}
	}
	known := func(id int) bool { return slices.ContainsFunc(o.rows, func(r *row) bool { return r.id == id }) }
	for id := range asked {
		if !known(id) {
			faults = append(faults, `We can not found item "`+strconv.Itoa(id)+`" in order.`)
		}
	}
	if total <= 0 {
		faults = append(faults, nothing)
	}
	return units, faults
}

// keep writes a shipment: the rows, the stock, the state of the order.
func (s *Sim) keep(o *order, units map[int]float64, tracks []track, comment, source string) *shipment {
	sh := &shipment{id: len(s.shipments) + 1, order: o.id, created: s.now(), units: units, tracks: tracks, comment: comment}
	s.shipments = append(s.shipments, sh)
	for _, r := range o.rows {
		n := units[r.id]
		if n <= 0 {
			continue
		}
		r.shipped += n
		if !r.whole() {
			s.reserve(r, -n)
			if h := s.stock[r.sku][source]; h != nil {
				h.qty -= n
			}
		}
	}
	s.settle(o)
	return sh
}

// SendElsewhere ships what remains of an order by somebody else's hand.
func (s *Sim) SendElsewhere(id, tracking string) {
	s.with(id, func(o *order) {
		if !o.ships() {
			return
		}
		units, _ := o.allot(nil)
		s.keep(o, units, []track{{Number: tracking, Title: "Other", Carrier: "custom"}}, "", "default")
	})
}

// shipUnchecked makes a shipment as POST shipment does, which looks at nothing.
func (s *Sim) shipUnchecked(body []byte) (any, *refusal) {
	var in struct {
		Entity struct {
			Order int `json:"order_id"`
			Items []struct {
				Row int     `json:"order_item_id"`
				Qty float64 `json:"qty"`
			} `json:"items"`
			Tracks []track `json:"tracks"`
		} `json:"entity"`
	}
	if json.Unmarshal(body, &in) != nil {
		return nil, refuse(400, "The request body cannot be read.")
	}
	o := s.order(in.Entity.Order)
	if o == nil {
		return nil, noEntity()
	}
	units := map[int]float64{}
	for _, i := range in.Entity.Items {
		units[i.Row] += i.Qty
	}
	sh := &shipment{id: len(s.shipments) + 1, order: o.id, created: s.now(), units: units, tracks: in.Entity.Tracks}
	s.shipments = append(s.shipments, sh)
	return s.showShipment(sh), nil
}
