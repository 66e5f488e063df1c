package sim

import (
	"strconv"
	"strings"
	"time"
)

// hid sends the reports of a USB scale one after the other, as bytes. It obeys
// report 2, which zeroes it, and sends a report of its status alone now and then.
type hid struct {
	pan
	output bool // id 2 has come, its flags are next
	beats  int
}

func newHID(opts ScaleOptions) voice { return &hid{pan: pan{opts: opts}} }

// statusEvery is how many reports of data come between two of status alone.
const statusEvery = 10

func (v *hid) hear(data []byte, now load, _ time.Time) []byte {
	for _, b := range data {
		switch {
		case v.output:
			v.output = false
			if b&0x02 != 0 {
				v.setZero(now)
			}
		case b == 0x02:
			v.output = true
		}
	}
	return nil
}

func (v *hid) tick(now load, _ time.Time) []byte {
	status, count := v.measure(now)
	power := -decimals(v.opts)
	reports := []byte{0x03, status, hidUnits(v.opts.Unit), byte(int8(power)), byte(count), byte(count >> 8)}
	if v.beats++; v.beats%statusEvery == 0 {
		reports = append(reports, 0x04, status)
	}
	return reports
}

// measure returns the status and, where there is a weight, the digits that the
// display shows. A report has no minus and no more than 16 bits.
func (v *hid) measure(now load) (status byte, count uint16) {
	text, negative := v.show(v.net(now))
	digits, err := strconv.ParseUint(strings.Replace(text, ".", "", 1), 10, 16)
	switch {
	case now.over, err != nil:
		return 6, 0
	case now.under, negative:
		return 5, 0
	case !now.steady:
		return 3, uint16(digits)
	case digits == 0:
		return 2, 0
	}
	return 4, uint16(digits)
}

func hidUnits(name string) byte {
	switch name {
	case "g":
		return 2
	case "kg":
		return 3
	case "oz":
		return 11
	}
	return 12 // lb
}
