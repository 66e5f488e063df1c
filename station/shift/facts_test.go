package shift

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// written are rows of one bench with these facts, a minute apart, from a time on.
func written(from time.Time, rows ...[]pack.Fact) []journal.Entry {
	var out []journal.Entry
	for i, facts := range rows {
		out = append(out, journal.Entry{Writer: "S1", Seq: int64(i + 1), At: from.Add(time.Duration(i) * time.Minute), Facts: facts})
	}
	return out
}

func row(facts ...pack.Fact) []pack.Fact { return facts }

func taken(order string) pack.Fact {
	return pack.OrderTaken{Order: pack.OrderInfo{ID: order}, Parcel: order + "-1"}
}

func units(qty int, how pack.How) pack.Fact {
	return pack.UnitsMoved{Action: pack.Action{SKU: "TEA", Qty: qty, How: how}}
}

func boxed(order string, contents ...pack.Content) pack.Fact {
	return pack.ParcelDone{
		Parcel: order + "-1", Order: order, Service: "comet-next", Carrier: "Comet", Price: unit.Money{Minor: 490, Currency: "EUR"}, Mass: unit.Kilogram, Contents: contents,
	}
}

func tea(qty int) pack.Content { return pack.Content{SKU: "TEA", Qty: qty} }

func loaded(order string) pack.Fact {
	return pack.ParcelLoaded{Loaded: pack.Loaded{Parcel: order + "-1"}}
}

func printed(kind string, state pack.PrintState) pack.Fact {
	return pack.DocumentStood{Printing: pack.Printing{Document: pack.Document{Kind: kind, Of: "1-1"}, State: state}}
}

// told is a book's balances without what is zero.
func told(b Book) string {
	var out []string
	for _, bal := range b.Balances {
		side := func(list []Amount) string {
			var parts []string
			for _, a := range list {
				if a.N != 0 {
					parts = append(parts, fmt.Sprintf("%s %d", a.Name, a.N))
				}
			}
			return strings.Join(parts, " + ")
		}
		text := bal.Of + ": " + side(bal.Left) + " = " + side(bal.Right)
		if len(bal.Gaps) > 0 {
			text += " gaps " + strings.Join(bal.Gaps, " ")
		}
		out = append(out, text)
	}
	return strings.Join(out, "\n")
}

