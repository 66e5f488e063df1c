package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"packbench/station/carrier/rules"
)

// Look is how the papers in the box look to a buyer.
type Look struct {
	Logo    string `toml:"logo"`    // file of a PNG, JPEG or SVG, in the data folder; "" none
	Accent  string `toml:"accent"`  // colour of headings, "#0a5fb4"; "" black
	Help    string `toml:"help"`    // address of the shop's page for help and returns, with {order} in it; "" none
	Support string `toml:"support"` // one line at the end: where to ask
	Terms   string `toml:"terms"`   // what is taken back, and until when
	Font    string `toml:"font"`    // file of a TrueType font for headings and greeting, in the data folder; "" the supplied one

	Texts   []LookText `toml:"text"`
	Inserts []Insert   `toml:"insert"`
}

// LookText is what the shop says to a buyer, in a language and for orders of a shop.
type LookText struct {
	Language string `toml:"language"` // "de"; "" any
	Shop     string `toml:"shop"`     // "" any
	Greeting string `toml:"greeting"` // {name} is the buyer's first name, {order} the order's number
	Message  string `toml:"message"`

	// In place of those for everybody; "" is theirs.
	Logo    string `toml:"logo"`
	Accent  string `toml:"accent"`
	Help    string `toml:"help"`
	Support string `toml:"support"`
	Terms   string `toml:"terms"`
	Font    string `toml:"font"`
}

// rank says how much of a language and a shop a text is for; -1: it is for others.
func (t LookText) rank(language, shop string) (rank int) {
	switch {
	case t.Shop != "" && t.Shop != shop, t.Language != "" && t.Language != language:
		return -1
	case t.Language != "":
		rank = 2
	}
	if t.Shop != "" {
		rank++
	}
	return rank
}

// Parts are all that a text may say, for those who go through them.
func (t *LookText) Parts() []*string {
	return []*string{&t.Greeting, &t.Message, &t.Logo, &t.Accent, &t.Help, &t.Support, &t.Terms, &t.Font}
}

// Whole is what is said to everybody, as one of the texts.
func (l Look) Whole() LookText {
	return LookText{Logo: l.Logo, Accent: l.Accent, Help: l.Help, Support: l.Support, Terms: l.Terms, Font: l.Font}
}

// For returns how papers look and speak in a language to a buyer of a shop: each part as
// the text has it that is for the most of both and has one.
func (l Look) For(language, shop string) LookText {
	out := l.Whole()
	for rank := range 4 {
		for _, t := range slices.Backward(l.Texts) { // of two alike the first one counts
			if t.rank(language, shop) != rank {
				continue
			}
			to := out.Parts()
			for i, part := range t.Parts() {
				if *part != "" {
					*to[i] = *part
				}
			}
		}
	}
	return out
}

func (c *checker) look(s Settings) {
	l := s.Look
	c.faults = append(c.faults, rules.CheckInserts(l.Inserts, s.Currency)...)
	c.lookText(func(part string) string { return "look." + part }, l.Whole())
	for i, t := range l.Texts {
		key := fmt.Sprintf("look.text %d", i+1)
		c.text(key, t.Language, 20)
		c.text(key, t.Shop, 100)
		c.lookText(func(string) string { return key }, t)
	}
}

func (c *checker) lookText(key func(part string) string, t LookText) {
	c.text(key("greeting"), t.Greeting, 100)
	c.text(key("message"), t.Message, 600)
	c.text(key("logo"), t.Logo, 1000)
	c.text(key("font"), t.Font, 1000)
	c.text(key("support"), t.Support, 400)
	c.text(key("terms"), t.Terms, 1000)
	if n, err := strconv.ParseUint(strings.TrimPrefix(t.Accent, "#"), 16, 24); t.Accent != "" && (err != nil || len(strings.TrimPrefix(t.Accent, "#")) != 6) {
		c.fault(key("accent"), "%q is not a colour such as #0a5fb4", t.Accent)
	} else if r, g, b := n>>16, n>>8&0xff, n&0xff; 299*r+587*g+114*b > 170_000 {
		c.fault(key("accent"), "%q is too light to be read on paper", t.Accent)
	}
	if u, err := url.Parse(t.Help); t.Help != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(t.Help) > 200) {
		c.fault(key("help"), "%q is not an address such as https://shop.example/help?order={order}", t.Help)
	}
}

func (l Look) encode(w *writer) {
	w.table("look", "How the slips in the box look to a buyer.")
	w.key("logo", l.Logo, `file of a PNG, JPEG or SVG, in the data folder: "logo.png"; "": none`)
	w.key("accent", l.Accent, `colour of headings, such as "#0a5fb4"; "": black`)
	w.key("help", l.Help, `your page for help and returns, such as "https://shop.example/help?order={order}": the code on the slip opens it, where there is no domain for trace codes`)
	w.key("support", l.Support, "one line at the end: where to ask; {order} is the order's number")
	w.key("terms", l.Terms, "what is taken back, and until when")
	w.key("font", l.Font, `file of a TrueType font for headings and greeting, in the data folder: "own.ttf"; "": the supplied one`)
	if len(l.Texts) == 0 {
		w.WriteString(textExample)
	}
	for _, t := range l.Texts {
		w.WriteString("\n[[look.text]]\n")
		w.key("language", t.Language, `"de"; "": any`)
		w.key("shop", t.Shop, `"": any`)
		w.key("greeting", t.Greeting, "{name} is the buyer's first name")
		w.key("message", t.Message, "")
		for i, name := range []string{"logo", "accent", "help", "support", "terms", "font"} {
			if part := *t.Parts()[2+i]; part != "" {
				w.key(name, part, "in place of that for everybody")
			}
		}
	}
	l.encodeInserts(w)
}

// textExample shows how a text is written to whoever has none yet.
const textExample = `
# What the slip says to the buyer, one table for each language or shop.
# [[look.text]]
# language = "de"
# shop = ""
# greeting = "Vielen Dank, {name}!"
# message = "Viel Freude damit."
`
