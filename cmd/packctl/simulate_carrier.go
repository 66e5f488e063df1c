package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/store"
	"packbench/station/web/faults"
)

func carrierKinds() []string { return slices.Sorted(maps.Keys(kinds.All)) }

// simulateCarrier answers as an account with carriers does, on this computer only, in the
// shop's currency and for less than the sample rate cards want.
func simulateCarrier(ctx context.Context, f *flags, o simulatedShop) (err error) {
	make, ok := kinds.All[o.kind]
	if !ok {
		return usagef("--kind is one of %s, not %q", strings.Join(carrierKinds(), ", "), clipped(o.kind, 40))
	}
	return f.within(ctx, func(d *folder.Folder) (err error) {
		backend := make(carriersim.Options{Currency: d.Settings.Currency, Percent: 40})
		url, stop, err := o.answer(backend)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
		if o.add != "" {
			c := carriers.New(d, d.Settings.Station, effects.OwnRanges(d, d.Settings.Station))
			of := store.Account{ID: o.add, Kind: o.kind, URL: url, Options: backend.Set()}
			if err := c.Add(ctx, of, backend.Secret()); err != nil {
				return err
			}
			defer func() { _ = c.Off(context.WithoutCancel(ctx), o.add, f.clock().AddDate(100, 0, 0)) }()
		}
		if err := f.print(map[string]any{"url": url, "key": oneLine(backend.Secret()), "set": backend.Set()},
			"a simulated account (%s) answers at %s; its key is %s", o.kind, url, oneLine(backend.Secret())); err != nil {
			return err
		}
		if len(o.command) > 0 {
			return o.beside(ctx)
		}
		fmt.Fprintln(f.err, "labels, fault NAME [PATH], heal, next MISHAP (funds, address, service, price, slow, label, refund, pending)")
		return serveCarrier(f.env, backend)
	})
}

// serveCarrier does what lines on stdin say.
func serveCarrier(e env, backend carriersim.Backend) error {
	lines := bufio.NewScanner(e.in)
	for lines.Scan() {
		word, rest, _ := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		switch word {
		case "":
		case "labels":
			for _, l := range backend.Book().Labels() {
				state := "live"
				if l.Voided {
					state = "voided"
				}
				fmt.Fprintf(e.out, "%s %s %s %s %d %s %s\n", l.ID, l.Carrier, l.Service, l.Tracking, l.Minor, l.Currency, state)
			}
		case "fault":
			name, path, _ := strings.Cut(rest, " ")
			backend.Faults().Next(path, faults.Fault(name))
		case "heal":
			backend.Faults().Heal()
		case "next":
			backend.Book().Next(carriersim.Mishap(rest))
		default:
			fmt.Fprintf(e.err, "%s is no word here\n", clipped(word, 40))
		}
	}
	return lines.Err()
}
