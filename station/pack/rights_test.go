package pack

import (
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// The right to void a label is asked for whatever voids it, by whatever way, after the
// bench has asked whether that is meant. (A9, V9)
func TestWhateverVoidsALabelAsksForTheRight(t *testing.T) {
	closed := func(d *desk) { d.labelled(); d.printed(); d.give(scanLabel("A", "1042")) }
	open := func(d *desk) { d.labelled(); d.printed() }
	ref := ParcelRef{ID: "1042-1", Order: "1042", SSCC: "A", State: ParcelClosed, Contents: []Content{{Line: "1", SKU: "MUG", Qty: 3}, {Line: "2", SKU: "CANDLE", Qty: 1}}}
	other := ref
	other.ID = "9/1042-1"
	card := func(c Command) Event {
		return Scanned{Raw: "card", Meanings: []Meaning{{Kind: MeansCommand, Command: &c}}}
	}
	ways := map[string]struct {
		begin  func(*desk)
		events []Event
	}{
		"void, touched":             {open, []Event{Command{Name: "void"}, answer(1)}},
		"void, by a script":         {open, []Event{do("void")}},
		"void, its card twice":      {open, []Event{card(Command{Name: "void"}), card(Command{Name: "void"})}},
		"another service, touched":  {open, []Event{Command{Name: "service", Value: "express"}, answer(1)}},
		"another service, a script": {open, []Event{do("service", "express")}},
		"reopen, touched":           {closed, []Event{Command{Name: "reopen", Parcel: &ref}, answer(1)}},
		"reopen, by a script":       {closed, []Event{Command{Name: "reopen", Parcel: &ref, Sure: true}}},
		"reopen, one of two":        {closed, []Event{Command{Name: "reopen", Parcels: []ParcelRef{ref, other}}, answer(1), answer(1)}},
		"reopen, its card twice":    {closed, []Event{card(Command{Name: "reopen", Value: "1042-1", Parcel: &ref}), card(Command{Name: "reopen", Value: "1042-1", Parcel: &ref})}},
	}
	voids := func(d *desk) bool {
		return slices.ContainsFunc(d.facts, func(f Fact) bool {
			_, voided := f.(LabelVoided)
			asked, _ := f.(EffectAsked)
			return voided || asked.Effect.Kind == EffectOpen && asked.Effect.Parcel != ""
		})
	}
	for name, way := range ways {
		d := newDesk(t)
		way.begin(d)
		for i, e := range way.events {
			want := CodeNeedsRole
			v := d.give(e)
			if i < len(way.events)-1 {
				want = v.Code // it asks whether that is meant
			}
			if v.Kind != Asked || v.Code != want || voids(d) {
				t.Fatalf("%s, step %d: %s %s; voided %t", name, i+1, v.Kind, v.Code, voids(d))
			}
		}
		if d.give(badge("p1", station.Packer)); voids(d) {
			t.Errorf("%s: a packer's own badge is enough", name)
		}
		if d.s.Wanted == nil {
			continue
		}
		if d.give(badge("boss", station.Supervisor)); !voids(d) {
			t.Errorf("%s: a supervisor's badge is not enough", name)
		}
	}
	d := newDesk(t)
	d.rules(func(r *Rules) { r.VoidRole = station.Packer })
	closed(d)
	d.give(Command{Name: "reopen", Parcel: &ref})
	if d.give(answer(1)); !voids(d) {
		t.Error("where packers may void they may reopen")
	}
}

// Who allowed a parcel to be opened again is told when it is open. (A9)
func TestAReopenedParcelTellsWhoAllowedIt(t *testing.T) {
	d := newDesk(t)
	d.give(badge("p1", station.Packer))
	d.reopen(sevenRef(ParcelClosed))
	o := order1042()
	o.ID, o.Parcels, o.Begun = "7", []ParcelRef{sevenRef(ParcelClosed)}, 1
	if v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: o}, Accepted, CodeReopened, Packing); v.Author != "boss" || v.By != "p1" {
		t.Errorf("%+v", v)
	}
}

