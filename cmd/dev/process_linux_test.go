package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A command that is stopped takes along what it has started, also what does
// not listen when it is asked.
func TestStopEndsTheWholeFamily(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// The first line that the command prints is the process id of its child.
	child := &firstLine{then: cancel}
	script := `sh -c 'trap "" TERM; echo $$; exec >/dev/null 2>&1; while :; do sleep 1; done' & wait`
	err := host{}.run(ctx, command{name: "sh", args: []string{"-c", script}, out: child})
	if err == nil {
		t.Fatal("no error from a command that was stopped")
	}
	pid, err := strconv.Atoi(strings.TrimSpace(child.text.String()))
	if err != nil {
		t.Fatal(err)
	}
	// The kernel ends it in its own time.
	for deadline := time.Now().Add(10 * time.Second); alive(pid); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("process %d still runs", pid)
		}
	}
}

// alive reports whether a process runs; one that has ended and waits to be
// collected does not.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && !strings.Contains(string(stat), ") Z ")
}

type firstLine struct {
	text bytes.Buffer
	then func()
}

func (f *firstLine) Write(p []byte) (int, error) {
	f.text.Write(p)
	if bytes.Contains(p, []byte("\n")) {
		f.then()
	}
	return len(p), nil
}

func TestScreen(t *testing.T) {
	if _, err := exec.LookPath("Xvfb"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("Xvfb is not installed")
		}
		t.Skip("Xvfb is not installed; go run ./cmd/dev test installs it")
	}
	s, err := openScreen(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	socket := "/tmp/.X11-unix/X" + strings.TrimPrefix(s.display, ":")
	connection, err := net.Dial("unix", socket)
	if err != nil {
		t.Fatalf("nobody listens at %s: %v", s.display, err)
	}
	connection.Close()
	s.close()
	if connection, err := net.Dial("unix", socket); err == nil {
		connection.Close()
		t.Errorf("display %s is still there", s.display)
	}
}
