package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
)

// world is a shop whose buyers read pages in a folder.
type world struct {
	*testing.T
	*folder.Folder
	write *foldertest.Writer
	now   time.Time
	dir   string
}

func newWorld(t *testing.T, change ...func(*config.Settings)) *world {
	d := foldertest.Shop(t)
	w := &world{T: t, Folder: d, write: foldertest.NewWriter(t, d, "S1"), now: foldertest.Noon(), dir: filepath.Join(t.TempDir(), "www")}
	w.set(append([]func(*config.Settings){func(s *config.Settings) {
		s.TimeZone = "Europe/Berlin"
		s.Site = config.Site{URL: "https://status.shop.example", Place: config.PlaceFolder, To: w.dir, Days: 60, Returns: "returns@shop.example"}
	}}, change...)...)
	return w
}

func (w *world) set(change ...func(*config.Settings)) {
	w.Helper()
	for _, c := range change {
		c(&w.Settings)
	}
	if err := config.Save(w.Path(config.File), w.Settings); err != nil {
		w.Fatal(err)
	}
}

// site is another program on the folder.
func (w *world) site() *Site {
	s := New(w.Folder)
	s.Time, s.Env = func() time.Time { return w.now }, func(string) string { return "" }
	return s
}

const sscc = "095200000000000017"

func done(n int) pack.ParcelDone {
	number := sscc[:17] + string(rune('0'+n))
	return pack.ParcelDone{
		Parcel: "1001-" + string(rune('0'+n)), Order: "1001", SSCC: number, Tracking: "TRACK" + string(rune('0'+n)), Carrier: "demo-post", Service: "post-parcel", Mass: 1_000_000,
		Contents: []pack.Content{{Line: "1", SKU: "MUG-WHITE", Qty: 2}}, Promised: time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC),
	}
}

func (w *world) pack(n int) {
	f := done(n)
	w.write.WriteAt(w.now, pack.LabelKept{Parcel: f.Parcel, Label: pack.Label{SSCC: f.SSCC, Tracking: f.Tracking, Document: "d" + f.Parcel}}, f)
}

func (w *world) handOver(n int) {
	f := done(n)
	w.write.WriteAt(w.now, pack.LoadingBegan{Manifest: "M-" + f.Parcel, Carrier: f.Carrier},
		pack.ParcelLoaded{Manifest: "M-" + f.Parcel, Loaded: pack.Loaded{Parcel: f.Parcel, Order: f.Order, SSCC: f.SSCC}}, pack.ManifestClosed{Manifest: "M-" + f.Parcel, Carrier: f.Carrier})
}

func (w *world) push(put, removed int) Pushed {
	w.Helper()
	came, err := w.site().Push(w.Context())
	if err != nil || came.Trouble != "" {
		w.Fatalf("%+v, %v", came, err)
	}
	if came.Put != put || came.Removed != removed {
		w.Errorf("%+v; want %d written and %d taken away", came, put, removed)
	}
	return came
}

func (w *world) files() (out []string) {
	w.Helper()
	err := filepath.WalkDir(w.dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rest, _ := filepath.Rel(w.dir, path)
			out = append(out, filepath.ToSlash(rest))
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		w.Fatal(err)
	}
	return out
}

func (w *world) addresses() Address {
	w.Helper()
	all, err := w.site().Addresses(w.Context(), "1001")
	if err != nil || len(all) != 1 {
		w.Fatalf("%+v, %v", all, err)
	}
	return all[0]
}

func (w *world) read(link string) string {
	w.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, strings.TrimPrefix(link, "https://status.shop.example/")))
	if err != nil {
		w.Fatal(err)
	}
	return string(data)
}

