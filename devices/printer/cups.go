package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/user"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/devices"
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
type CUPS struct {
	opts   CUPSOptions
	client *http.Client
	url    string
	uri    string
	user   string
	lp     func(ctx context.Context, job Job) (Result, error)
}

const localSocket = "/run/cups/cups.sock"

// NewCUPS gives a printer that is ready; it does not ask the queue yet.
func NewCUPS(opts CUPSOptions) *CUPS {
	opts.Server = cmp.Or(opts.Server, os.Getenv("CUPS_SERVER"), localSocket)
	opts.Patience = cmp.Or(opts.Patience, 15*time.Second)
	opts.Every = cmp.Or(opts.Every, 300*time.Millisecond)
	network, address := "tcp", opts.Server
	if strings.HasPrefix(address, "/") {
		network = "unix"
	} else if _, _, err := net.SplitHostPort(address); err != nil {
		address = net.JoinHostPort(address, "631")
	}
	var dialer net.Dialer
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			conn, err := dialer.DialContext(ctx, network, address)
			if err != nil && network == "unix" {
				return dialer.DialContext(ctx, "tcp", "localhost:631")
			}
			return conn, err
		},
		DisableKeepAlives: true, // a stale connection would make a print's outcome unknown
	}
	c := &CUPS{
		opts:   opts,
		client: &http.Client{Transport: transport, Timeout: 30 * time.Second},
		url:    "http://localhost/printers/" + opts.Queue,
		uri:    "ipp://localhost/printers/" + opts.Queue,
		user:   "packbench",
	}
	if u, err := user.Current(); err == nil {
		c.user = u.Username
	}
	c.lp = c.byCommand
	return c
}

// Print sends the job once and follows it.
func (c *CUPS) Print(ctx context.Context, job Job) (Result, error) {
	queue, err := c.queue(ctx)
	var status httpError
	switch {
	case notReached(err), errors.As(err, &status):
		return c.lp(ctx, job)
	case err != nil:
		return refused(err.Error()), fmt.Errorf("print %s: %w", job.Name, err)
	}
	if !accepts(queue) {
		err := fmt.Errorf("the queue %s takes no jobs", c.opts.Queue)
		return refused(err.Error()), fmt.Errorf("print %s: %w", job.Name, err)
	}
	media, ok := chooseMedia(job.Media, queue.texts("media-supported"))
	if !ok {
		err := fmt.Errorf("the queue %s does not know the size %s", c.opts.Queue, job.Media)
		return refused(err.Error()), fmt.Errorf("print %s: %w", job.Name, err)
	}
	a, err := post(ctx, c.client, c.url, c.printJob(job, media), job.PDF)
	switch {
	case notReached(err), errors.As(err, &status):
		return c.lp(ctx, job) // surely not taken
	case err != nil:
		return c.afterUnknown(ctx, job.Name)
	case a.status > 0xFF:
		words := "the queue " + c.opts.Queue + " refused the job: " + cmp.Or(a.message, fmt.Sprintf("IPP status %04x", a.status))
		return refused(words), fmt.Errorf("print %s: %s", job.Name, words)
	}
	return c.follow(ctx, a.first().number("job-id"))
}

func (c *CUPS) printJob(job Job, media string) *request {
	r := newRequest(opPrintJob, c.uri, c.user)
	r.text(tagName, "job-name", job.Name)
	r.text(tagMIME, "document-format", "application/pdf")
	r.WriteByte(tagJob)
	r.number(tagInteger, "copies", max(job.Copies, 1))
	if media != "" {
		r.text(tagKeyword, "media", media)
	}
	r.text(tagKeyword, "print-scaling", "none") // without it CUPS may fit the page to another size
	return r
}

// queue asks for what the queue is. It is also the cheap way to find out that
// there is no print service before a document is sent.
func (c *CUPS) queue(ctx context.Context) (attributes, error) {
	r := newRequest(opGetPrinter, c.uri, c.user)
	r.text(tagKeyword, "requested-attributes", "printer-state", "printer-state-reasons",
		"printer-state-message", "printer-is-accepting-jobs", "media-supported")
	a, err := post(ctx, c.client, c.url, r, nil)
	var status httpError
	switch {
	case notReached(err), errors.As(err, &status):
		return nil, err
	case err != nil:
		return nil, noAnswer{err}
	case a.status == statusNotFound:
		return nil, fmt.Errorf("there is no queue named %s", c.opts.Queue)
	case a.status > 0xFF:
		return nil, fmt.Errorf("the queue %s answers: %s", c.opts.Queue, cmp.Or(a.message, "no"))
	}
	return a.first(), nil
}

func accepts(queue attributes) bool {
	return len(queue["printer-is-accepting-jobs"]) == 0 || queue.number("printer-is-accepting-jobs") != 0
}

var jobAttributes = []string{
	"job-id", "job-name", "job-state", "job-state-reasons", "job-printer-state-message",
	"job-printer-state-reasons",
}

