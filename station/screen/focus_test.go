package screen

import (
	"reflect"
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
)

// Everything that can be pressed is reached by Tab, once each, round and round.
func TestKeyboardReachesEverything(t *testing.T) {
	for _, phase := range []pack.Phase{pack.SignedOut, pack.Idle, pack.Packing, pack.Weighing, pack.Closing} {
		v := Bench(sample(phase))
		var seen []string
		for range v.Targets() {
			in, ok := Press(v, "Tab")
			if !ok || in.Kind != IntentFocus || slices.Contains(seen, in.Name) {
				t.Fatalf("%s: Tab gives %+v after %v", phase, in, seen)
			}
			v.Focus = in.Name
			seen = append(seen, in.Name)
			if got, ok := Press(v, "Enter"); !ok || got.Kind == "" {
				t.Errorf("%s: Enter on %s does nothing", phase, in.Name)
			}
		}
		if in, _ := Press(v, "Tab"); in.Name != seen[0] {
			t.Errorf("%s: Tab at the end goes to %s, not to %s", phase, in.Name, seen[0])
		}
	}
}

func TestKeysAreUnique(t *testing.T) {
	for _, phase := range []pack.Phase{pack.SignedOut, pack.Idle, pack.Packing, pack.Weighing, pack.Choosing, pack.Closing} {
		in := sample(phase)
		in.State.Person.Role = station.Administrator
		keys, ids := map[string]string{}, map[string]bool{}
		for _, a := range Bench(in).Targets() {
			if ids[a.ID] {
				t.Errorf("%s: two actions are %s", phase, a.ID)
			}
			ids[a.ID] = true
			if other, ok := keys[a.Key]; ok && a.Key != "" {
				t.Errorf("%s: %s is the key of %s and of %s", phase, a.Key, other, a.ID)
			}
			keys[a.Key] = a.ID
			if a.Key == "F8" {
				t.Errorf("%s: %s takes F8, which scanners send for GS", phase, a.ID)
			}
		}
	}
}

func TestEnterAloneDoesNothing(t *testing.T) {
	if in, ok := Press(Bench(sample(pack.Packing)), "Enter"); ok {
		t.Errorf("Enter without a focus gives %+v", in)
	}
}

func TestPress(t *testing.T) {
	in := sample(pack.Packing)
	in.State.Question = &pack.Question{Code: pack.CodeAmbiguousCode, Choices: []pack.Choice{{N: 1, Text: "a"}, {N: 2, Text: "b"}}}
	v := Bench(in)
	if got, _ := Press(v, "2"); got.Command.Name != "choose" || got.Command.N != 2 {
		t.Errorf("2 gives %+v", got)
	}
	if got, _ := Press(v, "F2"); got.Command.Name != "undo" {
		t.Errorf("F2 gives %+v", got)
	}
	v.Entry = &Entry{ID: "weight", Text: "1.2"}
	for key, want := range map[string]Intent{
		"5":         {Kind: IntentType, Name: "weight", Value: "5"},
		"F2":        {},
		"Backspace": {Kind: IntentType, Name: "weight", Value: TypeDelete},
		"Enter":     {Kind: IntentEnter, Name: "weight"},
		"Esc":       {Kind: IntentCancel},
	} {
		if got, _ := Press(v, key); !reflect.DeepEqual(got, want) {
			t.Errorf("%s in a field gives %+v, want %+v", key, got, want)
		}
	}
}

func TestTabsFollowTheRole(t *testing.T) {
	count := func(r station.Role) int { return len(Tabs(people.Rights{}, r, "bench", DefaultKeys())) }
	if count("") != 0 && count("") != 1 || count(station.Packer) != 2 || count(station.Supervisor) != 4 || count(station.Manager) != 5 {
		t.Errorf("nobody %d, packer %d, supervisor %d, manager %d", count(""), count(station.Packer), count(station.Supervisor), count(station.Manager))
	}
}

// V31: whoever types an order's number slowly gets the field for it, with what was
// typed; a key that has a meaning keeps it.
func TestTypingOpensTheField(t *testing.T) {
	in := sample(pack.Idle)
	for _, key := range []string{"1", "A"} {
		if got, ok := Press(Bench(in), key); !ok || got.Kind != IntentEdit || got.Name != "code" || got.Value != key {
			t.Errorf("%s on the idle page is %+v, %t", key, got, ok)
		}
	}
	in = sample(pack.Packing)
	in.State.Question = &pack.Question{Code: pack.CodeSwapped, Choices: []pack.Choice{{N: 1, Text: "Mug, white"}, {N: 2, Text: "Tea, green"}}}
	if got, _ := Press(Bench(in), "1"); got.Kind == IntentEdit {
		t.Errorf("an answer opens the field: %+v", got)
	}
	in.State.Question = nil
	if got, ok := Press(Bench(in), "x"); ok {
		t.Errorf("a letter in an order is %+v", got)
	}
}
