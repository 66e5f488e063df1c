package pack

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestAnswers is the whole table of what the bench answers: to everything that
// can be scanned, asked for or reported, in each of its situations. What is
// answered alike stands together, before what is said and what it changes. Of a
// phase's further situations only what is answered otherwise than in the first.
func TestAnswers(t *testing.T) {
	var got strings.Builder
	first := map[Phase]map[string]string{} // answers of the first situation of a phase, by event
	for _, at := range situations {
		fmt.Fprintf(&got, "== %s\n", at.name)
		d := newDesk(t)
		at.play(d)
		before := plain(t, bare(d.s))
		for _, e := range results(Effect{ID: "late", Kind: "late", Order: "1042", Parcel: "1042-1"}) {
			if answer := answerTo(t, d.s, before, e.event); answer != noAnswer {
				t.Errorf("%s, and nobody waits for it: %s", e.name, answer)
			}
		}
		var order []string
		alike, usual := map[string][]string{}, first[d.s.Phase]
		if usual == nil {
			first[d.s.Phase] = map[string]string{}
		}
		for _, e := range happenings(d.s) {
			answer := answerTo(t, d.s, before, e.event)
			if usual == nil {
				first[d.s.Phase][e.name] = answer
			} else if usual[e.name] == answer {
				continue
			} else if rest, dropped := passedOver(answer); rest == usual[e.name] {
				answer = "as usual; " + dropped
			}
			if alike[answer] == nil {
				order = append(order, answer)
			}
			alike[answer] = append(alike[answer], e.name)
		}
		for _, answer := range order {
			fmt.Fprintf(&got, "%s: %s\n", strings.Join(alike[answer], ", "), answer)
		}
	}
	const path = "testdata/answers.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() == string(want) {
		return
	}
	was, now := strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")
	for _, line := range now {
		if !slices.Contains(was, line) {
			t.Errorf("now:  %s", line)
		}
	}
	for _, line := range was {
		if !slices.Contains(now, line) {
			t.Errorf("was:  %s", line)
		}
	}
	t.Fatalf("%s differs; look at it and run with -update", path)
}

// passedOver takes out of an answer what was awaited and is no longer.
func passedOver(answer string) (rest, dropped string) {
	var kept, gone []string
	for _, part := range strings.Split(answer, "; ") {
		if slices.Contains([]string{"Question gone", "Wanted gone", "Removing gone", "Count gone", "Armed gone"}, part) {
			gone = append(gone, part)
		} else {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "; "), strings.Join(gone, "; ")
}

const noAnswer = "nothing"

// answerTo is the verdict of one event, and what it changes of the state before.
func answerTo(t *testing.T, s State, before any, e Event) string {
	t.Helper()
	in := Input{ID: "S1.99", At: time.Unix(99, 0).UTC(), Event: e}
	facts, after := Step(s, in)
	var out []string
	changed, opened := false, ""
	for _, f := range facts {
		switch f := f.(type) {
		case Judged:
			if v := f.Verdict; v.At != in.At || v.By != cmp.Or(after.Person.ID, s.Person.ID) || v.Case != opened {
				t.Errorf("%+v: its case is %q: %+v", e, opened, v)
			}
			out = append(out, saying(t, f.Verdict, after))
		case CaseOpened:
			if f.Case != in.ID || f.By != s.Person.ID {
				t.Errorf("%+v: %+v", e, f)
			}
			if f.Kind != "override" { // whose verdict comes with the quotes
				opened = f.Case
			}
			if w := s.Work; w != nil && f.Order == w.Order && f.Parcel == w.Parcel.ID {
				f.Order, f.Parcel = "", ""
			}
			f.Case, f.By = "", strings.TrimPrefix(f.By, s.Person.ID)
			out = append(out, "case "+short(t, f))
		default:
			changed = true
		}
	}
	if changed {
		changes(&out, "", before, plain(t, bare(after)))
	}
	if len(out) == 0 {
		return noAnswer
	}
	return strings.Join(out, "; ")
}

// bare is a state without the verdicts, which are told, the time of its badge, and the choices of its
// question, which show in what is answered to an answer.
func bare(s State) State {
	s.Recent, s.Since = nil, time.Time{}
	if s.Question != nil {
		s.Question = &Question{Code: s.Question.Code, Item: s.Question.Item}
	}
	return s
}

// saying is a verdict without what goes without saying: who is here, the order and
// the parcel that are open.
func saying(t *testing.T, v Verdict, s State) string {
	head := fmt.Sprintf("%s %s", v.Kind, v.Code)
	if v.Reason != "" {
		head += " (" + string(v.Reason) + ")"
	}
	if w := s.Work; w != nil && v.Order == w.Order && v.Parcel == w.Parcel.ID && v.Open == w.OpenUnits() {
		v.Order, v.Parcel, v.Open = "", "", 0
	}
	v.At, v.Kind, v.Code, v.Reason, v.By, v.Case = time.Time{}, "", "", "", strings.TrimPrefix(v.By, s.Person.ID), strings.TrimPrefix(v.Case, "S1.99")
	for _, c := range v.Choices {
		head += fmt.Sprintf(" %d:%s", c.N, c.Text)
	}
	v.Choices = nil
	if rest := short(t, v); rest != "null" {
		head += " " + rest
	}
	return head
}

// plain is a value as JSON has it, without what is zero.
func plain(t *testing.T, v any) any {
	t.Helper()
	var out any
	if err := json.Unmarshal([]byte(asJSON(t, v)), &out); err != nil {
		t.Fatal(err)
	}
	return pruned(out)
}

func pruned(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, of := range v {
			if of = pruned(of); of != nil {
				out[name] = of
			}
		}
		if len(out) == 0 {
			return nil
		}
		return out
	case []any:
		for i := range v {
			v[i] = pruned(v[i])
		}
		if len(v) == 0 {
			return nil
		}
		return v
	case string:
		if v == "" || v == "0001-01-01T00:00:00Z" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	case bool:
		if !v {
			return nil
		}
	}
	return v
}

func short(t *testing.T, v any) string {
	t.Helper()
	return strings.ReplaceAll(asJSON(t, plain(t, v)), `"`, "")
}

// changes lists what is another now, by its place.
func changes(out *[]string, path string, a, b any) {
	am, aIs := a.(map[string]any)
	bm, bIs := b.(map[string]any)
	al, aList := a.([]any)
	bl, bList := b.([]any)
	switch {
	case aIs && bIs:
		names := maps.Clone(am)
		maps.Copy(names, bm)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			changes(out, strings.TrimPrefix(path+"."+name, "."), am[name], bm[name])
		}
	case aList && bList:
		for i := range max(len(al), len(bl)) {
			var x, y any
			if i < len(al) {
				x = al[i]
			}
			if i < len(bl) {
				y = bl[i]
			}
			changes(out, fmt.Sprintf("%s.%d", path, i), x, y)
		}
	case b == nil && a != nil:
		*out = append(*out, path+" gone")
	case fmt.Sprint(a) != fmt.Sprint(b):
		text, _ := json.Marshal(b)
		*out = append(*out, path+"="+strings.ReplaceAll(string(text), `"`, ""))
	}
}
