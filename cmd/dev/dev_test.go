package main

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
)

// fake is a machine whose programs are a list and whose commands are noted.
type fake struct {
	programs []string
	modules  bool              // pkg-config knows everything
	headers  bool              // the C compiler finds its headers
	packages []string          // what dpkg-query knows as installed
	answers  map[string]string // output by a part of the command
	fails    string            // part of a command that fails
	ran      []string
}

// running guards what fakes note: several programs may run at the same time.
var running sync.Mutex

var errFake = errors.New("exit status 1")

func (f *fake) find(program string) bool { return slices.Contains(f.programs, program) }

func (f *fake) output(_ context.Context, c command) (string, error) {
	if f.fails != "" && strings.Contains(c.String(), f.fails) {
		return "", errFake
	}
	ok := false
	switch c.name {
	case "gcc":
		ok = f.headers
	case "pkg-config":
		ok = f.modules
	case "dpkg-query":
		if slices.Contains(f.packages, c.args[len(c.args)-1]) {
			return "installed\n", nil
		}
	default:
		for part, answer := range f.answers {
			if strings.Contains(c.String(), part) {
				return answer, nil
			}
		}
		ok = true
	}
	if !ok {
		return "", errFake
	}
	return "", nil
}

func (f *fake) run(_ context.Context, c command) error {
	running.Lock()
	defer running.Unlock()
	f.ran = append(f.ran, strings.Join(append(slices.Clone(c.env), c.String()), " "))
	if c.args != nil && slices.Contains(c.args, "install") {
		f.packages = append(f.packages, c.args...)
	}
	if f.fails != "" && strings.Contains(c.String(), f.fails) {
		return errFake
	}
	if answer, ok := f.answers[c.String()]; ok && c.out != nil {
		_, err := c.out.Write([]byte(answer))
		return err
	}
	return nil
}

// on makes a dev on a fake machine, and where its words go.
func on(f *fake, answer string) (*dev, *bytes.Buffer) {
	var out bytes.Buffer
	return &dev{
		sys: f, in: strings.NewReader(answer), out: &out, env: func(string) string { return "" },
		goos: "linux", root: true, terminal: true, name: "demo", packages: []string{"./..."},
		heard: hearer{to: &out},
		screen: func(context.Context) (screen, error) {
			return screen{display: ":7", close: func() { f.ran = append(f.ran, "screen closed") }}, nil
		},
	}, &out
}

func TestSaysNothingWhenAllIsThere(t *testing.T) {
	needs := needsOf("test", "linux", false)
	machines := map[string]*fake{
		"seen by programs, headers and libraries": {
			headers: true, modules: true,
			programs: []string{"gcc", "pkg-config", "Xvfb", "openbox", "xdotool", "import", "pdftoppm", "gs", "zbarimg", "cupsd", "lp", "ippeveprinter", "dbus-daemon", "udevadm", "postgres", "pgbouncer", "chromium"},
		},
		"seen in the package database": {packages: packages(needs)},
	}
	for name, machine := range machines {
		t.Run(name, func(t *testing.T) {
			d, out := on(machine, "")
			if err := d.install(t.Context(), needs); err != nil {
				t.Fatal(err)
			}
			if out.Len() > 0 || len(machine.ran) > 0 {
				t.Errorf("said %q and ran %q, want silence", out, machine.ran)
			}
		})
	}
}

