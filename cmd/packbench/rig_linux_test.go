package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/pack"
)

// patience is how long a test waits for what should come at once.
const patience = 60 * time.Second

// needWindow returns the built program, or ends the test where there is no
// screen or one of the tools is missing: with a word, in CI with a failure.
func needWindow(t testing.TB, tools ...string) (binary string) {
	t.Helper()
	if os.Getenv("PACKBENCH_WINDOW") != "1" {
		t.Skip("needs a screen of its own: run it with go run ./cmd/dev test")
	}
	lack := func(what string) {
		t.Helper()
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing", what)
		}
		t.Skipf("%s is missing", what)
	}
	if os.Getenv("DISPLAY") == "" {
		lack("DISPLAY")
	}
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			lack(tool)
		}
	}
	binary = os.Getenv("PACKBENCH_BINARY")
	if _, err := os.Stat(binary); err != nil {
		lack("the program at PACKBENCH_BINARY")
	}
	return binary
}

// emptyProgram builds the window with nothing in it, with the tags of the
// bench.
func emptyProgram(t testing.TB) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "empty")
	build := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", binary, "./testdata/empty")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the empty window: %v\n%s", err, out)
	}
	return binary
}

// sampleBench makes a data folder with the sample shop and gives it open, as a
// second process beside the bench reads it.
func sampleBench(t testing.TB, set func(*config.Settings)) *folder.Folder {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	file := filepath.Join(dir, config.File)
	settings, err := config.Load(file)
	if err != nil {
		t.Fatal(err)
	}
	settings.Sounds = false
	if set != nil {
		set(&settings)
	}
	if err := config.Save(file, settings); err != nil {
		t.Fatal(err)
	}
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// program is a running program with a window.
type program struct {
	t   testing.TB
	cmd *exec.Cmd
	err bytes.Buffer
}

// start runs a program until its window is ready.
func start(t testing.TB, binary string, args ...string) *program {
	t.Helper()
	p := &program{t: t, cmd: exec.Command(binary, args...)}
	// It ends with the test, however that ends.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	p.cmd.Stderr = &p.err
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
		if t.Failed() && p.err.Len() > 0 {
			t.Logf("%s said:\n%s", filepath.Base(binary), p.err.String())
		}
	})
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(out).ReadString('\n')
		line <- text
		_, _ = io.Copy(io.Discard, out)
	}()
	select {
	case text := <-line:
		if text != "ready\n" {
			t.Fatalf("%s said %q, not that it is ready\n%s", filepath.Base(binary), text, p.err.String())
		}
	case <-time.After(patience):
		t.Fatalf("%s was not ready in %v", filepath.Base(binary), patience)
	}
	return p
}

// stop ends the program as a person's session does, and wants it to end well.
func (p *program) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			p.t.Errorf("the program ended badly: %v\n%s", err, p.err.String())
		}
	case <-time.After(patience):
		p.t.Fatalf("the program did not end in %v", patience)
	}
}

// kill ends the program at once.
func (p *program) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// heard is one scan with its verdict as the journal has it.
type heard struct {
	device, raw string
	verdict     pack.Verdict
}

// watch follows the journal of a bench from outside.
type watch struct {
	t        testing.TB
	d        *folder.Folder
	state    pack.State
	seq      int64
	scans    []heard
	commands []pack.Command
}

func newWatch(t testing.TB, d *folder.Folder) *watch { return &watch{t: t, d: d, state: pack.New()} }

// read takes the rows that came since.
func (w *watch) read() {
	w.t.Helper()
	codec := journal.Bench()
	for row, err := range w.d.Store.Rows(context.Background(), w.d.Settings.Station, w.seq+1) {
		if err != nil {
			w.t.Fatal(err)
		}
		in, facts, err := codec.Decode(row)
		if err != nil {
			w.t.Fatal(err)
		}
		h := heard{}
		for _, f := range facts {
			w.state = pack.Fold(w.state, f)
			if j, is := f.(pack.Judged); is && h.verdict.Code == "" {
				h.verdict = j.Verdict
			}
		}
		switch e := in.Event.(type) {
		case pack.Scanned:
			h.device, h.raw = e.Device, e.Raw
			w.scans = append(w.scans, h)
		case pack.Command:
			w.commands = append(w.commands, e)
		}
		w.seq = row.Seq
	}
}

