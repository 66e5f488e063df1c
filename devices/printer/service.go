package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/user"
	"strconv"
	"sync"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// How a job is followed, where the options do not say.
const (
	defaultPatience = 15 * time.Second
	defaultEvery    = 300 * time.Millisecond
)

// service is whatever speaks IPP: a queue of a scheduler, or a printer itself.
type service struct {
	name      string // in words: the queue Label
	url       string // where requests are posted
	uri       string // printer-uri
	ref       string // what a job's number is put behind
	scheduler bool   // it keeps jobs while the printer is away, and a record of those that ended
	local     bool   // a socket of this machine, which knows who asks
	user      string
	client    http.RoundTripper
	patience  time.Duration
	every     time.Duration
	slack     time.Duration // see defaultSlack

	mu    sync.Mutex
	known map[string]*track
}

// track is a job that has been sent and has not been seen to end.
type track struct {
	id    int
	since time.Time // when it was sent, or was last in a trouble that has a name
	away  time.Time // since when its printer is out of reach, zero when it is not
}

// newService speaks HTTP over what dial gives.
func newService(dial func(context.Context) (net.Conn, error), patience, every time.Duration) *service {
	s := &service{
		user: "packbench",
		// No http.Client: it would follow a redirect, and that is an answer. The job
		// was not printed here, and goes nowhere else.
		client: &http.Transport{
			DialContext:       func(ctx context.Context, _, _ string) (net.Conn, error) { return dial(ctx) },
			DisableKeepAlives: true, // a stale connection would make a print's outcome unknown
		},
		patience: cmp.Or(patience, defaultPatience),
		every:    cmp.Or(every, defaultEvery),
		slack:    defaultSlack,
		known:    map[string]*track{},
	}
	if u, err := user.Current(); err == nil {
		s.user = u.Username
	}
	return s
}

// notSent is a job that was surely not taken, because nobody was there to take
// it, or it was turned away before IPP was spoken.
type notSent struct{ cause error }

func (e *notSent) Error() string { return "not sent: " + e.cause.Error() }
func (e *notSent) Unwrap() error { return e.cause }

// turnedAway says that a request surely had no effect.
func turnedAway(err error) bool {
	var status httpError
	return notReached(err) || errors.As(err, &status) && status.refusal()
}

// spoken says that there was an answer, in HTTP and not in IPP.
func spoken(err error) bool {
	var status httpError
	return errors.As(err, &status)
}

