package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
)

// step is one part of a longer check.
type step struct {
	name string
	do   func(context.Context) error
	// last: when this step fails, what follows could only say the same again.
	last bool
}

// errSkip is returned by a step that has nothing to do here.
var errSkip = errors.New("nothing to do")

// steps runs the steps in order, goes on after a failure unless the step says
// otherwise, and ends with a table of what happened and how long it took.
func (d *dev) steps(ctx context.Context, steps []step) error {
	var table bytes.Buffer
	columns := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	var failed []string
	for _, s := range steps {
		if ctx.Err() != nil {
			break
		}
		d.say("== %s", s.name)
		start := time.Now()
		err := s.do(ctx)
		result := "ok"
		switch {
		case errors.Is(err, errSkip):
			result = "skipped"
		case err != nil:
			d.say("%s: %v", s.name, err)
			result = "FAILED"
			failed = append(failed, s.name)
		}
		fmt.Fprintf(columns, "%s\t%s\t%s\n", s.name, result, time.Since(start).Round(100*time.Millisecond))
		if result == "FAILED" && s.last {
			break
		}
	}
	if err := columns.Flush(); err != nil {
		return err
	}
	if len(d.failures.lines) > 0 {
		d.say("\nWhat failed, from above:\n%s", strings.Join(d.failures.lines, "\n"))
	}
	d.say("\n%s", strings.TrimRight(table.String(), "\n"))
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

// failures passes the output of go test on and keeps the lines that name a
// failed test or package, so that they can be said again at the end.
type failures struct {
	to    io.Writer
	part  []byte // of a line that has not ended
	lines []string
}

func (f *failures) Write(p []byte) (int, error) {
	f.part = append(f.part, p...)
	for {
		line, rest, ended := bytes.Cut(f.part, []byte("\n"))
		if !ended {
			break
		}
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("--- FAIL: ")) || bytes.HasPrefix(line, []byte("FAIL\t")) {
			f.lines = append(f.lines, string(line))
		}
		f.part = bytes.Clone(rest)
	}
	return f.to.Write(p)
}
