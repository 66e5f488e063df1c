// Package caserules turns what a shop set about its cases into the machine's rules, and
// tries them on what the journal has: how many cases the last days would have had.
//
// It only reads. The bench asks it with [Of]; packctl and the settings page ask [Try].
package caserules

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/config"
	"packbench/station/pack"
)

// Of are the settings as the machine knows them.
func Of(c config.Cases) pack.CaseRules {
	row := func(n int) pack.CaseRule {
		if n == 1 { // each
			return pack.CaseRule{}
		}
		return pack.CaseRule{Never: n == 0, Row: n}
	}
	out := pack.CaseRules{WrongItem: row(c.WrongItem), UnknownCode: row(c.UnknownCode), WeightOff: row(c.WeightOff), Damaged: pack.CaseRule{Never: !c.Damaged}}
	out.WeightOff.Least = int64(c.WeightOffBy.Mass())
	switch {
	case c.Short == 0:
		out.Short.Never = true
	case c.Short > 1:
		out.Short.Least = int64(c.Short)
	}
	return out
}

// Tried is what one rule did, and would do.
type Tried struct {
	Rule  string `json:"rule"`  // its key in the settings
	Means string `json:"means"` // in words, as it is now
	Met   int    `json:"met"`   // mismatches of its kind
	Were  int    `json:"were"`  // cases that they became
	Would int    `json:"would"` // cases that they would become
}

// rule is one of the table: its key, and a code that it is about.
type rule struct {
	key  string
	code pack.Code
}

var rules = []rule{
	{"wrong_item", pack.CodeWrongItem},
	{"unknown_code", pack.CodeUnknownCode},
	{"weight_off", pack.CodeWeightOff},
	{"short", pack.CodeShort},
	{"damaged", pack.CodeSwapped},
}

// Set changes a rule by its key, as the settings file would.
func Set(s *config.Settings, key, value string) error {
	c := &s.Cases
	var err error
	switch key {
	case "damaged":
		c.Damaged, err = strconv.ParseBool(value)
	case "weight_off_g":
		var grams float64
		if grams, err = strconv.ParseFloat(value, 64); err == nil {
			err = c.WeightOffBy.UnmarshalTOML(grams)
		}
	default:
		n, known := map[string]*int{"wrong_item": &c.WrongItem, "unknown_code": &c.UnknownCode, "weight_off": &c.WeightOff, "short": &c.Short}[key]
		if !known {
			return fmt.Errorf("there is no rule %s: wrong_item, unknown_code, weight_off, weight_off_g, short and damaged are", key)
		}
		*n, err = strconv.Atoi(value)
	}
	if err != nil {
		return fmt.Errorf("%s: %q is not valid", key, value)
	}
	return s.Validate()
}

// remembered is how many verdicts the machine looks back on.
const remembered = 12

// Try plays the verdicts of the benches of the last days against the settings. lockAfter
// is how many refusals in a row lock a bench: the last of them is always a case.
func Try(ctx context.Context, d *folder.Folder, c config.Cases, lockAfter, days int) ([]Tried, error) {
	from, to := d.Clock().AddDate(0, 0, -days), d.Clock().Add(time.Hour) // clocks of other benches may be ahead
	out := make([]Tried, len(rules))
	for i, r := range rules {
		out[i] = Tried{Rule: r.key, Means: Words(c, r.key)}
	}
	set := Of(c)
	recent := map[string][]*pack.Verdict{} // of each bench, newest first
	refused := map[string]int{}
	for r, err := range d.Store.RowsBetween(ctx, from, to) {
		if err != nil {
			return nil, err
		}
		_, facts, err := folder.Codec().Decode(r)
		if err != nil {
			return nil, errors.Join(errors.New("a row of the journal cannot be read"), err)
		}
		locked := false
		for _, f := range facts {
			switch f := f.(type) {
			case pack.RefusalCounted:
				refused[r.Writer]++
				locked = lockAfter > 0 && refused[r.Writer] >= lockAfter
			case pack.RefusalsCleared, pack.LockLifted:
				refused[r.Writer] = 0
			case pack.Judged:
				v := f.Verdict
				if value, ruled := v.Mismatch(); ruled {
					i := slices.IndexFunc(rules, func(r rule) bool { return r.code == v.Ruled() })
					out[i].Met++
					if v.Case != "" {
						out[i].Were++
					}
					if locked || set.Open(v.Code, recent[r.Writer], value) {
						out[i].Would++
					}
				}
				all := append([]*pack.Verdict{&v}, recent[r.Writer]...)
				recent[r.Writer] = all[:min(len(all), remembered)]
			}
		}
	}
	return out, nil
}

// Words say what a rule is set to.
func Words(c config.Cases, key string) string {
	row := func(n int) string {
		switch n {
		case 0:
			return "never a case"
		case 1:
			return "each is a case"
		}
		return fmt.Sprintf("a case from %d in a row on", n)
	}
	switch key {
	case "wrong_item":
		return row(c.WrongItem)
	case "unknown_code":
		return row(c.UnknownCode)
	case "weight_off":
		if c.WeightOffBy > 0 && c.WeightOff > 0 {
			return row(c.WeightOff) + ", where it is off by " + c.WeightOffBy.String() + " g or more"
		}
		return row(c.WeightOff)
	case "short":
		if c.Short > 1 {
			return fmt.Sprintf("a case from %d units left out on", c.Short)
		}
		return row(c.Short)
	}
	return row(map[bool]int{true: 1}[c.Damaged])
}
