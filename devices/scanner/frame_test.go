package scanner_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scanner"
)

var zero = time.Unix(1_000, 0)

func ms(n int) time.Time { return zero.Add(time.Duration(n) * time.Millisecond) }

// show writes frames as "AIM:data", with a mark on cut ones.
func show(frames []scanner.Frame) string {
	var all []string
	for _, f := range frames {
		text := strings.ReplaceAll(string(f.Data), "\x1d", "<GS>")
		if f.AIM != "" {
			text = f.AIM + ":" + text
		}
		if f.Cut {
			text = fmt.Sprintf("cut %d", len(f.Data))
		}
		all = append(all, text)
	}
	return strings.Join(all, " | ")
}

func TestSerialFraming(t *testing.T) {
	type step struct {
		ms    int
		bytes string // "" is silence
		want  string
	}
	for name, c := range map[string]struct {
		opts  scanner.Options
		steps []step
	}{
		"CR":            {steps: []step{{0, "4006381333931\r", "4006381333931"}}},
		"LF":            {steps: []step{{0, "A\n", "A"}}},
		"CR LF":         {steps: []step{{0, "A\r\nB\r\n", "A | B"}}},
		"CR LF torn":    {steps: []step{{0, "A\r", "A"}, {5, "\nB\r", "B"}, {10, "\n", ""}}},
		"Tab":           {steps: []step{{0, "A\tB\t", "A | B"}}},
		"two in a read": {steps: []step{{0, "A\rA\r", "A | A"}}},
		"torn":          {steps: []step{{0, "4006", ""}, {40, "3813", ""}, {80, "33931\r", "4006381333931"}}},
		"no suffix":     {steps: []step{{0, "4006", ""}, {30, "3813", ""}, {80, "", ""}, {90, "", "40063813"}, {200, "", ""}}},
		"a hiccup of 200 ms once the suffix is known": {steps: []step{
			{0, "A\r", "A"}, {100, "40", ""}, {160, "", ""}, {300, "06\r", "4006"}, {400, "LAST", ""}, {690, "", ""}, {700, "", "cut 4"},
		}},
		"a code cut by a stall, and its rest, are no codes": {steps: []step{
			{0, "A\r", "A"}, {100, "0109520000000011", ""}, {400, "", "cut 16"}, {800, "21S1\rA\r", "cut 4 | A"}, {900, "B\r", "B"},
		}},
		"a hiccup in a code of a scanner that sends CR LF": {steps: []step{
			{0, "A\r\n", "A"}, {100, "40", ""}, {200, "", ""}, {300, "06\r\n", "4006"},
		}},
		"a line end alone is no suffix": {steps: []step{{0, "\r\n", ""}, {10, "4006", ""}, {70, "", "4006"}}},
		"a rest of one byte":            {steps: []step{{0, "A\r", "A"}, {100, "40", ""}, {400, "", "cut 2"}, {899, "6\r", "cut 1"}}},
		"scanned again after a cut":     {steps: []step{{0, "A\r", "A"}, {100, "40", ""}, {400, "", "cut 2"}, {900, "4006\r", "4006"}}},
		"set to send no suffix any more": {steps: []step{
			{0, "A\r", "A"}, {1000, "B", ""}, {1300, "", "cut 1"}, {3000, "B", ""}, {3300, "", "B"}, {5000, "C", ""}, {5060, "", "C"},
		}},
		"AIM":               {steps: []step{{0, "]C10109521234543213\x1d21S1\r", "]C1:0109521234543213<GS>21S1"}}},
		"no AIM":            {steps: []step{{0, "]!1\r]C\r", "]!1 | ]C"}}},
		"AIM alone":         {steps: []step{{0, "]E0\r", "]E0:"}}},
		"prefix and AIM":    {scanner.Options{Prefix: "~"}, []step{{0, "~]E04006\rX\r", "]E0:4006 | X"}}},
		"GS substitute":     {scanner.Options{GS: "{GS}"}, []step{{0, "]C110L1{GS}21S1\r", "]C1:10L1<GS>21S1"}}},
		"as long as may be": {steps: []step{{0, strings.Repeat("x", scanner.MaxScan) + "\r", strings.Repeat("x", scanner.MaxScan)}}},
		"too long": {steps: []step{
			{0, strings.Repeat("x", scanner.MaxScan), ""},
			{10, "y", fmt.Sprint("cut ", scanner.MaxScan)},
			{20, strings.Repeat("z", 1<<20), ""},
			{30, "z\rNEXT\r", "NEXT"},
		}},
		"too long without a suffix": {steps: []step{
			{0, strings.Repeat("x", 1<<20), fmt.Sprint("cut ", scanner.MaxScan)}, {60, "", ""}, {70, "NEXT\r", "NEXT"},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			f := scanner.NewFramer(c.opts)
			for _, s := range c.steps {
				var frames []scanner.Frame
				if s.bytes == "" {
					frames = f.Silence(ms(s.ms))
				} else {
					frames = f.Feed([]byte(s.bytes), ms(s.ms))
				}
				if got := show(frames); got != s.want {
					t.Errorf("%d ms: %.80q, want %.80q", s.ms, got, s.want)
				}
			}
		})
	}
}

