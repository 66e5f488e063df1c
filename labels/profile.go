package labels

import (
	"fmt"
	"strings"

	"packbench/station/unit"
)

// Paper is a page size.
type Paper struct {
	Name  string
	Media string // the name that CUPS knows it by
	W, H  unit.Length
}

// Profile is what a layout needs to know of a printer. Bars stand on whole
// dots of it, so a document for 203 dpi is not one for 300 dpi.
type Profile struct {
	Name  string
	DPI   int
	Paper Paper
	Words Words // nil prints in English
	// American writes masses in pounds and ounces, and the month before the day.
	American bool
}

// Paper4x6 is the label of 4 by 6 inches.
func Paper4x6() Paper {
	return Paper{"4x6", "na_index-4x6_4x6in", 4 * unit.Inch, 6 * unit.Inch}
}

// PaperA6 is 105 by 148 mm.
func PaperA6() Paper {
	return Paper{"A6", "iso_a6_105x148mm", 105 * unit.Millimetre, 148 * unit.Millimetre}
}

// PaperA4 is 210 by 297 mm.
func PaperA4() Paper {
	return Paper{"A4", "iso_a4_210x297mm", 210 * unit.Millimetre, 297 * unit.Millimetre}
}

// PaperLetter is 8.5 by 11 inches.
func PaperLetter() Paper {
	return Paper{"Letter", "na_letter_8.5x11in", 85 * unit.Inch / 10, 11 * unit.Inch}
}

// PaperNamed finds a page size by its name.
func PaperNamed(name string) (Paper, error) {
	for _, p := range []Paper{Paper4x6(), PaperA6(), PaperA4(), PaperLetter()} {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	return Paper{}, fmt.Errorf("paper %q is not known: use 4x6, A6, A4 or Letter", name)
}

// check refuses what no label can be made for.
func (p Profile) check() error {
	if p.DPI < 200 || p.DPI > 1200 {
		return fmt.Errorf("printer profile %q: %d dpi is outside 200 to 1200", p.Name, p.DPI)
	}
	if p.Paper.W < 90*unit.Millimetre || p.Paper.H < 90*unit.Millimetre || p.Paper.W > unit.Metre || p.Paper.H > unit.Metre {
		return fmt.Errorf("printer profile %q: paper %s × %s is outside 90 mm to 1 m", p.Name, p.Paper.W, p.Paper.H)
	}
	return nil
}

// dots returns whole dots of a length, rounded to the nearest.
func (p Profile) dots(l unit.Length) int {
	return int((int64(l)*int64(p.DPI)*2 + int64(unit.Inch)) / (2 * int64(unit.Inch)))
}

// page returns the whole dots that fit on the paper.
func (p Profile) page() (w, h int) {
	return int(int64(p.Paper.W) * int64(p.DPI) / int64(unit.Inch)), int(int64(p.Paper.H) * int64(p.DPI) / int64(unit.Inch))
}

// module returns the least whole dots that are at least the given width.
func (p Profile) module(least unit.Length) int {
	return int((int64(least)*int64(p.DPI) + int64(unit.Inch) - 1) / int64(unit.Inch))
}
