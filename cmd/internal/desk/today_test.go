package desk

import (
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
)

// An order that names no day waits all the same: it is among those to do, and the day
// is not "all packed" while it is there.
func TestOrdersWithoutADayAreDue(t *testing.T) {
	d := New(foldertest.Shop(t))
	count := func() int {
		day, err := d.Today(t.Context(), "S1")
		if err != nil {
			t.Fatal(err)
		}
		return day.Counts.Due
	}
	before := count()
	for id, at := range map[string]time.Time{"no-day": {}, "next-week": d.Clock().AddDate(0, 0, 7)} {
		o := station.Order{ID: id, Number: id, ShipBy: at, Status: station.OrderOpen, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1}}}
		if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
			t.Fatal(err)
		}
	}
	if got := count(); got != before+1 {
		t.Errorf("%d orders are due, want the %d from before and the one without a day", got, before)
	}
}
