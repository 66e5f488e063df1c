package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/station/config"
)

// A4: a letter that the disk has changed in the settings is refused in words; one that a
// person has changed is not.
func TestA4SettingsThatTheDiskChanged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := Init(t.Context(), dir, true, Options{}); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.RememberSettings(t.Context()), d.Close()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, config.File)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := strings.Replace(string(text), d.Settings.Sender.Company, strings.ToLower(d.Settings.Sender.Company), 1)
	if flipped == string(text) {
		t.Fatal("the sample shop has no name")
	}
	if err := os.WriteFile(path, []byte(flipped), 0o600); err != nil {
		t.Fatal(err)
	}
	if d, err := Open(t.Context(), dir, Options{}); err != nil {
		t.Errorf("what a person wrote is refused: %v", err)
	} else if err := d.Close(); err != nil {
		t.Error(err)
	}
	if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	var altered *SettingsAltered
	if _, err := Open(t.Context(), dir, Options{}); !errors.As(err, &altered) || !strings.Contains(err.Error(), "Look through that file") {
		t.Errorf("what the disk wrote: %v", err)
	}
}
