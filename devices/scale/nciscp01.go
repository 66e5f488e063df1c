package scale

import (
	"bytes"
	"time"

	"packbench/devices"
)

// NCI SCP-01, also called NCI 3825 or NCI standard: Weigh-Tronix, Brecknell
// 67xx, NCI 7600 and 7800, Adam MDW, Ohaus Aviator. Sources: NCI 6702 manual,
// page 14; Avery 7821 manual, page 25; Ohaus Aviator 7000 service manual, pages
// 47 to 49; Adam MDW manual, pages 13 to 15.
//
//	Format:  LF display CR LF status CR ETX
//	Example: LF "0001.75lb" CR LF "00" CR ETX   1.75 lb, steady
//	         LF "0001.75lb" CR LF "10" CR ETX   moving
//	         LF "02lb 05.2oz" CR LF "00" CR ETX
//	         LF "^^^^^^lb" CR LF "02" CR ETX    over capacity
//	         LF "S10" CR ETX                    moving, without a weight
//
// The display of SCP-12 is read too: the probe cannot tell the two apart.
func nciSCP01() Protocol {
	return Protocol{
		Name:   "nci-scp01",
		Title:  "NCI SCP-01 / 3825 (Weigh-Tronix, Brecknell, Adam MDW, Ohaus Aviator)",
		Line:   devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1},
		Polled: devices.Poll{Ask: []byte("W\r"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Zero:   []byte("Z\r"),
		Tare:   []byte("T\r"),
		Probe:  &Probe{Ask: []byte("S\r"), Answers: nciAnswers},
		New:    newNCI(false),
	}
}

// nciAnswers looks for LF status CR ETX.
func nciAnswers(heard []byte) bool {
	for rest := masked(heard); ; {
		_, after, found := bytes.Cut(rest, []byte("\n"))
		if !found {
			return false
		}
		if status, _, ended := bytes.Cut(after, []byte("\r\x03")); ended {
			if _, ok := nciStatus(string(status), false); ok {
				return true
			}
		}
		rest = after
	}
}
