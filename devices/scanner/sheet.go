package scanner

import "strings"

// SheetCode is one line of the calibration sheet.
type SheetCode struct {
	Title     string // for people, printed beside the code
	Symbology string // what to print it as: "code128", "gs1-128" or "qr"
	Data      string // GS, 0x1D, stands for the separator in a GS1 code
	Optional  bool   // a scanner that cannot read this kind of code may leave it out
}

// sheetMark is in every line, with the line's own digit after it, so that a
// line is known even when other characters of it come wrong.
const sheetMark = "PBCAL"

// Sheet returns the lines of the calibration sheet, which never change. No line
// is a part of another, and any order of scanning will do.
func Sheet() []SheetCode {
	return []SheetCode{
		{Title: "Start", Symbology: "code128", Data: "PBCAL1X3579246810"},
		{Title: "Capital and small letters", Symbology: "code128", Data: "PBCAL2AaBbDdQqWwXxYyZzMm"},
		{Title: "Signs that keyboards confuse", Symbology: "code128", Data: "PBCAL3]-/:_yzYZ0123456789"},
		{Title: "More signs", Symbology: "code128", Data: `PBCAL4!"#$%&'()*+,`},
		{Title: "Still more signs", Symbology: "code128", Data: "PBCAL5.;<=>?@[\\^`{|}~ Z"},
		{Title: "GS1 code: a lot and a serial number", Symbology: "gs1-128", Data: "10PBCAL6\x1d21S77"},
		{
			Title: "Long code (QR)", Symbology: "qr", Optional: true,
			Data: "https://id.gs1.org/01/09506000134352/10/PBCAL7/21/aB3dE6gH9jK2mN5pQ8?17=301231&15=301130&4308=packing-bench_Nr:7",
		},
	}
}

// letterCase says what a scanner does to letters.
type letterCase uint8

const (
	caseKept letterCase = iota
	caseTurned
	caseUpper
	caseLower
)

// found is a line of the sheet in a text.
type found struct {
	front, rear string // what stands around it
	sep         string // what stands for GS
	letters     letterCase
}

// in looks for the line in a text. Letters may be large or small, and a few
// characters or none may stand for GS.
func (c SheetCode) in(text string) (found, bool) {
	head, tail, hasGS := strings.Cut(c.Data, "\x1d")
	low := lower(text)
	start := strings.Index(low, lower(head))
	if start < 0 {
		return found{}, false
	}
	f := found{front: text[:start]}
	end := start + len(head)
	got := text[start:end]
	if hasGS {
		n := strings.Index(low[end:], lower(tail))
		if n < 0 || n > longestSubstitute {
			return found{}, false
		}
		f.sep = text[end : end+n]
		got += text[end+n : end+n+len(tail)]
		end += n + len(tail)
		f.front = strings.TrimSuffix(f.front, "\x1d") // the FNC1 that begins a GS1 code
	}
	f.rear = text[end:]
	letters, ok := caseOf(got, head+tail)
	f.letters = letters
	return f, ok
}

const longestSubstitute = 12

// caseOf compares the letters that came with those that were printed.
func caseOf(got, want string) (letterCase, bool) {
	switch got {
	case want:
		return caseKept, true
	case turn(want):
		return caseTurned, true
	case lower(want):
		return caseLower, true
	}
	return caseUpper, turn(lower(got)) == turn(lower(want)) && turn(lower(got)) == got
}

// twoCases reports whether the line has letters of both kinds, so that it shows
// what becomes of them.
func (c SheetCode) twoCases() bool { return lower(c.Data) != turn(c.Data) && lower(c.Data) != c.Data }

// lower makes ASCII letters small and leaves the length as it is.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

// turn makes large letters small and small ones large.
func turn(s string) string {
	b := []byte(s)
	for i, c := range b {
		if isLetter(c) {
			b[i] = c ^ 0x20
		}
	}
	return string(b)
}
