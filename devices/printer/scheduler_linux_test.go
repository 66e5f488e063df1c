package printer

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// scheduler is a CUPS of the test's own: it touches no file and no queue of the
// machine, and needs no rights.
type scheduler struct {
	dir     string
	socket  string
	address string // the same over TCP
	bus     string
	driver  string // what a driverless queue of our device is described by
}

const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=DIR/bus</listen><auth>EXTERNAL</auth><policy context="default">
<allow user="*"/><allow own="*"/><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
</policy></busconfig>
`

// The rule for Cancel-Job is that of CUPS as it is shipped.
const cupsConfig = `LogLevel info
Listen localhost:PORT
Listen DIR/sock
Browsing No
WebInterface No
DefaultAuthType None
ErrorPolicy retry-job
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
JobPrivateAccess default
JobPrivateValues default
<Limit Cancel-Job CUPS-Authenticate-Job>
Require user @OWNER @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
`

const cupsFiles = `ServerRoot DIR
CacheDir DIR/cache
StateDir DIR/state
RequestRoot DIR/spool
TempDir DIR/tmp
ErrorLog DIR/cups.log
AccessLog DIR/access.log
PageLog DIR/page.log
SystemGroup root
`

// newBus starts what an ippeveprinter wants to announce itself on. It is not
// the machine's own, and nobody listens.
func newBus(t *testing.T) *scheduler {
	t.Helper()
	for _, name := range []string{"dbus-daemon", "ippeveprinter", "cupsd", "lpadmin", "cupsdisable", "cupsenable", "cupsreject", "cancel"} {
		if program(name) != "" {
			continue
		}
		words := name + " is not installed; on Debian: apt install cups cups-client cups-ipp-utils dbus-daemon"
		if os.Getenv("CI") != "" {
			t.Fatal(words)
		}
		t.Skip(words)
	}
	// Not t.TempDir: a scheduler of root gives up its rights, and must still
	// read; and the path of a socket must be short.
	dir, err := os.MkdirTemp("/tmp", "pb-cups-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := &scheduler{dir: dir, socket: dir + "/sock", bus: dir + "/bus"}
	s.write(t, "bus.conf", busConfig)
	s.start(t, "bus", "dbus-daemon", "--config-file="+dir+"/bus.conf", "--nofork", "--nopidfile")
	eventually(t, "the bus", func() bool { _, err := os.Stat(s.bus); return err == nil })
	return s
}

// newScheduler starts a CUPS without queues; more is added to its settings.
func newScheduler(t *testing.T, more ...string) *scheduler {
	t.Helper()
	s := newBus(t)
	for _, dir := range []string{"ppd", "cache", "state", "spool", "tmp"} {
		if err := os.Mkdir(filepath.Join(s.dir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(s.dir+"/tmp", 0o1777); err != nil {
		t.Fatal(err)
	}
	port := freePort(t)
	s.address = "localhost:" + port
	s.write(t, "cupsd.conf", strings.ReplaceAll(cupsConfig, "PORT", port)+strings.Join(more, "\n"))
	s.write(t, "cups-files.conf", cupsFiles)
	// A copy: where programs are confined by their path, the scheduler of the
	// system may read its own folders only.
	daemon, err := os.ReadFile(program("cupsd"))
	if err == nil {
		err = os.WriteFile(s.dir+"/cupsd", daemon, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.start(t, "cupsd", s.dir+"/cupsd", "-f", "-c", s.dir+"/cupsd.conf", "-s", s.dir+"/cups-files.conf")
	eventually(t, "the scheduler", func() bool { _, err := Queues(t.Context(), s.socket); return err == nil })
	t.Cleanup(func() {
		if log, err := os.ReadFile(s.dir + "/cups.log"); err == nil && t.Failed() {
			t.Logf("cupsd said:\n%s", tail(log))
		}
	})
	s.describe(t)
	return s
}

func (s *scheduler) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(strings.ReplaceAll(text, "DIR", s.dir)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// command is a program that knows nothing but the test's own services.
func (s *scheduler) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(program(name), args...)
	cmd.Env = append(os.Environ(), "DBUS_SYSTEM_BUS_ADDRESS=unix:path="+s.bus, "CUPS_SERVER="+s.socket, "HOME="+s.dir, "LC_ALL=C")
	return cmd
}

// run runs a program to its end.
func (s *scheduler) run(t *testing.T, name string, args ...string) {
	t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// start runs a program until the test ends; what it says is shown when the
// test has failed. The function ends it earlier, with all that it started.
func (s *scheduler) start(t *testing.T, log, name string, args ...string) (stop func(), ended <-chan struct{}) {
	t.Helper()
	out, err := os.Create(filepath.Join(s.dir, log+".out"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := s.command(name, args...)
	cmd.Stdout, cmd.Stderr = out, out
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() {
		cmd.Wait()
		out.Close()
		close(gone)
	}()
	stop = sync.OnceFunc(func() { // once: the number may be another's later
		syscall.Kill(cmd.Process.Pid, syscall.SIGTERM) // a scheduler ends its own children
		select {
		case <-gone:
		case <-time.After(3 * time.Second):
		}
		syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		<-gone
	})
	t.Cleanup(func() {
		stop()
		if said, err := os.ReadFile(out.Name()); err == nil && t.Failed() && len(said) > 0 {
			t.Logf("%s said:\n%s", name, tail(said))
		}
	})
	return stop, gone
}

const (
	testPatience = 20 * time.Second
	testEvery    = 30 * time.Millisecond
)

// describe has the scheduler describe a driverless queue once. It does so in
// the background while it goes on serving, and a busy one falls over it: so the
// tests' own queues take the description from a file.
func (s *scheduler) describe(t *testing.T) {
	t.Helper()
	d := s.newDevice(t, "first")
	defer d.stop()
	s.run(t, "lpadmin", "-p", "first", "-E", "-v", d.uri(), "-m", "everywhere")
	file := s.dir + "/ppd/first.ppd"
	eventually(t, "the description of a queue", func() bool {
		time.Sleep(80 * time.Millisecond)
		_, err := os.Stat(file)
		return err == nil
	})
	c := s.open("first")
	eventually(t, "the first queue", func() bool {
		has, err := c.printer(t.Context())
		return err == nil && slices.Contains(has.texts("media-supported"), testMedia)
	})
	s.driver = s.dir + "/driverless.ppd"
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(s.driver, text, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// newQueueFor makes a queue before the device: everywhere, or raw.
func (s *scheduler) newQueueFor(t *testing.T, d *device, driver string) *CUPS {
	t.Helper()
	queue := d.name + "-" + driver
	how := []string{"-m", "raw"}
	if driver == "everywhere" {
		how = []string{"-P", s.driver}
	}
	s.run(t, "lpadmin", append([]string{"-p", queue, "-E", "-v", d.uri()}, how...)...)
	return s.open(queue)
}

// open returns a printer of a queue, as a program does that has just started.
func (s *scheduler) open(queue string) *CUPS {
	return s.openAt(queue, s.socket)
}

func (s *scheduler) openAt(queue, server string) *CUPS {
	c := NewCUPS(CUPSOptions{Queue: queue, Server: server, Patience: testPatience, Every: testEvery})
	c.lp = func(context.Context, Job) (Result, error) {
		return Result{}, errors.New("the scheduler was not reached")
	}
	return c
}

// testPage is a PDF of one page of 4x6 in, with a black bar.
func testPage() []byte {
	bar := "100 100 3 200 re f"
	var b strings.Builder
	var at []int
	b.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]/Contents 4 0 R/Resources<<>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(bar), bar),
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	b.WriteString("xref\n0 5\n0000000000 65535 f \n")
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return []byte(b.String())
}

// program finds a program also where servers live, "" when it is not there.
func program(name string) string {
	for _, path := range []string{name, "/usr/sbin/" + name, "/sbin/" + name} {
		if found, err := exec.LookPath(path); err == nil {
			return found
		}
	}
	return ""
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

func tail(text []byte) string {
	const most = 3000
	return string(text[max(0, len(text)-most):])
}
