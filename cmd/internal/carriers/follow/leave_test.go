package follow

import (
	"testing"
	"time"

	"packbench/station/track"
	"packbench/station/web"
)

// An account that asks to be left alone is, for as long as it says, and no other is.
func TestAnAccountThatAsksForAPauseGetsIt(t *testing.T) {
	f := &Follower{paces: map[string]*track.Pace{}}
	for _, id := range []string{"a", "b"} {
		f.paces[id] = track.NewPace(nil)
	}
	f.leave("a", &web.Throttled{Wait: time.Hour})
	f.leave("b", &web.Away{})
	f.leave("unknown", &web.Throttled{Wait: time.Hour})
	if f.turn(t.Context(), "a", "") || !f.turn(t.Context(), "b", "") {
		t.Error("the wrong one is left alone")
	}
}
