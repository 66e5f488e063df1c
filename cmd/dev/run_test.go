package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhereGoroutinesMeet(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"plain.go": "package x\n\n// go home()\nfunc f() { g(\"go \") }\n",
		"group.go": "package x\n\nfunc f() { w.Go(g) }\n",
		"go.go":    "package x\n\nfunc f() {\n\tfor {\n\t\tgo g()\n\t}\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// As go list -test prints it, but for the folder.
	list := strings.ReplaceAll(strings.Join([]string{
		"packbench/station/gs1|DIR|plain.go|fmt,strings|fmt,strings",
		"packbench/station/gs1 [packbench/station/gs1.test]|DIR|plain.go|fmt,testing|fmt,testing",
		"packbench/station/gs1.test|DIR|missing.go|packbench/station/gs1,testing|fmt,testing",
		"packbench/station/engine|DIR|plain.go|packbench/devices/sound,time|context,time",
		"packbench/station/engine.test|DIR|missing.go|packbench/station/engine,testing|context,testing",
		"packbench/labels/zpl|DIR|plain.go|context,sync|context,sync",
		"packbench/labels/zpl.test|DIR|missing.go|packbench/labels/zpl,testing|context,testing",
		"packbench/devices/usb|DIR|group.go|sync|sync",
		"packbench/devices/usb.test|DIR|missing.go|packbench/devices/usb,testing|sync,testing",
		"packbench/devices/port|DIR|plain.go|fmt|fmt",
		"packbench/devices/port.test|DIR|missing.go|packbench/devices/port|fmt",
		"packbench/devices/port_test [packbench/devices/port.test]|DIR|plain.go|net/http/httptest,testing|fmt",
		"packbench/devices/sound|DIR|plain.go,go.go|fmt|fmt",
		"packbench/devices/sound.test|DIR|missing.go|packbench/devices/sound|fmt",
		"packbench/station/trace||||",
		"packbench/station/trace.test|DIR|missing.go|packbench/station/trace|fmt",
		"packbench/station/trace_test [packbench/station/trace.test]|DIR|go.go|testing|fmt",
		"packbench/station/ui|DIR|go.go|context|fyne.io/fyne/v2,context",
		"packbench/station/ui.test|DIR|missing.go|packbench/station/ui|context,fyne.io/fyne/v2",
		"packbench/labels|DIR|go.go|context|context",
	}, "\n"), "|", "\t")
	want := []string{"packbench/devices/port", "packbench/devices/sound", "packbench/devices/usb", "packbench/station/engine", "packbench/station/trace"}
	got, err := whereGoroutinesMeet(strings.ReplaceAll(list, "DIR", dir))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q and %v, want %q", got, err, want)
	}
}

