package port

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"packbench/devices"
)

// Question is one that a device may be asked without harm.
type Question struct {
	Name    string                  // of the protocol that it finds
	Line    devices.Line            // how that protocol's line is set
	Ask     []byte                  // what is sent
	Leave   []byte                  // sent afterwards, to go back to normal work; may be nil
	Answers func(heard []byte) bool // whether what was heard is this protocol's answer
}

// Search looks for the protocol of a device. Open is needed.
type Search struct {
	// Open returns what opens the port with a line.
	Open func(devices.Line) Opener
	// Lines are listened to for a device that speaks by itself, the likeliest
	// first. The others come only when something was heard and not understood:
	// silence is the same at any speed.
	Lines []devices.Line
	// Knows returns the name of the protocol that understands what was heard, ""
	// when none does.
	Knows func(heard []byte) string
	// Questions are asked one after the other. Those that end with LF come
	// first, then those that end with CR: what has no end stays in a device
	// that waits for one, and spoils the next question.
	Questions []Question
	// Progress says in words what is done now, and which step of how many; nil
	// tells nobody. It is called from the goroutine of Probe.
	Progress func(step, steps int, words string)
}

// Found is what a Search has found out.
type Found struct {
	Name  string       // of the protocol, "" when none was found
	Line  devices.Line // with which it was found
	Asked bool         // it spoke when it was asked; else by itself
	Heard []byte       // what came last, up to 4096 bytes; nil when the device was silent throughout
}

// How long a search takes. The longest is one of some lines that each bring
// what is not understood, and of some questions.
const (
	listenFirst = 1200 * time.Millisecond
	listenNext  = 600 * time.Millisecond
	answerWait  = 300 * time.Millisecond
	probeLimit  = 6 * time.Second
	keptBytes   = 4096
)

// Probe finds out how a device speaks. It opens the port as often as the line
// changes, and closes it before it returns, within 6 s. An error is one of the
// port, which Explain puts into words, or that of ctx; a device that was not
// understood is none. No other opener may have the port.
func Probe(ctx context.Context, s Search) (Found, error) {
	if s.Progress == nil {
		s.Progress = func(int, int, string) {}
	}
	if s.Knows == nil {
		s.Knows = func([]byte) string { return "" }
	}
	if len(s.Lines) == 0 {
		s.Lines = []devices.Line{{}}
	}
	limited, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	p := &probing{Search: s, steps: len(s.Lines) + len(s.Questions)}
	defer func() { p.close() }()
	err := p.run(limited)
	if ctx.Err() != nil {
		return Found{}, ctx.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = nil // it has taken as long as it may
	}
	p.found.Heard = bytes.Clone(p.found.Heard)
	return p.found, err
}

// probing is one search on its way.
type probing struct {
	Search
	step, steps int
	found       Found

	line  devices.Line
	conn  io.ReadWriteCloser // nil while no line is open
	heard chan []byte
	ended chan error    // why the reader ended
	stop  chan struct{} // closed to end it
	over  chan struct{} // closed by it
}

func (p *probing) run(ctx context.Context) error {
	for i, line := range p.Lines {
		wait := listenNext
		if i == 0 {
			wait = listenFirst
		}
		if p.found.Heard == nil && i > 0 {
			p.step++
			continue
		}
		p.tell("listening at %s", line)
		if done, err := p.turn(ctx, line, nil, wait, nil); done || err != nil {
			return err
		}
	}
	questions := slices.Clone(p.Questions)
	slices.SortStableFunc(questions, func(a, b Question) int { return unended(a.Ask) - unended(b.Ask) })
	for _, q := range questions {
		p.tell("asking for "+q.Name+" at %s", q.Line)
		done, err := p.turn(ctx, q.Line, q.Ask, answerWait, q.Answers)
		if len(q.Leave) > 0 && p.conn != nil { // also after a late answer
			err = errors.Join(err, p.write(q.Leave))
		}
		if done {
			p.found.Asked = true
			if p.found.Name == "" {
				p.found.Name = q.Name
			}
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unended says how much of a question may stay in a device that waits for the
// end of a line: nothing of one that ends with LF, and one that ends with CR in
// a device that waits for LF.
func unended(ask []byte) int {
	switch {
	case bytes.HasSuffix(ask, []byte("\n")):
		return 0
	case bytes.HasSuffix(ask, []byte("\r")):
		return 1
	}
	return 2
}

func (p *probing) tell(words string, line devices.Line) {
	p.step++
	line = line.WithDefaults()
	p.Progress(p.step, p.steps, fmt.Sprintf(words, fmt.Sprintf("%d %d%c%d", line.Baud, line.Bits, line.Parity[0]&^0x20, line.Stop)))
}

// turn asks something, or nothing, and listens: until the answer, or a weight
// that the device sends by itself, or the end of the wait.
func (p *probing) turn(ctx context.Context, line devices.Line, ask []byte, wait time.Duration, answers func([]byte) bool) (done bool, err error) {
	if err := p.open(line); err != nil {
		return false, err
	}
	if len(ask) > 0 {
		if err := p.write(ask); err != nil {
			return false, err
		}
	}
	var heard []byte
	end := time.NewTimer(wait)
	defer end.Stop()
	for {
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case err := <-p.ended:
			return false, gone("read", err)
		case <-end.C:
			if answers != nil {
				return false, nil // what a scale says to another's question is no proof
			}
			p.found.Name = p.Knows(heard)
			return p.found.Name != "", nil
		case data := <-p.heard:
			heard = append(heard, data...)
			heard = heard[max(0, len(heard)-keptBytes):]
			p.found.Heard, p.found.Line = heard, line.WithDefaults()
			if answers != nil && answers(heard) {
				return true, nil
			}
		}
	}
}

// open gives the port the line, if it has another one.
func (p *probing) open(line devices.Line) error {
	if p.conn != nil && p.line.WithDefaults() == line.WithDefaults() {
		return nil
	}
	p.close()
	conn, err := p.Open(line).Open()
	if err != nil {
		return err
	}
	p.line, p.conn = line, conn
	p.heard, p.ended, p.stop, p.over = make(chan []byte, 64), make(chan error, 1), make(chan struct{}), make(chan struct{})
	go func(heard chan<- []byte, ended chan<- error, stop <-chan struct{}, over chan<- struct{}) {
		defer close(over)
		ended <- read(conn, heard, stop)
	}(p.heard, p.ended, p.stop, p.over)
	return nil
}

// close gives the port back, once its reader has ended.
func (p *probing) close() {
	if p.conn == nil {
		return
	}
	close(p.stop)
	p.conn.Close()
	<-p.over
	p.conn = nil
}

// write sends a few bytes; a port that takes none is closed.
func (p *probing) write(data []byte) error {
	conn := p.conn
	watchdog := time.AfterFunc(writeLimit, func() { conn.Close() })
	defer watchdog.Stop()
	if _, err := conn.Write(data); err != nil {
		return gone("write", err)
	}
	return nil
}
