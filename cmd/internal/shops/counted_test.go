package shops

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/store"
)

// keyed is a shop that counts a correction once by its key and what it was sent with, and
// whose answers may be lost.
type keyed struct {
	*fake
	there int
	known map[shop.Correction]bool
	lose  []error // what comes instead of the next answers, after it was counted
}

func (k *keyed) Can() shop.Can { return shop.Can{Keyed: true} }

func (k *keyed) Levels(context.Context, []string) ([]shop.Level, error) {
	return []shop.Level{{SKU: "CUP", Available: k.there}}, nil
}

func (k *keyed) Correct(_ context.Context, c shop.Correction) error {
	if !k.known[c] {
		if c.Seen != k.there {
			return &shop.Changed{Say: "it is another number now"}
		}
		k.known[c] = true
		k.there += c.Delta
	}
	if len(k.lose) == 0 {
		return nil
	}
	lost := k.lose[0]
	k.lose = k.lose[1:]
	return lost
}

// A correction whose answer is lost is asked again as it was sent, with the number that
// the shop had then: with the one of now it would be another, and counted twice (O5).
func TestO5ALostAnswerCountsOnce(t *testing.T) {
	lost := errors.New("the connection ended")
	for name, lose := range map[string][]error{
		"nothing lost": nil, "once": {lost}, "twice": {lost, lost}, "then too many requests": {lost, &shop.Throttled{Wait: time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			k := &keyed{fake: w.shop, there: 10, known: map[shop.Correction]bool{}, lose: lose}
			body, err := json.Marshal(Correction{SKU: "CUP", Delta: 3, Reason: "found"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Store.PutEntry(t.Context(), store.Entry{Key: "k", Target: "web", Kind: store.EntryStock, Body: body, Added: w.now()}); err != nil {
				t.Fatal(err)
			}
			for range 5 {
				w.later(20 * time.Minute)
				e, err := w.Store.EntryByKey(t.Context(), "k")
				if err != nil || e.State == store.EntryDone {
					break
				}
				_ = w.send(t.Context(), store.Shop{ID: "web"}, k, e, &Pushed{})
			}
			if e, err := w.Store.EntryByKey(t.Context(), "k"); err != nil || e.State != store.EntryDone || k.there != 13 {
				t.Errorf("%d there, want 13; the entry is %s (%s), %v", k.there, e.State, e.Answer, err)
			}
		})
	}
}
