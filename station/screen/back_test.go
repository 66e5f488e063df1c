package screen

import (
	"reflect"
	"testing"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
)

// V7: Esc and F2 lead out of whatever the bench waits to be told, on every page, and
// so does something that can be touched.
func TestEscLeadsOutOfWhatIsAsked(t *testing.T) {
	cancel := &pack.Question{Code: pack.CodeCancelled, Choices: []pack.Choice{{N: 1, Text: "cancel", Command: &pack.Command{Name: "cancel", Sure: true}}}}
	for name, c := range map[string]struct {
		phase pack.Phase
		waits func(*pack.State)
	}{
		"a question while packing":  {pack.Packing, func(s *pack.State) { s.Question = cancel }},
		"a question while weighing": {pack.Weighing, func(s *pack.State) { s.Question = cancel }},
		"a question while closing":  {pack.Closing, func(s *pack.State) { s.Question = cancel }},
		"a question between orders": {pack.Idle, func(s *pack.State) { s.Work, s.Question = nil, cancel }},
		"a badge":                   {pack.Closing, func(s *pack.State) { s.Wanted = &pack.Wanted{Needs: station.Supervisor} }},
		"a badge between orders":    {pack.Idle, func(s *pack.State) { s.Work, s.Wanted = nil, &pack.Wanted{Needs: station.Supervisor} }},
		"what comes out":            {pack.Packing, func(s *pack.State) { s.Removing = true }},
		"one of several":            {pack.Packing, func(s *pack.State) { s.Count = 3 }},
		"a service": {pack.Choosing, func(s *pack.State) {
			s.Work.Parcel.Quotes = []pack.Quote{{Service: "post", Allowed: true, Chosen: true}}
		}},
		"the driver": {pack.Idle, func(s *pack.State) { s.Work, s.Loading = nil, &pack.Loading{Carrier: "post", Driver: true} }},
	} {
		in := sample(c.phase)
		c.waits(&in.State)
		v := Bench(in)
		v.Focus = "do:park"
		touched := false
		for _, a := range v.Targets() {
			touched = touched || a.Command == "back" && a.Intent.Command.Name == "back"
		}
		if !touched {
			t.Errorf("%s: nothing to touch leads back", name)
		}
		for _, key := range []string{"Esc", "F2"} {
			if key == "F2" && c.phase == pack.Idle || key == "F2" && c.phase == pack.Closing {
				continue // it is another button's there
			}
			if i, _ := Press(v, key); i.Command.Name != "back" && i.Command.Name != "undo" {
				t.Errorf("%s: %s is %+v", name, key, i)
			}
		}
	}
}

// V6: the button that asked does nothing while its question stands.
func TestTheButtonThatAskedIsOff(t *testing.T) {
	in := sample(pack.Packing)
	in.State.Armed = "cancel"
	for _, a := range Bench(in).Bench.Actions {
		if a.Command == "cancel" && a.Enabled {
			t.Errorf("%+v", a)
		}
	}
}

// V9: what is rare has its own number, whatever else can be done.
func TestTheNumbersOfTheHelpStay(t *testing.T) {
	keys := map[string]string{}
	number := func(in BenchInputs) {
		in.Help = true
		for _, a := range Bench(in).Help.More {
			label := a.Label
			if len(label) > 12 {
				label = label[:12]
			}
			if was := keys[label]; was != "" && was != a.Key {
				t.Errorf("%s is %s, and was %s", a.Label, a.Key, was)
			}
			keys[label] = a.Key
		}
	}
	for _, phase := range []pack.Phase{pack.Packing, pack.Weighing} {
		in := sample(phase)
		number(in)
		in.NoScale = true
		number(in)
	}
	for _, last := range []*LastParcel{nil, {ID: "1016-1"}} {
		for _, shown := range []*pack.Shown{nil, {Order: "1016", Parcel: "1016-1"}} {
			in := sample(pack.Idle)
			in.State.Work, in.Last, in.State.Shown = nil, last, shown
			number(in)
		}
	}
}

