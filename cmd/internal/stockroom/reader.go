package stockroom

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"slices"

	"packbench/devices/llrp"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/store"
)

// ByReader counts what a fixed RFID reader sees of the products that should lie in a bin,
// each tag once, and ends the bin. All other tags are strangers: the reader hears those of
// the bins beside it too, so that they are listed and never added. Fewer than there should
// be prove nothing, since metal and liquids hide tags.
func (r Room) ByReader(ctx context.Context, who station.Person, code string, reader net.Conn, o llrp.Options) (results []Result, strangers []Heard, err error) {
	w, err := r.Walk(who)
	if err != nil {
		return nil, nil, err
	}
	held, err := r.Store.StockInBin(ctx, code)
	if err != nil {
		return nil, nil, err
	}
	if len(held) == 0 {
		return nil, nil, fmt.Errorf("nothing lies in bin %q by the ledger: count it by hand the first time", code)
	}
	if _, err := w.begin(ctx, code); err != nil {
		return nil, nil, err
	}
	w.bin.reader = true
	var epcs []string
	if err := llrp.Read(ctx, reader, o, func(t llrp.Tag) { epcs = append(epcs, hex.EncodeToString(t.EPC)) }); err != nil {
		return nil, nil, err
	}
	for _, epc := range epcs {
		found, why, err := w.article(ctx, engine.Scan{Data: epc})
		if err != nil {
			return nil, nil, err
		}
		h := w.stranger(epc, why)
		if found != nil {
			h.Why = "it should not lie in this bin: " + found.SKU
			if slices.ContainsFunc(held, func(s store.StockSum) bool { return s.SKU == found.SKU && s.OnHand != 0 }) {
				h = w.item(epc, *found, 1)
			}
		}
		if h.Kind == HeardStranger {
			strangers = append(strangers, h)
		}
	}
	results, err = w.End(ctx)
	return results, strangers, err
}
