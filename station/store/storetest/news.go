package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/store"
)

func (s suite) othersAreNoticed(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 2)
	look := func() int64 { t.Helper(); return must[int64](t)(shops[0].Changes(ctx)) }
	version := func() int64 { t.Helper(); return must[int64](t)(shops[0].CatalogueVersion(ctx)) }
	before, catalogue := look(), version()
	for what, do := range map[string]func(shop Shop) error{
		"an order": func(shop Shop) error { _, err := shop.PutOrders(ctx, []station.Order{order("1001", 1)}); return err },
		"a claim":  func(shop Shop) error { _, err := shop.ClaimOrder(ctx, "1002", "S2", noon); return err },
		"a row":    func(shop Shop) error { return shop.Append(ctx, word(journal.Chain{Writer: "desk"}, "hello")) },
	} {
		if look() != before {
			t.Errorf("before %s nothing happened, and something is noticed", what)
		}
		if err := do(shops[1]); err != nil {
			t.Fatal(err)
		}
		if now := look(); now == before {
			t.Errorf("%s of another was not noticed", what)
		} else {
			before = now
		}
		if now := version(); (now != catalogue) != (what == "an order") {
			t.Errorf("after %s of another the catalogue has version %d, before %d", what, now, catalogue)
		} else {
			catalogue = now
		}
	}
}

// word is a row that says something.
func word(c journal.Chain, text string) journal.Row {
	return c.Next(noon, []byte(`{"v":1,"t":"unlocked"}`), []byte(`["`+text+`"]`))
}

// say writes a word at the desk, where others write too: see the desk of a bench.
func say(ctx context.Context, shop Shop, text string) error {
	for {
		chain, err := shop.Head(ctx, "desk")
		if err != nil {
			return err
		}
		err = shop.Append(ctx, word(chain, text))
		var taken *store.NotNext
		if !errors.As(err, &taken) {
			return err
		}
	}
}

// Several processes write at the desk at once; a bench that reads on from where it
// was hears each word once, those of one process in their order.
func (s suite) newsComeInOrderAndOnce(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 4)
	const words = 25
	var desks sync.WaitGroup
	for i, shop := range shops[1:] {
		desks.Go(func() {
			for n := range words {
				if err := say(ctx, shop, fmt.Sprintf("%d %d", i, n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	ended := make(chan struct{})
	go func() {
		desks.Wait()
		close(ended)
	}()
	var next [3]int
	at := journal.Chain{Writer: "desk"}
	for over := false; !over; {
		select {
		case <-ended:
			over = true // and all is there for a last look
		default:
		}
		for row, err := range shops[0].Rows(ctx, "desk", at.Seq+1) {
			if err == nil {
				err = at.Check(row)
			}
			if err != nil {
				t.Fatal(err)
			}
			at = at.After(row)
			var desk, n int
			if _, err := fmt.Sscanf(strings.Trim(string(row.Facts), `[]"`), "%d %d", &desk, &n); err != nil || n != next[desk] {
				t.Fatalf("row %d is word %s, %v; next of that desk is %d", row.Seq, row.Facts, err, next[desk])
			}
			next[desk]++
		}
	}
	if next != [3]int{words, words, words} {
		t.Errorf("%v words were heard of %d each", next, words)
	}
}
