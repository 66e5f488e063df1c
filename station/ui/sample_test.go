package ui

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/trouble"
	"packbench/station/unit"
)

var noon = time.Date(2026, 11, 23, 14, 32, 10, 0, time.UTC)

func sampleLines() []pack.Line {
	line := func(id, sku, name, bin string, want, in int, grams unit.Mass) pack.Line {
		return pack.Line{LineInfo: pack.LineInfo{ID: id, SKU: sku, Name: name, Bin: bin, Qty: want, Kind: station.Goods, Mass: grams * unit.Gram}, In: in}
	}
	out := []pack.Line{
		line("1", "MUG-W", "Mug, white", "A-12-3", 3, 2, 310),
		line("2", "CANDLE-FIG", "Candle, fig", "C-07", 1, 1, 180),
		line("3", "TUBE", "Poster tube", "B-01", 1, 0, 95),
		line("4", "TEA-G", "Tea, green, 100 g", "D-02", 4, 1, 120),
		{LineInfo: pack.LineInfo{ID: "5", Kind: station.Note, Name: "Gift wrap", Qty: 1}},
	}
	out[1].Fragile = true
	return out
}

func sampleOrder() *station.Order {
	return &station.Order{
		ID: "1042", To: station.Address{Name: "Sample Customer", City: "Graz", Country: "AT"},
		Lines: []station.Line{{ID: "5", Kind: station.Note, Text: "Gift wrap, blue paper"}},
	}
}

func verdict(code pack.Code, kind pack.Kind, ago int, change func(*pack.Verdict)) *pack.Verdict {
	v := pack.Verdict{At: noon.Add(-time.Duration(ago) * time.Second), Kind: kind, Code: code, Order: "1042", Open: 5, By: "p1"}
	if change != nil {
		change(&v)
	}
	return &v
}

func mug(v *pack.Verdict) {
	v.Line, v.SKU, v.Name, v.Have, v.Want, v.Qty = "1", "MUG-W", "Mug, white", 2, 3, 1
}

func recent() []*pack.Verdict {
	return []*pack.Verdict{
		verdict(pack.CodeItem, pack.Accepted, 3, mug),
		verdict(pack.CodeWrongItem, pack.Refused, 9, wrongMug),
		verdict(pack.CodeItem, pack.Accepted, 15, func(v *pack.Verdict) { v.Line, v.SKU, v.Name, v.Have, v.Want = "4", "TEA-G", "Tea, green, 100 g", 1, 4 }),
		verdict(pack.CodeOrderOpened, pack.Accepted, 40, nil),
	}
}

func wrongMug(v *pack.Verdict) {
	v.SKU, v.Name, v.Expected = "MUG-B", "Mug, blue", []string{"MUG-W", "TUBE", "TEA-G", "CARD"}
}

func lamps(scale screen.Colour, words, fix string) []screen.Lamp {
	return []screen.Lamp{
		{Kind: "scanner", Name: "scanner", Colour: screen.LampGreen, Words: "ready"},
		{Kind: "scale", Name: "scale", Colour: scale, Words: words, Fix: fix},
		{Kind: "printer", Name: "label printer", Colour: screen.LampGreen, Words: "ready"},
		{Kind: "network", Name: "network", Colour: screen.LampOff, Words: "not used"},
	}
}

