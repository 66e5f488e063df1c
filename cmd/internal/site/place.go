package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"packbench/cmd/internal/folder"
)

// inFolder is a folder that a web server shows.
type inFolder string

// Put writes a page whole or not at all. Everybody may read it: the web server is another user.
func (dir inFolder) Put(_ context.Context, name string, page []byte) error {
	path := filepath.Join(string(dir), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return dir.unwritten(err)
	}
	err := folder.WriteWhole(path, func(w io.Writer) error {
		if f, is := w.(*os.File); is {
			if err := f.Chmod(0o644); err != nil {
				return err
			}
		}
		_, err := w.Write(page)
		return err
	})
	return dir.unwritten(err)
}

// Remove takes a page away, and the folder that it lay in alone.
func (dir inFolder) Remove(_ context.Context, name string) error {
	path := filepath.Join(string(dir), filepath.FromSlash(name))
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return dir.unwritten(err)
	}
	if strings.Contains(name, "/") {
		_ = os.Remove(filepath.Dir(path)) // another file may lie there
	}
	return nil
}

func (dir inFolder) unwritten(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err // the name of a page opens it
	}
	if err == nil {
		return nil
	}
	return fmt.Errorf("the folder %s cannot be written: %w", string(dir), err)
}
