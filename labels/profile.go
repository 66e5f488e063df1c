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
	Roll  bool // slips alone fit it, each as long as it needs
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
	return Paper{Name: "4x6", Media: "na_index-4x6_4x6in", W: 4 * unit.Inch, H: 6 * unit.Inch}
}

// PaperA6 is 105 by 148 mm.
func PaperA6() Paper {
	return Paper{Name: "A6", Media: "iso_a6_105x148mm", W: 105 * unit.Millimetre, H: 148 * unit.Millimetre}
}

// PaperA4 is 210 by 297 mm.
func PaperA4() Paper {
	return Paper{Name: "A4", Media: "iso_a4_210x297mm", W: 210 * unit.Millimetre, H: 297 * unit.Millimetre}
}

// PaperLetter is 8.5 by 11 inches.
func PaperLetter() Paper {
	return Paper{Name: "Letter", Media: "na_letter_8.5x11in", W: 85 * unit.Inch / 10, H: 11 * unit.Inch}
}

// PaperReceipt is the roll of receipt printers, 80 mm wide. Its printer knows how long a
// page is.
func PaperReceipt() Paper {
	return Paper{Name: "80mm", W: 80 * unit.Millimetre, H: 800 * unit.Millimetre, Roll: true}
}

// PaperNamed finds a page size by its name.
func PaperNamed(name string) (Paper, error) {
	for _, p := range []Paper{Paper4x6(), PaperA6(), PaperA4(), PaperLetter(), PaperReceipt()} {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
	}
	return Paper{}, fmt.Errorf("paper %q is not known: use 4x6, A6, A4, Letter or 80mm", name)
}

// check refuses what no label can be made for.
func (p Profile) check() error {
	if p.DPI < 180 || p.DPI > 1200 || p.DPI < 200 && !p.Paper.Roll { // receipt printers of 180 are common
		return fmt.Errorf("printer profile %q: %d dpi is outside 200 to 1200", p.Name, p.DPI)
	}
	if p.Paper.Roll && p.Paper.W >= 70*unit.Millimetre {
		return nil
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
