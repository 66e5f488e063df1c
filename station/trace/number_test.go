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
	if got, _ := Mod7.check("123456789"); got != '1' { // 123456789 = 7 × 17636684 + 1
		t.Errorf("mod7 = %c", got)
	}
	for body, want := range map[string]byte{"00000000": '5', "00000001": '4', "00000003": '1', "00000008": '0'} {
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
	n, err := Sample()[0].Make(42)
	if err != nil {
		t.Fatal(err)
	}
	if err := Sample()[0].Check("dx 0000-" + n[6:]); err != nil {
		t.Errorf("spaces, hyphens and small letters: %v", err)
	}
}

func TestFormatsThatCannotWork(t *testing.T) {
	for _, f := range []Format{
		{Digits: 0, Rule: Mod10},
		{Digits: 21, Rule: Mod10},
		{Digits: 8, Rule: "mod97"},
		{Digits: 9, Rule: S10},
		{Digits: 8, Rule: Mod10, Prefix: "ab"},
		{Digits: 8},
		{Digits: 8, Rule: Mod10, First: 5, Last: 4},
		{Digits: 2, Rule: Mod10, First: 100},
	} {
		if n, err := f.Make(1); err == nil {
			t.Errorf("%+v made %s, want an error", f, n)
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

// A long text is cut between letters, so that its words can be read.
func TestLongTextsAreCutBetweenLetters(t *testing.T) {
	err := Format{Digits: 4, Rule: None}.Check("x" + strings.Repeat("é", 60))
	if err == nil || strings.Contains(err.Error(), `\x`) || !strings.Contains(err.Error(), "é…") {
		t.Errorf("%v", err)
	}
}
