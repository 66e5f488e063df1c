package labels_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/station/phrases"
	"packbench/station/unit"
)

func languages(t *testing.T) (phrases.Book, []string) {
	t.Helper()
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	return book, book.Tags()
}

// spoken is a document with what it could not print.
type spoken struct {
	labels.Layout
	missing []labels.Missing
}

// readers lays out each kind of document that is told in a language, ordinary
// and marked as printed again.
func readers(t *testing.T, p labels.Profile) map[string]spoken {
	t.Helper()
	all := make(map[string]spoken)
	add := func(name string) func(l labels.Layout, m []labels.Missing, err error) {
		return func(l labels.Layout, m []labels.Missing, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("%s: %s: %v", p.Name, name, err)
			}
			all[name] = spoken{l, m}
		}
	}
	for _, reprint := range []int{0, 12} {
		again := strings.Repeat(" again", min(reprint, 1))
		label := sample.Shipping()
		label.Reprint = reprint
		add("label" + again)(labels.ShippingLabel(label, p))
		back := sample.Return()
		back.Service, back.Reprint = "", reprint
		add("return" + again)(labels.ReturnLabel(back, p))
		back.Shop = func(string) string { return "ПОВЕРНЕННЯ" } // of the longest ones
		add("return to a shop with a word of its own" + again)(labels.ReturnLabel(back, p))
		back.Carrier, back.Sample = "", false
		add("return that nobody paid" + again)(labels.ReturnLabel(back, p))
		slip := sample.Slip(2)
		slip.Reprint = reprint
		add("slip" + again)(labels.PackingSlip(slip, p))
		slip.Trace = "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V"
		add("slip with a short code" + again)(labels.PackingSlip(slip, p))
		slip = branded(slip)
		add("slip with sums and a greeting" + again)(labels.PackingSlip(slip, p))
		slip.Gift, slip.Message = true, "Happy birthday, dear Łukasz!"
		add("slip of a gift" + again)(labels.PackingSlip(slip, p))
		manifest := sample.Manifest(3)
		manifest.Reprint = reprint
		add("manifest" + again)(labels.CarrierManifest(manifest, p))
		manifest.Driver, manifest.Vehicle = "", ""
		add("manifest without a driver" + again)(labels.CarrierManifest(manifest, p))
	}
	for month := range time.Month(12) {
		inside := sample.Inside()
		inside.Reprint, inside.Units, inside.Order, inside.Parcel, inside.PieceN, inside.PieceOf = 12, 1200, "1042-2026", "1042-2026-12", 12, 12
		inside.More = month%2 == 1
		if month%3 == 2 {
			inside.Trace = "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V"
		}
		inside.Date = time.Date(2026, month+1, 28, 0, 0, 0, 0, time.UTC)
		add("inside in " + inside.Date.Format("Jan"))(labels.InsideSlip(inside, p))
	}
	return all
}

// branded is a slip with all that a shop may say on it.
func branded(s labels.Slip) labels.Slip {
	s.Whole, s.Help = true, "https://shop.example/help?order=1042"
	s.Look = labels.Look{Greeting: "Thank you, Anna", Message: "Thank you for your order.", Support: "help@shop.example", Accent: "0a5fb4"}
	for _, name := range []string{labels.SumGoods, labels.SumDiscount, labels.SumShipping, labels.SumTax, labels.SumWithin, labels.SumTotal, labels.SumPaid} {
		s.Sums = append(s.Sums, labels.SlipSum{Name: name, Amount: unit.Money{Minor: 123456, Currency: "EUR"}})
	}
	return s
}

// symbols are the codes of a document in the order in which they stand.
func symbols(l labels.Layout) []string {
	var out []string
	for _, page := range l.Pages {
		for _, box := range page.Boxes {
			switch b := box.(type) {
			case labels.Bars:
				out = append(out, fmt.Sprintf("%s in bars of %d", b.Symbol, b.Dot))
			case labels.Matrix:
				out = append(out, fmt.Sprintf("%s in dots of %d", b.Symbol, b.Dot))
			}
		}
	}
	return out
}

// No word of any language is cut or lacks a glyph on any paper, nothing is
// pushed aside, and the codes are the same ones.
func TestEveryLanguageFitsEveryPaper(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: the plain run does it")
	}
	book, tags := languages(t)
	for _, p := range append(sample.Profiles()[1:], labels.Profile{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}) {
		english := readers(t, p)
		for _, tag := range tags {
			p.Words = book.In(tag).Phrase
			for name, doc := range readers(t, p) {
				what := fmt.Sprintf("%s: %s: %s", tag, p.Name, name)
				for _, m := range doc.missing {
					t.Errorf("%s: %s", what, m)
				}
				tidy(t, what, doc.Layout)
				if have, want := symbols(doc.Layout), symbols(english[name].Layout); !slices.Equal(have, want) {
					t.Errorf("%s: its codes are %q, in English %q", what, have, want)
				}
				if tag != phrases.English && doc.String() == english[name].String() {
					t.Errorf("%s: it is English", what)
				}
			}
		}
	}
}

