package pack

import (
	"slices"
	"time"

	"packbench/station/unit"
)

// Return is what came back and is being taken apart. Its ID is the number of the return
// (RMA), "" until it is known what it is of. Without Sent nobody knows that yet: it is
// blind, with a number and a place of its own, and matched later.
type Return struct {
	ID     string       `json:"ID,omitempty"`
	Sent   *Sent        `json:"Sent,omitempty"`
	Place  string       `json:"Place,omitempty"` // where a blind one stands
	Units  []Back       `json:"Units,omitempty"` // in the order of their scans
	Missed []Missed     `json:"Missed,omitempty"`
	Mass   unit.Mass    `json:"Mass,omitempty"`  // as it arrived; 0: not weighed
	Codes  []string     `json:"Codes,omitempty"` // found on a blind one, and understood by nobody
	Steps  []ReturnStep `json:"Steps,omitempty"` // newest last, for undo
	Parts  int          `json:"Parts,omitempty"` // entries of Units ever made, for the next number
	Began  time.Time    `json:"Began,omitzero"`
	Asked  *AskedReturn `json:"Asked,omitempty"` // to open, while it is not this bench's yet
}

// Sent is what was in a parcel that came back, less what came back of it before.
type Sent struct {
	Parcel    string      `json:"Parcel"`
	Order     string      `json:"Order"`
	Number    string      `json:"Number,omitempty"`
	SSCC      string      `json:"SSCC"`
	State     ParcelState `json:"State"`
	By        string      `json:"By,omitempty"` // who packed it
	Station   string      `json:"Station,omitempty"`
	Closed    time.Time   `json:"Closed,omitzero"`
	Mass      unit.Mass   `json:"Mass,omitempty"`
	Tolerance unit.Mass   `json:"Tolerance,omitempty"` // within which a weight is the same
	Return    string      `json:"Return"`              // the number that its return gets
	Announced bool        `json:"Announced,omitempty"` // the buyer said what comes: SentLine.Comes
	Open      *OpenReturn `json:"Open,omitempty"`      // that is not done yet, at whatever bench
	Claimed   bool        `json:"Claimed,omitempty"`   // benches elsewhere may open it too: the hub says whose it is
	Lines     []SentLine  `json:"Lines"`
}

// OpenReturn is a return that lies at a bench, being taken apart or put aside.
type OpenReturn struct {
	Return  string `json:"Return"`
	Station string `json:"Station"`
}

// SentLine is one line of a parcel that was sent.
type SentLine struct {
	Line   string     `json:"Line"`
	SKU    string     `json:"SKU"`
	Name   string     `json:"Name"`
	Qty    int        `json:"Qty"`
	Back   int        `json:"Back,omitempty"`  // in earlier returns
	Comes  int        `json:"Comes,omitempty"` // as announced
	Bin    string     `json:"Bin,omitempty"`   // where it was picked
	Mass   unit.Mass  `json:"Mass,omitempty"`  // of one unit; 0: not known
	Price  unit.Money `json:"Price,omitzero"`  // of one unit; no currency: not known
	Marked []Marked   `json:"Marked,omitempty"`
	Gone   []Marked   `json:"Gone,omitempty"` // of these, what came back before
}

// elsewhere reports whether a bench other than this one has a return of it.
func (s Sent) elsewhere(here string) bool { return s.Open != nil && s.Open.Station != here }

// Left is how many units of the line may still come back.
func (l SentLine) Left() int { return max(0, l.Qty-l.Back) }

// Back is so many units that lie on the bench: what one scan counted. N is its number in
// the return. Odd says why they are none of those that were sent.
type Back struct {
	N     int    `json:"N"`
	Line  string `json:"Line,omitempty"`
	SKU   string `json:"SKU"`
	Name  string `json:"Name,omitempty"`
	Qty   int    `json:"Qty"`
	Marks *Marks `json:"Marks,omitempty"`
	Odd   Code   `json:"Odd,omitempty"`
	Case  string `json:"Case,omitempty"` // that was opened with it
	Grading
	// May are the grades that it may get, and where each leads.
	May []Grading `json:"May,omitempty"`
}

// Grading is how good a unit is, and what becomes of it. Bin is where it is put, "" where
// it leaves the house. Apart: what lies there is not for sale. Unpaid: the shop pays nothing
// for what comes back like that.
type Grading struct {
	Grade       string `json:"Grade,omitempty"`
	Disposition string `json:"Disposition,omitempty"`
	Bin         string `json:"Bin,omitempty"`
	Apart       bool   `json:"Apart,omitempty"`
	Unpaid      bool   `json:"Unpaid,omitempty"`
}

