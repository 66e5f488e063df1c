package sim

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"golang.org/x/sys/unix"
)

// pty is a pseudo terminal; the far end is what a driver opens.
type pty struct {
	near *os.File
	far  *os.File // kept open, else near would fail whenever no driver has it
}

// ptyFolder is where the far ends are.
const ptyFolder = "/dev/pts/"

func openPty() (*pty, error) {
	near, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, fmt.Errorf("pseudo terminal: %w", err)
	}
	var n int
	err = control(near, func(fd int) error {
		if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
			return err
		}
		if n, err = unix.IoctlGetInt(fd, unix.TIOCGPTN); err != nil {
			return err
		}
		// Raw from the start: no echo before a driver sets the line.
		return unix.IoctlSetTermios(fd, unix.TCSETS, &unix.Termios{Cflag: unix.CS8 | unix.CREAD | unix.CLOCAL})
	})
	if err != nil {
		near.Close()
		return nil, fmt.Errorf("pseudo terminal: %w", err)
	}
	far, err := os.OpenFile(ptyFolder+strconv.Itoa(n), os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		near.Close()
		return nil, fmt.Errorf("pseudo terminal: %w", err)
	}
	return &pty{near: near, far: far}, nil
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

func (p *pty) name() string { return p.far.Name() }

func (p *pty) Read(b []byte) (int, error) { return p.near.Read(b) }

// interrupt ends a waiting Read and all later ones.
func (p *pty) interrupt() { p.near.SetReadDeadline(time.Unix(1, 0)) }

// Write drops what nobody reads for a while, as a real line does.
func (p *pty) Write(b []byte) (int, error) {
	p.near.SetWriteDeadline(time.Now().Add(time.Second))
	n, err := p.near.Write(b)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = errors.New("nobody reads the simulated device")
	}
	return n, err
}

func (p *pty) close() {
	p.far.Close()
	p.near.Close()
}

// lockLink keeps a link for one simulator, until it ends in whatever way: the
// lock is a socket in the abstract name space, which leaves no file behind.
func lockLink(link string) (io.Closer, error) {
	full, err := filepath.Abs(link)
	if err != nil {
		return nil, err
	}
	lock, err := net.Listen("unix", fmt.Sprintf("@packbench-simulator-%x", sha256.Sum256([]byte(full))))
	if errors.Is(err, unix.EADDRINUSE) {
		err = errors.New("another simulated device is plugged in there")
	}
	return lock, err
}
