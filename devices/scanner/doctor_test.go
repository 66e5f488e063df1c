package scanner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"packbench/devices/scanner"
)

// calibrate scans the whole sheet.
func calibrate(g gun) *scanner.Doctor {
	d := scanner.NewDoctor()
	b := &bench{to: patient{d}, now: zero}
	if g.caps {
		b.chord(0, 66)
	}
	for _, c := range scanner.Sheet() {
		b.scan(g, c)
	}
	return d
}

func advised(r scanner.Result) string {
	var names []string
	for _, a := range r.Advice {
		names = append(names, a.Name)
	}
	return strings.Join(names, " ")
}

// reads says with an error which codes of the sheet a scanner with the learnt
// options does not give exactly.
func reads(t *testing.T, g gun, o scanner.Options) {
	t.Helper()
	w := &worker{wedge: scanner.NewWedge(o), framer: scanner.NewFramer(o)}
	b := &bench{to: w, now: zero}
	for _, c := range scanner.Sheet() {
		w.frames, w.typed = nil, 0
		b.scan(g, c)
		if o.GS != "" && o.GS != "{GS}" && strings.Contains(c.Data, o.GS) {
			continue // the advice says that this one is lost
		}
		if len(w.frames) != 1 || string(w.frames[0].Data) != c.Data || w.typed != 0 || o.AIM != (w.frames[0].AIM != "") {
			t.Errorf("%s: came as %q with %d keys typed, want %q", c.Title, show(w.frames), w.typed, c.Data)
		}
	}
}