// Missed is so many units that should have come back and did not.
type Missed struct {
	Line string `json:"Line"`
	SKU  string `json:"SKU"`
	Qty  int    `json:"Qty"`
	Case string `json:"Case"`
}

// ReturnStep is one thing that was done to a return, for undo: a unit was scanned or
// graded, something is missing, or it was weighed. Was is the grading of before.
type ReturnStep struct {
	Did How       `json:"Did"`
	N   int       `json:"N,omitempty"`
	Was Grading   `json:"Was,omitzero"`
	Had unit.Mass `json:"Had,omitempty"`
	// Case is the one that the step opened.
	Case string `json:"Case,omitempty"`
}

// The steps of a return.
const (
	ByGrade   How = "grade"
	ByMissing How = "missing"
	ByWeight  How = "weight"
)

// The facts about a return. Each names its return, for whoever keeps no State.
type (
	// ReturnBegan: something came back; what, is not known yet.
	ReturnBegan struct {
		At time.Time `json:"At,omitzero"`
	}
	// ReturnOpened: it is known what came back, or it is taken apart blind.
	ReturnOpened struct {
		Return string `json:"Return"`
		Sent   *Sent  `json:"Sent,omitempty"`
		Place  string `json:"Place,omitempty"`
	}
	// ReturnAsked: the hub is asked whose a return is. ReturnDenied: it is not this bench's, or
	// the hub is away.
	ReturnAsked struct {
		Asked AskedReturn `json:"Asked"`
	}
	ReturnDenied struct {
		Return string `json:"Return"`
	}
	// ReturnUnit: units were scanned. Gone: they were not, after all.
	ReturnUnit struct {
		Return string `json:"Return"`
		Back   Back   `json:"Back"`
		Gone   bool   `json:"Gone,omitempty"`
	}
	// ReturnGraded: units have this grade and lie in its bin from now on. Was is where
	// they lay before; Undo: the step of the grading was taken back.
	ReturnGraded struct {
		Return string  `json:"Return"`
		Back   Back    `json:"Back"`
		Was    Grading `json:"Was,omitzero"`
		Undo   bool    `json:"Undo,omitempty"`
	}
	// ReturnMissed: units that should be there are not. Gone: they are, after all.
	ReturnMissed struct {
		Return string `json:"Return"`
		Missed
		Gone bool `json:"Gone,omitempty"`
	}
	// ReturnWeighed: what came back weighs so much as it arrived. Undo: it was not weighed.
	ReturnWeighed struct {
		Return string    `json:"Return"`
		Mass   unit.Mass `json:"Mass"`
		Case   string    `json:"Case,omitempty"`
		Undo   bool      `json:"Undo,omitempty"`
	}
	// ReturnCode: a code on a blind return that nobody understands.
	ReturnCode struct {
		Return string `json:"Return"`
		Code   string `json:"Code"`
	}
	// ReturnParked and ReturnResumed: it waits, as it stands.
	ReturnParked struct {
		Return string `json:"Return"`
	}
	ReturnResumed struct {
		Return string `json:"Return"`
	}
	// ReturnLeft: it was given up; all its units are as if they had not been scanned.
	ReturnLeft struct {
		Return string `json:"Return,omitempty"`
	}
	// ReturnClosed: it is done. Due is the day by which the buyer has to have what is
	// owed; Owed what the units that were sent cost, as far as that is known.
	ReturnClosed struct {
		Return string     `json:"Return"`
		Order  string     `json:"Order,omitempty"`
		Parcel string     `json:"Parcel,omitempty"`
		SSCC   string     `json:"SSCC,omitempty"`
		Units  int        `json:"Units"`
		Odd    int        `json:"Odd,omitempty"`
		Missed int        `json:"Missed,omitempty"`
		Owed   unit.Money `json:"Owed,omitzero"`
		Due    time.Time  `json:"Due,omitzero"`
		Backs  []Back     `json:"Backs,omitempty"`
	}
)

// Tag names the type of a fact in the journal.
func (ReturnBegan) Tag() string   { return "return-began" }
func (ReturnOpened) Tag() string  { return "return-opened" }
func (ReturnAsked) Tag() string   { return "return-asked" }
func (ReturnDenied) Tag() string  { return "return-denied" }
func (ReturnUnit) Tag() string    { return "return-unit" }
func (ReturnGraded) Tag() string  { return "return-graded" }
func (ReturnMissed) Tag() string  { return "return-missed" }
func (ReturnWeighed) Tag() string { return "return-weighed" }
func (ReturnCode) Tag() string    { return "return-code" }
func (ReturnParked) Tag() string  { return "return-parked" }
func (ReturnResumed) Tag() string { return "return-resumed" }
func (ReturnLeft) Tag() string    { return "return-left" }
func (ReturnClosed) Tag() string  { return "return-closed" }

