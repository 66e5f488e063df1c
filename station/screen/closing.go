package screen

import (
	"cmp"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
)

// ClosingView is the label of the parcel and how far its printing came. The
// picture of the label is given to the renderer beside the View.
type ClosingView struct {
	Printer  string // the printer's state in words
	Kind     pack.Kind
	Shape    Shape
	Fix      string
	Figures  []Figure // parcel, service, weight, tracking, SSCC
	HasLabel bool
	Label    string     `json:"-"` // its document
	Blank    string     `json:"-"` // said where there is no picture of it
	Papers   []PaperRow // that come with the label
}

// PaperRow is a paper of the parcel and how it stands.
type PaperRow struct {
	Name  string // "Packing slip"
	Words string // "printed"
	Kind  pack.Kind
	Shape Shape
}

func closing(in BenchInputs) *ClosingView {
	v := &ClosingView{Printer: in.Lang.Phrase("The label is being made"), Kind: pack.Info}
	w := in.State.Work
	if w == nil {
		v.Shape = ShapeOf(v.Kind)
		return v
	}
	p := w.Parcel
	if v.HasLabel = p.Label != nil; v.HasLabel {
		v.Label, v.Blank = p.Label.Document, "There is no picture of this label"
	}
	label, t := in.State.Label(), in.Lang
	switch label.State {
	case pack.PrintAsked:
		v.Printer = t.Phrase("Printing")
	case pack.PrintPrinted:
		v.Printer, v.Kind = t.Phrase("Printed"), pack.Accepted
		if in.LabelsTo != "" { // no paper came out, and a packer would look for it
			v.Printer, v.Fix = t.Phrase("Saved as a PDF file"), t.Say("Print it from {folder}, or choose a label printer in the settings", "folder", in.LabelsTo)
		}
	case pack.PrintSent:
		v.Printer, v.Kind = t.Phrase("Sent to the printer"), pack.Accepted
	case pack.PrintTrouble:
		v.Printer, v.Kind = cmp.Or(what(t, label.Trouble), t.Phrase("The printer needs attention")), pack.Asked
		v.Fix = troubleFix(t, label.Trouble, in.State.OnItsWay(label.Document))
	case pack.PrintUnknown:
		v.Printer, v.Kind = t.Phrase("We cannot tell whether a label came out"), pack.Asked
		v.Fix = t.Phrase("Look at the printer and answer")
	default:
		if v.HasLabel {
			v.Printer = t.Phrase("The label is made")
		}
	}
	if label.Copy > 0 {
		v.Fix = cmp.Or(v.Fix, t.Say("Printed again {times}", "times", t.Many(label.Copy, "time")))
	}
	v.Shape = ShapeOf(v.Kind)
	v.Figures = append(v.Figures, Figure{t.Phrase("Parcel"), w.ParcelCalled()})
	if p.Weight != nil {
		mass := t.Decimal(p.Weight.Mass.String())
		switch {
		case p.Weight.WorkedOut:
			mass = t.Say("{mass} worked out", "mass", mass)
		case p.Weight.Typed:
			mass = t.Say("{mass} typed", "mass", mass)
		}
		v.Figures = append(v.Figures, Figure{t.Phrase("Weight"), mass})
	}
	if name := p.Service; name != "" && len(offers(in)) == 0 {
		v.Figures = append(v.Figures, Figure{t.Phrase("Service"), in.Names.Of(name)})
	}
	if p.Label != nil {
		v.Papers = papers(t, in.State, p.ID)
		v.Figures = append(v.Figures, Figure{t.Phrase("Tracking"), p.Label.Tracking}, Figure{"SSCC", serial(p.Label.SSCC)})
	}
	return v
}

// troubleFix is what to do about the label's printer. A label that still waits
// comes by itself once the trouble is mended; any other has to be asked for.
func troubleFix(l say.Language, t trouble.Trouble, waits bool) string {
	fix := l.Trouble(t).Advice()
	switch {
	case waits:
		return cmp.Or(fix, l.Phrase("The label prints by itself when the printer is ready"))
	case t.Code == trouble.NotWritten:
		return l.Phrase("Free space on the disk or fix its folder, then press Try again")
	case fix == "" || t.Again(): // it has words of its own for it
		return l.Phrase("Press Try again once the printer is ready")
	}
	return fix + l.Phrase(" Then press Try again")
}

// papers are the parcel's papers that were asked for, by themselves or by the
// packer, and how they stand.
func papers(l say.Language, s pack.State, parcel string) []PaperRow {
	var out []PaperRow
	for _, kind := range pack.PaperKinds {
		paper := s.Document(kind, parcel)
		n, state := paper.Copies(), paper.State
		if n == 0 && state == "" {
			continue
		}
		row := PaperRow{Name: l.Sentence(l.Paper(kind)), Words: l.Phrase("requested"), Kind: pack.Info}
		if n > 1 {
			row.Words = l.Say("requested {times}", "times", l.Many(n, "time"))
		}
		switch v := paperSaid(s, parcel, kind); {
		case s.OnItsWay(paper.Document):
			row.Words = l.Phrase("printing")
		case state == pack.PrintUnknown:
			row.Words, row.Kind = l.Phrase("we cannot tell whether it printed"), pack.Asked
		case state == pack.PrintTrouble && (v == nil || v.Code == pack.CodePaper):
			row.Words, row.Kind = l.Phrase("not printed"), pack.Asked
		case v != nil && v.Code != pack.CodePaper:
			row.Words, row.Kind = l.Say("not printed: {cause}", "cause", cmp.Or(l.Lower(what(l, v.Trouble)), l.Phrase("the cause is unknown"))), pack.Asked
		case v != nil, state == pack.PrintPrinted, state == pack.PrintSent: // or said long ago
			row.Words, row.Kind = l.Phrase("printed"), pack.Accepted
			if n > 1 {
				row.Words = l.Say("printed, requested {times}", "times", l.Many(n, "time"))
			}
		}
		row.Shape = ShapeOf(row.Kind)
		out = append(out, row)
	}
	return out
}

// paperSaid is the newest word about a paper that came to its end.
func paperSaid(s pack.State, parcel, kind string) *pack.Verdict {
	for _, v := range s.Recent {
		ended := v.Code == pack.CodePrinterTrouble || v.Code == pack.CodeNotNow || v.Code == pack.CodePaper && (v.Reason == pack.ReasonPrinted || v.Reason == pack.ReasonUnprintable)
		if ended && v.Parcel == parcel && v.Paper == kind {
			return v
		}
	}
	return nil
}

// what says shortly what is wrong: the step is told elsewhere.
func what(l say.Language, t trouble.Trouble) string { return l.Sentence(l.Trouble(t).Head()) }
