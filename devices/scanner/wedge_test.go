package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// keys plays keys into a wedge as a window would: with a turn every 16 ms.
type keys struct {
	wedge *scanner.Wedge
	now   time.Time
	ups   bool // keys go up again
	runes bool // the window gives characters too
	out   []scanner.Out
}

func newKeys(opts scanner.Options) *keys {
	return &keys{wedge: scanner.NewWedge(opts), now: zero, ups: true}
}

func (k *keys) key(code int, down bool) {
	k.out = append(k.out, k.wedge.Key(scanner.Key{Code: code, Down: down, At: k.now})...)
}

// tap presses and lets go.
func (k *keys) tap(code int) {
	k.key(code, true)
	if k.ups {
		k.key(code, false)
	}
}

// where finds the key of a character on a US keyboard.
func where(c rune) (code int, shift bool) {
	for code, pair := range scanner.US() {
		if code >= 10 && code <= 65 && code != 63 {
			if pair[0] == c {
				return code, false
			}
			if pair[1] == c {
				return code, true
			}
		}
	}
	return 0, false
}

// send types a text at a pace, the way a scanner does: with shift for capitals.
func (k *keys) send(text string, pace time.Duration) {
	for _, c := range text {
		switch c {
		case '\r':
			k.tap(scanner.KeyEnter)
		case '\t':
			k.tap(scanner.KeyTab)
		case 0x1D: // Ctrl+]
			k.key(37, true)
			k.wait(pace, true)
			k.tap(35)
			k.key(37, false)
		default:
			code, shift := where(c)
			if shift {
				k.key(50, true)
				k.wait(pace, true)
			}
			k.key(code, true)
			if k.runes {
				k.out = append(k.out, k.wedge.Rune(c, k.now)...)
			}
			k.key(code, false)
			if shift {
				k.key(50, false)
			}
		}
		k.wait(pace, true)
	}
}

// wait lets time pass; a window that stalls makes no turns.
func (k *keys) wait(d time.Duration, turns bool) {
	const turn = 16 * time.Millisecond
	end := k.now.Add(d)
	for turns && k.now.Add(turn).Before(end) {
		k.now = k.now.Add(turn)
		k.out = append(k.out, k.wedge.Tick(k.now)...)
	}
	k.now = end
}

// result waits for silence and writes scans in brackets, typing bare.
func (k *keys) result() string {
	k.wait(time.Second, true)
	var all strings.Builder
	for _, out := range k.out {
		if out.Frame != nil {
			all.WriteString("[" + show([]scanner.Frame{*out.Frame}) + "]")
		}
		for _, s := range out.Typed {
			switch {
			case s.Ctrl:
				all.WriteString("^")
				fallthrough
			case s.Rune != 0:
				all.WriteRune(s.Rune)
			case s.Code == scanner.KeyEnter:
				all.WriteString("<Enter>")
			case s.Code == scanner.KeyTab:
				all.WriteString("<Tab>")
			case s.Code == scanner.KeyF8:
				all.WriteString("<F8>")
			default:
				all.WriteString("<key>")
			}
		}
	}
	return all.String()
}

const (
	fast   = 8 * time.Millisecond
	person = 120 * time.Millisecond
)

