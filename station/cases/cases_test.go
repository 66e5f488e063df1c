package cases

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/unit"
)

var eight = time.Date(2026, 3, 30, 8, 0, 0, 0, time.UTC)

func minute(n int) time.Time { return eight.Add(time.Duration(n) * time.Minute) }

func said(code pack.Code, kind pack.Kind, order, by, id string) pack.Judged {
	return pack.Judged{Verdict: pack.Verdict{Kind: kind, Code: code, Order: order, By: by, Case: id}}
}

func bench(seq int64, facts ...pack.Fact) journal.Entry {
	return journal.Entry{Writer: "S1", Seq: seq, At: minute(int(seq)), Facts: facts}
}

func desk(seq int64, at int, facts ...pack.Fact) journal.Entry {
	return journal.Entry{Writer: "desk", Seq: seq, At: minute(at), Facts: facts}
}

// story is order 1001 with a wrong item and an override, and a scan of a code
// that nobody knows before it.
func story() []journal.Entry {
	off := &pack.Weight{Mass: 250 * unit.Gram, Known: true, Expected: 200 * unit.Gram, Author: "V1", Cause: &pack.Cause{Kind: "extra", SKU: "TEA", N: 1}}
	return []journal.Entry{
		bench(1, pack.CaseOpened{Case: "S1.1", Kind: KindScan, Code: pack.CodeUnknownCode, Scanned: "4006381333931", By: "P1"},
			said(pack.CodeUnknownCode, pack.Refused, "", "P1", "S1.1")),
		bench(2, pack.OrderTaken{Order: pack.OrderInfo{ID: "1001"}, Parcel: "1001-1"}, said(pack.CodeOrderOpened, pack.Accepted, "1001", "P1", "")),
		bench(3, pack.CaseOpened{Case: "S1.3", Kind: KindScan, Code: pack.CodeWrongItem, Order: "1001", SKU: "MUG", Expected: []string{"TEA"}, By: "P1"},
			said(pack.CodeWrongItem, pack.Refused, "1001", "P1", "S1.3")),
		bench(4, said(pack.CodeWeightMoving, pack.Info, "", "P1", "")),
		bench(5, pack.CaseOpened{Case: "S1.5", Kind: KindOverride, Code: pack.CodeWeightOff, Order: "1001", By: "P1", Author: "V1", Reason: "filling", Weight: off},
			said(pack.CodeAuthorised, pack.Accepted, "1001", "P1", "S1.5")),
		bench(6, pack.OrderClosed{Order: "1001"}, said(pack.CodeOrderClosed, pack.Accepted, "1001", "P1", "")),
		bench(30, pack.OrderTaken{Order: pack.OrderInfo{ID: "1002"}, Parcel: "1002-1"}, said(pack.CodeOrderOpened, pack.Accepted, "1002", "P2", "")),
	}
}

func TestGroupOf(t *testing.T) {
	for want, c := range map[string]Case{
		"barcode not in catalogue: 400638":       {Kind: KindScan, Code: pack.CodeUnknownCode, Scanned: "400638", By: "P1"},
		"one barcode, several products: 400638":  {Kind: KindScan, Code: pack.CodeAmbiguousCode, Scanned: "400638"},
		"pick error: MUG":                        {Kind: KindScan, Code: pack.CodeWrongItem, SKU: "MUG", By: "P1"},
		"pack larger than the line: MUG":         {Kind: KindScan, Code: pack.CodePackTooBig, SKU: "MUG"},
		"packer: P1":                             {Kind: KindScan, Code: pack.CodeOverScan, SKU: "MUG", By: "P1"},
		"weight off: TEA":                        {Kind: KindWeight, Code: pack.CodeWeightOff, Weight: &pack.Weight{Cause: &pack.Cause{Kind: "missing", SKU: "TEA"}}},
		"weight: a different carton than chosen": {Kind: KindOverride, Code: pack.CodeWeightOff, Weight: &pack.Weight{Cause: &pack.Cause{Kind: "carton"}}},
		"weight off":                             {Kind: KindWeight, Code: pack.CodeWeightOff},
		"short line: TEA":                        {Kind: KindShort, Code: pack.CodeShort, SKU: "TEA"},
		"damaged goods: TEA":                     {Kind: KindSwap, Code: pack.CodeSwapped, SKU: "TEA"},
		"printing: S1":                           {Kind: KindLabel, Code: pack.CodePrinterTrouble, Station: "S1"},
		"order-changed: 1001":                    {Kind: "other", Code: pack.CodeOrderChanged, Order: "1001"},
	} {
		if got := GroupOf(c); got != want {
			t.Errorf("%+v is grouped as %q, want %q", c, got, want)
		}
	}
	for given, want := range map[string]string{
		"badge": "badge not recognised", "forged": "forged label: X", "cut": "code misread, cut: S1", "check digit": "code misread, check digit: S1",
	} {
		c := Case{Kind: KindScan, Code: pack.CodeUnknownCode, Station: "S1", Scanned: "X", Given: given}
		if got := GroupOf(c); got != want {
			t.Errorf("%q is grouped as %q, want %q", given, got, want)
		}
	}
	wrongBox := Case{Kind: KindLabel, Code: pack.CodeLabelWrongBox, By: "P2"}
	if got := GroupOf(wrongBox); got != "packer: P2" {
		t.Errorf("a label on the wrong box is grouped as %q", got)
	}
}

