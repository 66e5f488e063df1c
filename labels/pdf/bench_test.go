package pdf_test

import (
	"bytes"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"packbench/assets/fonts"
	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
)

func makeLabel(b testing.TB, s labels.Shipping, p labels.Profile) {
	l, _, err := labels.ShippingLabel(s, p)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := pdf.Encode(l); err != nil {
		b.Fatal(err)
	}
}

// makeFloor is the least that such a label takes: the library's page with the
// same texts in the same fonts, and no code at all.
func makeFloor(b testing.TB, l labels.Layout) {
	f := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: 288, Ht: 432}})
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	for _, name := range fonts.All() {
		used := slices.ContainsFunc(l.Pages[0].Boxes, func(box labels.Box) bool {
			t, ok := box.(labels.Text)
			return ok && slices.ContainsFunc(t.Runs, func(r labels.Run) bool { return r.Font == name })
		})
		if data, err := fonts.Bytes(name); used && err == nil {
			f.AddUTF8FontFromBytes(string(name), "", data)
		}
	}
	f.AddPage()
	for _, box := range l.Pages[0].Boxes {
		if t, ok := box.(labels.Text); ok {
			for _, r := range t.Runs {
				f.SetFont(string(r.Font), "", float64(t.Size*r.Scale())/1000*72/float64(l.DPI))
				f.Text(float64(r.X)*72/float64(l.DPI), float64(t.Baseline)*72/float64(l.DPI), r.Drawn())
			}
		}
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkLabel(b *testing.B) {
	s, p := sample.Shipping(), sample.Profiles()[0]
	b.ReportAllocs()
	for b.Loop() {
		makeLabel(b, s, p)
	}
}

func BenchmarkFloor(b *testing.B) {
	s, p := sample.Shipping(), sample.Profiles()[0]
	l, _ := label(b, s, p)
	b.ReportAllocs()
	for b.Loop() {
		makeFloor(b, l)
	}
}

// BenchmarkLabelToFloor measures both in turn, so that a busy computer slows
// both, and reports the ratio of the medians: the figure that binds.
func BenchmarkLabelToFloor(b *testing.B) {
	for _, name := range []string{"ordinary", "japanese", "korean", "thai"} {
		b.Run(name, func(b *testing.B) {
			s, p := sample.Nasty()[name], sample.Profiles()[0]
			l, _ := label(b, s, p)
			var ours, floor []time.Duration
			timed := func(do func()) time.Duration {
				start := time.Now()
				do()
				return time.Since(start)
			}
			for b.Loop() {
				ours = append(ours, timed(func() { makeLabel(b, s, p) }))
				floor = append(floor, timed(func() { makeFloor(b, l) }))
			}
			slices.Sort(ours)
			slices.Sort(floor)
			a, f := ours[len(ours)/2], floor[len(floor)/2]
			b.ReportMetric(float64(a.Microseconds())/1000, "label-ms")
			b.ReportMetric(float64(f.Microseconds())/1000, "floor-ms")
			b.ReportMetric(float64(a)/float64(f), "ratio")
			b.ReportMetric(2, "bound")
		})
	}
}

// BenchmarkThousandLabels makes a shift's labels in one process and reports how
// much more memory is in use after them than after the first few.
func BenchmarkThousandLabels(b *testing.B) {
	s, p := sample.Shipping(), sample.Profiles()[0]
	for b.Loop() {
		growth := grown(b, s, p, 1000)
		b.ReportMetric(float64(growth)/1024, "growth-kB")
		b.ReportMetric(1024, "bound")
	}
}

func TestManyLabelsLeaveNoMemoryBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine that makes label after label")
	}
	for _, name := range []string{"ordinary", "korean", "thai"} {
		if growth := grown(t, sample.Nasty()[name], sample.Profiles()[0], 60); growth > 1<<20 {
			t.Errorf("%s: 60 labels leave %d kB", name, growth>>10)
		}
	}
}

func grown(b testing.TB, s labels.Shipping, p labels.Profile, n int) int64 {
	after := func(n int) int64 {
		for i := range n {
			s.Order = strconv.Itoa(i)
			makeLabel(b, s, p)
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	first := after(10)
	return after(n) - first
}
