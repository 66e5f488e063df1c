package screen

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
)

// atVan is a bench that loads a van of Demo Post: one parcel is in, two wait.
func atVan() BenchInputs {
	in := sample(pack.Idle)
	in.State.Work = nil
	in.Names["post"], in.Names["velo"] = "Demo Post", "Velo City"
	in.State.Loading = &pack.Loading{Manifest: "M-S1-9", Carrier: "post", Parcels: []pack.Loaded{{Parcel: "1001-1", Order: "1001"}}}
	in.OnDock = []DockParcel{
		{ID: "1003-1", Order: "1003", Carrier: "post", Closed: noon.Add(-time.Hour)},
		{ID: "1002-1", Order: "1002", Carrier: "post", Closed: noon.Add(-2 * time.Hour)},
		{ID: "1001-1", Order: "1001", Carrier: "post", Closed: noon.Add(-3 * time.Hour)}, // the tables are behind
		{ID: "1009-1", Order: "1009", Carrier: "velo", Closed: noon.Add(-4 * time.Hour)},
	}
	in.State.Recent = []*pack.Verdict{{At: noon, Kind: pack.Accepted, Code: pack.CodeHandedOver, Parcel: "1001-1", Order: "1001", Carrier: "post", Have: 1}}
	return in
}

func TestLoadingViews(t *testing.T) {
	for name, change := range map[string]func(*BenchInputs){
		"loading":        func(*BenchInputs) {},
		"loading-driver": func(in *BenchInputs) { in.State.Loading.Driver = true },
		"loading-wrong": func(in *BenchInputs) {
			refuse(in, pack.Verdict{Code: pack.CodeWrongCarrier, Parcel: "1009-1", Order: "1009", Carrier: "velo"})
		},
		"loading-help": func(in *BenchInputs) { in.Help = true },
		"which-van": func(in *BenchInputs) {
			in.State.Loading = nil
			in.Dock = []Waiting{{"post", 1}, {"velo", 12}}
			in.State.Question = &pack.Question{Code: pack.CodeLoading, Choices: []pack.Choice{
				{N: 1, Text: "post", Command: &pack.Command{Name: "handover", Value: "post", Van: &pack.Van{Carrier: "post", Dock: 1}}},
				{N: 2, Text: "velo", Command: &pack.Command{Name: "handover", Value: "velo", Van: &pack.Van{Carrier: "velo", Dock: 12}}},
			}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := atVan()
			change(&in)
			golden(t, name, Bench(in))
		})
	}
}

// A lane is offered by its carrier's name and its own.
func TestALaneIsOfferedByName(t *testing.T) {
	in := atVan()
	van := pack.Van{Carrier: "post", Lane: "BIG", Dock: 2}
	choice := pack.Choice{N: 1, Text: "Post, lane BIG", Command: &pack.Command{Name: "handover", Value: "BIG", Van: &van}}
	if have, want := answer(in, pack.CodeLoading, choice), in.Names.Of("post")+", lane BIG, 2 parcels"; have != want {
		t.Errorf("%q, want %q", have, want)
	}
}

// What lies in the van is not on the dock, whatever the tables still say, and
// other carriers' parcels are not counted.
func TestLoadingCounts(t *testing.T) {
	v := Bench(atVan()).Bench.Loading
	if v.Count != "1 of 3 loaded" || len(v.Dock) != 2 || v.Dock[0].ID != "1002-1" {
		t.Errorf("%s, on the dock %+v", v.Count, v.Dock)
	}
	in := atVan()
	in.OnDock = nil
	if n := Bench(in).Bench; n.Next.Text != "Close the van" || !n.Actions[0].Primary || n.Actions[0].Command != "handover" {
		t.Errorf("with nothing left: %+v, %+v", n.Next, n.Actions[0])
	}
}

// Giving up a loading is asked about once more, as the bench says.
func TestGivingUpIsAskedTwice(t *testing.T) {
	find := func(in BenchInputs) Action {
		acts := Bench(in).Bench.Actions
		return acts[slices.IndexFunc(acts, func(a Action) bool { return a.Command == "cancel" })]
	}
	in := atVan()
	if a := find(in); a.Intent.Command.Name != "cancel" || !a.Enabled {
		t.Errorf("at first: %+v", a)
	}
	in.State.Armed = "cancel"
	if a := find(in); a.Enabled { // the answer stands elsewhere
		t.Errorf("asked: %+v", a)
	}
}

