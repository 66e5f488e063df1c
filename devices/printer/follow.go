package printer

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/station/trouble"
)

// remember keeps the number of a job that was sent, so that asking after it
// does not mean reading the whole list.
func (s *service) remember(name string, id int) *track {
	const most = 200 // jobs that wait; beyond it the list is asked again
	t := &track{id: id, since: time.Now()}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= most {
		clear(s.known)
	}
	s.known[name] = t
	return t
}

func (s *service) recall(name string) *track {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[name]
}

func (s *service) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.known, name)
}

// graceAway is how long a printer may be out of reach before it is told: it
// may be waking up.
const graceAway = 2 * time.Second

// follow asks after the job until it has ended, or waits for something that
// has a name, or has made no headway for longer than the patience, or the
// context ends.
func (s *service) follow(ctx context.Context, name string, t *track) (Result, error) {
	last := Told(Sent)
	for {
		v, known := s.job(ctx, t.id)
		if known && v.broken {
			last = s.throwAway(ctx, t.id)
		} else if known {
			last = v.Result
		}
		last.Ref = s.reference(t.id)
		if known && s.told(t, v, &last) {
			if !last.State.Waiting() {
				s.forget(name)
			}
			return last, nil
		}
		if !known && ctx.Err() == nil && s.since(t) >= s.patience {
			return s.silent(name, last), nil
		}
		select {
		case <-ctx.Done():
			return last, nil
		case <-time.After(s.every):
		}
	}
}

// told reports whether what is known of a job is to be told now.
func (s *service) told(t *track, v verdict, last *Result) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if last.State != Offline {
		t.away = time.Time{}
	}
	switch last.State {
	case Sent:
		if now.Sub(t.since) < s.patience {
			return false
		}
		ref := last.Ref
		*last = saying(Stuck, trouble.Stuck, strings.TrimSpace(v.message))
		last.Ref = ref
		return true
	case Offline:
		if t.away.IsZero() {
			t.away = now
		}
		t.since = now
		return now.Sub(t.away) >= min(graceAway, s.patience)
	}
	t.since = now
	return true
}

func (s *service) since(t *track) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Since(t.since)
}

// silent is what is known when nobody answers for a job. A scheduler
// keeps its jobs and goes on; a printer that was switched off has lost them.
func (s *service) silent(name string, last Result) Result {
	r := Told(Unknown)
	if s.scheduler {
		r = saying(Stuck, trouble.ServiceSilent)
		r.Trouble.ByItself = true
	} else {
		s.forget(name)
		r.Trouble.Code = trouble.LeftBeforePrinted
	}
	r.Ref = last.Ref
	return r
}

// throwAway cancels a job whose document cannot be read, before the queue
// tries it again and again.
func (s *service) throwAway(ctx context.Context, id int) Result {
	r := brokenDocument()
	if _, err := s.cancelJob(ctx, id); err != nil {
		r.Trouble.Fix = trouble.CancelFirst
	}
	return r
}

var jobAttributes = []string{
	"job-id", "job-name", "job-state", "job-state-reasons", "job-state-message", "job-printer-state-message",
	"job-printer-state-reasons",
}

// jobTimes are when a job came and ended, and the scheduler's now.
var jobTimes = []string{"time-at-creation", "time-at-completed", "job-printer-up-time"}

// job asks after one job; false when nobody answers.
func (s *service) job(ctx context.Context, id int) (verdict, bool) {
	r := newRequest(opGetJob, s.uri, s.user)
	r.number(tagInteger, "job-id", id)
	r.text(tagKeyword, "requested-attributes", jobAttributes...)
	a, err := post(ctx, s.client, s.url, r, nil)
	switch {
	case err != nil:
		return verdict{}, false
	case a.status == statusNotFound: // the record of it is gone
		return verdict{Result: saying(Unknown, trouble.NoRecord)}, true
	case !a.ok(), len(a.groups) == 0:
		return verdict{}, false
	}
	job := a.first()
	queue := attributes{}
	if job.number("job-state") < jobCanceled {
		if q, err := s.printer(ctx); err == nil {
			queue = q
		}
	}
	return judge(job, queue), true
}

// afterUnknown asks what became of a job whose answer was lost. Finding it may
// outlive the context a little: the answer is worth more than the wait.
func (s *service) afterUnknown(ctx context.Context, name string, began time.Time) (Result, error) {
	brief, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	id, absent, err := s.find(brief, name, time.Since(began))
	switch {
	case err != nil:
		return Told(Unknown), nil
	case id != 0:
		return s.follow(ctx, name, s.remember(name, id))
	case absent:
		return saying(Rejected, trouble.NeverArrived, s.name), nil
	}
	return Told(Unknown), nil
}

// ever is longer ago than any record reaches back.
const ever = time.Duration(math.MaxInt64)

// Lookup finds the newest job of that name and follows it like Print. That
// there is none in the record proves nothing: see LookupWithin.
func (s *service) Lookup(ctx context.Context, name string) (Result, error) {
	return s.LookupWithin(ctx, name, ever)
}

// LookupWithin implements Recorder.
func (s *service) LookupWithin(ctx context.Context, name string, ago time.Duration) (Result, error) {
	if t := s.recall(name); t != nil {
		return s.follow(ctx, name, t)
	}
	id, absent, err := s.find(ctx, name, ago)
	switch {
	case err != nil:
		return Told(Unknown), fmt.Errorf("look for %s: %w", name, err)
	case id != 0:
		return s.follow(ctx, name, s.remember(name, id))
	case absent:
		return saying(Rejected, trouble.NeverArrived, s.name), nil
	}
	return Told(Unknown), nil
}

