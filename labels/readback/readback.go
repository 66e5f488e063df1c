// Package readback reads labels back in tests, as a printer and a scanner would: files are
// drawn by two programs that share no code with ours, Ghostscript and Poppler, and the
// pictures read by a third, zbar. It must not be used outside of tests.
package readback

import (
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// The programs, with the Debian packages that have them.
const (
	Poppler     = "pdftoppm"
	Ghostscript = "gs"
	Zbar        = "zbarimg"
)

var debian = map[string]string{
	Poppler: "poppler-utils", "pdfinfo": "poppler-utils", "pdftotext": "poppler-utils", Ghostscript: "ghostscript", Zbar: "zbar-tools",
}

// Whole leaves a test out of a short run: that looks for races, and what is read back was
// written before any other program began.
func Whole(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("labels are read back in the whole run")
	}
}

// Tool finds a program that reads labels back. A machine that checks changes for everybody
// must have it.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	words := fmt.Sprintf("%s is missing (Debian package %s): labels are not read back", name, debian[name])
	if os.Getenv("CI") != "" {
		t.Fatal(words)
	}
	t.Skip(words)
	return ""
}

// Pages draws all pages of a PDF file, one bit deep, and returns the pictures' files in the
// order of the pages, by the program that drew them.
func Pages(t testing.TB, file []byte, dpi int) map[string][]string {
	t.Helper()
	gs, poppler, dir := Tool(t, Ghostscript), Tool(t, Poppler), t.TempDir()
	name := filepath.Join(dir, "labels.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	all, at := map[string][]string{}, strconv.Itoa(dpi)
	for with, args := range map[string][]string{
		Ghostscript: {gs, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pbmraw", "-r" + at, "-sOutputFile=" + filepath.Join(dir, Ghostscript+"-%02d.pbm"), name},
		Poppler:     {poppler, "-r", at, "-mono", name, filepath.Join(dir, Poppler)},
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		all[with], _ = filepath.Glob(filepath.Join(dir, with+"-*.pbm"))
	}
	return all
}

// Code128 returns the bar codes of that kind on each picture, sorted and each once. It
// looks at every column and at few rows: a label has them upright.
func Code128(t testing.TB, pictures ...string) [][]string {
	t.Helper()
	out, err := exec.Command(Tool(t, Zbar), slices.Concat([]string{
		"-q", "--xml", "--set", "*.disable", "--set", "code128.enable", "--set", "x-density=0", "--set", "y-density=40",
	}, pictures)...).Output()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	var all struct {
		Sources []struct {
			Codes []string `xml:"index>symbol>data"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &all); err != nil || len(all.Sources) != len(pictures) {
		t.Fatalf("%d of %d pictures, %v", len(all.Sources), len(pictures), err)
	}
	found := make([][]string, len(pictures))
	for i, s := range all.Sources {
		slices.Sort(s.Codes)
		found[i] = slices.Compact(s.Codes)
	}
	return found
}
