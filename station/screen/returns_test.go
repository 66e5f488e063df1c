package screen

import (
	"testing"

	"packbench/station/pack"
)

// While a return is open the bench's page says what to scan, and its answers are words.
func TestAReturnIsTheNextThingToDo(t *testing.T) {
	in := BenchInputs{State: pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p1"}, Return: &pack.Return{}}}
	if n := next(in); n.Text != "A return" || n.Note == "" {
		t.Errorf("%+v", n)
	}
	in.State.Return.ID = "B-S1-9"
	if n := next(in); n.Text != "Scan the next unit" || n.Note != "return B-S1-9" {
		t.Errorf("%+v", n)
	}
	for text, want := range map[string]string{"as-new": "As new", "our-own": "Our own"} {
		if have := answer(in, pack.CodeReturnUnit, pack.Choice{N: 1, Text: text, Command: &pack.Command{Name: "grade", Value: text}}); have != want {
			t.Errorf("%s is called %q", text, have)
		}
	}
}
