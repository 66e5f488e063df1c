package printer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// device is an ippeveprinter: a printer for labels of 4x6 in and A6.
type device struct {
	s    *scheduler
	name string
	dir  string
	port string
	conf string
	stop func()
}

// What the device does with a job: the document is kept, and files in its
// folder say what goes wrong.
const deviceScript = `#!/bin/sh
cd DIR || exit 1
touch busy
if [ -e empty ]; then
	echo "STATE: +media-empty-error,media-needed" >&2
	while [ -e empty ]; do sleep 0.05; done
	echo "STATE: -media-empty-error,media-needed" >&2
fi
while [ -e slow ]; do sleep 0.05; done
if [ -e fail ]; then
	sleep $(cat fail)
	echo "ERROR: the head is too hot" >&2
	exit 1
fi
cp "$1" "out/$IPP_JOB_ID.new" && mv "out/$IPP_JOB_ID.new" "out/$IPP_JOB_ID"
`

// newDevice switches on a printer. Formats are what it reads.
func (s *scheduler) newDevice(t *testing.T, name string, formats ...string) *device {
	t.Helper()
	d := &device{s: s, name: name, dir: filepath.Join(s.dir, "device-"+name)}
	for _, dir := range []string{"", "out", "spool"} {
		if err := os.Mkdir(filepath.Join(d.dir, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	conf, err := os.ReadFile("testdata/label.conf")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(conf), "\n")
	if len(formats) > 0 {
		i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "document-format-supported") })
		lines[i] = `ATTR mimeMediaType document-format-supported "` + strings.Join(formats, `","`) + "\"\n"
	}
	d.conf = filepath.Join(d.dir, "label.conf")
	if err := os.WriteFile(d.conf, []byte(strings.Join(lines, "")), 0o644); err != nil {
		t.Fatal(err)
	}
	script := filepath.Join(d.dir, "job.sh")
	if err := os.WriteFile(script, []byte(strings.ReplaceAll(deviceScript, "DIR", d.dir)), 0o755); err != nil {
		t.Fatal(err)
	}
	for range 5 { // a port that was free can be taken by the time it is wanted
		d.port = freePort(t)
		if d.on(t) {
			return d
		}
	}
	t.Fatal("the device does not start")
	return nil
}

// on starts the device and waits until it answers; false when it has ended.
func (d *device) on(t *testing.T) bool {
	t.Helper()
	stop, ended := d.s.start(t, "device-"+d.name, "ippeveprinter", "-r", "off", "-p", d.port, "-n", "localhost", "-d", d.dir+"/spool",
		"-c", d.dir+"/job.sh", "-a", d.conf, d.name)
	d.stop = stop
	p := d.direct(t)
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		select {
		case <-ended:
			return false
		default:
		}
		if _, err := p.printer(t.Context()); err == nil {
			return true
		}
	}
	return false
}

func (d *device) uri() string { return "ipp://localhost:" + d.port + "/ipp/print" }

// direct is the printer without a queue.
func (d *device) direct(t *testing.T) *Direct {
	t.Helper()
	p, err := NewDirect(DirectOptions{URI: d.uri(), Patience: testPatience, Every: testEvery})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// set makes something go wrong, or go right again.
func (d *device) set(t *testing.T, what string, on bool) {
	t.Helper()
	path := filepath.Join(d.dir, what)
	err := os.Remove(path)
	if on {
		err = os.WriteFile(path, []byte("1.5"), 0o644) // seconds until a job fails; sooner, the scheduler misses it
	}
	if err != nil {
		t.Fatal(err)
	}
}

// busy waits until the device has a job in its hands; false when it never does.
func (d *device) busy() bool {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(d.dir, "busy")); err == nil {
			return true
		}
	}
	return false
}

// came returns the documents that came out, the oldest first.
func (d *device) came(t *testing.T) [][]byte {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(d.dir, "out"))
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(d.dir, "out", e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, data)
	}
	return all
}
