package port

import (
	"io"

	"packbench/devices"
)

// Serial is a named serial port: /dev/serial/by-id/… on Linux, COM3 on Windows.
type Serial struct {
	Name string
	Line devices.Line
}

// Open opens the port for this program alone. What was sent before is dropped:
// nothing old is taken for fresh.
func (s Serial) Open() (io.ReadWriteCloser, error) {
	if s.Name == "" {
		return nil, &Trouble{Words: "no port is set", Fix: "Choose the port in the device settings."}
	}
	return openSerial(s)
}
