package cases

import (
	"fmt"

	"packbench/station"
	"packbench/station/people"
)

// CaseAssigned: a person is to see to a case, or nobody in particular any more, where To
// is "".
type CaseAssigned struct {
	Case string `json:"Case"`
	To   string `json:"To,omitempty"`
	By   string `json:"By"`
}

// Tag names the type in the journal.
func (CaseAssigned) Tag() string { return "case-assigned" }

// CaseAssigned tells a projection whose case it is.
func (f CaseAssigned) CaseAssigned() (id, to string) { return f.Case, f.To }

// Assign decides whether the asker may have somebody see to a case: whoever it is must
// have the right to resolve one. The zero person is nobody. That their badge counts is the
// caller's to know.
func Assign(c Case, who Asker, to station.Person) (CaseAssigned, error) {
	if err := who.may(people.Cases); err != nil {
		return CaseAssigned{}, err
	}
	if c.State == Resolved {
		return CaseAssigned{}, resolvedAlready(c)
	}
	if to.ID != "" && who.Rights.May(to, people.Cases) != nil {
		return CaseAssigned{}, &Refused{NotTheirs, fmt.Sprintf("%s may not resolve cases", to.ID)}
	}
	return CaseAssigned{Case: c.ID, To: to.ID, By: who.Person.ID}, nil
}

func resolvedAlready(c Case) *Refused {
	return &Refused{AlreadyResolved, fmt.Sprintf("case %s was resolved by %s at %s", c.ID, c.ResolvedBy, c.ResolvedAt.Format("2006-01-02 15:04"))}
}
