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
}

// ScaleMemory is what W1 needs of the past.
type ScaleMemory struct {
	Loads  []Load   `json:"Loads,omitempty"`  // oldest first
	Latest *Weighed `json:"Latest,omitempty"` // last miss, for an override
}

// Old reports whether a reading may be of a load that was first weighed for another
// parcel.
func (m ScaleMemory) Old(parcel string, mass, division unit.Mass) bool {
	return slices.ContainsFunc(m.Loads, func(l Load) bool {
		return l.Parcel != parcel && (mass-l.Mass).Abs() < clearChange(division)
	})
}

// OldWeight reports whether a reading would be an old weight for the parcel on the
// bench.
func (s State) OldWeight(mass, division unit.Mass) bool {
	return s.Work != nil && s.Scale.Old(s.Work.Parcel.ID, mass, division)
}

// Off reports whether a reading proves that nothing of before lies on the scale.
func (m ScaleMemory) Off(mass, division unit.Mass, net bool) bool {
	return len(m.without(mass, division, net)) == 0
}

// without is what is left of the loads once the scale shows less than they weigh.
// Under a tare it shows less than lies on it: that tells only of what was weighed
// under a tare too.
func (m ScaleMemory) without(mass, division unit.Mass, net bool) []Load {
	return slices.DeleteFunc(slices.Clone(m.Loads), func(l Load) bool {
		return (!net || l.Net) && (mass <= 0 || mass <= l.Mass-clearChange(division))
	})
}

// seen is what may lie on the scale after a reading. One of nobody's load makes it
// the load of the parcel that is being weighed, "" for none.
func (m ScaleMemory) seen(e Weighed, parcel string) []Load {
	code := scaleTrouble(e)
	if e.Typed || code != "" && code != CodeWeightZero {
		return m.Loads
	}
	if code == CodeWeightZero {
		e.Mass = 0
	}
	loads := m.without(e.Mass, e.Division, e.Net)
	if e.Mass == 0 || parcel == "" || m.Old(parcel, e.Mass, e.Division) {
		return loads
	}
	loads = slices.DeleteFunc(loads, func(l Load) bool { // of this parcel itself: as it is now
		return (l.Mass - e.Mass).Abs() < clearChange(e.Division)
	})
	loads = append(loads, Load{Parcel: parcel, Mass: e.Mass, Net: e.Net})
	return loads[max(0, len(loads)-remembered):]
}

// weighing is the parcel that stands on the step of weighing, whoever is signed in.
func (s State) weighing() string {
	if w := s.Work; w != nil && (w.Step == Weighing || w.Step == Choosing) {
		return w.Parcel.ID
	}
	return ""
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
