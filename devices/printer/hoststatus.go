package printer

import (
	"bytes"
	"strconv"
	"strings"

	"packbench/station/trouble"
)

// hostStatus is what a ZPL printer answers to ~HS.
type hostStatus struct {
	paperOut, paused, bufferFull, corrupt, cold, hot bool
	headOpen, ribbonOut                              bool
	partial                                          bool // a label has arrived in part
	formats                                          int  // labels that wait in its memory
	remaining                                        int  // labels of the batch still to come
}

const (
	stx = 0x02
	etx = 0x03
)

// parseHostStatus reads the three lines of an answer, each from STX to ETX.
// False means that they are not all there, or are something else.
func parseHostStatus(data []byte) (hostStatus, bool) {
	var lines [3][]string
	for i := range lines {
		_, rest, ok := bytes.Cut(data, []byte{stx})
		line, rest, ended := bytes.Cut(rest, []byte{etx})
		if !ok || !ended {
			return hostStatus{}, false
		}
		lines[i], data = strings.Split(string(line), ","), rest
	}
	// aaa,paper,pause,length,formats,full,diagnostic,partial,unused,corrupt,cold,hot
	// mmm,n,head,ribbon,mode,print mode,width mode,label waits,remaining,printing,graphics
	one, two := fields(lines[0]), fields(lines[1])
	if len(one) != 12 || len(two) < 9 || len(lines[2]) != 2 {
		return hostStatus{}, false
	}
	s := hostStatus{
		paperOut: one[1] == 1, paused: one[2] == 1, formats: one[4], bufferFull: one[5] == 1, partial: one[7] == 1,
		corrupt: one[9] == 1, cold: one[10] == 1, hot: one[11] == 1,
		headOpen: two[2] == 1, ribbonOut: two[3] == 1, remaining: two[8],
	}
	return s, s.formats >= 0 && s.remaining >= 0
}

// fields returns the numbers of a line; -1 for what is none. Some are hexadecimal
// or letters, and none of those is wanted.
func fields(line []string) []int {
	numbers := make([]int, len(line))
	for i, field := range line {
		n, err := strconv.ParseUint(strings.TrimSpace(field), 10, 31)
		if numbers[i] = int(n); err != nil {
			numbers[i] = -1
		}
	}
	return numbers
}

// idle says that nothing waits in the printer and nothing is being printed.
func (s hostStatus) idle() bool { return s.formats == 0 && s.remaining == 0 && !s.partial }

// waiting is how many labels are still to come out.
func (s hostStatus) waiting() int { return max(s.formats, s.remaining) }

// trouble says why nothing comes out.
func (s hostStatus) trouble() (Result, bool) {
	code := trouble.Code("")
	switch {
	case s.headOpen:
		code = trouble.HeadOpen
	case s.paperOut:
		return Result{State: PaperOut, Trouble: trouble.New(trouble.PaperOut)}, true
	case s.ribbonOut:
		code = trouble.NoRibbon
	case s.hot:
		code = trouble.HeadHot
	case s.cold:
		code = trouble.HeadCold
	case s.corrupt:
		code = trouble.MemoryDamaged
	case s.bufferFull:
		code = trouble.MemoryFull
	case s.paused:
		return Result{State: Paused, Trouble: trouble.New(trouble.Paused).With(trouble.PressPause)}, true
	default:
		return Result{}, false
	}
	return saying(Stuck, code), true
}
