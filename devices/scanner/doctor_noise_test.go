package scanner_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"packbench/devices/scanner"
)

// newPatient returns a doctor and what feeds it.
func newPatient() (*scanner.Doctor, *bench) {
	d := scanner.NewDoctor()
	return d, &bench{to: patient{d}, now: zero}
}

var good = gun{suffix: "\r", aim: "aim", gap: 8 * time.Millisecond}

// Typing, other codes and parts of lines, in any place, teach nothing.
func TestDoctorIsNotConfused(t *testing.T) {
	person := gun{gap: 120 * time.Millisecond}
	sheet := scanner.Sheet()
	for name, noise := range map[string]func(*bench, scanner.SheetCode){
		"a product's code":        func(b *bench, _ scanner.SheetCode) { b.send(good, "]E04006381333931") },
		"a product's code, plain": func(b *bench, _ scanner.SheetCode) { b.send(good, "4006381333931") },
		"the first half":          func(b *bench, c scanner.SheetCode) { b.send(good, "]C0"+c.Data[:len(c.Data)/2]) },
		"the second half":         func(b *bench, c scanner.SheetCode) { b.send(good, c.Data[len(c.Data)/2:]) },
		"a person typing":         func(b *bench, _ scanner.SheetCode) { b.send(person, "hello 123\r") },
		"typing right before": func(b *bench, _ scanner.SheetCode) {
			for _, c := range "ab" {
				layout := scanner.US()
				b.char(120*time.Millisecond, layout, c)
			}
		},
		"Enter alone":        func(b *bench, _ scanner.SheetCode) { b.chord(time.Second, scanner.KeyEnter) },
		"a modifier alone":   func(b *bench, _ scanner.SheetCode) { b.chord(time.Second, 50) },
		"each line twice":    func(b *bench, c scanner.SheetCode) { b.scan(good, c) },
		"a key of the midst": func(b *bench, c scanner.SheetCode) { b.send(good, c.Data[:5]+"x"+c.Data[5:]) },
	} {
		t.Run(name, func(t *testing.T) {
			d, b := newPatient()
			for i := range sheet {
				c := sheet[len(sheet)-1-i]
				noise(b, c)
				b.scan(good, c)
				if i == 2 {
					noise(b, c)
					b.wait(time.Second)
				}
			}
			r := d.Result()
			if !d.Progress().Ready || r.Layout != "us" || r.Prefix != "" || r.Suffix != "\r" || r.Separator != scanner.SeparatorCtrl || !r.AIM || advised(r) != "" || r.KeyGap > 9*time.Millisecond {
				t.Errorf("learnt %+v, ready %v", r, d.Progress().Ready)
			}
			reads(t, good, r.Options())
		})
	}
}

func TestDoctorSaysWhatCame(t *testing.T) {
	d, b := newPatient()
	sheet := scanner.Sheet()
	step := func(text string, kind scanner.WordsKind, line, next int, shown, words string) {
		t.Helper()
		if text != "" {
			b.send(good, text)
		}
		p := d.Progress()
		if p.Words.Kind != kind || p.Words.Line != line || p.Next != next || p.Last != shown || !strings.Contains(p.Words.Text.String(), words) {
			t.Errorf("%q: %+v, next %d, last %q; want %s of line %d, next %d, %q", text, p.Words, p.Next, p.Last, kind, line, next, shown)
		}
	}
	step("", scanner.ReadNothing, -1, 0, "", "")
	step("4006381333931", scanner.ReadForeign, -1, 0, "4006381333931<Enter>", "not on the sheet")
	step("]C0PBCAL1X35", scanner.ReadPart, 0, 0, "]C0PBCAL1X35<Enter>", "part of line 1")
	step("]C0PBCAL1X?579246810", scanner.ReadWrong, 0, 0, "]C0PBCAL1X?579246810<Enter>", "Scan it again")
	if got := d.Progress().Lines[0].State; got != scanner.LineAgain {
		t.Errorf("line 1 is %s", got)
	}
	step("]C0"+sheet[0].Data, scanner.ReadGood, 0, 1, "]C0PBCAL1X3579246810<Enter>", "Line 1 was read")
	step("]C1"+sheet[5].Data, scanner.ReadGood, 5, 1, "]C110PBCAL6<GS>21S77<Enter>", "Line 6")
	for _, c := range sheet[1:5] {
		b.scan(good, c)
	}
	p := d.Progress()
	if !p.Ready || p.Next != 6 || p.Lines[6].State != scanner.LineWaiting {
		t.Errorf("without the QR code: ready %v, next %d", p.Ready, p.Next)
	}
}

