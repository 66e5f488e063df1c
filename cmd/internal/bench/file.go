package bench

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// WriteWhole writes a file whole or not at all: what stood there before stays
// until the new contents are on the disk.
func WriteWhole(path string, write func(io.Writer) error) (err error) {
	switch info, err := os.Stat(path); {
	case err != nil: // not there yet; CreateTemp tells what else may be wrong
	case info.IsDir():
		return fmt.Errorf("%s is a folder", path)
	case !info.Mode().IsRegular(): // such as /dev/stdout, which must not be replaced
		return fmt.Errorf("%s is no plain file", path)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".packbench-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}
