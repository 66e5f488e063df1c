package pack

import (
	"slices"

	"packbench/station/trouble"
)

// Document is one thing that comes out of a printer: the label of a parcel, one of
// its papers, the list of a van, or the label of units that came back.
type Document struct {
	Kind string `json:"Kind"` // DocumentLabel, DocumentManifest, DocumentPutaway or one of PaperKinds
	Of   string `json:"Of"`   // the parcel or the manifest
}

// The kinds of documents beside PaperKinds.
const (
	DocumentLabel    = "label"
	DocumentManifest = "manifest"
	DocumentPutaway  = "putaway" // of units that came back: where they are put
)

// PaperKinds are the papers of a parcel beside its label.
var PaperKinds = []string{"slip", "inside", "return", "customs"}

func (d Document) paper() bool { return slices.Contains(PaperKinds, d.Kind) }

// PrintState is how far the printing of a document came.
type PrintState string

// The states of printing. The last two are of documents that were not drawn: no
// printer has heard of them.
const (
	PrintAsked    PrintState = "asked"
	PrintPrinted  PrintState = "printed"
	PrintSent     PrintState = "sent"
	PrintTrouble  PrintState = "trouble"
	PrintUnknown  PrintState = "unknown"
	PrintUndrawn  PrintState = "undrawn"
	PrintNeedless PrintState = "needless" // the parcel wants no such paper
)

// out reports whether as much came out as anybody can tell.
func (p PrintState) out() bool { return p == PrintPrinted || p == PrintSent }

// Printing is how the printing of a document stands. The zero State is of one that
// nobody waits for.
type Printing struct {
	Document
	Carrier string          `json:"Carrier,omitempty"` // of a manifest
	Copy    int             `json:"Copy,omitempty"`    // which reprint this is; 0: the first print
	State   PrintState      `json:"State,omitempty"`
	Trouble trouble.Trouble `json:"Trouble,omitzero"`  // what the printer says
	Key     string          `json:"Key,omitempty"`     // of the wish, for a retry
	Printer string          `json:"Printer,omitempty"` // key of the printer that it was last sent to
}

// printing is a document that an effect was asked to print, in a state.
func printing(e Effect, state PrintState) Printing {
	return Printing{Document: e.Document, Carrier: e.Carrier, Copy: e.Copy, State: state, Key: e.Key(), Printer: e.Printer}
}

// Copies counts how often a paper was asked for and may have come out: one that
// surely did not was asked for in vain.
func (p Printing) Copies() int {
	switch p.State {
	case "", PrintTrouble:
		return p.Copy
	}
	return p.Copy + 1
}

// Document returns how the printing of a document of a parcel on the bench, or of a
// list, stands; only its name where nothing is known.
func (s State) Document(kind, of string) Printing {
	d := Document{kind, of}
	if i := slices.IndexFunc(s.Documents, func(p Printing) bool { return p.Document == d }); i >= 0 {
		return s.Documents[i]
	}
	return Printing{Document: d}
}

// Label returns how the printing of the open parcel's label stands.
func (s State) Label() Printing {
	if s.Work == nil {
		return Printing{}
	}
	return s.Document(DocumentLabel, s.Work.Parcel.ID)
}

// Lists are those of the vans that left which are not printed: somebody must mend
// the printer, or look whether the list came out. That of the last news comes last.
func (s State) Lists() []Printing {
	return slices.DeleteFunc(slices.Clone(s.Documents), func(p Printing) bool { return p.Kind != DocumentManifest })
}

// OnItsWay reports whether a document is being printed, or waits for somebody to
// mend its printer.
func (s State) OnItsWay(d Document) bool {
	return s.Awaits(func(e Effect) bool { return e.Kind == EffectPrint && e.Document == d })
}

// stand keeps how a document stands: of a parcel while that is on the bench, of a
// list what went wrong with it until it is printed.
func (s *State) stand(p Printing) {
	keep := true
	switch {
	case p.Kind != DocumentManifest:
		keep = s.WorkOf(p.Of) != nil
	case p.State == PrintAsked:
		return
	case p.State.out():
		keep = false
	}
	s.dropDocuments(func(old Printing) bool { return old.Document == p.Document })
	if keep {
		s.Documents = append(s.Documents, p)
	}
}

// dropDocuments forgets documents. It leaves the list that others may read as it
// was, and makes an empty one the same as none ever.
func (s *State) dropDocuments(which func(Printing) bool) {
	s.Documents = slices.DeleteFunc(slices.Clone(s.Documents), which)
	if len(s.Documents) == 0 {
		s.Documents = nil
	}
}

// looked forgets the lists that somebody was to look for: other work has begun.
func (s *State) looked() {
	s.dropDocuments(func(p Printing) bool { return p.Kind == DocumentManifest && p.State == PrintUnknown })
}
