// Package rules owns a shop's own rules for the choice of a carrier's service: if this
// and that is true of a parcel, then use these services, never those, prefer others by
// so much money, have the parcel signed for or insured. It is pure.
//
// [Check] says what is wrong with a list of rules; [Apply] returns those that hold for a
// parcel, in their order, for [packbench/station/carrier.Choose]. [Paid] finds the
// services that keep what an order has paid for. It must not know prices or what
// carriers offer.
package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/station/carrier"
	"packbench/station/country"
	"packbench/station/unit"
)

// Rule is one rule as the shop writes it. All conditions that are set must hold; one
// without a condition holds always. Amounts are decimals in the shop's currency.
type Rule struct {
	Name string `toml:"name" json:"name,omitempty"`
	Off  bool   `toml:"off" json:"off,omitempty"` // it stands there, and does nothing

	Countries []string `toml:"countries" json:"countries,omitempty"` // codes of two letters, of a place too
	Postcodes []string `toml:"postcodes" json:"postcodes,omitempty"` // how they begin
	ValueFrom string   `toml:"value_from" json:"value_from,omitempty"`
	ValueTo   string   `toml:"value_to" json:"value_to,omitempty"` // this too
	SKUs      []string `toml:"skus" json:"skus,omitempty"`         // one of them is in the parcel; "BOOK-*" is all that begin so
	Tags      []string `toml:"tags" json:"tags,omitempty"`         // the order has one of them
	Wished    []string `toml:"wished" json:"wished,omitempty"`     // the order wishes for one of these services
	Shops     []string `toml:"shops" json:"shops,omitempty"`       // the order comes from one of them
	MassFrom  string   `toml:"mass_from" json:"mass_from,omitempty"`
	MassTo    string   `toml:"mass_to" json:"mass_to,omitempty"`     // this too
	Dangerous string   `toml:"dangerous" json:"dangerous,omitempty"` // yes, no

	Use       []string `toml:"use" json:"use,omitempty"`       // services, carriers or accounts, by id or name
	Never     []string `toml:"never" json:"never,omitempty"`   // the same
	Prefer    []string `toml:"prefer" json:"prefer,omitempty"` // the same
	By        string   `toml:"by" json:"by,omitempty"`         // how much dearer a preferred one may be
	Signature bool     `toml:"signature" json:"signature,omitempty"`
	Insure    bool     `toml:"insure" json:"insure,omitempty"`
}

// Kept is which services keep what an order has paid for.
type Kept struct {
	Method   string   `toml:"method" json:"method"` // as the shop calls it
	Services []string `toml:"services" json:"services"`
}

// Parcel is what rules ask about.
type Parcel struct {
	Country, Place, Postcode string
	Value                    unit.Money // without a currency it is not known
	SKUs, Tags               []string
	Wished, Shop             string
	Mass                     unit.Mass
	Dangerous                bool
}

const (
	most      = 200 // rules of a list, and words of a condition
	mostMinor = 1_000_000_000_000
)

// Check returns all faults of a list, each with the rule and the key that it stands at.
func Check(list []Rule, currency string) (faults []error) {
	if len(list) > most {
		faults = append(faults, fmt.Errorf("rule: more than %d rules", most))
	}
	for i, r := range list {
		for _, f := range r.check(currency) {
			faults = append(faults, fmt.Errorf("rule %d, %w", i+1, f))
		}
	}
	return faults
}

func (r Rule) check(currency string) (faults []error) {
	fault := func(key, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: %s", key, fmt.Sprintf(format, args...)))
	}
	amount := func(key, text string) int64 {
		m, err := unit.ParseMoney(cmp.Or(text, "0"), currency)
		if err != nil || m.Minor < 0 || m.Minor > mostMinor {
			fault(key, "%q is not an amount such as \"12.50\"", clip(text))
		}
		return m.Minor
	}
	mass := func(key, text string) unit.Mass {
		m, err := unit.ParseMass(cmp.Or(text, "0 g"))
		if err != nil || m < 0 {
			fault(key, "%q is not a mass such as \"2 kg\"", clip(text))
		}
		return m
	}
	if len(r.Name) > 60 || strings.ContainsFunc(r.Name, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		fault("name", "%q must be at most 60 characters in one line", clip(r.Name))
	}
	for _, c := range r.Countries {
		if len(c) != 2 || strings.Trim(strings.ToUpper(c), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			fault("countries", "%q is not a two-letter code such as \"DE\"", clip(c))
		}
	}
	if from, to := amount("value_from", r.ValueFrom), amount("value_to", r.ValueTo); r.ValueTo != "" && to < from {
		fault("value_to", "%s is below value_from", clip(r.ValueTo))
	}
	if from, to := mass("mass_from", r.MassFrom), mass("mass_to", r.MassTo); r.MassTo != "" && to < from {
		fault("mass_to", "%s is below mass_from", clip(r.MassTo))
	}
	if r.Dangerous != "" && r.Dangerous != "yes" && r.Dangerous != "no" {
		fault("dangerous", "%q is neither \"yes\" nor \"no\"", clip(r.Dangerous))
	}
	if by := amount("by", r.By); (by > 0) != (len(r.Prefer) > 0) {
		fault("by", "prefer needs an amount above 0, and an amount needs somebody to prefer")
	}
	if len(r.Use)+len(r.Never)+len(r.Prefer) == 0 && !r.Signature && !r.Insure {
		fault("use", "the rule does nothing: write use, never, prefer, signature or insure")
	}
	for _, l := range r.lists() {
		if len(l.words) > most {
			fault(l.key, "more than %d", most)
		}
		for _, w := range l.words {
			if strings.TrimSpace(w) == "" || len(w) > 100 {
				fault(l.key, "%q says nothing, or too much", clip(w))
			}
		}
	}
	return faults
}

