//go:build !windows

package printer

import (
	"errors"
	"time"
)

func newWindows(string, time.Duration) (Printer, error) {
	return nil, errors.New("a printer of the kind windows is to be had on Windows only; use cups, ipp or zpl")
}
