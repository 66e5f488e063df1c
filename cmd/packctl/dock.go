package main

import (
	"context"
	"fmt"
	"time"

	"packbench/cmd/internal/folder"
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
func runDock(ctx context.Context, f *flags) error {
	carrier := f.String("carrier", "", "only the parcels of this carrier or lane")
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		parcels, err := d.OnDock(ctx, *carrier)
		if err != nil {
			return err
		}
		for _, p := range parcels {
			line := dockLine{
				Carrier: p.Carrier, Parcel: p.Called(), Order: p.OrderCalled(), Service: p.Service, SSCC: p.SSCC, Tracking: p.Tracking, Mass: p.Mass, Closed: p.Closed,
			}
			if err := f.print(line, "%-14s %-12s %-16s %-20s %9s  closed %s", line.Carrier, line.Parcel, line.Service, line.Tracking, line.Mass, line.Closed.In(d.Location()).Format("2006-01-02 15:04")); err != nil {
				return err
			}
		}
		if len(parcels) > 0 || f.json {
			return nil
		}
		words := "the dock is empty"
		if *carrier != "" {
			words = "nothing waits for " + clipped(*carrier, 40)
		}
		_, err = fmt.Fprintln(f.out, words)
		return err
	})
}
