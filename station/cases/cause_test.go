package cases

import (
	"testing"
	"time"

	"packbench/station/pack"
)

// One row stands for all cases of a cause, with the evidence of each.
func TestCauses(t *testing.T) {
	day := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	sum := func(n, minute int, id, station, by, scanned string) Sum {
		return Sum{Case: Case{
			ID: id, At: day.Add(time.Duration(minute) * time.Minute), Kind: KindScan, Code: pack.CodeUnknownCode, Station: station, By: by, Scanned: scanned,
		}, N: n}
	}
	got := Causes([]Sum{
		sum(1, 5, "S1.1", "S1", "P1", "111"), sum(2, 9, "S2.7", "S2", "P2", "222"), sum(1, 8, "S1.2", "S1", "P1", "222"), sum(3, 1, "S1.3", "S1", "", "333"),
	})
	if len(got) != 3 {
		t.Fatalf("%d causes: %+v", len(got), got)
	}
	c := got[0] // as many as 333, and newer
	if c.Group != "barcode not in catalogue: 222" || c.N != 3 || c.Newest != "S2.7" || len(c.Stations) != 2 || c.Stations[0] != "S1" || len(c.People) != 2 {
		t.Errorf("the first cause is %+v", c)
	}
	if got[1].N != 3 || len(got[1].People) != 0 || got[2].N != 1 {
		t.Errorf("then come %+v", got[1:])
	}
	same := Case{Kind: KindScan, Code: pack.CodeUnknownCode, Scanned: "222"}
	same.Group = GroupOf(same)
	if c.Likeness() != same.Likeness() {
		t.Errorf("a cause is %q, its cases are %q", c.Likeness(), same.Likeness())
	}
}

func TestSuspect(t *testing.T) {
	one, two := []string{"1"}, []string{"1", "2"}
	for _, c := range []struct {
		cause Cause
		want  Suspect
	}{
		{Cause{Kind: KindScan, Code: pack.CodeUnknownCode, N: 2, Stations: two, People: two}, SuspectCatalogue},
		{Cause{Kind: KindScan, Code: pack.CodeUnknownCode, N: 2, Stations: one, People: two}, SuspectCatalogue},
		{Cause{Kind: KindScan, Code: pack.CodeUnknownCode, N: 3, Stations: one, People: one}, SuspectScanner},
		{Cause{Kind: KindScan, Code: pack.CodeUnknownCode, N: 2, Stations: one, People: one}, SuspectNobody},
		{Cause{Kind: KindScan, Code: pack.CodeWrongItem, N: 3, Stations: one, People: one}, SuspectTraining},
		{Cause{Kind: KindScan, Code: pack.CodeWrongItem, N: 3, Stations: one, People: two}, SuspectPicking},
		{Cause{Kind: KindScan, Code: pack.CodeOverScan, N: 4, Stations: one, People: one}, SuspectTraining},
		{Cause{Kind: KindWeight, Code: pack.CodeWeightOff, N: 3, Stations: two, SKUs: one}, SuspectMass},
		{Cause{Kind: KindWeight, Code: pack.CodeWeightOff, N: 3, Stations: two, SKUs: two}, SuspectNobody},
		{Cause{Kind: KindOverride, Code: pack.CodeWeightOff, N: 3, People: two, SKUs: one}, SuspectMass},
		{Cause{Kind: KindWeight, Code: pack.CodeWeightOff, N: 3, Stations: one, People: one, Group: tareGroup}, SuspectTare},
		{Cause{Kind: KindLabel, Code: pack.CodePrinterTrouble, N: 3, Stations: one, People: two}, SuspectPrinter},
		{Cause{Kind: KindShort, Code: pack.CodeShort, N: 3, Stations: one, People: one}, SuspectStock},
		{Cause{Kind: KindCarrier, Code: pack.CodeFailover, N: 2, Stations: one}, SuspectCarrier},
		{Cause{Kind: KindCarrier, Code: pack.CodeFailover, N: 1, Stations: one}, SuspectNobody},
	} {
		if got := c.cause.Suspect(); got != c.want {
			t.Errorf("%+v points to %q, want %q", c.cause, got, c.want)
		}
		if (c.want == SuspectNobody) != (c.want.Words() == "") {
			t.Errorf("%q is called %q", c.want, c.want.Words())
		}
	}
}
