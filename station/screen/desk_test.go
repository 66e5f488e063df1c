package screen

import (
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

func desk(role station.Role) Frame {
	return Frame{Station: "S1", Person: pack.Person{ID: "p2", Role: role}, Now: noon, Names: say.Names{"p1": "Packer One", "p2": "Supervisor One", "MUG-B": "Mug, blue"}}
}

// V4: title, timeline and reasons are those of one case, whatever stands in the list.
func TestV4ACaseIsShownWithItsOwnReasons(t *testing.T) {
	weight := cases.Case{ID: "c", At: noon, Kind: "weight", Code: pack.CodeWeightOff, Station: "S2", State: cases.Open, Weight: &pack.Weight{Known: true, Mass: 900_000, Expected: 1_000_000, Tolerance: 50_000}}
	in := CasesInputs{Frame: desk(station.Supervisor), Cases: []cases.Case{
		{ID: "a", At: noon.Add(-time.Hour), Kind: "scan", Code: pack.CodeWrongItem, SKU: "MUG-B", Station: "S1", By: "p1", State: cases.Open},
		{ID: "b", At: noon, Kind: "lock", State: cases.Resolved, Station: "S1"},
	}, Filter: AllCases, Shown: &CaseStory{Case: weight, Steps: []cases.Step{{At: noon, Kind: "reopened"}}}}
	v := Cases(in).Cases
	if v.Detail.ID != "c" || v.Detail.Title != "Weight off: –100 g" || len(v.Detail.Timeline) != 1 || v.Rows[0].Chosen {
		t.Errorf("%+v", v.Detail)
	}
	var codes []string
	for _, a := range v.Detail.Resolve {
		codes = append(codes, a.Command)
		if a.Intent.Name != "c" || a.Intent.Value != a.Command {
			t.Errorf("%+v", a.Intent)
		}
	}
	if strings.Join(codes, " ") != "packer-error mass-wrong filling carton-other scale-drift other" {
		t.Errorf("a weight can be resolved by %v", codes)
	}
	in.Answered = "c"
	if v := Cases(in).Cases; len(v.Detail.Resolve) > 0 {
		t.Error("a case that was answered can be answered again")
	}
	if v := Cases(CasesInputs{Frame: desk(station.Supervisor)}).Cases; v.Empty == "" || v.Detail != nil {
		t.Error("an empty desk says nothing")
	}
}

// V5: the number of open cases is that of all of them, and each can be reached.
func TestV5TheListIsTurned(t *testing.T) {
	in := CasesInputs{Frame: desk(station.Supervisor), Cases: make([]cases.Case, 40), Counts: map[string]int{"": 690, "scan": 690}, First: 650, APage: 50}
	v := Cases(in).Cases
	if v.Title != "690 open cases" || v.Paged != "651–690 of 690" || len(v.Pages) != 2 || !v.Pages[0].Enabled || v.Pages[1].Enabled || v.Pages[0].Intent.Value != "12" {
		t.Errorf("%q, %q, %+v", v.Title, v.Paged, v.Pages)
	}
	in.First, in.Counts = 0, map[string]int{"": 40}
	if v := Cases(in).Cases; len(v.Pages) > 0 {
		t.Error("one page can be turned")
	}
}

func TestBalances(t *testing.T) {
	even := balanceRow(say.English, Balance{Of: "units", Left: []Tally{{"accepted", 10}, {"removed", -2}}, Right: []Tally{{"closed", 5}, {"open", 3}}})
	text := ""
	for _, x := range even.Terms {
		text += x.Sign + x.N
	}
	if !even.Even || text != "10–2=5+3" || even.Gap != "" {
		t.Errorf("%s, even %v, gap %q", text, even.Even, even.Gap)
	}
	for want, b := range map[string]Balance{
		"3 out of balance":    {Left: []Tally{{"a", 5}}, Right: []Tally{{"b", 2}}},
		"1 gap: S1-7":         {Left: []Tally{{"a", 2}}, Right: []Tally{{"b", 2}}, Gaps: []string{"S1-7"}},
		"2 gaps: S1-7, S1-10": {Gaps: []string{"S1-7", "S1-10"}},
	} {
		if got := balanceRow(say.English, b); got.Even || got.Gap != want {
			t.Errorf("%q, even %v, want %q", got.Gap, got.Even, want)
		}
	}
}

// V32: a setting of two values turns to the other one; one of more opens them, in words.
func TestSettingsAreChosen(t *testing.T) {
	in := SettingsInputs{Frame: desk(station.Administrator), May: true, Group: "Scale", Groups: []Group{{Title: "Scale", Fields: []Field{
		{Key: "scale.kind", Value: "none", Choices: []Choice{{Value: "serial"}, {Value: "none"}}},
		{Key: "scale.port", Value: "/dev/ttyS0"},
		{Key: "scale.parity", Value: "odd", Choices: []Choice{{Value: "none", Words: "None"}, {Value: "odd", Words: "Odd", Help: "rare"}, {Value: "even", Words: "Even"}}},
	}}}}
	f := Settings(in).Settings.Fields
	if got := f[0].Edit.Intent; got.Kind != IntentSetting || got.Value != "serial" {
		t.Errorf("after none comes %+v", got)
	}
	if got := f[1].Edit.Intent; got.Kind != IntentEdit || got.Value != "/dev/ttyS0" {
		t.Errorf("the port opens %+v", got)
	}
	if f[2].Value != "Odd" || f[2].Note != "rare" || f[2].Edit.Intent.Kind != IntentEdit {
		t.Errorf("one of three is %+v", f[2])
	}
	e := Entry{ID: "scale.parity", Text: "odd", Choices: Options("scale.parity", "odd", in.Groups[0].Fields[2].Choices)}
	v := View{Entry: &e}
	if keys := v.Targets(); len(keys) != 4 || !keys[1].On || keys[2].Intent.Kind != IntentSetting || keys[2].Intent.Value != "even" {
		t.Errorf("the choices are %+v", keys)
	}
	v.Focus = "option:3"
	if got, _ := Press(v, "Enter"); got.Value != "even" {
		t.Errorf("Enter takes %+v", got)
	}
	if got, _ := Press(v, "Esc"); got.Kind != IntentCancel {
		t.Errorf("Esc gives %+v", got)
	}
	if got, ok := Press(v, "x"); ok {
		t.Errorf("a letter gives %+v", got)
	}
	in.May = false
	v = Settings(in)
	if v.Settings.Locked == "" || v.Settings.Fields[0].Edit.Enabled || v.Settings.Save.Enabled {
		t.Error("somebody who may not can change settings")
	}
}

func TestSimulator(t *testing.T) {
	v := simulator(say.English, SimInputs{Mass: 2_500 * unit.Gram, Cables: []SimCable{{"scale", true}, {"scanner", false}}})
	if v.Knob != 500 || v.Cables[0].Intent.Value != "out" || v.Cables[1].Intent.Value != "in" {
		t.Errorf("knob %d, cables %+v", v.Knob, v.Cables)
	}
	if v.Weights[0].Enabled {
		t.Error("a parcel of unknown weight can be put on")
	}
}

func TestRecipient(t *testing.T) {
	for want, a := range map[string]station.Address{
		"Customer, Graz AT":            {Name: "Sample Customer", City: "Graz", Country: "AT"},
		"Sample Customer A, Berlin DE": {Name: "Sample Customer A", City: "Berlin", Country: "DE"},
		"Muster GmbH, Wien AT":         {Company: "Muster GmbH", City: "Wien", Country: "AT"},
		"王小明":                          {Name: "王小明"},
		"Graz":                         {City: "Graz"},
		"":                             {},
	} {
		if got := recipient(a); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	for want, at := range map[string]time.Time{
		"16:00": noon.Add(88 * time.Minute).Truncate(time.Minute), "Tue 09:00": time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		"20 Nov 14:32": noon.AddDate(0, 0, -3), "3 Dec 14:32": noon.AddDate(0, 0, 10), "": {},
	} {
		if got := when(at, noon); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := when(time.Date(2026, 11, 23, 23, 30, 0, 0, time.UTC), noon.In(time.FixedZone("CET", 3600))); got != "Tue 00:30" {
		t.Errorf("half past midnight in the shop's zone is %q", got)
	}
}
