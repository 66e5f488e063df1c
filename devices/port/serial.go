package port

import (
	"io"
	"path/filepath"
	"strings"

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

// Proves says whether the port is the device itself, gone when it is gone: a
// USB-CDC device or a simulated one. Behind an adapter a device may be away
// while its port is there.
func (s Serial) Proves() bool {
	name, err := filepath.EvalSymlinks(s.Name)
	if err != nil {
		name = s.Name
	}
	return strings.HasPrefix(name, "/dev/ttyACM") || strings.HasPrefix(name, "/dev/pts/") ||
		strings.HasPrefix(name, "/dev/cu.usbmodem") || strings.HasPrefix(name, "/dev/tty.usbmodem")
}
