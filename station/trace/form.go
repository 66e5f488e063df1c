package trace

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Fit is a carrier whose numbers look like the one that was asked about, and
// whose check character, where it has a public one, is right.
type Fit struct {
	Carrier string
	Format  string
}

// Recognise returns everybody who may have given a number out: first the formats
// of the bench's own rate cards, then the known public ones. It is a list,
// because several carriers use numbers of one length, and for some of them no
// check digit is public.
func Recognise(own Formats, text string) []Fit {
	if len(text) > 200 {
		return nil
	}
	var fits []Fit
	add := func(f Fit) {
		for _, have := range fits {
			if have == f {
				return
			}
		}
		fits = append(fits, f)
	}
	for _, number := range readings(text) {
		for _, f := range own.Fits(number) {
			add(Fit{f.Carrier, f.Name})
		}
	}
	for _, number := range readings(text) {
		for _, f := range forms() {
			if f.fits(number) {
				add(f.fit(number))
			}
		}
	}
	return fits
}

// Held returns the tracking numbers that a scan or a typed text may hold: itself,
// the one behind a postal code, and the one inside a carrier's longer bar code.
func Held(text string) []string {
	if len(text) > 200 {
		return nil
	}
	held := []string{Plain(text)}
	add := func(number string) {
		if !slices.Contains(held, number) {
			held = append(held, number)
		}
	}
	for _, number := range readings(text) {
		add(number)
		for _, f := range forms() {
			if f.inside[1] > 0 && f.fits(number) {
				add(number[f.inside[0]:f.inside[1]])
			}
		}
	}
	return held
}

// form is the public form of a carrier's numbers.
type form struct {
	carrier, name string
	// shape has one character for each of the number: # a digit, ~ one from 1 to
	// 4, @ a letter, * a digit or a letter; anything else stands for itself.
	shape string
	// more is how often the last character of the shape may be there again.
	more int
	// starts are the beginnings of which the number has one; nil: any.
	starts []string
	rule   Rule
	// from is where the part that is checked begins; it ends before the check
	// character, which is the last one unless others stand behind it.
	from, behind int
	// before is put before the checked part: what the carrier has left off.
	before string
	// inside is where the number stands that people know, in a bar code that
	// holds more: from here to there; 0 and 0 are all of it.
	inside [2]int
}

func (f form) fits(number string) bool {
	if len(number) < len(f.shape) || len(number) > len(f.shape)+f.more {
		return false
	}
	for i := range len(number) {
		if !same1(f.shape[min(i, len(f.shape)-1)], number[i]) {
			return false
		}
	}
	if f.starts != nil && !startsWithOne(number, f.starts) {
		return false
	}
	if f.name == s10Name {
		return s10Country(number) != "" && f.checked(number[:11])
	}
	return f.checked(number)
}

// same1 compares a character with what a shape wants in its place.
func same1(want, have byte) bool {
	switch want {
	case '#':
		return strings.IndexByte(decimals, have) >= 0
	case '~':
		return have >= '1' && have <= '4'
	case '@':
		return strings.IndexByte(capitals, have) >= 0
	case '*':
		return strings.IndexByte(alphabet, have) >= 0
	}
	return want == have
}

func startsWithOne(number string, starts []string) bool {
	for _, s := range starts {
		if strings.HasPrefix(number, s) {
			return true
		}
	}
	return false
}

func (f form) checked(number string) bool {
	if f.rule == None {
		return true
	}
	last := len(number) - 1 - f.behind
	want, err := f.rule.check(f.before + number[f.from:last])
	return err == nil && number[last] == want
}

func (f form) fit(number string) Fit {
	carrier := f.carrier
	if f.name == s10Name {
		carrier = operator(s10Country(number))
	}
	return Fit{Carrier: carrier, Format: f.name}
}

// s10Name is the form whose carrier stands in the number: its last two letters
// are the country of the post that gave it out.
const s10Name = "S10"

func s10Country(number string) string {
	code := number[len(number)-2:]
	region, err := language.ParseRegion(code)
	if err != nil || !region.IsCountry() || region.String() != code {
		return ""
	}
	return code
}

// operator names the post of a country as the S10 list of the UPU does; where
// this table has no name, it is post-xx. Source: s10.json of
// github.com/jkeen/tracking_number_data.
func operator(country string) string {
	for _, o := range [][2]string{
		{"AT", "oesterreichische-post"},
		{"AU", "australia-post"},
		{"BE", "bpost"},
		{"BR", "correios"},
		{"CA", "canada-post"},
		{"CN", "china-post"},
		{"CZ", "ceska-posta"},
		{"DE", "deutsche-post"},
		{"DK", "post-danmark"},
		{"FR", "la-poste"},
		{"GB", "royal-mail"},
		{"HK", "hongkong-post"},
		{"US", "usps"},
	} {
		if o[0] == country {
			return o[1]
		}
	}
	return "post-" + strings.ToLower(country)
}
