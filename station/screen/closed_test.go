package screen

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/say"
)

// News of a closed parcel's label names the parcel, and never tells the packer to
// scan it back or to press Try again: neither is there for it (L4, L5).
func TestTheReprintOfAClosedParcelIsNamed(t *testing.T) {
	for want, v := range map[string]pack.Verdict{
		"The label of parcel 7-1 is printed again (lost): stick it on its own box, and throw the first one away.": {
			Kind: pack.Accepted, Code: pack.CodeReprinted, Why: "lost",
		},
		"The label of parcel 7-1 is printed again: stick it on its own box, and throw the first one away.": {
			Kind: pack.Accepted, Code: pack.CodeLabelPrinted,
		},
		"The label of parcel 7-1 was sent to the printer again: stick it on its own box, and throw the first one away.": {
			Kind: pack.Accepted, Code: pack.CodeLabelSent,
		},
		"We cannot tell whether the label of parcel 7-1 printed again: check the printer, and ask for it again if it is missing.": {
			Kind: pack.Refused, Code: pack.CodeLabelUnknownOutcome,
		},
		"The label of parcel 7-1 was not printed again (no paper): fix it, then scan the order and print the label again.": {
			Kind: pack.Refused, Code: pack.CodePrinterTrouble, Trouble: recorded("no paper"),
		},
		"The label of parcel 7-1 is not printed again yet (no paper): fix it, and the label comes by itself.": {
			Kind: pack.Refused, Code: pack.CodePrinterTrouble, Trouble: recorded("no paper"), Waits: true,
		},
	} {
		v.Order, v.Parcel, v.Closed = "7", "7-1", true
		if got := say.Message(v, nil); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	for reason, want := range map[pack.Reason]string{
		"which-parcel": "scan its label", "label-void": "is void", "gone": "has left with its papers", "being-printed": "already",
	} {
		v := pack.Verdict{Kind: pack.Refused, Code: pack.CodeNotNow, Parcel: "7-1", Reason: reason}
		if got := say.Message(v, nil); !strings.Contains(got, want) || strings.Contains(got, string(reason)) {
			t.Errorf("%s: %s", reason, got)
		}
	}
	asked := pack.Verdict{Kind: pack.Asked, Code: pack.CodeAmbiguousCode, Reason: "which-parcel", Order: "7", Choices: []pack.Choice{{N: 1}, {N: 2}}}
	if got := say.Message(asked, nil); got != "Order 7 has several parcels: answer 1 or 2." {
		t.Error(got)
	}
}

// What was shown to an idle bench can be printed again by key and touch too.
func TestTheHelpOffersTheReprintOfWhatWasShown(t *testing.T) { // Q6
	in := sample(pack.Idle)
	in.State.Work = nil
	has := func() bool {
		return slices.ContainsFunc(more(in, PageIdle), func(a Action) bool { return a.Command == "reprint" && a.Intent.Kind == command("reprint", "").Kind })
	}
	if has() {
		t.Error("a reprint is offered although no parcel was shown")
	}
	in.State.Shown = &pack.Shown{Order: "7", Parcel: "7-1"}
	if !has() {
		t.Error("no reprint is offered")
	}
}

// Where labels are saved as files no paper came out, and the card does not say so.
func TestASavedLabelIsNotPrinted(t *testing.T) {
	for to, want := range map[string]string{"": "Label printed", "/data/documents": "Label saved"} {
		in := sample(pack.Closing)
		in.LabelsTo = to
		in.State.Work.Parcel.Label = &pack.Label{Document: "D1"}
		in.State.Recent = []*pack.Verdict{{At: noon, Kind: pack.Accepted, Code: pack.CodeLabelPrinted, Order: "1042", Parcel: "S1-7"}}
		if got := Bench(in).Bench.Card.Head; got != want {
			t.Errorf("labels go to %q: the card says %q, want %q", to, got, want)
		}
	}
}
