package folder

import (
	"context"
	"fmt"
	"os"

	"packbench/station/config"
)

// Notice reads the settings file again where somebody has written it since, and has the
// choice of a service, the rights and the sender count at once; all else does at the next
// start. A file that is wrong changes nothing, and is told once in the log: it may be half
// written.
func (f *Folder) Notice(ctx context.Context) (is bool) {
	file := f.Path(config.File)
	now, err := written(file)
	f.mu.Lock()
	before := f.written
	if err == nil {
		f.written = now
	}
	f.mu.Unlock()
	if err != nil || before == "" || now == before {
		return false
	}
	s, err := config.Load(file)
	if err != nil {
		f.Log.Warn("the settings were changed and are wrong: those of before count", "error", err)
		return false
	}
	f.SetChoice(s.Choice)
	f.SetRights(s.Rights)
	f.SetSender(s.Sender)
	if err := f.RememberSettings(ctx); err != nil {
		f.Log.Warn("a change of the settings by the disk will not be noticed", "error", err)
	}
	return true
}

// written is when a file was written, and its length.
func written(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%d %d", info.ModTime().UnixNano(), info.Size()), nil
}
