package sim

import (
	"encoding/binary"
	"fmt"
	"time"
)

// Key codes and event types of linux/input-event-codes.h.
const (
	evSyn = 0
	evKey = 1
	evMsc = 4

	mscScan = 4

	keyTab   = 15
	keyEnter = 28
	keyCtrl  = 29
	keyGS    = 27 // the key of ] on a US keyboard
	keyShift = 42
	keyAltGr = 100
)

// usKeys is the layout that scanners are shipped with.
func usKeys() map[uint16][4]rune {
	layout := map[uint16][4]rune{57: {' ', ' '}}
	for _, row := range []struct {
		first          uint16
		plain, shifted string
	}{
		{2, "1234567890-=", "!@#$%^&*()_+"},
		{16, "qwertyuiop[]", "QWERTYUIOP{}"},
		{30, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
		{43, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
	} {
		for i := range len(row.plain) {
			layout[row.first+uint16(i)] = [4]rune{rune(row.plain[i]), rune(row.shifted[i])}
		}
	}
	return layout
}

// place is how a character is typed: a key and what is held meanwhile.
type place struct {
	code  uint16
	level int // 1: Shift, 2: AltGr, 3: both
}

// placesOf returns the easiest place of each character.
func placesOf(layout map[uint16][4]rune) map[rune]place {
	places := map[rune]place{}
	for code, chars := range layout {
		for level, c := range chars {
			old, known := places[c]
			if c != 0 && (!known || level < old.level || level == old.level && code < old.code) {
				places[c] = place{code, level}
			}
		}
	}
	return places
}

// sayKeys types a code: each key goes down and up, with Shift, AltGr or Ctrl
// held where the character needs it.
func sayKeys(o ScannerOptions, code []byte) ([]piece, error) {
	layout := o.Layout
	if layout == nil {
		layout = usKeys()
	}
	places := placesOf(layout)
	k := keys{gap: o.Gap, at: time.Now()}
	for _, c := range string(o.dress(code)) {
		where, known := places[c]
		switch {
		case c == gs:
			k.held(keyGS, keyCtrl)
		case !known:
			return nil, fmt.Errorf("no key of this scanner types %q", c)
		default:
			k.held(where.code, [][]uint16{nil, {keyShift}, {keyAltGr}, {keyShift, keyAltGr}}[where.level]...)
		}
	}
	switch o.Suffix {
	case "tab":
		k.tap(keyTab)
	case "crlf":
		k.tap(keyEnter)
		k.tap(keyEnter)
	case "cr", "lf":
		k.tap(keyEnter)
	}
	return k.pieces, nil
}

// keys collects key events.
type keys struct {
	gap    time.Duration
	at     time.Time
	pieces []piece
}

// held taps a key while others are down.
func (k *keys) held(code uint16, modifiers ...uint16) {
	for _, m := range modifiers {
		k.press(m, 1)
	}
	k.tap(code)
	for _, m := range modifiers {
		k.press(m, 0)
	}
}

func (k *keys) tap(code uint16) {
	k.press(code, 1)
	k.press(code, 0)
}

// press is one key going down (1) or up (0), as a keyboard reports it.
func (k *keys) press(code uint16, value int32) {
	k.at = k.at.Add(k.gap)
	data := event(nil, k.at, evMsc, mscScan, 0x70000+int32(code))
	data = event(data, k.at, evKey, code, value)
	data = event(data, k.at, evSyn, 0, 0)
	k.pieces = append(k.pieces, piece{k.gap, data})
}

// event appends one struct input_event where times have 64 bits: seconds (8),
// microseconds (8), type (2), code (2), value (4), in the order of the
// processor, which is little-endian wherever the bench runs.
func event(to []byte, at time.Time, kind, code uint16, value int32) []byte {
	to = binary.LittleEndian.AppendUint64(to, uint64(at.Unix()))
	to = binary.LittleEndian.AppendUint64(to, uint64(at.Nanosecond()/1000))
	to = binary.LittleEndian.AppendUint16(to, kind)
	to = binary.LittleEndian.AppendUint16(to, code)
	return binary.LittleEndian.AppendUint32(to, uint32(value))
}

// keyNoise is a lamp, a wheel, and a key that no keyboard has going up.
func keyNoise() []byte {
	at := time.Unix(0, 0)
	data := event(nil, at, 0x11, 1, 1)
	data = event(data, at, 2, 8, -1)
	data = event(data, at, evKey, 0x2FF, 0)
	return event(data, at, evSyn, 0, 0)
}
