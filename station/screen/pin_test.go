package screen

import (
	"testing"

	"packbench/station"
	"packbench/station/pack"
)

// While a PIN is waited for its field comes first, and shows no digit.
func TestThePINIsTyped(t *testing.T) {
	s := pack.State{Phase: pack.SignedOut, PIN: &pack.PinAsked{Person: pack.Person{ID: "P1", Role: station.Packer, PIN: true}}}
	v := Bench(BenchInputs{State: s, Names: map[string]string{"P1": "Ada"}})
	first := v.Bench.Actions[0]
	if v.Bench.Next.Text != "Type the PIN" || v.Bench.Next.Note != "Ada" || first.ID != "type" || first.Intent.Name != EntryPIN {
		t.Errorf("%+v, %+v", v.Bench.Next, first)
	}
	for _, a := range v.Bench.Actions[1:] {
		if a.ID == "type" {
			t.Error("a code can be typed in its place")
		}
	}
	e := EntryFor(first.Intent)
	if !e.Secret || e.Kind != FieldCount || e.Label == "" {
		t.Errorf("%+v", e)
	}
}

// The page that asks for a badge says in words that a PIN is waited for, and that nobody
// is signed in because the shift is over.
func TestThePageForABadgeSaysWhy(t *testing.T) {
	says := func(s pack.State, v pack.Verdict) string {
		s.Phase, s.Recent = pack.SignedOut, []*pack.Verdict{&v}
		idle := Bench(BenchInputs{State: s, Names: map[string]string{"P1": "Ada"}}).Bench.Idle
		return idle.Head + ": " + idle.Text
	}
	pin := &pack.PinAsked{Person: pack.Person{ID: "P1", Role: station.Packer, PIN: true}}
	needed := pack.Verdict{Kind: pack.Asked, Code: pack.CodePINNeeded, Given: "P1"}
	over := pack.Verdict{Kind: pack.Info, Code: pack.CodeSignedOut, Reason: pack.ReasonShiftOver, By: "P1"}
	for want, got := range map[string]string{
		"PIN, please: The badge of Ada has a PIN: type it.":                               says(pack.State{PIN: pin}, needed),
		"Shift over: The shift is over, and the work is kept: scan your badge.":           says(pack.State{}, over),
		"Scan your badge: Hold it under the scanner. You'll continue where you left off.": says(pack.State{}, pack.Verdict{Kind: pack.Accepted, Code: pack.CodeSignedOut}),
	} {
		if got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