func TestInstall(t *testing.T) {
	const (
		update  = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 update"
		install = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends xvfb"
	)
	tests := []struct {
		name    string
		machine fake
		change  func(*dev)
		answer  string
		ran     []string
		said    string
		fails   bool
	}{
		{name: "yes", answer: "y\n", ran: []string{update, install}, said: "xvfb               a virtual screen"},
		{name: "yes in full", answer: "Yes\n", ran: []string{update, install}},
		{name: "no", answer: "n\n", fails: true, said: "Nothing was installed.\nTo install it, run\n  " + update + "\n  " + install},
		{name: "return alone means no", answer: "\n", fails: true, said: "(y/N)"},
		{name: "input ends unanswered", answer: "", fails: true, said: "go run ./cmd/dev demo --yes"},
		{name: "told beforehand", change: func(d *dev) { d.yes = true }, ran: []string{update, install}},
		{
			name: "nobody to answer", answer: "y\n", change: func(d *dev) { d.terminal = false },
			fails: true, said: install,
		},
		{
			name: "through sudo", machine: fake{programs: []string{"sudo"}}, answer: "y\n",
			change: func(d *dev) { d.root = false }, ran: []string{"sudo " + update, "sudo " + install},
		},
		{
			name: "no sudo", answer: "y\n", change: func(d *dev) { d.root = false },
			fails: true, said: "needs root",
		},
		{
			name: "a list cannot be refreshed", machine: fake{fails: "update"}, answer: "y\n",
			ran: []string{update, install}, said: "going on with what is there",
		},
		{name: "apt-get fails", machine: fake{fails: "install"}, answer: "y\n", ran: []string{update, install}, fails: true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			machine := test.machine
			machine.programs = append(machine.programs, "apt-get")
			d, out := on(&machine, test.answer)
			if test.change != nil {
				test.change(d)
			}
			err := d.install(t.Context(), table()[forScreen])
			if (err != nil) != test.fails {
				t.Errorf("error %v", err)
			}
			if !slices.Equal(machine.ran, test.ran) {
				t.Errorf("ran\n%q, want\n%q", machine.ran, test.ran)
			}
			if !strings.Contains(out.String(), test.said) {
				t.Errorf("said\n%s\nwant in it\n%s", out, test.said)
			}
			if asked := strings.Contains(out.String(), "(y/N)"); asked != (d.terminal && !d.yes && (d.root || machine.find("sudo"))) {
				t.Errorf("asked: %v", asked)
			}
		})
	}
}

func TestOnlyWhatIsMissingIsInstalled(t *testing.T) {
	machine := &fake{programs: []string{"apt-get", "gcc", "pkg-config"}, headers: true, packages: []string{"xorg-dev"}}
	d, _ := on(machine, "")
	d.yes = true
	if err := d.install(t.Context(), needsOf("demo", "linux", true)); err != nil {
		t.Fatal(err)
	}
	if last := machine.ran[len(machine.ran)-1]; !strings.HasSuffix(last, " libgl1-mesa-dev libxkbcommon-dev") {
		t.Errorf("ran %q", last)
	}
}

func TestWordsForOtherSystems(t *testing.T) {
	for goos, want := range map[string]string{
		"linux":   "what Debian calls\n  gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libxkbcommon-dev\n",
		"darwin":  "xcode-select --install",
		"windows": "pacman -S",
	} {
		machine := &fake{}
		d, out := on(machine, "y\n")
		d.goos, d.yes = goos, true
		if err := d.install(t.Context(), needsOf("demo", goos, true)); !errors.Is(err, errMissing) {
			t.Errorf("%s: error %v", goos, err)
		}
		if !strings.Contains(out.String(), want) || len(machine.ran) > 0 {
			t.Errorf("%s: said %q, ran %q", goos, out, machine.ran)
		}
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		line  string
		name  string
		yes   bool
		data  string
		first string
	}{
		{"test", "test", false, "", "./..."},
		{"test --yes ./station/gs1", "test", true, "", "./station/gs1"},
		{"--yes test", "test", true, "", "./..."},
		{"demo --data here --yes", "demo", true, "here", "./..."},
		{"mutate -n 5 -seed 3", "mutate", false, "", "./station/pack"},
		{"mutate ./labels -with ./cmd/packctl", "mutate", false, "", "./labels"},
	}
	for _, test := range tests {
		d := &dev{}
		if err := d.parse(strings.Fields(test.line)); err != nil {
			t.Errorf("%s: %v", test.line, err)
		}
		if d.name != test.name || d.yes != test.yes || d.data != test.data || d.packages[0] != test.first {
			t.Errorf("%s: %+v", test.line, d)
		}
	}
	for _, line := range []string{"", "--yes", "test --what", "demo ./station", "demo --benches 99", "test --benches 2", "bench --data here", "mutate --data here", "test -n 5", "mutate -seed x"} {
		if err := new(dev).parse(strings.Fields(line)); !errors.Is(err, errUsage) {
			t.Errorf("%q: error %v, want wrong usage", line, err)
		}
	}
}
