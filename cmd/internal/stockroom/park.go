package stockroom

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/stock"
	"packbench/station/store"
)

// Resume begins to count as Walk does, where the person left off: what they count is
// kept after each code, until the bin ends, so that a restart loses nothing of it.
func (r Room) Resume(ctx context.Context, who station.Person) (*Walk, error) {
	w, err := r.Walk(who)
	if err != nil {
		return nil, err
	}
	w.kept = true
	body, known, err := store.Known(r.Store.Walk(ctx, who.ID))
	if err != nil || !known {
		return w, err
	}
	var p parkedBin
	if err := json.Unmarshal(body, &p); err != nil || stock.CheckBin(p.Bin) != nil {
		return w, r.Store.KeepWalk(ctx, who.ID, nil) // nobody can go on with it
	}
	w.bin = p.bin()
	// The program may have ended after some of it was told: that was this count, and no
	// second one.
	told, err := r.Store.StockCounts(ctx, store.CountFilter{Bin: p.Bin, Since: p.Began})
	for _, c := range told {
		if c.Began.Equal(p.Began) && c.By == who.ID {
			w.bin.told[c.SKU] = true
		}
	}
	return w, err
}

// parkedBin is a bin that is being counted, as it is kept.
type parkedBin struct {
	Bin    string
	Began  time.Time
	From   int64
	Found  []foundUnits
	Tags   []string `json:",omitempty"`
	Doubt  bool     `json:",omitempty"`
	Others []string `json:",omitempty"`
}

type foundUnits struct {
	SKU, Name string
	Units     int
}

func (p parkedBin) bin() *bin {
	b := newBin(p.Bin, p.Began, p.From)
	b.doubt, b.others = p.Doubt, p.Others
	for _, f := range p.Found {
		b.skus, b.units[f.SKU], b.names[f.SKU] = append(b.skus, f.SKU), f.Units, f.Name
	}
	for _, t := range p.Tags {
		b.tags[t] = true
	}
	return b
}

// Leave gives up the bin that is being counted: what was found in it is not told.
func (w *Walk) Leave(ctx context.Context) error {
	w.bin = nil
	return w.keep(ctx)
}

// keep writes down what was found so far, where the walk is kept.
func (w *Walk) keep(ctx context.Context) error {
	if !w.kept {
		return nil
	}
	if w.bin == nil {
		return w.room.Store.KeepWalk(ctx, w.who.ID, nil)
	}
	b := w.bin
	p := parkedBin{Bin: b.code, Began: b.began, From: b.from, Doubt: b.doubt, Others: b.others}
	for _, sku := range b.skus {
		p.Found = append(p.Found, foundUnits{sku, b.names[sku], b.units[sku]})
	}
	for t := range b.tags {
		p.Tags = append(p.Tags, t)
	}
	slices.Sort(p.Tags)
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return w.room.Store.KeepWalk(ctx, w.who.ID, body)
}

// Found is a product that was found in the bin, and how many units so far.
type Found struct {
	SKU, Name string
	Units     int
}

// Bin returns the bin that is being counted, "" for none, with what was found in it in
// the order in which it came first, and the codes that were not counted.
func (w *Walk) Bin() (code string, found []Found, others []string) {
	if w.bin == nil {
		return "", nil, nil
	}
	for _, sku := range w.bin.skus {
		found = append(found, Found{sku, w.bin.names[sku], w.bin.units[sku]})
	}
	return w.bin.code, found, slices.Clone(w.bin.others)
}

// Set says how many units of a product that was scanned lie in the bin, in place of what
// was counted.
func (w *Walk) Set(ctx context.Context, sku string, units int) (Heard, error) {
	b := w.bin
	switch {
	case b == nil || !slices.Contains(b.skus, sku):
		return w.stranger(sku, "scan the product before its quantity"), nil
	case units < 0 || units > stock.MaxQty:
		return w.stranger(sku, fmt.Sprintf("a count is from 0 to %d", stock.MaxQty)), nil
	}
	b.units[sku] = units
	b.last.sku, b.last.name, b.last.factor, b.last.times = sku, b.names[sku], 1, units
	return Heard{Kind: HeardItem, Bin: b.code, SKU: sku, Name: b.names[sku], Units: units}, w.keep(ctx)
}

// mostOthers is how many codes that were not counted are listed.
const mostOthers = 50

// other lists a code that was not counted.
func (b *bin) other(code string) {
	if len(b.others) < mostOthers && !slices.Contains(b.others, code) {
		b.others = append(b.others, clip(code))
	}
}

// clip bounds a code that is shown: nobody reads more of it.
func clip(code string) string {
	if r := []rune(code); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return code
}

// ownCard tells a card of the bench from a code of goods: badges are shown to nobody, a
// card of a number is one.
func ownCard(text string) (kind, value string, own bool) {
	rest, own := folder.CutPrefixFold(text, folder.OwnPrefix)
	if !own {
		return "", "", false
	}
	for i, r := range rest {
		if r == ':' {
			return rest[:i], rest[i+1:], true
		}
	}
	return rest, "", true
}
