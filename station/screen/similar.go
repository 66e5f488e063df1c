package screen

import (
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// SimilarOffer is one answer that is asked for: to a case and those that are like it.
type SimilarOffer struct {
	Case string
	N    int // cases that it answers
}

func (o *SimilarOffer) of(c cases.Case) bool { return o != nil && o.Case == c.ID }

// similar asks for the reason that answers all of them.
func (d *CaseDetail) similar(f Frame, c cases.Case, o SimilarOffer) {
	l, group := f.Lang, c.Group
	if !l.English() {
		group = causeTitle(l, cases.SharedOf(c), c.Code, f.Names)
	}
	d.ResolveWord = l.Say("Resolve all {n} ({cause}), because…", "n", digits(o.N), "cause", say.Short(group, 48))
	for _, r := range cases.ReasonsFor(c.Kind) {
		d.Resolve = append(d.Resolve, Action{
			ID: "similar:" + r.Code, Label: l.Phrase(r.Words), Command: r.Code, Enabled: true, Intent: Intent{Kind: IntentSimilar, Name: c.ID, Value: r.Code},
		})
	}
}

// tell lists what happened, routine steps folded unless they are wanted.
func (d *CaseDetail) tell(story CaseStory, in CasesInputs) {
	id, l := story.Case.ID, in.Frame.Lang
	open := in.Unfolded == id
	row := func(m Moment) TimelineRow {
		return TimelineRow{
			Time: m.At.In(in.Frame.Now.Location()).Format("15:04:05"), Kind: m.Kind, Shape: ShapeOf(m.Kind), Text: m.Text, Who: in.Frame.Names.Of(m.Who), This: m.This,
		}
	}
	for _, m := range moments(l, story, in.Frame.Names) {
		if len(m.Folded) > 0 && d.Steps == nil {
			d.Steps = &Action{ID: "steps", Label: l.Phrase("Show every step"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "steps", Value: id}}
			if open {
				d.Steps.Label, d.Steps.Intent.Value = l.Phrase("Fold routine steps"), ""
			}
		}
		if len(m.Folded) == 0 || !open {
			r := row(m)
			if len(m.Folded) > 0 {
				r.Fold = d.Steps
			}
			d.Timeline = append(d.Timeline, r)
			continue
		}
		for _, step := range m.Folded {
			d.Timeline = append(d.Timeline, row(step))
		}
	}
}

// caseActs are what else can be done with a case.
func caseActs(c cases.Case, in CasesInputs) []Action {
	var out []Action
	add := func(label string, intent Intent, args ...string) {
		out = append(out, Action{ID: "act:" + say.English.Say(label, args...), Label: in.Frame.Lang.Say(label, args...), Enabled: true, Intent: intent})
	}
	act := func(what string) Intent { return Intent{Kind: IntentCase, Name: c.ID, Value: what} }
	alike := in.Alike[c.Likeness()]
	asked := waits(c) && (in.Link != nil && in.Link.Case == c.ID || in.Similar.of(c))
	if in.Answered != c.ID && (asked || in.More.of(c)) {
		add("Back", act(CaseLeave))
		out[0].Key, out[0].Command = "Esc", "back"
		return out
	}
	if waits(c) && in.Answered != c.ID && alike > 1 {
		add("Resolve all {n}", act(CaseSimilar), "n", digits(alike))
		out[0].ID = "act:similar" // the number may change under the focus
	}
	switch {
	case waits(c) && in.Answered == c.ID:
	case waits(c) && c.Kind == cases.KindLock:
		add("Unlock bench {bench}", act(CaseUnlock), "bench", c.Station)
	case waits(c) && c.Code == pack.CodeUnknownCode && c.Scanned != "" && c.Given == "":
		add("Link the code", Intent{Kind: IntentEdit, Name: EntryLink})
	case !waits(c):
		add("Reopen", act(CaseReopen))
	}
	if id := entryOf(c); id != "" {
		add("Open in outbox", Intent{Kind: IntentPage, Name: string(PageOutbox), Value: id})
	}
	add("Write a note", Intent{Kind: IntentEdit, Name: EntryNote})
	if in.Answered != c.ID && len(remedies(*in.Shown, in.Frame)) > 0 {
		add("More…", act(CaseMore))
	}
	if in.Counts[""] > 0 && !waits(c) {
		add("Next case", Intent{Kind: IntentSelect, Name: "case"})
	}
	return out
}
