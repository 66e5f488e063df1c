package scanner

import "time"

// What comes from hands, or from a scanner that sends what it has stored, stays far
// below: so many codes at once, and so many a second, which a bench can still write
// down one by one within seconds.
const (
	floodBurst  = 500
	floodSecond = 100
)

// flood keeps back what comes faster than anybody scans: a trigger that hangs, a
// line that is disturbed, another machine on the cable. It begins when more has come
// than may, and ends when a second has passed in which no more came than may. What
// comes meanwhile is counted and not kept.
type flood struct {
	used  float64   // of the burst
	last  time.Time // of the last code
	on    bool
	since time.Time // of the second that is watched
	came  int       // in that second
	left  int       // codes that were kept back
}

// lets reports whether a code that came at a time goes on.
func (f *flood) lets(at time.Time) bool {
	if f.over(at) {
		f.used = max(0, f.used-at.Sub(f.last).Seconds()*floodSecond)
	}
	f.last = at
	if !f.on {
		if f.used++; f.used <= floodBurst {
			return true
		}
		f.on, f.since, f.came, f.left = true, at, 0, 0
	}
	f.came++
	f.left++
	return false
}

// over looks whether the flood has ended, and reports that there is none.
func (f *flood) over(now time.Time) bool {
	if f.on && now.Sub(f.since) >= time.Second {
		if f.came <= floodSecond {
			f.on, f.used = false, 0
		}
		f.since, f.came = now, 0
	}
	return !f.on
}

// wait is when to look again whether it has ended.
func (f *flood) wait(decoder time.Duration) time.Duration {
	if f.on && decoder == 0 {
		return time.Second
	}
	return decoder
}
