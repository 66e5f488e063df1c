//go:build !linux && !windows && !cgo

package port

import (
	"errors"
	"io"

	"packbench/devices"
	"packbench/station/trouble"
)

func openSerial(string, devices.Line) (io.ReadWriteCloser, error) {
	return nil, trouble.New(trouble.BuiltWithoutPort).From(errors.ErrUnsupported)
}
