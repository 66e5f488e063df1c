package printer

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/devices"
)

func TestFolderWritesWholeFilesOrNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "documents")
	f := Folder{Dir: dir}
	ctx := context.Background()
	if r, err := f.Lookup(ctx, "label-1"); err != nil || r.State != Unknown {
		t.Errorf("before printing: %+v, %v", r, err)
	}
	r, err := f.Print(ctx, Job{Name: "label-1", Kind: "label", PDF: []byte("%PDF-1.4 one")})
	if err != nil || r.State != Printed || r.File != filepath.Join(dir, "label-1.pdf") {
		t.Fatalf("Print: %+v, %v", r, err)
	}
	if data, _ := os.ReadFile(r.File); string(data) != "%PDF-1.4 one" {
		t.Errorf("the file holds %q", data)
	}
	if r, err := f.Lookup(ctx, "label-1"); err != nil || r.State != Printed {
		t.Errorf("after printing: %+v, %v", r, err)
	}
	if r, err := f.Print(ctx, Job{}); err == nil || r.State != Rejected {
		t.Errorf("a job without a name: %+v, %v", r, err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left in the folder: %v", left)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r, err = Folder{Dir: filepath.Join(dir, "file")}.Print(ctx, Job{Name: "label-2"})
	if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), "not a directory") {
		t.Errorf("a folder that is a file: %+v, %v", r, err)
	}
}

// queue is a print service of one queue that does what a test says.
type queue struct {
	mu     sync.Mutex
	prints []string // name, media and scaling of each job
	body   []byte   // document of the last
	job    map[string]any
	jobs   []map[string]any
	state  map[string]any
	status uint16 // of Get-Printer-Attributes
	refuse uint16 // status of Print-Job
	drop   bool   // the answer of Print-Job is lost
	busy   int    // how often Print-Job is turned away first
	plain  bool   // it knows only what it must: no Validate-Job, and "all" is no list of jobs
	asked  func() // called after each Get-Job-Attributes
}

func (q *queue) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	op := binary.BigEndian.Uint16(body[2:])
	asked, err := parseAnswer(body) // a request has the same shape
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	answer := func(status uint16, groups ...map[string]any) {
		w.Header().Set("Content-Type", "application/ipp")
		w.Write(encode(status, groups))
	}
	switch op {
	case opGetQueues:
		answer(q.status, map[string]any{"printer-name": "Label"}, map[string]any{"printer-name": "Slips"})
	case opGetPrinter:
		answer(q.status, q.state)
	case opValidate:
		answer(map[bool]uint16{true: statusNoSuchOp}[q.plain])
	case opPrintJob:
		if q.busy > 0 {
			q.busy--
			answer(statusBusy)
			return
		}
		if q.refuse != 0 {
			answer(q.refuse)
			return
		}
		at := bytes.Index(body, []byte("job-name\x00"))
		n := int(binary.BigEndian.Uint16(body[at+8:]))
		job := asked.first()
		q.prints = append(q.prints, string(body[at+10:at+10+n])+" "+job.text("media")+" "+job.text("print-scaling"))
		q.body = body[bytes.Index(body, []byte("%PDF")):]
		if q.drop {
			panic(http.ErrAbortHandler)
		}
		answer(0, map[string]any{"job-id": 12, "job-state": 3})
	case opGetJob:
		answer(0, q.job)
		if q.asked != nil {
			q.asked()
		}
	case opGetJobs:
		if q.plain && bytes.Contains(body, []byte("\x00\x03all")) {
			answer(0x040B)
			return
		}
		answer(0, q.jobs...)
	}
}

func encode(status uint16, groups []map[string]any) []byte {
	r := &request{}
	r.Write([]byte{2, 0, byte(status >> 8), byte(status), 0, 0, 0, 1, tagOperation})
	r.text(tagCharset, "attributes-charset", "utf-8")
	r.text(tagText, "status-message", "the service says why")
	for _, group := range groups {
		r.WriteByte(tagJob)
		for name, value := range group {
			switch v := value.(type) {
			case int:
				r.number(tagEnum, name, v)
			case bool:
				r.value(tagBoolean, name, []byte{map[bool]byte{true: 1}[v]})
			case string:
				r.text(tagText, name, v)
			case []string:
				r.text(tagKeyword, name, v...)
			}
		}
	}
	r.WriteByte(tagEnd)
	return r.Bytes()
}

