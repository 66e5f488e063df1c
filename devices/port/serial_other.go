//go:build !linux && !windows && !cgo

package port

import (
	"errors"
	"io"
)

func openSerial(Serial) (io.ReadWriteCloser, error) {
	return nil, &Trouble{
		Words: "this program was built without serial ports",
		Fix:   "Build it with CGO_ENABLED=1.",
		Err:   errors.ErrUnsupported,
	}
}
