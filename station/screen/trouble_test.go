package screen

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/pack"
)

// What comes by itself is told so, and what does not is told to be tried again:
// nobody may wait for a label that never comes (L4).
func TestTroubleSaysWhetherTheLabelComesByItself(t *testing.T) {
	for words, again := range map[string]bool{
		"the printer has no labels or paper: Load the printer. It prints by itself then; do not print again.":                       false,
		"the printer is off or out of reach: Switch the printer on and check its cable.":                                            false,
		"the document could not be written: no space left on device: Free space on the disk, then try again.":                       true,
		"the printer refused the job: Check the printer's queue and label size in the settings, then print again.":                  true,
		"the job was cancelled: Print again if the page is still wanted.":                                                           true,
		"the document could not be written: not a directory: Mend the folder for documents, or choose another one, then try again.": true,
	} {
		s, ok := sayPrinter(pack.Verdict{Kind: pack.Refused, Code: pack.CodePrinterTrouble, Reason: words}, nil)
		if !ok || strings.Contains(s.Step, "try again") != again || strings.Contains(s.Step, "by itself") == again {
			t.Errorf("%s: %+v", words, s)
		}
		if fix := troubleFix(words); strings.Contains(fix, "Try again") != again {
			t.Errorf("%s: the page says %q", words, fix)
		}
	}
	if fix := troubleFix("the document could not be written: no space left on device: x"); !strings.Contains(fix, "Free space") {
		t.Errorf("a full disk: %q", fix)
	}
}

// A paper's row says how it stands also where nobody remembers the words about
// it any more.
func TestPapersSayHowTheyStand(t *testing.T) { // L3
	p := pack.Parcel{
		ID: "1-1", Papers: map[string]int{"inside": 1, "return": 1, "customs": 1},
		PaperStates: map[string]pack.PrintState{"slip": pack.PrintTrouble, "inside": pack.PrintUnknown, "return": pack.PrintPrinted, "customs": pack.PrintAsked},
	}
	s := pack.State{Pending: map[string]pack.Effect{"S1.1.1": {ID: "S1.1.1", Kind: pack.EffectPaper, Parcel: "1-1", Do: "customs"}}}
	want := []PaperRow{
		{Name: "Packing slip", Words: "not printed", Kind: pack.Asked},
		{Name: "Inside slip", Words: "nobody knows whether it was printed", Kind: pack.Asked},
		{Name: "Return label", Words: "printed", Kind: pack.Accepted},
		{Name: "Customs paper", Words: "printing", Kind: pack.Info},
	}
	got := papers(s, p)
	for i := range got {
		got[i].Shape = ShapeNone
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	v := pack.Verdict{Kind: pack.Accepted, Code: pack.CodeOrderClosed, Order: "1", Parcel: "1-1", Missing: []string{"slip", "customs"}}
	const words = "Order 1 is complete, but the packing slip and the customs paper of 1-1 did not come out"
	if said := Say(v, nil); !strings.HasPrefix(sentence(said.Fact), words) {
		t.Errorf("%q", sentence(said.Fact))
	}
}
