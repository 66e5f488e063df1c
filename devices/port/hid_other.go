//go:build !linux

package port

import (
	"errors"
	"io"

	"packbench/station/trouble"
)

func openHID(string) (io.ReadWriteCloser, error) {
	return nil, trouble.New(trouble.HIDOnLinux).From(errors.ErrUnsupported)
}

func openKeyboard(string) (io.ReadWriteCloser, error) {
	return nil, trouble.New(trouble.KeyboardOnLinux).From(errors.ErrUnsupported)
}
