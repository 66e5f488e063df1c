package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// settle is how long a load moves before the scale is steady, by default.
const settle = 600 * time.Millisecond

// curve is how loads behave on the scale.
type curve struct {
	settle time.Duration // how long a load moves
	// rest returns how many divisions the display is off so long after settling,
	// and whether the scale calls that steady; nil is calm.
	rest func(seed uint64, after time.Duration, empty bool) (off int64, steady bool)
}

func curves() map[string]curve {
	return map[string]curve{
		"quick":    {settle: settle},
		"slow":     {settle: 2500 * time.Millisecond},
		"drift":    {settle: settle, rest: drift},
		"restless": {settle: settle, rest: restless},
		"shaky":    {settle: settle, rest: shaky},
	}
}

// Curves names what loads can do: quick settles in 0.6 s, slow in 2.5 s, drift
// then creeps by a division now and then, restless is never steady, shaky
// stands on a bench that is pushed again and again.
func Curves() []string { return slices.Sorted(maps.Keys(curves())) }

// drift creeps by a division every 1.5 s, two at most; an empty scale tracks
// its zero.
func drift(seed uint64, after time.Duration, empty bool) (int64, bool) {
	if empty {
		return 0, true
	}
	way := [...]int64{0, 1, 2, 1, 0, -1, -2, -1}
	off := way[int(after/(1500*time.Millisecond))%len(way)]
	if dice(seed, 0)%2 == 1 {
		off = -off
	}
	return off, true
}

func restless(seed uint64, after time.Duration, _ bool) (int64, bool) {
	return wobble(seed, after), false
}

// shaky is pushed for 0.4 to 1 s out of every 2 s.
func shaky(seed uint64, after time.Duration, _ bool) (int64, bool) {
	const turn = 2 * time.Second
	quiet := turn - time.Duration(4+dice(seed, after/turn)%7)*100*time.Millisecond
	if after%turn < quiet {
		return 0, true
	}
	return wobble(seed, after), false
}

// wobble is one or two divisions up or down, another each beat.
func wobble(seed uint64, after time.Duration) int64 {
	return [...]int64{-2, -1, 1, 2}[dice(seed, after/beat)%4]
}

// dice mixes a seed and a step to a number that looks random (splitmix64).
func dice(seed uint64, step time.Duration) uint64 {
	z := seed + (uint64(step)+1)*0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// Put lays a load on in place of what was there; 0 takes it off. The scale
// moves for a moment and is then steady.
func (s *Scale) Put(mass unit.Mass) { s.change(mass, false, false) }

// PutCounts lays on what shows as so many divisions.
func (s *Scale) PutCounts(n int) { s.Put(s.opts.mass(int64(n))) }

// Over lays on more than the scale can weigh.
func (s *Scale) Over() { s.change(s.opts.Capacity, true, false) }

// Under lifts the platform: less than the scale can show.
func (s *Scale) Under() { s.change(0, false, true) }

// Curve changes how loads behave from now on. The error names what there is.
func (s *Scale) Curve(name string) error {
	if _, known := curves()[name]; !known {
		return fmt.Errorf("no load behaves like %q; known: %s", name, strings.Join(Curves(), ", "))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.curve = name
	return nil
}

// Seed restarts all that is random.
func (s *Scale) Seed(seed uint64) {
	s.mu.Lock()
	s.seed = seed
	s.mu.Unlock()
	s.faults.reseed(seed)
}

func (s *Scale) change(mass unit.Mass, over, under bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.from = s.at(now).mass
	s.to, s.since = mass, now
	s.over, s.under = over || mass > s.opts.Capacity, under
}

// swing is how a load comes to rest, in hundredths of the way.
var swing = [...]int64{0, 22, 61, 92, 107, 103, 98, 101, 100}

// at returns the load at a time; the caller holds mu.
func (s *Scale) at(now time.Time) load {
	l := load{steady: true, over: s.over, under: s.under}
	mass, off := s.to, int64(0)
	c := curves()[s.curve]
	passed := now.Sub(s.since)
	switch {
	case passed < c.settle:
		i := int(passed * time.Duration(len(swing)-1) / c.settle)
		mass = s.from + unit.Mass(int64(s.to-s.from)/100*swing[max(i, 0)])
		l.steady = s.from == s.to
	case c.rest != nil:
		off, l.steady = c.rest(s.seed, passed-c.settle, s.to == 0)
	}
	l.mass = s.opts.mass(s.opts.counts(mass) + off)
	return l
}

func (s *Scale) now(at time.Time) load {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at(at)
}
