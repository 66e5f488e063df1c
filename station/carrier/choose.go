package carrier

import (
	"cmp"
	"slices"
	"strings"
)

// Choose scores the quotes, sorts the better one first, marks the chosen one and
// gives each allowed one its line of reason (C3). The quotes may come from rate
// cards and from carriers' own interfaces; of each it needs what it costs, whether
// it is allowed, and what is known of its arrival, of the share on time and of the
// share lost. They may have been chosen from before.
//
// The choice: what a rule of the shop forbids is out. The service that the order
// wishes for, if it is allowed; else one that a rule wants used. Of several, the
// lowest expected cost. A missed promise is surely late, by every day that it is
// missed. Where nobody has said what being late costs, a promise has no price: then
// what keeps it goes first, and if nothing does, what arrives first. Ties go to the
// lower price, the earlier arrival, then carrier, service and source.
func Choose(all []Quote, p Parcel) []Quote {
	c := choice{Parcel: p}
	for i := range all {
		q := &all[i]
		if q.Chosen, q.Rank = false, 0; q.Allowed {
			q.Rules = nil
		}
		if c.History != nil && !q.learnt {
			q.Reliability, q.learnt = c.History.OnTime(q.Carrier, q.Service, q.Reliability), true
		}
		c.forbid(q)
	}
	c.compare(all)
	for i := range all {
		if all[i].Allowed {
			c.score(&all[i])
			c.kept = c.kept || all[i].Keeps
		}
	}
	slices.SortStableFunc(all, c.order)
	if len(all) == 0 || !all[0].Allowed {
		return all
	}
	best := &all[0]
	best.Chosen = true
	best.Reason = c.why(all)
	best.Rank = 1
	ranked := 1
	for i := range all[1:] {
		if q := &all[i+1]; q.Allowed {
			q.Reason = c.whyNot(*q, *best)
			if c.standsIn(*q, *best) {
				ranked++
				q.Rank = ranked
			}
		}
	}
	for i := range all {
		if q := &all[i]; q.Allowed && q.Source == Card {
			if n := p.Numbers[q.Carrier]; n.Low {
				q.Reason += "; only " + trackingNumbers(n.Left) + " left"
			}
		}
	}
	return all
}

// choice is what the quotes of one parcel are compared by.
type choice struct {
	Parcel
	currency string // prices in another one are not compared
	late     int64  // what a day late costs where neither shop nor service says it
	priced   bool   // somebody has said what being late costs
	kept     bool   // some service keeps the promise
	use      Ruled  // the rule that says what to use
}

// compare finds what the quotes have in common: the currency of the cards, or the
// first by name where no card takes the parcel, and the highest cost of being late.
// A service that says nothing of that is no better than the others.
func (c *choice) compare(all []Quote) {
	p, offered := c.Parcel, ""
	for _, q := range all {
		c.late = max(c.late, q.LateCost)
		switch {
		case !q.Allowed:
		case q.Price.Currency == p.Currency || p.Currency == "" && q.Source == Card:
			c.currency = q.Price.Currency
		case offered == "" || q.Price.Currency < offered:
			offered = q.Price.Currency
		}
	}
	c.currency = cmp.Or(c.currency, offered)
	c.priced = max(c.LateCost, c.late) > 0
	c.use = c.uses(all)
}

// Limits of what a score counts with: they keep it inside 64 bits.
const (
	mostLate = 1000              // days
	mostCost = 1_000_000_000_000 // minor units of a parcel's value
)

// score is the expected cost of a service, and whether it keeps the promise.
func (c choice) score(q *Quote) {
	q.Keeps = c.Promise.IsZero() || !q.Promise.IsZero() && lateness(*q, c.Parcel) <= 0
	cost := cmp.Or(c.LateCost, q.LateCost, c.late)
	onTime := min(max(cmp.Or(q.Reliability, usualReliability), 0), 1000)
	late := permille(cost, 1000-onTime)
	switch {
	case q.Keeps:
	case q.Promise.IsZero(): // nobody says that it is not late
		late = cost
	default:
		late = cost * int64(min(lateness(*q, c.Parcel), mostLate))
	}
	lost := int64(0)
	if c.Value.Currency == q.Price.Currency {
		risked := min(max(c.Value.Minor-q.Liability, 0), mostCost)
		lost = (risked*int64(cmp.Or(q.LostPerMillion, c.LostPerMillion)) + 500_000) / 1_000_000
	}
	q.Score = Score{Terms: append([]Term{{"price", q.Price.Minor}, {"late", late}, {"lost", lost}}, c.prefers(q)...)}
	for _, t := range q.Score.Terms {
		q.Score.Minor += t.Minor
	}
	if c.use.Name != "" && q.named(c.use.Use) {
		q.Rules = append(q.Rules, c.use.Name)
	}
}

// is reports whether an order that wishes for a service means this one. Shops
// write its id or its name, in any case.
func (q Quote) is(wish string) bool {
	wish = strings.TrimSpace(wish)
	return wish != "" && (strings.EqualFold(q.Service, wish) || strings.EqualFold(q.Name, wish))
}

// asked reports whether the order wishes for a service, by its name or as one of
// those that keep what was paid.
func (c choice) asked(q Quote) bool {
	return q.is(c.Service) || slices.ContainsFunc(c.Paid, q.is)
}

// standsIn reports whether a service keeps what the chosen one keeps: what the order
// paid for, what a rule of the shop wants, the promise.
func (c choice) standsIn(q, best Quote) bool {
	return q.Price.Currency == best.Price.Currency && (c.asked(q) || !c.asked(best)) && (q.named(c.use.Use) || !best.named(c.use.Use)) &&
		(q.Keeps || !best.Keeps)
}

// order sorts the better quote first.
func (c choice) order(a, b Quote) int {
	first := func(x, y bool) int {
		switch {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	}
	arrival := cmp.Or(first(!a.Promise.IsZero(), !b.Promise.IsZero()), daysBetween(b.Promise, a.Promise))
	if n := cmp.Or(
		first(a.Allowed, b.Allowed),
		first(c.asked(a), c.asked(b)),
		first(a.named(c.use.Use), b.named(c.use.Use)),
		first(a.Price.Currency == c.currency, b.Price.Currency == c.currency),
		strings.Compare(a.Price.Currency, b.Price.Currency),
	); n != 0 {
		return n
	}
	if !c.priced {
		if n := first(a.Keeps, b.Keeps); n != 0 {
			return n
		}
		if !c.kept && arrival != 0 {
			return arrival
		}
	}
	return cmp.Or(
		cmp.Compare(a.Score.Minor, b.Score.Minor),
		cmp.Compare(a.Price.Minor, b.Price.Minor),
		arrival,
		strings.Compare(a.Carrier, b.Carrier),
		strings.Compare(a.Service, b.Service),
		strings.Compare(a.Source, b.Source),
	)
}