func benchInputs(phase pack.Phase, theme screen.Theme) screen.BenchInputs {
	s := pack.New()
	s.Rules.Station = "S1"
	s.Phase = phase
	s.Person = pack.Person{ID: "p1", Role: station.Packer}
	in := screen.BenchInputs{
		Lang:  speaks,
		State: s, Names: say.Names{"p1": "Packer One", "p2": "Supervisor One", "express": "Demo Express", "TUBE": "Poster tube"},
		Lamps: lamps(screen.LampGreen, "ready", ""), Now: noon, Theme: theme,
		Scale: screen.LiveScale{State: pack.ScaleZero, Heard: noon},
		Counts: screen.Counts{Due: 52, Done: 31, Parcels: 37, Waiting: 1, Cutoffs: []screen.Cutoff{
			{At: noon.Add(-32 * time.Minute), Open: 2, Done: 16}, {At: noon.Add(88 * time.Minute), Open: 12, Done: 15}, {At: noon.Add(208 * time.Minute), Open: 7},
		}},
		Last: &screen.LastParcel{ID: "S1-0147", Order: "1041", Service: "express", At: noon.Add(-4 * time.Minute)},
	}
	if phase == pack.SignedOut {
		in.State.Person = pack.Person{}
	}
	if phase != pack.SignedOut && phase != pack.Idle {
		in.Order = sampleOrder()
		in.State.Recent = recent()
		in.State.Work = &pack.Work{
			Order: "1042", ShipBy: noon.Add(88 * time.Minute), Service: "express", Lines: sampleLines(), Step: phase, Parcels: 1,
			Parcel: pack.Parcel{ID: "S1-0148", Carton: &pack.Carton{ID: "M"}, Actions: []pack.Action{{Line: "1"}}},
		}
	}
	return in
}

func packed(in *screen.BenchInputs) {
	for i := range in.State.Work.Lines {
		in.State.Work.Lines[i].In = in.State.Work.Lines[i].Qty
		in.State.Work.Lines[i].Confirmed = true
	}
}

func packing(theme screen.Theme) screen.View { return screen.Bench(benchInputs(pack.Packing, theme)) }

// packingAddress is an order that was opened just now, with an address that may be wrong.
func packingAddress(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.Doubts = []string{"\"801\" is not a postcode of Austria", "ep does not know it: the house number is missing"}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeOrderOpened, pack.Accepted, 0, func(v *pack.Verdict) { v.Order, v.Open = in.State.Work.Order, 5 })}, in.State.Recent...)
	return screen.Bench(in)
}

// packingShort is an order of which a line is left out (V22).
func packingShort(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	l := &in.State.Work.Lines[2]
	l.Short, l.Reason = 1, "not-found"
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeShort, pack.Accepted, 1, func(v *pack.Verdict) {
		v.Line, v.SKU, v.Name, v.Qty, v.Want, v.Short, v.Why = "3", "TUBE", "Poster tube", 1, 1, 1, "not-found"
	})}, in.State.Recent...)
	return screen.Bench(in)
}

// takingOut waits for what comes out, and can be left (V7).
func takingOut(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.State.Removing = true
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeRemoved, pack.Asked, 1, nil)}, in.State.Recent...)
	return screen.Bench(in)
}

// reopenAsked asks whether a label is to be voided (V9).
func reopenAsked(theme screen.Theme) screen.View {
	in := benchInputs(pack.Idle, theme)
	again := pack.Command{Name: "reopen", Value: "S1-0147", Sure: true}
	in.State.Question = &pack.Question{Code: pack.CodeReopened, Choices: []pack.Choice{{N: 1, Text: "reopen", Command: &again}}}
	return screen.Bench(in)
}

// reopenRule says what the carrier of the label wants of a void.
func reopenRule(theme screen.Theme) screen.View {
	in := benchInputs(pack.Idle, theme)
	again := pack.Command{Name: "reopen", Value: "S1-0147", Sure: true, Parcel: &pack.ParcelRef{ID: "S1-0147", VoidRule: "within 30 days, if it was never scanned; the money comes after 15 days"}}
	in.State.Question = &pack.Question{Code: pack.CodeReopened, Choices: []pack.Choice{{N: 1, Text: "reopen", Command: &again}}}
	return screen.Bench(in)
}

