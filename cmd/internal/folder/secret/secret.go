// Package secret owns where the key of a shop, of an account with a carrier or of a target
// of messages lies: in a file of its own in the data folder that only this user may read,
// so that the database, which is copied and sent around, holds none. A variable of the
// environment may hold it instead. No secret and no path of one stands in an error.
package secret

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"packbench/cmd/internal/folder"
)

// ErrMissing says that there is none yet: it has to be entered.
var ErrMissing = errors.New("it is missing")

// errUnread says that it is there and cannot be read.
var errUnread = errors.New("its file cannot be read")

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
	return folder.WriteWhole(p.path, func(w io.Writer) error {
		_, err := io.WriteString(w, text+"\n")
		return err
	})
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
