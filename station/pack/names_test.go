package pack

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/trouble"
)

// TestTagsAreTheirTypesNames: journals are read by them for ever.
func TestTagsAreTheirTypesNames(t *testing.T) {
	events := []Event{
		Started{},
		Scanned{},
		Command{},
		Weighed{},
		OrderReady{},
		OrderRefused{},
		ParcelClaimed{},
		ShopChanged{},
		QuotesReady{},
		Bought{},
		Voided{},
		Printed{},
		Unlocked{},
		ScaleObeyed{},
		EffectDone{},
		EffectFailed{},
	}
	tags := map[string]string{}
	check := func(v any, tag string) {
		name := reflect.TypeOf(v).Name()
		want := strings.ToLower(regexp.MustCompile(`([a-z])([A-Z])`).ReplaceAllString(strings.TrimPrefix(name, "old"), "$1-$2"))
		if name == "SignedInAs" {
			want = "signed-in"
		}
		if tag != want || tags[tag] != "" {
			t.Errorf("%s has the tag %q, want %q; and so has %q", name, tag, want, tags[tag])
		}
		tags[tag] = name
	}
	for _, f := range append(Facts(), OldFacts()...) {
		check(f, f.Tag())
	}
	for _, e := range events {
		check(e, e.Tag())
	}
	for _, tag := range OldEvents() {
		if tags[tag] != "" {
			t.Errorf("%s is of today", tag)
		}
	}
}

// TestAnyFactAnywhere: journals that were torn or put together wrongly replay all
// the same, to some state.
func TestAnyFactAnywhere(t *testing.T) {
	facts := append(Facts(), OldFacts()...)
	for _, to := range []Phase{SignedOut, Idle, Opening, Packing, Weighing, Choosing, Labelling, Closing, Locked, "dancing"} {
		facts = append(facts, Moved{To: to})
	}
	facts = append(facts,
		OrderResumed{Order: "9"}, UnitsMoved{Action{Line: "9", Qty: 1}}, UnitsMoved{Action{Line: "1", Qty: -1, How: ByUndo}}, LineConfirmed{Line: "9"},
		LineShort{Line: "9", Qty: 1}, LabelKept{Parcel: "9"}, LabelTroubled{Parcel: "9"}, LabelVoided{Parcel: "9"}, ParcelLoaded{Manifest: "M"},
		ParcelReopened{Parcel: ParcelRef{ID: "9", Contents: []Content{{Line: "9", SKU: "TEA", Qty: 1}}}}, DocumentStood{Printing: Printing{Document: Document{"slip", "9"}, State: PrintSent}})
	for _, at := range situations {
		d := newDesk(t)
		at.play(d)
		before := asJSON(t, d.s)
		for _, f := range facts {
			_ = Fold(d.s, Upcast(f))
			if asJSON(t, d.s) != before {
				t.Fatalf("%s: %s changes the state that it was given", at.name, f.Tag())
			}
		}
	}
}

