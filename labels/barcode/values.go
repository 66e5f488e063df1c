package barcode

import (
	"slices"
	"strings"
)

// The values of Code 128 that are no character of their set.
const (
	CodeC  = 99 // in set B
	CodeB  = 100
	Func1  = 102
	StartB = 104
	StartC = 105
)

// elements of a character: bar, space, bar…
const elements = 6

// stop ends every symbol; its last bar is a seventh element.
var stop = Runs{2, 3, 3, 1, 1, 1, 2}

// patterns are the widths of the characters by their values, ISO/IEC 15417.
const patterns = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 " +
	"231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 " +
	"223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 " +
	"111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 " +
	"132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 " +
	"311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 " +
	"121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 " +
	"413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 " +
	"421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 " +
	"113141 114131 311141 411131 211412 211214 211232 "

// Values reads bars as Code 128: the value of each character from the start
// character on, without check and stop character. It is false for bars that
// are no whole symbol, or whose check character is wrong.
//
// What a symbol means can be written in more than one choice of code sets; its
// values say which one these bars are.
func (r Runs) Values() ([]byte, bool) {
	end := len(r) - len(stop)
	if end < 3*elements || end%elements != 0 || !slices.Equal(r[end:], stop) {
		return nil, false
	}
	var out []byte
	for at := 0; at < end; at += elements {
		v, ok := value(r[at : at+elements])
		if !ok || (at == 0) != (v > Func1) {
			return nil, false
		}
		out = append(out, v)
	}
	last := len(out) - 1
	sum := int(out[0])
	for i, v := range out[:last] {
		sum += i * int(v)
	}
	if sum%103 != int(out[last]) {
		return nil, false
	}
	return out[:last], true
}

// value finds the character of six widths.
func value(widths Runs) (byte, bool) {
	var text [elements + 1]byte
	for i, w := range widths {
		if w < 1 || w > 4 {
			return 0, false
		}
		text[i] = '0' + byte(w)
	}
	text[elements] = ' '
	at := strings.Index(patterns, string(text[:]))
	// A pattern is found only at its own place: a space ends each.
	return byte(at / len(text)), at >= 0
}