func TestTimeline(t *testing.T) {
	cases := map[string]Case{
		"S1.1": {ID: "S1.1", At: minute(1), Station: "S1", Scanned: "4006381333931"}, "S1.3": {ID: "S1.3", At: minute(3), Station: "S1", Order: "1001"},
	}
	entries := append(story(), desk(1, 40, CaseResolved{Case: "S1.3", Reason: "pick-error", By: "V1"}, OrderHeld{Order: "1002", Reason: "test", By: "V1"}),
		desk(2, 41, BarcodeLinked{Code: "4006381333931", SKU: "TEA", Factor: 1, By: "V1"}))
	line := func(id string) string {
		var out []string
		for _, s := range Timeline(slices.Values(entries), cases[id]) {
			out = append(out, s.At.Format("4")+" "+s.Kind+" "+string(s.Code)+" "+s.Who)
		}
		return strings.Join(out, "\n")
	}
	if got, want := line("S1.3"), strings.Join([]string{
		"2 verdict order-opened P1", "3 case wrong-item P1", "3 verdict wrong-item P1", "4 verdict weight-moving P1",
		"5 case weight-off P1", "5 verdict authorised P1", "6 verdict order-closed P1", "40 resolved  V1",
	}, "\n"); got != want {
		t.Errorf("the timeline of the order's case:\n%s\nwant\n%s", got, want)
	}
	// Without an order: what the station did around it, and the link that came of it.
	if got, want := line("S1.1"), strings.Join([]string{
		"1 case unknown-code P1", "1 verdict unknown-code P1", "2 verdict order-opened P1", "3 verdict wrong-item P1", "4 verdict weight-moving P1",
		"5 verdict authorised P1", "6 verdict order-closed P1", "41 linked  V1",
	}, "\n"); got != want {
		t.Errorf("the timeline of the scan's case:\n%s\nwant\n%s", got, want)
	}
}

