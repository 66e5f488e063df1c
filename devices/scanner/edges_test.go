package scanner_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scanner"
)

func TestSplitAIM(t *testing.T) {
	for code, want := range map[string]string{
		"]C1x": "]C1", "]Cax": "]Ca", "]z9": "]z9", "]A0": "]A0", "]aZ": "]aZ",
		"]C-x": "", "]C:x": "", "]C/x": "", "]1Cx": "", "]@1x": "", "]{1x": "", "]`1x": "", "][1x": "", "]C": "", "C1x": "", "": "",
	} {
		if aim, data := scanner.SplitAIM([]byte(code)); aim != want || aim+string(data) != code {
			t.Errorf("%q: %q and %q, want %q", code, aim, data, want)
		}
	}
}

// TestKeysOfEveryPlatform holds the whole tables, each number with its key.
func TestKeysOfEveryPlatform(t *testing.T) {
	for _, c := range []struct {
		name string
		from func(int) int
		want string
	}{
		{"windows", scanner.FromWindows, windowsTable},
		{"mac", scanner.FromMac, macTable},
	} {
		var all []string
		for n := -1; n < 0x200; n++ {
			if code := c.from(n); code != 0 {
				all = append(all, fmt.Sprintf("%X:%d", n, code))
			}
		}
		if got := strings.Join(all, " "); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
	for number, want := range map[int]int{0: 0, 1: 9, 247: 255, 248: 0, -1: 0} {
		if got := scanner.FromWayland(number); got != want {
			t.Errorf("wayland: %d is key %d, want %d", number, got, want)
		}
	}
}

const (
	windowsTable = "1:9 2:10 3:11 4:12 5:13 6:14 7:15 8:16 9:17 A:18 B:19 C:20 D:21 E:22 F:23 10:24 11:25 12:26 13:27 14:28 15:29 16:30 17:31 18:32 19:33 1A:34 1B:35 " +
		"1C:36 1D:37 1E:38 1F:39 20:40 21:41 22:42 23:43 24:44 25:45 26:46 27:47 28:48 29:49 2A:50 2B:51 2C:52 2D:53 2E:54 2F:55 30:56 31:57 32:58 33:59 34:60 " +
		"35:61 36:62 37:63 38:64 39:65 3A:66 3B:67 3C:68 3D:69 3E:70 3F:71 40:72 41:73 42:74 43:75 44:76 45:127 46:78 47:79 48:80 49:81 4A:82 4B:83 4C:84 4D:85 " +
		"4E:86 4F:87 50:88 51:89 52:90 53:91 56:94 57:95 58:96 59:125 11C:104 11D:105 135:106 137:107 138:108 145:77 147:110 148:111 149:112 14B:113 14D:114 " +
		"14F:115 150:116 151:117 152:118 153:119 15B:133 15C:134 15D:135"
	macTable = "0:38 1:39 2:40 3:41 4:43 5:42 6:52 7:53 8:54 9:55 A:94 B:56 C:24 D:25 E:26 F:27 10:29 11:28 12:10 13:11 14:12 15:13 16:15 17:14 18:21 19:18 1A:16 " +
		"1B:20 1C:17 1D:19 1E:35 1F:32 20:30 21:34 22:31 23:33 24:36 25:46 26:44 27:48 28:45 29:47 2A:51 2B:59 2C:61 2D:57 2E:58 2F:60 30:23 31:65 32:49 33:22 " +
		"35:9 36:134 37:133 38:50 39:66 3A:64 3B:37 3C:62 3D:108 3E:105 41:91 43:63 45:86 47:77 4B:106 4C:104 4E:82 51:125 52:90 53:87 54:88 55:89 56:83 57:84 " +
		"58:85 59:79 5B:80 5C:81 60:71 61:72 62:73 63:69 64:74 65:75 67:95 69:107 6D:76 6E:135 6F:96 72:118 73:110 74:112 75:119 76:70 77:115 78:68 79:117 " +
		"7A:67 7B:113 7C:114 7D:116 7E:111"
)

// shownBy plays keys into a doctor and returns what it shows of them.
func shownBy(do func(*bench, *scanner.Doctor)) string {
	d, b := newPatient()
	do(b, d)
	b.wait(time.Second)
	return d.Progress().Last
}

// TestDoctorShowsWhatKeysMean: ends by Ctrl and a letter, characters by Alt and
// their number, and what has no picture by its name.
func TestDoctorShowsWhatKeysMean(t *testing.T) {
	const ctrl, rightCtrl, alt, altGr, shift = 37, 105, 64, 108, 50
	chords := func(all ...[]int) func(*bench, *scanner.Doctor) {
		return func(b *bench, _ *scanner.Doctor) {
			for _, codes := range all {
				b.chord(8*time.Millisecond, codes...)
			}
		}
	}
	a := []int{38}
	under := func(key int, digits ...int) func(*bench, *scanner.Doctor) {
		return func(b *bench, _ *scanner.Doctor) {
			b.chord(8*time.Millisecond, a...)
			b.chord(8*time.Millisecond, append([]int{key}, digits...)...)
		}
	}
	for name, c := range map[string]struct {
		do   func(*bench, *scanner.Doctor)
		want string
	}{
		"Ctrl+M":                  {chords(a, []int{ctrl, 58}), "a<Enter>"},
		"Ctrl+J":                  {chords(a, []int{ctrl, 44}), "a<LF>"},
		"Ctrl+I":                  {chords(a, []int{rightCtrl, 31}), "a<Tab>"},
		"Ctrl+N":                  {chords(a, []int{ctrl, 57}), "a<0E>"},
		"Ctrl+Alt+M is AltGr":     {chords(a, []int{ctrl, alt, 58}), "am"},
		"Ctrl+AltGr+M":            {chords(a, []int{ctrl, altGr, 58}), "a<Enter>"},
		"Enter, Tab and keypad":   {chords(a, []int{36}, []int{23}, []int{104}), "a<Enter><Tab><Enter>"},
		"Caps Lock is no key":     {chords([]int{66}, a, []int{77}, []int{78}), "a"},
		"Shift":                   {chords([]int{shift, 38}, []int{62, 38}), "AA"},
		"F8 and Ctrl+]":           {chords(a, []int{74}, []int{ctrl, 35}), "a<GS><GS>"},
		"Alt and 65":              {under(alt, 85, 84), "aA"},
		"AltGr and 065":           {under(altGr, 90, 85, 84), "aA"},
		"Alt and 255":             {under(alt, 88, 84, 84), "aÿ"},
		"Alt and 256":             {under(alt, 88, 84, 85), "a"},
		"Alt and 0":               {under(alt, 90, 90), "a"},
		"Alt and 1":               {under(alt, 90, 87), "a<01>"},
		"Alt and one digit":       {under(alt, 85), "a"},
		"Alt and five digits":     {under(alt, 90, 90, 90, 85, 84), "a5<06>"},
		"Alt and a sign":          {under(alt, 86), "a+"},
		"bytes without a picture": {func(b *bench, d *scanner.Doctor) { d.Bytes([]byte("a\x00\x1f\x7f\x1d b\t\n"), b.now) }, "a<00><1F><7F><GS> b<Tab><LF>"},
		"160 characters":          {func(b *bench, d *scanner.Doctor) { d.Bytes([]byte(strings.Repeat("x", 160)), b.now) }, strings.Repeat("x", 160)},
		"161 characters":          {func(b *bench, d *scanner.Doctor) { d.Bytes([]byte(strings.Repeat("x", 161)), b.now) }, strings.Repeat("x", 160) + "…"},
		"2048 characters":         {func(b *bench, d *scanner.Doctor) { d.Bytes([]byte(strings.Repeat("x", 2048)), b.now) }, strings.Repeat("x", 160) + "…"},
		"2049 characters":         {func(b *bench, d *scanner.Doctor) { d.Bytes([]byte(strings.Repeat("x", 2049)), b.now) }, ""},
		"modifiers for ever": {func(b *bench, d *scanner.Doctor) {
			d.Key(scanner.Key{Code: 38, Down: true, At: b.now})
			for range 4 * 2048 {
				d.Key(scanner.Key{Code: shift, Down: true, At: b.now})
				d.Key(scanner.Key{Code: shift, At: b.now})
			}
		}, ""},
		"modifiers for long": {func(b *bench, d *scanner.Doctor) {
			d.Key(scanner.Key{Code: 38, Down: true, At: b.now})
			for range 4*2048 - 1 {
				d.Key(scanner.Key{Code: shift, Down: true, At: b.now})
				d.Key(scanner.Key{Code: shift, At: b.now})
			}
		}, "a"},
		"a key that is none": {func(b *bench, d *scanner.Doctor) {
			d.Key(scanner.Key{Code: 0, Down: true, At: b.now})
			d.Rune('x', b.now)
		}, "x"},
		"a rune of a key counts once": {func(b *bench, d *scanner.Doctor) {
			b.chord(8*time.Millisecond, 38)
			d.Rune('q', b.now)
		}, "a"},
		"a rune of a key without a picture": {func(b *bench, d *scanner.Doctor) {
			b.chord(8*time.Millisecond, 38)
			b.chord(0, 36)
			d.Rune('\n', b.now)
		}, "a<Enter>"},
		"silence of 399 ms": {func(b *bench, d *scanner.Doctor) {
			b.chord(399*time.Millisecond, 38)
			b.chord(0, 56)
		}, "ab"},
		"silence of 420 ms": {func(b *bench, d *scanner.Doctor) {
			b.chord(420*time.Millisecond, 38)
			b.chord(0, 56)
		}, "b"},
		"silence of just 400 ms": {func(b *bench, d *scanner.Doctor) {
			d.Bytes([]byte("a"), b.now)
			for range 2 {
				b.now = b.now.Add(200 * time.Millisecond)
				d.Tick(b.now)
			}
			d.Bytes([]byte("b"), b.now)
		}, "b"},
		"one turn does not tell of silence": {func(b *bench, d *scanner.Doctor) {
			d.Key(scanner.Key{Code: 38, Down: true, At: b.now})
			b.now = b.now.Add(time.Second)
			d.Tick(b.now)
			d.Key(scanner.Key{Code: 56, Down: true, At: b.now})
		}, "ab"},
		"nor does one turn after a character": {func(b *bench, d *scanner.Doctor) {
			d.Rune('a', b.now)
			b.now = b.now.Add(time.Second)
			d.Tick(b.now)
			d.Rune('b', b.now)
		}, "ab"},
		"nor one after a byte": {func(b *bench, d *scanner.Doctor) {
			d.Bytes([]byte("a"), b.now)
			b.now = b.now.Add(time.Second)
			d.Tick(b.now)
			d.Bytes([]byte("b"), b.now)
		}, "ab"},
		"digits under Alt from before a silence": {func(b *bench, d *scanner.Doctor) {
			d.Key(scanner.Key{Code: alt, Down: true, At: b.now})
			b.chord(time.Second, 85)
			b.chord(8*time.Millisecond, 85)
			b.chord(8*time.Millisecond, 84)
			d.Key(scanner.Key{Code: alt, At: b.now})
		}, "A"},
		"an end alone is no read":                 {chords([]int{36}, []int{56}), "b"},
		"what comes after an end is another read": {chords(a, []int{36}, []int{shift, 56}), "B"},
	} {
		if got := shownBy(c.do); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestDoctorWantsTheSameFaultTwice: the same characters by other keys, or other
// characters, are not it.
func TestDoctorWantsTheSameFaultTwice(t *testing.T) {
	wrong := func(c string) string { return "]C0PBCAL1X" + c + "579246810" }
	for _, c := range []struct {
		first, second string
		serial        bool
		want          scanner.WordsKind
	}{
		{"?", "?", false, scanner.ReadFaulty},
		{"?", "/", false, scanner.ReadWrong}, // the same key, with Shift and without
		{"?", "!", false, scanner.ReadWrong},
		{"?", "?", true, scanner.ReadFaulty},
		{"?", "!", true, scanner.ReadWrong},
	} {
		d, b := newPatient()
		g := good
		g.serial = c.serial
		b.send(g, wrong(c.first))
		b.send(g, wrong(c.second))
		if got := d.Progress().Words.Kind; got != c.want {
			t.Errorf("%s, then %s: %s, want %s", c.first, c.second, got, c.want)
		}
	}
}

// TestDoctorIsNotFooledAboutCapsLock: only a letter of ASCII shows it.
func TestDoctorIsNotFooledAboutCapsLock(t *testing.T) {
	turned := good
	turned.letter = swap
	d, b := newPatient()
	for _, c := range scanner.Sheet() {
		b.scan(turned, c)
	}
	for code, r := range map[int]rune{10: '1', 48: 'ä', 38: 'a'} {
		d.Key(scanner.Key{Code: code, Down: true, At: b.now})
		d.Rune(r, b.now)
		d.Key(scanner.Key{Code: code, At: b.now})
		b.wait(time.Second)
		if got := advised(d.Result()); got != "case-turned" {
			t.Errorf("after %c: advice %q", r, got)
		}
	}
	d.Key(scanner.Key{Code: 50, Down: true, At: b.now})
	d.Key(scanner.Key{Code: 38, Down: true, At: b.now})
	d.Rune('Ł', b.now)
	if got := advised(d.Result()); got != "case-turned" {
		t.Errorf("after Ł: advice %q", got)
	}
	d.Rune('a', b.now)
	if got := advised(d.Result()); got != "caps-lock" {
		t.Errorf("after Shift and a small a: advice %q", got)
	}
}

// TestDoctorKnowsALongSubstitute of the separator, to a limit.
func TestDoctorKnowsALongSubstitute(t *testing.T) {
	line := scanner.Sheet()[5].Data
	for n, want := range map[int]scanner.WordsKind{12: scanner.ReadGood, 13: scanner.ReadWrong} {
		d, b := newPatient()
		b.send(good, "]C1"+strings.ReplaceAll(line, "\x1d", strings.Repeat("-", n)))
		if got := d.Progress().Words.Kind; got != want {
			t.Errorf("%d characters: %s, want %s", n, got, want)
		}
		if r := d.Result(); want == scanner.ReadGood && r.GS != strings.Repeat("-", n) {
			t.Errorf("GS is %q", r.GS)
		}
	}
}

// TestDoctorKeepsTheNewestReads: a scanner that was set anew is known by what
// it sends now.
func TestDoctorKeepsTheNewestReads(t *testing.T) {
	d, b := newPatient()
	old, now := good, good
	old.prefix, now.prefix = "~", ""
	for range 5 {
		for _, c := range scanner.Sheet() {
			b.scan(old, c)
		}
	}
	for range 2 { // of four reads that are kept
		for _, c := range scanner.Sheet() {
			b.scan(now, c)
		}
	}
	if r := d.Result(); r.Prefix != "" {
		t.Errorf("prefix %q", r.Prefix)
	}
}

// TestAdviceInFull: the words of what is to be done, where they hold figures.
func TestAdviceInFull(t *testing.T) {
	for name, c := range map[string]struct {
		gun  gun
		want string
	}{
		"slow":             {gun{suffix: "\r", gap: 50 * time.Millisecond, aim: "aim"}, "It types slowly, 50 ms a key: above 35 ms a code without a prefix cannot be told from typing."},
		"ETX":              {gun{serial: true, suffix: "\x03", aim: "aim"}, "Take ETX off the end of each code, and set the suffix Enter (CR)."},
		"text at the end":  {gun{serial: true, suffix: "#", aim: "aim"}, `Take "#" off the end of each code, and set the suffix Enter (CR).`},
		"a space for GS":   {gun{serial: true, suffix: "\r", gs: " ", aim: "aim"}, "It sends the space in its place. packbench knows now; but a code that holds the space can no longer be read correctly."},
		"capitals":         {gun{serial: true, suffix: "\r", letter: strings.ToUpper, aim: "aim"}, "All letters come as capitals, so two codes may look the same."},
		"small ones":       {gun{serial: true, suffix: "\r", letter: strings.ToLower, aim: "aim"}, "All letters come as small ones, so two codes may look the same."},
		"a keyboard apart": {gun{suffix: "\r", aim: "aim", gap: 8 * time.Millisecond, layout: "de"}, "It is set to the German keyboard. packbench knows now; US is read without any setting."},
	} {
		var all []string
		for _, a := range calibrate(c.gun).Result().Advice {
			all = append(all, a.Words.String(), a.Why.String())
		}
		if text := strings.Join(all, "\n"); !strings.Contains(text, c.want) {
			t.Errorf("%s: %s\nwant in it %s", name, text, c.want)
		}
	}
}

// TestSilenceThatTellsNothing: asked once more with nothing held, a scanner
// that sends a suffix is one still.
func TestSilenceThatTellsNothing(t *testing.T) {
	f := scanner.NewFramer(scanner.Options{})
	got := show(f.Feed([]byte("A\rB"), ms(0)))
	for _, at := range []int{300, 1300, 1400, 3000} {
		got += "; " + show(f.Silence(ms(at)))
	}
	f.Feed([]byte("B"), ms(5000))
	for _, at := range []int{5060, 5300} {
		got += "; " + show(f.Silence(ms(at)))
	}
	if want := "A; cut 1; ; ; ; ; B"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestReadersOfScanners(t *testing.T) {
	var names []string
	for _, k := range scanner.Kinds() {
		names = append(names, k.Name)
		if found, err := scanner.Find(k.Name); err != nil || found.Name != k.Name {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
	if got := strings.Join(names, " "); got != "hid keyboard rfid serial" {
		t.Error(got)
	}
	if _, err := scanner.Find("wand"); err == nil || err.Error() != `scanner kind "wand" is not known; known: hid, keyboard, rfid, serial` {
		t.Error(err)
	}
	var scans []devices.Scan
	r := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", zero), func(s devices.Scan) { scans = append(scans, s) })
	r.Feed([]byte("]E0"+strings.Repeat("x", scanner.MaxScan)), ms(5))
	if h := r.Quiet(ms(65)); h.Good != 0 || h.Quiet != 0 {
		t.Errorf("heard %+v", h)
	}
	if len(scans) != 1 || !scans[0].Cut || scans[0].AIM != "]E0" || !scans[0].At.Equal(ms(5)) {
		t.Errorf("%d scans, %+v", len(scans), scans[0].AIM)
	}
}

// TestHalfAnEventLosesItsCode, however little of it came.
func TestHalfAnEventLosesItsCode(t *testing.T) {
	p := &typist{k: scanner.NewKeyboard(scanner.Options{}), now: zero}
	p.send(us.Keys("40"), 8*time.Millisecond)
	p.out = append(p.out, p.k.Feed([]byte{1}, p.now)...)
	p.wait(time.Second)
	if got := show(p.out); got != "cut 2" {
		t.Error(got)
	}
}

// TestPaceOfAShortCode: a window hands keys out by turns, so one turn more than
// the limit of the scanner is still its pace, and no more.
func TestPaceOfAShortCode(t *testing.T) {
	for last, want := range map[time.Duration]string{24: "[4006]", 25: "4006<Enter>"} {
		k := newKeys(scanner.Options{PerKey: 20 * time.Millisecond})
		k.send("400", 24*time.Millisecond)
		k.send("6\r", last*time.Millisecond)
		if got := k.result(); got != want {
			t.Errorf("24 ms a key and the last %d: %s, want %s", last, got, want)
		}
	}
}

// TestDoctorWithoutTheQRCode knows the prefix and the identifier all the same.
func TestDoctorWithoutTheQRCode(t *testing.T) {
	d, b := newPatient()
	g := good
	g.prefix = "~"
	for _, c := range scanner.Sheet()[:6] {
		b.scan(g, c)
	}
	if r := d.Result(); r.Prefix != "~" || !r.AIM || advised(r) != "" {
		t.Errorf("learnt %+v", r)
	}
}

// TestDoctorKnowsTheFirstSeparator of a GS1 code, which some scanners send: it
// is no prefix.
func TestDoctorKnowsTheFirstSeparator(t *testing.T) {
	d, b := newPatient()
	for i, c := range scanner.Sheet() {
		text := good.text(c)
		if i == 5 {
			text = strings.Replace(text, "]C1", "]C1\x1d", 1)
		}
		b.send(good, text)
	}
	if r := d.Result(); r.Prefix != "" || !r.AIM || advised(r) != "" {
		t.Errorf("learnt %+v", r)
	}
}

// TestLimitsOfWhatWasTypedBefore a code that came in one burst with it: more
// than so many keys, or too small a gap, and nothing tells it from the code.
func TestLimitsOfWhatWasTypedBefore(t *testing.T) {
	const ms = time.Millisecond
	slow := scanner.Options{PerKey: 12 * ms}
	for name, c := range map[string]struct {
		opts   scanner.Options
		before string
		gap    time.Duration
		code   string
		pace   time.Duration
		want   string
	}{
		"eight keys before a prefix":        {scanner.Options{Prefix: "~"}, "12345678", fast, "~4006\r", fast, "12345678[4006]"},
		"nine":                              {scanner.Options{Prefix: "~"}, "123456789", fast, "~4006\r", fast, "[123456789~4006]"},
		"eight keys before an identifier":   {scanner.Options{AIM: true}, "12345678", fast, "]E04006\r", fast, "12345678[]E0:4006]"},
		"nine of them":                      {scanner.Options{AIM: true}, "123456789", fast, "]E04006\r", fast, "[123456789]E04006]"},
		"three keys before a gap":           {scanner.Options{}, "abc", 50 * ms, "4006\r", fast, "abc[4006]"},
		"four":                              {scanner.Options{}, "abcd", 50 * ms, "4006\r", fast, "[abcd4006]"},
		"a gap at a tight limit":            {slow, "x", 50 * ms, "4006\r", 12 * ms, "x[4006]"},
		"a gap of three of the code's":      {scanner.Options{}, "x", 48 * ms, "4006\r", 16 * ms, "x[4006]"},
		"a gap that is no longer than that": {scanner.Options{}, "x", 48 * ms, "4006\r", 17 * ms, "[x4006]"},
		"no gap":                            {scanner.Options{}, "x", 35 * ms, "4006\r", 5 * ms, "[x4006]"},
		"a gap before too short a code":     {scanner.Options{}, "x", 50 * ms, "400\r", fast, "[x400]"},
	} {
		k := newKeys(c.opts)
		for i, r := range c.before {
			k.send(string(r), 0)
			if i < len(c.before)-1 {
				k.wait(fast, true)
			}
		}
		k.wait(c.gap, true)
		k.send(c.code, c.pace)
		if got := k.result(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestIrregularPace: a gap is measured by the widest of the code behind it.
func TestIrregularPace(t *testing.T) {
	const ms = time.Millisecond
	k := newKeys(scanner.Options{})
	k.send("x", 48*ms)
	k.send("4", 17*ms)
	k.send("006\r", 5*ms)
	if got := k.result(); got != "[x4006]" {
		t.Error(got)
	}
}

// TestShiftOfBefore is a person's, or was let go of in another window.
func TestShiftOfBefore(t *testing.T) {
	for _, shift := range []int{50, 62} {
		k := newKeys(scanner.Options{})
		k.key(shift, true)
		k.wait(time.Second, true)
		k.send("ab12\r", fast)
		if got := k.result(); got != "[ab12]" {
			t.Errorf("key %d: %s", shift, got)
		}
	}
}

// TestTwoKeysShowThePace of a scanner that sends no suffix; one does not.
func TestTwoKeysShowThePace(t *testing.T) {
	for text, want := range map[string]string{"40": "40 after 100 ms", "4": " after 100 ms"} {
		p := &typist{k: scanner.NewKeyboard(scanner.Options{}), now: zero}
		p.send(us.Keys(text), 8*time.Millisecond)
		p.wait(92 * time.Millisecond)
		if got := show(p.out) + " after 100 ms"; got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestDoctorKnowsAPartWithoutItsMark: six characters of a line are enough.
func TestDoctorKnowsAPartWithoutItsMark(t *testing.T) {
	for text, want := range map[string]scanner.WordsKind{"246810": scanner.ReadPart, "46810": scanner.ReadForeign} {
		d, b := newPatient()
		b.send(good, text)
		if w := d.Progress().Words; w.Kind != want || want == scanner.ReadPart && w.Line != 0 {
			t.Errorf("%s: %+v", text, w)
		}
	}
}

// TestDoctorOfWrongLinesAlone cannot tell whether the scanner sends identifiers.
func TestDoctorOfWrongLinesAlone(t *testing.T) {
	d, b := newPatient()
	for range 2 {
		b.send(good, strings.ReplaceAll(good.text(scanner.Sheet()[0]), "7", "1"))
	}
	if got := advised(d.Result()); d.Progress().Words.Kind != scanner.ReadFaulty || got != "incomplete layout-unknown" {
		t.Errorf("%s, %s", d.Progress().Words.Kind, got)
	}
}

func TestDoctorOfOneLineAdvises(t *testing.T) {
	d, b := newPatient()
	plain := good
	plain.aim = ""
	b.scan(plain, scanner.Sheet()[0])
	if got := advised(d.Result()); got != "incomplete aim" {
		t.Error(got)
	}
}

func TestNamesOfKeys(t *testing.T) {
	want := "9:Esc 22:Backspace 23:Tab 36:Enter 65:Space 67:F1 68:F2 69:F3 70:F4 71:F5 72:F6 73:F7 74:F8 75:F9 76:F10 95:F11 96:F12 104:Enter 111:Up 112:Page Up 113:Left 114:Right 116:Down 117:Page Down"
	var all []string
	for code := range 256 {
		if name := scanner.KeyName(code); name != "" {
			all = append(all, fmt.Sprintf("%d:%s", code, name))
		}
	}
	if got := strings.Join(all, " "); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
