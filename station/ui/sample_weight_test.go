package ui

import (
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// weightOff is a parcel that is off by what this cause explains.
func weightOff(mass unit.Mass, cause pack.Cause) func(screen.Theme) screen.View {
	return func(theme screen.Theme) screen.View {
		in := benchInputs(pack.Weighing, theme)
		packed(&in)
		w := pack.Weighed{Scale: pack.ScaleSteady, Mass: mass, Expect: &pack.Expect{Known: true, Mass: 1_812 * unit.Gram, Tolerance: 9 * unit.Gram, Cause: &cause}}
		in.State.Scale.Latest = &w
		in.Scale = screen.LiveScale{State: pack.ScaleSteady, Mass: w.Mass, Heard: noon}
		in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWeightOff, pack.Refused, 1, func(v *pack.Verdict) {
			v.Weight = &pack.Weight{Mass: w.Mass, Known: true, Expected: w.Expect.Mass, Tolerance: w.Expect.Tolerance, Cause: w.Expect.Cause}
		})}, in.State.Recent...)
		return screen.Bench(in)
	}
}

// casesMass is the case of a weight in the catalogue that parcels speak against.
func casesMass(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	c := cases.Case{
		ID: "WABCDEFGHIJKL", At: in.Cases[0].At, Kind: cases.KindMass, Code: cases.CodeMassDoubted, Station: "desk", SKU: "MUG-B", State: cases.Open, Group: "weight in the catalogue: MUG-B",
		Weight: &pack.Weight{Mass: 452 * unit.Gram, Known: true, Expected: 340 * unit.Gram},
	}
	in.Cases[0] = c
	in.Shown = &screen.CaseStory{Case: c, Remedies: screen.Remedies{People: caseHands(), Products: []screen.Remedied{{SKU: "MUG-B", Mass: 340 * unit.Gram, Kept: true}}}}
	return screen.Cases(in)
}
