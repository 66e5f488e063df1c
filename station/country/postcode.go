package country

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// shapes are the forms of postcodes, the usual one of a country first: 9 is a
// digit, A a letter, * either; small letters in front stand there whether or not
// people write them, and all else as it is. Where a country is in none its
// postcodes are of no known form.
//
// Source: the Universal Postal Union's addressing sheets, and the postal code
// patterns of libaddressinput.
var shapes = []struct{ forms, countries string }{
	{"999", "GN IS LS MG OM PG"},
	{"9999", "AF AL AM AT AU BD BE BG CC CH CV CX CY DK ET GE GL GW HU LI LR LU MK MZ NE NF NO NZ PH PY SI SJ SV TN VE ZA"},
	{"99999", "BA BL BT CR CU DE DO DZ EA EE EG EH ES FI FR GF GP GT HN HR IC ID IQ IT JO KE KR KW LA LK MA MC ME MF MM MN MQ MU MV MX MY NA NC NI " +
		"NP PE PF PK PM RE RS SD SM SN TF TH TR UA UY VA WF XK YT ZM"},
	{"99999,99999-9999", "AS FM GU MH MP PR PW SA UM US VI"},
	{"999999", "BY CN CO EC IN KG KZ NG RO RU SG TJ TM UZ"},
	{"999 99", "CZ GR SE SK"},
	{"9999,99999", "TZ"},
	{"A9 9AA,A99 9AA,AA9 9AA,AA99 9AA,A9A 9AA,AA9A 9AA,BFPO 9,BFPO 99,BFPO 999,BFPO 9999", "GB GG IM JE"},
	{"AA** 9AA", "AC FK GI GS IO PN SH TA TC"},
	{"ad999", "AD"},
	{"ai-9999", "AI"},
	{"9999,A9999AAA,A9999", "AR"},
	{"ax-99999", "AX"},
	{"az9999", "AZ"},
	{"bb99999", "BB"},
	{"999,9999", "BH"},
	{"AA **", "BM"},
	{"AA9999", "BN"},
	{"99999-999", "BR"},
	{"A9A 9A9", "CA"},
	{"9999999", "CL"},
	{"fo-999", "FO"},
	{"ht9999", "HT"},
	{"A99 ****,D6W ****", "IE"},
	{"9999999,99999", "IL"},
	{"99999-99999", "IR"},
	{"999-9999", "JP"},
	{"999999,99999", "KH VN"},
	{"ky9-9999", "KY"},
	{"9999,9999 9999", "LB"},
	{"lt-99999", "LT"},
	{"lv-9999", "LV"},
	{"md-9999", "MD"},
	{"AAA 9999,AAA 99", "MT"},
	{"9999 AA,9999", "NL"},
	{"99-999", "PL"},
	{"9999-999,9999", "PT"},
	{"AA 99999", "SO"},
	{"A999", "SZ"},
	{"999,99999,999999", "TW"},
	{"vc9999", "VC"},
	{"vg9999", "VG"},
}

// zeros says how many zeros the postcodes of a country may begin with, which a
// spreadsheet drops that takes them for numbers.
var zeros = []string{
	1: "AU BR CO DE DZ EC ES FR GE GT KH KR KZ LA MM MX MY NZ PA PE PH RO SG SK TR UA",
	2: "AM AS FI GU IT JP LK LT NO PL PR US VA VI ZA",
}

// letters are what people write before the postcodes of a country besides its
// codes: what stands on its cars, and words for a postcode.
const letters = "AD:AND AR:CP AT:A BE:B BR:CEP CA:CDN CL:CP CO:CP CU:C DE:D ES:E ES:CP FI:SF FR:F GR:EL HR:CRO HU:H IN:PIN IT:I JP:J KR:ROK LI:FL " +
	"LU:L MC:F MK:NMK MT:M MX:CP NO:N PT:P RS:YU SE:S SI:SLO SM:RSM SV:CP TH:T TW:RC VA:V VA:SCV XK:RKS"

