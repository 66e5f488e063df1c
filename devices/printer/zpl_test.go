package printer

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/devices"
)

// zebra is a label printer on a port of this machine. A label that it takes
// waits until it is let out.
type zebra struct {
	l net.Listener

	mu        sync.Mutex
	paper     bool // out
	pause     bool
	full      bool
	head      bool // open
	ribbon    bool // out
	silent    bool // labels out or head open: it does not answer at all
	keep      bool // labels wait in its memory
	takes     func()
	formats   int
	got       []byte // all labels
	asked     int
	canceled  int
	listening sync.WaitGroup
	conns     map[net.Conn]bool
}

func newZebra(t *testing.T) *zebra {
	t.Helper()
	p := &zebra{conns: map[net.Conn]bool{}}
	p.listen(t, "127.0.0.1:0")
	t.Cleanup(p.off)
	return p
}

func (p *zebra) listen(t *testing.T, address string) {
	t.Helper()
	l, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	p.l = l
	p.listening.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			p.listening.Go(func() { p.serve(conn) })
		}
	})
}

// off switches it off; what waits is lost.
func (p *zebra) off() {
	p.l.Close()
	p.mu.Lock()
	for conn := range p.conns {
		conn.Close()
	}
	p.formats = 0
	p.mu.Unlock()
	p.listening.Wait()
}

func (p *zebra) set(change func(*zebra)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

func (p *zebra) labels() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return string(p.got)
}

func (p *zebra) serve(conn net.Conn) {
	p.set(func(p *zebra) { p.conns[conn] = true })
	defer func() {
		conn.Close()
		p.set(func(p *zebra) { delete(p.conns, conn) })
	}()
	var in []byte
	for buf := make([]byte, 4096); ; {
		n, err := conn.Read(buf)
		in = p.read(conn, append(in, buf[:n]...))
		if err != nil {
			return
		}
	}
}

// read carries out what has arrived whole and returns the rest.
func (p *zebra) read(conn net.Conn, in []byte) []byte {
	for {
		in = bytes.TrimLeft(in, "\r\n")
		end := bytes.Index(in, []byte("^XZ"))
		switch {
		case bytes.HasPrefix(in, []byte("~HS")):
			p.answer(conn)
			in = in[3:]
		case bytes.HasPrefix(in, []byte("~JA")):
			p.set(func(p *zebra) { p.formats, p.canceled = 0, p.canceled+1 })
			in = in[3:]
		case bytes.HasPrefix(in, []byte("^XA")) && end > 0:
			p.take(in[:end+3])
			in = in[end+3:]
		default:
			return in
		}
	}
}

func (p *zebra) take(label []byte) {
	p.mu.Lock()
	p.got = append(p.got, label...)
	p.formats++
	takes := p.takes
	p.mu.Unlock()
	if takes != nil {
		takes()
	}
}

func (p *zebra) answer(conn net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	if p.silent {
		return
	}
	bit := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	fmt.Fprintf(conn, "\x02030,%d,%d,1245,%03d,%d,0,0,000,0,0,0\x03\r\n\x02000,0,%d,%d,0,2,4,0,%08d,1,000\x03\r\n\x021234,0\x03\r\n",
		bit(p.paper), bit(p.pause), p.formats, bit(p.full), bit(p.head), bit(p.ribbon), p.formats)
	if !p.keep && !p.paper && !p.pause && !p.head && !p.ribbon {
		p.formats = max(0, p.formats-1) // one comes out between two questions
	}
}

