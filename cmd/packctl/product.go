package main

import (
	"bufio"
	"context"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station"
)

const productUsage = "set SKU own-carton|nothing-on-top|count-by-weight=yes|no most-per-box=N|no box-group=NAME|no …"

// runProduct changes how units of a product go into boxes.
func runProduct(ctx context.Context, f *flags) error {
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) < 3 || rest[0] != "set" || rest[1] == "" {
		return usagef("usage: packctl product %s", productUsage)
	}
	sku, changes := rest[1], rest[2:]
	change := func(h *station.Handling) error {
		for _, c := range changes {
			name, value, given := strings.Cut(c, "=")
			if !given {
				return usagef("%q: write a rule and what it is, such as most-per-box=4", clipped(c, 40))
			}
			if err := h.Set(name, value); err != nil {
				return usagef("%v", err)
			}
		}
		return nil
	}
	if err := change(&station.Handling{}); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		h, err := desk.New(d).ChangeHandling(ctx, who, sku, change)
		if err != nil {
			return err
		}
		return f.print(map[string]any{
			"sku": sku, "own_carton": h.Own, "nothing_on_top": h.NoTop, "most_per_box": h.PerBox, "box_group": h.Group, "count_by_weight": h.ByWeight, "by": who.Person.ID,
		}, "%s: %s", sku, h.Words())
	})
}
