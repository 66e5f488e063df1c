package pages

import (
	"context"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/cases"
	"packbench/station/say"
	"packbench/station/screen"
)

// Board is a tile for each bench.
type Board struct {
	*shell.Shell
	follow *desk.Board
	read   []screen.BenchNow
	heard  standing
	known  bool
}

// Reading reads what the benches have written since.
func (p *Board) Reading() shell.Reading {
	if p.follow == nil {
		p.follow = desk.NewBoard(p.Folder)
	}
	follow, heard := p.follow, p.heard
	return func(ctx context.Context, _ say.Names) (func(), error) {
		list, err := follow.Read(ctx)
		// Where the hub is away, what it said last stands, and grows old.
		if said, failed := p.Bench.Benches(ctx); failed == nil {
			heard = standing{said, p.Folder.Clock()}
		}
		list = heard.over(list)
		return func() { p.read, p.known, p.heard = list, true, heard }, err
	}
}

// standing is how the benches of a hub stood at a time.
type standing struct {
	benches []bench.BenchNow
	at      time.Time
}

// over puts what benches say of themselves over what their journals say.
func (s standing) over(list []screen.BenchNow) []screen.BenchNow {
	for _, b := range s.benches {
		i := slices.IndexFunc(list, func(n screen.BenchNow) bool { return n.Station == b.Station })
		if i < 0 {
			if b.Person == "" && b.Last.IsZero() {
				continue // nobody has worked there
			}
			i, list = len(list), append(list, screen.BenchNow{Station: b.Station, Last: b.Last})
		}
		n := &list[i]
		n.Works, n.Heard = b.Works, s.at.Add(-b.Age)
		if !b.Works {
			continue
		}
		n.Person, n.Order, n.Open, n.Phase, n.Loading, n.Asks = b.Person, b.Order, b.Open, b.Phase, b.Loading, b.Asks
		if b.Last.After(n.Last) {
			n.Last = b.Last
		}
		for _, l := range b.Lamps {
			n.Lamps = append(n.Lamps, screen.Lamp{Name: l.Name, Colour: screen.Colour(l.Colour), Words: l.Words})
		}
	}
	slices.SortFunc(list, func(a, b screen.BenchNow) int { return strings.Compare(a.Station, b.Station) })
	return list
}

func (p *Board) View(frame screen.Frame) screen.View {
	frame.Unread = !p.known
	quiet := time.Duration(p.Folder.Settings.Rules.AlarmAfter) * time.Minute
	return screen.Board(screen.BoardInputs{Frame: frame, Benches: p.read, Quiet: quiet, Saved: p.Said})
}

// Unlock lets a locked bench work again, in the name of the person at this one.
func (p *Board) Unlock(station string) {
	p.AtDesk(func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		_, err := d.UnlockStation(ctx, who, station)
		return err
	}, func(err error) {
		said := p.Language().Say("Bench {bench} can work again", "bench", station)
		if err != nil {
			said = say.Sentence(shell.FirstLine(err))
		}
		p.Say("", said)
	})
}