// TestBalancesOfFacts has the facts of one bench; before says how many of its
// rows were written the day before.
func TestBalancesOfFacts(t *testing.T) {
	label, ship := pack.LabelKept{Parcel: "1-1"}, row(pack.LabelKept{Parcel: "1-1"}, boxed("1", tea(2)))
	full := row(taken("1"), units(2, pack.ByScan))
	ref := pack.ParcelRef{ID: "1-1", Order: "1", Contents: []pack.Content{tea(2)}}
	again := pack.ParcelReopened{Parcel: ref}
	shut := row(pack.OrderClosed{Order: "1"})
	tests := []struct {
		name   string
		before int
		rows   [][]pack.Fact
		want   string
	}{
		{"an order of one parcel", 0, [][]pack.Fact{full, ship, shut}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = closed 1`},
		{"a short one", 0, [][]pack.Fact{full, ship, row(pack.OrderClosed{Order: "1", Short: 1})}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = short 1`},
		{"weighed, not labelled yet", 0, [][]pack.Fact{full, row(pack.WeightTaken{})}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, without label 1
orders: opened 1 = still open 1`},
		{"labelled, not printed yet", 0, [][]pack.Fact{full, row(pack.WeightTaken{}), row(label)}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, not printed 1
orders: opened 1 = still open 1`},
		{"printed, not scanned back yet", 0, [][]pack.Fact{full, row(label), row(printed(pack.DocumentLabel, pack.PrintPrinted))}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, not scanned back 1
orders: opened 1 = still open 1`},
		{"sent to the printer, as much as anybody can tell", 0, [][]pack.Fact{full, row(label), row(printed(pack.DocumentLabel, pack.PrintSent))}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, not scanned back 1
orders: opened 1 = still open 1`},
		{"in trouble, and a paper printed", 0, [][]pack.Fact{full, row(label), row(printed(pack.DocumentLabel, pack.PrintTrouble), printed("slip", pack.PrintPrinted))}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, not printed 1
orders: opened 1 = still open 1`},
		{"weighed and opened again", 0, [][]pack.Fact{full, row(pack.WeightTaken{}), row(pack.WeightDropped{})}, `
units: accepted 2 = in open parcels 2
parcels:  = 
orders: opened 1 = still open 1`},
		{"opened again that was weighed the day before", 2, [][]pack.Fact{full, row(pack.WeightTaken{}), row(pack.WeightDropped{})}, `
units: from yesterday 2 = in open parcels 2
parcels: from yesterday 1 = opened again 1
orders: from yesterday 1 = still open 1`},
		{"never weighed, dropped", 0, [][]pack.Fact{full, row(pack.WeightDropped{})}, `
units: accepted 2 = in open parcels 2
parcels:  = 
orders: opened 1 = still open 1`},
		{"voided on the bench and labelled anew", 0, [][]pack.Fact{full, row(label), row(pack.LabelVoided{Parcel: "1-1"}), ship}, `
units: accepted 2 = in closed parcels 2
parcels: packed 2 = voided 1 + still open, on the dock 1
orders: opened 1 = still open 1`},
		{"voided on the bench, then taken apart", 0, [][]pack.Fact{full, row(label), row(pack.LabelVoided{Parcel: "1-1"}), row(pack.WeightDropped{})}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"voided on the dock", 0, [][]pack.Fact{full, ship, row(pack.LabelVoided{Parcel: "1-1"})}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"reopened", 0, [][]pack.Fact{full, ship, row(again), row(units(-1, pack.ByRemove))}, `
units: accepted 2 + removed -1 = in open parcels 1
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"reopened that was closed the day before", 2, [][]pack.Fact{full, ship, row(again)}, `
units: reopened 2 = in open parcels 2
parcels: from yesterday 1 = voided 1
orders: from yesterday 1 = still open 1`},
		{"reopened after it was voided", 0, [][]pack.Fact{full, ship, row(pack.LabelVoided{Parcel: "1-1"}), row(again)}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"reopened in place of an empty one", 0, [][]pack.Fact{full, ship, row(pack.ParcelBegun{Parcel: "1-2"}), row(again), row(label)}, `
units: accepted 2 = in open parcels 2
parcels: packed 2 = voided 1 + still open, not printed 1
orders: opened 1 = still open 1`},
		{"a removal that was undone is no second unit", 0, [][]pack.Fact{full, row(units(-2, pack.ByRemove)), row(units(2, pack.ByUndo))}, `
units: accepted 2 = in open parcels 2
parcels:  = 
orders: opened 1 = still open 1`},
		{"given up", 0, [][]pack.Fact{full, row(pack.OrderLeft{Order: "1", Units: 2})}, `
units: accepted 2 + removed -2 = 
parcels:  = 
orders: opened 1 = cancelled 1`},
		{"given up once it was weighed", 0, [][]pack.Fact{full, row(pack.WeightTaken{}), row(pack.OrderLeft{Order: "1", Units: 2})}, `
units: accepted 2 + removed -2 = 
parcels:  = 
orders: opened 1 = cancelled 1`},
		{"parked for another order, and resumed", 0, [][]pack.Fact{
			full, row(pack.OrderParked{Order: "1"}), row(taken("2"), units(3, pack.ByCount)), row(pack.OrderLeft{Order: "2", Units: 3}), row(pack.OrderResumed{Order: "1"}), ship, shut,
		}, `
units: accepted 5 + removed -3 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 2 = closed 1 + cancelled 1`},
		{"loaded and gone", 0, [][]pack.Fact{full, ship, row(loaded("1")), row(pack.ManifestClosed{})}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = handed over 1
orders: opened 1 = still open 1`},
		{"loaded and taken out again", 0, [][]pack.Fact{full, ship, row(loaded("1")), row(pack.ParcelUnloaded{Loaded: pack.Loaded{Parcel: "1-1"}}), row(pack.ManifestClosed{})}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = still open 1`},
		{"a second parcel, begun twice", 0, [][]pack.Fact{full, ship, row(pack.ParcelBegun{Parcel: "1-2"}), row(pack.ParcelBegun{Parcel: "1-2"}), shut}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = closed 1`},
		{"nothing of a product is no contents", 0, [][]pack.Fact{full, row(label, boxed("1", tea(2), pack.Content{SKU: "MUG"}))}, `
units: accepted 2 = in closed parcels 2
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = still open 1`},

		{"an order taken twice", 0, [][]pack.Fact{row(taken("1")), row(taken("1"))}, `
units:  = 
parcels:  = 
orders: opened 2 = still open 1 gaps 1`},
		{"an order taken beside another", 0, [][]pack.Fact{row(taken("1")), row(taken("2"))}, `
units:  = 
parcels:  = 
orders: opened 2 = still open 2 gaps 1`},
		{"a parcel begun that has units", 0, [][]pack.Fact{full, row(pack.ParcelBegun{Parcel: "1-1"})}, `
units: accepted 2 = in open parcels 2
parcels:  =  gaps 1-1
orders: opened 1 = still open 1`},
		{"a parcel begun that has one unit", 0, [][]pack.Fact{row(taken("1"), units(1, pack.ByScan)), row(pack.ParcelBegun{Parcel: "1-1"})}, `
units: accepted 1 = in open parcels 1
parcels:  =  gaps 1-1
orders: opened 1 = still open 1`},
		{"a parcel begun that is closed", 0, [][]pack.Fact{row(taken("1"), label, boxed("1")), row(pack.ParcelBegun{Parcel: "1-1"})}, `
units:  = 
parcels: packed 1 = still open, on the dock 1 gaps 1-1
orders: opened 1 = still open 1`},
		{"an order resumed that was not parked", 0, [][]pack.Fact{row(pack.OrderResumed{Order: "1"})}, `
units:  = 
parcels:  = 
orders:  =  gaps 1`},
		{"an order closed that was never opened", 0, [][]pack.Fact{shut}, `
units:  = 
parcels:  = 
orders:  = closed 1 gaps 1`},
		{"an order closed with units in its open parcel", 0, [][]pack.Fact{full, shut}, `
units: accepted 2 = in open parcels 2 gaps 1-1
parcels:  = 
orders: opened 1 = closed 1`},
		{"an order closed while its parcel is weighed", 0, [][]pack.Fact{row(taken("1"), pack.WeightTaken{}), shut}, `
units:  =  gaps 1-1
parcels: packed 1 = still open, without label 1
orders: opened 1 = closed 1`},
		{"given up with other units than went in", 0, [][]pack.Fact{full, row(pack.OrderLeft{Order: "1", Units: 1})}, `
units: accepted 2 + removed -1 =  gaps 1-1
parcels:  = 
orders: opened 1 = cancelled 1`},
		{"given up where no parcel is open", 0, [][]pack.Fact{row(pack.OrderLeft{Order: "1", Units: 1})}, `
units: removed -1 =  gaps S1.1
parcels:  = 
orders:  = cancelled 1 gaps 1`},
		{"units where no parcel is open", 0, [][]pack.Fact{row(units(1, pack.ByScan)), row(units(1, pack.ByScan))}, `
units: accepted 2 =  gaps S1.1 S1.2
parcels:  = 
orders:  = `},
		{"more taken out than was in", 0, [][]pack.Fact{full, row(units(-3, pack.ByRemove))}, `
units: accepted 2 + removed -3 = in open parcels -1 gaps 1-1
parcels:  = 
orders: opened 1 = still open 1`},
		{"weighed where no parcel is open", 0, [][]pack.Fact{row(pack.WeightTaken{})}, `
units:  = 
parcels:  =  gaps S1.1
orders:  = `},
		{"labelled twice", 0, [][]pack.Fact{full, row(label), row(label)}, `
units: accepted 2 = in open parcels 2
parcels: packed 1 = still open, not printed 1 gaps 1-1
orders: opened 1 = still open 1`},
		{"a label voided of a parcel that is not here", 0, [][]pack.Fact{row(pack.LabelVoided{Parcel: "9-1"})}, `
units:  = 
parcels:  =  gaps 9-1
orders:  = `},
		{"closed without a label", 0, [][]pack.Fact{full, row(boxed("1", tea(2)))}, `
units: accepted 2 = in closed parcels 2
parcels:  = still open, on the dock 1 gaps 1-1
orders: opened 1 = still open 1`},
		{"closed with other contents", 0, [][]pack.Fact{full, row(label, boxed("1", tea(3)))}, `
units: accepted 2 = in closed parcels 3 gaps 1-1
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = still open 1`},
		{"closed as if nothing had gone in", 0, [][]pack.Fact{full, row(label, boxed("1"))}, `
units: accepted 2 =  gaps 1-1
parcels: packed 1 = still open, on the dock 1
orders: opened 1 = still open 1`},
		{"reopened over a parcel with units", 0, [][]pack.Fact{full, ship, row(pack.ParcelBegun{Parcel: "1-2"}, units(1, pack.ByHand)), row(again)}, `
units: accepted 3 = in open parcels 2 gaps 1-2
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"reopened with other contents", 0, [][]pack.Fact{full, row(label, boxed("1", tea(2))), row(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "1-1", Contents: []pack.Content{tea(1)}}})}, `
units: accepted 2 = in open parcels 1 gaps 1-1
parcels: packed 1 = voided 1
orders: opened 1 = still open 1`},
		{"reopened that is not closed", 0, [][]pack.Fact{row(pack.ParcelReopened{Parcel: ref})}, `
units:  = in open parcels 2
parcels:  =  gaps 1-1
orders:  = `},
		{"reopened that is open here", 0, [][]pack.Fact{full, row(again)}, `
units: reopened 2 + accepted 2 = in open parcels 2
parcels:  =  gaps 1-1
orders: opened 1 = still open 1`},
		{"loaded that is not on the dock", 0, [][]pack.Fact{full, row(loaded("1"))}, `
units: accepted 2 = in open parcels 2
parcels:  =  gaps 1-1
orders: opened 1 = still open 1`},
		{"loaded that is nowhere", 0, [][]pack.Fact{row(loaded("1"))}, `
units:  = 
parcels:  =  gaps 1-1
orders:  = `},
		{"gaps of the day before are not this day's", 1, [][]pack.Fact{shut, full}, `
units: accepted 2 = in open parcels 2
parcels:  = 
orders: opened 1 = still open 1`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			day := Day(Date{2026, 3, 30}, time.UTC)
			b, _ := Sheet(Carry{}, day, slices.Values(written(day.From.Add(-time.Duration(tt.before)*time.Minute), tt.rows...)))
			if got := told(b); got != strings.TrimPrefix(tt.want, "\n") {
				t.Errorf("got\n%s\nwant%s", got, tt.want)
			}
		})
	}
}

