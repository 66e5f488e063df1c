package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// second is the mark of the numbers once more in a place outside, such as another disk
// or a share: where the whole computer is set back, it is not. The greater of both
// counts.
//
// Before the first number of a run the two are compared, and where that cannot be done
// no number is given: nothing else here would notice an older copy, and a number given
// twice cannot be taken back. After that the run goes on while the place is away, and
// says so: the mark of a program that runs does not go back. What was numbered meanwhile
// is written as soon as the place answers again. A place may hang for minutes, as shares
// do, so that it is never waited for long, and never with the right to write in hand.
type second struct {
	folder string // "" for none
	wait   time.Duration
	rest   time.Duration

	mu      sync.Mutex
	known   counters // what it said last; nil before it was compared in this run
	trouble error    // why it could not be reached last
	tried   time.Time
	hangs   bool // a call has not come back
}

// Of a copy that cannot be reached.
const (
	secondWait = 3 * time.Second  // how long one call may take
	secondRest = 30 * time.Second // how long it is then left alone
)

// secondSetting holds the folder in which the copy was begun: one that is not there any
// more is away, not new.
const secondSetting = "numbers-copy"

// CopyTrouble says why the copy of the numbers could not be reached when it was needed
// last, nil where it could or there is none. It never waits.
func (s *Store) CopyTrouble() error {
	s.second.mu.Lock()
	defer s.second.mu.Unlock()
	if s.second.trouble == nil {
		return nil
	}
	return fmt.Errorf("the copy of the numbers in %s cannot be reached: %w", s.second.folder, s.second.trouble)
}

// within runs do, which may hang, for as long as wait says.
func (p *second) within(do func() error) error {
	p.mu.Lock()
	if p.hangs || p.trouble != nil && p.known != nil && time.Since(p.tried) < p.rest {
		defer p.mu.Unlock()
		if p.trouble == nil {
			p.trouble = errors.New("it does not answer")
		}
		return p.trouble
	}
	p.hangs, p.tried = true, time.Now()
	p.mu.Unlock()
	ended := make(chan error, 1)
	go func() {
		err := do()
		p.mu.Lock()
		p.hangs = false
		p.mu.Unlock()
		ended <- err
	}()
	var err error
	select {
	case err = <-ended:
	case <-time.After(p.wait):
		err = errors.New("it does not answer")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trouble = err
	return err
}

// file is the mark outside. A folder is for one shop: an image of before its first
// number knows no name that its mark could be found by.
func (p *second) file() string { return filepath.Join(p.folder, MarkName) }

// compare returns what the copy knows, that of before where it is away, and nothing
// where there is none. Before it was compared once in this run that is a *Conflict.
func (s *Store) compare(ctx context.Context) (mark, error) {
	p := &s.second
	if p.folder == "" {
		return mark{}, nil
	}
	_, shop, err := s.counters(ctx, s.read)
	if err != nil {
		return mark{}, err
	}
	if local, err := readMark(s.mark); err == nil {
		shop = cmp.Or(shop, local.shop)
	}
	begun, _, err := Known(s.Setting(ctx, secondSetting))
	if err != nil {
		return mark{}, err
	}
	var there mark
	err = p.within(func() error {
		if _, err := os.Stat(p.folder); err != nil {
			return err
		}
		m, err := readMark(p.file())
		if errors.Is(err, fs.ErrNotExist) && string(begun) != p.folder {
			m, err = mark{shop: shop, counters: counters{}}, nil // it begins with the next number
		}
		there = m
		return err
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err == nil && there.shop != shop:
		return there, &Conflict{Kind: MarkForeign, Path: p.file()}
	case err == nil:
		p.known = there.counters
	case p.known == nil:
		return mark{}, &Conflict{Kind: CopyAway, Path: p.file()}
	}
	return mark{shop: shop, counters: p.known}, nil
}

// copyMark writes the mark to the place outside too, never less than is there.
func (s *Store) copyMark(ctx context.Context, m mark) {
	p := &s.second
	if p.folder == "" || m.shop == "" {
		return
	}
	copied := mark{shop: m.shop, written: m.written, counters: counters{}}
	copied.counters.raise(m.counters)
	err := p.within(func() error {
		there, err := readMark(p.file())
		switch {
		case err == nil && there.shop != m.shop:
			return errors.New("what is there belongs to another shop")
		case err == nil:
			copied.counters.raise(there.counters)
		}
		return writeMark(p.file(), copied)
	})
	if err == nil {
		p.mu.Lock()
		p.known = copied.counters
		p.mu.Unlock()
		err = s.PutSetting(ctx, secondSetting, []byte(p.folder))
	}
	if err != nil {
		p.mu.Lock()
		p.trouble = err
		p.mu.Unlock()
	}
}

// errUncompared says that a number is wanted, and the copy has to be looked at first.
var errUncompared = errors.New("the copy of the numbers was not compared")
