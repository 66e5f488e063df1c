package printer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// Windows prints to a queue of Windows: ZPL goes to the printer untouched, PDF
// by SumatraPDF, because Windows itself prints no PDF. It can say that the
// spooler has the job, and what trouble the spooler knows of; never that a page
// came out.
type Windows struct {
	queue    string
	patience time.Duration
	spooler  spooler
}

func newWindows(queue string, patience time.Duration) (Printer, error) {
	return &Windows{queue: queue, patience: cmp.Or(patience, defaultPatience), spooler: newSpooler()}, nil
}

// Print hands the job to the spooler once.
func (w *Windows) Print(ctx context.Context, job Job) (Result, error) {
	if len(job.PDF) == 0 && len(job.ZPL) == 0 {
		return saying(Rejected, trouble.NothingToPrint), fmt.Errorf("print %s: there is nothing to print", job.Name)
	}
	if len(job.PDF) == 0 {
		return w.raw(ctx, job)
	}
	return w.bySumatra(ctx, job)
}

func (w *Windows) raw(ctx context.Context, job Job) (Result, error) {
	var data []byte
	for range max(job.Copies, 1) {
		data = append(data, job.ZPL...)
	}
	id, taken, err := w.spooler.raw(w.queue, job.Name, data)
	switch {
	case err != nil && taken:
		return Told(Unknown), nil
	case err != nil:
		return saying(Rejected, trouble.QueueRefuses, w.queue), fmt.Errorf("print %s: %w", job.Name, err)
	}
	return w.follow(ctx, job.Name, fmt.Sprintf("%s-%d", w.queue, id), time.Now()), nil
}

// follow watches a job for as long as the spooler shows it; one that is still
// there when the patience ends is stuck.
func (w *Windows) follow(ctx context.Context, name, ref string, since time.Time) Result {
	last := Told(Sent)
	for {
		job, known, err := w.find(name)
		if err != nil || !known {
			last = Told(Sent) // passed on to the printer
			break
		}
		last = winHeld(job.status, time.Since(since), w.patience)
		if last.State != Sent || winPassedOn(job.status) {
			break
		}
		select {
		case <-ctx.Done():
			last.Ref = ref
			return last
		case <-time.After(defaultEvery):
		}
	}
	last.Ref = ref
	return last
}

func (w *Windows) bySumatra(ctx context.Context, job Job) (Result, error) {
	fail := func(r Result, err error) (Result, error) { return r, fmt.Errorf("print %s: %w", job.Name, err) }
	sumatra := findSumatra()
	if sumatra == "" {
		return fail(saying(Rejected, trouble.NoPDF), errors.New("SumatraPDF is not installed"))
	}
	if _, err := w.spooler.state(w.queue); err != nil {
		return fail(saying(Rejected, trouble.NoQueue, w.queue), err)
	}
	dir, err := os.MkdirTemp("", "packbench-*")
	if err != nil {
		return fail(saying(Rejected, trouble.NotWritten, reason(err)), err)
	}
	defer os.RemoveAll(dir)
	path, err := (Folder{Dir: dir}).path(job.Name, ".pdf") // its name becomes the job's
	if err == nil {
		err = os.WriteFile(path, job.PDF, 0o600)
	}
	if err != nil {
		return fail(saying(Rejected, trouble.NotWritten, reason(err)), err)
	}
	command := exec.CommandContext(ctx, sumatra, "-print-to", w.queue, "-silent", "-exit-when-done",
		"-print-settings", sumatraSettings(job.Media, job.Copies), path)
	switch err := command.Run(); {
	case ctx.Err() != nil:
		return Told(Unknown), nil // it was cut short: it may have handed the job over
	case err != nil:
		return Told(Unknown), nil // it does not say how far it got
	}
	return w.follow(ctx, filepath.Base(path), "", time.Now()), nil
}

// findSumatra looks beside the program, where it installs itself, and on the
// PATH; "" when it is nowhere.
func findSumatra() string {
	const name = "SumatraPDF.exe"
	var places []string
	if self, err := os.Executable(); err == nil {
		places = append(places, filepath.Join(filepath.Dir(self), name))
	}
	for _, base := range []string{"LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)"} {
		if dir := os.Getenv(base); dir != "" {
			places = append(places, filepath.Join(dir, "SumatraPDF", name))
		}
	}
	for _, path := range places {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// find looks for a job under its name and the name of its file.
func (w *Windows) find(name string) (windowsJob, bool, error) {
	job, known, err := w.spooler.find(w.queue, name)
	if err == nil && !known {
		job, known, err = w.spooler.find(w.queue, FileName(name, ".pdf"))
	}
	return job, known, err
}

// Lookup says what the spooler knows. It forgets jobs that it has passed on:
// that it knows none proves nothing. One that it shows is followed as by Print,
// since it came.
func (w *Windows) Lookup(ctx context.Context, name string) (Result, error) {
	job, known, err := w.find(name)
	switch {
	case err != nil:
		return Told(Unknown), fmt.Errorf("look for %s: %w", name, err)
	case !known:
		return Told(Unknown), nil
	}
	return w.follow(ctx, name, "", job.came), nil
}

// Cancel deletes the job from the queue.
func (w *Windows) Cancel(_ context.Context, name string) (Result, error) {
	job, known, err := w.find(name)
	if err == nil && !known {
		err = errors.New("the queue has no such job")
	}
	if err == nil {
		err = w.spooler.cancel(w.queue, job.id)
	}
	if err != nil {
		return Told(Unknown), fmt.Errorf("cancel %s: %w", name, err)
	}
	return Told(Cancelled), nil
}

// Check asks the spooler how the printer is.
func (w *Windows) Check(_ context.Context, device string) devices.Status {
	state, err := w.spooler.state(w.queue)
	if err != nil {
		r := Result{Trouble: trouble.New(trouble.NoQueue, w.queue).With(trouble.ChoosePrinter)}
		return status(device, devices.Red, r)
	}
	if r, trouble := judgeWindowsPrinter(state); trouble {
		return status(device, devices.Red, r)
	}
	return ready(device)
}
