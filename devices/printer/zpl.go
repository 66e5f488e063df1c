package printer

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// ZPLOptions say which printer prints; zero values take the defaults.
type ZPLOptions struct {
	Address  string        // host or host:port; port 9100; needed
	Mute     bool          // it never tells how it is: what was sent is "sent", no more
	Patience time.Duration // how long a label may make no headway before the packer is told; 15 s
	Every    time.Duration // how often the printer is asked; 200 ms
	Answer   time.Duration // how long it may take to answer; 2 s
}

// ZPL prints to a label printer that reads ZPL from a network port. It asks the
// printer how it is before it sends a label, and after, until nothing waits in
// the printer. A printer that falls silent is in trouble: it does not
// answer while labels or ribbon are out or its head is open. Before a label is
// sent that is an error and nothing is sent.
type ZPL struct {
	opts ZPLOptions
	turn chan struct{} // many printers take one connection at a time

	mu    sync.Mutex
	last  Result // of the last time it was asked
	heard time.Time
	known map[string]*inside
}

// inside is a job in the printer's memory.
type inside struct {
	copies int
	since  time.Time // when it was sent, or was last in a trouble that has a name
	seen   time.Time // when the printer was last known to be on
	busy   bool      // the printer has been seen at work on it
}

// NewZPL returns a printer that is ready; it does not ask the printer yet. The
// error is that of an address that is none.
func NewZPL(opts ZPLOptions) (*ZPL, error) {
	address, err := ZPLAddress(opts.Address)
	if err != nil {
		return nil, err
	}
	opts.Address = address
	opts.Patience = cmp.Or(opts.Patience, defaultPatience)
	opts.Every = cmp.Or(opts.Every, 200*time.Millisecond)
	opts.Answer = cmp.Or(opts.Answer, 2*time.Second)
	return &ZPL{opts: opts, turn: make(chan struct{}, 1), known: map[string]*inside{}}, nil
}

// ZPLAddress returns the address of a ZPL printer as host:port, the same for every
// way to write it. The error is that of an address that is none.
func ZPLAddress(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil { // no port
		host, port, err = net.SplitHostPort(net.JoinHostPort(strings.Trim(address, "[]"), "9100"))
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if err != nil || host == "" || port == "" {
		return "", fmt.Errorf("%q is no address of a printer; write host:9100", address)
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.String()
	}
	if n, err := strconv.ParseUint(port, 10, 16); err == nil {
		port = strconv.FormatUint(n, 10)
	}
	return net.JoinHostPort(host, port), nil
}

// Print asks, sends the label once and watches it.
func (z *ZPL) Print(ctx context.Context, job Job) (Result, error) {
	fail := func(r Result, why error) (Result, error) {
		return r, fmt.Errorf("print %s: %w", job.Name, why)
	}
	if len(job.ZPL) == 0 {
		r := saying(Rejected, trouble.NoForm)
		return fail(r, errors.New("no ZPL"))
	}
	c, err := z.open(ctx)
	if err != nil {
		return fail(away(), err)
	}
	defer c.close()
	if !z.opts.Mute {
		if r, err := c.before(ctx); err != nil {
			return fail(r, err)
		}
	}
	document := bytes.Repeat(job.ZPL, max(job.Copies, 1))
	switch n, err := c.send(ctx, document); {
	case err != nil && n == 0:
		return fail(away(), err)
	case err != nil:
		return vanished(), nil // it may hold enough of it to print
	case z.opts.Mute:
		c.drain()
		return Told(Sent), nil
	}
	now := time.Now()
	j := &inside{copies: max(job.Copies, 1), since: now, seen: now}
	z.remember(job.Name, j)
	return c.watch(ctx, job.Name, j), nil
}

// before asks a printer whether it can print; with an error nothing is to be
// sent.
func (c *zplConn) before(ctx context.Context) (Result, error) {
	st, err := c.ask(ctx)
	r, bad := st.trouble()
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		r, err = silence(), errors.New("the printer does not answer")
	case errors.Is(err, errNotZPL):
		return saying(Rejected, trouble.NoLabelPrinter), err
	case err != nil:
		return away(), err
	case bad:
		err = errors.New(r.Trouble.Wrong())
	}
	return r, err
}

// silence is a printer that can be reached and does not answer.
func silence() Result { return saying(Stuck, trouble.NoAnswer) }

// vanished is a printer that went away with a label that it had been given.
func vanished() Result { return saying(Unknown, trouble.LeftBeforeSaid) }

