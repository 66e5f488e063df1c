package account_test

import (
	"testing"
	"time"

	"packbench/station/carrier/account"
)

// Working days leave out the weekend; so many that nobody means them are none, and take no
// time to count.
func TestPromised(t *testing.T) {
	friday := time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC)
	for days, want := range map[int]string{0: "0001-01-01", 1: "2026-11-30", 6: "2026-12-07", 1 << 40: "0001-01-01", -1: "0001-01-01"} {
		if got := (account.Quote{Days: days}).Promised(friday).Format(time.DateOnly); got != want {
			t.Errorf("%d working days after a Friday: %s, want %s", days, got, want)
		}
	}
}