// find returns the number of the newest job of that name, 0 when there is none.
// None says that there surely was none within the time, see absent. Of a printer
// that is never known: printers forget their jobs soon.
func (s *service) find(ctx context.Context, name string, within time.Duration) (id int, none bool, err error) {
	jobs, err := s.jobs(ctx, "all")
	if err != nil && !s.scheduler { // not every printer knows the word
		var waiting, ended []attributes
		if waiting, err = s.jobs(ctx, "not-completed"); err == nil {
			ended, err = s.jobs(ctx, "completed")
		}
		jobs = slices.Concat(waiting, ended)
	}
	if err != nil {
		return 0, false, err
	}
	for _, job := range jobs {
		if job.text("job-name") == name {
			id = max(id, job.number("job-id"))
		}
	}
	return id, s.scheduler && absent(jobs, within, s.slack), nil
}

// defaultSlack is how far two clocks may drift apart, or be set, between a job
// and the question for it.
const defaultSlack = time.Minute

// absent reports whether a queue's record that does not show a job of the last so
// much time proves that there was none. A scheduler drops the jobs that ended
// longest ago, when it has more than MaxJobs or when they have become too old
// (PreserveJobHistory); so the record is whole from the end of any job that it
// still shows. Times are compared with the scheduler's own now, since its clock
// may be another than ours. A job of that time whose name is not shown, because
// it belongs to another user, may be the one.
func absent(jobs []attributes, within, slack time.Duration) bool {
	if within < 0 || within == ever {
		return false // our clock was set back, or nobody knows
	}
	whole := false
	for _, job := range jobs {
		since := func(event string) (ago time.Duration, known bool) {
			at, now := job.number(event), job.number("job-printer-up-time")
			return time.Duration(now-at) * time.Second, at > 0 && now > 0
		}
		if ended, known := since("time-at-completed"); known && job.number("job-state") >= jobCanceled && ended > within+slack {
			whole = true
		}
		if made, known := since("time-at-creation"); job.text("job-name") == "" && (!known || made <= within+slack) {
			return false
		}
	}
	return whole
}

func (s *service) jobs(ctx context.Context, which string) ([]attributes, error) {
	r := newRequest(opGetJobs, s.uri, s.user)
	r.text(tagKeyword, "which-jobs", which)
	if !s.scheduler { // a scheduler knows the jobs of other users too: this program may have been one of them
		r.yes("my-jobs")
	}
	r.text(tagKeyword, "requested-attributes", slices.Concat(jobAttributes, jobTimes)...)
	a, err := post(ctx, s.client, s.url, r, nil)
	switch {
	case err != nil:
		return nil, err
	case !a.ok():
		return nil, errors.New(s.name + " answers: " + a.words())
	}
	return a.groups, nil
}

// Cancel takes a job back. One that the record does not show waits nowhere.
func (s *service) Cancel(ctx context.Context, name string) (Result, error) {
	id := 0
	if t := s.recall(name); t != nil {
		id = t.id
	} else {
		found, _, err := s.find(ctx, name, ever)
		switch {
		case err != nil:
			return Told(Unknown), fmt.Errorf("cancel %s: %w", name, err)
		case found == 0 && s.scheduler:
			return saying(Rejected, trouble.NoSuchJob, s.name), nil
		case found == 0:
			return Told(Unknown), fmt.Errorf("cancel %s: %s has no such job", name, s.name)
		}
		id = found
	}
	r, err := s.cancelJob(ctx, id)
	r.Ref = s.reference(id)
	if err != nil {
		return r, fmt.Errorf("cancel %s: %w", name, err)
	}
	s.forget(name)
	return r, nil
}

// cancelJob cancels and waits until the job has ended.
func (s *service) cancelJob(ctx context.Context, id int) (Result, error) {
	r := newRequest(opCancel, s.uri, s.user)
	r.number(tagInteger, "job-id", id)
	a, err := post(ctx, s.client, s.url, r, nil)
	if status := (httpError{}); s.local && errors.As(err, &status) && status.status == http.StatusUnauthorized {
		again := newRequest(opCancel, s.uri, s.user)
		again.number(tagInteger, "job-id", id)
		again.credentials = "PeerCred " + s.user // the socket vouches for the name
		a, err = post(ctx, s.client, s.url, again, nil)
	}
	switch {
	case err != nil:
		return Told(Unknown), err
	case !a.ok() && a.status != statusTooLate:
		return Told(Unknown), errors.New(s.name + " does not cancel the job: " + a.words())
	}
	for start := time.Now(); ; {
		v, known := s.job(ctx, id)
		ended := known && !v.State.Waiting() && v.State != Sent && !v.broken
		switch {
		case ended && a.ok() && v.State == Rejected:
			return Told(Cancelled), nil // it ended by this, whatever the printer calls it
		case ended:
			return v.Result, nil
		case time.Since(start) >= s.patience:
			return saying(Stuck, trouble.NotCancelled), errors.New(s.name + " has not ended the job yet")
		}
		select {
		case <-ctx.Done():
			return Told(Unknown), ctx.Err()
		case <-time.After(s.every):
		}
	}
}

func containsFold(list []string, want string) bool {
	return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, want) })
}