// closingDearer tells that the label cost more than its carrier had said (C5).
func closingDearer(theme screen.Theme) screen.View {
	in := benchInputs(pack.Closing, theme)
	packed(&in)
	p := &in.State.Work.Parcel
	p.Weight, p.Service, p.Quotes = &pack.Weight{Mass: 1_824 * unit.Gram}, "express", quotes()
	in.State.Documents = []pack.Printing{printing(p, pack.DocumentLabel, pack.PrintPrinted, 0)}
	p.Label = &pack.Label{SSCC: "340123450000001489", Tracking: "DX 0000 1489 AT"}
	id := p.ID
	cost, was := unit.Money{Minor: 541, Currency: "EUR"}, unit.Money{Minor: 490, Currency: "EUR"}
	in.State.Recent = append([]*pack.Verdict{
		verdict(pack.CodeLabelMade, pack.Accepted, 1, func(v *pack.Verdict) { v.Parcel = id }),
		verdict(pack.CodeLabelDearer, pack.Info, 1, func(v *pack.Verdict) { v.Parcel, v.Price, v.Was = id, &cost, &was }),
	}, in.State.Recent...)
	return screen.Bench(in)
}

// tearOff waits until a void label is destroyed, whatever the scale says (V10).
func tearOff(theme screen.Theme) screen.View {
	in := benchInputs(pack.Weighing, theme)
	packed(&in)
	in.State.Question = &pack.Question{Code: pack.CodeVoided, Choices: []pack.Choice{{N: 1, Text: "label-destroyed", Command: &pack.Command{Name: "back"}}}}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWeightStale, pack.Refused, 1, nil), verdict(pack.CodeReopened, pack.Accepted, 2, nil)}, in.State.Recent...)
	return screen.Bench(in)
}

// noCarriers has nobody who takes the parcel (V11).
func noCarriers(theme screen.Theme) screen.View {
	in := benchInputs(pack.Choosing, theme)
	packed(&in)
	in.State.Work.Parcel.Weight = &pack.Weight{Mass: 1810 * unit.Gram, Known: true, Expected: 1800 * unit.Gram, Tolerance: 30 * unit.Gram}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeServiceNone, pack.Refused, 1, func(v *pack.Verdict) { v.Reason = pack.ReasonNoCarriers })}, in.State.Recent...)
	return screen.Bench(in)
}

func refusal(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWrongItem, pack.Refused, 1, wrongMug)}, in.State.Recent...)
	in.Lamps = lamps(screen.LampRed, "unplugged", "push its USB plug in until it clicks")
	return screen.Bench(in)
}

func signIn(theme screen.Theme) screen.View { return screen.Bench(benchInputs(pack.SignedOut, theme)) }

func idle(theme screen.Theme) screen.View {
	in := benchInputs(pack.Idle, theme)
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeOrderClosed, pack.Accepted, 20, func(v *pack.Verdict) { v.Order, v.Open = "1041", 0 })}
	in.State.Parked = map[string]*pack.Work{"1038": {Order: "1038"}}
	return screen.Bench(in)
}

func weightMiss(theme screen.Theme) screen.View {
	in := benchInputs(pack.Weighing, theme)
	packed(&in)
	w := pack.Weighed{Scale: pack.ScaleSteady, Mass: 1_502 * unit.Gram, Expect: &pack.Expect{
		Known: true, Mass: 1_812 * unit.Gram, Tolerance: 40 * unit.Gram, Cause: &pack.Cause{Kind: "missing", SKU: "MUG-W", N: 1},
	}}
	in.State.Scale.Latest = &w
	in.Scale = screen.LiveScale{State: pack.ScaleSteady, Mass: w.Mass, Heard: noon}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWeightOff, pack.Refused, 1, func(v *pack.Verdict) {
		v.Weight = &pack.Weight{Mass: w.Mass, Known: true, Expected: w.Expect.Mass, Tolerance: w.Expect.Tolerance, Cause: w.Expect.Cause}
	})}, in.State.Recent...)
	return screen.Bench(in)
}

