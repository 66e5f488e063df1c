package screen

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/say"
)

// What comes by itself is told so, and what does not is told to be tried again,
// on the card, beside the label and in what is next: nobody may wait for a label
// that never comes, or print one that comes (L4).
func TestTroubleSaysWhetherTheLabelComesByItself(t *testing.T) {
	const (
		paper   = "the printer has no labels or paper: Load the printer. It prints by itself then; do not print again."
		off     = "the printer is off or out of reach: Switch the printer on and check its cable."
		full    = "the document could not be written: no space left on device: Free space on the disk, then try again."
		folder  = "the document could not be written: not a directory: Fix the folder for documents, or choose another one, then try again."
		refused = "the printer refused the job: Check the printer's queue and label size in the settings, then print again."
		secret  = "the printer asks for a name and a password: Allow printing without a password on the printer's settings page."
		taken   = "taken back, because the order is on hold"
	)
	const press = "Press Try again once the printer is ready"
	for words, want := range map[string]string{
		full:    "Free space on the disk or fix its folder, then press Try again",
		folder:  "Free space on the disk or fix its folder, then press Try again",
		refused: press, taken: press, paper: press,
		"the job was cancelled: Print again if the page is still wanted.": press,
		secret: "Allow printing without a password on the printer's settings page. Then press Try again",
	} {
		if card, fix, next := troubleWords(words, false); fix != want || !strings.Contains(card, "press Try again") || !strings.Contains(next, "press Try again") {
			t.Errorf("%s: %q, %q, %q", words, card, fix, next)
		}
	}
	for words, want := range map[string]string{
		paper:           "Load the printer. It prints by itself then; do not print again.",
		off:             "Switch the printer on and check its cable.",
		"out of labels": "The label prints by itself when the printer is ready",
	} {
		if card, fix, next := troubleWords(words, true); fix != want || !strings.Contains(card, "comes by itself") || strings.Contains(card+next, "Try again") {
			t.Errorf("%s: %q, %q, %q", words, card, fix, next)
		}
	}
}

// troubleWords are all that a bench shows of a label that its printer did not print.
func troubleWords(words string, waits bool) (card, fix, next string) {
	in := sample(pack.Closing)
	p := &in.State.Work.Parcel
	p.Label = &pack.Label{}
	prints(&in, pack.DocumentLabel, pack.PrintTrouble, words)
	if waits {
		in.State.Pending = map[string]pack.Effect{"S1.9.1": {Kind: pack.EffectPrint, Document: pack.Document{Kind: pack.DocumentLabel, Of: p.ID}}}
	}
	s := say.Verdict(pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Trouble: recorded(words), Waits: waits}, nil)
	b := Bench(in).Bench
	return s.Step, b.Closing.Fix, b.Next.Text
}

