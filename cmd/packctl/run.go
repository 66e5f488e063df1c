package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/effects/played"
	"packbench/cmd/internal/folder"
	"packbench/devices/printer"
	"packbench/devices/sim"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/say"
)

// longestLine is the longest input line of run; a longer one is answered with
// a refusal, and the bench goes on.
const longestLine = 4 << 20

// runRun is the bench, headless.
func runRun(ctx context.Context, f *flags) (err error) {
	station := f.String("station", "", "station, the settings' own by default")
	script := f.String("script", "-", "file of input lines, - for standard input")
	out := f.String("out", "", "folder for documents")
	lang := f.speaks()
	if err := f.readAlone(); err != nil {
		return err
	}
	in := f.in
	if *script != "-" {
		file, err := os.Open(*script)
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	s := &session{json: f.json, lang: *lang, out: f.out, err: f.err, carriers: map[string]played.CarrierAnswer{}}
	s.now = f.clock().Round(0)
	d, err := folder.Open(ctx, f.data, folder.Options{Clock: s.clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	documents := cmp.Or(*out, d.DocumentsDir())
	printer.Folder{Dir: documents}.Tidy(time.Now())
	s.printer = &recorder{Printer: sim.NewPrinter(documents), kinds: map[string]string{}}
	s.bench, err = bench.Start(ctx, d, bench.StartOptions{
		Station: *station, Printer: s.printer, Paper: s.printer, Publish: s.publish, Carrier: s.carrier, Hourly: desk.New(d).KeepDays, Digest: desk.New(d).Digest,
	})
	if err != nil {
		return err
	}
	defer s.bench.Close()
	return s.run(ctx, in)
}

// notices say once that the trace keys cannot be read any more, or the copy of the
// numbers not be reached, and once that they can: the bench goes on meanwhile.
func (s *session) notices() {
	s.notice("keys", s.bench.KeyTrouble(), "; the keys of before stay in use", "the trace keys can be read again")
	s.notice("copy", s.bench.Store.CopyTrouble(), "; labels go on until the next start", "the copy of the numbers can be reached again")
}

func (s *session) notice(of string, trouble error, meanwhile, over string) {
	text := ""
	if trouble != nil {
		text = trouble.Error() + meanwhile
	}
	if text == s.noticed[of] {
		return
	}
	if s.noticed == nil {
		s.noticed = map[string]string{}
	}
	s.noticed[of] = text
	fmt.Fprintln(s.err, "packctl run: "+cmp.Or(text, over)) // a notice that nobody can be told is none
}

// session is one run: the bench, its simulated world and what happened since
// the last line.
type session struct {
	json    bool
	lang    say.Language
	out     io.Writer
	err     io.Writer
	noticed map[string]string // what was said last, by what it is of
	bench   *bench.Bench
	printer *recorder
	started bool   // the bench works
	own     string // input that the present line led to, "" for none

	mu       sync.Mutex
	now      time.Time
	updates  []engine.Update
	carriers map[string]played.CarrierAnswer
}

func (s *session) clock() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *session) publish(u engine.Update) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updates = append(s.updates, u)
}

func (s *session) carrier(own effects.Carrier) effects.Carrier {
	return played.Simulated(own, func(id string) played.CarrierAnswer {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.carriers[id]
	})
}

// take returns the updates since it was last called.
func (s *session) take() []engine.Update {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.updates
	s.updates = nil
	return out
}

// run answers line by line until the input ends.
func (s *session) run(ctx context.Context, in io.Reader) error {
	ctx, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	defer func() {
		stop()
		if s.started {
			<-ended
		}
	}()
	// The bench starts with the first line that is not about the clock, so that
	// its first row stands at the script's own time.
	start := func() error {
		s.started = true
		go func() { ended <- s.bench.Run(ctx) }()
		err := s.settle(ctx)
		s.take() // what the start itself did
		return err
	}
	err := eachLine(in, func(n int, text string, tooLong bool) error {
		if !s.started && !aboutClock(text) {
			if err := start(); err != nil {
				return err
			}
		}
		if tooLong {
			text = "scan " + text
		}
		if err := s.line(ctx, n, text, tooLong); err != nil {
			return err
		}
		s.notices()
		return nil
	})
	if err == nil && !s.started {
		err = start() // effects of the last run are looked after all the same
	}
	return err
}

// aboutClock tells which lines need no bench.
func aboutClock(line string) bool {
	word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	return word == "" || word == "clock" || word == "wait" || strings.HasPrefix(word, "#")
}

// readLine reads a line of any length; of one that is too long it gives the
// beginning.
func readLine(r *bufio.Reader) (text string, tooLong bool, err error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(line) < longestLine {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if len(line) > longestLine {
			return string(line[:64]), true, err
		}
		return strings.TrimRight(string(line), "\r\n"), false, err
	}
}

// settle waits until everything that follows from the last line has happened.
func (s *session) settle(ctx context.Context) error {
	if !s.started {
		return nil
	}
	wait, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	return s.bench.Engine.Quiet(wait)
}

// line answers one input line. Empty lines and comments are not answered.
func (s *session) line(ctx context.Context, n int, text string, tooLong bool) error {
	trimmed := strings.TrimSpace(text)
	if trimmed == "" || strings.HasPrefix(trimmed, "#") {
		return nil
	}
	a := answer{N: n, Input: s.shown(trimmed)}
	s.own = ""
	if err := s.act(ctx, trimmed, tooLong, &a); err != nil {
		return err
	}
	if err := errors.Join(s.settle(ctx), s.round(ctx)); err != nil {
		return err
	}
	updates := s.take()
	for _, u := range updates {
		if u.Err != nil {
			return fmt.Errorf("line %d was not accepted: %w", n, u.Err)
		}
	}
	a.hideBadge(updates)
	s.fill(ctx, &a, updates)
	if s.json {
		return printJSON(s.out, a)
	}
	_, err := fmt.Fprintln(s.out, a.text())
	return err
}

// recorder remembers where documents went.
type recorder struct {
	*sim.Printer
	mu    sync.Mutex
	files []document
	kinds map[string]string // of jobs that were sent, by their names
}

// Print implements printer.Printer.
func (r *recorder) Print(ctx context.Context, job printer.Job) (printer.Result, error) {
	r.mu.Lock()
	r.kinds[job.Name] = job.Kind
	r.mu.Unlock()
	result, err := r.Printer.Print(ctx, job)
	r.note(job.Kind, result)
	return result, err
}

// Lookup implements printer.Printer.
func (r *recorder) Lookup(ctx context.Context, name string) (printer.Result, error) {
	result, err := r.Printer.Lookup(ctx, name)
	r.mu.Lock()
	kind := cmp.Or(r.kinds[name], "document") // of an earlier run
	r.mu.Unlock()
	r.note(kind, result)
	return result, err
}

func (r *recorder) note(kind string, result printer.Result) {
	if result.State != printer.Printed || result.File == "" {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.files = append(r.files, document{Kind: kind, File: result.File})
}

func (r *recorder) take() []document {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.files
	r.files = nil
	// They come out side by side, in no order: the label comes first, then its papers.
	rank := func(d document) int { return slices.Index(pack.PaperKinds, d.Kind) }
	slices.SortStableFunc(out, func(a, b document) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}