// notReached says that nothing was sent: there was nobody to send it to.
func notReached(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// noAnswer is a print service that is there and does not answer in time.
type noAnswer struct{ cause error }

func (e noAnswer) Error() string { return "the print service does not answer" }
func (e noAnswer) Unwrap() error { return e.cause }

// print sends a job once and follows it to its end.
func (s *service) print(ctx context.Context, job Job) (Result, error) {
	fail := func(err error) (Result, error) {
		return s.failed(err), fmt.Errorf("print %s: %w", job.Name, err)
	}
	queue, err := s.printer(ctx)
	switch {
	case turnedAway(err):
		return fail(&notSent{err})
	case err != nil:
		return fail(err)
	case !accepts(queue):
		return fail(errors.New(s.name + " accepts no jobs"))
	}
	order, err := s.order(job, queue)
	if err != nil {
		return fail(err)
	}
	if !s.scheduler {
		if err := s.validate(ctx, order); err != nil {
			return fail(err)
		}
	}
	began := time.Now()
	a, err := s.submit(ctx, order)
	switch {
	case turnedAway(err):
		return fail(&notSent{err})
	case err != nil:
		return s.afterUnknown(ctx, job.Name, began)
	case !a.ok():
		return fail(s.refusal(a, order))
	}
	return s.follow(ctx, job.Name, s.remember(job.Name, a.first().number("job-id")))
}

// failed is a job that was surely not taken, in words.
func (s *service) failed(err error) Result {
	if status := (httpError{}); errors.As(err, &status) {
		return status.told(s.name, s.scheduler)
	}
	return refused(err)
}

// order is a job in the form in which this service takes it.
type order struct {
	Job
	document []byte
	format   string
	media    string
	has      attributes // what the printer says of itself
}

const (
	formatPDF = "application/pdf"
	formatRaw = "application/vnd.cups-raw" // to a queue: do not touch
	formatAny = "application/octet-stream" // to a printer: find out what it is
)

// order chooses the form and the size, or says why there is none.
func (s *service) order(job Job, queue attributes) (order, error) {
	o := order{Job: job, document: job.PDF, format: formatPDF, has: queue}
	if len(job.PDF) == 0 {
		o.document, o.format = job.ZPL, formatAny
		if s.scheduler {
			o.format = formatRaw
		}
	}
	if len(o.document) == 0 {
		return o, errors.New("there is nothing to print")
	}
	formats := queue.texts("document-format-supported")
	if !s.scheduler && len(formats) > 0 && !containsFold(formats, o.format) {
		return o, &FormatError{Printer: s.name, Format: o.format, Has: formats}
	}
	if o.format != formatPDF {
		return o, nil // ZPL says its size itself
	}
	supported := queue.texts("media-supported")
	media, ok := chooseMedia(job.Media, supported)
	if !ok {
		return o, &MediaError{Printer: s.name, Media: job.Media, Has: supported}
	}
	o.media = media
	return o, nil
}

// request returns the request of an order, for Print-Job and Validate-Job.
func (s *service) request(op uint16, o order) *request {
	r := newRequest(op, s.uri, s.user)
	r.text(tagName, "job-name", o.Name)
	r.text(tagMIME, "document-format", o.format)
	r.WriteByte(tagJob)
	r.number(tagInteger, "copies", max(o.Copies, 1))
	if o.media != "" {
		r.text(tagKeyword, "media", o.media)
	}
	if o.format == formatPDF {
		r.text(tagKeyword, "print-scaling", "none") // without it the page may be fitted to another size
	}
	return r
}

// submit sends the order. A printer that is busy took nothing, so it may be
// asked again.
func (s *service) submit(ctx context.Context, o order) (answer, error) {
	for start := time.Now(); ; {
		a, err := post(ctx, s.client, s.url, s.request(opPrintJob, o), o.document)
		if err != nil || a.status != statusBusy || time.Since(start) >= s.patience {
			return a, err
		}
		select {
		case <-ctx.Done():
			return a, nil
		case <-time.After(s.every):
		}
	}
}

// validate asks a printer whether it would take the job. One that cannot be
// asked may still take it.
func (s *service) validate(ctx context.Context, o order) error {
	a, err := post(ctx, s.client, s.url, s.request(opValidate, o), nil)
	switch {
	case spoken(err):
		return err
	case err != nil:
		return noAnswer{err}
	case a.status == statusNoSuchOp, a.status == statusBusy:
		return nil
	case !a.ok(), len(a.unsupported["media"]) > 0:
		return s.refusal(a, o)
	}
	return nil
}

// refusal says what a service did not like.
func (s *service) refusal(a answer, o order) error {
	switch {
	case a.status == statusFormat, len(a.unsupported["document-format"]) > 0:
		return &FormatError{Printer: s.name, Format: o.format, Has: o.has.texts("document-format-supported")}
	case len(a.unsupported["media"]) > 0:
		return &MediaError{Printer: s.name, Media: o.media, Has: o.has.texts("media-supported")}
	case a.status == statusBusy:
		return errors.New(s.name + " is busy with another job; print again in a moment")
	}
	return errors.New(s.name + " refused the job: " + a.words())
}

// printer asks for what the queue or printer is. It is also the cheap way to
// find out that nobody is there before a document is sent.
func (s *service) printer(ctx context.Context) (attributes, error) {
	r := newRequest(opGetPrinter, s.uri, s.user)
	r.text(tagKeyword, "requested-attributes", "printer-state", "printer-state-reasons", "printer-state-message",
		"printer-is-accepting-jobs", "media-supported", "document-format-supported")
	a, err := post(ctx, s.client, s.url, r, nil)
	switch {
	case notReached(err), spoken(err):
		return nil, err
	case err != nil:
		return nil, noAnswer{err}
	case a.status == statusNotFound:
		return nil, errors.New("there is no " + trimThe(s.name))
	case !a.ok():
		return nil, errors.New(s.name + " answers: " + a.words())
	}
	return a.first(), nil
}

func accepts(queue attributes) bool {
	return len(queue["printer-is-accepting-jobs"]) == 0 || queue.number("printer-is-accepting-jobs") != 0
}

// check returns the lamp; down is what is said when nobody is there.
func (s *service) check(ctx context.Context, device string, down Result) devices.Status {
	queue, err := s.printer(ctx)
	r, bad := judgeReasons(queue.texts("printer-state-reasons"))
	switch {
	case notReached(err):
		r = down
	case err != nil:
		r = s.failed(err)
	case !accepts(queue):
		r = saying(Rejected, trouble.TakesNoJobs, s.name, s.ref)
		if s.scheduler {
			r.Trouble.Fix = trouble.AcceptJobs
		}
	case bad:
	case queue.number("printer-state") == printerStopped:
		r = Told(Paused)
	// A queue learns that its printer is away only by printing.
	case queue.number("printer-state") == printerProcessing && outOfReach(queue.text("printer-state-message")):
		r = Told(Offline)
	default:
		return ready(device)
	}
	st := status(device, devices.Red, r)
	if err == nil {
		st.LastHeard = time.Now()
	}
	return st
}

// reference is what the queue's own tools call a job: Label-12.
func (s *service) reference(id int) string { return s.ref + "-" + strconv.Itoa(id) }
