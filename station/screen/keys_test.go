package screen

import (
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// A key has one meaning, on whatever page it is pressed: what F2 takes back in one
// phase it must not start in another.
func TestAKeyHasOneMeaning(t *testing.T) {
	meaning := map[string]string{} // by key
	of := map[string]string{}      // key by command or button
	for _, row := range keyTable {
		if meaning[row.key] != "" || row.key == "F8" {
			t.Errorf("%s stands twice, or is the scanners' own", row.key)
		}
		meaning[row.key] = row.meaning
		for _, name := range row.of {
			of[name] = row.key
		}
	}
	seen := map[string]bool{}
	for name, v := range everyPage() {
		for _, a := range v.Targets() {
			if len(a.Key) < 2 || slices.Contains([]string{"Esc", "Enter"}, a.Key) {
				continue // an answer, or the way out
			}
			seen[a.Key] = true
			if meaning[a.Key] == "" {
				t.Errorf("%s: %s of %s is not in the table", name, a.Key, a.ID)
			}
			called := strings.TrimPrefix(strings.TrimPrefix(a.ID, "do:"), "page:")
			if of[called] != a.Key {
				t.Errorf("%s: %s is the key of %s, which means %q, and not of %s", name, a.Key, a.ID, meaning[a.Key], called)
			}
		}
	}
	for _, key := range []string{"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F9", "F10", "F11", "F12", "Ctrl N", "Ctrl P", "Ctrl R", "Ctrl X", "Ctrl 6"} {
		if !seen[key] {
			t.Errorf("%s is on no page", key)
		}
	}
}

// everyPage is a view of every phase of the bench and of what can stand in its way.
func everyPage() map[string]View {
	out := map[string]View{}
	for _, phase := range []pack.Phase{pack.SignedOut, pack.Idle, pack.Opening, pack.Packing, pack.Weighing, pack.Choosing, pack.Labelling, pack.Closing, pack.Locked} {
		for what, change := range map[string]func(*BenchInputs){
			"plain":   func(*BenchInputs) {},
			"help":    func(in *BenchInputs) { in.Help = true },
			"missed":  func(in *BenchInputs) { in.State.Scale.Latest = &pack.Weighed{} },
			"removes": func(in *BenchInputs) { in.State.Removing = true },
			"worked":  func(in *BenchInputs) { in.State.Rules.WorkedOut, in.Expect = true, &pack.Expect{Known: true} },
			"label": func(in *BenchInputs) {
				if in.State.Work != nil {
					in.State.Work.Parcel.Label = &pack.Label{Document: "d"}
				}
			},
			"van": func(in *BenchInputs) {
				if phase == pack.Idle {
					in.State.Loading = &pack.Loading{Carrier: "post", Parcels: make([]pack.Loaded, 1)}
				}
			},
			"driver": func(in *BenchInputs) {
				if phase == pack.Idle {
					in.State.Loading = &pack.Loading{Carrier: "post", Driver: true}
				}
			},
		} {
			in := sample(phase)
			in.State.Person.Role = station.Administrator
			change(&in)
			out[string(phase)+" "+what] = Bench(in)
		}
	}
	return out
}

// What mends the job stands first, then, apart from it, what ends it.
func TestButtonsStandInTwoGroups(t *testing.T) {
	for phase, want := range map[pack.Phase]string{
		pack.Packing:  "undo remove swap short confirm | next-parcel park cancel",
		pack.Weighing: "undo Type weight authorise | park cancel",
		pack.Closing:  "retry reprint Type a code | park void",
	} {
		var got []string
		for _, a := range Bench(sample(phase)).Bench.Actions {
			if a.Apart {
				got = append(got, "|")
			}
			if a.ID != "help" {
				got = append(got, map[bool]string{true: a.Label, false: a.Command}[a.Command == ""])
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s", phase, strings.Join(got, " "))
		}
	}
}

// A good verdict gives way to the next order after five seconds; what somebody has to
// look at does not.
func TestIdleLeadsOnToTheNextOrder(t *testing.T) {
	in := sample(pack.Idle)
	in.Now = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	in.Counts.Next = &DueOrder{Called: "1001", Units: 4, ShipBy: in.Now.Add(2 * time.Hour)}
	for what, c := range map[string]struct {
		kind  pack.Kind
		ago   time.Duration
		leads bool
	}{
		"just now":     {pack.Accepted, 4 * time.Second, false},
		"a while ago":  {pack.Accepted, 5 * time.Second, true},
		"a refusal":    {pack.Refused, time.Minute, false},
		"still to see": {pack.Asked, time.Minute, false},
	} {
		in.State.Recent = []*pack.Verdict{{Kind: c.kind, Code: pack.CodeSignedIn, At: in.Now.Add(-c.ago)}}
		n := Bench(in).Bench.Idle.Next
		if (n != nil) != c.leads {
			t.Errorf("%s: %+v", what, n)
		}
		if n != nil && (n.Head != "Next due: 1001" || n.Text != "4 units, leaves 16:00" || n.Start.Intent.Command.Name != "next-order") {
			t.Errorf("%s: %+v", what, n)
		}
	}
	if h := Bench(sample(pack.SignedOut)).Bench.Idle.Head; h != "Scan your badge" {
		t.Errorf("who comes reads %q, not what to do", h)
	}
}
