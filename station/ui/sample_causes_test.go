package ui

import (
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/screen"
)

// casesCauses is the desk with one row for each cause, narrowed down to one bench.
func casesCauses(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	sum := func(n, minutes int, c cases.Case) cases.Sum {
		c.At, c.State = noon.Add(-time.Duration(minutes)*time.Minute), cases.Open
		return cases.Sum{Case: c, N: n}
	}
	unknown := cases.Case{ID: "S2.77", Kind: "scan", Code: pack.CodeUnknownCode, Station: "S2", By: "p3", Scanned: "4006381333931"}
	there := unknown
	there.Station, there.By = "S1", "p1"
	in.Causes = cases.Causes([]cases.Sum{
		sum(31, 48, unknown), sum(12, 60, there),
		sum(17, 2, cases.Case{ID: "S1.120", Kind: "scan", Code: pack.CodeWrongItem, Station: "S1", By: "p1", SKU: "MUG-B"}),
		sum(9, 130, cases.Case{ID: "S1.88", Kind: "short", Code: pack.CodeShort, Station: "S1", By: "p1", SKU: "TEA-G"}),
		sum(4, 190, cases.Case{ID: "S1.60", Kind: "carrier", Code: pack.CodeFailover, Station: "S1", Scanned: "demo-post"}),
	})
	in.Cases, in.Causing, in.First, in.AllCauses = nil, true, 0, len(in.Causes)
	in.Narrow, in.Narrowing = screen.Narrowed{Station: "S1", Hours: 1}, true
	in.Stations = []cases.Counted{{ID: "S1", N: 402}, {ID: "S2", N: 288}}
	in.People = []cases.Counted{{ID: "p1", N: 390}, {ID: "p3", N: 300}}
	in.Shown.Case.Group = cases.GroupOf(in.Shown.Case)
	return screen.Cases(in)
}

// caseHands are those who can see to a case.
func caseHands() []station.Person {
	return []station.Person{
		{ID: "p9", Name: "Administrator One"},
		{ID: "p4", Name: "Manager One"},
		{ID: "p5", Name: "Manager Two of the second shift"},
		{ID: "p2", Name: "Supervisor One"},
		{ID: "p6", Name: "Supervisor Three"},
		{ID: "p7", Name: "Supervisor Four"},
		{ID: "p8", Name: "Supervisor Five"},
		{ID: "p10", Name: "Supervisor Six"},
	}
}

// casesAssign asks who is to see to a case that is somebody's already.
func casesAssign(theme screen.Theme) screen.View {
	in := casesInputs(theme)
	in.More = &screen.MoreOffer{Case: "S1.120", Assigning: true}
	in.Given, in.Mine, in.Nobodys, in.Narrowing, in.Narrow = 14, 5, 676, true, screen.Narrowed{Assigned: "p2"}
	in.Stations = []cases.Counted{{ID: "S1", N: 402}, {ID: "S2", N: 150}, {ID: "S3", N: 80}, {ID: "S4", N: 58}}
	in.People = []cases.Counted{{ID: "p1", N: 390}, {ID: "p3", N: 300}}
	in.Cases = in.Cases[:2]
	in.Cases[0].Assigned, in.Cases[1].Assigned, in.Shown.Case.Assigned = "p2", "p2", "p2"
	return screen.Cases(in)
}

// boardPage has a bench for each thing that can be said of one.
func boardPage(theme screen.Theme) screen.View {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	in := screen.BoardInputs{Frame: deskFrame(station.Supervisor, theme), Quiet: 15 * time.Minute, Benches: []screen.BenchNow{
		{Station: "S1", Person: "p1", Order: "1042", Open: 3, Phase: pack.Packing, Last: ago(8 * time.Second), Works: true, Heard: ago(0), Parcels: 31, Usual: 28.4},
		{Station: "S2", Person: "p3", Order: "1036", Phase: pack.Locked, Last: ago(4 * time.Minute), Works: true, Heard: ago(0), Parcels: 12, Usual: 26},
		{Station: "S3", Person: "p2", Order: "1051", Phase: pack.Weighing, Last: ago(25 * time.Minute), Works: true, Heard: ago(0), Parcels: 2, Usual: 30},
		{Station: "S4", Phase: pack.SignedOut, Last: ago(19 * time.Hour), Usual: 22},
		{Station: "S5", Person: "p1", Phase: pack.Idle, Last: ago(50 * time.Second), Works: true, Heard: ago(2 * time.Minute), Parcels: 1},
		{Station: "S6", Person: "p3", Phase: pack.Idle, Loading: true, Last: ago(20 * time.Second), Works: true, Heard: ago(0), Parcels: 9, Usual: 11},
	}}
	return screen.Board(in)
}

// boardOfAHub has benches on computers of their own: two lack something, one is not heard.
func boardOfAHub(theme screen.Theme) screen.View {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	in := screen.BoardInputs{Frame: deskFrame(station.Supervisor, theme), Quiet: 15 * time.Minute, Benches: []screen.BenchNow{
		{Station: "S1", Person: "p1", Order: "1042", Open: 3, Phase: pack.Packing, Last: ago(8 * time.Second), Works: true, Heard: ago(time.Second), Parcels: 31, Usual: 28.4, Lamps: []screen.Lamp{{Name: "scale", Colour: screen.LampRed, Words: "unplugged"}}},
		{Station: "S2", Person: "p3", Order: "1036", Open: 1, Phase: pack.Packing, Last: ago(6 * time.Minute), Works: true, Heard: ago(6 * time.Minute), Parcels: 12, Usual: 26},
		{Station: "S3", Person: "p2", Order: "1051", Phase: pack.Weighing, Last: ago(25 * time.Second), Works: true, Heard: ago(time.Second), Parcels: 2, Usual: 30},
	}}
	return screen.Board(in)
}
