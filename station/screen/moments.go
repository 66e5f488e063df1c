package screen

import (
	"cmp"
	"slices"
	"time"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// Moment is one step of a case's timeline; Text is in words already.
type Moment struct {
	At   time.Time
	Kind pack.Kind
	Who  string // person id
	Text string
	This bool // the step that opened the case
	// Folded are routine steps that follow each other, which the moment stands for.
	Folded []Moment
}

// routine are the steps that are told only where something is odd about them.
var routine = []pack.Code{
	pack.CodeItem, pack.CodePack, pack.CodeCounted, pack.CodeConfirmed, pack.CodeAllScanned, pack.CodeCarton, pack.CodeWeightOK, pack.CodeWeightMoving,
	pack.CodeWeightZero, pack.CodeWeightNone, pack.CodeService, pack.CodeLabelMade, pack.CodeLabelSent, pack.CodeLabelPrinted, pack.CodePaper,
}

// moments tells the steps of a case in the past tense; routine steps that follow each
// other are one line.
func moments(l say.Language, story CaseStory, names say.Names) []Moment {
	var out, folded []Moment
	steps, id := story.Steps, story.Case.ID
	for i, step := range steps {
		m, ok := moment(l, step, id, names, story.Notes)
		if !ok {
			continue
		}
		if isRoutine(step, id) {
			folded = append(folded, m)
			next := slices.IndexFunc(steps[i+1:], func(s cases.Step) bool { return s.Kind != "case" })
			if next >= 0 && isRoutine(steps[i+1+next], id) {
				continue
			}
			if n := len(folded); n > 1 {
				m.Folded = folded
				m.Text = l.Say("1 routine step, then: {step}", "step", m.Text)
				if n > 2 {
					m.Text = l.Say("{n} routine steps, the last: {step}", "n", digits(n), "step", folded[n-1].Text)
				}
			}
		}
		folded = nil
		out = append(out, m)
	}
	return out
}

func isRoutine(s cases.Step, id string) bool {
	return s.Kind == "verdict" && s.Case != id && (s.Verdict.Kind == pack.Accepted || s.Verdict.Kind == pack.Info) && slices.Contains(routine, s.Code)
}

// moment puts a step of a timeline into words; what the bench says with the
// case itself is told once.
func moment(l say.Language, step cases.Step, id string, names say.Names, notes map[string]string) (Moment, bool) {
	m := Moment{At: step.At, Who: step.Who, Kind: pack.Info}
	words, _ := cases.ReasonWords(step.Reason)
	words = l.Phrase(words)
	switch step.Kind {
	case "verdict":
		m.Kind, m.Text = step.Verdict.Kind, l.Past(step.Verdict, names)
		m.This = step.Verdict.Case == id
	case "case":
		return m, false
	case "resolved":
		m.Kind, m.Text = pack.Accepted, l.Say("Resolved: {reason}", "reason", words)
	case "reopened":
		m.Kind, m.Text = pack.Asked, l.Phrase("Reopened")
	case "noted":
		m.Text = l.Say("Note: {text}", "text", notes[step.Reason])
		if notes[step.Reason] == "" {
			m.Text = l.Phrase("A note that was erased")
		}
	case "assigned":
		m.Text = l.Say("Assigned to {who}", "who", cmp.Or(names.Of(step.Reason), l.Phrase("nobody")))
	case "linked":
		m.Kind, m.Text = pack.Accepted, l.Say("Linked the code to {item}", "item", names.Of(step.Reason))
	case "weighed":
		m.Kind, m.Text = pack.Accepted, l.Say("Corrected the weight of {item}", "item", names.Of(step.Reason))
	case "unlocked":
		m.Kind, m.Text = pack.Accepted, l.Say("Unlocked bench {bench}", "bench", step.Station)
	case "held":
		m.Text = l.Say("Held the order: {reason}", "reason", words)
	case "rest-queued":
		m.Kind, m.Text = pack.Accepted, l.Phrase("Put what was left out back in the queue")
	case "released":
		m.Kind, m.Text = pack.Accepted, l.Phrase("Released the order")
	default:
		m.Text = say.Sentence(step.Kind)
	}
	return m, true
}

// about says what something is about.
func about(l say.Language, what, of string) string {
	return l.Say("{what}: {about}", "what", what, "about", of)
}
