package scale

import (
	"strconv"
	"strings"
	"time"

	"packbench/devices"
)

// Mettler Toledo continuous output: IND, Jaguar and 8142 terminals, Wildcat,
// Kern FTC, Cardinal (type 2), Rice Lake, Ohaus Defender 5000. Sources: Wildcat
// technical manual 12/00, pages 40 and 41; Kern FTC manual, page 42; Cardinal
// 225 manual, page 126; Ohaus Defender 5000 manual, page 80.
//
//	Format:  STX SWA SWB SWC weight(6) tare(6) CR [checksum]
//	         STX SWA SWB SWC weight(6) CR [checksum]          the short variant
//	Example: STX 2C 70 60 "000567" "000000" CR 23   5.67 kg, steady
//
//	SWA  bits 0-2 where the point stands, 3-4 the increment: 1, 2 or 5
//	SWB  bits 0 net, 1 negative, 2 out of range, 3 motion, 4 kg and not lb
//	SWC  bits 0-2 unit: 0 by SWB, 1 g, 2 t, 3 oz, 6 short ton; 4 expanded
//
// An expanded display shows one digit more, which the place of the point
// already counts: bit 4 of SWC changes nothing here.
//
// The checksum makes the low 7 bits of the sum of all bytes 0. Whether there is
// one shows only after the CR. A frame counts at its CR, and a wrong byte after
// it is left out, until two right checksums have come in a row: then the scale
// is known to send them, each frame waits for its checksum, and one that is
// wrong makes it Unknown. Two that are the same line end prove nothing: some
// scales add one, and it may be right by chance.
func mtContinuous() Protocol {
	return Protocol{
		Name:   "mt-continuous",
		Title:  "Mettler Toledo continuous (IND, Jaguar, 8142; Kern FTC, Cardinal, Rice Lake, Ohaus Defender 5000)",
		Line:   devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1},
		Stream: devices.Poll{Timeout: time.Second, Constant: true},
		Zero:   []byte("Z\r\n"),
		Tare:   []byte("T\r\n"),
		New:    func(Profile) Decoder { return &mtDecoder{last: -1, stray: stray{free: tail}} },
	}
}

const (
	mtLong  = 17
	mtShort = 11

	// mtTrust is how many wrong checksums in a row say that the scale was set
	// again and sends none.
	mtTrust = 4
)

type mtDecoder struct {
	held  []byte // from STX
	stray stray
	ended bool            // held is a frame, and what comes next may be its checksum
	frame devices.Reading // what it says
	long  bool            // the scale sends the long frame: a short one has lost bytes
	last  int             // the right checksum before this one; -1 for none
	trust int             // more than 0: the scale sends checksums
}

func (d *mtDecoder) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		if d.ended {
			r, ok, used := d.after(b)
			if ok {
				readings = append(readings, r)
			}
			if used {
				continue
			}
		}
		if r, ok := d.add(b); ok {
			readings = append(readings, r)
		}
	}
	return readings, nil
}

// after takes the byte behind a CR. It is used unless it begins a frame.
func (d *mtDecoder) after(b byte) (r devices.Reading, ok, used bool) {
	d.ended = false
	sum := b
	for _, c := range d.held {
		sum += c
	}
	right := sum&0x7F == 0
	starts := b&0x7F == 2
	defer func() { d.held = d.held[:0] }()
	switch {
	case d.trust > 0 && right:
		d.trust = mtTrust
		return d.frame, true, true
	case d.trust > 0:
		d.trust, d.last = d.trust-1, -1
		if starts { // no checksum came
			return devices.Reading{Raw: raw(d.held)}, true, false
		}
		return devices.Reading{Raw: raw(append(d.held, b))}, true, true
	case starts:
		return devices.Reading{}, false, false
	case !right:
		d.last = -1
	default:
		now := int(b & 0x7F)
		if lineEnd := now == 0 || now == '\r' || now == '\n'; d.last >= 0 && (d.last != now || !lineEnd) {
			d.trust = mtTrust
		}
		d.last = now
	}
	return r, false, true
}

// add takes a byte that is no checksum.
func (d *mtDecoder) add(b byte) (devices.Reading, bool) {
	plain := b & 0x7F
	switch {
	case plain == 2: // a frame that this one tears is dropped: it held no weight yet
		r, ok := d.stray.end()
		d.held = append(d.held[:0], b)
		return r, ok
	case len(d.held) == 0:
		return d.stray.add(b)
	}
	d.held = append(d.held, b)
	n := len(d.held)
	switch {
	case plain == '\r' && (n == mtLong || n == mtShort && !d.long):
		d.frame = mtFrame(d.held)
		d.long = d.long || n == mtLong && d.frame.State != devices.Unknown
		d.ended = true
		return d.frame, d.trust == 0
	case plain == '\r' || n == mtLong:
		r := devices.Reading{Raw: raw(d.held)}
		d.held = d.held[:0]
		return r, true
	}
	return devices.Reading{}, false
}

// mtFrame reads a frame without its checksum.
func mtFrame(frame []byte) devices.Reading {
	r := devices.Reading{Raw: raw(frame)}
	text := masked(frame)
	a, b, c := text[1], text[2], text[3]
	for _, field := range []string{string(text[4:10]), string(text[10 : len(text)-1])} {
		if strings.Trim(strings.TrimLeft(field, " "), "0123456789") != "" {
			return r
		}
	}
	value, err := strconv.Atoi(strings.TrimLeft(string(text[4:10]), " "))
	if err != nil {
		return r // blank
	}
	name, times := mtUnit(b, c)
	if name == "" {
		return r
	}
	if b&0x04 != 0 {
		r.State = devices.Over
		if b&0x02 != 0 {
			r.State = devices.Under
		}
		return r
	}
	point := int(a&7) - 2
	step := [...]int{1, 1, 2, 5}[a>>3&3]
	sign, how := "", steady
	if b&0x02 != 0 {
		sign = "-"
	}
	if b&0x08 != 0 {
		how = moving
	}
	if setWeight(&r, sign+decimalText(int64(value*times), -point), name, how); !r.HasMass {
		return r
	}
	r.Division, _, _ = weight(decimalText(int64(step*times), -point), name)
	r.Net = b&0x01 != 0
	if times > 1 {
		r.Unit = "ton"
	}
	return r
}

// mtUnit returns the unit of a frame and how many of it one digit stands for; ""
// for a unit that is none, such as pieces.
func mtUnit(b, c byte) (name string, times int) {
	switch c & 7 {
	case 0:
		if b&0x10 != 0 {
			return "kg", 1
		}
		return "lb", 1
	case 1:
		return "g", 1
	case 2:
		return "t", 1
	case 3:
		return "oz", 1
	case 6:
		return "lb", 2000
	}
	return "", 0
}
