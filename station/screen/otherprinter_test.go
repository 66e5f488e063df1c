package screen

import (
	"testing"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
)

// A label that was made for another printer is not mended by trying again: the
// next step is the one that helps.
func TestALabelForAnotherPrinterIsVoided(t *testing.T) {
	in := BenchInputs{State: pack.State{Phase: pack.Closing, Work: &pack.Work{Order: "1003", Step: pack.Closing, Parcel: pack.Parcel{
		ID: "1003-1", Label: &pack.Label{},
	}}}}
	prints(&in, pack.DocumentLabel, pack.PrintTrouble, "this label was made for another printer: Void it and make a new one")
	if n := closingNext(say.English, in.State); n.Text != "Void the label" || n.Note != "This label was made for another printer" {
		t.Errorf("%+v", n)
	}
	in.State.Documents[len(in.State.Documents)-1].Trouble = trouble.New(trouble.LabelUnreadable, "the PDF has nothing on its pages")
	if n := closingNext(say.English, in.State); n.Text != "Void the label" {
		t.Errorf("%+v", n)
	}
	prints(&in, pack.DocumentLabel, pack.PrintTrouble, "the printer refused the job: Check the printer's queue.")
	if n := closingNext(say.English, in.State); n.Text != "Fix it, then press Try again" {
		t.Errorf("%+v", n)
	}
}