// A paper's row says how it stands also where nobody remembers the words about
// it any more.
func TestPapersSayHowTheyStand(t *testing.T) { // L3
	in := BenchInputs{State: pack.State{
		Work:    &pack.Work{Parcel: pack.Parcel{ID: "1-1"}},
		Pending: map[string]pack.Effect{"S1.1.1": {ID: "S1.1.1", Kind: pack.EffectPrint, Document: pack.Document{Kind: "customs", Of: "1-1"}}},
	}}
	for kind, state := range map[string]pack.PrintState{"slip": pack.PrintTrouble, "inside": pack.PrintUnknown, "return": pack.PrintPrinted, "customs": pack.PrintAsked} {
		prints(&in, kind, state, "")
	}
	want := []PaperRow{
		{Name: "Packing slip", Words: "not printed", Kind: pack.Asked},
		{Name: "Inside slip", Words: "we cannot tell whether it printed", Kind: pack.Asked},
		{Name: "Return label", Words: "printed", Kind: pack.Accepted},
		{Name: "Customs paper", Words: "printing", Kind: pack.Info},
	}
	got := papers(say.English, in.State, "1-1")
	for i := range got {
		got[i].Shape = ShapeNone
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	v := pack.Verdict{Kind: pack.Accepted, Code: pack.CodeOrderClosed, Order: "1", Parcel: "1-1", Missing: []string{"slip", "customs"}}
	const words = "Order 1 is complete, but the packing slip and the customs paper of 1-1 did not come out"
	if said := say.Verdict(v, nil); !strings.HasPrefix(say.Sentence(said.Fact), words) {
		t.Errorf("%q", say.Sentence(said.Fact))
	}
}

// L4: what is wrong with the label stays on the card until somebody has seen to
// it; a paper that comes out meanwhile does not take its place.
func TestTheCardKeepsTheLabelsTrouble(t *testing.T) {
	trouble := pack.Verdict{Code: pack.CodePrinterTrouble, Kind: pack.Refused, Trouble: recorded("the printer has no paper: Load it"), Waits: true}
	lost := pack.Verdict{Code: pack.CodeLabelPrinted, Kind: pack.Accepted, Reason: "unprintable", Qty: 5}
	lacks := pack.Verdict{Code: pack.CodeLabelSent, Kind: pack.Accepted, Reason: "address", Lacks: []string{"postcode", "city"}}
	paper := pack.Verdict{Code: pack.CodePaper, Kind: pack.Info, Reason: "printed", Paper: "customs"}
	for name, c := range map[string]struct {
		label  pack.Verdict
		print  pack.PrintState
		kind   pack.Kind
		detail string
	}{
		"no paper":                  {trouble, pack.PrintTrouble, pack.Refused, "The printer has no paper"},
		"characters that are lost":  {lost, pack.PrintPrinted, pack.Asked, "The label is printed, but 5 characters of it could not be"},
		"an address with gaps":      {lacks, pack.PrintSent, pack.Asked, "The label was sent, but its address has no postcode and no city"},
		"trouble that has cleared":  {trouble, pack.PrintPrinted, pack.Info, "The customs paper of the parcel is printed"},
		"a label as good as any is": {pack.Verdict{Code: pack.CodeLabelPrinted, Kind: pack.Accepted}, pack.PrintPrinted, pack.Info, "The customs paper of the parcel is printed"},
	} {
		in := sample(pack.Closing)
		prints(&in, pack.DocumentLabel, c.print, "")
		c.label.Parcel, paper.Parcel = in.State.Work.Parcel.ID, in.State.Work.Parcel.ID
		in.State.Recent = []*pack.Verdict{&paper, &c.label}
		got := Bench(in).Bench.Card
		if detail := strings.ReplaceAll(got.Detail, paper.Parcel, "the parcel"); got.Kind != c.kind || detail != c.detail {
			t.Errorf("%s: %s %q, want %s %q", name, got.Kind, detail, c.kind, c.detail)
		}
	}
	in := sample(pack.Closing)
	prints(&in, pack.DocumentLabel, pack.PrintPrinted, "")
	in.State.Documents[len(in.State.Documents)-1].Copy = 1
	in.State.Recent = []*pack.Verdict{{Code: pack.CodeLabelPrinted, Kind: pack.Accepted, Parcel: in.State.Work.Parcel.ID}}
	if got := Bench(in).Bench.Card.Detail; !strings.Contains(got, "throw the first one away") {
		t.Errorf("after a reprint the card says %q", got)
	}
}

// The card has room for the first thing to do.
func TestTheCardOfATroubleHasOneStep(t *testing.T) {
	v := pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Waits: true, Trouble: recorded("the printer's memory is damaged: Switch the printer off and on. If that does not help, use another printer.")}
	if got := CardOf(v, nil, nil); got.Step != "Switch the printer off and on, and the label comes by itself" || got.Detail != "The printer's memory is damaged" {
		t.Errorf("%q, %q", got.Detail, got.Step)
	}
}
