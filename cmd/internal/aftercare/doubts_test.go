package aftercare_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/cases"
	"packbench/station/store"
	"packbench/station/track"
)

// room is a shop whose parcels 5001 to 5006 left on Friday, and whose clock can be set.
func room(t *testing.T) (*folder.Folder, *aftercare.Room, func(hours int)) {
	d := foldertest.Shop(t)
	leave(t, d, "1", 5001, 6)
	now := foldertest.Noon()
	d.Clock = func() time.Time { return now }
	return d, aftercare.New(d), func(hours int) { now = foldertest.Noon().Add(time.Duration(hours) * time.Hour) }
}

func doubt(t *testing.T, r *aftercare.Room, opened, closed int) {
	t.Helper()
	if o, c, err := r.Doubt(t.Context()); err != nil || o != opened || c != closed {
		t.Errorf("%d cases are opened and %d closed, %v; want %d and %d", o, c, err, opened, closed)
	}
}

func newsCases(t *testing.T, d *folder.Folder, state string) []store.Case {
	t.Helper()
	all, err := d.Store.Cases(t.Context(), store.CaseFilter{Kind: cases.KindNews, State: state})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func needs(t *testing.T, r *aftercare.Room) string {
	t.Helper()
	all, err := r.Exceptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range all {
		out = append(out, e.Parcel+" "+string(e.Reason)+" "+string(e.Clash))
	}
	return strings.Join(out, ", ")
}

// What a carrier says and what cannot be right is a case, opened once with what was said. It
// closes itself once later news leave no doubt, and not because time goes by.
func TestDoubtsAreCases(t *testing.T) { // T1, P3
	d, r, at := room(t)
	keep(t, d, said(5001, -60, track.Accepted), said(5001, -40, track.Delivered), said(5002, -60, track.Accepted), said(5002, -40, track.InTransit))
	doubt(t, r, 0, 0)
	keep(t, d, said(5001, -10, track.InTransit))
	doubt(t, r, 1, 0)
	doubt(t, r, 0, 0)
	open := newsCases(t, d, store.CaseOpen)
	if len(open) != 1 || open[0].Parcel != "5001-1" || open[0].Order != "5001" || open[0].Scanned != "N5001" || open[0].Code != "delivery-withdrawn" {
		t.Fatalf("%+v", open)
	}
	if got := open[0].Expected; !slices.Equal(got, []string{"2026-11-21 20:00 delivered, acct", "2026-11-23 02:00 in transit, acct"}) {
		t.Errorf("what was said: %q", got)
	}
	at(90)
	doubt(t, r, 0, 0)
	if got := needs(t, r); !strings.Contains(got, "5001-1 contradiction delivery-withdrawn") {
		t.Errorf("the page: %s", got)
	}
	keep(t, d, said(5001, 80, track.Delivered))
	doubt(t, r, 0, 1)
	closed := newsCases(t, d, store.CaseResolved)
	if len(closed) != 1 || closed[0].Answer != cases.AnswerCleared || closed[0].Resolver != "" {
		t.Errorf("%+v", closed)
	}
	if got := needs(t, r); strings.Contains(got, "5001-1") {
		t.Errorf("the page, cleared: %s", got)
	}
	keep(t, d, said(5001, 85, track.Returning)) // again, which is another doubt
	at(91)
	doubt(t, r, 1, 0)
}

// A person closes a case with a word, and is not asked again about the same.
func TestADoubtThatAPersonAnswered(t *testing.T) { // P3
	d, r, at := room(t)
	keep(t, d, said(5001, -60, track.Accepted), said(5001, -40, track.Delivered), said(5001, -10, track.InTransit))
	doubt(t, r, 1, 0)
	id := newsCases(t, d, store.CaseOpen)[0].Case
	if err := d.AtDesk(t.Context(), cases.CaseResolved{Case: id, Reason: "carrier-wrong", By: "V1"}); err != nil {
		t.Fatal(err)
	}
	if err := d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	at(10)
	doubt(t, r, 0, 0)
	if got := needs(t, r); strings.Contains(got, "5001-1") {
		t.Errorf("the page: %s", got)
	}
	if got, err := r.Track(t.Context(), "5001-1"); err != nil || got.Wrong != nil {
		t.Errorf("the parcel: %+v, %v", got.Wrong, err)
	}
}

// What speaks against a delivery: that it left minutes before, that it came elsewhere, that its
// buyer misses it, and that the carrier had it only afterwards. Its time alone settles none.
func TestFalseDeliveries(t *testing.T) { // T2
	d, r, at := room(t)
	elsewhere := said(5002, -20, track.Delivered)
	elsewhere.Place = "Lyon FR"
	keep(t, d,
		said(5001, -71, track.Delivered), // it left at ten, an hour after noon minus three days
		said(5002, -60, track.Accepted), elsewhere,
		said(5003, -60, track.Accepted), said(5003, -20, track.Delivered),
		said(5004, -60, track.Delivered), said(5004, -30, track.Accepted),
	)
	doubt(t, r, 2, 0) // nobody knows where 5002 goes: its order is not here
	if err := r.BuyerAsked(t.Context(), "5003-1", "V1"); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range newsCases(t, d, store.CaseOpen) {
		got = append(got, c.Parcel+" "+string(c.Code))
	}
	slices.Sort(got)
	if want := []string{"5001-1 delivered-too-soon", "5003-1 buyer-misses-it", "5004-1 delivered-before-accepted"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	at(24 * 20)
	doubt(t, r, 0, 0)
}
