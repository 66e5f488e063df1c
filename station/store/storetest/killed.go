package storetest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// childEnv tells a process of this test program that it is one to be killed: its
// job, the station that it works for, and where the shop is.
const childEnv = "PACKBENCH_SUITE_CHILD"

// jobs are what processes do until they are killed. Each says a line of what has
// been done.
var jobs = map[string]func(ctx context.Context, shop Shop, station string, say func(words ...any)) error{
	"claims":  claimAll,
	"numbers": numberForEver,
}

// beChild does the job of a process that is to be killed, where this is one.
func (s suite) beChild(t *testing.T) {
	task := strings.SplitN(os.Getenv(childEnv), " ", 3)
	if len(task) < 3 {
		return
	}
	shop, err := s.b.Open(t.Context(), task[2])
	if err == nil {
		err = jobs[task[0]](t.Context(), shop, task[1], func(words ...any) {
			_, _ = fmt.Fprintln(os.Stdout, words...) // nobody listens any longer: it is being killed
		})
	}
	fmt.Fprintln(os.Stderr, task, err)
	os.Exit(1)
}

// child is a process that does a job.
type child struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
}

func (s suite) child(t *testing.T, job, station, at string) *child {
	t.Helper()
	c := &child{t: t, cmd: exec.Command(os.Args[0], "-test.run=^"+s.test+"$")}
	c.cmd.Env = append(os.Environ(), childEnv+"="+strings.Join([]string{job, station, at}, " "))
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err == nil {
		err = c.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	return c
}

// killedAfter returns what the process has said that was killed after n lines: n of
// them, and perhaps some more.
func (c *child) killedAfter(n int) [][]string {
	c.t.Helper()
	var said [][]string
	for c.lines.Scan() {
		if said = append(said, strings.Fields(c.lines.Text())); len(said) == n {
			if err := c.cmd.Process.Kill(); err != nil {
				c.t.Fatal(err)
			}
		}
	}
	if err := c.cmd.Wait(); err == nil || len(said) < n {
		c.t.Fatalf("the process said %d lines, %d were wanted before it was killed: %v", len(said), n, err)
	}
	return said
}
