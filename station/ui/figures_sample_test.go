package ui

import (
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/figures"
	"packbench/station/screen"
)

// figuresInputs are eight weeks of a shop with two carriers, one of which tells nothing.
func figuresInputs(theme screen.Theme) screen.FiguresInputs {
	frame := deskFrame(station.Manager, theme)
	now := frame.Now
	var in figures.Input
	for i := range 2400 {
		handed := now.Add(-time.Duration(i) * 33 * time.Minute)
		p := figures.Parcel{Order: fmt.Sprint(i), Carrier: "demo-post", Lane: []string{"DE 10", "DE 80", "FR 75", "AT 10"}[i%4], Units: 1 + i%3, Handed: handed, Heard: true, Scanned: i%40 > 0}
		y, m, d := handed.AddDate(0, 0, 2).Date()
		p.Promised = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		if delivered := handed.Add(time.Duration(20+i*7%50) * time.Hour); delivered.Before(now) && i%25 > 0 {
			p.Delivered = delivered
			y, m, d := delivered.Date()
			p.DeliveredDay = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		}
		switch {
		case i%7 == 0:
			p.Carrier, p.Heard, p.Scanned, p.Delivered, p.DeliveredDay = "local", false, false, time.Time{}, time.Time{}
		case i%11 == 0:
			p.Attempts, p.Problems = 1, []string{"attempt_failed"}
		case i%23 == 0:
			p.Problems = []string{"delayed"}
		case i%90 == 1:
			p.Problems = []string{"damaged"}
		}
		if i%19 == 0 {
			in.Backs = append(in.Backs, figures.Back{Order: p.Order, Handed: handed, Qty: 1, Reason: []string{"fit", "unwanted", "wrong-item", ""}[i%4]})
			in.Money = append(in.Money, figures.Money{Arrived: handed.AddDate(0, 0, 5), Paid: handed.AddDate(0, 0, 5).Add(time.Duration(i%90) * time.Hour)})
		}
		if i%60 == 0 {
			in.Caught = append(in.Caught, handed)
		}
		if i%45 == 0 {
			in.Asked = append(in.Asked, handed)
		}
		in.Parcels = append(in.Parcels, p)
	}
	in.Money = append(in.Money, figures.Money{Arrived: now.AddDate(0, 0, -9), Owed: true}, figures.Money{Arrived: now.AddDate(0, 0, -3), Owed: true})
	r := figures.Make(in, 8, now)
	return screen.FiguresInputs{Frame: frame, Weeks: 8, Report: &r}
}

func figuresPage(theme screen.Theme) screen.View { return screen.Figures(figuresInputs(theme)) }

// figuresMeaning is what they mean, once they were written to a file.
func figuresMeaning(theme screen.Theme) screen.View {
	in := figuresInputs(theme)
	in.Selected = "What they mean"
	return screen.Figures(in)
}

// figuresNone is a shop from which nothing has left yet.
func figuresNone(theme screen.Theme) screen.View {
	in := figuresInputs(theme)
	r := figures.Make(figures.Input{}, 8, in.Frame.Now)
	in.Report = &r
	return screen.Figures(in)
}
