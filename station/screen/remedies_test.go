package screen

import (
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/unit"
)

// What a case leaves to be done is offered to who may do it, and nothing where nobody
// knows a thing to do.
func TestRemediesAreForWhoMay(t *testing.T) {
	story := CaseStory{Case: cases.Case{ID: "S1.3", Kind: cases.KindScan, Order: "1001", Number: "A-1001", SKU: "MUG", State: cases.Open}}
	all := Remedies{Holdable: true, Products: []Remedied{{SKU: "MUG", Mass: 340 * unit.Gram, Packs: []station.Barcode{{Code: "952", Factor: 6}}, Kept: true}}}
	held := all
	held.Held, held.Holdable = true, false
	only := people.Rights{Orders: "no no yes yes", Products: "no no yes yes"}
	for name, c := range map[string]struct {
		of     Remedies
		rights people.Rights
		role   station.Role
		want   string
		learns bool
	}{
		"a supervisor":                {all, people.Rights{}, station.Supervisor, "hold weigh:MUG pack:952 recount:MUG", false},
		"a held order":                {held, people.Rights{}, station.Supervisor, "release weigh:MUG pack:952 recount:MUG", false},
		"where that is the manager's": {all, only, station.Supervisor, "recount:MUG", false},
		"a manager there":             {all, only, station.Manager, "hold weigh:MUG pack:952 recount:MUG", false},
		"a supervisor in training":    {all, people.Rights{}, station.Supervisor, "recount:MUG", true},
		"nothing is known":            {Remedies{}, people.Rights{}, station.Manager, "", false},
	} {
		story.Remedies = c.of
		in := CasesInputs{Frame: Frame{Now: time.Now(), Person: pack.Person{ID: "V1", Role: c.role, Trainee: c.learns}, Rights: c.rights}, Shown: &story}
		asks := false
		for _, a := range Cases(in).Cases.Detail.Acts {
			asks = asks || a.Intent.Value == CaseMore
		}
		if asks != (c.want != "") {
			t.Errorf("%s: the button is there: %v", name, asks)
		}
		in.More = &MoreOffer{Case: "S1.3"}
		var got []string
		for _, a := range Cases(in).Cases.Detail.Resolve {
			got = append(got, a.Intent.Value)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s may %q, want %s", name, got, c.want)
		}
	}
}
