package ui

import (
	"time"

	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// mayBecome are what may become of a unit in a shop that has set nothing.
func mayBecome(shelf string) (out []pack.Grading) {
	for _, g := range config.Default().Returns.Of("", shelf) {
		out = append(out, pack.Grading{Grade: g.Grade, Disposition: g.Disposition, Bin: g.Bin, Apart: g.Bin != "" && g.Disposition != config.Shelf})
	}
	return out
}

func sentParcel() *pack.Sent {
	return &pack.Sent{
		Parcel: "1031-1", Order: "1031", SSCC: "095200000000000318", State: pack.ParcelHandedOut, By: "p1", Closed: noon.AddDate(0, 0, -9).Add(-3 * time.Hour), Mass: 2140 * unit.Gram, Tolerance: 50 * unit.Gram,
		Return: "095200000000000318-A",
		Lines: []pack.SentLine{
			{Line: "1", SKU: "MUG-W", Name: "Mug, white", Qty: 3, Bin: "A-12-3", Mass: 310 * unit.Gram},
			{Line: "2", SKU: "TEA-G", Name: "Tea, green, 100 g", Qty: 2, Back: 1, Bin: "D-02", Mass: 120 * unit.Gram, Marked: []pack.Marked{{SKU: "TEA-G", Qty: 2, Marks: pack.Marks{Lot: "L2207"}}}},
			{Line: "3", SKU: "LAMP", Name: "Desk lamp", Qty: 1, Bin: "B-07", Mass: 700 * unit.Gram, Marked: []pack.Marked{{SKU: "LAMP", Qty: 1, Marks: pack.Marks{Serial: "DL-40071"}}}},
		},
	}
}

func backUnit(n int, line, sku, name, shelf string) pack.Back {
	return pack.Back{N: n, Line: line, SKU: sku, Name: name, Qty: 1, May: mayBecome(shelf)}
}

func graded(b pack.Back, i int) pack.Back {
	b.Grading = b.May[i]
	return b
}

func returnInputs(theme screen.Theme, r *pack.Return, recent ...*pack.Verdict) screen.BenchInputs {
	in := benchInputs(pack.Idle, theme)
	in.State.Return, in.State.Recent = r, recent
	for _, v := range recent {
		if v.Order = ""; r != nil {
			v.Return = r.ID
		}
		if r.Known() && r.Sent != nil {
			v.Order, v.Parcel = r.Sent.Order, r.Sent.Parcel
		}
	}
	return in
}

func returnBegin(theme screen.Theme) screen.View {
	in := returnInputs(theme, &pack.Return{}, verdict(pack.CodeReturn, pack.Asked, 2, nil))
	in.State.Returns = map[string]*pack.Return{"B-S1-40": {ID: "B-S1-40"}, "095200000000000219-A": {ID: "095200000000000219-A", Sent: &pack.Sent{Order: "1021"}}}
	return screen.Bench(in)
}

func returnOpened(theme screen.Theme) screen.View {
	r := &pack.Return{ID: "095200000000000318-A", Sent: sentParcel(), Mass: 1450 * unit.Gram, Steps: []pack.ReturnStep{{Did: pack.ByWeight}}}
	return screen.Bench(returnInputs(theme, r, verdict(pack.CodeReturnOpened, pack.Accepted, 3, func(v *pack.Verdict) { v.From, v.Want = "p1", 5 })))
}

// partly is a return with two mugs graded.
func partly(more ...pack.Back) *pack.Return {
	r := &pack.Return{ID: "095200000000000318-A", Sent: sentParcel(), Mass: 1450 * unit.Gram, Parts: 2 + len(more), Steps: []pack.ReturnStep{{Did: pack.ByScan, N: 1}}}
	r.Units = append([]pack.Back{graded(backUnit(1, "1", "MUG-W", "Mug, white", "A-12-3"), 0), graded(backUnit(2, "1", "MUG-W", "Mug, white", "A-12-3"), 2)}, more...)
	return r
}

func lampBack(serial string) pack.Back {
	b := backUnit(3, "3", "LAMP", "Desk lamp", "B-07")
	b.Marks = &pack.Marks{Serial: serial}
	return b
}

func asks(in screen.BenchInputs) screen.BenchInputs {
	in.State.Question = &pack.Question{Code: pack.CodeReturnUnit}
	for i, g := range mayBecome("")[:5] {
		in.State.Question.Choices = append(in.State.Question.Choices, pack.Choice{N: i + 1, Text: g.Grade, Command: &pack.Command{Name: "grade", Value: g.Grade, N: 3}})
	}
	return in
}

func returnGrade(theme screen.Theme) screen.View {
	return screen.Bench(asks(returnInputs(theme, partly(lampBack("DL-40071")), verdict(pack.CodeReturnUnit, pack.Accepted, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Qty, v.Have, v.Want, v.Marks = "LAMP", "Desk lamp", 1, 3, 5, &pack.Marks{Serial: "DL-40071"}
	}))))
}

