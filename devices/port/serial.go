package port

import (
	"io"
	"path/filepath"
	"strings"

	"packbench/devices"
)

// Serial is a named serial port: /dev/serial/by-id/…, usb:VVVV:PPPP with
// :SERIAL and @SOCKET where needed, or COM3 on Windows.
type Serial struct {
	Name string
	Line devices.Line

	on *machine // nil is this computer
}

// Open opens the port for this program alone. What was sent before is dropped:
// nothing old is taken for fresh.
func (s Serial) Open() (io.ReadWriteCloser, error) {
	return s.on.or().open(classSerial, s.Name, func(path string) (io.ReadWriteCloser, error) { return openSerial(path, s.Line) })
}

// Check returns what would keep the port from opening.
func (s Serial) Check() *Trouble { return s.on.or().check(classSerial, s.Name) }

// Proves reports whether the port is the device itself, gone when it is gone: a
// USB-CDC device or a simulated one. Behind an adapter a device may be away
// while its port is there.
func (s Serial) Proves() bool {
	m := s.on.or()
	path, err := m.resolve(classSerial, s.Name)
	if err != nil {
		path = s.Name
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if strings.HasPrefix(path, pseudoTerminals) {
		return true
	}
	for _, own := range []string{"ttyACM", "cu.usbmodem", "tty.usbmodem"} {
		if strings.HasPrefix(path, filepath.Join(m.dev, own)) {
			return true
		}
	}
	return false
}

// pseudoTerminals is where simulated devices are.
const pseudoTerminals = "/dev/pts/"