// until waits for the state to be as it should.
func (w *watch) until(what string, done func(pack.State) bool) {
	w.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		w.read()
		if done(w.state) {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("waited in vain for %s; phase %s, last scans %v", what, w.state.Phase, w.scans[max(0, len(w.scans)-3):])
		}
	}
}

// next waits for exactly one more scan and gives it.
func (w *watch) next(had int) heard {
	w.t.Helper()
	w.until("a scan", func(pack.State) bool { return len(w.scans) > had })
	if len(w.scans) != had+1 {
		w.t.Fatalf("one scan became %d: %v", len(w.scans)-had, w.scans[had:])
	}
	return w.scans[had]
}

// hands type into whatever window is in front, by physical key.
type hands struct{ t testing.TB }

// usKeys are the X11 key codes of a US keyboard, shifted ones with a plus.
func usKeys() map[rune]string {
	keys := map[rune]string{' ': "65"}
	rows := []struct {
		first          int
		plain, shifted string
	}{
		{10, "1234567890-=", "!@#$%^&*()_+"},
		{24, "qwertyuiop[]", "QWERTYUIOP{}"},
		{38, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
		{51, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
	}
	for _, row := range rows {
		for i := range len(row.plain) {
			code := strconv.Itoa(row.first + i)
			keys[rune(row.plain[i])] = code
			keys[rune(row.shifted[i])] = "50+" + code
		}
	}
	return keys
}

// scan types a code and Enter as a scanner does that is set to US keys,
// whatever the layout of the computer: 2 ms a key.
func (h hands) scan(code string) {
	h.t.Helper()
	keys := usKeys()
	args := []string{"key", "--delay", "2"}
	for _, r := range code {
		key, ok := keys[r]
		if !ok {
			h.t.Fatalf("no key for %q", r)
		}
		args = append(args, key)
	}
	h.xdotool(append(args, "36")...)
}

// glance is how long a person looks up before and after typing. Keys have the
// time at which the window takes them: drawn without a graphics card on a busy
// machine, it takes those of a third of a second at once.
const glance = time.Second

// press presses keys by code, as slowly as a person.
func (h hands) press(codes ...string) {
	h.t.Helper()
	time.Sleep(glance)
	h.xdotool(append([]string{"key", "--delay", "150"}, codes...)...)
	time.Sleep(glance)
}

// front brings a window to the front by its title.
func (h hands) front(title string) {
	h.t.Helper()
	h.xdotool("search", "--sync", "--onlyvisible", "--name", title, "windowactivate", "--sync")
}

func (h hands) xdotool(args ...string) {
	h.t.Helper()
	if out, err := exec.Command("xdotool", args...).CombinedOutput(); err != nil {
		h.t.Fatalf("xdotool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// layout sets the layout of the computer until the test ends.
func layout(t testing.TB, name string) {
	t.Helper()
	if out, err := exec.Command("setxkbmap", name).CombinedOutput(); err != nil {
		t.Fatalf("setxkbmap %s: %v\n%s", name, err, out)
	}
	t.Cleanup(func() { _ = exec.Command("setxkbmap", "us").Run() })
}

// codesOn reads the codes of a label as a scanner with its printer's dots does.
func codesOn(t testing.TB, label string) []string {
	t.Helper()
	picture := filepath.Join(t.TempDir(), "label")
	render := exec.Command("pdftoppm", "-r", "203", "-mono", "-singlefile", label, picture)
	if out, err := render.CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	var words bytes.Buffer
	decode := exec.Command("zbarimg", "--quiet", "--raw", picture+".pbm")
	decode.Stderr = &words
	out, err := decode.Output()
	if err != nil {
		t.Fatalf("zbarimg finds no code on the label: %v\n%s", err, words.String())
	}
	return strings.Fields(string(out))
}

// newest returns the file that was written last of those that a pattern names.
func newest(t testing.TB, pattern string) string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no file %s: %v", pattern, errors.Join(err))
	}
	return slices.MaxFunc(names, func(a, b string) int {
		x, errX := os.Stat(a)
		y, errY := os.Stat(b)
		if errX != nil || errY != nil {
			t.Fatal(errors.Join(errX, errY))
		}
		return x.ModTime().Compare(y.ModTime())
	})
}

// unitCode is the code on one unit of a product.
func unitCode(p station.Product) string {
	for _, b := range p.Barcodes {
		if b.Factor <= 1 {
			return b.Code
		}
	}
	return p.SKU
}
