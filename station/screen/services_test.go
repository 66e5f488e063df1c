package screen

import (
	"testing"

	"packbench/station/pack"
	"packbench/station/unit"
)

func labelled() BenchInputs {
	in := sample(pack.Closing)
	eur := func(n int64) unit.Money { return unit.Money{Minor: n, Currency: "EUR"} }
	in.State.Work.Parcel = pack.Parcel{
		ID: "S1-7", Service: "express", Label: &pack.Label{SSCC: "340123450000000017", Tracking: "DX17"},
		Quotes: []pack.Quote{
			{Service: "slow", Name: "Demo Parcel", Price: eur(400), Allowed: true, Reason: "arrives 2 days after the promise"},
			{Service: "express", Name: "Demo Express", Price: eur(740), Allowed: true, Chosen: true, Reason: "cheapest that keeps the promise"},
			{Service: "velo", Name: "Velo", Reason: "does not go there"},
		},
	}
	prints(&in, pack.DocumentLabel, pack.PrintPrinted, "")
	return in
}

// Another service voids a printed label: a touch asks for it, and the bench asks
// whether that is meant.
func TestAnotherServiceIsAskedAbout(t *testing.T) {
	in := labelled()
	rows := Bench(in).Bench.Services
	if len(rows) != 3 || !rows[0].Chosen || rows[0].Take.Enabled || rows[2].Take.Enabled || rows[1].Why != "Arrives 2 days after the promise" {
		t.Fatalf("the choice reads %+v", rows)
	}
	first := rows[1].Take.Intent
	if first.Command.Name != "service" || first.Command.Value != "slow" || first.Command.Sure || rows[1].Take.Key != "" {
		t.Fatalf("a touch gives %+v", rows[1].Take)
	}
}

func TestServicesWithoutALabel(t *testing.T) {
	in := labelled()
	in.State.Phase, in.State.Work.Parcel.Label, in.State.Documents = pack.Labelling, nil, nil
	if take := Bench(in).Bench.Services[1].Take; !take.Enabled || take.Intent.Kind != IntentCommand {
		t.Errorf("no label is lost, yet a touch gives %+v", take)
	}
	in.State.Pending = map[string]pack.Effect{"e1": {Kind: pack.EffectBuy, Parcel: "S1-7"}}
	if take := Bench(in).Bench.Services[1].Take; take.Enabled {
		t.Error("another service is offered while a label is being bought")
	}
}

// What needs the packer's eye is not crowded by the services.
func TestServicesStandBack(t *testing.T) {
	in := labelled()
	prints(&in, pack.DocumentLabel, pack.PrintTrouble, "")
	if rows := Bench(in).Bench.Services; rows != nil {
		t.Errorf("the printer is out of paper and %d services are listed", len(rows))
	}
	in = labelled()
	refuse(&in, pack.Verdict{Code: pack.CodeLabelWrongBox, OtherOrder: "1043"})
	if rows := Bench(in).Bench.Services; rows != nil {
		t.Errorf("the label is on the wrong box and %d services are listed", len(rows))
	}
}

func TestServiceTakenByHandSaysSo(t *testing.T) {
	in := labelled()
	in.State.Work.Parcel.Service = "slow"
	rows := Bench(in).Bench.Services
	if rows[0].Why != "Chosen by hand: arrives 2 days after the promise" || rows[1].Why != "The bench's choice: cheapest that keeps the promise" {
		t.Errorf("said: %q, %q", rows[0].Why, rows[1].Why)
	}
}

// Each term of the choice is on the screen, beside the price (C3).
func TestExpectedCostIsShown(t *testing.T) {
	in := labelled()
	in.State.Work.Parcel.Quotes[1].Reliability = 942
	in.State.Work.Parcel.Quotes[1].Terms = []pack.Term{{Name: "late", Minor: 23}, {Name: "lost", Minor: 5}, {Name: "rule 2, Green", Minor: -150}}
	in.State.Work.Parcel.Quotes[0].Terms = []pack.Term{{Name: "late", Minor: 1000}}
	rows := Bench(in).Bench.Services
	if want := "94 % on time, +0.23 for delays, +0.05 for losses, −1.50 for rule 2, Green"; rows[0].OnTime != want || rows[1].OnTime != "+10.00 for delays" {
		t.Errorf("said: %q, %q", rows[0].OnTime, rows[1].OnTime)
	}
}
