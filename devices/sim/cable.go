package sim

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// errUnplugged is what speaking through a pulled cable gives.
var errUnplugged = errors.New("the simulated device is unplugged")

// cable is a pseudo terminal that can be pulled and plugged in again.
type cable struct {
	link   string     // a symbolic link that follows the terminal; "" for none
	listen func(*pty) // works with each terminal until it is pulled; nil for nothing

	lock io.Closer // no other cable has the link; nil without a link

	mu        sync.Mutex
	pty       *pty
	plugged   chan struct{} // closed when the cable is plugged in
	closed    bool
	listening sync.WaitGroup
}

func newCable(link string, listen func(*pty)) (*cable, error) {
	c := &cable{listen: listen, plugged: make(chan struct{})}
	if link != "" {
		c.link = filepath.Clean(link)
		var err error
		if c.lock, err = lockLink(c.link); err != nil {
			return nil, fmt.Errorf("link %s: %w", c.link, err)
		}
	}
	if err := c.Replug(); err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// Path is what a driver opens: the link if there is one, else the terminal,
// whose name changes with each Replug. It is "" while unplugged without a link.
func (c *cable) Path() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.link != "":
		return c.link
	case c.pty != nil:
		return c.pty.name()
	}
	return ""
}

// Unplug pulls the cable: the terminal and its link are gone.
func (c *cable) Unplug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pull()
}

func (c *cable) pull() {
	if c.pty == nil {
		return
	}
	if to, err := os.Readlink(c.link); err == nil && to == c.pty.name() {
		os.Remove(c.link)
	}
	c.pty.close()
	c.listening.Wait()
	c.pty = nil
	c.plugged = make(chan struct{})
}

// Replug plugs the cable in again; nothing happens if it is in.
func (c *cable) Replug() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pty != nil {
		return nil
	}
	if c.closed {
		return errUnplugged
	}
	p, err := openPty()
	if err != nil {
		return err
	}
	if err := c.point(p.name()); err != nil {
		p.close()
		return err
	}
	c.pty = p
	if c.listen != nil {
		c.listening.Go(func() { c.listen(p) })
	}
	close(c.plugged)
	return nil
}

// point sets the link. What is there already is left alone, unless it is what a
// simulator that was killed left behind.
func (c *cable) point(name string) error {
	if c.link == "" {
		return nil
	}
	if _, err := os.Lstat(c.link); err == nil {
		if to, err := os.Readlink(c.link); err != nil || !strings.HasPrefix(to, ptyFolder) {
			return fmt.Errorf("link %s: a file of that name is in the way", c.link)
		}
		os.Remove(c.link)
	}
	if err := os.MkdirAll(filepath.Dir(c.link), 0o755); err != nil {
		return fmt.Errorf("link %s: %w", c.link, err)
	}
	if err := os.Symlink(name, c.link); err != nil {
		return fmt.Errorf("link %s: %w", c.link, err)
	}
	return nil
}

// Close pulls the cable for good.
func (c *cable) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pull()
	if c.lock != nil && !c.closed {
		c.lock.Close()
	}
	c.closed = true
	return nil
}

// Noise sends bytes that mean nothing.
func (c *cable) Noise(data []byte) error { return c.write(data) }

func (c *cable) write(data []byte) error {
	p, _ := c.now()
	if p == nil {
		return errUnplugged
	}
	_, err := p.Write(data)
	return err
}

// now returns the terminal, or a channel that closes when there is one again.
func (c *cable) now() (*pty, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pty, c.plugged
}
