package bench

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/unit"
)

// queue is a print queue whose printer is as a test says. Its jobs can be taken
// back.
type queue struct {
	mu    sync.Mutex
	state printer.State // of every job that was not taken back
	deaf  bool          // it no longer answers
	off   bool          // it takes no job
	jobs  []string
	taken []string
}

func (q *queue) set(change func(q *queue)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	change(q)
}

func (q *queue) Print(_ context.Context, job printer.Job) (printer.Result, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.off {
		return printer.Told(printer.Offline), errors.New("the queue is off")
	}
	q.jobs = append(q.jobs, job.Name)
	return printer.Told(q.state), nil
}

func (q *queue) Lookup(_ context.Context, name string) (printer.Result, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.deaf:
		return printer.Told(printer.Unknown), errors.New("no answer")
	case slices.Contains(q.taken, name):
		return printer.Told(printer.Cancelled), nil
	case !slices.Contains(q.jobs, name):
		return printer.Told(printer.Rejected), nil
	}
	return printer.Told(q.state), nil
}

func (q *queue) Cancel(_ context.Context, name string) (printer.Result, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.deaf {
		return printer.Told(printer.Unknown), errors.New("no answer")
	}
	q.taken = append(q.taken, name)
	return printer.Told(printer.Cancelled), nil
}

func (q *queue) all() (jobs, taken []string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.jobs), slices.Clone(q.taken)
}

func (c *counter) print() pack.PrintState {
	return c.bench.Engine.State().Label().State
}

func (c *counter) last() pack.Verdict { return *c.bench.Engine.State().Recent[0] }

// A label that waits in the queue must not come out once it is void.
func TestVoidedLabelsAreTakenOutOfTheQueue(t *testing.T) {
	q := &queue{state: printer.PaperOut}
	c := newCounter(t, q, nil)
	c.label()
	if _, taken := q.all(); len(taken) != 0 {
		t.Fatalf("taken back too early: %v", taken)
	}
	c.do(engine.Press{Command: pack.Command{Name: "void", Sure: true}})
	waitFor(t, "the job to be taken back", func() bool { _, taken := q.all(); return len(taken) > 0 })
	if jobs, taken := q.all(); len(jobs) != 1 || len(taken) != 1 || jobs[0] != taken[0] {
		t.Errorf("jobs %v, taken back %v", jobs, taken)
	}
}

// At the end of the program a job stays in its queue: it is asked after at the
// next start.
func TestJobsOutliveTheProgram(t *testing.T) {
	q := &queue{state: printer.PaperOut}
	t.Run("a bench", func(t *testing.T) { newCounter(t, q, nil).label() })
	if jobs, taken := q.all(); len(jobs) != 1 || len(taken) != 0 {
		t.Errorf("jobs %v, taken back %v", jobs, taken)
	}
}

// L4: a retry while the job waits in its queue sends nothing more and takes
// nothing back, also when the queue does not answer at that moment.
func TestRetryWhileTheJobWaits(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		q := &queue{state: printer.PaperOut}
		c := newCounter(t, q, nil)
		c.label()
		q.set(func(q *queue) { q.deaf = deaf })
		for range 3 {
			c.do(engine.Press{Command: pack.Command{Name: "retry"}})
			if v := c.last(); v.Code != pack.CodePrinterTrouble || v.Trouble.None() {
				t.Errorf("%s %s %q", v.Kind, v.Code, v.Trouble)
			}
		}
		q.set(func(q *queue) { q.deaf, q.state = false, printer.Printed })
		waitFor(t, "the label", func() bool { return c.print() == pack.PrintPrinted })
		if jobs, taken := q.all(); len(jobs) != 1 || len(taken) != 0 {
			t.Errorf("deaf %v: jobs %v, taken back %v", deaf, jobs, taken)
		}
	}
}

// A label that a printer surely does not take is given to it again by itself,
// and comes out once when somebody has loaded it or switched it on (L4). One that
// is refused waits for a person.
func TestALabelWaitsForAPrinterThatIsNotReady(t *testing.T) {
	q := &queue{state: printer.Printed, off: true}
	c := newCounter(t, q, nil)
	id := c.label().ID
	if v := c.last(); v.Code != pack.CodePrinterTrouble || !v.Waits || !v.Trouble.ByItself {
		t.Errorf("off: %+v", v)
	}
	c.do(engine.Press{Command: pack.ReadCommand("paper", "slip")})
	q.set(func(q *queue) { q.off = false })
	waitFor(t, "the label", func() bool { return c.print() == pack.PrintPrinted && len(c.bench.Engine.State().Pending) == 0 })
	if jobs, _ := q.all(); len(slices.DeleteFunc(jobs, func(name string) bool { return strings.Contains(name, "-slip-") })) != 1 {
		t.Errorf("jobs of %s: %v", id, jobs)
	}
}

// A label that is no longer wanted is not given to its printer again.
func TestAVoidLabelDoesNotWaitForItsPrinter(t *testing.T) {
	q := &queue{state: printer.Printed, off: true}
	r := &effects.Runner{Options: effects.Options{Printer: q}}
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan error, 1)
	told := make(chan printer.Result, 9)
	go func() {
		ended <- r.Send(ctx, q, printer.Job{Name: "1-1"}, func(last printer.Result, _ bool) { told <- last })
	}()
	<-told
	cancel(engine.ErrOver)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if jobs, taken := q.all(); len(jobs)+len(taken)+len(told) != 0 {
		t.Errorf("jobs %v, taken back %v", jobs, taken)
	}
}