// TestMissingRowShowsInEveryBalance: nobody knows what stood in it.
func TestMissingRowShowsInEveryBalance(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	entries := written(day.From, row(taken("1")), nil, row(units(2, pack.ByScan)))
	b, _ := Sheet(Carry{}, day, slices.Values(slices.Delete(entries, 1, 2)))
	for _, bal := range b.Balances {
		if !slices.Equal(bal.Gaps, []string{"S1.2"}) {
			t.Errorf("%s: gaps %v", bal.Of, bal.Gaps)
		}
	}
}

// TestOrderOpenAtTwoBenches: the second one took what was not free.
func TestOrderOpenAtTwoBenches(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	one, two := written(day.From, row(taken("1"))), written(day.From.Add(time.Hour), row(taken("1")))
	two[0].Writer = "S2"
	b, _ := Sheet(Carry{}, day, slices.Values(one), slices.Values(two))
	if !slices.Equal(b.Balances[2].Gaps, []string{"1"}) {
		t.Errorf("orders: %+v", b.Balances[2])
	}
}

// TestEmptyParcelOfAClosedOrderIsForgotten: no book carries it for ever.
func TestEmptyParcelOfAClosedOrderIsForgotten(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	_, carry := Sheet(Carry{}, day, slices.Values(written(day.From,
		row(taken("1"), pack.LabelKept{Parcel: "1-1"}, boxed("1")), row(pack.ParcelBegun{Parcel: "1-2"}), row(pack.OrderClosed{Order: "1"}),
		row(taken("2")), row(pack.OrderLeft{Order: "2"}))))
	if len(carry.Parcels) != 1 || carry.Parcels["1-1"].Stage != StageDock || len(carry.Orders) > 0 {
		t.Errorf("still open: %+v", carry)
	}
}