func TestDoctorOfHalfASheetSaysSo(t *testing.T) {
	d, b := newPatient()
	if r := d.Result(); len(r.Advice) != 0 || r.Layout != "" {
		t.Errorf("learnt %+v of nothing", r)
	}
	b.scan(good, scanner.Sheet()[0])
	b.scan(good, scanner.Sheet()[3])
	r := d.Result()
	if advised(r) != "incomplete" || !strings.Contains(r.Advice[0].Words.String(), "2, 3, 5 and 6.") || r.Separator != scanner.SeparatorUnknown {
		t.Errorf("learnt %+v", r)
	}
}

// A keyboard that is none of ours: the nearest is named, with what comes wrong,
// once the same came twice.
func TestDoctorMeetsAnUnknownKeyboard(t *testing.T) {
	board, err := scanner.FindLayout("de")
	if err != nil {
		t.Fatal(err)
	}
	board[13], board[14] = board[14], board[13] // 4 and 5 changed places, $ and % with them
	g := good
	g.board = board
	d, b := newPatient()
	for range 2 {
		if d.Progress().Ready {
			t.Error("ready after one reading of each line")
		}
		for _, c := range scanner.Sheet() {
			b.scan(g, c)
		}
	}
	r := d.Result()
	if !d.Progress().Ready || r.Layout != "de" || advised(r) != "layout-unknown" || !strings.Contains(r.Advice[0].Why.String(), "German") {
		t.Errorf("learnt %+v", r)
	}
	if strings.Trim(r.Wrong, "45$%") != "" || len(r.Wrong) != 4 {
		t.Errorf("wrong characters %q", r.Wrong)
	}
}

// Characters that the scanner cannot type at all are named, and no others.
func TestDoctorNamesCharactersThatNeverCome(t *testing.T) {
	board := scanner.US()
	delete(board, 20) // - and _
	g := good
	g.board = board
	d, b := newPatient()
	for range 2 {
		for _, c := range scanner.Sheet() {
			b.scan(g, c)
		}
	}
	if r := d.Result(); !d.Progress().Ready || r.Layout != "us" || r.Wrong != "-_" || !strings.HasSuffix(r.Advice[0].Why.String(), "- _") {
		t.Errorf("learnt %+v", r)
	}
}

func TestDoctorSeesCapsLockAtTheComputer(t *testing.T) {
	d, b := newPatient()
	turned := good
	turned.letter = swap
	for _, c := range scanner.Sheet() {
		for _, k := range turned.text(c) {
			b.char(8*time.Millisecond, scanner.US(), k)
			if strings.ContainsRune("abcxyz", k) { // Caps Lock makes them capitals
				d.Rune(k-'a'+'A', b.now)
			}
		}
		b.chord(0, scanner.KeyEnter)
		b.wait(time.Second)
	}
	if r := d.Result(); !strings.HasPrefix(advised(r), "gs-dropped caps-lock") {
		t.Errorf("advice %q", advised(r))
	}
}

// Codes of a HID-POS scanner come whole: nothing is to be learnt but what they
// hold.
func TestDoctorTakesWholeCodes(t *testing.T) {
	d := scanner.NewDoctor()
	for _, c := range scanner.Sheet() {
		aim := map[string]string{"code128": "]C0", "gs1-128": "]C1", "qr": "]Q1"}[c.Symbology]
		d.Code(scanner.Frame{At: zero, AIM: aim, Data: []byte(c.Data)})
	}
	if r := d.Result(); !d.Progress().Ready || advised(r) != "" || !r.AIM || r.Separator != scanner.SeparatorSent || r.Typed || r.Layout != "" {
		t.Errorf("learnt %+v", r)
	}
}

// What came of a read before it is no part of a whole code.
func TestDoctorTakesAWholeCodeAlone(t *testing.T) {
	d := scanner.NewDoctor()
	d.Bytes([]byte("12"), zero)
	d.Code(scanner.Frame{At: zero, AIM: "]C0", Data: []byte(scanner.Sheet()[0].Data)})
	if p := d.Progress(); p.Words.Kind != scanner.ReadGood || p.Last != "]C0"+scanner.Sheet()[0].Data {
		t.Errorf("%+v, %q", p.Words, p.Last)
	}
}

