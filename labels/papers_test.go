package labels_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/station/unit"
)

func TestCustomsPaperNamesWhatIsMissing(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*labels.Customs)
		want   string
	}{
		"HS code":        {func(c *labels.Customs) { c.Lines[1].HSCode = "" }, "line 2: CAND-1: HS code is missing"},
		"short HS code":  {func(c *labels.Customs) { c.Lines[0].HSCode = "69.11" }, "line 1: MUG-000: HS code has 4 digits, 6 to 10 are needed"},
		"HS words":       {func(c *labels.Customs) { c.Lines[0].HSCode = "mugs12" }, `line 1: MUG-000: HS code "mugs12" is not a number`},
		"origin":         {func(c *labels.Customs) { c.Lines[2].Origin = " " }, "line 3: MUG-002: country of origin is missing"},
		"unknown origin": {func(c *labels.Customs) { c.Lines[2].Origin = "XX" }, `line 3: MUG-002: country of origin "XX" is not known`},
		"description":    {func(c *labels.Customs) { c.Lines[0].Description = "" }, "line 1: MUG-000: description is missing"},
		"24, Cyrillic":   {func(c *labels.Customs) { c.Lines[0].Description = "Чай зелёный" }, "line 1: MUG-000: description is in Cyrillic letters, which are not read there"},
		"37, Korean":     {func(c *labels.Customs) { c.Lines[1].Description = "녹차" }, "line 2: CAND-1: description is in Korean letters, which are not read there"},
		"quantity":       {func(c *labels.Customs) { c.Lines[0].Qty = 0 }, "line 1: MUG-000: quantity is missing"},
		"weight":         {func(c *labels.Customs) { c.Lines[0].Net = 0 }, "line 1: MUG-000: weight is missing"},
		"value":          {func(c *labels.Customs) { c.Lines[0].Value.Minor = 0 }, "line 1: MUG-000: value is missing"},
		"currency":       {func(c *labels.Customs) { c.Lines[1].Value.Currency = "USD" }, "line 2: CAND-1: value is in USD, the first line in EUR"},
		"gross":          {func(c *labels.Customs) { c.Gross = unit.Gram }, "gross weight 0.001 kg is less than the goods' own 1.845 kg"},
		"no gross":       {func(c *labels.Customs) { c.Gross = 0 }, "gross weight is missing"},
		"sender":         {func(c *labels.Customs) { c.From.Street = "" }, "sender's street is missing"},
		"recipient":      {func(c *labels.Customs) { c.To.Country = "" }, "recipient's country is missing"},
		"reason":         {func(c *labels.Customs) { c.Reason = "" }, "reason for the export is missing"},
		"odd reason":     {func(c *labels.Customs) { c.Reason = "loan" }, `reason for the export "loan" is not known`},
		"explanation":    {func(c *labels.Customs) { c.Reason = labels.ReasonOther }, "explanation of the reason is missing"},
		"date":           {func(c *labels.Customs) { c.Date = time.Time{} }, "date is missing"},
		"goods":          {func(c *labels.Customs) { c.Lines = nil }, "list of the goods is empty"},
	} {
		d := sample.Customs(3)
		c.change(&d)
		for paper, draw := range map[string]func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error){
			"CN22": labels.CN22, "CN23": labels.CN23, "invoice": labels.CommercialInvoice,
		} {
			_, _, err := draw(d, sample.Profiles()[0])
			var gaps *labels.GapsError
			if !errors.As(err, &gaps) || err.Error() != "customs paper: "+c.want || len(gaps.Gaps) != 1 {
				t.Errorf("%s, %s: %v, want %s", paper, name, err, c.want)
			}
		}
	}
	city := sample.Customs(1)
	city.To.City, city.To.Country = "", "SG" // 19: which is a city
	if err := city.Check(); err != nil {
		t.Error(err)
	}
	d := sample.Customs(2)
	d.Lines[0].HSCode, d.Lines[1].Origin, d.To.City = "", "", ""
	var gaps *labels.GapsError
	if err := d.Check(); !errors.As(err, &gaps) || len(gaps.Gaps) != 3 || gaps.Gaps[2].Line != 2 || gaps.Gaps[2].SKU != "CAND-1" {
		t.Errorf("several gaps at once: %v", err)
	}
	d = sample.Customs(2)
	d.Invoice = ""
	if _, _, err := labels.CommercialInvoice(d, sample.Profiles()[0]); err == nil || !strings.Contains(err.Error(), "invoice number is missing") {
		t.Errorf("an invoice without a number: %v", err)
	}
	if err := d.Check(); err != nil {
		t.Errorf("a declaration needs no invoice number: %v", err)
	}
}

