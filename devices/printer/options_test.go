package printer

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestNew(t *testing.T) {
	for _, c := range []struct {
		kind string
		o    Options
		ok   bool
	}{
		{KindFolder, Options{Folder: "x"}, true},
		{KindFolder, Options{}, false},
		{KindCUPS, Options{Queue: "Label_4x6"}, true},
		{KindCUPS, Options{}, false},
		{KindCUPS, Options{Queue: "a/../b"}, false},
		{KindCUPS, Options{Queue: "two words"}, false},
		{KindCUPS, Options{Queue: strings.Repeat("x", 128)}, false},
		{KindIPP, Options{Address: "ipp://10.0.0.7/ipp/print"}, true},
		{KindIPP, Options{Address: "ipp://10.0.0.7"}, true},
		{KindIPP, Options{Address: "ipp://[fe80::1]:8631/ipp/print"}, true},
		{KindIPP, Options{}, false},
		{KindIPP, Options{Address: "10.0.0.7"}, false},
		{KindIPP, Options{Address: "http://10.0.0.7/ipp/print"}, false},
		{KindIPP, Options{Address: "ipp://"}, false},
		{KindIPP, Options{Address: "ipp://me:secret@10.0.0.7/ipp/print"}, false},
		{KindIPP, Options{Address: "ipp://10.0.0.7:port/ipp/print"}, false},
		{KindZPL, Options{Address: "zebra"}, true},
		{KindZPL, Options{}, false},
		{KindWindows, Options{Queue: "Zebra"}, runtime.GOOS == "windows"},
		{KindWindows, Options{}, false},
		{"fax", Options{Queue: "x"}, false},
		{"", Options{}, false},
	} {
		p, err := New(c.kind, c.o)
		if (err == nil) != c.ok || (p == nil) == c.ok {
			t.Errorf("%s %+v: %v, %v", c.kind, c.o, p, err)
		}
		if _, is := p.(Checker); c.ok && !is {
			t.Errorf("%s has no lamp", c.kind)
		}
	}
	for _, kind := range Kinds() {
		if _, err := New(kind, Options{}); err == nil || strings.Contains(err.Error(), "no kind") {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestFolderTakesZPLWhereThereIsNoPDF(t *testing.T) {
	f := Folder{Dir: t.TempDir()}
	r, err := f.Print(t.Context(), Job{Name: "P1", ZPL: []byte("^XA^XZ")})
	wants(t, r, err, Printed, "P1.zpl")
	if data, _ := os.ReadFile(filepath.Join(f.Dir, "P1.zpl")); string(data) != "^XA^XZ" {
		t.Errorf("the file holds %q", data)
	}
	r, err = f.Lookup(t.Context(), "P1")
	wants(t, r, err, Printed, "P1.zpl")
	r, err = f.Print(t.Context(), Job{Name: "P2", PDF: []byte("%PDF"), ZPL: []byte("^XA^XZ")})
	wants(t, r, err, Printed, "P2.pdf")
}

func TestWindowsStates(t *testing.T) {
	for _, c := range []struct {
		bits uint32
		want State
	}{
		{0, Sent},
		{0x10, Sent},
		{0x80, Sent},
		{0x1000, Sent},
		{0x100, Cancelled},
		{0x4, Cancelled},
		{0x40, PaperOut},
		{0x20, Offline},
		{0x1, Paused},
		{0x2, Stuck},
		{0x400, Stuck},
		{0x42, PaperOut},
		{0x22, Offline},
	} {
		if r := judgeWindows(c.bits); r.State != c.want || r.Trouble.Wrong() == "" {
			t.Errorf("job %x: %+v", c.bits, r)
		}
	}
	for _, c := range []struct {
		bits    uint32
		want    State
		trouble bool
	}{
		{0, Unknown, false},
		{0x400, Unknown, false},
		{0x10, PaperOut, true},
		{0x80, Offline, true},
		{0x8, Stuck, true},
		{0x400000, Stuck, true},
		{0x1, Paused, true},
		{0x2, Stuck, true},
		{0x12, PaperOut, true},
	} {
		if r, trouble := judgeWindowsPrinter(c.bits); trouble != c.trouble || r.State != c.want || trouble && r.Trouble.Wrong() == "" {
			t.Errorf("printer %x: %+v, %v", c.bits, r, trouble)
		}
	}
	for media, want := range map[string]string{"": "noscale", testMedia: "noscale", "iso_a6_105x148mm": "noscale,paper=A6"} {
		if got := sumatraSettings(media, 1); got != want {
			t.Errorf("%s: %s", media, got)
		}
	}
	if got := sumatraSettings("iso_a4_210x297mm", 2); got != "noscale,2x,paper=A4" {
		t.Error(got)
	}
}

// A direct printer that can do no more than it must: no Validate-Job, no "all"
// among the jobs it can list, and busy at first.
func TestDirectPrinterOfFewWords(t *testing.T) {
	q, _, address := newServer(t)
	p, err := NewDirect(DirectOptions{URI: "ipp://" + address + "/ipp/print", Patience: 2 * time.Second, Every: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	q.busy, q.plain = 3, true
	r, err := p.Print(t.Context(), label)
	wants(t, r, err, Printed, "printed")
	if len(q.prints) != 1 {
		t.Errorf("%d jobs", len(q.prints))
	}
	q.drop, q.job = true, map[string]any{"job-id": 12, "job-name": "label-7", "job-state": 9}
	q.jobs = []map[string]any{q.job}
	r, err = p.Print(t.Context(), label)
	wants(t, r, err, Printed, "printed")
	q.jobs = nil
	r, err = p.Print(t.Context(), label)
	wants(t, r, err, Unknown, "cannot tell whether it printed")
	if len(q.prints) != 3 {
		t.Errorf("sent %d times", len(q.prints))
	}
}
