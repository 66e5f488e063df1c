package rules

import "strings"

// Say puts arguments into a phrase, each behind its name, in the language of who reads.
type Say func(phrase string, args ...string) string

// If says when a rule holds, in words: "to DE; worth at least 500"; "always" where nothing is
// asked.
func (r Rule) If(say Say) string {
	var out []string
	word := func(phrase, text string) {
		if text != "" {
			out = append(out, say(phrase, "words", text))
		}
	}
	list := func(phrase string, words []string) { word(phrase, strings.Join(words, ", ")) }
	list("to {words}", r.Countries)
	list("postcodes {words}", r.Postcodes)
	word("worth at least {words}", r.ValueFrom)
	word("worth at most {words}", r.ValueTo)
	list("with {words}", r.SKUs)
	list("tagged {words}", r.Tags)
	list("wished {words}", r.Wished)
	list("from shop {words}", r.Shops)
	word("weighing at least {words}", r.MassFrom)
	word("weighing at most {words}", r.MassTo)
	switch r.Dangerous {
	case "yes":
		out = append(out, say("dangerous goods"))
	case "no":
		out = append(out, say("no dangerous goods"))
	}
	if len(out) == 0 {
		return say("always")
	}
	return strings.Join(out, "; ")
}

// Then says what a rule does, in words: "use demo-post".
func (r Rule) Then(say Say) string {
	var out []string
	for _, l := range []struct {
		does  string
		words []string
	}{{"use {words}", r.Use}, {"never {words}", r.Never}, {"prefer {words}", r.Prefer}} {
		if len(l.words) > 0 {
			out = append(out, say(l.does, "words", strings.Join(l.words, ", ")))
		}
	}
	if r.By != "" && len(out) > 0 {
		out[len(out)-1] += say(" unless dearer by more than {price}", "price", r.By)
	}
	if r.Signature {
		out = append(out, say("with a signature"))
	}
	if r.Insure {
		out = append(out, say("insured"))
	}
	return strings.Join(out, ", ")
}
