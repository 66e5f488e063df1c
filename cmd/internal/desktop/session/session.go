// Package session is the desktop program on one window: one front after the other. What
// cannot be done while a bench works in the folder, such as joining a hub, and settings that
// count from a start end a front, and the next one takes its place with the same page open.
//
// It must not decide when: fronts give way by themselves, see [shell.Shell.GiveWay].
package session

import (
	"context"
	"errors"
	"sync/atomic"

	"packbench/cmd/internal/desktop"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
)

// Session is the fronts of one window.
type Session struct {
	options desktop.Options
	open    func(ctx context.Context) (*folder.Folder, error)
	folder  *folder.Folder
	front   atomic.Pointer[desktop.Front]
}

// New opens the folder and its first front.
func New(ctx context.Context, open func(ctx context.Context) (*folder.Folder, error), o desktop.Options) (*Session, error) {
	s := &Session{options: o, open: open}
	return s, s.begin(ctx)
}

func (s *Session) begin(ctx context.Context) error {
	d, err := s.open(ctx)
	if err != nil {
		return err
	}
	o := s.options
	o.Before = s.front.Load()
	f, err := desktop.New(ctx, d, o)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	f.Follows()
	s.folder = d
	s.front.Store(f)
	return nil
}

// Front is the one that works now.
func (s *Session) Front() *desktop.Front { return s.front.Load() }

// Run works until ctx ends, and closes the folder.
func (s *Session) Run(ctx context.Context, w shell.Window, beside func(context.Context, *desktop.Front) error) error {
	for {
		f := s.Front()
		var with func(context.Context) error
		if beside != nil {
			with = func(ctx context.Context) error { return beside(ctx, f) }
		}
		err := f.Run(ctx, w, with)
		f.Close()
		act := f.Between()
		if err != nil || act == nil || ctx.Err() != nil {
			return errors.Join(err, s.folder.Close())
		}
		act(ctx)
		if err := s.folder.Close(); err != nil {
			return err
		}
		if err := s.begin(ctx); err != nil {
			return err
		}
	}
}
