package trace

import (
	"errors"
	"strings"
	"testing"
)

// Published numbers whose check digits were not computed here.
func TestCheckDigitsOfPublishedNumbers(t *testing.T) {
	for _, c := range []struct {
		rule   Rule
		number string
	}{
		{Mod10, "340123450000000017"},
		{Mod10, "000123450000000027"},
		{Mod10, "9400111206206406260787"},
		{S10, "123456785"},
		{Mod11, "986578788855"},
		{Luhn, "79927398713"},
		{Luhn, "4532015112830366"},
		{Mod11, "00790695517286"},               // the end of FedEx 1002297871540001000300790695517286
		{Mod10L49, "218025809066"},              // CPAN Algorithm::CheckDigits::M10_005
		{Mod10L49, "21348075016401"},            // BWIPP, Leitcode
		{UPS, "1Z5R89390357567127"},             // tracking_number_data
		{UPS, "C11031500001879"},                // OnTrac, tracking_number_data
		{Mod37, "008182709980000020033350276C"}, // DPD parcel label specification 2.4.1
	} {
		last := len(c.number) - 1
		got, err := c.rule.check(c.number[:last])
		if err != nil || got != c.number[last] {
			t.Errorf("%s of %s = %c, %v; want %c", c.rule, c.number[:last], got, err, c.number[last])
		}
	}
	for _, wrong := range []struct {
		rule       Rule
		body, says string
	}{
		{Mod10, "", "is not all digits"},
		{Mod10, "12A", "is not all digits"},
		{UPS, "1za", "is not all capital letters and digits"},
		{Mod37, "1-2", "is not all capital letters and digits"},
		{S10, "1234567", "S10 takes eight digits"},
		{"mod97", "1", `check rule "mod97" is not known`},
	} {
		if _, err := wrong.rule.check(wrong.body); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), wrong.says) {
			t.Errorf("%s of %q: %v, want %s", wrong.rule, wrong.body, err, wrong.says)
		}
	}
	if got, _ := Mod7.check("123456789"); got != '1' { // 123456789 = 7 × 17636684 + 1
		t.Errorf("mod7 = %c", got)
	}
	for body, want := range map[string]byte{"1": '9', "10": '7', "100": '9', "99": '4'} {
		if got, _ := Mod10R1.check(body); got != want {
			t.Errorf("mod10-1-3 of %s = %c, want %c", body, got, want)
		}
	}
	for body, want := range map[string]byte{
		"00000000": '5', "00000001": '4', "00000003": '1', "00000008": '0',
		"10000000": '3', "01000000": '5', "00100000": '7', "00010000": '9', "00001000": '8', "00000100": '6', "00000010": '2',
	} {
		if got, _ := S10.check(body); got != want {
			t.Errorf("s10 of %s = %c, want %c", body, got, want)
		}
	}
}

func TestMadeNumbersCheckAndWrongDigitsDoNot(t *testing.T) {
	for _, f := range Sample() {
		for _, serial := range []uint64{0, 1, 42, 9999999} {
			n, err := f.Make(serial)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.Check(n); err != nil {
				t.Errorf("%s: own number %s: %v", f.Carrier, n, err)
			}
			if fits := Sample().Fits(n); len(fits) != 1 || fits[0].Carrier != f.Carrier {
				t.Errorf("%s fits %v, want only %s", n, fits, f.Carrier)
			}
			i := len(n) - len(f.Suffix) - 1
			wrong := n[:i] + string('0'+(n[i]-'0'+1)%10) + n[i+1:]
			if err := f.Check(wrong); !errors.Is(err, ErrCheck) {
				t.Errorf("%s: %s passes: %v", f.Carrier, wrong, err)
			}
			if err := f.Check(n + "0"); !errors.Is(err, ErrFormat) {
				t.Errorf("%s: %s0: %v", f.Carrier, n, err)
			}
		}
		if _, err := f.Make(1 << 63); !errors.Is(err, ErrExhausted) {
			t.Errorf("%s: a serial number beyond the range: %v", f.Carrier, err)
		}
	}
	for i, want := range []string{"DX0000000000420", "QQ000000425ZZ", "77000000000420", "NT0000000420"} {
		if n, err := Sample()[i].Make(42); err != nil || n != want {
			t.Errorf("parcel 42 of %s: %s, %v; want %s", Sample()[i].Carrier, n, err, want)
		}
	}
	n, err := Sample()[0].Make(42)
	if err != nil {
		t.Fatal(err)
	}
	if err := Sample()[0].Check("dx 0000-" + n[6:]); err != nil {
		t.Errorf("spaces, hyphens and small letters: %v", err)
	}
}

