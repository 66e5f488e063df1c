package screen

import (
	"cmp"

	"packbench/station/say"
)

// DoctorInputs is what the page is made of where a scanner is set up by
// scanning a printed sheet.
type DoctorInputs struct {
	Frame    Frame
	Device   string // name of the scanner: "scanner"
	Lines    []DoctorLine
	Next     int    // index of the line to scan next, -1: all are done
	Ready    bool   // what was learnt is whole
	Last     string // the last read in readable form
	Words    string // what became of it
	Kind     ReadKind
	Printed  string // what became of the sheet
	Printing bool
	Findings []Finding
	Advice   []Advice
}

// DoctorLine is a line of the sheet.
type DoctorLine struct {
	Title    string
	Optional bool // a scanner that cannot read it may leave it out
	Done     bool
	Again    bool // it was read, but not well
}

// ReadKind says what became of a read.
type ReadKind string

// The kinds of read.
const (
	ReadNothing ReadKind = ""
	ReadGood    ReadKind = "good"
	ReadBad     ReadKind = "bad"     // a line, but not well: scan it again
	ReadFaulty  ReadKind = "faulty"  // the scanner sends it so: there will be advice
	ReadForeign ReadKind = "foreign" // no line of the sheet
)

// Finding is something learnt: "Keyboard layout", "German".
type Finding struct{ Name, Value string }

// Advice is one thing to change on the scanner.
type Advice struct{ Words, Why string }

// DoctorView is the page of a scanner that is being set up.
type DoctorView struct {
	Title    string
	Sub      string
	Lines    []SheetLine
	Count    string // "3 of 7"
	Next     Next   // what to scan now
	Mark     string // number of that line as the sheet shows it, "" for none
	Last     *LastRead
	Ready    bool
	Findings []Finding
	Advice   []Advice
	// Words over the parts.
	LinesWord, FindingsWord, AdviceWord string
	AllGood                             string // said where there is no advice
	Actions                             []Action
}

// SheetLine is one line of the sheet.
type SheetLine struct {
	Mark  string // its number
	Title string
	Note  string // "again", "optional"
	Shape Shape
	Done  bool
	Next  bool
}

// LastRead is the last thing that the scanner sent.
type LastRead struct {
	Word  string
	Text  string // readable
	Words string // what became of it
	Shape Shape
	Look  Colour
}

// Doctor makes the page.
func Doctor(in DoctorInputs) View {
	view := in.Frame.view(PageDoctor, "settings")
	view.Of = About("scanner", in.Device)
	l := in.Frame.Lang
	v := &DoctorView{
		Title: l.Sentence(l.Say("set up the {device}", "device", l.Phrase(cmp.Or(in.Device, "scanner")))),
		Sub:   cmp.Or(l.Sentence(in.Printed), l.Phrase("Scans do not reach the bench while this page is open")),
		Ready: in.Ready, LinesWord: l.Phrase("The sheet"), FindingsWord: l.Phrase("What this scanner sends"), AdviceWord: l.Phrase("Change on the scanner"),
	}
	done := 0
	for i, of := range in.Lines {
		line := SheetLine{Mark: digits(i + 1), Title: lineTitle(l, of.Title), Done: of.Done, Next: i == in.Next}
		switch {
		case of.Done:
			line.Shape = ShapeTick
			done++
		case of.Again:
			line.Shape, line.Note = ShapeMark, l.Phrase("scan it again")
		case of.Optional:
			line.Note = l.Phrase("optional")
		}
		v.Lines = append(v.Lines, line)
	}
	v.Count = l.OfAll(done, len(in.Lines))
	v.Mark, v.Next = nextLine(in)
	v.Last = lastRead(in)
	if in.Ready {
		v.Advice = in.Advice
		for _, f := range in.Findings {
			v.Findings = append(v.Findings, Finding{l.Phrase(f.Name), l.Phrase(f.Value)})
		}
		if len(in.Advice) == 0 {
			v.AllGood = l.Phrase("Nothing needs changing on the scanner")
		}
	}
	v.Actions = doctorActions(in)
	view.Doctor = v
	return view
}

// lineTitle is what stands beside a line of the sheet. Its start is no button.
func lineTitle(l say.Language, title string) string {
	if title == "Start" && !l.English() {
		return l.Phrase("Start of the sheet")
	}
	return l.Phrase(title)
}

// nextLine says what to scan now.
func nextLine(in DoctorInputs) (mark string, n Next) {
	l := in.Frame.Lang
	if in.Next < 0 || in.Next >= len(in.Lines) {
		return "", Next{Text: l.Phrase("Save it"), Note: l.Phrase("Every line was read")}
	}
	line := in.Lines[in.Next]
	mark = digits(in.Next + 1)
	switch {
	case in.Ready:
		return mark, Next{Text: l.Phrase("Save it"), Note: l.Say("or scan line {n} too; skip it if the scanner cannot read it", "n", mark)}
	case in.Kind == ReadNothing && in.Next == 0:
		return mark, Next{Text: l.Say("Scan line {n}", "n", mark), Note: l.Phrase("Print the sheet first, unless you have one: every copy is the same")}
	case line.Again:
		return mark, Next{Text: l.Say("Scan line {n} again", "n", mark), Note: lineTitle(l, line.Title)}
	}
	return mark, Next{Text: l.Say("Scan line {n}", "n", mark), Note: lineTitle(l, line.Title)}
}

func lastRead(in DoctorInputs) *LastRead {
	if in.Kind == ReadNothing && in.Last == "" {
		return nil
	}
	r := &LastRead{Word: in.Frame.Lang.Phrase("Last read"), Text: in.Last, Words: in.Frame.Lang.Sentence(in.Words), Shape: ShapeSquare}
	switch in.Kind {
	case ReadGood:
		r.Shape, r.Look = ShapeTick, LampGreen
	case ReadBad, ReadFaulty:
		r.Shape, r.Look = ShapeMark, LampAmber
	}
	return r
}

func doctorActions(in DoctorInputs) []Action {
	l := in.Frame.Lang
	sheet := Action{
		ID: "sheet", Label: l.Phrase("Print the sheet"), Key: DefaultKeys()["sheet"], Enabled: !in.Printing, Primary: in.Kind == ReadNothing && in.Printed == "",
		Intent: Intent{Kind: IntentSheet},
	}
	if in.Printing {
		sheet.Label = l.Phrase("Printing…")
	}
	return []Action{
		{ID: "keep", Label: l.Phrase("Save"), Key: DefaultKeys()["keep"], Enabled: in.Ready, Primary: in.Ready, Intent: Intent{Kind: IntentKeep}},
		sheet,
		{ID: "leave", Label: l.Phrase("Cancel"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageSettings)}},
	}
}