// TestFactsOfOld says what each of them is today.
func TestFactsOfOld(t *testing.T) {
	stood := func(kind, of string, state PrintState, words string, reason string) Fact {
		return DocumentStood{Printing: Printing{Document: Document{kind, of}, State: state, Trouble: recorded(words)}, Reason: reason}
	}
	asked := func(e Effect) Fact { return EffectAsked{Effect: e} }
	for _, c := range []struct{ old, want Fact }{
		{oldLabelPrinted{Parcel: "1-1", State: PrintTrouble, Words: "jam"}, stood(DocumentLabel, "1-1", PrintTrouble, "jam", "")},
		{oldLabelReprinted{Parcel: "1-1", Reason: "lost"}, stood(DocumentLabel, "1-1", PrintAsked, "", "lost")},
		{oldPaperAsked{Parcel: "1-1", Paper: "slip", Reason: "lost"}, stood("slip", "1-1", PrintAsked, "", "lost")},
		{oldPaperStood{Parcel: "1-1", Paper: "slip", State: PrintSent}, stood("slip", "1-1", PrintSent, "", "")},
		{oldManifestReprinted{Manifest: "M-1", Reason: "lost"}, stood(DocumentManifest, "M-1", PrintAsked, "", "lost")},
		{
			oldManifestPrinted{Manifest: "M-1", Carrier: "post", Key: "S1.1.1", Reprint: 2, State: PrintUnknown, Words: "jam"},
			DocumentStood{Printing: Printing{Document: Document{DocumentManifest, "M-1"}, Carrier: "post", Key: "S1.1.1", Copy: 2, State: PrintUnknown, Trouble: recorded("jam")}},
		},
		{asked(Effect{Kind: EffectPrint, Parcel: "1-1"}), asked(Effect{Kind: EffectPrint, Document: Document{DocumentLabel, "1-1"}})},
		{asked(Effect{Kind: "paper", Do: "slip", Parcel: "1-1"}), asked(Effect{Kind: EffectPrint, Document: Document{"slip", "1-1"}})},
		{asked(Effect{Kind: "manifest", Manifest: "M-1"}), asked(Effect{Kind: EffectPrint, Document: Document{DocumentManifest, "M-1"}})},
		{asked(Effect{Kind: EffectPrint, Document: Document{"slip", "1-1"}, Parcel: "2"}), asked(Effect{Kind: EffectPrint, Document: Document{"slip", "1-1"}, Parcel: "2"})},
		{asked(Effect{Kind: "label", Parcel: "1-1"}), asked(Effect{Kind: EffectBuy, Parcel: "1-1"})},
		{Moved{To: Idle}, Moved{To: Idle}},
	} {
		if got := Upcast(c.old); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%#v becomes %#v, want %#v", c.old, got, c.want)
		}
	}
}

// TestFactsOfTodayAreNotCopied: a journal holds more verdicts than anything else.
func TestFactsOfTodayAreNotCopied(t *testing.T) {
	var fact Fact = Judged{Verdict{Code: CodeManifest, Reason: ReasonPrinted, By: "p1"}}
	if n := testing.AllocsPerRun(100, func() { fact = Upcast(fact) }); n > 0 {
		t.Errorf("%.0f allocations", n)
	}
}

// TestVerdictsOfOld: what stood under Other goes where it belongs, by the code
// and the reason beside it; words of others were under Reason.
func TestVerdictsOfOld(t *testing.T) {
	for want, v := range map[string]Verdict{
		"Command x":           {Code: CodeNeedsRole, Old: "x"},
		"Carton x":            {Code: CodeCartonFull, Old: "x"},
		"From x":              {Code: CodeTakenOver, Old: "x"},
		"OtherOrder x":        {Code: CodeLabelWrongBox, Old: "x"},
		"Given x":             {Code: CodeServiceNone, Old: "x"},
		"Carrier x":           {Code: CodeHandedOver, Old: "x"},
		"Command x, sure":     {Code: CodeCancelled, Reason: ReasonSure, Old: "x"},
		"Command x, line":     {Code: CodePutBack, Kind: Asked, Reason: ReasonLine, Old: "x"},
		"Given x, line":       {Code: CodeNotNow, Kind: Refused, Reason: ReasonLine, Old: "x"},
		"OtherOrder x, order": {Code: CodeNotNow, Reason: ReasonOrderOpen, Old: "x"},
		"Given x, quantity":   {Code: CodeNotNow, Reason: ReasonQuantity, Old: "x"},
		"Closed":              {Code: CodeLabelPrinted, Old: "closed"},
		"Paper slip":          {Code: CodePaper, Old: "slip"},
		"Carrier slip":        {Code: CodeManifest, Manifest: "M-1", Old: "slip"},
		"Trouble words":       {Code: CodeNotNow, Reason: "words"},
		"Why words":           {Code: CodeOrderHeld, Reason: "words"},
	} {
		v = v.upcast()
		got := ""
		for name, text := range map[string]string{"Command": v.Command, "Carton": v.Carton, "From": v.From, "OtherOrder": v.OtherOrder, "Given": v.Given, "Carrier": v.Carrier, "Paper": v.Paper, "Why": v.Why, "Trouble": v.Trouble.String()} {
			if text != "" {
				got += name + " " + text
			}
		}
		if v.Closed {
			got += "Closed"
		}
		if want, _, _ = strings.Cut(want, ","); got != want || v.Old != "" {
			t.Errorf("%s, want %s; left %q", got, want, v.Old)
		}
	}
}

