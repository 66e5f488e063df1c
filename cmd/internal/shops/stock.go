package shops

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station/shop"
	"packbench/station/store"
)

// Correction is the body of a stock entry.
type Correction struct {
	SKU    string `json:"sku"`
	Place  string `json:"place,omitempty"`
	Delta  int    `json:"delta"`
	Reason string `json:"reason"`
}

// keyLives is how long a key of a correction is trusted to make a repeat harmless.
const keyLives = 20 * time.Hour

// sentAs is what a correction was sent with. It stands in the entry, as what the shop
// calls it, from before it is sent: only the very same request is known again by its key.
type sentAs struct {
	Seen  int    `json:"seen"`
	Place string `json:"place,omitempty"`
}

// nothingCounted stands there once the shop has said that it did not count.
const nothingCounted = "nothing"

// correct tells a shop of a difference of stock, and returns what it was sent with. What
// the shop believes is read first; where that moves meanwhile, nothing was done and it
// is read again the next time. What may have been counted is asked again as it was.
func (s *Shops) correct(ctx context.Context, c shop.Shop, e store.Entry, before store.EntryState) (as string, err error) {
	stock, ok := c.(shop.Stock)
	if !ok {
		return e.Remote, &shop.Refused{Say: "this kind of shop takes no stock from here"}
	}
	var body Correction
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return e.Remote, &shop.Refused{Say: "the entry cannot be read"}
	}
	var with sentAs
	again := before == store.EntryUnknown && json.Unmarshal([]byte(e.Remote), &with) == nil
	if again && (!c.Can().Keyed || s.Time().Sub(e.Added) > keyLives) {
		// An earlier sending may have counted, and nothing tells whether it did.
		return e.Remote, &shop.Refused{Say: "whether it was counted is not known: compare the stock in the shop"}
	}
	if !again {
		if with, err = level(ctx, stock, body); err != nil {
			return e.Remote, err
		}
		wish, err := json.Marshal(with)
		if err != nil {
			return e.Remote, err
		}
		e.Remote, e.State, e.Next = string(wish), store.EntryUnknown, s.Time().Add(inFlight)
		err = s.Store.EndEntry(ctx, e, s.Time())
		if err == nil {
			err = once.Tell(ctx, s.Folder, e.Key)
		}
		if err != nil {
			return e.Remote, &notLooked{err}
		}
	}
	err = stock.Correct(ctx, shop.Correction{
		Key: e.Key, SKU: body.SKU, Place: with.Place, Delta: body.Delta, Seen: with.Seen, Reason: body.Reason, At: e.Added,
	})
	switch {
	case errors.As(err, new(*shop.Changed)), !again && (shop.NotDone(err) || shop.Hopeless(err)):
		return nothingCounted, err
	case again && shop.NotDone(err) && !shop.Hopeless(err):
		return e.Remote, &notLooked{err} // this request was not done; the one before may have been
	}
	return e.Remote, err
}

// level is what a shop believes to have of a product, at the one place that is meant.
func level(ctx context.Context, stock shop.Stock, body Correction) (sentAs, error) {
	levels, err := stock.Levels(ctx, []string{body.SKU})
	if err != nil {
		return sentAs{}, &notLooked{err}
	}
	levels = slices.DeleteFunc(slices.Clone(levels), func(l shop.Level) bool { return l.SKU != body.SKU || body.Place != "" && l.Place != body.Place })
	switch len(levels) {
	case 0:
		return sentAs{}, &shop.Refused{Say: "the shop does not count this product"}
	case 1:
		return sentAs{levels[0].Available, levels[0].Place}, nil
	}
	// A wrong place would succeed without a word.
	return sentAs{}, &shop.Refused{Say: "the shop has this product at several places: say in its settings which one is counted here"}
}

// Stock returns what a shop counts its goods with, nil where it does not.
func (s *Shops) Stock(of store.Shop) (shop.Stock, error) {
	c, err := s.connect(of)
	counts, _ := c.(shop.Stock)
	return counts, err
}
