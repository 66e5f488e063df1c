package pack

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// standing is a state without what was said, and without what another one, that it
// is compared with, waited for: the newest question has replaced that.
func standing(s, other State) State {
	s.Recent = nil
	if other.asking() {
		s.Question, s.Wanted, s.Removing, s.Count, s.Armed = nil, nil, false, 0, ""
		if s.Loading != nil {
			l := *s.Loading
			l.Driver = false
			s.Loading = &l
		}
	}
	return s
}

// onlyAsks reports whether facts change nothing but what is waited for.
func onlyAsks(facts []Fact) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool {
		switch f.(type) {
		case Judged, QuestionAsked, QuestionClosed, BadgeWanted, BadgeSettled, Armed, DriverAsked, DriverLeft:
			return false
		}
		return true
	})
}

// asksTwo reports whether an answer and a badge are waited for at once: a screen shows
// one of them. (V8)
func asksTwo(s State) bool { return s.Question != nil && s.Wanted != nil && s.Wanted.Author == "" }

// TestEverythingThatIsAskedHasAWayBack: whatever may happen in whatever situation, if
// the bench then waits to be told something, Back leaves that, and all is as it was
// before. So does Undo, and the last answer of every question. (V7)
func TestEverythingThatIsAskedHasAWayBack(t *testing.T) {
	asked := map[string]bool{}
	for _, at := range situations {
		d := newDesk(t)
		at.play(d)
		if d.s.Waits() {
			d.waitsForNothing(t, at.name)
		}
		before := d.s
		for _, e := range happenings(before) {
			var facts []Fact
			facts, d.s = Step(before, Input{ID: "S1.99", At: time.Unix(99, 0).UTC(), Event: e.event})
			if asksTwo(d.s) {
				t.Errorf("%s, %s: it asks %s, and for the badge to %s", at.name, e.name, d.s.Question.Code, d.s.Wanted.Action.Name)
			}
			if !d.s.asking() || !d.s.Waits() || d.s.Phase != before.Phase {
				continue // what moves the bench on has its own way back
			}
			waits, asks := d.s, onlyAsks(facts)
			was := asJSON(t, standing(before, before))
			if was == asJSON(t, standing(waits, before)) && !asks {
				continue
			}
			for _, way := range []string{"back", "undo", "back, its card", "undo, its card", "last answer"} {
				d.s = waits
				name, isCard := strings.CutSuffix(way, ", its card")
				if name == "undo" && d.s.grading() {
					continue // it takes the scan back whose grade is asked for
				}
				switch q := d.s.Question; {
				case isCard:
					_, d.s = Step(d.s, Input{ID: "S1.100", At: time.Unix(100, 0).UTC(), Event: card(name)})
				case way != "last answer":
					_, d.s = Step(d.s, Input{ID: "S1.100", At: time.Unix(100, 0).UTC(), Event: Command{Name: way}})
				case q == nil:
					continue
				case !q.Choices[len(q.Choices)-1].IsBack():
					t.Fatalf("%s, %s: the last answer to %s is no way back", at.name, e.name, q.Code)
				default:
					asked[string(q.Code)] = true
					_, d.s = Step(d.s, Input{ID: "S1.100", At: time.Unix(100, 0).UTC(), Event: answer(q.Choices[len(q.Choices)-1].N)})
				}
				if v := *d.s.Recent[0]; v.Code != CodeBack && v.Code != CodeUndone {
					t.Fatalf("%s, %s, %s: %s %s (%s)", at.name, e.name, way, v.Kind, v.Code, v.Reason)
				}
				if now := asJSON(t, standing(d.s, before)); asks && now != was {
					var diff []string
					changes(&diff, "", plain(t, standing(before, before)), plain(t, standing(d.s, before)))
					t.Errorf("%s, %s, %s: another than before: %s", at.name, e.name, way, strings.Join(diff, "; "))
				}
			}
		}
	}
	for _, code := range []Code{
		CodeOrderProposed, CodeOrderWhich, CodeAmbiguousCode, CodePutBack, CodeSwapped, CodeShort, CodeCancelled, CodeVoided, CodeReopened, CodeReprinted,
		CodePaper, CodeManifest, CodeLoading, CodeLabelUnknownOutcome, CodeAuthorised, CodeService,
	} {
		if !asked[string(code)] {
			t.Errorf("%s was never asked about", code)
		}
	}
}

// waitsForNothing plays Back until nothing is waited for.
func (d *desk) waitsForNothing(t *testing.T, name string) {
	was := d.s
	for range 5 {
		if !d.s.Waits() {
			d.s = was
			return
		}
		d.give(do("back"))
	}
	t.Fatalf("%s: Back does not lead out: %s", name, asJSON(t, standing(d.s, State{})))
}