// The second touch of the button is no answer, and a second card of another parcel
// means nothing that was asked. (V6)
func TestTheButtonThatAskedIsNoAnswer(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	for range 3 {
		d.want(Command{Name: "cancel"}, Asked, CodeCancelled, Packing)
	}
	d.want(answer(1), Accepted, CodeCancelled, Idle)

	cards := func(id string) Event {
		ref := sevenRef(ParcelClosed)
		ref.ID = id
		return Scanned{Raw: id, Meanings: []Meaning{{Kind: MeansCommand, Command: &Command{Name: "reopen", Value: id, Parcel: &ref}}}}
	}
	d.want(cards("7-1"), Asked, CodeReopened, Idle)
	d.want(cards("7-2"), Asked, CodeReopened, Idle)
	d.want(cards("7-2"), Asked, CodeNeedsRole, Idle)
}

// The newest question replaces the old one. (V8)
func TestTheNewestQuestionReplacesTheOld(t *testing.T) {
	d := newDesk(t)
	d.packed(order1042())
	d.give(reading(1300 * unit.Gram))
	d.give(Command{Name: "cancel"})
	d.want(Command{Name: "authorise"}, Asked, CodeNeedsRole, Weighing)
	if d.s.Question != nil || d.s.Armed != "" || d.s.Wanted == nil {
		t.Errorf("it waits for a badge, and asks %+v", d.s.Question)
	}
	d.give(Command{Name: "cancel"})
	if d.s.Question == nil || d.s.Wanted != nil {
		t.Errorf("it asks, and waits for the badge of %+v", d.s.Wanted)
	}
}

// A void label stays in mind until somebody says that it is destroyed, whatever comes
// by itself meanwhile; and where none can be on the box nobody is asked. (V10)
func TestAVoidLabelIsDestroyed(t *testing.T) {
	for name, void := range map[string]func(*desk){
		"void":            func(d *desk) { d.give(do("void")); d.give(badge("boss", station.Supervisor)) },
		"another service": func(d *desk) { d.give(do("service", "express")); d.give(badge("boss", station.Supervisor)) },
	} {
		d := newDesk(t)
		d.labelled()
		d.printed()
		void(d)
		for _, e := range []Event{Weighed{Scale: ScaleZero}, reading(1800 * unit.Gram)} {
			d.give(e)
		}
		if !d.s.Question.TornOff() {
			t.Errorf("%s: forgotten, it asks %+v", name, d.s.Question)
		}
		if v := d.give(answer(1)); v.Code != CodeBack || d.s.Question != nil {
			t.Errorf("%s: %s", name, v.Code)
		}
	}
	d := newDesk(t)
	d.labelled()
	d.give(ended(d.printing(DocumentLabel), PrintTrouble, "jam"))
	d.give(do("void"))
	if d.give(badge("boss", station.Supervisor)); d.s.Question != nil {
		t.Errorf("no label came out, and it asks %+v", d.s.Question)
	}
}

// A parcel that no carrier takes is asked for again: by Try again, when its order is
// opened again, and when somebody signs in. (V11)
func TestCarriersAreAskedAgain(t *testing.T) {
	for name, again := range map[string]func(*desk){
		"try again": func(d *desk) { d.give(do("retry")) },
		"resumed": func(d *desk) {
			d.give(do("park"))
			d.give(scanOrder("1042"))
			d.give(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()})
		},
		"signed in": func(d *desk) { d.give(do("sign-out")); d.give(badge("p2", station.Packer)) },
	} {
		d := newDesk(t)
		d.packed(order1042())
		none := reading(1800 * unit.Gram)
		none.Quotes = nil
		if v := d.want(none, Refused, CodeServiceNone, Choosing); v.Reason != ReasonNoCarriers {
			t.Errorf("%+v", v)
		}
		d.quotes = reading(0).Quotes
		again(d)
		if d.s.Phase != Labelling || d.s.Work.Parcel.Service != "post" {
			t.Errorf("%s: in %s, with %d quotes", name, d.s.Phase, len(d.s.Work.Parcel.Quotes))
		}
	}
}
