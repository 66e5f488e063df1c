package screen

import (
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

func traceOf(t Traced) TraceInputs {
	f := desk(station.Supervisor)
	f.Names["post"] = "Demo Post"
	t.At, t.SSCC = noon, "340123450000000017"
	return TraceInputs{Frame: f, Code: "T1:340123450000000017:AAAABBBBCCCCDDDDEEEEFFFFG", Result: &t}
}

func genuineTrace() Traced {
	return Traced{
		Verdict: "genuine", Reason: "the signature fits this SSCC", Order: "1042", Parcel: "S1-7", Carrier: "post", Tracking: "QQ17",
		Story: []TraceEvent{
			{At: noon.Add(-26 * time.Hour), Kind: pack.Accepted, Who: "p1", Station: "S1", Text: "Order 1042 is open."},
			{At: noon.Add(-2 * time.Hour), Kind: pack.Refused, Who: "p1", Station: "S1", Text: "The label belongs on another box."},
			{At: noon.Add(-time.Hour), Kind: pack.Info, Who: "p2", Station: "desk", Text: "Case S1.9 is resolved: packer error."},
		},
	}
}

func TestTraceViews(t *testing.T) {
	for name, in := range map[string]TraceInputs{
		"trace":       {Frame: desk(station.Supervisor)},
		"trace-good":  traceOf(genuineTrace()),
		"trace-wrong": traceOf(Traced{Verdict: "altered", Reason: "the signature is genuine, but it was made for another SSCC or order"}),
	} {
		t.Run(name, func(t *testing.T) { golden(t, name, Trace(in)) })
	}
}

// Each verdict has a shape and words of its own; a forged code can never look
// like a genuine one.
func TestTraceVerdicts(t *testing.T) {
	parcel := func(t Traced) Traced { t.Parcel = "S1-7"; return t }
	for _, c := range []struct {
		traced Traced
		kind   pack.Kind
		head   string
		step   string
	}{
		{parcel(Traced{Verdict: "genuine"}), pack.Accepted, "Genuine", ""},
		{Traced{Verdict: "genuine", Doubtful: true}, pack.Asked, "Genuine", "Find out what happened to this parcel"},
		{Traced{Verdict: "altered"}, pack.Refused, "Altered", "Hold the box back"},
		{Traced{Verdict: "forged"}, pack.Refused, "Forged", "Hold the box back"},
		{parcel(Traced{Verdict: "copied"}), pack.Refused, "Copied", "Hold both boxes back"},
		{Traced{Verdict: "unknown"}, pack.Asked, "Unknown", "Ask whether it is one of our old keys"},
		{Traced{Verdict: "foreign"}, pack.Info, "Not one of our trace codes", "It says nothing about our parcels"},
		{Traced{Verdict: "foreign", Second: true}, pack.Refused, "Not one of our trace codes", "Hold the box back"},
		{Traced{Verdict: "foreign", Bars: true}, pack.Asked, "Bars only", ""},
	} {
		card := Trace(traceOf(c.traced)).Trace.Card
		if card.Kind != c.kind || card.Shape != ShapeOf(c.kind) || card.Head != c.head || card.Step != c.step {
			t.Errorf("%+v is shown as %+v", c.traced, card)
		}
	}
}

// A second code is held against a genuine one only, by key, touch and Tab.
func TestComparing(t *testing.T) {
	in := traceOf(genuineTrace())
	if press, ok := Press(Trace(in), "Ctrl M"); !ok || press.Kind != IntentSelect || press.Name != "compare" || press.Value == "" {
		t.Errorf("F2 is %+v", press)
	}
	in.Comparing = true
	v := Trace(in)
	if press, _ := Press(v, "Ctrl M"); press.Value != "" {
		t.Errorf("F2 again is %+v", press)
	}
	if v.Trace.Next.Kind != pack.Asked || !v.Trace.Compare.On {
		t.Errorf("while it waits for the second code: %+v", v.Trace.Next)
	}
	in = traceOf(Traced{Verdict: "forged"})
	if press, ok := Press(Trace(in), "Ctrl M"); ok {
		t.Errorf("with a forged code F2 is %+v", press)
	}
	if press, ok := Press(Trace(in), "Esc"); !ok || press.Name != "bench" {
		t.Errorf("Esc is %+v", press)
	}
	if press, _ := Press(Trace(in), "F11"); press.Kind != IntentEdit || EntryFor(press).Label == press.Name {
		t.Errorf("F11 is %+v", press)
	}
}

// A packer learns no more about others than packctl prints: their ids.
func TestTraceNamesNobodyToAPacker(t *testing.T) {
	in := traceOf(genuineTrace())
	if row := Trace(in).Trace.Story[0]; row.Who != "Packer One, bench S1" || row.Day == "" {
		t.Errorf("a supervisor reads %+v", row)
	}
	in.Frame.Person = pack.Person{ID: "p1", Role: station.Packer}
	story := Trace(in).Trace.Story
	if story[0].Who != "Packer One, bench S1" || story[2].Who != "p2, desk" {
		t.Errorf("a packer reads %+v", story)
	}
}

// What a code holds cannot break the line it stands in.
func TestOddCodes(t *testing.T) {
	in := traceOf(Traced{Verdict: "foreign"})
	in.Code = "A\x1d\n\u202eB" + strings.Repeat("x", 500)
	got := Trace(in).Trace.Field
	if n := len([]rune(got)); n > 100 || strings.ContainsAny(got, "\x1d\n\u202e") || !strings.HasPrefix(got, "A···B") {
		t.Errorf("%d letters: %q", n, got)
	}
}

func TestTraceIsReached(t *testing.T) {
	for role, want := range map[station.Role]bool{station.Packer: false, station.Supervisor: true, station.Manager: true} {
		if in, _ := Press(Cases(CasesInputs{Frame: desk(role)}), "Ctrl 5"); (in.Name == string(PageTrace)) != want {
			t.Errorf("Ctrl 5 of a %s is %+v", role, in)
		}
	}
	in := sample(pack.Idle)
	in.State.Work, in.Help = nil, true
	found := false
	for _, a := range Bench(in).Help.More {
		found = found || a.Intent.Name == string(PageTrace)
	}
	if !found {
		t.Error("the help of the idle page does not lead to it")
	}
}
