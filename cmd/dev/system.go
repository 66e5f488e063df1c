package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// command is one program to run.
type command struct {
	name   string
	args   []string
	env    []string  // added to the environment
	out    io.Writer // where its output goes, nil for the terminal
	person bool      // it may ask the person at the keyboard
}

func (c command) String() string { return strings.Join(append([]string{c.name}, c.args...), " ") }

// system is the machine that programs run on.
type system interface {
	// find reports whether a program is there.
	find(program string) bool
	// output runs a command and gives what it printed on its standard output.
	output(ctx context.Context, c command) (string, error)
	// run runs a command in sight of the person. When ctx ends, the command
	// and all that it started ends.
	run(ctx context.Context, c command) error
}

// host is the machine itself.
type host struct{}

func (host) find(program string) bool {
	if _, err := exec.LookPath(program); err == nil {
		return true
	}
	// Servers live in folders that are not on everybody's PATH.
	for _, dir := range []string{"/usr/sbin", "/sbin"} {
		if _, err := exec.LookPath(filepath.Join(dir, program)); err == nil {
			return true
		}
	}
	return false
}

func (host) output(ctx context.Context, c command) (string, error) {
	var words strings.Builder
	cmd := prepare(ctx, c)
	cmd.Stderr = &words
	out, err := cmd.Output()
	if err != nil {
		return string(out), fmt.Errorf("%s: %w\n%s", c, err, strings.TrimSpace(words.String()))
	}
	return string(out), nil
}

func (host) run(ctx context.Context, c command) error {
	cmd := prepare(ctx, c)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if c.out != nil {
		cmd.Stdout, cmd.Stderr = c.out, c.out
	}
	if c.person {
		cmd.Stdin = os.Stdin
	}
	err := cmd.Run()
	endGroup(cmd)
	if err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	return nil
}

// prepare makes a command that dies with ctx.
func prepare(ctx context.Context, c command) *exec.Cmd {
	cmd := exec.CommandContext(ctx, c.name, c.args...)
	cmd.Env = append(os.Environ(), c.env...)
	if runtime.GOOS == "linux" {
		cmd.Env = append(cmd.Env, "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	}
	if c.person {
		// It stays in the terminal's own group: any other would be stopped when
		// it reads. It is an installation, so it may finish what it is at.
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
		return cmd
	}
	ownGroup(cmd)
	cmd.WaitDelay = 10 * time.Second
	return cmd
}
