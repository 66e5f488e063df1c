//go:build !linux && !windows && !cgo

package port

import (
	"errors"
	"io"

	"packbench/devices"
)

func openSerial(string, devices.Line) (io.ReadWriteCloser, error) {
	return nil, &Trouble{
		Words: "this program was built without serial ports",
		Fix:   "Build it with CGO_ENABLED=1.",
		Err:   errors.ErrUnsupported,
	}
}
