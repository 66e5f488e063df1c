package country

import (
	"regexp"
	"slices"
	"strings"
)

// boxWords are a box at a post office wherever they stand in a line; a blank is any
// blanks, dots and slashes, or none.
//
// Source: the Universal Postal Union's addressing sheets, "delivery information".
const boxWords = "p o box|post office box|post box|locked bag|private bag|postfach|postschließfach|postschliessfach|case postale|bo[iî]te postale|" +
	"apartado de correos|apartado postal|apartado correos|casilla de correo|casilla postal|caixa postal|casella postale|postbus|antwoordnummer|" +
	"postboks|postilokero|skrytka pocztowa|skr poczt|po[sš]tovn[ií] p[rř]ihr[aá]dka|po[sš]tov[aá] priehradka|postafi[oó]k|posta kutusu|" +
	"c[aă]su[tțţ]a po[sșş]tal[aă]|po[sš]tanski pretinac|po[sš]tni predal|abon[eē]ta kaste|pa[sš]to d[eė][zž]ut[eė]|ταχυδρομικ[ηή] θυρ[ιί]δα|ταχ θυρ[ιί]δα|" +
	"абонентский ящик|абонентська скринька|пощенска кутия|hòm thư"

// boxSigns are the same in scripts that put no blanks between words.
const boxSigns = "私書箱|邮政信箱|郵政信箱|사서함|صندوق بريد|ตู้ ?ปณ"

// boxShort are short forms, which are a box only at the beginning of a line, before
// a number, and in these countries: in Spain "CP" stands before a postcode.
var boxShort = []struct{ words, countries string }{
	{"b p", "BE BF BJ BL CD CF CG CH CI CM DJ DZ FR GA GF GN GP HT KM LU MA MC MF MG ML MQ MR NC NE PF PM RE RW SN TD TF TG TN WF YT"},
	{"c s|t s a", "BL FR GF GP MC MF MQ NC PF PM RE WF YT"},
	{"c p", "CA CH IT RO SM VA"},
	{"p f", "AT CH DE HU LI"},
	{"apartado|apdo|aptdo", "AD CO CR DO ES GT HN MX NI PA PE PR PT SV VE"},
	{"casilla|c c", "AR BO CL EC PY UY"},
	{"box", "SE"},
	{"p b|boks", "AX DK FI FO GL NO"},
	{"p l", "AX FI"},
	{"p k", "TR"},
	{"τ θ", "CY GR"},
	{"а я", "BY KG KZ RU"},
	{"а с", "UA"},
	{"ת ד", "IL"},
	{"ص ب", "AE BH EG IQ JO KW LB OM QA SA YE"},
	{"a k", "LV"},
	{"p p", "BA HR ME MK RS SI"},
}

var anyBox = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:` + loosely(boxWords) + `)(?:$|[^\pL])|` + boxSigns + `|^\s*p[ ./]*o[ ./]*b[ ./#]*\d`)

var shortBox = func() []*regexp.Regexp {
	var out []*regexp.Regexp
	for _, s := range boxShort {
		out = append(out, regexp.MustCompile(`(?i)^\s*(?:`+loosely(s.words)+`)[ ./]*(?:n[ro°º]?\.?|№|#)?\s*\d`))
	}
	return out
}()

func loosely(words string) string { return strings.ReplaceAll(words, " ", `[ ./]*`) }

// IsPOBox reports whether a line of an address is a box at a post office, where
// many carriers do not go. Code is the country's.
func IsPOBox(code, line string) bool {
	line = tidy(line)
	if anyBox.MatchString(line) {
		return true
	}
	for i, s := range boxShort {
		if slices.Contains(strings.Fields(s.countries), code) && shortBox[i].MatchString(line) {
			return true
		}
	}
	return false
}
