// Package fonts owns the fonts that documents are printed with, as embedded
// bytes under their permissive licences (the *.LICENSE files beside them).
// [Bytes] returns the file of a [Name]. It must not parse or measure them.
package fonts

import (
	_ "embed" // the fonts are compiled in: a bench prints the same on any computer
	"errors"
)

// Name is one of the supplied fonts.
type Name string

// The supplied fonts. Sans and SansBold hold Latin, Greek, Cyrillic and Hebrew;
// Fallback holds Chinese and Japanese and no Latin at all; Wide holds Arabic
// with its joined forms, Armenian, Georgian and many signs; Hangul holds every
// Korean syllable; Thai holds Thai, and in U+F700 to U+F71A its signs at the
// other places where they stand.
const (
	Sans     Name = "sans"
	SansBold Name = "sans-bold"
	Fallback Name = "fallback"
	Wide     Name = "wide"
	Hangul   Name = "hangul"
	Thai     Name = "thai"
)

// Strings, because a PDF library is known to write into the bytes it is given.
var (
	//go:embed LiberationSans-Regular.ttf
	sans string
	//go:embed LiberationSans-Bold.ttf
	sansBold string
	//go:embed DroidSansFallbackFull.ttf
	fallback string
	//go:embed DejaVuSansCondensed.ttf
	wide string
	//go:embed NanumGothicCoding.ttf
	hangul string
	//go:embed Waree.ttf
	thai string
)

// ErrUnknown says that no such font is supplied.
var ErrUnknown = errors.New("no such font")

// All lists the supplied fonts.
func All() []Name { return []Name{Sans, SansBold, Fallback, Wide, Hangul, Thai} }

// Bytes returns a fresh copy of a font's TrueType file; the caller may write to it.
func Bytes(name Name) ([]byte, error) {
	switch name {
	case Sans:
		return []byte(sans), nil
	case SansBold:
		return []byte(sansBold), nil
	case Fallback:
		return []byte(fallback), nil
	case Wide:
		return []byte(wide), nil
	case Hangul:
		return []byte(hangul), nil
	case Thai:
		return []byte(thai), nil
	}
	return nil, ErrUnknown
}
