package screen

import (
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// Each order says why it is where it is, and only what this bench may open has a
// number that does so.
func TestQueueSaysWhy(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 32, 0, 0, time.UTC)
	at := func(d time.Duration) time.Time { return now.Add(d) }
	begun := &pack.Work{Step: pack.Packing, Lines: []pack.Line{{LineInfo: pack.LineInfo{ID: "1", SKU: "A", Qty: 5}, In: 2}}}
	for _, c := range []struct {
		order QueuedOrder
		here  *pack.Work
		why   string
		kind  pack.Kind
		opens bool
	}{
		{QueuedOrder{ShipBy: at(88 * time.Minute)}, nil, "leaves 16:00", pack.Info, true},
		{QueuedOrder{}, nil, "may leave any time", pack.Info, true},
		{QueuedOrder{ShipBy: at(-time.Second)}, nil, "late by 1 min", pack.Asked, true},
		{QueuedOrder{ShipBy: at(-50 * time.Hour)}, nil, "late by 2 d", pack.Asked, true},
		{QueuedOrder{Status: station.OrderHeld, Reason: " ask Mr Sample "}, nil, "on hold: ask Mr Sample", pack.Refused, false},
		{QueuedOrder{Status: station.OrderHeld}, begun, "on hold, no reason was given", pack.Refused, true},
		{QueuedOrder{Bench: "S2", Parked: true, ShipBy: at(-time.Hour)}, nil, "parked at bench S2", pack.Info, false},
		{QueuedOrder{Bench: "S2"}, nil, "open at bench S2", pack.Info, false},
		{QueuedOrder{Bench: "S1", Parked: true}, begun, "parked here, 2 of 5 units packed", pack.Info, true},
		{QueuedOrder{Bench: "S1", Parked: true}, &pack.Work{Step: pack.Labelling}, "parked here, waits for its label", pack.Info, true},
		{QueuedOrder{Bench: "S1", Parked: true, Status: station.OrderCancelled}, begun, "cancelled: put its goods back", pack.Refused, true},
		{QueuedOrder{Bench: "S2", Parked: true, Status: station.OrderCancelled}, nil, "cancelled: put its goods back", pack.Refused, false},
	} {
		for _, free := range []bool{true, false} {
			in := QueueInputs{Frame: Frame{Now: now}, Orders: []QueuedOrder{c.order}, Free: free}
			if c.here != nil {
				in.Here = map[string]*pack.Work{"": c.here}
			}
			r := Queue(in).Queue.Rows[0]
			if r.Why != c.why || r.Kind != c.kind || r.Open.Enabled != (free && c.opens) {
				t.Errorf("%+v: %q, %s, opens %v; want %q, %s, %v", c.order, r.Why, r.Kind, r.Open.Enabled, c.why, c.kind, free && c.opens)
			}
		}
	}
}
