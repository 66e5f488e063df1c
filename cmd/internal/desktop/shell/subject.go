package shell

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// place is the page that is shown, and what it is about.
type place struct {
	page screen.Page
	of   screen.Subject
}

// Follow closes what belongs to the page of before, once another one is shown, or
// another subject on it: a field, the line that was chosen, the button that the keyboard
// stands on. It reports whether the page has to be made again.
func (s *Shell) Follow(v screen.View) bool {
	was, now := s.at, place{v.Page, v.Of}
	if was == now {
		return false
	}
	s.at, s.Focus = now, ""
	if was.of != now.of {
		delete(s.Selected, "line")
	}
	locked := now.page == screen.PageLocked
	if e := s.Entry; e != nil && (locked || was.page != now.page && e.ID != "code" || was.of != "" && was.of != now.of && !e.Stays()) {
		s.Entry = nil
	}
	s.Help = s.Help && !locked
	return true
}

// waits is what the bench waits to be told.
type waits struct {
	question *pack.Question
	wanted   *pack.Wanted
}

// PutForward shows what the bench asks: what stands before it is closed, and the
// keyboard stands on none of its answers (V8).
func (s *Shell) PutForward(now pack.State) {
	was := s.waits
	s.waits = waits{now.Question, now.Wanted}
	if now.Question != nil && now.Question != was.question || now.Wanted != nil && now.Wanted != was.wanted {
		s.Entry, s.Help, s.Focus = nil, false, ""
	}
}
