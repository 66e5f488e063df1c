package sim

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"packbench/station/unit"
)

var goodFrame = []byte("S S      1.234 kg\r\n")

// spoilt sends a frame many times through faults that are on.
func spoilt(seed uint64, on ...string) [][]piece {
	f := newFaults(seed, false)
	for _, name := range on {
		f.set(name, true)
	}
	var all [][]piece
	for range 200 {
		all = append(all, f.spoil(goodFrame))
	}
	return all
}

func joined(pieces []piece) []byte {
	var all []byte
	for _, p := range pieces {
		all = append(all, p.data...)
	}
	return all
}

func TestFaultsChangeFramesAsTheySay(t *testing.T) {
	count := func(all [][]piece, ok func([]piece) bool) (n int) {
		for _, p := range all {
			if ok(p) {
				n++
			}
		}
		return n
	}
	whole := func(p []piece) bool { return bytes.Equal(joined(p), goodFrame) }
	if n := count(spoilt(1), whole); n != 200 {
		t.Errorf("without faults %d of 200 frames are whole", n)
	}
	head, tail := 0, 0
	for _, p := range spoilt(1, FaultTorn) {
		switch data := joined(p); {
		case len(data) == 0 || len(data) == len(goodFrame):
		case bytes.HasPrefix(goodFrame, data):
			head++
		case bytes.HasSuffix(goodFrame, data):
			tail++
		default:
			t.Errorf("torn: %q is no part of the frame", data)
		}
	}
	if head < 20 || tail < 20 || head+tail > 150 {
		t.Errorf("torn: %d beginnings and %d ends of 200", head, tail)
	}
	if n := count(spoilt(1, FaultDoubled), func(p []piece) bool { return bytes.Equal(joined(p), slices.Concat(goodFrame, goodFrame)) }); n != 200 {
		t.Errorf("doubled: %d of 200", n)
	}
	if n := count(spoilt(1, FaultSilence), func(p []piece) bool { return len(p) == 0 }); n != 200 {
		t.Errorf("silence: %d of 200", n)
	}
	if n := count(spoilt(1, FaultNoise), func(p []piece) bool { return bytes.HasSuffix(joined(p), goodFrame) && !whole(p) }); n < 30 || n > 120 {
		t.Errorf("noise before %d of 200 frames", n)
	}
	if n := count(spoilt(1, FaultBytewise), func(p []piece) bool { return whole(p) && len(p) == len(goodFrame) && p[3].gap > 0 }); n != 200 {
		t.Errorf("byte by byte: %d of 200", n)
	}
	flipped := count(spoilt(1, FaultParity), func(p []piece) bool {
		data := joined(p)
		changed := !bytes.Equal(data, goodFrame)
		for i := range data {
			data[i] &= 0x7F
		}
		return changed && bytes.Equal(data, goodFrame)
	})
	if flipped < 190 {
		t.Errorf("wrong parity in %d of 200 frames", flipped)
	}
}

func TestSameSeedSameTrouble(t *testing.T) {
	on := []string{FaultNoise, FaultTorn, FaultParity, FaultBytewise}
	one, two, other := spoilt(7, on...), spoilt(7, on...), spoilt(8, on...)
	same := func(a, b []piece) bool {
		return slices.EqualFunc(a, b, func(a, b piece) bool { return a.gap == b.gap && bytes.Equal(a.data, b.data) })
	}
	if !slices.EqualFunc(one, two, same) {
		t.Error("the same seed gives other trouble")
	}
	if slices.EqualFunc(one, other, same) {
		t.Error("another seed gives the same trouble")
	}
}

// What a bus delivers whole is never changed, only missed or doubled.
func TestReportsStayWhole(t *testing.T) {
	f := newFaults(1, true)
	for _, name := range Faults() {
		f.set(name, name != FaultSilence)
	}
	report := []byte{3, 4, 2, 0, 0x6E, 3}
	for range 100 {
		if p := f.spoil(report); len(p) != 1 || !bytes.Equal(p[0].data, slices.Concat(report, report)) {
			t.Fatalf("a report became %v", p)
		}
	}
	if p := f.spoil(nil); p != nil {
		t.Errorf("out of nothing came %v", p)
	}
}

