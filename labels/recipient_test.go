package labels_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"packbench/labels"
	"packbench/labels/internal/sample"
)

// recipientLines returns the texts of a label that begin at the left, below
// the word above the recipient and above the first bar code.
func recipientLines(t *testing.T, l labels.Layout) []labels.Text {
	t.Helper()
	var out []labels.Text
	heading := -1
	for _, box := range l.Pages[0].Boxes {
		if text, ok := box.(labels.Text); ok && text.Text() == "SHIP TO" {
			heading = text.Y
		}
	}
	bars := l.H
	for _, box := range l.Pages[0].Boxes {
		if b, ok := box.(labels.Bars); ok {
			bars = min(bars, b.Y)
		}
	}
	for _, box := range l.Pages[0].Boxes {
		text, ok := box.(labels.Text)
		if ok && heading >= 0 && text.Y > heading && text.X < l.W/4 && text.Y < bars-l.DPI/5 {
			out = append(out, text)
		}
	}
	return out
}

// A long address stands whole on every paper, in letters that postal rules
// allow, with the phone: nothing is asked of the packer.
func TestLongAddressIsWhole(t *testing.T) {
	s := sample.Shipping()
	s.References = nil
	s.Routing = ""
	s.To = labels.Address{
		Name: "Maximilian Bartholomew Featherstonehaugh-Cholmondeley III", Company: "International Consolidated Widgets and Sundries Incorporated",
		Street: "12345 North Martin Luther King Junior Boulevard", Street2: "Suite 2400 Building C", Postcode: "90210-1234", City: "Rancho Santa Margarita",
		Region: "CA", Country: "US", Phone: "+1 202 555 0100",
	}
	for _, p := range sample.Profiles() {
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil || len(missing) > 0 {
			t.Fatalf("%s: %v, %v", p.Name, missing, err)
		}
		tidy(t, p.Name, l)
		set := strings.Join(strings.Fields(wordsOf(l)), " ")
		for _, part := range append(strings.Fields(s.To.Name+" "+s.To.Company+" "+s.To.Street+" "+s.To.Street2),
			"RANCHO SANTA MARGARITA CA 90210-1234", "UNITED STATES", "Phone +1 202 555 0100") {
			if !strings.Contains(set, part) {
				t.Errorf("%s: %q is not on the label:\n%s", p.Name, part, set)
			}
		}
		legal(t, p, l)
	}
}

func legal(t *testing.T, p labels.Profile, l labels.Layout) {
	t.Helper()
	lines := recipientLines(t, l)
	if len(lines) < 4 {
		t.Fatalf("%s: %d lines of a recipient", p.Name, len(lines))
	}
	for _, text := range lines {
		if em := float64(text.Size) * 25.4 / float64(p.DPI); em < 2.82 {
			t.Errorf("%s: the recipient is set in %.2f mm, 8 points are 2.82: %s", p.Name, em, text)
		}
	}
}

// Where an address can never fit, house number, town and postcode stay, and it
// is said of which field what is lost.
func TestEndlessAddressKeepsNumberTownAndPostcode(t *testing.T) {
	s := sample.Shipping()
	s.To = labels.Address{
		Name: strings.Repeat("Wolfeschlegelsteinhausenbergerdorff ", 14), Company: strings.Repeat("Handel und Wandel ", 28),
		Street: strings.Repeat("Lange Strasse ", 36) + "17b", Street2: "Hof 3", Postcode: "10115", City: "Berlin am " + strings.Repeat("Rosenthaler ", 40) + "Platz",
		Country: "DE", Phone: strings.Repeat("+49 30 5550100 ", 10),
	}
	for _, p := range sample.Profiles() {
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil {
			t.Fatal(err)
		}
		tidy(t, p.Name, l)
		legal(t, p, l)
		set := wordsOf(l)
		for _, part := range []string{"17b\n", "Hof 3\n", "10115 BERLIN AM", "PLATZ\n", "GERMANY"} {
			if !strings.Contains(set, part) {
				t.Errorf("%s: %q is not on the label:\n%s", p.Name, part, set)
			}
		}
		for field, text := range map[string]string{
			"name": "dorff Wolfesch", "company": "Wandel Handel", "street": "Lange Strasse", "city": "ROSENTHALER", "phone": "5550100",
		} {
			if !slices.ContainsFunc(missing, func(m labels.Missing) bool { return m.Field == "recipient's "+field && strings.Contains(m.Text, text) }) {
				t.Errorf("%s: nothing is said of the %s: %.300v", p.Name, field, missing)
			}
		}
	}
}

// A box that stands for a character is said with the field that it is in.
func TestMissingCharactersAreSaidWithTheirField(t *testing.T) {
	_, missing, err := labels.ShippingLabel(sample.Nasty()["what no font has"], sample.Profiles()[0])
	if err != nil || !strings.Contains(fmt.Sprint(missing), "recipient's name: no font can print this, a box stands for it: 🎁") {
		t.Errorf("%v, %v", missing, err)
	}
}