func quotes() []pack.Quote {
	day := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	eur := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }
	return []pack.Quote{
		{Service: "express", Carrier: "demo", Name: "Demo Express", Price: eur(740), Promise: day(1), Reliability: 981, Allowed: true, Chosen: true, Reason: "cheapest that keeps the promise for tomorrow"},
		{Service: "parcel", Carrier: "demo", Name: "Demo Parcel", Price: eur(492), Promise: day(3), Reliability: 942, Allowed: true, Reason: "cheaper, but two days after the promise"},
		{Service: "post", Carrier: "alpen", Name: "Alpenpost Paket", Price: eur(815), Promise: day(1), Reliability: 903, Allowed: true, Reason: "0.75 EUR dearer for the same day"},
		{Service: "post-eco", Carrier: "alpen", Name: "Alpenpost Eco", Price: eur(455), Promise: day(5), Reliability: 871, Allowed: true, Reason: "cheaper, but four days after the promise"},
		{Service: "bike", Carrier: "velo", Name: "Velo City", Price: eur(0), Promise: day(1), Reason: "does not go to Graz"},
		{Service: "freight", Carrier: "velo", Name: "Velo Freight", Price: eur(0), Reason: "only from 30 kg"},
	}
}

func choosing(theme screen.Theme) screen.View {
	in := benchInputs(pack.Choosing, theme)
	packed(&in)
	weight := &pack.Weight{Mass: 1_824 * unit.Gram, Known: true, Expected: 1_812 * unit.Gram, Tolerance: 40 * unit.Gram}
	in.State.Work.Parcel.Weight, in.State.Work.Parcel.Quotes = weight, quotes()
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWeightOK, pack.Accepted, 1, func(v *pack.Verdict) { v.Weight = weight })}, in.State.Recent...)
	return screen.Bench(in)
}

func printing(p *pack.Parcel, kind string, state pack.PrintState, reprint int) pack.Printing {
	return pack.Printing{Document: pack.Document{Kind: kind, Of: p.ID}, State: state, Copy: reprint}
}

func closing(theme screen.Theme) screen.View {
	in := benchInputs(pack.Closing, theme)
	packed(&in)
	p := &in.State.Work.Parcel
	p.Weight, p.Service, p.Quotes = &pack.Weight{Mass: 1_824 * unit.Gram}, "express", quotes()
	in.State.Documents = []pack.Printing{printing(p, pack.DocumentLabel, pack.PrintPrinted, 0)}
	p.Label = &pack.Label{SSCC: "340123450000001489", Tracking: "DX 0000 1489 AT"}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeLabelPrinted, pack.Info, 2, nil)}, in.State.Recent...)
	return screen.Bench(in)
}

func closingPapers(theme screen.Theme) screen.View {
	in := benchInputs(pack.Closing, theme)
	packed(&in)
	p := &in.State.Work.Parcel
	p.Weight, p.Service, p.Quotes = &pack.Weight{Mass: 1_824 * unit.Gram}, "express", quotes()
	in.State.Documents = []pack.Printing{printing(p, pack.DocumentLabel, pack.PrintPrinted, 0)}
	p.Label = &pack.Label{SSCC: "340123450000001489", Tracking: "DX 0000 1489 AT"}
	for i, kind := range []string{"slip", "inside", "customs"} {
		in.State.Documents = append(in.State.Documents, printing(p, kind, pack.PrintAsked, i%2))
	}
	in.State.Pending = map[string]pack.Effect{"S1.90": {Kind: pack.EffectPrint, Document: pack.Document{Kind: "customs", Of: p.ID}}}
	in.State.Recent = append([]*pack.Verdict{
		verdict(pack.CodePrinterTrouble, pack.Refused, 1, func(v *pack.Verdict) {
			v.Parcel, v.Paper, v.Trouble = p.ID, "slip", trouble.New(trouble.PaperOut)
		}),
		verdict(pack.CodePaper, pack.Info, 1, func(v *pack.Verdict) { v.Parcel, v.Paper, v.Reason = p.ID, "inside", "printed" }),
		verdict(pack.CodeLabelPrinted, pack.Info, 2, nil),
	}, in.State.Recent...)
	return screen.Bench(in)
}

// weighingHelp has the most buttons side by side: none of them is cut (V25).
func weighingHelp(theme screen.Theme) screen.View {
	in := benchInputs(pack.Weighing, theme)
	packed(&in)
	in.Help = true
	return screen.Bench(in)
}

