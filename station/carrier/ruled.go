package carrier

import (
	"slices"
	"strings"
)

// Ruled is what a rule of the shop says of a parcel; see package rules. Use, Never and
// Prefer name services, carriers or accounts by their id or name.
type Ruled struct {
	Name      string // as reasons say it: "rule 3, Islands by post"
	Use       []string
	Never     []string
	Prefer    []string
	By        int64 // minor units that Prefer takes off the expected cost
	Signature bool  // somebody must sign for the parcel
	Insure    bool
	Unsure    string // why nobody knows whether the rule holds: then it does nothing
}

// named reports whether one of the words means the service, its carrier or the account
// that sells it.
func (q Quote) named(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.TrimSpace(w)
		return w != "" && slices.ContainsFunc([]string{q.Service, q.Name, q.Carrier, q.CarrierName, q.Source}, func(of string) bool {
			return strings.EqualFold(of, w)
		})
	})
}

// Signed returns the rule by which somebody must sign for the parcel, "" for none.
func (p Parcel) Signed() string { return p.adds(func(r Ruled) bool { return r.Signature }) }

// Insured returns the rule by which the parcel must be insured, "" for none.
func (p Parcel) Insured() string { return p.adds(func(r Ruled) bool { return r.Insure }) }

func (p Parcel) adds(what func(Ruled) bool) string {
	r, _ := first(p.Rules, func(r Ruled) bool { return r.Unsure == "" && what(r) })
	return r.Name
}

// forbid takes out what a rule never takes, and the cards of services that have not what
// a rule adds: an account was asked for it, a card can only say that its service has it.
func (c choice) forbid(q *Quote) {
	for _, r := range c.Rules {
		if r.Unsure != "" || !q.Allowed {
			continue
		}
		switch {
		case q.named(r.Never):
			q.Reason = r.Name + ": never this service"
		case q.Source == Card && r.Signature && !q.Signs:
			q.Reason = r.Name + ": nobody signs for its parcels, by its card"
		case q.Source == Card && r.Insure && c.Value.Currency != q.Price.Currency:
			q.Reason = r.Name + ": it is not known whether what it pays is enough"
		case q.Source == Card && r.Insure && c.Value.Minor > q.Liability:
			q.Reason = r.Name + ": it pays " + money(q.Liability, *q) + " at most, by its card"
		default:
			continue
		}
		q.Allowed, q.Rules = false, append(q.Rules, r.Name)
	}
}

// prefers are the terms that rules take off what a service costs.
func (c choice) prefers(q *Quote) (terms []Term) {
	for _, r := range c.Rules {
		if r.By != 0 && r.Unsure == "" && q.named(r.Prefer) {
			terms, q.Rules = append(terms, Term{r.Name, -r.By}), append(q.Rules, r.Name)
		}
	}
	return terms
}

// uses finds the first rule that has the parcel use a service which takes it.
func (c choice) uses(all []Quote) Ruled {
	for _, r := range c.Rules {
		if r.Unsure == "" && slices.ContainsFunc(all, func(q Quote) bool { return q.Allowed && q.named(r.Use) }) {
			return r
		}
	}
	return Ruled{}
}

// ruled is what rules have to do with the winner, behind its reason.
func (c choice) ruled(best Quote) string {
	var out string
	for _, r := range c.Rules {
		switch {
		case r.Unsure != "":
			out += "; " + r.Name + ": " + r.Unsure
		case len(r.Use) > 0 && r.Name != c.use.Name && c.use.Name == "":
			out += "; " + r.Name + ": nothing that it names takes the parcel"
		case len(r.Prefer) > 0 && best.named(r.Prefer):
			out += "; " + r.Name + ": " + money(r.By, best) + " off"
		}
		switch {
		case r.Unsure != "":
		case r.Signature && r.Insure:
			out += "; " + r.Name + ": with a signature and insurance"
		case r.Signature:
			out += "; " + r.Name + ": with a signature"
		case r.Insure:
			out += "; " + r.Name + ": with insurance"
		}
	}
	return out
}
