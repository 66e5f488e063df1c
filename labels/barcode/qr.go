package barcode

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/boombuler/barcode/qr"
)

// Data codewords of the QR versions 1 to 20 at the levels L, M, Q and H
// (ISO/IEC 18004, table 7). A larger symbol does not belong on a parcel.
var codewords = [][4]int{
	{19, 16, 13, 9},
	{34, 28, 22, 16},
	{55, 44, 34, 26},
	{80, 64, 48, 36},
	{108, 86, 62, 46},
	{136, 108, 76, 60},
	{156, 124, 88, 66},
	{194, 154, 110, 86},
	{232, 182, 132, 100},
	{274, 216, 154, 122},
	{324, 254, 180, 140},
	{370, 290, 206, 158},
	{428, 334, 244, 180},
	{461, 365, 261, 197},
	{523, 415, 295, 223},
	{589, 453, 325, 253},
	{647, 507, 367, 283},
	{721, 563, 397, 313},
	{795, 627, 445, 341},
	{861, 669, 485, 385},
}

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// QR encodes text with at least the given error correction, and with more
// where that costs no room: the highest level of the same version.
func QR(text string, least Level) (Matrix, error) {
	if text == "" {
		return Matrix{}, fmt.Errorf("qr: %w", ErrEmpty)
	}
	if !utf8.ValidString(text) {
		return Matrix{}, fmt.Errorf("qr %q: %w: not UTF-8", clip(text), ErrCharacter)
	}
	version := versionOf(text, least)
	if version == 0 {
		return Matrix{}, fmt.Errorf("qr %q: %w: %d bytes", clip(text), ErrTooLong, len(text))
	}
	level := least
	for level < H && versionOf(text, level+1) == version {
		level++
	}
	return qrAt(text, level)
}

func qrAt(text string, level Level) (Matrix, error) {
	code, err := qr.Encode(text, qr.ErrorCorrectionLevel(level), modeOf(text))
	if err != nil {
		return Matrix{}, fmt.Errorf("qr %q: %w", clip(text), err)
	}
	size := code.Bounds().Dx()
	m := Matrix{Size: size, Level: level, Dark: make([]bool, size*size)}
	for y := range size {
		for x := range size {
			r, _, _, _ := code.At(x, y).RGBA()
			m.Dark[y*size+x] = r == 0
		}
	}
	return m, nil
}

func modeOf(text string) qr.Encoding {
	switch {
	case strings.Trim(text, alphanumeric[:10]) == "":
		return qr.Numeric
	case strings.Trim(text, alphanumeric) == "":
		return qr.AlphaNumeric
	}
	return qr.Unicode
}

// versionOf returns the smallest version that holds the text, 0 for none.
func versionOf(text string, level Level) int {
	n := len(text)
	for i, words := range codewords {
		wide := i+1 >= 10 // longer length fields from version 10
		bits := 4
		switch modeOf(text) {
		case qr.Numeric:
			bits += 10 + n/3*10 + []int{0, 4, 7}[n%3]
			if wide {
				bits += 2
			}
		case qr.AlphaNumeric:
			bits += 9 + n/2*11 + n%2*6
			if wide {
				bits += 2
			}
		default:
			bits += 8 + n*8
			if wide {
				bits += 8
			}
		}
		if bits <= words[level]*8 {
			return i + 1
		}
	}
	return 0
}
