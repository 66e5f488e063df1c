package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// caseOf is the case that the last input opened, "" for none; its verdict must name it.
func (d *desk) caseOf(e Event) string {
	d.t.Helper()
	v := d.give(e)
	id := ""
	for _, f := range d.last {
		if c, ok := f.(CaseOpened); ok {
			id = c.Case
		}
	}
	if v.Case != id {
		d.t.Errorf("the verdict names the case %q, opened is %q", v.Case, id)
	}
	return id
}

func ruledDesk(t *testing.T, rules CaseRules) *desk {
	d := newDesk(t)
	d.rules(func(r *Rules) { r.Cases = rules })
	d.openOrder(order1042())
	return d
}

// The shop says which mismatches become cases: of wrong items and unknown codes from the
// second in a row on, with nothing right between them. What is refused stays refused.
func TestCasesFromTheSecondInARow(t *testing.T) {
	d := ruledDesk(t, CaseRules{WrongItem: CaseRule{Row: 2}, UnknownCode: CaseRule{Row: 2}})
	wrong, unknown := scanItem("BLUE", 1), Scanned{Raw: "4000000000006"}
	for i, c := range []struct {
		e    Event
		kept bool
	}{
		{wrong, false}, {wrong, true}, {scanItem("MUG", 1), false}, {wrong, false}, {unknown, false}, {unknown, true}, {do("undo"), false}, {unknown, false},
	} {
		if id := d.caseOf(c.e); id != "" != c.kept {
			t.Errorf("step %d: case %q", i+1, id)
		}
	}
}

// What locks a bench is a case whatever the rules say, and so is who lets a weight pass.
func TestSomeCasesAreNoMatterOfRules(t *testing.T) {
	d := ruledDesk(t, CaseRules{WrongItem: CaseRule{Never: true}, WeightOff: CaseRule{Never: true}})
	for i := range 3 {
		if id := d.caseOf(scanItem("BLUE", 1)); id != "" != (i == 2) {
			t.Errorf("refusal %d: case %q", i+1, id)
		}
	}
	d.give(Unlocked{By: "boss"})
	d.packAll()
	if id := d.caseOf(reading(1300 * unit.Gram)); id != "" {
		t.Errorf("a weight that is off is case %s", id)
	}
	d.give(do("authorise", "", "filling"))
	d.give(badge("boss", station.Supervisor))
	opened := d.written("case-opened")
	if len(opened) != 1 || opened[0].(CaseOpened).Kind != "override" {
		t.Errorf("opened are %+v", opened)
	}
}

// A weight is a case from its own value on, a short line from so many units; a line that
// made no case can be undone.
func TestCasesByTheirValue(t *testing.T) {
	for least, kept := range map[unit.Mass]bool{500 * unit.Gram: true, 500*unit.Gram + 1: false} {
		d := ruledDesk(t, CaseRules{WeightOff: CaseRule{Least: int64(least)}})
		d.packAll()
		if id := d.caseOf(reading(1300 * unit.Gram)); id != "" != kept {
			t.Errorf("from %s on: case %q", least, id)
		}
	}
	for least, kept := range map[int64]bool{3: true, 4: false} {
		d := ruledDesk(t, CaseRules{Short: CaseRule{Least: least}})
		if id := d.caseOf(do("short", "1", "not-found")); id != "" != kept {
			t.Errorf("from %d units on: case %q", least, id)
		}
		d.want(do("undo"), Accepted, CodeUndone, Packing)
		if n := len(d.written("case-withdrawn")); n > 0 != kept {
			t.Errorf("from %d units on: %d cases withdrawn", least, n)
		}
	}
}
