package config

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station/country"
)

// Customs is what customs papers say of the shop.
type Customs struct {
	Tax    string `toml:"tax"`    // EORI or VAT number of the sender, of before there were Numbers; "" is left out
	Terms  string `toml:"terms"`  // of delivery, such as "DAP"; "" is left out
	Signer string `toml:"signer"` // whose name stands at the signature; "" leaves a line
	Title  string `toml:"title"`  // of whoever signs
	Origin string `toml:"origin"` // what the invoice states of the origin of goods; "" nothing beside the column
	Copies int    `toml:"copies"` // of the invoice

	Numbers []CustomsNumber `toml:"number"`
}

// CustomsNumber is one under which the shop, or who imports for it, is known to tax or
// customs.
type CustomsNumber struct {
	Kind      string   `toml:"kind"` // EORI, VAT, IOSS, VOEC, UK VAT or any other word
	Number    string   `toml:"number"`
	Countries []string `toml:"countries"` // it is for: two letters, EU; none: those of its kind, or all
	Importer  bool     `toml:"importer"`
}

// String writes a number as people type it: "IOSS IM2760000742 (DE FR)", with a star
// where it is the importer's.
func (n CustomsNumber) String() string {
	text := n.Kind + " " + n.Number
	if n.Importer {
		text = "*" + text
	}
	if len(n.Countries) > 0 {
		text += " (" + strings.Join(n.Countries, " ") + ")"
	}
	return text
}

// ReadCustomsNumber reads what String writes. The last word is the number.
func ReadCustomsNumber(text string) (n CustomsNumber, err error) {
	text, n.Importer = strings.CutPrefix(strings.TrimSpace(text), "*")
	text, places, some := strings.Cut(text, "(")
	if some {
		n.Countries = commas(strings.ToUpper(strings.TrimSuffix(strings.TrimSpace(places), ")")))
	}
	words := strings.Fields(text)
	if len(words) < 2 {
		return n, fmt.Errorf("%q is not like IOSS IM2760000742 or *VAT CHE-123 (CH)", strings.TrimSpace(text))
	}
	n.Kind, n.Number = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	return n, nil
}

// mostCopies is how many copies of an invoice anybody asks for.
const mostCopies = 5

func (c *checker) customs(s Customs) {
	c.text("customs.tax", s.Tax, 40)
	c.text("customs.terms", s.Terms, 20)
	c.text("customs.signer", s.Signer, 60)
	c.text("customs.title", s.Title, 60)
	c.text("customs.origin", s.Origin, 400)
	c.between("customs.copies", s.Copies, 0, mostCopies)
	for i, n := range s.Numbers {
		key := fmt.Sprintf("customs.number %d", i+1)
		c.text(key, n.Kind, 20)
		c.text(key, n.Number, 40)
		if strings.TrimSpace(n.Kind) == "" || strings.TrimSpace(n.Number) == "" {
			c.fault(key, "it needs a kind, such as EORI, and a number")
		}
		if i := slices.IndexFunc(n.Countries, func(code string) bool {
			_, ok := country.Name(code)
			return !ok && code != "EU" && code != "XI"
		}); i >= 0 {
			c.fault(key, "there is no country %q: write two letters, or EU", n.Countries[i])
		}
	}
}

func (c Customs) encode(w *writer) {
	w.table("customs", "What customs papers say of the shop.")
	w.key("tax", c.Tax, "EORI or VAT number of the sender, where there are no numbers below")
	w.key("terms", c.Terms, `terms of delivery, such as "DAP"; the place is that of the recipient`)
	w.key("signer", c.Signer, `whose name stands at the signature; "": a line to sign on`)
	w.key("title", c.Title, `of whoever signs, such as "Export manager"`)
	w.key("origin", c.Origin, `what the invoice states of the origin of the goods, word for word as your customs office wants it; "": the column alone`)
	w.key("copies", c.Copies, "of the commercial invoice; UPS and FedEx ask for three")
	if len(c.Numbers) == 0 {
		w.WriteString(numberExample)
	}
	for _, n := range c.Numbers {
		w.WriteString("\n[[customs.number]]\n")
		w.key("kind", n.Kind, "EORI, VAT, IOSS, VOEC, UK VAT, or any other word")
		w.key("number", n.Number, "")
		var places []string
		for _, code := range n.Countries {
			places = append(places, quote(code))
		}
		fmt.Fprintf(w, "countries = [%s]  # it is for: two letters, or EU; none: those of its kind, or all\n", strings.Join(places, ", "))
		w.key("importer", n.Importer, "it is the importer's there")
	}
}

// numberExample shows how a number is written to whoever has none yet.
const numberExample = `
# Numbers by destination, one table each. IOSS, VOEC and UK VAT stand on parcels to where they are for, up to the value
# that they are for, and on no other.
# [[customs.number]]
# kind = "IOSS"
# number = "IM2760000742"
# countries = []  # none: those of its kind
`