// TestVanLeavesWithItsOwnParcels: another bench's van is still here.
func TestVanLeavesWithItsOwnParcels(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	one := written(day.From, row(taken("1"), pack.LabelKept{Parcel: "1-1"}, boxed("1")), row(loaded("1")))
	two := written(day.From.Add(time.Hour), row(taken("2"), pack.LabelKept{Parcel: "2-1"}, boxed("2")), row(loaded("2")), row(pack.ManifestClosed{}))
	for i := range two {
		two[i].Writer = "S2"
	}
	_, carry := Sheet(Carry{}, day, slices.Values(one), slices.Values(two))
	if p, here := carry.Parcels["1-1"]; len(carry.Parcels) != 1 || !here || p.Van != "S1" {
		t.Errorf("in the house: %+v", carry.Parcels)
	}
	back := written(day.From, append(slices.Concat(one[0].Facts, one[1].Facts), pack.ParcelUnloaded{Loaded: pack.Loaded{Parcel: "1-1"}}))
	if _, carry := Sheet(Carry{}, day, slices.Values(back)); carry.Parcels["1-1"].Van != "" || carry.Parcels["1-1"].Stage != StageDock {
		t.Errorf("taken out of the van: %+v", carry.Parcels)
	}
}

// TestLogOfVerdicts: what a person did has a line; what counts against the
// accuracy is a scan of goods that should not have been made.
func TestLogOfVerdicts(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	judged := func(v pack.Verdict) []pack.Fact { return row(pack.Judged{Verdict: v}) }
	mass := unit.Kilogram
	entries := written(day.From.Add(8*time.Hour),
		row(pack.SignedInAs{Person: pack.Person{ID: "P1", Role: station.Packer}}, taken("1")),
		judged(pack.Verdict{Kind: pack.Info, Code: pack.CodeWeightZero}),
		judged(pack.Verdict{Kind: pack.Info, Code: pack.CodeOrderProposed}),
		judged(pack.Verdict{Kind: pack.Refused, Code: pack.CodeWeightNone, Order: "1"}),
		judged(pack.Verdict{Kind: pack.Refused, Code: pack.CodeWrongItem, Order: "1"}),
		judged(pack.Verdict{Kind: pack.Refused, Code: pack.CodeUnknownCode}),
		judged(pack.Verdict{Kind: pack.Refused, Code: pack.CodeUnknownCode, Order: "1", Reason: "badge"}),
		judged(pack.Verdict{Kind: pack.Refused, Code: pack.CodeUnknownCode, Order: "1", By: "P2"}),
		judged(pack.Verdict{Kind: pack.Asked, Code: pack.CodeWrongItem, Order: "1"}),
		judged(pack.Verdict{Kind: pack.Accepted, Code: pack.CodeWeightOK, Weight: &pack.Weight{Mass: mass, Typed: true, Author: "V1"}}),
		judged(pack.Verdict{Kind: pack.Accepted, Code: pack.CodeWeightOK, Author: "V2", Weight: &pack.Weight{Mass: mass, Author: "V1"}}),
	)
	b, _ := Sheet(Carry{}, day, slices.Values(entries))
	var log []string
	for _, r := range b.Rows {
		line := fmt.Sprintf("%s %s %s %s", r.At.Format("15:04"), r.Person, r.Verdict, r.Code)
		if r.Mass != nil {
			line += fmt.Sprintf(" %s %v %s", *r.Mass, r.Typed, r.Author)
		}
		log = append(log, line)
	}
	want := []string{
		"08:02 P1 info order-proposed", "08:03 P1 refused weight-none", "08:04 P1 refused wrong-item", "08:05 P1 refused unknown-code",
		"08:06 P1 refused unknown-code", "08:07 P2 refused unknown-code", "08:08 P1 asked wrong-item",
		"08:09 P1 accepted weight-ok 1.000 kg true V1", "08:10 P1 accepted weight-ok 1.000 kg false V2",
	}
	if !slices.Equal(log, want) {
		t.Errorf("log\n%s\nwant\n%s", strings.Join(log, "\n"), strings.Join(want, "\n"))
	}
	refused := map[string]int{}
	for _, w := range b.Packers {
		refused[w.ID] = w.Refused
	}
	if len(refused) != 2 || refused["P1"] != 1 || refused["P2"] != 1 || b.Stations[0].Refused != 2 {
		t.Errorf("refused scans of packers %v, of the station %d", refused, b.Stations[0].Refused)
	}
	if want := []Count{{pack.CodeUnknownCode, 3}, {pack.CodeWeightNone, 1}, {pack.CodeWrongItem, 1}}; !slices.Equal(b.Errors, want) {
		t.Errorf("errors %v", b.Errors)
	}
	if b.Hours[8].Refused != 5 || b.Hours[7].Refused != 0 {
		t.Errorf("hour 8 has %d refusals", b.Hours[8].Refused)
	}
}

