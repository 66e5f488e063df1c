package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/trouble"
)

// claimed scans a parcel that came back where benches elsewhere may open it too.
func (d *desk) claimed() Effect {
	d.t.Helper()
	s := sent7()
	s.Claimed = true
	d.give(badge("p1", station.Packer))
	d.give(do("return"))
	d.want(scanBack(s), "", "", Idle)
	return d.pending(EffectReturn)
}

// What came back is one bench's: the hub says whose.
func TestTheHubSaysWhoseAReturnIs(t *testing.T) { // H3
	d := newDesk(t)
	e := d.claimed()
	if e.SSCC != sent7().SSCC || e.Alone || d.s.Return.Known() {
		t.Fatalf("%+v %+v", e, d.s.Return)
	}
	if v := d.want(scanBack(sent7()), Refused, CodeNotNow, Idle); v.Reason != ReasonOpening {
		t.Errorf("%+v", v)
	}
	d.want(ReturnReady{Effect: e.ID, Sent: sent7()}, Accepted, CodeReturnOpened, Idle)
	if r := d.s.Return; !r.Known() || r.Asked != nil || r.Sent.Claimed || len(d.written("case-opened")) > 0 {
		t.Errorf("%+v", d.s.Return)
	}

	d = newDesk(t)
	v := d.want(ReturnRefused{Effect: d.claimed().ID, Station: "S2"}, Refused, CodeNotNow, Idle)
	if v.Reason != ReasonReturnElsewhere || v.Place == nil || v.Place.Station != "S2" || d.s.Return.Known() {
		t.Errorf("%+v", v)
	}
	// What is known by then counts: another bench has begun it, and its row came first.
	d = newDesk(t)
	s := sent7()
	s.Open = &OpenReturn{Return: "SEVEN-A", Station: "S3"}
	if v := d.want(ReturnReady{Effect: d.claimed().ID, Sent: s}, Refused, CodeNotNow, Idle); v.Place == nil || v.Place.Station != "S3" || d.s.Return.Known() {
		t.Errorf("%+v", v)
	}

	// Who leaves it meanwhile has opened nothing.
	d = newDesk(t)
	e = d.claimed()
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
	d.want(ReturnReady{Effect: e.ID, Sent: sent7()}, "", "", Idle)
	if d.s.Return != nil || len(d.s.Pending) > 0 {
		t.Errorf("%+v %+v", d.s.Return, d.s.Pending)
	}
	d = newDesk(t)
	d.want(EffectFailed{Effect: d.claimed().ID, Trouble: trouble.New(trouble.Said, "disk")}, Refused, CodeNotNow, Idle)
	d.claimed() // and it is asked again
}

func TestAReturnWithoutTheHub(t *testing.T) { // H3
	boss := badge("boss", station.Supervisor)
	d := newDesk(t)
	v := d.want(ReturnRefused{Effect: d.claimed().ID}, Refused, CodeHubAway, Idle)
	if v.Reason != ReasonReturn || len(v.Choices) != 3 || v.Parcel != "7-1" {
		t.Errorf("%+v", v)
	}
	d.want(answer(2), Accepted, CodeReturnBlind, Idle)

	d = newDesk(t)
	d.give(ReturnRefused{Effect: d.claimed().ID})
	if v := d.want(answer(1), Asked, CodeNeedsRole, Idle); v.Command != "return-anyway" {
		t.Errorf("%+v", v)
	}
	d.want(boss, Asked, CodeAuthorised, Idle)
	d.give(answer(1))
	e := d.pending(EffectReturn)
	if !e.Alone {
		t.Fatalf("%+v", e)
	}
	d.want(ReturnReady{Effect: e.ID, Sent: sent7(), Alone: true}, Accepted, CodeReturnOpened, Idle)
	got := d.written("case-opened")
	if len(got) != 1 || d.s.Return.ID == sent7().Return {
		t.Fatalf("%+v %+v", got, d.s.Return)
	}
	if c := got[0].(CaseOpened); c.Kind != "claim" || c.Code != CodeHubAway || c.Parcel != "7-1" || c.Scanned != sent7().SSCC || c.Author != "boss" || c.Reason == "" {
		t.Errorf("%+v", c)
	}
}
