package ui

import (
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
)

func traceInputs(theme screen.Theme, t screen.Traced) screen.TraceInputs {
	frame := deskFrame(station.Supervisor, theme)
	frame.Names["alpen"] = "Alpenpost"
	t.At, t.SSCC = noon, "340123450000001484"
	return screen.TraceInputs{Frame: frame, Code: "https://trace.example/00/340123450000001484?s=K7QABCXYZMARK2345TAGTAGTAGTAG", Result: &t, Free: true}
}

func traceStart(theme screen.Theme) screen.View {
	return screen.Trace(screen.TraceInputs{Frame: deskFrame(station.Supervisor, theme)})
}

func parcelStory() []screen.TraceEvent {
	at := func(minutes int) time.Time { return noon.Add(-time.Duration(minutes) * time.Minute) }
	return []screen.TraceEvent{
		{At: at(1500), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "Order 1042 is open: scan its items."},
		{At: at(1499), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "Mug, white, 1 of 2."},
		{At: at(1498), Kind: pack.Refused, Who: "p1", Station: "S1", Text: "Mug, blue (MUG-B) is not in this order, which wants Mug, white and Poster tube: put it back."},
		{At: at(1497), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "All scanned: put the box on the scale."},
		{At: at(1496), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "The weight is right, 0.812 kg."},
		{At: at(1496), Kind: pack.Info, Station: "S1", Text: "Label 340123450000001484, tracking DX 0000 0148 AT."},
		{At: at(1495), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "Parcel S1-0148 is closed: its label is on its box."},
		{At: at(92), Kind: pack.Accepted, Who: "p3", Station: "S2", Text: "Parcel S1-0148 went into the van of Alpenpost."},
		{At: at(20), Kind: pack.Refused, Who: "p3", Station: "S2", Text: "This label belongs to another box: call a supervisor."},
		{At: at(5), Kind: pack.Info, Who: "p2", Station: "desk", Text: "Case S2.77 is resolved: packer error."},
	}
}

func parcelTraced(verdict, reason string) screen.Traced {
	return screen.Traced{
		Verdict: verdict, Reason: reason, Order: "1042", Parcel: "S1-0148", Carrier: "alpen", Tracking: "DX 0000 0148 AT", Story: parcelStory(),
	}
}

func traceGenuine(theme screen.Theme) screen.View {
	return screen.Trace(traceInputs(theme, parcelTraced("genuine", "the signature fits this SSCC")))
}

func traceCopied(theme screen.Theme) screen.View {
	return screen.Trace(traceInputs(theme, parcelTraced("copied", "the signature is genuine, but it belongs to SSCC 340123450000001484 and was found on the box with SSCC 340123450000001507")))
}

func traceForged(theme screen.Theme) screen.View {
	return screen.Trace(traceInputs(theme, screen.Traced{Verdict: "forged", Reason: "the signature was not made with this bench's key, or the code is damaged"}))
}

func traceCompare(theme screen.Theme) screen.View {
	in := traceInputs(theme, parcelTraced("genuine", "the signature fits this SSCC; it was made with the older key K7Q"))
	in.Comparing = true
	return screen.Trace(in)
}

// thingsInputs are what the name of a product means: itself, and orders with it.
func thingsInputs(theme screen.Theme) screen.TraceInputs {
	thing := screen.FoundThing{
		Title: speaks.Say("Order {id}", "id", "1042"), State: speaks.Phrase("closed"), Story: parcelStory(), Again: "340123450000001484",
		Known: []screen.Figure{
			{Name: speaks.Phrase("packed"), Value: "2 × Mug, white, with a handle that is glazed twice in 1042-1"},
			{Name: speaks.Phrase("packed"), Value: "1 × Poster tube in 1042-1 (A1-77)"},
			{Name: speaks.Phrase("placed"), Value: "2026-03-04 09:12"},
			{Name: speaks.Phrase("parcel"), Value: "1042-1, handed-over"},
			{Name: speaks.Phrase("carrier"), Value: "Alpenpost"},
			{Name: speaks.Phrase("tracking"), Value: "DX 0000 0148 AT"},
			{Name: speaks.Phrase("weight"), Value: speaks.Say("{mass} on the scale", "mass", speaks.Decimal("0.812 kg"))},
			{Name: speaks.Phrase("case"), Value: speaks.Say("{time} {cause}, case {case}: resolved, {reason}", "time", "2026-03-05 10:02", "cause", "wrong product for Mug, white", "case", "S1.77", "reason", "picked wrong")},
		},
	}
	mug := screen.FoundThing{Title: "Product MUG-W, Mug, white"}
	return screen.TraceInputs{
		Frame: deskFrame(station.Supervisor, theme), Code: "mug", Sought: "mug", Free: true, Chosen: 1,
		Found: []screen.FoundThing{mug, thing, {Title: speaks.Say("Order {id}", "id", "1043"), State: speaks.Phrase("open")}, {Title: speaks.Say("Order {id}", "id", "1051"), State: speaks.Phrase("packing")}, {Title: speaks.Say("Order {id}", "id", "shop-north/1058"), State: speaks.Phrase("held")}},
	}
}

func traceFound(theme screen.Theme) screen.View { return screen.Trace(thingsInputs(theme)) }

// traceFoundOne is one order, whose page was written.
func traceFoundOne(theme screen.Theme) screen.View {
	in := thingsInputs(theme)
	in.Found, in.Chosen, in.Sought = in.Found[1:2], 0, "1042"
	in.Saved, in.Folder = screen.Said{Of: in.Of(), Text: "Written to /home/bench/packbench/documents/story-order-1042.pdf"}, "/home/bench/packbench/documents"
	return screen.Trace(in)
}

func traceFoundNone(theme screen.Theme) screen.View {
	in := thingsInputs(theme)
	in.Found, in.Sought = nil, "cup 77"
	return screen.Trace(in)
}
