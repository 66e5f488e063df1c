package port

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"packbench/station/trouble"
)

// Network is a device with a network socket of its own, or behind a box that
// makes one of its serial port: its name is host:port, such as
// 192.168.1.20:4001. What is sent there is the same as on a line.
type Network struct{ Name string }

// IsNetwork reports whether the name of a port is an address.
func IsNetwork(name string) bool {
	host, number, err := net.SplitHostPort(strings.TrimSpace(name))
	if err != nil || host == "" || strings.ContainsAny(host, `/\ `) || strings.HasPrefix(name, identityPrefix) {
		return false
	}
	n, err := strconv.ParseUint(number, 10, 16)
	return err == nil && n > 0
}

// How long the network may take. A connection breaks without a word when a
// cable is pulled: one on which nothing comes though something was asked is given
// up, and so is one that nobody at the other end confirms.
const (
	dialLimit   = 2 * time.Second
	silentLimit = 5 * time.Second
	// drainTime is how long what comes at once after connecting is dropped: boxes
	// keep what a device sent while nobody listened, and nothing old is taken for fresh.
	drainTime = 100 * time.Millisecond
)

var alive = net.KeepAliveConfig{Enable: true, Idle: 3 * time.Second, Interval: time.Second, Count: 3}

// Open connects.
func (n Network) Open() (io.ReadWriteCloser, error) { return n.connect(context.Background()) }

func (n Network) connect(ctx context.Context) (io.ReadWriteCloser, error) {
	c, err := n.dial(ctx)
	if err != nil {
		return nil, netTrouble(err)
	}
	old := make([]byte, 4096)
	if err := c.SetReadDeadline(time.Now().Add(drainTime)); err == nil {
		for err == nil {
			_, err = c.Read(old)
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			c.Close()
			return nil, netTrouble(fmt.Errorf("open: %w", err))
		}
	}
	return &netConn{Conn: c}, nil
}

func (n Network) dial(ctx context.Context) (net.Conn, error) {
	d := net.Dialer{Timeout: dialLimit, KeepAliveConfig: alive}
	return d.DialContext(ctx, "tcp", strings.TrimSpace(n.Name))
}

// Check connects for a moment, unless a program on this computer is connected
// already: many boxes have room for one only.
func (n Network) Check() *Trouble {
	if n.connected() {
		return trouble.New(trouble.PortInUse).From(ErrInUse)
	}
	c, err := n.dial(context.Background())
	if err != nil {
		return netTrouble(err)
	}
	c.Close()
	return nil
}

// connected reports whether this computer has a connection to the address, as
// far as the system lists them.
func (n Network) connected() bool {
	host, number, _ := net.SplitHostPort(strings.TrimSpace(n.Name))
	ctx, cancel := context.WithTimeout(context.Background(), dialLimit)
	defer cancel()
	addresses, err := net.DefaultResolver.LookupIP(ctx, "ip4", host)
	port, bad := strconv.ParseUint(number, 10, 16)
	list, missing := os.ReadFile("/proc/net/tcp")
	if errors.Join(err, bad, missing) != nil {
		return false
	}
	for _, a := range addresses {
		a = a.To4()
		far := fmt.Sprintf(" %02X%02X%02X%02X:%04X 01 ", a[3], a[2], a[1], a[0], port) // 01 is established
		if bytes.Contains(list, []byte(far)) {
			return true
		}
	}
	return false
}

// netTrouble says what is wrong with a connection.
func netTrouble(err error) *Trouble {
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return trouble.New(trouble.HostUnknown).From(err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return trouble.New(trouble.HostRefuses).From(err)
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return trouble.New(trouble.ConnectionLost).From(err)
	}
	return trouble.New(trouble.HostSilent).From(err)
}

// netConn is a connection that notices when nobody is at the other end.
type netConn struct {
	net.Conn
	asked atomic.Int64 // when the first bytes went out since some came; 0 for none
}

func (c *netConn) Read(buffer []byte) (int, error) {
	for {
		if err := c.SetReadDeadline(time.Now().Add(silentLimit / 5)); err != nil {
			return 0, err
		}
		n, err := c.Conn.Read(buffer)
		switch asked := c.asked.Load(); {
		case n > 0:
			c.asked.Store(0)
			return n, nil
		case err == nil, !errors.Is(err, os.ErrDeadlineExceeded):
			if err != nil {
				err = netTrouble(err)
			}
			return n, err
		case asked != 0 && time.Now().UnixNano()-asked > int64(silentLimit):
			return 0, trouble.New(trouble.HostSilent).From(errors.New("nothing comes any more"))
		}
	}
}

func (c *netConn) Write(data []byte) (int, error) {
	c.asked.CompareAndSwap(0, time.Now().UnixNano())
	return c.Conn.Write(data)
}
