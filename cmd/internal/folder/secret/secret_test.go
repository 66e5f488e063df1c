package secret

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// A key is kept where only this user reads it, the environment's counts before it, and no
// error tells where it lies.
func TestWhereAKeyLies(t *testing.T) {
	dir, env := t.TempDir(), map[string]string{}
	p := Of(dir, "carrier", "post-2", func(name string) string { return env[name] })
	if _, err := p.Read(); !errors.Is(err, ErrMissing) {
		t.Errorf("before it is entered: %v", err)
	}
	if err := p.Keep("one"); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "carrier-post-2.key")
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if got, err := p.Read(); got != "one" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	env["PACKBENCH_CARRIER_POST_2_KEY"] = " two\n"
	if got, err := p.Read(); got != "two" || err != nil {
		t.Errorf("with a variable: %q, %v", got, err)
	}
	if got, err := Of(dir, "carrier", "post-2", nil).Read(); got != "one" || err != nil {
		t.Errorf("where no variable is asked: %q, %v", got, err)
	}
	if err := errors.Join(os.Remove(file), os.Mkdir(file, 0o700)); err != nil {
		t.Fatal(err)
	}
	if _, err := Of(dir, "carrier", "post-2", nil).Read(); err == nil || errors.Is(err, ErrMissing) || strings.Contains(err.Error(), dir) {
		t.Errorf("a file that cannot be read: %v", err)
	}
	if err := p.Keep("three"); err == nil || strings.Contains(err.Error(), dir) || strings.Contains(err.Error(), "post-2") {
		t.Errorf("a file that cannot be written: %v", err)
	}
	gone := filepath.Join(dir, "gone")
	if err := Of(gone, "carrier", "post-2", nil).Keep("three"); !errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), gone) || strings.Contains(err.Error(), "post-2") {
		t.Errorf("a folder that is not there: %v", err)
	}
}
