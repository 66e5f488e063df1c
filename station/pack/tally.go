package pack

import (
	"slices"

	"packbench/station/unit"
)

// Tally is the scale running beside the packing: units of one line are counted by their
// weight, or what is scanned is weighed piece by piece. It is about what comes onto the
// scale beyond what it has told of: a load counts once, however often it is lifted and set
// down. Only a scale that was empty begins anew.
type Tally struct {
	Line  string    `json:"Line,omitempty"` // that is counted; "": piece by piece
	Known bool      `json:"Known,omitempty"`
	Empty unit.Mass `json:"Empty,omitempty"` // what lay there first: a bowl, the box, nothing
	Full  unit.Mass `json:"Full,omitempty"`  // that, with what was counted or weighed
	Top   unit.Mass `json:"Top,omitempty"`   // piece by piece: Full, before the scale was cleared
	Net   bool      `json:"Net,omitempty"`   // under a tare
	// Told is the reading that was answered last, so that it is answered once.
	Told *unit.Mass `json:"Told,omitempty"`
	// Offer is how many units it was said to be of; they count once the packer says so.
	Offer int `json:"Offer,omitempty"`
	// Last is the step that counted last, and Before what Full was before it.
	Last   string    `json:"Last,omitempty"`
	Before unit.Mass `json:"Before,omitempty"`
	Due    []Due     `json:"Due,omitempty"` // piece by piece: what the scale has not told of
}

// Due is so many units that should come onto the scale, less than none where they should
// come off it.
type Due struct {
	SKU string `json:"SKU"`
	Qty int    `json:"Qty"`
}

// Rise is what came onto a running scale, as far as masses tell: units of the counted
// line, or which of those that were due.
type Rise struct {
	N      int    `json:"N,omitempty"`
	Most   int    `json:"Most,omitempty"`   // so many at a time can be told
	Unsure Reason `json:"Unsure,omitempty"` // why it does not tell a number
	// Piece by piece: what is due should weigh, which of it came, and whether that is known.
	Mass      unit.Mass `json:"Mass,omitempty"`
	Tolerance unit.Mass `json:"Tolerance,omitempty"`
	Known     bool      `json:"Known,omitempty"`
	Is        []Due     `json:"Is,omitempty"`
}

// Tallied: the scale runs so beside the packing now; nil: not any longer.
type Tallied struct {
	Tally *Tally `json:"Tally,omitempty"`
}

func (Tallied) Tag() string { return "tallied" }

// still is by how much two readings of a running scale differ that are of the same load.
func still(division unit.Mass) unit.Mass { return max(2*division, 100*unit.Milligram) }

// Moved reports whether the scale shows clearly more or less than it has told of.
func (t Tally) Moved(e Weighed) bool { return (e.Mass - t.Full).Abs() > still(e.Division) }

// mostDue is how many units may be due on the scale one by one.
const mostDue = 50

// Units are those that are due, one by one in the order of their scans; many of a product
// together.
func (t Tally) Units() (out []Due) {
	for _, d := range t.Due {
		one := max(-1, min(1, d.Qty))
		if d.Qty*one > mostDue {
			out = append(out, d)
			continue
		}
		for range d.Qty * one {
			out = append(out, Due{SKU: d.SKU, Qty: one})
		}
	}
	return out
}

// Bare reports whether nothing that was counted lies there, for sure: the scale is empty,
// or shows its tare. That it weighs what lay there first is no proof: that may be off, and
// something else left.
func (t Tally) Bare(e Weighed) bool { return e.Mass <= 0 }

// first reports whether it weighs what lay there first.
func (t Tally) first(e Weighed) bool { return (e.Mass - t.Empty).Abs() <= still(e.Division) }

// told reports whether it is the load that was answered last.
func (t Tally) told(e Weighed) bool {
	return t.Told != nil && (*t.Told-e.Mass).Abs() <= still(e.Division)
}

// owed adds units to what is due.
func (t Tally) owed(sku string, qty int) []Due {
	out := slices.Clone(t.Due)
	if i := slices.IndexFunc(out, func(d Due) bool { return d.SKU == sku }); i >= 0 {
		out[i].Qty += qty
	} else {
		out = append(out, Due{SKU: sku, Qty: qty})
	}
	return slices.DeleteFunc(out, func(d Due) bool { return d.Qty == 0 })
}

// Tallying reports whether what comes onto the scale is counted or weighed while the
// order is packed.
func (s State) Tallying() bool { return s.Tally != nil && s.Phase == Packing }
