package bench

import (
	"encoding/json"
	"strings"
	"testing"

	"packbench/cmd/internal/doctor"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/upkeep"
	"packbench/station/carrier"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// oneRange gives the sample's express carrier the numbers of its post.
func oneRange(t *testing.T, d *folder.Folder) []byte {
	t.Helper()
	rates, err := d.Store.Rates(t.Context())
	if err != nil || len(rates) != 1 {
		t.Fatalf("%d rate cards, %v", len(rates), err)
	}
	var file map[string]any
	if err := json.Unmarshal(rates[0].Body, &file); err != nil {
		t.Fatal(err)
	}
	carriers := file["carriers"].([]any)
	carriers[1].(map[string]any)["tracking"] = carriers[0].(map[string]any)["tracking"]
	body, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestCarriersWithOneRangeAreRefused(t *testing.T) { // L5
	d := foldertest.Shop(t)
	body := oneRange(t, d)
	const want = "the tracking numbers of carrier demo-post and of carrier demo-express could be the same"
	if _, err := upkeep.New(d).Import(t.Context(), "rates", strings.NewReader(string(body)), "rates.json", nil); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want: %s", err, want)
	}
	if told := doctor.CheckClashes(t.Context(), d); len(told) != 0 {
		t.Errorf("the sample shop: %+v", told)
	}
	if _, err := d.Store.PutRates(t.Context(), []store.Rate{{Name: "sample", Body: body}}); err != nil {
		t.Fatal(err)
	}
	d.Seen = -1 // as the doctor opens it
	if told := doctor.CheckClashes(t.Context(), d); len(told) != 1 || told[0].OK || !strings.Contains(told[0].Message, want) || told[0].Fix == "" {
		t.Errorf("a pair that is here already: %+v", told)
	}
	cards, err := carrier.LoadCards(body)
	if err != nil {
		t.Fatal(err)
	}
	cards.Carriers = cards.Carriers[2:]
	cards.Carriers[0].JSON = []byte(strings.Replace(string(cards.Carriers[0].JSON), `"reliability":`, `"reliability": 1, "reliability":`, 1))
	other, err := cards.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := upkeep.New(d).Import(t.Context(), "rates", strings.NewReader(string(other)), "other.json", nil); err != nil {
		t.Errorf("a carrier that has nothing to do with them does not come in: %v", err)
	}
}

// One number on two labels: each box is closed by its own label only, and the
// bench says that it cannot tell.
func TestANumberOnTwoLabelsIsAskedAbout(t *testing.T) { // L5, S5
	c := newCounter(t, nil, nil)
	if _, err := c.data.Store.PutRates(t.Context(), []store.Rate{{Name: "sample", Body: oneRange(t, c.data)}}); err != nil {
		t.Fatal(err)
	}
	scan := func(code string) { c.do(engine.Scan{Device: "test", Data: code}) }
	first := c.label().Label
	scan(first.Tracking)
	for _, code := range []string{"1002", "9520000000103"} {
		scan(code)
	}
	c.do(engine.Weight{Scale: pack.ScaleSteady})
	c.do(engine.Weight{Scale: pack.ScaleSteady, Mass: 440 * unit.Gram})
	c.allowed("service", "express-road")
	w := c.bench.Engine.State().Work
	if w == nil || w.Parcel.Label == nil || w.Parcel.Label.Tracking != first.Tracking {
		t.Fatalf("%+v", w)
	}
	second := w.Parcel.Label
	scan(first.Tracking)
	s := c.bench.Engine.State()
	if s.Work == nil || s.Question == nil || len(s.Question.Choices) != 3 {
		t.Fatalf("the number of two labels: %+v", s.Recent[0])
	}
	scan("00" + second.SSCC)
	if s := c.bench.Engine.State(); s.Work != nil || s.Phase != pack.Idle {
		t.Errorf("the parcel's own label: %+v", s.Recent[0])
	}
}
