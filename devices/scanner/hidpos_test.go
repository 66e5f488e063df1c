package scanner_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// pos is the report of HID-POS, with the bytes that the vector of Access-IS has
// after the data.
func pos(aim, data string, more bool) []byte {
	r := make([]byte, 64)
	r[0], r[1], r[61] = 2, byte(len(data)), 's'
	copy(r[2:5], aim)
	copy(r[5:61], data)
	if more {
		r[63] = 1
	}
	return r
}

// microscan is the report of Microscan.
func microscan(data string) []byte {
	r := make([]byte, 64)
	r[0], r[1] = 1, byte(len(data))
	copy(r[2:], data)
	return r
}

// with changes one byte of a report.
func with(r []byte, at int, b byte) []byte {
	r[at] = b
	return r
}

func TestHIDPOS(t *testing.T) {
	boarding := "M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23  A" // 56 bytes
	long := strings.Repeat("0123456789", 12)
	ean := pos("]E0", "4006381333931", false)
	none := scanner.Options{}
	for name, c := range map[string]struct {
		opts scanner.Options
		in   []byte
		want string
	}{
		"one report":                   {none, ean, "]E0:4006381333931"},
		"Access-IS, 60 bytes":          {none, join(pos("]Q0", boarding, true), pos("]Q0", "5678", false)), "]Q0:" + boarding + "5678"},
		"three reports":                {none, join(pos("]d2", long[:56], true), pos("]d2", long[56:112], true), pos("]d2", long[112:], false)), "]d2:" + long},
		"GS":                           {none, pos("]C1", "10L1\x1d21S1", false), "]C1:10L1<GS>21S1"},
		"a zero byte in the data":      {none, pos("]d1", "a\x00b", false), "]d1:a\x00b"},
		"no AIM":                       {none, pos("\x00\x00\x00", "4006", false), "4006"},
		"AIM in the data":              {none, pos("\x00\x00\x00", "]E04006", false), "]E0:4006"},
		"AIM and the look of one":      {none, pos("]C0", "]E04006", false), "]C0:]E04006"},
		"suffix":                       {none, pos("]C0", "4006\r\n", false), "]C0:4006"},
		"prefix":                       {scanner.Options{Prefix: "~"}, pos("]C0", "~4006", false), "]C0:4006"},
		"GS substitute":                {scanner.Options{GS: "{GS}"}, join(pos("]C1", long[:54]+"{G", true), pos("]C1", "S}21S1", false)), "]C1:" + long[:54] + "<GS>21S1"},
		"empty":                        {none, join(pos("]C0", "", false), ean), "]E0:4006381333931"},
		"remains of another code":      {none, with(pos("]E0", "4006381333931", false), 40, 'X'), "]E0:4006381333931"},
		"two codes":                    {none, join(ean, ean), "]E0:4006381333931 | ]E0:4006381333931"},
		"length 57":                    {none, join(with(pos("]C0", "A", false), 1, 57), ean), "]E0:4006381333931"},
		"length 57, going on":          {none, join(with(pos("]C0", "A", true), 1, 57), pos("]C0", "tail", false), ean), "cut 0 | ]E0:4006381333931"},
		"no identifier but bytes":      {none, join(pos("abc", "A", false), ean), "]E0:4006381333931"},
		"another report":               {none, join(with(pos("]C0", "A", false), 0, 9), ean), "]E0:4006381333931"},
		"senseless within a code":      {none, join(pos("]C0", long[:56], true), with(pos("]C0", "A", true), 1, 99), pos("]C0", "tail", false), ean), "cut 56 | ]E0:4006381333931"},
		"the same, no identifier":      {none, join(pos("\x00\x00\x00", long[:56], true), with(pos("", "A", true), 1, 99), pos("", "tail", false), ean), "cut 56 | ]E0:4006381333931"},
		"foreign within a code":        {none, join(pos("]C0", long[:56], true), make([]byte, 64), pos("]C0", "tail", false), ean), "cut 56 | ]E0:4006381333931"},
		"another code within":          {none, join(pos("]Q1", long[:56], true), ean, ean), "cut 56 | ]E0:4006381333931"},
		"never ends":                   {none, pos("]C0", long[:56], true), "cut 56"},
		"never ends, half a part":      {none, join(pos("]C0", long[:56], true), ean[:20]), "cut 56"},
		"half a report":                {none, ean[:40], ""},
		"Microscan":                    {none, microscan("]A002374938"), "]A0:02374938"},
		"Microscan, two reports":       {none, join(microscan("]d2"+long[:59]), microscan(long[59:70])), "]d2:" + long[:70]},
		"Microscan, just full":         {none, microscan("]d2" + long[:59]), "]d2:" + long[:59]},
		"Microscan, full, another":     {none, join(microscan("]d2"+long[:59]), microscan("]A0X")), "]d2:" + long[:59] + " | ]A0:X"},
		"Microscan, no AIM, goes on":   {none, join(microscan(long[:62]), microscan("]A0X")), long[:62] + "]A0X"},
		"Microscan, full, closed":      {none, join(microscan("]d2"+long[:59]), microscan("")), "]d2:" + long[:59]},
		"Microscan, senseless":         {none, join(microscan("]d2"+long[:59]), with(microscan(""), 1, 63), microscan("tail")), "cut 59"},
		"Microscan, the end senseless": {none, join(microscan("]d2"+long[:59]), with(microscan(""), 1, 63)), "cut 59"},
		"Microscan, half a part":       {none, join(microscan("]d2"+long[:59]), ean[:20]), "cut 59"},
		"shape remembered":             {none, join(ean, microscan("]A0X"), ean), "]E0:4006381333931 | ]E0:4006381333931"},
	} {
		t.Run(name, func(t *testing.T) {
			h := scanner.NewHIDPOS(c.opts)
			frames := h.Feed(c.in, zero)
			frames = append(frames, h.Silence(zero.Add(2*time.Second))...)
			if got := show(frames); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if wait := h.Wait(); wait != 0 {
				t.Errorf("waits for %v with nothing to wait for", wait)
			}
		})
	}
}

