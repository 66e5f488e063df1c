package pack

import (
	"slices"

	"packbench/station/unit"
)

// This file is the gate of the scale (W1): a load counts for one parcel. It belongs
// to the parcel that it was first weighed for, whatever was decided about it then,
// until the scale has shown that it is off. A reading that may be of a load of
// another parcel is an old weight, and nothing else makes an old weight fresh: no
// typed weight, no other order, no restart.

// clearlyChanged is the least change that proves another load on the scale, or four
// of its divisions, where those are more.
const clearlyChanged = 10 * unit.Gram

func clearChange(division unit.Mass) unit.Mass { return max(clearlyChanged, 4*division) }

// remembered is how many loads are kept at most. Only loads that grow, one on top of
// the other, are many.
const remembered = 50

// Load is what was weighed and may lie on the scale yet, alone or under other things.
type Load struct {
	Parcel string    `json:"Parcel,omitempty"` // that it was first weighed for; "" once that has left the bench
	Mass   unit.Mass `json:"Mass"`
	Net    bool      `json:"Net,omitempty"` // under a tare
	// Counted: units were counted or weighed with it on a running scale. No weighing of a
	// box counts until the scale has been empty.
	Counted bool `json:"Counted,omitempty"`
}

// ScaleMemory is what W1 needs of the past.
type ScaleMemory struct {
	Loads  []Load   `json:"Loads,omitempty"`  // oldest first
	Latest *Weighed `json:"Latest,omitempty"` // last miss, for an override
}

// OldWeight reports whether a steady reading may be of a load that was first weighed
// for another parcel than the one on the bench, or was counted on the running scale. A
// tare that was set or taken away since leaves nothing to compare.
func (s State) OldWeight(e Weighed) bool {
	return s.Work != nil && s.CountedOn() || s.OthersOn(e)
}

// CountedOn reports whether what was counted on the running scale may lie there yet.
func (s State) CountedOn() bool {
	return slices.ContainsFunc(s.Scale.Loads, func(l Load) bool { return l.Counted })
}

// OthersOn reports whether a steady reading may be of a load of another parcel.
func (s State) OthersOn(e Weighed) bool {
	return s.Work != nil && slices.ContainsFunc(s.Scale.Loads, func(l Load) bool {
		return !l.Counted && l.Parcel != s.Work.Parcel.ID && (l.Net != e.Net || l.near(e))
	})
}

func (l Load) near(e Weighed) bool { return (l.Mass - e.Mass).Abs() < clearChange(e.Division) }

// Left returns the loads that may lie on the scale when it shows so much: none that
// weighs more. Under a tare it shows less than lies on it, which tells only of what was
// weighed under a tare too; that another tare was taken with such a load on is not
// seen.
func (m ScaleMemory) Left(e Weighed) []Load {
	return slices.DeleteFunc(slices.Clone(m.Loads), func(l Load) bool {
		if l.Counted && e.Mass > 0 { // some of it may
			return false
		}
		return (!e.Net || l.Net) && (e.Mass <= 0 || e.Mass < l.Mass && !l.near(e))
	})
}

// after is what may lie on the scale after a reading. A load that is nobody's yet
// becomes that of the parcel on the step of weighing, whoever is signed in.
func (s State) after(e Weighed) []Load {
	switch code := scaleTrouble(e); {
	case e.Typed || code != "" && code != CodeWeightZero:
		return s.Scale.Loads
	case code == CodeWeightZero:
		return s.Scale.Left(Weighed{Net: e.Net})
	}
	loads := s.Scale.Left(e)
	if w := s.Work; w == nil || w.Step != Weighing && w.Step != Choosing || s.OldWeight(e) {
		return loads
	}
	loads = slices.DeleteFunc(loads, func(l Load) bool { return !l.Counted && l.near(e) }) // its own, as it was
	loads = append(loads, Load{Parcel: s.Work.Parcel.ID, Mass: e.Mass, Net: e.Net})
	return loads[max(0, len(loads)-remembered):]
}

// ownedHere takes the loads of parcels that have left the bench away from them: one
// that comes back, or another of that name, is weighed anew.
func (s State) ownedHere(loads []Load) []Load {
	gone := func(l Load) bool { return l.Parcel != "" && s.WorkOf(l.Parcel) == nil }
	if !slices.ContainsFunc(loads, gone) {
		return loads
	}
	loads = slices.Clone(loads)
	for i, l := range loads {
		if gone(l) {
			loads[i].Parcel = ""
		}
	}
	return loads
}

// remember says what may lie on the scale, where the facts so far do not: facts about
// the parcel's weight did once (see Fold).
func (d *decision) remember() {
	switch held := d.s.ownedHere(d.held); {
	case slices.Equal(held, d.s.Scale.Loads):
	case len(held) == 0:
		d.emit(ScaleCleared{})
	default:
		d.emit(ScaleHeld{held})
	}
}
