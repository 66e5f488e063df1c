package printer

import (
	"context"
	"errors"
	"io"
	"net"
	"time"
)

// zplConn is one connection to a ZPL printer; it holds the printer's turn.
type zplConn struct {
	z    *ZPL
	conn net.Conn
	read []byte // not yet understood
}

// open waits for the turn and connects.
func (z *ZPL) open(ctx context.Context) (*zplConn, error) {
	select {
	case z.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	dialer := net.Dialer{Timeout: 5 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", z.opts.Address)
	if err != nil {
		<-z.turn
		return nil, err
	}
	return &zplConn{z: z, conn: conn}, nil
}

func (c *zplConn) close() {
	c.conn.Close()
	<-c.z.turn
}

// errNotZPL is an answer of something that is no label printer.
var errNotZPL = errors.New("the printer sends what is not understood")

// send writes all of the bytes, or says how many are gone. A label that has
// been begun is not cut short by the end of ctx: half a label would swallow the
// next.
func (c *zplConn) send(ctx context.Context, data []byte) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := c.conn.SetWriteDeadline(time.Now().Add(c.z.opts.Patience)); err != nil {
		return 0, err
	}
	return c.conn.Write(data)
}

// ask asks how the printer is. The error is os.ErrDeadlineExceeded when it does
// not answer.
func (c *zplConn) ask(ctx context.Context) (hostStatus, error) {
	if _, err := c.send(ctx, []byte("~HS\r\n")); err != nil {
		return hostStatus{}, err
	}
	if err := c.conn.SetReadDeadline(time.Now().Add(c.z.opts.Answer)); err != nil {
		return hostStatus{}, err
	}
	stop := context.AfterFunc(ctx, func() { c.conn.SetReadDeadline(time.Now()) })
	defer stop()
	const longest = 4096 // an answer has some 80 bytes
	for buf := make([]byte, 512); ; {
		n, err := c.conn.Read(buf)
		c.read = append(c.read, buf[:n]...)
		if st, ok := parseHostStatus(c.read); ok {
			c.read = nil
			c.z.note(st)
			return st, nil
		}
		if err != nil {
			return hostStatus{}, err
		}
		if len(c.read) > longest {
			c.read = nil
			return hostStatus{}, errNotZPL
		}
	}
}

// drain says that nothing more comes and waits a moment for the other end: a
// connection that is closed with bytes unread may lose those that were sent.
func (c *zplConn) drain() {
	if tcp, ok := c.conn.(*net.TCPConn); ok {
		tcp.CloseWrite()
	}
	c.conn.SetReadDeadline(time.Now().Add(min(c.z.opts.Answer, 300*time.Millisecond)))
	io.Copy(io.Discard, c.conn)
}

// note keeps what the printer said for its lamp.
func (z *ZPL) note(st hostStatus) {
	r, _ := st.trouble()
	z.mu.Lock()
	defer z.mu.Unlock()
	z.last, z.heard = r, time.Now()
}