// The vector of the Access-IS manual, byte for byte where the manual prints
// them; the four characters of the second report are made up.
func TestHIDPOSManual(t *testing.T) {
	head, err := hex.DecodeString("02385D5130")
	if err != nil {
		t.Fatal(err)
	}
	text := "M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   "
	first := join(head, []byte(text), []byte{0x73, 0, 1})
	second := join([]byte{2, 4, 0x5D, 0x51, 0x30}, []byte("1234"), make([]byte, 52), []byte{0x73, 0, 0})
	if len(first) != 64 || len(second) != 64 {
		t.Fatalf("reports of %d and %d bytes", len(first), len(second))
	}
	h := scanner.NewHIDPOS(scanner.Options{})
	if got := h.Feed(first, zero); len(got) != 0 {
		t.Errorf("half a code gave %s", show(got))
	}
	if got, want := show(h.Feed(second, zero)), "]Q0:"+text+"1234"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHIDPOSWaits(t *testing.T) {
	h := scanner.NewHIDPOS(scanner.Options{})
	h.Feed(pos("]C0", "4006", true), zero)
	if got := show(h.Silence(ms(999))); got != "" {
		t.Errorf("given up before its time: %q", got)
	}
	if got := show(h.Silence(ms(1000))); got != "cut 4" {
		t.Errorf("after a second: %q", got)
	}
	h = scanner.NewHIDPOS(scanner.Options{})
	h.Feed(microscan(strings.Repeat("x", 62)), zero)
	if got := show(h.Silence(ms(59))); got != "" {
		t.Errorf("a full report closed before its time: %q", got)
	}
	if got := show(h.Silence(ms(60))); got != strings.Repeat("x", 62) {
		t.Errorf("a full report after 60 ms: %q", got)
	}
}

func TestHIDPOSTooLong(t *testing.T) {
	h := scanner.NewHIDPOS(scanner.Options{})
	var all []scanner.Frame
	part := pos("]Q1", strings.Repeat("x", 56), true)
	for range 1000 {
		all = append(all, h.Feed(part, zero)...)
	}
	all = append(all, h.Feed(pos("]Q1", "end", false), zero)...)
	all = append(all, h.Feed(pos("]E0", "4006", false), zero)...)
	if got, want := show(all), fmt.Sprintf("cut %d | ]E0:4006", scanner.MaxScan); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestHIDPOSJustLongEnough: a code as long as any may be is whole.
func TestHIDPOSJustLongEnough(t *testing.T) {
	code := strings.Repeat("x", scanner.MaxScan)
	h := scanner.NewHIDPOS(scanner.Options{})
	var all []scanner.Frame
	for from := 0; from < len(code); from += 56 {
		to := min(from+56, len(code))
		all = append(all, h.Feed(pos("]Q1", code[from:to], to < len(code)), zero)...)
	}
	if got := show(all); got != "]Q1:"+code {
		t.Errorf("%d frames: %.100q", len(all), got)
	}
}

// TestMicroscanTooLong: what comes after a short silence is its rest still.
func TestMicroscanTooLong(t *testing.T) {
	h := scanner.NewHIDPOS(scanner.Options{})
	var all []scanner.Frame
	for range 1000 {
		all = append(all, h.Feed(microscan(strings.Repeat("x", 62)), zero)...)
	}
	all = append(all, h.Silence(ms(100))...)
	all = append(all, h.Feed(microscan("tail"), ms(100))...)
	all = append(all, h.Feed(microscan("]A0X"), ms(200))...)
	if got, want := show(all), fmt.Sprintf("cut %d | ]A0:X", scanner.MaxScan); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzHIDPOS: a split changes nothing, and no reports spoil the next code.
func FuzzHIDPOS(f *testing.F) {
	for _, seed := range [][]byte{
		pos("]E0", "4006381333931", false), join(pos("]Q1", strings.Repeat("x", 56), true), pos("]Q1", "y", false)),
		microscan("]A0X"), microscan(strings.Repeat("x", 62)), with(pos("]C0", "A", true), 1, 99),
		{2, 1},
	} {
		f.Add(seed, 30)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		feed := func(pieces ...[]byte) string {
			h := scanner.NewHIDPOS(scanner.Options{})
			var all []scanner.Frame
			for _, p := range pieces {
				all = append(all, h.Feed(p, zero)...)
			}
			all = append(all, h.Silence(ms(1000))...)
			if got := show(h.Feed(pos("]E0", "4006", false), ms(2000))); got != "]E0:4006" {
				t.Fatalf("the next code came as %q", got)
			}
			return show(all)
		}
		if whole, torn := feed(data), feed(data[:cut], data[cut:]); whole != torn {
			t.Fatalf("a split changes %q to %q", whole, torn)
		}
	})
}
