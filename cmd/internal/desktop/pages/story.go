package pages

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
)

// readTimeline reads the story of a case: what the benches did with its order, or
// around it where it has none, and what the desk did.
func readTimeline(ctx context.Context, d desk.Desk, c cases.Case, names say.Names) ([]screen.Moment, error) {
	notes, err := d.Store.Notes(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	benches := around(ctx, d, c)
	if c.Order != "" {
		rows, err := d.Store.Story(ctx, c.Order)
		if err != nil {
			return nil, err
		}
		benches = func(yield func(journal.Row, error) bool) {
			for _, r := range rows {
				if r.Writer != folder.DeskWriter && !yield(r, nil) {
					return
				}
			}
		}
	}
	var failed error
	told := func(rows iter.Seq2[journal.Row, error]) iter.Seq[journal.Entry] {
		return journal.Entries(rows, folder.Codec(), &failed)
	}
	steps := cases.Timeline(func(yield func(journal.Entry) bool) {
		for _, rows := range []iter.Seq2[journal.Row, error]{benches, d.Store.Rows(ctx, folder.DeskWriter, 1)} {
			for e := range told(rows) {
				if !yield(e) {
					return
				}
			}
			if failed != nil {
				return
			}
		}
	}, c)
	return moments(steps, c.ID, names, notes), failed
}

// around are the rows of a case's own bench near it.
func around(ctx context.Context, d desk.Desk, c cases.Case) iter.Seq2[journal.Row, error] {
	const rows = 40
	seq := folder.SeqOf(c.ID)
	return d.Store.RowsTo(ctx, c.Station, max(seq-rows, 1), seq+rows)
}

// routine are the steps that are told only where something is odd about them.
var routine = []pack.Code{
	pack.CodeItem, pack.CodePack, pack.CodeCounted, pack.CodeConfirmed, pack.CodeAllScanned, pack.CodeCarton, pack.CodeWeightOK, pack.CodeWeightMoving,
	pack.CodeWeightZero, pack.CodeWeightNone, pack.CodeService, pack.CodeLabelMade, pack.CodeLabelSent, pack.CodeLabelPrinted, pack.CodePaper,
}

// moments tells the steps of a case in the past tense; routine steps that follow each
// other are one line.
func moments(steps []cases.Step, id string, names say.Names, notes map[string]string) []screen.Moment {
	var out, folded []screen.Moment
	for i, step := range steps {
		m, ok := moment(step, id, names, notes)
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
				m.Text = "1 routine step, then: " + m.Text
				if n > 2 {
					m.Text = fmt.Sprintf("%d routine steps, the last: %s", n, folded[n-1].Text)
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
func moment(step cases.Step, id string, names say.Names, notes map[string]string) (screen.Moment, bool) {
	m := screen.Moment{At: step.At, Who: step.Who, Kind: pack.Info}
	words, _ := cases.ReasonWords(step.Reason)
	switch step.Kind {
	case "verdict":
		m.Kind, m.Text = step.Verdict.Kind, say.Past(step.Verdict, names)
		m.This = step.Verdict.Case == id
	case "case":
		return m, false
	case "resolved":
		m.Kind, m.Text = pack.Accepted, "Resolved: "+words
	case "reopened":
		m.Kind, m.Text = pack.Asked, "Reopened"
	case "noted":
		m.Text = "Note: " + notes[step.Reason]
		if notes[step.Reason] == "" {
			m.Text = "A note that was erased"
		}
	case "linked":
		m.Kind, m.Text = pack.Accepted, "Linked the code to "+names.Of(step.Reason)
	case "weighed":
		m.Kind, m.Text = pack.Accepted, "Corrected the weight of "+names.Of(step.Reason)
	case "unlocked":
		m.Kind, m.Text = pack.Accepted, "Unlocked bench "+step.Station
	case "held":
		m.Text = "Held the order: " + words
	case "rest-queued":
		m.Kind, m.Text = pack.Accepted, "Put what was left out back in the queue"
	case "released":
		m.Kind, m.Text = pack.Accepted, "Released the order"
	default:
		m.Text = say.Sentence(step.Kind)
	}
	return m, true
}
