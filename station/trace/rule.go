package trace

import (
	"fmt"
	"strings"

	"packbench/station/gs1"
)

// Rule is how a check character is computed over the characters before it. It
// is data: a rate card names it.
type Rule string

// The rules that carriers use.
const (
	Mod10    Rule = "mod10"     // GS1: weights 3, 1, 3… from the right
	Mod10R1  Rule = "mod10-1-3" // the other way round: 1, 3, 1… from the right
	Mod10L49 Rule = "mod10-4-9" // Deutsche Post: weights 4, 9, 4… from the left
	Luhn     Rule = "luhn"      // every second digit doubled, digits of the products summed
	Mod7     Rule = "mod7"      // the number modulo 7
	Mod11    Rule = "mod11"     // weights 1, 3, 7 from the right, repeating; modulo 11, 10 counts as 0
	S10      Rule = "s10"       // UPU: weights 8 6 4 2 3 5 9 7 over eight digits
	UPS      Rule = "ups"       // weights 1, 2, 1… from the left, letters count (code − 3) modulo 10; a leading 1Z is skipped
	Mod37    Rule = "mod37-36"  // ISO 7064 hybrid MOD 37,36: the check character may be a letter
	None     Rule = "none"
)

const (
	decimals = "0123456789"
	capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	alphabet = decimals + capitals
)

// letters reports whether letters take part in the sum.
func (r Rule) letters() bool { return r == UPS || r == Mod37 }

// takes are the characters that a rule is computed over.
func (r Rule) takes() string {
	if r.letters() {
		return alphabet
	}
	return decimals
}

// gives are the characters that a check character may be.
func (r Rule) gives() string {
	if r == Mod37 {
		return alphabet
	}
	return decimals
}

// check computes the check character of body.
func (r Rule) check(body string) (byte, error) {
	if body == "" || strings.Trim(body, r.takes()) != "" {
		what := "digits"
		if r.letters() {
			what = "capital letters and digits"
		}
		return 0, fmt.Errorf("%w: %q is not all %s", ErrFormat, clip(body), what)
	}
	switch r {
	case Mod10:
		return gs1.CheckDigit(body)
	case Mod10R1:
		return complement(weighted(reversed(body), 1, 3)), nil
	case Mod10L49:
		return complement(weighted(body, 4, 9)), nil
	case UPS:
		return complement(weighted(strings.TrimPrefix(body, "1Z"), 1, 2)), nil
	case Luhn:
		return complement(luhn(body)), nil
	case Mod7:
		return byte('0' + modulo7(body)), nil
	case Mod11:
		return byte('0' + weighted(reversed(body), 1, 3, 7)%11%10), nil
	case S10:
		return s10(body)
	case Mod37:
		return mod37(body), nil
	}
	return 0, fmt.Errorf("%w: check rule %q is not known", ErrFormat, string(r))
}

// weighted multiplies each character by its weight and sums up. A letter
// counts as its code less three, modulo ten, which makes A 2, B 3 … I 0, J 1.
// Source: the UPS rule in labels of 1Z numbers; OnTrac uses it too.
func weighted(body string, weights ...int) int {
	sum := 0
	for i := range len(body) {
		value := int(body[i] - '0')
		if body[i] > '9' {
			value = (int(body[i]) - 3) % 10
		}
		sum += value * weights[i%len(weights)]
	}
	return sum
}

// complement is the distance to the next ten.
func complement(sum int) byte { return byte('0' + (10-sum%10)%10) }

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

func luhn(body string) int {
	sum := 0
	for i := range len(body) {
		d := int(body[i] - '0')
		if (len(body)-1-i)%2 == 0 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum
}

func modulo7(body string) int {
	rest := 0
	for i := range len(body) {
		rest = (rest*10 + int(body[i]-'0')) % 7
	}
	return rest
}

// s10 folds eleven remainders into ten digits: 10 becomes 0 and 11 becomes 5.
// Source: UPU standard S10, §8.
func s10(body string) (byte, error) {
	if len(body) != 8 {
		return 0, fmt.Errorf("%w: S10 takes eight digits", ErrFormat)
	}
	switch check := 11 - weighted(body, 8, 6, 4, 2, 3, 5, 9, 7)%11; check {
	case 10:
		return '0', nil
	case 11:
		return '5', nil
	default:
		return byte('0' + check), nil
	}
}

// mod37 is the hybrid system of ISO 7064 over 36 characters, as DPD's parcel
// label specification 2.4.1 uses it.
func mod37(body string) byte {
	const m = len(alphabet)
	p := m
	for i := range len(body) {
		p = (p + strings.IndexByte(alphabet, body[i])) % m
		if p == 0 {
			p = m
		}
		p = p * 2 % (m + 1)
	}
	return alphabet[(m+1-p)%m]
}
