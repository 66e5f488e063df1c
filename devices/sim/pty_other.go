//go:build !linux

package sim

import (
	"errors"
	"io"
)

var errLinux = errors.New("simulated devices need the pseudo terminals of Linux")

const ptyFolder = "/dev/"

type pty struct{}

func openPty() (*pty, error)             { return nil, errLinux }
func lockLink(string) (io.Closer, error) { return nil, errLinux }

func (p *pty) name() string              { return "" }
func (p *pty) Read([]byte) (int, error)  { return 0, errors.ErrUnsupported }
func (p *pty) Write([]byte) (int, error) { return 0, errors.ErrUnsupported }
func (p *pty) interrupt()                {}
func (p *pty) close()                    {}
