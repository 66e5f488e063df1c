package printer

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/devices"
)

// A printer that speaks IPP itself, with no scheduler before it.
func TestRealPrinterWithoutQueue(t *testing.T) {
	s := newBus(t)
	cases := map[string]func(*testing.T, *scheduler){
		"good": directGood, "paper": directPaperOut, "failed": directFailed, "refused": directRefused, "cancelled": directCancelled,
		"off": directOff, "vanished": directVanished,
	}
	t.Run("all", func(t *testing.T) {
		for name, run := range cases {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				run(t, s)
			})
		}
	})
}

func directGood(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "good")
	p := d.direct(t)
	if st := p.Check(t.Context(), "label"); st.Lamp != devices.Green {
		t.Errorf("lamp: %+v", st)
	}
	r, err := p.Print(t.Context(), page("P1-label"))
	wants(t, r, err, Printed, "printed")
	if !bytes.Equal(onePage(t, d), testPage()) {
		t.Error("what came out is not what was sent")
	}
	r, err = d.direct(t).Lookup(t.Context(), "P1-label") // after a new start
	wants(t, r, err, Printed, "printed")
	// A printer forgets its jobs: that it knows none is no proof.
	r, err = p.Lookup(t.Context(), "P2-label")
	wants(t, r, err, Unknown, "cannot tell whether it printed")
}

func directPaperOut(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "paper")
	p := d.direct(t)
	d.set(t, "empty", true)
	r, err := p.Print(t.Context(), page("P1-label"))
	wants(t, r, err, PaperOut, "no labels")
	d.set(t, "empty", false)
	until(t, p, "P1-label", Printed)
	onePage(t, d)
}

func directFailed(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "failed")
	d.set(t, "fail", true)
	r, err := d.direct(t).Print(t.Context(), page("P1-label"))
	wants(t, r, err, Rejected, "the head is too hot")
}

func directRefused(t *testing.T, s *scheduler) {
	raster := s.newDevice(t, "raster", "image/pwg-raster", "image/urf")
	r, err := raster.direct(t).Print(t.Context(), page("P1-label"))
	var format *FormatError
	if !errors.As(err, &format) || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), "does not read application/pdf; it has ") {
		t.Errorf("%+v, %v", r, err)
	}
	d := s.newDevice(t, "size")
	job := page("P1-label")
	job.Media = "iso_a4_210x297mm"
	var media *MediaError
	r, err = d.direct(t).Print(t.Context(), job)
	if !errors.As(err, &media) || r.State != Rejected || len(media.Has) != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	// The printer's own check, where its list of sizes promised too much.
	p := d.direct(t)
	err = p.validate(t.Context(), order{Job: job, format: formatPDF, media: "iso_a4_210x297mm", has: attributes{}})
	if !errors.As(err, &media) {
		t.Errorf("Validate-Job: %v", err)
	}
	if all := append(d.came(t), raster.came(t)...); len(all) != 0 {
		t.Errorf("%d documents came out", len(all))
	}
}

func directCancelled(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "cancelled")
	p := d.direct(t)
	d.set(t, "empty", true)
	r, err := p.Print(t.Context(), page("P1-label"))
	wants(t, r, err, PaperOut, "no labels")
	done := make(chan struct{})
	go func() { // the printer ends a cancelled job when its hands are free
		defer close(done)
		eventually(t, "the cancelling", func() bool {
			jobs, err := d.direct(t).jobs(t.Context(), "not-completed")
			return err == nil && slices.ContainsFunc(jobs, func(j attributes) bool {
				return slices.Contains(j.texts("job-state-reasons"), "processing-to-stop-point")
			})
		})
		d.set(t, "fail", true)
		d.set(t, "empty", false)
	}()
	r, err = p.Cancel(t.Context(), "P1-label")
	<-done
	wants(t, r, err, Cancelled, "cancelled")
	if all := d.came(t); len(all) != 0 {
		t.Errorf("%d documents came out", len(all))
	}
}

func directOff(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "off")
	p := d.direct(t)
	d.stop()
	r, err := p.Print(t.Context(), page("P1-label"))
	if err == nil || r.State != Offline || strings.Contains(r.Trouble.Advice(), "again") {
		t.Errorf("%+v, %v", r, err)
	}
	if st := p.Check(t.Context(), "label"); st.Lamp != devices.Red || !strings.Contains(st.Trouble.Wrong(), "off or out of reach") {
		t.Errorf("lamp: %+v", st)
	}
	if !d.on(t) {
		t.Fatal("the device does not start again")
	}
	r, err = p.Print(t.Context(), page("P1-label")) // the packer prints again
	wants(t, r, err, Printed, "printed")
	onePage(t, d)
}

// The printer takes the job and is switched off before it has printed.
func directVanished(t *testing.T, s *scheduler) {
	d := s.newDevice(t, "vanished")
	p := d.direct(t)
	p.patience = time.Second
	d.set(t, "slow", true)
	off := make(chan bool)
	go func() {
		had := d.busy()
		d.stop()
		off <- had
	}()
	r, err := p.Print(t.Context(), page("P1-label"))
	if !<-off {
		t.Fatal("the device never had the job")
	}
	if r.State == Stuck { // it was switched off after the patience had ended
		r, err = p.Lookup(t.Context(), "P1-label")
	}
	wants(t, r, err, Unknown, "before it had printed")
}
