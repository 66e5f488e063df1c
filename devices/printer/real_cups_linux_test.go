package printer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/devices"
)

// What a packer sees of a real scheduler with a printer behind it. Every case
// has a printer of its own, so that they can run at the same time.
func TestRealScheduler(t *testing.T) {
	s := newScheduler(t)
	cases := map[string]func(*testing.T, *scheduler){
		"good": realGood, "raw": realRaw, "zpl": realZPL, "paper": realPaperOut, "off": realOff, "refused": realRefused, "paused": realPaused,
		"broken": realBroken, "media": realMedia, "cancelled": realCancelled, "failed": realFailed, "slow": realSlow, "lost": realLostAnswer,
	}
	t.Run("all", func(t *testing.T) { // the scheduler must outlive the parallel tests
		for name, run := range cases {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				run(t, s)
			})
		}
	})
}

func page(name string) Job {
	return Job{Name: name, Kind: "label", PDF: testPage(), Media: testMedia}
}

func onePage(t *testing.T, d *device) []byte {
	t.Helper()
	all := d.came(t)
	if len(all) != 1 {
		t.Fatalf("%d documents came out", len(all))
	}
	return all[0]
}

func realGood(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "good")
	c := s.newQueueFor(t, d, "everywhere")
	if st := c.Check(t.Context(), "label"); st.Lamp != devices.Green {
		t.Errorf("lamp: %+v", st)
	}
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Printed, "printed")
	// A queue of this kind writes the page again; its size must stay.
	if !regexp.MustCompile(`/MediaBox ?\[ ?0 0 288 432 ?\]`).Match(onePage(t, d)) {
		t.Errorf("the page came out in another size:\n%s", onePage(t, d))
	}
	// After a new start the queue still knows it, by its name alone, also over TCP.
	r, err = s.openAt("good-everywhere", s.address).Lookup(t.Context(), "P1-label")
	wants(t, r, err, Printed, "printed")
	r, err = c.Lookup(t.Context(), "P2-label")
	wants(t, r, err, Unknown, "cannot tell whether it printed")
	names, err := Queues(t.Context(), s.address)
	if err != nil || !slices.Contains(names, "good-everywhere") {
		t.Errorf("queues: %q, %v", names, err)
	}
}

func realRaw(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "raw")
	s.newQueueFor(t, d, "raw")
	c := s.openAt("raw-raw", s.address)
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Printed, "")
	if !bytes.Equal(onePage(t, d), testPage()) {
		t.Errorf("what came out is not what was sent: %q", onePage(t, d))
	}
}

// ZPL through a queue reaches the printer's port untouched.
func realZPL(t *testing.T, s *scheduler) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	got := make(chan []byte, 1)
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		data, _ := io.ReadAll(conn)
		got <- data
	}()
	s.run(t, "lpadmin", "-p", "zpl", "-E", "-v", "socket://"+l.Addr().String(), "-m", "raw")
	zpl := []byte("^XA^FO0,0^GFA,1,1,1,FF^FS^XZ\n")
	r, err := s.open("zpl").Print(t.Context(), Job{Name: "P1-label", ZPL: zpl, Media: testMedia})
	wants(t, r, err, Printed, "")
	if data := <-got; !bytes.Equal(data, zpl) {
		t.Errorf("the port got %q", data)
	}
}

func realPaperOut(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "paper")
	c := s.newQueueFor(t, d, "everywhere")
	d.set(t, "empty", true)
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, PaperOut, "no labels")
	if st := c.Check(t.Context(), "label"); st.Lamp != devices.Red || !strings.Contains(st.Trouble.Wrong(), "no labels") {
		t.Errorf("lamp: %+v", st)
	}
	r, err = c.Lookup(t.Context(), "P1-label")
	wants(t, r, err, PaperOut, "no labels")
	d.set(t, "empty", false)
	until(t, c, "P1-label", Printed)
	onePage(t, d)
}

func realOff(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "off")
	c := s.newQueueFor(t, d, "everywhere")
	d.stop()
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Offline, "off or out of reach")
	if !d.on(t) {
		t.Fatal("the device does not start again")
	}
	until(t, c, "P1-label", Printed)
	onePage(t, d)
}

