package bench

import (
	"context"
	"fmt"
	"time"

	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/pack"
)

// LabelProfile is what a layout must know of a printer of the settings.
func LabelProfile(p config.Printer) (labels.Profile, error) {
	paper, err := labels.PaperNamed(p.Page)
	if err != nil {
		return labels.Profile{}, err
	}
	return labels.Profile{Name: fmt.Sprintf("%s-%d", p.Page, p.DPI), DPI: p.DPI, Paper: paper}, nil
}

// NewPrinter gives the printer that the settings name. Folder is where a
// folder printer writes when the settings name no folder.
func NewPrinter(p config.Printer, folder string) printer.Printer {
	if p.Folder != "" {
		folder = p.Folder
	}
	if p.Kind == "cups" {
		return printer.NewCUPS(printer.CUPSOptions{Queue: p.Queue})
	}
	return printer.Folder{Dir: folder}
}

// followEvery is how often a job that waits in its queue is asked after.
const followEvery = 100 * time.Millisecond

// print carries out the print effect: the kept bytes go to the printer, under
// a name that comes only once. What may have been sent before, in an earlier
// start or by an earlier try, is asked after first; nothing comes out twice,
// and after an unknown outcome nothing comes out by itself (L4).
func (r *runner) print(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	doc, err := r.Store.Document(ctx, e.Document)
	if err != nil {
		return err
	}
	job := printer.Job{Name: jobName(e), Kind: doc.Kind, PDF: doc.PDF, Media: r.Settings.Printers.Label.Media}
	if unsure || e.Intent != "" {
		result, err := r.printer.Lookup(ctx, job.Name)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil && result.State.Waiting():
			return r.follow(ctx, e, job.Name, result, report)
		case err == nil && (result.State == printer.Printed || result.State == printer.Sent):
			report(printEvent(e, result, true))
			return nil
		case unsure && (err != nil || result.State == printer.Unknown):
			report(printEvent(e, printer.Told(printer.Unknown), true))
			return nil
		}
	}
	result, err := r.printer.Print(ctx, job)
	switch {
	case ctx.Err() != nil:
		return nil // given up: the order moved on, or the program ends and asks at its next start
	case err != nil && result.Words == "":
		result = printer.Result{State: printer.Rejected, Words: err.Error()}
	case err == nil && result.State.Waiting():
		return r.follow(ctx, e, job.Name, result, report)
	}
	report(printEvent(e, result, true))
	return nil
}

// follow reports a job that waits in its queue, and again whenever it has
// moved on, until it is printed or thrown away.
func (r *runner) follow(ctx context.Context, e pack.Effect, name string, last printer.Result, report func(pack.Event)) error {
	report(printEvent(e, last, false))
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		result, err := r.printer.Lookup(ctx, name)
		if err != nil || ctx.Err() != nil || result.State == last.State {
			continue
		}
		ended := !result.State.Waiting()
		report(printEvent(e, result, ended))
		if ended {
			return nil
		}
		last = result
	}
}

// jobName names a job so that a queue can be asked for it later.
func jobName(e pack.Effect) string {
	if e.Reprint > 0 {
		return fmt.Sprintf("%s-%s-reprint-%d", e.Parcel, e.Key(), e.Reprint)
	}
	return e.Parcel + "-" + e.Key()
}

func printEvent(e pack.Effect, result printer.Result, ended bool) pack.Event {
	state := pack.PrintTrouble
	switch result.State {
	case printer.Printed:
		state = pack.PrintPrinted
	case printer.Sent:
		state = pack.PrintSent
	case printer.Unknown:
		state = pack.PrintUnknown
	}
	text := result.Words
	if result.Fix != "" {
		text += ": " + result.Fix
	}
	return pack.PrintReported{Effect: e.ID, Parcel: e.Parcel, State: state, Words: text, Ended: ended}
}
