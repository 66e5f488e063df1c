package labels_test

import (
	"flag"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"packbench/labels"
	"packbench/labels/barcode"
	"packbench/labels/internal/sample"
)

var update = flag.Bool("update", false, "write the golden files")

// documents lays out everything that there is for a profile.
func documents(t *testing.T, p labels.Profile) map[string]labels.Layout {
	t.Helper()
	all := make(map[string]labels.Layout)
	add := func(name string, l labels.Layout, _ []labels.Missing, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %s: %v", p.Name, name, err)
			return
		}
		all[name] = l
	}
	for name, s := range sample.Nasty() {
		l, m, err := labels.ShippingLabel(s, p)
		add("label "+name, l, m, err)
	}
	for _, n := range []int{0, 1, 60} {
		l, m, err := labels.PackingSlip(sample.Slip(n), p)
		add(fmt.Sprintf("slip of %d", n), l, m, err)
	}
	l, m, err := labels.InsideSlip(sample.Inside(), p)
	add("inside", l, m, err)
	l, m, err = labels.CardSheet(sample.Commands(), p)
	add("cards", l, m, err)
	l, m, err = labels.CardSheet(sample.Calibration(), p)
	add("cards to calibrate", l, m, err)
	l, m, err = labels.ReturnLabel(sample.Return(), p)
	add("return", l, m, err)
	bare := labels.Return{To: labels.Address{Name: "B"}, RMA: "7"}
	l, m, err = labels.ReturnLabel(bare, p)
	add("return, bare", l, m, err)
	for _, n := range []int{1, 60} {
		l, m, err = labels.CarrierManifest(sample.Manifest(n), p)
		add(fmt.Sprintf("manifest of %d", n), l, m, err)
		l, m, err = labels.CN23(sample.Customs(n), p)
		add(fmt.Sprintf("CN23 of %d", n), l, m, err)
		l, m, err = labels.CommercialInvoice(sample.Customs(n), p)
		add(fmt.Sprintf("invoice of %d", n), l, m, err)
	}
	l, m, err = labels.CN22(sample.Customs(3), p)
	add("CN22", l, m, err)
	return all
}

func everyProfile() []labels.Profile {
	return append(sample.Profiles(),
		labels.Profile{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()},
		labels.Profile{Name: "A4-203", DPI: 203, Paper: labels.PaperA4()},
		labels.Profile{Name: "Letter-600", DPI: 600, Paper: labels.PaperLetter()})
}

func TestNothingOverlapsOrLeavesThePage(t *testing.T) {
	for _, p := range everyProfile() {
		for name, l := range documents(t, p) {
			tidy(t, p.Name+": "+name, l)
		}
	}
}

// tidy looks that no box leaves the page or covers another.
func tidy(t *testing.T, what string, l labels.Layout) {
	t.Helper()
	for i, page := range l.Pages {
		for j, a := range page.Boxes {
			if !a.Bounds().In(image.Rect(0, 0, l.W, l.H)) || a.Bounds().Empty() {
				t.Errorf("%s: page %d: outside the page: %s", what, i+1, a)
			}
			for _, b := range page.Boxes[j+1:] {
				if a.Bounds().Overlaps(b.Bounds()) && !within(a, b) {
					t.Errorf("%s: page %d: overlap:\n  %s\n  %s", what, i+1, a, b)
				}
			}
		}
	}
}

// within reports whether one box may stand in the other: white text on a filled
// rectangle, anything inside a frame.
func within(a, b labels.Box) bool { return holds(a, b) || holds(b, a) }

func holds(outer, inner labels.Box) bool {
	r, ok := outer.(labels.Rect)
	if !ok {
		return false
	}
	if r.Stroke > 0 {
		return inner.Bounds().In(r.Bounds().Inset(r.Stroke))
	}
	t, ok := inner.(labels.Text)
	return ok && t.White && t.Bounds().In(r.Bounds())
}