// newQueue starts a print service and returns a printer of its queue.
func newQueue(t *testing.T) (*queue, *CUPS) {
	q, c, _ := newServer(t)
	return q, c
}

func newServer(t *testing.T) (*queue, *CUPS, string) {
	q := &queue{
		state: map[string]any{"printer-state": 3, "printer-is-accepting-jobs": true, "media-supported": []string{"iso_a6_105x148mm", "na_index-4x6_4x6in"}},
		job:   map[string]any{"job-state": 9},
	}
	server := httptest.NewServer(q)
	t.Cleanup(server.Close)
	address := strings.TrimPrefix(server.URL, "http://")
	c := NewCUPS(CUPSOptions{
		Queue: "Label", Server: address, Patience: 300 * time.Millisecond, Every: 5 * time.Millisecond,
	})
	c.lp = func(context.Context, Job) (Result, error) { return Told(Sent), nil }
	return q, c, address
}

var label = Job{Name: "label-7", Kind: "label", PDF: []byte("%PDF-1.4 seven"), Media: "na_index-4x6_4x6in"}

func TestCUPSPrintsOnceWithSizeAndScaling(t *testing.T) {
	q, c := newQueue(t)
	r, err := c.Print(t.Context(), label)
	if err != nil || r.State != Printed || r.Ref != "Label-12" {
		t.Fatalf("%+v, %v", r, err)
	}
	if len(q.prints) != 1 || q.prints[0] != "label-7 na_index-4x6_4x6in none" || string(q.body) != "%PDF-1.4 seven" {
		t.Errorf("the queue got %q with %q", q.prints, q.body)
	}
}

// What a client sees when things go wrong, as measured with CUPS 2.4.
func TestCUPSTroubleInWords(t *testing.T) {
	away := "The printer may not exist or is unavailable at this time."
	for name, c := range map[string]struct {
		job, queue map[string]any
		want       State
		words      string
	}{
		"paper out":                       {map[string]any{"job-state": 5, "job-printer-state-reasons": []string{"media-empty-warning", "media-needed-warning"}}, nil, PaperOut, "no labels"},
		"paper out, told by the printer":  {map[string]any{"job-state": 5}, map[string]any{"printer-state-reasons": []string{"none", "media-empty-error"}}, PaperOut, "no labels"},
		"failed":                          {map[string]any{"job-state": 7, "job-printer-state-message": "Print job canceled at printer."}, nil, Rejected, "canceled at printer"},
		"aborted":                         {map[string]any{"job-state": 8}, nil, Rejected, "refused"},
		"switched off":                    {map[string]any{"job-state": 5, "job-printer-state-message": away}, nil, Offline, "off or out of reach"},
		"queue disabled":                  {map[string]any{"job-state": 3}, map[string]any{"printer-state": 5, "printer-state-reasons": []string{"paused"}}, Paused, "paused"},
		"queue stopped":                   {map[string]any{"job-state": 3}, map[string]any{"printer-state": 5}, Paused, "paused"},
		"held":                            {map[string]any{"job-state": 4}, nil, Paused, "paused"},
		"no headway":                      {map[string]any{"job-state": 5}, nil, Stuck, "nothing comes out"},
		"no headway, with a message":      {map[string]any{"job-state": 5, "job-printer-state-message": "Warming up."}, nil, Stuck, "it says: Warming up."},
		"another try to come":             {map[string]any{"job-state": 6, "job-state-reasons": "job-completed-with-errors"}, nil, Stuck, "another try"},
		"cancelled by a person":           {map[string]any{"job-state": 7, "job-state-reasons": "job-canceled-by-user"}, nil, Cancelled, "cancelled"},
		"an old message of another job":   {map[string]any{"job-state": 3}, map[string]any{"printer-state": 3, "printer-state-message": away}, Stuck, "nothing comes out"},
		"back in reach, old message":      {map[string]any{"job-state": 5, "job-printer-state-message": away, "job-printer-state-reasons": "cups-waiting-for-job-completed"}, nil, Stuck, "nothing comes out"},
		"waits behind a job out of reach": {map[string]any{"job-state": 3}, map[string]any{"printer-state": 4, "printer-state-message": away}, Offline, "out of reach"},
		"door open":                       {map[string]any{"job-state": 5, "job-printer-state-reasons": []string{"door-open-report"}}, nil, Stuck, "is open"},
		"an old message on a printed job": {map[string]any{"job-state": 9, "job-printer-state-message": away}, nil, Printed, "printed"},
	} {
		t.Run(name, func(t *testing.T) {
			q, p := newQueue(t)
			q.job = c.job
			for name, value := range c.queue {
				q.state[name] = value
			}
			r, err := p.Print(t.Context(), label)
			if err != nil || r.State != c.want || !strings.Contains(r.Trouble.Wrong(), c.words) {
				t.Errorf("%+v, %v; want %v", r, err, c.want)
			}
			if len(q.prints) != 1 {
				t.Errorf("%d jobs", len(q.prints))
			}
			// A job that waits is asked after by its number, and stays what it is.
			if again, err := p.Lookup(t.Context(), label.Name); r.State.Waiting() && (err != nil || !reflect.DeepEqual(again, r)) {
				t.Errorf("asked again: %+v, %v; was %+v", again, err, r)
			}
		})
	}
}