func closingCancelled(theme screen.Theme) screen.View {
	in := benchInputs(pack.Closing, theme)
	packed(&in)
	p := &in.State.Work.Parcel
	p.Weight, p.Service = &pack.Weight{Mass: 1_824 * unit.Gram}, "express"
	label := printing(p, pack.DocumentLabel, pack.PrintTrouble, 0)
	label.Trouble = trouble.New(trouble.Cancelled)
	in.State.Documents = []pack.Printing{label}
	p.Label = &pack.Label{SSCC: "340123450000001489", Tracking: "DX 0000 1489 AT"}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodePrinterTrouble, pack.Asked, 1, func(v *pack.Verdict) { v.Trouble = label.Trouble })}, in.State.Recent...)
	in.Help = true
	return screen.Bench(in)
}

func question(theme screen.Theme) screen.View {
	in := benchInputs(pack.Closing, theme)
	packed(&in)
	p := &in.State.Work.Parcel
	in.State.Documents = []pack.Printing{printing(p, pack.DocumentLabel, pack.PrintUnknown, 0)}
	p.Label = &pack.Label{SSCC: "340123450000001489", Tracking: "DX 0000 1489 AT"}
	in.State.Question = &pack.Question{Code: pack.CodeLabelUnknownOutcome, Choices: []pack.Choice{{N: 1, Text: "label-came-out"}, {N: 2, Text: "print-again"}}}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeLabelWrongBox, pack.Refused, 2, func(v *pack.Verdict) { v.OtherOrder = "1043" })}, in.State.Recent...)
	return screen.Bench(in)
}

func locked(theme screen.Theme) screen.View {
	in := benchInputs(pack.Locked, theme)
	return screen.Bench(in)
}

func deskFrame(role station.Role, theme screen.Theme) screen.Frame {
	return screen.Frame{
		Lang:    speaks,
		Station: "S1", Person: pack.Person{ID: "p2", Role: role}, Lamps: lamps(screen.LampGreen, "ready", ""), Now: noon, Theme: theme,
		Names: say.Names{"p1": "Packer One", "p2": "Supervisor One", "p3": "Packer Two", "MUG-B": "Mug, blue", "MUG-W": "Mug, white", "TUBE": "Poster tube", "TEA-G": "Tea, green, 100 g"},
	}
}

func casesPage(theme screen.Theme) screen.View { return screen.Cases(casesInputs(theme)) }

// casesSimilar asks for one answer, with every step shown.
func casesSimilar(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	in.Similar, in.Unfolded = &screen.SimilarOffer{Case: "S1.120", N: 3}, "S1.120"
	return screen.Cases(in)
}

// casesMore offers what can be done apart from the answer.
func casesMore(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	in.More = &screen.MoreOffer{Case: "S1.120"}
	return screen.Cases(in)
}

// casesHold asks why an order is to be held.
func casesHold(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	in.More = &screen.MoreOffer{Case: "S1.120", Holding: true}
	return screen.Cases(in)
}

