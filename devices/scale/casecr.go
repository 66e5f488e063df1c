package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// The bytes of the handshake.
const (
	ecrENQ = 0x05 // host: are you there
	ecrACK = 0x06 // scale: yes
	ecrNAK = 0x15 // scale: I have no weight now
	ecrDC1 = 0x11 // host: send it
)

// ecrSize is the length of a frame from SOH to EOT.
const ecrSize = 15

// CAS ECR: CAS PD-II set to type 6, Samsung cash registers, Ohaus Aviator.
// Source: CAS PD-II manual pp. 19, 23.
//
//	Format:  host ENQ, scale ACK or NAK, host DC1, scale
//	         SOH STX S|U|F sign weight(6) unit(2) BCC ETX EOT
//	Example: 01 02 "S 01.234kg" 65 03 04    stable 1.234 kg
//	         01 02 "SFFFFFFFkg" 19 03 04    over load
//
// BCC is the exclusive or of the bytes between STX and itself. A frame whose
// BCC is wrong is Unknown. Each ENQ starts over, so a step that was lost costs
// one question; a NAK is no reading.
func casECR() Protocol {
	return Protocol{
		Name:   "cas-ecr",
		Title:  "CAS ECR (PD-II type 6, Ohaus Aviator)",
		Line:   devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1},
		Polled: devices.Poll{Ask: []byte{ecrENQ}, Every: 200 * time.Millisecond, Timeout: 500 * time.Millisecond},
		New: func(Profile) Decoder {
			return &ecrDecoder{resync{
				shape: ecrShape, read: ecrFrame, first: ecrSize,
				idle: func(b byte) bool { return strings.IndexByte("\r\n\x00", b&0x7F) >= 0 },
				last: func(b byte) bool { return b&0x7F == 0x04 },
			}}
		},
	}
}

type ecrDecoder struct{ resync }

func (d *ecrDecoder) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		readings = append(readings, d.add(b)...)
		// An ACK ends even a frame that broke off, and then nothing is held;
		// inside a frame the same byte is its BCC.
		if b&0x7F == ecrACK && len(d.held) == 0 {
			reply = append(reply, ecrDC1)
		}
	}
	return readings, reply
}

func ecrShape(held []byte) int {
	if first := held[0] & 0x7F; first == ecrACK || first == ecrNAK {
		return 1
	}
	for i, b := range held {
		if !ecrFits(i, b&0x7F) {
			return -1
		}
	}
	if len(held) < ecrSize {
		return 0
	}
	return ecrSize
}

// ecrFits reports whether a byte may stand at a place.
func ecrFits(i int, b byte) bool {
	var may string
	switch {
	case i == 0:
		may = "\x01"
	case i == 1:
		may = "\x02"
	case i == 2:
		may = "SUF"
	case i == 3:
		may = " +-F"
	case i < 10:
		may = " .0123456789F"
	case i < 12:
		may = " kgltbozKGLTBOZ"
	case i == 12: // BCC
		return true
	case i == 13:
		may = "\x03"
	default:
		may = "\x04"
	}
	return strings.IndexByte(may, b) >= 0
}

// ecrFrame reads a frame, or the one byte of an ACK or NAK.
func ecrFrame(frame []byte) (r devices.Reading, ok bool) {
	if len(frame) != ecrSize {
		return r, false
	}
	plain := masked(frame)
	var bcc byte
	for _, b := range plain[2:13] {
		bcc ^= b
	}
	if bcc != 0 { // over the BCC itself too
		return r, true
	}
	status, value, unit := plain[2], string(plain[3:10]), strings.Trim(string(plain[10:12]), " ")
	if status == 'F' || value[0] == 'F' || strings.Trim(value[1:], "F.") == "" {
		r.State = devices.Over
		return r, true
	}
	number, rest, ok := cutNumber(value)
	if !ok || strings.Trim(rest, " ") != "" {
		return r, true
	}
	how := moving
	if status == 'S' {
		how = steady
	}
	setWeight(&r, number, unit, how)
	return r, true
}