// TestPriceStandsInOneRow, that of the verdict which closed the parcel, or the
// last one.
func TestPriceStandsInOneRow(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	closing := func(codes ...pack.Code) []pack.Fact {
		out := row(taken("1"), pack.LabelKept{Parcel: "1-1"}, boxed("1"))
		for _, c := range codes {
			out = append(out, pack.Judged{Verdict: pack.Verdict{Kind: pack.Accepted, Code: c, Order: "1"}})
		}
		return out
	}
	for want, facts := range map[int][]pack.Fact{
		0: closing(pack.CodeParcelClosed, pack.CodeOrderProposed),
		1: closing(pack.CodeOrderProposed, pack.CodeOrderClosed, pack.CodeOrderProposed),
		2: closing(pack.CodeOrderProposed, pack.CodeItem, pack.CodeItem),
	} {
		b, _ := Sheet(Carry{}, day, slices.Values(written(day.From, facts)))
		for i, r := range b.Rows {
			if (r.Price != nil) != (i == want) {
				t.Errorf("row %d, %s: price %v", i, r.Code, r.Price)
			}
		}
		if r := b.Rows[want]; r.Price.String() != "4.90 EUR" || *r.Mass != unit.Kilogram || r.Carrier != "Comet" || r.Service != "comet-next" || r.Parcel != "1-1" {
			t.Errorf("%+v", r)
		}
	}
	if b, _ := Sheet(Carry{}, day, slices.Values(written(day.From, closing()))); len(b.Rows) != 0 || b.Carriers[0].Parcels != 1 {
		t.Errorf("without a verdict: %+v", b.Rows)
	}
}