func realRefused(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "refused")
	c := s.newQueueFor(t, d, "everywhere")
	s.run(t, "cupsreject", "refused-everywhere")
	r, err := c.Print(t.Context(), page("P1-label"))
	if err == nil || r.State != Rejected || r.Trouble.Wrong() != "the queue refused-everywhere accepts no jobs" {
		t.Errorf("%+v, %v", r, err)
	}
	if st := c.Check(t.Context(), "label"); st.Lamp != devices.Red || !strings.Contains(st.Trouble.Advice(), "cupsaccept refused-everywhere") {
		t.Errorf("lamp: %+v", st)
	}
	r, err = s.open("nowhere").Print(t.Context(), page("P1-label"))
	if err == nil || r.State != Rejected || r.Trouble.Wrong() != "there is no queue nowhere" {
		t.Errorf("%+v, %v", r, err)
	}
	if all := d.came(t); len(all) != 0 {
		t.Errorf("%d documents came out", len(all))
	}
}

func realPaused(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "paused")
	c := s.newQueueFor(t, d, "everywhere")
	s.run(t, "cupsdisable", "-r", "a new roll", "paused-everywhere")
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Paused, "paused")
	s.run(t, "cupsenable", "paused-everywhere")
	until(t, c, "P1-label", Printed)
	onePage(t, d)
}

func realBroken(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "broken")
	c := s.newQueueFor(t, d, "everywhere")
	var r Result
	var err error
	for n := range 3 {
		job := page(fmt.Sprint("P", n, "-label"))
		job.PDF = job.PDF[:len(job.PDF)/2]
		if r, err = c.Print(t.Context(), job); r.State != Stuck {
			break
		}
		s.run(t, "cancel", "-a", "broken-everywhere") // the backend ended before the filter, and CUPS tries again
	}
	wants(t, r, err, Rejected, "damaged")
	waiting, err := c.jobs(t.Context(), "not-completed")
	if err != nil || len(waiting) != 0 {
		t.Errorf("it is still in the queue: %v, %v", waiting, err)
	}
	r, err = c.Print(t.Context(), page("P2-label")) // its message must not stick to the next
	wants(t, r, err, Printed, "")
	onePage(t, d)
}

func realMedia(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "media")
	c := s.newQueueFor(t, d, "everywhere")
	job := page("P1-label")
	job.Media = "iso_a4_210x297mm"
	r, err := c.Print(t.Context(), job)
	var media *MediaError
	if !errors.As(err, &media) || r.State != Rejected || !slices.Contains(media.Has, testMedia) {
		t.Fatalf("%+v, %v", r, err)
	}
	if want := "the queue media-everywhere does not know the size iso_a4_210x297mm; it has na_index-4x6_4x6in"; !strings.HasPrefix(r.Trouble.Wrong(), want) {
		t.Errorf("%q", r.Trouble.Wrong())
	}
	if all := d.came(t); len(all) != 0 {
		t.Errorf("%d documents came out", len(all))
	}
}

func realCancelled(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "cancelled")
	c := s.newQueueFor(t, d, "everywhere")
	s.run(t, "cupsdisable", "cancelled-everywhere")
	for _, name := range []string{"P1-label", "P2-label", "P3-label", "P4-label"} {
		r, err := c.Print(t.Context(), page(name))
		wants(t, r, err, Paused, "paused")
	}
	r, err := c.Cancel(t.Context(), "P1-label")
	wants(t, r, err, Cancelled, "cancelled")
	r, err = s.openAt("cancelled-everywhere", s.address).Cancel(t.Context(), "P2-label") // after a new start
	wants(t, r, err, Cancelled, "cancelled")
	third, err := c.Lookup(t.Context(), "P3-label")
	wants(t, third, err, Paused, "paused")
	s.run(t, "cancel", third.Ref) // by a person
	r, err = c.Lookup(t.Context(), "P3-label")
	wants(t, r, err, Cancelled, "cancelled")
	s.run(t, "cupsenable", "cancelled-everywhere")
	until(t, c, "P4-label", Printed)
	onePage(t, d)
	r, err = c.Cancel(t.Context(), "P4-label")
	wants(t, r, err, Printed, "printed")
	r, err = c.Cancel(t.Context(), "P5-label")
	wants(t, r, err, Rejected, "has no such job")
}

