//go:build !linux

package port

import (
	"errors"
	"io"
)

func openHID(string) (io.ReadWriteCloser, error) {
	return nil, &Trouble{
		Words: "USB scales and scanners in HID mode work on Linux only",
		Fix:   "Set the device to USB COM mode, and choose the kind serial in the device settings.",
		Err:   errors.ErrUnsupported,
	}
}

func openKeyboard(string) (io.ReadWriteCloser, error) {
	return nil, &Trouble{
		Words: "a keyboard scanner can be kept to this program on Linux only",
		Fix:   "Set the scanner to USB COM mode, and choose the kind serial; or choose the kind keyboard in the window.",
		Err:   errors.ErrUnsupported,
	}
}
