package pages

import (
	"context"
	"time"

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
	known  bool
}

// Reading reads what the benches have written since.
func (p *Board) Reading() shell.Reading {
	if p.follow == nil {
		p.follow = desk.NewBoard(p.Folder)
	}
	follow := p.follow
	return func(ctx context.Context, _ say.Names) (func(), error) {
		list, err := follow.Read(ctx)
		return func() { p.read, p.known = list, true }, err
	}
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