type words struct {
	key   string
	words []string
}

func (r Rule) lists() []words {
	return []words{
		{"countries", r.Countries},
		{"postcodes", r.Postcodes},
		{"skus", r.SKUs},
		{"tags", r.Tags},
		{"wished", r.Wished},
		{"shops", r.Shops},
		{"use", r.Use},
		{"never", r.Never},
		{"prefer", r.Prefer},
	}
}

// Apply returns the rules that hold for a parcel, or of which nobody can say it, in
// their order. The list must be one that [Check] has no fault with.
func Apply(list []Rule, p Parcel, currency string) (out []carrier.Ruled) {
	for i, r := range list {
		holds, unsure := r.holds(p, currency)
		if !holds || r.Off {
			continue
		}
		by, _ := unit.ParseMoney(cmp.Or(r.By, "0"), currency)
		name := fmt.Sprintf("rule %d", i+1)
		if r.Name != "" {
			name += ", " + r.Name
		}
		out = append(out, carrier.Ruled{
			Name: name, Use: r.Use, Never: r.Never, Prefer: r.Prefer, By: by.Minor, Signature: r.Signature, Insure: r.Insure, Unsure: unsure,
		})
	}
	return out
}

// holds reports whether all conditions hold. What is asked about and not known is
// named, if nothing else speaks against the rule.
func (r Rule) holds(p Parcel, currency string) (holds bool, unsure string) {
	is := func(words []string, what string) bool {
		return len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return same(w, what) })
	}
	any := func(words, of []string) bool {
		return len(words) == 0 || slices.ContainsFunc(of, func(what string) bool { return is(words, what) })
	}
	if !r.there(p) || !any(r.SKUs, p.SKUs) || !any(r.Tags, p.Tags) || !is(r.Wished, p.Wished) || !is(r.Shops, p.Shop) ||
		r.Dangerous != "" && (r.Dangerous == "yes") != p.Dangerous {
		return false, ""
	}
	if r.MassFrom != "" || r.MassTo != "" {
		from, _ := unit.ParseMass(r.MassFrom)
		to, _ := unit.ParseMass(r.MassTo)
		switch {
		case p.Mass <= 0:
			unsure = "the mass is not known"
		case p.Mass < from || r.MassTo != "" && p.Mass > to:
			return false, ""
		}
	}
	if r.ValueFrom != "" || r.ValueTo != "" {
		from, _ := unit.ParseMoney(cmp.Or(r.ValueFrom, "0"), currency)
		to, _ := unit.ParseMoney(cmp.Or(r.ValueTo, "0"), currency)
		switch {
		case p.Value.Currency == "":
			unsure = "the value is not known"
		case p.Value.Currency != currency:
			unsure = "the value is in " + clip(p.Value.Currency)
		case p.Value.Minor < from.Minor || r.ValueTo != "" && p.Value.Minor > to.Minor:
			return false, ""
		}
	}
	return true, unsure
}

// there reports whether the parcel goes where the rule looks: to one of its countries,
// or a place of one, with a postcode that begins as one of its own.
func (r Rule) there(p Parcel) bool {
	written := country.Code(p.Country)
	place := cmp.Or(p.Place, written)
	if len(r.Countries) > 0 && !slices.ContainsFunc(r.Countries, func(c string) bool {
		return strings.EqualFold(c, country.NorthernIreland) && place == country.NorthernIreland || country.Code(c) == written || country.Code(c) == place
	}) {
		return false
	}
	return len(r.Postcodes) == 0 || slices.ContainsFunc([]string{written, place}, func(code string) bool {
		key := country.Key(code, p.Postcode)
		return slices.ContainsFunc(r.Postcodes, func(begin string) bool {
			begin = country.KeyOfBegin(code, begin)
			return begin != "" && strings.HasPrefix(key, begin)
		})
	})
}

// same compares in any case; a star at the end stands for whatever follows.
func same(word, with string) bool {
	word, with = strings.TrimSpace(word), strings.TrimSpace(with)
	if begin, ok := strings.CutSuffix(word, "*"); ok {
		return len(with) >= len(begin) && strings.EqualFold(with[:len(begin)], begin)
	}
	return word != "" && strings.EqualFold(word, with)
}

// CheckKept returns all faults of a table of what orders pay for.
func CheckKept(list []Kept) (faults []error) {
	if len(list) > most {
		faults = append(faults, fmt.Errorf("paid: more than %d", most))
	}
	for i, k := range list {
		if strings.TrimSpace(k.Method) == "" || len(k.Method) > 100 {
			faults = append(faults, fmt.Errorf("paid %d, method: %q is empty or too long", i+1, clip(k.Method)))
		}
		if slices.ContainsFunc(list[:i], func(o Kept) bool { return same(o.Method, k.Method) }) {
			faults = append(faults, fmt.Errorf("paid %d, method: %q stands there twice", i+1, clip(k.Method)))
		}
		if len(k.Services) == 0 || len(k.Services) > most || slices.ContainsFunc(k.Services, func(s string) bool { return strings.TrimSpace(s) == "" || len(s) > 100 }) {
			faults = append(faults, fmt.Errorf("paid %d, services: write the services that keep it", i+1))
		}
	}
	return faults
}

// Paid are the services that keep what an order has paid for, none where the table does
// not know it. The first row that fits counts.
func Paid(list []Kept, method string) []string {
	i := slices.IndexFunc(list, func(k Kept) bool { return same(k.Method, method) })
	if i < 0 {
		return nil
	}
	return list[i].Services
}

func clip(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
