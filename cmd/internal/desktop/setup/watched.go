package setup

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"packbench/devices"
	"packbench/devices/printer"
)

// Watched remembers the printer's last word, for its lamp.
type Watched struct {
	printer.Printer
	Last   atomic.Pointer[printer.Result]
	Status atomic.Pointer[devices.Status] // of one that can say how it is
}

// Check asks the printer how it is; ok is false for one that cannot say.
func (p *Watched) Check(ctx context.Context) (s devices.Status, ok bool) {
	c, ok := p.Printer.(printer.Checker)
	if !ok {
		return s, false
	}
	s = c.Check(ctx, "label printer")
	p.Status.Store(&s)
	return s, true
}

// Print implements printer.Printer.
func (p *Watched) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	r, err := p.Printer.Print(ctx, job)
	p.Last.Store(&r)
	return r, err
}

// Lookup implements printer.Printer.
func (p *Watched) Lookup(ctx context.Context, name string) (printer.Result, error) {
	r, err := p.Printer.Lookup(ctx, name)
	p.Last.Store(&r)
	return r, err
}

// LookupWithin implements printer.Recorder: as Lookup for a printer that keeps
// no record.
func (p *Watched) LookupWithin(ctx context.Context, name string, ago time.Duration) (printer.Result, error) {
	recorder, ok := p.Printer.(printer.Recorder)
	if !ok {
		return p.Lookup(ctx, name)
	}
	r, err := recorder.LookupWithin(ctx, name, ago)
	p.Last.Store(&r)
	return r, err
}

// Cancel implements printer.Canceler: without it no label of an order that is
// no longer open would be taken back.
func (p *Watched) Cancel(ctx context.Context, name string) (printer.Result, error) {
	if c, ok := p.Printer.(printer.Canceler); ok {
		return c.Cancel(ctx, name)
	}
	return printer.Told(printer.Unknown), errors.New("jobs cannot be cancelled on this kind of printer")
}
