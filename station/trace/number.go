package trace

import (
	"errors"
	"fmt"
	"strings"
)

// Errors of numbers, to be told apart with errors.Is.
var (
	ErrFormat    = errors.New("not of this form")
	ErrCheck     = errors.New("wrong check digit")
	ErrExhausted = errors.New("the number range is used up")
)

// Format is how the tracking numbers of one service look:
// Prefix, Digits digits of a serial number, a check character (unless the rule
// is None) and Suffix. It is data: a carrier's numbers are a row of a table.
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
	// Cover makes the prefix part of what the check character covers: its
	// digits, and its letters where the rule knows letters.
	Cover bool
	// First and Last bound the serial numbers that the carrier has given to the
	// shop; 0 and 0 are all that the digits can hold, from 1.
	First, Last uint64
}

// Serials returns the first and the last serial number of the range.
func (f Format) Serials() (first, last uint64) {
	first, last = max(f.First, 1), 1
	for range min(f.Digits, 18) { // the database counts in 63 bits
		last *= 10
	}
	last--
	if f.Last > 0 {
		last = min(last, f.Last)
	}
	return first, last
}

// Shape is the number with a star for each digit of the serial number, without
// the check character: "RB********GB".
func (f Format) Shape() string { return f.Prefix + strings.Repeat("*", f.Digits) + f.Suffix }

// Make returns the tracking number with a serial number.
func (f Format) Make(serial uint64) (string, error) {
	if err := f.valid(); err != nil {
		return "", err
	}
	digits := fmt.Sprintf("%0*d", f.Digits, serial)
	if len(digits) > f.Digits || f.Last > 0 && serial > f.Last || serial < f.First {
		return "", fmt.Errorf("tracking numbers %s of %s: %w", f.Name, f.Carrier, ErrExhausted)
	}
	if f.Rule == None {
		return f.Prefix + digits + f.Suffix, nil
	}
	check, err := f.Rule.check(f.covered() + digits)
	if err != nil {
		return "", fmt.Errorf("tracking numbers %s of %s: %w", f.Name, f.Carrier, err)
	}
	return f.Prefix + digits + string(check) + f.Suffix, nil
}

// Check returns what is wrong with a tracking number, if anything. Spaces and
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
	check := ""
	if ok && f.Rule != None && body != "" {
		body, check = body[:len(body)-1], body[len(body)-1:]
		ok = strings.Trim(check, f.Rule.gives()) == ""
	}
	if !ok || len(body) != f.Digits || strings.Trim(body, decimals) != "" {
		return fmt.Errorf("tracking number %q: %w: %s", clip(number), ErrFormat, f.Pattern())
	}
	if f.Rule == None {
		return nil
	}
	want, err := f.Rule.check(f.covered() + body)
	if err != nil {
		return fmt.Errorf("tracking number %q: %w", clip(number), err)
	}
	if check != string(want) {
		return fmt.Errorf("tracking number %q: %w: %s, and by rule %s it must be %c", clip(number), ErrCheck, check, f.Rule, want)
	}
	return nil
}

// Pattern says in words how the numbers look.
func (f Format) Pattern() string {
	check := " and a check digit"
	switch f.Rule {
	case None:
		check = ""
	case Mod37:
		check = " and a check character"
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
		if !strings.ContainsRune(f.Rule.takes(), r) {
			return -1
		}
		return r
	}, f.Prefix)
}

func (f Format) valid() error {
	first, last := f.Serials()
	switch {
	case f.Digits < 1 || f.Digits > 20:
		return fmt.Errorf("tracking numbers %s of %s: %d digits, it must be 1 to 20", f.Name, f.Carrier, f.Digits)
	case Plain(f.Prefix) != f.Prefix || Plain(f.Suffix) != f.Suffix:
		return fmt.Errorf("tracking numbers %s of %s: prefix and suffix take capital letters and digits", f.Name, f.Carrier)
	case first > last:
		return fmt.Errorf("tracking numbers %s of %s: the range from %d to %d is empty", f.Name, f.Carrier, first, last)
	}
	if f.Rule == None {
		return nil
	}
	_, err := f.Rule.check(strings.Repeat("0", f.Digits))
	return err
}

// Formats is a table of formats.
type Formats []Format

// Fits returns every format that a number fits, because one number may be right
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

// Sample returns number ranges for carriers that do not exist. Their prefixes
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
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}
