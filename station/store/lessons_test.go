package store

import (
	"fmt"
	"testing"

	"packbench/station/pack"
	"packbench/station/unit"
	"packbench/station/weight"
)

// teach closes parcels of two mugs that weigh so much.
func (b *bench) teach(from, n int, mass unit.Mass) {
	for i := range n {
		b.write(pack.ParcelDone{
			Parcel: fmt.Sprintf("T%d-1", from+i), Order: "A", Carton: "M", Mass: mass,
			Lesson: &pack.Lesson{Items: []pack.Taught{{SKU: "MUG", Qty: 2, Mass: 340 * unit.Gram}}, Tare: 180 * unit.Gram, Division: unit.Gram},
		})
	}
}

// Closed parcels teach at once, also by another program that opens the folder; what is
// open again teaches nothing, and what a journal of old has of parcels neither.
func TestClosedParcelsTeach(t *testing.T) { // W5
	ctx := t.Context()
	s := withDesk(t)
	putOrders(t, s, "A")
	b := newBench(t, s, "S1")
	mugs := weight.Parcel{
		Items: []weight.Item{{SKU: "MUG", Mass: 340 * unit.Gram, Qty: 2}}, Box: weight.Box{ID: "M", Tare: 180 * unit.Gram}, Division: unit.Gram,
	}
	expected := func(s *Store) (e weight.Expected) {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		if err := s.Learn(ctx); err != nil {
			t.Fatal(err)
		}
		s.Weigh(func(m *weight.Model) { e = m.Expect(mugs) })
		return e
	}
	b.take("A")
	b.write(pack.ParcelDone{Parcel: "OLD-1", Order: "A", Carton: "M", Mass: 5000 * unit.Gram})
	b.teach(0, 11, 880*unit.Gram)
	if e := expected(s); e.Learnt || e.Mass != 860*unit.Gram {
		t.Errorf("11 parcels taught %+v", e)
	}
	b.teach(11, 9, 880*unit.Gram)
	now := expected(s)
	if !now.Learnt || (now.Mass-880*unit.Gram).Abs() > 2*unit.Gram {
		t.Errorf("20 parcels taught %+v", now)
	}
	fresh := Store{read: s.read}
	if err := fresh.Learn(ctx); err != nil {
		t.Fatal(err)
	}
	fresh.Weigh(func(m *weight.Model) {
		if e := m.Expect(mugs); e.Mass != now.Mass || e.Tolerance != now.Tolerance {
			t.Errorf("begun again, it is %+v, was %+v", e, now)
		}
	})
	for i := range 9 {
		b.write(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: fmt.Sprintf("T%d-1", 11+i), Order: "A"}})
	}
	if e := expected(s); e.Learnt {
		t.Errorf("parcels that are open again still teach: %+v", e)
	}
	b.teach(11, 9, 870*unit.Gram)
	if e := expected(s); !e.Learnt || e.Mass >= now.Mass {
		t.Errorf("closed again, they taught %+v", e)
	}
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	was := expected(s)
	fresh = Store{read: s.read}
	if err := fresh.Learn(ctx); err != nil {
		t.Fatal(err)
	}
	fresh.Weigh(func(m *weight.Model) {
		if e := m.Expect(mugs); e.Mass != was.Mass {
			t.Errorf("built again, it is %+v, was %+v", e, was)
		}
	})
}
