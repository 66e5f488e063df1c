package screen

import (
	"cmp"

	"packbench/station/pack"
)

// more are the actions that are too rare for a button of their own; they stand
// in the help, each with a digit that is always its own, so that everything that a card can do can be
// done by key and touch too.
func more(in BenchInputs, page Page) []Action {
	s := in.State
	selected := ""
	if s.Work != nil {
		selected = selectedLine(in, s.Work)
	}
	var out []Action
	add := func(n int, label, command string, intent Intent) {
		out = append(out, Action{
			ID: "more:" + label, Label: in.Lang.Phrase(label), Key: digits(n), Command: command, Enabled: true, Intent: intent,
		})
	}
	edit := func(name string) Intent { return Intent{Kind: IntentEdit, Name: name} }
	switch page {
	case PageIdle:
		if in.Last != nil {
			add(1, in.Lang.Say("Reopen {parcel}", "parcel", in.Last.ID), "", command("reopen", in.Last.ID))
		}
		if shown := s.Shown; shown != nil && s.Phase == pack.Idle {
			of := cmp.Or(shown.ParcelCalled(), in.Lang.Say("order {no}", "no", shown.Called()))
			add(2, in.Lang.Say("Print the label of {parcel} again", "parcel", of), "reprint", command("reprint", ""))
			add(3, in.Lang.Say("Print the packing slip of {parcel}", "parcel", of), "paper slip", command("paper", "slip"))
		}
		add(4, "Trace a code", "", Intent{Kind: IntentPage, Name: string(PageTrace)})
	case PagePacking, PageWeighing:
		add(1, "Put a line back", "put-back", command("put-back", filled(s.Work, selected)))
		add(2, "Swap damaged", "swap", command("swap", filled(s.Work, selected)))
		add(3, "Another box", "carton", edit("carton"))
		if page == PageWeighing {
			add(4, "Remove one", "remove", command("remove", ""))
		} else {
			add(4, "Count", "count", edit("count"))
			if !in.NoScale {
				add(5, "Count by weight", "by-weight", command("by-weight", ""))
			}
		}
		add(6, "Type a code", "", edit("code"))
		if !in.NoScale {
			add(7, "Zero the scale", "zero", command("zero", ""))
		}
		if page == PagePacking && !in.NoScale {
			add(8, "Weigh piece by piece", "piece-by-piece", command("piece-by-piece", ""))
		}
		if page == PageWeighing && !in.NoScale {
			add(8, "Tare the scale", "tare", command("tare", ""))
		}
		add(9, "Sign out", "sign-out", command("sign-out", ""))
	case PageLoading:
		add(9, "Sign out", "sign-out", command("sign-out", ""))
	case PageClosing:
		if s.Work != nil && s.Work.Parcel.Label != nil && s.Phase == pack.Closing {
			for i, kind := range pack.PaperKinds {
				add(1+i, in.Lang.Say("Print {paper}", "paper", in.Lang.Paper(kind)), "paper "+kind, command("paper", kind))
			}
		}
		add(9, "Sign out", "sign-out", command("sign-out", ""))
	}
	return out
}

// filled is the chosen line if something of it is in the box; without one the
// bench asks which.
func filled(w *pack.Work, line string) string {
	if w == nil {
		return ""
	}
	if l := w.Line(line); l == nil || l.In == 0 {
		return ""
	}
	return line
}
