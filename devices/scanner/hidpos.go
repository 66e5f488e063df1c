package scanner

import (
	"bytes"
	"time"
)

// Shapes of the reports of a HID scanner, by report id.
const (
	reportSize = 64

	microscanID   = 1
	microscanRoom = 62

	posID   = 2
	posRoom = 56
	posLast = 63 // bit 0: the code goes on in the next report
)

// giveUp is how long the rest of a code may take; reports follow one another
// within a few milliseconds.
const giveUp = time.Second

// HIDPOS decodes a scanner of HID usage page 8C, as hidraw hands it out: one
// report of 64 bytes after the other.
//
// Format: report id 2 · length of the data, 0 to 56 · AIM identifier (3) · data
// (56) · further identifier · reserved · bit 0: the code goes on in the next
// report. A scanner that sends no identifier leaves it zero. Unused data is
// zero, which is not looked at: what counts is the length.
// Example: 02 04 5D 45 34 31 32 33 34 and zeros: EAN-8 "1234", told short.
//
// Microscan has another shape: report id 1 · length, 0 to 62 · data with the
// AIM identifier before it. A full report goes on in the next one. That leaves
// open whether a code of just 62 bytes goes on: silence, or an identifier at
// the start of the next report, say that it does not.
//
// The report id tells the shape. A report of neither shape is dropped, and so is
// the code whose parts it came between: half codes are never put together.
//
// Sources: Access-IS LSR118 manual p. 68 and ATR110 manual p. 33; Microscan MS-4
// help 02-45 and MINI Hawk help 02-49.
type HIDPOS struct {
	opts Options
	id   byte   // of the reports that this scanner sends, 0 while that is not known
	part []byte // a report that has not come to its end

	aim  string
	held []byte
	open bool // the code goes on
	bad  bool // a part of it is lost
	told bool // it was reported as cut
	last time.Time
}

// NewHIDPOS returns a decoder that has seen nothing.
func NewHIDPOS(opts Options) *HIDPOS { return &HIDPOS{opts: opts} }

// Reset forgets half a code.
func (h *HIDPOS) Reset() { *h = HIDPOS{opts: h.opts} }

// Feed takes the bytes of one read.
func (h *HIDPOS) Feed(data []byte, at time.Time) []Frame {
	var frames []Frame
	for len(data) > 0 {
		n := min(reportSize-len(h.part), len(data))
		h.part, data = append(h.part, data[:n]...), data[n:]
		if len(h.part) == reportSize {
			frames = append(frames, h.report(h.part, at)...)
			h.part = h.part[:0]
		}
		h.last = at
	}
	return frames
}

// Wait returns how long nothing must come, counted from the last byte, until
// Silence is to be called; 0 when nothing waits for it.
func (h *HIDPOS) Wait() time.Duration {
	switch {
	case h.open && h.id == microscanID && !h.bad && !h.told && len(h.part) == 0:
		return noSuffix
	case h.open || len(h.part) > 0:
		return giveUp
	}
	return 0
}

// Silence says that nothing has come until now.
func (h *HIDPOS) Silence(now time.Time) []Frame {
	wait := h.Wait()
	if now.Sub(h.last) < wait {
		return nil
	}
	h.part = h.part[:0]
	if !h.open {
		return nil
	}
	h.bad = wait == giveUp // which it always is after a part that was lost
	return h.end(h.last)
}

// piece is what one report says.
type piece struct {
	aim  string
	data []byte
	more bool
}

// report takes a whole report.
func (h *HIDPOS) report(r []byte, at time.Time) []Frame {
	p, ok := h.read(r)
	var frames []Frame
	switch {
	case !ok && !p.more:
		h.bad = h.open // and nothing is begun by it
		return nil
	case !ok:
		h.bad, h.open = true, true // the start of a code that cannot be read: its rest is no code
		return nil
	case h.open && h.id == microscanID && begins(h.held) && begins(p.data):
		frames = h.end(at)
	case h.open && p.aim != h.aim:
		h.bad = true
	}
	h.aim = p.aim
	frames = append(frames, h.hold(p.data, at)...)
	h.open = p.more
	if !p.more {
		frames = append(frames, h.end(at)...)
	}
	return frames
}

// read takes a report apart. Of one that is not understood only more may be
// told.
func (h *HIDPOS) read(r []byte) (p piece, ok bool) {
	n := int(r[1])
	switch {
	case r[0] == posID:
		p.more = r[posLast]&1 != 0
		aim, _ := SplitAIM(r[2:5])
		if n > posRoom || aim == "" && !bytes.Equal(r[2:5], []byte{0, 0, 0}) {
			return p, false
		}
		h.id = posID
		return piece{aim, r[5 : 5+n], p.more}, true
	case r[0] == microscanID && h.id != posID && n <= microscanRoom:
		h.id = microscanID
		return piece{"", r[2 : 2+n], n == microscanRoom}, true
	}
	return piece{}, false
}

// begins reports whether data begins with an AIM identifier.
func begins(data []byte) bool {
	aim, _ := SplitAIM(data)
	return aim != ""
}

// hold keeps a part of a code.
func (h *HIDPOS) hold(data []byte, at time.Time) []Frame {
	if h.bad || h.told {
		return nil
	}
	room := MaxScan - len(h.held)
	h.held = append(h.held, data[:min(room, len(data))]...)
	if len(data) <= room {
		return nil
	}
	frame := h.frame(at, true)
	h.told = true
	return []Frame{frame}
}

// end closes the code that is held. One without data was no scan, unless a part
// of it is lost.
func (h *HIDPOS) end(at time.Time) []Frame {
	var frames []Frame
	if !h.told && (h.bad || len(h.held) > 0) {
		frames = []Frame{h.frame(at, h.bad)}
	}
	h.aim, h.held, h.open, h.bad, h.told = "", h.held[:0], false, false, false
	return frames
}

// frame makes a frame of what is held. A suffix is no part of a code.
func (h *HIDPOS) frame(at time.Time, cut bool) Frame {
	data := bytes.TrimRight(h.held, "\r\n\t")
	if h.aim == "" {
		return h.opts.frame(data, at, cut)
	}
	data = bytes.TrimPrefix(data, []byte(h.opts.Prefix))
	return Options{GS: h.opts.GS}.frame(append([]byte(h.aim), data...), at, cut)
}
