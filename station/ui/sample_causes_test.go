package ui

import (
	"time"

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
