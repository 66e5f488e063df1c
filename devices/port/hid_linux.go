package port

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	"unsafe"

	"packbench/station/trouble"

	"golang.org/x/sys/unix"
)

// Requests to the kernel, from linux/hidraw.h and linux/input.h.
const (
	hidDescriptorSize = 0x80044801 // HIDIOCGRDESCSIZE
	keysDown          = 0x80604518 // EVIOCGKEY of 96 bytes
	seize             = 0x40044590 // EVIOCGRAB
)

// openDevice opens a character device for Go's poller: so Close frees a waiting
// Read, and a device that has left is an error at once.
func openDevice(path string, flags int) (*os.File, error) {
	f, err := os.OpenFile(path, flags|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if errors.Is(err, unix.EISDIR) {
		return nil, notThat(err)
	}
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		f.Close()
		return nil, notThat(&fs.PathError{Op: "open", Path: path, Err: unix.ENOTTY})
	}
	return f, nil
}

func openHID(path string) (io.ReadWriteCloser, error) {
	if conn, is, err := openSimulated(path); is {
		return conn, err
	}
	f, err := openDevice(path, os.O_RDWR)
	if err != nil {
		return nil, err
	}
	err = control(f, func(fd int) error {
		_, err := unix.IoctlGetInt(fd, hidDescriptorSize)
		return err
	})
	switch {
	case errors.Is(err, unix.ENOTTY), errors.Is(err, unix.EINVAL):
		err = notThat(err)
	case err == nil:
		err = lock(f)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return hidPort{f}, nil
}

// hidPort is a device of reports.
type hidPort struct{ *os.File }

// Write sends one output report. One that the device does not know is refused
// by it, and costs nothing else.
func (p hidPort) Write(report []byte) (int, error) {
	n, err := p.File.Write(report)
	for _, refused := range []error{unix.EPIPE, unix.EINVAL, unix.EPROTO, unix.EOPNOTSUPP, unix.ENOSYS} {
		if errors.Is(err, refused) {
			return n, fmt.Errorf("%w: %w", errRefused, err)
		}
	}
	return n, err
}

// eventSize is the size of an input event. Decoders know the one of 64 bits.
const eventSize = unsafe.Sizeof(unix.Timeval{}) + 8

func openKeyboard(path string) (io.ReadWriteCloser, error) {
	if conn, is, err := openSimulated(path); is {
		return conn, err
	}
	if eventSize != 24 {
		return nil, trouble.New(trouble.Needs64Bits).From(errors.ErrUnsupported)
	}
	f, err := openDevice(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	err = lock(f)
	if err == nil {
		err = control(f, func(fd int) error { return grab(events(fd)) })
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return keyboardPort{f}, nil
}

// keys is what grabbing asks of a keyboard.
type keys interface {
	down() (bool, error) // whether any key is
	drop() error         // forgets what was typed so far
	seize() error
}

// How long grabbing waits for the last key to come up. A scan is over by then;
// a person who leans on a key is waited for by the runner.
const (
	keyWait  = 5 * time.Millisecond
	keyLooks = 20
)

// grab takes a keyboard once no key is down: the desktop would never see the
// key come up again.
func grab(k keys) error {
	for range keyLooks {
		down, err := k.down()
		if errors.Is(err, unix.ENOTTY) || errors.Is(err, unix.EINVAL) {
			return notThat(err)
		}
		if err != nil {
			return err
		}
		if down {
			time.Sleep(keyWait)
			continue
		}
		if err := k.drop(); err != nil {
			return err
		}
		err = k.seize()
		if errors.Is(err, unix.EBUSY) {
			return ErrInUse
		}
		return err
	}
	return trouble.New(trouble.KeyHeld).From(nil)
}

// events is the file of an input device.
type events int

func (e events) down() (bool, error) {
	var bits [96]byte
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(e), keysDown, uintptr(unsafe.Pointer(&bits))); errno != 0 {
		return false, errno
	}
	return bits != [96]byte{}, nil
}

func (e events) drop() error {
	var old [64 * eventSize]byte
	for range 1024 { // no keyboard fills this faster
		_, err := unix.Read(int(e), old[:])
		if errors.Is(err, unix.EAGAIN) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (e events) seize() error { return unix.IoctlSetInt(int(e), seize, 1) }

// keyboardPort is an input device that belongs to this program.
type keyboardPort struct{ *os.File }

// Write refuses: there is nobody to hear it.
func (p keyboardPort) Write([]byte) (int, error) { return 0, errDeaf }

// Close gives the keyboard back to the desktop.
func (p keyboardPort) Close() error {
	control(p.File, func(fd int) error { return unix.IoctlSetInt(fd, seize, 0) })
	return p.File.Close()
}
