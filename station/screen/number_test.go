package screen

import (
	"encoding/json"
	"strings"
	"testing"

	"packbench/station/cases"
	"packbench/station/pack"
)

// Every page calls orders and parcels as people do, and shows no id of theirs
// (O1): where one stands in a list of things to touch, it is not shown.
func TestPagesCallOrdersAsPeopleDo(t *testing.T) {
	shown := func(what string, view View, want ...string) {
		t.Helper()
		data, err := json.Marshal(view)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), `"parked:B:7"`, "")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not show %s: %s", what, w, text)
			}
		}
		if i := strings.Index(text, ":7"); i >= 0 {
			t.Errorf("%s shows an id: …%s", what, text[max(0, i-60):min(len(text), i+60)])
		}
	}
	verdict := &pack.Verdict{
		At: noon, Kind: pack.Refused, Code: pack.CodeLabelWrongBox, Order: "A:7", Number: "A/7", Parcel: "A:7-1", OtherOrder: "B:7", OtherNumber: "B/7",
	}

	in := sample(pack.Closing)
	in.State.Work.Order, in.State.Work.Number, in.State.Work.Parcel.ID = "A:7", "A/7", "A:7-1"
	in.State.Work.Parcel.Label = &pack.Label{SSCC: "095200000000000011"}
	in.State.Recent = []*pack.Verdict{verdict}
	shown("the closing page", Bench(in), `"A/7"`, "A/7-1", "belongs to order B/7, the box is order A/7")

	in = sample(pack.Idle)
	in.State.Work, in.Help = nil, true
	in.State.Parked = map[string]*pack.Work{"B:7": {Order: "B:7", Number: "B/7"}}
	in.State.Shown = &pack.Shown{Order: "A:7", Number: "A/7", Parcel: "A:7-1"}
	in.State.Recent = []*pack.Verdict{verdict}
	shown("the idle page", Bench(in), "Resume B/7", "Print the label of A/7-1 again")
	in.State.Shown.Parcel = ""
	shown("the idle page", Bench(in), "Print the label of order A/7 again")
	in.State.Question = &pack.Question{Code: pack.CodeOrderWhich, Choices: []pack.Choice{{
		N: 1, Text: "my-shop/7", Meaning: &pack.Meaning{Kind: pack.MeansOrder, Orders: []pack.OrderHint{{ID: "A:7", Number: "my-shop/7"}}},
	}}}
	shown("the question", Bench(in), "Open which order?", "my-shop/7")

	in = atVan()
	in.State.Loading.Parcels = []pack.Loaded{{Parcel: "A:7-1", Order: "A:7", Number: "A/7"}}
	in.OnDock = []DockParcel{{ID: "B:7-1", Name: "B/7-1", Order: "B/7", Carrier: "post", Closed: noon}, {ID: "A:7-1", Carrier: "post"}}
	in.State.Recent = nil
	shown("the van", Bench(in), `"A/7-1"`, "order A/7", `"B/7-1"`, "order B/7", "1 of 2 loaded")

	view := Cases(CasesInputs{Frame: Frame{Station: "S1", Now: noon}, Shown: &CaseStory{Case: cases.Case{
		ID: "S1.4", At: noon, Kind: cases.KindLabel, Code: pack.CodeLabelWrongBox, Station: "S1", Order: "A:7", Number: "A/7", State: cases.Open,
	}}})
	shown("the cases", view, "order A/7")
}
