package trace

import (
	"errors"
	"fmt"
	"strings"

	"packbench/station/gs1"
)

// Errors of numbers, to be told apart with errors.Is.
var (
	ErrFormat    = errors.New("not of this form")
	ErrCheck     = errors.New("wrong check digit")
	ErrExhausted = errors.New("the number range is used up")
)

// Rule is how a check digit is computed over the digits before it.
type Rule string

// The rules that carriers use. Letters never take part.
const (
	Mod10 Rule = "mod10" // GS1: weights 3, 1, 3… from the right
	Luhn  Rule = "luhn"  // every second digit doubled, digits of the products summed
	Mod7  Rule = "mod7"  // the number modulo 7
	Mod11 Rule = "mod11" // weights 3, 1, 7 repeating; modulo 11, 10 counts as 0
	S10   Rule = "s10"   // UPU: weights 8 6 4 2 3 5 9 7 over eight digits
	None  Rule = "none"
)

// digit computes the check digit over a string of digits.
func (r Rule) digit(digits string) (byte, error) {
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return 0, fmt.Errorf("%w: %q is not all digits", ErrFormat, clip(digits))
	}
	sum := 0
	switch r {
	case Mod10:
		return gs1.CheckDigit(digits)
	case Luhn:
		for i := range len(digits) {
			d := int(digits[i] - '0')
			if (len(digits)-1-i)%2 == 0 {
				d *= 2
			}
			sum += d/10 + d%10
		}
		return byte('0' + (10-sum%10)%10), nil
	case Mod7:
		for i := range len(digits) {
			sum = (sum*10 + int(digits[i]-'0')) % 7
		}
		return byte('0' + sum), nil
	case Mod11:
		for i := range len(digits) {
			sum += int(digits[i]-'0') * [3]int{3, 1, 7}[i%3]
		}
		return byte('0' + sum%11%10), nil
	case S10:
		if len(digits) != 8 {
			return 0, fmt.Errorf("%w: S10 takes eight digits", ErrFormat)
		}
		for i, w := range [8]int{8, 6, 4, 2, 3, 5, 9, 7} {
			sum += int(digits[i]-'0') * w
		}
		switch check := 11 - sum%11; check {
		case 10:
			return '0', nil
		case 11:
			return '5', nil
		default:
			return byte('0' + check), nil
		}
	}
	return 0, fmt.Errorf("%w: check rule %q is not known", ErrFormat, string(r))
}

// Format is how the tracking numbers of one service look:
// Prefix, Digits digits of a serial number, a check digit (unless the rule is
// None) and Suffix. It is data: a carrier's numbers are a row of a table.
//
// Example: {Prefix: "DX", Digits: 12, Rule: Mod10} makes DX0000000000420: the
// serial number 42 in twelve digits and its check digit.
type Format struct {
	Carrier string
	Name    string
	Prefix  string
	Digits  int
	Rule    Rule
	Suffix  string
	// Cover makes the digits of the prefix part of what the check digit covers.
	Cover bool
}

// Make gives the tracking number with a serial number.
func (f Format) Make(serial uint64) (string, error) {
	if err := f.valid(); err != nil {
		return "", err
	}
	digits := fmt.Sprintf("%0*d", f.Digits, serial)
	if len(digits) > f.Digits {
		return "", fmt.Errorf("tracking numbers %s of %s: %w", f.Name, f.Carrier, ErrExhausted)
	}
	if f.Rule == None {
		return f.Prefix + digits + f.Suffix, nil
	}
	check, err := f.Rule.digit(f.covered() + digits)
	if err != nil {
		return "", fmt.Errorf("tracking numbers %s of %s: %w", f.Name, f.Carrier, err)
	}
	return f.Prefix + digits + string(check) + f.Suffix, nil
}

// Check tells what is wrong with a tracking number, if anything. Spaces and
// the case of letters do not matter.
func (f Format) Check(number string) error {
	if err := f.valid(); err != nil {
		return err
	}
	n := Plain(number)
	body, ok := strings.CutPrefix(n, f.Prefix)
	if ok {
		body, ok = strings.CutSuffix(body, f.Suffix)
	}
	want := f.Digits
	if f.Rule != None {
		want++
	}
	if !ok || len(body) != want || strings.Trim(body, "0123456789") != "" {
		return fmt.Errorf("tracking number %q: %w: %s", clip(number), ErrFormat, f.Pattern())
	}
	if f.Rule == None {
		return nil
	}
	check, err := f.Rule.digit(f.covered() + body[:f.Digits])
	if err != nil {
		return fmt.Errorf("tracking number %q: %w", clip(number), err)
	}
	if check != body[f.Digits] {
		return fmt.Errorf("tracking number %q: %w: %c, and by rule %s it must be %c", clip(number), ErrCheck, body[f.Digits], f.Rule, check)
	}
	return nil
}

// Pattern says in words how the numbers look.
func (f Format) Pattern() string {
	check := " and a check digit"
	if f.Rule == None {
		check = ""
	}
	text := fmt.Sprintf("%d digits%s", f.Digits, check)
	if f.Prefix != "" {
		text = f.Prefix + ", " + text
	}
	if f.Suffix != "" {
		text += ", " + f.Suffix
	}
	return text
}

func (f Format) covered() string {
	if !f.Cover {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, f.Prefix)
}

func (f Format) valid() error {
	switch {
	case f.Digits < 1 || f.Digits > 20:
		return fmt.Errorf("tracking numbers %s of %s: %d digits, it must be 1 to 20", f.Name, f.Carrier, f.Digits)
	case Plain(f.Prefix) != f.Prefix || Plain(f.Suffix) != f.Suffix:
		return fmt.Errorf("tracking numbers %s of %s: prefix and suffix take capital letters and digits", f.Name, f.Carrier)
	}
	if f.Rule == None {
		return nil
	}
	_, err := f.Rule.digit(strings.Repeat("0", f.Digits))
	return err
}

// Plain writes a tracking number as its bar code does: without spaces and
// hyphens, in capitals.
func Plain(number string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return -1
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, number)
}

// Formats is a table of formats.
type Formats []Format

// Fits gives every format that a number fits, because one number may be right
// for several carriers.
func (fs Formats) Fits(number string) Formats {
	var fits Formats
	for _, f := range fs {
		if f.Check(number) == nil {
			fits = append(fits, f)
		}
	}
	return fits
}

// Of gives the formats of one carrier.
func (fs Formats) Of(carrier string) Formats {
	var own Formats
	for _, f := range fs {
		if f.Carrier == carrier {
			own = append(own, f)
		}
	}
	return own
}

// Sample gives number ranges for carriers that do not exist. Their prefixes
// are no real carrier's.
func Sample() Formats {
	return Formats{
		{Carrier: "demo-express", Name: "parcel", Prefix: "DX", Digits: 12, Rule: Mod10},
		{Carrier: "demo-post", Name: "parcel", Prefix: "QQ", Digits: 8, Rule: S10, Suffix: "ZZ"},
		{Carrier: "demo-freight", Name: "consignment", Prefix: "77", Digits: 11, Rule: Luhn, Cover: true},
		{Carrier: "demo-night", Name: "air waybill", Prefix: "NT", Digits: 9, Rule: Mod7},
	}
}

func clip(text string) string {
	if len(text) > 60 {
		return text[:60] + "…"
	}
	return text
}
