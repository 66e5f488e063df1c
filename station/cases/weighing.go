package cases

import (
	"time"

	"packbench/station/pack"
)

// Weighing is what a scale showed of a parcel, beside what it should have shown.
type Weighing struct {
	At     time.Time
	Parcel string // what people call it
	Weight pack.Weight
	Missed bool // it was off, and did not pass
}

// Weighings are those of the parcel of a case among its steps, oldest first. What was
// weighed once and told of twice is one of them.
func Weighings(steps []Step, c Case) (out []Weighing) {
	for _, s := range steps {
		v := s.Verdict
		if v.Weight == nil || !v.Weight.Known || v.Code == pack.CodeWeightStale || c.Parcel != "" && v.Parcel != c.Parcel {
			continue
		}
		w := Weighing{At: s.At, Parcel: v.Parcel, Weight: *v.Weight, Missed: v.Code == pack.CodeWeightOff}
		if n := len(out); n == 0 || out[n-1].Weight.Mass != w.Weight.Mass || out[n-1].Missed != w.Missed {
			out = append(out, w)
		}
	}
	return out
}
