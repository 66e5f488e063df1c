package llrp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"
)

// Port is where readers listen.
const Port = "5084"

// Options of Read. Zero values stand for the defaults.
type Options struct {
	Quiet time.Duration // without a new tag after which all are seen; 3 seconds
	Most  time.Duration // that looking may take; a minute
	Begin time.Duration // in which the reader must answer; 5 seconds
}

// Dial connects to a reader, at port 5084 where the address has none.
func Dial(ctx context.Context, address string) (net.Conn, error) {
	if _, _, err := net.SplitHostPort(address); err != nil {
		address = net.JoinHostPort(address, Port)
	}
	dialer := net.Dialer{Timeout: 5 * time.Second}
	return dialer.DialContext(ctx, "tcp", address)
}

// InUse says that another program has the reader: it serves one at a time.
var ErrInUse = errors.New("another program is connected to the reader: close it first")

// ErrSilent says that no answer came in time.
var ErrSilent = errors.New("the reader does not answer")

// Refused is an order that a reader did not take.
type Refused struct {
	Doing string
	Status
}

// Error gives the reader's own words.
func (r *Refused) Error() string {
	return fmt.Sprintf("the reader refused to %s (%d): %q", r.Doing, r.Code, r.Words)
}

// Read has a reader look for tags and calls each for every tag once, by its EPC, in the
// order in which they were seen first, until for a while no new one is seen. Then it takes
// its order back. The connection is used up: close it. Tags are also told where an error
// comes after them.
func Read(ctx context.Context, conn net.Conn, o Options, each func(Tag)) error {
	s := session{conn: conn, Options: o, each: each, stopped: ctx.Err, seen: map[string]bool{}}
	s.Quiet, s.Most, s.Begin = cmp.Or(o.Quiet, 3*time.Second), cmp.Or(o.Most, time.Minute), cmp.Or(o.Begin, 5*time.Second)
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	err := s.run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

type session struct {
	Options
	conn  net.Conn
	in    Decoder
	ready []Message
	id    uint32
	each  func(Tag)
	// stopped tells whether nobody waits any more.
	stopped func() error
	seen    map[string]bool
	fresh   bool // a new tag since it was last looked
}

func (s *session) run() error {
	begun := false
	for !begun {
		m, err := s.next(time.Now().Add(s.Begin))
		switch {
		case err != nil:
			return err
		case m.Attempt == nil:
		case *m.Attempt != 0:
			return ErrInUse
		default:
			begun = true
		}
	}
	// What an earlier program left there is in the way. There may be nothing.
	if err := s.order("take an order back", DeleteROSpec, full(spec), DeleteROSpecResponse); err != nil && !errors.As(err, new(*Refused)) {
		return err
	}
	if err := s.order("look for tags", AddROSpec, look(), AddROSpecResponse); err != nil {
		return err
	}
	if err := s.order("begin to look for tags", EnableROSpec, full(spec), EnableROSpecResponse); err != nil {
		return err
	}
	if err := s.watch(); err != nil {
		return err
	}
	// All tags are told by now. An order that stays behind is taken back by whoever is next.
	if s.order("stop looking for tags", DeleteROSpec, full(spec), DeleteROSpecResponse) == nil {
		_ = s.order("end the connection", CloseConnection, nil, CloseConnectionResponse)
	}
	return nil
}

// watch takes tags until it was quiet for long enough.
func (s *session) watch() error {
	end := time.Now().Add(s.Most)
	quiet := time.Now().Add(s.Quiet)
	for {
		if s.fresh {
			s.fresh, quiet = false, time.Now().Add(s.Quiet)
		}
		until := quiet
		if until.After(end) {
			until = end
		}
		if _, err := s.next(until); errors.Is(err, ErrSilent) {
			return nil
		} else if err != nil {
			return err
		}
		if !time.Now().Before(until) && !s.fresh {
			return nil
		}
	}
}

// order asks for something and waits for the answer; what the reader says meanwhile is
// heard too.
func (s *session) order(doing string, t Type, value []byte, answer Type) error {
	s.id++
	id := s.id
	if err := s.send(encode(t, id, value)); err != nil {
		return err
	}
	for until := time.Now().Add(s.Begin); ; {
		m, err := s.next(until)
		switch {
		case err != nil:
			return err
		case m.Type != answer && m.Type != ErrorMessage, m.ID != id:
		case m.Status == nil || m.Status.Code == 0 && m.Type == answer:
			return nil
		default:
			return &Refused{Doing: doing, Status: *m.Status}
		}
	}
}

func (s *session) send(b []byte) error {
	err := s.conn.SetWriteDeadline(time.Now().Add(s.Begin))
	if err == nil {
		_, err = s.conn.Write(b)
	}
	return ended(err)
}

// ended says what became of the connection, by whichever call it is noticed.
func ended(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("the connection to the reader ended: %w", err)
}

// next returns the next message. Tags are told and a sign of life is answered here,
// whatever is waited for.
func (s *session) next(until time.Time) (Message, error) {
	for len(s.ready) == 0 {
		if err := s.conn.SetReadDeadline(until); err != nil {
			return Message{}, ended(err)
		}
		if err := s.stopped(); err != nil { // else the deadline tells
			return Message{}, err
		}
		b := make([]byte, 4096)
		n, err := s.conn.Read(b)
		if n > 0 {
			more, broken := s.in.Feed(b[:n])
			s.ready = append(s.ready, more...)
			if broken != nil && len(s.ready) == 0 {
				return Message{}, broken
			}
			continue
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return Message{}, ErrSilent
		}
		if err != nil {
			return Message{}, ended(err)
		}
	}
	m := s.ready[0]
	s.ready = s.ready[1:]
	for _, t := range m.Tags {
		if key := string(t.EPC); key != "" && !s.seen[key] && len(s.seen) < mostTags {
			s.seen[key], s.fresh = true, true
			s.each(t)
		}
	}
	switch {
	case m.Type == KeepAlive:
		return m, s.send(encode(KeepAliveAck, m.ID, nil))
	case m.Closed:
		return m, errors.New("the reader ended the connection")
	}
	return m, nil
}

// mostTags is how many tags one look finds.
const mostTags = 100_000
