package woosim

// alter does something to an order, if it is there.
func (s *Shop) alter(id string, do func(o *order)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		do(o)
	}
}

// left is how many units of a line are neither paid back nor sent.
func (o *order) left(l *line) int {
	n := l.qty
	for _, r := range o.refunds {
		if r.line == l {
			n -= r.qty
		}
	}
	for _, p := range o.parcels() {
		n -= p.units[l.id]
	}
	return max(n, 0)
}

// Cancel cancels an order. One of which something has left is completed, and the rest
// is paid back.
func (s *Shop) Cancel(id string) {
	s.alter(id, func(o *order) {
		if o.status == "completed" || o.status == "cancelled" || o.status == "refunded" {
			return
		}
		s.touch(o)
		part := len(o.parcels()) > 0
		for _, l := range o.lines {
			n := o.left(l)
			s.keeper(l.product).stock += n
			if part && n > 0 {
				o.refunds = append(o.refunds, &refund{id: s.next(), at: s.now(), line: l, qty: n})
			}
		}
		o.status = "cancelled"
		if part {
			s.complete(o)
		}
	})
}

func (s *Shop) complete(o *order) {
	if o.status != "completed" {
		o.status = "completed"
		s.mails++
		s.completed++
	}
}

// Hold stops an order. The reason stands in a note that nobody but the shop sees.
func (s *Shop) Hold(id, reason string) {
	s.alter(id, func(o *order) {
		if o.status == "processing" {
			s.touch(o)
			o.status = "on-hold"
			o.notes = append(o.notes, &note{id: s.next(), at: s.now(), text: reason})
		}
	})
}

// Release lets it go on.
func (s *Shop) Release(id string) {
	s.alter(id, func(o *order) {
		if o.status == "on-hold" || o.status == "pending" {
			s.touch(o)
			o.status = "processing"
		}
	})
}

// Change edits a line, which does not move the order's date.
func (s *Shop) Change(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n < len(o.lines) && (o.status == "processing" || o.status == "on-hold" || o.status == "pending") {
			l := o.lines[n]
			if l.qty > 0 {
				l.total = l.total / int64(l.qty) * int64(qty)
			}
			l.qty = qty
		}
	})
}

// Refund pays units back that have not left, and puts them on the shelf again.
func (s *Shop) Refund(id string, n, qty int) {
	s.alter(id, func(o *order) {
		if n >= len(o.lines) || o.status == "cancelled" || o.status == "refunded" {
			return
		}
		l := o.lines[n]
		if qty = min(qty, o.left(l)); qty <= 0 {
			return
		}
		s.touch(o)
		minor := l.total / int64(max(l.qty, 1)) * int64(qty)
		o.refunds = append(o.refunds, &refund{id: s.next(), at: s.now(), line: l, qty: qty, minor: minor})
		s.keeper(l.product).stock += qty
		back := 0
		for _, r := range o.refunds {
			back += r.qty
		}
		all := 0
		for _, l := range o.lines {
			all += l.qty
		}
		if back >= all {
			o.status = "refunded"
		}
	})
}

// SendElsewhere has somebody else send what remains, by the best way that there is.
func (s *Shop) SendElsewhere(id, tracking string) {
	s.alter(id, func(o *order) {
		var items []any
		for _, l := range o.lines {
			if n := o.left(l); n > 0 && !l.product.virtual {
				items = append(items, map[string]any{"item_id": float64(l.id), "qty": float64(n)})
			}
		}
		if o.status != "processing" || len(items) == 0 {
			return
		}
		s.touch(o)
		p := &sent{id: s.next(), at: s.now(), way: Fulfillments}
		switch {
		case s.has(Fulfillments):
			p.meta = []entry{{s.next(), "_items", items}, {s.next(), "_tracking_number", tracking}, {s.next(), "_shipment_provider", "dhl"}}
			o.sent = append(o.sent, p)
		case s.has(Tracking), s.has(Advanced):
			p.way = s.opt.Ways[0]
			p.tracking = map[string]string{"tracking_number": tracking, "tracking_provider": "DHL"}
			o.sent = append(o.sent, p)
		default: // another bench of the same make
			o.notes = append(o.notes, &note{id: s.next(), at: s.now(), mail: true, text: "Parcel other-" + tracking + " is on its way with DHL. Tracking number: " + tracking + "."})
			s.mails++
		}
		if p.way != Fulfillments || !s.has(Fulfillments) {
			o.meta = append(o.meta, entry{s.next(), "_packbench_parcel_other-" + tracking, map[string]any{"tracking": tracking, "lines": items}})
		}
		s.complete(o)
	})
}

// Trash deletes an order as a shop's owner does.
func (s *Shop) Trash(id string) {
	s.alter(id, func(o *order) {
		s.touch(o)
		o.status = "trash"
	})
}
