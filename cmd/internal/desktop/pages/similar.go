package pages

import (
	"context"
	"strconv"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/cases"
	"packbench/station/screen"
)

// similar is one answer that is asked for: to the shown case and those that are like
// it, as they were when it was asked.
type similar struct {
	of   string
	seen []cases.Case
}

// offer is what the page shows of it.
func (s similar) offer() *screen.SimilarOffer {
	if s.of == "" {
		return nil
	}
	return &screen.SimilarOffer{Case: s.of, N: len(s.seen)}
}

// askSimilar counts the cases that are like the shown one, and asks for their answer.
func (p *Cases) askSimilar(id string) {
	p.Ask(func(ctx context.Context) func() {
		seen, err := desk.New(p.Folder).Similar(ctx, id)
		return func() {
			switch _, ok := p.current(id); {
			case err != nil:
				p.say(id, shell.FirstLine(err))
			case ok && len(seen) > 0:
				p.say(id, "")
				p.linking, p.more, p.similar = linking{}, more{}, similar{of: id, seen: seen}
			}
		}
	})
}

// ResolveSimilar answers them all in the name of the person at the bench, once.
func (p *Cases) ResolveSimilar(id, reason string) {
	s := p.similar
	if _, ok := p.current(id); !ok || s.of != id {
		return
	}
	p.similar, p.answered = similar{}, id
	done := 0
	p.decideAs(id, func() string {
		l := p.Language()
		if left := len(s.seen) - done; left > 0 {
			return l.Say("{n} of {cases} resolved; the others have changed, or are not yours to approve", "n", strconv.Itoa(done), "cases", l.Many(len(s.seen), "case"))
		}
		return l.Say("{cases} resolved", "cases", l.Many(done, "case"))
	}, func(ctx context.Context, d desk.Desk, who cases.Asker) (err error) {
		done, err = d.ResolveSimilar(ctx, who, s.seen, reason)
		return err
	})
}