func TestCUPSRefusesBeforeItSends(t *testing.T) {
	for name, c := range map[string]struct {
		set   func(*queue)
		job   Job
		words string
	}{
		"no such queue":  {func(q *queue) { q.status = statusNotFound }, label, "no queue Label"},
		"takes no jobs":  {func(q *queue) { q.state["printer-is-accepting-jobs"] = false }, label, "accepts no jobs"},
		"size not known": {func(q *queue) {}, Job{Name: "x", PDF: label.PDF, Media: "iso_a4_210x297mm"}, "does not know the size"},
		"refused":        {func(q *queue) { q.refuse = 0x0500 }, label, "the service says why"},
		"not read":       {func(q *queue) { q.refuse = statusFormat }, label, "does not read application/pdf"},
		"nothing":        {func(q *queue) {}, Job{Name: "x"}, "nothing to print"},
	} {
		t.Run(name, func(t *testing.T) {
			q, p := newQueue(t)
			c.set(q)
			r, err := p.Print(t.Context(), c.job)
			if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), c.words) || len(q.prints) != 0 {
				t.Errorf("%+v, %v, %d jobs", r, err, len(q.prints))
			}
		})
	}
}

// L4: after a lost answer the queue is asked by name, nothing is sent again.
func TestCUPSLostAnswer(t *testing.T) {
	older := map[string]any{"job-id": 3, "job-name": "label-6", "job-state": 9, "time-at-creation": 100, "time-at-completed": 101, "job-printer-up-time": 1000}
	for name, c := range map[string]struct {
		jobs []map[string]any
		want State
	}{
		"printed all the same":         {[]map[string]any{older, {"job-id": 12, "job-name": "label-7", "job-state": 9}}, Printed},
		"waiting for paper":            {[]map[string]any{{"job-id": 12, "job-name": "label-7", "job-state": 5, "job-printer-state-reasons": []string{"media-empty"}}}, PaperOut},
		"never arrived":                {[]map[string]any{older}, Rejected},
		"a queue that keeps no record": {nil, Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			q, p := newQueue(t)
			q.drop, q.jobs = true, c.jobs
			if c.jobs != nil {
				q.job = c.jobs[len(c.jobs)-1]
			}
			r, err := p.Print(t.Context(), label)
			if err != nil || r.State != c.want {
				t.Errorf("%+v, %v; want %v", r, err, c.want)
			}
			if len(q.prints) != 1 {
				t.Errorf("sent %d times", len(q.prints))
			}
		})
	}
}

