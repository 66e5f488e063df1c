package labels_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"packbench/labels"
	"packbench/labels/internal/sample"
)

// wild is a text of 500 characters that begins with a letter of its own: each
// field gets another letter, so that a test knows what became of which.
type wild func(letter rune) string

// wilds are what shops, buyers and spreadsheets put into names. The letters are
// of a script, so that "a" stands for its first one.
func wilds() map[string]wild {
	of := func(script string) func(rune) rune {
		letters := []rune(script)
		return func(letter rune) rune { return letters[letter-'a'] }
	}
	repeat := func(script, pattern string, n int) wild {
		letters := of(script)
		return func(letter rune) string {
			return strings.Repeat(strings.ReplaceAll(pattern, "#", string(letters(letter))), n)
		}
	}
	const latin = "ãćčďéęğħîńķľ"
	return map[string]wild{
		"words":          repeat(latin, "######### ", 50),
		"one word":       repeat(latin, "#", 500),
		"controls":       repeat(latin, "#\x00\u202e#\t#\u200b#\x1b#\ufeff", 45),
		"emoji":          repeat("🎁🎂🎃🎄🎅🎆🎇🎈🎉🎊🎋🎌", "#", 500),
		"chinese":        repeat("山田花子東京都千代区大阪", "####，", 100),
		"korean":         repeat("가나다라마바사아자차카타", "#### ", 100),
		"hebrew":         repeat("אבגדהוזחטילמ", "#### ", 100),
		"arabic":         repeat("ابتثجحخدذرزس", "#### ", 100),
		"some words":     repeat(latin, "########## ", 6),
		"some in arabic": repeat("ابتثجحخدذرزس", "##### ", 10),
	}
}

// wildPaper is a document whose fields are wild, by the word that names a field
// where something of it is lost.
type wildPaper struct {
	fields map[rune]string
	stays  []string // what must be whole
	draw   func(labels.Profile) (labels.Layout, []labels.Missing, error)
}

func wildPapers(w wild) map[string]wildPaper {
	from, to := sample.Shop(), sample.Shipping().To
	from.Name, from.Company, from.Street, from.Street2 = w('a'), w('b'), w('c'), w('d')
	to.Name, to.Company, to.Street, to.Street2 = w('e'), w('f'), w('g'), w('h')
	sender := map[rune]string{'a': "sender's name", 'b': "sender's company", 'c': "sender's street", 'd': "sender's street"}
	both := map[rune]string{'e': "recipient's name", 'f': "recipient's company", 'g': "recipient's street", 'h': "recipient's street"}
	for k, v := range sender {
		both[k] = v
	}
	with := func(fields, more map[rune]string) map[rune]string {
		all := map[rune]string{}
		for _, m := range []map[rune]string{fields, more} {
			for k, v := range m {
				all[k] = v
			}
		}
		return all
	}

	d := sample.Customs(2)
	d.From, d.To = from, to
	d.Lines[1].Description, d.Signer, d.Comments = w('i'), w('j'), w('k')
	towns := []string{"8010 GRAZ", "AUSTRIA", "00-049 WARSZAWA", "POLAND"}
	m := sample.Manifest(2)
	m.From, m.Driver, m.By, m.Rows[1].Service = from, w('e'), w('f'), w('i')
	s := sample.Slip(2)
	s.From, s.To, s.Lines[1].Name, s.Lines[1].SKU, s.Lines[1].Note, s.Message = from, to, w('i'), w('j'), w('k'), w('l')
	in := sample.Inside()
	in.From, in.To = from, to

	label, back := sample.Shipping(), sample.Return()
	label.From, label.To, back.From, back.To = from, to, to, from
	turned := map[rune]string{'a': "recipient's name", 'b': "recipient's company", 'c': "recipient's street", 'd': "recipient's street"}
	turned = with(turned, map[rune]string{'e': "sender's name", 'f': "sender's company", 'g': "sender's street", 'h': "sender's street"})

	all := map[string]wildPaper{
		"label":  {both, towns, func(p labels.Profile) (labels.Layout, []labels.Missing, error) { return labels.ShippingLabel(label, p) }},
		"return": {turned, towns, func(p labels.Profile) (labels.Layout, []labels.Missing, error) { return labels.ReturnLabel(back, p) }},
		"CN22":   {with(sender, map[rune]string{'i': "goods", 'j': "signature"}), towns[:2], func(p labels.Profile) (labels.Layout, []labels.Missing, error) { return labels.CN22(d, p) }},
		"CN23":   {with(both, map[rune]string{'i': "goods", 'j': "signature", 'k': "Comments"}), towns, func(p labels.Profile) (labels.Layout, []labels.Missing, error) { return labels.CN23(d, p) }},
		"invoice": {with(both, map[rune]string{'i': "goods", 'j': "signature", 'k': "Comments"}), towns, func(p labels.Profile) (labels.Layout, []labels.Missing, error) {
			return labels.CommercialInvoice(d, p)
		}},
		"manifest": {with(sender, map[rune]string{'e': "driver", 'f': "who hands over", 'i': "parcel|service"}), []string{"8010 GRAZ", "AUSTRIA"}, func(p labels.Profile) (labels.Layout, []labels.Missing, error) {
			return labels.CarrierManifest(m, p)
		}},
		"slip": {with(both, map[rune]string{'i': "item", 'j': "item", 'k': "item", 'l': "message"}), towns, func(p labels.Profile) (labels.Layout, []labels.Missing, error) {
			return labels.PackingSlip(s, p)
		}},
		"inside": {sender, []string{"8010 GRAZ", "AUSTRIA"}, func(p labels.Profile) (labels.Layout, []labels.Missing, error) { return labels.InsideSlip(in, p) }},
	}
	return all
}

