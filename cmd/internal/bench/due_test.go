package bench

import (
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices/printer"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
)

// Where the shop wants it, the bench signs out by itself whoever came for a shift that has
// ended, also when it was started again meanwhile, and once; the order stays open.
func TestTheEndOfAShiftSignsOut(t *testing.T) { // P1
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	var now atomic.Pointer[time.Time]
	at := func(hour, minute int) {
		on := time.Date(2026, 11, 23, hour, minute, 0, 0, time.UTC)
		now.Store(&on)
	}
	start := func(on bool) (*counter, func()) {
		return startCounterAt(t, dir, func() time.Time { return *now.Load() }, &queue{state: printer.Printed}, func(s *config.Settings) {
			s.TimeZone, s.Rules.ShiftSignOut = "UTC", on
		})
	}
	at(9, 0)
	c, stop := start(false)
	c.do(engine.Badge{Code: "B-PACKER"})
	c.do(engine.Scan{Device: "test", Data: "1001"})
	at(14, 0)
	if due := c.bench.Due(); len(due) != 0 {
		t.Fatalf("switched off it wants %+v", due)
	}
	stop()
	at(13, 59)
	c, _ = start(true)
	if due := c.bench.Due(); len(due) != 0 {
		t.Fatalf("before the end it wants %+v", due)
	}
	at(14, 0)
	for deadline := time.Now().Add(20 * time.Second); c.bench.Engine.State().Person.ID != ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("nobody is signed out")
		}
	}
	if s := c.bench.Engine.State(); s.Phase != pack.SignedOut || s.Work == nil || s.Work.Order != "1001" || s.Recent[0].Reason != pack.ReasonShiftOver {
		t.Errorf("%s, %+v", s.Phase, s.Recent[0])
	}
	c.do(engine.Badge{Code: "B-PACKER"})
	if due := c.bench.Due(); len(due) != 0 {
		t.Errorf("who works on is signed out again: %+v", due)
	}
	at(22, 0)
	if due := c.bench.Due(); len(due) != 1 {
		t.Errorf("at the end of the next shift: %+v", due)
	}
}
