package labels

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"packbench/assets/fonts"
)

// Own is the name that runs in the shop's own font have.
const Own fonts.Name = "own"

// Font is a font of the shop's own, which its greeting is printed in. Letters that it
// lacks, and scripts whose letters join or stack, are printed in the supplied ones.
type Font struct {
	data []byte
	face *face
	em   int // at which it is set, in thousandths: its letters stay in their lines
}

// ReadFont reads a TrueType file. One that may not be put into documents, and one whose
// outlines the PDF library cannot write, is an error.
func ReadFont(data []byte) (*Font, error) {
	if len(data) < 12 || binary.BigEndian.Uint32(data) != 0x00010000 && string(data[:4]) != "true" {
		return nil, errors.New("it is no TrueType file (.ttf)")
	}
	parsed, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("it is no TrueType file (.ttf): %w", err)
	}
	if len(tableOf(data, "glyf")) == 0 || len(tableOf(data, "cmap")) == 0 || len(tableOf(data, "OS/2")) < 10 {
		return nil, errors.New("it is no TrueType file (.ttf) with outlines")
	}
	if kind := binary.BigEndian.Uint16(tableOf(data, "OS/2")[8:]); kind&0xf == 2 {
		return nil, errors.New("its licence does not allow it in documents")
	}
	f := &Font{data: slices.Clone(data), em: 1000}
	var buf sfnt.Buffer
	em := fixed.I(int(parsed.UnitsPerEm()))
	for r := rune('!'); r < 0x180; r++ {
		glyph, err := parsed.GlyphIndex(&buf, r)
		if err != nil || glyph == 0 {
			if r < 0x7f && unicode.IsLetter(r) {
				return nil, fmt.Errorf("it has no %q", r)
			}
			continue
		}
		ink, _, err := parsed.GlyphBounds(&buf, glyph, em, font.HintingNone)
		if err != nil {
			return nil, err
		}
		if up := int(-ink.Min.Y * 1000 / em); up > ascent {
			f.em = min(f.em, 1000*ascent/up)
		}
		if down := int(ink.Max.Y * 1000 / em); down > descent {
			f.em = min(f.em, 1000*descent/down)
		}
	}
	f.face, err = faceOf(parsed, f.em)
	return f, err
}

// Bytes returns a fresh copy of the file.
func (f *Font) Bytes() []byte { return slices.Clone(f.data) }

// tableOf finds a table of a TrueType file by its directory.
func tableOf(data []byte, name string) []byte {
	n := int(binary.BigEndian.Uint16(data[4:]))
	for at := 12; n > 0 && at+16 <= len(data); n, at = n-1, at+16 {
		from, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if string(data[at:at+4]) == name && from+size <= uint64(len(data)) {
			return data[from : from+size]
		}
	}
	return nil
}

// take has a canvas know the shop's own font.
func (c *canvas) take(f *Font) {
	if f == nil {
		return
	}
	c.own, c.faces = f, maps.Clone(c.faces)
	c.faces[Own] = func() (*face, error) { return f.face, nil }
}

// em is at which a font is set, where the shop's own says another than its name.
func (c *canvas) em(name fonts.Name) int {
	if name == Own && c.own != nil && c.own.em != 1000 {
		return c.own.em
	}
	return 0
}

// inOwn is a style in the shop's own font where there is one.
func (c *canvas) inOwn(s style) style {
	if c.own != nil {
		s.font = Own
	}
	return s
}

// shaped reports whether a character is of a script whose letters join or stack.
func shaped(r rune) bool {
	return thai(r) || unicode.In(r, unicode.Arabic, unicode.Hebrew) || unicode.Is(unicode.Mn, r)
}
