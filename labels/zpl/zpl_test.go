package zpl_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/bits"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/picture"
	"packbench/labels/readback"
	"packbench/labels/zpl"
)

// printed is what a printer has on a label.
type printed struct {
	w, h   int
	bits   [][]byte // rows of whole bytes
	native []string // field data of the bar codes that the printer drew itself
}

var (
	format = regexp.MustCompile(`(?s)\^XA\^PW(\d+)\^LL(\d+)\^LH0,0\n(.*?)\^XZ\n`)
	field  = regexp.MustCompile(`\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([^^]*)\^FS\n`)
)

// read is a printer: it takes the commands that the encoder may use, and
// nothing else.
func read(t testing.TB, data []byte) (pages []printed) {
	t.Helper()
	rest := format.ReplaceAll(data, nil)
	if len(rest) > 0 {
		t.Fatalf("outside of every label: %.60q", rest)
	}
	for _, m := range format.FindAllStringSubmatch(string(data), -1) {
		p := printed{w: number(t, m[1]), h: number(t, m[2])}
		left := field.ReplaceAllString(m[3], "")
		if own.ReplaceAllString(left, "") != "" {
			t.Fatalf("not understood: %.60q", left)
		}
		for _, f := range field.FindAllStringSubmatch(m[3], -1) {
			sent, total, stride := number(t, f[3]), number(t, f[4]), number(t, f[5])
			if total > 99999 || sent != total || total%stride != 0 {
				t.Errorf("counts %d and %d with %d bytes a row", sent, total, stride)
			}
			if f[1] != "0" || number(t, f[2]) != len(p.bits) {
				t.Errorf("a strip begins at %s,%s after %d rows", f[1], f[2], len(p.bits))
			}
			p.bits = append(p.bits, rows(t, f[6], stride, total/stride)...)
		}
		if len(p.bits) != p.h {
			t.Fatalf("%d rows for %d", len(p.bits), p.h)
		}
		p.own(t, left)
		pages = append(pages, p)
	}
	return pages
}

