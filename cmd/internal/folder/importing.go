package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/station/store"
)

// importing begins the name of the file that says what is being imported, whose lock
// is held meanwhile. It is empty when an import has ended, and else one was killed.
const importing = "import-"

// Importing says that an import begins; done says that it has ended.
func (f *Folder) Importing(kind, file string) (done func() error) {
	path := f.Path(importing + kind + ".lock")
	free, err := store.LockFile(path, 0)
	if err != nil { // two at once, of which the other one tells, or a disk without locks
		return func() error { return nil }
	}
	text := fmt.Sprintf("the import of %s from %s on %s", kind, filepath.Base(file), f.Clock().In(f.Location()).Format("2 Jan 2006 at 15:04"))
	err = os.WriteFile(path, []byte(text), 0o600)
	return func() error {
		defer free()
		return errors.Join(err, os.Truncate(path, 0))
	}
}

// Unfinished names the imports that were cut short: some of their items are here,
// and others are not.
func Unfinished(dir string) []string {
	var out []string
	files, _ := filepath.Glob(filepath.Join(dir, importing+"*.lock")) // the pattern is right
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil || strings.TrimSpace(string(text)) == "" {
			continue
		}
		free, err := store.LockFile(path, 100*time.Millisecond)
		if err != nil { // it goes on
			continue
		}
		free()
		out = append(out, string(text))
	}
	return out
}
