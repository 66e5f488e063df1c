package shops

import (
	"context"
	"encoding/json"
	"slices"
	"time"

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

// correct tells a shop of a difference of stock. What it believes is read first; where
// it moves meanwhile, nothing was done and it is read again the next time.
func (s *Shops) correct(ctx context.Context, c shop.Shop, e store.Entry, before store.EntryState) error {
	stock, ok := c.(shop.Stock)
	if !ok {
		return &shop.Refused{Say: "this kind of shop takes no stock from here"}
	}
	var body Correction
	if err := json.Unmarshal(e.Body, &body); err != nil {
		return &shop.Refused{Say: "the entry cannot be read"}
	}
	if before == store.EntryUnknown && (!c.Can().Keyed || s.Time().Sub(e.Added) > keyLives) {
		// An earlier sending may have counted, and nothing tells whether it did.
		return &shop.Refused{Say: "whether it was counted is not known: compare the stock in the shop"}
	}
	levels, err := stock.Levels(ctx, []string{body.SKU})
	if err != nil {
		return &notLooked{err}
	}
	levels = slices.DeleteFunc(slices.Clone(levels), func(l shop.Level) bool { return l.SKU != body.SKU || body.Place != "" && l.Place != body.Place })
	switch len(levels) {
	case 0:
		return &shop.Refused{Say: "the shop does not count this product"}
	case 1:
	default: // a wrong place would succeed without a word
		return &shop.Refused{Say: "the shop has this product at several places: say in its settings which one is counted here"}
	}
	l := levels[0]
	return stock.Correct(ctx, shop.Correction{
		Key: e.Key, SKU: body.SKU, Place: l.Place, Delta: body.Delta, Seen: l.Available, Reason: body.Reason, At: e.Added,
	})
}

// Stock returns what a shop counts its goods with, nil where it does not.
func (s *Shops) Stock(of store.Shop) (shop.Stock, error) {
	c, err := s.connect(of)
	counts, _ := c.(shop.Stock)
	return counts, err
}
