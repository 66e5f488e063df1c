package shift

import (
	"maps"

	"packbench/station/pack"
	"packbench/station/returns"
)

// OfMoney is the balance of what buyers are owed for what came back: carried in and new is
// paid, refused and carried out.
const OfMoney = "returns owed"

// owes puts a return on the list of what is owed.
func (s *sheet) owes(id string) {
	s.tally.add(s.now.in, "owed", 1)
	if s.carry.Owed[id] {
		s.gap(OfMoney, id)
	}
	s.carry.Owed = maps.Clone(s.carry.Owed)
	if s.carry.Owed == nil {
		s.carry.Owed = map[string]bool{}
	}
	s.carry.Owed[id] = true
}

// owed applies a fact about money; what is no such fact changes nothing.
func (s *sheet) owed(f pack.Fact) {
	switch f := f.(type) {
	case pack.ReturnClosed:
		if !f.Due.IsZero() {
			s.owes(f.Return)
		}
	case returns.Matched:
		s.owes(f.Return)
	case returns.Settled:
		how := "refused"
		if f.Paid {
			how = "paid"
		}
		s.tally.add(s.now.in, how, 1)
		if !s.carry.Owed[f.Return] {
			s.gap(OfMoney, f.Return)
		}
		s.carry.Owed = maps.Clone(s.carry.Owed)
		delete(s.carry.Owed, f.Return)
	}
}

// money is the balance, none where nothing was ever owed in the window.
func (s *sheet) money() []Balance {
	n := s.tally.n
	left := []Amount{{s.window.earlier(), len(s.from.Owed)}, {"new", n["owed"]}}
	right := []Amount{{"paid", n["paid"]}, {"refused", n["refused"]}, {"still owed", len(s.carry.Owed)}}
	some := len(s.tally.gaps[OfMoney])
	for _, a := range append(left, right...) {
		some += a.N
	}
	if some == 0 {
		return nil
	}
	return []Balance{s.balance(OfMoney, left, right)}
}