// A parcel's pages are there once it is packed, change with it, and go when it is void.
func TestTheLifeOfAPage(t *testing.T) { // T3
	w := newWorld(t)
	w.push(0, 0)
	w.pack(1)
	w.push(2, 0)
	at := w.addresses()
	if !at.Read || at.Page == at.Outside {
		t.Errorf("%+v", at)
	}
	for _, link := range []string{at.Page, at.Outside} {
		for _, never := range []string{"1001", sscc, "TRACK"} {
			if strings.Contains(link, never) {
				t.Errorf("%s can be guessed", link)
			}
		}
	}
	if page := w.read(at.Page); !strings.Contains(page, `<html lang="de">`) || !strings.Contains(page, "Gepackt") || !strings.Contains(page, "23. Nov. 2026, 13:00 CET") || strings.Contains(page, "Rücksendung") {
		t.Errorf("the page of a packed parcel:\n%s", page)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(filepath.Join(w.dir, strings.TrimPrefix(at.Page, "https://status.shop.example/")))
		if err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("the web server cannot read it: %v, %v", info.Mode(), err)
		}
	}
	if came := w.push(0, 0); came.Unchanged != 2 {
		t.Errorf("nothing has changed: %+v", came)
	}
	w.now = w.now.Add(time.Hour)
	w.handOver(1)
	w.push(3, 0)
	at = w.addresses()
	if page := w.read(at.Page); !strings.Contains(page, "Dem Paketdienst übergeben") || !strings.Contains(page, at.Return) {
		t.Errorf("the page of a parcel that was handed over:\n%s", page)
	}
	if page := w.read(at.Outside); strings.Contains(page, "1001") || !strings.Contains(page, done(1).SSCC) {
		t.Errorf("the page outside:\n%s", page)
	}
	if form := w.read(at.Return); !strings.Contains(form, "MUG-WHITE") || !strings.Contains(form, `max="2"`) {
		t.Errorf("the form:\n%s", form)
	}
	w.now = w.now.AddDate(0, 0, 3)
	if w.push(1, 0); !strings.Contains(w.read(at.Page), "es verspätet sich") {
		t.Error("the page does not say that it is late")
	}
	if err := w.Store.Followed(t.Context(), store.Tracked{Parcel: "1001-1", Tracking: "TRACK1", State: store.TrackDelivered, At: w.now, Delivered: time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)}); err != nil {
		t.Fatal(err)
	}
	if w.push(1, 0); !strings.Contains(w.read(at.Page), "Zugestellt, sagt der Paketdienst") {
		t.Error("the page does not say that it was delivered")
	}
	w.now = w.now.AddDate(0, 0, 60)
	w.push(0, 3)
	if left := w.files(); len(left) > 0 {
		t.Errorf("after sixty days %v is there", left)
	}
	w.push(0, 0)
}

// What a carrier said counts by the time at which it happened, with the last day to fetch the
// parcel and when that was heard.
func TestAPageSaysWhatTheCarrierSaid(t *testing.T) { // T1, T3
	w := newWorld(t)
	w.pack(1)
	w.handOver(1)
	chain := journal.Chain{Writer: "carrier"}
	for _, e := range []track.Event{
		{State: track.ReadyForPickup, At: w.now.Add(20 * time.Hour), Until: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC)},
		{State: track.InTransit, At: w.now.Add(10 * time.Hour)}, // heard late
	} {
		e.Parcel, e.Number, e.Source, e.Heard = "1001-1", "TRACK1", "file", w.now.Add(24*time.Hour)
		in, facts, err := folder.Codec().Encode(pack.Input{Event: track.Answered{Source: "file"}}, []pack.Fact{e.Told()})
		if err != nil {
			t.Fatal(err)
		}
		row := chain.Next(e.Heard, in, facts)
		if err := w.Store.Append(t.Context(), row); err != nil {
			t.Fatal(err)
		}
		chain = chain.After(row)
	}
	w.now = w.now.Add(25 * time.Hour)
	w.push(3, 0)
	page := w.read(w.addresses().Page)
	for _, must := range []string{"Bereit zur Abholung – 24. Nov. 2026, 09:00 CET", "Abholen bis 30. Nov. 2026.", "24. Nov. 2026, 13:00 CET"} {
		if !strings.Contains(page, must) {
			t.Errorf("it lacks %q:\n%s", must, page)
		}
	}
}

func TestAPageGoesWithItsLabel(t *testing.T) {
	w := newWorld(t)
	w.pack(1)
	w.pack(2)
	w.push(4, 0)
	w.write.WriteAt(w.now, pack.LabelVoided{Parcel: "1001-1", SSCC: done(1).SSCC})
	w.push(1, 2) // what was parcel 2 is parcel 1 now
	if left := w.files(); len(left) != 2 {
		t.Errorf("%v is there", left)
	}
	w.write.WriteAt(w.now, pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "1001-2", Order: "1001", SSCC: done(2).SSCC}})
	w.push(0, 2)
	w.pack(2)
	w.push(2, 0)
}

// Where trace codes lead to the pages, whoever scans one outside finds the page outside.
func TestTraceCodesLeadToThePageOutside(t *testing.T) {
	w := newWorld(t, func(s *config.Settings) { s.GS1.Domain = "status.shop.example" })
	w.pack(1)
	w.push(3, 0)
	if !slices.Contains(w.files(), "00/"+sscc[:17]+"1/index.html") {
		t.Errorf("%v", w.files())
	}
	w.write.WriteAt(w.now, pack.LabelVoided{Parcel: "1001-1", SSCC: done(1).SSCC})
	w.push(0, 3)
	if _, err := os.Stat(filepath.Join(w.dir, "00", sscc[:17]+"1")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("its folder is still there")
	}
}

