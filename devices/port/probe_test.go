package port_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/devices"
	"packbench/devices/port"
)

// scaleOnAWire answers at one line only and keeps what it was sent.
type scaleOnAWire struct {
	line    devices.Line
	answers map[string]string
	stream  string // sent every 100 ms, whatever the line; garbled at a wrong one
	late    time.Duration

	mu    sync.Mutex
	sent  []string
	opens []devices.Line
	open  int
}

func (s *scaleOnAWire) opener(line devices.Line) port.Opener {
	return opened(func() (io.ReadWriteCloser, error) {
		near, far := net.Pipe()
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open++; s.open > 1 {
			return nil, port.ErrInUse
		}
		s.opens = append(s.opens, line)
		closed := make(chan struct{})
		go func() {
			defer close(closed)
			buffer := make([]byte, 100)
			for {
				n, err := far.Read(buffer)
				if err != nil {
					return
				}
				s.mu.Lock()
				s.sent = append(s.sent, string(buffer[:n]))
				s.mu.Unlock()
				if line == s.line {
					time.Sleep(s.late)
					io.WriteString(far, s.answers[string(buffer[:n])])
				}
			}
		}()
		if s.stream != "" {
			go func() {
				for {
					text := s.stream
					if line != s.line {
						text = strings.Repeat("\xfe", 3)
					}
					if _, err := io.WriteString(far, text); err != nil {
						return
					}
					time.Sleep(100 * time.Millisecond)
				}
			}()
		}
		return &counted{Conn: near, done: func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.open--
		}}, nil
	})
}

type counted struct {
	net.Conn
	once sync.Once
	done func()
}

func (c *counted) Close() error {
	c.once.Do(c.done)
	return c.Conn.Close()
}

type opened func() (io.ReadWriteCloser, error)

func (o opened) Open() (io.ReadWriteCloser, error) { return o() }

var (
	eight = devices.Line{}.WithDefaults()
	seven = devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1}
	slow  = devices.Line{Baud: 2400, Bits: 7, Parity: "even", Stop: 1}
)

func search(s *scaleOnAWire) port.Search {
	has := func(part string) func([]byte) bool {
		return func(heard []byte) bool { return bytes.Contains(heard, []byte(part)) }
	}
	return port.Search{
		Open:  s.opener,
		Lines: []devices.Line{eight, seven, slow},
		Knows: func(heard []byte) string {
			if strings.Count(string(heard), "ST,GS,") > 2 {
				return "st-gs"
			}
			return ""
		},
		Questions: []port.Question{
			{Name: "toledo8217", Line: seven, Ask: []byte("Ehello"), Leave: []byte("F"), Answers: has("\x02E\rhello")},
			{Name: "nci", Line: seven, Ask: []byte("S\r"), Answers: has("\x03")},
			{Name: "sics", Line: eight, Ask: []byte("I4\r\n"), Answers: has(`I4 A "`)},
		},
	}
}

func TestProbe(t *testing.T) {
	for _, c := range []struct {
		name  string
		scale *scaleOnAWire
		want  string
		sent  string
		limit time.Duration
	}{
		{
			"answers", &scaleOnAWire{line: eight, answers: map[string]string{"I4\r\n": "I4 A \"123\"\r\n"}},
			"sics at 9600 8 none, asked true", `["I4\r\n"]`, 1300 * time.Millisecond,
		},
		{
			"needs another line", &scaleOnAWire{line: seven, answers: map[string]string{"S\r": "\nS00\r\x03"}},
			"nci at 9600 7 even, asked true", `["I4\r\n" "S\r"]`, 1700 * time.Millisecond,
		},
		{
			"is brought back to weighing", &scaleOnAWire{line: seven, answers: map[string]string{"Ehello": "\x02E\rhello"}},
			"toledo8217 at 9600 7 even, asked true", `["I4\r\n" "S\r" "Ehello" "F"]`, 2 * time.Second,
		},
		{
			"answers too late, and is brought back all the same", &scaleOnAWire{line: seven, late: time.Second, answers: map[string]string{"Ehello": "\x02E\rhello"}},
			"nothing", `["I4\r\n" "S\r" "Ehello" "F"]`, 4 * time.Second,
		},
		{
			"streams", &scaleOnAWire{line: eight, stream: "ST,GS,+001.0kg\r\n"},
			"st-gs at 9600 8 none, asked false", `[]`, 1300 * time.Millisecond,
		},
		{
			"streams at another speed", &scaleOnAWire{line: slow, stream: "ST,GS,+001.0kg\r\n"},
			"st-gs at 2400 7 even, asked false", `[]`, 2500 * time.Millisecond,
		},
		{"is silent", &scaleOnAWire{}, "nothing", `["I4\r\n" "S\r" "Ehello" "F"]`, 2200 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				var steps []string
				s := search(c.scale)
				s.Progress = func(step, of int, words string) { steps = append(steps, fmt.Sprintf("%d/%d %s", step, of, words)) }
				found, err := port.Probe(t.Context(), s)
				took := time.Since(begin)
				synctest.Wait()
				got := "nothing"
				if found.Name != "" {
					got = fmt.Sprintf("%s at %d %d %s, asked %v", found.Name, found.Line.Baud, found.Line.Bits, found.Line.Parity, found.Asked)
				}
				if err != nil || got != c.want {
					t.Errorf("found %s, %v; want %s", got, err, c.want)
				}
				c.scale.mu.Lock()
				defer c.scale.mu.Unlock()
				if sent := fmt.Sprintf("%q", c.scale.sent); sent != c.sent {
					t.Errorf("sent %s, want %s", sent, c.sent)
				}
				if c.scale.open != 0 {
					t.Error("the port is still open")
				}
				if took > c.limit {
					t.Errorf("took %v", took)
				}
				if len(steps) == 0 || steps[0] != "1/6 listening at 9600 8N1" {
					t.Errorf("progress: %q", steps)
				}
				time.Sleep(2 * time.Second) // a late answer finds its end closed
			})
		})
	}
}

func TestProbeEnds(t *testing.T) {
	t.Run("with its context", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer cancel()
			begin := time.Now()
			_, err := port.Probe(ctx, search(&scaleOnAWire{}))
			if took := time.Since(begin); !errors.Is(err, context.DeadlineExceeded) || took != 500*time.Millisecond {
				t.Errorf("%v after %v", err, took)
			}
		})
	})
	t.Run("within 6 s", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := search(&scaleOnAWire{stream: "?"})
			for range 20 {
				s.Lines = append(s.Lines, slow, seven)
			}
			begin := time.Now()
			found, err := port.Probe(t.Context(), s)
			if took := time.Since(begin); err != nil || found.Name != "" || took != 6*time.Second || len(found.Heard) == 0 {
				t.Errorf("%+v, %v after %v", found, err, took)
			}
			time.Sleep(time.Second) // the scale finds its end closed
		})
	})
	t.Run("with the port", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := search(&scaleOnAWire{})
			s.Open = func(devices.Line) port.Opener {
				return opened(func() (io.ReadWriteCloser, error) {
					near, far := net.Pipe()
					time.AfterFunc(100*time.Millisecond, func() { far.Close() })
					return near, nil
				})
			}
			if _, err := port.Probe(t.Context(), s); err == nil || port.Explain(err).Wrong() != "unplugged" {
				t.Errorf("a port that was pulled: %v", err)
			}
			s.Open = func(devices.Line) port.Opener {
				return opened(func() (io.ReadWriteCloser, error) { return nil, fs.ErrNotExist })
			}
			if _, err := port.Probe(t.Context(), s); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a port that is not there: %v", err)
			}
		})
	})
}
