package crash

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// falls is a process that ends by a crash of a kind.
func falls(t *testing.T, dir, kind string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "CRASH_IN="+dir, "CRASH_KIND="+kind)
	if out, err := cmd.CombinedOutput(); err == nil {
		t.Fatalf("it did not fall: %s", out)
	}
}

// TestMain is the program that falls, where it is told to.
func TestMain(m *testing.M) {
	dir := os.Getenv("CRASH_IN")
	if dir == "" {
		os.Exit(m.Run())
	}
	if _, err := Watch(dir); err != nil {
		fmt.Println(err)
		os.Exit(0) // who waits for the fall says that there was none
	}
	done := make(chan bool)
	go func() { pack(os.Getenv("CRASH_KIND"), "Maria Muster") }()
	<-done
}

//go:noinline
func pack(kind, buyer string) {
	switch kind {
	case "panic":
		panic("order 4711 of " + buyer + "\ngoroutine 1 [running]:\nMuster()\n")
	case "index":
		_ = []int{}[len(buyer)]
	case "fatal":
		m := map[int]int{}
		for range 2 {
			go func() {
				for i := 0; ; i++ {
					m[i%8] = i
				}
			}()
		}
		select {}
	}
}

func TestACrashLeavesAReportWithoutWhatWasWorkedOn(t *testing.T) {
	for kind, want := range map[string]string{
		"panic": "panic (what with is left out)",
		"index": "panic: runtime error: index out of range [12] with length 0",
		"fatal": "fatal error of the runtime",
	} {
		if kind == "fatal" && runtime.GOMAXPROCS(0) < 2 {
			continue // two writers do not meet there
		}
		dir := t.TempDir()
		falls(t, dir, kind)
		path, err := settle(dir)
		if err != nil || path == "" {
			t.Fatalf("%s: report %q, error %v", kind, path, err)
		}
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := string(got)
		for _, s := range []string{want, "crash.pack", "crash_test.go:", runtime.GOOS} {
			if !strings.Contains(text, s) {
				t.Errorf("%s: the report lacks %q:\n%s", kind, s, text)
			}
		}
		for _, s := range []string{"Muster", "4711", dir, "0x"} {
			if strings.Contains(text, s) {
				t.Errorf("%s: the report tells %q:\n%s", kind, s, text)
			}
		}
		for _, name := range []string{raw, report} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
				t.Errorf("%s: %s is %v, %v", kind, name, info, err)
			}
		}
		if again, err := settle(dir); again != "" || err != nil {
			t.Errorf("%s: the same crash is reported again: %q, %v", kind, again, err)
		}
	}
}
