package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/station/store"
	"packbench/station/unit"
)

// dockLine is a parcel that waits for its carrier.
type dockLine struct {
	Carrier  string    `json:"carrier"`
	Parcel   string    `json:"parcel"`
	Order    string    `json:"order"`
	Service  string    `json:"service"`
	SSCC     string    `json:"sscc"`
	Tracking string    `json:"tracking"`
	Mass     unit.Mass `json:"mass_mg"`
	Closed   time.Time `json:"closed"`
}

// runDock lists the closed parcels that no van has taken (P5).
func runDock(ctx context.Context, e env, args []string) (err error) {
	f := newFlags("dock")
	carrier := f.String("carrier", "", "only the parcels of this carrier or lane")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return usagef("unknown argument %q", rest[0])
	}
	d, err := f.open(ctx, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	parcels, err := d.OnDock(ctx, *carrier)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if err := printDocked(e, f.json, p, d.Location()); err != nil {
			return err
		}
	}
	if len(parcels) == 0 && !f.json {
		words := "the dock is empty"
		if *carrier != "" {
			words = "nothing waits for " + clipped(*carrier)
		}
		_, err = fmt.Fprintln(e.out, words)
	}
	return err
}

func printDocked(e env, asJSON bool, p store.Parcel, at *time.Location) error {
	if asJSON {
		return printJSON(e.out, dockLine{
			Carrier: p.Carrier, Parcel: p.Called(), Order: p.OrderCalled(), Service: p.Service, SSCC: p.SSCC, Tracking: p.Tracking, Mass: p.Mass, Closed: p.Closed,
		})
	}
	_, err := fmt.Fprintf(e.out, "%-14s %-12s %-16s %-20s %9s  closed %s\n", p.Carrier, p.Called(), p.Service, p.Tracking, p.Mass, p.Closed.In(at).Format("2006-01-02 15:04"))
	return err
}
