package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"packbench/devices"
)

// DirectOptions say which printer prints; zero values take the defaults.
type DirectOptions struct {
	URI      string        // ipp://host[:port]/ipp/print; needed
	Patience time.Duration // as in CUPSOptions
	Every    time.Duration
}

// Direct prints to a printer that speaks IPP itself, with no queue of a print
// service before it. Nobody keeps a job while the printer is off: it is
// refused then and must be printed again.
type Direct struct{ *service }

// NewDirect returns a printer that is ready; it does not ask the printer yet. The
// error is that of an address that is none.
func NewDirect(opts DirectOptions) (*Direct, error) {
	u, err := url.Parse(opts.URI)
	if err != nil || u.Scheme != "ipp" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" {
		return nil, fmt.Errorf("%q is no address of a printer; write ipp://host/ipp/print", shownAddress(opts.URI))
	}
	path := u.EscapedPath()
	if strings.Trim(path, "/") == "" {
		path = "/ipp/print" // where IPP Everywhere has it
	}
	address := net.JoinHostPort(u.Hostname(), cmp.Or(u.Port(), "631"))
	dialer := net.Dialer{Timeout: 5 * time.Second}
	s := newService(func(ctx context.Context) (net.Conn, error) {
		return dialer.DialContext(ctx, "tcp", address)
	}, opts.Patience, opts.Every)
	s.name, s.ref = "the printer "+u.Host, u.Host
	s.url, s.uri = "http://"+address+path, "ipp://"+u.Host+path
	return &Direct{s}, nil
}

// Print sends the job once and follows it.
func (d *Direct) Print(ctx context.Context, job Job) (Result, error) {
	r, err := d.print(ctx, job)
	var none *notSent
	if errors.As(err, &none) {
		if status := (httpError{}); !errors.As(err, &status) {
			r = away()
		}
	}
	return r, err
}

// Check asks the printer how it is.
func (d *Direct) Check(ctx context.Context, device string) devices.Status {
	return d.check(ctx, device, away())
}

// away is a printer that could not be reached and has nothing of the job.
func away() Result {
	r := Told(Offline)
	r.Trouble.ByItself = false
	return r
}

func trimThe(s string) string { return strings.TrimPrefix(s, "the ") }