// TestWhatPeopleCallIt: the numbers of orders and parcels in place of their ids,
// unless two of them would be called alike.
func TestWhatPeopleCallIt(t *testing.T) {
	for _, c := range []struct{ v, want Verdict }{
		{Verdict{Order: "id1", Parcel: "id1-2", Number: "#1"}, Verdict{Order: "#1", Parcel: station.ParcelName("id1-2", "id1", "#1")}},
		{Verdict{Order: "1", Parcel: "1-2"}, Verdict{Order: "1", Parcel: "1-2"}},
		{Verdict{Order: "id1", Number: "#1", OtherOrder: "id2", OtherNumber: "#2"}, Verdict{Order: "#1", OtherOrder: "#2"}},
		{Verdict{Order: "id1", Number: "#1", OtherOrder: "id2", OtherNumber: "#1"}, Verdict{Order: "id1", Number: "#1", OtherOrder: "id2", OtherNumber: "#1"}},
		{Verdict{Order: "id1", Number: "#1", OtherOrder: "id1", OtherNumber: "#1"}, Verdict{Order: "#1", OtherOrder: "#1"}},
		{Verdict{}, Verdict{}},
	} {
		if got := c.v.ForPeople(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v is called %+v, want %+v", c.v, got, c.want)
		}
	}
}

