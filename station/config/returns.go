package config

import (
	"slices"
	"strings"
)

// Returns say what becomes of what comes back, and what a buyer may send back.
type Returns struct {
	Grades     string `toml:"grades"`     // "as-new=shelf damaged=scrap": each with what becomes of it
	Products   string `toml:"products"`   // "TEA:opened=scrap": where a product is another matter
	Bins       string `toml:"bins"`       // "quarantine=Q-1": of all but the shelf and scrap
	Tolerance  int    `toml:"tolerance"`  // grams within which a weight is as it left
	Days       int    `toml:"days"`       // after the delivery, in which a return may be announced
	RefundDays int    `toml:"refund"`     // in which what is owed has to be paid
	Conditions string `toml:"conditions"` // grades that are paid for; none: all
	Excluded   string `toml:"excluded"`   // products that are not taken back
	Payer      string `toml:"payer"`      // of the way back: buyer or shop
}

// What becomes of a unit that came back.
const (
	Shelf      = "shelf"
	Repair     = "repair"
	Second     = "second-choice"
	Supplier   = "supplier"
	Scrap      = "scrap"
	Quarantine = "quarantine"
)

// Dispositions are all of them.
func Dispositions() []string {
	return []string{Shelf, Repair, Second, Supplier, Scrap, Quarantine}
}

// Who pays for the way back.
const (
	BuyerPays = "buyer"
	ShopPays  = "shop"
)

// mostGrades is how many answers fit on cards, less the way back.
const mostGrades = 8

// defaultReturns are those of a shop that has set nothing.
func defaultReturns() Returns {
	return Returns{
		Grades: "as-new=shelf opened=second-choice damaged=scrap wrong-item=quarantine not-ours=quarantine",
		Bins:   "repair=REPAIR second-choice=SECOND supplier=SUPPLIER quarantine=QUARANTINE", Tolerance: 50, Days: 30, RefundDays: 14, Payer: BuyerPays,
	}
}

// Graded is a grade of a product and what becomes of it; Grade is "" for what may become
// of it whatever its grade.
type Graded struct{ Grade, Disposition, Bin string }

// Of lists the grades that a product may get, and then each disposition by itself. shelf
// is the product's own bin.
func (r Returns) Of(sku, shelf string) (out []Graded) {
	bins, own := map[string]string{}, map[string]string{}
	for _, p := range pairs(r.Bins) {
		bins[p[0]] = p[1]
	}
	bins[Shelf], bins[Scrap] = shelf, ""
	for _, p := range pairs(r.Products) {
		if of, grade, found := strings.Cut(p[0], ":"); found && strings.EqualFold(of, sku) {
			own[grade] = p[1]
		}
	}
	for _, p := range pairs(r.Grades) {
		to := p[1]
		if own[p[0]] != "" {
			to = own[p[0]]
		}
		out = append(out, Graded{p[0], to, bins[to]})
	}
	for _, to := range Dispositions() {
		out = append(out, Graded{"", to, bins[to]})
	}
	return out
}

// Pays reports whether units of a grade are paid for.
func (r Returns) Pays(grade string) bool {
	all := strings.Fields(r.Conditions)
	return len(all) == 0 || slices.Contains(all, grade)
}

// Takes reports whether a product is taken back.
func (r Returns) Takes(sku string) bool {
	return !slices.ContainsFunc(strings.Fields(r.Excluded), func(s string) bool { return strings.EqualFold(s, sku) })
}

// pairs reads "a=b c=d".
func pairs(text string) (out [][2]string) {
	for _, word := range strings.Fields(text) {
		before, after, _ := strings.Cut(word, "=")
		out = append(out, [2]string{before, after})
	}
	return out
}

func (c *checker) desk(s Settings) {
	c.cases(s.Cases)
	c.returns(s.Returns)
}

func (c *checker) returns(r Returns) {
	grades := map[string]bool{}
	for _, p := range pairs(r.Grades) {
		if !isGrade(p[0]) || grades[p[0]] {
			c.fault("returns.grades", "%q is no grade: small letters and hyphens, each once", clip(p[0]))
		}
		grades[p[0]] = true
		c.disposition("returns.grades", p[1])
	}
	if n := len(pairs(r.Grades)); n < 1 || n > mostGrades {
		c.fault("returns.grades", "there are %d: write 1 to %d, such as as-new=shelf damaged=scrap", n, mostGrades)
	}
	for _, p := range pairs(r.Products) {
		sku, grade, found := strings.Cut(p[0], ":")
		if !found || sku == "" || !grades[grade] {
			c.fault("returns.products", "%q is no product with one of the grades, such as TEA:opened=scrap", clip(p[0]))
		}
		c.disposition("returns.products", p[1])
	}
	bins := map[string]bool{}
	for _, p := range pairs(r.Bins) {
		if bins[p[0]] = true; p[0] == Shelf || p[0] == Scrap || p[1] == "" || len([]rune(p[1])) > 40 {
			c.fault("returns.bins", "%q is no bin of repair, second-choice, supplier or quarantine", clip(p[0]+"="+p[1]))
		}
		c.disposition("returns.bins", p[0])
	}
	for _, to := range []string{Repair, Second, Supplier, Quarantine} {
		if !bins[to] {
			c.fault("returns.bins", "%s has no bin, such as %s=Q-1", to, to)
		}
	}
	for _, g := range strings.Fields(r.Conditions) {
		if !grades[g] {
			c.fault("returns.conditions", "%q is none of the grades", clip(g))
		}
	}
	c.between("returns.tolerance", r.Tolerance, 0, 10_000)
	c.between("returns.days", r.Days, 0, 3650)
	c.between("returns.refund", r.RefundDays, 0, 365)
	c.oneOf("returns.payer", r.Payer, BuyerPays, ShopPays)
	for key, text := range map[string]string{"grades": r.Grades, "products": r.Products, "bins": r.Bins, "conditions": r.Conditions, "excluded": r.Excluded} {
		c.text("returns."+key, text, 4000)
	}
}

func (c *checker) disposition(key, to string) {
	if !slices.Contains(Dispositions(), to) {
		c.fault(key, "%q is none of %s", clip(to), strings.Join(Dispositions(), ", "))
	}
}

func isGrade(word string) bool {
	return word != "" && len(word) <= 24 && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

func (r Returns) encode(w *writer) {
	w.table("returns", "What becomes of what comes back, and what a buyer may send back.")
	w.key("grades", r.Grades, "each with what becomes of it: "+strings.Join(Dispositions(), ", "))
	w.key("products", r.Products, "where a product is another matter, such as TEA:opened=scrap")
	w.key("bins", r.Bins, "where each is put; the shelf is the product's own bin, and scrap leaves the house")
	w.key("tolerance", r.Tolerance, "grams within which a parcel weighs what it did when it left")
	w.key("days", r.Days, "after the hand-over in which a return may be announced; 0: any time")
	w.key("refund", r.RefundDays, "days in which what is owed has to be paid")
	w.key("conditions", r.Conditions, `grades that are paid for; "": all`)
	w.key("excluded", r.Excluded, "products that are not taken back, with a space between")
	w.key("payer", r.Payer, "of the way back: buyer or shop")
}
