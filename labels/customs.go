package labels

import (
	"fmt"
	"strings"
	"time"

	"packbench/station/country"
	"packbench/station/unit"
)

// Customs is what customs papers say of one parcel. CN22, CN23 and the
// commercial invoice are drawn from the same value, so that they cannot differ.
type Customs struct {
	Number      string // of the parcel: its tracking number; printed as Code 128
	Invoice     string // number of the commercial invoice
	Order       string
	From, To    Address
	FromTax     string   // where there are no numbers: EORI, VAT…; "" leaves a line
	Numbers     []string // of the sender, with their kinds: "EORI DE123", "IOSS IM276"
	ToNumbers   []string // of whoever imports
	Operator    string   // who carries it
	Reason      Reason
	Explanation string // needed where the reason is ReasonOther
	Terms       string // of delivery, "DAP"; on the invoice
	Place       string // that the terms name; "" takes the recipient's city and country
	Origin      string // what the invoice states of the goods' origin; "" nothing
	Licence     string // numbers of licences, and of certificates; "" leaves a line
	Certificate string
	Lines       []CustomsLine
	Gross       unit.Mass  // of the packed parcel
	Postage     unit.Money // what the sender paid; no currency: not printed
	Freight     unit.Money // what the buyer paid for it; no currency: not printed
	Comments    string     // quarantine, restrictions; licences and certificates
	Date        time.Time
	Signer      string // whose name stands at the signature; "" leaves a line
	SignerTitle string
	Copies      int  // of the invoice; 0 is 1
	Sample      bool // prints that it is a sample
	Reprint     int  // how often it was printed before; 0 is the first print
}

// CustomsLine is one kind of goods in the parcel.
type CustomsLine struct {
	SKU         string // names the line where something is missing; not printed
	Description string
	HSCode      string // 6 to 10 digits; dots and spaces are left out
	Origin      string // ISO 3166-1 alpha-2
	Qty         int
	Net         unit.Mass  // of all units together
	Value       unit.Money // of all units together
}

// Reason says why goods leave the country.
type Reason string

// The reasons that the forms know.
const (
	ReasonSale      Reason = "sale"
	ReasonGift      Reason = "gift"
	ReasonSample    Reason = "sample"
	ReasonReturn    Reason = "return"
	ReasonDocuments Reason = "documents"
	ReasonOther     Reason = "other"
)

// Gap is something that a customs paper cannot be printed without.
type Gap struct {
	Line  int    // counts from 1; 0 is the paper as a whole
	SKU   string // of the line
	Field string // "HS code", "recipient's city"
	Why   string // "is missing", "has 4 digits, 6 to 10 are needed"
}

func (g Gap) String() string {
	if g.Line == 0 {
		return g.Field + " " + g.Why
	}
	return fmt.Sprintf("line %d: %s %s", g.Line, join(": ", g.SKU, g.Field), g.Why)
}

// GapsError says why there is no customs paper; the parcel must not leave.
type GapsError struct{ Gaps []Gap }

func (e *GapsError) Error() string {
	words := make([]string, len(e.Gaps))
	for i, g := range e.Gaps {
		words[i] = g.String()
	}
	return "customs paper: " + strings.Join(words, "; ")
}

// Check returns what is missing, all at once, as a *GapsError. It is asked
// before a label is bought; the papers ask it again.
func (c Customs) Check() error {
	var e GapsError
	gap := func(line int, field, why string) {
		g := Gap{Line: line, Field: field, Why: why}
		if line > 0 {
			g.SKU = c.Lines[line-1].SKU
		}
		e.Gaps = append(e.Gaps, g)
	}
	checkParty("sender's ", c.From, gap)
	checkParty("recipient's ", c.To, gap)
	switch c.Reason {
	case ReasonSale, ReasonGift, ReasonSample, ReasonReturn, ReasonDocuments:
	case ReasonOther:
		if strings.TrimSpace(c.Explanation) == "" {
			gap(0, "explanation of the reason", "is missing")
		}
	case "":
		gap(0, "reason for the export", "is missing")
	default:
		gap(0, "reason for the export", fmt.Sprintf("%q is not known", c.Reason))
	}
	if c.Date.IsZero() {
		gap(0, "date", "is missing")
	}
	if len(c.Lines) == 0 {
		gap(0, "list of the goods", "is empty")
	}
	c.checkLines(gap)
	if len(e.Gaps) == 0 {
		return nil
	}
	return &e
}

func checkParty(who string, a Address, gap func(line int, field, why string)) {
	for _, part := range []struct {
		field, value string
		needed       bool
	}{
		{"name", first(a.Name, a.Company), true},
		{"street", a.Street, true},
		{"city", a.City, country.HasCities(country.Code(a.Country), a.Region)},
		{"country", a.Country, true},
	} {
		if part.needed && strings.TrimSpace(part.value) == "" {
			gap(0, who+part.field, "is missing")
		}
	}
}

func (c Customs) checkLines(gap func(line int, field, why string)) {
	for i, l := range c.Lines {
		n := i + 1
		if strings.TrimSpace(l.Description) == "" {
			gap(n, "description", "is missing")
		} else if script := country.Unread(country.Code(c.To.Country), l.Description); script != "" {
			gap(n, "description", "is in "+script+" letters, which are not read there")
		}
		switch code := tariff(l.HSCode); {
		case code == "":
			gap(n, "HS code", "is missing")
		case strings.Trim(code, "0123456789") != "":
			gap(n, "HS code", fmt.Sprintf("%q is not a number", l.HSCode))
		case len(code) < 6 || len(code) > 10:
			gap(n, "HS code", fmt.Sprintf("has %d digits, 6 to 10 are needed", len(code)))
		}
		switch origin := strings.ToUpper(strings.TrimSpace(l.Origin)); {
		case origin == "":
			gap(n, "country of origin", "is missing")
		case countryName(origin) == origin:
			gap(n, "country of origin", fmt.Sprintf("%q is not known", l.Origin))
		}
		if l.Qty <= 0 {
			gap(n, "quantity", "is missing")
		}
		if l.Net <= 0 {
			gap(n, "weight", "is missing")
		}
		switch {
		case l.Value.Minor <= 0 || l.Value.Currency == "":
			gap(n, "value", "is missing")
		case l.Value.Currency != c.Lines[0].Value.Currency && c.Lines[0].Value.Currency != "":
			gap(n, "value", fmt.Sprintf("is in %s, the first line in %s", l.Value.Currency, c.Lines[0].Value.Currency))
		}
	}
	switch net := c.net(); {
	case c.Gross <= 0:
		gap(0, "gross weight", "is missing")
	case c.Gross < net:
		gap(0, "gross weight", fmt.Sprintf("%s is less than the goods' own %s", c.Gross, net))
	}
}

// tariff returns the bare digits of an HS code.
func tariff(code string) string { return strings.NewReplacer(".", "", " ", "").Replace(code) }

func (c Customs) net() (sum unit.Mass) {
	for _, l := range c.Lines {
		sum += l.Net
	}
	return sum
}

// Value adds up the lines, which have one currency: several are found by Check.
func (c Customs) Value() unit.Money {
	sum := unit.Money{}
	for _, l := range c.Lines {
		sum = unit.Money{Minor: sum.Minor + l.Value.Minor, Currency: l.Value.Currency}
	}
	return sum
}

// kilograms writes a mass as the forms want it, without its unit.
func kilograms(m unit.Mass) string { return strings.TrimSuffix(m.String(), " kg") }
