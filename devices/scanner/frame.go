package scanner

import (
	"bytes"
	"time"
)

// MaxScan is the longest code in bytes. Of a longer one the first bytes are
// reported as one scan that is marked as cut.
const MaxScan = 8 << 10

// Silences that end a code (S4).
const (
	// noSuffix ends the code of a scanner that sends no suffix.
	noSuffix = 60 * time.Millisecond
	// lateSuffix ends a code of a scanner that has shown that it sends a
	// suffix: there a short silence is a hiccup in the middle of a code.
	lateSuffix = 300 * time.Millisecond
	// restOfCut is how long after it the rest of a code may come that silence has
	// cut. A person needs longer to see that, and to scan again.
	restOfCut = 500 * time.Millisecond
)

const gs = 0x1D

// Options say how a scanner is set up. The zero value suits most.
type Options struct {
	Prefix string        // what the scanner puts before each code, dropped here
	GS     string        // what the scanner sends in place of the GS1 separator, beside 0x1D
	Layout Layout        // of a scanner that types, as it is set up; nil is US
	PerKey time.Duration // of a scanner that types: what a key takes on average at most; 0 is 35 ms
	AIM    bool          // it sends an AIM identifier with every code
	Suffix bool          // it is known to end every code with CR, LF or Tab; else it may show that
}

// Frame is one code without suffix, prefix and AIM identifier.
type Frame struct {
	At   time.Time // of its last byte or key
	AIM  string
	Data []byte
	Cut  bool // not whole, too long or broken on its way: the first bytes only
}

// frame takes a raw code apart.
func (o Options) frame(raw []byte, at time.Time, cut bool) Frame {
	data := bytes.TrimPrefix(raw, []byte(o.Prefix))
	aim, data := SplitAIM(data)
	if o.GS != "" {
		data = bytes.ReplaceAll(data, []byte(o.GS), []byte{gs})
	}
	return Frame{At: at, AIM: aim, Data: bytes.Clone(data), Cut: cut}
}

// SplitAIM cuts a leading AIM identifier such as "]C1" off a code.
func SplitAIM(code []byte) (aim string, data []byte) {
	if len(code) < 3 || code[0] != ']' || !isLetter(code[1]) || !isLetter(code[2]) && !isDigit(code[2]) {
		return "", code
	}
	return string(code[:3]), code[3:]
}

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
func isDigit(b byte) bool  { return b >= '0' && b <= '9' }

// Framer cuts the bytes of a serial scanner into codes. CR, LF, CR LF or Tab
// end a code, else silence does. A code without its suffix, of a scanner that
// has sent one before, is cut, and so is its rest; the second in a row is whole,
// because the scanner was set to send none.
type Framer struct {
	opts   Options
	held   []byte
	last   time.Time // of the last byte held
	skip   bool      // the rest of a code that was too long
	suffix bool      // this scanner sends a suffix
	cut    time.Time // when silence cut a code of such a scanner; zero for none before this one
	rest   bool      // what is held is the rest of it
}

// NewFramer returns an empty framer.
func NewFramer(opts Options) *Framer { return &Framer{opts: opts, suffix: opts.Suffix} }

// Reset forgets half a code. That this scanner sends a suffix is known still:
// else a hiccup in its first code would cut it.
func (f *Framer) Reset() { *f = Framer{opts: f.opts, suffix: f.suffix} }

// Feed takes the bytes of one read.
func (f *Framer) Feed(data []byte, at time.Time) []Frame {
	var frames []Frame
	for _, b := range data {
		f.last = at
		switch {
		case b == '\r' || b == '\n' || b == '\t':
			f.suffix = f.suffix || len(f.held) > 0
			frames = append(frames, f.end(at, f.rest)...)
		case f.skip:
		case len(f.held) == MaxScan:
			frames = append(frames, f.opts.frame(f.held, at, true))
			f.held, f.skip = f.held[:0], true
		default:
			if len(f.held) == 0 {
				f.rest = !f.cut.IsZero() && at.Sub(f.cut) < restOfCut
			}
			f.held = append(f.held, b)
		}
	}
	return frames
}

// Wait returns how long the line must be silent, counted from the last byte, until
// Silence is to be called; 0 when nothing waits for it.
func (f *Framer) Wait() time.Duration {
	switch {
	case len(f.held) == 0 && !f.skip:
		return 0
	case f.suffix:
		return lateSuffix
	}
	return noSuffix
}

// Silence says that nothing has come until now.
func (f *Framer) Silence(now time.Time) []Frame {
	if wait := f.Wait(); wait == 0 || now.Sub(f.last) < wait {
		return nil
	}
	again := !f.cut.IsZero()
	cut := f.suffix && !again
	f.suffix = f.suffix && !again
	frames := f.end(f.last, cut)
	if cut && len(frames) > 0 {
		f.cut = now
	}
	return frames
}

// end closes the code that is held; none is held between CR and LF.
func (f *Framer) end(at time.Time, cut bool) []Frame {
	held := f.held
	f.held, f.skip = f.held[:0], false
	if len(held) == 0 {
		return nil
	}
	f.cut, f.rest = time.Time{}, false
	return []Frame{f.opts.frame(held, at, cut)}
}
