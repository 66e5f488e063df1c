package ui

import (
	"time"

	"packbench/station/pack"
	"packbench/station/screen"
)

// foundInputs is a bench with nothing in hand where n parcels of an order were asked for.
func foundInputs(n int, kind pack.Kind, theme screen.Theme) screen.BenchInputs {
	in := benchInputs(pack.Idle, theme)
	in.State.Shown = &pack.Shown{Order: "1042"}
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeOrderDone, kind, 20, func(v *pack.Verdict) { v.Parcel = "" })}
	states := []pack.ParcelState{pack.ParcelClosed, pack.ParcelHandedOut, pack.ParcelLoading, pack.ParcelVoided}
	for i := range n {
		in.Found = append(in.Found, screen.FoundParcel{
			ID: "1042-" + string(rune('1'+i)), Order: "1042", Service: "express", Tracking: "DX 0000 0148 AT", State: states[i%len(states)],
			Closed: noon.Add(-time.Duration(i+1) * time.Hour), Label: "doc-1042",
		})
	}
	return in
}

func foundOne(theme screen.Theme) screen.View {
	in := foundInputs(1, pack.Info, theme)
	in.State.Shown.Parcel, in.State.Recent[0].Parcel = "1042-1", "1042-1"
	return screen.Bench(in)
}

func foundSeveral(theme screen.Theme) screen.View {
	return screen.Bench(foundInputs(5, pack.Refused, theme))
}
