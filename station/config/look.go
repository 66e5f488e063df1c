package config

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Look is how the papers in the box look to a buyer.
type Look struct {
	Logo    string `toml:"logo"`    // file of a PNG or JPEG, in the data folder; "" none
	Accent  string `toml:"accent"`  // colour of headings, "#0a5fb4"; "" black
	Help    string `toml:"help"`    // address of the shop's page for help and returns, with {order} in it; "" none
	Support string `toml:"support"` // one line at the end: where to ask, what is taken back

	Texts []LookText `toml:"text"`
}

// LookText is what the shop says to a buyer, in a language and for orders of a shop.
type LookText struct {
	Language string `toml:"language"` // "de"; "" any
	Shop     string `toml:"shop"`     // "" any
	Greeting string `toml:"greeting"` // {name} is the buyer's first name, {order} the order's number
	Message  string `toml:"message"`
}

// For returns what is said in a language to a buyer of a shop: of the texts that fit the
// one that says the most of both.
func (l Look) For(language, shop string) (out LookText) {
	best := -1
	for _, t := range l.Texts {
		rank := 0
		switch {
		case t.Shop != "" && t.Shop != shop, t.Language != "" && t.Language != language:
			continue
		case t.Shop != "" && t.Language != "":
			rank = 3
		case t.Language != "":
			rank = 2
		case t.Shop != "":
			rank = 1
		}
		if rank > best {
			best, out = rank, t
		}
	}
	return out
}

func (c *checker) look(l Look) {
	c.text("look.logo", l.Logo, 1000)
	c.text("look.support", l.Support, 400)
	if n, err := strconv.ParseUint(strings.TrimPrefix(l.Accent, "#"), 16, 24); l.Accent != "" && (err != nil || len(strings.TrimPrefix(l.Accent, "#")) != 6) {
		c.fault("look.accent", "%q is not a colour such as #0a5fb4", l.Accent)
	} else if r, g, b := n>>16, n>>8&0xff, n&0xff; 299*r+587*g+114*b > 170_000 {
		c.fault("look.accent", "%q is too light to be read on paper", l.Accent)
	}
	if u, err := url.Parse(l.Help); l.Help != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(l.Help) > 200) {
		c.fault("look.help", "%q is not an address such as https://shop.example/help?order={order}", l.Help)
	}
	for i, t := range l.Texts {
		key := fmt.Sprintf("look.text %d", i+1)
		c.text(key, t.Language, 20)
		c.text(key, t.Shop, 100)
		c.text(key, t.Greeting, 100)
		c.text(key, t.Message, 600)
	}
}

func (l Look) encode(w *writer) {
	w.table("look", "How the slips in the box look to a buyer.")
	w.key("logo", l.Logo, `file of a PNG or JPEG, in the data folder: "logo.png"; "": none`)
	w.key("accent", l.Accent, `colour of headings, such as "#0a5fb4"; "": black`)
	w.key("help", l.Help, `your page for help and returns, such as "https://shop.example/help?order={order}": the code on the slip opens it, where there is no domain for trace codes`)
	w.key("support", l.Support, "one line at the end: where to ask, what is taken back; {order} is the order's number")
	if len(l.Texts) == 0 {
		w.WriteString(textExample)
	}
	for _, t := range l.Texts {
		w.WriteString("\n[[look.text]]\n")
		w.key("language", t.Language, `"de"; "": any`)
		w.key("shop", t.Shop, `"": any`)
		w.key("greeting", t.Greeting, "{name} is the buyer's first name")
		w.key("message", t.Message, "")
	}
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
