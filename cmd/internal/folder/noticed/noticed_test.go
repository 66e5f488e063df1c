package noticed

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/config"
)

// What somebody writes into the settings counts at once, as far as it can; a file that is
// wrong changes nothing until it is right.
func TestSettingsThatWereWrittenAreNoticed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := folder.Init(t.Context(), dir, true, folder.Options{}); err != nil {
		t.Fatal(err)
	}
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	look := New(d)
	path := filepath.Join(dir, config.File)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if look.Look(t.Context()) {
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
		if is := look.Look(t.Context()); is != c.is || len(d.Choice().Rules) != c.rules {
			t.Errorf("%q: noticed %v, %d rules", c.add, is, len(d.Choice().Rules))
		}
	}
	if err := folder.CheckSettings(t.Context(), d.Store, path); err != nil {
		t.Error(err)
	}
}
