package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// CUPSOptions say which queue prints; zero values take the defaults.
type CUPSOptions struct {
	Queue    string        // needed
	Server   string        // "host:port" or the path of a socket; CUPS_SERVER, else the local socket
	Patience time.Duration // how long a job may make no headway before the packer is told; 15 s
	Every    time.Duration // how often the job is asked after; 300 ms
}

// CUPS prints to a queue by IPP and follows each job to its end. Where IPP is
// not to be had it hands the job to lp, and can then say no more than "sent".
// The queue's word is taken: it may call a job completed that its printer gave
// up between two of the queue's looks. The label scanned back is the proof (L4).
type CUPS struct {
	*service
	queue    string
	server   string // as in CUPSOptions
	lp       func(ctx context.Context, job Job) (Result, error)
	lpWithin time.Duration
}

// localServer is where the scheduler of this machine listens.
func localServer() string {
	switch runtime.GOOS {
	case "windows":
		return "localhost:631"
	case "darwin":
		return "/private/var/run/cupsd"
	}
	return "/run/cups/cups.sock"
}

// NewCUPS returns a printer that is ready; it does not ask the queue yet.
func NewCUPS(opts CUPSOptions) *CUPS {
	network, address := cupsAddress(cmp.Or(opts.Server, os.Getenv("CUPS_SERVER"), localServer()))
	var dialer net.Dialer
	s := newService(func(ctx context.Context) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil && address == localServer() {
			return dialer.DialContext(ctx, "tcp", "localhost:631")
		}
		return conn, err
	}, opts.Patience, opts.Every)
	s.name, s.ref, s.scheduler, s.local = "the queue "+opts.Queue, opts.Queue, true, network == "unix"
	s.url, s.uri = "http://localhost/printers/"+opts.Queue, "ipp://localhost/printers/"+opts.Queue
	c := &CUPS{service: s, queue: opts.Queue, server: opts.Server, lpWithin: lpWithin}
	c.lp = c.byCommand
	return c
}

func cupsAddress(server string) (network, address string) {
	if strings.HasPrefix(server, "/") {
		return "unix", server
	}
	if _, _, err := net.SplitHostPort(server); err != nil {
		server = net.JoinHostPort(server, "631")
	}
	return "tcp", server
}

// Print sends the job once and follows it.
func (c *CUPS) Print(ctx context.Context, job Job) (Result, error) {
	r, err := c.print(ctx, job)
	var none *notSent
	var status httpError
	answered := errors.As(err, &status)
	if !errors.As(err, &none) || answered && !status.forLibrary() {
		return r, err
	}
	byCommand, failed := c.lp(ctx, job)
	if failed != nil && answered {
		return r, err // it says more of the cause
	}
	return byCommand, failed
}

// Check asks the queue how its printer is. A queue does not know that its
// printer is switched off before it has something to print.
func (c *CUPS) Check(ctx context.Context, device string) devices.Status {
	return c.check(ctx, device, Result{Trouble: trouble.New(trouble.ServiceDown).With(trouble.StartService)})
}

// Queues returns the names of the queues of a print service; server as in
// CUPSOptions.
func Queues(ctx context.Context, server string) ([]string, error) {
	c := NewCUPS(CUPSOptions{Server: server})
	r := newRequest(opGetQueues, "ipp://localhost/", c.user)
	r.text(tagKeyword, "requested-attributes", "printer-name")
	a, err := post(ctx, c.client, "http://localhost/", r, nil)
	switch {
	case err != nil:
		return nil, fmt.Errorf("list the print queues: %w", err)
	case a.status == statusNotFound: // CUPS says so when it has none
		return nil, nil
	case !a.ok():
		return nil, fmt.Errorf("list the print queues: %s", a.words())
	}
	var names []string
	for _, queue := range a.groups {
		if name := queue.text("printer-name"); name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}
