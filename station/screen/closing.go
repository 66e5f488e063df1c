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
	v := &ClosingView{Printer: "The label is being made", Kind: pack.Info}
	w := in.State.Work
	if w == nil {
		v.Shape = ShapeOf(v.Kind)
		return v
	}
	p := w.Parcel
	if v.HasLabel = p.Label != nil; v.HasLabel {
		v.Label, v.Blank = p.Label.Document, "There is no picture of this label"
	}
	label := in.State.Label()
	switch label.State {
	case pack.PrintAsked:
		v.Printer = "Printing"
	case pack.PrintPrinted:
		v.Printer, v.Kind = "Printed", pack.Accepted
		if in.LabelsTo != "" { // no paper came out, and a packer would look for it
			v.Printer, v.Fix = "Saved as a PDF file", "Print it from "+in.LabelsTo+", or choose a label printer in the settings"
		}
	case pack.PrintSent:
		v.Printer, v.Kind = "Sent to the printer", pack.Accepted
	case pack.PrintTrouble:
		v.Printer, v.Kind = cmp.Or(what(label.Trouble), "The printer needs attention"), pack.Asked
		v.Fix = troubleFix(label.Trouble, in.State.OnItsWay(label.Document))
	case pack.PrintUnknown:
		v.Printer, v.Kind = "We cannot tell whether a label came out", pack.Asked
		v.Fix = "Look at the printer and answer"
	default:
		if v.HasLabel {
			v.Printer = "The label is made"
		}
	}
	if label.Copy > 0 {
		v.Fix = cmp.Or(v.Fix, "Printed again "+say.Many(label.Copy, "time"))
	}
	v.Shape = ShapeOf(v.Kind)
	v.Figures = append(v.Figures, Figure{"Parcel", w.ParcelCalled()})
	if p.Weight != nil {
		typed := ""
		switch {
		case p.Weight.WorkedOut:
			typed = " worked out"
		case p.Weight.Typed:
			typed = " typed"
		}
		v.Figures = append(v.Figures, Figure{"Weight", p.Weight.Mass.String() + typed})
	}
	if name := p.Service; name != "" && len(offers(in)) == 0 {
		v.Figures = append(v.Figures, Figure{"Service", in.Names.Of(name)})
	}
	if p.Label != nil {
		v.Papers = papers(in.State, p.ID)
		v.Figures = append(v.Figures, Figure{"Tracking", p.Label.Tracking}, Figure{"SSCC", serial(p.Label.SSCC)})
	}
	return v
}

// troubleFix is what to do about the label's printer. A label that still waits
// comes by itself once the trouble is mended; any other has to be asked for.
func troubleFix(t trouble.Trouble, waits bool) string {
	fix := t.Advice()
	switch {
	case waits:
		return cmp.Or(fix, "The label prints by itself when the printer is ready")
	case t.Code == trouble.NotWritten:
		return "Free space on the disk or fix its folder, then press Try again"
	case fix == "" || t.Again(): // it has words of its own for it
		return "Press Try again once the printer is ready"
	}
	return fix + " Then press Try again"
}

// papers are the parcel's papers that were asked for, by themselves or by the
// packer, and how they stand.
func papers(s pack.State, parcel string) []PaperRow {
	var out []PaperRow
	for _, kind := range pack.PaperKinds {
		paper := s.Document(kind, parcel)
		n, state := paper.Copies(), paper.State
		if n == 0 && state == "" {
			continue
		}
		row := PaperRow{Name: say.Sentence(say.Paper(kind)), Words: "requested", Kind: pack.Info}
		if n > 1 {
			row.Words = "requested " + say.Many(n, "time")
		}
		switch v := paperSaid(s, parcel, kind); {
		case s.OnItsWay(paper.Document):
			row.Words = "printing"
		case state == pack.PrintUnknown:
			row.Words, row.Kind = "we cannot tell whether it printed", pack.Asked
		case state == pack.PrintTrouble && (v == nil || v.Code == pack.CodePaper):
			row.Words, row.Kind = "not printed", pack.Asked
		case v != nil && v.Code != pack.CodePaper:
			row.Words, row.Kind = "not printed: "+cmp.Or(say.Lower(what(v.Trouble)), "the cause is unknown"), pack.Asked
		case v != nil, state == pack.PrintPrinted, state == pack.PrintSent: // or said long ago
			row.Words, row.Kind = "printed", pack.Accepted
			if n > 1 {
				row.Words = "printed, requested " + say.Many(n, "time")
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
func what(t trouble.Trouble) string { return say.Sentence(t.Head()) }
