package scanner_test

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
)

// TestWhatWaitsForTheRestOfACode, and what is given out after a short silence.
func TestWhatWaitsForTheRestOfACode(t *testing.T) {
	const ms = time.Millisecond
	prefix := scanner.Options{Prefix: "~"}
	pause := func(k *keys) { k.wait(100*ms, true) }
	for name, c := range map[string]struct {
		opts scanner.Options
		do   func(*keys)
		want string
	}{
		"Shift goes down long before its key": {scanner.Options{}, func(k *keys) {
			k.key(50, true)
			pause(k)
			k.tap(33)
			k.key(50, false)
			k.send("000123456\r", fast)
		}, "[P000123456]"},
		"a slow code behind a key and the prefix": {prefix, func(k *keys) {
			k.send("a~4", fast)
			k.send("006\r", 90*ms)
		}, "a[4006]"},
		"a pause in a code whose scanner sends a suffix": {scanner.Options{}, func(k *keys) {
			k.send("4006\r4006", fast)
			pause(k)
			k.send("3813339\r", fast)
		}, "[4006][40063813339]"},
		"a pause in too short a code": {scanner.Options{}, func(k *keys) {
			k.send("4006\r400", fast)
			pause(k)
			k.send("63813339\r", fast)
		}, "[4006]400[63813339]"},
		"a pause in what is too slow for a code": {scanner.Options{}, func(k *keys) {
			k.send("4006\r", fast)
			k.send("4006", 50*ms)
			pause(k)
			k.send("63813339\r", fast)
		}, "[4006]4006[63813339]"},
		"a pause in a code without a suffix, behind a key set apart": {scanner.Options{}, func(k *keys) {
			k.send("x", 50*ms)
			k.send("4006", fast)
			pause(k)
			k.send("3813\r", fast)
		}, "x[4006][3813]"},
		"a pause after a key without a character": {prefix, func(k *keys) {
			k.key(64, true)
			k.tap(85)
			pause(k)
			k.key(64, false)
			k.send("~4006\r", fast)
		}, "<key>[4006]"},
	} {
		k := newKeys(c.opts)
		c.do(k)
		if got := k.result(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestEnterRightAfterACode is its suffix, and one that comes later is a person's.
func TestEnterRightAfterACode(t *testing.T) {
	for late, want := range map[time.Duration]string{299: "[4006]", 300: "[4006]<Enter>"} {
		k := newKeys(scanner.Options{})
		k.send("4006", fast)
		k.tap(scanner.KeyEnter)
		k.wait(late*time.Millisecond, true)
		k.tap(scanner.KeyEnter)
		if got := k.result(); got != want {
			t.Errorf("after %d ms: %s, want %s", late, got, want)
		}
	}
}

// TestTypingEndsWithAPause: what came 600 ms later is no person's any more.
func TestTypingEndsWithAPause(t *testing.T) {
	for pause, want := range map[time.Duration]string{599: "<key>S[4006381333931]", 600: "<key>[S4006381333931]"} {
		k := newKeys(scanner.Options{})
		k.tap(9) // Escape
		k.wait(100*time.Millisecond, true)
		k.out = append(k.out, k.wedge.Tick(k.now)...)
		k.wait((pause-100)*time.Millisecond, false)
		k.send("S4006381333931\r", 0)
		if got := k.result(); got != want {
			t.Errorf("after %d ms: %s, want %s", pause, got, want)
		}
	}
}

// TestStallsOfALongCode: of four gaps one may be a stall of the window.
func TestStallsOfALongCode(t *testing.T) {
	const code = "1234567890123456"
	for stalls, want := range map[int]string{4: "[" + code + "]", 5: code + "<Enter>"} {
		k := newKeys(scanner.Options{})
		for i, c := range code {
			k.send(string(c), 0)
			k.wait(fast, true)
			if i < stalls {
				k.wait(600*time.Millisecond, false)
			}
		}
		k.send("\r", 0)
		if got := k.result(); got != want {
			t.Errorf("%d stalls: %s, want %s", stalls, got, want)
		}
	}
}

// TestLimitBeyondAnyScanner is none: a stall of the window is seen all the same.
func TestLimitBeyondAnyScanner(t *testing.T) {
	k := newKeys(scanner.Options{PerKey: 500 * time.Millisecond})
	k.send("40", fast)
	k.wait(300*time.Millisecond, false)
	k.send("06\r", fast)
	if got := k.result(); got != "[4006]" {
		t.Error(got)
	}
}

// TestKeyHeldForEver while Shift goes to and fro spoils no code after it.
func TestKeyHeldForEver(t *testing.T) {
	const times = scanner.MaxScan/2 + 100
	k := newKeys(scanner.Options{})
	k.tap(9)
	for range times {
		k.key(50, true)
		k.key(38, true)
		k.key(50, false)
		k.wait(time.Millisecond, true)
	}
	k.key(38, false)
	k.send("4006381\r", fast)
	if got := k.result(); got != "<key>"+strings.Repeat("A", times)+"[4006381]" {
		t.Errorf("%.100q", got)
	}
}

// TestKeyHeldForMinutes is shown while it is held down still.
func TestKeyHeldForMinutes(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.tap(9)
	for range scanner.MaxScan + 1 {
		k.key(38, true)
		k.wait(30*time.Millisecond, false)
	}
	if len(k.out) != 2 || len(k.out[1].Typed) != scanner.MaxScan+1 {
		t.Errorf("%d events", len(k.out))
	}
}

// TestSilenceOfASlowWindow: two turns end a code, however late they come, and
// one does not.
func TestSilenceOfASlowWindow(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.send("4006", 0)
	for _, want := range []int{0, 1, 1} {
		k.wait(100*time.Millisecond, false)
		k.out = append(k.out, k.wedge.Tick(k.now)...)
		if len(k.out) != want {
			t.Fatalf("%d ms after the code: %d codes, want %d", k.now.Sub(zero).Milliseconds(), len(k.out), want)
		}
	}
}

// TestKeysThatStayDown from the fourth on are no person's, who leans on a key
// before a code.
func TestKeysThatStayDown(t *testing.T) {
	k := newKeys(scanner.Options{})
	k.send("400", fast)
	for _, code := range []int{15, 12, 17, 10} {
		k.key(code, true)
		k.wait(fast, true)
	}
	k.send("\r", fast)
	if got := k.result(); got != "[4006381]" {
		t.Error(got)
	}
}

// TestWindowThatIsLate by more than a key is one that may hand out a person's key
// together with a code.
func TestWindowThatIsLate(t *testing.T) {
	for late, want := range map[time.Duration]string{35: "no[S4006381333931]", 36: "noS[4006381333931]"} {
		k := newKeys(scanner.Options{})
		k.send("no", person)
		k.out = append(k.out, k.wedge.Tick(k.now)...)
		k.wait(late*time.Millisecond, false)
		k.send("S4006381333931\r", 0)
		if got := k.result(); got != want {
			t.Errorf("%d ms after a turn: %s, want %s", late, got, want)
		}
	}
}

// TestSilenceAndStallsWithinACode, as they cut it or not.
func TestSilenceAndStallsWithinACode(t *testing.T) {
	const ms = time.Millisecond
	tight := scanner.Options{PerKey: 12 * ms}
	for name, c := range map[string]struct {
		opts scanner.Options
		do   func(*keys)
		want string
	}{
		"silence counts from a key that goes up": {scanner.Options{}, func(k *keys) {
			k.send("400638", fast)
			k.key(10, true)
			k.wait(50*ms, true)
			k.key(10, false)
			k.wait(50*ms, true)
			k.send("333931", fast)
		}, "[4006381333931]"},
		"ten keys at 13 ms where 12 are the limit": {tight, func(k *keys) { k.send("400638133\r", 13*ms) }, "[400638133]"},
		"ten keys at 14 ms":                        {tight, func(k *keys) { k.send("400638133\r", 14*ms) }, "400638133<Enter>"},
		"a stall in a short code, and a late turn before its rest": {scanner.Options{}, func(k *keys) {
			k.send("40", fast)
			k.wait(300*ms, false)
			k.out = append(k.out, k.wedge.Tick(k.now)...)
			k.send("06\r", fast)
		}, "[4006]"},
		"a key held over three of a code":       {scanner.Options{}, heldOver("400", "6\r"), "x[4006]"},
		"a key held over two is the code's":     {scanner.Options{}, heldOver("40", "06\r"), "[x4006]"},
		"a gap of the cable in eight of a code": {scanner.Options{}, cableGap("4006", "3813\r"), "[12][40063813]"},
		"a gap of the cable in seven of a code": {scanner.Options{}, cableGap("4006", "381\r"), "[12]4006381<Enter>"},
		"a key that repeats within a second":    {scanner.Options{}, heldFor(999 * ms), "[12]44[006381]"},
		"a key that comes again after a second": {scanner.Options{}, heldFor(1000 * ms), "[12]4[4006381]"},
		"Alt and 255":                           {scanner.Options{}, under(88, 84, 84), "[40ÿ06]"},
		"Alt and 256":                           {scanner.Options{}, under(88, 84, 85), "[4006]"},
		"Alt and 0":                             {scanner.Options{}, under(90, 90), "[4006]"},
		"Alt and 1":                             {scanner.Options{}, under(90, 87), "[40\x0106]"},
		"Alt and one digit":                     {scanner.Options{}, under(85), "[4006]"},
		"Alt and four digits":                   {scanner.Options{}, under(90, 90, 85, 84), "[40A06]"},
		"Alt and five digits":                   {scanner.Options{}, under(90, 90, 90, 85, 84), "[405\x0606]"},
		"two keys rolled over, then Enter": {scanner.Options{}, func(k *keys) {
			k.send("1", 20*ms)
			k.send("2", 55*ms)
			k.send("\r", fast)
		}, "12<Enter>"},
		"a key of the same late burst but another turn is the code's": {scanner.Options{}, func(k *keys) {
			k.send("no", person)
			k.wait(300*ms, false)
			k.send("S", 16*ms)
			k.send("4006381333931\r", 0)
		}, "no[S4006381333931]"},
	} {
		k := newKeys(c.opts)
		c.do(k)
		if got := k.result(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// heldOver holds a key down over the beginning of a code.
func heldOver(over, rest string) func(*keys) {
	return func(k *keys) {
		k.key(53, true)
		k.wait(fast, true)
		k.send(over, fast)
		k.key(53, false)
		k.send(rest, fast)
	}
}

// cableGap sends a code in two parts with a gap between them in which the window
// made its turns, by a scanner that is known to end its codes.
func cableGap(first, rest string) func(*keys) {
	return func(k *keys) {
		k.send("12\t", fast)
		k.send(first, fast)
		k.wait(200*time.Millisecond, true)
		k.send(rest, fast)
	}
}

// heldFor presses a key whose going up is not seen, and then a code that begins with
// it.
func heldFor(d time.Duration) func(*keys) {
	return func(k *keys) {
		k.send("12\r", fast)
		k.key(13, true)
		k.wait(d, true)
		k.send("4006381\r", fast)
	}
}

// under types keys in the midst of a code while Alt is down.
func under(codes ...int) func(*keys) {
	return func(k *keys) {
		k.send("40", fast)
		k.key(64, true)
		for _, code := range codes {
			k.tap(code)
			k.wait(time.Millisecond, true)
		}
		k.key(64, false)
		k.send("06\r", fast)
	}
}

// TestStrokesHaveTheirModifiers: what has the focus knows Shift+Tab from Tab.
func TestStrokesHaveTheirModifiers(t *testing.T) {
	for held, want := range map[int]scanner.Stroke{
		50: {Shift: true}, 62: {Shift: true}, 37: {Ctrl: true}, 105: {Ctrl: true}, 64: {Alt: true}, 108: {Alt: true}, 133: {},
	} {
		for _, code := range []int{scanner.KeyTab, 113} {
			k := newKeys(scanner.Options{})
			k.key(held, true)
			k.tap(code)
			k.key(held, false)
			k.tap(code)
			want.Code = code
			if len(k.out) != 2 || len(k.out[0].Typed) != 1 || k.out[0].Typed[0] != want || k.out[1].Typed[0] != (scanner.Stroke{Code: code}) {
				t.Errorf("key %d under %d: %+v", code, held, k.out)
			}
		}
	}
}
