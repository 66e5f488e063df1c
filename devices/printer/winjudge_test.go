package printer

import (
	"testing"
	"time"
)

// A job that the spooler of Windows shows without headway is stuck after the
// patience, and not "sent"; one that it has passed on is no such job.
func TestAJobThatStaysInTheSpooler(t *testing.T) {
	const patience = 15 * time.Second
	for _, c := range []struct {
		bits  uint32
		shown time.Duration
		want  State
	}{
		{0, time.Second, Sent},
		{0, patience, Stuck},
		{0x10, time.Hour, Stuck}, // it is being printed, it says
		{winJobPrinted, time.Hour, Sent},
		{winJobComplete, time.Hour, Sent},
		{winJobPaperOut, time.Hour, PaperOut},
		{winJobOffline, time.Second, Offline},
		{winJobDeleted, time.Hour, Cancelled},
	} {
		if r := winHeld(c.bits, c.shown, patience); r.State != c.want {
			t.Errorf("%#x for %s: %v, want %v", c.bits, c.shown, r.State, c.want)
		}
	}
}
