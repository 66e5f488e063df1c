package screen

import (
	"testing"

	"packbench/station"
	"packbench/station/pack"
)

// While a PIN is waited for its field comes first, and shows no digit.
func TestThePINIsTyped(t *testing.T) {
	s := pack.State{Phase: pack.SignedOut, PIN: &pack.PinAsked{Person: pack.Person{ID: "P1", Role: station.Packer, PIN: true}}}
	v := Bench(BenchInputs{State: s, Names: map[string]string{"P1": "Ada"}})
	first := v.Bench.Actions[0]
	if v.Bench.Next.Text != "Type the PIN" || v.Bench.Next.Note != "Ada" || first.ID != "type" || first.Intent.Name != EntryPIN {
		t.Errorf("%+v, %+v", v.Bench.Next, first)
	}
	for _, a := range v.Bench.Actions[1:] {
		if a.ID == "type" {
			t.Error("a code can be typed in its place")
		}
	}
	e := EntryFor(first.Intent)
	if !e.Secret || e.Kind != FieldCount || e.Label == "" {
		t.Errorf("%+v", e)
	}
}
