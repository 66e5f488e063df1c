package main

import (
	"context"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/upkeep"
	"packbench/devices/port"
	"packbench/station/config"
	"packbench/station/screen"
)

// search is the search for the scale's protocol; run's goroutine owns it.
type search struct {
	stop        context.CancelFunc // nil: it has ended
	step, steps int
	words       string
	found       bool
}

// searchNow is the search for the page.
func (f *front) searchNow(s config.Settings) *screen.Search {
	now := f.search
	if now == nil {
		now = &search{}
	}
	out := &screen.Search{Running: now.stop != nil, Step: now.step, Steps: now.steps, Words: now.words, Found: now.found}
	switch {
	case out.Running:
	case s.Scale.Kind == "hid":
		out.Why = "A USB scale needs no protocol: there is one only."
	case s.Scale.Port == "":
		out.Why = "To find the protocol, first say which port the scale is on: choose it from what is plugged in."
	}
	return out
}

// find looks for the protocol of the scale on the port of the draft, or gives
// the search up. The scale itself rests meanwhile.
func (f *front) find(stop bool) {
	if f.search != nil && f.search.stop != nil {
		if stop {
			f.search.stop()
		}
		return
	}
	s := f.settings()
	if stop || s.Scale.Port == "" || s.Scale.Kind == "hid" {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	mine := &search{stop: cancel, words: "beginning"}
	f.search = mine
	live := f.live.Load()
	go func() {
		live.Stop(bench.TheScale) // the port is free when this returns
		found, err := upkeep.FindScale(ctx, s.Scale, func(step, steps int, words string) {
			f.do(func() { mine.step, mine.steps, mine.words = step, steps, words })
		})
		given := ctx.Err() != nil
		cancel()
		f.do(func() {
			f.found(mine, found, err, given)
			f.restart(f.running())
		})
	}()
}

// found takes what a search has found into the draft.
func (f *front) found(s *search, found upkeep.FoundScale, err error, given bool) {
	s.stop, s.found = nil, found.Found && err == nil && !given
	switch {
	case given:
		s.words = "given up"
	case err != nil:
		trouble := port.Explain(err)
		s.words = trouble.Wrong() + ". " + trouble.Advice()
	default:
		s.words = found.Words
	}
	if !s.found {
		return
	}
	next := f.settings()
	next.Scale = found.Scale
	f.draft, f.notice = &next, "found: save to use it"
}
