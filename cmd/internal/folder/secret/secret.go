// Package secret owns where the key of a shop, of an account with a carrier or of a target
// of messages lies: in a file of its own in the data folder that only this user may read,
// so that the database, which is copied and sent around, holds none. A variable of the
// environment may hold it instead. No secret and no path of one stands in an error.
package secret

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"packbench/cmd/internal/folder"
)

// ErrMissing says that there is none yet: it has to be entered.
var ErrMissing = errors.New("it is missing")

// errUnread says that it is there and cannot be read, errUnkept that it cannot be kept.
var (
	errUnread = errors.New("its file cannot be read")
	errUnkept = errors.New("the file of the key cannot be written")
)

// Place is where one secret lies.
type Place struct {
	// Variable is the one of the environment that counts before the file.
	Variable string
	path     string
	env      func(string) string
}

// Of returns the place of the secret of one thing of a kind, such as "shop", in a data
// folder. Without env no variable is asked.
func Of(dir, kind, id string, env func(string) string) Place {
	p := Place{path: filepath.Join(dir, kind+"-"+id+".key"), env: env}
	if env != nil {
		p.Variable = "PACKBENCH_" + strings.ToUpper(kind+"_"+strings.ReplaceAll(id, "-", "_")) + "_KEY"
	}
	return p
}

// Keep writes the secret into its file.
func (p Place) Keep(text string) error {
	err := folder.WriteWhole(p.path, func(w io.Writer) error {
		_, err := io.WriteString(w, text+"\n")
		return err
	})
	var why syscall.Errno // such as that the disk is full; what is around it names the file
	switch {
	case errors.As(err, &why):
		return fmt.Errorf("%w: %w", errUnkept, why)
	case err != nil:
		return errUnkept
	}
	return nil
}

// Read returns the secret; there is ErrMissing where nobody has entered one.
func (p Place) Read() (string, error) {
	if p.env != nil {
		if text := strings.TrimSpace(p.env(p.Variable)); text != "" {
			return text, nil
		}
	}
	data, err := os.ReadFile(p.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrMissing
	case err != nil:
		return "", errUnread
	}
	return strings.TrimSpace(string(data)), nil
}
