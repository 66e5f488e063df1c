package labels

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"packbench/assets/fonts"
)

// face is what layout needs of a font: which characters it has and how wide
// they are. It never changes once it is read.
type face struct {
	// advance of each character in thousandths of the em, rounded as the PDF
	// font's width table is, plus one; 0 means that the font lacks it.
	advance [0x10000]uint16
}

// has reports whether the font can print a character, and how wide.
func (f *face) has(r rune) (thousandths int, ok bool) {
	if r < 0 || r > 0xffff || f.advance[r] == 0 {
		return 0, false
	}
	return int(f.advance[r]) - 1, true
}

// scale returns the size at which a font is set, in thousandths of the text's.
// Thai signs stand in two storeys above their letter; as large as Latin they
// would reach into the line above.
func scale(name fonts.Name) int {
	if name == fonts.Thai {
		return 750
	}
	return 1000
}

// faces returns the font of a name. One that cannot be read has no character.
type faces map[fonts.Name]func() (*face, error)

// suppliedFaces reads each of the embedded fonts once, when a text first needs
// it: most benches never print the large ones. They are constant, so every
// layout may share the result.
var suppliedFaces = sync.OnceValue(func() faces {
	all := make(faces)
	for _, name := range fonts.All() {
		all[name] = sync.OnceValues(func() (*face, error) {
			f, err := readFace(name)
			if err != nil {
				return nil, fmt.Errorf("font %s: %w", name, err)
			}
			return f, nil
		})
	}
	return all
})

// has reports whether a font can print a character, and how wide.
func (f faces) has(name fonts.Name, r rune) (thousandths int, ok bool) {
	read, ok := f[name]
	if !ok {
		return 0, false
	}
	of, err := read()
	if err != nil {
		return 0, false
	}
	return of.has(r)
}

// check reads the fonts that every document needs.
func (f faces) check() error {
	for _, name := range []fonts.Name{fonts.Sans, fonts.SansBold} {
		if _, err := f[name](); err != nil {
			return err
		}
	}
	return nil
}

func readFace(name fonts.Name) (*face, error) {
	data, err := fonts.Bytes(name)
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
	return faceOf(parsed, scale(name))
}

// faceOf measures a font that is set at so many thousandths of a text's size.
func faceOf(parsed *sfnt.Font, size int) (*face, error) {
	var buf sfnt.Buffer
	em := int(parsed.UnitsPerEm())
	f := new(face)
	for r := range rune(0x10000) {
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			continue
		}
		advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(em), font.HintingNone)
		if err != nil {
			return nil, err
		}
		f.advance[r] = uint16((advance.Round()*size+em/2)/em) + 1
	}
	return f, nil
}
