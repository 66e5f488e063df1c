// Package barcode owns the bars and modules of the symbols that documents
// carry: Code 128, GS1-128 and QR. It knows neither sizes in millimetres nor
// where a symbol stands. PDF417 is left out on purpose: the library's symbols
// fail their own checksum.
//
// [Code128], [GS1128], [Number] and [SSCC] return widths of bars and spaces,
// [QR] returns a [Matrix]; both are without their quiet zones, which the layout
// keeps.
package barcode

// Runs are the widths of a bar code's elements in modules: bar, space, bar…,
// beginning and ending with a bar.
type Runs []int

// Modules returns the width of the whole symbol without its quiet zones.
func (r Runs) Modules() int {
	n := 0
	for _, w := range r {
		n += w
	}
	return n
}

// Level is a QR code's error correction.
type Level byte

// The levels: about 7, 15, 25 and 30 percent of a symbol may be lost.
const (
	L Level = iota
	M
	Q
	H
)

func (l Level) String() string { return string("LMQH"[l&3]) }

// Matrix is a square of dark and light modules.
type Matrix struct {
	Size  int
	Level Level
	Dark  []bool // row by row
}

// At reports whether a module is dark; outside the symbol everything is light.
func (m Matrix) At(x, y int) bool {
	return x >= 0 && y >= 0 && x < m.Size && y < m.Size && m.Dark[y*m.Size+x]
}
