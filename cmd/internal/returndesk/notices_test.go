package returndesk_test

import (
	"bytes"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/photos"
	"packbench/cmd/internal/returndesk"
	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/store"
)

// What is wrong with a file is said in the words of whoever wrote it, and without a word of
// what a buyer wrote in it.
func TestWhatIsWrongWithAnAnnouncementIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		`{"order":1001,"lines":[{"sku":"MUG","qty":1}]}`:         "order: it may not be a JSON number",
		`{"order":"1","lines":[{"sku":"MUG","qty":"Jane Doe"}]}`: "qty: a whole number is needed, without quotes",
		`{"order":"1","lines":[{"sku":"MUG","qty":1.5}]}`:        "qty: a whole number is needed, without quotes",
		`["Jane Doe"]`:                       "it is no announcement",
		`{"order":"Jane Doe`:                 "it is no JSON, or was cut off",
		`{"order":"1","line":[{"qty":1}]}`:   "no line says what comes back",
		"<html><body>Jane Doe</body></html>": "the column order is missing",
	} {
		_, err := returndesk.ReadNotices(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "Jane") || strings.Contains(err.Error(), "Go ") {
			t.Errorf("%s: %v, not %q", text, err, want)
		}
	}
}

// Two benches that open a return in the same moment cannot know of each other before: the
// last one has it, and the other counts no unit.
func TestAReturnThatTwoBenchesOpenAtOnce(t *testing.T) {
	w := newWorld(t)
	_, sscc, _, _ := w.sent()
	w.press("return")
	w.scan(sscc)
	open := w.state.Return
	if !open.Known() || open.Sent == nil {
		t.Fatalf("%+v", open)
	}
	in := pack.Input{ID: "S2.1", At: w.d.Clock(), Event: pack.Scanned{Raw: sscc}}
	input, decided, err := folder.Codec().Encode(in, []pack.Fact{pack.ReturnOpened{Return: open.ID, Sent: open.Sent}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.d.Store.Append(t.Context(), (journal.Chain{Writer: "S2"}).Next(in.At, input, decided)); err != nil {
		t.Fatal(err)
	}
	w.scan(w.code("MUG-WHITE"))
	if n, _ := w.state.Return.Total(); n != 0 {
		t.Errorf("%d units count here, too", n)
	}
	// To give it up here takes nothing from the other.
	w.press("cancel")
	if err := w.d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r, err := w.d.Store.Return(t.Context(), open.ID); err != nil || r.State != "open" || r.Station != "S2" {
		t.Errorf("%+v, %v", r, err)
	}
}

// What was missing and comes without a name is missing no longer once that is matched.
func TestWhatCameBlindIsMissingNoLonger(t *testing.T) {
	w := newWorld(t)
	order, sscc, mugs, _ := w.sent()
	take := func(do func()) {
		w.press("return")
		do()
		for range 10 {
			if w.state.Return == nil {
				return
			}
			w.press("finish")
		}
		t.Fatal("a return does not come to its end")
	}
	take(func() {
		w.scan(sscc)
		w.scan("SOAP-OLIVE")
		w.press("grade", "as-new")
		w.press("missing", "MUG-WHITE")
	})
	lacking := func() (n int) {
		all, err := w.d.Store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen, Kind: "return", Order: order})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range all {
			if c.Code == pack.CodeReturnMissing {
				n++
			}
		}
		return n
	}
	if err := w.d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if mugs < 1 || lacking() != 1 {
		t.Fatalf("%d cases of a missing mug", lacking())
	}
	take(func() {
		w.press("blind", "R-1")
		w.scan("MUG-WHITE")
		w.press("grade", "opened")
	})
	desk, who := returndesk.New(w.d), station.Person{ID: "V1", Role: station.Supervisor}
	open, err := desk.List(t.Context(), store.ReturnFilter{Open: true})
	if err != nil || len(open) != 1 || lacking() != 1 {
		t.Fatalf("%+v, %v", open, err)
	}
	w.sent()
	other, _, _, _ := w.sent()
	if a, err := desk.Announce(t.Context(), who, returndesk.Notice{Order: other, Lines: []returndesk.Returned{{SKU: "MUG-WHITE", Qty: 1}}}); err != nil || a.Refused != "" {
		t.Fatal(a, err)
	}
	likely, err := desk.Likely(t.Context(), open[0].ID)
	if err != nil || len(likely) != 3 || likely[0].Order != other { // what was announced comes first
		t.Errorf("it may be of %+v, %v", likely, err)
	}
	if _, err := desk.Match(t.Context(), who, open[0].ID, order+"-1"); err != nil || lacking() != 0 {
		t.Errorf("%d cases of a missing mug are open, %v", lacking(), err)
	}
}

// A photo belongs to a return that has come: it is kept once, and whoever may not take it
// leaves nothing behind.
func TestAPhotoOfAReturnIsKeptOnce(t *testing.T) {
	w := newWorld(t)
	_, sscc, _, _ := w.sent()
	w.press("return")
	w.scan(sscc)
	w.scan("MUG-WHITE")
	w.press("grade", "damaged")
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	desk, id := returndesk.New(w.d), w.state.Return.ID
	if _, err := desk.Photograph(t.Context(), station.Person{ID: "P1", Role: station.Packer}, id, bytes.NewReader(file.Bytes())); err == nil {
		t.Error("a packer without the right keeps a photo")
	}
	if left, err := filepath.Glob(filepath.Join(w.d.DocumentsDir(), "photos", "*")); err != nil || len(left) != 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	var one returns.Photographed
	for range 2 {
		var err error
		if one, err = desk.Photograph(t.Context(), station.Person{ID: "V1", Role: station.Supervisor}, id, bytes.NewReader(file.Bytes())); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.d.Store.Rebuild(t.Context()); err != nil { // the journal has it
		t.Fatal(err)
	}
	for _, read := range []func() ([]string, error){
		func() ([]string, error) { return w.d.Store.ReturnPhotos(t.Context(), id) }, func() ([]string, error) { return w.d.Store.ParcelPhotos(t.Context(), sscc) },
	} {
		if have, err := read(); err != nil || len(have) != 1 || have[0] != one.Hash || !photos.Whole(w.d.DocumentsDir(), one.Hash) {
			t.Errorf("%v, %v", have, err)
		}
	}
}
