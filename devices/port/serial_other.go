//go:build !linux && !windows && !cgo

package port

import (
	"errors"
	"io"

	"packbench/devices"
	"packbench/station/trouble"
)

func openSerial(string, devices.Line) (io.ReadWriteCloser, error) {
	return nil, &Trouble{trouble.New(trouble.BuiltWithoutPort), errors.ErrUnsupported}
}