// A folder that cannot be written is a word, without the name of a page, and nothing is lost.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	w := newWorld(t)
	w.pack(1)
	if err := os.WriteFile(w.dir, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		came, err := w.site().Push(t.Context())
		if err != nil || came.Put != 0 || came.Left != 2 || !strings.Contains(came.Trouble, "cannot be written") || strings.Contains(came.Trouble, ".html") {
			t.Fatalf("%+v, %v", came, err)
		}
		w.now = w.now.Add(time.Hour)
	}
	st, err := w.site().Status(t.Context())
	if err != nil || st.Trouble == "" || !st.Since.Equal(foldertest.Noon()) || st.Left != 2 {
		t.Errorf("%+v, %v", st, err)
	}
	if at := w.addresses(); at.Read {
		t.Error("its page can be read, it says")
	}
	if err := os.Remove(w.dir); err != nil {
		t.Fatal(err)
	}
	w.push(2, 0)
	if st, err := w.site().Status(t.Context()); err != nil || st.Trouble != "" || st.Pages != 2 {
		t.Errorf("%+v, %v", st, err)
	}
}

// flaky is a place that fails, and ends the program, at times.
type flaky struct {
	place
	at   int
	fail map[int]func() error
}

func (f *flaky) Put(ctx context.Context, name string, page []byte) error {
	f.at++
	if fail := f.fail[f.at]; fail != nil {
		return fail()
	}
	return f.place.Put(ctx, name, page)
}

// What was written before a round ends is not written again, and the rest is by the next one.
func TestARoundThatIsCutOffGoesOn(t *testing.T) {
	w := newWorld(t)
	for n := 1; n < 10; n++ {
		w.pack(n)
	}
	set, err := w.site().Set()
	if err != nil {
		t.Fatal(err)
	}
	ctx, kill := context.WithCancel(t.Context())
	f := &flaky{inFolder(w.dir), 0, map[int]func() error{
		3: func() error { return errors.New("busy") },
		9: func() error { kill(); return ctx.Err() },
	}}
	s := w.site()
	_, called, _ := s.connect(set)
	if came, err := s.write(ctx, set, f, called); !errors.Is(err, context.Canceled) || came.Put != 7 {
		t.Fatalf("%+v, %v", came, err)
	}
	if came, err := w.site().write(t.Context(), set, f, called); err != nil || came.Put != 11 || came.Unchanged != 7 || came.Left != 0 {
		t.Fatalf("%+v, %v", came, err)
	}
	f.at, f.fail = 0, map[int]func() error{}
	for i := 1; i < 20; i++ {
		f.fail[i] = func() error { return errors.New("disk full") }
	}
	for n := 1; n < 10; n++ {
		w.handOver(n)
	}
	if came, err := w.site().write(t.Context(), set, f, called); err != nil || came.Put != 0 || f.at != mostTrouble || came.Trouble != "disk full" || came.Left != 19 {
		t.Errorf("%+v after %d tries, %v", came, f.at, err)
	}
	w.push(19, 0)
}

func TestPagesAreOffUnlessSet(t *testing.T) {
	w := newWorld(t, func(s *config.Settings) { s.Site.URL = "" })
	w.pack(1)
	if _, err := w.site().Push(t.Context()); !errors.Is(err, ErrOff) {
		t.Errorf("%v", err)
	}
	if _, ok, err := w.site().Links(t.Context()); ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	w.set(func(s *config.Settings) {
		s.Site = config.Site{URL: "https://status.shop.example", Place: config.PlaceS3, To: "https://s3.example/bucket", User: "AKIA1", Days: 60}
	})
	if came, err := w.site().Push(t.Context()); err != nil || !strings.Contains(came.Trouble, "secret") {
		t.Errorf("without a secret: %+v, %v", came, err)
	}
}

// All pages of a day can be written into any folder.
func TestBuild(t *testing.T) {
	w := newWorld(t)
	w.pack(1)
	w.handOver(1)
	dir := filepath.Join(t.TempDir(), "out")
	if came, err := w.site().Build(t.Context(), dir); err != nil || came.Put != 3 {
		t.Errorf("%+v, %v", came, err)
	}
	w.push(3, 0)
	built, err := os.ReadDir(dir)
	if err != nil || len(built) != 3 || len(w.files()) != 3 || built[0].Name() != w.files()[0] {
		t.Errorf("%v, %v, %v", built, w.files(), err)
	}
}
