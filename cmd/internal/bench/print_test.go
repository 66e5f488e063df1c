package bench

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/unit"
)

// counter is a bench at work without devices.
type counter struct {
	*testing.T
	data  *folder.Folder
	bench *Bench
}

// newCounter starts the bench of the sample shop; set changes its settings.
func newCounter(t *testing.T, p printer.Printer, set func(*config.Settings)) *counter {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	c, _ := startCounter(t, dir, p, set)
	return c
}

// startCounter starts the bench of a data folder; stop ends it before the test
// does.
func startCounter(t *testing.T, dir string, p printer.Printer, set func(*config.Settings)) (c *counter, stop func()) {
	t.Helper()
	return startCounterAt(t, dir, nil, p, set)
}

// startCounterAt is startCounter by another clock.
func startCounterAt(t *testing.T, dir string, clock func() time.Time, p printer.Printer, set func(*config.Settings)) (c *counter, stop func()) {
	t.Helper()
	return startCounterWith(t, dir, clock, StartOptions{Printer: p}, set)
}

func startCounterWith(t *testing.T, dir string, clock func() time.Time, o StartOptions, set func(*config.Settings)) (c *counter, stop func()) {
	t.Helper()
	d, err := folder.Open(t.Context(), dir, folder.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	if set != nil {
		set(&d.Settings)
	}
	b, err := Start(t.Context(), d, o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	stop = sync.OnceFunc(func() {
		cancel()
		<-ended
		b.Close()
		_ = d.Close()
	})
	t.Cleanup(stop)
	return &counter{t, d, b}, stop
}

func (c *counter) do(raw engine.Raw) {
	c.Helper()
	if _, err := c.bench.Engine.Do(c.Context(), raw); err != nil {
		c.Fatal(err)
	}
	if err := c.bench.Engine.Quiet(c.Context()); err != nil {
		c.Fatal(err)
	}
}

// allowed gives a command that a supervisor allows.
func (c *counter) allowed(name string, args ...string) {
	c.Helper()
	c.do(command(name, args...))
	c.do(engine.Badge{Code: "B-SUPERVISOR"})
}

// label packs order 1003 until its label is on its way.
func (c *counter) label() pack.Parcel {
	c.Helper()
	for _, code := range []string{"PB:badge:B-SUPERVISOR", "1003", "9520000000196"} {
		c.do(engine.Scan{Device: "test", Data: code})
	}
	c.do(engine.Weight{Scale: pack.ScaleSteady, Mass: 740 * unit.Gram})
	w := c.bench.Engine.State().Work
	if w == nil || w.Parcel.Label == nil {
		c.Fatalf("no label: %+v", c.bench.Engine.State().Recent)
	}
	return w.Parcel
}

// zplPrinter listens as a label printer on the network does, and keeps what it
// is sent.
type zplPrinter struct {
	net.Listener
	mu   sync.Mutex
	jobs [][]byte
}

func newZPLPrinter(t *testing.T) *zplPrinter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &zplPrinter{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			job, _ := io.ReadAll(conn)
			_ = conn.Close()
			if len(job) > 0 {
				p.mu.Lock()
				p.jobs = append(p.jobs, job)
				p.mu.Unlock()
			}
		}
	}()
	return p
}

func (p *zplPrinter) received() [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.jobs)
}

// L1: a label printer on the network gets the label's dots, and a reprint is
// the same bytes.
func TestZPLPrinterGetsTheKeptDots(t *testing.T) {
	far := newZPLPrinter(t)
	set := func(s *config.Settings) {
		s.Printers.Label.Kind, s.Printers.Label.Address, s.Printers.Label.Mute = "zpl", far.Addr().String(), true
	}
	c := newCounter(t, nil, set)
	label := c.label()
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "damaged")})
	waitFor(t, "two jobs", func() bool { return len(far.received()) == 2 })
	jobs := far.received()
	kept, err := c.data.Store.Document(t.Context(), papers.ZPLOf(label.Label.Document))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(jobs[0], []byte("^XA")) || !bytes.Contains(jobs[0], []byte("^GFA")) {
		t.Errorf("what was sent begins %.40q", jobs[0])
	}
	if !bytes.Contains(jobs[0], kept.PDF) || !bytes.Equal(jobs[0], jobs[1]) {
		t.Errorf("%d and %d bytes were sent, %d are kept", len(jobs[0]), len(jobs[1]), len(kept.PDF))
	}
}

// A printer that draws its bar codes itself gets them as such, also in the
// label that is kept.
func TestZPLPrinterDrawsItsBarsWhereAsked(t *testing.T) {
	far := newZPLPrinter(t)
	c := newCounter(t, nil, func(s *config.Settings) {
		s.Printers.Label.Kind, s.Printers.Label.Address = "zpl", far.Addr().String()
		s.Printers.Label.Mute, s.Printers.Label.NativeBars = true, true
	})
	label := c.label()
	waitFor(t, "the label", func() bool { return len(far.received()) == 1 })
	want := []byte("^FD>;>800" + label.Label.SSCC + "^FS")
	kept, err := c.data.Store.Document(t.Context(), papers.ZPLOf(label.Label.Document))
	if err != nil || !bytes.Contains(kept.PDF, want) || !bytes.Contains(far.received()[0], want) {
		t.Errorf("%v: the SSCC is not left to the printer: %.200q", err, kept.PDF)
	}
}

// A label printer that has no labels is sent nothing, and gets the label once,
// by itself, when somebody has loaded it (L4).
func TestZPLPrinterIsAskedUntilItIsLoaded(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var loaded atomic.Bool
	var labels atomic.Int32
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go hostStatus(conn, &loaded, &labels)
		}
	}()
	t.Cleanup(func() { _ = l.Close() })
	c := newCounter(t, nil, func(s *config.Settings) {
		s.Printers.Label.Kind, s.Printers.Label.Address = "zpl", l.Addr().String()
	})
	c.label()
	if v := c.last(); v.Code != pack.CodePrinterTrouble || !v.Waits || !strings.Contains(v.Trouble.String(), "no labels or paper: Load the printer. It prints by itself") {
		t.Errorf("no labels: %+v", v)
	}
	c.do(engine.Press{Command: pack.Command{Name: "retry"}})
	if v := c.last(); v.Code != pack.CodePrinterTrouble || !v.Waits || labels.Load() != 0 {
		t.Errorf("%d labels, retry: %+v", labels.Load(), v)
	}
	loaded.Store(true)
	waitFor(t, "the label", func() bool { return c.print() == pack.PrintPrinted })
	if n := labels.Load(); n != 1 {
		t.Errorf("%d labels", n)
	}
}

// hostStatus answers as a ZPL printer that prints at once what it is sent.
func hostStatus(conn net.Conn, loaded *atomic.Bool, labels *atomic.Int32) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	in.Buffer(nil, 1<<24)
	in.Split(func(data []byte, _ bool) (int, []byte, error) {
		asked, label := bytes.Index(data, []byte("~HS")), bytes.Index(data, []byte("^XZ"))
		switch { // whichever came first
		case asked >= 0 && (label < 0 || asked < label):
			return asked + 3, data[asked : asked+3], nil
		case label >= 0:
			return label + 3, data[label : label+3], nil
		}
		return 0, nil, nil
	})
	for in.Scan() {
		paper := 1
		if loaded.Load() {
			paper = 0
		}
		if in.Text() == "^XZ" {
			labels.Add(1)
			continue
		}
		fmt.Fprintf(conn, "\x02030,%d,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,6,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n", paper)
	}
}

func waitFor(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
