package store

import (
	"os"
	"time"
)

// replaceFile renames a file over another one; NTFS makes that durable by
// itself. A file that somebody is just reading cannot be replaced, so it is
// tried again.
func replaceFile(from, to string) error {
	for tries := 0; ; tries++ {
		err := os.Rename(from, to)
		if err == nil || tries == 100 {
			return err
		}
		time.Sleep(2 * time.Millisecond)
	}
}
