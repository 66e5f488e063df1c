package shell

import (
	"context"
	"errors"
	"maps"

	"packbench/station/say"
	"packbench/station/screen"
)

// Works are what is done in the background with shops, accounts and targets, one thing at
// a time with each, and what came of it.
type Works struct {
	shell   *Shell
	running map[string]running
	came    map[string]*screen.ShopCame
}

type running struct {
	words string
	stop  context.CancelFunc
}

// NewWorks returns one in which nothing is done.
func NewWorks(s *Shell) *Works {
	return &Works{shell: s, running: map[string]running{}, came: map[string]*screen.ShopCame{}}
}

// Of is what is being done with one, "" for nothing, and what came of the last thing.
func (w *Works) Of(id string) (words string, came *screen.ShopCame) {
	return w.running[id].words, w.came[id]
}

// Forget forgets what came of anything.
func (w *Works) Forget() { clear(w.came) }

// Begin does something with one, unless something is being done with it.
func (w *Works) Begin(id, words string, do func(context.Context) *screen.ShopCame) {
	if _, busy := w.running[id]; busy {
		return
	}
	delete(w.came, id)
	stop := w.shell.Ask(func(ctx context.Context) func() {
		came := do(ctx)
		if ctx.Err() != nil && (came == nil || came.Bad) {
			came = &screen.ShopCame{Words: "Stopped. What was read before stays"}
		}
		return func() {
			delete(w.running, id)
			w.shell.Stale = true
			if came != nil {
				w.came[id] = came
			}
		}
	})
	w.running[id] = running{words, stop}
}

// Say puts how far something is into the place of its words, while it is done.
func (w *Works) Say(id, words string) {
	if r, is := w.running[id]; is {
		r.words = words
		w.running[id] = r
	}
}

// Stop ends what is being done with one.
func (w *Works) Stop(id string) {
	if r, is := w.running[id]; is {
		r.stop()
	}
}

// Failed says that something went wrong; who is the one that was asked: "The shop".
func Failed(who string, err error) *screen.ShopCame {
	if errors.Is(err, context.DeadlineExceeded) {
		return &screen.ShopCame{Bad: true, Words: who + " did not answer in time"}
	}
	return &screen.ShopCame{Bad: true, Words: say.Sentence(FirstLine(err))}
}

// Keep keeps a draft in the background, where nothing is missing; then is called when that
// went well.
func (s *Shell) Keep(d *Draft, missing string, keep func(context.Context) error, then func()) {
	if d.Saving || d.Kind.ID == "" {
		return
	}
	if d.Fault = missing; missing != "" {
		return
	}
	d.Saving = true
	s.Ask(func(ctx context.Context) func() {
		err := keep(ctx)
		return func() {
			d.Saving = false
			if err != nil {
				d.Fault = say.Sentence(FirstLine(err))
				return
			}
			s.Stale = true
			then()
		}
	})
}

// OptionsOf are the settings of what is changed, for a draft to change.
func OptionsOf(kept map[string]string) map[string]string {
	out := map[string]string{}
	maps.Copy(out, kept)
	return out
}
