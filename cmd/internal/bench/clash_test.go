package bench

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"packbench/station/carrier"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// oneRange gives the sample's express carrier the numbers of its post.
func oneRange(t *testing.T, d *Data) []byte {
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
	d := sampleShop(t)
	body := oneRange(t, d)
	const want = "the tracking numbers of carrier demo-post and of carrier demo-express could be the same"
	if _, err := d.Import(t.Context(), "rates", strings.NewReader(string(body)), "rates.json", nil); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want: %s", err, want)
	}
	if told := d.checkClashes(t.Context()); len(told) != 0 {
		t.Errorf("the sample shop: %+v", told)
	}
	if _, err := d.Store.PutRates(t.Context(), []store.Rate{{Name: "sample", Body: body}}); err != nil {
		t.Fatal(err)
	}
	d.seen = -1 // as the doctor opens it
	if told := d.checkClashes(t.Context()); len(told) != 1 || told[0].OK || !strings.Contains(told[0].Message, want) || told[0].Fix == "" {
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
	if _, err := d.Import(t.Context(), "rates", strings.NewReader(string(other)), "other.json", nil); err != nil {
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
	c.do(engine.Press{Command: pack.ReadCommand("service", "express-road")})
	w := c.bench.Engine.State().Work
	if w == nil || w.Parcel.Label == nil || w.Parcel.Label.Tracking != first.Tracking {
		t.Fatalf("%+v", w)
	}
	second := w.Parcel.Label
	scan(first.Tracking)
	s := c.bench.Engine.State()
	if s.Work == nil || s.Question == nil || len(s.Question.Choices) != 2 {
		t.Fatalf("the number of two labels: %+v", s.Recent[0])
	}
	scan("00" + second.SSCC)
	if s := c.bench.Engine.State(); s.Work != nil || s.Phase != pack.Idle {
		t.Errorf("the parcel's own label: %+v", s.Recent[0])
	}
}

// A number on two labels, scanned at a van: only the parcel that is chosen is
// claimed for it, the other one stays on the dock for every bench.
func TestOnlyTheChosenParcelIsClaimedForTheVan(t *testing.T) { // P5, S5
	for name, answer := range map[string]engine.Raw{
		"pressed": engine.Press{Command: pack.ReadCommand("choose", "2")},
		"typed":   engine.Entry{Text: "2"},
		"scanned": engine.Scan{Data: "PB:answer:2"},
	} {
		k := newDock(t)
		other := pack.ParcelDone{Parcel: "1002-1", Order: "1002", SSCC: "095200000000000028", Tracking: "T1", Carrier: "heron", Service: "heron-next"}
		k.one.write(pack.LabelKept{Parcel: "1002-1", Label: pack.Label{SSCC: other.SSCC, Tracking: "T1", Document: "d"}}, other)
		r := newResolver(k.d, "S2")
		s := pack.State{
			Rules: pack.Rules{Station: "S2"}, Person: pack.Person{ID: "p"}, Phase: pack.Idle,
			Loading: &pack.Loading{Manifest: "M-2", Carrier: "heron"},
		}
		give := func(raw engine.Raw) pack.Verdict {
			var event pack.Event
			var facts []pack.Fact
			event, facts, s = k.answer(r, s, raw)
			for _, f := range facts {
				if v, ok := f.(pack.Judged); ok {
					return v.Verdict
				}
			}
			t.Fatalf("%+v has no verdict", event)
			return pack.Verdict{}
		}
		claimed := func(sscc, parcel, order string) bool {
			_, err := k.d.Store.PlaceOf(t.Context(), pack.ParcelRef{ID: parcel, Order: order, SSCC: sscc})
			if err != nil && !errors.Is(err, store.ErrUnknown) {
				t.Fatal(err)
			}
			return err == nil
		}
		if v := give(engine.Scan{Data: "T1"}); v.Code != pack.CodeAmbiguousCode || len(v.Choices) != 2 {
			t.Fatalf("%s: %+v", name, v)
		}
		if claimed(k.parcel.SSCC, "1003-1", "1003") || claimed(other.SSCC, "1002-1", "1002") {
			t.Errorf("%s: a parcel is claimed before anybody chose it", name)
		}
		v := give(answer)
		if v.Code != pack.CodeHandedOver || len(s.Loading.Parcels) != 1 {
			t.Fatalf("%s: %+v", name, v)
		}
		in := s.Loading.Parcels[0]
		if claimed(k.parcel.SSCC, "1003-1", "1003") != (in.SSCC == k.parcel.SSCC) || claimed(other.SSCC, "1002-1", "1002") != (in.SSCC == other.SSCC) {
			t.Errorf("%s: the wrong one is claimed, %s is loaded", name, in.Parcel)
		}
	}
}

// What another van took between the question and the answer is turned away.
func TestTheAnswerSeesWhatHappenedSinceTheQuestion(t *testing.T) { // P5
	k := newDock(t)
	ref := pack.ParcelRef{ID: k.parcel.Parcel, Order: k.parcel.Order, SSCC: k.parcel.SSCC, State: pack.ParcelClosed, Carrier: "heron", Service: "heron-next"}
	s := pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p"}, Loading: &pack.Loading{Manifest: "M-2", Carrier: "heron"}, Question: &pack.Question{
		Code: pack.CodeAmbiguousCode, Choices: []pack.Choice{{N: 1, Meaning: &pack.Meaning{Kind: pack.MeansParcel, Parcel: &ref}}},
	}}
	wantState(t, "the other bench's scan", k.scan("S1", "M-1", k.parcel.SSCC), pack.ParcelClosed)
	k.one.write(k.loaded("M-1"))
	r := newResolver(k.d, "S2")
	_, facts, after := k.answer(r, s, engine.Press{Command: pack.ReadCommand("choose", "1")})
	if len(after.Loading.Parcels) != 0 || after.Recent[0].Reason != "parcel-loading" {
		t.Errorf("%+v", facts)
	}
}
