// Command dev is what a developer runs: demo, test, bench, mutate, lint and package.
//
//	go run ./cmd/dev demo  [--yes] [--data DIR] [--shop KIND] [--carrier KIND] [--benches N]
//	go run ./cmd/dev test  [--yes] [packages]
//	go run ./cmd/dev bench [--yes] [packages]
//	go run ./cmd/dev mutate [-n N] [-seed N] [-share PERCENT] [-with PACKAGES] [packages]
//	go run ./cmd/dev lint  [packages]
//	go run ./cmd/dev package [--yes] [--data DIR]
//
// Tests of the real window are called TestWindow… and stand in cmd/packbench;
// they and the benchmarks there find a screen when PACKBENCH_WINDOW is 1, and
// the built program at PACKBENCH_BINARY. Benchmarks report the metrics "ratio"
// and "bound", several of them as "p99-ratio" and "p99-bound".
//
// It owns the knowledge of which system packages the project needs and how
// its programs are built and tested. It must not import anything but the
// standard library, so that it runs before anything else is there, and it
// installs nothing without being told to.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

const usage = `usage: go run ./cmd/dev COMMAND [--yes] [packages]

  demo   build the bench and open it with a sample shop (--data DIR: where it keeps it, --shop KIND, --carrier KIND: with a simulated shop or account with carriers, as packctl simulate has them;
         --benches N: so many benches and a desk that share a hub, on a PostgreSQL server of their own)
  test   everything that must be green before a change is taken
  bench  the benchmarks that have a bound, as a table
  mutate how many small mistakes the tests notice (-n N: tried in each package, -seed N: which,
         -share PERCENT: must be noticed, -with PACKAGES: whose tests help, with commas)
  lint   formatting and static checks
  package  what people install, as far as this machine can: .deb, .rpm, an installer and an archive
         for Windows, licences, checksums (into dist, or --data DIR)

--yes installs missing system packages without asking.`

// dev is one run of the command: what was asked for and the machine it runs on.
type dev struct {
	sys      system
	in       io.Reader
	out      io.Writer
	env      func(string) string
	screen   func(context.Context) (screen, error) // opens a virtual screen
	goos     string
	root     bool // may install without sudo
	terminal bool // somebody can answer
	yes      bool // install without asking
	name     string
	data     string   // folder of the demo, "" for the default
	shop     string   // kind of the simulated shop that the demo has beside, "" for none
	benches  int      // that share a hub in the demo, 0 for one bench alone
	carrier  string   // kind of the simulated account with carriers, "" for none
	draw     draw     // what mutate tries
	packages []string // what test, bench, mutate and lint look at
	heard    hearer   // what go test said of failures and times
}

// errUsage says that the command line was wrong.
var errUsage = errors.New("wrong usage")

func main() {
	// Child processes are tied to the thread that started them.
	runtime.LockOSThread()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := atRoot(); err != nil {
		fail(1, err.Error())
	}
	d := &dev{
		sys: host{}, in: os.Stdin, out: os.Stdout, env: os.Getenv, goos: runtime.GOOS,
		root: os.Geteuid() == 0, terminal: isTerminal(os.Stdin),
		screen: openScreen, heard: hearer{to: os.Stdout},
	}
	err := d.parse(os.Args[1:])
	if err == nil {
		err = d.do(ctx)
	}
	switch {
	case err == nil:
	case errors.Is(err, errUsage):
		fail(2, usage)
	case ctx.Err() != nil:
		fail(130, "stopped")
	default:
		fail(1, err.Error())
	}
}

func fail(code int, message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(code)
}

// parse reads the command line. Flags may stand before or after the command.
func (d *dev) parse(args []string) error {
	flags := flag.NewFlagSet("dev", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&d.yes, "yes", false, "")
	flags.StringVar(&d.data, "data", "", "")
	flags.StringVar(&d.shop, "shop", "", "")
	flags.StringVar(&d.carrier, "carrier", "", "")
	flags.IntVar(&d.benches, "benches", 0, "")
	flags.IntVar(&d.draw.n, "n", 25, "")
	flags.Uint64Var(&d.draw.seed, "seed", 1, "")
	flags.IntVar(&d.draw.share, "share", 90, "")
	flags.StringVar(&d.draw.with, "with", "", "")
	var words []string
	for len(args) > 0 {
		if err := flags.Parse(args); err != nil {
			return errUsage
		}
		args = flags.Args()
		if len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) == 0 {
		return errUsage
	}
	d.name, d.packages = words[0], words[1:]
	wrong := (d.name == "demo" || d.name == "package") && len(d.packages) > 0
	flags.Visit(func(f *flag.Flag) {
		of := map[string]string{"shop": "demo", "carrier": "demo", "benches": "demo", "n": "mutate", "seed": "mutate", "share": "mutate", "with": "mutate"}[f.Name]
		wrong = wrong || of != "" && of != d.name || f.Name == "data" && d.name != "demo" && d.name != "package"
	})
	if wrong || d.benches < 0 || d.benches > mostBenches {
		return errUsage
	}
	if len(d.packages) == 0 {
		d.packages = []string{"./..."}
		if d.name == "mutate" {
			d.packages = ruled
		}
	}
	return nil
}

func (d *dev) do(ctx context.Context) error {
	commands := map[string]func(context.Context) error{
		"demo": d.demo, "test": d.test, "bench": d.bench, "mutate": d.mutate, "lint": d.lint, "package": d.pack,
	}
	command, ok := commands[d.name]
	if !ok {
		return errUsage
	}
	needs := needsOf(d.name, d.goos, d.hasDisplay())
	if d.benches > 0 {
		needs = append(needs, table()[forHub][0])
	}
	if err := d.install(ctx, needs); err != nil {
		return err
	}
	return command(ctx)
}

// say prints a line for the person at the keyboard.
func (d *dev) say(format string, args ...any) { fmt.Fprintf(d.out, format+"\n", args...) }

// hasDisplay reports whether a window can be seen here.
func (d *dev) hasDisplay() bool {
	return d.goos != "linux" || d.env("DISPLAY") != "" || d.env("WAYLAND_DISPLAY") != ""
}

// atRoot goes to the folder of go.mod, so that the command works from any
// folder below it.
func atRoot() error {
	start, err := os.Getwd()
	if err != nil {
		return err
	}
	for dir := start; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module packbench\n") {
			return os.Chdir(dir)
		}
		if dir == filepath.Dir(dir) {
			return fmt.Errorf("%s is not inside the packbench tree", start)
		}
	}
}

// isTerminal is a guess: the null device looks the same, but it ends at once
// when it is asked, and that counts as nobody there.
func isTerminal(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