// Characters that come wrong by a port are the line's or the scanner's doing, and said
// once they came twice.
func TestDoctorMeetsALineThatIsWrong(t *testing.T) {
	d := scanner.NewDoctor()
	wrong := strings.Replace(scanner.Sheet()[0].Data, "3", "?", 1)
	for i, want := range []struct {
		kind scanner.WordsKind
		text string
	}{
		{scanner.ReadWrong, "Line 1 had wrong characters. Scan it again."},
		{scanner.ReadFaulty, "Line 1 had the same wrong characters again: that is how the scanner sends it."},
	} {
		now := zero.Add(time.Duration(i) * time.Second)
		d.Bytes([]byte(wrong+"\r"), now)
		now = now.Add(time.Second / 2)
		d.Tick(now)
		d.Tick(now)
		if got := d.Progress().Words; got.Kind != want.kind || got.Line != 0 || got.Text.String() != want.text {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	r := d.Result()
	i := slices.IndexFunc(r.Advice, func(a scanner.Advice) bool { return a.Name == "wrong" })
	if r.Wrong != "3" || i < 0 || r.Advice[i].Why.String() != "These characters come out wrong: 3" || r.Typed {
		t.Errorf("%+v", r)
	}
}

// A window that gives characters only: they are what the computer made of it.
func TestDoctorTakesRunesAlone(t *testing.T) {
	d := scanner.NewDoctor()
	now := zero
	for _, c := range scanner.Sheet() {
		for _, r := range c.Data + "\r" {
			d.Rune(r, now)
			now = now.Add(8 * time.Millisecond)
		}
		now = now.Add(time.Second)
		d.Tick(now)
		d.Tick(now)
	}
	if r := d.Result(); !d.Progress().Ready || r.Suffix != "\r" || r.KeyGap != 8*time.Millisecond || advised(r) != "aim" {
		t.Errorf("learnt %+v", r)
	}
}

// Any split of the bytes teaches the same.
func TestDoctorTakesTornBytes(t *testing.T) {
	d := scanner.NewDoctor()
	now := zero
	for _, c := range scanner.Sheet() {
		for _, b := range []byte("]C0" + c.Data + "\r\n") {
			d.Bytes([]byte{b}, now)
			now = now.Add(time.Millisecond)
			d.Tick(now)
			d.Tick(now)
		}
	}
	now = now.Add(time.Second)
	d.Tick(now)
	d.Tick(now)
	if r := d.Result(); !d.Progress().Ready || r.Suffix != "\r\n" || r.Typed {
		t.Errorf("learnt %+v", r)
	}
}

// The sheet can be printed: each line is short enough for its kind of code, and
// none is a part of another.
func TestSheetCanBePrinted(t *testing.T) {
	longest := map[string]int{"code128": 25, "gs1-128": 48, "qr": 150}
	sheet := scanner.Sheet()
	var all strings.Builder
	for i, c := range sheet {
		all.WriteString(c.Data)
		if n := longest[c.Symbology]; len(c.Data) > n || strings.Trim(c.Title, " ") == "" || !utf8.ValidString(c.Data) {
			t.Errorf("%+v cannot be printed", c)
		}
		for j, o := range sheet {
			if i != j && strings.Contains(strings.ToLower(o.Data), strings.ToLower(c.Data)) {
				t.Errorf("%s is a part of %s", c.Title, o.Title)
			}
		}
	}
	for c := ' '; c <= '~'; c++ {
		if !unicode.IsLetter(c) && !strings.ContainsRune(all.String(), c) {
			t.Errorf("%q is on no line", c)
		}
	}
}

// FuzzDoctor: whatever comes, the sheet scanned after it is understood.
func FuzzDoctor(f *testing.F) {
	for _, seed := range []string{"PBCAL1X3579246810\r", "\x0a\x0b\x0c\x24", "\x32\x26\xb2\x24", "\x40\x5a\x58\x51\xc0\x24", "\x25\x23\xa5\x42", "PBCAL9\r\nPBCAL6\x1d\xff"} {
		f.Add([]byte(seed), byte(8), true)
		f.Add([]byte(seed), byte(60), false)
	}
	f.Fuzz(func(t *testing.T, data []byte, pace byte, typed bool) {
		data = data[:min(len(data), 120)]
		d, b := newPatient()
		g := good
		g.serial = !typed
		for _, c := range data {
			if typed {
				b.to.key(scanner.Key{Code: int(c & 0x7F), Down: c&0x80 == 0, At: b.now})
				if c&0x81 == 1 {
					d.Rune(rune(c), b.now)
				}
			} else {
				b.to.bytes([]byte{c}, b.now)
			}
			b.wait(time.Duration(pace) * time.Millisecond)
		}
		b.wait(time.Second)
		if typed { // what was held down goes up
			for code := range 128 {
				b.to.key(scanner.Key{Code: code, At: b.now})
			}
			b.wait(time.Second)
		}
		_, _ = d.Progress(), d.Result()
		for range 2 {
			for _, c := range scanner.Sheet() {
				b.scan(g, c)
			}
		}
		if r := d.Result(); !d.Progress().Ready || !bytes.Contains(data, []byte("PBCAL")) && (r.Suffix != "\r" || r.Prefix != "" || !r.AIM) {
			t.Fatalf("after %q: learnt %+v", data, r)
		}
	})
}