// watch asks after a job until nothing waits in the printer, or it is in
// trouble, or falls silent, or goes away, or the context ends.
func (c *zplConn) watch(ctx context.Context, name string, j *inside) Result {
	// One answer alone that nothing waits may come before the label is read, and
	// more must follow where the printer has not been seen at work.
	for idle := 0; ; {
		st, err := c.ask(ctx)
		r, bad := st.trouble()
		now := time.Now()
		switch {
		case ctx.Err() != nil:
			return Told(Sent)
		case errors.Is(err, os.ErrDeadlineExceeded):
			r = silence()
			r.Trouble.ByItself = true
			j.seen = now // the connection stands: it is on
			return r
		case errors.Is(err, errNotZPL):
			c.z.forget(name)
			return Told(Unknown)
		case err != nil:
			c.z.forget(name)
			return vanished()
		case st.idle():
			if idle++; idle >= 5 || idle >= 2 && j.busy {
				c.z.forget(name)
				return Told(Printed)
			}
		case bad:
			r.Trouble.ByItself = true
			j.since, j.seen = now, now
			return r
		default:
			idle, j.busy = 0, true
		}
		j.seen = now
		if idle == 0 && now.Sub(j.since) >= c.z.opts.Patience {
			return Told(Stuck)
		}
		select {
		case <-ctx.Done():
			return Told(Sent)
		case <-time.After(c.z.opts.Every):
		}
	}
}

// Lookup knows only what this program sent and has not seen to end.
func (z *ZPL) Lookup(ctx context.Context, name string) (Result, error) {
	c, j, r := z.resume(ctx, name)
	if c == nil {
		return r, nil
	}
	defer c.close()
	return c.watch(ctx, name, j), nil
}

// memoryGap is how long a printer may go unseen with a label in its memory and
// still be believed not to have been switched off and on.
const memoryGap = 10 * time.Second

// resume takes up a job in the printer's memory. Without a connection the
// result says what is known.
func (z *ZPL) resume(ctx context.Context, name string) (*zplConn, *inside, Result) {
	j := z.recall(name)
	if j == nil {
		return nil, nil, Told(Unknown)
	}
	c, err := z.open(ctx)
	switch {
	case ctx.Err() != nil:
		if c != nil {
			c.close()
		}
		return nil, j, Told(Sent)
	case err != nil: // what it held is lost, if it was switched off
		z.forget(name)
		return nil, j, vanished()
	case time.Since(j.seen) > memoryGap:
		c.close()
		z.forget(name)
		return nil, j, vanished()
	}
	return c, j, Result{}
}

// Cancel empties the printer's memory, if nothing waits there but this job.
func (z *ZPL) Cancel(ctx context.Context, name string) (Result, error) {
	c, j, r := z.resume(ctx, name)
	if c == nil {
		return r, fmt.Errorf("cancel %s: the printer has no such job", name)
	}
	defer c.close()
	fail := func(r Result, why error) (Result, error) { return r, fmt.Errorf("cancel %s: %w", name, why) }
	st, err := c.ask(ctx)
	switch {
	case err != nil:
		return fail(silence(), err)
	case st.idle():
		return c.watch(ctx, name, j), nil
	case st.waiting() > j.copies:
		return fail(Told(Stuck), errors.New("other labels wait in the printer; cancel at the printer"))
	}
	if _, err := c.send(ctx, []byte("~JA")); err != nil {
		return fail(Told(Stuck), err)
	}
	for start := time.Now(); ; {
		st, err := c.ask(ctx)
		switch {
		case err == nil && st.idle():
			z.forget(name)
			return Told(Cancelled), nil
		case err != nil:
			return fail(silence(), err)
		case time.Since(start) >= z.opts.Patience:
			return fail(Told(Stuck), errors.New("the printer keeps its labels"))
		}
		select {
		case <-ctx.Done():
			return fail(Told(Stuck), ctx.Err())
		case <-time.After(z.opts.Every):
		}
	}
}

// Check asks the printer how it is. While it prints, what it said last counts.
func (z *ZPL) Check(ctx context.Context, device string) devices.Status {
	down := away()
	select {
	case z.turn <- struct{}{}:
		<-z.turn
	default:
		z.mu.Lock()
		defer z.mu.Unlock()
		return z.lamp(device, z.last)
	}
	c, err := z.open(ctx)
	if err != nil {
		return status(device, devices.Red, down)
	}
	defer c.close()
	var r Result
	if !z.opts.Mute {
		switch _, err := c.ask(ctx); {
		case errors.Is(err, os.ErrDeadlineExceeded):
			r = silence()
		case err != nil:
			r = down
		default:
			z.mu.Lock()
			r = z.last
			z.mu.Unlock()
		}
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.lamp(device, r)
}

// lamp needs the lock.
func (z *ZPL) lamp(device string, r Result) devices.Status {
	s := status(device, devices.Red, r)
	if r.Trouble.None() {
		s = ready(device)
	}
	s.LastHeard = z.heard
	return s
}

func (z *ZPL) remember(name string, j *inside) {
	z.mu.Lock()
	defer z.mu.Unlock()
	const most = 200 // jobs that wait; what is dropped is unknown
	if len(z.known) >= most {
		clear(z.known)
	}
	z.known[name] = j
}

func (z *ZPL) recall(name string) *inside {
	z.mu.Lock()
	defer z.mu.Unlock()
	return z.known[name]
}

func (z *ZPL) forget(name string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	delete(z.known, name)
}