func realFailed(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "failed")
	c := s.newQueueFor(t, d, "everywhere")
	d.set(t, "fail", true)
	// The scheduler looks now and then only, and calls some jobs completed that
	// its printer gave up; what it does see must be told.
	for i := range 6 {
		r, err := c.Print(t.Context(), page("P"+strconv.Itoa(i)+"-label"))
		if err == nil && r.State == Printed {
			continue
		}
		wants(t, r, err, Rejected, "canceled at printer")
		return
	}
	t.Error("the scheduler called every job completed")
}

func realSlow(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "slow")
	c := s.newQueueFor(t, d, "everywhere")
	c.patience = 1500 * time.Millisecond
	d.set(t, "slow", true)
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Stuck, "nothing comes out")
	r, err = c.Lookup(t.Context(), "P1-label")
	wants(t, r, err, Stuck, "nothing comes out")
	d.set(t, "slow", false)
	until(t, c, "P1-label", Printed)
	onePage(t, d)
}

// L4: a scheduler drops the jobs that ended longest ago. A label that has come
// out and was dropped must not be taken for one that was never sent; one that
// came into a record that reaches back surely never was.
func TestARealSchedulerThatForgets(t *testing.T) {
	s := newScheduler(t, "MaxJobs 3")
	d := s.newDevice(t, "forgets")
	c := s.newQueueFor(t, d, "raw")
	for i := range 6 {
		r, err := c.Print(t.Context(), page("P"+strconv.Itoa(i)+"-label"))
		wants(t, r, err, Printed, "")
	}
	later := s.open("forgets-raw")
	jobs, err := later.jobs(t.Context(), "all")
	if err != nil || len(jobs) == 0 || len(jobs) > 3 || jobs[0].number("time-at-completed") == 0 {
		t.Fatalf("the scheduler shows %d jobs, %v: %v", len(jobs), err, jobs)
	}
	for _, ago := range []time.Duration{ever, time.Hour, -time.Hour, 0} {
		r, err := later.LookupWithin(t.Context(), "P0-label", ago)
		wants(t, r, err, Unknown, "cannot tell whether it printed")
	}
	r, err := later.LookupWithin(t.Context(), "P5-label", time.Hour)
	wants(t, r, err, Printed, "printed")
	later.slack = time.Second
	eventually(t, "the record of the last label is older than the wish", func() bool {
		r, err := later.LookupWithin(t.Context(), "P6-label", 0)
		return err == nil && r.State == Rejected && strings.Contains(r.Trouble.Wrong(), "never reached")
	})
}

// The connection breaks after the job has arrived and before the answer.
func realLostAnswer(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "lost")
	s.newQueueFor(t, d, "everywhere")
	c := s.openAt("lost-everywhere", deafProxy(t, s.address))
	r, err := c.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Printed, "printed")
	onePage(t, d)
}

// deafProxy passes connections on; of one that carries a document it loses the
// answer.
func deafProxy(t *testing.T, to string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go passOn(in, to)
		}
	}()
	return l.Addr().String()
}

func passOn(in net.Conn, to string) {
	defer in.Close()
	out, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer out.Close()
	var document atomic.Bool
	go func() {
		buf := make([]byte, 64<<10)
		for {
			n, err := in.Read(buf)
			if bytes.Contains(buf[:n], []byte("%PDF")) {
				document.Store(true)
			}
			if _, bad := out.Write(buf[:n]); err != nil || bad != nil {
				return
			}
		}
	}()
	answer := make([]byte, 64<<10)
	for {
		n, err := out.Read(answer) // the scheduler has read the request when it answers
		if document.Load() {
			return
		}
		if _, bad := in.Write(answer[:n]); err != nil || bad != nil {
			return
		}
	}
}
