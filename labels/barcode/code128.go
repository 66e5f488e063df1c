package barcode

import (
	"errors"
	"fmt"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"

	"packbench/station/gs1"
)

// Errors of bar code content, to be told apart with errors.Is.
var (
	ErrEmpty     = errors.New("nothing to encode")
	ErrTooLong   = errors.New("too long for this bar code")
	ErrCharacter = errors.New("a character that this bar code cannot hold")
)

// FNC1 stands for the function character of GS1-128 in the content of GS1128:
// the byte that a scanner sends for it between two elements.
const FNC1 = '\x1d'

const (
	code128Limit = 80 // the library's limit
	gs1Limit     = 48 // data characters, GS1 General Specifications 5.4.4
)

// Code128 encodes printable ASCII and control characters as a plain Code 128.
// The library's own signs for function characters (ñ and its neighbours) are
// refused with everything else outside ASCII: a customer's name must not turn
// into a GS1 code.
func Code128(text string) (Runs, error) {
	if err := ascii(text, code128Limit); err != nil {
		return nil, fmt.Errorf("code 128 %q: %w", clip(text), err)
	}
	return encode(text)
}

// Number encodes what people read as well: a Code 128 of printable ASCII only.
func Number(text string) (Runs, error) {
	for _, r := range text {
		if r < ' ' || r == 0x7f {
			return nil, fmt.Errorf("number %q: %w: %q", clip(text), ErrCharacter, r)
		}
	}
	return Code128(text)
}

// GS1128 encodes an element string such as "00340123450000000017". The leading
// FNC1 is added; FNC1 inside separates elements of variable length. Brackets
// around application identifiers do not belong into a symbol and are refused.
func GS1128(elements string) (Runs, error) {
	plain := strings.ReplaceAll(elements, string(FNC1), "")
	err := ascii(plain, gs1Limit)
	switch {
	case err != nil:
	case strings.HasPrefix(elements, "(") || elements[0] == FNC1 || elements[len(elements)-1] == FNC1:
		err = ErrCharacter
	case len(elements) >= code128Limit:
		err = ErrTooLong
	}
	if err != nil {
		return nil, fmt.Errorf("gs1-128 %q: %w", clip(elements), err)
	}
	return encode(string(code128.FNC1) + strings.ReplaceAll(elements, string(FNC1), string(code128.FNC1)))
}

// SSCC encodes the 18 digits of a serial shipping container code as GS1-128
// with application identifier 00, after checking them.
func SSCC(sscc string) (Runs, error) {
	sscc, err := gs1.ParseSSCC(sscc)
	if err != nil {
		return nil, err
	}
	return GS1128("00" + sscc)
}

func ascii(text string, limit int) error {
	if text == "" {
		return ErrEmpty
	}
	for _, r := range text {
		if r > 0x7f {
			return fmt.Errorf("%w: %q", ErrCharacter, r)
		}
	}
	if len(text) > limit {
		return fmt.Errorf("%w: %d characters, at most %d", ErrTooLong, len(text), limit)
	}
	return nil
}

func encode(content string) (Runs, error) {
	code, err := code128.Encode(content)
	if err != nil {
		return nil, fmt.Errorf("code 128 %q: %w", clip(content), err)
	}
	return runs(code), nil
}

// runs reads the widths from the library's picture, which has a pixel a module.
func runs(code barcode.Barcode) Runs {
	var out Runs
	dark := true
	width := 0
	for x := range code.Bounds().Dx() {
		r, _, _, _ := code.At(x, 0).RGBA()
		if (r == 0) != dark {
			out = append(out, width)
			dark, width = !dark, 0
		}
		width++
	}
	return append(out, width)
}

func clip(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}
