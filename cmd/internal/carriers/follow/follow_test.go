package follow_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/follow"
	"packbench/cmd/internal/carriers/kinds"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
)

// follower is an account that says where parcels are.
type follower struct {
	account.Account
	says map[string]account.Tracking
	err  error
	n    int
}

func (f *follower) Track(_ context.Context, p account.Purchase) (account.Tracking, error) {
	f.n++
	return f.says[p.Tracking], f.err
}

// Parcels that were handed over are asked after a few times a day, until they have arrived;
// what stays in the house is not, and a delivery without a day is not believed.
func TestRound(t *testing.T) { // T1
	d := foldertest.Shop(t)
	now := foldertest.Noon()
	c := carriers.New(d, "S1", effects.OwnRanges(d, "S1"))
	f := &follower{says: map[string]account.Tracking{
		"T1": {State: account.InTransit, At: now.Add(-time.Hour)},
		"T2": {State: account.Delivered, At: time.Date(2026, 11, 22, 23, 30, 0, 0, time.FixedZone("", -8*3600))}, // in UTC it is the next day
		"T3": {State: account.Delivered},
		"T4": {State: account.Delivered, At: now},
	}}
	c.Time = func() time.Time { return now }
	c.Env = func(string) string { return "key" }
	c.Kinds = []kinds.Kind{{ID: "fake", Name: "Fake", New: func(account.Options) (account.Account, error) { return f, nil }}}
	if err := c.Add(t.Context(), store.Account{ID: "acct", Kind: "fake"}, "key"); err != nil {
		t.Fatal(err)
	}
	to := follow.New(c)
	w := foldertest.NewWriter(t, d, "S1")
	w.Write(pack.LoadingBegan{Manifest: "M-1", Carrier: "usps"})
	for i := 1; i <= 4; i++ {
		id, tracking := fmt.Sprintf("100%d-1", i), fmt.Sprintf("T%d", i)
		done := pack.ParcelDone{
			Parcel: id, Order: fmt.Sprintf("100%d", i), SSCC: fmt.Sprintf("09520000000000%04d", i), Tracking: tracking, Carrier: "usps", Promised: now,
		}
		w.Write(pack.LabelKept{Parcel: id, Label: pack.Label{SSCC: done.SSCC, Tracking: tracking, Document: "d" + id}}, done)
		if i < 4 {
			w.Write(pack.ParcelLoaded{Manifest: "M-1", Loaded: pack.Loaded{Parcel: id, Order: done.Order, SSCC: done.SSCC}})
		}
		body, err := json.Marshal(account.Purchase{ID: id, Tracking: tracking})
		if err != nil {
			t.Fatal(err)
		}
		row := store.Purchase{
			Key: id, Account: "acct", Ref: "R-" + id, Order: done.Order, Parcel: id, State: store.PurchaseBought, Quote: []byte("{}"), Bought: body, Since: now, Moved: now,
		}
		if err := d.Store.PutPurchase(t.Context(), row); err != nil {
			t.Fatal(err)
		}
	}
	for i, round := range []struct {
		what  string
		after time.Duration
		asked int
	}{
		{"nothing that just left", 0, 0},
		{"all that left", 4 * time.Hour, 3},
		{"soon after", 30 * time.Minute, 0},
		{"on the promised day, what has not arrived", time.Hour, 2},
		{"later, whether a delivery stays one too", 30 * time.Hour, 3},
	} {
		now = now.Add(round.after)
		if n, err := to.Round(t.Context(), false); err != nil || n != round.asked {
			t.Errorf("round %d: %d parcels are asked after, %v; want %s, %d", i, n, err, round.what, round.asked)
		}
	}
	all, err := d.Store.Outcomes(t.Context(), now.AddDate(0, 0, -30), 10)
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, o := range all {
		have[o.Tracking] = string(o.State)
		if !o.Delivered.IsZero() {
			have[o.Tracking] += " " + o.Delivered.Format(time.DateOnly)
		}
	}
	for tracking, want := range map[string]string{"T1": "moving", "T2": "delivered 2026-11-22", "T3": "", "T4": ""} {
		if have[tracking] != want {
			t.Errorf("%s is %q, want %q", tracking, have[tracking], want)
		}
	}
	for parcel, want := range map[string]track.State{"1001-1": track.InTransit, "1002-1": track.Delivered} {
		s, err := d.Store.Standing(t.Context(), parcel, "T"+parcel[3:4])
		if err != nil || s.State != want || s.Carrier != "usps" {
			t.Errorf("%s stands as %+v, %v", parcel, s, err)
		}
	}
	if events, err := d.Store.TrackEvents(t.Context(), "1001-1"); err != nil || len(events) != 1 { // asked after four times
		t.Errorf("%v, %v", events, err)
	}
	if head, err := d.Store.Head(t.Context(), "carrier"); err != nil || head.Seq != 2 {
		t.Errorf("%+v, %v", head, err)
	}
	f.err, f.n, now = errors.New("no answer"), 0, now.Add(30*time.Hour)
	if _, err := to.Round(t.Context(), false); err != nil || f.n != 1 {
		t.Errorf("an account that does not answer is asked %d times in a round, %v", f.n, err)
	}
}