func TestEndsWithTheSlowestPackages(t *testing.T) {
	d, out := on(&fake{}, "")
	hear := func(text string) func(context.Context) error {
		return func(context.Context) error { _, err := d.heard.Write([]byte(text)); return err }
	}
	err := d.steps(t.Context(), []step{
		{name: "tests", do: hear("ok  \tpackbench/station/store\t8.702s\nok  \tpackbench/labels\t0.9s\nok  \tpackbench/devices\t(cached)\n")},
		{name: "race", do: hear("ok  \tpackbench/station/store\t75.1s\nFAIL\tpackbench/cmd/packctl\t41.26s\nFAIL\tpackbench/bad [build failed]\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "at a time):\nstation/store  race   1m15.1s\ncmd/packctl    race   41.3s\nstation/store  tests  8.7s\n\ntests"
	if said := out.String(); !strings.Contains(said, want) {
		t.Errorf("said\n%s\nwant in it\n%s", said, want)
	}
}

func TestTestRunsTheWindowLast(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	machine := &fake{answers: map[string]string{"go list -tags ci ./...": windowProgram + "\n"}}
	d, out := on(machine, "")
	if err := d.test(t.Context()); err != nil {
		t.Fatal(err)
	}
	window := machine.ran[len(machine.ran)-2]
	for _, part := range []string{"LANG=en_US.UTF-8", "PACKBENCH_WINDOW=1", "DISPLAY=:7", "-tags migrated_fynedo", "-run TestWindow"} {
		if !strings.Contains(window, part) {
			t.Errorf("%q lacks %q", window, part)
		}
	}
	if machine.ran[len(machine.ran)-1] != "screen closed" {
		t.Error("the screen was left open")
	}
	if !strings.Contains(out.String(), "tests with the race detector  skipped") {
		t.Errorf("no table of steps in\n%s", out)
	}
}

func TestLintIsPartOfTestInCI(t *testing.T) {
	for _, ci := range []string{"", "true"} {
		machine := &fake{}
		d, _ := on(machine, "")
		d.env = func(name string) string { return map[string]string{"CI": ci}[name] }
		if err := d.test(t.Context()); err != nil {
			t.Fatal(err)
		}
		linted := slices.ContainsFunc(machine.ran, func(line string) bool { return strings.Contains(line, staticcheck) })
		if linted != (ci == "true") {
			t.Errorf("CI=%q: linted %v", ci, linted)
		}
	}
}

func TestStepsTellWhatFailed(t *testing.T) {
	d, out := on(&fake{}, "")
	ran := 0
	count := func(context.Context) error { ran++; return nil }
	err := d.steps(t.Context(), []step{
		{name: "first", do: func(context.Context) error {
			for _, part := range []string{"ok  \tgood\n--- FA", "IL: TestX (0.00s)\n    x_test.go:3: no\nFAIL\n", "FAIL\tbad\t0.1s\n"} {
				if _, err := d.heard.Write([]byte(part)); err != nil {
					return err
				}
			}
			return errors.New("exit status 1")
		}},
		{name: "second", do: count},
		{name: "third", do: func(context.Context) error { return errors.New("no") }, last: true},
		{name: "fourth", do: count},
	})
	if err == nil || err.Error() != "failed: first, third" {
		t.Errorf("error %v", err)
	}
	if ran != 1 {
		t.Errorf("%d of the other steps ran, want the second only", ran)
	}
	if want := "What failed, from above:\n--- FAIL: TestX (0.00s)\nFAIL\tbad\t0.1s\n"; !strings.Contains(out.String(), want) {
		t.Errorf("said\n%s", out)
	}
}

func TestFigures(t *testing.T) {
	figures := parseFigures(`goos: linux
pkg: packbench/station/engine
BenchmarkScan/empty-2    5000   204813 ns/op   71 rows   1.25 ratio   1.5 bound   0 doubled   2.5 p99-ratio   2 p99-bound
BenchmarkPlain-2         5000   10 ns/op
BenchmarkLoose           10     7 ns/op   3 ratio
PASS
`)
	want := []figure{
		{"station/engine Scan/empty", 204813, 1.25, 1.5, "71 rows, 0 doubled"},
		{"station/engine Scan/empty p99", 204813, 2.5, 2, ""},
		{"station/engine Loose", 7, 3, 0, ""},
	}
	if !slices.Equal(figures, want) {
		t.Fatalf("got %+v", figures)
	}
	lines := strings.Split(tableOf(figures), "\n")
	for i, end := range []string{" result    counted", " ok        71 rows, 0 doubled", " OVER", " NO BOUND"} {
		if !strings.HasSuffix(strings.TrimRight(lines[i], " "), end) {
			t.Errorf("%q does not end in %q", lines[i], end)
		}
	}
}

func TestBenchFailsOverTheBound(t *testing.T) {
	dir := t.TempDir()
	source := "package x\n\nfunc BenchmarkX() {}\n"
	if err := os.WriteFile(filepath.Join(dir, "x_test.go"), []byte(source), 0o644); err != nil {
		t.Fatal(err)
	}
	for line, fails := range map[string]bool{
		"BenchmarkX-2 1 5 ns/op 1.4 ratio 1.5 bound\n": false,
		"BenchmarkX-2 1 5 ns/op 1.6 ratio 1.5 bound\n": true,
		"BenchmarkX-2 1 5 ns/op 1.4 ratio\n":           true,
		"BenchmarkX-2 1 5 ns/op\n":                     true,
	} {
		d, _ := on(&fake{answers: map[string]string{
			"go list": "packbench/x\t" + dir + "\tx_test.go \n",
			"go test -tags ci -run=^$ -bench=. -timeout=60m packbench/x": line,
		}}, "")
		if err := d.bench(t.Context()); (err != nil) != fails {
			t.Errorf("%q: error %v", line, err)
		}
	}
}

func TestDemo(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	packbench, packctl := filepath.Join(cache, "packbench", "packbench"), filepath.Join(cache, "packbench", "packctl")
	data := filepath.Join(t.TempDir(), "shop")
	builds := []string{
		"CGO_ENABLED=0 go build -o " + packctl + " packbench/cmd/packctl",
		"CGO_ENABLED=1 go build -tags migrated_fynedo -o " + packbench + " packbench/cmd/packbench",
	}
	fill := packctl + " init --demo --data " + data
	german := func(name string) string { return map[string]string{"DISPLAY": ":0", "LANG": "de_DE.UTF-8"}[name] }

	machine := &fake{}
	d, _ := on(machine, "")
	d.data, d.env = data, german
	if err := d.demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The person's own language is left as it is.
	if want := append(slices.Clone(builds), fill, packbench+" --demo --data "+data); !slices.Equal(machine.ran, want) {
		t.Errorf("new folder: ran\n%q, want\n%q", machine.ran, want)
	}

	write(t, filepath.Join(data, "packbench.db"))
	machine.ran = nil
	if err := d.demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(machine.ran, fill) {
		t.Error("a shop that is there already was filled again")
	}

	machine = &fake{}
	d, out := on(machine, "")
	d.data = data
	if err := d.demo(t.Context()); err == nil {
		t.Error("no error though the bench left no label and no picture")
	}
	want := "LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 DISPLAY=:7 " + packbench + " --demo --auto --data " + data + " --picture " + filepath.Join(data, "window.png")
	if last := machine.ran[len(machine.ran)-2:]; !slices.Equal(last, []string{want, "screen closed"}) {
		t.Errorf("unseen: ran\n%q, want\n%q and the screen closed", last, want)
	}
	write(t, filepath.Join(data, "window.png"))
	label := filepath.Join(data, "documents", "label.pdf")
	write(t, label)
	old := filepath.Join(data, "documents", "old.pdf")
	write(t, old)
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(old, yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if err := d.demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if said := out.String(); !strings.Contains(said, label) || !strings.Contains(said, "window.png") || strings.Contains(said, old) {
		t.Errorf("said\n%s", said)
	}
}

func write(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A demo of several benches makes a hub as a shop does, and lets each bench pack.
func TestTheDemoOfAHub(t *testing.T) {
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres"); len(found) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no PostgreSQL server here")
		}
		t.Skip("there is no PostgreSQL server here")
	}
	machine := &fake{}
	d, _ := on(machine, "")
	d.name, d.benches, d.data, d.root = "demo", 2, t.TempDir(), false
	d.env = func(name string) string { return map[string]string{"DISPLAY": ":1"}[name] }
	if err := d.demo(t.Context()); err != nil {
		t.Fatal(err)
	}
	has := func(words ...string) {
		t.Helper()
		if !slices.ContainsFunc(machine.ran, func(line string) bool {
			return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(line, w) })
		}) {
			t.Errorf("nothing ran with %q: %q", words, machine.ran)
		}
	}
	has("initdb")
	has("hub init --url postgres://owner@/postgres?host=")
	has("hub join", "S1")
	has("hub join", "--station S2")
	has("hub join", "--station S3", "--desk")
	for _, s := range []string{"S1", "S2", "S3"} {
		has("--demo --data " + filepath.Join(d.data, "hub", s))
	}
}

