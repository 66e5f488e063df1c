package pdf_test

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
	"packbench/labels/readback"
)

func label(t testing.TB, s labels.Shipping, p labels.Profile) (labels.Layout, []byte) {
	t.Helper()
	l, _, err := labels.ShippingLabel(s, p)
	if err != nil {
		t.Fatal(err)
	}
	return l, encode(t, l)
}

func encode(t testing.TB, l labels.Layout) []byte {
	t.Helper()
	data, err := pdf.Encode(l)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSameLayoutGivesTheSameBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine that makes label after label")
	}
	p := sample.Profiles()[0]
	for name, s := range sample.Nasty() {
		_, first := label(t, s, p)
		for range 4 {
			if _, again := label(t, s, p); !bytes.Equal(first, again) {
				t.Errorf("%s: two files of one label differ", name)
			}
		}
	}
}

func TestLabelsMayBeMadeAtTheSameTime(t *testing.T) {
	_, want := label(t, sample.Nasty()["japanese"], sample.Profiles()[0])
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			l, _, err := labels.ShippingLabel(sample.Nasty()["japanese"], sample.Profiles()[0])
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := pdf.Encode(l); err != nil || !bytes.Equal(got, want) {
				t.Errorf("a label made beside others differs (%v)", err)
			}
		})
	}
	wg.Wait()
}

func TestLibrarysPanicBecomesAnError(t *testing.T) {
	l, _, err := labels.ShippingLabel(sample.Shipping(), sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	l.Pages[0].Boxes = append(l.Pages[0].Boxes, labels.Text{Size: 20, Runs: []labels.Run{{Font: "sans", Text: "\U0001F381"}}})
	if data, err := pdf.Encode(l); err == nil || data != nil {
		t.Errorf("Encode gave %d bytes and %v, want an error", len(data), err)
	}
	if _, err := pdf.Encode(labels.Layout{}); err == nil {
		t.Error("an empty layout is accepted")
	}
}

// A title has an order's number in it, and a shop numbers its orders as it
// likes.
func TestAnyTitleIsWritten(t *testing.T) {
	l, _, err := labels.ShippingLabel(sample.Shipping(), sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	program := readback.Tool(t, "pdfinfo")
	for text, want := range map[string]string{
		"Packing slip 4-1":           "Packing slip 4-1",
		"Packing slip Größe 山田":      "Packing slip Größe 山田",
		"Packing slip 4\xe5":         "Packing slip 4\uFFFD",
		"Packing slip \xc3":          "Packing slip \uFFFD",
		"Packing slip 4😀":            "Packing slip 4\uFFFD",
		"Packing\x00\nslip":          "Packing  slip",
		strings.Repeat("long ", 200): strings.TrimSpace(strings.Repeat("long ", 40)),
	} {
		l.Title = text
		data, err := pdf.Encode(l)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		file := filepath.Join(t.TempDir(), "label.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "-enc", "UTF-8", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		line, _, _ := strings.Cut(string(out), "\n")
		if got := strings.TrimSpace(strings.TrimPrefix(line, "Title:")); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

// Whoever copies a name from the page gets the name, also where its letters
// are drawn in other forms.
func TestTextOfThePageIsTheText(t *testing.T) {
	program := readback.Tool(t, "pdftotext")
	for name, lines := range map[string][]string{
		"korean": {"테헤란로 123, 한빛빌딩 8층 801호", "㈜한빛상사 뷁힣", "김민수"},
		"thai":   {"บริษัท น้ำผึ้งป่าไม้ จำกัด (มหาชน)", "สมชาย ที่รัก", "หมู่บ้านกตัญญู เขตวัฒนา", "กรุงเทพฯ 10110"},
	} {
		_, data := label(t, sample.Nasty()[name], sample.Profiles()[0])
		file := filepath.Join(t.TempDir(), "label.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command(program, "-raw", "-enc", "UTF-8", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if !bytes.Contains(text, []byte(line+"\n")) {
				t.Errorf("%s: %q is not in\n%s", name, line, text)
			}
		}
	}
}

// The same label is the same page on every computer: its text, bars and fonts
// are compared, since how well zlib packs them may differ with the compiler. A
// change of these figures is a change of every label: look at one first.
func TestPagesAreTheSameEverywhere(t *testing.T) {
	want := map[string]string{
		"ordinary": "22f13ab2f91950f9",
		"japanese": "810af09615e49993",
		"korean":   "903d293fac7ff36a",
		"thai":     "f0e7542d558563a3",
	}
	for name := range want {
		_, data := label(t, sample.Nasty()[name], sample.Profiles()[0])
		sum, n := sha256.New(), 0
		for _, part := range bytes.Split(data, []byte("\nstream\n"))[1:] {
			packed, _, _ := bytes.Cut(part, []byte("\nendstream"))
			r, err := zlib.NewReader(bytes.NewReader(packed))
			if err != nil {
				sum.Write(packed) // a character map is not packed
				continue
			}
			if _, err := io.Copy(sum, r); err != nil {
				t.Fatal(err)
			}
			n++
		}
		if got := fmt.Sprintf("%x", sum.Sum(nil))[:16]; got != want[name] || n < 3 {
			t.Errorf("%q: %q, // %d streams", name, got, n)
		}
	}
}
