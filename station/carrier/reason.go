package carrier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/station/unit"
)

// why is the winner's line.
func (c choice) why(all []Quote) string {
	best := all[0]
	asked := c.asked(best)
	line := c.won(all, asked)
	if asked && !best.Keeps {
		line += "; " + c.misses(best)
	}
	if c.Service != "" && !asked {
		line += "; " + c.missing(all)
	}
	if home := cmp.Or(c.Currency, c.currency); best.Price.Currency != home {
		line += "; its price is in " + clip(best.Price.Currency)
	}
	return line + c.ruled(best)
}

// won says by what the best quote won.
func (c choice) won(all []Quote, asked bool) string {
	best := all[0]
	rivals, cheapest, first := 0, true, !best.Promise.IsZero()
	for _, q := range all[1:] {
		if !q.Allowed || q.Price.Currency != best.Price.Currency || asked && !c.asked(q) || c.use.Name != "" && !asked && !q.named(c.use.Use) {
			continue // it did not come to a comparison
		}
		if q.Keeps == best.Keeps {
			rivals++
			cheapest = cheapest && best.Price.Minor <= q.Price.Minor
		}
		first = first && (q.Promise.IsZero() || daysBetween(best.Promise, q.Promise) >= 0)
	}
	least := "lowest expected cost, " + money(best.Score.Minor, best)
	switch {
	case asked && rivals == 0:
		return "the order asks for it"
	case asked:
		return "the order asks for it; " + least
	case c.use.Name != "" && rivals == 0:
		return c.use.Name + ": use this service"
	case c.use.Name != "":
		return c.use.Name + ": use this service; " + least
	case c.kept && !best.Keeps:
		return least + ", though it " + c.misses(best)
	case !c.kept && first:
		return "no service keeps the promise; this one arrives first, " + days(lateness(best, c.Parcel)) + " late"
	case !c.kept && best.Promise.IsZero():
		return "no service is known to keep the promise; " + least
	case !c.kept:
		return "no service keeps the promise; " + least + ", " + days(lateness(best, c.Parcel)) + " late"
	}
	that := ""
	if !c.Promise.IsZero() {
		that = " that keeps the promise"
	}
	switch {
	case rivals == 0 && that == "":
		return "the only service that takes it"
	case rivals == 0:
		return "the only one" + that
	case cheapest:
		return "cheapest" + that
	}
	return "lowest expected cost" + that + ", " + money(best.Score.Minor, best)
}

// misses says how the promise is missed.
func (c choice) misses(q Quote) string {
	if q.Promise.IsZero() {
		return "does not say when it arrives"
	}
	return "arrives " + days(lateness(q, c.Parcel)) + " after the promise"
}

// missing says why the wished service was not taken.
func (c choice) missing(all []Quote) string {
	switch {
	case slices.ContainsFunc(all, func(q Quote) bool { return q.is(c.Service) }):
		return "the service that the order asks for, " + clip(c.Service) + ", does not take it"
	case len(c.Paid) > 0:
		return "no service that keeps what the order asks for, " + clip(c.Service) + ", takes it"
	}
	return "no card has the service that the order asks for, " + clip(c.Service)
}

// whyNot is a loser's line: money and days.
func (c choice) whyNot(q, best Quote) string {
	dearer := q.Price.Minor - best.Price.Minor
	later := 0
	if !q.Promise.IsZero() && !best.Promise.IsZero() {
		later = daysBetween(best.Promise, q.Promise)
	}
	switch {
	case q.Price.Currency != best.Price.Currency && c.asked(best):
		return "the order asks for another service"
	case q.Price.Currency != best.Price.Currency && c.use.Name != "" && !q.named(c.use.Use):
		return c.use.Name + ": use another service"
	case q.Price.Currency != best.Price.Currency:
		return "asks " + q.Price.String() + ", which is not compared with prices in " + clip(best.Price.Currency)
	case c.asked(best) && !c.asked(q):
		return "the order asks for another service" + aside(dearer, 0, q)
	case !c.asked(best) && c.use.Name != "" && !q.named(c.use.Use):
		return c.use.Name + ": use another service" + aside(dearer, 0, q)
	}
	more := q.Score.Minor - best.Score.Minor
	switch {
	case !q.Keeps && (best.Keeps || q.Promise.IsZero()):
		return c.misses(q) + aside(dearer, more, q)
	case !c.kept && later > 0:
		return "arrives " + days(later) + " later" + aside(dearer, more, q)
	case dearer > 0 && later > 0:
		return money(dearer, q) + " dearer, arrives " + days(later) + " later"
	case dearer > 0 && later < 0:
		return money(dearer, q) + " dearer, arrives " + days(-later) + " earlier"
	case dearer > 0:
		return money(dearer, q) + " dearer"
	case more > 0 && dearer < 0:
		return risk(q, best) + aside(dearer, more, q)
	case more > 0:
		return "same price, " + risk(q, best)
	case later > 0:
		return "same price, arrives later"
	}
	return "same price; the first by name is taken"
}

// risk says by which part of the score one quote loses most to another.
func risk(q, best Quote) string {
	parts := func(q Quote) (late, lost, rules int64) {
		for _, t := range q.Score.Terms[3:] {
			rules += t.Minor
		}
		return q.Score.Terms[1].Minor, q.Score.Terms[2].Minor, rules
	}
	late, lost, rules := parts(q)
	bestLate, bestLost, bestRules := parts(best)
	late, lost, rules = late-bestLate, lost-bestLost, rules-bestRules
	switch {
	case rules > late && rules > lost:
		return "a rule of the shop prefers another"
	case lost > late:
		return "higher risk of loss"
	}
	return "more often late"
}

// aside adds what a quote costs more or less, by its price and in all.
func aside(dearer, more int64, q Quote) string {
	switch {
	case dearer > 0:
		return "; " + money(dearer, q) + " dearer"
	case dearer < 0 && more > 0:
		return "; " + money(-dearer, q) + " cheaper, but " + money(more, q) + " dearer in all"
	case dearer < 0:
		return "; " + money(-dearer, q) + " cheaper"
	}
	return ""
}

func money(minor int64, q Quote) string {
	return unit.Money{Minor: minor, Currency: q.Price.Currency}.String()
}

// lateness counts the days after the promise, in the carrier's calendar.
func lateness(q Quote, p Parcel) int {
	return daysBetween(p.Promise.In(q.Promise.Location()), q.Promise)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}

func clip(s string) string {
	s = strings.ToValidUTF8(s, "?")
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
