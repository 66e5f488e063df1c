package scanner_test

import (
	"bytes"
	"strings"
	"testing"

	"packbench/devices/devicetest"
	"packbench/devices/scanner"
)

// suites are what the suite of all scanners needs to know of each kind.
func suites() []devicetest.ScannerSuite {
	typed := devicetest.Typed{}
	return []devicetest.ScannerSuite{
		{
			Kind: "serial",
			Sessions: []devicetest.Session{
				{Name: "a GTIN", Bytes: []byte("]E04006381333931\r")},
				{Name: "codes with all ends", Bytes: []byte("A1\r\n]C110L1\x1d21S1\rB2\tC3\n4006381333931")},
			},
			Bad:     []byte("\x00\xff]\x1d~"),
			Endless: []byte("7"),
		},
		{
			Kind: "keyboard",
			Sessions: []devicetest.Session{
				{Name: "a GTIN", Bytes: typed.Keys("4006381333931\r")},
				{Name: "AIM and GS", Bytes: typed.Keys("]C110L1\x1d21S1\rPKG-000_1\t")},
			},
			Bad: bytes.Join([][]byte{
				devicetest.KeyEvent(1, 0x2FF, 1), devicetest.KeyEvent(0xFFFF, 9, 9), devicetest.KeyEvent(1, 42, 1),
				devicetest.KeyEvent(0, 3, 0), devicetest.KeyEvent(1, 30, 1),
				{1, 2, 3},
			}, nil),
			Endless: typed.Keys("7"),
		},
		{
			Kind: "hid",
			Sessions: []devicetest.Session{
				{Name: "a GTIN", Bytes: pos("]E0", "4006381333931", false)},
				{Name: "a long code", Bytes: join(pos("]Q1", strings.Repeat("x", 56), true), pos("]Q1", "10L1\x1d21S1", false), pos("]E0", "4006381333931", false))},
			},
			Bad:     join(make([]byte, 64), with(pos("]C0", "A", true), 1, 99), []byte{2, 3, ']'}),
			Endless: pos("]Q1", strings.Repeat("x", 56), true),
		},
		{
			Kind: "hid",
			Sessions: []devicetest.Session{
				{Name: "Microscan", Bytes: join(microscan("]A002374938"), microscan(strings.Repeat("x", 62)), microscan("end"))},
			},
			Bad:     join(with(microscan(""), 1, 63), []byte{1, 62}),
			Endless: microscan(strings.Repeat("x", 62)),
		},
		{
			Kind: "rfid",
			Sessions: []devicetest.Session{
				{Name: "a tag", Bytes: []byte(sgtin + "\r")},
				{Name: "tags and other lines", Bytes: []byte("EPC:3000" + sscc + "\r\n" + grai + "\tReady\n" + grai + "\r" + sgtin)},
			},
			Bad:     []byte("\x00\xff:30 "),
			Endless: []byte("3"),
		},
	}
}

func TestSuite(t *testing.T) {
	tested := map[string]bool{}
	for _, s := range suites() {
		tested[s.Kind] = true
		t.Run(s.Kind, func(t *testing.T) { devicetest.Scanner(t, s) })
	}
	for _, k := range scanner.Kinds() {
		if !tested[k.Name] {
			t.Errorf("the kind %s has no suite", k.Name)
		}
	}
}
