package store

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// counters are the last serial numbers in use, by name. They only ever grow.
//
//	blocks/0952000**********       the end of the newest block that any station took
//	block/0952000**********/S1     the last serial that station S1 used
//	block-end/0952000**********/S1 the end of its block
//	spare/…, spare-end/…           a block that a hub gave, for when that one is used: see blocks.go
//	numbers/heron/HN********/500   the last serial of a carrier's range that begins at 500
//
// Before they knew of shapes they were named sscc, sscc/S1, sscc-end/S1,
// tracking/heron and tracking/heron/500: see adopt.
type counters map[string]uint64

// Beginnings of names.
const (
	blocksCounter   = "blocks/"
	usedCounter     = "block/"
	endCounter      = "block-end/"
	trackingCounter = "numbers/"

	oldBlocks   = "sscc"
	oldUsed     = "sscc/"
	oldEnd      = "sscc-end/"
	oldTracking = "tracking/"
)

// sscc takes the next number of a station's block, or of a new block. Where a hub gives
// out the blocks it is that of the block, or of the next one that was drawn.
func (c counters) sscc(station string, r Range, hub bool) (string, error) {
	c.adoptBlocks(r)
	if hub {
		return c.drawn(OfSSCC, station, r.Shape, r)
	}
	used, end := usedCounter+r.Shape+"/"+station, endCounter+r.Shape+"/"+station
	next := c[used] + 1
	if next > c[end] {
		next = c.ssccUsed(r) + 1
		if next > r.Last {
			return "", &Exhausted{Of: OfSSCC, Last: r.Last}
		}
		c[end] = min(next-1+BlockSize, r.Last)
		c[blocksCounter+r.Shape] = c[end]
	}
	c[used] = next
	return r.Make(next)
}

// ssccUsed is the end of the newest block, whatever shape it was taken in.
func (c counters) ssccUsed(r Range) uint64 {
	c.adoptBlocks(r)
	used := uint64(0)
	for other, n := range c.all(blocksCounter) {
		used = max(used, r.used(other, 1, n))
	}
	return max(used, r.First-1)
}

// tracking takes the next number of a carrier's range, or of a block of it that a hub gave.
func (c counters) tracking(carrier, station string, r Range, hub bool) (string, error) {
	if hub {
		return c.drawn(carrier, station, trackingName(carrier, r), r)
	}
	next := c.trackingUsed(carrier, r) + 1
	if next > r.Last {
		return "", &Exhausted{Of: carrier, Last: r.Last}
	}
	c[trackingName(carrier, r)] = next
	return r.Make(next)
}

func trackingName(carrier string, r Range) string {
	return fmt.Sprintf("%s%s/%s/%d", trackingCounter, carrier, r.Shape, r.First)
}

// trackingUsed is the last serial in use of a range, whatever range it was
// taken from: a card may be imported again with other bounds.
func (c counters) trackingUsed(carrier string, r Range) uint64 {
	c.adoptTracking(carrier, r)
	used := uint64(0)
	for name, n := range c.all(trackingCounter + carrier + "/") {
		other, begin, _ := strings.Cut(name, "/")
		first, err := strconv.ParseUint(begin, 10, 63)
		if err != nil {
			first = 1
		}
		used = max(used, r.used(other, first, n))
	}
	return max(used, r.First-1)
}

// adoptBlocks takes the old counts over for the first shape that is used: it is
// the one that they were counted in.
func (c counters) adoptBlocks(r Range) {
	if c[oldBlocks] == 0 || c.any(blocksCounter) {
		return
	}
	c[blocksCounter+r.Shape] = c[oldBlocks]
	for name, n := range c.all(oldUsed) {
		c[usedCounter+r.Shape+"/"+name] = n
	}
	for name, n := range c.all(oldEnd) {
		c[endCounter+r.Shape+"/"+name] = n
	}
}

