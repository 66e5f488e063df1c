package sim

import (
	"strings"
	"time"

	"packbench/station/unit"
)

// mtContinuous speaks Mettler Toledo continuous output with its checksum, and
// hears T, Z, C and P.
type mtContinuous struct {
	pan
	zeroed bool // since it was switched on
	print  bool // P has come since the last frame
}

func newMTContinuous(opts ScaleOptions) voice { return &mtContinuous{pan: pan{opts: opts}} }

func (v *mtContinuous) hear(data []byte, now load, _ time.Time) []byte {
	for _, b := range data {
		switch b & 0x7F {
		case 'Z':
			v.zeroed = v.setZero(now) || v.zeroed
		case 'T':
			v.setTare(now)
		case 'C':
			v.tare = 0
		case 'P':
			v.print = true
		}
	}
	return nil
}

// places says where the point stands: status word A counts from two zeros that
// are not sent.
const places = 2

func (v *mtContinuous) tick(now load, _ time.Time) []byte {
	weight, negative := v.field(v.net(now))
	tare, _ := v.field(v.tare)
	far := now.over || now.under || len(weight) > 6
	if len(weight) > 6 {
		weight = "999999"
	}
	frame := []byte{2, v.wordA(), 0x20, 0x20}
	for bit, on := range []bool{v.tare != 0, negative || now.under, far, !now.steady, v.opts.Unit == "kg", false, !v.zeroed} {
		if on {
			frame[2] |= 1 << bit
		}
	}
	frame[3] |= map[string]byte{"g": 1, "oz": 3}[v.opts.Unit]
	if v.print {
		frame[3] |= 8
	}
	v.print = false
	frame = append(frame, weight+tare+"\r"...)
	var sum byte
	for _, b := range frame {
		sum += b
	}
	return even7(append(frame, -sum))
}

func (v *mtContinuous) wordA() byte {
	step := map[int64]byte{1: 1, 2: 2, 5: 3}[v.opts.lastDigit()]
	return 0x20 | step<<3 | byte(places+decimals(v.opts))&7
}

// field is six digits without a point.
func (v *mtContinuous) field(mass unit.Mass) (digits string, negative bool) {
	text, negative := v.show(mass)
	return zeros(strings.Replace(text, ".", "", 1), 6), negative
}
