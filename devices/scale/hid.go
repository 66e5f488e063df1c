package scale

import (
	"time"

	"packbench/devices"
	"packbench/station/unit"
)

// hidSize is the length of a report of data with its id.
const hidSize = 6

// USB scales of usage page 8D: DYMO, Mettler Toledo PS60 and Ariva, Stamps.com,
// Fairbanks SCB-R9000. Sources: "HID Point of Sale Usage Tables" 1.02, "Weighing
// Devices" 0.9.
//
//	Format:  id(3 or 4) status(1) unit(1) exponent(1, signed) weight(2, low byte first)
//	         04 status                  report of the status alone, no reading
//	Example: 03 04 0C FE FE 01          stable, 12 = lb, 510 × 10^-2: 5.10 lb
//	         03 05 0B FF 00 00          under zero, which is no zero
//
// Status: 1 fault, 2 stable at zero, 3 moving, 4 stable, 5 under zero, 6 over
// load, 7 to be calibrated, 8 to be zeroed. One read of the device is one report;
// the decoder cuts all the same by itself, so that nothing hangs on it. A report
// longer than its data ends with zeros, which are skipped. The first report
// after opening is an old one. Unit 0 says nothing and a tael is a different
// mass in each country: both are Unknown.
func hid() Protocol {
	return Protocol{
		Name:       "hid",
		Title:      "USB scale (DYMO, Mettler Toledo PS60, Stamps.com, Fairbanks)",
		Stream:     devices.Poll{Timeout: time.Second, Constant: true},
		Zero:       []byte{0x02, 0x02}, // report 2: zero the scale
		StaleFirst: true,
		USB:        true,
		New: func(Profile) Decoder {
			return &resync{
				shape: hidShape, read: hidReport, first: hidSize,
				idle: func(b byte) bool { return b == 0 },
				last: func(byte) bool { return false },
			}
		},
	}
}

// hidShape knows a report by what its bytes can be. A report with id 4 is one of
// status alone when the next can begin right after it: no scale of kilograms or
// carats counts in tens or more.
func hidShape(held []byte) int {
	id := held[0]
	switch {
	case id != 3 && id != 4, len(held) > 1 && (held[1] < 1 || held[1] > 8):
		return -1
	case len(held) < 3:
		return 0
	}
	if id == 4 && (held[2] == 3 || held[2] == 4) {
		switch {
		case len(held) < 4:
			return 0
		case held[3] >= 1 && held[3] <= 8:
			return 2
		}
	}
	switch {
	case held[2] > 12:
		return -1
	case len(held) < 4:
		return 0
	}
	if exponent := int8(held[3]); exponent < -9 || exponent > 3 {
		return -1
	}
	if len(held) < hidSize {
		return 0
	}
	return hidSize
}

// hidReport reads one report.
func hidReport(report []byte) (r devices.Reading, ok bool) {
	if len(report) < hidSize {
		return r, false
	}
	if report[0] == 4 && string(report[2:]) == "\x00\x00\x00\x00" {
		return r, false // status alone, filled up with zeros
	}
	switch report[1] {
	case 1, 7, 8:
		r.State = devices.Error
	case 2:
		r = hidWeight(report, steady)
		if r.Mass != 0 {
			r = devices.Reading{} // a zero that is none
		}
	case 3:
		r = hidWeight(report, moving)
	case 4:
		r = hidWeight(report, steady)
	case 5:
		r.State = devices.Under
	case 6:
		r.State = devices.Over
	}
	return r, true
}

// hidWeight reads the weight, exact: a unit is a whole number of milligrams
// times a power of ten.
func hidWeight(report []byte, how steadiness) (r devices.Reading) {
	name, milligrams, power := hidUnit(report[2])
	if name == "" {
		return r
	}
	exponent := int(int8(report[3]))
	count := int64(report[4]) | int64(report[5])<<8
	setWeight(&r, decimalText(count*milligrams, exponent+power), "mg", how)
	division, err := unit.MassOf(decimalText(milligrams, exponent+power), "mg")
	if err != nil || !r.HasMass {
		return devices.Reading{}
	}
	r.Unit, r.Division = name, division
	return r
}

// hidUnit returns a unit's name and its milligrams as a number and a power of ten;
// no name for one that is not known.
func hidUnit(code byte) (name string, milligrams int64, power int) {
	switch code {
	case 1:
		return "mg", 1, 0
	case 2:
		return "g", 1, 3
	case 3:
		return "kg", 1, 6
	case 4:
		return "ct", 2, 2
	case 6:
		return "gr", 6_479_891, -5
	case 7:
		return "dwt", 155_517_384, -5
	case 8:
		return "t", 1, 9
	case 9:
		return "ton", 90_718_474, 1
	case 10:
		return "ozt", 311_034_768, -4
	case 11:
		return "oz", 28_349_523_125, -6
	case 12:
		return "lb", 45_359_237, -2
	}
	return "", 0, 0
}
