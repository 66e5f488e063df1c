package labels

import "unicode"

// forms tells for each Arabic letter where its joined forms stand in Unicode's
// compatibility blocks, in this order: alone, last, first, between. A letter of
// two forms does not join the one after it.
var forms = map[rune]struct {
	first rune
	n     int
}{
	0x621: {0xfe80, 1}, 0x622: {0xfe81, 2}, 0x623: {0xfe83, 2}, 0x624: {0xfe85, 2}, 0x625: {0xfe87, 2}, 0x626: {0xfe89, 4},
	0x627: {0xfe8d, 2}, 0x628: {0xfe8f, 4}, 0x629: {0xfe93, 2}, 0x62a: {0xfe95, 4}, 0x62b: {0xfe99, 4}, 0x62c: {0xfe9d, 4},
	0x62d: {0xfea1, 4}, 0x62e: {0xfea5, 4}, 0x62f: {0xfea9, 2}, 0x630: {0xfeab, 2}, 0x631: {0xfead, 2}, 0x632: {0xfeaf, 2},
	0x633: {0xfeb1, 4}, 0x634: {0xfeb5, 4}, 0x635: {0xfeb9, 4}, 0x636: {0xfebd, 4}, 0x637: {0xfec1, 4}, 0x638: {0xfec5, 4},
	0x639: {0xfec9, 4}, 0x63a: {0xfecd, 4}, 0x641: {0xfed1, 4}, 0x642: {0xfed5, 4}, 0x643: {0xfed9, 4}, 0x644: {0xfedd, 4},
	0x645: {0xfee1, 4}, 0x646: {0xfee5, 4}, 0x647: {0xfee9, 4}, 0x648: {0xfeed, 2}, 0x649: {0xfeef, 2}, 0x64a: {0xfef1, 4},
	// Persian and Urdu
	0x679: {0xfb66, 4}, 0x67e: {0xfb56, 4}, 0x686: {0xfb7a, 4}, 0x688: {0xfb88, 2}, 0x691: {0xfb8c, 2}, 0x698: {0xfb8a, 2},
	0x6a9: {0xfb8e, 4}, 0x6af: {0xfb92, 4}, 0x6ba: {0xfb9e, 2}, 0x6be: {0xfbaa, 4}, 0x6c1: {0xfba6, 4}, 0x6cc: {0xfbfc, 4}, 0x6d2: {0xfbae, 2},
}

// lamAlef are the forms that lam and an alef become, alone; the next one is last.
var lamAlef = map[rune]rune{0x622: 0xfef5, 0x623: 0xfef7, 0x625: 0xfef9, 0x627: 0xfefb}

const (
	lam     = 0x644
	tatweel = 0x640 // a stroke that joins on both sides
)

// joined replaces Arabic letters by the forms in which they are written beside
// each other, since the drawers set one letter after the other. Vowel signs
// are left out: they stand above letters, and addresses do without them.
func joined(text []rune) []rune {
	var letters []rune
	arabic := false
	for _, r := range text {
		arabic = arabic || unicode.Is(unicode.Arabic, r)
		if !vowelSign(r) {
			letters = append(letters, r)
		}
	}
	if !arabic {
		return text
	}
	var out []rune
	for i := 0; i < len(letters); i++ {
		r := letters[i]
		before := i > 0 && joinsNext(letters[i-1]) && joinsLast(r)
		if r == lam && i+1 < len(letters) && lamAlef[letters[i+1]] != 0 {
			form := lamAlef[letters[i+1]]
			if before {
				form++
			}
			out = append(out, form)
			i++ // the alef joins nothing after it
			continue
		}
		f, ok := forms[r]
		if !ok {
			out = append(out, r)
			continue
		}
		after := i+1 < len(letters) && joinsNext(r) && joinsLast(letters[i+1])
		switch {
		case before && after:
			r = f.first + 3
		case after:
			r = f.first + 2
		case before:
			r = f.first + 1
		default:
			r = f.first
		}
		out = append(out, r)
	}
	return out
}

func joinsNext(r rune) bool { return r == tatweel || forms[r].n == 4 }
func joinsLast(r rune) bool { return r == tatweel || forms[r].n >= 2 }

func vowelSign(r rune) bool { return r >= 0x64b && r <= 0x65f || r == 0x670 }