func TestRunsStandInsideTheirTextAndHoldPrintableCharactersOnly(t *testing.T) {
	for _, p := range everyProfile() {
		for name, l := range documents(t, p) {
			for _, page := range l.Pages {
				for _, box := range page.Boxes {
					text, ok := box.(labels.Text)
					if !ok {
						continue
					}
					if text.Text() == "" {
						t.Errorf("%s: %s: an empty text", p.Name, name)
					}
					for _, run := range text.Runs {
						if run.X < text.X || run.X+run.W > text.X+text.W+1 {
							t.Errorf("%s: %s: a run leaves its box: %s", p.Name, name, text)
						}
						for _, r := range run.Text {
							if r > 0xffff || r < ' ' || unicode.Is(unicode.Cf, r) || r == 0xfffd {
								t.Errorf("%s: %s: %q in %s", p.Name, name, r, text)
							}
						}
					}
				}
			}
		}
	}
}

func TestBarsAreWideAndHighEnough(t *testing.T) {
	for _, p := range sample.Profiles() {
		for name, l := range documents(t, p) {
			for _, page := range l.Pages {
				for _, box := range page.Boxes {
					mm := func(dots int) float64 { return float64(dots) * 25.4 / float64(p.DPI) }
					switch b := box.(type) {
					case labels.Bars:
						if b.Quiet < 10 || b.Dot < 3 || mm(b.H) < 10 {
							t.Errorf("%s: %s: %s", p.Name, name, b)
						}
						if strings.HasPrefix(b.Symbol, "00") && (b.Dot != map[int]int{203: 4, 300: 6}[p.DPI] || mm(b.H) < 31.95) {
							t.Errorf("%s: %s: the SSCC: %s, %.2f mm high", p.Name, name, b, mm(b.H))
						}
					case labels.Matrix:
						if strings.HasPrefix(name, "cards") {
							continue
						}
						least := 0.59
						if name == "label long trace" {
							least = 0.42 // it may shrink, but not below five dots
						}
						if b.Quiet < 4 || b.Dot < 5 || mm(b.Dot) < least || b.Matrix.Level < barcode.Q {
							t.Errorf("%s: %s: %s", p.Name, name, b)
						}
					}
				}
			}
		}
	}
}

func TestGoldenLayouts(t *testing.T) {
	for _, p := range sample.Profiles() {
		for _, name := range []string{"ordinary", "japanese", "hebrew", "arabic", "korean", "thai", "what no font has", "short trace"} {
			l, missing, err := labels.ShippingLabel(sample.Nasty()[name], p)
			if err != nil {
				t.Fatal(err)
			}
			text := l.String()
			for _, m := range missing {
				text += "missing " + m.String() + "\n"
			}
			golden(t, "label-"+p.Name+"-"+strings.ReplaceAll(name, " ", "-"), text)
		}
	}
	l, _, err := labels.PackingSlip(sample.Slip(8), sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "slip-4x6-203", l.String())
	if l, _, err = labels.InsideSlip(sample.Inside(), sample.Profiles()[0]); err != nil {
		t.Fatal(err)
	}
	golden(t, "inside-4x6-203", l.String())
	if l, _, err = labels.CardSheet(sample.Commands(), labels.Profile{Name: "A4", DPI: 300, Paper: labels.PaperA4()}); err != nil {
		t.Fatal(err)
	}
	golden(t, "cards-A4-300", l.String())
}

