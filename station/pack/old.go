package pack

import (
	"regexp"
	"slices"
	"strings"

	"packbench/station/trouble"
)

// Journals of old hold facts that nobody writes any more. Upcast says them as they
// are written now; codecs call it, so that nobody else meets them.

type (
	oldLabelPrinted struct {
		Parcel string     `json:"Parcel"`
		State  PrintState `json:"State"`
		Words  string     `json:"Words,omitempty"`
	}
	oldLabelReprinted struct {
		Parcel string `json:"Parcel"`
		Reason string `json:"Reason"`
	}
	oldPaperAsked struct {
		Parcel string `json:"Parcel"`
		Paper  string `json:"Paper"`
		Reason string `json:"Reason,omitempty"`
	}
	oldPaperStood struct {
		Parcel string     `json:"Parcel"`
		Paper  string     `json:"Paper"`
		State  PrintState `json:"State"`
	}
	oldManifestReprinted struct {
		Manifest string `json:"Manifest"`
		Reason   string `json:"Reason"`
	}
	oldManifestPrinted struct {
		Manifest string     `json:"Manifest"`
		Carrier  string     `json:"Carrier,omitempty"`
		Key      string     `json:"Key"`
		Reprint  int        `json:"Reprint,omitempty"`
		State    PrintState `json:"State"`
		Words    string     `json:"Words,omitempty"`
	}
)

func (oldLabelPrinted) Tag() string      { return "label-printed" }
func (oldLabelReprinted) Tag() string    { return "label-reprinted" }
func (oldPaperAsked) Tag() string        { return "paper-asked" }
func (oldPaperStood) Tag() string        { return "paper-stood" }
func (oldManifestReprinted) Tag() string { return "manifest-reprinted" }
func (oldManifestPrinted) Tag() string   { return "manifest-printed" }

// OldFacts lists one of each type of fact that only old journals hold, for codecs.
func OldFacts() []Fact {
	return []Fact{oldLabelPrinted{}, oldLabelReprinted{}, oldPaperAsked{}, oldPaperStood{}, oldManifestReprinted{}, oldManifestPrinted{}}
}

// Upcast returns a fact of a journal of old as it is written today. It knows no
// state; see whole and wished for what needs one.
func Upcast(fact Fact) Fact {
	stood := func(kind, of string, state PrintState, words, reason string) Fact {
		return DocumentStood{Printing{Document: Document{kind, of}, State: state, Trouble: recorded(words)}, reason}
	}
	switch f := fact.(type) {
	case Judged: // by far the most, and of today
		if v := &f.Verdict; v.Old == "" && (v.Reason == "" || slices.Contains(reasons[v.Code], v.Reason)) {
			return fact
		}
		return Judged{f.Verdict.upcast()}
	case LabelTroubled:
		if f.Old != "" {
			f.Trouble, f.Old = recorded(f.Old), ""
		}
		return f
	case oldLabelPrinted:
		return stood(DocumentLabel, f.Parcel, f.State, f.Words, "")
	case oldLabelReprinted:
		return stood(DocumentLabel, f.Parcel, PrintAsked, "", f.Reason)
	case oldPaperAsked:
		return stood(f.Paper, f.Parcel, PrintAsked, "", f.Reason)
	case oldPaperStood:
		return stood(f.Paper, f.Parcel, f.State, "", "")
	case oldManifestReprinted:
		return stood(DocumentManifest, f.Manifest, PrintAsked, "", f.Reason)
	case oldManifestPrinted:
		return DocumentStood{Printing: Printing{
			Document: Document{DocumentManifest, f.Manifest}, Carrier: f.Carrier, Key: f.Key, Copy: f.Reprint, State: f.State, Trouble: recorded(f.Words),
		}}
	case EffectAsked:
		e := &f.Effect
		switch {
		case e.Document != Document{}:
		case e.Kind == "label":
			e.Kind = EffectBuy
		case e.Kind == EffectPrint:
			e.Document, e.Parcel = Document{DocumentLabel, e.Parcel}, ""
		case e.Kind == "paper":
			e.Kind, e.Document, e.Parcel, e.Do = EffectPrint, Document{e.Do, e.Parcel}, "", ""
		case e.Kind == "manifest":
			e.Kind, e.Document, e.Manifest = EffectPrint, Document{DocumentManifest, e.Manifest}, ""
		}
		return f
	}
	return fact
}

// OldEvents are the tags of inputs that only old journals hold. Nobody decides
// about them again: they are kept as they were written.
func OldEvents() []string {
	return []string{"label-made", "label-failed", "print-reported", "paper-printed", "manifest-made"}
}

// wished returns a document with the wish that it was printed for. Facts of old say
// only how far it came: then the wish is the effect that is pending, or the last.
func (s State) wished(p Printing) Printing {
	if p.Key != "" {
		return p
	}
	from := s.Document(p.Kind, p.Of)
	for _, e := range s.Pending {
		if e.Kind == EffectPrint && e.Document == p.Document {
			from = printing(e, "")
		}
	}
	from.State, from.Trouble = p.State, p.Trouble
	return from
}