func TestCUPSIsGivenUpWithItsContext(t *testing.T) {
	q, p := newQueue(t)
	p.patience = time.Hour
	q.job = map[string]any{"job-state": 5}
	ctx, cancel := context.WithCancel(t.Context())
	q.asked = cancel
	r, err := p.Print(ctx, label)
	if err != nil || r.State != Sent || r.Ref != "Label-12" {
		t.Errorf("%+v, %v", r, err)
	}
	r, err = p.Print(ctx, label) // given up before it began
	if err == nil || r.State != Rejected || r.Trouble.Wrong() != "the print service does not answer" || len(q.prints) != 1 {
		t.Errorf("%+v, %v, %d jobs", r, err, len(q.prints))
	}
}

func TestNoPrintServiceFallsBackToLP(t *testing.T) {
	c := NewCUPS(CUPSOptions{Queue: "Label", Server: "127.0.0.1:1"})
	asked := 0
	c.lp = func(context.Context, Job) (Result, error) { asked++; return Told(Sent), nil }
	if r, err := c.Print(t.Context(), label); err != nil || r.State != Sent || asked != 1 {
		t.Errorf("%+v, %v, asked %d times", r, err, asked)
	}
	if r, err := c.Lookup(t.Context(), "label-7"); err == nil || r.State != Unknown {
		t.Errorf("Lookup without a service: %+v, %v", r, err)
	}
}

