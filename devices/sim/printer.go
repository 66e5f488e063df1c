package sim

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"packbench/devices"
	"packbench/devices/printer"
	"packbench/station/trouble"
)

// Printer is a simulated printer: documents that come out of it are files in a
// folder.
type Printer struct {
	folder printer.Folder

	mu      sync.Mutex
	mode    printer.State
	waiting []printer.Job
}

// NewPrinter returns a printer that works. Its files are their user's alone.
func NewPrinter(dir string) *Printer {
	return &Printer{folder: printer.Folder{Dir: dir, Private: true}, mode: printer.Printed}
}

// Set makes the printer behave: ok, paper-out, offline, paused, rejected or
// stuck. With ok, jobs that have waited come out, as of a real printer.
func (p *Printer) Set(mode string) error {
	state := printer.Printed
	if mode != "ok" {
		if err := state.UnmarshalText([]byte(mode)); err != nil || !state.Waiting() && state != printer.Rejected {
			return fmt.Errorf("printer: %q is none of ok, paper-out, offline, paused, rejected, stuck", mode)
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mode = state
	if state != printer.Printed {
		return nil
	}
	for len(p.waiting) > 0 {
		if _, err := p.folder.Print(context.Background(), p.waiting[0]); err != nil {
			return err
		}
		p.waiting = p.waiting[1:]
	}
	return nil
}

// Print prints, or keeps the job waiting, or refuses it.
func (p *Printer) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.mode {
	case printer.Printed:
		return p.folder.Print(ctx, job)
	case printer.Rejected:
		return printer.Told(printer.Rejected), fmt.Errorf("print %s: the simulated printer refuses it", job.Name)
	}
	job.PDF = slices.Clone(job.PDF)
	p.waiting = append(p.waiting, job)
	return printer.Told(p.mode), nil
}

// Cancel takes a job back that has not come out.
func (p *Printer) Cancel(ctx context.Context, name string) (printer.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.IndexFunc(p.waiting, func(j printer.Job) bool { return j.Name == name }); i >= 0 {
		p.waiting = slices.Delete(p.waiting, i, i+1)
		return printer.Told(printer.Cancelled), nil
	}
	return p.folder.Lookup(ctx, name)
}

// Lookup says where the job is.
func (p *Printer) Lookup(ctx context.Context, name string) (printer.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.ContainsFunc(p.waiting, func(j printer.Job) bool { return j.Name == name }) {
		return printer.Told(p.mode), nil
	}
	return p.folder.Lookup(ctx, name)
}

// Check returns the lamp of a printer that behaves like this.
func (p *Printer) Check(_ context.Context, device string) devices.Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := devices.Status{Device: device, Kind: "printer", Lamp: devices.Green, Trouble: trouble.New(trouble.Ready)}
	if p.mode != printer.Printed {
		s.Lamp, s.Trouble = devices.Red, printer.Told(p.mode).Trouble
	}
	return s
}
