package storetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"packbench/station/store"
)

// label wants the numbers of one label.
func label(station, effect string) store.Numbering {
	return store.Numbering{
		Effect: effect, Parcel: effect, Station: station, Carrier: "heron", SSCC: numbers("09520000", 9), Tracking: numbers("HN", 8),
	}
}

// numbers is a range of all that begin with a text, without a check digit.
func numbers(before string, width int) store.Range {
	return store.Range{
		Shape: before + strings.Repeat("*", width), First: 1, Last: 10_000_000,
		Make: func(serial uint64) (string, error) { return fmt.Sprintf("%s%0*d", before, width, serial), nil },
	}
}

// given holds every number that a label has.
type given struct {
	t    *testing.T
	mu   sync.Mutex
	held map[string]string // by whom
}

func (g *given) take(effect, sscc, tracking string) {
	g.t.Helper()
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, number := range []string{sscc, tracking} {
		if by, twice := g.held[number]; twice && by != effect {
			g.t.Errorf("%s was given to %s and to %s", number, by, effect)
		}
		g.held[number] = effect
	}
}

func (s suite) numbersAreGivenOnce(t *testing.T) {
	ctx := t.Context()
	all := given{t: t, held: map[string]string{}}
	var wg sync.WaitGroup
	for i, shop := range s.several(t, 2) {
		for j := range 2 {
			wg.Go(func() {
				for n := range 55 { // of one station more than a block
					l := label(fmt.Sprint("S", i), fmt.Sprintf("S%d.%d.%d", i, j, n))
					first, err := shop.LabelNumbers(ctx, l)
					again, err2 := shop.LabelNumbers(ctx, l)
					if err != nil || err2 != nil || !first.Fresh || again.Fresh || again.SSCC != first.SSCC || again.Tracking != first.Tracking {
						t.Errorf("first %+v, %v; then %+v, %v", first, err, again, err2)
					}
					all.take(l.Effect, first.SSCC, first.Tracking)
					kept, err := shop.NumbersOf(ctx, l.Effect)
					wish, err2 := shop.WishOf(ctx, first.SSCC)
					if err != nil || err2 != nil || kept.SSCC != first.SSCC || kept.Tracking != first.Tracking || wish != l.Effect {
						t.Errorf("%s has %+v, %v, and %s was taken for %s, %v", l.Effect, kept, err, first.SSCC, wish, err2)
					}
				}
			})
		}
	}
	wg.Wait()
	shop := s.several(t, 1)[0]
	_, err := shop.NumbersOf(ctx, "never wished for")
	_, err2 := shop.WishOf(ctx, "never given")
	if !errors.Is(err, store.ErrUnknown) || !errors.Is(err2, store.ErrUnknown) {
		t.Errorf("%v; %v", err, err2)
	}
}

// numberForEver numbers labels until it is killed. Its effects are its own.
func numberForEver(ctx context.Context, shop Shop, station string, say func(words ...any)) error {
	for n := 0; ; n++ {
		l := label(station, fmt.Sprintf("%s.%d.%d", station, os.Getpid(), n))
		given, err := shop.LabelNumbers(ctx, l)
		if err != nil {
			return err
		}
		say(l.Effect, given.SSCC, given.Tracking)
	}
}

// Nobody knows of a number that was given at the moment of the kill, but it is not
// given again, and what was told before is what the effect has for ever.
func (s suite) numbersOfProgramsThatAreKilled(t *testing.T) {
	at := s.b.New(t)
	all := given{t: t, held: map[string]string{}}
	for round := range 3 {
		var wg sync.WaitGroup
		for i, station := range []string{"S1", "S2"} {
			c := s.child(t, "numbers", station, at)
			wg.Go(func() {
				for _, line := range c.killedAfter(5 + 17*round + 9*i) {
					if len(line) == 3 { // else it was cut by the kill
						all.take(line[0], line[1], line[2])
					}
				}
			})
		}
		wg.Wait()
	}
	shop := s.open(t, at)
	for number, effect := range all.held {
		station, _, _ := strings.Cut(effect, ".")
		n, err := shop.LabelNumbers(t.Context(), label(station, effect))
		if err != nil || n.Fresh || number != n.SSCC && number != n.Tracking {
			t.Errorf("%s was told %s, it has %+v, %v", effect, number, n, err)
		}
	}
	n := must[store.Numbers](t)(shop.LabelNumbers(t.Context(), label("S1", "after")))
	all.take("after", n.SSCC, n.Tracking)
}
