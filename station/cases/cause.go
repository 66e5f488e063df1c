package cases

import (
	"cmp"
	"slices"
	"time"

	"packbench/station/pack"
)

// Sum is how many open cases are the same in all that a cause is made of: kind, code,
// product, scanned code, reason given, weight's cause, bench and person. Case is the
// newest of them, with only these fields.
type Sum struct {
	Case Case
	N    int
}

// Cause is what open cases share, with the evidence for where it comes from (P3).
type Cause struct {
	Group    string
	Shared   Shared `json:"-"` // the same in its parts
	Kind     string
	Code     pack.Code
	N        int
	Stations []string // sorted, as are the people
	People   []string
	SKUs     []string
	Newest   string // the id of a case
	At       time.Time
}

// Causes groups sums by their cause: the most frequent first, then the newest.
func Causes(sums []Sum) []Cause {
	at := map[string]int{}
	var out []Cause
	for _, s := range sums {
		s.Case.Group = GroupOf(s.Case)
		key := s.Case.Likeness()
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, Cause{Group: s.Case.Group, Shared: SharedOf(s.Case), Kind: s.Case.Kind, Code: s.Case.Code})
		}
		c := &out[i]
		c.N += s.N
		if c.Newest == "" || s.Case.At.After(c.At) {
			c.Newest, c.At = s.Case.ID, s.Case.At
		}
		c.Stations, c.People, c.SKUs = with(c.Stations, s.Case.Station), with(c.People, s.Case.By), with(c.SKUs, s.Case.SKU)
	}
	slices.SortStableFunc(out, func(a, b Cause) int { return cmp.Or(cmp.Compare(b.N, a.N), b.At.Compare(a.At)) })
	return out
}

// Who counts the cases of each bench and of each person, the most first.
func Who(sums []Sum) (stations, people []Counted) {
	at, by := map[string]int{}, map[string]int{}
	for _, s := range sums {
		at[s.Case.Station] += s.N
		by[s.Case.By] += s.N
	}
	return MostFirst(at), MostFirst(by)
}

// Likeness is that of each of its cases.
func (c Cause) Likeness() string { return Case{Kind: c.Kind, Code: c.Code, Group: c.Group}.Likeness() }

// with adds a text to a sorted list that has none of it twice.
func with(list []string, text string) []string {
	if i, there := slices.BinarySearch(list, text); text != "" && !there {
		return slices.Insert(list, i, text)
	}
	return list
}

// Counted is how many open cases a bench or a person has.
type Counted struct {
	ID string
	N  int
}

// MostFirst lists what was counted, the most first; what has no id is left out.
func MostFirst(counts map[string]int) []Counted {
	var out []Counted
	for id, n := range counts {
		if id != "" {
			out = append(out, Counted{id, n})
		}
	}
	slices.SortFunc(out, func(a, b Counted) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID)) })
	return out
}

// Suspect is where a cause most likely lies.
type Suspect string

// The suspects.
const (
	SuspectCatalogue Suspect = "catalogue" // one code at several benches: nobody scans it wrongly everywhere
	SuspectScanner   Suspect = "scanner"   // badly read codes at one bench
	SuspectPicking   Suspect = "picking"   // one product, picked wrongly by whoever picks
	SuspectTraining  Suspect = "training"  // one person, again and again
	SuspectMass      Suspect = "mass"      // one product off its weight at several benches
	SuspectTare      Suspect = "tare"      // one carton, whatever is in it
	SuspectPrinter   Suspect = "printer"   // one bench's labels
	SuspectCarrier   Suspect = "carrier"   // one carrier
	SuspectStock     Suspect = "stock"     // one product that is not where it should be
	SuspectNobody    Suspect = ""          // once, or too little to tell
)

// often is how many cases of a cause are more than chance.
const often = 3

// Suspect names what the evidence points to; nothing where a cause came once or the
// evidence does not tell.
func (c Cause) Suspect() Suspect {
	several := len(c.Stations) > 1 || len(c.People) > 1
	switch {
	case c.Kind == KindCarrier && c.N > 1:
		return SuspectCarrier
	case c.N < often && !several:
		return SuspectNobody
	case c.Group == tareGroup:
		return SuspectTare
	case c.Kind == KindWeight, c.Kind == KindOverride && c.Code == pack.CodeWeightOff:
		return when(len(c.SKUs) <= 1 && several, SuspectMass)
	case c.Kind == KindLabel && len(c.Stations) == 1:
		return SuspectPrinter
	case c.Kind == KindShort, c.Kind == KindCount:
		return SuspectStock
	case c.Code == pack.CodeUnknownCode, c.Code == pack.CodeAmbiguousCode:
		return cmp.Or(when(several, SuspectCatalogue), when(len(c.Stations) == 1, SuspectScanner))
	case len(c.People) == 1:
		return SuspectTraining
	case c.Code == pack.CodeWrongItem:
		return SuspectPicking
	}
	return SuspectNobody
}

func when(so bool, s Suspect) Suspect {
	if so {
		return s
	}
	return SuspectNobody
}

// Words say the suspect as a hint, "" for nobody.
func (s Suspect) Words() string {
	return map[Suspect]string{
		SuspectCatalogue: "looks like the catalogue", SuspectScanner: "looks like the scanner", SuspectPicking: "looks like picking",
		SuspectTraining: "is it training?", SuspectMass: "looks like its weight", SuspectTare: "looks like the carton's weight",
		SuspectPrinter: "looks like the printer", SuspectCarrier: "looks like the carrier", SuspectStock: "looks like the stock",
	}[s]
}
