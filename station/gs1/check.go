package gs1

import "strings"

// checks are the tests of a part's content by name; each returns what is wrong
// in words, "" if nothing is. Length and characters are already right.
var checks = map[string]func(string) string{
	"csum": func(s string) string { return unless(checked(s), "has a wrong check digit") },
	"yymmd0": func(s string) string {
		return unless(calendar(s, true), "is not a date (year month day)")
	},
	"yymmdd": func(s string) string {
		return unless(calendar(s, false), "is not a date (year month day)")
	},
	"yyyymmdd": func(s string) string {
		return unless(calendar(s[2:], false), "is not a date (year month day)")
	},
	"hhmm":  func(s string) string { return unless(s[:2] < "24" && s[2:] < "60", "is not a time") },
	"hours": func(s string) string { return unless(s < "24", "is not a time") },
	"sixty": func(s string) string { return unless(s < "60", "is not a time") },
	"yesno": func(s string) string { return unless(s == "0" || s == "1", "must be 0 or 1") },
	"hyphen": func(s string) string {
		return unless(s == "-", "may end in a minus sign only")
	},
	"zero":    func(s string) string { return unless(s == "0", "must begin with 0") },
	"nonzero": func(s string) string { return unless(strings.Trim(s, "0") != "", "holds a size of zero") },
	"nolead":  func(s string) string { return unless(s == "0" || s[0] != '0', "must not begin with 0") },
	"pieces": func(s string) string {
		return unless(s[:2] != "00" && s[:2] <= s[2:], "holds an impossible piece count")
	},
	"alpha2": func(s string) string {
		return unless(s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z', "is not a country of two capital letters")
	},
	"importer": func(s string) string {
		return unless(inSet('Z', s[0]) && s != "=", "has no importer index")
	},
	"sex": func(s string) string {
		return unless(s == "0" || s == "1" || s == "2" || s == "9", "must be 0, 1, 2 or 9")
	},
	"birth": func(s string) string {
		return unless(s[1] == '/' && s[0] >= '1' && s[2] <= '9' && s[0] <= s[2], "is no place in a sequence, such as 1/3")
	},
	"winding":   func(s string) string { return unless(s == "0" || s == "1" || s == "9", "must be wound 0, 1 or 9") },
	"iban":      func(s string) string { return unless(ibanOK(s), "is no account number: its check digits are wrong") },
	"pair":      func(s string) string { return unless(pairOK(s), "has a wrong check pair at its end") },
	"latitude":  func(s string) string { return unless(s <= "1800000000", "is not a latitude") },
	"longitude": func(s string) string { return unless(s <= "3600000000", "is not a longitude") },
	"pcenc":     func(s string) string { return unless(percentEncoded(s), "has a broken percent sign") },
}

func unless(good bool, problem string) string {
	if good {
		return ""
	}
	return problem
}

// percentEncoded reports whether each percent sign has two hex digits.
func percentEncoded(s string) bool {
	for i := range len(s) {
		if s[i] == '%' && (i+2 >= len(s) || hex(s[i+1]) < 0 || hex(s[i+2]) < 0) {
			return false
		}
	}
	return true
}

// hex is the value of a hex digit, -1 for any other byte.
func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}
