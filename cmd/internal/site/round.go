package site

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/lease"
	"packbench/station/store"
)

const (
	lookForPages = time.Minute
	afterTrouble = 5 * time.Minute
	// atOnce is how many pages are written before it is noted that they are.
	atOnce = 64
	// mostTrouble is how many pages in a row may fail before the rest waits for the next round.
	mostTrouble = 3
)

// theLease is that of the one program that writes the pages.
const theLease = "site"

// Pushed is what a round did.
type Pushed struct {
	Put       int    `json:"put"`
	Removed   int    `json:"removed"`
	Unchanged int    `json:"unchanged"`
	Left      int    `json:"left"`
	Trouble   string `json:"trouble,omitempty"`
}

// Push writes what changed to the place of the settings, and takes away what is no longer
// wanted there. What goes wrong there is the trouble of what it did, and is tried again in
// the next round.
func (s *Site) Push(ctx context.Context) (out Pushed, err error) {
	set, err := s.Set()
	if err != nil {
		return out, err
	}
	if set.URL == "" {
		return out, ErrOff
	}
	ctx, done, err := once.Mine(ctx, s.Folder)
	if err != nil {
		return out, err
	}
	defer done()
	to, called, err := s.connect(set)
	if err != nil {
		out.Trouble = err.Error()
		return out, s.note(ctx, out)
	}
	out, err = s.write(ctx, set, to, called)
	if err != nil {
		return out, err
	}
	return out, s.note(ctx, out)
}

// Build writes all pages into a folder, as they would be read; nothing is noted but their
// names.
func (s *Site) Build(ctx context.Context, dir string) (out Pushed, err error) {
	set, err := s.Set()
	if err != nil {
		return out, err
	}
	if set.URL == "" {
		return out, ErrOff
	}
	if err := s.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	want, err := s.gather(ctx, set, s.Time())
	for _, p := range want.pages {
		if err != nil {
			return out, err
		}
		var data []byte
		if data, err = p.draw(ctx); err == nil {
			err = inFolder(dir).Put(ctx, p.name, data)
			out.Put++
		}
	}
	return out, err
}

// write brings a place up to date.
func (s *Site) write(ctx context.Context, set config.Site, to place, called string) (out Pushed, err error) {
	if err := s.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	want, err := s.gather(ctx, set, s.Time())
	if err != nil {
		return out, err
	}
	files, err := s.Store.SiteFiles(ctx, called)
	if err != nil {
		return out, err
	}
	w := writing{s: s, to: to, called: called, notes: map[string]string{}}
	for _, p := range want.pages {
		if files[p.name] == p.basis {
			out.Unchanged++
			continue
		}
		w.do(ctx, p.name, p.basis, &out.Put, func() error {
			data, err := p.draw(ctx)
			if err == nil {
				err = to.Put(ctx, p.name, data)
			}
			return err
		})
	}
	for _, p := range want.back {
		w.err = errors.Join(w.err, s.Store.SitePageGone(ctx, p, false))
	}
	// Another program may have put them there, which this one does not know of.
	for _, p := range want.gone {
		if w.do(ctx, fileOf(p.Token), "", &out.Removed, func() error { return to.Remove(ctx, fileOf(p.Token)) }) {
			if p.Kind == store.PageOutside && s.traces(set) {
				w.do(ctx, "00/"+p.Of+"/index.html", "", &out.Removed, func() error { return to.Remove(ctx, "00/"+p.Of+"/index.html") })
			}
			w.err = errors.Join(w.err, s.Store.SitePageGone(ctx, p, true))
		}
		delete(files, fileOf(p.Token))
		delete(files, "00/"+p.Of+"/index.html")
	}
	for name := range files {
		if !want.names[name] {
			w.do(ctx, name, "", &out.Removed, func() error { return to.Remove(ctx, name) })
		}
	}
	w.note(ctx)
	out.Left = w.left
	if w.trouble != nil {
		out.Trouble = words(w.trouble)
	}
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	return out, w.err
}

// writing is one round at one place.
type writing struct {
	s       *Site
	to      place
	called  string
	notes   map[string]string
	trouble error // of the place
	row     int   // of troubles
	left    int
	err     error // of the store
}

// do does one thing at the place, and reports whether it is done.
func (w *writing) do(ctx context.Context, name, basis string, n *int, do func() error) bool {
	if w.row >= mostTrouble || w.err != nil || ctx.Err() != nil {
		w.left++
		return false
	}
	if err := do(); err != nil {
		if ctx.Err() == nil {
			w.trouble = err
		}
		w.row, w.left = w.row+1, w.left+1
		return false
	}
	w.row = 0
	*n++
	w.notes[name] = basis
	if len(w.notes) >= atOnce {
		w.note(ctx)
	}
	return true
}

// note keeps what was done, also where the round is being ended.
func (w *writing) note(ctx context.Context) {
	w.err = errors.Join(w.err, w.s.Store.PutSiteFiles(context.WithoutCancel(ctx), w.called, w.notes, w.s.Time()))
	w.notes = map[string]string{}
}

// words is what people read of an error: one line, not too long.
func words(err error) string { return station.OneLine(err.Error(), 300) }

// note keeps how a round ended.
func (s *Site) note(ctx context.Context, came Pushed) error {
	before, err := s.Status(ctx)
	if err != nil {
		return err
	}
	st := Status{Trouble: came.Trouble, Left: came.Left}
	if st.Trouble != "" {
		st.Since = s.Time()
		if before.Trouble == st.Trouble && !before.Since.IsZero() {
			st.Since = before.Since
		}
	}
	data, err := json.Marshal(st)
	if err != nil {
		return err
	}
	return s.Store.PutSetting(ctx, kept, data)
}

// Run keeps the pages as they should be until ctx ends. Settings that change meanwhile are
// noticed.
func (s *Site) Run(ctx context.Context) {
	for wait := time.Duration(0); lease.Pause(ctx, wait); wait = lookForPages {
		if set, err := s.Set(); err != nil || set.URL == "" {
			continue
		}
		held, err := lease.Contest(ctx, s.Store, theLease, s.Log)
		if err == nil {
			err = held.Rounds(ctx, s.round)
		}
		if ctx.Err() == nil {
			s.Log.Warn("another program writes the pages of buyers now", "error", err)
		}
	}
}

func (s *Site) round(ctx context.Context) (wait time.Duration) {
	_, done, err := once.Mine(ctx, s.Folder)
	if err != nil { // another folder of the shop does it
		return lookForPages
	}
	done()
	came, err := s.Push(ctx)
	switch {
	case err != nil && !errors.Is(err, ErrOff) && ctx.Err() == nil:
		s.Log.Warn("the pages of buyers are not written", "error", err)
		return afterTrouble
	case came.Trouble != "":
		s.Log.Warn("the pages of buyers are not all written", "error", came.Trouble, "left", came.Left)
		return afterTrouble
	}
	return lookForPages
}