// Whatever stands in a name, a street or an article: nothing covers anything
// else, and what a paper does not show is said under the name of its field. Towns
// and countries are never cut.
func TestWildTextsOnEveryPaper(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: the plain run does it")
	}
	profiles := append(sample.Profiles(), labels.Profile{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}, labels.Profile{Name: "A4-203", DPI: 203, Paper: labels.PaperA4()})
	for name, w := range wilds() {
		for paper, doc := range wildPapers(w) {
			for _, p := range profiles {
				what := fmt.Sprintf("%s: %s: %s", p.Name, paper, name)
				l, missing, err := doc.draw(p)
				var gaps *labels.GapsError
				if errors.As(err, &gaps) && !slices.ContainsFunc(gaps.Gaps, func(g labels.Gap) bool { return !strings.Contains(g.Why, "letters") }) {
					continue // no paper: the office there does not read what would stand on it
				}
				if err != nil {
					t.Errorf("%s: %v", what, err)
					continue
				}
				tidy(t, what, l)
				for letter, field := range doc.fields {
					accounted(t, what, l, missing, field, []rune(w(letter)))
				}
				set := strings.ReplaceAll(strings.Join(strings.Fields(plain(l)), " "), " ,", ",")
				for _, town := range doc.stays {
					if !strings.Contains(strings.ToUpper(set), town) {
						t.Errorf("%s: %s is not whole", what, town)
					}
				}
			}
		}
	}
}

// accounted counts a letter on a paper and in what is said to be missing there.
func accounted(t *testing.T, what string, l labels.Layout, missing []labels.Missing, field string, text []rune) {
	t.Helper()
	letter := text[0]
	of := func(text string) int {
		return strings.Count(strings.ToLower(norm.NFKC.String(text)), strings.ToLower(string(letter)))
	}
	want, have := of(string(text)), of(plain(l))
	for _, m := range missing {
		n := of(m.Text)
		if m.Boxes > 0 && n > 0 { // boxes stand for it
			have += m.Boxes
			continue
		}
		under := slices.ContainsFunc(strings.Split(field, "|"), func(f string) bool { return strings.HasPrefix(m.Field, f) })
		if have += n; n > 0 && !under {
			t.Errorf("%s: %q of the %s is said under %q", what, letter, field, m.Field)
		}
	}
	if have < want {
		t.Errorf("%s: %d of %d letters %q of the %s are neither there nor said to be missing", what, want-have, want, letter, field)
	}
	if unicode.IsControl(letter) || slices.Contains(text, 0xfffd) {
		t.Fatal("the test has no letter")
	}
}
