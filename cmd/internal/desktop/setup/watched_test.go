package setup

import (
	"context"
	"testing"
	"time"

	"packbench/devices/printer"
)

// record is a queue that keeps a record and gives jobs back.
type record struct {
	printer.Printer
	taken []string
	asked time.Duration
}

func (r *record) LookupWithin(_ context.Context, _ string, ago time.Duration) (printer.Result, error) {
	r.asked = ago
	return printer.Told(printer.Printed), nil
}

func (r *record) Cancel(_ context.Context, name string) (printer.Result, error) {
	r.taken = append(r.taken, name)
	return printer.Told(printer.Cancelled), nil
}

// The window's label printer can do all that the printer behind it can: jobs
// are taken back, and its record is asked how far it reaches (L4).
func TestTheWindowsPrinterCanWhatItsPrinterCan(t *testing.T) {
	inner := &record{}
	var out printer.Printer = &Watched{Printer: inner}
	c, ok := out.(printer.Canceler)
	if !ok {
		t.Fatal("it takes nothing back")
	}
	if r, err := c.Cancel(t.Context(), "1-1"); err != nil || r.State != printer.Cancelled || len(inner.taken) != 1 {
		t.Errorf("%+v, %v, taken back %v", r, err, inner.taken)
	}
	recorder, ok := out.(printer.Recorder)
	if !ok {
		t.Fatal("it asks no record")
	}
	if r, err := recorder.LookupWithin(t.Context(), "1-1", time.Hour); err != nil || r.State != printer.Printed || inner.asked != time.Hour {
		t.Errorf("%+v, %v, asked for %s", r, err, inner.asked)
	}
	plain := &Watched{Printer: printer.Folder{Dir: t.TempDir()}}
	if r, err := plain.LookupWithin(t.Context(), "1-1", time.Hour); err != nil || r.State != printer.Unknown {
		t.Errorf("a folder: %+v, %v", r, err)
	}
	if _, err := plain.Cancel(t.Context(), "1-1"); err == nil {
		t.Error("a folder gives a job back")
	}
}
