package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A block of numbers that a hub gave to a station has the same two counters as one that
// the station took itself, and the block after it two more.
//
//	spare/0952000**********/S1     one below the first serial of the next block
//	spare-end/0952000**********/S1 its end; it is gone where both are the same
const (
	spareCounter    = "spare/"
	spareEndCounter = "spare-end/"
)

// Undrawn says that the numbers in hand are used up and the hub has given no new ones.
type Undrawn struct{ Of string } // "SSCC", or the carrier

// Error says so and what to do.
func (e *Undrawn) Error() string {
	return fmt.Sprintf("the numbers of %s that this bench has are used up, and the hub is away: new ones come with it", e.Of)
}

// drawn takes the next number of the blocks that a hub gave to the station.
func (c counters) drawn(of, station, ranged string, r Range) (string, error) {
	name := ranged + "/" + station
	used, end := usedCounter+name, endCounter+name
	if c[used] >= c[end] {
		spare, spareEnd := spareCounter+name, spareEndCounter+name
		if c[spare] >= c[spareEnd] {
			return "", &Undrawn{Of: of}
		}
		c[used], c[end] = c[spare], c[spareEnd]
		c[spare] = c[spareEnd]
	}
	c[used]++
	return r.Make(c[used])
}

// Wanting is a range whose numbers in hand run out.
type Wanting struct {
	Name  string // of the range, the same at all benches
	Known uint64 // the last serial that was given out, as far as is known here
	Last  uint64 // of the range

	of      Range
	carrier string // "" for SSCC
}

// Above is the last serial of the range that was given out, where given tells so of
// ranges by their names: one that has some of the same numbers may have another name,
// because a card was imported again with other bounds.
func (w Wanting) Above(given map[string]int64) uint64 {
	used := w.Known
	for name, last := range given {
		rest, tracking := cutTracking(name)
		switch {
		case tracking != (w.carrier != ""):
		case !tracking:
			used = max(used, w.of.used(name, 1, uint64(max(last, 0))))
		default:
			if shape, of := strings.CutPrefix(rest, w.carrier+"/"); of {
				shape, begin, _ := strings.Cut(shape, "/")
				first, err := strconv.ParseUint(begin, 10, 63)
				if err != nil {
					first = 1
				}
				used = max(used, w.of.used(shape, first, uint64(max(last, 0))))
			}
		}
	}
	return used
}

func cutTracking(ranged string) (rest string, tracking bool) {
	return strings.CutPrefix(ranged, trackingCounter)
}

// WantedBlocks returns the ranges of which the station has no block to spare.
func (s *Store) WantedBlocks(ctx context.Context, station string, r Ranges) ([]Wanting, error) {
	c, err := s.known(ctx)
	if err != nil {
		return nil, fault("count the numbers in hand", err)
	}
	var out []Wanting
	want := func(w Wanting) {
		of := w.Name + "/" + station
		if c[spareCounter+of] >= c[spareEndCounter+of] && w.Known < w.of.Last {
			w.Last = w.of.Last
			out = append(out, w)
		}
	}
	if r.SSCC.valid() {
		want(Wanting{Name: r.SSCC.Shape, Known: c.ssccUsed(r.SSCC), of: r.SSCC})
	}
	for _, carrier := range slices.Sorted(maps.Keys(r.Tracking)) {
		if of := r.Tracking[carrier]; of.valid() && plainName(carrier) {
			want(Wanting{Name: trackingName(carrier, of), Known: c.trackingUsed(carrier, of), of: of, carrier: carrier})
		}
	}
	return out, nil
}

// InHand is how many numbers of a range a station may still give without the hub.
type InHand struct {
	Of   string // "SSCC", or the carrier
	Left uint64
}

