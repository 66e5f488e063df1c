package port

import (
	"errors"
	"io"
	"path/filepath"
	"strings"

	"packbench/devices"
	"packbench/station/trouble"
)

// HID is a USB scale or a USB scanner in HID-POS mode: usb:VVVV:PPPP with
// :SERIAL and @SOCKET where needed, or /dev/hidraw0. One read is one report,
// one write is one output report; both begin with the report's number where the
// device has numbers. The pseudo terminal of a simulated device opens too, and
// there reads may join reports. It needs Linux.
type HID struct {
	Name string

	on *machine // nil is this computer
}

// Open opens the device for this program alone.
func (h HID) Open() (io.ReadWriteCloser, error) { return h.on.or().open(classHID, h.Name, openHID) }

// Check returns what would keep the device from opening.
func (h HID) Check() *Trouble { return h.on.or().check(classHID, h.Name) }

// Proves says that an open device is there.
func (h HID) Proves() bool { return true }

// Keyboard is a scanner that types: usb:VVVV:PPPP with :SERIAL and @SOCKET
// where needed, or /dev/input/event0. While it is open nothing that it types
// reaches any window. What is read are the kernel's input events of 24 bytes,
// whole ones; nothing can be written. The pseudo terminal of a simulated
// scanner opens too, and there a read may end within an event. It needs Linux.
type Keyboard struct {
	Name string

	on *machine // nil is this computer
}

// Open takes the keyboard for this program alone.
func (k Keyboard) Open() (io.ReadWriteCloser, error) {
	return k.on.or().open(classKeyboard, k.Name, openKeyboard)
}

// Check returns what would keep the keyboard from being taken.
func (k Keyboard) Check() *Trouble { return k.on.or().check(classKeyboard, k.Name) }

// Proves says that an open keyboard is there.
func (k Keyboard) Proves() bool { return true }

// errDeaf is what a keyboard says to every command.
var errDeaf = trouble.New(trouble.TypesOnly).From(errors.ErrUnsupported)

func notThat(err error) *Trouble {
	return trouble.New(trouble.NotThisKind).From(err)
}

// errRefused says that a device is there and does not know the command.
var errRefused = errors.New("the device does not know this command")

// openSimulated opens a simulated device as what it is, a raw line.
func openSimulated(path string) (conn io.ReadWriteCloser, is bool, err error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil || !strings.HasPrefix(real, pseudoTerminals) {
		return nil, false, nil
	}
	conn, err = openSerial(path, devices.Line{})
	return conn, true, err
}