func TestResolve(t *testing.T) {
	person := func(id string, role station.Role) Asker { return Asker{Person: station.Person{ID: id, Role: role}} }
	scan := Case{ID: "S1.3", Kind: KindScan, By: "V1", State: Open}
	override := Case{ID: "S1.5", Kind: KindOverride, By: "P1", Author: "V1", State: Open}
	done := Case{ID: "S1.7", Kind: KindScan, State: Resolved, ResolvedBy: "V2", ResolvedAt: minute(5)}
	alone := person("V1", station.Supervisor)
	alone.WorksAlone = true
	for _, c := range []struct {
		name   string
		c      Case
		who    Asker
		reason string
		why    string
	}{
		{"a supervisor", scan, person("V1", station.Supervisor), "pick-error", ""},
		{"a packer", scan, person("P1", station.Packer), "pick-error", "this needs the badge of a supervisor"},
		{"nobody", scan, Asker{}, "pick-error", "scan your badge first"},
		{"another supervisor's override", override, person("V2", station.Supervisor), "filling", ""},
		{"the own override", override, person("V1", station.Supervisor), "filling", "you cannot approve your own override: ask another supervisor"},
		{"an override on the own parcel", override, person("P1", station.Manager), "filling", "you cannot approve your own override: ask another supervisor"},
		{"the own override, works alone", override, alone, "filling", ""},
		{"a resolved case", done, person("V1", station.Supervisor), "test", "case S1.7 was resolved by V2 at 2026-03-30 08:05"},
		{"an unknown reason", scan, person("V1", station.Supervisor), "because", `reason "because" is unknown`},
		{"no reason", scan, person("V1", station.Supervisor), "", `reason "" is unknown`},
	} {
		f, err := Resolve(c.c, c.who, c.reason, "n1")
		if c.why == "" {
			if want := (CaseResolved{Case: c.c.ID, Reason: c.reason, By: c.who.Person.ID, Note: "n1"}); err != nil || f != want {
				t.Errorf("%s: %+v, %v", c.name, f, err)
			}
			continue
		}
		if err == nil || !strings.HasPrefix(err.Error(), c.why) || f != (CaseResolved{}) {
			t.Errorf("%s: %v, want %s", c.name, err, c.why)
		}
		var refused *Refused
		var denied *people.Denied
		if !errors.As(err, &refused) && !errors.As(err, &denied) {
			t.Errorf("%s: %T is neither", c.name, err)
		}
	}
}

func TestDeskActs(t *testing.T) {
	boss := Asker{Person: station.Person{ID: "V1", Role: station.Supervisor}}
	packer := Asker{Person: station.Person{ID: "P1", Role: station.Packer}}
	if f, err := Link(boss, "400638", "TEA", 6, "S1.1"); err != nil || f != (BarcodeLinked{"400638", "TEA", 6, "V1", "S1.1"}) {
		t.Errorf("link: %+v, %v", f, err)
	}
	if f, err := Unlock(boss, "S1"); err != nil || f != (StationUnlocked{"S1", "V1", 0}) {
		t.Errorf("unlock: %+v, %v", f, err)
	}
	if f, err := Hold(boss, "1001", "customer-request"); err != nil || f != (OrderHeld{"1001", "customer-request", "V1"}) {
		t.Errorf("hold: %+v, %v", f, err)
	}
	for name, err := range map[string]error{
		"link by a packer": second(Link(packer, "1", "TEA", 1, "")), "unlock by a packer": second(Unlock(packer, "S1")),
		"hold by a packer": second(Hold(packer, "1", "test")), "link nothing": second(Link(boss, " ", "TEA", 1, "")),
		"link to nothing": second(Link(boss, "1", "", 1, "")), "link zero units": second(Link(boss, "1", "TEA", 0, "")),
		"unlock nothing": second(Unlock(boss, "")), "hold nothing": second(Hold(boss, "", "test")), "hold without a reason": second(Hold(boss, "1", "")),
	} {
		if err == nil {
			t.Errorf("%s is allowed", name)
		}
	}
}

