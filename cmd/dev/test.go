package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// desktop are the tags of every build with a real window. There is one set
	// of them on purpose: the OpenGL driver takes minutes to compile, and each
	// other set of flags would compile it again.
	desktop = "migrated_fynedo"

	windowProgram = "packbench/cmd/packbench"
)

// test runs everything that must be green before a change is taken: first
// what is quick and needs nothing, last the real window.
func (d *dev) test(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	checks := []*check{{name: "vet", command: d.headlessGo("vet")}}
	steps := []step{{name: "gofmt", do: func(ctx context.Context) error {
		return d.formatted(ctx, command{name: "gofmt", args: []string{"-l"}})
	}}}
	if d.env("CI") == "true" {
		steps = append(steps, d.formatStep())
		checks = append(checks, &check{name: "staticcheck", command: d.staticcheck()})
	}
	checks = append(checks, &check{name: "build for Windows", command: d.headlessGo("build", "GOOS=windows", "GOARCH=amd64")})
	begin, ended, wait := d.meanwhile(checks...)
	defer wait()
	defer stop() // before waiting
	steps = append(steps, step{name: "build", last: true, do: func(ctx context.Context) error {
		err := d.sys.run(ctx, d.headlessGo("build"))
		if err == nil {
			begin(ctx)
		}
		return err
	}}, step{name: "tests", do: d.tests}, step{name: "tests with the race detector", do: d.race})
	steps = append(steps, ended...)
	steps = append(steps,
		step{name: "build of the window", do: d.buildWindow, last: true},
		step{name: "tests of the window", do: d.testWindow},
	)
	return d.steps(ctx, steps)
}

// headlessGo is one go command over the packages without C.
func (d *dev) headlessGo(verb string, env ...string) command {
	args := append([]string{verb, "-tags", "ci"}, d.packages...)
	return command{name: "go", args: args, env: append(headless(), env...), out: &d.heard}
}

// tests runs every test but those of the real window.
func (d *dev) tests(ctx context.Context) error {
	args := append([]string{"test", "-tags", "ci"}, vetted()...)
	args = append(args, d.packages...)
	return d.sys.run(ctx, command{name: "go", args: args, env: append(append(headless(), d.locale(false)...), seldomCollected), out: &d.heard})
}

// seldomCollected has memory collected a quarter as often: tests have small heaps, and
// those with a million small steps spent half of their time on collecting them.
const seldomCollected = "GOGC=400"

// vetted are the settings of a test run beside the step "vet": it vets the code as it
// is built here, and go test by itself would do a part of that again.
// One package more is tested at once than there are processors: those with devices
// mostly wait. More, and tests against real devices and windows run late.
func vetted() []string { return []string{"-vet=off", "-p=" + strconv.Itoa(runtime.NumCPU()+1)} }

// buildWindow builds the desktop program as people get it.
func (d *dev) buildWindow(ctx context.Context) error {
	if ok, err := d.includes(ctx, windowProgram); err != nil || !ok {
		return skipUnless(err)
	}
	_, err := d.buildDesktop(ctx)
	return err
}

// testWindow runs the tests that want a real window, on a virtual screen.
func (d *dev) testWindow(ctx context.Context) error {
	if ok, err := d.includes(ctx, windowProgram); err != nil || !ok || d.goos != "linux" {
		return skipUnless(err)
	}
	env, closeScreen, err := d.windowEnv(ctx)
	if err != nil {
		return err
	}
	defer closeScreen()
	return d.sys.run(ctx, command{
		name: "go", args: []string{"test", "-tags", desktop, "-count=1", "-v", "-run", "TestWindow", windowProgram},
		env: env, out: &d.heard,
	})
}

// windowEnv opens a virtual screen and gives the environment for tests that
// show a window there: PACKBENCH_WINDOW=1 tells them that there is a screen,
// PACKBENCH_BINARY where the program is that buildDesktop has built.
func (d *dev) windowEnv(ctx context.Context) (env []string, closeScreen func(), err error) {
	binary, err := binaryPath("packbench")
	if err != nil {
		return nil, nil, err
	}
	s, err := d.screen(ctx)
	if err != nil {
		return nil, nil, err
	}
	env = append(d.locale(false), "CGO_ENABLED=1", "PACKBENCH_WINDOW=1", "PACKBENCH_BINARY="+binary,
		"DISPLAY="+s.display, "WAYLAND_DISPLAY=")
	return env, s.close, nil
}

// buildDesktop builds the program with the window and says where it is.
func (d *dev) buildDesktop(ctx context.Context) (string, error) {
	binary, err := binaryPath("packbench")
	if err != nil {
		return "", err
	}
	return binary, d.sys.run(ctx, command{
		name: "go", args: []string{"build", "-tags", desktop, "-o", binary, windowProgram}, env: []string{"CGO_ENABLED=1"},
	})
}

// includes reports whether the chosen packages contain the given one.
func (d *dev) includes(ctx context.Context, pkg string) (bool, error) {
	args := append([]string{"list", "-tags", "ci"}, d.packages...)
	list, err := d.sys.output(ctx, command{name: "go", args: args, env: headless()})
	return slices.Contains(strings.Fields(list), pkg), err
}

func skipUnless(err error) error {
	if err != nil {
		return err
	}
	return errSkip
}

// goPackage is a package with those of its files that were asked for, apart by spaces.
type goPackage struct {
	name, dir, files string
	timeout          time.Duration // of its tests, 0: not measured yet
}

// list asks go for packages; files says in go list's own way which of their files.
func (d *dev) list(ctx context.Context, files string, packages []string) ([]goPackage, error) {
	args := append([]string{"list", "-tags", "ci", "-f", "{{.ImportPath}}\t{{.Dir}}\t" + files}, packages...)
	list, err := d.sys.output(ctx, command{name: "go", args: args, env: headless()})
	if err != nil {
		return nil, err
	}
	var found []goPackage
	for line := range strings.Lines(list) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(fields) != 3 {
			return nil, fmt.Errorf("go list: not understood: %q", line)
		}
		found = append(found, goPackage{name: fields[0], dir: fields[1], files: fields[2]})
	}
	return found, nil
}

// binaryPath is where a program is built to, outside the working copy.
func binaryPath(program string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "packbench")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	return filepath.Join(dir, program), nil
}

// locale returns the settings of a UTF-8 locale: the window toolkit complains
// about "C", also about "C.UTF-8". Our programs only read the name, so the
// locale need not be there. With own a person's own UTF-8 locale stays.
func (d *dev) locale(own bool) []string {
	for _, name := range []string{"LC_ALL", "LANG"} {
		value := strings.ToLower(d.env(name))
		utf8 := strings.HasSuffix(value, ".utf-8") || strings.HasSuffix(value, ".utf8")
		if own && utf8 && !strings.HasPrefix(value, "c.") {
			return nil
		}
	}
	return []string{"LANG=en_US.UTF-8", "LC_ALL=en_US.UTF-8"}
}
