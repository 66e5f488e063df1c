package folder

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
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

// What somebody writes into the settings counts at once, as far as it can; a file that is
// wrong changes nothing until it is right.
func TestSettingsThatWereWrittenAreNoticed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := Init(t.Context(), dir, true, Options{}); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	path := filepath.Join(dir, config.File)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d.Notice(t.Context()) {
		t.Error("nobody has written anything")
	}
	const rule = "\n[[choice.rule]]\nnever = [\"post-small\"]\n"
	for _, c := range []struct {
		add   string
		is    bool
		rules int
	}{{rule, true, 1}, {rule + "[[choice", false, 1}, {rule + rule, true, 2}} {
		if err := os.WriteFile(path, append(slices.Clone(text), c.add...), 0o600); err != nil {
			t.Fatal(err)
		}
		if is := d.Notice(t.Context()); is != c.is || len(d.Choice().Rules) != c.rules {
			t.Errorf("%q: noticed %v, %d rules", c.add, is, len(d.Choice().Rules))
		}
	}
	if err := CheckSettings(t.Context(), d.Store, path); err != nil {
		t.Error(err)
	}
}
