package aftercare

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/shift"
	"packbench/station/store"
	"packbench/station/track/watch"
	"packbench/station/unit"
)

// InTurn returns those that will be asked after, the next one first.
func InTurn(all []Due) []Due {
	out := slices.DeleteFunc(slices.Clone(all), func(d Due) bool { return d.Next.IsZero() })
	slices.SortStableFunc(out, func(a, b Due) int { return a.Next.Compare(b.Next) })
	return out
}

// longSilent is after how many working days a silent parcel is taken for lost.
const longSilent = 10

// claimSoon is how many days before its last one a claim is urgent.
const claimSoon = 7

// ClaimDay is until when a carrier can be asked to pay; without a day nobody has said, or
// there is nothing to ask for.
type ClaimDay struct {
	Until      time.Time // day, as midnight in UTC
	Soon, Over bool
}

// claimDay is that of a parcel which may be lost or damaged.
func (r *Room) claimDay(l store.Left, why watch.Reason) (c ClaimDay) {
	if !slices.Contains([]watch.Reason{watch.Lost, watch.Damaged, watch.FalseDelivery, watch.NeverScanned, watch.Silent, watch.Problem}, why) {
		return c
	}
	if c.Until = r.Settings.Carriers.ClaimUntil(l.Carrier, l.Handed.In(r.Location())); c.Until.IsZero() {
		return c
	}
	y, m, d := r.Clock().In(r.Location()).Date()
	left := int(c.Until.Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) / (24 * time.Hour))
	c.Over, c.Soon = left < 0, left >= 0 && left <= claimSoon
	return c
}

// claimed reports whether a carrier can be asked to pay for a parcel.
func claimed(e Exception) bool {
	switch e.Reason {
	case watch.Lost, watch.Damaged, watch.FalseDelivery:
		return true
	case watch.NeverScanned, watch.Silent:
		return e.Days >= longSilent || e.Claim.Soon // later it could not be claimed any more
	}
	return false
}

// WriteClaims writes the parcels that a carrier can be asked to pay for into a file, with
// what it needs as evidence (T4), and returns how many there are.
func (r *Room) WriteClaims(ctx context.Context, path string, all []Exception) (n int, err error) {
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
			"mass_g", "promised", "last_state", "last_news", "value", "currency", "photos", "claim_until",
		}}
		for _, e := range all {
			if !claimed(e) {
				continue
			}
			van, driver, promised := "", "", ""
			if e.Van != nil {
				van, driver = e.Van.ID, e.Van.Driver
			}
			until := ""
			if !e.Claim.Until.IsZero() {
				until = e.Claim.Until.Format(time.DateOnly)
			}
			if !e.Promised.IsZero() {
				promised = e.Promised.Format(time.DateOnly)
			}
			value, photos, err := r.worth(ctx, e)
			if err != nil {
				return err
			}
			amount := ""
			if value.Currency != "" {
				amount = value.Decimal()
			}
			row := []string{
				e.Carrier, e.Service, e.Tracking, e.SSCC, cmp.Or(e.Number, e.Order), e.Called(), string(e.Reason), at(e.Since), strconv.Itoa(e.Days), at(e.Handed), van, driver,
				strconv.FormatFloat(float64(e.Mass)/1000, 'f', -1, 64), promised, string(e.Standing.State), at(e.Standing.Last),
				amount, value.Currency, strings.Join(photos, " "), until,
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

// worth is what the buyer paid for what was in a parcel, and the photos of it. Without the
// price of each unit nobody knows: no currency.
func (r *Room) worth(ctx context.Context, e Exception) (sum unit.Money, photos []string, err error) {
	if photos, err = r.Store.ParcelPhotos(ctx, e.SSCC); err != nil {
		return sum, nil, err
	}
	p, known, err := store.Known(r.Store.Parcel(ctx, e.Parcel))
	if err != nil || !known {
		return sum, photos, err
	}
	o, known, err := store.Known(r.Store.Order(ctx, e.Order))
	if err != nil || !known {
		return sum, photos, err
	}
	prices := map[string]unit.Money{}
	for _, l := range o.Lines {
		prices[l.ID] = l.Price
	}
	for _, c := range p.Contents {
		price := prices[c.Line]
		if price.Currency == "" || sum.Currency != "" && sum.Currency != price.Currency {
			return unit.Money{}, photos, nil
		}
		sum.Minor, sum.Currency = sum.Minor+price.Minor*int64(c.Qty), price.Currency
	}
	return sum, photos, nil
}