func TestWedge(t *testing.T) {
	gs := scanner.Options{}
	for name, c := range map[string]struct {
		opts scanner.Options
		do   func(k *keys)
		want string
	}{
		"digits and Enter":   {gs, func(k *keys) { k.send("4006381333931\r", fast) }, "[4006381333931]"},
		"capitals and signs": {gs, func(k *keys) { k.send("PKG-000_1/:@\"\r", fast) }, `[PKG-000_1/:@"]`},
		"Tab":                {gs, func(k *keys) { k.send("4006\t", fast) }, "[4006]"},
		"Ctrl+M": {gs, func(k *keys) {
			for _, code := range []string{"4006", "4007"} {
				k.send(code, fast)
				k.key(37, true)
				k.tap(58)
				k.key(37, false)
				k.wait(fast, true)
			}
		}, "[4006][4007]"},
		"Ctrl+I and Ctrl+J": {gs, func(k *keys) {
			for _, letter := range []int{31, 44} {
				k.send("4006", fast)
				k.key(37, true)
				k.tap(letter)
				k.key(37, false)
				k.wait(fast, true)
			}
		}, "[4006][4006]"},
		"typing on after Enter, at a window that stalls": {gs, func(k *keys) {
			k.send("1", time.Second)
			k.send("2", 40*time.Millisecond)
			k.send("\r", person)
			k.send("x", 0)
			k.wait(50*time.Millisecond, false)
			k.send("4006\r", fast)
		}, "12<Enter>x[4006]"},
		"keypad Enter":          {gs, func(k *keys) { k.send("4006", fast); k.tap(scanner.KeyPadEnter) }, "[4006]"},
		"no suffix":             {gs, func(k *keys) { k.send("4006381", fast) }, "[4006381]"},
		"two without a pause":   {gs, func(k *keys) { k.send("4006\r4006\r", fast) }, "[4006][4006]"},
		"Enter twice":           {gs, func(k *keys) { k.send("4006\r\r", fast) }, "[4006]"},
		"Enter late":            {gs, func(k *keys) { k.send("4006381", fast); k.wait(100*time.Millisecond, true); k.send("\r", fast) }, "[4006381]"},
		"35 ms a key":           {gs, func(k *keys) { k.send("4006381333931\r", 35*time.Millisecond) }, "[4006381333931]"},
		"35 ms a key, capitals": {gs, func(k *keys) { k.send("ORDER-77\r", 35*time.Millisecond) }, "[ORDER-77]"},
		"AIM and GS":            {gs, func(k *keys) { k.send("]C110L1\x1d21S1\r", fast) }, "[]C1:10L1<GS>21S1]"},
		"GS as F8":              {gs, func(k *keys) { k.send("10L1", fast); k.tap(scanner.KeyF8); k.send("21S1\r", fast) }, "[10L1<GS>21S1]"},
		"GS as Alt+029": {gs, func(k *keys) {
			k.send("10L1", fast)
			k.key(64, true)
			for _, code := range []int{90, 88, 81} {
				k.tap(code)
				k.wait(fast, true)
			}
			k.key(64, false)
			k.send("21S1\r", fast)
		}, "[10L1<GS>21S1]"},
		"GS as a substitute": {scanner.Options{GS: "~"}, func(k *keys) { k.send("10L1~21S1\r", fast) }, "[10L1<GS>21S1]"},
		"Caps Lock on":       {gs, func(k *keys) { k.tap(66); k.send("Abc12\r", fast) }, "[Abc12]"},
		"a stall of 300 ms": {gs, func(k *keys) {
			k.send("4006", fast)
			k.wait(300*time.Millisecond, false)
			k.send("3813\r", fast)
		}, "[40063813]"},
		"a stall of 300 ms, then a timer that fires before the keys": {gs, func(k *keys) {
			k.send("4006", fast)
			k.wait(300*time.Millisecond, false)
			k.out = append(k.out, k.wedge.Tick(k.now)...)
			k.send("3813\r", fast)
		}, "[40063813]"},
		"shift stuck since another window": {gs, func(k *keys) { k.key(50, true); k.wait(time.Second, true); k.send("abc12\r", fast) }, "[abc12]"},
		"Alt-Tab away and back":            {gs, func(k *keys) { k.key(64, true); k.wedge.Focus(); k.send("1234\r", fast) }, "[1234]"},

		"a person typing":      {gs, func(k *keys) { k.send("Hello\r", person) }, "Hello<Enter>"},
		"a person typing fast": {gs, func(k *keys) { k.send("hello\r", 65*time.Millisecond) }, "hello<Enter>"},
		"Enter alone":          {gs, func(k *keys) { k.send("\r", person) }, "<Enter>"},
		"a number and Enter":   {gs, func(k *keys) { k.send("3\r", person) }, "3<Enter>"},
		"two keys rolled over": {gs, func(k *keys) { k.send("th", fast); k.wait(person, true); k.send("e", person) }, "the"},
		"a key held down": {gs, func(k *keys) {
			code, _ := where('a')
			k.key(code, false) // this window tells when keys go up
			for range 20 {
				k.key(code, true)
				k.wait(33*time.Millisecond, true)
			}
		}, strings.Repeat("a", 20)},
		"Escape comes at once":           {gs, func(k *keys) { k.tap(9) }, "<key>"},
		"F8 by hand":                     {gs, func(k *keys) { k.tap(scanner.KeyF8) }, "<F8>"},
		"slow scanner":                   {gs, func(k *keys) { k.send("400638\r", 50*time.Millisecond) }, "400638<Enter>"},
		"slow scanner with a prefix":     {scanner.Options{Prefix: "~"}, func(k *keys) { k.send("~400638\r", 90*time.Millisecond) }, "[400638]"},
		"scanner at 50 ms with a prefix": {scanner.Options{Prefix: "~"}, func(k *keys) { k.send("~400638\r", 50*time.Millisecond) }, "[400638]"},
		"fast scanner with a prefix":     {scanner.Options{Prefix: "~"}, func(k *keys) { k.send("~400638\r", fast) }, "[400638]"},
		"the prefix by hand":             {scanner.Options{Prefix: "~"}, func(k *keys) { k.send("~", person) }, "~"},
		"scan while a person types":      {gs, func(k *keys) { k.send("note ", person); k.send("4006381333931\r", fast); k.send("end", person) }, "note [4006381333931]end"},
		"Enter by hand after a scan":     {gs, func(k *keys) { k.send("4006\r", fast); k.wait(400*time.Millisecond, true); k.send("\r", person) }, "[4006]<Enter>"},
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

// S1: a computer that is busy with something else stretches codes, the window
// standing still or not. None of it makes a code a person's, and none is lost.
func TestStretchedCodesAreCodes(t *testing.T) {
	const code = "4006381333931\r"
	ms := time.Millisecond
	for name, c := range map[string]struct {
		do   func(k *keys)
		want string
	}{
		"three stalls of the window": {func(k *keys) {
			k.send(code[:4], fast)
			k.wait(336*ms, false)
			k.send(code[4:9], 0)
			k.wait(45*ms, false)
			k.send(code[9:10], 0)
			k.wait(426*ms, false)
			k.send(code[10:], 0)
		}, "[4006381333931]"},
		"two turns, then a stall": {func(k *keys) {
			k.send(code[:4], 0)
			k.wait(40*ms, true)
			k.wait(600*ms, false)
			k.send(code[4:], 0)
		}, "[4006381333931]"},
		"the keys come late, the window goes on": {func(k *keys) {
			k.send(code[:5], 2*ms)
			k.wait(250*ms, true)
			k.send(code[5:10], 2*ms)
			k.wait(280*ms, true)
			k.send(code[10:], 2*ms)
		}, "[4006381333931]"},
		"a stall and one turn in the midst of silence": {func(k *keys) {
			k.send(code[:3], 0)
			k.wait(20*ms, true)
			k.wait(500*ms, false)
			k.wait(20*ms, true)
			k.send(code[3:], 0)
		}, "[4006381333931]"},
		"a short code, two stalls": {func(k *keys) {
			k.send("4", fast)
			k.wait(300*ms, false)
			k.send("0", fast)
			k.wait(300*ms, false)
			k.send("06\r", fast)
		}, "[4006]"},
		"three stalls are a person's at a slow window": {func(k *keys) {
			for _, c := range "400" {
				k.send(string(c), 0)
				k.wait(300*ms, false)
			}
			k.send("6\r", fast)
		}, "4006<Enter>"},
		"one turn, then a stall, and nothing that checks": {func(k *keys) {
			k.send("ABC", 0)
			k.wait(20*ms, true)
			k.wait(500*ms, false)
			k.send("-1234-56\r", 0)
		}, "[ABC-1234-56]"},
		"a person at a window of three turns a second": {func(k *keys) {
			for i, c := range "hello world 12\r" {
				if i%2 == 0 {
					k.wait(330*ms, false)
					k.out = append(k.out, k.wedge.Tick(k.now)...)
				}
				k.send(string(c), 0)
			}
		}, "hello world 12<Enter>"},
	} {
		t.Run(name, func(t *testing.T) {
			k := newKeys(scanner.Options{})
			k.send("4006\r", fast) // shows that it sends Enter
			k.wait(time.Second, true)
			k.out = nil
			c.do(k)
			if got := k.result(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// S3: the host's layout turns the characters, and only typing follows it.
func TestHostLayoutDoesNotMatterToScans(t *testing.T) {
	k := newKeys(scanner.Options{})
	german := strings.NewReplacer("z", "y", "y", "z", "-", "ß")
	for _, c := range "xyz-12\r" {
		if c == '\r' {
			k.tap(scanner.KeyEnter)
			continue
		}
		code, _ := where(c)
		k.key(code, true)
		k.out = append(k.out, k.wedge.Rune([]rune(german.Replace(string(c)))[0], k.now)...)
		k.key(code, false)
		k.wait(fast, true)
	}
	if got := k.result(); got != "[xyz-12]" {
		t.Errorf("scan %q", got)
	}
	k.out = nil
	code, _ := where('y')
	k.key(code, true)
	k.wedge.Rune('z', k.now)
	if got := k.result(); got != "z" {
		t.Errorf("typed %q, want what stands on the person's key", got)
	}
}

func TestRunesAloneAreEnough(t *testing.T) {
	k := newKeys(scanner.Options{})
	send := func(text string, pace time.Duration) {
		for _, c := range text {
			k.out = append(k.out, k.wedge.Rune(c, k.now)...)
			k.wait(pace, true)
		}
	}
	send("4006381333931\r", fast)
	k.wait(time.Second, true)
	send("no 5\n", person)
	if got := k.result(); got != "[4006381333931]no 5<Enter>" {
		t.Errorf("got %q", got)
	}
}

func TestKeysThatNeverGoUpStillScan(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.ups = false
	for range 2 {
		for _, c := range "4006381" {
			code, _ := where(c)
			k.tap(code)
			k.wait(fast, true)
		}
		k.tap(scanner.KeyEnter)
	}
	if got := k.result(); got != "[4006381][4006381]" {
		t.Errorf("got %q", got)
	}
}

func TestHeldKeyWithCharactersOnly(t *testing.T) {
	k := newKeys(scanner.Options{})
	code, _ := where('a')
	k.key(code, true)
	for range 10 { // the toolkit repeats the character, not the key
		k.out = append(k.out, k.wedge.Rune('a', k.now)...)
		k.wait(30*time.Millisecond, true)
	}
	k.key(code, false)
	if got := k.result(); got != strings.Repeat("a", 10) {
		t.Errorf("got %q", got)
	}
}

// TestNumbersUnderAlt: those of the code page count, and no others.
func TestNumbersUnderAlt(t *testing.T) {
	pad := map[rune]int{'.': 91, '0': 90, '1': 87, '2': 88, '3': 89, '4': 83, '5': 84, '6': 85, '7': 79, '8': 80, '9': 81}
	for digits, want := range map[string]string{"029": "[10L1<GS>]", "0255": "[10L1ÿ]", "256": "[10L1]", "65": "[10L1A]", "7": "[10L1]", "000": "[10L1]", "00065": "[10L15\x06]", ".65": "[10L1.A]"} {
		k := newKeys(scanner.Options{})
		k.send("10L1", fast)
		k.key(64, true)
		for _, digit := range digits {
			k.tap(pad[digit])
			k.wait(fast, true)
		}
		k.key(64, false)
		k.send("\r", fast)
		if got := k.result(); got != want {
			t.Errorf("Alt+%s: %q, want %q", digits, got, want)
		}
	}
}

// TestKeyHeldUntilACode that the toolkit repeats in characters only, at a window
// that stood still meanwhile.
func TestKeyHeldUntilACode(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.runes = true
	code, _ := where('a')
	k.key(code, true)
	k.wait(400*time.Millisecond, false)
	for range 6 {
		k.out = append(k.out, k.wedge.Rune('a', k.now)...)
	}
	k.key(code, false)
	k.send("4006381333931\r", fast)
	if got := k.result(); got != "aaaaaa[4006381333931]" {
		t.Errorf("got %q", got)
	}
}

// TestHeldKeyAfterFastOnes: no scanner holds a key, however fast those before came.
func TestHeldKeyAfterFastOnes(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.runes = true
	k.send("1234", fast)
	for range 5 {
		k.out = append(k.out, k.wedge.Rune('4', k.now)...)
		k.wait(30*time.Millisecond, true)
	}
	if got := k.result(); got != "123444444" {
		t.Errorf("got %q", got)
	}
}

// TestClockSetBack: a person is not faster for it.
func TestClockSetBack(t *testing.T) {
	k := newKeys(scanner.Options{})
	for _, c := range "12345" {
		k.send(string(c), 0)
		k.wait(50*time.Millisecond, true)
		if c == '3' {
			k.now = k.now.Add(-time.Second)
		}
	}
	if got := k.result(); got != "12345" {
		t.Errorf("got %q", got)
	}
}

func TestEndlessKeysAreCutAndBounded(t *testing.T) {
	k := newKeys(scanner.Options{})
	code, _ := where('7')
	for range 3 * scanner.MaxScan {
		k.tap(code)
		k.wait(time.Millisecond, true)
	}
	k.send("\r4006\r", fast)
	if got := k.result(); got != "[cut 8192][4006]" {
		t.Errorf("got %.100q", got)
	}
}

// S1 through the wedge: 200 codes at 20 a second.
func TestTwoHundredWedgeScans(t *testing.T) {
	k := newKeys(scanner.Options{})
	for range 200 {
		k.send("4006381\r", 3*time.Millisecond)
		k.wait(26*time.Millisecond, true)
	}
	if got := k.result(); got != strings.Repeat("[4006381]", 200) {
		t.Errorf("%d scans", strings.Count(got, "[4006381]"))
	}
}

// FuzzWedge: any keys in any order and at any pace leave nothing behind that
// would change the next scan.
func FuzzWedge(f *testing.F) {
	for _, seed := range []string{"\x0a\x0b\x0c\x24", "\x32\x26\xb2\x24", "\x40\x5a\x58\x51\xc0\x24", "\x25\x23\xa5\x42\x42\x09", "~~~~"} {
		f.Add([]byte(seed), byte(8))
	}
	f.Fuzz(func(t *testing.T, data []byte, pace byte) {
		k := newKeys(scanner.Options{})
		for _, b := range data {
			k.key(int(b&0x7F), b&0x80 == 0)
			k.wait(time.Duration(pace)*time.Millisecond, true)
		}
		strokes := 0
		k.wait(time.Second, true)
		for _, out := range k.out {
			strokes += len(out.Typed)
			if out.Frame != nil {
				strokes += len(out.Frame.Data)
			}
		}
		if strokes > 2*len(data) {
			t.Fatalf("%d keys made %d strokes", len(data), strokes)
		}
		k.out = nil
		k.wedge.Focus()
		k.send("4006381\r", fast)
		if got := k.result(); got != "[4006381]" {
			t.Fatalf("the next scan came as %q", got)
		}
	})
}
