package effects

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/effects/printers"
	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/carried"
	"packbench/cmd/internal/papers/putaway"
	"packbench/devices"
	"packbench/devices/printer"
	"packbench/labels"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// NewPrinter returns the printer that the settings name. Folder is where a
// folder printer writes when the settings name no folder. One that cannot be
// right says so with each job.
func NewPrinter(p config.Printer, folder string) printer.Printer {
	kind := p.Kind
	if kind == "sim" {
		kind = printer.KindFolder
	}
	if kind == printer.KindCUPS || kind == printer.KindIPP || kind == printer.KindWindows { // they are told the paper
		if err := printers.CheckMedia(p); err != nil {
			return wrongPrinter{err}
		}
	}
	out, err := printer.New(kind, printer.Options{Folder: cmp.Or(p.Folder, folder), Queue: p.Queue, Address: p.Address, Mute: p.Mute})
	if err != nil {
		return wrongPrinter{err}
	}
	return out
}

// wrongPrinter is a printer whose settings cannot be right.
type wrongPrinter struct{ err error }

func (w wrongPrinter) result() printer.Result {
	return printer.Result{State: printer.Rejected, Trouble: trouble.New(trouble.Said, w.err.Error()).With(trouble.CorrectPrinter)}
}

func (w wrongPrinter) Print(context.Context, printer.Job) (printer.Result, error) {
	return w.result(), w.err
}

// Lookup says that nobody knows: the job may stand in the queue of before.
func (w wrongPrinter) Lookup(context.Context, string) (printer.Result, error) {
	return printer.Told(printer.Unknown), nil
}

func (w wrongPrinter) Check(_ context.Context, device string) devices.Status {
	return devices.Status{Device: device, Kind: "printer", Lamp: devices.Red, Trouble: w.result().Trouble}
}

// followEvery is how often a job that waits in its queue is asked after.
const followEvery = 100 * time.Millisecond

// Print carries out the print effect: the document goes to its printer under a name
// that comes only once. What may have been sent before, in an earlier start or by an
// earlier try, is asked after first, also where it cannot be drawn now: what waits is
// followed, what was surely never taken is printed now, and where nobody can say the
// packer is told. Nothing comes out twice, and after an unknown outcome nothing comes
// out by itself (L4, F2).
func (r *Runner) Print(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event)) error {
	var doc papers.Sheet
	var undrawn error
	switch e.Document.Kind {
	case pack.DocumentLabel:
		doc.Drawn, undrawn = r.KeptLabel(ctx, e)
	case pack.DocumentPutaway:
		doc.Drawn, undrawn = putaway.Draw(ctx, r.Folder, e)
	default:
		doc, undrawn = r.Sheet(ctx, e)
	}
	kind := e.Document.Kind
	out, settings := r.printerFor(cmp.Or(doc.On, kind))
	job := printer.Job{Name: jobName(e), Kind: kind, Media: printers.Media(settings), PDF: doc.PDF, ZPL: doc.ZPL}
	tell := func(result printer.Result, ended bool) { report(told(e, doc, result, ended)) }
	if unsure || e.Intent != "" {
		if done, err := r.reconcile(ctx, out, e, job.Name, unsure, tell); done {
			return err
		}
	}
	never := pack.Printed{Effect: e.ID, Document: e.Document, Ended: true}
	switch {
	case undrawn == nil:
		return r.Send(ctx, out, job, tell)
	case kind == pack.DocumentLabel && errors.As(undrawn, new(*trouble.Error)):
		never.State = pack.PrintTrouble
	case errors.Is(undrawn, papers.ErrNeedless):
		never.State = pack.PrintNeedless
	case kind == pack.DocumentPutaway, slices.Contains(pack.PaperKinds, kind):
		never.State = pack.PrintUndrawn
	default:
		return undrawn
	}
	never.Trouble = troubleOf(undrawn)
	report(never)
	return nil
}

// jobName names a print job, so that a queue can be asked for it later.
func jobName(e pack.Effect) string {
	name := e.Document.Of
	switch e.Document.Kind {
	case pack.DocumentManifest:
	case pack.DocumentLabel:
		name += "-" + e.Key()
	default:
		return fmt.Sprintf("%s-%s-%s", name, e.Document.Kind, e.Key())
	}
	if e.Copy > 0 {
		name += fmt.Sprintf("-reprint-%d", e.Copy)
	}
	return name
}

// told is what became of a document, as its printer says it.
func told(e pack.Effect, d papers.Sheet, result printer.Result, ended bool) pack.Event {
	p := pack.Printed{
		Effect: e.ID, Document: e.Document, State: pack.PrintTrouble, Trouble: result.Trouble, Ended: ended,
		Kept: d.Kept, Untimed: d.Untimed, Unprintable: papers.Lost(d.Missing),
		OnPaper: d.On == carried.OnPaper,
	}
	switch result.State {
	case printer.Printed:
		p.State = pack.PrintPrinted
	case printer.Sent:
		p.State = pack.PrintSent
	case printer.Unknown:
		p.State = pack.PrintUnknown
	}
	if !ended && e.Document.Kind != pack.DocumentLabel {
		p.Trouble.Fix = trouble.Untold
	}
	return p
}