// whole returns a fact with all that Fold applies. In journals of old three facts
// say which order the shop sent, or which parcel came back, and not what that made
// of the lines: for them it is worked out here, as it was then. Whoever changes a
// rule of alter.go leaves the one of today here.
func (s State) whole(fact Fact) Fact {
	switch f := fact.(type) {
	case OrderTaken:
		if f.Packed == nil {
			return taken(f.Order, f.Parcel)
		}
	case OrderAltered:
		if f.Lines == nil && s.Work != nil {
			o := f.Order
			o.Parcels = nil // what other benches had packed was not looked at
			now := s.Work.altered(o)
			f.Lines, f.Gone = now.Lines, now.Gone
			return f
		}
	case ParcelReopened:
		if f.Lines == nil && s.Work != nil {
			return s.Work.reopened(f.Parcel)
		}
	}
	return fact
}

// upcast puts what stood under Reason and Other, whatever it was, where it belongs.
func (v Verdict) upcast() Verdict {
	if v.Reason != "" && !slices.Contains(reasons[v.Code], v.Reason) {
		v.Reason, v.Why = "", string(v.Reason)
		switch {
		case v.Code == CodePrinterTrouble, v.Code == CodeCartonNotAllowed, v.Code == CodeLabelWaiting, v.Code == CodeScaleRefused,
			v.Code == CodeNotNow, v.Code == CodePaper && v.Kind == Refused:
			v.Why, v.Trouble = "", recorded(v.Why)
		}
	}
	switch old := v.Old; old {
	case "":
	case "closed":
		v.Closed = true
	default:
		*v.other() = old
	}
	v.Old = ""
	return v
}

// other is the field of what stood under Other.
func (v *Verdict) other() *string {
	switch v.Reason {
	case ReasonOrderOpen:
		return &v.OtherOrder
	case ReasonQuantity:
		return &v.Given
	case ReasonLine, ReasonSure, ReasonSureLoading, ReasonReason:
		if v.Kind == Refused {
			return &v.Given
		}
		return &v.Command
	case ReasonCarton:
		return &v.Carton
	}
	switch v.Code {
	case CodeCommandUnknown, CodeNeedsRole, CodeOverrideRefused, CodeScaleAsked, CodeScaleObeyed, CodeScaleRefused:
		return &v.Command
	case CodeCarton, CodeCartonFull, CodeCartonNotAllowed:
		return &v.Carton
	case CodeTakenOver:
		return &v.From
	case CodeLabelWrongBox, CodeOrderDone:
		return &v.OtherOrder
	case CodeOrderUnknown, CodeServiceNone:
		return &v.Given
	}
	if v.Manifest == "" && slices.Contains(PaperKinds, v.Old) {
		return &v.Paper
	}
	return &v.Carrier
}

var adviceOfOld = regexp.MustCompile(`(?s)^(.*): ([A-Z].*)$`)

// recorded makes a trouble of the sentence that said it. Some are asked for by their
// code; of the others what is wrong and what to do are taken apart, which stood
// behind a colon and began with a capital letter, so that they are shown as they
// were: without that it comes by itself, or is to be tried again, which is told
// beside it.
func recorded(words string) trouble.Trouble {
	const stopped, notWritten = "taken back, because the order is ", "the document could not be written: "
	switch {
	case words == "":
		return trouble.Trouble{}
	case words == stopped+"on hold":
		return trouble.New(trouble.OrderHeld)
	case strings.HasPrefix(words, stopped):
		return trouble.New(trouble.OrderCancelled)
	case strings.HasPrefix(words, "this label was made for another printer"):
		return trouble.New(trouble.OtherPrinter)
	}
	wrong, advice := words, ""
	if parts := adviceOfOld.FindStringSubmatch(words); parts != nil {
		wrong, advice = parts[1], parts[2]
	}
	do, byItself := strings.CutSuffix(advice, " It prints by itself then; do not print again.")
	if why, ok := strings.CutPrefix(wrong, notWritten); ok {
		t := trouble.New(trouble.NotWritten, why)
		t.ByItself = byItself
		switch {
		case strings.HasPrefix(do, "Free space"):
			t.Fix = trouble.FreeSpace
		case strings.HasPrefix(do, "Mend"):
			t.Fix = trouble.MendFolder
		}
		return t
	}
	do, more, _ := strings.Cut(do, ". ")
	do = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(do, "."), ", then print again"), ", then try again")
	for _, again := range []string{"Print it again", "Print again"} {
		if after, ok := strings.CutPrefix(do, again); ok {
			do = "{{" + again + "}}" + after
		}
	}
	return trouble.New(trouble.Recorded, words, wrong, do, more)
}
