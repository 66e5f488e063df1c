package pack_test

import (
	"fmt"
	"slices"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// step does one thing at random: what a day is made of, and what is done to the
// scale.
func (m *model) step() {
	switch n := m.IntN(100); {
	case n < 25:
		m.look()
	case n < 50:
		m.goOn()
	case n < 75:
		m.touch()
	default:
		m.ask()
	}
}

// touch does something to the scale.
func (m *model) touch() {
	switch n := m.IntN(20); {
	case n < 7 && len(m.plate) < 3:
		mass := []unit.Mass{500, 700, 1200, 300, 735}[m.IntN(5)] * unit.Gram
		if w := m.s.Work; w != nil && m.IntN(2) == 0 {
			mass = m.right()
		}
		m.put(mass)
	case n < 10 && len(m.plate) > 0: // what lies on top
		m.plate = m.plate[:len(m.plate)-1]
	case n < 12:
		m.plate = nil
	case n < 14 && len(m.plate) > 0: // something is laid into the box, or taken out
		top := m.plate[len(m.plate)-1].mass + []unit.Mass{-200, 200, 600}[m.IntN(3)]*unit.Gram
		m.plate = m.plate[:len(m.plate)-1]
		m.put(max(20*unit.Gram, top))
	case n < 15 && !m.net && !slices.ContainsFunc(m.shown, func(s shown) bool { return s.net }): // see Left
		m.takeTare()
	case n < 16:
		m.net = false
	case n < 17 && m.IntN(4) == 0:
		m.restartScale()
	case n < 18:
		m.give(do([]string{"zero", "tare"}[m.IntN(2)]))
	default: // its cable, or what else keeps it from weighing
		state := []pack.ScaleState{pack.ScaleNone, pack.ScaleOver, pack.ScaleUnder, pack.ScaleUnknown, pack.ScaleMoving}[m.IntN(5)]
		m.give(pack.Weighed{Scale: state, Mass: 30 * unit.Gram})
		m.note("the scale is %s", state)
	}
	m.note("on the plate: %s, tare %t", m.load(), m.net)
}

// goOn does what the packer is to do next.
func (m *model) goOn() {
	s := m.s
	m.note("go on in %s %v", s.Phase, s.Scale.Loads)
	switch s.Phase {
	case pack.SignedOut:
		m.give(badge("p1", station.Packer))
	case pack.Locked:
		m.give(badge("boss", station.Supervisor))
	case pack.Idle:
		id := fmt.Sprintf("%s-%d", []string{"A", "B", "C", "AB", "AC"}[m.IntN(5)], m.IntN(4))
		m.give(pack.Scanned{Raw: id, Meanings: []pack.Meaning{{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: id}}}}})
	case pack.Packing, pack.Weighing:
		for _, l := range s.Work.Lines {
			if l.Open() > 0 {
				m.give(item(l.SKU))
				return
			}
		}
		if m.IntN(4) == 0 {
			m.clearAndPutOn()
		} else {
			m.look()
		}
	case pack.Choosing:
		m.give(do("service", "post"))
	case pack.Labelling:
		m.give(do("retry"))
	case pack.Closing:
		m.give(pack.Scanned{Raw: "label", Meanings: []pack.Meaning{{Kind: pack.MeansParcel, Parcel: &pack.ParcelRef{
			SSCC: s.Work.Parcel.Label.SSCC, Order: s.Work.Order,
		}}}})
	}
}

// ask does something else than that.
func (m *model) ask() {
	n := m.IntN(20)
	m.note("ask %d in %s", n, m.s.Phase)
	switch n {
	case 0, 1:
		m.give(do("park"))
	case 2, 3:
		m.typed()
	case 4, 5:
		m.give(do("authorise", "", "filling"))
		m.give(badge("boss", station.Supervisor))
	case 6:
		m.give(do("undo"))
	case 7:
		m.give(do("next-parcel"))
	case 8:
		m.give(do("cancel"))
	case 9:
		m.give(do("weigh"))
	case 10, 11:
		if len(m.closed) > 0 {
			ref := m.closed[m.IntN(len(m.closed))]
			m.give(pack.Command{Name: "reopen", Value: ref.ID, Sure: true, Parcel: &ref})
		}
	case 12:
		m.give(do("sign-out"))
	case 13:
		m.give(badge([]string{"p1", "p2"}[m.IntN(2)], station.Packer))
	case 14:
		m.give(item("X"))
	case 15:
		if w := m.s.Work; w != nil {
			status := []station.OrderStatus{station.OrderHeld, station.OrderOpen, station.OrderOpen}[m.IntN(3)]
			m.give(pack.ShopChanged{Status: status, Order: orderOf(w.Order)})
		}
	case 16:
		m.give(do("void", "", "damaged"))
		m.give(badge("boss", station.Supervisor))
	case 17:
		m.give(pack.Command{Name: "carton", Value: "L", Sure: true, Carton: &pack.Carton{ID: "L", Tare: 300 * unit.Gram}})
	default:
		m.restart()
	}
}

// typed is a weight that is typed, and mostly allowed.
func (m *model) typed() {
	e := pack.Weighed{Scale: pack.ScaleSteady, Mass: m.right(), Typed: true}
	if m.IntN(4) == 0 {
		e.Mass += 90 * unit.Gram
	}
	if m.s.Phase == pack.Weighing || m.s.Phase == pack.Choosing {
		e.Expect = &pack.Expect{Known: true, Mass: m.right(), Tolerance: 16 * unit.Gram}
	}
	m.give(e)
	if m.IntN(5) > 0 {
		m.give(badge("boss", station.Supervisor))
	}
}

func badge(id string, role station.Role) pack.Event {
	return pack.Scanned{Meanings: []pack.Meaning{{Kind: pack.MeansBadge, Person: &pack.Person{ID: id, Role: role}}}}
}

func item(sku string) pack.Event {
	return pack.Scanned{Raw: sku, Meanings: []pack.Meaning{{Kind: pack.MeansProduct, Product: &pack.Product{SKU: sku, Name: sku, Factor: 1}}}}
}

func do(name string, value ...string) pack.Event {
	c := pack.Command{Name: name, Sure: true}
	if len(value) > 0 {
		c.Value = value[0]
	}
	if len(value) > 1 {
		c.Reason = value[1]
	}
	return c
}