// Postcode writes a postcode as the post of its country does: without the
// country's letters in front, which people add, with the zeros that a spreadsheet
// dropped, in capitals and plain digits. What has none of the country's forms is
// only tidied. Code is the country's, see [Code].
func Postcode(code, text string) string {
	if whole, ok := Fits(code, text); ok {
		return whole
	}
	if !strings.ContainsFunc(text, unicode.IsDigit) && squeeze(text) != "" {
		return strings.TrimSpace(text) // words
	}
	text = tidy(text)
	bare := cut(code, squeeze(text))
	if strings.Trim(bare, "0") == "" && (bare == "" || !HasPostcodes(code)) {
		return "" // where shops ask for a postcode that the country has not
	}
	if strings.Trim(bare, "0123456789") != "" {
		return text
	}
	for _, form := range formsOf(code) {
		lost := strings.Count(form, "9") - len(bare)
		if lost < 1 || lost > mayLose(code) {
			continue
		}
		if whole, ok := set(strings.Repeat("0", lost)+bare, form); ok {
			return whole
		}
	}
	return text
}

// Fits reports whether a text is a whole postcode of a country, with its letters
// in front or without, and returns it as the post writes it.
func Fits(code, text string) (whole string, ok bool) {
	bare := squeeze(tidy(text))
	if bare == "" {
		return "", false
	}
	if whole, ok = form(code, bare); ok {
		return whole, true
	}
	for _, l := range lettersOf(code) {
		if rest, has := strings.CutPrefix(bare, l); has {
			if whole, ok = form(code, rest); ok {
				return whole, true
			}
		}
	}
	for _, p := range places { // "FO-100" in Denmark, "FIQQ 1ZZ" in the United Kingdom
		if rest := strings.TrimPrefix(bare, p.name); p.country == code {
			if whole, ok = form(p.name, rest); ok {
				return whole, true
			}
		}
	}
	return "", false
}

// Other returns the country whose letters stand before a postcode that is none of
// the country it is written with: "CH-8001" in Germany. "" is none.
func Other(code, text string) string {
	chars := squeeze(tidy(text))
	if _, ok := Fits(code, text); ok || len(formsOf(code)) == 0 || cutState(code, chars) != chars {
		return ""
	}
	for _, other := range codes() {
		for _, l := range lettersOf(other) {
			if rest, has := strings.CutPrefix(chars, l); has && rest != "" && rest[0] >= '0' && rest[0] <= '9' && PartOf(other) == "" {
				if _, ok := form(other, rest); ok {
					return other
				}
			}
		}
	}
	return ""
}

// cutState takes a state off the front, as in "MA 02134".
func cutState(code, chars string) string {
	switch code {
	case "US", "CA", "BR":
		if len(chars) > 2 && strings.Trim(chars[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			return chars[2:]
		}
	case "AU":
		for _, state := range strings.Fields("ACT NSW NT QLD SA TAS VIC WA") {
			if rest, ok := strings.CutPrefix(chars, state); ok {
				return rest
			}
		}
	}
	return chars
}

// Split takes a whole postcode off the front or the end of a line with a city, as
// in "10115 Berlin" and "London, EC1A 1BB"; "" where there is none.
func Split(code, line string) (postcode, city string) {
	if ascii(line) && !strings.ContainsAny(line, "0123456789") {
		return "", line // as most cities are
	}
	words := strings.Fields(strings.ReplaceAll(line, ",", " , "))
	for n := min(3, len(words)); n > 0; n-- { // "EC1A 1BB" has two words
		for _, at := range []int{0, len(words) - n} {
			whole, ok := Fits(code, strings.Join(words[at:at+n], " "))
			if !ok || !strings.ContainsAny(whole, "0123456789") {
				continue
			}
			rest := strings.Join(slices.Concat(words[:at], words[at+n:]), " ")
			return whole, strings.Trim(strings.ReplaceAll(rest, " ,", ","), ", -")
		}
	}
	return "", line
}

// Key is what a postcode is told by, however it is written: its letters and
// digits, without those that name the country or a state.
func Key(code, postcode string) string {
	chars := squeeze(Postcode(code, postcode))
	if whole, ok := form(code, cutState(code, chars)); ok {
		chars = squeeze(whole)
	}
	return cut(code, chars)
}

// KeyOfBegin is the begin of the keys of postcodes that begin so.
func KeyOfBegin(code, begin string) string { return cut(code, squeeze(tidy(begin))) }

// form writes letters and digits in the form that they have.
func form(code, chars string) (whole string, ok bool) {
	for _, f := range formsOf(code) {
		if whole, ok := set(chars, f); ok {
			return whole, true
		}
	}
	return "", false
}

// set writes letters and digits in a form, if they have it.
func set(chars, form string) (whole string, ok bool) {
	if front := form[:len(form)-len(strings.TrimLeft(form, small))]; !strings.HasPrefix(chars, strings.ToUpper(front)) {
		chars = strings.ToUpper(front) + chars
	}
	var out strings.Builder
	for _, f := range strings.ToUpper(form) {
		if f == ' ' || f == '-' {
			out.WriteRune(f)
			continue
		}
		if chars == "" {
			return "", false
		}
		c := chars[0]
		if !fills(c, byte(f)) {
			return "", false
		}
		out.WriteByte(c)
		chars = chars[1:]
	}
	return out.String(), chars == ""
}

const small = "abcdefghijklmnopqrstuvwxyz"

// cut takes the country's letters off the front of digits. Where postcodes begin
// with letters of their own these stay.
func cut(code, chars string) string {
	for _, l := range lettersOf(code) {
		if rest, ok := strings.CutPrefix(chars, l); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' && !ownLetters(code) {
			return rest
		}
	}
	return chars
}

