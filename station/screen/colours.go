package screen

import (
	"cmp"
	"hash/fnv"
	"strings"
	"unicode"

	"packbench/station/pack"
)

// RGB is an opaque colour, 0xRRGGBB.
type RGB uint32

// Palette is the colours of a theme. Right, Wrong, Look and Tell are the
// grounds of the four kinds of verdict, safe for colour-blind people; they are
// never the colour of text.
type Palette struct {
	Ground RGB // of the window
	Panel  RGB // of a panel on the ground
	Raised RGB // of a button or a chip on a panel
	Press  RGB // of what is chosen or pressed
	Ink    RGB
	Quiet  RGB // ink at two thirds
	Faint  RGB // empty dots, rules of a chart: never text
	Bar    RGB // ground of the line that says what to do next
	OnBar  RGB
	OnCard RGB // ink on the four colours
	Right  RGB
	Wrong  RGB
	Look   RGB
	Tell   RGB
}

// Colours returns the palette of a theme.
func Colours(t Theme) Palette {
	p := Palette{
		Ground: 0xF7F7F5, Panel: 0xFFFFFF, Raised: 0xECECE8, Press: 0xDCE8EE,
		Ink: 0x111418, Quiet: 0x56585A, Faint: 0xC9CAC8, Bar: 0x111418, OnBar: 0xF7F7F5,
		OnCard: 0x111418, Right: 0x009E73, Wrong: 0xD55E00, Look: 0xE69F00, Tell: 0x56B4E9,
	}
	if t == Dark {
		p.Ground, p.Panel, p.Raised, p.Press = 0x15181C, 0x1D2126, 0x2A2F36, 0x27404F
		p.Ink, p.Quiet, p.Faint, p.Bar, p.OnBar = 0xF2F3F4, 0xB2B5B9, 0x454B53, 0x39414B, 0xF2F3F4
	}
	return p
}

// Cap returns the ground of the cap of a key that stands on another ground.
func Cap(ground, ink RGB) RGB {
	part := func(shift int) RGB { return (ground>>shift&0xFF*92 + ink>>shift&0xFF*8) / 100 << shift }
	return part(16) | part(8) | part(0)
}

// Of returns the ground of a kind of verdict.
func (p Palette) Of(k pack.Kind) RGB {
	switch k {
	case pack.Accepted:
		return p.Right
	case pack.Refused:
		return p.Wrong
	case pack.Asked:
		return p.Look
	}
	return p.Tell
}

// lampKinds are the verdicts whose colour and shape lamps have.
var lampKinds = map[Colour]pack.Kind{LampGreen: pack.Accepted, LampAmber: pack.Asked, LampRed: pack.Refused}

// Lamp returns the colour of a lamp; its shape says the same (LampShape).
func (p Palette) Lamp(c Colour) RGB {
	if k, lit := lampKinds[c]; lit {
		return p.Of(k)
	}
	return p.Faint
}

// Shape is the form that says the same as a colour does.
type Shape string

// The shapes.
const (
	ShapeNone   Shape = ""
	ShapeTick   Shape = "tick"   // a tick, round
	ShapeCross  Shape = "cross"  // a cross in an octagon
	ShapeMark   Shape = "mark"   // an exclamation mark in a triangle
	ShapeSquare Shape = "square" // an i in a square
)

// looks are the word and the shape of each kind of verdict but a note.
var looks = map[pack.Kind]struct {
	word  string
	shape Shape
}{pack.Accepted: {"OK", ShapeTick}, pack.Refused: {"Stop", ShapeCross}, pack.Asked: {"Check", ShapeMark}}

// ShapeOf returns the shape of a kind of verdict.
func ShapeOf(k pack.Kind) Shape { return cmp.Or(looks[k].shape, ShapeSquare) }

// tiles are the grounds of products without a picture; white initials on them
// keep 4.5:1.
var tiles = [...]RGB{
	0x3D6B8E, 0x7A5195, 0x8E5A3C, 0x4B6E4F, 0x9A4C6A, 0x5A5FA8, 0x6B6A3A, 0x2F7377, 0x7D4B4B, 0x56616D,
}

// OnTile is the ink of initials.
const OnTile RGB = 0xFFFFFF

// NewItem gives a product its initials and its colour.
func NewItem(sku, name, picture string) Item {
	h := fnv.New32a()
	h.Write([]byte(sku))
	return Item{
		SKU: sku, Name: cmp.Or(name, sku), Picture: picture,
		Initials: initials(cmp.Or(name, sku)), Tile: tiles[h.Sum32()%uint32(len(tiles))],
	}
}

// initials returns the first letters of the first two words.
func initials(name string) string {
	var out []rune
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out = append(out, unicode.ToUpper([]rune(word)[0]))
		if len(out) == 2 {
			break
		}
	}
	if len(out) == 0 {
		return "?"
	}
	return string(out)
}
