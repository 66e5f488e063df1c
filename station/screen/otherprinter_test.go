package screen

import (
	"testing"

	"packbench/station/pack"
)

// A label that was made for another printer is not mended by trying again: the
// next step is the one that helps.
func TestALabelForAnotherPrinterIsVoided(t *testing.T) {
	s := pack.State{Phase: pack.Closing, Work: &pack.Work{Order: "1003", Step: pack.Closing, Parcel: pack.Parcel{
		ID: "1003-1", Label: &pack.Label{}, Print: pack.PrintTrouble, Words: pack.OtherPrinter + ": Void it and make it anew",
	}}}
	if n := closingNext(s); n.Text != "Void the label" || n.Note != "This label was made for another printer" {
		t.Errorf("%+v", n)
	}
	s.Work.Parcel.Words = "the printer refused the job: Check the printer's queue."
	if n := closingNext(s); n.Text != "Mend it, then press Try again" {
		t.Errorf("%+v", n)
	}
}
