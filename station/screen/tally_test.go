package screen

import (
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/unit"
)

// While the scale runs beside the packing, the next thing follows what lies on it.
func TestTheNextThingOnARunningScale(t *testing.T) {
	now := time.Unix(1000, 0)
	in := BenchInputs{State: pack.State{Phase: pack.Packing, Person: pack.Person{ID: "p"}}, Now: now, Scale: LiveScale{State: pack.ScaleSteady, Mass: 900 * unit.Gram, Division: unit.Gram, Heard: now}}
	in.State.Work = &pack.Work{Step: pack.Packing, Lines: []pack.Line{{LineInfo: pack.LineInfo{ID: "1", SKU: "PEN", Name: "Pen", Qty: 9, ByWeight: true}}}}
	in.State.Work.Parcel.ID = "A"
	for _, c := range []struct {
		tally pack.Tally
		loads []pack.Load
		heard time.Time
		want  string
	}{
		{pack.Tally{Line: "1"}, nil, now, "Hands off: the scale is settling"},
		{pack.Tally{Line: "1", Known: true}, nil, now, "Put Pen on the scale"},
		{pack.Tally{Line: "1", Known: true}, []pack.Load{{Parcel: "A", Mass: 900 * unit.Gram, Counted: true}}, now, "Put Pen on the scale"},
		{pack.Tally{Line: "1"}, []pack.Load{{Parcel: "B", Mass: 900 * unit.Gram}}, now, "Clear the scale first"},
		{pack.Tally{Known: true}, nil, now, "Scan an item, then put it on the scale"},
		{pack.Tally{Known: true, Due: []pack.Due{{SKU: "PEN", Qty: 1}}}, nil, now, "Put it on the scale"},
		{pack.Tally{Known: true}, nil, now.Add(-time.Minute), "The scale is silent"},
	} {
		in.State.Tally, in.State.Scale.Loads, in.Scale.Heard = &c.tally, c.loads, c.heard
		if n := next(in); n.Text != c.want {
			t.Errorf("%+v %v: %q, want %q", c.tally, c.loads, n.Text, c.want)
		}
	}
}
