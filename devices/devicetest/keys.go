package devicetest

import (
	"encoding/binary"
	"strconv"
	"time"

	"packbench/devices/scanner"
)

// KeyEvent is one struct input_event of Linux for this machine.
func KeyEvent(kind, code uint16, value uint32) []byte {
	return keyEvent(strconv.IntSize/8, kind, code, value)
}

func keyEvent(word int, kind, code uint16, value uint32) []byte {
	stamp := time.Unix(1_763_800_000, 0)
	event := make([]byte, word, 2*word+8)
	if word == 8 {
		binary.NativeEndian.PutUint64(event, uint64(stamp.Unix()))
	} else {
		binary.NativeEndian.PutUint32(event, uint32(stamp.Unix()))
	}
	event = append(event, make([]byte, word)...)
	event = binary.NativeEndian.AppendUint16(event, kind)
	event = binary.NativeEndian.AppendUint16(event, code)
	return binary.NativeEndian.AppendUint32(event, value)
}

// Press is what a keyboard sends when a key goes down or up, with the scan code
// before it and the report after it. The code is that of X11.
func Press(code int, down bool) []byte { return press(strconv.IntSize/8, code, down) }

func press(word, code int, down bool) []byte {
	var value uint32
	if down {
		value = 1
	}
	events := keyEvent(word, 4, 4, 0x70000|uint32(code)) // EV_MSC, MSC_SCAN
	events = append(events, keyEvent(word, 1, uint16(code-8), value)...)
	return append(events, keyEvent(word, 0, 0, 0)...)
}

// Keys of X11 that the tests name.
const (
	keyCtrl  = 37
	keyShift = 50
	keyClose = 35 // the ] of a US keyboard
)

// Typed is what a scanner that types sends for a text: with Shift where the
// layout wants it, Enter for CR, Tab, and Ctrl+] for GS. It is for the machine
// word of Word bytes; 0 means this machine's.
type Typed struct {
	Layout scanner.Layout // nil is US
	Word   int
}

// Keys returns the events of a text. A character that the layout has not is left
// out.
func (t Typed) Keys(text string) []byte {
	if t.Layout == nil {
		t.Layout = scanner.US()
	}
	if t.Word == 0 {
		t.Word = strconv.IntSize / 8
	}
	var events []byte
	for _, c := range text {
		switch c {
		case '\r':
			events = append(events, t.tap(scanner.KeyEnter)...)
		case '\t':
			events = append(events, t.tap(scanner.KeyTab)...)
		case 0x1D:
			events = append(events, t.under(keyCtrl, keyClose)...)
		default:
			events = append(events, t.char(c)...)
		}
	}
	return events
}

func (t Typed) tap(code int) []byte {
	return append(press(t.Word, code, true), press(t.Word, code, false)...)
}

func (t Typed) under(modifier, code int) []byte {
	events := append(press(t.Word, modifier, true), t.tap(code)...)
	return append(events, press(t.Word, modifier, false)...)
}

// char finds the key of a character among those that scanners use.
func (t Typed) char(c rune) []byte {
	for code := 10; code <= 65; code++ {
		if plain, _ := t.Layout.Char(code, false, false); plain == c {
			return t.tap(code)
		}
		if shifted, _ := t.Layout.Char(code, true, false); shifted == c {
			return t.under(keyShift, code)
		}
	}
	return nil
}