// TestNumbersOfAnotherForm: what a number lacks is no wrong check digit.
func TestNumbersOfAnotherForm(t *testing.T) {
	dx, qq := Sample()[0], Sample()[1]
	for _, c := range []struct {
		f      Format
		number string
	}{
		{dx, "0000000000420"},
		{dx, "DX"},
		{dx, ""},
		{dx, "DX000000000042A"},
		{dx, "DX00000000004A0"},
		{qq, "000000425ZZ"},
		{qq, "QQ000000425"},
		{qq, "QQZZ"},
		{Format{Digits: 4, Rule: None}, "12X4"},
		{Format{Digits: 4, Rule: None}, "123"},
	} {
		if err := c.f.Check(c.number); !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), c.f.Pattern()) {
			t.Errorf("%q of %s: %v", c.number, c.f.Carrier, err)
		}
	}
	for want, f := range map[string]Format{
		"DX, 12 digits and a check digit":       dx,
		"QQ, 8 digits and a check digit, ZZ":    qq,
		"5 digits":                              {Digits: 5, Rule: None},
		"A, 5 digits and a check character, BC": {Prefix: "A", Digits: 5, Rule: Mod37, Suffix: "BC"},
	} {
		if got := f.Pattern(); got != want {
			t.Errorf("pattern %q, want %q", got, want)
		}
	}
}

// TestCheckCharacterThatIsALetter: by ISO 7064 it may be one.
func TestCheckCharacterThatIsALetter(t *testing.T) {
	f := Format{Digits: 4, Rule: Mod37}
	letters := 0
	for serial := range uint64(100) {
		n := f.must(t, serial)
		if err := f.Check(n); err != nil {
			t.Error(err)
		}
		if n[4] > '9' {
			letters++
		}
	}
	if letters == 0 {
		t.Error("none has a letter")
	}
}

// TestCheckDigitOverThePrefix: its letters count where the rule knows letters.
func TestCheckDigitOverThePrefix(t *testing.T) {
	last := func(f Format) byte {
		n := f.must(t, 42)
		return n[len(n)-1]
	}
	plain, covered := Format{Digits: 6, Rule: Luhn}, Format{Prefix: "A7B", Digits: 6, Rule: Luhn, Cover: true}
	if got, want := last(covered), last(Format{Prefix: "7", Digits: 6, Rule: Luhn, Cover: true}); got != want || got == last(plain) {
		t.Errorf("luhn: %c, by the digit alone %c, without %c", got, want, last(plain))
	}
	if err := covered.Check(covered.must(t, 42)); err != nil {
		t.Error(err)
	}
	if n := (Format{Prefix: "008182709980000020033350", Digits: 3, Rule: Mod37, Cover: true}).must(t, 276); n != "008182709980000020033350276C" { // DPD's, as above
		t.Error(n)
	}
	if one, other := (Format{Prefix: "A", Digits: 6, Rule: Mod37, Cover: true}), (Format{Prefix: "B", Digits: 6, Rule: Mod37, Cover: true}); last(one) == last(other) {
		t.Error("mod37: a letter of the prefix does not count")
	}
}

func TestFormatsThatCannotWork(t *testing.T) {
	for _, f := range []Format{
		{Digits: 0, Rule: Mod10},
		{Digits: 21, Rule: Mod10},
		{Digits: 8, Rule: "mod97"},
		{Digits: 9, Rule: S10},
		{Digits: 8, Rule: Mod10, Prefix: "ab"},
		{Digits: 8, Rule: Mod10, Suffix: "a-b"},
		{Digits: 8},
		{Digits: 8, Rule: Mod10, First: 5, Last: 4},
		{Digits: 2, Rule: Mod10, First: 100},
	} {
		if n, err := f.Make(1); err == nil {
			t.Errorf("%+v made %s, want an error", f, n)
		}
		if err := f.Check("1"); err == nil || errors.Is(err, ErrFormat) && f.Rule != "mod97" && f.Rule != S10 && f.Rule != "" {
			t.Errorf("%+v checks numbers: %v", f, err)
		}
	}
	for _, f := range []Format{{Digits: 1, Rule: Mod10}, {Digits: 20, Rule: Mod10}, {Digits: 1, Rule: None, First: 9, Last: 9}} {
		if n, err := f.Make(9); err != nil || f.Check(n) != nil {
			t.Errorf("%+v: %s, %v, %v", f, n, err, f.Check(n))
		}
	}
}

func TestSSCCBlock(t *testing.T) {
	b := Block{Extension: 3, Prefix: "4012345"}
	got, err := b.Make(1)
	if err != nil || got != "340123450000000017" {
		t.Errorf("Make = %s, %v", got, err)
	}
	if _, err := b.Make(1_000_000_000); !errors.Is(err, ErrExhausted) {
		t.Errorf("beyond the block: %v", err)
	}
	if n, err := b.Make(b.Most()); err != nil || b.Most() != 999_999_999 {
		t.Errorf("the last, %d: %s, %v", b.Most(), n, err)
	}
	if got := b.Shape(); got != "34012345*********" {
		t.Error(got)
	}
	for _, e := range []int{0, 9} {
		if n, err := (Block{e, "4012345"}).Make(1); err != nil || n[0] != byte('0'+e) {
			t.Errorf("extension %d: %s, %v", e, n, err)
		}
	}
	long := Block{0, "40123456789012345"}
	if _, err := long.Make(1); err == nil || errors.Is(err, ErrExhausted) {
		t.Errorf("a prefix longer than an SSCC: %v", err)
	}
	if long.Shape() != "0"+long.Prefix || long.Most() != 0 {
		t.Errorf("a prefix longer than an SSCC: %s, %d numbers", long.Shape(), long.Most())
	}
	for _, bad := range []Block{{10, "4012345"}, {-1, "4012345"}, {0, "401"}, {0, "4012345678901"}, {0, "40x2345"}} {
		if n, err := bad.Make(1); err == nil {
			t.Errorf("%+v made %s", bad, n)
		}
	}
}

