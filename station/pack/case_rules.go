package pack

import "slices"

// CaseRules say which mismatches become cases at the desk. What does not is in the
// journal all the same. The zero value makes a case of each; what no rule is about always
// becomes one.
type CaseRules struct {
	WrongItem   CaseRule `json:"WrongItem,omitzero"` // goods that the order does not want, or no more of
	UnknownCode CaseRule `json:"UnknownCode,omitzero"`
	WeightOff   CaseRule `json:"WeightOff,omitzero"` // its value: milligrams beside what was expected
	Short       CaseRule `json:"Short,omitzero"`     // its value: units left out
	Damaged     CaseRule `json:"Damaged,omitzero"`   // a unit that was swapped
}

// CaseRule says when one kind of mismatch becomes a case.
type CaseRule struct {
	Never bool  `json:"Never,omitempty"`
	Row   int   `json:"Row,omitempty"`   // from so many in a row on; 0: each
	Least int64 `json:"Least,omitempty"` // and from this value on
}

// MostInARow is the longest row that a rule may wait for: further back nothing is known.
const MostInARow = 10

// goodsRefused are the codes that the rule of a wrong item is about. What is expired,
// recalled or seen before becomes a case whatever a shop says.
var goodsRefused = []Code{CodeWrongItem, CodeOverScan, CodePackTooBig}

func (r CaseRules) of(code Code) CaseRule {
	switch code {
	case CodeUnknownCode:
		return r.UnknownCode
	case CodeWeightOff:
		return r.WeightOff
	case CodeShort:
		return r.Short
	case CodeSwapped:
		return r.Damaged
	}
	if slices.Contains(goodsRefused, code) {
		return r.WrongItem
	}
	return CaseRule{}
}

// Open reports whether a mismatch becomes a case. recent are the verdicts before it,
// newest first; value is what its rule compares.
func (r CaseRules) Open(code Code, recent []*Verdict, value int64) bool {
	rule := r.of(code)
	return !rule.Never && value >= rule.Least && (rule.Row <= 1 || inARow(code, recent) >= rule.Row)
}

// inARow counts a mismatch with those before it that nothing good came between. What only
// tells or asks something is in no row.
func inARow(code Code, recent []*Verdict) int {
	n := 1
	for _, v := range recent {
		same := v.Ruled() == Verdict{Code: code}.Ruled()
		switch {
		case v.Kind == Info, v.Kind == Asked:
		case v.Kind == Refused && same:
			n++
		default:
			return n
		}
	}
	return n
}

// Ruled is the code that stands for all that a verdict's rule is about.
func (v Verdict) Ruled() Code {
	if slices.Contains(goodsRefused, v.Code) {
		return CodeWrongItem
	}
	return v.Code
}

// Mismatch is the value that a verdict's rule compares, and whether there is a rule about
// it: a verdict that only tells how a mismatch ended is none.
func (v Verdict) Mismatch() (value int64, ruled bool) {
	switch {
	case v.Kind == Refused && v.Code == CodeWeightOff && v.Weight != nil:
		return offBy(*v.Weight), true
	case v.Kind == Accepted && v.Code == CodeShort:
		return int64(v.Qty), true
	case v.Kind == Accepted && v.Code == CodeSwapped:
		return 1, true
	case v.Kind == Refused && (v.Code == CodeUnknownCode && v.Scanned != "" || slices.Contains(goodsRefused, v.Code)):
		return 0, true
	}
	return 0, false
}

func offBy(w Weight) int64 { return int64((w.Mass - w.Expected).Abs()) }

// openRuled opens a case where the shop's rules make one of it, and returns its id.
func (d *decision) openRuled(c CaseOpened, value int64) string {
	if !d.s.Rules.Cases.Open(c.Code, d.s.Recent, value) {
		return ""
	}
	d.openCase(c)
	return d.in.ID
}
