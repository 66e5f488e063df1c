package shell

import (
	"fmt"
	"time"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// heardFor is how long the answer to a scan stands on a page that is not the bench's.
const heardFor = 10 * time.Second

// Hear shows what a scan or a card led to, whatever page is open: its answer stands on
// the bench, which comes forward, but for a page where something is being typed or set
// up. There it stands on top for a while, so that no scan is taken in silence.
func (s *Shell) Hear(u engine.Update, now time.Time) {
	switch u.Input.Event.(type) {
	case pack.Scanned, pack.Command, pack.OrderReady, pack.OrderRefused: // an order that was scanned comes a moment later
	default:
		return
	}
	switch s.Page {
	case screen.PageTrace, screen.PageQueue, screen.PageCases, screen.PageShift, screen.PageDock, screen.PageStock, screen.PageCount, screen.PageCatalogue:
		if s.Entry == nil || s.Page == screen.PageTrace || s.Page == screen.PageQueue {
			s.Open("")
		}
	}
	if v, judged := u.Verdict(); judged && s.Page != "" && s.Page != "bench" {
		s.heard, s.heardAt = screen.HeardOf(s.Language(), v, s.Names), now
	}
}

// Aloud says a verdict in the language of the badge, with the answers that a question
// takes, for whoever does not see the screen.
func (s *Shell) Aloud(v pack.Verdict, asked *pack.Question) {
	l := s.Language()
	words := l.Message(v, s.Names)
	if asked != nil && v.Kind == pack.Asked {
		for _, c := range asked.Choices {
			words += fmt.Sprintf(" %d: %s.", c.N, screen.ChoiceText(l, c.Text))
		}
	}
	s.Live().Say(l.Tag(), words)
}

// Heard is what stands on top of the page now.
func (s *Shell) Heard(now time.Time) screen.Heard {
	if s.Page == "" || now.Sub(s.heardAt) > heardFor {
		s.heard = screen.Heard{}
	}
	return s.heard
}

// Languages are those that names are written in here: of the station's people, and of
// the country that the shop is in.
func (s *Shell) Languages() []string {
	own := []string{s.Folder.StationWords().Tag()}
	if of, ok := s.Folder.Book.Of(s.Folder.Sender().Country); ok {
		own = append(own, of.Tag())
	}
	return own
}

// Scan is a code by touch: through the simulated scanner where there is one,
// so that it comes in as a real one does.
func (s *Shell) Scan(code string) {
	if s.Simulator != nil {
		if err := s.Simulator.Scan([]byte(code)); err != nil {
			s.Folder.Log.Warn("simulated scanner", "error", err)
		}
		return
	}
	s.Bench.Engine.Post(engine.Scan{Device: engine.Touch, Data: code})
}
