package bench

import (
	"context"
	"fmt"

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

// print carries out the print effect: the kept bytes go to the printer, under
// a name that comes only once. After an unknown outcome the printer is asked
// for the job; nothing is printed again by itself (L4).
func (r *runner) print(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	doc, err := r.Store.Document(ctx, e.Document)
	if err != nil {
		return err
	}
	job := printer.Job{Name: jobName(e), Kind: doc.Kind, PDF: doc.PDF, Media: r.Settings.Printers.Label.Media}
	if unsure {
		result, err := r.printer.Lookup(ctx, job.Name)
		if err != nil || result.State == printer.Unknown || result.State == printer.Rejected {
			report(reported(e, pack.PrintUnknown, printer.Told(printer.Unknown), true))
			return nil
		}
		report(printEvent(e, result))
		return nil
	}
	result, err := r.printer.Print(ctx, job)
	if ctx.Err() != nil {
		return nil // given up: the order moved on, or the program ends and asks at its next start
	}
	if err != nil && result.Words == "" {
		result = printer.Result{State: printer.Rejected, Words: err.Error()}
	}
	report(printEvent(e, result))
	return nil
}

// jobName names a job so that a queue can be asked for it later.
func jobName(e pack.Effect) string {
	if e.Reprint > 0 {
		return fmt.Sprintf("%s-%s-reprint-%d", e.Parcel, e.ID, e.Reprint)
	}
	return e.Parcel + "-" + e.ID
}

func printEvent(e pack.Effect, result printer.Result) pack.Event {
	switch result.State {
	case printer.Printed:
		return reported(e, pack.PrintPrinted, result, true)
	case printer.Sent:
		return reported(e, pack.PrintSent, result, true)
	case printer.Unknown:
		return reported(e, pack.PrintUnknown, result, true)
	}
	return reported(e, pack.PrintTrouble, result, true)
}

func reported(e pack.Effect, state pack.PrintState, result printer.Result, ended bool) pack.Event {
	text := result.Words
	if result.Fix != "" {
		text += ": " + result.Fix
	}
	return pack.PrintReported{Effect: e.ID, Parcel: e.Parcel, State: state, Words: text, Ended: ended}
}
