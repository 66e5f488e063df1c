//go:build linux || (unix && cgo)

package port

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tarm/serial"
	"golang.org/x/sys/unix"

	"packbench/devices"
)

// openSerial lets the serial package set the line, and Go's poller do the
// reading: only so does Close free a waiting Read, and is a lost device told
// from a silent one.
func openSerial(path string, line devices.Line) (io.ReadWriteCloser, error) {
	config, err := config(path, line)
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(config.Name, os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	if err := claim(f, config); err != nil {
		f.Close()
		return nil, err
	}
	return unixPort{f}, nil
}

// claim locks the port before it touches the line: a port opened twice would
// have its bytes split between both at random.
func claim(f *os.File, config *serial.Config) error {
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return ErrNotSerial
	}
	if err := lock(f); err != nil {
		return err
	}
	line, err := serial.OpenPort(config)
	if err != nil {
		return fmt.Errorf("set the line: %w", err)
	}
	defer line.Close() // the settings stay: f holds the port
	if err := line.Flush(); err != nil {
		return fmt.Errorf("flush: %w", err)
	}
	if isPseudo(config.Name) {
		return nil // there the mark below would outlive this opening
	}
	return control(f, func(fd int) error { return unix.IoctlSetInt(fd, unix.TIOCEXCL, 0) })
}

// lock keeps other programs of this kind away from a device.
func lock(f *os.File) error {
	err := control(f, func(fd int) error { return unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB) })
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrInUse
	}
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

func isPseudo(name string) bool {
	real, err := filepath.EvalSymlinks(name)
	return err == nil && strings.HasPrefix(real, pseudoTerminals)
}

func control(f *os.File, do func(fd int) error) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	if err := conn.Control(func(fd uintptr) { failed = do(int(fd)) }); err != nil {
		return err
	}
	return failed
}

type unixPort struct{ *os.File }

// Close gives the port back to other programs.
func (p unixPort) Close() error {
	control(p.File, func(fd int) error { return unix.IoctlSetInt(fd, unix.TIOCNXCL, 0) })
	return p.File.Close()
}
