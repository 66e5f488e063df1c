package printer

import (
	"context"
	"fmt"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// State is what is known of a job.
type State uint8

// The states. The zero value is Unknown, so that nothing is printed by a
// forgotten answer.
const (
	Unknown   State = iota // nobody can say whether a page came out
	Printed                // completed, and the way of printing can tell
	Sent                   // handed over to a way of printing that cannot tell more
	PaperOut               // the printer waits for paper or labels
	Offline                // the printer is off or out of reach
	Paused                 // the queue or the printer is paused
	Rejected               // refused: it will not be printed
	Stuck                  // taken, but it does not come out
	Cancelled              // taken out of the queue: it will not be printed
)

var stateNames = [...]string{
	"unknown", "printed", "sent", "paper-out", "offline", "paused", "rejected", "stuck", "cancelled",
}

// String returns printed, sent, paper-out, offline, paused, rejected, stuck,
// cancelled or unknown.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return stateNames[Unknown]
}

// MarshalText writes the text form.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *State) UnmarshalText(text []byte) error {
	for i, name := range stateNames {
		if name == string(text) {
			*s = State(i)
			return nil
		}
	}
	return fmt.Errorf("printer state %q is not known", text)
}

// Waiting says that the job still stands in a queue and may come out later.
func (s State) Waiting() bool {
	return s == PaperOut || s == Offline || s == Paused || s == Stuck
}

// Job is one document to print. Each way of printing takes the form that its
// printer reads: ZPL printers the ZPL, all others the PDF. A queue and a folder
// take the ZPL where there is no PDF.
type Job struct {
	Name   string // unique; the queue is asked for the job by it
	Kind   string // label, slip, …
	PDF    []byte
	ZPL    []byte // ready for the printer, ^XA to ^XZ
	Media  string // "na_index-4x6_4x6in"; "" leaves it to the printer
	Copies int    // 0 means 1
}

// Result is what is known of a job.
type Result struct {
	State   State
	Trouble trouble.Trouble // what the packer must know, also where nothing is wrong
	File    string          // where the document lies, for printers that write files
	Ref     string          // the queue's own name of the job, "" when there is none
}

// Printer is one way of printing.
type Printer interface {
	// Print hands the job over and waits until it is printed or is known to
	// wait, or the context ends; the job stays in the queue then. It never
	// prints a job twice. The error is that of a job that was surely not taken,
	// whatever trouble its Result tells in words; nothing of it comes out later.
	// With a State that is Waiting the trouble may clear by itself or by a hand
	// at the printer, and the job may be given again; its Fix says nothing of
	// whether that happens.
	Print(ctx context.Context, job Job) (Result, error)
	// Lookup asks what became of the job of that name, after an unknown outcome
	// or while it waits. A job that is being printed is waited for as in Print.
	// State Unknown means that nobody can say; Rejected that it was never taken
	// or was thrown away.
	Lookup(ctx context.Context, name string) (Result, error)
}

// Recorder is a printer that keeps a record of the jobs that have ended, which
// reaches back a while.
type Recorder interface {
	// LookupWithin is Lookup for a job that was given to the printer within so
	// much time, or never. Of one that the record does not show it says Rejected
	// where the record surely reaches back so far, and else Unknown.
	LookupWithin(ctx context.Context, name string, ago time.Duration) (Result, error)
}

// Canceler is a printer that can take a job back.
type Canceler interface {
	// Cancel takes the job of that name out of the queue and says how it ended:
	// Cancelled, or Printed when it was too late. With an error the job may
	// still come out.
	Cancel(ctx context.Context, name string) (Result, error)
}

// Checker is a printer that can say how it is without printing.
type Checker interface {
	// Check returns the status for the printer's lamp, under the device's name.
	Check(ctx context.Context, device string) devices.Status
}

// status makes the words of a result a lamp's.
func status(device string, lamp devices.Lamp, r Result) devices.Status {
	return devices.Status{Device: device, Kind: "printer", Lamp: lamp, Trouble: r.Trouble}
}

func ready(device string) devices.Status {
	s := status(device, devices.Green, Result{Trouble: trouble.New(trouble.Ready)})
	s.LastHeard = time.Now()
	return s
}

// codes are what there is to say of each state.
var codes = [...]trouble.Code{
	trouble.Unknown, trouble.Printed, trouble.Sent, trouble.PaperOut, trouble.Offline, trouble.Paused, trouble.Refused, trouble.Stuck, trouble.Cancelled,
}

// Told returns a result of a state with nothing particular to say.
func Told(state State) Result {
	code := trouble.Unknown
	if int(state) < len(codes) {
		code = codes[state]
	}
	r := saying(state, code)
	r.Trouble.ByItself = state == PaperOut || state == Offline
	return r
}

// saying is what is known of a state, and particular.
func saying(state State, code trouble.Code, args ...string) Result {
	return Result{State: state, Trouble: trouble.New(code, args...)}
}
