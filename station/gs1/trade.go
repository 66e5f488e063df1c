package gs1

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Trade is what a text may say of a trade item, however people, shops and
// spreadsheets write its number.
type Trade struct {
	// Text is the number as it is printed under the bars, if it is sure; else the
	// number as it is written, without what stands between or before its digits.
	// Where no number can be read it is the text itself.
	Text string
	// Numbers are the trade items that it may be, the likeliest first.
	Numbers []GTIN
	// Doubt says in words why another one may be meant, or none at all; "" where
	// the number is sure.
	Doubt string
}

// ReadTrade reads the number of a trade item in any of its forms: GTIN-8, -12,
// -13 and -14, UPC-E, ISBN in ten and thirteen digits, with or without spaces,
// hyphens and its name before it, with the digits of any script, with the zeros
// in front that a spreadsheet has dropped, and with the add-on of books and
// magazines. A check digit must be right. What could be several is all of them,
// in doubt: an 8-digit number is an EAN-8, a UPC-E, or both.
func ReadTrade(text string) Trade {
	digits := plainNumber(text)
	t := Trade{Text: digits}
	switch n := len(digits); {
	case !allDigits(strings.TrimSuffix(digits, "X")):
		return Trade{Text: text}
	case n == 7:
		t.add(upce("0" + digits))
		t.doubt("it may be a UPC-E whose zero in front was dropped")
	case n == 8:
		t.add(ParseGTIN(digits))
		if t.add(upce(digits)); len(t.Numbers) > 1 {
			t.doubt("it is an EAN-8, or a UPC-E in eight digits")
		}
	case n == 9, n == 10:
		t.add(isbn10(strings.Repeat("0", 10-n) + digits))
		sure := len(t.Numbers) == 1 && n == 10 && (digits[9] == 'X' || text != digits) // written as a book's number
		if n == 10 {
			t.add(ParseGTIN("00" + digits))
		}
		if !sure || len(t.Numbers) > 1 {
			t.doubt("zeros in front of it may have been dropped, or it is an ISBN-10, or a number of your own")
		}
	case n == 11:
		t.add(ParseGTIN("0" + digits))
		t.doubt("a zero in front of it may have been dropped")
	case n == 15 || n == 18:
		if digits[:3] == "977" || digits[:3] == "978" || digits[:3] == "979" {
			t.add(ParseGTIN(digits[:13]))
			t.doubt("the add-on " + digits[13:] + " beside the bar code is left out")
		}
	default:
		t.add(ParseGTIN(digits))
	}
	if len(t.Numbers) == 0 {
		return Trade{Text: text}
	}
	if got, _ := ParseGTIN(digits); t.Doubt == "" && got != t.Numbers[0] {
		t.Text = t.Numbers[0].Printed()
	}
	return t
}

// Printed returns the number as it stands under the bars of its usual symbol:
// EAN-8, UPC-A, EAN-13 or ITF-14.
func (g GTIN) Printed() string {
	for _, zeros := range []string{"000000", "00", "0"} {
		if short, ok := strings.CutPrefix(string(g), zeros); ok {
			return short
		}
	}
	return string(g)
}

// add takes a number that was read without fault.
func (t *Trade) add(number GTIN, err error) {
	if err == nil && !slices.Contains(t.Numbers, number) {
		t.Numbers = append(t.Numbers, number)
	}
}

// doubt says why several numbers are meant, or one that is not sure.
func (t *Trade) doubt(why string) {
	if len(t.Numbers) > 0 {
		t.Doubt = why
	}
}

func upce(digits string) (GTIN, error) {
	upca, err := ExpandUPCE(digits)
	if err != nil {
		return "", err
	}
	return ParseGTIN(upca)
}

// isbn10 returns the number that a book has today. The check digit of ten digits
// counts with the weights 10 to 1, modulo 11, X for ten (ISO 2108).
func isbn10(isbn string) (GTIN, error) {
	sum := 0
	for i := range len(isbn) {
		value := int(isbn[i] - '0')
		if isbn[i] == 'X' {
			value = 10
		}
		sum += (10 - i) * value
	}
	if sum%11 != 0 {
		return "", errors.New("the check digit of the ISBN is wrong")
	}
	body := "978" + isbn[:9]
	check, err := CheckDigit(body)
	if err != nil {
		return "", err
	}
	return ParseGTIN(body + string(check))
}

// named is what is written before a number to say what kind it is, and behind
// it by programs that take it for a fraction.
var (
	named    = regexp.MustCompile(`^(?i:(EAN|UPC|GTIN|ISBN|ISSN|JAN)([ -]?(8|10|12|13|14|A|E))?[: ]\s*)`)
	fraction = regexp.MustCompile(`^([0-9]+)[.,]0+$`)
)

// plainNumber leaves out what people write into a number, and writes the digits
// of every script as 0 to 9.
func plainNumber(text string) string {
	if allDigits(text) { // as nearly all scans are, for which a packer waits
		return text
	}
	text = strings.TrimSpace(strings.Map(narrow, text))
	text = text[len(named.FindString(text)):]
	if m := fraction.FindStringSubmatch(text); m != nil {
		text = m[1]
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Dash, r), unicode.Is(unicode.Cf, r):
			return -1
		case r == 'x':
			return 'X'
		}
		return r
	}, text)
}

// narrow writes a digit of any script as 0 to 9.
func narrow(r rune) rune {
	if r < 0x80 || !unicode.Is(unicode.Nd, r) {
		return r
	}
	for _, block := range unicode.Nd.R16 {
		if lo, hi := rune(block.Lo), rune(block.Hi); r >= lo && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	for _, block := range unicode.Nd.R32 {
		if lo, hi := rune(block.Lo), rune(block.Hi); r >= lo && r <= hi {
			return '0' + (r-lo)%10
		}
	}
	return r
}
