package shopifysim

import (
	"fmt"
	"slices"
	"strconv"
)

// What happens to fulfillment orders, as it was recorded of the real ones.

// Cancel cancels an order, as an orderCancel that is through with its job: what has
// not left is closed with its quantities as they were. Closed does not mean shipped.
func (s *Sim) Cancel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		s.cancel(o)
	}
}

func (s *Sim) cancel(o *order) {
	if !o.cancelled.IsZero() || o.open() == 0 {
		return
	}
	o.cancelled = s.clock()
	s.touchOrder(o)
	for _, f := range o.fos {
		if !f.open() {
			continue
		}
		for _, l := range f.lines {
			s.commit(l.line, f.place, -l.remaining)
		}
		f.status, f.holds = "CLOSED", nil
		s.touchPart(f)
	}
}

// open is how many units of an order can still be sent some time.
func (o *order) open() int {
	n := 0
	for _, f := range o.fos {
		if f.open() {
			n += f.rest()
		}
	}
	return n
}

// openOf is how many units of one line can.
func (o *order) openOf(l *line) int {
	n := 0
	for _, f := range o.fos {
		for _, fl := range f.lines {
			if f.open() && fl.line == l {
				n += fl.remaining
			}
		}
	}
	return n
}

// Hold puts all of an order on hold. Lists of orders do not show it, those of
// fulfillment orders do.
func (s *Sim) Hold(id, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		for _, f := range o.fos {
			if f.open() && f.rest() > 0 {
				s.hold(f, "OTHER", reason)
			}
		}
	}
}

func (s *Sim) hold(f *fulfillmentOrder, reason, notes string) *hold {
	f.status = "ON_HOLD"
	f.holds = append(f.holds, hold{id: s.id(), reason: reason, notes: notes})
	s.touchPart(f)
	return &f.holds[len(f.holds)-1]
}

// HoldPart holds so many units of the first line of an order: its fulfillment order
// shrinks, and a new one is born for the rest.
func (s *Sim) HoldPart(id string, qty int, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	f := o.fos[0]
	rest := s.newFO(o, f.place)
	rest.parent = f
	for i, l := range f.lines {
		keep := 0
		if i == 0 {
			keep = qty
		}
		if n := l.remaining - keep; n > 0 {
			rest.lines = append(rest.lines, &foLine{id: s.id(), line: l.line, total: n, remaining: n})
			l.total -= n
			l.remaining -= n
		}
	}
	s.hold(f, "OTHER", reason)
}

// Release ends all holds of an order. What was held in part takes back what was born
// for the rest, which is closed with nothing in it.
func (s *Sim) Release(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o := s.find(id); o != nil {
		for _, f := range o.fos {
			if f.status == "ON_HOLD" {
				s.release(f)
			}
		}
	}
}

func (s *Sim) release(f *fulfillmentOrder) {
	f.status, f.holds = "OPEN", nil
	s.touchPart(f)
	for _, born := range f.order.fos {
		if born.parent != f || !born.open() {
			continue
		}
		for _, l := range born.lines {
			i := slices.IndexFunc(f.lines, func(have *foLine) bool { return have.line == l.line })
			if i < 0 {
				f.lines = append(f.lines, &foLine{id: s.id(), line: l.line})
				i = len(f.lines) - 1
			}
			f.lines[i].total += l.remaining
			f.lines[i].remaining += l.remaining
			l.total, l.remaining = l.total-l.remaining, 0
		}
		born.status = "CLOSED"
		s.touchPart(born)
	}
}

// Move has so many units of an order's first line packed at another location, all of
// it for 0. What moves gets new ids of its lines.
func (s *Sim) Move(id string, to int64, qty int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	for _, f := range slices.Clone(o.fos) {
		if f.open() && f.place.id != to {
			s.move(f, to, qty)
			return
		}
	}
}

func (s *Sim) move(f *fulfillmentOrder, to int64, qty int) *fulfillmentOrder {
	i := slices.IndexFunc(s.locations, func(l *location) bool { return l.id == to })
	if i < 0 {
		return nil
	}
	s.touchPart(f)
	if qty == 0 {
		for _, l := range f.lines {
			s.commit(l.line, f.place, -l.remaining)
			s.commit(l.line, s.locations[i], l.remaining)
			l.id = s.id()
		}
		f.place = s.locations[i]
		return f
	}
	l := f.lines[0]
	qty = min(qty, l.remaining)
	there := s.newFO(f.order, s.locations[i])
	there.lines = []*foLine{{id: s.id(), line: l.line, total: qty, remaining: qty}}
	s.commit(l.line, f.place, -qty)
	s.commit(l.line, there.place, qty)
	l.id = s.id()
	l.total -= qty
	l.remaining -= qty
	return there
}

// Change is an order edit by the shop's owner. The line's quantity stays what it was
// where it gets less; what is added stands in another fulfillment order.
func (s *Sim) Change(id string, at, qty int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	if o == nil || at >= len(o.lines) || !o.cancelled.IsZero() {
		return
	}
	l := o.lines[at]
	left := l.current - o.openOf(l)
	l.current = max(qty, left)
	s.touchOrder(o)
	switch diff := l.current - left - o.openOf(l); {
	case diff < 0:
		s.shrink(o, l, -diff, true)
	case diff > 0:
		l.quantity = max(l.quantity, l.current)
		more := s.newFO(o, s.locations[0])
		more.lines = []*foLine{{id: s.id(), line: l, total: diff, remaining: diff}}
		s.commit(l, more.place, diff)
	}
}

