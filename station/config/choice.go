package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/carrier/rules"
	"packbench/station/unit"
)

// Choice is what the shop says of the choice of a carrier's service (C3).
type Choice struct {
	LateCost       string       `toml:"late_cost"`        // what each day late costs, in the shop's currency; "": as the rate cards say
	LostPerMillion int          `toml:"lost_per_million"` // parcels that are lost, of services that do not say it
	Paid           []rules.Kept `toml:"paid"`
	Rules          []rules.Rule `toml:"rule"`
}

// NewShop is a bench whose shop has not said anything yet: as Default, and with what a
// new shop should count with where an older one goes on as it was.
func NewShop() Settings {
	s := Default()
	s.Choice.LateCost = "10.00"
	return s
}

// DayLate is what each day late costs the shop, 0 where it has not said it.
func (s Settings) DayLate() int64 {
	if s.Choice.LateCost == "" {
		return 0
	}
	m, _ := unit.ParseMoney(s.Choice.LateCost, s.Currency) // Validate has seen it
	return m.Minor
}

// BackUpMost is the most that a back-up may cost above the service in whose place it is
// taken, beside BackUpPercent.
func (s Settings) BackUpMost() int64 {
	if s.Carriers.BackUpAmount == "" {
		return 0
	}
	m, _ := unit.ParseMoney(s.Carriers.BackUpAmount, s.Currency) // Validate has seen it
	return m.Minor
}

func (c *checker) choice(s Settings) {
	if s.Choice.LateCost != "" {
		if m, err := unit.ParseMoney(s.Choice.LateCost, s.Currency); err != nil || m.Minor < 0 || m.Minor > 1_000_000_000 {
			c.fault("choice.late_cost", "%q is not an amount such as \"10.00\"", clip(s.Choice.LateCost))
		}
	}
	if s.Carriers.BackUpAmount != "" {
		if m, err := unit.ParseMoney(s.Carriers.BackUpAmount, s.Currency); err != nil || m.Minor < 0 || m.Minor > 1_000_000_000 {
			c.fault("carriers.back_up_amount", "%q is not an amount such as \"5.00\"", clip(s.Carriers.BackUpAmount))
		}
	}
	c.claims(s.Carriers.Claims)
	c.between("carriers.back_up_percent", s.Carriers.BackUpPercent, 0, 1000)
	c.between("choice.lost_per_million", s.Choice.LostPerMillion, 0, 1_000_000)
	for _, err := range append(rules.CheckKept(s.Choice.Paid), rules.Check(s.Choice.Rules, s.Currency)...) {
		c.faults = append(c.faults, fmt.Errorf("choice.%w", err))
	}
}

// ruleExample shows how rules are written to whoever has none yet.
const ruleExample = `
# What an order has paid for, and the services that keep it: one table each.
# [[choice.paid]]
# method = "Express shipping"  # as the shop calls it
# services = ["express-next"]
# Rules for the choice, in their order. Conditions: countries, postcodes, value_from, value_to, skus ("BOOK-*" too), tags, wished, shops, mass_from, mass_to,
# dangerous. Then: use, never (services, carriers or accounts), prefer with by (how much dearer), signature, insure.
# [[choice.rule]]
# name = "Dear goods"
# value_from = "500.00"
# never = ["post-small"]
# signature = true
`

func (x Choice) encode(w *writer) {
	w.table("choice", "How a carrier's service is chosen: the lowest expected cost.")
	w.key("late_cost", x.LateCost, `what each day after the promise costs the shop, in its currency; "": as the rate cards say`)
	w.key("lost_per_million", x.LostPerMillion, "parcels that are lost or damaged, of services that do not say it")
	if len(x.Paid)+len(x.Rules) == 0 {
		w.WriteString(ruleExample)
	}
	for _, k := range x.Paid {
		w.WriteString("\n[[choice.paid]]\n")
		w.key("method", k.Method, "as the shop calls it")
		w.words("services", k.Services)
	}
	for _, r := range x.Rules {
		w.WriteString("\n[[choice.rule]]\n")
		w.rule(r)
	}
}

// rule writes what is set.
func (w *writer) rule(r rules.Rule) {
	word := func(key, value string) {
		if value != "" {
			w.key(key, value, "")
		}
	}
	word("name", r.Name)
	if r.Off {
		w.key("off", true, "")
	}
	w.words("countries", r.Countries)
	w.words("postcodes", r.Postcodes)
	word("value_from", r.ValueFrom)
	word("value_to", r.ValueTo)
	w.words("skus", r.SKUs)
	w.words("tags", r.Tags)
	w.words("wished", r.Wished)
	w.words("shops", r.Shops)
	word("mass_from", r.MassFrom)
	word("mass_to", r.MassTo)
	word("dangerous", r.Dangerous)
	w.words("use", r.Use)
	w.words("never", r.Never)
	w.words("prefer", r.Prefer)
	word("by", r.By)
	if r.Signature {
		w.key("signature", true, "")
	}
	if r.Insure {
		w.key("insure", true, "")
	}
}

// words writes a list of texts, if there are any.
func (w *writer) words(key string, list []string) {
	if len(list) == 0 {
		return
	}
	quoted := slices.Clone(list)
	for i, text := range quoted {
		quoted[i] = quote(text)
	}
	fmt.Fprintf(w, "%s = [%s]\n", key, strings.Join(quoted, ", "))
}

const mostClaimDays = 3650

func (c *checker) claims(text string) {
	seen := map[string]bool{}
	for _, p := range pairs(text) {
		if days, err := strconv.Atoi(p[1]); err != nil || days < 1 || days > mostClaimDays || p[0] == "" || seen[p[0]] {
			c.fault("carriers.claims", "%q is no carrier with its days, 1 to %d, each carrier once, such as demo-post=30", clip(p[0]+"="+p[1]), mostClaimDays)
		}
		seen[p[0]] = true
	}
	c.text("carriers.claims", text, 4000)
}

// ClaimUntil is the last day, as midnight in UTC, on which a carrier takes a claim for a parcel
// that was handed over at a time of the shop's clock; zero: nobody has said.
func (c Carriers) ClaimUntil(carrier string, handed time.Time) time.Time {
	if handed.IsZero() {
		return time.Time{}
	}
	for _, p := range pairs(c.Claims) {
		if days, err := strconv.Atoi(p[1]); err == nil && p[0] == carrier {
			y, m, d := handed.Date()
			return time.Date(y, m, d+days, 0, 0, 0, 0, time.UTC)
		}
	}
	return time.Time{}
}
