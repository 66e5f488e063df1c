package screen

import (
	"strings"

	"packbench/station/pack"
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
}

func closing(in BenchInputs) *ClosingView {
	v := &ClosingView{Printer: "The label is being made", Kind: pack.Info}
	w := in.State.Work
	if w == nil {
		v.Shape = ShapeOf(v.Kind)
		return v
	}
	p := w.Parcel
	v.HasLabel = p.Label != nil
	switch p.Print {
	case pack.PrintAsked:
		v.Printer = "Printing"
	case pack.PrintPrinted:
		v.Printer, v.Kind = "Printed", pack.Accepted
	case pack.PrintSent:
		v.Printer, v.Kind = "Sent to the printer", pack.Accepted
	case pack.PrintTrouble:
		v.Printer, v.Kind = firstOf(what(p.Words), "The printer needs you"), pack.Asked
		v.Fix = "The label comes by itself when the printer is ready"
	case pack.PrintUnknown:
		v.Printer, v.Kind = "Nobody knows whether a label came out", pack.Asked
		v.Fix = "Look at the printer and answer"
	default:
		if v.HasLabel {
			v.Printer = "The label is made"
		}
	}
	if p.Reprints > 0 {
		v.Fix = firstOf(v.Fix, "Printed again "+many(p.Reprints, "time"))
	}
	v.Shape = ShapeOf(v.Kind)
	v.Figures = append(v.Figures, Figure{"Parcel", p.ID})
	if p.Weight != nil {
		typed := ""
		if p.Weight.Typed {
			typed = " typed"
		}
		v.Figures = append(v.Figures, Figure{"Weight", p.Weight.Mass.String() + typed})
	}
	if name := p.Service; name != "" && len(offers(in)) == 0 {
		v.Figures = append(v.Figures, Figure{"Service", in.Names.Of(name)})
	}
	if p.Label != nil {
		v.Figures = append(v.Figures, Figure{"Tracking", p.Label.Tracking}, Figure{"SSCC", serial(p.Label.SSCC)})
	}
	return v
}

// what is the first half of a printer's word, "the printer has no paper: load
// it": the step is told elsewhere.
func what(words string) string {
	head, _, _ := strings.Cut(words, ": ")
	return sentence(head)
}
