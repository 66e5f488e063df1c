package main

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// V31: a second start brings the first one's window to the front, from behind another
// one and from the task bar, and ends as one that has done what was wanted.
func TestV31ASecondStartRaisesTheWindow(t *testing.T) {
	binary := needWindow(t, "xdotool", "openbox")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	d := sampleBench(t, nil)
	start(t, binary, "--data", d.Dir, "--ready")
	start(t, emptyProgram(t))
	h := hands{t}
	active := func() string {
		name, _ := exec.Command("xdotool", "getactivewindow", "getwindowname").Output()
		return strings.TrimSpace(string(name))
	}
	until := func(title string) {
		t.Helper()
		for end := time.Now().Add(patience); active() != title; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("%q is in front, want %q", active(), title)
			}
		}
	}
	for _, away := range []func(){
		func() { h.front("nothing here") },
		func() {
			h.xdotool("search", "--onlyvisible", "--name", benchTitle, "windowminimize")
			h.front("nothing here")
		},
	} {
		away()
		until("nothing here")
		said, err := exec.Command(binary, "--data", d.Dir).CombinedOutput()
		if err != nil || string(said) != "packbench: bench S1 is open already: its window is in front\n" {
			t.Errorf("the second start: %v\n%s", err, said)
		}
		until(benchTitle)
	}
}