func TestGoldenPapers(t *testing.T) {
	label, a4 := sample.Profiles()[0], labels.Profile{Name: "A4", DPI: 300, Paper: labels.PaperA4()}
	check := func(name string, l labels.Layout, missing []labels.Missing, err error) {
		t.Helper()
		if err != nil || len(missing) > 0 {
			t.Fatalf("%s: %v, %v", name, missing, err)
		}
		golden(t, name, l.String())
	}
	l, missing, err := labels.ReturnLabel(sample.Return(), label)
	check("return-4x6-203", l, missing, err)
	l, missing, err = labels.CardSheet(sample.Calibration(), label)
	check("calibration-4x6-203", l, missing, err)
	l, missing, err = labels.CarrierManifest(sample.Manifest(5), label)
	check("manifest-4x6-203", l, missing, err)
	l, missing, err = labels.CarrierManifest(sample.Manifest(40), a4)
	check("manifest-A4-300", l, missing, err)
	l, missing, err = labels.CN22(sample.Customs(3), label)
	check("cn22-4x6-203", l, missing, err)
	l, missing, err = labels.CN23(sample.Customs(4), a4)
	check("cn23-A4-300", l, missing, err)
	l, missing, err = labels.CommercialInvoice(sample.Customs(4), a4)
	check("invoice-A4-300", l, missing, err)
	l, missing, err = labels.CommercialInvoice(sample.Customs(4), label)
	check("invoice-4x6-203", l, missing, err)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden file (write it anew with -update):\n%s", name, got)
	}
}

func TestLabelIsRefusedRatherThanWrong(t *testing.T) {
	p := sample.Profiles()[0]
	for name, c := range map[string]struct {
		change func(*labels.Shipping)
		words  string
	}{
		"bad check digit":   {func(s *labels.Shipping) { s.SSCC = "340123450000000018" }, "check digit"},
		"short SSCC":        {func(s *labels.Shipping) { s.SSCC = "3401" }, "18 digits"},
		"no recipient":      {func(s *labels.Shipping) { s.To = labels.Address{} }, "recipient"},
		"tracking too long": {func(s *labels.Shipping) { s.Tracking = strings.Repeat("AB", 20) }, "too long"},
		"tracking with ñ":   {func(s *labels.Shipping) { s.Tracking = "Eñ1" }, "cannot hold"},
		"tracking with GS":  {func(s *labels.Shipping) { s.Tracking = "E1\x1d2" }, "cannot hold"},
		"trace too long":    {func(s *labels.Shipping) { s.Trace = strings.Repeat("x", 300) }, "too long"},
	} {
		s := sample.Shipping()
		c.change(&s)
		if _, _, err := labels.ShippingLabel(s, p); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want words about %q", name, err, c.words)
		}
	}
	for _, bad := range []labels.Profile{{}, {DPI: 203}, {DPI: 100, Paper: labels.Paper4x6()}, {DPI: 203, Paper: labels.Paper{W: 1, H: 1}}} {
		if _, _, err := labels.ShippingLabel(sample.Shipping(), bad); err == nil {
			t.Errorf("profile %+v is accepted", bad)
		}
	}
}

func TestWhatCannotBePrintedIsSaid(t *testing.T) {
	p := sample.Profiles()[0]
	l, missing, err := labels.ShippingLabel(sample.Nasty()["what no font has"], p)
	if err != nil {
		t.Fatal(err)
	}
	said := fmt.Sprint(missing)
	for _, r := range "🎁𠮷राम" {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !strings.ContainsRune(said, r) {
			t.Errorf("%q is missing and not said: %s", r, said)
		}
	}
	if !strings.Contains(l.String(), `"Name □ □"] [172+34 fallback "野"]`) || !strings.Contains(l.String(), "ab cd") || !strings.Contains(l.String(), "é") {
		t.Errorf("what stands for it:\n%s", l)
	}
	s := sample.Shipping()
	s.To.Name = "Ä 🎉🚀👩\u200d👩\u200d👧" // what joins two signs is no sign
	l, missing, err = labels.ShippingLabel(s, p)
	if err != nil || len(missing) != 1 {
		t.Fatalf("%v, %v", missing, err)
	}
	boxes := strings.Count(l.String(), "□")
	if m := missing[0]; m.Lost() != 5 || boxes != 5 || m.Text != "🎉🚀👩👧" || !strings.HasSuffix(m.String(), "(5 boxes)") {
		t.Errorf("%d boxes, %d are said: %s", boxes, m.Lost(), m)
	}
	if _, missing, err = labels.ShippingLabel(sample.Shipping(), p); err != nil || len(missing) > 0 {
		t.Errorf("an ordinary label misses %v, %v", missing, err)
	}
	_, missing, err = labels.ShippingLabel(sample.Nasty()["long everything"], p)
	if err != nil || !strings.Contains(fmt.Sprint(missing), "no room") {
		t.Errorf("what was cut is not said: %v, %v", missing, err)
	}
}