// A retry asks for the job of the first try by its name, whatever was printed
// for an earlier label of the box.
func TestRetryKeepsTheNameOfItsJob(t *testing.T) {
	q := &queue{state: printer.Printed}
	c := newCounter(t, q, nil)
	c.label()
	c.do(engine.Press{Command: pack.ReadCommand("reprint", "damaged")})
	c.do(engine.Press{Command: pack.Command{Name: "void", Sure: true}})
	q.set(func(q *queue) { q.state = printer.Rejected })
	c.do(engine.Press{Command: pack.ReadCommand("service", "post-parcel")})
	c.do(engine.Press{Command: pack.Command{Name: "retry"}})
	jobs, _ := q.all()
	if len(jobs) != 4 || jobs[2] != jobs[3] {
		t.Errorf("jobs %v: label, reprint, the next label and its retry", jobs)
	}
}

// A person who took the label out of the queue while the program was off is
// asked; nothing is printed by itself.
func TestJobCancelledWhileTheProgramWasOff(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	q := &queue{state: printer.PaperOut}
	c, stop := startCounter(t, dir, q, nil)
	c.label()
	stop()
	q.set(func(q *queue) { q.taken, q.state = q.jobs, printer.Printed })
	c, _ = startCounter(t, dir, q, nil)
	waitFor(t, "the printer's answer", func() bool { return c.print() == pack.PrintTrouble && len(c.bench.Engine.State().Pending) == 0 })
	if jobs, _ := q.all(); len(jobs) != 1 {
		t.Errorf("jobs %v", jobs)
	}
}

// Jobs of an order that is no longer open are taken back; once the shop opens
// it again a retry prints its label, once.
func TestLabelOfAnOrderThatIsNoLongerOpen(t *testing.T) {
	for _, c := range []struct {
		status station.OrderStatus
		park   bool
	}{{station.OrderHeld, false}, {station.OrderCancelled, false}, {station.OrderHeld, true}} {
		q := &queue{state: printer.PaperOut}
		bench := newCounter(t, q, nil)
		first := bench.label()
		if c.park {
			bench.do(engine.Press{Command: pack.Command{Name: "park"}})
		}
		shop := func(status station.OrderStatus) {
			if err := bench.data.Store.SetOrderStatus(t.Context(), "1003", status, "x"); err != nil {
				t.Fatal(err)
			}
			bench.do(engine.Shop{Order: "1003"})
		}
		shop(c.status)
		waitFor(t, "the job to be taken back", func() bool { _, taken := q.all(); return len(taken) > 0 })
		if n := len(bench.bench.Engine.State().Pending); n != 0 {
			t.Errorf("%s: %d things are still under way", c.status, n)
		}
		q.set(func(q *queue) { q.state = printer.Printed })
		shop(station.OrderOpen)
		if c.park {
			bench.do(engine.Scan{Device: "test", Data: "1003"})
		}
		q.set(func(q *queue) { q.taken = nil; q.jobs = nil }) // the queue knows nothing of it any more
		bench.do(engine.Press{Command: pack.Command{Name: "retry"}})
		if jobs, _ := q.all(); len(jobs) != 1 || bench.print() != pack.PrintPrinted {
			t.Errorf("%s: jobs %v, the label is %s", c.status, jobs, bench.print())
		}
		if w := bench.bench.Engine.State().Work; w == nil || w.Parcel.Label.SSCC != first.Label.SSCC {
			t.Errorf("%s: it is not the same label", c.status)
		}
	}
}

// C5: a label with an address that the shop has changed meanwhile is void.
func TestAddressChangedAfterTheLabel(t *testing.T) {
	for _, park := range []bool{false, true} {
		q := &queue{state: printer.Printed}
		c := newCounter(t, q, nil)
		old := c.label()
		if park {
			c.do(engine.Press{Command: pack.Command{Name: "park"}})
		}
		o, err := c.data.Store.Order(t.Context(), "1003")
		if err != nil {
			t.Fatal(err)
		}
		o.To.Street, o.To.City = "Anderer Weg 5, "+strings.Repeat("im Hinterhaus links, ", 40), "Kiel"
		if _, err := c.data.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
			t.Fatal(err)
		}
		if park {
			c.do(engine.Scan{Device: "test", Data: "1003"})
		} else {
			c.do(engine.Shop{Order: "1003"})
		}
		w := c.bench.Engine.State().Work
		if v := c.last(); w == nil || w.Parcel.Label != nil || w.Step != pack.Weighing || v.Code != pack.CodeOrderChanged || v.Reason != "address" {
			t.Fatalf("parked %v: %+v; %s %s", park, w, v.Code, v.Reason)
		}
		c.do(engine.Weight{Scale: pack.ScaleZero})
		c.do(engine.Weight{Scale: pack.ScaleSteady, Mass: 740 * unit.Gram})
		w = c.bench.Engine.State().Work
		if w.Parcel.Label == nil || w.Parcel.Label.SSCC == old.Label.SSCC {
			t.Fatalf("no new label: %+v, %+v", w.Parcel, c.last())
		}
		c.do(engine.Scan{Device: "test", Data: "00" + old.Label.SSCC})
		if v := c.last(); v.Kind != pack.Refused {
			t.Errorf("the void label: %s %s", v.Kind, v.Code)
		}
		c.do(engine.Scan{Device: "test", Data: "00" + w.Parcel.Label.SSCC})
		if v := c.last(); v.Code != pack.CodeOrderClosed {
			t.Errorf("the new label: %s %s", v.Kind, v.Code)
		}
	}
}
