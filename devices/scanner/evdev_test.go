package scanner_test

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"packbench/devices/devicetest"
	"packbench/devices/scanner"
)

// X11 codes of the keys that the tests press.
const (
	kCtrl, kShift, kAlt, kCaps, kNum, kAltGr = 37, 50, 64, 66, 77, 108
	kPad0, kPad2, kPad9                      = 90, 88, 81
	kF1, kA, k6, kMinus, kM, kE              = 67, 38, 15, 20, 58, 26
)

var us = devicetest.Typed{}

// taps presses keys and lets go of them; a key below 0 is held until the end.
func taps(codes ...int) []byte {
	var events, after []byte
	for _, code := range codes {
		if code < 0 {
			events = append(events, devicetest.Press(-code, true)...)
			after = append(devicetest.Press(-code, false), after...)
			continue
		}
		events = append(append(events, devicetest.Press(code, true)...), devicetest.Press(code, false)...)
	}
	return append(events, after...)
}

// alt types digits on the keypad while Alt is down.
func alt(digits string) []byte {
	codes := []int{-kAlt}
	for _, d := range digits {
		codes = append(codes, [...]int{90, 87, 88, 89, 83, 84, 85, 79, 80, 81}[d-'0'])
	}
	return taps(codes...)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func TestKeyboard(t *testing.T) {
	german, err := scanner.FindLayout("de")
	if err != nil {
		t.Fatal(err)
	}
	dropped, report := devicetest.KeyEvent(0, 3, 0), devicetest.KeyEvent(0, 0, 0)
	enter := us.Keys("\r")
	none := scanner.Options{}
	for name, c := range map[string]struct {
		opts scanner.Options
		in   []byte
		want string
	}{
		"digits":              {none, us.Keys("4006381333931\r"), "4006381333931"},
		"all signs":           {none, us.Keys("aZ09 -_=+[{]};:'\"`~\\|,<.>/?!@#$%^&*()\r"), "aZ09 -_=+[{]};:'\"`~\\|,<.>/?!@#$%^&*()"},
		"AIM and GS":          {none, us.Keys("]C110L1\x1d21S1\r"), "]C1:10L1<GS>21S1"},
		"Shift that repeats":  {none, join(devicetest.KeyEvent(1, 42, 1), devicetest.KeyEvent(1, 42, 2), us.Keys("b"), devicetest.KeyEvent(1, 42, 0), us.Keys("c\r")), "Bc"},
		"GS as F8":            {none, join(us.Keys("10L1"), taps(scanner.KeyF8), us.Keys("21S1\r")), "10L1<GS>21S1"},
		"GS as Alt+029":       {none, join(us.Keys("10L1"), alt("029"), us.Keys("21S1\r")), "10L1<GS>21S1"},
		"GS as Alt+29":        {none, join(us.Keys("10L1"), alt("29"), us.Keys("21S1\r")), "10L1<GS>21S1"},
		"GS substitute":       {scanner.Options{GS: "{GS}"}, us.Keys("10L1{GS}21S1\r"), "10L1<GS>21S1"},
		"RS as Ctrl+6":        {none, join(us.Keys("a"), taps(-kCtrl, k6), us.Keys("b\r")), "a\x1eb"},
		"RS as Ctrl+Shift6":   {none, join(us.Keys("a"), taps(-kCtrl, -kShift, k6), us.Keys("b\r")), "a\x1eb"},
		"US as Ctrl+-":        {none, join(us.Keys("a"), taps(-kCtrl, kMinus), us.Keys("b\r")), "a\x1fb"},
		"Enter as Ctrl+M":     {none, join(us.Keys("a"), taps(-kCtrl, kM), us.Keys("b\r")), "a | b"},
		"Enter as Ctrl+J":     {none, join(us.Keys("a"), taps(-kCtrl, 44), us.Keys("b\r")), "a | b"},
		"Tab as Ctrl+I":       {none, join(us.Keys("a"), taps(-kCtrl, 31), us.Keys("b\r")), "a | b"},
		"prefix":              {scanner.Options{Prefix: "~"}, us.Keys("~]E04006\r"), "]E0:4006"},
		"prefix STX":          {scanner.Options{Prefix: "\x02"}, join(taps(-kCtrl, 56), us.Keys("4006\r")), "4006"},
		"prefix F1":           {none, join(taps(kF1), us.Keys("4006\r")), "4006"},
		"keypad":              {none, join(taps(kNum), taps(kPad0, kPad2, kPad9, scanner.KeyPadEnter)), "029"},
		"Tab":                 {none, us.Keys("A\tB\t"), "A | B"},
		"Enter twice":         {none, us.Keys("A\r\rB\r"), "A | B"},
		"no suffix":           {none, us.Keys("4006"), "4006"},
		"Alt+046":             {none, join(alt("046"), enter), "."},
		"Alt+0233":            {none, join(alt("0233"), enter), "é"},
		"Alt+233":             {none, join(us.Keys("A"), alt("233"), enter), "A\uFFFD"},
		"Alt+300":             {none, join(us.Keys("A"), alt("300"), enter), "A\uFFFD"},
		"Alt+013":             {none, join(us.Keys("A"), alt("013"), us.Keys("B\r")), "A | B"},
		"Alt+010":             {none, join(us.Keys("A"), alt("010"), us.Keys("B\r")), "A | B"},
		"Alt+009":             {none, join(us.Keys("A"), alt("009"), us.Keys("B\r")), "A | B"},
		"Alt and pad +":       {none, join(us.Keys("1"), taps(-kAlt, 86), enter), "1+"},
		"Alt and pad + and 6": {none, join(us.Keys("1"), taps(-kAlt, 86, 90, 85, 84), enter), "1+A"},
		"AltGr+065":           {none, join(taps(-kAltGr, 90, 85, 84), enter), "A"},
		"Alt and 8 digits":    {none, join(alt("00000065"), enter), "A"},
		"Alt and 9 digits":    {none, join(alt("000000065"), enter), "\x06"},
		"Alt+255":             {none, join(alt("0255"), enter), "ÿ"},
		"Alt+256":             {none, join(alt("0256"), enter), "\uFFFD"},
		"Alt+127":             {none, join(alt("127"), enter), "\x7f"},
		"Alt+128":             {none, join(alt("0128"), enter), "\uFFFD"},
		"Alt+160":             {none, join(alt("0160"), enter), "\u00a0"},
		"Alt+0":               {none, join(us.Keys("1"), alt("0"), enter), "1\uFFFD"},
		"Alt alone":           {none, join(us.Keys("A"), taps(-kAlt), us.Keys("B\r")), "AB"},
		"a repeat":            {none, join(us.Keys("A"), devicetest.KeyEvent(1, 30, 2), enter), "A"},
		"Alt and a letter":    {none, join(us.Keys("1"), taps(-kAlt, kA), enter), "1\uFFFD"},

		"Caps Lock around capitals":    {none, join(taps(kCaps), us.Keys("pkg"), taps(kCaps), us.Keys("-01a"), enter), "PKG-01a"},
		"Caps Lock turned off late":    {none, join(taps(kCaps), us.Keys("pkg-1"), enter, taps(kCaps), us.Keys("ab"), enter), "PKG-1 | ab"},
		"Caps Lock and Shift":          {none, join(taps(kCaps), us.Keys("Pk1!"), enter), "pK1!"},
		"German scanner":               {scanner.Options{Layout: german}, join(devicetest.Typed{Layout: german}.Keys("yz-ßÄ/:\r")), "yz-ßÄ/:"},
		"German scanner, AltGr":        {scanner.Options{Layout: german}, join(taps(-kAltGr, 24), enter), "@"},
		"German scanner, Caps Lock":    {scanner.Options{Layout: german}, join(taps(kCaps), devicetest.Typed{Layout: german}.Keys("äz1"), enter), "ÄZ1"},
		"German scanner, GS by place":  {scanner.Options{Layout: german}, join(taps(-kCtrl, 35), enter), "<GS>"},
		"a US scanner takes no notice": {none, join(taps(-kAltGr, kE), enter), "e"},

		"events lost in a code":         {none, join(us.Keys("4006"), dropped, devicetest.KeyEvent(1, 10, 1), report, us.Keys("3813\rA\r")), "cut 4 | A"},
		"events lost before a code":     {none, join(dropped, report, us.Keys("3813\rA\r")), "cut 0 | A"},
		"lost with Shift down":          {none, join(devicetest.Press(kShift, true), dropped, report, us.Keys("a\rb\r")), "cut 0 | b"},
		"all up to the report is stale": {none, join(us.Keys("4"), dropped, devicetest.KeyEvent(1, 5, 0), devicetest.KeyEvent(1, 28, 1), report, us.Keys("06\rA\r")), "cut 1 | A"},
		"lost twice":                    {none, join(us.Keys("4006"), dropped, report, us.Keys("38"), dropped, report, us.Keys("13\rA\r")), "cut 4 | cut 0 | A"},
	} {
		t.Run(name, func(t *testing.T) {
			k := scanner.NewKeyboard(c.opts)
			frames := k.Feed(c.in, zero)
			frames = append(frames, k.Silence(ms(1000))...)
			if got := show(frames); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// 1 and Enter byte for byte, as a 64-bit and a 32-bit machine hand them out,
// written down from the layout in linux/input.h and not by the encoder that the
// other tests use.
func TestKeyboardBytes(t *testing.T) {
	for word, c := range map[int]string{
		8: "8041fb6700000000 1027000000000000 0400 0400 1e000700" + // scan code
			"8041fb6700000000 1027000000000000 0100 0200 01000000" + // 1 down
			"8041fb6700000000 1027000000000000 0000 0000 00000000" + // report
			"8041fb6700000000 2027000000000000 0100 0200 00000000" + // 1 up
			"8041fb6700000000 3027000000000000 0100 1c00 01000000", // Enter down
		4: "8041fb67 10270000 0400 0400 1e000700" +
			"8041fb67 10270000 0100 0200 01000000" +
			"8041fb67 10270000 0000 0000 00000000" +
			"8041fb67 20270000 0100 0200 00000000" +
			"8041fb67 30270000 0100 1c00 01000000",
	} {
		data, err := hex.DecodeString(strings.ReplaceAll(c, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		if littleEndian() {
			if got := show(scanner.NewKeyboardOf(scanner.Options{}, word).Feed(data, zero)); got != "1" {
				t.Errorf("word of %d bytes: %q", word, got)
			}
		}
		typed := devicetest.Typed{Word: word}
		if got := show(scanner.NewKeyboardOf(scanner.Options{}, word).Feed(typed.Keys("Ab-1\r"), zero)); got != "Ab-1" {
			t.Errorf("word of %d bytes: %q", word, got)
		}
	}
}

func littleEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }

// typist plays events into a keyboard at a pace, and tells it of silence as a
// port does.
type typist struct {
	k   *scanner.Keyboard
	now time.Time
	out []scanner.Frame
}

func (p *typist) send(events []byte, pace time.Duration) {
	const size = 3 * 24 // one key: scan code, key, report
	step := size * len(devicetest.KeyEvent(0, 0, 0)) / 24
	for len(events) > 0 {
		p.out = append(p.out, p.k.Feed(events[:step], p.now)...)
		events = events[step:]
		p.wait(pace)
	}
}

func (p *typist) wait(d time.Duration) {
	for end := p.now.Add(d); p.now.Before(end); {
		p.now = p.now.Add(time.Millisecond)
		if p.k.Wait() > 0 {
			p.out = append(p.out, p.k.Silence(p.now)...)
		}
	}
}

// A scanner may be set to wait up to 50 ms after each key.
func TestKeyboardSilence(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(p *typist)
		want string
	}{
		"fast, no suffix, 60 ms of silence": {func(p *typist) {
			p.send(us.Keys("4006"), 8*time.Millisecond)
			p.wait(60 * time.Millisecond)
			p.send(us.Keys("3813"), 8*time.Millisecond)
		}, "4006 | 3813"},
		"50 ms a key, no suffix": {func(p *typist) { p.send(us.Keys("]E04006381333931"), 50*time.Millisecond) }, "]E0:4006381333931"},
		"66 ms a key, no suffix": {func(p *typist) { p.send(us.Keys("PKG-000123"), 66*time.Millisecond) }, "PKG-000123"},
		"50 ms a key, Enter":     {func(p *typist) { p.send(us.Keys("4006\r3813\r"), 50*time.Millisecond) }, "4006 | 3813"},
		"a hiccup of 200 ms once the suffix is known": {func(p *typist) {
			p.send(us.Keys("1\r40"), 8*time.Millisecond)
			p.wait(200 * time.Millisecond)
			p.send(us.Keys("06\r"), 8*time.Millisecond)
		}, "1 | 4006"},
		"Shift let go of unseen": {func(p *typist) {
			p.send(devicetest.Press(kShift, true), 400*time.Millisecond)
			p.send(us.Keys("a1\r"), 8*time.Millisecond)
		}, "a1"},
		"Caps Lock left on": {func(p *typist) {
			p.send(join(taps(kCaps), us.Keys("ab\r")), 8*time.Millisecond)
			p.wait(400 * time.Millisecond)
			p.send(us.Keys("ab\r"), 8*time.Millisecond)
		}, "AB | ab"},
		"half an event": {func(p *typist) {
			p.send(us.Keys("40"), 8*time.Millisecond)
			p.out = append(p.out, p.k.Feed([]byte{1, 2, 3}, p.now)...)
			p.wait(400 * time.Millisecond)
			p.send(us.Keys("06\r"), 8*time.Millisecond)
		}, "cut 2 | 06"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &typist{k: scanner.NewKeyboard(scanner.Options{}), now: zero}
			c.do(p)
			p.wait(time.Second)
			if got := show(p.out); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if wait := p.k.Wait(); wait != 0 {
				t.Errorf("waits for %v with nothing to wait for", wait)
			}
		})
	}
}

// FuzzKeyboard: a split changes nothing, and no events spoil the next code.
func FuzzKeyboard(f *testing.F) {
	for _, seed := range [][]byte{us.Keys("4006\r"), us.Keys("]C110L1\x1d21S1\t"), alt("029"), join(us.Keys("1"), devicetest.KeyEvent(0, 3, 0)), taps(kCaps, kA), {1, 2, 3}} {
		f.Add(seed, 30)
	}
	f.Fuzz(func(t *testing.T, data []byte, cut int) {
		cut = min(max(cut, 0), len(data))
		feed := func(pieces ...[]byte) string {
			k := scanner.NewKeyboard(scanner.Options{})
			var all []scanner.Frame
			for _, p := range pieces {
				all = append(all, k.Feed(p, zero)...)
			}
			all = append(all, k.Silence(ms(1000))...)
			next := k.Feed(us.Keys("Ab-1\r"), ms(2000))
			if got := show(next); got != "Ab-1" {
				t.Fatalf("the next code came as %q", got)
			}
			return show(all)
		}
		if whole, torn := feed(data), feed(data[:cut], data[cut:]); whole != torn {
			t.Fatalf("a split changes %q to %q", whole, torn)
		}
	})
}

// TestKeyboardWaitsByThePace of the scanner, in bounds.
func TestKeyboardWaitsByThePace(t *testing.T) {
	for pace, want := range map[int]int{8: 60, 20: 60, 21: 63, 50: 150, 99: 297, 100: 300, 101: 300} {
		k := scanner.NewKeyboard(scanner.Options{})
		k.Feed(us.Keys("4"), ms(0))
		k.Feed(us.Keys("0"), ms(pace))
		k.Feed(us.Keys("6"), ms(pace+5))
		if got := k.Wait(); got != time.Duration(want)*time.Millisecond {
			t.Errorf("%d ms a key: waits %v, want %d ms", pace, got, want)
		}
	}
}

// TestKeyboardWaitsForWhatIsHalf: a key that is down, Caps Lock, a part of an event.
func TestKeyboardWaitsForWhatIsHalf(t *testing.T) {
	for name, c := range map[string]struct {
		in   []byte
		want time.Duration
	}{
		"nothing":      {taps(kF1), 0},
		"Shift":        {devicetest.Press(kShift, true), 300 * time.Millisecond},
		"Caps Lock":    {taps(kCaps), 300 * time.Millisecond},
		"half a key":   {[]byte{1}, 300 * time.Millisecond},
		"lost events":  {devicetest.KeyEvent(0, 3, 0), 300 * time.Millisecond},
		"one key":      {us.Keys("4"), 300 * time.Millisecond},
		"two keys":     {us.Keys("40"), 60 * time.Millisecond},
		"after a code": {us.Keys("40\r"), 0},
	} {
		k := scanner.NewKeyboard(scanner.Options{})
		k.Feed(c.in, zero)
		if got := k.Wait(); got != c.want {
			t.Errorf("%s: waits %v, want %v", name, got, c.want)
		}
		if k.Silence(ms(299)); (k.Wait() > 0) != (c.want > 60*time.Millisecond) {
			t.Errorf("%s: after 299 ms: waits %v", name, k.Wait())
		}
		if k.Silence(ms(300)); k.Wait() != 0 {
			t.Errorf("%s: after 300 ms: waits %v", name, k.Wait())
		}
	}
}