func casesInputs(theme screen.Theme) screen.CasesInputs {
	at := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	said := func(seconds int, kind pack.Kind, v pack.Verdict) cases.Step {
		v.Kind, v.Order, v.By = kind, "1042", "p1"
		return cases.Step{At: noon.Add(time.Duration(-seconds) * time.Second), Kind: "verdict", Code: v.Code, Verdict: v, Who: "p1", Case: v.Case}
	}
	return screen.CasesInputs{
		Frame: deskFrame(station.Supervisor, theme),
		Cases: []cases.Case{
			{ID: "S1.120", At: at(2), Kind: "scan", Code: pack.CodeWrongItem, Station: "S1", By: "p1", Order: "1042", SKU: "MUG-B", Expected: []string{"MUG-W", "TUBE", "TEA-G"}, State: cases.Open, Group: "Picked wrong"},
			{ID: "S1.101", At: at(25), Kind: "weight", Code: pack.CodeWeightOff, Station: "S1", By: "p1", Order: "1039", State: cases.Open, Weight: &pack.Weight{Mass: 1_502 * unit.Gram, Known: true, Expected: 1_812 * unit.Gram, Tolerance: 40 * unit.Gram}},
			{ID: "S2.77", At: at(48), Kind: "scan", Code: pack.CodeUnknownCode, Station: "S2", By: "p3", Order: "1036", Scanned: "4006381333931", State: cases.Open},
			{ID: "S2.70", At: at(75), Kind: "override", Code: pack.CodeWeightOff, Station: "S2", By: "p3", Author: "p2", Order: "1035", State: cases.Open, Weight: &pack.Weight{Mass: 902 * unit.Gram, Known: true, Expected: 850 * unit.Gram, Tolerance: 20 * unit.Gram}},
			{ID: "S1.88", At: at(130), Kind: "short", Code: pack.CodeShort, Station: "S1", By: "p1", Order: "1031", SKU: "TEA-G", State: cases.Open},
			{ID: "S1.60", At: at(190), Kind: "lock", State: cases.Resolved, Code: pack.CodeLocked, Station: "S1", By: "p1", ResolvedBy: "p2", Reason: "pick-error"},
		},
		Alike:  map[string]int{"scan wrong-item Picked wrong": 3},
		Counts: map[string]int{"": 690, "all": 1204, "scan": 402, "weight": 131, "label": 44, "override": 60, "short": 53},
		First:  50, APage: 50,
		Shown: &screen.CaseStory{
			Case:     cases.Case{ID: "S1.120", At: at(2), Kind: "scan", Code: pack.CodeWrongItem, Station: "S1", By: "p1", Order: "1042", SKU: "MUG-B", Expected: []string{"MUG-W", "TUBE", "TEA-G"}, State: cases.Open, Group: "Picked wrong"},
			Remedies: screen.Remedies{People: caseHands(), Holdable: true, Products: []screen.Remedied{{SKU: "MUG-B", Mass: 340 * unit.Gram, Packs: []station.Barcode{{Code: "09520000000028", Factor: 6}, {Code: "9520000000028", Factor: 1}}, Kept: true}}},
			Steps: []cases.Step{
				said(240, pack.Accepted, pack.Verdict{Code: pack.CodeOrderOpened, Open: 9}),
				said(184, pack.Accepted, pack.Verdict{Code: pack.CodeItem, SKU: "MUG-W", Name: "Mug, white", Have: 1, Want: 3}),
				said(180, pack.Accepted, pack.Verdict{Code: pack.CodeItem, SKU: "TEA-G", Name: "Tea, green, 100 g", Have: 1, Want: 4}),
				said(120, pack.Refused, pack.Verdict{Code: pack.CodeWrongItem, SKU: "MUG-B", Name: "Mug, blue", Case: "S1.120"}),
				said(60, pack.Accepted, pack.Verdict{Code: pack.CodeItem, SKU: "MUG-W", Name: "Mug, white", Have: 2, Want: 3}),
			},
		},
	}
}

