package shift

import (
	"maps"
	"slices"
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// Stage is how far a parcel has come.
type Stage string

// The stages. A parcel counts as packed once its weight is accepted or its
// label is made, whichever is first.
const (
	StageOpen      Stage = "open"             // not packed yet
	StageLabelless Stage = "without label"    // packed
	StageUnprinted Stage = "not printed"      // the label is kept
	StageUnscanned Stage = "not scanned back" // the label went to the printer
	StageDock      Stage = "on the dock"      // closed
	StageGone      Stage = "handed over"      // in a van that has not left yet
	StageVoided    Stage = "voided"           // closed once, its label no longer counts
)

func (s Stage) packed() bool { return s != StageOpen && s != StageVoided && s != StageGone }

// Carry is how the benches stand between two entries: what one window hands to
// the next. The zero Carry is benches that never worked. It may be kept as
// JSON; folding entries that it has seen already changes nothing.
//
// Parcels that are closed may lie there for years. Apart takes them out of a carry
// that is kept, so that it stays small; who takes such a carry up says by Resting
// where they are.
type Carry struct {
	Benches map[string]Bench  // by writer
	Parcels map[string]Parcel // by id: open ones and closed ones that are still in the house
	Orders  map[string]string // open orders and the bench that they are on

	Owed map[string]bool `json:",omitempty"` // returns whose money is neither paid nor refused

	OnDock  int                                            `json:",omitempty"` // parcels on the dock that were taken out
	Resting func(id string) (p Parcel, ok bool, err error) `json:"-"`          // finds a parcel that was taken out; nil where none was
	found   map[string]bool                                // by Resting: they stand in Parcels now, or did
}

// Apart returns the carry without the parcels that rest, these by id, and which of
// those that Resting had are no longer what it says of them.
func (c Carry) Apart() (kept Carry, resting map[string]Parcel, moved []string) {
	kept, resting = c.clone(), map[string]Parcel{}
	for id, p := range c.Parcels {
		if p.Stage == StageDock || p.Stage == StageVoided {
			resting[id] = p
			delete(kept.Parcels, id)
		}
		if p.Stage == StageDock {
			kept.OnDock++
		}
	}
	kept.Resting, kept.found = nil, nil
	return kept, resting, slices.Sorted(maps.Keys(c.found))
}

// Bench is one bench, or another writer, as its last entry left it.
type Bench struct {
	Seq    int64     // last number seen
	Head   string    `json:",omitempty"` // hash of that row
	At     time.Time // of the last entry; it never goes back
	Person string    `json:",omitempty"`
	Order  string    `json:",omitempty"` // open order
	Parcel string    `json:",omitempty"` // open parcel
	Parked map[string]string
}

// Parcel is one parcel. SKUs counts its units as they were moved into it while
// it was open, and as it was closed afterwards.
type Parcel struct {
	Order   string
	Stage   Stage
	SKUs    map[string]int
	Carrier string     `json:",omitempty"`
	Price   unit.Money `json:",omitzero"`
	Van     string     `json:",omitempty"` // the bench that loaded it, while its van is here
}

// Units is how many units lie in the parcel.
func (p Parcel) Units() int {
	n := 0
	for _, q := range p.SKUs {
		n += q
	}
	return n
}

// with returns the parcel with so many more units of a product.
func (p Parcel) with(sku string, qty int) Parcel {
	p.SKUs = maps.Clone(p.SKUs)
	if p.SKUs == nil {
		p.SKUs = map[string]int{}
	}
	p.SKUs[sku] += qty
	if p.SKUs[sku] == 0 {
		delete(p.SKUs, sku)
	}
	return p
}

// clone copies as deep as folding changes; parcels are values that are
// replaced, never changed.
func (c Carry) clone() Carry {
	out := Carry{
		Benches: map[string]Bench{}, Parcels: map[string]Parcel{}, Orders: map[string]string{},
		OnDock: c.OnDock, Resting: c.Resting, found: map[string]bool{},
	}
	maps.Copy(out.found, c.found)
	out.Owed = maps.Clone(c.Owed)
	maps.Copy(out.Parcels, c.Parcels)
	maps.Copy(out.Orders, c.Orders)
	for id, b := range c.Benches {
		b.Parked = maps.Clone(b.Parked)
		out.Benches[id] = b
	}
	return out
}

// stages counts the parcels by stage.
func (c Carry) stages() map[Stage]int {
	n := map[Stage]int{StageDock: c.OnDock}
	for _, p := range c.Parcels {
		n[p.Stage]++
	}
	return n
}

// openUnits counts the units in parcels that are not closed.
func (c Carry) openUnits() int {
	n := 0
	for _, p := range c.Parcels {
		if p.Stage != StageDock && p.Stage != StageVoided && p.Stage != StageGone {
			n += p.Units()
		}
	}
	return n
}

// bySKU adds contents up by product.
func bySKU(contents []pack.Content) map[string]int {
	out := map[string]int{}
	for _, c := range contents {
		out[c.SKU] += c.Qty
	}
	maps.DeleteFunc(out, func(_ string, q int) bool { return q == 0 })
	return out
}

func sum(skus map[string]int) int { return Parcel{SKUs: skus}.Units() }
