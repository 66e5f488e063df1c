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

// Cut is an import that was cut short.
type Cut struct {
	What string // "the import of …"
	Left string // what is here of it
	Fix  string
}

// String says all of it.
func (c Cut) String() string { return c.What + " was cut short: " + c.Left + ". " + c.Fix }

// Unfinished returns the imports that were cut short. Of orders and of products nothing
// is here then: they are kept all or not at all.
func Unfinished(dir string) []Cut {
	var out []Cut
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
		cut := Cut{string(text), "only a part of it is here", "Import the file again: it goes on from there"}
		if base := filepath.Base(path); base == importing+"orders.lock" || base == importing+"products.lock" {
			cut.Left, cut.Fix = "nothing of it was kept", "Import the file again"
		}
		out = append(out, cut)
	}
	return out
}
