package cases

import (
	"cmp"
	"fmt"

	"packbench/station"
	"packbench/station/people"
)

// What somebody changes of the shop: the shift book lists it. Who is a person, or else the
// key of an account of the computer, whose name stands outside the journal.
type (
	// RightsChanged: from now on this is what each role may do.
	RightsChanged struct {
		Rights []RightChange `json:"Rights"`
		By     string        `json:"By,omitempty"` // "": the shop had nobody yet
	}
	// RightChange is a row of the table of rights that is another one now.
	RightChange struct {
		Action people.Action `json:"Action"`
		Was    people.Right  `json:"Was"`
		Is     people.Right  `json:"Is"`
	}
	// PeopleChanged: what became of people, of their badges and of their PINs.
	PeopleChanged struct {
		People  []PersonChange `json:"People"`
		By      string         `json:"By,omitempty"`      // "": nobody's badge was needed
		Account string         `json:"Account,omitempty"` // where it is known instead
	}
	// PersonChange is one of them. Role is theirs now, where it was not before.
	PersonChange struct {
		Person string       `json:"Person"`
		What   string       `json:"What"`
		Role   station.Role `json:"Role,omitempty"`
		Was    station.Role `json:"Was,omitempty"`
	}
)

// What becomes of a person.
const (
	PersonAdded   = "added"
	PersonAltered = "changed" // name, role, badge or days
	BadgeRevoked  = "badge revoked"
	PINSet        = "PIN set"
	PINRemoved    = "PIN removed"
)

// Tag names the type in the journal.
func (RightsChanged) Tag() string { return "rights-changed" }

// Tag names the type in the journal.
func (PeopleChanged) Tag() string { return "people-changed" }

// ChangeRights is what is other in a table than it was; without rows nothing is.
func ChangeRights(by string, was, is people.Rights) RightsChanged {
	out := RightsChanged{By: by}
	for _, s := range people.Specs() {
		if w, i := was.Of(s.Action), is.Of(s.Action); w != i {
			out.Rights = append(out.Rights, RightChange{s.Action, w, i})
		}
	}
	return out
}

// Alter notes that a person was added, or is another than before. The zero value is one that
// nobody knew.
func (f *PeopleChanged) Alter(was, is station.Person) {
	c := PersonChange{Person: is.ID, What: PersonAltered}
	if was.ID == "" {
		c.What = PersonAdded
	}
	if was.Role != is.Role {
		c.Role, c.Was = is.Role, was.Role
	}
	f.People = append(f.People, c)
}

// Changed tells the shift book who changed what.
func (f RightsChanged) Changed() (by string, what []string) {
	for _, r := range f.Rights {
		for _, role := range people.Roles() {
			if was, is := r.Was.Of(role), r.Is.Of(role); was != is {
				what = append(what, fmt.Sprintf("right %s: %s %s, was %s", r.Action, role, is, was))
			}
		}
		switch was, is := r.Was.Reason(), r.Is.Reason(); {
		case is && !was:
			what = append(what, fmt.Sprintf("right %s: a reason is asked for", r.Action))
		case was && !is:
			what = append(what, fmt.Sprintf("right %s: no reason is asked for", r.Action))
		}
	}
	return f.By, what
}

// Changed tells the shift book who changed what.
func (f PeopleChanged) Changed() (by string, what []string) {
	for _, p := range f.People {
		words := "person " + p.Person + ": " + p.What
		if p.Role != "" {
			words += ", " + string(p.Role)
		}
		if p.Was != "" {
			words += ", was " + string(p.Was)
		}
		what = append(what, words)
	}
	return cmp.Or(f.By, f.Account), what
}

// Changed tells the shift book who changed what.
func (f BarcodeLinked) Changed() (by string, what []string) {
	return f.By, []string{fmt.Sprintf("code %s: %d × %s", f.Code, f.Factor, f.SKU)}
}

// Changed tells the shift book who changed what.
func (f MassCorrected) Changed() (by string, what []string) {
	words := "product " + f.SKU + ": weighs " + f.Mass.String()
	if f.Was > 0 {
		words += ", was " + f.Was.String()
	}
	return f.By, []string{words}
}

// Changed tells the shift book who changed what.
func (f DangerMarked) Changed() (by string, what []string) {
	return f.By, []string{fmt.Sprintf("product %s: %s, was %s", f.SKU, cmp.Or(f.Danger, "no dangerous goods"), cmp.Or(f.Was, "no dangerous goods"))}
}

// Changed tells the shift book who changed what.
func (f HandlingChanged) Changed() (by string, what []string) {
	return f.By, []string{fmt.Sprintf("product %s: %s, was %s", f.SKU, f.Handling.Words(), f.Was.Words())}
}