// Whatever is too long is cut where it is long; the destination stays.
// A card whose bars do not fit is printed as QR: it is said, and nothing is lost.
func TestACardThatIsPrintedAsQRIsNotMissing(t *testing.T) {
	card := labels.Card{Title: "Reprint", Code: strings.Repeat("PB:reason:x ", 6)}
	_, missing, err := labels.CardSheet(labels.Sheet{Title: "Commands", Cards: []labels.Card{card}}, sample.Profiles()[0])
	if err != nil || len(missing) != 1 {
		t.Fatalf("%v, %v", missing, err)
	}
	if m := missing[0]; !m.Instead || m.Lost() != 0 || !strings.HasPrefix(m.String(), "card Reprint: printed as QR, because the bars do not fit this paper") {
		t.Errorf("%d lost: %s", m.Lost(), m)
	}
}

func TestLongNameDoesNotPushTheCityOffTheLabel(t *testing.T) {
	for _, p := range sample.Profiles() {
		l, missing, err := labels.ShippingLabel(sample.Nasty()["one word of 500"], p)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`"00-049 WARSZAWA"`, `"POLAND"`, "Zażółć"} {
			if !strings.Contains(l.String(), want) {
				t.Errorf("%s: %s is not on the label", p.Name, want)
			}
		}
		lines, recipient := 0, false
		for _, box := range l.Pages[0].Boxes { // the recipient is set last
			text, ok := box.(labels.Text)
			if !ok || !recipient || strings.HasPrefix(text.Text(), "Phone") {
				recipient = recipient || ok && text.Text() == "SHIP TO"
				continue
			}
			lines++
			if em := float64(text.Size) * 25.4 / float64(p.DPI); em < 2.82 {
				t.Errorf("%s: the recipient is set in %.2f mm, 8 points are 2.82: %s", p.Name, em, text)
			}
		}
		if lines < 6 {
			t.Errorf("%s: only %d lines of the recipient", p.Name, lines)
		}
		if !strings.Contains(fmt.Sprint(missing), "recipient's name: there is no room") {
			t.Errorf("%s: the cut is not said: %v", p.Name, missing)
		}
	}
}

func TestMegabyteOfNameIsNeitherSlowNorSilent(t *testing.T) {
	s := sample.Shipping()
	s.To.Name = strings.Repeat("aש山 🎁", 100_000)
	s.Routing, s.Order = s.To.Name, s.To.Name
	start := time.Now()
	_, missing, err := labels.ShippingLabel(s, sample.Profiles()[0])
	if err != nil || !strings.Contains(fmt.Sprint(missing), "far too long") {
		t.Errorf("%v, %d missing", err, len(missing))
	}
	if took := time.Since(start); took > time.Minute { // a hang, on any machine
		t.Errorf("it took %v", took)
	}
}

func FuzzShippingLabel(f *testing.F) {
	for _, s := range sample.Nasty() {
		f.Add(s.To.Name, s.To.Street, s.Routing, s.Service, s.Banner, s.Order)
	}
	f.Fuzz(func(t *testing.T, name, street, routing, service, banner, order string) {
		s := sample.Shipping()
		s.To.Name, s.To.Street, s.Routing, s.Service, s.Banner, s.Order = name, street, routing, service, banner, order
		l, _, err := labels.ShippingLabel(s, sample.Profiles()[0])
		if err != nil {
			t.Fatal(err)
		}
		tidy(t, "", l)
	})
}
