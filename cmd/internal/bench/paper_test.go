package bench

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/papers"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/pack"
)

// A paper that may have been on its way when the program ended is asked after:
// what was surely never taken is printed now, under the same name and without
// the mark of a reprint, and nothing else is sent.
func TestPapersAreAskedAfterAtTheNextStart(t *testing.T) { // F2, L4
	for name, tt := range map[string]struct {
		queue printedBefore
		sent  int
		state pack.PrintState
		words string
	}{
		"never taken":  {printedBefore{state: printer.Rejected}, 1, pack.PrintPrinted, ""},
		"printed":      {printedBefore{state: printer.Printed}, 0, pack.PrintPrinted, ""},
		"handed on":    {printedBefore{state: printer.Sent}, 0, pack.PrintSent, ""},
		"nobody knows": {printedBefore{state: printer.Unknown}, 0, pack.PrintUnknown, "we cannot tell whether it printed"},
		"no answer":    {printedBefore{state: printer.Rejected, err: errors.New("off")}, 0, pack.PrintUnknown, "we cannot tell whether it printed"},
		"taken out":    {printedBefore{state: printer.Cancelled}, 0, pack.PrintTrouble, "the job was cancelled"},
		"still waits":  {printedBefore{state: printer.PaperOut, then: printer.Printed}, 0, pack.PrintPrinted, ""},
	} {
		t.Run(name, func(t *testing.T) {
			q := tt.queue
			c := newCounter(t, nil, func(s *config.Settings) { s.Printers.Slip.Kind = "label" })
			e := pack.Effect{ID: "S1.99.1", Kind: pack.EffectPrint, Document: pack.Document{Kind: "slip", Of: c.label().ID}, Order: "1003"}
			r := effects.New(c.data, effects.Options{Station: "S1", Printer: &q})
			var told []pack.Printed
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			if err := r.Print(ctx, e, true, func(event pack.Event) { told = append(told, event.(pack.Printed)) }); err != nil {
				t.Fatal(err)
			}
			if len(q.jobs) != tt.sent || tt.sent > 0 && q.jobs[0] != "1003-1-slip-S1.99.1" {
				t.Errorf("sent %v, want %d", q.jobs, tt.sent)
			}
			waits := 0
			for i, p := range told {
				if !p.Ended {
					waits++
				}
				if p.Ended != (i == len(told)-1) {
					t.Errorf("told %+v", told)
				}
			}
			if waits > 0 != (q.then != printer.Unknown) || len(told) == 0 {
				t.Fatalf("told %+v", told)
			}
			got := told[len(told)-1]
			if got.State != tt.state || !strings.HasPrefix(got.Trouble.Wrong(), tt.words) {
				t.Errorf("%+v, want %s %q", got, tt.state, tt.words)
			}
		})
	}
}

// printedBefore is a queue that knows the job already, or does not.
type printedBefore struct {
	state printer.State
	then  printer.State // after the first answer, where it is set
	err   error
	jobs  []string
}

func (q *printedBefore) Print(_ context.Context, job printer.Job) (printer.Result, error) {
	q.jobs = append(q.jobs, job.Name)
	return printer.Told(printer.Printed), nil
}

func (q *printedBefore) Lookup(context.Context, string) (printer.Result, error) {
	r := printer.Told(q.state)
	if q.then != printer.Unknown {
		q.state = q.then
	}
	return r, q.err
}

func TestWhatADocumentCannotShowIsCountedAndSaid(t *testing.T) { // L3
	var d papers.Drawn
	if d.Lost() != "" {
		t.Errorf("nothing: %s", d.Lost())
	}
	d.Missing = []labels.Missing{{Field: "to", Text: "😀"}}
	if got := d.Lost(); got != "1 character of it could not be printed" {
		t.Error(got)
	}
	d.Missing = append(d.Missing, labels.Missing{Field: "driver", Text: "🚚🚚"})
	if got := d.Lost(); got != "3 characters of it could not be printed" {
		t.Error(got)
	}
	d.Missing = append(d.Missing, labels.Missing{Text: "👩👧", Boxes: 3}, labels.Missing{Text: "PB:reason:lost", Instead: true})
	if got := d.Lost(); got != "6 characters of it could not be printed" { // as many as there are boxes
		t.Error(got)
	}
}

// What a kill left in a folder of documents is gone after the next start, also
// where a kind of paper has a folder of its own.
func TestFoldersAreTidiedAtTheStart(t *testing.T) {
	own := t.TempDir()
	half := filepath.Join(own, ".writing-1234")
	old := time.Now().Add(-time.Hour)
	if err := errors.Join(os.WriteFile(half, nil, 0o600), os.Chtimes(half, old, old)); err != nil {
		t.Fatal(err)
	}
	newCounter(t, nil, func(s *config.Settings) { s.Printers.Slip.Kind, s.Printers.Slip.Folder = "folder", own })
	if _, err := os.Stat(half); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there still: %v", err)
	}
}
