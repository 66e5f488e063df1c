package desk

import (
	"context"
	"errors"
	"fmt"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/store"
	"packbench/station/unit"
)

// MarkDanger says which dangerous goods a product is from now on, "" for none.
func (d Desk) MarkDanger(ctx context.Context, who cases.Asker, sku string, is station.Danger) error {
	p, err := d.Store.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("the catalogue has no product %q", sku)
	} else if err != nil {
		return err
	}
	fact, err := cases.MarkDanger(who, sku, is, p.Danger)
	if err != nil {
		return err
	}
	if err := d.AtDesk(ctx, fact); err != nil {
		return err
	}
	if err := d.Store.SetDanger(ctx, sku, is); err != nil {
		return err
	}
	d.Forget()
	return nil
}

// CorrectMass says what one unit of a product weighs from now on.
func (d Desk) CorrectMass(ctx context.Context, who cases.Asker, sku string, mass unit.Mass) error {
	p, err := d.Store.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return fmt.Errorf("the catalogue has no product %q", sku)
	} else if err != nil {
		return err
	}
	fact, err := cases.CorrectMass(who, sku, mass, p.Mass)
	if err != nil {
		return err
	}
	if err := d.AtDesk(ctx, fact); err != nil {
		return err
	}
	if err := d.Store.SetMass(ctx, sku, mass); err != nil {
		return err
	}
	d.Forget()
	return nil
}
