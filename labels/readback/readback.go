// Package readback reads labels back in tests, as a printer and a scanner would: files are
// drawn by two programs that share no code with ours, Ghostscript and Poppler, and the
// pictures read by a third, zbar. It must not be used outside of tests.
package readback

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	found := symbolsOf(t, pictures, "-q", "--xml", "--set", "*.disable", "--set", "code128.enable", "--set", "x-density=0", "--set", "y-density=40")
	for i, codes := range found {
		for j := range codes {
			_, codes[j], _ = strings.Cut(codes[j], ":")
		}
		slices.Sort(codes)
		found[i] = slices.Compact(codes)
	}
	return found
}

// Codes returns what zbar reads on each picture, as "QR-Code:…" and "CODE-128:…".
func Codes(t testing.TB, pictures ...string) [][]string {
	t.Helper()
	return symbolsOf(t, pictures, "-q", "--xml", "--set", "*.disable", "--set", "code128.enable", "--set", "qrcode.enable")
}

func symbolsOf(t testing.TB, pictures []string, args ...string) [][]string {
	t.Helper()
	out, err := exec.Command(Tool(t, Zbar), slices.Concat(args, pictures)...).Output()
	if err != nil && len(out) == 0 {
		t.Fatal(err)
	}
	var all struct {
		Sources []struct {
			Symbols []struct {
				Kind string `xml:"type,attr"`
				Data string `xml:"data"`
			} `xml:"index>symbol"`
		} `xml:"source"`
	}
	if err := xml.Unmarshal(out, &all); err != nil || len(all.Sources) != len(pictures) {
		t.Fatalf("%d of %d pictures, %v", len(all.Sources), len(pictures), err)
	}
	found := make([][]string, len(pictures))
	for i, s := range all.Sources {
		for _, symbol := range s.Symbols {
			found[i] = append(found[i], symbol.Kind+":"+symbol.Data)
		}
	}
	return found
}

// ZxingFolder is the variable that names a folder in which npm installed zxing-wasm, the
// second reader: it shares no code with zbar.
const ZxingFolder = "PACKBENCH_ZXING"

// Zxing returns what zxing reads on each picture, as Codes does. Pictures are raw and
// grey (PGM).
func Zxing(t testing.TB, pictures ...string) [][]string {
	t.Helper()
	list, err := json.Marshal(pictures)
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(t.TempDir(), "zxing.mjs")
	if err := os.WriteFile(script, []byte(zxing), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("node", script, filepath.Join(os.Getenv(ZxingFolder), "node_modules", "zxing-wasm", "dist"))
	run.Stdin = bytes.NewReader(list)
	var errs bytes.Buffer
	run.Stderr = &errs
	out, err := run.Output()
	if err != nil {
		t.Fatalf("zxing: %v\n%s", err, errs.Bytes())
	}
	var found [][]string
	if err := json.Unmarshal(out, &found); err != nil || len(found) != len(pictures) {
		t.Fatalf("zxing: %d of %d pictures, %v", len(found), len(pictures), err)
	}
	return found
}

const zxing = `
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const dist = process.argv[2];
const z = await import(pathToFileURL(dist + "/es/reader/index.js"));
z.prepareZXingModule({ overrides: { wasmBinary: readFileSync(dist + "/reader/zxing_reader.wasm") } });
const all = [];
for (const name of JSON.parse(readFileSync(0, "utf8"))) {
	const file = readFileSync(name);
	const [head, width, height] = /^P5\s(\d+)\s(\d+)\s255\s/.exec(file.toString("latin1", 0, 40));
	const data = new Uint8ClampedArray(width * height * 4).fill(255);
	for (let i = 0; i < width * height; i++) data[4 * i] = data[4 * i + 1] = data[4 * i + 2] = file[head.length + i];
	const codes = await z.readBarcodes({ data, width: +width, height: +height }, { formats: ["QRCode", "Code128"], textMode: "Plain", tryHarder: true, maxNumberOfSymbols: 9 });
	all.push(codes.filter((c) => c.isValid).map((c) => (c.format === "QRCode" ? "QR-Code:" : "CODE-128:") + c.text.replace(/\x1d/g, "")));
}
console.log(JSON.stringify(all));
`
