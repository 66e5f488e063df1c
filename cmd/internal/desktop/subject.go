package desktop

import (
	"packbench/station/pack"
	"packbench/station/screen"
)

// place is the page that is shown, and what it is about.
type place struct {
	page screen.Page
	of   screen.Subject
}

// follow closes what belongs to the page of before, once another one is shown, or
// another subject on it: a field, the line that was chosen, the button that the keyboard
// stands on. It reports whether the page has to be made again.
func (f *Front) follow(v screen.View) bool {
	was, now := f.at, place{v.Page, v.Of}
	if was == now {
		return false
	}
	f.at, f.Focus = now, ""
	if was.of != now.of {
		delete(f.Selected, "line")
	}
	locked := now.page == screen.PageLocked
	if e := f.Entry; e != nil && (locked || was.page != now.page && e.ID != "code" || was.of != "" && was.of != now.of && !e.Stays()) {
		f.Entry = nil
	}
	f.Help = f.Help && !locked
	return true
}

// waits is what the bench waits to be told.
type waits struct {
	question *pack.Question
	wanted   *pack.Wanted
}

// putForward shows what the bench asks: what stands before it is closed, and the
// keyboard stands on none of its answers (V8).
func (f *Front) putForward(s pack.State) {
	was, now := f.waits, waits{s.Question, s.Wanted}
	f.waits = now
	if now.question != nil && now.question != was.question || now.wanted != nil && now.wanted != was.wanted {
		f.Entry, f.Help, f.Focus = nil, false, ""
	}
}
