package screen

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

var update = flag.Bool("update", false, "write the golden texts anew")

var noon = time.Date(2026, 11, 23, 14, 32, 10, 0, time.UTC)

// golden compares a view, as indented JSON without its empty parts, with the
// stored text.
func golden(t *testing.T, name string, v View) {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		t.Fatal(err)
	}
	text, err := json.MarshalIndent(prune(tree), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(text) + "\n"; got != string(want) {
		t.Errorf("%s differs from %s:\n%s", name, path, firstDifference(got, string(want)))
	}
}

// prune leaves out what is empty, and what is told by another field anyway.
func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["Intent"]; ok {
			return button(v)
		}
		out := map[string]any{}
		for k, x := range v {
			if p := prune(x); p != nil && k != "Tile" && k != "Shape" && k != "Initials" {
				out[k] = p
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		var out []any
		for _, x := range v {
			out = append(out, prune(x))
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case string:
		if v == "" {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

// button writes an action in one line: "do:undo: Undo, F2, undo".
func button(v map[string]any) any {
	if v["ID"] == "" {
		return nil
	}
	text := fmt.Sprint(v["ID"], ": ", v["Label"])
	for _, k := range []string{"Key", "Command"} {
		if v[k] != "" {
			text += fmt.Sprint(", ", v[k])
		}
	}
	for _, k := range []string{"Primary", "On", "Destructive"} {
		if v[k] == true {
			text += ", " + strings.ToLower(k)
		}
	}
	if v["Enabled"] != true {
		text += ", off"
	}
	return text
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return strings.Join(a[max(0, i-4):min(len(a), i+3)], "\n") + "\nwanted\n" + b[i]
		}
	}
	return "one is longer"
}

func sample(phase pack.Phase) BenchInputs {
	s := pack.New()
	s.Rules.Station, s.Phase, s.Person = "S1", phase, pack.Person{ID: "p1", Role: station.Packer}
	goods := func(id, sku, name string, want, in int) pack.Line {
		return pack.Line{LineInfo: pack.LineInfo{ID: id, SKU: sku, Name: name, Bin: "A-" + id, Qty: want, Kind: station.Goods, Mass: 100 * unit.Gram}, In: in}
	}
	s.Work = &pack.Work{
		Order: "1042", ShipBy: noon.Add(88 * time.Minute), Service: "express", Gift: true, Step: phase, Parcels: 1,
		Lines: []pack.Line{
			goods("1", "CANDLE", "Candle", 1, 1), goods("2", "MUG-W", "Mug, white", 3, 2), goods("3", "NAIL", "Nails", 40, 0),
			{LineInfo: pack.LineInfo{ID: "4", Kind: station.Note, Qty: 1}},
		},
		Parcel: pack.Parcel{ID: "S1-7", Carton: &pack.Carton{ID: "M"}, Actions: []pack.Action{{Line: "2"}}},
	}
	s.Recent = []*pack.Verdict{{At: noon.Add(-2 * time.Second), Kind: pack.Accepted, Code: pack.CodeItem, Line: "2", SKU: "MUG-W", Name: "Mug, white", Have: 2, Want: 3}}
	return BenchInputs{
		State: s, Names: say.Names{"p1": "Packer One", "p2": "Supervisor One", "express": "Demo Express"}, Now: noon, Theme: Light,
		Order: &station.Order{ID: "1042", To: station.Address{Name: "Sample Customer", City: "Graz", Country: "AT"}, Lines: []station.Line{{ID: "4", Text: "Gift wrap"}}},
		Scale: LiveScale{State: pack.ScaleSteady, Mass: 812 * unit.Gram, Heard: noon.Add(-time.Second)},
		Lamps: []Lamp{{Kind: "scale", Name: "scale", Colour: LampGreen, Words: "ready"}},
	}
}

func refuse(in *BenchInputs, v pack.Verdict) {
	v.At, v.Kind = noon.Add(-time.Second), pack.Refused
	in.State.Recent = append([]*pack.Verdict{&v}, in.State.Recent...)
}

func TestBenchViews(t *testing.T) {
	for _, c := range []struct {
		name   string
		phase  pack.Phase
		change func(*BenchInputs)
	}{
		{"signed-out", pack.SignedOut, func(in *BenchInputs) { in.State.Person, in.State.Recent = pack.Person{}, nil }},
		{"idle", pack.Idle, func(in *BenchInputs) {
			in.State.Work, in.State.Recent = nil, nil
			in.State.Parked = map[string]*pack.Work{"1038": {}}
			in.Counts = Counts{Due: 9, Parcels: 3, Cutoffs: []Cutoff{{At: noon.Add(-time.Minute), Open: 1, Done: 2}}}
		}},
		{"opening", pack.Opening, func(in *BenchInputs) { in.State.Work = nil }},
		{"packing", pack.Packing, nil},
		{"refusal", pack.Packing, func(in *BenchInputs) {
			refuse(in, pack.Verdict{Code: pack.CodeWrongItem, SKU: "MUG-B", Name: "Mug, blue", Expected: []string{"MUG-W", "NAIL", "X", "Y", "Z"}})
			in.Lamps = []Lamp{{Name: "scale", Colour: LampRed, Words: "unplugged", Fix: "push its plug in"}}
		}},
		{"not-recorded", pack.Packing, func(in *BenchInputs) { // A3
			in.Lost = &Lost{Again: "scan it again", Cause: "the disk is full", Fix: "Free some space on this disk; nothing was half written."}
		}},
		{"recording-again", pack.Packing, func(in *BenchInputs) { in.Lost = &Lost{Again: "scan it again", Back: true} }},
		{"cancelled", pack.Packing, func(in *BenchInputs) { in.State.Work.Blocked = pack.CodeOrderCancelled }},
		{"sure", pack.Packing, func(in *BenchInputs) {
			in.State.Armed = "cancel"
			in.State.Question = &pack.Question{Code: pack.CodeCancelled, Choices: []pack.Choice{{N: 1, Text: "cancel"}}}
		}},
		{"weighing", pack.Weighing, func(in *BenchInputs) { in.Scale.State = pack.ScaleMoving }},
		{"weight-off", pack.Weighing, func(in *BenchInputs) {
			in.State.Scale.Latest = &pack.Weighed{Scale: pack.ScaleSteady, Mass: 500 * unit.Gram, Expect: &pack.Expect{
				Known: true, Mass: 812 * unit.Gram, Tolerance: 20 * unit.Gram, Cause: &pack.Cause{Kind: "missing", SKU: "MUG-W", N: 1},
			}}
		}},
		{"choosing", pack.Choosing, func(in *BenchInputs) {
			p := &in.State.Work.Parcel
			p.Weight = &pack.Weight{Mass: 820 * unit.Gram, Known: true, Expected: 812 * unit.Gram, Tolerance: 20 * unit.Gram}
			eur := func(n int64) unit.Money { return unit.Money{Minor: n, Currency: "EUR"} }
			p.Quotes = []pack.Quote{
				{Service: "slow", Name: "Demo Parcel", Price: eur(400), Allowed: true, Reliability: 942, Promise: noon.AddDate(0, 0, 3), Reason: "too late"},
				{Service: "express", Name: "Demo Express", Price: eur(740), Allowed: true, Chosen: true, Reliability: 981, Promise: noon.AddDate(0, 0, 1), Reason: "keeps the promise"},
				{Service: "velo", Name: "Velo", Reason: "does not go there"},
			}
		}},
		{"printer-trouble", pack.Closing, func(in *BenchInputs) {
			p := &in.State.Work.Parcel
			p.Label = &pack.Label{SSCC: "340123450000000017", Tracking: "DX17"}
			prints(in, pack.DocumentLabel, pack.PrintTrouble, "out of paper")
			in.State.Pending = map[string]pack.Effect{"S1.9.1": {Kind: pack.EffectPrint, Document: pack.Document{Kind: pack.DocumentLabel, Of: p.ID}}}
		}},
		{"locked", pack.Locked, func(in *BenchInputs) { refuse(in, pack.Verdict{Code: pack.CodeWrongItem, Name: "Mug, blue"}) }},
		{"help", pack.Packing, func(in *BenchInputs) { in.Help = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := sample(c.phase)
			if c.change != nil {
				c.change(&in)
			}
			golden(t, c.name, Bench(in))
		})
	}
}

func TestNothingOldIsShownAsFresh(t *testing.T) {
	in := sample(pack.Weighing)
	in.Scale.Heard = noon.Add(-3 * time.Second)
	w := Bench(in).Bench.Weight
	if w.Live || strings.Contains(w.Number, "0.812") || !strings.Contains(w.Last, "14:32:07") {
		t.Errorf("a reading of three seconds ago is shown: %+v", w)
	}
	for _, s := range []pack.ScaleState{pack.ScaleOver, pack.ScaleUnder, pack.ScaleNone, pack.ScaleUnknown} {
		in.Scale = LiveScale{State: s, Mass: 812 * unit.Gram, Heard: noon}
		if w := Bench(in).Bench.Weight; w.Live || w.Number != "–" {
			t.Errorf("%s shows %s", s, w.Number)
		}
	}
	seen := map[string]bool{}
	for _, s := range []pack.ScaleState{pack.ScaleZero, pack.ScaleNone, pack.ScaleMoving, pack.ScaleOver, pack.ScaleUnder, pack.ScaleUnknown, pack.ScaleSteady} {
		seen[scaleWords(s)] = true
	}
	if len(seen) != 7 {
		t.Errorf("seven states of the scale have %d words", len(seen))
	}
}

func TestEveryPhaseIsTotal(t *testing.T) {
	for _, phase := range []pack.Phase{"", pack.SignedOut, pack.Idle, pack.Opening, pack.Packing, pack.Weighing, pack.Choosing, pack.Labelling, pack.Closing, pack.Locked, "later"} {
		v := Bench(BenchInputs{State: pack.State{Phase: phase}, Now: noon})
		if v.Bench.Next.Text == "" {
			t.Errorf("%s: nothing is said to do next", phase)
		}
	}
}

func TestTolerance(t *testing.T) {
	for _, c := range []struct {
		mass   unit.Mass
		offset int
		delta  string
	}{{812_000, 0, "±0 g"}, {822_000, 500, "+10 g"}, {792_000, -1000, "–20 g"}, {500_000, -2000, "–312 g"}, {900_000, 2000, "+88 g"}} {
		w := &WeightView{}
		expect(say.English, w, pack.Weight{Mass: c.mass, Known: true, Expected: 812_000, Tolerance: 20_000})
		if w.Offset != c.offset || w.Delta != c.delta {
			t.Errorf("%s: offset %d %s, want %d %s", c.mass, w.Offset, w.Delta, c.offset, c.delta)
		}
	}
}

func TestLateOrdersSaySo(t *testing.T) {
	in := sample(pack.Packing)
	if o := Bench(in).Bench.Order; o.Late || o.LeaveBy != "leave by 16:00" {
		t.Errorf("before its time: %+v", o)
	}
	in.Now = in.Now.Add(2 * time.Hour)
	if o := Bench(in).Bench.Order; !o.Late || o.LeaveBy != "should have left 16:00" || o.Marks[0] != "gift" || o.Marks[1] != "late" {
		t.Errorf("after its time: %+v", o)
	}
}

// V22: what is left out is not done, and the order says so.
func TestWhatIsLeftOutIsTold(t *testing.T) {
	in := sample(pack.Packing)
	l := &in.State.Work.Lines[0]
	l.In, l.Short, l.Reason = 0, l.Qty, "not-found"
	b := Bench(in).Bench
	i := slices.IndexFunc(b.Lines, func(v LineView) bool { return v.ID == l.ID })
	if v := b.Lines[i]; v.Count != "0 of "+digits(l.Qty)+", "+digits(l.Qty)+" short" || !v.Short || v.Note != "Not found" {
		t.Errorf("%+v", v)
	}
	if !strings.HasSuffix(b.Order.Units, ", "+digits(l.Qty)+" short") {
		t.Error(b.Order.Units)
	}
	if c := CardOf(pack.Verdict{Kind: pack.Accepted, Code: pack.CodeOrderClosed, Order: "1", Short: 1}, nil, nil); c.Detail != "Complete, 1 short" {
		t.Error(c.Detail)
	}
}
