package rules

import (
	"cmp"
	"fmt"
	"strings"
)

// Insert is something that is put into parcels beside the goods, and which orders it is
// for: all of its conditions hold.
type Insert struct {
	Text string `toml:"text"` // a line that the packer confirms
	Bin  string `toml:"bin"`  // where it lies
	Off  bool   `toml:"off"`

	First     bool     `toml:"first_order"` // the buyer's first one
	Countries []string `toml:"countries"`
	SKUs      []string `toml:"skus"`
	Shops     []string `toml:"shops"`
	Tags      []string `toml:"tags"`
	ValueFrom string   `toml:"value_from"`
}

// rule has its conditions as a rule, which does something so that it has no fault.
func (in Insert) rule() Rule {
	return Rule{Countries: in.Countries, SKUs: in.SKUs, Shops: in.Shops, Tags: in.Tags, ValueFrom: in.ValueFrom, Signature: true}
}

// CheckInserts returns all faults of a list, each with the place that it stands at.
func CheckInserts(list []Insert, currency string) (faults []error) {
	if len(list) > most {
		faults = append(faults, fmt.Errorf("look.insert: more than %d", most))
	}
	for i, in := range list {
		if strings.TrimSpace(in.Text) == "" || len(in.Text)+len(in.Bin) > 200 || strings.ContainsFunc(in.Text+in.Bin, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			faults = append(faults, fmt.Errorf("look.insert %d: write what is put in, as text in one line of at most 200 characters", i+1))
		}
		for _, f := range in.rule().check(currency) {
			faults = append(faults, fmt.Errorf("look.insert %d, %w", i+1, f))
		}
	}
	return faults
}

// Holds reports whether an order gets it. What is asked about and not known does not hold.
func (in Insert) Holds(p Parcel, first bool, currency string) bool {
	holds, unsure := in.rule().holds(p, cmp.Or(currency, p.Value.Currency))
	return !in.Off && holds && unsure == "" && (!in.First || first)
}
