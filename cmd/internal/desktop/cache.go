package desktop

import (
	"context"
	"errors"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/say"
	"packbench/station/screen"
)

// cache is how old that is which pages show of the database. It is read again when
// somebody wrote there, or when the bench itself went on, and never on the scan path:
// the verdict is out before.
type cache struct {
	reading bool // one at a time
	changes int64
	at      time.Time // of the last reading
	asked   time.Time // when it was last asked whether somebody wrote
	again   time.Time // when the tables will have caught up with the journal; zero: they have
	err     error
}

// boardEvery is how often the board is read while it is looked at: as benches give a sign
// of life.
const boardEvery = 5 * time.Second

// look has the open page read again where that is needed.
func (f *Front) look() {
	c, now := &f.cache, time.Now()
	restless := f.Page == screen.PageShops || f.Page == screen.PageAccounts || f.Page == screen.PageMessages || f.Page == screen.PageOutbox // what the bench itself does with a shop does not count as a change
	pace := refresh
	if f.Page == screen.PageHub {
		restless, pace = true, boardEvery
	}
	if f.Page == screen.PageBoard { // nobody writes that a bench gives no sign of life
		restless, pace = true, boardEvery
		if f.Bench.Hub != nil { // benches tell it each second
			pace = time.Second
		}
	}
	due := f.Stale || restless && now.Sub(c.at) >= pace || !c.again.IsZero() && now.After(c.again) || now.Sub(c.at) >= time.Minute
	if !due && now.Sub(c.asked) < refresh || c.reading {
		return
	}
	// The bench's own rows reach the tables of the day and the cases only while
	// it is quiet, and do not count as a change: so it is looked at once more.
	c.reading, c.asked = true, now
	if due {
		c.again = time.Time{}
	}
	if f.Stale {
		c.again = now.Add(refresh / 2)
	}
	f.Stale = false
	before, pages := c.changes, f.readings()
	f.Ask(func(ctx context.Context) func() {
		changes, err := f.Folder.Store.Changes(ctx)
		if err == nil && changes == before && !due {
			// What came meanwhile waits for this, not for the next tick.
			return func() { c.reading = false }
		}
		names, spoken, shows, failed := read(ctx, desk.New(f.Folder), pages)
		if err = errors.Join(err, failed); err != nil && ctx.Err() == nil {
			f.Folder.Log.Warn("screen", "error", err)
		}
		return func() {
			c.reading, c.changes, c.at, c.err = false, changes, now, err
			if names != nil {
				f.Names, f.Spoken = names, spoken
			}
			for _, show := range shows {
				show()
			}
		}
	})
}

// read reads for all of these; where one fails the others are shown all the same.
func read(ctx context.Context, d desk.Desk, pages []shell.Reading) (names say.Names, spoken map[string]string, shows []func(), err error) {
	if names, spoken, err = d.People(ctx); err != nil {
		return nil, nil, nil, err
	}
	for _, page := range pages {
		show, failed := page(ctx, names)
		if failed == nil {
			shows = append(shows, show)
		}
		err = errors.Join(err, failed)
	}
	return names, spoken, shows, err
}

// readings are those of the pages that are shown, the bench's own among them.
func (f *Front) readings() []shell.Reading {
	out := []shell.Reading{f.home.Reading(), f.outbox.Watch(), f.messages.Watch()}
	if page, reads := f.open().(reader); reads {
		out = append(out, page.Reading())
	}
	if f.panel != nil {
		out = append(out, f.panel.Reading())
	}
	return out
}

// catchUp brings the tables up to the journal once at the start: the program
// before may have ended before it came to that.
func (f *Front) catchUp(ctx context.Context) func() {
	if err := f.Folder.Store.CatchUp(ctx); err != nil {
		if ctx.Err() == nil {
			f.Folder.Log.Warn("screen: the tables wait", "error", err)
		}
		return nil
	}
	return func() { f.Stale = true }
}
