package screen

import (
	"slices"
	"testing"

	"packbench/station/pack"
)

// With no order open there is something to undo only while a short can be taken back
// that closed an order. (05)
func TestUndoIsOfferedWhereAShortClosedTheOrder(t *testing.T) {
	for _, closed := range []*pack.Work{nil, {Order: "1042"}} {
		in := BenchInputs{State: pack.State{Phase: pack.Idle, Person: pack.Person{ID: "P1"}, Closed: closed}, Keys: DefaultKeys()}
		offered := slices.ContainsFunc(actions(in, PageIdle), func(a Action) bool { return a.Command == "undo" && a.Enabled && a.Key == "F2" })
		if offered != (closed != nil) {
			t.Errorf("closed %v: undo is offered: %t", closed, offered)
		}
	}
}
