// Package figures makes the manager's figures of parcels after they left, of what the folder
// knows, and writes them as a workbook or a report. Package station/figures counts them; it
// must not count anything itself, ask a carrier or keep what it reads.
//
// [Report] counts, [Write] writes.
package figures

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/carrier/reliability"
	"packbench/station/figures"
	"packbench/station/shift"
	"packbench/station/store"
)

// Weeks is how many weeks are shown where nobody says, MostWeeks how many at most.
const (
	Weeks     = 8
	MostWeeks = 53
)

// before is how long a parcel may lie between its packing and its hand-over.
const before = 30 * 24 * time.Hour

// Report counts the figures of the last weeks.
func Report(ctx context.Context, d *folder.Folder, weeks int) (figures.Report, error) {
	if weeks < 1 || weeks > MostWeeks {
		return figures.Report{}, fmt.Errorf("figures are of 1 to %d weeks", MostWeeks)
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return figures.Report{}, err
	}
	zone := d.Location()
	now := d.Clock().In(zone)
	from := figures.Monday(now).AddDate(0, 0, -7*(weeks-1))
	var in figures.Input
	err := d.Store.LeftSince(ctx, from.Add(-before), func(l store.LeftSince) { in.Parcels = append(in.Parcels, parcel(l, zone)) })
	if err != nil {
		return figures.Report{}, err
	}
	back, err := d.Store.CameBack(ctx, from.Add(-before))
	if err != nil {
		return figures.Report{}, err
	}
	seen := map[string]bool{}
	for _, b := range back {
		if b.N > 0 && b.Odd == "" {
			in.Backs = append(in.Backs, figures.Back{Order: b.Order, Handed: b.Handed, Qty: b.Qty, Reason: b.Reason})
		}
		if !seen[b.Return] && b.Money != "" && b.Money != store.MoneyRefused {
			seen[b.Return] = true
			m := figures.Money{Return: b.Return, Arrived: b.Began, Owed: b.Money != store.MoneyPaid}
			if !m.Owed {
				m.Paid = b.Settled
			}
			in.Money = append(in.Money, m)
		}
	}
	if in.Caught, err = d.Store.Caught(ctx, from); err != nil {
		return figures.Report{}, err
	}
	if in.Asked, err = d.Store.BuyersAsked(ctx, from); err != nil {
		return figures.Report{}, err
	}
	return figures.Make(in, weeks, now), nil
}

func parcel(l store.LeftSince, zone *time.Location) figures.Parcel {
	s := l.Standing
	p := figures.Parcel{
		Order: l.Order, Carrier: l.Carrier, Units: l.Units, Handed: l.Handed, Promised: l.Promised, Heard: l.Heard, Scanned: !s.Scanned.IsZero(),
		Delivered: s.Delivered, DeliveredDay: s.DeliveredDay(zone), Attempts: s.Attempts, Problems: l.Problems,
	}
	if l.Country != "" {
		p.Lane = reliability.Lane(l.Country, l.Postcode)
	}
	return p
}

// Formats are those that Write knows.
func Formats() []string { return []string{"xlsx", "pdf"} }

// Write writes a report in one of the formats.
func Write(r figures.Report, company, format string, w io.Writer) error {
	s := sheets(r, company)
	if format == "xlsx" {
		return s.XLSX(w)
	}
	drawn, err := desk.Drawn()
	if err != nil {
		return err
	}
	return s.PDF(w, drawn)
}

// number is a value as people read it: of a share its percentage.
func number(f figures.Figure, v figures.Value) any {
	switch {
	case !v.Known:
		return "unknown"
	case f.Unit == figures.Share:
		return v.Value * 100
	}
	return v.Value
}

var unitWords = map[figures.Unit]string{figures.Share: "%", figures.Hours: "hours", figures.PerUnits: "per 1000 units", figures.PerBoxes: "per 100 parcels"}

func sheets(r figures.Report, company string) shift.Listings {
	out := shift.Listings{Title: "Figures " + r.From.Format(time.DateOnly) + " to " + r.To.Format(time.DateOnly), Made: r.To}
	if company != "" {
		out.Notes = append(out.Notes, company)
	}
	out.Notes = append(out.Notes, "Weeks begin on Monday; a parcel belongs to the week in which it was handed over. Ranges hold the true share in nineteen cases of twenty (Wilson).")
	if r.Open > 0 {
		out.Notes = append(out.Notes, fmt.Sprintf("Money is owed for %d returns; the oldest arrived on %s.", r.Open, r.Oldest.In(r.To.Location()).Format(time.DateOnly)))
	}
	now := shift.Listing{Title: "Figures", Columns: []string{"figure", "unit", "value", "low", "high", "of", "unknown"}, Keys: 2}
	weeks := shift.Listing{Title: "Week by week", Columns: []string{"figure", "unit"}, Keys: 2}
	for _, w := range r.Weeks {
		weeks.Columns = append(weeks.Columns, w.Format("01-02"))
	}
	for _, f := range r.Figures {
		word := figures.WordOf(f.Key)
		row := []any{word.Name, unitWords[f.Unit], number(f, f.All), "", "", f.All.Of, f.All.Unknown}
		if f.Unit == figures.Share && f.All.Known {
			row[3], row[4] = f.All.Low*100, f.All.High*100
		}
		now.Rows = append(now.Rows, row)
		now.Notes = append(now.Notes, word.Text())
		week := []any{word.Name, unitWords[f.Unit]}
		for _, v := range f.Weeks {
			week = append(week, number(f, v))
		}
		weeks.Rows = append(weeks.Rows, week)
	}
	out.Of = append(out.Of, now, weeks, laneSheet(r), problemSheet(r), cohortSheet(r))
	return out
}

func laneSheet(r figures.Report) shift.Listing {
	s := shift.Listing{Title: "Carriers and lanes", Columns: []string{"carrier", "lane", "parcels", "median hours", "on time %", "low", "high", "exceptions %", "of", "unknown"}, Keys: 2}
	for _, l := range r.Lanes {
		onTime := figures.Figure{Unit: figures.Share}
		row := []any{l.Carrier, l.Lane, l.Parcels, number(figures.Figure{}, l.Hours), number(onTime, l.OnTime), "", "", number(onTime, l.Exception), l.Exception.Of, l.Exception.Unknown}
		if l.OnTime.Known {
			row[5], row[6] = l.OnTime.Low*100, l.OnTime.High*100
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

func problemSheet(r figures.Report) shift.Listing {
	s := shift.Listing{Title: "Exceptions by kind", Columns: []string{"kind", "parcels"}, Keys: 1}
	for _, p := range r.Problems {
		s.Rows = append(s.Rows, []any{figures.ProblemWords(p.Name), p.N})
	}
	return s
}

func cohortSheet(r figures.Report) shift.Listing {
	s := shift.Listing{Title: "What came back", Columns: []string{"week", "reasons", "units left", "returned %", "ripe"}, Keys: 2}
	for _, c := range r.Cohorts {
		ripe := "not yet"
		if c.Ripe {
			ripe = "yes"
		}
		var why []string
		for _, n := range c.Reasons {
			why = append(why, fmt.Sprintf("%s %d", reason(n.Name), n.N))
		}
		s.Rows = append(s.Rows, []any{c.Week.Format(time.DateOnly), strings.Join(why, ", "), c.Units, number(figures.Figure{Unit: figures.Share}, c.Back), ripe})
	}
	return s
}

func reason(code string) string {
	if code == "" {
		return "not said"
	}
	return code
}
