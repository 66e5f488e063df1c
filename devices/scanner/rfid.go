package scanner

import (
	"crypto/sha256"
	"maps"
	"strconv"
	"strings"
	"time"

	"packbench/station/gs1"
)

// A tag in the field of a reader is read many times a second: it counts again
// once it has not been read for away. maxTags bounds what is remembered for it;
// while that is full of tags in the field a further one is not taken yet.
const (
	away    = 2 * time.Second
	maxTags = 1024
)

// epcLength is the least number of hex digits that are surely a tag and no
// barcode: 96 bits.
const epcLength = 24

// RFID decodes a reader of RFID tags on a serial line that sends one EPC a line,
// as hex digits.
//
// Format: hex digits, large or small, with "EPC" and a colon before them or
// without, in groups or in one, alone or after the PC word (4 digits that tell
// the length); then CR, LF, CR LF, Tab or silence.
// Example: EPC:3000 3074257BF7194E4000001A85 and CR.
//
// An SGTIN-96 becomes the element string 01, 21 and an SSCC-96 becomes 00: see
// gs1.ParseEPC. Any other line comes as its text: a tag in capitals and without
// the PC word, so that it can be linked to a product.
//
// Sources: GS1 EPC Tag Data Standard 1.13, 9.3 (PC word) and 14.5.
type RFID struct {
	lines *Framer
	seen  map[[sha256.Size]byte]time.Time // when a tag was last read
}

// NewRFID returns a decoder that has seen nothing.
func NewRFID(opts Options) *RFID {
	lines := NewFramer(Options{Prefix: opts.Prefix}) // a tag holds no separator that a substitute could stand for
	return &RFID{lines: lines, seen: map[[sha256.Size]byte]time.Time{}}
}

// Reset forgets half a line. Tags that were read are still remembered: one that
// lay in the field while the cable was out must not count twice.
func (r *RFID) Reset() { r.lines.Reset() }

// Feed takes the bytes of one read.
func (r *RFID) Feed(data []byte, at time.Time) []Frame { return r.tags(r.lines.Feed(data, at)) }

// Wait returns how long the line must be silent, counted from the last byte, until
// Silence is to be called; 0 when nothing waits for it.
func (r *RFID) Wait() time.Duration { return r.lines.Wait() }

// Silence says that nothing has come until now.
func (r *RFID) Silence(now time.Time) []Frame { return r.tags(r.lines.Silence(now)) }

// tags makes lines into tags, and leaves out those that were in the field.
func (r *RFID) tags(lines []Frame) []Frame {
	var frames []Frame
	for _, f := range lines {
		if f.AIM == "" && !f.Cut { // an identifier is that of a barcode, which no reader repeats
			f.AIM, f.Data = tag(string(f.Data))
			if len(f.Data) == 0 || !r.fresh(f) {
				continue
			}
		}
		frames = append(frames, f)
	}
	return frames
}

// fresh reports whether a tag has come into the field just now.
func (r *RFID) fresh(f Frame) bool {
	key := sha256.Sum256(f.Data)
	last, known := r.seen[key]
	if !known && len(r.seen) == maxTags {
		maps.DeleteFunc(r.seen, func(_ [sha256.Size]byte, last time.Time) bool { return f.At.Sub(last) >= away })
		if len(r.seen) == maxTags {
			return false // never a tag twice: this one is read again while it stays
		}
	}
	r.seen[key] = f.At
	return !known || f.At.Sub(last) >= away
}

// tag reads a line. An EPC with a number of GS1 gets the identifier of a GS1
// code, so that whoever resolves it reads an element string; any other gets that
// of no symbology, so that nobody takes its digits for one.
func tag(line string) (aim string, data []byte) {
	line = strings.TrimSpace(line)
	text := strings.ToUpper(strings.ReplaceAll(line, " ", ""))
	if digits, ok := strings.CutPrefix(text, "EPC"); ok {
		text = strings.TrimLeft(digits, ":=")
	}
	if len(text) < epcLength || len(text)%4 != 0 || strings.Trim(text, "0123456789ABCDEF") != "" {
		return "", []byte(line)
	}
	epc, isEPC := withoutPC(text)
	if isEPC {
		if es, err := gs1.ParseEPC(epc); err == nil {
			if data, err := gs1.EncodeElements(es); err == nil {
				return "]C1", []byte(data)
			}
		}
	}
	return "]X0", []byte(epc)
}

// withoutPC takes the PC word off if there is one: its first five bits say how
// many words of four digits follow. One bit of it says that they are no EPC.
func withoutPC(text string) (epc string, isEPC bool) {
	const notEPC = 0x0100
	pc, _ := strconv.ParseUint(text[:4], 16, 16) // they are hex digits
	if len(text)-4 != int(pc>>11)*4 {
		return text, true
	}
	return text[4:], pc&notEPC == 0
}