func dockOfToday() DockInputs {
	in := DockInputs{
		Frame: Frame{Station: "S1", Person: pack.Person{ID: "p1"}, Names: say.Names{"p1": "Packer One", "post": "Demo Post"}, Now: noon}, Free: true,
		Manifests: []Manifest{
			{ID: "M-2", Carrier: "post", Driver: "Sample Driver", By: "p1", Closed: noon.Add(-time.Hour), Parcels: 1},
			{ID: "M-1", Carrier: "post", Closed: noon.Add(-3 * time.Hour), Parcels: 2},
		},
		On: []DockParcel{{ID: "1001-1", Order: "1001", Tracking: "QQ1"}},
	}
	for _, id := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		in.Parcels = append(in.Parcels, DockParcel{ID: id, Order: id, Carrier: "post", Closed: noon.Add(-26 * time.Hour)})
	}
	in.Parcels = append(in.Parcels, DockParcel{ID: "9", Order: "9"})
	return in
}

func TestDock(t *testing.T) {
	in := dockOfToday()
	golden(t, "dock", Dock(in))
	in.Selected = "M-1"
	if d := Dock(in).Dock.Detail; d.Title != "Manifest M-1" || !strings.Contains(d.Text, "no longer known") || d.Print.Intent.Name != "M-1" {
		t.Errorf("the chosen one is %+v", d)
	}
	if in, ok := Press(Dock(in), "Esc"); !ok || in.Name != "bench" {
		t.Errorf("Esc gives %+v", in)
	}
}

// What can be pressed at the dock is reached by Tab, and no key means two
// things.
func TestKeysAtTheDock(t *testing.T) {
	sure := atVan()
	sure.State.Loading.Driver = true
	for name, v := range map[string]View{"loading": Bench(atVan()), "driver": Bench(sure), "dock": Dock(dockOfToday())} {
		keys := map[string]string{}
		for _, a := range v.Targets() {
			if other, taken := keys[a.Key]; taken && a.Key != "" {
				t.Errorf("%s: %s is the key of %s and of %s", name, a.Key, other, a.ID)
			}
			keys[a.Key] = a.ID
		}
		if len(v.Targets()) < 4 {
			t.Errorf("%s: only %d things can be pressed", name, len(v.Targets()))
		}
	}
}

// recorded is a trouble as journals of November 2026 say it.
func recorded(words string) trouble.Trouble {
	return pack.Upcast(pack.LabelTroubled{Old: words}).(pack.LabelTroubled).Trouble
}

// prints has a document of the open parcel printed as far as a state.
func prints(in *BenchInputs, kind string, state pack.PrintState, words string) {
	d := pack.Document{Kind: kind, Of: in.State.Work.Parcel.ID}
	in.State.Documents = slices.DeleteFunc(in.State.Documents, func(p pack.Printing) bool { return p.Document == d })
	in.State.Documents = append(in.State.Documents, pack.Printing{Document: d, State: state, Trouble: recorded(words)})
}

// The papers of a parcel say how they stand: the pending one is printing,
// whatever was said about it before.
func TestPapersOfTheParcel(t *testing.T) {
	in := sample(pack.Closing)
	p := &in.State.Work.Parcel
	p.Label = &pack.Label{SSCC: "340123450000000017", Tracking: "DX17"}
	prints(&in, pack.DocumentLabel, pack.PrintPrinted, "")
	for _, kind := range pack.PaperKinds {
		prints(&in, kind, pack.PrintAsked, "")
	}
	in.State.Documents[2].Copy = 1
	said := func(code pack.Code, kind pack.Kind, paper string, reason pack.Reason, why string) *pack.Verdict {
		return &pack.Verdict{At: noon, Kind: kind, Code: code, Parcel: p.ID, Paper: paper, Reason: reason, Trouble: recorded(why)}
	}
	in.State.Recent = []*pack.Verdict{
		said(pack.CodePrinterTrouble, pack.Refused, "slip", "", "the printer is paused: Press Pause or Resume on the printer."),
		said(pack.CodePaper, pack.Info, "inside", pack.ReasonPrinted, ""), said(pack.CodePaper, pack.Info, "customs", pack.ReasonPrinted, ""),
	}
	in.State.Pending = map[string]pack.Effect{"S1.9": {Kind: pack.EffectPrint, Document: pack.Document{Kind: "customs", Of: p.ID}}}
	var got []string
	for _, row := range Bench(in).Bench.Closing.Papers {
		got = append(got, row.Name+": "+row.Words)
	}
	want := []string{"Packing slip: not printed: the printer is paused", "Inside slip: printed, requested 2 times", "Return label: requested", "Customs paper: printing"}
	if !slices.Equal(got, want) {
		t.Errorf("the papers are %q, want %q", got, want)
	}
	in.Help = true
	var cards []string
	for _, a := range Bench(in).Help.More {
		cards = append(cards, a.Command)
	}
	if !slices.Contains(cards, "paper customs") || !slices.Contains(cards, "paper slip") {
		t.Errorf("the help offers %v", cards)
	}
	if Bench(in).Bench.Next.Text != "Scan the label on the box" {
		t.Error("a paper hides what to do with the label")
	}
}

