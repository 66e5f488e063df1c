package printer

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// fakeLP puts a program in the place of lp, and returns its folder.
func fakeLP(t *testing.T, script string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no lp on Windows")
	}
	dir := t.TempDir()
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	if err := os.WriteFile(filepath.Join(dir, "lp"), []byte("#!/bin/sh\ncd "+dir+"\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A print service that takes lp's job and never answers holds the bench up for a
// while only; whether it prints nobody knows (L4).
func TestLPThatHangs(t *testing.T) {
	fakeLP(t, "exec sleep 600\n")
	c := NewCUPS(CUPSOptions{Queue: "Label"})
	c.lpWithin = 50 * time.Millisecond
	type answer struct {
		r   Result
		err error
	}
	done := make(chan answer, 1)
	go func() {
		r, err := c.byCommand(t.Context(), label)
		done <- answer{r, err}
	}()
	select {
	case a := <-done:
		wants(t, a.r, a.err, Unknown, "cannot tell whether it printed")
	case <-time.After(time.Minute):
		t.Fatal("lp is waited for without end")
	}
}

// lp prints at the print service that the printer's settings name.
func TestLPAsksTheServerOfTheSettings(t *testing.T) {
	dir := fakeLP(t, "echo \"$CUPS_SERVER\" > server\necho 'request id is Label-41 (1 file(s))'\n")
	t.Setenv("CUPS_SERVER", "elsewhere:631")
	for server, want := range map[string]string{"printers.local:8631": "printers.local:8631", "": "elsewhere:631"} {
		r, err := NewCUPS(CUPSOptions{Queue: "Label", Server: server}).byCommand(t.Context(), label)
		wants(t, r, err, Sent, "sent")
		if said, _ := os.ReadFile(filepath.Join(dir, "server")); strings.TrimSpace(string(said)) != want {
			t.Errorf("%q: lp asks %q", server, said)
		}
	}
}