func (p *zebra) open(t *testing.T) *ZPL {
	t.Helper()
	z, err := NewZPL(ZPLOptions{
		Address: p.l.Addr().String(), Patience: 3 * time.Second, Every: 5 * time.Millisecond, Answer: 400 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return z
}

var zplLabel = Job{Name: "P1-label", Kind: "label", PDF: []byte("%PDF"), ZPL: []byte("^XA^PW812^FO0,0^GFA,1,1,1,FF^FS^XZ")}

func TestZPLPrints(t *testing.T) {
	p := newZebra(t)
	z := p.open(t)
	if s := z.Check(t.Context(), "label"); s.Lamp != devices.Green || s.LastHeard.IsZero() {
		t.Errorf("lamp: %+v", s)
	}
	r, err := z.Print(t.Context(), zplLabel)
	wants(t, r, err, Printed, "printed")
	twice := zplLabel
	twice.Name, twice.Copies = "P2-label", 2
	r, err = z.Print(t.Context(), twice)
	wants(t, r, err, Printed, "printed")
	if want := strings.Repeat(string(zplLabel.ZPL), 3); p.labels() != want {
		t.Errorf("it got %q", p.labels())
	}
	// What it no longer knows it does not guess at.
	r, err = z.Lookup(t.Context(), "P1-label")
	wants(t, r, err, Unknown, "cannot tell whether it printed")
}

// Nothing is sent to a printer that cannot print: nothing can come out later.
func TestZPLTroubleBeforeSending(t *testing.T) {
	for name, c := range map[string]struct {
		set   func(*zebra)
		state State
		words string
	}{
		"paper out":   {func(p *zebra) { p.paper = true }, PaperOut, "no labels"},
		"paused":      {func(p *zebra) { p.pause = true }, Paused, "paused"},
		"head open":   {func(p *zebra) { p.head = true }, Stuck, "head is open"},
		"ribbon out":  {func(p *zebra) { p.ribbon = true }, Stuck, "no ribbon"},
		"buffer full": {func(p *zebra) { p.full = true }, Stuck, "memory is full"},
		"silent":      {func(p *zebra) { p.silent = true }, Stuck, "does not answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newZebra(t)
			p.set(c.set)
			z := p.open(t)
			r, err := z.Print(t.Context(), zplLabel)
			if err == nil || r.State != c.state || !strings.Contains(r.Trouble.Wrong(), c.words) || strings.Contains(r.Trouble.Advice(), "again") || r.Trouble.Advice() == "" {
				t.Errorf("%+v, %v", r, err)
			}
			if s := z.Check(t.Context(), "label"); s.Lamp != devices.Red || !strings.Contains(s.Trouble.Wrong(), c.words) || strings.Contains(s.Trouble.Advice(), "again") {
				t.Errorf("lamp: %+v", s)
			}
			if p.labels() != "" {
				t.Errorf("it got %q", p.labels())
			}
		})
	}
}

// Trouble while the label is in the printer clears by itself.
func TestZPLTroubleWhilePrinting(t *testing.T) {
	for name, c := range map[string]struct {
		begin, end func(*zebra)
		state      State
		words      string
	}{
		"paper out":  {func(p *zebra) { p.paper = true }, func(p *zebra) { p.paper = false }, PaperOut, "no labels"},
		"head open":  {func(p *zebra) { p.head = true }, func(p *zebra) { p.head = false }, Stuck, "head is open"},
		"silent":     {func(p *zebra) { p.silent = true }, func(p *zebra) { p.silent = false }, Stuck, "does not answer"},
		"no headway": {func(p *zebra) { p.keep = true }, func(p *zebra) { p.keep = false }, Stuck, "nothing comes out"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newZebra(t)
			p.takes = func() { p.set(c.begin) }
			z := p.open(t)
			z.opts.Patience = 500 * time.Millisecond
			r, err := z.Print(t.Context(), zplLabel)
			wants(t, r, err, c.state, c.words)
			if !strings.Contains(r.Trouble.Advice(), "not print again") && name != "no headway" {
				t.Errorf("%+v", r)
			}
			r, err = z.Lookup(t.Context(), zplLabel.Name)
			wants(t, r, err, c.state, c.words)
			p.set(c.end)
			until(t, z, zplLabel.Name, Printed)
			if p.labels() != string(zplLabel.ZPL) {
				t.Errorf("it got %q", p.labels())
			}
		})
	}
}

// A printer that vanishes between the job and the answer: nobody knows, and
// nothing is sent again.
func TestZPLVanishes(t *testing.T) {
	p := newZebra(t)
	p.takes = func() { go p.off() }
	p.keep = true
	z := p.open(t)
	r, err := z.Print(t.Context(), zplLabel)
	wants(t, r, err, Unknown, "out of reach")
	if p.labels() != string(zplLabel.ZPL) {
		t.Errorf("it got %q", p.labels())
	}
	r, err = z.Print(t.Context(), zplLabel) // it is still off: surely not taken
	if err == nil || r.State != Offline || strings.Contains(r.Trouble.Advice(), "again") {
		t.Errorf("%+v, %v", r, err)
	}
	if s := z.Check(t.Context(), "label"); s.Lamp != devices.Red || !strings.Contains(s.Trouble.Wrong(), "off or out of reach") {
		t.Errorf("lamp: %+v", s)
	}
}

// Switched off and on with a label in its memory: the label is lost, and the
// empty memory afterwards proves nothing.
func TestZPLSwitchedOffWithALabelInside(t *testing.T) {
	p := newZebra(t)
	p.takes = func() { p.set(func(p *zebra) { p.paper = true }) }
	z := p.open(t)
	r, err := z.Print(t.Context(), zplLabel)
	wants(t, r, err, PaperOut, "no labels")
	address := p.l.Addr().String()
	p.off()
	r, err = z.Lookup(t.Context(), zplLabel.Name)
	wants(t, r, err, Unknown, "out of reach")
	p.paper = false
	p.listen(t, address)
	r, err = z.Lookup(t.Context(), zplLabel.Name)
	wants(t, r, err, Unknown, "cannot tell whether it printed")
	// The same when nobody looked meanwhile.
	r, err = z.Print(t.Context(), zplLabel)
	wants(t, r, err, PaperOut, "no labels")
	z.recall(zplLabel.Name).seen = time.Now().Add(-memoryGap - time.Second)
	r, err = z.Lookup(t.Context(), zplLabel.Name)
	wants(t, r, err, Unknown, "out of reach")
}

