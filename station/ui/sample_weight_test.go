package ui

import (
	"time"

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
	for i, off := range []unit.Mass{108, 112, 4, 110, 115} {
		expected := unit.Mass(520+i*340) * unit.Gram
		in.Shown.Weighed = append(in.Shown.Weighed, cases.Weighing{Weight: pack.Weight{Mass: expected + off*unit.Gram, Known: true, Expected: expected, Tolerance: 40 * unit.Gram}})
	}
	return screen.Cases(in)
}

// casesWeight is the case of a parcel that was off, after others of its bench.
func casesWeight(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	c := in.Cases[1]
	story := screen.CaseStory{Case: c, Remedies: screen.Remedies{People: caseHands(), Holdable: true}}
	for i, off := range []unit.Mass{2, -4, 31, 9, -52, 12} {
		expected := unit.Mass(640+i*211) * unit.Gram
		w := pack.Weight{Mass: expected + off*unit.Gram, Known: true, Expected: expected, Tolerance: 40 * unit.Gram}
		story.Weighed = append(story.Weighed, cases.Weighing{At: c.At, Weight: w})
	}
	for i, mass := range []unit.Mass{1_498, 1_502, 1_809} {
		code, kind := pack.CodeWeightOff, pack.Refused
		if mass > 1_800 {
			code, kind = pack.CodeWeightOK, pack.Accepted
		}
		w := *c.Weight
		w.Mass = mass * unit.Gram
		at := c.At.Add(time.Duration(i*40) * time.Second)
		story.Steps = append(story.Steps, cases.Step{At: at, Kind: "verdict", Code: code, Who: "p1", Verdict: pack.Verdict{At: at, Kind: kind, Code: code, Order: "1039", By: "p1", Weight: &w}})
	}
	in.Shown = &story
	return screen.Cases(in)
}

// counting is a line that the scale counts, as it proposes a number.
func counting(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	l := &in.State.Work.Lines[0]
	l.Qty, l.In, l.ByWeight = 60, 24, true
	in.State.Tally = &pack.Tally{Line: l.ID, Known: true, Empty: 150 * unit.Gram, Full: 1_400 * unit.Gram, Offer: 8}
	in.Scale = screen.LiveScale{State: pack.ScaleSteady, Mass: 1_816 * unit.Gram, Heard: noon}
	in.State.Question = &pack.Question{Code: pack.CodeCountProposed, Choices: []pack.Choice{
		{N: 1, Text: "count-it", Command: &pack.Command{Name: "by-weight", Value: l.ID, N: 8}}, {N: 2, Text: "back", Command: &pack.Command{Name: "back"}},
	}}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeCountProposed, pack.Asked, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Qty, v.Weight, v.Choices = l.SKU, l.Name, 8, &pack.Weight{Mass: 416 * unit.Gram}, in.State.Question.Choices
	})}, in.State.Recent...)
	return screen.Bench(in)
}

// pieceWrong is an item on the running scale that weighs something else than what was scanned.
func pieceWrong(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	l := &in.State.Work.Lines[0]
	in.State.Tally = &pack.Tally{Known: true, Empty: 180 * unit.Gram, Full: 592 * unit.Gram, Due: []pack.Due{{SKU: l.SKU, Qty: 1}}}
	in.Scale = screen.LiveScale{State: pack.ScaleSteady, Mass: 1_247 * unit.Gram, Heard: noon}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodePieceWrong, pack.Refused, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Qty = l.SKU, l.Name, 1
		v.Weight = &pack.Weight{Mass: 655 * unit.Gram, Known: true, Expected: 412 * unit.Gram, Tolerance: 28 * unit.Gram}
	})}, in.State.Recent...)
	return screen.Bench(in)
}

// countingNext waits for units of a line that the scale counts.
func countingNext(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	l := &in.State.Work.Lines[0]
	l.Qty, l.In, l.ByWeight = 60, 24, true
	in.State.Tally = &pack.Tally{Line: l.ID, Known: true}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeScaleCount, pack.Asked, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Reason = l.SKU, l.Name, pack.ReasonReady
	})}, in.State.Recent...)
	return screen.Bench(in)
}
