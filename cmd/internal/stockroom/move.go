package stockroom

import (
	"context"
	"fmt"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/stock"
)

// Move books units into a bin, or out of it, and gives the movement with what the bin
// holds since. More than the ledger has cannot leave a bin by hand: either the number or
// the ledger is wrong, and a count tells which.
func (r Room) Move(ctx context.Context, who station.Person, sku, bin string, qty int, reason string) (stock.Moved, int, error) {
	if err := r.Rights().May(who, people.Stock); err != nil {
		return stock.Moved{}, 0, err
	}
	moved, err := stock.Move(sku, bin, qty, reason, who.ID)
	if err != nil {
		return moved, 0, err
	}
	if _, err := r.product(ctx, sku); err != nil {
		return moved, 0, err
	}
	if moved.Tell, err = r.hear(ctx, moved); err != nil {
		return moved, 0, err
	}
	held := 0
	err = r.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		if held, err = r.held(ctx, sku, bin); err != nil {
			return nil, nil, err
		}
		if qty < 0 && held+qty < 0 {
			return nil, nil, fmt.Errorf("bin %s holds %d of %s by the ledger, %d cannot leave it: count the bin first", bin, held, sku, -qty)
		}
		return moved, []pack.Fact{moved}, nil
	})
	if err != nil {
		return moved, 0, err
	}
	held, err = r.held(ctx, sku, bin)
	return moved, held, err
}

// Carry books units out of one bin and into another, both or neither, and gives what the
// second one holds since.
func (r Room) Carry(ctx context.Context, who station.Person, sku, from, to string, qty int) (held int, err error) {
	if err := r.Rights().May(who, people.Stock); err != nil {
		return 0, err
	}
	if from == to {
		return 0, fmt.Errorf("bin %s is the same one: nothing moves", from)
	}
	out, err := stock.Move(sku, from, -qty, "moved", who.ID)
	if err != nil {
		return 0, err
	}
	in, err := stock.Move(sku, to, qty, "moved", who.ID)
	if err != nil {
		return 0, err
	}
	if _, err := r.product(ctx, sku); err != nil {
		return 0, err
	}
	err = r.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		held, err := r.held(ctx, sku, from)
		if err == nil && held < qty {
			err = fmt.Errorf("bin %s holds %d of %s by the ledger, %d cannot leave it: count the bin first", from, held, sku, qty)
		}
		return out, []pack.Fact{out, in}, err
	})
	if err != nil {
		return 0, err
	}
	return r.held(ctx, sku, to)
}

// held is how many units of a product lie in a bin by the ledger.
func (r Room) held(ctx context.Context, sku, bin string) (int, error) {
	bins, err := r.Store.Stock(ctx, sku)
	for _, b := range bins {
		if b.Bin == bin {
			return b.OnHand, err
		}
	}
	return 0, err
}

// correctionsSet is the setting of shops that are told what is counted, found, damaged or
// returned here: "yes". It is asked for, because a shop may hear of it from elsewhere too,
// and then it would count twice.
const correctionsSet = "corrections"

// hear lists the shops that have to hear of a movement.
func (r Room) hear(ctx context.Context, m stock.Moved) ([]string, error) {
	if !stock.Tells(m) || m.Qty == 0 {
		return nil, nil
	}
	shops, err := r.Store.Shops(ctx)
	var out []string
	for _, s := range shops {
		if s.Options[correctionsSet] == "yes" {
			out = append(out, s.ID)
		}
	}
	return out, err
}