func TestReaderGivesEachScanAnID(t *testing.T) {
	var scans []devices.Scan
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(s devices.Scan) { scans = append(scans, s) })
	if h := r.Feed([]byte("A\rA\rhalf"), ms(5)); h.Good != 2 || h.Quiet == 0 {
		t.Errorf("heard %+v", h)
	}
	r.Reset()
	r.Feed([]byte("B\r"), ms(9))
	if len(scans) != 3 || scans[0].ID == scans[1].ID || string(scans[2].Data) != "B" || scans[0].At != ms(5) || scans[0].Device != "gun" {
		t.Errorf("scans %+v", scans)
	}
	other := devices.NewScanIDs("gun", zero.Add(time.Second))
	if id := other.Next(); id == scans[0].ID {
		t.Error("a restart gives the same ids again")
	}
}

// FuzzFramer: the same bytes in one read or in two give the same codes, and
// nothing but suffixes is lost.
func FuzzFramer(f *testing.F) {
	for _, seed := range []string{"A\rB\r\n", "]C101\x1d10\t", "\r\n\r\n", "no suffix", "~\r~~\n", strings.Repeat("y", scanner.MaxScan+9) + "\rZ\r"} {
		f.Add([]byte(seed), 2)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		feed := func(pieces ...[]byte) []scanner.Frame {
			f := scanner.NewFramer(scanner.Options{})
			var all []scanner.Frame
			for _, p := range pieces {
				all = append(all, f.Feed(p, zero)...)
			}
			return append(all, f.Silence(zero.Add(time.Second))...)
		}
		whole := feed(data)
		if show(whole) != show(feed(data[:cut], data[cut:])) {
			t.Fatal("a split changes the codes")
		}
		var back, want []byte
		short := true
		for _, frame := range whole {
			back = append(append(back, frame.AIM...), frame.Data...)
			short = short && !frame.Cut
		}
		for _, b := range data {
			if b != '\r' && b != '\n' && b != '\t' {
				want = append(want, b)
			}
		}
		if short && !bytes.Equal(back, want) {
			t.Fatalf("%q came back as %q", data, back)
		}
	})
}

// A scanner that was set up to end its codes is waited for from the first code
// on; one of which nothing is known is not (S4).
func TestKnownSuffixIsWaitedFor(t *testing.T) {
	at := time.Unix(1_000, 0)
	known, new := scanner.NewFramer(scanner.Options{Suffix: true}), scanner.NewFramer(scanner.Options{})
	for _, f := range []*scanner.Framer{known, new} {
		f.Feed([]byte("4006"), at)
	}
	if got := known.Silence(at.Add(200 * time.Millisecond)); got != nil {
		t.Errorf("a hiccup cut the first code: %q", got[0].Data)
	}
	if got := new.Silence(at.Add(200 * time.Millisecond)); len(got) != 1 {
		t.Error("without a suffix the code never ends")
	}
	if got := known.Feed([]byte("381\r"), at.Add(250*time.Millisecond)); len(got) != 1 || string(got[0].Data) != "4006381" {
		t.Errorf("got %v", got)
	}
}
