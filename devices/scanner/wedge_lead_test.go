package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// S2: what a person typed up to 0.3 s before a scan, while the window stood
// still, is no part of the code, where anything at all can tell it apart. No
// scan is lost, and none is cut.
func TestTypingJustBeforeAScan(t *testing.T) {
	const code = "4006381333931\r"
	stall := func(k *keys) { k.wait(300*time.Millisecond, false) }
	for name, c := range map[string]struct {
		opts scanner.Options
		do   func(*keys)
		want string
	}{
		"a letter of its own turn, then a stall": {scanner.Options{}, func(k *keys) { k.send("no", person); k.send("t", 0); stall(k); k.send(code, 0) }, "not[4006381333931]"},
		"the same before another code":           {scanner.Options{}, func(k *keys) { k.send("no", person); k.send("t", 0); stall(k); k.send("PKG-7\r", fast) }, "not[PKG-7]"},
		"a stall in a GTIN right after typing":   {scanner.Options{}, func(k *keys) { k.send("no", person); k.send("4", 0); stall(k); k.send(code[1:], 0) }, "no[4006381333931]"},
		"a stall in an AIM identifier":           {scanner.Options{}, func(k *keys) { k.send("no", person); k.send("]", 0); stall(k); k.send("C0PKG-7\r", 0) }, "no[]C0:PKG-7]"},
		"all come at once after the stall":       {scanner.Options{}, func(k *keys) { k.send("no", person); stall(k); k.send("te"+code, 0) }, "note[4006381333931]"},
		"all at once, and nobody was typing":     {scanner.Options{}, func(k *keys) { k.wait(person, true); stall(k); k.send("S"+code, 0) }, "[S4006381333931]"},
		"all at once, no stall":                  {scanner.Options{}, func(k *keys) { k.send("no", person); k.send("S"+code, 0) }, "no[S4006381333931]"},
		"a code of one letter and a stall":       {scanner.Options{}, func(k *keys) { k.wait(time.Second, true); k.send("S", 0); stall(k); k.send(code, 0) }, "[S4006381333931]"},
		"a letter 45 ms before":                  {scanner.Options{}, func(k *keys) { k.send("x", 45*time.Millisecond); k.send("PKG-000123\r", 3*time.Millisecond) }, "x[PKG-000123]"},
		"the key is still held": {scanner.Options{}, func(k *keys) {
			stall(k)
			place, _ := where('x')
			k.key(place, true)
			k.send("PKG-7\r", 0)
			k.key(place, false)
		}, "x[PKG-7]"},
		"the key is held and repeats": {scanner.Options{}, func(k *keys) {
			k.send("4006\r", fast) // this window tells when keys go up
			k.wait(time.Second, true)
			place, _ := where('x')
			for range 3 {
				k.key(place, true)
				k.wait(30*time.Millisecond, true)
			}
			k.send("PKG-7\r", fast)
			k.key(place, false)
		}, "[4006]xxx[PKG-7]"},
		"the prefix shows the start":           {scanner.Options{Prefix: "~"}, func(k *keys) { stall(k); k.send("abc~PKG-7\r", 0) }, "abc[PKG-7]"},
		"AIM shows the start":                  {scanner.Options{AIM: true}, func(k *keys) { stall(k); k.send("abc]C0PKG-7\r", 0) }, "abc[]C0:PKG-7]"},
		"AIM was sent before":                  {scanner.Options{}, func(k *keys) { k.send("]C0A1\r", fast); stall(k); k.send("x]C0PKG-7\r", 0) }, "[]C0:A1]x[]C0:PKG-7]"},
		"a bracket in a code is no identifier": {scanner.Options{}, func(k *keys) { k.send("X]C0PKG-7\r", 0) }, "[X]C0PKG-7]"},
		"a scanner that overlaps its keys": {scanner.Options{}, func(k *keys) {
			last := 0
			for _, c := range "40063813" {
				code, _ := where(c)
				if code == last {
					k.key(last, false)
				}
				k.key(code, true)
				if code != last {
					k.key(last, false)
				}
				last = code
				k.wait(fast, true)
			}
			k.key(last, false)
			k.send("\r", fast)
		}, "[40063813]"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKeys(c.opts)
			c.do(k)
			if got := k.result(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A scanner whose pace is known is held to it.
func TestPerKeyIsTheLimit(t *testing.T) {
	for _, c := range []struct {
		perKey, pace int
		want         string
	}{{0, 35, "[4006381]"}, {12, 8, "[4006381]"}, {12, 20, "4006381<Enter>"}, {500, 36, "4006381<Enter>"}} {
		k := newKeys(scanner.Options{PerKey: time.Duration(c.perKey) * time.Millisecond})
		k.send("4006381\r", time.Duration(c.pace)*time.Millisecond)
		if got := k.result(); got != c.want {
			t.Errorf("limit %d, pace %d: %q, want %q", c.perKey, c.pace, got, c.want)
		}
	}
}

// A window hands keys out by turns: those of a fast scanner come two at a time,
// the first one perhaps alone, and after a stall all at once. None of that makes
// a code a person's, however tight the limit.
func TestKeysComeByTurns(t *testing.T) {
	const turn = 16 * time.Millisecond
	for _, perKey := range []time.Duration{0, 12 * time.Millisecond} {
		for first := range 3 {
			for stallAt := range 6 {
				k := newKeys(scanner.Options{PerKey: perKey})
				keys := "4006381333931\r"
				for n, batch := 0, first; keys != ""; n++ {
					batch = min(batch, len(keys))
					k.send(keys[:batch], 0)
					keys = keys[batch:]
					k.out = append(k.out, k.wedge.Tick(k.now)...)
					k.now = k.now.Add(turn)
					batch = 2
					if n == stallAt {
						k.now = k.now.Add(300 * time.Millisecond)
					}
				}
				if got := k.result(); got != "[4006381333931]" {
					t.Errorf("limit %v, first turn %d keys, stall at turn %d: got %q", perKey, first, stallAt, got)
				}
			}
		}
	}
	k := newKeys(scanner.Options{PerKey: 12 * time.Millisecond})
	k.send("4", 0)
	k.out = append(k.out, k.wedge.Tick(k.now)...)
	k.now = k.now.Add(turn)
	k.out = append(k.out, k.wedge.Tick(k.now)...)
	k.now = k.now.Add(turn)
	k.send("0063\r", 0)
	if got := k.result(); got != "[40063]" {
		t.Errorf("got %q", got)
	}
}

// A key whose going up was never seen must not make the next code a person's.
func TestLostKeyUp(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.send("12\r", fast)
	code, _ := where('4')
	k.key(code, true)
	k.wait(2*time.Second, true)
	k.send("4006381\r", fast)
	if got := k.result(); got != "[12]4[4006381]" {
		t.Errorf("got %q", got)
	}
}

// S3: the scanner's own layout, with AltGr and dead keys; every character on
// every layout, and Caps Lock changes nothing.
func TestEveryLayoutScansEveryCharacter(t *testing.T) {
	codes := []string{"]C0PKG-000123", "https://id.gs1.org/01/09506000134352?a=B&c_d", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ xyzXYZ"}
	for _, name := range scanner.Layouts() {
		layout, err := scanner.FindLayout(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, caps := range []bool{false, true} {
			k := newKeys(scanner.Options{Layout: layout})
			if caps {
				k.tap(66)
			}
			var want strings.Builder
			for _, code := range codes {
				k.typeOn(layout, code+"\r", fast)
				aim, data := scanner.SplitAIM([]byte(code))
				want.WriteString("[" + show([]scanner.Frame{{AIM: aim, Data: data}}) + "]")
			}
			k.typeOn(layout, "10L1\x1d21S1\r", fast)
			if got := k.result(); got != want.String()+"[10L1<GS>21S1]" {
				t.Errorf("%s, caps %v: got %q", name, caps, got)
			}
		}
	}
}

// typeOn types a text as a scanner that is set to a layout.
func (k *keys) typeOn(layout scanner.Layout, text string, pace time.Duration) {
	for _, c := range text {
		way, ok := chordOf(layout, c)
		switch {
		case c == 0x1D, c == '\r', c == '\t':
			k.send(string(c), pace)
			continue
		case !ok:
			continue
		}
		mods := []int{}
		if way.shift {
			mods = append(mods, 50)
		}
		if way.altGr {
			mods = append(mods, 108)
		}
		for _, m := range mods {
			k.key(m, true)
		}
		k.tap(way.code)
		for _, m := range mods {
			k.key(m, false)
		}
		k.wait(pace, true)
		if way.accent {
			k.tap(65)
			k.wait(pace, true)
		}
	}
}

// AltGr comes as Ctrl+Alt from some scanners, GS as Ctrl+AltGr+] or from the
// place where ] is on a US keyboard.
func TestAltGrAndControlForms(t *testing.T) {
	de, err := scanner.FindLayout("de")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		mods []int
		code int
		want string
	}{
		"Ctrl+Alt+9":      {[]int{37, 64}, 18, "[AB]CD]"},
		"AltGr+9":         {[]int{108}, 18, "[AB]CD]"},
		"Ctrl+AltGr+9":    {[]int{37, 108}, 18, "[AB<GS>CD]"},
		"Ctrl+place of ]": {[]int{37}, 35, "[AB<GS>CD]"},
	} {
		k := newKeys(scanner.Options{Layout: de})
		k.send("AB", fast)
		for _, m := range c.mods {
			k.key(m, true)
		}
		k.tap(c.code)
		for _, m := range c.mods {
			k.key(m, false)
		}
		k.wait(fast, true)
		k.send("CD\r", fast)
		if got := k.result(); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}
