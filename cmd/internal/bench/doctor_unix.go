//go:build unix

package bench

import (
	"io/fs"

	"golang.org/x/sys/unix"
)

// readable tells whether this user may open a port. It is not opened, because
// opening resets some devices.
func readable(port string) error {
	if err := unix.Access(port, unix.R_OK|unix.W_OK); err != nil {
		return &fs.PathError{Op: "open", Path: port, Err: err}
	}
	return nil
}
