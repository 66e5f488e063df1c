package stockfront

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/stockroom"
	"packbench/devices/llrp"
	"packbench/station/screen"
)

// readers are the RFID readers of the settings that count bins.
func (p *Count) readers() []string {
	if address := p.Folder.Settings.StockReader; address != "" {
		return []string{address}
	}
	return nil
}

// byReader has a reader count the bin that is in hand, in place of what was scanned, and
// lists the tags that should not lie there.
func (p *Count) byReader(address string) {
	if p.reading || p.now.code == "" || !slices.Contains(p.readers(), address) {
		return
	}
	p.reading = true
	code, who := p.now.code, p.who
	p.add(task{do: func(ctx context.Context, w *stockroom.Walk) (heard stockroom.Heard, err error) {
		defer p.Do(func() { p.reading = false })
		asker, err := desk.New(p.Folder).AskerAt(ctx, who)
		if err != nil {
			return heard, err
		}
		conn, err := llrp.Dial(ctx, address)
		if err != nil {
			return heard, fmt.Errorf("the reader at %s cannot be reached: %w", address, err)
		}
		results, strangers, err := stockroom.New(p.Folder).ByReader(ctx, asker.Person, code, conn, llrp.Options{})
		if err = errors.Join(err, conn.Close()); err != nil {
			return heard, err
		}
		var others []string
		for _, s := range strangers {
			others = append(others, s.Code)
		}
		p.Do(func() { p.strangers = others })
		return stockroom.Heard{Kind: stockroom.HeardEnd, Ended: results}, w.Leave(ctx)
	}})
}

// strange are the tags that the reader saw and that should not lie in the bin.
func (p *Count) strange(in *screen.CountInputs) {
	if in.Bin == "" {
		in.Others = p.strangers
	}
}