// What the dock does next follows from the list: the driver signs what is
// printed, and nothing else.
func TestTheListOfTheVan(t *testing.T) { // L4, P5
	waiting := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Manifest: "M-1", Carrier: "post", Waits: true, Trouble: recorded("no paper")}
	ended := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Manifest: "M-1", Carrier: "post", Trouble: recorded("refused: look at the queue")}
	made := func(kind pack.Kind, state pack.PrintState) pack.Verdict {
		return pack.Verdict{Kind: kind, Code: pack.CodeManifest, Manifest: "M-1", Carrier: "post", Reason: pack.Reason(state), Qty: 2}
	}
	list := func(state pack.PrintState, words string) []pack.Printing {
		return []pack.Printing{{Document: pack.Document{Kind: pack.DocumentManifest, Of: "M-1"}, Carrier: "post", State: state, Trouble: recorded(words)}}
	}
	printing := map[string]pack.Effect{"S1.1.1": {ID: "S1.1.1", Kind: pack.EffectPrint, Document: pack.Document{Kind: pack.DocumentManifest, Of: "M-1"}}}
	for name, test := range map[string]struct {
		v          pack.Verdict
		lists      []pack.Printing
		pending    map[string]pack.Effect
		says, next string
		again      bool // there is a button for another try
	}{
		"asked": {
			pack.Verdict{Kind: pack.Accepted, Code: pack.CodeHandedOver, Manifest: "M-1", Carrier: "post", Qty: 2},
			nil, printing,
			"2 parcels left with Post, manifest M-1: wait for the list.", "Wait for the list", false,
		},
		"waits": {
			waiting, list(pack.PrintTrouble, "no paper"), printing,
			"The list M-1 is not printed yet (no paper): fix the printer, and it comes by itself.", "The list is not printed yet: fix the printer", false,
		},
		"refused": {
			ended, list(pack.PrintTrouble, "refused: look at the queue"), nil,
			"The list M-1 is not printed (refused: look at the queue): fix it, then try again.", "The list is not printed yet: try again", true,
		},
		"unknown": {
			made(pack.Asked, pack.PrintUnknown), list(pack.PrintUnknown, ""), nil,
			"The manifest M-1 is closed, and we cannot tell whether its list printed: look at the printer, and if there is none print it again from the dock page (reprint-manifest M-1).",
			"Look for the list M-1", false,
		},
		"printed": {made(pack.Accepted, pack.PrintPrinted), nil, nil, "The list M-1 of 2 parcels for Post is printed: have the driver sign it.", "Scan an order or a tote", false},
		"not whole": {
			pack.Verdict{Kind: pack.Accepted, Code: pack.CodeManifest, Manifest: "M-1", Carrier: "post", Reason: "unprintable", Qty: 2},
			nil, nil,
			"The list M-1 is printed, but 2 characters of it could not be: write them on it by hand, and have the driver sign it.", "Scan an order or a tote", false,
		},
		"untimed": {
			made(pack.Accepted, "printed untimed"), nil, nil,
			"The list M-1 of 2 parcels for Post is printed without a time, because the clock was set back while it was loaded: write date and time on it, and have the driver sign it.",
			"Scan an order or a tote", false,
		},
		"sent": {
			made(pack.Accepted, pack.PrintSent), nil, nil,
			"The list M-1 of 2 parcels for Post was sent to a printer that cannot confirm it: have the driver sign it once it is out.", "Scan an order or a tote", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			in := atVan()
			in.State.Loading, in.State.Documents, in.State.Pending = nil, test.lists, test.pending
			in.State.Recent, in.Names = []*pack.Verdict{&test.v}, say.Names{"post": "Post"}
			if have := say.Message(test.v, in.Names); have != test.says {
				t.Errorf("it says %q, want %q", have, test.says)
			}
			b := Bench(in).Bench
			if b.Next.Text != test.next {
				t.Errorf("next is %q, want %q", b.Next.Text, test.next)
			}
			keys, again := map[string]bool{}, false
			for _, a := range b.Actions {
				if keys[a.Key] {
					t.Errorf("two buttons for %s", a.Key)
				}
				keys[a.Key], again = true, again || a.Command == "retry"
			}
			if again != test.again {
				t.Errorf("another try: %v", again)
			}
		})
	}
}
