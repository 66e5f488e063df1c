package sim

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ScannerOptions say what scanner is simulated; zero values take the defaults.
type ScannerOptions struct {
	Kind   string // see ScannerKinds; "serial"
	Link   string // path of a link to the terminal; "" for none
	Prefix string // before each code
	Suffix string // "cr", "lf", "crlf", "tab" or "none"; "cr". RFID readers end lines with CR LF.
	AIM    bool   // puts an AIM identifier before each code that has none yet
	GS     string // sent in place of the GS1 separator; "" sends it as it is, or Ctrl+] where it is typed
	// Layout is what a scanner that types is set to: by evdev key code the
	// character alone, with Shift, with AltGr and with both; nil is US.
	Layout map[uint16][4]rune
	// Gap is from one piece to the next: bytes of a serial scanner, key events,
	// reports, repeats of a tag. 0 takes 0, 2 ms, 1 ms and 20 ms.
	Gap time.Duration
	// Whole sends a code without a pause between its pieces, as they wait in a kernel's
	// queue for a busy program: where scanner and driver share a process, a pause that
	// the process slept through would end the code.
	Whole bool
	// Repeat is how often an RFID reader says one tag; 5.
	Repeat int
}

// gun is one kind of scanner: what it sends for a code.
type gun struct {
	gap time.Duration // by default
	say func(ScannerOptions, []byte) ([]piece, error)
	// noise is what means nothing in this kind but may well come.
	noise []byte
}

// guns is the registry: a new kind is its own file and a line here.
func guns() map[string]gun {
	return map[string]gun{
		"serial":   {say: sayBytes, noise: []byte("\x00\xFF\x02\x1B[\x80\r\n~~~\r\n")},
		"keyboard": {gap: 2 * time.Millisecond, say: sayKeys, noise: keyNoise()},
		"hid":      {gap: time.Millisecond, say: sayReports, noise: reportNoise()},
		"rfid":     {gap: 20 * time.Millisecond, say: sayTag, noise: []byte("\x00\xFFREADER OK\r\n30ZZ\r\n")},
	}
}

// ScannerKinds names the kinds: a serial line, key presses as Linux gives them,
// HID-POS reports, and an RFID reader on a serial line.
func ScannerKinds() []string { return slices.Sorted(maps.Keys(guns())) }

var suffixes = map[string]string{"cr": "\r", "lf": "\n", "crlf": "\r\n", "tab": "\t", "none": ""}

// Scanner is a simulated scanner. All methods may be called at any time, from
// any goroutine.
type Scanner struct {
	*cable
	opts ScannerOptions
	gun  gun

	sending sync.Mutex // one code after the other

	mu    sync.Mutex
	heard []byte
}

// Check returns what is wrong with the options.
func (o ScannerOptions) Check() error {
	_, err := o.withDefaults()
	return err
}

func (o ScannerOptions) withDefaults() (ScannerOptions, error) {
	if o.Kind == "" {
		o.Kind = "serial"
	}
	if o.Suffix == "" {
		o.Suffix = "cr"
	}
	g, ok := guns()[o.Kind]
	if !ok {
		return o, fmt.Errorf("no simulated scanner is of the kind %q; known: %s", o.Kind, strings.Join(ScannerKinds(), ", "))
	}
	if _, ok := suffixes[o.Suffix]; !ok {
		return o, fmt.Errorf("a scanner ends a code with cr, lf, crlf, tab or none, not %q", o.Suffix)
	}
	if o.Gap == 0 {
		o.Gap = g.gap
	}
	if o.Repeat == 0 {
		o.Repeat = 5
	}
	return o, nil
}

// NewScanner plugs a scanner in.
func NewScanner(opts ScannerOptions) (*Scanner, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Scanner{opts: opts, gun: guns()[opts.Kind]}
	if s.cable, err = newCable(opts.Link, s.listen); err != nil {
		return nil, err
	}
	return s, nil
}

// Scan sends one code as this scanner is set up; a leading AIM identifier is
// sent as it is. It takes as long as the scanner does, and fails when the
// scanner is pulled meanwhile: the rest is never sent.
func (s *Scanner) Scan(data []byte) error { return s.scan(data, s.opts) }

