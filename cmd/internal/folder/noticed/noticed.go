// Package noticed has what somebody writes into the settings file of a data folder count at a
// running bench, as far as it can: the choice of a service, the rights and the sender. All
// else counts from the next start.
//
// It must not write settings; the settings page and packctl do.
package noticed

import (
	"bytes"
	"context"
	"sync/atomic"

	"packbench/cmd/internal/folder"
	"packbench/station/config"
)

// Settings watches the settings file of a folder. Look belongs to one goroutine.
type Settings struct {
	folder *folder.Folder
	read   string // when the file was written that was read last
	waits  atomic.Bool
}

// New returns the watcher of a folder, from when that was opened.
func New(f *folder.Folder) *Settings { return &Settings{folder: f, read: f.Written} }

// Wait reports whether the file has what counts from the next start only. It may be asked by
// several goroutines.
func (s *Settings) Wait() bool { return s.waits.Load() }

// Look reads the file again where somebody has written it since, and reports whether it was
// read. A file that is wrong changes nothing, and is told once in the log: it may be half
// written.
func (s *Settings) Look(ctx context.Context) (is bool) {
	f := s.folder
	file := f.Path(config.File)
	now, err := folder.Written(file)
	if err != nil || now == s.read {
		return false
	}
	s.read = now
	to, err := config.Load(file)
	if err != nil {
		f.Log.Warn("the settings were changed and are wrong: those of before count", "error", err)
		return false
	}
	same := to
	same.Choice, same.Rights, same.Sender = f.Settings.Choice, f.Settings.Rights, f.Settings.Sender
	s.waits.Store(!bytes.Equal(same.Encode(), f.Settings.Encode()))
	f.SetChoice(to.Choice)
	f.SetRights(to.Rights)
	f.SetSender(to.Sender)
	if err := f.RememberSettings(ctx); err != nil {
		f.Log.Warn("a change of the settings by the disk will not be noticed", "error", err)
	}
	return true
}
