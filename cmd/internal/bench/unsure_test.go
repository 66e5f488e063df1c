package bench

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
)

// slowQueue is a queue that has a job, and answers no question of it in time.
type slowQueue struct {
	queue
	asked chan string
}

func (q *slowQueue) Lookup(ctx context.Context, name string) (printer.Result, error) {
	q.asked <- name
	<-ctx.Done()
	return printer.Told(printer.Sent), nil
}

// A label that waits in its queue since an earlier start, and whose order moves
// on while the queue is still being asked for it, must not come out.
func TestVoidedLabelsAreTakenBackWhileTheyAreAskedAfter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	before := &queue{state: printer.PaperOut}
	c, stop := startCounter(t, dir, before, nil)
	c.label()
	stop()
	jobs, _ := before.all()
	q := &slowQueue{asked: make(chan string, 1)}
	c, _ = startCounter(t, dir, q, nil)
	if name := <-q.asked; len(jobs) != 1 || name != jobs[0] {
		t.Fatalf("asked for %s, the job is %v", name, jobs)
	}
	c.bench.Engine.Post(engine.Press{Command: pack.Command{Name: "void", Sure: true}})
	waitFor(t, "the job to be taken back", func() bool { _, taken := q.all(); return len(taken) > 0 })
	if _, taken := q.all(); taken[0] != jobs[0] {
		t.Errorf("taken back %v, the job is %v", taken, jobs)
	}
}

// spoil makes the kept documents unreadable, or readable again.
func spoil(t *testing.T, dir, from, to string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName)+"?_pragma=busy_timeout(30000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "UPDATE documents SET id = replace(id, ?, ?)", from, to); err != nil {
		t.Fatal(err)
	}
}

// L4, F2: what may have been sent in an earlier start is asked after also where
// its document cannot be read now: a retry, once it can be, sends no second one.
func TestALabelThatCannotBeReadIsAskedAfterAllTheSame(t *testing.T) {
	for name, test := range map[string]struct {
		after func(*queue)
		print pack.PrintState
		jobs  int // after a retry
	}{
		"it came out":       {func(q *queue) { q.state = printer.Printed }, pack.PrintPrinted, 1},
		"nobody answers":    {func(q *queue) { q.deaf = true }, pack.PrintUnknown, 1},
		"it was never sent": {func(q *queue) { q.state, q.jobs = printer.Printed, nil }, pack.PrintTrouble, 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir, q := filepath.Join(t.TempDir(), "data"), &queue{state: printer.PaperOut}
			foldertest.Init(t, dir, true, folder.Options{})
			c, stop := startCounter(t, dir, q, nil)
			c.label()
			stop()
			q.set(test.after)
			spoil(t, dir, "-", "+")
			c, _ = startCounter(t, dir, q, nil)
			waitFor(t, "the start", func() bool {
				return c.bench.Engine.Quiet(t.Context()) == nil && len(c.bench.Engine.State().Pending) == 0
			})
			if got := c.print(); got != test.print {
				t.Errorf("the label is %s, want %s: %+v", got, test.print, c.last())
			}
			if asked := c.bench.Engine.State().Question != nil; asked != (test.print == pack.PrintUnknown) {
				t.Errorf("asked: %v", asked)
			}
			spoil(t, dir, "+", "-")
			c.do(engine.Press{Command: pack.Command{Name: "retry"}})
			if jobs, _ := q.all(); len(jobs) != test.jobs {
				t.Errorf("sent %v, want %d", jobs, test.jobs)
			}
		})
	}
}

// brokenPrinter breaks when it is asked.
type brokenPrinter struct{ queue }

func (*brokenPrinter) Lookup(context.Context, string) (printer.Result, error) { panic("broken") }

// L4: where the program itself breaks while it asks, nobody can say what became
// of a label, a paper or a list of an earlier start.
func TestWhatBreaksWhileItIsAskedAfterIsUnknown(t *testing.T) {
	c := newCounter(t, nil, func(s *config.Settings) { s.Printers.Slip.Kind = "label" })
	parcel := c.label().ID
	q := &brokenPrinter{}
	r := effects.New(c.data, effects.Options{Station: "S1", Printer: q, Paper: q})
	for _, kind := range []string{pack.DocumentLabel, "slip", pack.DocumentManifest} {
		e := pack.Effect{ID: "S1.99.1", Kind: pack.EffectPrint, Document: pack.Document{Kind: kind, Of: parcel}}
		var told []pack.Event
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the fault is hidden from the engine, which writes it down")
				}
			}()
			r.Run(t.Context(), e, true, func(e pack.Event) { told = append(told, e) })
		}()
		if len(told) != 1 {
			t.Fatalf("%s: told %+v", kind, told)
		}
		if p, ok := told[0].(pack.Printed); !ok || p.State != pack.PrintUnknown || !p.Ended || p.Effect != e.ID || p.Document != e.Document {
			t.Errorf("%s: told %+v", kind, told)
		}
	}
	if jobs, _ := q.all(); len(jobs) != 0 {
		t.Errorf("sent %v", jobs)
	}
}

// recordingQueue keeps a record that reaches back a while.
type recordingQueue struct {
	queue
	back time.Duration
}

func (q *recordingQueue) LookupWithin(ctx context.Context, name string, ago time.Duration) (printer.Result, error) {
	r, err := q.Lookup(ctx, name)
	if r.State == printer.Rejected && (ago < 0 || ago > q.back) {
		r = printer.Told(printer.Unknown)
	}
	return r, err
}

// L4: a label of which its queue has no record is sent after a start only if the
// record reaches back to its wish; else the packer is asked.
func TestALabelThatItsQueueMayHaveForgotten(t *testing.T) {
	for name, test := range map[string]struct {
		off, back time.Duration // how long ago the wish was; how far the record reaches back
		sent      int
		print     pack.PrintState
	}{
		"the record reaches back": {time.Hour, 2 * time.Hour, 1, pack.PrintPrinted},
		"the record is too young": {3 * time.Hour, 2 * time.Hour, 0, pack.PrintUnknown},
		"the clock was set back":  {-3 * time.Hour, 2 * time.Hour, 0, pack.PrintUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			foldertest.Init(t, dir, true, folder.Options{})
			c, stop := startCounter(t, dir, &queue{state: printer.PaperOut}, nil)
			c.label()
			stop()
			q := &recordingQueue{queue: queue{state: printer.Printed}, back: test.back}
			c, _ = startCounterAt(t, dir, func() time.Time { return time.Now().Add(test.off) }, q, nil)
			waitFor(t, "the start", func() bool { return c.bench.Engine.Quiet(t.Context()) == nil })
			if jobs, _ := q.all(); len(jobs) != test.sent || c.print() != test.print {
				t.Errorf("sent %v, the label is %s; want %d, %s", jobs, c.print(), test.sent, test.print)
			}
		})
	}
}