// adoptTracking does so with the numbers of a carrier.
func (c counters) adoptTracking(carrier string, r Range) {
	if c.any(trackingCounter + carrier + "/") {
		return
	}
	for name, n := range c.all(oldTracking) {
		of, first, found := strings.Cut(name, "/")
		if !found {
			first = "1"
		}
		if of == carrier {
			c[trackingCounter+carrier+"/"+r.Shape+"/"+first] = n
		}
	}
}

// all returns the counters whose names begin so, by the rest of their names.
func (c counters) all(beginning string) counters {
	out := counters{}
	for name, n := range c {
		if rest, ok := strings.CutPrefix(name, beginning); ok {
			out[rest] = n
		}
	}
	return out
}

func (c counters) any(beginning string) bool { return len(c.all(beginning)) > 0 }

// raise lifts every counter to another's.
func (c counters) raise(other counters) {
	for name, n := range other {
		c[name] = max(c[name], n)
	}
}

// spent reports whether a counter says how many labels were numbered, and not
// how many a station may number.
func spent(name string) bool {
	for _, beginning := range []string{usedCounter, trackingCounter, oldUsed, oldTracking} {
		if strings.HasPrefix(name, beginning) {
			return true
		}
	}
	return false
}

// burn gives up what is left of every open block.
func (c counters) burn() {
	for end, used := range map[string]string{endCounter: usedCounter, oldEnd: oldUsed, spareEndCounter: spareCounter} {
		for name, n := range c.all(end) {
			c[used+name] = max(c[used+name], n)
		}
	}
}

// know makes the counters of ranges of which no number was used that is known
// here, so that skip jumps in them too.
func (c counters) know(r Ranges) {
	if r.SSCC.valid() {
		c[blocksCounter+r.SSCC.Shape] = c.ssccUsed(r.SSCC)
	}
	for carrier, of := range r.Tracking {
		if of.valid() && plainName(carrier) {
			c[trackingName(carrier, of)] = c.trackingUsed(carrier, of)
		}
	}
}

// room reports whether so many more labels may have been made. A range that is used
// up had none for them.
func (c counters) room(r Ranges, n uint64) error {
	if r.SSCC.valid() {
		if left := r.SSCC.Last - min(c.ssccUsed(r.SSCC), r.SSCC.Last); left > 0 && n > left {
			return fmt.Errorf("only %d SSCC numbers are left, and so %d labels cannot have been made: give a smaller number, or set another extension digit or company prefix first", left, n)
		}
	}
	for _, carrier := range slices.Sorted(maps.Keys(r.Tracking)) {
		of := r.Tracking[carrier]
		if !of.valid() || !plainName(carrier) {
			continue
		}
		if left := of.Last - min(c.trackingUsed(carrier, of), of.Last); left > 0 && n > left {
			return fmt.Errorf("only %d tracking numbers of %s are left, and %d would be skipped: give a smaller number, or ask the carrier for a new range and import its rate card first", left, carrier, n)
		}
	}
	return nil
}

// skip burns the open blocks and jumps over n more labels in each range. Blocks
// are taken whole: of n labels, each station, and one that is not known yet, may
// have had one that it hardly began.
func (c counters) skip(n uint64) {
	c.burn()
	if n = min(n, 1<<40); n == 0 {
		return
	}
	blocks := (c.stations() + 1) * BlockSize
	for name := range c {
		switch {
		case name == oldBlocks, strings.HasPrefix(name, blocksCounter):
			c[name] += n + blocks
		case strings.HasPrefix(name, oldTracking), strings.HasPrefix(name, trackingCounter):
			c[name] += n
		}
	}
}

// skipSince jumps over what the stations may have used since a time.
func (c counters) skipSince(since time.Duration) {
	c.skip(c.stations() * uint64(max(since, 0)/perLabel+haste))
}

// stations counts the stations that have taken numbers, or more.
func (c counters) stations() uint64 {
	return max(uint64(len(c.all(usedCounter))), uint64(len(c.all(oldUsed))), 1)
}

// perLabel is the time in which a station makes at most one label, on the
// average of all that a backup is old: it bounds the numbers that may have been
// used since.
const perLabel = 10 * time.Second

// haste is how many labels a station may make above that in a short time.
const haste = 50
