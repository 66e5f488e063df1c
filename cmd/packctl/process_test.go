package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"
)

// built is the program, built once for all tests that run it, in a folder that
// goes when they have ended.
var (
	builtIn string
	built   = sync.OnceValues(func() (string, error) {
		var err error
		if builtIn, err = os.MkdirTemp("", "packctl-test-"); err != nil {
			return "", err
		}
		exe := filepath.Join(builtIn, "packctl")
		if runtime.GOOS == "windows" {
			exe += ".exe"
		}
		cmd := exec.Command("go", "build", "-o", exe, ".")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("go build: %w: %s", err, out)
		}
		return exe, nil
	})
)

// tidy runs the tests and takes away what they built.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() {
		if builtIn != "" {
			_ = os.RemoveAll(builtIn)
		}
	}()
	return m.M.Run()
}

// lack ends a test that this machine cannot run: with a word, in CI with a failure.
func lack(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// buildPackctl returns the program as people have it. A short run looks for races,
// and no detector is in that program, so what talks with it is left out.
func buildPackctl(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("the built program has no race detector")
	}
	exe, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

// process is a program that is talked with line by line.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	said  chan answer
	words lockedBuffer
}

// lockedBuffer is a buffer that one goroutine fills while another reads.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func startProcess(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(name, args...), said: make(chan answer, 1000)}
	p.cmd.Stderr = &p.words
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	go func() {
		defer close(p.said)
		lines := bufio.NewReader(out)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil { // a line without an end was not said
				return
			}
			var a answer
			if json.Unmarshal(line, &a) == nil {
				p.said <- a
			}
		}
	}()
	return p
}

func (p *process) write(line string) {
	// A process that died meanwhile does not hear it; the missing answer tells.
	_, _ = io.WriteString(p.in, line+"\n")
}

func (p *process) answer() (answer, bool) {
	select {
	case a, ok := <-p.said:
		return a, ok
	case <-time.After(30 * time.Second):
		return answer{}, false
	}
}

// stderr is what a process that has ended said on it; only then is it whole.
func (p *process) stderr() string {
	late := time.AfterFunc(30*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer late.Stop()
	_ = p.cmd.Wait() // its exit status is not the question here
	return p.words.String()
}

// kill ends the process at once and gives what it still said.
func (p *process) kill() []answer {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	var rest []answer
	for a := range p.said {
		rest = append(rest, a)
	}
	_ = p.cmd.Wait() // it was killed
	return rest
}

// end closes the process's input and waits until it has ended well.
func (p *process) end() {
	p.t.Helper()
	if err := p.in.Close(); err != nil {
		p.t.Fatal(err)
	}
	for range p.said {
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("%v: %s", err, p.stderr())
	}
}
