package figures_test

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/figures"
	"packbench/cmd/internal/folder/desks"
	"packbench/cmd/internal/folder/foldertest"
	count "packbench/station/figures"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/track"
)

// fate is what the generator knows of a parcel: the second computation counts these.
type fate struct {
	order, carrier   string
	units            int
	handed, promised time.Time
	delivered        time.Time
	attempts         int
	problem          bool
	scanned, heard   bool
	back             int
	why              string
	arrived, paid    time.Time // of its return
	asked            bool
}

// month plays a month of a shop: 700 parcels in five weeks by three carriers, one of which
// tells nothing, with attempts, delays, returns, refunds, cases and questions.
func month(t *testing.T) (*count.Report, []fate, int, time.Time) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 15))
	d := foldertest.Shop(t)
	now := foldertest.Noon()
	d.Clock = func() time.Time { return now }
	start := time.Date(2026, 10, 26, 9, 0, 0, 0, time.UTC) // a Monday
	w := foldertest.NewWriter(t, d, "S1")
	var all []fate
	var events []track.Event
	reasons := []string{"wrong-item", "unwanted", "fit", ""}
	caught := 0
	for i := range 700 {
		at := start.Add(time.Duration(i) * 57 * time.Minute)
		f := fate{order: fmt.Sprint(9000 + i), carrier: []string{"usps", "dhl", "mute"}[i%3], units: 1 + r.IntN(3), handed: at, promised: day(at.AddDate(0, 0, 1+r.IntN(3)))}
		if r.IntN(10) == 0 {
			f.promised = time.Time{}
		}
		id, number, sscc := f.order+"-1", "N"+f.order, fmt.Sprintf("0952000%011d", i)
		say := func(after time.Duration, s track.State) time.Time {
			when := at.Add(after)
			if f.carrier == "mute" || when.After(now) {
				return time.Time{}
			}
			f.heard, f.scanned = true, f.scanned || s.Scanned()
			events = append(events, track.Event{Carrier: f.carrier, Number: number, Parcel: id, At: when, State: s, Code: string(s)})
			return when
		}
		if r.IntN(20) > 0 {
			say(5*time.Hour, track.Accepted)
			switch r.IntN(8) {
			case 0:
				if !say(20*time.Hour, track.AttemptFailed).IsZero() {
					f.attempts, f.problem = 1, true
				}
			case 1:
				f.problem = !say(21*time.Hour, track.Delayed).IsZero()
			}
			if r.IntN(15) > 0 {
				f.delivered = say(time.Duration(26+r.IntN(70))*time.Hour, track.Delivered)
			}
		}
		done := pack.ParcelDone{
			Parcel: id, Order: f.order, SSCC: sscc, Tracking: number, Carrier: f.carrier, Service: "s", Promised: f.promised,
			Contents: []pack.Content{{SKU: "HONEY", Line: "1", Qty: f.units}},
		}
		facts := []pack.Fact{
			pack.EffectAsked{Effect: pack.Effect{ID: "e" + id, Kind: pack.EffectBuy, Order: f.order, Parcel: id}},
			pack.LabelKept{Parcel: id, Label: pack.Label{SSCC: sscc, Tracking: number, Document: "d" + id}},
			done,
			pack.LoadingBegan{Manifest: "M" + id, Carrier: f.carrier},
			pack.ParcelLoaded{Manifest: "M" + id, Loaded: pack.Loaded{Parcel: id, Order: f.order, SSCC: sscc}},
			pack.ManifestClosed{Manifest: "M" + id, Driver: "d"},
		}
		if r.IntN(30) == 0 {
			facts, caught = append(facts, pack.CaseOpened{Case: "C" + f.order, Kind: "scan", Code: pack.CodeWrongItem, Order: f.order}), caught+1
		}
		w.WriteAt(at, facts...)
		if r.IntN(12) == 0 && at.Add(100*time.Hour).Before(now) {
			f.back, f.why = 1, reasons[r.IntN(len(reasons))]
			ret := "R-" + f.order
			if f.why != "" {
				if err := d.AtDesk(t.Context(), returns.Announced{Return: ret, Order: f.order, Parcel: id, SSCC: sscc, Comes: []returns.Comes{{Line: "1", SKU: "HONEY", Qty: 1, Reason: f.why}}, At: at}); err != nil {
					t.Fatal(err)
				}
				if err := d.Store.CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			f.arrived = at.Add(100 * time.Hour)
			w.WriteAt(f.arrived, pack.ReturnOpened{Return: ret, Sent: &pack.Sent{Order: f.order, Parcel: id, SSCC: sscc}},
				pack.ReturnUnit{Return: ret, Back: pack.Back{N: 1, Line: "1", SKU: "HONEY", Qty: 1}}, pack.ReturnClosed{Return: ret, Units: 1, Due: f.arrived.AddDate(0, 0, 14)})
			if r.IntN(3) > 0 {
				f.paid = now
				if err := d.Store.CatchUp(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := d.AtDesk(t.Context(), returns.Settled{Return: ret, Paid: true}); err != nil {
					t.Fatal(err)
				}
			}
		}
		f.asked = r.IntN(40) == 0
		all = append(all, f)
	}
	if _, err := heard.Keep(t.Context(), d, "acct", events...); err != nil {
		t.Fatal(err)
	}
	chain, err := desks.Carriers(t.Context(), d.Store)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range all {
		if f.asked {
			now = foldertest.Noon().Add(time.Duration(i) * time.Nanosecond)
			fact := track.BuyerAsked{Parcel: f.order + "-1", By: "V1"}
			if err := d.DecideIn(t.Context(), chain, func() (pack.Event, []pack.Fact, error) { return fact, []pack.Fact{fact}, nil }); err != nil {
				t.Fatal(err)
			}
		}
	}
	now = foldertest.Noon().Add(time.Second)
	got, err := figures.Report(t.Context(), d, 6)
	if err != nil {
		t.Fatal(err)
	}
	return &got, all, caught, now
}

func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// second counts the figures of some parcels in another way: one number after the other, of
// what the generator knows.
func second(all []fate, now time.Time) map[string][3]float64 { // value, of, unknown
	out := map[string][3]float64{}
	var times []float64
	var good, of, unknown [8]float64
	units, backUnits, wrongUnits, asked := 0, 0, 0, 0
	for _, f := range all {
		units += f.units
		backUnits += f.back
		if f.why == "wrong-item" {
			wrongUnits += f.back
		}
		if f.asked {
			asked++
		}
		if !f.delivered.IsZero() {
			times = append(times, f.delivered.Sub(f.handed).Hours())
		}
		told := f.carrier != "mute"
		add := func(i int, known, is bool) {
			if !known {
				unknown[i]++
				return
			}
			of[i]++
			if is {
				good[i]++
			}
		}
		late := day(now).After(f.promised)
		if f.promised.IsZero() || f.delivered.IsZero() && late && !told {
			add(0, false, false)
		} else if !f.delivered.IsZero() || late {
			add(0, true, !f.delivered.IsZero() && !day(f.delivered).After(f.promised))
		}
		if f.scanned || !told || now.Sub(f.handed) > 24*time.Hour {
			add(1, told, f.scanned)
		}
		add(2, f.attempts > 0 || !f.delivered.IsZero(), f.attempts == 0)
		add(3, f.heard, f.problem)
		add(4, true, f.why != "wrong-item")
	}
	slices.Sort(times)
	at := func(p float64) float64 {
		if len(times) == 0 {
			return 0
		}
		return times[int(math.Ceil(p*float64(len(times))))-1]
	}
	out["delivery-median"] = [3]float64{at(0.5), float64(len(times)), float64(len(all) - len(times))}
	out["delivery-p90"] = [3]float64{at(0.9), float64(len(times)), float64(len(all) - len(times))}
	for i, key := range []string{"on-time", "valid-tracking", "first-attempt", "exceptions", "order-accuracy"} {
		out[key] = [3]float64{good[i] / max(of[i], 1), of[i], unknown[i]}
	}
	out["return-rate"] = [3]float64{float64(backUnits) / float64(max(units, 1)), float64(units), 0}
	out["escaped"] = [3]float64{float64(wrongUnits) * 1000 / float64(max(units, 1)), float64(units), 0}
	return out
}

// The figures of a simulated month, in all and week by week, are those of a second
// computation over what its generator knows.
func TestFiguresOfAMonth(t *testing.T) {
	got, all, caught, now := month(t)
	check := func(when string, of []fate, value func(count.Figure) count.Value) {
		t.Helper()
		want := second(of, now)
		for _, f := range got.Figures {
			w, both := want[f.Key]
			if v := value(f); both && (math.Abs(v.Value-w[0]) > 1e-9 || float64(v.Of) != w[1] || float64(v.Unknown) != w[2]) {
				t.Errorf("%s, %s: %+v, want %v", when, f.Key, v, w)
			}
		}
	}
	check("in all", all, func(f count.Figure) count.Value { return f.All })
	byKey := map[string]count.Figure{}
	for _, f := range got.Figures {
		byKey[f.Key] = f
	}
	n := 0
	for i, monday := range got.Weeks {
		var of []fate
		for _, f := range all {
			if !f.handed.Before(monday) && f.handed.Before(monday.AddDate(0, 0, 7)) {
				of = append(of, f)
			}
		}
		n += len(of)
		check(monday.Format("week of 2006-01-02"), of, func(f count.Figure) count.Value { return f.Weeks[i] })
	}
	if n != len(all) || len(got.Weeks) != 6 {
		t.Errorf("%d of %d parcels are in %d weeks", n, len(all), len(got.Weeks))
	}
	var refunds []float64
	var oldest time.Time
	owed, asked, units := 0, 0, 0
	for _, f := range all {
		units += f.units
		if f.asked {
			asked++
		}
		switch {
		case f.back > 0 && f.paid.IsZero():
			if owed++; oldest.IsZero() || f.arrived.Before(oldest) {
				oldest = f.arrived
			}
		case f.back > 0:
			refunds = append(refunds, f.paid.Sub(f.arrived).Hours())
		}
	}
	slices.Sort(refunds)
	if v := byKey["refund-median"].All; v.Of != len(refunds) || v.Unknown != owed || math.Abs(v.Value-refunds[(len(refunds)+1)/2-1]) > 1e-9 {
		t.Errorf("refunds: %+v, want the middle of %v, %d owed", v, refunds, owed)
	}
	if got.Open != owed || !got.Oldest.Equal(oldest) {
		t.Errorf("owed: %d, the oldest of %s; want %d, %s", got.Open, got.Oldest, owed, oldest)
	}
	if v := byKey["look-ups"].All; v.Of != len(all) || math.Abs(v.Value-100*float64(asked)/float64(len(all))) > 1e-9 {
		t.Errorf("questions: %+v, want %d of %d", v, asked, len(all))
	}
	if v := byKey["caught"].All; math.Abs(v.Value-1000*float64(caught)/float64(units)) > 1e-9 {
		t.Errorf("caught: %+v, want %d of %d", v, caught, units)
	}
	lanes, problems, back := 0, 0, 0
	for _, l := range got.Lanes {
		lanes += l.Parcels
	}
	for _, p := range got.Problems {
		problems += p.N
	}
	for _, c := range got.Cohorts {
		for _, why := range c.Reasons {
			back += why.N
		}
	}
	wantProblems, wantBack := 0, 0
	for _, f := range all {
		if wantBack += f.back; f.problem {
			wantProblems++
		}
	}
	if lanes != len(all) || problems != wantProblems || back != wantBack {
		t.Errorf("lanes hold %d of %d parcels, kinds %d of %d exceptions, reasons %d of %d units", lanes, len(all), problems, wantProblems, back, wantBack)
	}
	files(t, *got)
}

// files: a workbook whose texts are texts, with the definition beside each number, and a report.
func files(t *testing.T, r count.Report) {
	t.Helper()
	r.Lanes = append(r.Lanes, count.Lane{Carrier: `=HYPERLINK("http://x")`, Lane: "+1", Parcels: 1})
	var xlsx, pdf bytes.Buffer
	if err := cmp.Or(figures.Write(r, "Shop", "xlsx", &xlsx), figures.Write(r, "Shop", "pdf", &pdf)); err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(pdf.Bytes(), []byte("%PDF-")) || pdf.Len() < 5000 {
		t.Errorf("the report has %d bytes", pdf.Len())
	}
	book, err := excelize.OpenReader(&xlsx)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("Figures")
	if err != nil || len(rows) != len(count.Keys())+1 || rows[0][7] != "means" || !strings.Contains(rows[3][7], "promised when it left") {
		t.Errorf("%v, %v", rows, err)
	}
	lanes, _ := book.GetRows("Carriers and lanes")
	cell := fmt.Sprintf("A%d", len(lanes))
	formula, _ := book.GetCellFormula("Carriers and lanes", cell)
	if text, _ := book.GetCellValue("Carriers and lanes", cell); formula != "" || text != `=HYPERLINK("http://x")` {
		t.Errorf("%s holds the formula %q, the text %q", cell, formula, text)
	}
}

// A folder in which nothing has left yet says so: nothing is 0 that nobody knows.
func TestNothingHasLeft(t *testing.T) {
	r, err := figures.Report(t.Context(), foldertest.Shop(t), 4)
	if err != nil || len(r.Weeks) != 4 {
		t.Fatal(r, err)
	}
	for _, f := range r.Figures {
		if f.All.Known || count.WordOf(f.Key).Text() == "" {
			t.Errorf("%+v", f)
		}
	}
	if _, err := figures.Report(t.Context(), foldertest.Shop(t), 0); err == nil {
		t.Error("figures of no week")
	}
}
