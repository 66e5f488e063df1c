package sim

import (
	"strings"
	"time"
)

// casECR speaks as a CAS PD-II set to cash register type 6, with even parity in
// bit 7: ENQ is answered with ACK, DC1 then with the weight. Below its range it
// has no data.
type casECR struct {
	pan
	asked bool // ENQ has come
}

func newCASECR(opts ScaleOptions) voice { return &casECR{pan: pan{opts: opts}} }

func (v *casECR) hear(data []byte, now load, _ time.Time) []byte {
	var reply []byte
	for _, b := range data {
		asked := v.asked
		v.asked = false
		switch b &= 0x7F; {
		case b == 0x05 && now.under:
			reply = append(reply, 0x15)
		case b == 0x05:
			reply = append(reply, 0x06)
			v.asked = true
		case b == 0x11 && asked:
			reply = append(reply, v.weight(now)...)
		}
	}
	return even7(reply)
}

func (v *casECR) tick(load, time.Time) []byte { return nil }

func (v *casECR) weight(now load) []byte {
	status := "U"
	if now.steady {
		status = "S"
	}
	text, negative := v.show(v.net(now))
	value := sign(negative, " ") + fill(text, "0", 6)
	if now.over {
		value = strings.Repeat("F", 7)
	}
	frame := []byte("\x01\x02" + status + value + fill(v.opts.Unit, " ", 2))
	var bcc byte
	for _, b := range frame[2:] {
		bcc ^= b
	}
	return append(frame, bcc, 0x03, 0x04)
}
