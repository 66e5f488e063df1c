//go:build !windows

package printer

import (
	"errors"
	"syscall"
)

// diskFull reports whether there was no room for a file, on the disk or in what
// this user may fill of it.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
