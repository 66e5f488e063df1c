package screen

import (
	"time"

	"packbench/station/pack"
	"packbench/station/say"
)

// FoundParcel is a parcel that is closed, or was, as a page finds it.
type FoundParcel struct {
	ID       string // what people call it
	Order    string // id
	SSCC     string
	Service  string
	Tracking string
	State    pack.ParcelState
	Closed   time.Time
	Label    string // document of its label, "" where that is not kept
}

// EntryParcel is the field that says which parcel a reprint means.
const EntryParcel = "parcel"

// FoundView is what somebody asked for with nothing in hand, by the number of the
// order, of the parcel or of its tracking, or by its label.
type FoundView struct {
	Rows     []FoundRow
	HasLabel bool
	Label    string `json:"-"` // its document
	Print    Action
	Slip     Action
}

// FoundRow is one parcel.
type FoundRow struct {
	Name  string // "Parcel 1003-1"
	Text  string // "Demo Express · QQ 0000 0148"
	State string // "on the dock since 09:12"
}

// found is what stands under the verdict that says that an order is packed: nil under
// any other one, for nothing else is about these parcels.
func found(in BenchInputs) *FoundView {
	s, v := in.State, newest(in.State)
	if s.Phase != pack.Idle || s.Shown == nil || v == nil || v.Code != pack.CodeOrderDone || v.Order != s.Shown.Order {
		return nil
	}
	f := &FoundView{
		Print: action(in, "reprint", "Print the label again", false), Slip: action(in, "paper", "Print the packing slip", false),
	}
	f.Print.ID, f.Print.Primary = "found:label", true
	f.Print.Key = "" // the button below has the key
	f.Slip.ID, f.Slip.Command, f.Slip.Intent = "found:slip", "paper slip", command("paper", "slip")
	for _, p := range in.Found {
		if p.Order != s.Shown.Order || s.Shown.SSCC != "" && p.SSCC != s.Shown.SSCC {
			continue // read for the one of before
		}
		text := in.Names.Of(p.Service)
		if p.Tracking != "" {
			text += " · " + p.Tracking
		}
		f.Rows = append(f.Rows, FoundRow{Name: in.Lang.Say("Parcel {parcel}", "parcel", p.ID), Text: text, State: placed(in.Lang, p, in.Now)})
		f.HasLabel, f.Label = p.Label != "", p.Label
		f.Print.Enabled = f.Print.Enabled || p.State == pack.ParcelClosed
	}
	f.HasLabel = f.HasLabel && len(f.Rows) == 1
	f.Slip.Enabled = f.Print.Enabled
	if len(f.Rows) == 0 {
		return nil
	}
	return f
}

// placed says where a parcel is.
func placed(l say.Language, p FoundParcel, now time.Time) string {
	switch p.State {
	case pack.ParcelClosed:
		return l.Say("on the dock since {time}", "time", since(l, p.Closed, now))
	case pack.ParcelHandedOut:
		return l.Phrase("has left with its carrier")
	case pack.ParcelLoading:
		return l.Phrase("in a van that is being loaded")
	case pack.ParcelOpening:
		return l.Phrase("is being reopened")
	case pack.ParcelVoided:
		return l.Phrase("its label is void")
	}
	return l.Phrase("not closed yet")
}