func shiftInputs(theme screen.Theme) screen.ShiftInputs {
	var hours []screen.Hour
	for i, n := range []int{0, 31, 64, 82, 77, 40, 69, 91, 55} {
		hours = append(hours, screen.Hour{Start: time.Date(2026, 11, 23, 6+i, 0, 0, 0, time.UTC), Units: n, Parcels: n / 4, Refused: i % 4})
	}
	var log [][]string
	for i := range 40 {
		log = append(log, []string{fmt.Sprintf("14:%02d:12", 59-i), "S1", "Packer One", "1042", "OK", "Mug, white", "1", "", ""})
	}
	return screen.ShiftInputs{
		Frame: deskFrame(station.Manager, theme), Name: "2026-11-23", Hours: hours,
		Balances: []screen.Balance{
			{Of: "units", Left: []screen.Tally{{Name: "accepted", N: 521}, {Name: "removed", N: -12}}, Right: []screen.Tally{{Name: "in closed parcels", N: 505}, {Name: "in open parcels", N: 4}}},
			{Of: "parcels", Left: []screen.Tally{{Name: "from yesterday", N: 6}, {Name: "packed", N: 127}}, Right: []screen.Tally{{Name: "handed over", N: 118}, {Name: "voided", N: 2}, {Name: "on the dock", N: 11}}, Gaps: []string{"S1-0131", "S1-0140"}},
			{Of: "orders", Left: []screen.Tally{{Name: "from yesterday", N: 3}, {Name: "opened", N: 121}}, Right: []screen.Tally{{Name: "closed", N: 115}, {Name: "short", N: 2}, {Name: "cancelled", N: 1}, {Name: "still open", N: 6}}},
		},
		Errors: []screen.Tally{{Name: "wrong-item", N: 9}, {Name: "over-scan", N: 4}, {Name: "unknown-code", N: 3}, {Name: "weight-off", N: 2}},
		Tables: []screen.Table{{Title: "Log", Columns: inWords("Time", "Bench", "Packer", "Order", "Verdict", "Item", "Units", "Parcel", "Service"), Right: []bool{6: true, 8: false}, Rows: log}, {Title: "Packers", Rows: make([][]string, 2)}, {Title: "Carriers", Rows: make([][]string, 3)}},
		Before: "2026-11-22", Exported: screen.Said{Of: "day 2026-11-23", Text: speaks.Say("Written to {file}", "file", "/home/packer/packbench/documents/shift-2026-11-23.pdf")}, Folder: "/home/packer/packbench/documents",
	}
}

// inWords puts columns into the language of the sample pages.
func inWords(columns ...string) []string {
	for i, c := range columns {
		columns[i] = speaks.Phrase(c)
	}
	return columns
}

func shiftPage(theme screen.Theme) screen.View { return screen.Shift(shiftInputs(theme)) }

// shiftEven is a day that adds up, and was not exported.
func shiftEven(theme screen.Theme) screen.View {
	in := shiftInputs(theme)
	parcels := &in.Balances[1]
	parcels.Right[2].N, parcels.Gaps = 13, nil
	in.Exported, in.Folder = screen.Said{}, ""
	return screen.Shift(in)
}

func simulator(theme screen.Theme) screen.View {
	in := benchInputs(pack.Packing, theme)
	in.Demo = true
	in.Sim = &screen.SimInputs{
		Mass: 812 * unit.Gram, Suggested: 1_812 * unit.Gram, Printer: "ok",
		Cables: []screen.SimCable{{Device: "scanner", In: true}, {Device: "scale", In: true}, {Device: "printer", In: true}},
	}
	for _, l := range in.State.Work.Lines[:4] {
		in.Sim.Open = append(in.Sim.Open, screen.SimCode{Code: l.SKU, SKU: l.SKU, Name: l.Name, Done: l.Open() == 0})
	}
	for _, n := range []string{"Mug, blue", "Soap, olive", "Card, birthday"} {
		in.Sim.Strangers = append(in.Sim.Strangers, screen.SimCode{Code: n, SKU: n, Name: n})
	}
	for _, n := range []string{"Badge: packer", "Badge: supervisor", "Order 1043", "Box M", "Box L", "Label"} {
		in.Sim.Codes = append(in.Sim.Codes, screen.SimCode{Code: n, Name: n})
	}
	return screen.Bench(in)
}

// sampleLabel stands in for a drawn label.
func sampleLabel() image.Image {
	img := image.NewGray(image.Rect(0, 0, 406, 609))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	bar := func(x, y, w, h int) {
		draw.Draw(img, image.Rect(x, y, x+w, y+h), image.NewUniform(color.Black), image.Point{}, draw.Src)
	}
	for i, w := range []int{4, 2, 6, 2, 2, 4, 8, 2, 4, 2, 6, 4, 2, 2, 8, 2, 4} {
		bar(40+i*20, 400, w, 140)
	}
	for i, w := range []int{180, 140, 220, 90} {
		bar(40, 60+i*36, w, 14)
	}
	bar(20, 230, 366, 4)
	bar(20, 370, 366, 4)
	bar(280, 250, 100, 100)
	return img
}
