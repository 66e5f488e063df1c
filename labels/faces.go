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

// has tells whether the font can print a character, and how wide.
func (f *face) has(r rune) (thousandths int, ok bool) {
	if r < 0 || r > 0xffff || f.advance[r] == 0 {
		return 0, false
	}
	return int(f.advance[r]) - 1, true
}

// suppliedFaces reads the embedded fonts once; they are constant, so every
// layout may share the result.
var suppliedFaces = sync.OnceValues(func() (map[fonts.Name]*face, error) {
	faces := make(map[fonts.Name]*face)
	for _, name := range fonts.All() {
		f, err := readFace(name)
		if err != nil {
			return nil, fmt.Errorf("font %s: %w", name, err)
		}
		faces[name] = f
	}
	return faces, nil
})

func readFace(name fonts.Name) (*face, error) {
	data, err := fonts.Bytes(name)
	if err != nil {
		return nil, err
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, err
	}
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
		f.advance[r] = uint16((advance.Round()*1000+em/2)/em) + 1
	}
	return f, nil
}
