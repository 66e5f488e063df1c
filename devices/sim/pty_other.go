//go:build !linux

package sim

import "errors"

type pty struct{}

func openPty() (*pty, error) {
	return nil, errors.New("simulated devices need the pseudo terminals of Linux")
}

func (p *pty) name() string              { return "" }
func (p *pty) Read([]byte) (int, error)  { return 0, errors.ErrUnsupported }
func (p *pty) Write([]byte) (int, error) { return 0, errors.ErrUnsupported }
func (p *pty) interrupt()                {}
func (p *pty) close()                    {}