func TestZPLCancel(t *testing.T) {
	p := newZebra(t)
	p.takes = func() { p.set(func(p *zebra) { p.paper = true }) }
	z := p.open(t)
	r, err := z.Print(t.Context(), zplLabel)
	wants(t, r, err, PaperOut, "no labels")
	p.set(func(p *zebra) { p.formats++ }) // another bench's
	if r, err := z.Cancel(t.Context(), zplLabel.Name); err == nil || p.canceled != 0 {
		t.Errorf("another's label: %+v, %v", r, err)
	}
	p.set(func(p *zebra) { p.formats-- })
	r, err = z.Cancel(t.Context(), zplLabel.Name)
	wants(t, r, err, Cancelled, "cancelled")
	if r, err := z.Cancel(t.Context(), "P2-label"); err == nil || r.State != Unknown {
		t.Errorf("not known: %+v, %v", r, err)
	}
	p.set(func(p *zebra) {
		p.paper, p.takes, p.keep = false, func() { p.set(func(p *zebra) { p.silent = true }) }, false
	})
	r, err = z.Print(t.Context(), zplLabel)
	wants(t, r, err, Stuck, "does not answer")
	p.set(func(p *zebra) { p.silent, p.formats = false, 0 }) // it came out meanwhile
	r, err = z.Cancel(t.Context(), zplLabel.Name)
	wants(t, r, err, Printed, "printed")
}

func TestZPLPrinterThatNeverAnswers(t *testing.T) {
	p := newZebra(t)
	p.silent = true
	z := p.open(t)
	z.opts.Mute = true
	r, err := z.Print(t.Context(), zplLabel)
	wants(t, r, err, Sent, "sent")
	eventually(t, "the label", func() bool { return p.labels() == string(zplLabel.ZPL) })
	if s := z.Check(t.Context(), "label"); s.Lamp != devices.Green || p.asked != 0 {
		t.Errorf("lamp: %+v, asked %d times", s, p.asked)
	}
}

func TestZPLRefuses(t *testing.T) {
	p := newZebra(t)
	z := p.open(t)
	if r, err := z.Print(t.Context(), label); err == nil || r.State != Rejected || r.Trouble.Wrong() == "" {
		t.Errorf("no ZPL: %+v, %v", r, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := z.Print(ctx, zplLabel); err == nil || p.labels() != "" {
		t.Errorf("given up before it began: %v, %q", err, p.labels())
	}
	for _, address := range []string{"", ":9100", "10.0.0.5:"} {
		if _, err := NewZPL(ZPLOptions{Address: address}); err == nil {
			t.Errorf("%q is an address", address)
		}
	}
	if z, err := NewZPL(ZPLOptions{Address: "zebra.local"}); err != nil || z.opts.Address != "zebra.local:9100" {
		t.Errorf("%+v, %v", z, err)
	}
}

const hostAnswer = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

func TestHostStatus(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		want   hostStatus
		ok     bool
	}{
		"idle":         {hostAnswer, hostStatus{}, true},
		"without CRLF": {strings.ReplaceAll(hostAnswer, "\r\n", ""), hostStatus{}, true},
		"all at once": {
			"\x02030,1,1,1245,017,1,0,1,000,1,1,1\x03\r\n\x02000,0,1,1,0,2,4,0,00000023,1,000\x03\r\n\x02abcd,1\x03\r\n",
			hostStatus{
				paperOut: true, paused: true, bufferFull: true, corrupt: true, cold: true, hot: true, headOpen: true, ribbonOut: true,
				partial: true, formats: 17, remaining: 23,
			},
			true,
		},
		"letters where a letter may be": {strings.Replace(hostAnswer, "0,2,4,0,", "0,K,4,0,", 1), hostStatus{}, true},
		"two lines":                     {hostAnswer[:strings.LastIndex(hostAnswer, "\x02")], hostStatus{}, false},
		"cut short":                     {hostAnswer[:len(hostAnswer)-3], hostStatus{}, false},
		"no number":                     {strings.Replace(hostAnswer, ",000,0,0,0,000", ",00x,0,0,0,000", 1), hostStatus{}, false},
		"too few fields":                {strings.Replace(hostAnswer, ",0,0,0\x03", "\x03", 1), hostStatus{}, false},
		"other words":                   {"HTTP/1.1 400 Bad Request\r\n\r\n", hostStatus{}, false},
		"":                              {"", hostStatus{}, false},
	} {
		st, ok := parseHostStatus([]byte(c.answer))
		if ok != c.ok || ok && st != c.want {
			t.Errorf("%s: %+v, %v", name, st, ok)
		}
	}
}

func FuzzHostStatus(f *testing.F) {
	f.Add([]byte(hostAnswer))
	f.Add([]byte("\x02\x03\x02\x03\x02\x03"))
	f.Add([]byte("\x02030,0,0,1245,99999999999,0\x03"))
	f.Fuzz(func(t *testing.T, data []byte) {
		st, ok := parseHostStatus(data)
		if r, trouble := st.trouble(); ok && (st.waiting() < 0 || trouble && (r.Trouble.Wrong() == "" || r.Trouble.Advice() == "" || r.State == Printed)) {
			t.Fatalf("%+v", st)
		}
	})
}
