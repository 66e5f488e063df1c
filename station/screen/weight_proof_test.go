package screen

import (
	"testing"

	"packbench/station/pack"
	"packbench/station/unit"
)

// What the scale does not tell is still asked for after a restart, when no verdict says so.
func TestAProofThatIsWaitedForIsTheNextThing(t *testing.T) {
	in := BenchInputs{State: pack.State{Phase: pack.Weighing, Person: pack.Person{ID: "p"}}}
	in.State.Work = &pack.Work{Step: pack.Weighing, Lines: []pack.Line{{LineInfo: pack.LineInfo{ID: "1", SKU: "PEN", Name: "Pen", Qty: 1}, In: 1}}}
	in.State.Work.Parcel.Carton = &pack.Carton{ID: "M"}
	in.State.Work.Parcel.Proof = &pack.Proof{Of: "M, 1 1", Open: []string{"PEN"}, Weighed: &pack.Weighed{Mass: unit.Gram}}
	if n := next(in); n.Text != "Scan Pen once more" || n.Kind != pack.Asked {
		t.Errorf("%+v", n)
	}
	in.State.Work.Lines[0].In = 2 // the contents are others: it is weighed again first
	if n := next(in); n.Text == "Scan Pen once more" {
		t.Errorf("%+v", n)
	}
}