// A case is given to whoever can answer it, by whoever can; one that is answered to nobody.
func TestAssign(t *testing.T) {
	boss, packer := station.Person{ID: "V1", Role: station.Supervisor}, station.Person{ID: "P1", Role: station.Packer}
	learning := station.Person{ID: "V2", Role: station.Supervisor, Trainee: true}
	open, done := Case{ID: "S1.3", State: Open}, Case{ID: "S1.4", State: Resolved, ResolvedBy: "V1"}
	for _, to := range []station.Person{boss, {}} {
		if f, err := Assign(open, Asker{Person: boss}, to); err != nil || f != (CaseAssigned{Case: "S1.3", To: to.ID, By: "V1"}) {
			t.Errorf("to %q: %+v, %v", to.ID, f, err)
		}
	}
	for name, err := range map[string]error{
		"by a packer": second(Assign(open, Asker{Person: packer}, boss)), "to a packer": second(Assign(open, Asker{Person: boss}, packer)),
		"to somebody in training": second(Assign(open, Asker{Person: boss}, learning)), "a resolved one": second(Assign(done, Asker{Person: boss}, boss)),
	} {
		if err == nil {
			t.Errorf("%s: it is assigned", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestReasonsHaveWords(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Reasons() {
		words, ok := ReasonWords(r.Code)
		if !ok || words != r.Words || words == "" || seen[r.Code] {
			t.Errorf("reason %+v", r)
		}
		seen[r.Code] = true
	}
}

// What the desk writes comes back from the journal as it was, beside the
// benches' rows.
func TestJournalRoundTrip(t *testing.T) {
	codec := journal.Bench().And(journal.NewCodec(Events(), Facts()))
	chain := journal.Chain{Writer: "desk"}
	said := []pack.Fact{
		CaseResolved{Case: "S1.3", Reason: "pick-error", By: "V1", Note: "n1"},
		CaseReopened{Case: "S1.3", By: "V1"},
		CaseNoted{Case: "S1.3", Note: "S1.3.a", By: "V1"},
		CaseAssigned{Case: "S1.3", To: "V2", By: "V1"},
		BarcodeLinked{Code: "400638", SKU: "TEA", Factor: 6, By: "V1", Case: "S1.3"},
		MassCorrected{SKU: "TEA", Mass: 120 * unit.Gram, Was: 100 * unit.Gram, By: "V1"},
		DangerMarked{SKU: "TEA", Danger: station.LithiumBattery, Was: station.OtherDanger, By: "V1"},
		HandlingChanged{SKU: "TEA", Handling: station.Handling{Own: true, PerBox: 4}, Was: station.Handling{Group: "TINS"}, By: "V1"},
		StationUnlocked{Station: "S1", By: "V1"},
		OrderHeld{Order: "1001", Reason: "test", By: "V1"},
		OrderReleased{Order: "1001", By: "V1"},
		RestQueued{Order: "1001", By: "V1"},
		ShopRefused{Entry: 7, Shop: "web", Kind: "shipment", Order: "1001"},
		NewsDoubted{Parcel: "1001-1", Order: "1001", Code: "delivery-withdrawn", Event: "e2", With: "e1"},
		MassDoubted{SKU: "TEA", Says: 100 * unit.Gram, Weighs: 120 * unit.Gram, Parcels: 4},
		LabelCopied{Order: "1001", Parcel: "1001-1", Document: "D1", Account: "0011"},
		ClaimsReleased{Of: "S1", Orders: []string{"1001"}, Reason: "other", By: "V1"},
		ClaimClashed{Order: "1001", Other: "S2"},
		ChangeOverruled{Table: "cartons", Row: "XL", More: 2},
		RightsChanged{Rights: []RightChange{{Action: people.Void, Was: "second yes yes yes", Is: "no yes yes yes reason"}}, By: "A1"},
		PeopleChanged{People: []PersonChange{{Person: "P1", What: PersonAltered, Role: station.Manager, Was: station.Packer}}, By: "M1", Account: "0011"},
	}
	if len(Events()) != len(said)+1 || len(Facts()) != len(said) { // CasesResolved has the facts of CaseResolved
		t.Fatal("a type of the desk is not tried")
	}
	var rows []journal.Row
	for _, f := range said {
		input, facts, err := codec.Encode(pack.Input{ID: "desk.1", At: eight, Event: f}, []pack.Fact{f})
		if err != nil {
			t.Fatal(err)
		}
		row := chain.Next(eight, input, facts)
		chain = chain.After(row)
		rows = append(rows, row)
	}
	all := func(yield func(journal.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
	var failed error
	n := 0
	for e := range journal.Entries(all, codec, &failed) {
		in, _, err := codec.Decode(rows[n])
		if err != nil || !reflect.DeepEqual(e.Facts, []pack.Fact{said[n]}) || !reflect.DeepEqual(in.Event, pack.Event(said[n])) {
			t.Errorf("row %d came back as %+v, %+v, %v", e.Seq, in.Event, e.Facts, err)
		}
		n++
	}
	if failed != nil || n != len(said) {
		t.Errorf("%d rows, %v", n, failed)
	}
	rows[1].Facts = []byte("[{]")
	n = 0
	for range journal.Entries(all, codec, &failed) {
		n++
	}
	if failed == nil || n != 1 {
		t.Errorf("a broken row gives %d entries and %v", n, failed)
	}
}
