package watch

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"packbench/station/track"
)

// Score is how well a rule finds parcels that are stuck.
type Score struct {
	Stuck, Right, False int // parcels that are stuck, those of them that were found, and others
}

// Found is the share of the stuck ones that were found.
func (s Score) Found() float64 { return float64(s.Right) / float64(max(s.Stuck, 1)) }

// Precision is the share of what was found that is stuck.
func (s Score) Precision() float64 { return float64(s.Right) / float64(max(s.Right+s.False, 1)) }

func (s Score) String() string {
	return fmt.Sprintf("found %.1f %% of the stuck, %.0f %% of the alarms are right", 100*s.Found(), 100*s.Precision())
}

// way is how a simulated service scans.
type simulated struct {
	lane         Lane
	scans        int     // on the way
	quick        float64 // chance of a scan on the next working day, else the day after, …
	lost, pauses float64
}

// Quarter plays ninety days of parcels, so many a day, over lanes that differ, with
// weekends, a holiday, parcels that pause for days and some that never go on. Every morning
// both rules are asked: the lanes' own gaps, learnt from what has arrived until then, and
// three days of the calendar without a scan.
func Quarter(parcels int, seed uint64) (own, threeDays Score) {
	rnd := rand.New(rand.NewPCG(seed, 1))
	began := time.Date(2026, 10, 1, 17, 0, 0, 0, time.UTC)
	holiday := date(began.AddDate(0, 0, 60))
	works := Works(func(_, _ string, day time.Time) bool {
		return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !day.Equal(holiday)
	})
	lanes := []simulated{
		{Lane{"a", "next", "DE 10"}, 4, 0.95, 0.01, 0.02}, {Lane{"a", "economy", "DE 80"}, 5, 0.6, 0.01, 0.05}, {Lane{"b", "cross", "US 90"}, 6, 0.35, 0.02, 0.08},
	}
	var sent []*played
	for i := range parcels {
		sent = append(sent, play(rnd, lanes[rnd.IntN(len(lanes))], began.AddDate(0, 0, i*90/parcels), works))
	}
	for d := range 120 {
		now := began.AddDate(0, 0, d).Add(15 * time.Hour) // eight in the morning
		if d%7 == 0 {
			learn(sent, now, works)
		}
		for _, p := range sent {
			p.ask(now, works)
		}
	}
	for _, p := range sent {
		own.count(p.lost, p.own)
		threeDays.count(p.lost, p.three)
	}
	return own, threeDays
}

func (s *Score) count(stuck, found bool) {
	switch {
	case stuck && found:
		s.Right++
	case found:
		s.False++
	}
	if stuck {
		s.Stuck++
	}
}

// played is a parcel of the simulation.
type played struct {
	of         Lane
	gaps       *Gaps
	scans      []time.Time // the last is the delivery, but for a lost one
	lost       bool
	own, three bool // found by a rule
}

func play(rnd *rand.Rand, l simulated, at time.Time, works Works) *played {
	p := &played{of: l.lane, gaps: &Gaps{}, lost: rnd.Float64() < l.lost}
	n := 1 + l.scans
	if p.lost {
		n = 1 + rnd.IntN(l.scans)
	}
	for range n {
		for days := 0; !works.on("", "", date(at)) || days == 0 || rnd.Float64() > l.quick; days++ {
			at = at.AddDate(0, 0, 1)
		}
		if rnd.Float64() < l.pauses/float64(l.scans) {
			at = at.AddDate(0, 0, 2+rnd.IntN(4))
		}
		p.scans = append(p.scans, at)
	}
	return p
}

// learn has every parcel judged by what has arrived until now.
func learn(sent []*played, now time.Time, works Works) {
	var ways []Way
	for _, p := range sent {
		if end := p.scans[len(p.scans)-1]; !p.lost && end.Before(now) {
			ways = append(ways, Way{Lane: p.of, Scans: p.scans})
		}
	}
	g := NewGaps(ways, works)
	for _, p := range sent {
		*p.gaps = g
	}
}

func (p *played) ask(now time.Time, works Works) {
	var last time.Time
	arrived := false
	for i, s := range p.scans {
		if !s.After(now) {
			last, arrived = s, !p.lost && i == len(p.scans)-1
		}
	}
	if last.IsZero() || arrived {
		return
	}
	f, found := Judge(Parcel{Lane: p.of, Followed: true, Standing: track.Standing{State: track.InTransit, Last: last, Scanned: p.scans[0]}}, *p.gaps, works, now)
	p.own = p.own || found && f.Reason == Silent
	p.three = p.three || now.Sub(last) > 3*dayLength
}

// BenchmarkStuck prints the precision of what is found stuck in a simulated quarter beside a
// fixed rule of three days.
func BenchmarkStuck(b *testing.B) {
	var own, three Score
	for b.Loop() {
		own, three = Quarter(1_000, 11)
	}
	b.ReportMetric(100*own.Precision(), "%-right")
	b.ReportMetric(100*three.Precision(), "%-right-by-3-days")
	b.ReportMetric(100*own.Found(), "%-found")
	b.ReportMetric(three.Precision()/own.Precision(), "ratio")
	b.ReportMetric(0.5, "bound")
}