// NumbersInHand counts what a station has left of the ranges that the hub gives out, SSCC first.
func (s *Store) NumbersInHand(ctx context.Context, station string, r Ranges) ([]InHand, error) {
	c, err := s.known(ctx)
	if err != nil {
		return nil, fault("count the numbers in hand", err)
	}
	var out []InHand
	count := func(of, ranged string) {
		name := ranged + "/" + station
		less := func(end, used uint64) uint64 { return end - min(used, end) }
		out = append(out, InHand{of, less(c[endCounter+name], c[usedCounter+name]) + less(c[spareEndCounter+name], c[spareCounter+name])})
	}
	if r.SSCC.valid() {
		count("SSCC", r.SSCC.Shape)
	}
	for _, carrier := range slices.Sorted(maps.Keys(r.Tracking)) {
		if of := r.Tracking[carrier]; of.valid() && plainName(carrier) {
			count(carrier, trackingName(carrier, of))
		}
	}
	return out, nil
}

// KeepBlock keeps numbers that a hub gave to the station, durably: it has them to spare.
func (s *Store) KeepBlock(ctx context.Context, station string, w Wanting, first, last uint64) error {
	if first == 0 || last < first {
		return fmt.Errorf("keep numbers of %s: from %d to %d are none", w.Name, first, last)
	}
	there, err := s.compare(ctx)
	if err != nil {
		return fault("keep new numbers", err)
	}
	var kept mark
	err = s.change(ctx, "keep new numbers", func(tx *prepared) (err error) {
		kept, err = s.count(ctx, tx, there.counters, func(c counters) error {
			of := w.Name + "/" + station
			if c[spareCounter+of] < c[spareEndCounter+of] {
				return fmt.Errorf("numbers of %s from %d on are there already", w.Name, c[spareCounter+of]+1)
			}
			c[spareCounter+of], c[spareEndCounter+of] = first-1, last
			c.given(w.Name, last)
			return nil
		})
		return err
	})
	if err == nil {
		s.copyMark(ctx, kept)
	}
	return err
}

// given notes how far a range was given out.
func (c counters) given(ranged string, last uint64) {
	name := ranged
	if _, tracking := cutTracking(ranged); !tracking {
		name = blocksCounter + ranged
	}
	c[name] = max(c[name], last)
}

// NumbersKnown returns how far each range was given out, as far as is known here.
func (s *Store) NumbersKnown(ctx context.Context) (map[string]int64, error) {
	c, err := s.known(ctx)
	if err != nil {
		return nil, fault("count the numbers", err)
	}
	out := map[string]int64{}
	for shape, n := range c.all(blocksCounter) {
		out[shape] = int64(n)
	}
	for name, n := range c.all(trackingCounter) {
		out[trackingCounter+name] = int64(n)
	}
	return out, nil
}

// BurnBlocks gives up the numbers that the station has in hand: a folder that was put
// back may have used them already.
func (s *Store) BurnBlocks(ctx context.Context) error {
	return s.settle(ctx, Ranges{}, func(c counters) error {
		c.burn()
		return nil
	})
}

// hubStopped is the setting that says that the folder is not the one which writes for its
// station.
const hubStopped = "hub-stopped"

// ErrStopped says that another folder writes for the station: this one is a copy, or was
// put back from a backup, and the numbers that it has in hand may be given there.
var ErrStopped = errors.New("another folder works for this station, as the hub says: this one gives no numbers until packctl hub join brings it in again")

// Stop makes the folder give no numbers until it joins the hub again.
func (s *Store) Stop(ctx context.Context) error { return s.PutSetting(ctx, hubStopped, []byte("1")) }

// givesNumbers reports whether a hub gives out the numbers.
func givesNumbers(ctx context.Context, q querier) (bool, error) {
	n, err := one(ctx, q, "", integer, `SELECT count(*) FROM hub_here`)
	if err != nil || n == 0 {
		return false, err
	}
	stopped, err := one(ctx, q, "", integer, `SELECT count(*) FROM settings WHERE name = ?`, hubStopped)
	if err == nil && stopped > 0 {
		err = ErrStopped
	}
	return true, err
}
