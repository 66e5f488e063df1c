package port

import (
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tarm/serial"

	"packbench/devices"
)

// openSerial reads with a short timeout: there the serial package cannot free a
// waiting read, so that a read must end by itself. Windows opens a port for one
// program only.
func openSerial(path string, line devices.Line) (io.ReadWriteCloser, error) {
	config, err := config(path, line)
	if err != nil {
		return nil, err
	}
	config.ReadTimeout = 100 * time.Millisecond
	p, err := serial.OpenPort(config)
	if err != nil {
		return nil, err
	}
	if err := p.Flush(); err != nil {
		p.Close()
		return nil, fmt.Errorf("flush: %w", err)
	}
	return &timedPort{port: p}, nil
}

type timedPort struct {
	port   *serial.Port
	closed atomic.Bool
	read   sync.Mutex // held during a Read: the handle must outlive it
}

// Read waits for bytes. A timeout is 0 bytes without an error after a while; the
// same at once means that the device may be gone, which a flush shows.
func (p *timedPort) Read(buffer []byte) (int, error) {
	p.read.Lock()
	defer p.read.Unlock()
	for !p.closed.Load() {
		start := time.Now()
		n, err := p.port.Read(buffer)
		if n > 0 {
			return n, nil
		}
		if err != nil && err != io.EOF {
			return 0, err
		}
		if time.Since(start) < 50*time.Millisecond {
			if err := p.port.Flush(); err != nil {
				return 0, io.EOF
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	return 0, os.ErrClosed
}

func (p *timedPort) Write(data []byte) (int, error) { return p.port.Write(data) }

// Close may be called twice; a waiting Read ends within its timeout.
func (p *timedPort) Close() error {
	if p.closed.Swap(true) {
		return nil
	}
	p.read.Lock()
	defer p.read.Unlock()
	return p.port.Close()
}
