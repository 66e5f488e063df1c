package pack

import (
	"testing"
	"time"

	"packbench/station"
)

// left is a desk whose van has just left, with the effect that prints its list.
func left(t *testing.T) (*desk, Effect) {
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	ref := ParcelRef{ID: "9-1", Order: "9", SSCC: "S", State: ParcelClosed, Carrier: "heron"}
	d.atVan(ref, Accepted, CodeHandedOver)
	d.want(Command{Name: "handover"}, Asked, CodeLoading, Idle)
	d.want(Command{Name: "driver", Value: "d1"}, Accepted, CodeHandedOver, Idle)
	return d, d.printing(DocumentManifest)
}

// A list that waits in its printer is nobody's to print again, unless it is
// asked for with a reason; then the waiting one is taken back.
func TestAListWaitsForItsPrinter(t *testing.T) { // L4, P5
	d, e := left(t)
	d.want(Command{Name: "reprint-manifest", Value: e.Document.Of, Reason: "lost"}, Info, CodeManifest, Idle)
	if len(d.s.Pending) != 1 || d.printing(DocumentManifest).ID != e.ID {
		t.Fatalf("the list under way is given up: %v", d.s.Pending)
	}
	v := d.want(waits(e, "no paper"), Refused, CodePrinterTrouble, Idle)
	if v.Manifest != e.Document.Of || v.Trouble.Wrong() != "no paper" || !v.Waits || len(d.s.Lists()) != 1 || len(d.s.Pending) != 1 {
		t.Fatalf("%+v, lists %+v, pending %v", v, d.s.Lists(), d.s.Pending)
	}
	if v = d.want(do("retry"), Refused, CodePrinterTrouble, Idle); v.Trouble.Wrong() != "no paper" || len(d.s.Pending) != 1 {
		t.Errorf("%+v, pending %v", v, d.s.Pending)
	}
	d.want(Command{Name: "reprint-manifest", Value: e.Document.Of}, Asked, CodeManifest, Idle)
	d.want(Command{Name: "reprint-manifest", Value: e.Document.Of, Reason: "lost"}, Info, CodeManifest, Idle)
	again := d.printing(DocumentManifest)
	if len(d.s.Pending) != 1 || again.Copy != 1 || again.ID == e.ID {
		t.Errorf("pending %v", d.s.Pending)
	}
	d.want(ended(again, PrintSent, ""), Accepted, CodeManifest, Idle)
	if len(d.s.Lists()) != 0 || len(d.s.Pending) != 0 {
		t.Errorf("lists %+v, pending %v", d.s.Lists(), d.s.Pending)
	}
}

// A list of which surely nothing came is tried again under its own name,
// unmarked, by either command.
func TestAListThatNeverCameIsNoReprint(t *testing.T) { // L4, P5
	for _, c := range []Command{{Name: "retry"}, {Name: "reprint-manifest", Reason: "lost"}} {
		d, e := left(t)
		c.Value = e.Document.Of
		d.want(ended(e, PrintTrouble, "refused"), Refused, CodePrinterTrouble, Idle)
		d.want(c, Info, CodeManifest, Idle)
		again := d.printing(DocumentManifest)
		if again.Key() != e.Key() || again.ID == e.ID || again.Copy != 0 || again.Document.Of != e.Document.Of {
			t.Errorf("%s: %+v", c.Name, again)
		}
		d.want(ended(again, PrintPrinted, ""), Accepted, CodeManifest, Idle)
		if len(d.s.Lists()) != 0 {
			t.Errorf("lists %+v", d.s.Lists())
		}
		d.want(do("retry"), Refused, CodeNotNow, Idle)
	}
}

// Nobody prints a list by itself of which a sheet may have come: somebody looks.
func TestAListMayHaveComeOut(t *testing.T) { // F2, L4
	d, e := left(t)
	v := d.want(ended(e, PrintUnknown, ""), Asked, CodeManifest, Idle)
	if v.Manifest != e.Document.Of || v.Reason != "unknown" || len(d.s.Lists()) != 1 {
		t.Errorf("%+v, lists %+v", v, d.s.Lists())
	}
	d.want(do("retry"), Refused, CodeNotNow, Idle)
	before := d.s
	d.want(Command{Name: "reprint-manifest", Value: e.Document.Of, Reason: "lost"}, Info, CodeManifest, Idle)
	if again := d.printing(DocumentManifest); again.Copy != 1 {
		t.Errorf("effect %+v", again)
	}
	if now := Fold(before, LoadingBegan{Manifest: "M-2", Carrier: "heron"}); len(now.Lists()) != 0 || len(before.Lists()) != 1 {
		t.Errorf("the next van: %+v, before %+v", now.Lists(), before.Lists())
	}
}

// What a clock that was set back says of the end of a loading is told.
func TestAClockSetBackAtTheVan(t *testing.T) { // F4
	for seconds, want := range map[int64]Reason{-1: "clock", 0: "", 1: ""} {
		d, _ := left(t)
		began := time.Unix(1000, 0).UTC()
		s := d.s
		s.Loading = &Loading{Manifest: "M-1", Carrier: "heron", Driver: true, Parcels: []Loaded{{Parcel: "9-1"}}, Began: began}
		_, after := Step(s, Input{ID: "S1.99", At: began.Add(time.Duration(seconds) * time.Second), Event: Command{Name: "driver", Value: "d"}})
		if v := after.Recent[0]; v.Code != CodeHandedOver || v.Reason != want {
			t.Errorf("%d s: %s %q, want %q", seconds, v.Code, v.Reason, want)
		}
	}
}
