package effects

import (
	"context"
	"errors"
	"sync"
	"time"

	"packbench/devices/printer"
	"packbench/station/engine"
)

// takeBackWithin is how long the queue may take to give a job back.
const takeBackWithin = 5 * time.Second

// takeBack cancels a job that nobody waits for any more: the order moved on,
// and a label that came out late would lie about. At the end of the program the
// job stays, and is asked after at the next start.
func (r *Runner) takeBack(ctx context.Context, out printer.Printer, name string) {
	if !errors.Is(context.Cause(ctx), engine.ErrOver) {
		return
	}
	c, ok := out.(printer.Canceler)
	if !ok {
		r.back.note(name, printer.Unknown)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeBackWithin)
	defer cancel()
	result, err := c.Cancel(ctx, name)
	if err != nil {
		result.State = printer.Unknown // it may still come out
		r.Log.Warn("a print job could not be taken back", "job", name, "error", err)
	} else {
		r.Log.Info("print job taken back", "job", name, "state", result.State.String())
	}
	r.back.note(name, result.State)
}

// cancelledJobs remembers how the jobs ended that were taken back. A label printer
// keeps no record: asked for such a job later, it knows nothing of it.
type cancelledJobs struct {
	mu   sync.Mutex
	jobs map[string]printer.State
}

// note keeps how a job ended. One that its queue threw away, or never had, does
// not come out either.
func (t *cancelledJobs) note(name string, state printer.State) {
	const most = 200 // what is dropped is unknown
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.jobs == nil || len(t.jobs) >= most {
		t.jobs = map[string]printer.State{}
	}
	if state == printer.Rejected {
		state = printer.Cancelled
	}
	t.jobs[name] = state
}

func (t *cancelledJobs) of(name string) printer.State {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.jobs[name]
}

// forget is for a job that is given to its printer again.
func (t *cancelledJobs) forget(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.jobs, name)
}
