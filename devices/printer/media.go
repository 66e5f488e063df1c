package printer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/station/unit"
)

// MediaError says that a printer does not have the size of a document, and
// which sizes it has.
type MediaError struct {
	Printer string   // in words: the queue Label
	Media   string   // what was wanted
	Has     []string // what the printer knows
}

func (e *MediaError) Error() string {
	return e.Printer + " does not know the size " + e.Media + has(e.Has)
}

// FormatError says that a printer cannot read a kind of document.
type FormatError struct {
	Printer string
	Format  string   // application/pdf
	Has     []string // what it reads
}

func (e *FormatError) Error() string {
	return e.Printer + " does not read " + e.Format + has(e.Has)
}

// has lists a few of what a printer has, for a message that can be read.
func has(names []string) string {
	const most = 6
	switch n := len(names); {
	case n == 0:
		return ""
	case n > most:
		return fmt.Sprintf("; it has %s and %d more", strings.Join(names[:most], ", "), n-most)
	}
	return "; it has " + strings.Join(names, ", ")
}

// chooseMedia returns the name under which a queue knows a size. A queue that
// lists none is believed to know it.
func chooseMedia(want string, supported []string) (string, bool) {
	if want == "" || len(supported) == 0 || slices.Contains(supported, want) {
		return want, true
	}
	size, ok := sizeOf(want)
	if !ok {
		return "", false
	}
	var least, most pageSize
	for _, name := range supported {
		s, ok := sizeOf(name)
		switch {
		case !ok:
		case strings.Contains(name, "_min_"):
			least = s
		case strings.Contains(name, "_max_"):
			most = s
		case s.near(size):
			return name, true
		}
	}
	return want, size.within(least, most)
}

// pageSize is a size of paper in µm.
type pageSize struct{ width, height int }

// near allows what print services take for the same size.
func (s pageSize) near(o pageSize) bool {
	const slack = 400
	return max(s.width-o.width, o.width-s.width, s.height-o.height, o.height-s.height) <= slack
}

func (s pageSize) within(least, most pageSize) bool {
	return s.width >= least.width && s.height >= least.height && s.width <= most.width && s.height <= most.height
}

// MediaSize returns the size that a paper's name ends with; false where it says
// none, such as w288h432.
func MediaSize(name string) (width, height unit.Length, known bool) {
	s, ok := sizeOf(name)
	return unit.Length(s.width), unit.Length(s.height), ok
}

// sizeOf reads the size at the end of a name: na_index-4x6_4x6in,
// iso_a6_105x148mm.
func sizeOf(name string) (pageSize, bool) {
	size := name[strings.LastIndex(name, "_")+1:]
	unit := 0
	if s, ok := strings.CutSuffix(size, "in"); ok {
		size, unit = s, 25400
	} else if s, ok := strings.CutSuffix(size, "mm"); ok {
		size, unit = s, 1000
	}
	w, h, ok := strings.Cut(size, "x")
	width, good := decimal(w, unit)
	height, fine := decimal(h, unit)
	return pageSize{width, height}, ok && good && fine
}

// decimal returns a number such as 4.125 times a unit.
func decimal(s string, unit int) (int, bool) {
	whole, part, _ := strings.Cut(s, ".")
	if unit == 0 || len(whole) > 5 || len(part) > 5 {
		return 0, false
	}
	n, err := strconv.ParseUint(whole+part, 10, 64)
	if err != nil {
		return 0, false
	}
	scale := 1
	for range part {
		scale *= 10
	}
	return int(n) * unit / scale, true
}