// V10: what the scale says does not take the card from a label that must be destroyed.
func TestAVoidLabelStaysOnTheCard(t *testing.T) {
	in := sample(pack.Weighing)
	in.State.Question = &pack.Question{Code: pack.CodeVoided, Choices: []pack.Choice{{N: 1, Text: "label-destroyed", Command: &pack.Command{Name: "back"}}}}
	in.State.Recent = []*pack.Verdict{
		{Kind: pack.Refused, Code: pack.CodeWeightNone},
		{Kind: pack.Accepted, Code: pack.CodeReopened, Parcel: "1016-1"},
	}
	b := Bench(in).Bench
	if b.Card.Head != "Open again" || b.Next.Text != "Tear off the old label" || b.Question.Title != "Tear off the old label" || len(b.Question.Choices) != 1 {
		t.Errorf("%+v; %+v; %+v", b.Card, b.Next, b.Question)
	}
	in.State.Question = nil
	if head := Bench(in).Bench.Card.Head; head == "Open again" {
		t.Error("it stays for ever")
	}
}

// V17: the shop's own words are on the card, and in no verdict.
func TestAHeldOrderNamesItsReason(t *testing.T) {
	in := sample(pack.Idle)
	in.State.Work = nil
	in.State.Recent = []*pack.Verdict{{Kind: pack.Refused, Code: pack.CodeOrderHeld, Order: "7", Why: pack.SeeOrder}}
	in.Why = "payment of A. Sample is late"
	if d := Bench(in).Bench.Card.Detail; d != "Order 7 is on hold (payment of A. Sample is late)" {
		t.Error(d)
	}
}

// V11: where no carrier takes the parcel it says why, and they can be asked again.
func TestNoCarrierIsToldAndAskedAgain(t *testing.T) {
	in := sample(pack.Choosing)
	in.State.Work.Parcel.Quotes = nil
	b := Bench(in).Bench
	again := false
	for _, a := range b.Actions {
		again = again || a.Command == "retry" && a.Enabled
	}
	if b.Next.Text != "No carriers imported" || !again {
		t.Errorf("%+v; %+v", b.Next, b.Actions)
	}
}

// V19: our own tracking number is no stranger.
func TestOurOwnTrackingNumberIsKnown(t *testing.T) {
	view := Trace(TraceInputs{Result: &Traced{Verdict: "foreign", Number: true, Reason: "tracking number of 1003-1: scan the square code"}})
	if c := view.Trace.Card; c.Head != "Tracking number" || c.Detail != "Tracking number of 1003-1" || c.Step != "Scan the square code" || c.Kind != pack.Asked {
		t.Errorf("%+v", c)
	}
}

// Esc leads from every page to that of the bench, from what is asked on it first.
func TestEscLeadsToTheBench(t *testing.T) {
	who := pack.Person{ID: "p1", Role: station.Manager}
	linking := CasesInputs{Frame: Frame{Person: who}, Shown: &CaseStory{Case: cases.Case{ID: "S1.7"}}, Link: &LinkOffer{Case: "S1.7"}}
	if in, _ := Press(Cases(linking), "Esc"); in.Kind != IntentCase || in.Value != CaseLeave {
		t.Errorf("a code that is being linked: Esc is %+v", in)
	}
	for page, v := range map[string]View{
		"cases": Cases(CasesInputs{Frame: Frame{Person: who}}), "shift": Shift(ShiftInputs{Frame: Frame{Person: who}}),
		"settings": Settings(SettingsInputs{Frame: Frame{Person: who}}), "dock": Dock(DockInputs{Frame: Frame{Person: who}}),
		"trace": Trace(TraceInputs{Frame: Frame{Person: who}}),
	} {
		if in, _ := Press(v, "Esc"); in.Kind != IntentPage || in.Name != "bench" {
			t.Errorf("%s: Esc is %+v", page, in)
		}
	}
	v := Settings(SettingsInputs{}) // nobody is signed in where a shop has no people yet
	if in, _ := Press(v, "Esc"); in.Name != string(PageShop) || !reflect.DeepEqual(v.Settings.Tabs[0].Intent, in) {
		t.Errorf("settings of a new shop: Esc is %+v, the first tab %+v", in, v.Settings.Tabs[0])
	}
}
