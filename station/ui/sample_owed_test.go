package ui

import (
	"fmt"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/screen"
	"packbench/station/unit"
)

func owedInputs(theme screen.Theme) screen.OwedInputs {
	in := screen.OwedInputs{Frame: deskFrame(station.Supervisor, theme), APage: 20, All: 6, Overdue: 1, CameIn: 2, Balance: []screen.Tally{{Name: "from yesterday", N: 3}, {Name: "new", N: 2}, {Name: "paid", N: 1}, {Name: "refused", N: 0}, {Name: "still owed", N: 4}}}
	for i, r := range []screen.OwedReturn{
		{Money: "owed", Overdue: true, Owed: unit.Money{Minor: 24900, Currency: "EUR"}},
		{Money: "told", Told: "unknown", Way: returns.Refund, Owed: unit.Money{Minor: 950, Currency: "EUR"}},
		{Money: "owed", Owed: unit.Money{Minor: 4150, Currency: "EUR"}},
		{Money: "owed"},
		{State: "announced"},
		{State: "closed", Place: "R-07"},
	} {
		r.ID, r.Order, r.Parcel, r.Station = fmt.Sprintf("0952000000000003%02d-A", 18+i), fmt.Sprint(1031+i), fmt.Sprintf("%d-1", 1031+i), "S1"
		r.Began, r.Due = noon.AddDate(0, 0, i-16), noon.AddDate(0, 0, 3*i-2)
		if r.Money != "" {
			r.Closed = r.Began
		} else if r.State == "closed" {
			r.ID, r.Order, r.Parcel = "B-S1-92", "", ""
		}
		in.Returns = append(in.Returns, r)
	}
	may := mayBecome("B-07")
	shown := in.Returns[0]
	shown.Way = returns.Refund
	shown.Units = []screen.OwedUnit{{Qty: 1, Name: "Desk lamp", Marks: "DL-40071", Grading: may[1]}, {Qty: 2, Name: "Mug, white", Grading: may[0]}, {Qty: 1, Name: "Poster tube", Odd: pack.CodeReturnNotOurs, Grading: may[4]}}
	shown.Photos = []string{"aa", "bb"}
	in.Shown = &shown
	return in
}

func owedPage(theme screen.Theme) screen.View { return screen.Owed(owedInputs(theme)) }

func owedRefuse(theme screen.Theme) screen.View {
	in := owedInputs(theme)
	in.Asks = screen.OwedRefuse
	return screen.Owed(in)
}

func owedPaid(theme screen.Theme) screen.View {
	in := owedInputs(theme)
	shown := in.Returns[1]
	in.Shown, in.Asks = &shown, screen.OwedPaid
	return screen.Owed(in)
}

func owedNone(theme screen.Theme) screen.View {
	return screen.Owed(screen.OwedInputs{Frame: deskFrame(station.Supervisor, theme), APage: 20})
}

// owedBlind is a return that nobody could name, with the parcels that it may be of.
func owedBlind(theme screen.Theme) screen.View {
	in := owedInputs(theme)
	shown := in.Returns[5]
	shown.Units, shown.Likely = []screen.OwedUnit{{Qty: 1, Name: "Desk lamp", Marks: "DL-40071", Grading: mayBecome("B-07")[1]}}, []string{"1031-1", "1029-2"}
	in.Shown = &shown
	return screen.Owed(in)
}

func announcing(theme screen.Theme, why bool) screen.View {
	in := owedInputs(theme)
	in.Announcing = &screen.Announcing{Order: "web:1031", Number: "1031", Why: why, Goods: []screen.AnnouncedUnits{{SKU: "LAMP", Name: "Desk lamp", Qty: 1, Left: 1}, {SKU: "MUG", Name: "Mug, white", Left: 4}, {SKU: "TUBE", Name: "Poster tube", Qty: 2, Left: 2}}}
	return screen.Owed(in)
}

func owedAnnounce(theme screen.Theme) screen.View { return announcing(theme, false) }
func owedWhy(theme screen.Theme) screen.View      { return announcing(theme, true) }
