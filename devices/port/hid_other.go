//go:build !linux

package port

import (
	"errors"
	"io"

	"packbench/station/trouble"
)

func openHID(string) (io.ReadWriteCloser, error) {
	return nil, &Trouble{trouble.New(trouble.HIDOnLinux), errors.ErrUnsupported}
}

func openKeyboard(string) (io.ReadWriteCloser, error) {
	return nil, &Trouble{trouble.New(trouble.KeyboardOnLinux), errors.ErrUnsupported}
}