func number(t testing.TB, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// rows undoes the short form of a strip, as the printers' handbook has it.
func rows(t testing.TB, text string, stride, want int) (out [][]byte) {
	t.Helper()
	var digits []byte
	end := func() {
		row, err := hex.DecodeString(string(digits))
		if err != nil || len(row) != stride {
			t.Fatalf("row %d: %q: %v", len(out), digits, err)
		}
		out, digits = append(out, row), digits[:0]
	}
	count := 0
	for _, c := range []byte(text) {
		switch {
		case c == ':' && len(digits) == 0 && count == 0 && len(out) > 0:
			out = append(out, slices.Clone(out[len(out)-1]))
		case c == ',' || c == '!':
			fill := map[byte]byte{',': '0', '!': 'F'}[c]
			for len(digits) < 2*stride {
				digits = append(digits, fill)
			}
		case c >= 'G' && c <= 'Y':
			count += int(c-'G') + 1
		case c >= 'g' && c <= 'z':
			count += (int(c-'g') + 1) * 20
		case strings.ContainsRune("0123456789ABCDEF", rune(c)):
			digits = append(digits, bytes.Repeat([]byte{c}, max(1, count))...)
			count = 0
		default:
			t.Fatalf("row %d: sign %q", len(out), c)
		}
		if len(digits) == 2*stride {
			end()
		}
	}
	if len(digits) > 0 || count > 0 || len(out) != want {
		t.Errorf("%d rows and %d digits, want %d rows", len(out), len(digits), want)
	}
	return out
}

// layouts are labels that differ in what their rows hold, and a slip of many pages.
func layouts(t testing.TB, p labels.Profile) map[string]labels.Layout {
	t.Helper()
	all := make(map[string]labels.Layout)
	add := func(name string, l labels.Layout, _ []labels.Missing, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = l
	}
	for _, name := range []string{"ordinary", "long everything", "japanese", "hebrew", "bare"} {
		l, m, err := labels.ShippingLabel(sample.Nasty()[name], p)
		add(name, l, m, err)
	}
	l, m, err := labels.PackingSlip(sample.Slip(30), p)
	add("slip", l, m, err)
	return all
}

func TestPrinterPrintsTheDotsOfThePicture(t *testing.T) {
	for _, p := range sample.Profiles() {
		for name, l := range layouts(t, p) {
			data, err := zpl.Encode(l)
			if err != nil {
				t.Fatal(err)
			}
			pages := read(t, data)
			if len(pages) != len(l.Pages) || name == "slip" && len(pages) < 2 {
				t.Fatalf("%s: %s: %d labels for %d pages", p.Name, name, len(pages), len(l.Pages))
			}
			for i, got := range pages {
				if got.w != l.W || got.h != l.H {
					t.Errorf("%s: %s: a label of %d×%d", p.Name, name, got.w, got.h)
				}
				compare(t, fmt.Sprintf("%s: %s, page %d", p.Name, name, i+1), l, i, got)
			}
		}
	}
}

// compare looks at every dot, and that nothing is printed beside the label.
func compare(t *testing.T, what string, l labels.Layout, page int, got printed) {
	t.Helper()
	want, err := picture.Print(l, page)
	if err != nil {
		t.Fatal(err)
	}
	wrong, black := 0, 0
	for y, row := range got.bits {
		line := make([]byte, len(row)) // white beside the label
		copy(line, want.Row(y))
		for i := range row {
			black += bits.OnesCount8(row[i])
			wrong += bits.OnesCount8(row[i] ^ line[i])
		}
	}
	if wrong > 0 || black == 0 {
		t.Errorf("%s: %d dots differ, %d are black", what, wrong, black)
	}
}

// A page of every kind of row: black to the edge, one dot, long repeats that
// need several counts, a width that is no multiple of eight.
func TestRowsOfEveryKind(t *testing.T) {
	for _, width := range []int{1, 7, 8, 9, 812, 813, 6500} {
		l := labels.Layout{Title: "rows", DPI: 203, W: width, H: 130, Pages: make([]labels.Page, 2)}
		for y := range 100 {
			w := max(1, width*y/100)
			l.Pages[0].Boxes = append(l.Pages[0].Boxes, labels.Line{X: 0, Y: y, W: w, H: 1})
			l.Pages[1].Boxes = append(l.Pages[1].Boxes, labels.Line{X: width - w, Y: y, W: w, H: 1})
		}
		data, err := zpl.Encode(l)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range read(t, data) {
			compare(t, fmt.Sprintf("%d dots, page %d", width, i+1), l, i, got)
		}
	}
}

// Without its tools the test of dots above still holds; this one shows that a
// reader agrees with it.
func TestPrintedCodesReadBack(t *testing.T) {
	zbar := readback.Tool(t, readback.Zbar)
	s := sample.Shipping()
	want := []string{"CODE-128:00" + s.SSCC, "CODE-128:" + s.Tracking, "QR-Code:" + s.Trace}
	for _, p := range sample.Profiles() {
		l := layouts(t, p)["ordinary"]
		data, err := zpl.Encode(l)
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, data)[0]
		file := filepath.Join(t.TempDir(), "label.pbm")
		pbm := append(fmt.Appendf(nil, "P4\n%d %d\n", got.w, got.h), bytes.Join(got.bits, nil)...)
		if err := os.WriteFile(file, pbm, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(zbar, "-q", "--set", "ean8.disable=1", file).Output()
		codes := strings.Split(strings.TrimSpace(string(out)), "\n")
		slices.Sort(codes)
		if !slices.Equal(codes, want) {
			t.Errorf("%s: read %q, want %q (%v)", p.Name, codes, want, err)
		}
	}
}

// The same label is the same file on every computer. A change of this figure
// is a change of every label that will be printed: look at one first.
func TestBytesAreTheSameEverywhere(t *testing.T) {
	want := map[string]string{
		"4x6-203": "4f2f77e9abfab1e3",
		"4x6-300": "b6a2661b820c4bee",
		"A6-203":  "a78d321239eba13b",
		"A6-300":  "bd0c640440b59c75",
	}
	for _, p := range sample.Profiles() {
		data, err := zpl.Encode(layouts(t, p)["ordinary"])
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%x", sha256.Sum256(data))[:16]; got != want[p.Name] {
			t.Errorf("%q: %q,", p.Name, got)
		}
	}
}

func TestLayoutWithoutAPageIsRefused(t *testing.T) {
	for _, l := range []labels.Layout{{}, {DPI: 203, W: 8, H: 8}, {DPI: 203, W: 1 << 24, H: 1, Pages: make([]labels.Page, 1)}} {
		if data, err := zpl.Encode(l); err == nil || data != nil {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	}
}

// A shift prints thousands of labels in one process.
func TestManyLabelsLeaveNoMemoryBehind(t *testing.T) {
	l := layouts(t, sample.Profiles()[0])["ordinary"]
	after := func(n int) uint64 {
		for range n {
			if _, err := zpl.Encode(l); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	first := after(20)
	if more := after(1000); more > first+1<<20 {
		t.Errorf("%d kB before 1000 labels, %d kB after", first>>10, more>>10)
	}
}
