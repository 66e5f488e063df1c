package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/screen"
	"packbench/station/track"
	"packbench/station/track/watch"
	"packbench/station/unit"
)

func afterParcel(i int, found watch.Found) screen.AfterParcel {
	found.Since = noon.Add(-time.Duration(74-7*i) * time.Hour)
	return screen.AfterParcel{
		Found: found, ID: fmt.Sprintf("P%d-1", 1042+i), Name: fmt.Sprintf("%d-1", 1042+i), Order: fmt.Sprint(1042 + i), Carrier: "alpen", Service: "parcel",
		Tracking: fmt.Sprintf("DX 0000 %04d AT", 310+i), SSCC: fmt.Sprintf("09520000000%07d", 310+i), Mass: 1240 * unit.Gram, Handed: noon.Add(-75 * time.Hour),
		Promised: noon.AddDate(0, 0, -1), Van: "M-S1-88", Driver: "A. Huber", VanParcels: 3, VanNotScanned: 3,
		Question: "Parcel DX 0000 0310 AT (SSCC 095200000000000310), service parcel, 1.240 kg, was scanned into your van on 3 June 2025 09:00 and signed for by A. Huber. You have not scanned it since. Please tell us where it is and when it will be delivered.",
	}
}

// afterPage has a van of which nothing was scanned; its second parcel is shown, and its
// buyer asked.
func afterPage(theme screen.Theme) screen.View {
	in := screen.AfterInputs{Frame: deskFrame(station.Supervisor, theme), APage: 20, All: 31, Heard: noon.Add(-20 * time.Minute)}
	in.Frame.Names["alpen"] = "Alpenpost"
	for i, f := range []watch.Found{
		{Reason: watch.Contradiction, Clash: track.Withdrawn},
		{Reason: watch.FalseDelivery},
		{Reason: watch.Address},
		{Reason: watch.NeverScanned, Days: 3, Also: []watch.Reason{watch.Late}},
		{Reason: watch.NeverScanned, Days: 3, Also: []watch.Reason{watch.Late}},
		{Reason: watch.NeverScanned, Days: 3},
		{Reason: watch.Silent, Days: 5, Most: 3},
		{Reason: watch.Late},
		{Reason: watch.PickUp, Until: noon.AddDate(0, 0, 2)},
		{Reason: watch.Delayed},
	} {
		in.Parcels = append(in.Parcels, afterParcel(i, f))
	}
	for _, i := range []int{4, 6} {
		in.Parcels[i].ClaimUntil, in.Parcels[i].ClaimSoon = noon.AddDate(0, 0, 3), true
	}
	shown := in.Parcels[4]
	shown.Asked = noon.Add(-time.Hour)
	shown.Standing = track.Standing{State: track.Announced, Last: noon.Add(-70 * time.Hour)}
	in.Shown = &shown
	return screen.After(in)
}

func afterNone(theme screen.Theme) screen.View {
	return screen.After(screen.AfterInputs{Frame: deskFrame(station.Supervisor, theme), APage: 20, Heard: noon.Add(-3 * time.Hour)})
}

// casesNews is a case of what a carrier says and what cannot be right.
func casesNews(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	c := cases.Case{
		ID: "N1028-1", At: noon.Add(-20 * time.Minute), Kind: cases.KindNews, Code: "delivery-withdrawn", Station: "S1", Order: "1028", Parcel: "1028-1", Scanned: "DX 0000 4711", State: cases.Open,
		Expected: []string{"2026-11-20 11:02 delivered, eye", "2026-11-22 07:40 in transit, eye"},
	}
	in.Cases = append([]cases.Case{c}, in.Cases...)
	in.Shown = &screen.CaseStory{Case: c}
	return screen.Cases(in)
}