// TestNumbersAreFound wherever the bench has one.
func TestNumbersAreFound(t *testing.T) {
	ref := ParcelRef{ID: "9-1", Order: "id9", Number: "#9", SSCC: "N", State: ParcelClosed, Carrier: "post"}
	hint := OrderHint{ID: "id9", Number: "#9"}
	order := order1042()
	order.ID, order.Number = "id9", "#9"
	idle := func(d *desk) { d.give(badge("p1", station.Packer)) }
	loading := func(d *desk) { idle(d); d.give(Command{Name: "handover", Value: "post", Van: &van}) }
	for name, c := range map[string]struct {
		before func(*desk)
		event  func(*desk) Event
		want   string // number of the order that the verdict names
	}{
		"a scan":           {idle, func(*desk) Event { return Scanned{Meanings: []Meaning{parcelOf(ref)}} }, "#9"},
		"an order at work": {func(d *desk) { d.openOrder(order) }, func(*desk) Event { return do("undo") }, "#9"},
		"news of the shop": {func(d *desk) { d.openOrder(order) }, func(*desk) Event { return ShopChanged{Status: station.OrderHeld, Order: order} }, "#9"},
		"a refusal": {func(d *desk) { idle(d); d.give(scanOrder("id9")) }, func(d *desk) Event {
			return OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "id9", Number: "#9", Code: CodeOrderHeld}
		}, "#9"},
		"a refusal of none": {func(d *desk) { idle(d); d.give(scanOrder("id9")) }, func(d *desk) Event {
			return OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "id9", Code: CodeOrderHeld}
		}, ""},
		"an order ready":         {func(d *desk) { idle(d); d.give(scanOrder("id9")) }, func(d *desk) Event { return OrderReady{Effect: d.pending(EffectOpen).ID, Order: order} }, "#9"},
		"a command's parcel":     {idle, func(*desk) Event { p := ref; p.State = ParcelHandedOut; return Command{Name: "reopen", Parcel: &p} }, "#9"},
		"one of several parcels": {idle, func(*desk) Event { return Command{Name: "reprint", Reason: "lost", Parcels: []ParcelRef{ref}} }, "#9"},
		"a claimed parcel": {
			func(d *desk) { loading(d); d.give(Scanned{Meanings: []Meaning{parcelOf(ref)}}) },
			func(d *desk) Event { return ParcelClaimed{Effect: d.pending(EffectClaim).ID, Parcel: ref} }, "#9",
		},
		"a loaded parcel": {func(d *desk) { loading(d); d.load(ref) }, func(*desk) Event { return do("undo") }, "#9"},
		"an effect that is pending": {
			func(d *desk) {
				idle(d)
				d.give(Scanned{Meanings: []Meaning{{Kind: MeansOrder, Orders: []OrderHint{hint}}}})
			},
			func(d *desk) Event {
				return OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "id9", Code: CodeOrderHeld}
			}, "#9",
		},
		"what was shown": {
			func(d *desk) { idle(d); d.give(Scanned{Meanings: []Meaning{parcelOf(ref)}}) },
			func(*desk) Event {
				return Scanned{Meanings: []Meaning{parcelOf(ParcelRef{ID: "9-1", Order: "id9", SSCC: "N", State: ParcelClosed})}}
			}, "#9",
		},
		"a parked order": {
			func(d *desk) { d.openOrder(order); d.give(do("park")) },
			func(*desk) Event { return Command{Name: "reopen", Parcel: &ParcelRef{ID: "9-1", Order: "id9"}} }, "other #9",
		},
		"a choice that was offered": {
			func(d *desk) {
				idle(d)
				d.give(Scanned{Meanings: []Meaning{{Kind: MeansOrder, Orders: []OrderHint{hint, {ID: "id8"}}}}})
			},
			func(*desk) Event {
				return Command{Name: "reopen", Parcel: &ParcelRef{ID: "9-1", Order: "id9", State: ParcelHandedOut}}
			}, "#9",
		},
		"the parcel of a choice": {
			func(d *desk) {
				idle(d)
				d.give(Command{Name: "reprint", Reason: "lost", Parcels: []ParcelRef{ref, {ID: "8-1", Order: "id8"}}})
			},
			func(*desk) Event {
				return Command{Name: "reopen", Parcel: &ParcelRef{ID: "9-1", Order: "id9", State: ParcelHandedOut}}
			}, "#9",
		},
		"another order's": {idle, func(*desk) Event {
			return Scanned{Meanings: []Meaning{parcelOf(ParcelRef{ID: "8-1", Order: "id8", State: ParcelClosed})}}
		}, ""},
	} {
		d := newDesk(t)
		c.before(d)
		v := d.give(c.event(d))
		got := v.Number
		if v.OtherNumber != "" {
			got = fmt.Sprint("other ", v.OtherNumber)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q: %+v", name, got, c.want, v)
		}
	}
}

// TestWhoWorksOnWhat, for who reads the facts alone.
func TestWhoWorksOnWhat(t *testing.T) {
	var s Subject
	for _, c := range []struct {
		fact Fact
		want Subject
	}{
		{SignedInAs{Person: Person{ID: "p1"}}, Subject{"p1", ""}},
		{OrderTaken{Order: OrderInfo{ID: "1"}}, Subject{"p1", "1"}},
		{WeightDropped{}, Subject{"p1", "1"}},
		{OrderParked{Order: "1"}, Subject{"p1", ""}},
		{OrderResumed{Order: "1"}, Subject{"p1", "1"}},
		{OrderLeft{Order: "1"}, Subject{"p1", ""}},
		{OrderTaken{Order: OrderInfo{ID: "2"}}, Subject{"p1", "2"}},
		{SignedOff{}, Subject{"", "2"}},
		{OrderClosed{Order: "2"}, Subject{}},
	} {
		if s = s.After(c.fact); s != c.want {
			t.Errorf("after %s: %+v, want %+v", c.fact.Tag(), s, c.want)
		}
	}
}

