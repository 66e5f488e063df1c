package scale

import (
	"time"

	"packbench/devices"
)

// NCI SCP-12, also called NCI 3835 or UPS WorldShip, which wants 4800 baud:
// Brecknell PS-USB and others. Sources: Avery 7821 manual, page 25; Brecknell
// LPS-400 manual, page 13; Global 412584 manual, page 25; the code of
// chris-rudmin/serial-nci-scale for the polarity of byte 1.
//
//	Format:  LF display CR status ETX
//	Example: LF "  1.75LB" CR "00" ETX   1.75 lb, steady
//	         LF "  1.75LB" CR "10" ETX   moving
//	         LF "?" CR                   not known
//
// The display of SCP-01 is read too.
func nciSCP12() Protocol {
	return Protocol{
		Name:   "nci-scp12",
		Title:  "NCI SCP-12 / 3835, UPS WorldShip (Brecknell PS-USB)",
		Line:   devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1},
		Polled: devices.Poll{Ask: []byte("W\r"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Zero:   []byte("Z\r"),
		Tare:   []byte("T\r"),
		New:    newNCI(true),
	}
}
