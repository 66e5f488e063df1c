package barcode

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestWidthOfKnownSymbols(t *testing.T) {
	for _, c := range []struct {
		make    func(string) (Runs, error)
		text    string
		modules int
	}{
		{SSCC, "340123450000000017", 156},
		{Code128, "RB123456785GB", 156},
		{Code128, "1Z5R89390357567127", 167},
		{GS1128, "42078745\x1d9400111206206406260787", 222},
	} {
		runs, err := c.make(c.text)
		if err != nil || runs.Modules() != c.modules {
			t.Errorf("%q: %d modules, %v; want %d", c.text, runs.Modules(), err, c.modules)
		}
		if len(runs)%2 == 0 {
			t.Errorf("%q: the symbol ends with a space", c.text)
		}
	}
}

// Start C and FNC1 are what makes a GS1-128: 2-1-1-2-3-2 and 4-1-1-1-3-1.
func TestSSCCBeginsAsGS1128(t *testing.T) {
	runs, err := SSCC("340123450000000017")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 1, 1, 2, 3, 2, 4, 1, 1, 1, 3, 1} {
		if runs[i] != want {
			t.Fatalf("the symbol begins %v", runs[:12])
		}
	}
}

func TestWhatABarCodeCannotHoldIsRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(string) (Runs, error)
		text string
		want error
	}{
		{"empty", Code128, "", ErrEmpty},
		{"the library's sign for FNC1", Code128, "Señor", ErrCharacter},
		{"FNC4", Code128, "a\u00f4", ErrCharacter},
		{"emoji", Code128, "a🎁", ErrCharacter},
		{"81 characters", Code128, strings.Repeat("a", 81), ErrTooLong},
		{"a control character in a number", Number, "RB1\x1d2", ErrCharacter},
		{"delete in a number", Number, "RB1\x7f2", ErrCharacter},
		{"ñ in a number", Number, "RBñ", ErrCharacter},
		{"no number", Number, "", ErrEmpty},
		{"empty elements", GS1128, "", ErrEmpty},
		{"brackets", GS1128, "(00)340123450000000017", ErrCharacter},
		{"ñ in elements", GS1128, "10ABñ", ErrCharacter},
		{"separator in front", GS1128, "\x1d10AB", ErrCharacter},
		{"separator at the end", GS1128, "10AB\x1d", ErrCharacter},
		{"only a separator", GS1128, "\x1d", ErrEmpty},
		{"49 data characters", GS1128, strings.Repeat("1", 49), ErrTooLong},
	} {
		if runs, err := c.make(c.text); !errors.Is(err, c.want) || runs != nil {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestWrongSSCCIsRefused(t *testing.T) {
	for sscc, words := range map[string]string{
		"340123450000000018": "check digit", "34012345000000001": "18 digits", "34012345000000001A": "digits", "": "18 digits",
	} {
		if runs, err := SSCC(sscc); err == nil || runs != nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, want words about %s", sscc, err, words)
		}
	}
}

// The table of codewords decides the level; the library decides the version.
// Both must agree, or a "boost" would make the symbol larger.
func TestLevelIsTheHighestOfTheSmallestVersion(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	alphabets := []string{"0123456789", alphanumeric, "abc/?=ABC:é中"}
	for range 60 {
		letters := []rune(alphabets[random.IntN(3)])
		text := make([]rune, 1+random.IntN(200))
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		m, err := QR(string(text), Q)
		if errors.Is(err, ErrTooLong) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		plain, err := qrAt(string(text), Q)
		if err != nil {
			t.Fatal(err)
		}
		high, err := qrAt(string(text), H)
		if err != nil {
			t.Fatal(err)
		}
		want := Q
		if high.Size == plain.Size {
			want = H
		}
		if m.Size != plain.Size || m.Level != want {
			t.Fatalf("%q: %d modules at level %s; the smallest is %d, the highest level that keeps it %s", string(text), m.Size, m.Level, plain.Size, want)
		}
	}
}

func TestQRSizes(t *testing.T) {
	for text, size := range map[string]int{
		"00340123450000000017":                                                    21,
		"T1:340123450000000017:QYIGOCAQ2IJMJBSXG6EZ5GS3V":                         29,
		"https://trace.example/00/340123450000000017?s=QYIGOCAQ2IJMJBSXG6EZ5GS3V": 41,
	} {
		if m, err := QR(text, Q); err != nil || m.Size != size {
			t.Errorf("%q: %d modules, %v; want %d", text, m.Size, err, size)
		}
	}
	for text, want := range map[string]error{"": ErrEmpty, "\xff": ErrCharacter, strings.Repeat("x", 1000): ErrTooLong} {
		if _, err := QR(text, Q); !errors.Is(err, want) {
			t.Errorf("%.9q: %v, want %v", text, err, want)
		}
	}
}

func FuzzCode128(f *testing.F) {
	for _, s := range []string{"", "DX0000000000420", "Señor", "1Z5R89390357567127", "\x00\x1d\x7f", strings.Repeat("9", 80), "ab12\tCD34"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		runs, err := Code128(text)
		if err == nil && (runs.Modules()-13)%11 != 0 {
			t.Errorf("%q: %d modules is no whole number of characters", text, runs.Modules())
		}
		if _, ok := runs.Values(); ok != (err == nil) {
			t.Errorf("%q: is read back: %v, but was encoded: %v", text, ok, err)
		}
		if _, err := GS1128(text); err == nil && text == "" {
			t.Error("an empty element string is accepted")
		}
	})
}

// A long text is cut between letters, so that the words of the error can be read.
func TestLongTextsAreCutBetweenLetters(t *testing.T) {
	_, err := Code128("x" + strings.Repeat("ñ", 60))
	if err == nil || strings.Contains(err.Error(), `\x`) || !strings.Contains(err.Error(), "ñ…") {
		t.Errorf("%v", err)
	}
}
