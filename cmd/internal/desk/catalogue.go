package desk

import (
	"context"
	"fmt"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// MarkDanger says which dangerous goods a product is from now on, "" for none.
func (d Desk) MarkDanger(ctx context.Context, who cases.Asker, sku string, is station.Danger) error {
	return d.changeProduct(ctx, sku, func(p station.Product) (pack.Event, error) {
		return cases.MarkDanger(who, sku, is, p.Danger)
	}, func() error { return d.Store.SetDanger(ctx, sku, is) })
}

// CorrectMass says what one unit of a product weighs from now on.
func (d Desk) CorrectMass(ctx context.Context, who cases.Asker, sku string, mass unit.Mass) error {
	return d.changeProduct(ctx, sku, func(p station.Product) (pack.Event, error) {
		return cases.CorrectMass(who, sku, mass, p.Mass)
	}, func() error { return d.Store.SetMass(ctx, sku, mass) })
}

// ChangeHandling changes how units of a product go into boxes, and returns how they do now.
func (d Desk) ChangeHandling(ctx context.Context, who cases.Asker, sku string, change func(*station.Handling) error) (h station.Handling, err error) {
	err = d.changeProduct(ctx, sku, func(p station.Product) (pack.Event, error) {
		h = p.Handling()
		if err := change(&h); err != nil {
			return nil, err
		}
		return cases.ChangeHandling(who, sku, h, p.Handling())
	}, func() error { return d.Store.SetHandling(ctx, sku, h) })
	return h, err
}

// changeProduct keeps what somebody decided about a product, and then does it.
func (d Desk) changeProduct(ctx context.Context, sku string, decide func(station.Product) (pack.Event, error), do func() error) error {
	p, known, err := store.Known(d.Store.Product(ctx, sku))
	if err == nil && !known {
		err = fmt.Errorf("the catalogue has no product %q", sku)
	}
	if err != nil {
		return err
	}
	fact, err := decide(p)
	if err == nil {
		err = d.AtDesk(ctx, fact)
	}
	if err == nil {
		err = do()
	}
	d.Forget()
	return err
}