func returnGraded(theme screen.Theme) screen.View {
	return screen.Bench(returnInputs(theme, partly(graded(lampBack("DL-40071"), 1)), verdict(pack.CodeReturnGraded, pack.Accepted, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Qty, v.Grade, v.Disposition, v.Bin = "LAMP", "Desk lamp", 1, "opened", "second-choice", "SECOND"
	})))
}

func returnMismatch(theme screen.Theme) screen.View {
	b := lampBack("DL-51555")
	b.Line, b.Odd, b.Case = "", pack.CodeReturnSerial, "S1.88"
	return screen.Bench(asks(returnInputs(theme, partly(b), verdict(pack.CodeReturnSerial, pack.Refused, 1, func(v *pack.Verdict) {
		v.SKU, v.Name, v.Qty, v.Case, v.Marks = "LAMP", "Desk lamp", 1, "S1.88", b.Marks
	}))))
}

func returnBlind(theme screen.Theme) screen.View {
	b := backUnit(1, "", "MUG-W", "Mug, white", "A-12-3")
	r := &pack.Return{ID: "B-S1-92", Place: "R-07", Units: []pack.Back{b}, Parts: 1, Mass: 640 * unit.Gram, Codes: []string{"XK-99"}}
	return screen.Bench(asks(returnInputs(theme, r, verdict(pack.CodeReturnUnit, pack.Accepted, 1, func(v *pack.Verdict) { v.SKU, v.Name, v.Qty, v.Have = "MUG-W", "Mug, white", 1, 1 }))))
}

// returnHubAway is what came back while nobody can say whose it is.
func returnHubAway(theme screen.Theme) screen.View {
	s := sentParcel()
	choices := []pack.Choice{
		{N: 1, Text: "return-anyway", Command: &pack.Command{Name: "authorise", Value: "return", Orders: []pack.OrderHint{{ID: s.Order}}}},
		{N: 2, Text: "blind", Command: &pack.Command{Name: "blind"}},
		{N: 3, Text: "back", Command: &pack.Command{Name: "back"}},
	}
	in := returnInputs(theme, &pack.Return{Asked: &pack.AskedReturn{Sent: *s}}, verdict(pack.CodeHubAway, pack.Refused, 1, func(v *pack.Verdict) {
		v.Reason, v.Order, v.Parcel, v.Return, v.Choices = pack.ReasonReturn, s.Order, s.Parcel, s.Return, choices
	}))
	in.State.Question = &pack.Question{Code: pack.CodeHubAway, Choices: choices}
	return screen.Bench(in)
}

// returnDone has one piece missing, and everything else in its place.
func returnDone(theme screen.Theme) screen.View {
	r := partly(graded(lampBack("DL-40071"), 0), graded(backUnit(4, "1", "MUG-W", "Mug, white", "A-12-3"), 0))
	r.Mass = 1650 * unit.Gram
	r.Missed = []pack.Missed{{Line: "2", SKU: "TEA-G", Qty: 1, Case: "S1.90"}}
	return screen.Bench(returnInputs(theme, r, verdict(pack.CodeReturnMissing, pack.Refused, 1, func(v *pack.Verdict) { v.SKU, v.Name, v.Qty, v.Case = "TEA-G", "Tea, green, 100 g", 1, "S1.90" })))
}

func returnClosed(theme screen.Theme) screen.View {
	owed := unit.Money{Minor: 4150, Currency: "EUR"}
	in := benchInputs(pack.Idle, theme)
	in.State.Person = pack.Person{ID: "p1", Role: station.Packer}
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeReturnClosed, pack.Accepted, 1, func(v *pack.Verdict) { v.Order, v.Return, v.Qty, v.Price = "1031", "095200000000000318-A", 4, &owed })}
	in.State.Returns = map[string]*pack.Return{"B-S1-40": {ID: "B-S1-40"}}
	return screen.Bench(in)
}
