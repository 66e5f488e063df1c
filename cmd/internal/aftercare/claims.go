package aftercare

import (
	"cmp"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/shift"
	"packbench/station/track/watch"
)

// InTurn returns those that will be asked after, the next one first.
func InTurn(all []Due) []Due {
	out := slices.DeleteFunc(slices.Clone(all), func(d Due) bool { return d.Next.IsZero() })
	slices.SortStableFunc(out, func(a, b Due) int { return a.Next.Compare(b.Next) })
	return out
}

// longSilent is after how many working days a silent parcel is taken for lost.
const longSilent = 10

// claimed reports whether a carrier can be asked to pay for a parcel.
func claimed(e Exception) bool {
	switch e.Reason {
	case watch.Lost, watch.Damaged, watch.FalseDelivery:
		return true
	case watch.NeverScanned, watch.Silent:
		return e.Days >= longSilent
	}
	return false
}

// WriteClaims writes the parcels that a carrier can be asked to pay for into a file, with
// what it needs as evidence (T4), and returns how many there are.
func (r *Room) WriteClaims(path string, all []Exception) (n int, err error) {
	zone := r.Location()
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(zone).Format("2006-01-02 15:04")
	}
	err = folder.WriteWhole(path, func(w io.Writer) error {
		out := csv.NewWriter(w)
		rows := [][]string{{
			"carrier", "service", "tracking", "sscc", "order", "parcel", "reason", "since", "working_days", "handed_over", "van", "driver",
			"mass_g", "promised", "last_state", "last_news",
		}}
		for _, e := range all {
			if !claimed(e) {
				continue
			}
			van, driver, promised := "", "", ""
			if e.Van != nil {
				van, driver = e.Van.ID, e.Van.Driver
			}
			if !e.Promised.IsZero() {
				promised = e.Promised.Format(time.DateOnly)
			}
			row := []string{
				e.Carrier, e.Service, e.Tracking, e.SSCC, cmp.Or(e.Number, e.Order), e.Called(), string(e.Reason), at(e.Since), strconv.Itoa(e.Days), at(e.Handed), van, driver,
				strconv.FormatFloat(float64(e.Mass)/1000, 'f', -1, 64), promised, string(e.Standing.State), at(e.Standing.Last),
			}
			for i := range row {
				row[i] = shift.Safe(row[i])
			}
			rows, n = append(rows, row), n+1
		}
		return out.WriteAll(rows)
	})
	return n, err
}