func ownLetters(code string) bool {
	forms := formsOf(code)
	return len(forms) == 0 || strings.HasPrefix(forms[0], "A")
}

// formsOf are the forms of a country's postcodes.
func formsOf(code string) []string { return allForms[code] }

var allForms = func() map[string][]string {
	all := map[string][]string{}
	for _, s := range shapes {
		for _, code := range strings.Fields(s.countries) {
			all[code] = strings.Split(s.forms, ",")
		}
	}
	return all
}()

// lettersOf are what may stand before a country's postcodes, its own codes and
// those of the country that it is a part of.
func lettersOf(code string) []string { return allLetters()[code] }

var allLetters = sync.OnceValue(func() map[string][]string {
	all := map[string][]string{}
	for _, code := range codes() {
		all[code] = []string{code}
		if region, err := language.ParseRegion(code); err == nil {
			all[code] = append(all[code], region.ISO3())
		}
	}
	for _, l := range strings.Fields(letters) {
		code, own, _ := strings.Cut(l, ":")
		all[code] = append(all[code], own)
	}
	for _, p := range places {
		if len(p.name) == 2 && p.name != NorthernIreland {
			all[p.name] = slices.Concat(all[p.name], all[p.country])
		}
	}
	return all
})

func mayLose(code string) int {
	return slices.IndexFunc(zeros, func(countries string) bool { return slices.Contains(strings.Fields(countries), code) })
}

// tidy writes digits of any script as ours, dashes as one, and all in capitals.
func tidy(text string) string {
	if !ascii(text) {
		text = strings.Map(func(r rune) rune {
			switch {
			case unicode.Is(unicode.Nd, r):
				return digit(r)
			case unicode.Is(unicode.Pd, r), r == '\u2212':
				return '-'
			}
			return r
		}, norm.NFKC.String(strings.ToValidUTF8(text, "\ufffd")))
	}
	text = strings.TrimLeft(strings.ToUpper(strings.Join(strings.Fields(text), " ")), "'’` ")
	if whole, ok := strings.CutSuffix(text, ".0"); ok && strings.Trim(whole, "0123456789") == "" {
		return whole // a spreadsheet took it for a number
	}
	return text
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// digit writes a decimal digit of any script as ours: those of a script stand
// one behind the other.
func digit(r rune) rune {
	for _, in := range unicode.Nd.R16 {
		if r >= rune(in.Lo) && r <= rune(in.Hi) {
			return '0' + (r-rune(in.Lo))%10
		}
	}
	return r
}

// squeeze keeps letters and digits.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
