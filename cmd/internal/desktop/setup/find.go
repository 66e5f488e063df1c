package setup

import (
	"context"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/doctor"
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
func (p *Page) searchNow(s config.Settings) *screen.Search {
	now := p.search
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
func (p *Page) find(stop bool) {
	if p.search != nil && p.search.stop != nil {
		if stop {
			p.search.stop()
		}
		return
	}
	s := p.settings()
	if stop || s.Scale.Port == "" || s.Scale.Kind == "hid" {
		return
	}
	mine := &search{words: "beginning"}
	p.search = mine
	live := p.host.Live()
	mine.stop = p.host.Ask(func(ctx context.Context) func() {
		live.Stop(bench.TheScale) // the port is free when this returns
		found, err := doctor.FindScale(ctx, s.Scale, func(step, steps int, words string) {
			p.host.Do(func() { mine.step, mine.steps, mine.words = step, steps, words })
		})
		given := ctx.Err() != nil
		return func() {
			p.found(mine, found, err, given)
			p.host.Restart(p.Running())
		}
	})
}

// found takes what a search has found into the draft.
func (p *Page) found(s *search, found doctor.FoundScale, err error, given bool) {
	s.stop, s.found = nil, found.Found && err == nil && !given
	switch {
	case given:
		s.words = "stopped"
	case err != nil:
		trouble := port.Explain(err)
		s.words = trouble.Wrong() + ". " + trouble.Advice()
	default:
		s.words = found.Words
	}
	if !s.found {
		return
	}
	next := p.settings()
	next.Scale = found.Scale
	p.draft, p.notice = &next, "found: save to use it"
}