// TestWorkIsCounted for the packer, the station and the hour.
func TestWorkIsCounted(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	entries := written(day.From.Add(8*time.Hour+55*time.Minute),
		row(pack.SignedInAs{Person: pack.Person{ID: "P1"}}, taken("1")),
		row(units(1, pack.ByScan)), row(units(3, pack.ByCount)), row(units(2, pack.ByHand)), row(units(1, pack.ByPut)), row(units(-2, pack.ByRemove)),
		row(pack.LabelKept{Parcel: "1-1"}, boxed("1", tea(5))), row(pack.OrderClosed{Order: "1"}), row(pack.SignedOff{}), row(taken("2")), row(units(1, pack.ByScan)),
	)
	b, _ := Sheet(Carry{}, day, slices.Values(entries))
	want := []Work{
		{ID: "", Accepted: 1, Scans: 1, Open: time.Minute},
		{ID: "P1", Accepted: 7, Removed: 2, Scans: 2, Parcels: 1, Orders: 1, Open: 7 * time.Minute},
	}
	if !slices.Equal(b.Packers, want) {
		t.Errorf("packers %+v", b.Packers)
	}
	if s := b.Stations[0]; s != (Work{ID: "S1", Accepted: 8, Removed: 2, Scans: 3, Parcels: 1, Orders: 1, Open: 8 * time.Minute}) {
		t.Errorf("station %+v", s)
	}
	if h := b.Hours[8]; h.Accepted != 7 || h.Parcels != 0 {
		t.Errorf("hour 8: %+v", h)
	}
	if h := b.Hours[9]; h.Accepted != -1 || h.Parcels != 1 || h.Orders != 1 {
		t.Errorf("hour 9: %+v", h)
	}
}