// Words in white keep off the edges of their black box, and words on one line
// keep off each other, in every language.
func TestWordsKeepTheirDistance(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: the plain run does it")
	}
	book, tags := languages(t)
	for _, p := range []labels.Profile{sample.Profiles()[0], {Name: "A6-300", DPI: 300, Paper: labels.PaperA6()}} {
		edge, gap := p.DPI*12/254, p.DPI*5/254 // 1.2 and 0.5 mm
		for _, tag := range tags {
			p.Words = book.In(tag).Phrase
			label, back := sample.Shipping(), sample.Return()
			back.Service = ""
			label.Reprint, back.Reprint = 12, 12
			for name, draw := range map[string]func() (labels.Layout, []labels.Missing, error){
				"label":  func() (labels.Layout, []labels.Missing, error) { return labels.ShippingLabel(label, p) },
				"return": func() (labels.Layout, []labels.Missing, error) { back.Shop = nil; return labels.ReturnLabel(back, p) },
				"return with two words": func() (labels.Layout, []labels.Missing, error) {
					back.Shop = func(string) string { return "ПОВЕРНЕННЯ" }
					return labels.ReturnLabel(back, p)
				},
			} {
				l, _, err := draw()
				if err != nil {
					t.Fatal(err)
				}
				distances(t, fmt.Sprintf("%s: %s: %s", tag, p.Name, name), l, edge, gap)
			}
		}
	}
}

// distances looks how far words stand from the edge of their black box and from
// the words on the same line, in dots.
func distances(t *testing.T, what string, l labels.Layout, edge, gap int) {
	t.Helper()
	ends := func(text labels.Text) (left, right int) {
		last := text.Runs[len(text.Runs)-1]
		return text.Runs[0].X, last.X + last.W
	}
	for _, page := range l.Pages {
		for i, box := range page.Boxes {
			text, ok := box.(labels.Text)
			if !ok {
				continue
			}
			left, right := ends(text)
			for _, other := range page.Boxes {
				if r, ok := other.(labels.Rect); ok && r.Stroke == 0 && text.White && text.Bounds().In(r.Bounds()) && (left-r.X < edge || r.X+r.W-right < edge) {
					t.Errorf("%s: %q is %d and %d dots from the edge", what, text.Text(), left-r.X, r.X+r.W-right)
				}
			}
			for _, other := range page.Boxes[i+1:] {
				if o, ok := other.(labels.Text); ok && o.Baseline == text.Baseline {
					if from, to := ends(o); from < right+gap && left < to+gap {
						t.Errorf("%s: %q and %q are too close", what, text.Text(), o.Text())
					}
				}
			}
		}
	}
}

func TestDatesAreWrittenAsTheLanguageDoes(t *testing.T) {
	book, _ := languages(t)
	for tag, want := range map[string]string{
		"en": "22 Nov 2026", "de": "22. Nov. 2026", "cs": "22. listopadu 2026", "hu": "2026. nov. 22.", "ja": "2026年11月22日", "zh": "2026年11月22日", "uk": "22 лист. 2026",
	} {
		p := sample.Profiles()[0]
		p.Words = book.In(tag).Phrase
		l, _, err := labels.ShippingLabel(sample.Shipping(), p)
		if err != nil || !strings.Contains(plain(l), want) {
			t.Errorf("%s: %s is not on the label: %v", tag, want, err)
		}
	}
}

// A point parts thousands in most of Europe: 1.234 kg is a ton there.
func TestFiguresHaveTheDecimalSignOfTheLanguage(t *testing.T) {
	book, _ := languages(t)
	for tag, want := range map[string][]string{
		"en": {"1.234 kg", "38.70 EUR", "51.60 EUR", "1.011 kg"}, "de": {"1,234 kg", "38,70 EUR", "51,60 EUR", "1,011 kg"},
		"ja": {"1.234 kg", "38.70 EUR", "51.60 EUR", "1.011 kg"},
	} {
		p := sample.Profiles()[0]
		p.Words = book.In(tag).Phrase
		label, _, err := labels.ShippingLabel(sample.Shipping(), p)
		if err != nil {
			t.Fatal(err)
		}
		slip, _, err := labels.PackingSlip(sample.Slip(2), p)
		if err != nil {
			t.Fatal(err)
		}
		manifest, _, err := labels.CarrierManifest(sample.Manifest(4), p)
		if err != nil {
			t.Fatal(err)
		}
		text := plain(label) + plain(slip) + plain(manifest)
		for _, figure := range want {
			if !strings.Contains(text, figure) {
				t.Errorf("%s: %s is on no paper", tag, figure)
			}
		}
		p.Words = nil
		invoice, _, err := labels.CommercialInvoice(sample.Customs(2), p)
		if err != nil || !strings.Contains(plain(invoice), "32.90 EUR") {
			t.Errorf("customs papers have their own sign: %v", err)
		}
	}
}

// plain is all text of a layout, whatever fonts it takes.
func plain(l labels.Layout) string {
	var b strings.Builder
	for _, page := range l.Pages {
		for _, box := range page.Boxes {
			if text, ok := box.(labels.Text); ok {
				b.WriteString(text.Text() + "\n")
			}
		}
	}
	return b.String()
}