// TestWishesOfOldPrintings: facts of old say how far a document came, and not
// which wish that was of; the effect says it, or what was known before.
func TestWishesOfOldPrintings(t *testing.T) {
	d := newDesk(t)
	d.labelled()
	label := d.printing(DocumentLabel)
	stood := func(state PrintState, words string) Printing {
		d.s = Fold(d.s, Upcast(oldLabelPrinted{Parcel: label.Document.Of, State: state, Words: words}))
		return d.s.Document(DocumentLabel, label.Document.Of)
	}
	want := Printing{Document: label.Document, State: PrintTrouble, Trouble: recorded("jam"), Key: label.Key()}
	if got := stood(PrintTrouble, "jam"); !reflect.DeepEqual(got, want) {
		t.Errorf("pending: %+v, want %+v", got, want)
	}
	d.s = Fold(d.s, EffectEnded{ID: label.ID})
	want.State, want.Trouble = PrintSent, trouble.Trouble{}
	if got := stood(PrintSent, ""); !reflect.DeepEqual(got, want) {
		t.Errorf("ended: %+v, want %+v", got, want)
	}
}

// TestCalledByTheirNumber, and by their id where they have none.
func TestCalledByTheirNumber(t *testing.T) {
	for number, order := range map[string]string{"#1": "#1", "": "id1"} {
		parcel := station.ParcelName("id1-2", "id1", number)
		for got, want := range map[string]string{
			Shown{Order: "id1", Number: number}.Called():                                      order,
			Loaded{Order: "id1", Number: number}.Called():                                     order,
			(&Work{Order: "id1", Number: number}).Called():                                    order,
			OrderHint{ID: "id1", Number: number}.Called():                                     order,
			Shown{Order: "id1", Number: number, Parcel: "id1-2"}.ParcelCalled():               parcel,
			Loaded{Order: "id1", Number: number, Parcel: "id1-2"}.ParcelCalled():              parcel,
			(&Work{Order: "id1", Number: number, Parcel: Parcel{ID: "id1-2"}}).ParcelCalled(): parcel,
			ParcelRef{Order: "id1", Number: number, ID: "id1-2"}.ParcelCalled():               parcel,
		} {
			if got != want {
				t.Errorf("%q is called %q, want %q", number, got, want)
			}
		}
	}
}

// TestListsAreNoOtherDocuments, though these are in trouble too.
func TestListsAreNoOtherDocuments(t *testing.T) {
	label, list := Printing{Document: Document{DocumentLabel, "1-1"}, State: PrintTrouble}, Printing{Document: Document{DocumentManifest, "M-1"}, State: PrintTrouble}
	s := State{Documents: []Printing{label, list}}
	if got := s.Lists(); len(got) != 1 || got[0].Kind != list.Kind || len(s.Documents) != 2 || s.Documents[0].Kind != label.Kind {
		t.Errorf("%+v of %+v", got, s.Documents)
	}
}

func TestWhatAVerdictAsksToBeLookedAt(t *testing.T) {
	if (Verdict{}).ToCheck() || !(Verdict{Reason: ReasonUnprintable}).ToCheck() || !(Verdict{Lacks: []string{"street"}}).ToCheck() {
		t.Error("signs that are lost and gaps of an address are to be looked at, and no more")
	}
	if (Place{}).State() != ParcelOpening || (Place{Carrier: "post"}).State() != ParcelLoading {
		t.Error("a van loads, a bench without one opens")
	}
}

func TestPrinterOfADocument(t *testing.T) {
	p := Printers{Label: "l", Slip: "s", Inside: "i", Return: "r", Customs: "c", Manifest: "m"}
	for kind, want := range map[string]string{DocumentLabel: "l", "slip": "s", "inside": "i", "return": "r", "customs": "c", DocumentManifest: "m", "poem": "", "": ""} {
		if got := p.Of(kind); got != want {
			t.Errorf("%s goes to %q, want %q", kind, got, want)
		}
	}
	if (Effect{ID: "a"}).Key() != "a" || (Effect{ID: "a", Intent: "b"}).Key() != "b" {
		t.Error("a retry is not known by its wish")
	}
}
