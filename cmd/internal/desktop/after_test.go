package desktop

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/track"
)

// leave hands parcels over in one van, a week ago.
func (d *seat) leave(van string, parcels ...string) {
	d.Helper()
	w := foldertest.NewWriter(d, d.front.Folder, "S"+van)
	at := d.front.Folder.Clock().AddDate(0, 0, -7)
	w.WriteAt(at, pack.LoadingBegan{Manifest: van, Carrier: "usps"})
	for _, order := range parcels {
		id, number := order+"-1", "N"+order
		serial, _ := strconv.ParseUint(order, 10, 64)
		sscc, err := gs1.SSCC('0', "9520000", serial)
		if err != nil {
			d.Fatal(err)
		}
		w.WriteAt(at, pack.EffectAsked{Effect: pack.Effect{ID: "e" + id, Kind: pack.EffectBuy, Order: order, Parcel: id}},
			pack.LabelKept{Parcel: id, Label: pack.Label{SSCC: sscc, Tracking: number, Document: "d" + id}},
			pack.ParcelDone{Parcel: id, Order: order, SSCC: sscc, Tracking: number, Carrier: "usps", Service: "ground"},
			pack.ParcelLoaded{Manifest: van, Loaded: pack.Loaded{Parcel: id, Order: order, SSCC: sscc}})
	}
	w.WriteAt(at.Add(time.Hour), pack.ManifestClosed{Manifest: van, Driver: "nobody-known"})
}

// carrierSays keeps what the carrier says of a parcel, so many hours ago.
func (d *seat) carrierSays(order string, hours int, s track.State) {
	d.Helper()
	e := track.Event{Carrier: "usps", Number: "N" + order, Parcel: order + "-1", At: d.front.Folder.Clock().Add(-time.Duration(hours) * time.Hour), State: s, Text: "so says the carrier"}
	if _, err := heard.Keep(d.Context(), d.front.Folder, "acct", e); err != nil {
		d.Fatal(err)
	}
}

func (d *seat) after(what string, good func(*screen.AfterView) bool) *screen.AfterView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.After != nil && good(v.After) }).After
}

// T2, T4: a supervisor sees which parcels need somebody, those of a silent van together,
// with what shows it; takes the text to the carrier, notes that the buyer asks, opens the
// story. What clears itself goes away. A packer does not come there.
func TestWhatNeedsSomebodyAfterItLeft(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.press(37, 28, 0) // Ctrl T
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageAfter)})
	if v := d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle }); v.After != nil {
		t.Error("a packer sees what needs somebody")
	}
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Header.Role == "supervisor" })
	d.press(37, 15, 0) // Ctrl 6
	d.touch("page:after")
	d.after("nothing heard, which is not well", func(v *screen.AfterView) bool { return v.Empty == "No carrier has told anything yet" && !v.Well })
	d.leave("M-7", "5001", "5002")
	d.leave("M-8", "5003")
	d.carrierSays("5003", 30, track.Lost)
	v := d.after("what came", func(v *screen.AfterView) bool { return len(v.Rows) == 3 })
	if v.Title != "After it left · 3 parcels" || v.News != "Last news of carriers: now" || v.Rows[0].Title != "Lost" || v.Rows[0].Sub != "5003-1 · order 5003 · usps · N5003" {
		t.Errorf("the page reads %q, %q, %+v", v.Title, v.News, v.Rows[0])
	}
	if v.Rows[1].Head != "Van M-7 · 2 parcels · none of them was scanned" || v.Rows[2].Head != "" || v.Rows[1].Title != "Never scanned by the carrier" {
		t.Errorf("the silent van reads %+v", v.Rows[1:])
	}
	fact := func(name string) func(screen.Figure) bool {
		return func(f screen.Figure) bool { return f.Name == name && f.Value != "" }
	}
	if d := v.Detail; d.Title != "Lost" || !slices.ContainsFunc(d.Facts, func(f screen.Figure) bool { return strings.HasSuffix(f.Value, "so says the carrier") }) || !slices.ContainsFunc(d.Facts, fact("Handed over")) {
		t.Errorf("its evidence reads %+v", d)
	}

	d.touch("left:copy")
	if text := <-d.copied; !strings.Contains(text, "N5003") {
		t.Errorf("copied is %q", text)
	}
	d.touch("left:asked")
	d.after("it to be noted", func(v *screen.AfterView) bool {
		return strings.HasPrefix(v.Detail.Saved, "Noted") && slices.ContainsFunc(v.Detail.Facts, fact("Its buyer asked"))
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentAfter, Name: "5001-1", Value: screen.AfterAsked}) // it is not the one that is shown
	left, err := d.front.Folder.Store.LeftParcel(t.Context(), "5001-1")
	if err != nil || !left.Asked.IsZero() {
		t.Errorf("what was meant for another parcel is noted: %v, %v", left.Asked, err)
	}

	d.carrierSays("5003", 1, track.InTransit)
	d.carrierSays("5001", 1, track.InTransit)
	v = d.after("what cleared itself to leave", func(v *screen.AfterView) bool { return len(v.Rows) == 1 })
	if v.Rows[0].Head != "Van M-7 · 2 parcels · never scanned: 1" || v.Detail.Sub != "5002-1 · order 5002 · usps · N5002" {
		t.Errorf("what is left reads %+v, %+v", v.Rows, v.Detail)
	}
	d.touch("left:story")
	d.until("its story", func(v screen.View) bool { return v.Trace != nil && len(v.Trace.Known) > 0 })
	d.press(37, 28, 0) // Ctrl T
	d.after("the page again", func(v *screen.AfterView) bool { return len(v.Rows) == 1 })
	d.carrierSays("5002", 1, track.InTransit)
	d.after("nothing to do", func(v *screen.AfterView) bool {
		return v.Well && v.Empty == "No parcel needs anybody" && v.Detail == nil
	})
}