// follow asks after the job until it has ended, or has been in trouble for
// longer than the patience, or the context ends.
func (c *CUPS) follow(ctx context.Context, id int) (Result, error) {
	ref := c.opts.Queue + "-" + strconv.Itoa(id)
	last := Told(Sent)
	for start := time.Now(); ; {
		if r, known := c.job(ctx, id); known {
			last = r
			if r.State == Printed || r.State == Rejected || r.State == PaperOut || r.State == Paused {
				break
			}
		}
		if time.Since(start) >= c.opts.Patience {
			if last.State == Sent {
				last = Told(Stuck)
			}
			break
		}
		select {
		case <-ctx.Done():
			last.Ref = ref
			return last, nil
		case <-time.After(c.opts.Every):
		}
	}
	last.Ref = ref
	return last, nil
}

// job asks after one job; false when the queue gave no answer.
func (c *CUPS) job(ctx context.Context, id int) (Result, bool) {
	r := newRequest(opGetJob, c.uri, c.user)
	r.number(tagInteger, "job-id", id)
	r.text(tagKeyword, "requested-attributes", jobAttributes...)
	a, err := post(ctx, c.client, c.url, r, nil)
	if err != nil || a.status > 0xFF || len(a.groups) == 0 {
		return Result{}, false
	}
	job := a.first()
	queue := attributes{}
	if job.number("job-state") < jobCanceled {
		if q, err := c.queue(ctx); err == nil {
			queue = q
		}
	}
	return judge(job, queue), true
}

// afterUnknown asks what became of a job whose answer was lost. It may outlive
// the context a little: the answer is worth more than the wait.
func (c *CUPS) afterUnknown(ctx context.Context, name string) (Result, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	r, err := c.Lookup(ctx, name)
	if err != nil {
		return Told(Unknown), nil
	}
	return r, nil
}

// Lookup finds the newest job of that name in the queue's list.
func (c *CUPS) Lookup(ctx context.Context, name string) (Result, error) {
	r := newRequest(opGetJobs, c.uri, c.user)
	r.text(tagKeyword, "which-jobs", "all")
	r.yes("my-jobs")
	r.text(tagKeyword, "requested-attributes", jobAttributes...)
	a, err := post(ctx, c.client, c.url, r, nil)
	if err != nil {
		return Told(Unknown), fmt.Errorf("look for %s in the queue %s: %w", name, c.opts.Queue, err)
	}
	if a.status > 0xFF {
		return Told(Unknown), fmt.Errorf("look for %s in the queue %s: %s", name, c.opts.Queue, a.message)
	}
	var found attributes
	history := false // the queue keeps what has ended, so that absence is a proof
	for _, job := range a.groups {
		history = history || job.number("job-state") >= jobCanceled
		if job.text("job-name") == name && (found == nil || job.number("job-id") > found.number("job-id")) {
			found = job
		}
	}
	switch {
	case found != nil:
		queue, err := c.queue(ctx)
		if err != nil {
			queue = attributes{}
		}
		result := judge(found, queue)
		result.Ref = c.opts.Queue + "-" + strconv.Itoa(found.number("job-id"))
		return result, nil
	case history:
		return refused("the job never reached the queue"), nil
	}
	return Told(Unknown), nil
}

// noAnswer is a print service that is there and does not answer in time.
type noAnswer struct{ cause error }

func (e noAnswer) Error() string { return "the print service does not answer" }
func (e noAnswer) Unwrap() error { return e.cause }

// notReached says that nothing was sent: there was nobody to send it to.
func notReached(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// Check asks the queue how its printer is.
func (c *CUPS) Check(ctx context.Context, device string) devices.Status {
	queue, err := c.queue(ctx)
	r, trouble := judgeReasons(queue.texts("printer-state-reasons"))
	switch {
	case notReached(err):
		r = Result{Words: "the print service does not run", Fix: "Start it: sudo systemctl start cups."}
	case err != nil:
		r = refused(err.Error())
	case !accepts(queue):
		r = Result{Words: "the queue " + c.opts.Queue + " takes no jobs", Fix: "Run: sudo cupsaccept " + c.opts.Queue}
	case trouble:
	case queue.number("printer-state") == printerStopped:
		r = Told(Paused)
	default:
		return ready(device)
	}
	return status(device, devices.Red, r)
}

// Queues gives the names of the queues of a print service; server as in
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
	case a.status > 0xFF:
		return nil, fmt.Errorf("list the print queues: %s", a.message)
	}
	var names []string
	for _, queue := range a.groups {
		if name := queue.text("printer-name"); name != "" {
			names = append(names, name)
		}
	}
	return names, nil
}

// chooseMedia gives the name under which the queue knows a size. A queue that
// lists none is believed to know it; one with a range of sizes too.
func chooseMedia(want string, supported []string) (string, bool) {
	if want == "" || len(supported) == 0 || slices.Contains(supported, want) {
		return want, true
	}
	_, size, _ := cutLast(want, "_")
	custom := false
	for _, name := range supported {
		if _, s, ok := cutLast(name, "_"); ok && s == size && !strings.Contains(name, "_min_") && !strings.Contains(name, "_max_") {
			return name, true
		}
		custom = custom || strings.HasPrefix(name, "custom_max") || strings.HasPrefix(name, "custom_min")
	}
	return want, custom
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