// Numbers of orders that are as long as some shops make them stand whole, on
// lines of their own.
func TestLongOrderNumbersAreWhole(t *testing.T) {
	const order = "SHOP-2026-11-22-ABCDEFGHIJKLMNOP-0001"
	ship, back := sample.Shipping(), sample.Return()
	ship.Order, ship.Parcel, ship.PieceOf = order, order+"-1", 0
	back.Order = order
	for _, p := range sample.Profiles() {
		for name, draw := range map[string]func() (labels.Layout, []labels.Missing, error){
			"label":  func() (labels.Layout, []labels.Missing, error) { return labels.ShippingLabel(ship, p) },
			"return": func() (labels.Layout, []labels.Missing, error) { return labels.ReturnLabel(back, p) },
		} {
			l, missing, err := draw()
			if err != nil || len(missing) > 0 {
				t.Errorf("%s: %s: %v, %v", p.Name, name, missing, err)
				continue
			}
			tidy(t, p.Name+": "+name, l)
			set := strings.ReplaceAll(wordsOf(l), "\n", "")
			if alone := strings.Contains(set, "ORDER"+order); !alone && name == "return" || name == "label" && !strings.Contains(set, "PARCEL"+order+"-1") {
				t.Errorf("%s: %s: the number is not whole: %s", p.Name, name, set)
			}
		}
	}
}

// A return that no carrier is known of says that the sender is to pay it, and
// one that is paid does not.
func TestReturnSaysWhetherItIsPaid(t *testing.T) {
	back := sample.Return()
	back.Sample = false
	for _, p := range sample.Profiles() {
		for carrier, want := range map[string]bool{"": true, "Demo Express": false} {
			back.Carrier = carrier
			l, missing, err := labels.ReturnLabel(back, p)
			if err != nil || len(missing) > 0 {
				t.Fatal(missing, err)
			}
			tidy(t, p.Name, l)
			if got := strings.Contains(wordsOf(l), "Affix postage"); got != want {
				t.Errorf("%s: %q: asks for postage: %v", p.Name, carrier, got)
			}
		}
	}
}

// A short code opens nothing on a telephone, and the slip does not promise it.
func TestInsideSlipPromisesWhatItsCodeCanDo(t *testing.T) {
	slip := sample.Inside()
	for code, want := range map[string]string{sample.Trace: "Scan this code", "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V": "Our code of this parcel"} {
		slip.Trace = code
		l, _, err := labels.InsideSlip(slip, sample.Profiles()[0])
		if err != nil || !strings.Contains(wordsOf(l), want) || !strings.Contains(wordsOf(l), "quote order "+slip.Order) {
			t.Errorf("%s: %v\n%s", code, err, wordsOf(l))
		}
	}
}

// wordsOf returns the lines of text of a document's first page.
func wordsOf(l labels.Layout) string {
	var b strings.Builder
	for _, box := range l.Pages[0].Boxes {
		if text, ok := box.(labels.Text); ok {
			b.WriteString(text.Text() + "\n")
		}
	}
	return b.String()
}

// Lines that run from right to left begin at the right edge of their room; the
// country, which is English, stays at the left one.
func TestRightToLeftLinesBeginAtTheRight(t *testing.T) {
	for _, p := range sample.Profiles() {
		for name, country := range map[string]string{"hebrew": "ISRAEL", "arabic": "SAUDI ARABIA"} {
			l, _, err := labels.ShippingLabel(sample.Nasty()[name], p)
			if err != nil {
				t.Fatal(err)
			}
			lines := 0
			for _, text := range texts(l) {
				last := text.Runs[len(text.Runs)-1]
				foreign := strings.ContainsFunc(text.Text(), func(r rune) bool { return unicode.In(r, unicode.Hebrew, unicode.Arabic) })
				switch {
				case foreign && last.X+last.W < text.X+text.W-1:
					t.Errorf("%s: %s: %q ends %d dots before the edge", p.Name, name, text.Text(), text.X+text.W-last.X-last.W)
				case foreign:
					lines++
				case text.Text() == country && text.Runs[0].X != text.X:
					t.Errorf("%s: %s: the country stands %d dots off the left edge", p.Name, name, text.Runs[0].X-text.X)
				}
			}
			if lines < 3 {
				t.Errorf("%s: %s: %d lines", p.Name, name, lines)
			}
		}
	}
}

// The mark stands once, keeps off its edges, and takes nothing of the label but
// room of the service's name.
func TestFragileStandsBesideTheService(t *testing.T) {
	for _, p := range everyProfile() {
		for name, s := range sample.Nasty() {
			s.Fragile = true
			l, missing, err := labels.ShippingLabel(s, p)
			if err != nil || strings.Count(plain(l), "\nFRAGILE\n") != 1 {
				t.Errorf("%s: %s: %v\n%s", p.Name, name, err, plain(l))
				continue
			}
			if name == "ordinary" && (len(missing) > 0 || !strings.Contains(plain(l), "\nNEXT DAY 12:00\n")) {
				t.Errorf("%s: %v\n%s", p.Name, missing, plain(l))
			}
			tidy(t, p.Name+": "+name, l)
			distances(t, p.Name+": "+name, l, p.DPI*12/254, 0)
		}
	}
}
