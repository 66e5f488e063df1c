package shift

import (
	"cmp"
	"maps"

	"packbench/station/pack"
)

// This file holds how each fact changes what is carried, and what it adds to
// the sides of the balances. The two are counted apart from each other, so
// that a fact which is missing or changed shows as a gap.

func (s *sheet) taken(order, parcel string) {
	s.tally.add(s.now.in, "opened", 1)
	if _, open := s.carry.Orders[order]; open {
		s.gap(ofOrders, order)
	}
	s.carry.Orders[order] = s.now.writer
	if on := s.here().Order; on != "" { // a bench has one open order
		s.gap(ofOrders, on)
	}
	s.bench(func(b *Bench) { b.Order = order })
	s.begun(parcel)
}

func (s *sheet) begun(parcel string) {
	if parcel == "" {
		return
	}
	if p, ok := s.parcel(parcel); ok && (p.Stage != StageOpen || p.Units() > 0) {
		s.gap(ofParcels, parcel)
		return
	}
	s.carry.Parcels[parcel] = Parcel{Order: s.here().Order, Stage: StageOpen}
	s.bench(func(b *Bench) { b.Parcel = parcel })
}

func (s *sheet) parked(order string) {
	s.bench(func(b *Bench) {
		b.Parked = maps.Clone(b.Parked)
		if b.Parked == nil {
			b.Parked = map[string]string{}
		}
		b.Parked[order] = b.Parcel
		b.Order, b.Parcel = "", ""
	})
}

func (s *sheet) resumed(order string) {
	if _, ok := s.here().Parked[order]; !ok {
		s.gap(ofOrders, order)
	}
	s.bench(func(b *Bench) {
		b.Order, b.Parcel = order, b.Parked[order]
		b.Parked = maps.Clone(b.Parked)
		delete(b.Parked, order)
	})
}

// left is an order given up: what lies in its open parcel is taken out.
func (s *sheet) left(f pack.OrderLeft) {
	id := s.here().Parcel
	if f.Units > 0 {
		s.removed(f.Units)
	}
	if p, _ := s.parcel(id); p.Units() != f.Units {
		s.gap(ofUnits, cmp.Or(id, s.now.id))
	}
	s.unpacked(id)
	delete(s.carry.Parcels, id)
	s.leave(f.Order, "cancelled")
}

func (s *sheet) closed(f pack.OrderClosed) {
	b := s.here()
	if p, ok := s.parcel(b.Parcel); ok {
		if p.Units() == 0 && p.Stage == StageOpen {
			delete(s.carry.Parcels, b.Parcel)
		} else { // an order closes after its last parcel
			s.gap(ofUnits, b.Parcel)
		}
	}
	s.tally.count(s.now, b.Person, func(w *Work) { w.Orders++ }, func(h *Hour) { h.Orders++ })
	if f.Short > 0 {
		s.leave(f.Order, "short")
		return
	}
	s.leave(f.Order, "closed")
}

func (s *sheet) leave(order, how string) {
	s.tally.add(s.now.in, how, 1)
	if _, open := s.carry.Orders[order]; !open {
		s.gap(ofOrders, order)
	}
	delete(s.carry.Orders, order)
	s.bench(func(b *Bench) { b.Order, b.Parcel = "", "" })
}

// moved counts units in and out. What an undo gives back into the parcel was
// taken out by mistake, so it lessens the removals.
func (s *sheet) moved(a pack.Action) {
	if a.Qty > 0 && a.How != pack.ByUndo {
		s.tally.add(s.now.in, "accepted", a.Qty)
		s.tally.count(s.now, s.here().Person, func(w *Work) { w.Accepted += a.Qty }, func(h *Hour) { h.Accepted += a.Qty })
		if a.How == pack.ByScan || a.How == pack.ByCount {
			s.now.scans = 1
		}
	} else {
		s.removed(-a.Qty)
	}
	id := s.here().Parcel
	p, ok := s.parcel(id)
	if !ok {
		s.gap(ofUnits, s.now.id)
		return
	}
	p = p.with(a.SKU, a.Qty)
	s.carry.Parcels[id] = p
	if p.SKUs[a.SKU] < 0 {
		s.gap(ofUnits, id)
	}
}

func (s *sheet) removed(qty int) {
	s.tally.add(s.now.in, "removed", qty)
	s.tally.count(s.now, s.here().Person, func(w *Work) { w.Removed += qty }, func(h *Hour) { h.Accepted -= qty })
}

