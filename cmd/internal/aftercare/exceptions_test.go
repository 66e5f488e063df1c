package aftercare_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/track"
	"packbench/station/track/watch"
)

// leave hands so many parcels over in one van, three hours before noon of a day ago.
func leave(tb testing.TB, d *folder.Folder, van string, first, n int) {
	w := foldertest.NewWriter(tb, d, "S"+van)
	at := foldertest.Noon().AddDate(0, 0, -3)
	w.WriteAt(at, pack.LoadingBegan{Manifest: "M-" + van, Carrier: "usps"})
	for i := first; i < first+n; i++ {
		id, order, sscc, number := fmt.Sprintf("%d-1", i), fmt.Sprint(i), fmt.Sprintf("095200000%09d", i), fmt.Sprint("N", i)
		w.WriteAt(at, pack.EffectAsked{Effect: pack.Effect{ID: "e" + id, Kind: pack.EffectBuy, Order: order, Parcel: id}},
			pack.LabelKept{Parcel: id, Label: pack.Label{SSCC: sscc, Tracking: number, Document: "d" + id}},
			pack.ParcelDone{Parcel: id, Order: order, SSCC: sscc, Tracking: number, Carrier: "usps", Service: "ground", Promised: at.AddDate(0, 0, 4)},
			pack.ParcelLoaded{Manifest: "M-" + van, Loaded: pack.Loaded{Parcel: id, Order: order, SSCC: sscc}})
	}
	w.WriteAt(at.Add(time.Hour), pack.ManifestClosed{Manifest: "M-" + van, Driver: "nobody-known"})
}

func said(i, hours int, s track.State) track.Event {
	return track.Event{Carrier: "usps", Number: fmt.Sprint("N", i), Parcel: fmt.Sprintf("%d-1", i), At: foldertest.Noon().Add(time.Duration(hours) * time.Hour), State: s, Code: string(s)}
}

func keep(tb testing.TB, d *folder.Folder, events ...track.Event) {
	tb.Helper()
	if _, err := heard.Keep(tb.Context(), d, "acct", events...); err != nil {
		tb.Fatal(err)
	}
}

func TestExceptions(t *testing.T) { // T2
	d := foldertest.Shop(t)
	leave(t, d, "1", 5001, 3)
	leave(t, d, "2", 5011, 2)
	keep(t, d, said(5001, -60, track.InTransit), said(5002, -20, track.Lost), said(5003, -20, track.Delivered))
	room := aftercare.New(d)
	list := func() string {
		all, err := room.Exceptions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range all {
			out = append(out, fmt.Sprintf("%s %s %d", e.Parcel, e.Reason, e.Days))
			if e.Reason == watch.NeverScanned && (e.Van == nil || !e.Van.Whole() || e.Van.Driver != "") {
				t.Errorf("van of %s: %+v", e.Parcel, e.Van)
			}
			if len(e.Actions) == 0 || !strings.Contains(e.Question(time.UTC), e.Tracking) {
				t.Errorf("%s: %v, %q", e.Parcel, e.Actions, e.Question(time.UTC))
			}
		}
		return strings.Join(out, ", ")
	}
	// Noon is a Monday: of a van that left on Friday nothing was scanned, and silence since
	// the weekend is none yet.
	if got, want := list(), "5002-1 lost 1, 5011-1 never-scanned 1, 5012-1 never-scanned 1"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	file := filepath.Join(t.TempDir(), "claims.csv")
	all, _ := room.Exceptions(t.Context())
	n, err := room.WriteClaims(t.Context(), file, all)
	in, _ := os.Open(file)
	defer func() { _ = in.Close() }()
	rows, readErr := csv.NewReader(in).ReadAll()
	if err != nil || readErr != nil || n != 1 || len(rows) != 2 || rows[1][2] != "N5002" {
		t.Errorf("%d claims, %v, %v, %v", n, rows, err, readErr)
	}
	// Two days before the last one of a claim, what is only silent is claimed too; after it nothing is.
	for claims, want := range map[string]string{"usps=5": "soon 3 " + foldertest.Noon().AddDate(0, 0, 2).Format(time.DateOnly), "usps=2": "over 1 " + foldertest.Noon().AddDate(0, 0, -1).Format(time.DateOnly), "other=5": " 1 "} {
		d.Settings.Carriers.Claims = claims
		all, err := room.Exceptions(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n, err := room.WriteClaims(t.Context(), file, all)
		data, _ := os.ReadFile(file)
		first := strings.Split(string(data), "\n")[1]
		word := map[aftercare.ClaimDay]string{{Until: all[0].Claim.Until, Soon: true}: "soon", {Until: all[0].Claim.Until, Over: true}: "over"}[all[0].Claim]
		if got := fmt.Sprint(word, " ", n, " ", first[strings.LastIndex(first, ",")+1:]); err != nil || got != want {
			t.Errorf("%s: %q, not %q: %v", claims, got, want, err)
		}
	}
	keep(t, d, said(5002, -1, track.InTransit), said(5011, -30, track.Accepted), said(5012, -1, track.Delivered), said(5012, -30, track.Accepted))
	if got := list(); got != "" {
		t.Errorf("what clears itself is still there: %s", got)
	}
	if got, err := room.Track(t.Context(), "5002-1"); err != nil || got.Wrong != nil || len(got.Events) != 2 || got.Standing.State != track.InTransit {
		t.Errorf("%+v, %v", got, err)
	}
}

// boundPage is how much longer the list may take than the reading of its rows alone.
const boundPage = 3.0

func BenchmarkExceptions(b *testing.B) {
	parcels := 5_000
	if n, err := strconv.Atoi(os.Getenv("PACKBENCH_TRACKED")); err == nil && n > 0 {
		parcels = n
	}
	d := foldertest.Shop(b)
	leave(b, d, "1", 10_000, parcels)
	var events []track.Event
	for i := 10_000; i < 10_000+parcels; i++ {
		last := track.InTransit
		switch i % 20 {
		case 0:
			continue // never scanned
		case 1:
			last = track.AttemptFailed
		}
		events = append(events, said(i, -70, track.Accepted), said(i, -60, track.InTransit), said(i, -20, last))
	}
	keep(b, d, events...)
	room := aftercare.New(d)
	now := foldertest.Noon()
	if _, err := room.Exceptions(b.Context()); err != nil { // what lanes usually do is worked out once in a while
		b.Fatal(err)
	}
	var page, plain time.Duration
	for b.Loop() {
		start := time.Now()
		all, err := room.Exceptions(b.Context())
		if page += time.Since(start); err != nil || len(all) != parcels/10 {
			b.Fatal(len(all), err)
		}
		start = time.Now()
		if _, err := d.Store.OnTheirWay(b.Context(), now.AddDate(0, 0, -60), now.AddDate(0, 0, -2)); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
	}
	b.ReportMetric(float64(page)/float64(plain), "ratio")
	b.ReportMetric(boundPage, "bound")
}
