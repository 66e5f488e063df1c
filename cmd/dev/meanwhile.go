package main

import (
	"bytes"
	"context"
	"runtime"
)

// check is a command that runs beside the tests, what it said and how it ended.
type check struct {
	name    string
	command command
	said    bytes.Buffer
	err     error
	ended   chan struct{}
}

// meanwhile gives what begins checks, a step for each that waits for it, and what waits
// for all that were begun. They run one after the other, and where the system knows
// priorities at the lowest: they take what the tests, which often wait for devices and
// disks, leave of the processors, and hold none of them up.
func (d *dev) meanwhile(checks ...*check) (begin func(context.Context), each []step, wait func()) {
	ended := make(chan struct{})
	begun := false
	begin = func(ctx context.Context) {
		begun = true
		go func() {
			defer close(ended)
			// Child processes are tied to the thread that started them.
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			for _, c := range checks {
				c.err = d.sys.run(ctx, d.low(c))
				close(c.ended)
			}
		}()
	}
	for _, c := range checks {
		c.ended = make(chan struct{})
		each = append(each, step{name: c.name, do: func(context.Context) error {
			<-c.ended
			if _, err := d.heard.Write(c.said.Bytes()); err != nil {
				return err
			}
			return c.err
		}})
	}
	return begin, each, func() {
		if begun {
			<-ended
		}
	}
}

// low is the command of a check at the lowest priority.
func (d *dev) low(c *check) command {
	run := c.command
	run.out = &c.said
	if d.goos != "windows" && d.sys.find("nice") {
		run.name, run.args = "nice", append([]string{"-n", "19", run.name}, run.args...)
	}
	return run
}
