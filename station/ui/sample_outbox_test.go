package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/screen"
)

func outboxInputs(theme screen.Theme) screen.OutboxInputs {
	in := screen.OutboxInputs{
		Frame: deskFrame(station.Supervisor, theme), APage: 20, First: 20,
		Counts: map[screen.OutboxPart]int{
			screen.OutboxOpen: 60, screen.OutboxWaiting: 54, screen.OutboxUnknown: 2, screen.OutboxRefused: 4, screen.OutboxGivenUp: 3,
		},
	}
	for i := range 20 {
		e := screen.OutboxEntry{
			ID: int64(21 + i), Shop: "web", Kind: "shipment", Order: fmt.Sprint(1042 + i), Parcel: fmt.Sprintf("P%d-1", 1042+i), State: screen.OutboxWaiting,
			Added: noon.Add(-time.Duration(200-9*i) * time.Minute),
		}
		switch i {
		case 0:
			e.State, e.Tries, e.Answer = screen.OutboxRefused, 3, "The fulfilment order 1046000 is on hold: the address is being checked. Release the hold in the shop first."
		case 1:
			e.State, e.Tries, e.Answer = screen.OutboxUnknown, 1, "no answer came within 30 s"
		case 2:
			e.Shop, e.Tries, e.Answer, e.Next = "market", 4, "the shop cannot be reached: no route to host", noon.Add(3*time.Minute)
		case 3:
			e.Kind, e.Order = "void", "shop-north/1058"
		}
		in.Entries = append(in.Entries, e)
	}
	in.Shown = &in.Entries[0]
	return in
}

func outboxPage(theme screen.Theme) screen.View { return screen.Outbox(outboxInputs(theme)) }

// outboxWhy is asked why an entry is not to be sent.
func outboxWhy(theme screen.Theme) screen.View {
	in := outboxInputs(theme)
	in.Shown, in.Why = &in.Entries[1], true
	return screen.Outbox(in)
}

func outboxNone(theme screen.Theme) screen.View {
	return screen.Outbox(screen.OutboxInputs{Frame: deskFrame(station.Supervisor, theme), APage: 20, Counts: map[screen.OutboxPart]int{}})
}
