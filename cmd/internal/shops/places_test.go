package shops

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"packbench/station/shop"
	"packbench/station/store"
)

// places is a shop whose goods lie at several places.
type places struct {
	*fake
	levels  []shop.Level
	written []shop.Correction
}

func (p *places) Levels(context.Context, []string) ([]shop.Level, error) { return p.levels, nil }

func (p *places) Correct(_ context.Context, c shop.Correction) error {
	p.written = append(p.written, c)
	return nil
}

// A correction goes to the one place that is meant, and nowhere while that is not known.
func TestO5ACorrectionNamesItsPlace(t *testing.T) {
	w := newWorld(t)
	both := []shop.Level{{SKU: "CUP", Place: "west", Available: 4}, {SKU: "CUP", Place: "east", Available: 9}}
	for place, want := range map[string]struct {
		levels []shop.Level
		at     string
		says   string
	}{
		"":      {levels: both, says: "at several places"},
		"east":  {levels: both, at: "east"},
		"north": {levels: both, says: "does not count this product"},
	} {
		p := &places{fake: w.shop, levels: want.levels}
		body, err := json.Marshal(Correction{SKU: "CUP", Place: place, Delta: 1, Reason: "found"})
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.correct(t.Context(), p, store.Entry{Kind: store.EntryStock, Key: "k", Body: body}, store.EntryWaiting)
		switch {
		case want.says == "" && (err != nil || len(p.written) != 1 || p.written[0].Place != want.at):
			t.Errorf("%q: %v, written %+v", place, err, p.written)
		case want.says != "" && (!errors.As(err, new(*shop.Refused)) || !strings.Contains(err.Error(), want.says) || len(p.written) != 0):
			t.Errorf("%q: %v, written %+v, want %q", place, err, p.written, want.says)
		}
	}
}