// What does not fit a small form must not be left out of it.
func TestManyGoodsNeedACN23(t *testing.T) {
	p := sample.Profiles()[0]
	if _, _, err := labels.CN22(sample.Customs(40), p); err == nil || !strings.Contains(err.Error(), "use a CN23") {
		t.Errorf("CN22 of 40 lines: %v", err)
	}
	l, missing, err := labels.CN23(sample.Customs(40), p)
	if err != nil || len(missing) > 0 || len(l.Pages) < 3 {
		t.Fatalf("CN23 of 40 lines: %d pages, %v, %v", len(l.Pages), missing, err)
	}
	if text := l.String(); strings.Count(text, `"3406`) != 10 || !strings.Contains(text, `"Page 1 of `) {
		t.Errorf("not all goods are on it:\n%s", text)
	}
}

func TestSumsOfCustomsPapers(t *testing.T) {
	d := sample.Customs(2) // a mug at 12.90 and three candles at 20.00
	l, _, err := labels.CommercialInvoice(d, sample.Profiles()[1])
	if err != nil {
		t.Fatal(err)
	}
	text := l.String()
	for _, want := range []string{`"32.90 EUR"`, `"0.915"`, `"1.135 kg"`, `"12.90"`, `"4"`, `"JAPAN"`, `"HS 691110 · origin PT"`, `"HS 34060000 · origin AT"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not on the invoice:\n%s", want, text)
		}
	}
	if strings.Contains(text, "6.66") || strings.Contains(text, "6.67") {
		t.Error("20.00 for three is given a price each that does not add up")
	}
}

func TestManifestCountsWhatIsOnIt(t *testing.T) {
	m := sample.Manifest(23)
	m.Reprint = 2
	l, missing, err := labels.CarrierManifest(m, sample.Profiles()[0])
	if err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	text := l.String()
	var mass unit.Mass
	for _, r := range m.Rows {
		mass += r.Mass
		if strings.Count(text, `"`+r.Tracking+`"`) != 1 || strings.Count(text, `"`+r.SSCC+`"`) != 1 {
			t.Errorf("parcel %s is not there once", r.Tracking)
		}
	}
	for _, want := range []string{mass.String(), `"23"`, `"8"`, `"7"`, "Driver: Łucja Κυριακού", "Driver's signature", "REPRINT no. 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not on the manifest", want)
		}
	}
	last := labels.Layout{Pages: l.Pages[len(l.Pages)-1:]}.String()
	if !strings.Contains(last, "Driver's signature") || !strings.Contains(last, "takes them over") {
		t.Errorf("the signature stands without its sentence:\n%s", last)
	}
	if _, _, err := labels.CarrierManifest(labels.Manifest{Number: "1"}, sample.Profiles()[0]); err == nil {
		t.Error("an empty manifest is printed")
	}
}

// Who hands over is known where a badge did; else there is a line to write on.
func TestManifestNamesWhoHandsOver(t *testing.T) {
	for _, p := range everyProfile() {
		m := sample.Manifest(2)
		for by, want := range map[string]string{"": "\nHanded over by\n", "Ada Packer": "\nHanded over by: Ada Packer\n"} {
			m.By = by
			l, missing, err := labels.CarrierManifest(m, p)
			if err != nil || len(missing) > 0 || !strings.Contains(plain(l), want) {
				t.Errorf("%s, %q: %v, %v\n%s", p.Name, by, missing, err, plain(l))
			}
		}
	}
}

// A mark that runs into other words is read over.
func TestReprintOfTheSlipInTheBoxStandsAlone(t *testing.T) {
	for _, p := range sample.Profiles() {
		s := sample.Inside()
		s.Reprint = 2
		l, missing, err := labels.InsideSlip(s, p)
		if err != nil || len(missing) > 0 || !strings.Contains(plain(l), "\nREPRINT no. 2\n") {
			t.Errorf("%s: %v, %v\n%s", p.Name, missing, err, plain(l))
		}
		tidy(t, p.Name, l)
	}
}

// "12.90 691110" reads as one number where only a space parts the columns.
func TestTariffNumbersKeepTheirDistance(t *testing.T) {
	draws := map[string]func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error){
		"CN22": labels.CN22, "CN23": labels.CN23, "invoice": labels.CommercialInvoice,
	}
	for _, p := range everyProfile() {
		for name, draw := range draws {
			l, _, err := draw(sample.Customs(2), p)
			if err != nil {
				t.Fatal(err)
			}
			for _, code := range texts(l) {
				for _, value := range texts(l) {
					if code.Text() != "34060000" || value.Baseline != code.Baseline || value.Text() != "20.00" {
						continue
					}
					end := value.Runs[0].X + value.Runs[0].W
					if mm := float64(code.Runs[0].X-end) * 25.4 / float64(p.DPI); mm < 4 {
						t.Errorf("%s: %s: the value stands %.1f mm before the tariff number", p.Name, name, mm)
					}
				}
			}
		}
	}
}

// A customs office asks for these: what is not known can be written by hand, and
// what is known stands there, without a line.
func TestCustomsPapersHaveALineForWhatIsNotKnown(t *testing.T) {
	for _, p := range everyProfile() {
		for name, draw := range map[string]func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error){
			"CN23": labels.CN23, "invoice": labels.CommercialInvoice,
		} {
			d := sample.Customs(2)
			full, missing, err := draw(d, p)
			if err != nil || len(missing) > 0 || strings.Contains(plain(full), "....") {
				t.Errorf("%s: %s: a line to write on, %v, %v", p.Name, name, missing, err)
			}
			paid := map[string]string{"CN23": "\n18.90 EUR\n", "invoice": "\n4.90 EUR\n"}[name] // by the sender, and by the buyer
			for _, known := range []string{"\n+43 316 555 0100\n", "\nTax ID ATEOS1000000000\n", paid} {
				if !strings.Contains(plain(full), known) {
					t.Errorf("%s: %s: %q is not on it", p.Name, name, known)
				}
			}
			d.From.Phone, d.FromTax, d.Terms = "", "", ""
			bare, missing, err := draw(d, p)
			lines := map[string]int{"CN23": 2, "invoice": 3}[name]
			if err != nil || len(missing) > 0 || strings.Count(plain(bare), "....................\n") != lines {
				t.Errorf("%s: %s: %v, %v\n%s", p.Name, name, missing, err, plain(bare))
			}
			tidy(t, p.Name+": "+name, bare)
		}
	}
}

// Half a number on the next line is another number.
func TestLargeFiguresStandOnOneLine(t *testing.T) {
	d := sample.Customs(1)
	d.Lines[0].Qty, d.Lines[0].Net, d.Lines[0].Value = 10_000, 12_345_678*unit.Gram, unit.Money{Minor: 123_456_789_00, Currency: "EUR"}
	d.Gross = d.Lines[0].Net
	for _, p := range everyProfile() {
		for name, draw := range map[string]func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error){
			"CN22": labels.CN22, "CN23": labels.CN23, "invoice": labels.CommercialInvoice,
		} {
			l, missing, err := draw(d, p)
			if err != nil || len(missing) > 0 {
				t.Errorf("%s: %s: %v, %v", p.Name, name, missing, err)
			}
			tidy(t, p.Name+": "+name, l)
			for _, figure := range []string{"12345.678", "123456789.00"} {
				if strings.Count(plain(l), "\n"+figure+"\n") < 2 {
					t.Errorf("%s: %s: %s is parted:\n%s", p.Name, name, figure, plain(l))
				}
			}
		}
	}
}

// texts returns the lines of text of a document.
func texts(l labels.Layout) (all []labels.Text) {
	for _, page := range l.Pages {
		for _, box := range page.Boxes {
			if text, ok := box.(labels.Text); ok {
				all = append(all, text)
			}
		}
	}
	return all
}

func TestReturnLabelIsRefusedRatherThanWrong(t *testing.T) {
	p := sample.Profiles()[0]
	for words, change := range map[string]func(*labels.Return){
		"no RMA number": func(r *labels.Return) { r.RMA = "" },
		"cannot hold":   func(r *labels.Return) { r.RMA = "RMAñ1" },
		"too long":      func(r *labels.Return) { r.RMA = strings.Repeat("RMA", 20) },
		"recipient":     func(r *labels.Return) { r.To = labels.Address{} },
	} {
		r := sample.Return()
		change(&r)
		if _, _, err := labels.ReturnLabel(r, p); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want words about %q", err, words)
		}
	}
}

// The banner says what the label is; where no carrier's service is known the
// room beside it is left free.
func TestAReturnWithoutAServiceIsCalledSoOnce(t *testing.T) {
	for _, service := range []string{"", "Return parcel"} {
		r := sample.Return()
		r.Service = service
		for _, p := range sample.Profiles() {
			l, _, err := labels.ReturnLabel(r, p)
			if err != nil {
				t.Fatal(err)
			}
			have, want := strings.Count(l.String(), `"RETURN"`), 1
			if have != want || strings.Contains(l.String(), `"RETURN PARCEL"`) != (service != "") {
				t.Errorf("%s, service %q: RETURN stands there %d times:\n%s", p.Name, service, have, l)
			}
		}
	}
}

// The words of every paper can be told in another language. The golden file
// lists them: what a translation must hold.
func TestPapersSpeakTheLanguageOfTheBench(t *testing.T) {
	asked := make(map[string]bool)
	for _, p := range []labels.Profile{sample.Profiles()[1], {Name: "A4", DPI: 300, Paper: labels.PaperA4()}} {
		p.Words = func(english string) string {
			asked[english] = true
			return "«" + english
		}
		label := sample.Shipping()
		label.Reprint = 1
		l, _, err := labels.ShippingLabel(label, p)
		foreign(t, l, err)
		back := sample.Return()
		back.Service, back.Reprint = "", 1
		l, _, err = labels.ReturnLabel(back, p)
		foreign(t, l, err)
		back.Carrier, back.Sample = "", false
		l, _, err = labels.ReturnLabel(back, p)
		foreign(t, l, err)
		slip := sample.Slip(2)
		slip.Reprint = 1
		l, _, err = labels.PackingSlip(slip, p)
		foreign(t, l, err)
		l, _, err = labels.PackingSlip(branded(slip), p)
		foreign(t, l, err)
		gift := branded(slip)
		gift.Gift = true
		l, _, err = labels.PackingSlip(gift, p)
		foreign(t, l, err)
		slip.Trace = "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V"
		l, _, err = labels.PackingSlip(slip, p)
		foreign(t, l, err)
		for n := 1; n < 3; n++ {
			inside := sample.Inside()
			inside.Units, inside.More = n, n > 1
			inside.Trace = []string{"", sample.Trace, "T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V"}[n]
			l, _, err = labels.InsideSlip(inside, p)
			foreign(t, l, err)
		}
		m := sample.Manifest(2)
		l, _, err = labels.CarrierManifest(m, p)
		foreign(t, l, err)
		m.Driver = ""
		l, _, err = labels.CarrierManifest(m, p)
		foreign(t, l, err)
	}
	for month := range time.Month(12) {
		p := sample.Profiles()[0]
		p.Words = func(english string) string { asked[english] = true; return english }
		s := sample.Inside()
		s.Date = time.Date(2026, month+1, 1, 0, 0, 0, 0, time.UTC)
		if _, _, err := labels.InsideSlip(s, p); err != nil {
			t.Fatal(err)
		}
	}
	golden(t, "phrases", strings.Join(slices.Sorted(maps.Keys(asked)), "\n")+"\n")
}

// foreign looks for a text that is neither told in the other language nor data.
func foreign(t *testing.T, l labels.Layout, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	data := []string{
		"Sample Shop", "AUSTRIA", "POLAND", "SSCC", "Next Day", "NEXT DAY", "DEMO EXPRESS", "Demo Express", "WAW", "AT 8010", "Economy", " kg", "PL 00", "DE 10",
		"Zażółć", "Łucja", "ul. ", "WARSZAWA", "GRAZ", "Graz", "Werk", "Returns", "PO 47", "Mug", "MUG", "in a gift", "Thank", "number above", "EUR", "M-2026", "RMA-2", "DX", "RX", "G 123",
		"help@", "proof", "write", "box", "you ask", "something.", "parcel", "a receipt.",
	}
	for _, page := range l.Pages {
		for _, box := range page.Boxes {
			text, ok := box.(labels.Text)
			known := func(d string) bool { return strings.Contains(text.Text(), d) }
			letters := ok && len(text.Text()) > 1 && strings.ContainsFunc(text.Text(), unicode.IsLetter)
			if letters && !known("«") && !slices.ContainsFunc(data, known) {
				t.Errorf("%s: not translated: %q", l.Title, text.Text())
			}
		}
	}
}

// Until all is packed nobody knows how many parcels there will be.
func TestAParcelIsNotTheLastWhileGoodsAreOpen(t *testing.T) {
	p := sample.Profiles()[0]
	for _, c := range []struct {
		n, of        int
		more         bool
		inside, slip string
	}{
		{1, 1, true, "parcel 1, more follow", "parcel 1, more follow"},
		{2, 2, true, "parcel 2, more follow", "parcel 2, more follow"},
		{1, 2, false, "parcel 1 of 2", "parcel 1 of 2"},
		{1, 1, false, "parcel 1 of 1", ""},
	} {
		inside, slip := sample.Inside(), sample.Slip(2)
		inside.PieceN, inside.PieceOf, inside.More = c.n, c.of, c.more
		slip.PieceN, slip.PieceOf, slip.More = c.n, c.of, c.more
		l, _, err := labels.InsideSlip(inside, p)
		if text := l.String(); err != nil || !strings.Contains(text, c.inside) || c.more && strings.Contains(text, "parcel 1 of") {
			t.Errorf("inside slip %+v: %v\n%s", c, err, text)
		}
		l, _, err = labels.PackingSlip(slip, p)
		if text := l.String(); err != nil || !strings.Contains(text, c.slip) || c.slip == "" && strings.Contains(text, "parcel 1") {
			t.Errorf("packing slip %+v: %v\n%s", c, err, text)
		}
	}
}

// Within one country the sender's address is written as at home.
func TestASlipAtHomeNamesNoCountry(t *testing.T) {
	p := sample.Profiles()[0]
	shop := labels.Address{Name: "Dispatch", Street: "Musterstrasse 1", Postcode: "10115", City: "Berlin", Country: "DE"}
	buyer := labels.Address{Name: "Sample Customer", Street: "Musterweg 2", Postcode: "20095", City: "Hamburg"}
	for country, want := range map[string]string{"DE": "10115 Berlin", "AT": "10115 BERLIN"} {
		inside, slip := sample.Inside(), sample.Slip(1)
		buyer.Country = country
		inside.From, inside.To, slip.From, slip.To = shop, buyer, shop, buyer
		l, _, err := labels.InsideSlip(inside, p)
		if text := l.String(); err != nil || !strings.Contains(text, want) || strings.Contains(text, "GERMANY") != (country == "AT") {
			t.Errorf("inside slip to %s: %v\n%s", country, err, text)
		}
		l, _, err = labels.PackingSlip(slip, p)
		if text := l.String(); err != nil || !strings.Contains(text, want) || strings.Contains(text, "GERMANY") != (country == "AT") {
			t.Errorf("packing slip to %s: %v\n%s", country, err, text)
		}
	}
}

// The carrier and the shop read a return label too: their word for it stands
// below the buyer's, once where it is the same.
func TestAReturnIsCalledSoForTheShopToo(t *testing.T) {
	p := sample.Profiles()[0]
	p.Words = func(english string) string {
		if english == "RETURN" {
			return "ПОВЕРНЕННЯ"
		}
		return english
	}
	for word, want := range map[string]int{"RETOURE": 1, "ПОВЕРНЕННЯ": 0} {
		r := sample.Return()
		r.Shop = func(string) string { return word }
		l, missing, err := labels.ReturnLabel(r, p)
		text := l.String()
		if err != nil || len(missing) > 0 || strings.Count(text, `"ПОВЕРНЕННЯ"`) != 1 || strings.Count(text, `"RETOURE"`) != want {
			t.Errorf("%s: %v, %v\n%s", word, missing, err, text)
		}
	}
}

func TestGiftsShowNoPrice(t *testing.T) {
	p := sample.Profiles()[0]
	s := sample.Slip(4)
	l, _, err := labels.PackingSlip(s, p)
	if err != nil || !strings.Contains(l.String(), "38.70 EUR") || !strings.Contains(l.String(), "129.00 EUR") {
		t.Errorf("prices and total are not on the slip: %v\n%s", err, l)
	}
	s.Gift, s.Reprint = true, 1
	l, _, err = labels.PackingSlip(s, p)
	text := l.String()
	if err != nil || strings.Contains(text, "EUR") || strings.Contains(text, "38.70") || strings.Contains(text, "PRICE") {
		t.Errorf("a gift shows its price: %v\n%s", err, text)
	}
	if !strings.Contains(text, s.Message[:20]) || strings.Count(text, "REPRINT no. 1") != 1+len(l.Pages) {
		t.Errorf("message or reprint mark is missing:\n%s", text)
	}
}

// Three lines of small type at the top of an empty sheet are hard to find: they
// are larger there, and a long list is as small as it was.
func TestSheetsAreFilled(t *testing.T) {
	last := 0
	for _, n := range []int{60, 2} {
		for _, p := range []labels.Profile{{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}, {Name: "Letter-1200", DPI: 1200, Paper: labels.PaperLetter()}} {
			l, missing, err := labels.PackingSlip(sample.Slip(n), p)
			if err != nil || len(missing) > 0 && n < 3 || l.DPI != p.DPI {
				t.Fatalf("%s: %d lines: %v, %v", p.Name, n, missing, err)
			}
			whole, _, _ := labels.CarrierManifest(sample.Manifest(1), p)
			if l.W != whole.W || l.H != whole.H {
				t.Errorf("%s: %d lines: the page is %d by %d dots, others %d by %d", p.Name, n, l.W, l.H, whole.W, whole.H)
			}
			tidy(t, p.Name, l)
			if p.DPI > 1000 {
				continue // as fine as a printer can be: nothing is larger
			}
			if size := texts(l)[0].Size; size <= last && n < 60 {
				t.Errorf("%d lines are set in %d dots, more of them in %d", n, size, last)
			} else {
				last = size
			}
		}
	}
	label, _, err := labels.PackingSlip(sample.Slip(2), sample.Profiles()[1])
	if em := float64(texts(label)[0].Size) * 25.4 / 300; err != nil || em > 5.1 {
		t.Errorf("a label is set in %.1f mm: %v", em, err)
	}
}

// Names, goods and services come from shops: nothing in them may push a box off
// its paper, or over another.
func FuzzPapers(f *testing.F) {
	for _, s := range sample.Nasty() {
		f.Add(s.To.Name, s.To.Street, s.Service, s.Routing, 3)
	}
	f.Fuzz(func(t *testing.T, name, street, service, note string, n int) {
		n = 1 + int(uint(n)%40)
		d := sample.Customs(n)
		d.To.Name, d.To.Street, d.Comments, d.Lines[n-1].Description, d.Signer, d.Terms = name, street, note, service, name, note
		m := sample.Manifest(n)
		m.Driver, m.Carrier, m.Lane, m.Rows[n-1].Service, m.Rows[n-1].Postcode = name, service, note, service, street
		r := sample.Return()
		r.From.Name, r.To.Street2, r.Order, r.Service = name, street, note, service
		s := sample.Slip(n)
		s.Lines[n-1].Name, s.Lines[n-1].Note, s.Message, s.To.Name = name, note, service, street
		for _, p := range []labels.Profile{sample.Profiles()[0], {Name: "A4", DPI: 300, Paper: labels.PaperA4()}} {
			l, _, err := labels.CN23(d, p)
			tidyOrRefused(t, l, err)
			l, _, err = labels.CommercialInvoice(d, p)
			tidyOrRefused(t, l, err)
			l, _, err = labels.CN22(d, p)
			tidyOrRefused(t, l, err)
			l, _, err = labels.CarrierManifest(m, p)
			tidyOrRefused(t, l, err)
			l, _, err = labels.ReturnLabel(r, p)
			tidyOrRefused(t, l, err)
			l, _, err = labels.PackingSlip(s, p)
			tidyOrRefused(t, l, err)
		}
	})
}

// tidyOrRefused takes the refusals that a caller is told of for what they are.
func tidyOrRefused(t *testing.T, l labels.Layout, err error) {
	t.Helper()
	if err == nil {
		tidy(t, l.Title, l)
		return
	}
	var gaps *labels.GapsError
	if !errors.As(err, &gaps) && !strings.Contains(err.Error(), "use a CN23") && !strings.Contains(err.Error(), "takes the whole page") {
		t.Error(err)
	}
}
