package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/folder"
	"packbench/station/say"
	"packbench/station/store"
)

// queueLine is an order that is still to pack.
type queueLine struct {
	Order    string     `json:"order"`
	Customer string     `json:"customer"`
	Units    int        `json:"units"`
	ShipBy   *time.Time `json:"ship_by,omitempty"`
	Part     string     `json:"part"`
	Late     bool       `json:"late"`
	Station  string     `json:"station,omitempty"` // that has begun it, or has claimed it
	By       string     `json:"by,omitempty"`
	Reason   string     `json:"reason,omitempty"`  // why it is on hold
	Address  []string   `json:"address,omitempty"` // what may be wrong with it, by its form
}

// runQueue lists a part of the orders to pack, as the page in the window does.
func runQueue(ctx context.Context, f *flags) error {
	q := store.QueueFilter{Now: f.clock()}
	part := f.String("part", string(store.QueueNext), "next, late, waiting, held or short")
	f.StringVar(&q.Station, "station", "", "whose queue it is, the settings' own by default")
	f.StringVar(&q.Text, "text", "", "only those with these words in their number, customer or place")
	f.IntVar(&q.Limit, "limit", 0, "how many at most")
	if err := f.readAlone(); err != nil {
		return err
	}
	switch q.Kind = store.QueueKind(*part); q.Kind {
	case store.QueueNext, store.QueueLate, store.QueueWaiting, store.QueueHeld, store.QueueShort:
	default:
		return usagef("--part is next, late, waiting, held or short, not %q", clipped(*part, 40))
	}
	if q.Limit < 0 {
		return usagef("--limit is a number from 1")
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		if q.Station == "" {
			q.Station = d.Settings.Station
		}
		if err := d.Store.CatchUp(ctx); err != nil {
			return err
		}
		list, err := d.Store.Queue(ctx, q)
		if err != nil {
			return err
		}
		state, err := bench.Standing(ctx, d, q.Station)
		unlabelled := map[string]bool{}
		for _, w := range state.Unlabelled() {
			unlabelled[w.Order] = true
		}
		for i := 0; i < len(list) && err == nil; i++ {
			if o := &list[i]; unlabelled[o.ID] && o.Reason == "" {
				o.Reason = "waits for its label"
			}
			err = f.printQueued(d, q, list[i])
		}
		if err == nil && len(list) == 0 && !f.json {
			_, err = fmt.Fprintln(f.out, "no orders here")
		}
		return err
	})
}

func (f *flags) printQueued(d *folder.Folder, q store.QueueFilter, o store.Queued) error {
	line := queueLine{Order: o.Called(), Customer: o.To.Name, Units: o.Units(), Part: string(q.Kind), Station: o.Holder, Reason: o.Reason, Address: o.To.Doubts(d.Sender().Country)}
	if o.To.Name == "" {
		line.Customer = o.To.Company
	}
	when := "any time"
	if !o.ShipBy.IsZero() {
		line.ShipBy, line.Late, when = &o.ShipBy, q.Now.After(o.ShipBy), o.ShipBy.In(d.Location()).Format("2006-01-02 15:04")
	}
	if o.Progress.State == store.ProgressShort {
		line.Units = o.Progress.Short
	}
	if o.Progress.State == store.ProgressParked || o.Progress.State == store.ProgressPacking {
		line.Station, line.By = o.Progress.Station, o.Progress.Person
	}
	why := line.Reason
	if line.Station != "" {
		why = strings.Trim("at "+line.Station+", "+line.Reason, ", ")
	}
	if len(line.Address) > 0 {
		why = strings.TrimPrefix(why+"; address: "+strings.Join(line.Address, ", "), "; ")
	}
	return f.print(line, "%-12s %s  %-10s %-30s %s", line.Order, when, say.Units(line.Units), line.Customer, why)
}