func TestDoctorLearnsEverySetting(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		gun    gun
		want   scanner.Result // without Typed, KeyGap, PerKey
		advice string
		exact  bool // the learnt options read the sheet
	}{
		"as it should be":  {gun{suffix: "\r", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"as shipped":       {gun{suffix: "\r", gs: "drop", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "dropped"}, "gs-dropped aim", false},
		"F8, Tab":          {gun{suffix: "\t", gs: "f8", aim: "aim", gap: 4 * ms}, scanner.Result{Layout: "us", Suffix: "\t", Separator: "F8", AIM: true}, "", true},
		"Alt+029":          {gun{suffix: "\r\n", gs: "alt", aim: "aim", gap: 3 * ms}, scanner.Result{Layout: "us", Suffix: "\r\n", Separator: "Alt+029", AIM: true}, "", true},
		"replaced":         {gun{suffix: "\r", gs: "{GS}", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "replaced", GS: "{GS}", AIM: true}, "gs-replaced", true},
		"replaced by ~":    {gun{suffix: "\r", gs: "~", aim: "aim", gap: 8 * ms, layout: "de"}, scanner.Result{Layout: "de", Suffix: "\r", Separator: "replaced", GS: "~", AIM: true}, "gs-replaced layout", true},
		"prefix":           {gun{suffix: "\r", prefix: "~", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"prefix STX":       {gun{suffix: "\r", prefix: "\x02", gap: 8 * ms}, scanner.Result{Layout: "us", Prefix: "\x02", Suffix: "\r", Separator: "Ctrl+]"}, "aim", true},
		"long prefix, fr":  {gun{suffix: "\r", prefix: "<A1>", aim: "aim", gap: 8 * ms, layout: "fr"}, scanner.Result{Layout: "fr", Prefix: "<A1>", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "layout", true},
		"no suffix":        {gun{gap: 8 * ms, aim: "aim"}, scanner.Result{Layout: "us", Separator: "Ctrl+]", AIM: true}, "suffix", true},
		"suffix of text":   {gun{suffix: "#\r", gap: 8 * ms, aim: "aim"}, scanner.Result{Layout: "us", Suffix: "#\r", Separator: "Ctrl+]", AIM: true}, "suffix-text", false},
		"slow":             {gun{suffix: "\r", gap: 50 * ms, aim: "aim"}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "slow", false},
		"slow with prefix": {gun{suffix: "\r", prefix: "~", gap: 50 * ms, aim: "aim"}, scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "slow", true},
		"the maker's letters": {
			gun{suffix: "\r", aim: "own", gap: 8 * ms},
			scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]"},
			"code-id", false,
		},
		"the maker's letters behind a prefix": {
			gun{suffix: "\r", aim: "own", prefix: "~", gap: 8 * ms},
			scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]"},
			"code-id", false,
		},
		"AIM before the prefix": {
			gun{suffix: "\r", aim: "early", prefix: "~", gap: 8 * ms},
			scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true},
			"aim-order", false,
		},
		"ALT mode":              {gun{suffix: "\r", alt: true, aim: "aim", gap: 2 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "alt", true},
		"letters turned":        {gun{suffix: "\r", letter: swap, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-turned", false},
		"capitals only":         {gun{suffix: "\r", letter: strings.ToUpper, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-converted", false},
		"small ones only":       {gun{suffix: "\r", letter: strings.ToLower, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-converted", false},
		"Caps Lock is on":       {gun{suffix: "\r", caps: true, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"serial":                {gun{serial: true, suffix: "\r\n", aim: "aim"}, scanner.Result{Suffix: "\r\n", Separator: "0x1D", AIM: true}, "", true},
		"serial, no suffix":     {gun{serial: true, prefix: "\x02"}, scanner.Result{Prefix: "\x02", Separator: "0x1D"}, "suffix aim", true},
		"serial, ETX":           {gun{serial: true, prefix: "\x02", suffix: "\x03", aim: "aim"}, scanner.Result{Prefix: "\x02", Suffix: "\x03", Separator: "0x1D", AIM: true}, "suffix-text", false},
		"serial, GS dropped":    {gun{serial: true, suffix: "\r", gs: "drop", aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "dropped", AIM: true}, "gs-dropped", false},
		"serial, GS replaced":   {gun{serial: true, suffix: "\r", gs: "{GS}", aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "replaced", GS: "{GS}", AIM: true}, "gs-replaced", true},
		"serial, small letters": {gun{serial: true, suffix: "\r", letter: strings.ToLower, aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "0x1D", AIM: true}, "case-converted", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := calibrate(c.gun)
			if p := d.Progress(); !p.Ready || p.Next != -1 {
				t.Fatalf("not ready: %+v", p)
			}
			got := d.Result()
			check(t, got, c.want, c.advice, c.gun)
			if c.exact {
				reads(t, c.gun, got.Options())
			}
		})
	}
}

func check(t *testing.T, got, want scanner.Result, advice string, g gun) {
	t.Helper()
	if advised(got) != advice {
		t.Errorf("advice %q, want %q", advised(got), advice)
	}
	if !g.serial && !g.alt && (got.KeyGap < g.gap/2 || got.KeyGap > g.gap) {
		t.Errorf("a key takes %v, sent at %v", got.KeyGap, g.gap)
	}
	limit := 2*g.gap + 10*time.Millisecond
	if g.serial || limit >= 35*time.Millisecond {
		limit = 0
	}
	if got.PerKey != limit && !g.alt {
		t.Errorf("limit of %v a key, sent at %v", got.PerKey, g.gap)
	}
	got.Advice, got.KeyGap, got.PerKey, got.Typed = nil, 0, 0, want.Typed
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("learnt %+v, want %+v", got, want)
	}
}

func swap(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// Every layout with every suffix and prefix; pace, identifier and the form of GS
// change with them.
func TestDoctorLearnsEveryCombination(t *testing.T) {
	texts := []string{"ctrl", "f8", "alt", "{GS}"}
	forms := []scanner.Separator{scanner.SeparatorCtrl, scanner.SeparatorF8, scanner.SeparatorAlt, scanner.SeparatorReplaced}
	n := 0
	for i, layout := range scanner.Layouts() {
		for _, suffix := range []string{"\r", "\t", "\r\n", ""} {
			for _, prefix := range []string{"", "~", "<P>"} {
				n++
				form := (n + i) % 4
				g := gun{layout: layout, suffix: suffix, prefix: prefix, gs: texts[form], gap: []time.Duration{1, 8, 17, 30}[n*7%5%4] * time.Millisecond, caps: n%2 == 0}
				if (n+i)%3 > 0 {
					g.aim = "aim"
				}
				r := calibrate(g).Result()
				if r.Layout != layout || r.Suffix != suffix || r.Prefix != prefix || r.AIM != (g.aim != "") || r.Wrong != "" || r.Separator != forms[form] {
					t.Fatalf("%+v: learnt %+v", g, r)
				}
				reads(t, g, r.Options())
				if t.Failed() {
					t.Fatalf("with %+v", g)
				}
			}
		}
	}
}

// The same by the turns of a window, which tell no exact times, with a stall
// now and then.
func TestDoctorAndWedgeBehindAWindow(t *testing.T) {
	for _, gap := range []time.Duration{1, 3, 8, 12, 20, 30} {
		for _, stalls := range []bool{false, true} {
			g := gun{suffix: "\r", aim: "aim", gap: gap * time.Millisecond}
			d := scanner.NewDoctor()
			win := &window{to: patient{d}}
			b := &bench{to: win, now: zero}
			for i, c := range scanner.Sheet() {
				if stalls && i%2 == 1 {
					win.stall = b.now.Add(300 * time.Millisecond)
				}
				b.scan(g, c)
			}
			r := d.Result()
			if !d.Progress().Ready || advised(r) != "" || !stalls && (r.KeyGap < g.gap/2 || r.KeyGap > g.gap*5/4+time.Millisecond) {
				t.Errorf("gap %v, stalls %v: learnt %+v", g.gap, stalls, r)
			}
			w := &worker{wedge: scanner.NewWedge(r.Options()), framer: scanner.NewFramer(r.Options())}
			win = &window{to: w}
			b = &bench{to: win, now: zero}
			for i, c := range append(scanner.Sheet(), scanner.SheetCode{Data: "1234", Symbology: "code128"}, scanner.SheetCode{Data: "4006381333931", Symbology: "code128"}) {
				w.frames, w.typed = nil, 0
				if stalls {
					win.stall = b.now.Add(time.Duration(40*i) * time.Millisecond)
				}
				b.scan(g, c)
				if len(w.frames) != 1 || string(w.frames[0].Data) != c.Data || w.typed != 0 {
					t.Errorf("gap %v, stalls %v: %q came as %q, %d typed", g.gap, stalls, c.Data, show(w.frames), w.typed)
				}
			}
		}
	}
}
