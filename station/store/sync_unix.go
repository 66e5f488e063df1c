//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
)

// replaceFile renames a file over another one, durably.
func replaceFile(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