// packed brings an open parcel to a stage of being packed.
func (s *sheet) packed(id string, stage Stage) {
	p, ok := s.parcel(id)
	if !ok {
		s.gap(ofParcels, s.now.id)
		return
	}
	switch p.Stage {
	case StageOpen:
		s.tally.enter(s.now.in, id)
	case StageLabelless:
	default: // it has a label, or is closed
		s.gap(ofParcels, id)
		return
	}
	p.Stage = stage
	s.carry.Parcels[id] = p
}

// unpacked makes a parcel that was packed an open one again.
func (s *sheet) unpacked(id string) {
	p, ok := s.parcel(id)
	if !ok || !p.Stage.packed() {
		return
	}
	p.Stage = StageOpen
	s.carry.Parcels[id] = p
	s.tally.exit(s.now.in, id)
}

func (s *sheet) printed(id string) {
	if p, ok := s.parcel(id); ok && p.Stage == StageUnprinted {
		p.Stage = StageUnscanned
		s.carry.Parcels[id] = p
	}
}

// voided takes the label of a parcel away. On the bench the parcel waits for
// another label, which packs it again; on the dock it is out of the balance.
func (s *sheet) voided(id string) {
	p, ok := s.parcel(id)
	if !ok {
		s.gap(ofParcels, id)
		return
	}
	switch p.Stage {
	case StageUnprinted, StageUnscanned:
		s.tally.leave(s.now.in, id)
		p.Stage = StageLabelless
		s.tally.enter(s.now.in, id)
	case StageDock:
		s.tally.leave(s.now.in, id)
		s.tally.unmark(id)
		p.Stage = StageVoided
		s.tally.refund(s.now.in, p)
	}
	s.carry.Parcels[id] = p
}

func (s *sheet) done(f pack.ParcelDone) {
	p, ok := s.parcel(f.Parcel)
	contents := bySKU(f.Contents)
	if !ok || p.Stage != StageUnprinted && p.Stage != StageUnscanned {
		s.gap(ofParcels, f.Parcel)
	}
	if !maps.Equal(p.SKUs, contents) && len(p.SKUs)+len(contents) > 0 {
		s.gap(ofUnits, f.Parcel)
	}
	s.tally.close(s.now.in, f.Parcel, sum(contents))
	s.tally.mark(s.now.in, f)
	s.carry.Parcels[f.Parcel] = Parcel{Order: f.Order, Stage: StageDock, SKUs: contents, Carrier: f.Carrier, Price: f.Price}
	b := s.here()
	if b.Parcel == f.Parcel {
		s.bench(func(b *Bench) { b.Parcel = "" })
	}
	s.now.done = &f
	s.tally.count(s.now, b.Person, func(w *Work) { w.Parcels++ }, func(h *Hour) { h.Parcels++ })
	s.tally.charge(s.now.in, f.Carrier, f.Price)
}

// reopened puts a closed parcel back on the bench in place of the open one.
func (s *sheet) reopened(ref pack.ParcelRef) {
	b := s.here()
	if open, ok := s.parcel(b.Parcel); ok && b.Parcel != ref.ID {
		if open.Units() > 0 {
			s.gap(ofUnits, b.Parcel)
		}
		s.unpacked(b.Parcel)
		delete(s.carry.Parcels, b.Parcel)
	}
	contents := bySKU(ref.Contents)
	p, ok := s.parcel(ref.ID)
	switch {
	case !ok || p.Stage != StageDock && p.Stage != StageVoided:
		s.gap(ofParcels, ref.ID)
	case !maps.Equal(p.SKUs, contents):
		s.gap(ofUnits, ref.ID)
	}
	if p.Stage == StageDock {
		s.tally.leave(s.now.in, ref.ID)
		s.tally.refund(s.now.in, p)
	}
	s.tally.reopen(s.now.in, ref.ID, sum(p.SKUs))
	s.tally.unmark(ref.ID)
	s.carry.Parcels[ref.ID] = Parcel{Order: b.Order, Stage: StageOpen, SKUs: contents}
	s.bench(func(b *Bench) { b.Parcel = ref.ID })
}

// loaded moves a parcel from the dock into a van, or back.
func (s *sheet) loaded(id string, from, to Stage, n int) {
	p, ok := s.parcel(id)
	if !ok || p.Stage != from {
		s.gap(ofParcels, id)
		return
	}
	p.Stage, p.Van = to, s.now.writer
	if to == StageDock {
		p.Van = ""
	}
	s.carry.Parcels[id] = p
	s.tally.add(s.now.in, "handed over", n)
}

// vanLeft forgets the parcels that are gone for good.
func (s *sheet) vanLeft() {
	maps.DeleteFunc(s.carry.Parcels, func(_ string, p Parcel) bool { return p.Stage == StageGone && p.Van == s.now.writer })
}