// reconcile asks a printer for a job that may have been sent before, and follows
// one that waits. It is not done where the job surely will not come out, so that
// it is to be sent; after an earlier start it is done too where nobody can say, or
// a person took the job out of the queue, who may want none. A printer that was set
// since the job was sent is not asked: it cannot say what came out of another.
func (r *Runner) reconcile(ctx context.Context, out printer.Printer, e pack.Effect, name string, unsure bool, tell func(last printer.Result, ended bool)) (done bool, err error) {
	if e.Printer != "" && e.Printer != r.Keys.Of(e.Document.Kind) {
		tell(printer.Told(printer.Unknown), true)
		return true, nil
	}
	result, err := r.lookup(ctx, out, e, name)
	if e.GivenUp && (err != nil || result.State == printer.Unknown) {
		result, err, unsure = printer.Told(r.back.of(name)), nil, true
		if result.State == printer.Cancelled { // by this program
			return false, nil
		}
	}
	switch {
	case ctx.Err() != nil:
		r.takeBack(ctx, out, name) // it may have been sent before
		return true, nil
	case err == nil && result.State.Waiting():
		return true, r.follow(ctx, out, name, result, tell)
	case err == nil && (result.State == printer.Printed || result.State == printer.Sent),
		unsure && err == nil && result.State == printer.Cancelled:
		tell(result, true)
		return true, nil
	case unsure && (err != nil || result.State == printer.Unknown):
		tell(printer.Told(printer.Unknown), true)
		return true, nil
	}
	return false, nil
}

// lookup asks a printer for the job of an effect. One that keeps a record hears
// how long ago the job was wished for: it cannot have come before.
func (r *Runner) lookup(ctx context.Context, out printer.Printer, e pack.Effect, name string) (printer.Result, error) {
	if recorder, ok := out.(printer.Recorder); ok {
		if at, err := r.wished(ctx, e); err == nil {
			return recorder.LookupWithin(ctx, name, r.Clock().Sub(at))
		}
	}
	return out.Lookup(ctx, name)
}

// wished is when an effect was first wished for: the time of the row that the
// wish stands in.
func (r *Runner) wished(ctx context.Context, e pack.Effect) (time.Time, error) {
	id := strings.Split(e.Key(), ".") // S1.7.1: writer, row, number in the row
	if len(id) != 3 {
		return time.Time{}, fmt.Errorf("the wish %q names no row", e.Key())
	}
	seq, err := strconv.ParseInt(id[1], 10, 64)
	if err != nil {
		return time.Time{}, err
	}
	row, err := r.Store.Row(ctx, id[0], seq)
	return row.At, err
}

// sendAgainEvery is how often a printer is given a job that it surely has not
// taken, until somebody has switched it on or loaded it.
const sendAgainEvery = time.Second

// Send gives a job to its printer, and again while the printer surely takes
// nothing of it and that may clear; then it follows the job to its end. A job
// that was refused is not given again: somebody must change something first.
func (r *Runner) Send(ctx context.Context, out printer.Printer, job printer.Job, tell func(last printer.Result, ended bool)) error {
	broken := true
	defer func() {
		if broken { // said before the engine says that it failed, which may be tried again
			tell(printer.Told(printer.Unknown), true)
		}
	}()
	err := r.give(ctx, out, job, tell)
	broken = false
	return err
}

// give is send, where the program itself does not break: how far it came then,
// nobody knows.
func (r *Runner) give(ctx context.Context, out printer.Printer, job printer.Job, tell func(last printer.Result, ended bool)) error {
	var told printer.Result
	r.back.forget(job.Name)
	for {
		result, err := out.Print(ctx, job)
		waits := result.State.Waiting()
		switch {
		case ctx.Err() != nil:
			r.takeBack(ctx, out, job.Name)
			return nil // given up: the order moved on, or the program ends and asks at its next start
		case err == nil && waits:
			return r.follow(ctx, out, job.Name, result, tell)
		case err == nil:
			tell(result, true)
			return nil
		case !waits:
			result.State = printer.Rejected
			if result.Trouble.None() {
				result.Trouble = trouble.New(trouble.Said, err.Error())
			}
			tell(result, true)
			return nil
		}
		if result.State != told.State || !result.Trouble.Equal(told.Trouble) {
			told = result
			result.Trouble.ByItself = true
			tell(result, false)
		}
		select {
		case <-ctx.Done(): // nothing of it is in the printer
			if errors.Is(context.Cause(ctx), engine.ErrOver) {
				r.back.note(job.Name, printer.Cancelled)
			}
			return nil
		case <-time.After(sendAgainEvery):
		}
	}
}

// follow tells of a job that waits in its queue, and again whenever it has
// moved on, until it is printed or thrown away.
func (r *Runner) follow(ctx context.Context, out printer.Printer, name string, last printer.Result, tell func(last printer.Result, ended bool)) error {
	tell(last, false)
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			r.takeBack(ctx, out, name)
			return nil
		case <-tick.C:
		}
		result, err := out.Lookup(ctx, name)
		if err != nil || ctx.Err() != nil || result.State == last.State {
			continue
		}
		ended := !result.State.Waiting()
		tell(result, ended)
		if ended {
			return nil
		}
		last = result
	}
}

// dots is the same label as its printer reads it: reprints send these very
// bytes (L1).
func (r *Runner) dots(doc store.Document, layout labels.Layout) (store.Document, error) {
	data, err := papers.ZPL(r.Settings.Printers.Label, layout)
	doc.ID, doc.Effect, doc.Kind, doc.PDF = papers.ZPLOf(doc.ID), papers.ZPLOf(doc.Effect), "label-zpl", data
	return doc, err
}
