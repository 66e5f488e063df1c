package bench

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
)

// forgetful is a label printer: of a job that does not wait in it, it knows nothing.
type forgetful struct {
	queue
	cancel func() (printer.Result, error) // nil: the job is taken back
	broken bool                           // it breaks the program when it has printed
}

func (q *forgetful) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	r, err := q.queue.Print(ctx, job)
	if q.broken {
		panic("broken")
	}
	return r, err
}

func (q *forgetful) Lookup(ctx context.Context, name string) (printer.Result, error) {
	r, err := q.queue.Lookup(ctx, name)
	if !r.State.Waiting() {
		r = printer.Told(printer.Unknown)
	}
	return r, err
}

func (q *forgetful) Cancel(ctx context.Context, name string) (printer.Result, error) {
	if q.cancel != nil {
		return q.cancel()
	}
	return q.queue.Cancel(ctx, name)
}

// L4: the label of an order that the shop held for a while is printed by a retry
// only where it surely has not come out: a label printer cannot be asked later.
func TestARetryOfALabelThatWasTakenBack(t *testing.T) {
	late := func() (printer.Result, error) { return printer.Told(printer.Printed), nil }
	lost := func() (printer.Result, error) {
		return printer.Told(printer.Unknown), errors.New("the printer went out of reach")
	}
	for name, test := range map[string]struct {
		cancel  func() (printer.Result, error)
		off     bool // nothing was ever sent
		restart bool
		print   pack.PrintState
		jobs    int
	}{
		"it was taken back":        {nil, false, false, pack.PrintPrinted, 2},
		"too late":                 {late, false, false, pack.PrintPrinted, 1},
		"nobody can say":           {lost, false, false, pack.PrintUnknown, 1},
		"it was never sent":        {nil, true, false, pack.PrintPrinted, 1},
		"the program ended since":  {nil, false, true, pack.PrintUnknown, 1},
		"too late, then the end":   {late, false, true, pack.PrintUnknown, 1},
		"off, and ended since too": {nil, true, true, pack.PrintUnknown, 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			foldertest.Init(t, dir, true, folder.Options{})
			q := &forgetful{queue: queue{state: printer.PaperOut, off: test.off}, cancel: test.cancel}
			c, stop := startCounter(t, dir, q, nil)
			c.label()
			shop := func(status station.OrderStatus) {
				if err := c.data.Store.SetOrderStatus(t.Context(), "1003", status, "x"); err != nil {
					t.Fatal(err)
				}
				c.do(engine.Shop{Order: "1003"})
			}
			shop(station.OrderHeld)
			q.set(func(q *queue) { q.state, q.off = printer.Printed, false })
			if test.restart {
				stop()
				c, _ = startCounter(t, dir, q, nil)
			}
			shop(station.OrderOpen)
			c.do(engine.Press{Command: pack.Command{Name: "retry"}})
			if jobs, _ := q.all(); len(jobs) != test.jobs || c.print() != test.print {
				t.Errorf("jobs %v, the label is %s; want %d, %s", jobs, c.print(), test.jobs, test.print)
			}
			if asked := c.bench.Engine.State().Question != nil; asked != (test.print == pack.PrintUnknown) {
				t.Errorf("asked: %v, %+v", asked, c.last())
			}
		})
	}
}

// L4: the same where the settings name another printer since: that one never heard
// of the job, and says so.
func TestARetryOfALabelThatWasTakenBackElsewhere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	shop := func(c *counter, status station.OrderStatus) {
		if err := c.data.Store.SetOrderStatus(t.Context(), "1003", status, "x"); err != nil {
			t.Fatal(err)
		}
		c.do(engine.Shop{Order: "1003"})
	}
	c, stop := startCounter(t, dir, &forgetful{queue: queue{state: printer.PaperOut}}, nil)
	c.label()
	shop(c, station.OrderHeld)
	stop()
	q := &queue{state: printer.Printed}
	c, _ = startCounter(t, dir, q, func(s *config.Settings) { s.Printers.Label.Folder = t.TempDir() })
	shop(c, station.OrderOpen)
	c.do(engine.Press{Command: pack.Command{Name: "retry"}})
	if jobs, _ := q.all(); len(jobs) != 0 || c.print() != pack.PrintUnknown || c.bench.Engine.State().Question == nil {
		t.Errorf("jobs %v, the label is %s: %+v", jobs, c.print(), c.last())
	}
	c.do(engine.Press{Command: pack.Command{Name: "print-again"}})
	if jobs, _ := q.all(); len(jobs) != 1 || c.print() != pack.PrintPrinted {
		t.Errorf("jobs %v, the label is %s", jobs, c.print())
	}
}

// A label that was surely not taken is sent by a retry also to a printer that can
// say nothing of it: there is nothing to ask the packer about.
func TestARetryOfALabelThatWasRefused(t *testing.T) { // L4
	q := &forgetful{queue: queue{state: printer.Rejected}}
	c := newCounter(t, q, nil)
	c.label()
	q.set(func(q *queue) { q.state = printer.Printed })
	c.do(engine.Press{Command: pack.Command{Name: "retry"}})
	if jobs, _ := q.all(); len(jobs) != 2 || jobs[0] != jobs[1] || c.print() != pack.PrintPrinted {
		t.Errorf("jobs %v, the label is %s", jobs, c.print())
	}
}

// L4: where the program itself breaks while it prints, the label may have come out:
// the packer is asked, and no retry prints it again.
func TestAPrintThatBreaksIsUnknown(t *testing.T) {
	q := &forgetful{queue: queue{state: printer.Printed}, broken: true}
	c := newCounter(t, q, nil)
	c.label()
	c.do(engine.Press{Command: pack.Command{Name: "retry"}})
	if jobs, _ := q.all(); len(jobs) != 1 || c.print() != pack.PrintUnknown || c.bench.Engine.State().Question == nil {
		t.Errorf("jobs %v, the label is %s: %+v", jobs, c.print(), c.last())
	}
}