func TestLPCommandLine(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there is no lp on Windows")
	}
	dir := t.TempDir()
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	script := "#!/bin/sh\nfor a; do f=$a; done\necho \"$*\" | sed \"s#$f#FILE#\" > " + dir + "/args\ncp $f " + dir + "/document\n" +
		"if [ -e " + dir + "/fail ]; then echo 'lp: The printer or class does not exist.' >&2; exit 1; fi\necho 'request id is Label-41 (1 file(s))'\n"
	if err := os.WriteFile(filepath.Join(dir, "lp"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", dir)
	old := filepath.Join(dir, handed+"1.pdf") // A14: of a program that was killed
	if err := errors.Join(os.WriteFile(old, nil, 0o600), os.Chtimes(old, time.Time{}, time.Now().Add(-time.Hour))); err != nil {
		t.Fatal(err)
	}
	c := NewCUPS(CUPSOptions{Queue: "Label", Server: "127.0.0.1:1"})
	r, err := c.byCommand(t.Context(), label)
	if left, _ := filepath.Glob(filepath.Join(dir, "*.pdf")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err != nil || r.State != Sent || r.Ref != "Label-41" {
		t.Fatalf("%+v, %v", r, err)
	}
	args, _ := os.ReadFile(filepath.Join(dir, "args"))
	if want := "-d Label -n 1 -o print-scaling=none -t label-7 -o media=na_index-4x6_4x6in -- FILE\n"; string(args) != want {
		t.Errorf("lp %swant %s", args, want)
	}
	if document, _ := os.ReadFile(filepath.Join(dir, "document")); string(document) != string(label.PDF) {
		t.Errorf("lp was given %q", document)
	}
	os.WriteFile(filepath.Join(dir, "fail"), nil, 0o600)
	if r, err := c.byCommand(t.Context(), label); err == nil || r.State != Rejected || r.Trouble.Wrong() != "The printer or class does not exist." {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestPrinterLamp(t *testing.T) {
	for name, c := range map[string]struct {
		set   func(*queue)
		lamp  devices.Lamp
		words string
	}{
		"ready":         {func(q *queue) {}, devices.Green, "ready"},
		"no queue":      {func(q *queue) { q.status = statusNotFound }, devices.Red, "there is no queue Label"},
		"takes no jobs": {func(q *queue) { q.state["printer-is-accepting-jobs"] = false }, devices.Red, "the queue Label accepts no jobs"},
		"paper out":     {func(q *queue) { q.state["printer-state-reasons"] = []string{"media-empty-error"} }, devices.Red, "the printer has no labels or paper"},
		"stopped":       {func(q *queue) { q.state["printer-state"] = 5 }, devices.Red, "the printer is paused"},
	} {
		q, p := newQueue(t)
		c.set(q)
		s := p.Check(t.Context(), "labels")
		if s.Lamp != c.lamp || s.Trouble.Wrong() != c.words || s.Device != "labels" || s.Kind != "printer" || (s.Trouble.Advice() == "") != (c.lamp == devices.Green) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	gone := NewCUPS(CUPSOptions{Queue: "Label", Server: "127.0.0.1:1"})
	if s := gone.Check(t.Context(), "labels"); s.Lamp != devices.Red || s.Trouble.Wrong() != "the print service is not running" {
		t.Errorf("no service: %+v", s)
	}
	dir := filepath.Join(t.TempDir(), "documents")
	if s := (Folder{Dir: dir}).Check(t.Context(), "labels"); s.Lamp != devices.Green {
		t.Errorf("a folder: %+v", s)
	}
	os.WriteFile(filepath.Join(dir, "file"), nil, 0o600)
	if s := (Folder{Dir: filepath.Join(dir, "file")}).Check(t.Context(), "labels"); s.Lamp != devices.Red || s.Trouble.Advice() == "" {
		t.Errorf("a folder that is a file: %+v", s)
	}
}

func TestQueuesAreListed(t *testing.T) {
	_, _, address := newServer(t)
	names, err := Queues(t.Context(), address)
	if err != nil || strings.Join(names, " ") != "Label Slips" {
		t.Errorf("%v, %v", names, err)
	}
	if _, err := Queues(t.Context(), "127.0.0.1:1"); err == nil {
		t.Error("queues of no service")
	}
}

func TestChooseMedia(t *testing.T) {
	for _, c := range []struct {
		want      string
		supported []string
		name      string
		ok        bool
	}{
		{"na_index-4x6_4x6in", nil, "na_index-4x6_4x6in", true},
		{"na_index-4x6_4x6in", []string{"na_letter_8.5x11in", "na_index-4x6_4x6in"}, "na_index-4x6_4x6in", true},
		{"na_index-4x6_4x6in", []string{"oe_4x6-label_4x6in"}, "oe_4x6-label_4x6in", true},
		{"na_index-4x6_4x6in", []string{"custom_max_4.25x39in", "custom_min_1x1in"}, "na_index-4x6_4x6in", true},
		{"na_index-4x6_4x6in", []string{"iso_a4_210x297mm", "custom_101.6x152.4mm_101.6x152.4mm"}, "custom_101.6x152.4mm_101.6x152.4mm", true},
		{"na_index-4x6_4x6in", []string{"om_small-photo_100x150mm", "iso_a6_105x148mm"}, "", false},
		{"na_index-4x6_4x6in", []string{"custom_max_3x39in", "custom_min_1x1in"}, "", false},
		{"na_index-4x6_4x6in", []string{"custom_min_1x1in"}, "", false},
		{"Label", []string{"iso_a4_210x297mm"}, "", false},
		{"na_index-4x6_4x6in", []string{"iso_a4_210x297mm"}, "", false},
		{"", []string{"iso_a4_210x297mm"}, "", true},
	} {
		if name, ok := chooseMedia(c.want, c.supported); ok && name != c.name || ok != c.ok {
			t.Errorf("%s of %v: %s, %v", c.want, c.supported, name, ok)
		}
	}
}

func FuzzIPPAnswer(f *testing.F) {
	f.Add(encode(0, []map[string]any{{"job-state": 9, "job-name": "x", "media-supported": []string{"a", "b"}}}))
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 1, 1, 0x47, 0, 5, 'a'})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := parseAnswer(data)
		if err != nil && !errors.Is(err, errIPP) {
			t.Fatal(err)
		}
		if r := judge(a.first(), a.unsupported); r.State == Printed && a.first().number("job-state") != jobCompleted {
			t.Fatalf("printed without state 9: %+v", a)
		}
	})
}
