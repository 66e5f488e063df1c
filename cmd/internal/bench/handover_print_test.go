package bench

import (
	"bytes"
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
)

// onePrinter has labels and lists come out of one printer.
func onePrinter(s *config.Settings) { s.Printers.Paper = s.Printers.Label }

// lists returns the jobs of lists that a queue has taken.
func (q *queue) lists() []string {
	jobs, _ := q.all()
	return slices.DeleteFunc(jobs, func(name string) bool { return !strings.HasPrefix(name, "M-") })
}

func (c *counter) wantVerdict(what string, kind pack.Kind, code pack.Code, reason string) {
	c.Helper()
	if v := c.last(); v.Kind != kind || v.Code != code || v.Manifest == "" || reason != "" && cmp.Or(string(v.Reason), v.Trouble.Wrong()) != reason {
		c.Errorf("%s: %s %s %q, want %s %s %q", what, v.Kind, v.Code, cmp.Or(string(v.Reason), v.Trouble.Wrong()), kind, code, reason)
	}
}

// A program that ended while a list was printed asks its printer for it by
// name. What was taken is followed, what surely never was is printed now, and
// where nobody can tell somebody looks; never are there two.
func TestAListOutlivesTheProgram(t *testing.T) { // F2, L4
	waiting := func(q *queue) { q.state = printer.PaperOut }
	off := func(q *queue) { q.off = true }
	for name, test := range map[string]struct {
		before, after func(*queue)
		kind          pack.Kind
		code          pack.Code
		reason        string
		jobs, left    int
	}{
		"it came out":       {waiting, func(q *queue) { q.state = printer.Printed }, pack.Accepted, pack.CodeManifest, "printed", 1, 0},
		"it waits":          {waiting, func(*queue) {}, pack.Refused, pack.CodePrinterTrouble, "", 1, 1},
		"it was never sent": {off, func(q *queue) { q.off, q.state = false, printer.Printed }, pack.Accepted, pack.CodeManifest, "printed", 1, 0},
		"nobody answers":    {waiting, func(q *queue) { q.deaf = true }, pack.Asked, pack.CodeManifest, "unknown", 1, 1},
		"it was cancelled": {waiting, func(q *queue) {
			q.taken = append(q.taken, q.jobs[len(q.jobs)-1])
		}, pack.Refused, pack.CodePrinterTrouble, "", 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir, q := filepath.Join(t.TempDir(), "data"), &queue{state: printer.Printed}
			foldertest.Init(t, dir, true, folder.Options{})
			c, stop := startCounter(t, dir, q, onePrinter)
			id := c.van()
			q.set(test.before)
			c.leaves()
			c.wantVerdict("at the van", pack.Refused, pack.CodePrinterTrouble, "")
			stop()
			q.set(test.after)
			c, _ = startCounter(t, dir, q, onePrinter)
			waitFor(t, "the start", func() bool { return c.bench.Engine.Quiet(t.Context()) == nil })
			c.wantVerdict("after the start", test.kind, test.code, test.reason)
			if jobs := q.lists(); len(jobs) != test.jobs || jobs[0] != id {
				t.Errorf("jobs %v", jobs)
			}
			if s := c.bench.Engine.State(); len(s.Lists()) != test.left {
				t.Errorf("not printed: %+v", s.Lists())
			}
		})
	}
}

// A list waits for a printer that is off, and comes by itself, once, when
// somebody has switched it on.
func TestAListWaitsForAPrinterThatIsOff(t *testing.T) { // L4
	q := &queue{state: printer.Printed}
	c := newCounter(t, q, onePrinter)
	c.van()
	q.set(func(q *queue) { q.off = true })
	c.leaves()
	c.wantVerdict("off", pack.Refused, pack.CodePrinterTrouble, "the printer is off or out of reach")
	if s := c.bench.Engine.State(); len(s.Pending) != 1 || len(q.lists()) != 0 {
		t.Fatalf("pending %v, jobs %v", s.Pending, q.lists())
	}
	q.set(func(q *queue) { q.off = false })
	waitFor(t, "the list", func() bool { return len(c.bench.Engine.State().Pending) == 0 })
	c.wantVerdict("on", pack.Accepted, pack.CodeManifest, "printed")
	if jobs := q.lists(); len(jobs) != 1 {
		t.Errorf("jobs %v", jobs)
	}
}

// A printer of lists that reads only dots gets them, and a reprint the marked
// ones; where it cannot say more the driver waits for the sheet.
func TestAListForALabelPrinter(t *testing.T) { // L3, P5
	far := newZPLPrinter(t)
	c := newCounter(t, nil, func(s *config.Settings) {
		s.Printers.Manifest = config.Printer{Kind: "zpl", Address: far.Addr().String(), Mute: true, DPI: 203, Page: "4x6"}
	})
	id := c.van()
	c.leaves()
	c.wantVerdict("sent", pack.Accepted, pack.CodeManifest, "sent")
	c.do(engine.Press{Command: pack.ReadCommand("reprint-manifest", id, "lost")})
	waitFor(t, "two lists", func() bool { return len(far.received()) == 2 })
	jobs := far.received()
	for _, job := range jobs {
		if !bytes.HasPrefix(job, []byte("^XA")) || !bytes.HasSuffix(bytes.TrimSpace(job), []byte("^XZ")) {
			t.Errorf("no dots: %.40q", job)
		}
	}
	if bytes.Equal(jobs[0], jobs[1]) {
		t.Error("the reprint is not marked")
	}
}

// A driver's name that no font has is told of (L3).
func TestAListThatCouldNotShowTheDriver(t *testing.T) { // L3, P5
	c := newCounter(t, nil, nil)
	c.van()
	c.do(engine.Press{Command: pack.ReadCommand("driver", "🚚🚚")})
	c.wantVerdict("two lorries", pack.Accepted, pack.CodeManifest, "unprintable")
	if v := c.last(); v.Qty == 0 {
		t.Errorf("nothing is lost: %+v", v)
	}
}
