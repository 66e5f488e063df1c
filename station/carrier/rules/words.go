package rules

import "strings"

// If says when a rule holds, in words: "to DE; worth at least 500"; "always" where nothing is
// asked.
func (r Rule) If() string {
	var out []string
	list := func(before string, words []string) {
		if len(words) > 0 {
			out = append(out, before+strings.Join(words, ", "))
		}
	}
	word := func(before, text string) {
		if text != "" {
			out = append(out, before+text)
		}
	}
	list("to ", r.Countries)
	list("postcodes ", r.Postcodes)
	word("worth at least ", r.ValueFrom)
	word("worth at most ", r.ValueTo)
	list("with ", r.SKUs)
	list("tagged ", r.Tags)
	list("wished ", r.Wished)
	list("from shop ", r.Shops)
	word("weighing at least ", r.MassFrom)
	word("weighing at most ", r.MassTo)
	switch r.Dangerous {
	case "yes":
		out = append(out, "dangerous goods")
	case "no":
		out = append(out, "no dangerous goods")
	}
	if len(out) == 0 {
		return "always"
	}
	return strings.Join(out, "; ")
}

// Then says what a rule does, in words: "use demo-post".
func (r Rule) Then() string {
	var out []string
	for _, l := range []struct {
		does  string
		words []string
	}{{"use ", r.Use}, {"never ", r.Never}, {"prefer ", r.Prefer}} {
		if len(l.words) > 0 {
			out = append(out, l.does+strings.Join(l.words, ", "))
		}
	}
	if r.By != "" && len(out) > 0 {
		out[len(out)-1] += " unless dearer by more than " + r.By
	}
	if r.Signature {
		out = append(out, "with a signature")
	}
	if r.Insure {
		out = append(out, "insured")
	}
	return strings.Join(out, ", ")
}
