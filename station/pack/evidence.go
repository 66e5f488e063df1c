package pack

import (
	"math"

	"packbench/station"
	"packbench/station/unit"
)

// Weighed is a reading that the gate let through, or a weight that a person
// typed, with what the parcel should weigh.
type Weighed struct {
	Scale    ScaleState `json:"Scale"`
	Mass     unit.Mass  `json:"Mass"`
	Division unit.Mass  `json:"Division,omitempty"`
	Net      bool       `json:"Net,omitempty"` // under a tare
	Typed    bool       `json:"Typed,omitempty"`
	// WorkedOut: nobody weighed it, nor typed what it weighs: it is what it should weigh.
	WorkedOut bool    `json:"WorkedOut,omitempty"`
	Expect    *Expect `json:"Expect,omitempty"` // nil outside the weighing step
	Rise      *Rise   `json:"Rise,omitempty"`   // nil where the scale does not run beside the packing
	Quotes    []Quote `json:"Quotes,omitempty"` // of a journal of old, which asked for them with the weight
}

// Expect is what the open parcel should weigh (W2). Known is false when the
// catalogue lacks a mass; then Missing names the product.
type Expect struct {
	Known     bool      `json:"Known"`
	Missing   string    `json:"Missing,omitempty"`
	Mass      unit.Mass `json:"Mass,omitempty"`
	Tolerance unit.Mass `json:"Tolerance,omitempty"`
	Cause     *Cause    `json:"Cause,omitempty"`  // the likeliest cause when Mass is off
	Causes    []Likely  `json:"Causes,omitempty"` // all of them, the likeliest first
	// Learnt: the tolerance is that of what closed parcels taught. Then Blind are the
	// products of which one unit more or less would not surely be noticed.
	Learnt bool     `json:"Learnt,omitempty"`
	Blind  []string `json:"Blind,omitempty"`
	// What of the parcel is neither in its lines nor its carton, for its lesson.
	Filling unit.Mass `json:"Filling,omitempty"`
}

// Cause names why a weight is off (W3).
type Cause struct {
	Kind string `json:"kind"` // "missing", "extra", "swapped", "carton", "refused-item", "slip", "filling", "unknown"
	SKU  string `json:"sku,omitempty"`
	N    int    `json:"n,omitempty"`
	// Name is that of a product that is not of the order, "" for one that is.
	Name string `json:"name,omitempty"`
	// Instead is what a swapped unit should be: SKU is what lies in the box.
	Instead string `json:"instead,omitempty"`
}

// Called is the product's name as others know it, or as the cause does.
func (c Cause) Called(of func(id string) string) string {
	if name := of(c.SKU); c.Name == "" || name != c.SKU && name != "" {
		return name
	}
	return c.Name
}

// Likely is a cause, and how likely it is among all that may be, in per mille.
type Likely struct {
	Cause
	Share int `json:"share"`
}

// Lesson is what a closed parcel says of the masses that are in it (W5). A parcel that
// was weighed by no scale has none. A product may stand in it more than once.
type Lesson struct {
	Items    []Taught  `json:"Items"`
	Division unit.Mass `json:"Division,omitempty"`
	Tare     unit.Mass `json:"Tare,omitempty"`
	Filling  unit.Mass `json:"Filling,omitempty"` // as the settings allow it
	Spare    int64     `json:"Spare,omitempty"`   // cubic millimetres of the carton that goods leave; 0: unknown
	Goods    int64     `json:"Goods,omitempty"`   // cubic millimetres of the goods, where Spare is known
	Allowed  bool      `json:"Allowed,omitempty"` // somebody let it pass though it was off
}

// Taught is so many units of a product, and what the catalogue said of its mass then.
type Taught struct {
	SKU  string    `json:"SKU"`
	Qty  int       `json:"Qty"`
	Mass unit.Mass `json:"Mass,omitempty"`
}

// lesson is that of the open parcel.
func (w *Work) lesson() *Lesson {
	p := w.Parcel
	if p.Weight == nil || p.Weight.Typed || p.Weight.Basis == nil || p.Weight.Reason == "scale-drift" {
		return nil
	}
	l := &Lesson{Division: p.Weight.Basis.Division, Filling: p.Weight.Basis.Filling, Allowed: p.Weight.Author != ""}
	for _, line := range w.Lines {
		if line.In > 0 && line.Kind != station.Note {
			l.Items = append(l.Items, Taught{SKU: line.SKU, Qty: line.In, Mass: line.Mass})
		}
	}
	if c := p.Carton; c != nil {
		l.Tare = c.Tare
		if goods := w.Volume(); goods > 0 && goods < c.Volume {
			l.Spare, l.Goods = c.Volume-goods, goods
		}
	}
	return l
}

// Volume is that of the open parcel's contents in cubic millimetres, 0 where a size is
// not known.
func (w *Work) Volume() (volume int64) {
	for _, l := range w.Lines {
		switch {
		case l.In == 0 || l.Kind == station.Note:
		case l.Volume <= 0 || volume > math.MaxInt64/2-l.Volume*int64(l.In):
			return 0
		default:
			volume += l.Volume * int64(l.In)
		}
	}
	return volume
}