func TestCurves(t *testing.T) {
	scale := func(name string, seed uint64) *Scale {
		s := &Scale{opts: ScaleOptions{Unit: "kg", Division: unit.Gram, Capacity: 30 * unit.Kilogram}, curve: name, seed: seed}
		s.Put(unit.Kilogram)
		return s
	}
	// watch returns how long the load moved at first, how often it stood after
	// that, and how far off it was while it stood and while it moved.
	watch := func(s *Scale) (first time.Duration, stood, moved int, still, moving unit.Mass) {
		first = -1
		for ms := range 200 {
			at := time.Duration(ms) * 100 * time.Millisecond
			l := s.at(s.since.Add(at))
			off := (l.mass - unit.Kilogram).Abs()
			switch {
			case l.steady && first < 0:
				first, stood = at, 1
			case l.steady:
				stood++
				still = max(still, off)
			case first >= 0 || at > 3*time.Second:
				moved++
				moving = max(moving, off)
			}
		}
		return first, stood, moved, still, moving
	}
	const g = unit.Gram
	for name, c := range map[string]struct {
		first         time.Duration
		moves, stands bool
		still, moving unit.Mass
	}{
		"quick":    {600 * time.Millisecond, false, true, 0, 0},
		"slow":     {2500 * time.Millisecond, false, true, 0, 0},
		"drift":    {600 * time.Millisecond, false, true, 2 * g, 0},
		"restless": {-1, true, false, 0, 2 * g},
		"shaky":    {600 * time.Millisecond, true, true, 0, 2 * g},
	} {
		first, stood, moved, still, moving := watch(scale(name, 3))
		if first != c.first || moved > 0 != c.moves || stood > 0 != c.stands || still != c.still || moving != c.moving {
			t.Errorf("%s: first steady after %v, stood %d, moved %d, off %v and %v", name, first, stood, moved, still, moving)
		}
		one, two := scale(name, 9), scale(name, 9)
		for ms := 0; ms < 10_000; ms += 70 {
			d := time.Duration(ms) * time.Millisecond
			if a, b := one.at(one.since.Add(d)), two.at(two.since.Add(d)); a != b {
				t.Fatalf("%s: the same seed gives %+v and %+v", name, a, b)
			}
		}
	}
	if err := scale("quick", 0).Curve("wild"); err == nil || err.Error() != `no load behaves like "wild"; known: drift, quick, restless, shaky, slow` {
		t.Errorf("%v", err)
	}
}

func TestDivisionsAreExactInTheUnit(t *testing.T) {
	for _, c := range []struct {
		unit     string
		division unit.Mass
		put      unit.Mass
		counts   int64
		shows    string
	}{
		{"kg", unit.Gram, 1_234_499, 1234, "1.234"},
		{"kg", 5 * unit.Gram, 1_233_000, 247, "1.235"},
		{"kg", 20 * unit.Gram, 1_233_000, 62, "1.24"},
		{"g", 100, 12_340, 123, "12.3"},
		{"lb", 4_536, 45_359_237, 10_000, "100.00"},
		{"lb", 2_268, 793_787, 350, "1.750"},
		{"oz", 2_835, 221_126, 78, "7.8"},
		{"oz", 14_175, 14_175, 1, "0.5"},
		{"kg", unit.Gram, -12_500, -13, "-0.013"},
	} {
		o := ScaleOptions{Unit: c.unit, Division: c.division}
		n := o.counts(c.put)
		if got := shown(o.mass(n), o); n != c.counts || got != c.shows {
			t.Errorf("%d mg on a scale of %d mg in %s: %d divisions, %s; want %d, %s", c.put, c.division, c.unit, n, got, c.counts, c.shows)
		}
	}
}