// TestRatesOfWork are rounded, and not told where there is nothing to tell.
func TestRatesOfWork(t *testing.T) {
	for _, c := range []struct {
		w               Work
		speed, accuracy int // -1: none
	}{
		{Work{}, -1, -1},
		{Work{Scans: 1}, -1, 1000},
		{Work{Refused: 1}, -1, 0},
		{Work{Scans: 1999, Refused: 1}, -1, 999},
		{Work{Accepted: 3, Removed: 1, Open: time.Second - 1}, -1, -1},
		{Work{Accepted: 3, Removed: 1, Open: time.Second}, 7200, -1},
		{Work{Accepted: 1, Open: 8000 * time.Second}, 0, -1},
		{Work{Accepted: 1, Open: 7200 * time.Second}, 1, -1},
	} {
		speed, ok := c.w.Speed()
		if ok != (c.speed >= 0) || ok && speed != c.speed {
			t.Errorf("%+v: speed %d, %v", c.w, speed, ok)
		}
		accuracy, ok := c.w.Accuracy()
		if ok != (c.accuracy >= 0) || ok && accuracy != c.accuracy {
			t.Errorf("%+v: accuracy %d, %v", c.w, accuracy, ok)
		}
	}
}

// TestCarriersByCurrency: what was voided counts off the cost, in its currency.
func TestCarriersByCurrency(t *testing.T) {
	day := Day(Date{2026, 3, 30}, time.UTC)
	ship := func(order, carrier, currency string) []pack.Fact {
		done := boxed(order).(pack.ParcelDone)
		done.Carrier, done.Price.Currency = carrier, currency
		return row(taken(order), pack.LabelKept{Parcel: order + "-1"}, done, pack.OrderClosed{Order: order})
	}
	entries := written(day.From.Add(-time.Minute), ship("1", "Snail", "EUR"), ship("2", "Comet", "USD"), ship("3", "Comet", "EUR"), ship("4", "Comet", "EUR"),
		row(pack.LabelVoided{Parcel: "4-1"}), row(pack.LabelVoided{Parcel: "1-1"}), row(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "3-1"}}))
	b, _ := Sheet(Carry{}, day, slices.Values(entries))
	var got []string
	for _, c := range b.Carriers {
		got = append(got, fmt.Sprintf("%s %d of %s, %d voided of %s: %s", c.Carrier, c.Parcels, c.Cost, c.Voided, c.Back, c.Net()))
	}
	want := []string{
		"Comet 2 of 9.80 EUR, 2 voided of 9.80 EUR: 0.00 EUR", "Comet 1 of 4.90 USD, 0 voided of 0.00 USD: 4.90 USD",
		"Snail 0 of 0.00 EUR, 1 voided of 4.90 EUR: -4.90 EUR",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
