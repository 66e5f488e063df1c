package printer

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// writing begins the name of a file that is not whole yet.
const writing = ".writing-"

// leftBehind is when a file that is not whole yet no longer belongs to anybody:
// another bench may be writing into the same folder.
const leftBehind = time.Minute

// Tidy clears away what a killed program left of a document. The whole ones have
// their own names.
func (f Folder) Tidy(now time.Time) {
	files, _ := os.ReadDir(f.Dir) // what cannot be read is told when it is written into
	for _, file := range files {
		number, ok := strings.CutPrefix(file.Name(), writing)
		if !ok || strings.Trim(number, "0123456789") != "" {
			continue
		}
		info, err := file.Info()
		if err == nil && info.Mode().IsRegular() && now.Sub(info.ModTime()) > leftBehind {
			_ = os.Remove(filepath.Join(f.Dir, file.Name()))
		}
	}
}
