package shops

import (
	"context"
	"fmt"
	"slices"

	"packbench/station/shop"
)

// Counting lists the shops that can be asked how many they believe to have, by id.
func (s *Shops) Counting(ctx context.Context) ([]string, error) {
	all, err := s.Store.Shops(ctx)
	var out []string
	for _, of := range all {
		c, failed := s.connect(of)
		if failed != nil { // its page says why
			continue
		}
		if _, counts := c.(shop.Stock); counts {
			out = append(out, of.ID)
		}
	}
	return out, err
}

// levelsAtOnce is how many products a shop is asked for at a time.
const levelsAtOnce = 50

// Levels asks a shop how many units of products it believes to have, a few at a time, at
// the pace that its client keeps; told is called with how many were asked for so far.
func (s *Shops) Levels(ctx context.Context, id string, skus []string, told func(done int)) ([]shop.Level, error) {
	of, err := s.shop(ctx, id)
	if err != nil {
		return nil, err
	}
	c, err := s.connect(of)
	if err != nil {
		return nil, err
	}
	counts, ok := c.(shop.Stock)
	if !ok {
		return nil, fmt.Errorf("shop %s does not tell its stock", id)
	}
	var out []shop.Level
	done := 0
	for some := range slices.Chunk(skus, levelsAtOnce) {
		levels, err := counts.Levels(ctx, some)
		if err != nil {
			return nil, err
		}
		done += len(some)
		out = append(out, levels...)
		told(done)
	}
	return out, nil
}
