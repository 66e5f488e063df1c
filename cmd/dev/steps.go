package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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
	var rows columns
	var failed []string
	begin := time.Now()
	for _, s := range steps {
		if ctx.Err() != nil {
			break
		}
		d.say("== %s", s.name)
		d.heard.step = s.name
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
		rows.add(s.name, result, time.Since(start).Round(100*time.Millisecond))
		if result == "FAILED" && s.last {
			break
		}
	}
	rows.add("all", "", time.Since(begin).Round(100*time.Millisecond))
	if len(d.heard.failures) > 0 {
		d.say("\nWhat failed, from above:\n%s", strings.Join(d.heard.failures, "\n"))
	}
	if slowest := d.heard.slowest(); slowest != "" {
		d.say("\nSlowest packages (more than one is tested at a time):\n%s", slowest)
	}
	d.say("\n%s", rows)
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(failed) > 0 {
		return fmt.Errorf("failed: %s", strings.Join(failed, ", "))
	}
	return nil
}

// hearer passes the output of go test on and keeps the lines that name a failed
// test or package, so that they can be said again at the end, and how long each
// package took.
type hearer struct {
	to       io.Writer
	part     []byte // of a line that has not ended
	failures []string
	step     string // what runs now
	took     []took
}

// took is how long the tests of a package took in a step.
type took struct {
	pkg, step string
	time      time.Duration
}

func (h *hearer) Write(p []byte) (int, error) {
	h.part = append(h.part, p...)
	for {
		line, rest, ended := bytes.Cut(h.part, []byte("\n"))
		if !ended {
			break
		}
		h.line(string(line))
		h.part = bytes.Clone(rest)
	}
	return h.to.Write(p)
}

// line reads one line of go test.
//
//	Format:  ok|FAIL <tab> <package> <tab> <seconds>s
//	Example: ok  	packbench/station/store	8.702s
func (h *hearer) line(line string) {
	if strings.HasPrefix(strings.TrimSpace(line), "--- FAIL: ") || strings.HasPrefix(line, "FAIL\t") {
		h.failures = append(h.failures, line)
	}
	fields := strings.Split(line, "\t")
	if verdict := strings.TrimSpace(fields[0]); len(fields) < 3 || verdict != "ok" && verdict != "FAIL" {
		return
	}
	// "(cached)" and "[build failed]" are no times.
	if time, err := time.ParseDuration(fields[2]); err == nil {
		h.took = append(h.took, took{strings.TrimPrefix(fields[1], "packbench/"), h.step, time})
	}
}

// slowest is a table of the packages whose tests took longest, of those that
// took a second or more.
func (h *hearer) slowest() string {
	slices.SortStableFunc(h.took, func(a, b took) int { return cmp.Compare(b.time, a.time) })
	var rows columns
	for i, t := range h.took {
		if i == 10 || t.time < time.Second {
			break
		}
		rows.add(t.pkg, t.step, t.time.Round(100*time.Millisecond))
	}
	return rows.String()
}

// columns are rows of cells, which are shown in columns.
type columns [][]any

func (c *columns) add(cells ...any) { *c = append(*c, cells) }

func (c columns) String() string {
	var text strings.Builder
	out := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, cells := range c {
		fmt.Fprintf(out, strings.Repeat("\t%v", len(cells))[1:]+"\n", cells...)
	}
	_ = out.Flush() // into memory
	return strings.TrimRight(text.String(), "\n ")
}
