package shop

import "strings"

// Pairs reads a setting of names and what they stand for, such as "dhl=dhl_express,
// gls=other"; the names in small letters. ok says that each pair has both.
func Pairs(text string) (pairs map[string]string, ok bool) {
	pairs = map[string]string{}
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, of, _ := strings.Cut(pair, "=")
		name, of = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(of)
		if name == "" || of == "" {
			return nil, false
		}
		pairs[name] = of
	}
	return pairs, true
}
