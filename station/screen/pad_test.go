package screen

import (
	"testing"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// V14: by touch alone a count, a weight, a code and a name can be typed.
func TestV14FieldsAreTypedByTouch(t *testing.T) {
	for id, want := range map[string]string{
		"count": "120", "weight": "1.25 kg", "code": "MUG-W/7", "driver": "Max Müller", "trace": "00123456789012345675",
	} {
		e := EntryFor(Intent{Kind: IntentEdit, Name: id})
		for e.Text != want {
			before := e.Text
			for _, row := range e.Pad() {
				for _, key := range row {
					if next := key.Intent.Value; key.Enabled && key.Intent.Kind == IntentText && key.Label != "Delete" && next != "" &&
						len(next) > len(before) && len(next) <= len(want) && want[:len(next)] == next {
						e.Text = next
					}
				}
			}
			if e.Text == before {
				t.Errorf("%s: no key leads on from %q to %q", id, before, want)
				break
			}
		}
		if e.Text != "" {
			last := e.Pad()[3]
			if del := last[len(last)-1]; id == "count" && del.Intent.Value != "12" {
				t.Errorf("Delete leaves %q of %q", del.Intent.Value, e.Text)
			}
		}
	}
}

// V14: another unit takes the place of the first.
func TestV14OneUnitOfAWeight(t *testing.T) {
	e := Entry{ID: "weight", Text: "1.25 kg"}
	if got := e.key("lb").Intent.Value; got != "1.25 lb" {
		t.Errorf("%q", got)
	}
}

// V14: another box is chosen from tiles; the one in use is marked.
func TestV14BoxesAreTiles(t *testing.T) {
	e := EntryFor(Intent{Kind: IntentEdit, Name: "carton"})
	in := BenchInputs{
		State: pack.State{Phase: pack.Packing, Work: &pack.Work{Order: "1", Parcel: pack.Parcel{Carton: &pack.Carton{ID: "M"}}}}, Entry: &e,
		Cartons: []station.Carton{{ID: "S"}, {ID: "M", Name: "Medium", Outer: unit.Size{Length: 300 * unit.Millimetre, Width: 200 * unit.Millimetre, Depth: 150 * unit.Millimetre}}},
	}
	v := Bench(in)
	if len(v.Entry.Tiles) != 2 || v.Entry.Tiles[1].Words != "300 × 200 × 150 mm" || !v.Entry.Tiles[1].Take.On || v.Entry.Tiles[0].Take.On {
		t.Fatalf("the tiles are %+v", v.Entry.Tiles)
	}
	if c := v.Entry.Tiles[0].Take.Intent.Command; c.Name != "carton" || c.Value != "S" {
		t.Errorf("a tile gives %+v", c)
	}
	if e.Tiles != nil {
		t.Error("the field of before has changed under the window")
	}
}
