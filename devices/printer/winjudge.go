package printer

import (
	"strconv"
	"time"

	"packbench/station/trouble"
)

// Bits of a job's status in the spooler of Windows.
const (
	winJobPaused    = 0x1
	winJobError     = 0x2
	winJobDeleting  = 0x4
	winJobOffline   = 0x20
	winJobPaperOut  = 0x40
	winJobPrinted   = 0x80
	winJobDeleted   = 0x100
	winJobBlocked   = 0x200
	winJobAttention = 0x400
	winJobComplete  = 0x1000
)

// Bits of a printer's status there.
const (
	winPaused    = 0x1
	winError     = 0x2
	winJam       = 0x8
	winPaperOut  = 0x10
	winPaper     = 0x40 // a problem with the paper
	winOffline   = 0x80
	winNoToner   = 0x40000
	winAttention = 0x100000
	winDoorOpen  = 0x400000
	winUnknown   = 0x800000 // the server is not known
)

// judgeWindows says where a job stands in a Windows queue. Complete and printed
// mean that the spooler has passed it on: many drivers know no more.
func judgeWindows(job uint32) Result {
	switch {
	case winPassedOn(job):
		return Told(Sent)
	case job&(winJobDeleting|winJobDeleted) != 0:
		return Told(Cancelled)
	case job&winJobPaperOut != 0:
		return Told(PaperOut)
	case job&winJobOffline != 0:
		return Told(Offline)
	case job&winJobPaused != 0:
		return Told(Paused)
	case job&(winJobError|winJobBlocked|winJobAttention) != 0:
		return Told(Stuck)
	}
	return Told(Sent)
}

// winPassedOn reports whether the spooler has done with a job that it still shows.
func winPassedOn(job uint32) bool { return job&(winJobPrinted|winJobComplete) != 0 }

// winHeld is judgeWindows for a job that the spooler shows since a while: one in
// no trouble that has a name, and that makes no headway for the patience, is
// stuck.
func winHeld(job uint32, shown, patience time.Duration) Result {
	r := judgeWindows(job)
	if r.State == Sent && !winPassedOn(job) && shown >= patience {
		return Told(Stuck)
	}
	return r
}

// judgeWindowsPrinter says how a Windows printer is; false when there is no
// trouble.
func judgeWindowsPrinter(state uint32) (Result, bool) {
	switch {
	case state&(winPaperOut|winPaper) != 0:
		return Told(PaperOut), true
	case state&(winOffline|winUnknown) != 0:
		return Told(Offline), true
	case state&winJam != 0:
		return saying(Stuck, trouble.Jammed), true
	case state&winDoorOpen != 0:
		return saying(Stuck, trouble.PrinterOpen), true
	case state&winNoToner != 0:
		return saying(Stuck, trouble.NoInk), true
	case state&winPaused != 0:
		return Told(Paused), true
	case state&(winError|winAttention) != 0:
		return saying(Stuck, trouble.InTrouble), true
	}
	return Result{}, false
}

// sumatraSettings are the print settings for SumatraPDF: pages are never fitted
// to another size, and the paper is named where it has a name for it. Other
// sizes are those of the queue.
func sumatraSettings(media string, copies int) string {
	settings := "noscale"
	if copies > 1 {
		settings += "," + strconv.Itoa(copies) + "x"
	}
	for name, paper := range map[string]string{
		"iso_a4_210x297mm": "A4", "iso_a5_148x210mm": "A5", "iso_a6_105x148mm": "A6", "na_letter_8.5x11in": "letter", "na_legal_8.5x14in": "legal",
	} {
		if media == name {
			settings += ",paper=" + paper
		}
	}
	return settings
}
