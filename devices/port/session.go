package port

import (
	"errors"
	"fmt"
	"io"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// session is one opening of the port: its timers and its conversation.
type session struct {
	*Runner
	conn io.ReadWriteCloser

	ask    timer // next question
	answer timer // an answer is due
	quiet  timer // the handler waits for silence
	asked  bool  // a question is open
	missed int   // questions in a row without an answer
	looked bool  // the silence was seen once; the second look decides
}

// feed hands bytes to the handler and does what follows from them.
func (s *session) feed(data []byte) error {
	at := time.Now()
	if s.opts.Raw != nil {
		s.opts.Raw(data, at)
	}
	return s.heed(s.opts.Handler.Feed(data, at), true)
}

// silence takes two looks, see grace. waiting is what has been read meanwhile.
func (s *session) silence(waiting int) error {
	switch {
	case waiting > 0:
		s.quiet.reset(grace, true)
		return nil
	case !s.looked:
		s.looked = true
		s.quiet.reset(grace, true)
		return nil
	}
	return s.heed(s.opts.Handler.Quiet(time.Now()), false)
}

func (s *session) heed(h devices.Heard, came bool) error {
	s.looked = false
	s.quiet.reset(max(h.Quiet-grace, 0), h.Quiet > 0)
	if came || h.Good+h.Bad > 0 || s.lamp.left > 0 {
		s.lamp.heard(h, time.Now(), s.opts.Poll.Awaited())
	}
	if h.Good+h.Bad > 0 {
		s.answered()
	}
	if len(h.Reply) > 0 {
		return s.write(h.Reply)
	}
	return nil
}

// answered closes the open question. A streaming device answers all the time
// and is asked again only after a silence.
func (s *session) answered() {
	s.missed = 0
	switch every := s.opts.Poll.Every; {
	case !s.opts.Poll.Awaited():
	case every == 0 || s.opts.Poll.Constant:
		s.answer.reset(s.opts.Poll.Timeout, true)
	case s.asked:
		s.answer.reset(0, false)
		s.ask.reset(time.Until(s.ask.began.Add(every)), true)
	}
	s.asked = false
}

// poll asks the device.
func (s *session) poll() error {
	s.asked = true
	s.ask.began = time.Now()
	s.answer.reset(s.opts.Poll.Timeout, true)
	return s.write(s.opts.Poll.Ask)
}

// unanswered asks again; the second miss turns the lamp red.
func (s *session) unanswered() error {
	s.missed++
	if s.missed >= 2 {
		s.lamp.silent()
	}
	if len(s.opts.Poll.Ask) == 0 {
		s.answer.reset(s.opts.Poll.Timeout, true)
		return nil
	}
	return s.poll()
}

// write sends a command. The watchdog closes a port that takes nothing, which
// ends the write; the runner then opens it again.
func (s *session) write(command []byte) error {
	watchdog := time.AfterFunc(writeLimit, func() { s.conn.Close() })
	_, err := s.conn.Write(command)
	switch inTime := watchdog.Stop(); {
	case err == nil:
		return nil
	case errors.Is(err, errRefused):
		s.opts.Log.Warn("command refused", "device", s.opts.Device, "kind", s.opts.Kind, "err", err)
		return nil
	case inTime:
		return gone("write", err)
	}
	return trouble.New(trouble.TakesNoCommands, s.opts.Kind).From(fmt.Errorf("write: %w", err))
}

// timer is a timer that may be off.
type timer struct {
	t     *time.Timer
	began time.Time
}

// reset sets the timer again, or switches it off.
func (t *timer) reset(d time.Duration, on bool) {
	switch {
	case t.t == nil && on:
		t.t = time.NewTimer(d)
	case t.t != nil && on:
		t.t.Reset(d) // since Go 1.23 no old tick is left behind
	case t.t != nil:
		t.t.Stop()
	}
}

// C returns the channel of the timer; a timer never set has none.
func (t *timer) C() <-chan time.Time {
	if t.t == nil {
		return nil
	}
	return t.t.C
}
