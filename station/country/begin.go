package country

import (
	"slices"
	"strings"
)

// MayBegin reports whether any postcode of a country, or of a place in it, can have a
// key that begins so.
func MayBegin(code, begin string) bool {
	for _, p := range places {
		if forms := bareForms[p.name]; p.country == code && len(forms) > 0 && anyOpens(forms, begin) {
			return true
		}
	}
	forms := bareForms[code]
	return len(forms) == 0 || anyOpens(forms, begin)
}

func anyOpens(forms []string, begin string) bool {
	return slices.ContainsFunc(forms, func(form string) bool { return opens(begin, form) })
}

// bareForms are forms without blanks and hyphens, with the letters in front that may
// stand there and without.
var bareForms = func() map[string][]string {
	all := map[string][]string{}
	for code, forms := range allForms {
		for _, form := range forms {
			form = strings.NewReplacer(" ", "", "-", "").Replace(form)
			all[code] = append(all[code], strings.ToUpper(form))
			if bare := strings.TrimLeft(form, small); bare != form {
				all[code] = append(all[code], bare)
			}
		}
	}
	return all
}()

// opens reports whether letters and digits fill the first places of a form.
func opens(chars, form string) bool {
	if len(chars) > len(form) {
		return false
	}
	for i := range len(chars) {
		if c, f := chars[i], form[i]; !fills(c, f) {
			return false
		}
	}
	return true
}

// fills reports whether a sign may stand in a place of a form.
func fills(c, f byte) bool {
	letter, digit := c >= 'A' && c <= 'Z', c >= '0' && c <= '9'
	switch f {
	case '9':
		return digit
	case 'A':
		return letter
	case '*':
		return letter || digit
	}
	return f == c
}

// Digits returns how many digits the postcodes of a country have; 0 where they have
// letters, where they are not all of one length, or have no known form.
func Digits(code string) int {
	forms := formsOf(code)
	if len(forms) == 0 || strings.Trim(forms[0], "9 -") != "" || len(forms) > 1 && !strings.HasPrefix(forms[1], forms[0]+"-") {
		return 0
	}
	return strings.Count(forms[0], "9")
}

// Districts reports whether the postcodes of a country are numbered by districts of
// one digit or two, as "IV3 8XX" and "IV28 3XA" are: an order by their signs is none.
func Districts(code string) bool {
	return slices.Contains([]string{"GB", "GG", "IM", "JE", NorthernIreland}, code)
}

// District is the district of such a postcode, "IV3"; "" where it has none.
func District(postcode string) string {
	whole, ok := form("GB", squeeze(tidy(postcode)))
	if !ok {
		whole = squeeze(tidy(postcode)) // the district alone
	}
	district, _, _ := strings.Cut(whole, " ")
	if len(district) > 4 || strings.IndexAny(district, "0123456789") < 1 {
		return ""
	}
	return district
}
