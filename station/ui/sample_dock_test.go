package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
)

// dockParcels are parcels of a carrier that wait, one closed every 11 minutes.
func dockParcels(carrier string, first, n int) []screen.DockParcel {
	var out []screen.DockParcel
	for i := range n {
		out = append(out, screen.DockParcel{
			ID: fmt.Sprintf("S1-0%d", first+i), Order: fmt.Sprint(1000 + first + i), Carrier: carrier, Tracking: fmt.Sprintf("DX 0000 %04d AT", first+i),
			Closed: noon.Add(time.Duration(11*i-260) * time.Minute),
		})
	}
	return out
}

func loadingInputs(loaded, left int, theme screen.Theme) screen.BenchInputs {
	in := benchInputs(pack.Idle, theme)
	in.Names["alpen"], in.Names["velo"] = "Alpenpost", "Velo City"
	in.State.Loading = &pack.Loading{Manifest: "M-S1-88", Carrier: "alpen"}
	for _, p := range dockParcels("alpen", 100, loaded) {
		in.State.Loading.Parcels = append(in.State.Loading.Parcels, pack.Loaded{Parcel: p.ID, Order: p.Order, SSCC: p.ID})
	}
	in.OnDock = dockParcels("alpen", 100+loaded, left)
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeLoading, pack.Accepted, 2, func(v *pack.Verdict) { v.Carrier, v.Want, v.Order = "alpen", loaded+left, "" })}
	if loaded > 0 {
		last := in.State.Loading.Parcels[loaded-1]
		in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeHandedOver, pack.Accepted, 1, func(v *pack.Verdict) {
			v.Carrier, v.Parcel, v.Order, v.Have = "alpen", last.Parcel, last.Order, loaded
		})}, in.State.Recent...)
	}
	return in
}

func loadingStart(theme screen.Theme) screen.View { return screen.Bench(loadingInputs(0, 9, theme)) }

func loadingOn(theme screen.Theme) screen.View { return screen.Bench(loadingInputs(7, 19, theme)) }

func loadingWrong(theme screen.Theme) screen.View {
	in := loadingInputs(7, 5, theme)
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeWrongCarrier, pack.Refused, 1, func(v *pack.Verdict) {
		v.Carrier, v.Parcel, v.Order = "velo", "S1-0131", "1131"
	})}, in.State.Recent...)
	return screen.Bench(in)
}

func loadingDriver(theme screen.Theme) screen.View {
	in := loadingInputs(9, 2, theme)
	in.State.Loading.Driver = true
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeLoading, pack.Asked, 1, func(v *pack.Verdict) {
		v.Carrier, v.Reason, v.Have, v.Want, v.Order = "alpen", "driver", 9, 2, ""
	})}, in.State.Recent...)
	e := screen.EntryFor(screen.Intent{Kind: screen.IntentEdit, Name: "driver"})
	e.Text = "Sample Dri"
	in.Entry = &e
	return screen.Bench(in)
}

func loadingAsked(theme screen.Theme) screen.View {
	in := loadingInputs(9, 0, theme)
	in.State.Loading.Driver, in.State.Armed = true, "cancel"
	in.State.Question = &pack.Question{Code: pack.CodeCancelled, Choices: []pack.Choice{{N: 1, Text: "cancel", Command: &pack.Command{Name: "cancel", Sure: true}}}}
	return screen.Bench(in)
}

// loadingStrangers names what the carrier will not know, before the van leaves.
func loadingStrangers(theme screen.Theme) screen.View {
	in := loadingInputs(9, 0, theme)
	in.State.Armed = "handover"
	odd := []pack.Stranger{{Parcel: "1131-1", Why: pack.StrangerVoid}, {Parcel: "1127-2", Why: pack.StrangerClosed}, {Parcel: "1129-1", Why: pack.StrangerVoid}, {Parcel: "1130-1"}}
	leave := &pack.Command{Name: "handover", Sure: true, Van: &pack.Van{Carrier: "alpen", Strangers: odd}}
	in.State.Question = &pack.Question{Code: pack.CodeCloseOut, Choices: []pack.Choice{{N: 1, Text: "handover", Command: leave}}}
	in.State.Recent = append([]*pack.Verdict{verdict(pack.CodeCloseOut, pack.Asked, 1, func(v *pack.Verdict) {
		v.Carrier, v.Reason, v.Order = "alpen", "strangers", ""
		v.Strangers = odd
	})}, in.State.Recent...)
	return screen.Bench(in)
}

func idleDock(theme screen.Theme) screen.View {
	in := benchInputs(pack.Idle, theme)
	in.Names["alpen"], in.Names["velo"], in.Names["demo"] = "Alpenpost", "Velo City", "Demo Parcel Service"
	in.Dock = []screen.Waiting{{Carrier: "alpen", Parcels: 12}, {Carrier: "demo", Parcels: 31}, {Carrier: "velo", Parcels: 1}}
	in.State.Recent = []*pack.Verdict{verdict(pack.CodeManifest, pack.Accepted, 20, func(v *pack.Verdict) {
		v.Carrier, v.Manifest, v.Qty, v.Order, v.Reason = "alpen", "M-S1-88", 9, "", "printed"
	})}
	return screen.Bench(in)
}

func dockPage(theme screen.Theme) screen.View { return dockFor(station.Packer, theme) }

// dockAfter is the dock of who sees what became of parcels.
func dockAfter(theme screen.Theme) screen.View { return dockFor(station.Supervisor, theme) }

func dockFor(role station.Role, theme screen.Theme) screen.View {
	frame := deskFrame(role, theme)
	frame.Names["alpen"], frame.Names["velo"], frame.Names["demo"] = "Alpenpost", "Velo City", "Demo Parcel Service"
	return screen.Dock(screen.DockInputs{
		Frame: frame, Free: true, Said: "the manifest is in /var/lib/packbench/documents/manifest-S1-88.pdf",
		Parcels: append(dockParcels("demo", 120, 17), dockParcels("velo", 160, 1)...),
		Manifests: []screen.Manifest{
			{ID: "M-S1-88", Carrier: "alpen", Driver: "Sample Driver", By: "p1", Closed: noon.Add(-20 * time.Minute), Parcels: 9},
			{ID: "M-S1-61", Carrier: "velo", Driver: "Sample Driver", By: "p1", Closed: noon.Add(-200 * time.Minute), Parcels: 4},
		},
		On: dockParcels("alpen", 100, 9),
	})
}
