package screen

import (
	"packbench/station/cases"
	"packbench/station/pack"
)

// CurveParcels is how many parcels before a case its curve shows.
const CurveParcels = 6

// curveOwn is how many weighings of the case's own parcel it shows, the newest.
const curveOwn = 4

// CurveView is what the scale showed of the last parcels, and then of the parcel of the
// case, each beside what was expected.
type CurveView struct {
	Parcels, Own string // over the points of each
	// Words before the rows of numbers, which are kilograms.
	WeighedWord, ExpectedWord string
	Points                    []CurvePoint
}

// CurvePoint is one weighing.
type CurvePoint struct {
	Offset            int // as WeightView has it
	Kind              pack.Kind
	Shape             Shape
	Weighed, Expected string
	Own               bool // of the parcel of the case
}

// curve is nil where nothing would stand beside the weight that the case tells anyway.
func curve(story CaseStory, f Frame) *CurveView {
	c, l := story.Case, f.Lang
	own := cases.Weighings(story.Steps, c)
	own = own[max(0, len(own)-curveOwn):]
	if len(story.Weighed) == 0 && len(own) < 2 {
		return nil
	}
	v := &CurveView{WeighedWord: l.Phrase("Weighed"), ExpectedWord: l.Phrase("Expected")}
	add := func(w cases.Weighing, own bool) {
		kind := pack.Accepted
		switch off := (w.Weight.Mass - w.Weight.Expected).Abs(); {
		case w.Missed:
			kind = pack.Refused
		case off > w.Weight.Tolerance: // somebody let it pass
			kind = pack.Asked
		}
		p := WeightView{}
		expect(l, &p, w.Weight)
		v.Points = append(v.Points, CurvePoint{
			Offset: p.Offset, Kind: kind, Shape: ShapeOf(kind), Own: own,
			Weighed: kilograms(l, w.Weight.Mass), Expected: kilograms(l, w.Weight.Expected),
		})
	}
	for _, w := range story.Weighed {
		add(w, false)
		v.Parcels = l.Phrase("Last parcels of this bench")
	}
	if v.Parcels != "" && c.Kind == cases.KindMass {
		v.Parcels = l.Phrase("Last parcels with this product")
	}
	for _, w := range own {
		add(w, true)
		v.Own = l.Phrase("This parcel")
	}
	return v
}