// returnFacts lists one of each, for codecs.
func returnFacts() []Fact {
	return []Fact{
		ReturnBegan{},
		ReturnOpened{},
		ReturnAsked{},
		ReturnDenied{},
		ReturnUnit{},
		ReturnGraded{},
		ReturnMissed{},
		ReturnWeighed{},
		ReturnCode{},
		ReturnParked{},
		ReturnResumed{},
		ReturnLeft{},
		ReturnClosed{},
	}
}

// Known reports whether it is known what the return is of, or that it is blind.
func (r *Return) Known() bool { return r != nil && r.ID != "" }

// unit finds units by their number, nil where there are none.
func (r *Return) unit(n int) *Back {
	i := slices.IndexFunc(r.Units, func(b Back) bool { return b.N == n })
	if i < 0 {
		return nil
	}
	return &r.Units[i]
}

// Ungraded are the units that have no grade yet.
func (r *Return) Ungraded() (out []Back) {
	for _, b := range r.Units {
		if b.Grade == "" {
			out = append(out, b)
		}
	}
	return out
}

// InHand are the units that a grade or a disposition means: those with the number, else
// the newest that have no grade, else the newest. nil where there are none.
func (r *Return) InHand(n int) *Back {
	if r == nil || len(r.Units) == 0 {
		return nil
	}
	if n > 0 {
		return r.unit(n)
	}
	for i := range slices.Backward(r.Units) {
		if r.Units[i].Grade == "" {
			return &r.Units[i]
		}
	}
	return &r.Units[len(r.Units)-1]
}

// Count is how many units of a line that was sent lie here.
func (r *Return) Count(line string) (n int) {
	for _, b := range r.Units {
		if b.Odd == "" && b.Line == line {
			n += b.Qty
		}
	}
	return n
}

// Total is how many units lie here, and how many of them were not sent.
func (r *Return) Total() (units, odd int) {
	for _, b := range r.Units {
		if units += b.Qty; b.Odd != "" {
			odd += b.Qty
		}
	}
	return units, odd
}

// Lacks is how many units of a line were announced and are neither here nor missed.
func (r *Return) Lacks(l SentLine) int {
	n := l.Comes - r.Count(l.Line)
	for _, m := range r.Missed {
		if m.Line == l.Line {
			n -= m.Qty
		}
	}
	return max(0, n)
}

// Expects is what the parcel should weigh with what was scanned of it: what was sent, less
// what is not here. It is not known where a mass is not.
func (r *Return) Expects() (mass unit.Mass, known bool) {
	if r.Sent == nil || r.Sent.Mass == 0 {
		return 0, false
	}
	mass = r.Sent.Mass
	for _, l := range r.Sent.Lines {
		if l.Mass == 0 {
			return 0, false
		}
		mass -= l.Mass * unit.Mass(l.Qty-r.Count(l.Line))
	}
	return mass, mass > 0
}

// owed is what the units that were sent cost, but those that the shop does not pay for;
// without a currency nobody knows. Where it pays for none that is said by a sum of nothing: a
// person refuses it, with a reason.
func (r *Return) owed() (sum unit.Money) {
	if r.Sent == nil {
		return sum
	}
	for _, l := range r.Sent.Lines {
		n := r.Count(l.Line)
		switch {
		case n == 0:
		case l.Price.Currency == "" || sum.Currency != "" && sum.Currency != l.Price.Currency:
			return unit.Money{}
		default:
			sum.Currency, sum.Minor = l.Price.Currency, sum.Minor+l.Price.Minor*int64(n-r.unpaid(l.Line))
		}
	}
	return sum
}

// unpaid is how many units of a line are of a grade that the shop does not pay for.
func (r *Return) unpaid(line string) (n int) {
	for _, b := range r.Units {
		if b.Odd == "" && b.Line == line && b.Unpaid {
			n += b.Qty
		}
	}
	return n
}

func (r *Return) clone() *Return {
	if r == nil {
		return nil
	}
	c := *r
	c.Units, c.Missed, c.Steps, c.Codes = slices.Clone(r.Units), slices.Clone(r.Missed), slices.Clone(r.Steps), slices.Clone(r.Codes)
	return &c
}