// Burst sends n codes as fast as the kind allows. "{n}" in the code stands for
// 1, 2 and so on.
func (s *Scanner) Burst(n int, data []byte) error {
	opts := s.opts
	if opts.Kind != "rfid" { // a reader's repeats are what it is
		opts.Gap = 0
	}
	for i := range n {
		if err := s.scan(bytes.ReplaceAll(data, []byte("{n}"), strconv.AppendInt(nil, int64(i+1), 10)), opts); err != nil {
			return fmt.Errorf("code %d: %w", i+1, err)
		}
	}
	return nil
}

func (s *Scanner) scan(data []byte, opts ScannerOptions) error {
	pieces, err := s.gun.say(opts, data)
	if err != nil {
		return err
	}
	if opts.Whole {
		pieces = together(pieces)
	}
	s.sending.Lock()
	defer s.sending.Unlock()
	p, _ := s.cable.now() // the rest of a code never goes to the next plugging in
	if p == nil {
		return errUnplugged
	}
	for _, piece := range pieces {
		if err := piece.send(context.Background(), p); err != nil {
			if now, _ := s.cable.now(); now != p {
				return errUnplugged
			}
			return err
		}
	}
	return nil
}

// together is pieces as one, which goes out at once.
func together(pieces []piece) []piece {
	var all piece
	for _, p := range pieces {
		all.data = append(all.data, p.data...)
	}
	return []piece{all}
}

// listen takes what the bench sends, so that it never waits for the scanner.
func (s *Scanner) listen(p *pty) {
	buffer := make([]byte, 256)
	for {
		n, err := p.Read(buffer)
		if err != nil {
			return
		}
		s.mu.Lock()
		if rest := s.heard; len(rest) == 0 || rest[0] != syn || rest[len(rest)-1] == '\r' || len(rest) > 64 {
			s.heard = nil // what was heard is whole
		}
		s.heard = append(s.heard, buffer[:n]...)
		s.mu.Unlock()
	}
}

// syn begins commands such as 16 54 0D, which makes a scanner read.
const syn = 0x16

// Heard returns the last command of the bench, such as a trigger or a beep.
func (s *Scanner) Heard() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.heard)
}

// sayBytes is a serial line: all at once, or byte by byte with a gap.
func sayBytes(o ScannerOptions, code []byte) ([]piece, error) {
	data := append(o.dress(code), suffixes[o.Suffix]...)
	if o.Gap == 0 {
		return []piece{{data: data}}, nil
	}
	var pieces []piece
	for _, b := range data {
		pieces = append(pieces, piece{o.Gap, []byte{b}})
	}
	return pieces, nil
}

const gs = 0x1D

// dress returns prefix, AIM identifier and code.
func (o ScannerOptions) dress(code []byte) []byte {
	aim, data := splitAIM(code)
	if aim == "" && o.AIM {
		aim = guessAIM(data)
	}
	if o.GS != "" {
		data = bytes.ReplaceAll(data, []byte{gs}, []byte(o.GS))
	}
	return slices.Concat([]byte(o.Prefix), []byte(aim), data)
}

func splitAIM(code []byte) (string, []byte) {
	letter := func(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
	if len(code) < 3 || code[0] != ']' || !letter(code[1]) || !letter(code[2]) && !digits(code[2:3]) {
		return "", code
	}
	return string(code[:3]), code[3:]
}

func digits(b []byte) bool {
	return len(b) > 0 && !slices.ContainsFunc(b, func(c byte) bool { return c < '0' || c > '9' })
}

// guessAIM returns the identifier of the symbol that such a code is likely to
// stand in.
func guessAIM(data []byte) string {
	switch n := len(data); {
	case bytes.IndexByte(data, gs) >= 0, bytes.HasPrefix(data, []byte("00")) && n == 20,
		bytes.HasPrefix(data, []byte("01")) && n >= 16 && digits(data[:16]):
		return "]C1"
	case n == 8 && digits(data):
		return "]E4"
	case (n == 12 || n == 13) && digits(data):
		return "]E0"
	case n == 14 && digits(data):
		return "]I1"
	}
	return "]C0"
}