// What fails beside the tests fails the whole, and is said once the tests have ended.
func TestChecksBesideTheTests(t *testing.T) {
	machine := &fake{programs: []string{"nice"}, fails: "vet -tags ci"}
	d, out := on(machine, "")
	err := d.test(t.Context())
	if err == nil || err.Error() != "failed: vet" {
		t.Errorf("error %v\n%s", err, out)
	}
	lowest := slices.ContainsFunc(machine.ran, func(line string) bool { return strings.Contains(line, "nice -n 19 go vet -tags ci") })
	if !lowest {
		t.Errorf("vet did not run at the lowest priority:\n%s", strings.Join(machine.ran, "\n"))
	}
	if said := out.String(); strings.Index(said, "== tests\n") > strings.Index(said, "== vet\n") {
		t.Errorf("vet was waited for before the tests:\n%s", said)
	}
}

// Where nothing builds, nothing begins beside it.
func TestNoChecksBesideABuildThatFails(t *testing.T) {
	machine := &fake{fails: "build -tags ci"}
	d, _ := on(machine, "")
	if err := d.test(t.Context()); err == nil || err.Error() != "failed: build" {
		t.Errorf("error %v", err)
	}
	if slices.ContainsFunc(machine.ran, func(line string) bool { return strings.Contains(line, "vet") }) {
		t.Error("vet ran")
	}
}