// shrink takes units out of the fulfillment orders.
func (s *Sim) shrink(o *order, l *line, n int, drop bool) {
	for _, f := range slices.Backward(o.fos) {
		if !f.open() {
			continue
		}
		for _, fl := range f.lines {
			take := min(fl.remaining, n)
			if fl.line != l || take == 0 {
				continue
			}
			fl.total -= take
			fl.remaining -= take
			n -= take
			s.commit(l, f.place, -take)
			s.touchPart(f)
		}
		if drop {
			f.lines = slices.DeleteFunc(f.lines, func(fl *foLine) bool { return fl.total == 0 })
		}
		if f.rest() == 0 {
			f.status, f.holds = "CLOSED", nil
		}
	}
}

// Refund pays back units of a line that have not left.
func (s *Sim) Refund(id string, at, qty int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	if o == nil || at >= len(o.lines) || !o.cancelled.IsZero() {
		return
	}
	l := o.lines[at]
	qty = min(qty, o.openOf(l))
	if qty <= 0 {
		return
	}
	l.current -= qty
	s.shrink(o, l, qty, false)
	s.touchOrder(o)
}

// SendElsewhere fulfills what remains by hand, in the shop's admin.
func (s *Sim) SendElsewhere(id, tracking string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	if o == nil || !o.cancelled.IsZero() {
		return
	}
	var all []take
	for _, f := range o.fos {
		if !f.open() || f.rest() == 0 {
			continue
		}
		f.status, f.holds = "OPEN", nil
		for _, l := range f.lines {
			if l.remaining > 0 {
				all = append(all, take{f, l, l.remaining})
			}
		}
	}
	if len(all) > 0 {
		s.fulfill(o, all, tracking, "", "DHL")
	}
}

// take is some units of a line of a fulfillment order.
type take struct {
	fo   *fulfillmentOrder
	line *foLine
	qty  int
}

// fulfill makes one fulfillment. Equal lines of several fulfillment orders are summed
// where it is read.
func (s *Sim) fulfill(o *order, all []take, number, url, company string) *fulfillment {
	f := &fulfillment{id: s.id(), status: "SUCCESS", created: s.clock(), number: number, url: url, owner: company}
	for _, t := range all {
		t.line.remaining -= t.qty
		f.items = append(f.items, item{id: s.id(), from: t.fo, line: t.line.line, qty: t.qty})
		t.line.line.variant.at(t.fo.place.id).committed -= t.qty
		s.touchPart(t.fo)
		if t.fo.rest() == 0 {
			t.fo.status = "CLOSED"
		} else {
			t.fo.status = "IN_PROGRESS"
		}
	}
	o.sent = append(o.sent, f)
	s.sentBy[f.id] = sentOf{o, f}
	s.touchOrder(o)
	if o.open() == 0 {
		o.closed = s.clock()
	}
	return f
}

// unfulfill cancels a fulfillment: the fulfillment order that it finished stays closed,
// with its quantities back, and another one is open in its place. Again changes nothing.
func (s *Sim) unfulfill(o *order, f *fulfillment) {
	if f.status == "CANCELLED" {
		return
	}
	f.status = "CANCELLED"
	o.closed = o.cancelled
	s.touchOrder(o)
	born := map[*fulfillmentOrder]*fulfillmentOrder{}
	for _, i := range f.items {
		old := i.from
		for _, l := range old.lines {
			if l.line == i.line {
				l.remaining += i.qty
				break
			}
		}
		s.touchPart(old)
		if !o.cancelled.IsZero() {
			continue
		}
		i.line.variant.at(old.place.id).committed += i.qty
		if old.open() {
			continue
		}
		if born[old] == nil {
			born[old] = s.newFO(o, old.place)
		}
		born[old].lines = append(born[old].lines, &foLine{id: s.id(), line: i.line, total: i.qty, remaining: i.qty})
	}
}

// actions are what can be done with a fulfillment order.
func (f *fulfillmentOrder) actions() []string {
	switch f.status {
	case "OPEN":
		out := []string{"CREATE_FULFILLMENT", "REPORT_PROGRESS", "MOVE", "HOLD"}
		if f.rest() > 1 {
			out = append(out, "SPLIT")
		}
		return out
	case "IN_PROGRESS":
		return []string{"CREATE_FULFILLMENT", "REPORT_PROGRESS", "MARK_AS_OPEN"}
	case "ON_HOLD":
		return []string{"RELEASE_HOLD", "HOLD", "MOVE"}
	case "SCHEDULED":
		return []string{"MARK_AS_OPEN"}
	}
	return nil
}

// displayed is what the admin says of an order.
func (o *order) displayed() string {
	sent := 0
	for _, f := range o.sent {
		if f.status == "SUCCESS" {
			sent++
		}
	}
	held := slices.ContainsFunc(o.fos, func(f *fulfillmentOrder) bool { return f.status == "ON_HOLD" })
	switch {
	case sent > 0 && o.open() == 0:
		return "FULFILLED"
	case sent > 0:
		return "PARTIALLY_FULFILLED"
	case held:
		return "ON_HOLD"
	}
	return "UNFULFILLED"
}

func idOf(gid string, kind string) (int64, bool) {
	prefix := fmt.Sprintf("gid://shopify/%s/", kind)
	if len(gid) <= len(prefix) || gid[:len(prefix)] != prefix {
		return 0, false
	}
	n, err := strconv.ParseInt(gid[len(prefix):], 10, 64)
	return n, err == nil
}