func TestRangesOfACarrier(t *testing.T) {
	f := Format{Carrier: "heron", Name: "parcel", Prefix: "H", Digits: 8, Rule: Mod10, First: 500, Last: 1499}
	if first, last := f.Serials(); first != 500 || last != 1499 {
		t.Errorf("%d to %d", first, last)
	}
	for serial, good := range map[uint64]bool{499: false, 500: true, 1499: true, 1500: false} {
		if _, err := f.Make(serial); (err == nil) != good || err != nil && !errors.Is(err, ErrExhausted) {
			t.Errorf("serial %d: %v", serial, err)
		}
	}
	if _, last := (Format{Digits: 4, Last: 10_000}).Serials(); last != 9999 {
		t.Errorf("more than the digits hold: to %d", last)
	}
	if first, last := (Format{Digits: 8}).Serials(); first != 1 || last != 99_999_999 {
		t.Errorf("without a range: %d to %d", first, last)
	}
	if _, last := (Format{Digits: 20}).Serials(); last != 999_999_999_999_999_999 {
		t.Errorf("20 digits: to %d", last)
	}
}

func TestStockRunsLow(t *testing.T) {
	for _, c := range []struct {
		left, size uint64
		low        bool
	}{
		{0, 1000, true},
		{200, 1000, true},
		{201, 1000, false},
		{2500, 50_000, true},
		{2501, 50_000, false}, // 5 %
		{5000, 99_999_999, true},
		{5001, 99_999_999, false},
		{50, 100, true},
		{51, 100, false},
		{100, 100, false},
	} {
		s := Stock{Left: c.left, Size: c.size}
		if s.Low() != c.low || s.Empty() != (c.left == 0) {
			t.Errorf("%+v: low %v, empty %v", s, s.Low(), s.Empty())
		}
		if words := (Stock{Left: c.left, Size: c.size, More: "buy more"}).Words(); strings.HasSuffix(words, ": buy more") != c.low {
			t.Errorf("%+v: %s", s, words)
		}
		if asks := strings.Contains(s.Words(), "ask the carrier"); asks != c.low {
			t.Errorf("%+v: %s", s, s.Words())
		}
	}
}

func TestReadSSCC(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"095200000000000011", "095200000000000011"},
		{"00095200000000000011", "095200000000000011"},
		{"(00) 0 952000 0000000001 1", "095200000000000011"},
		{"]C100095200000000000011", "095200000000000011"},
		{"https://trace.example/00/095200000000000011", "095200000000000011"},
		{"006141410000000012", "006141410000000012"}, // its first digits are its own
		{"00006141410000000012", "006141410000000012"},
		{" (00)006141410000000012 ", "006141410000000012"},
		{"000000000000000000", "000000000000000000"},
		{"006141410000000013", ""}, // wrong check digit
		{"6141410000000012", ""},
		{"0000006141410000000012", ""},
		{"1002-1", ""},
		{"", ""},
	} {
		if got := ReadSSCC(test.text); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestStockInWords(t *testing.T) {
	for want, s := range map[string]Stock{
		"all 100 numbers are used up: ask the carrier for a new range":    {Left: 0, Size: 100},
		"only 1 of 100 numbers are left: ask the carrier for a new range": {Left: 1, Size: 100},
		"99 of 100 numbers are left":                                      {Left: 99, Size: 100},
	} {
		if got := s.Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A long text is cut between letters, so that its words can be read.
func TestLongTextsAreCutBetweenLetters(t *testing.T) {
	err := Format{Digits: 4, Rule: None}.Check("x" + strings.Repeat("é", 60))
	if err == nil || strings.Contains(err.Error(), `\x`) || !strings.Contains(err.Error(), "é…") {
		t.Errorf("%v", err)
	}
	sixty := strings.Repeat("x", 60)
	for text, want := range map[string]string{sixty: `"` + sixty + `"`, sixty + "x": `"` + sixty + `…"`, sixty + "xx": `"` + sixty + `…"`} {
		if err := (Format{Digits: 4, Rule: None}).Check(text); !strings.Contains(err.Error(), want) {
			t.Errorf("%d letters: %v", len(text), err)
		}
	}
}
