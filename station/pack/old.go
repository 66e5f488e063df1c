package pack

import "slices"

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
		return DocumentStood{Printing{Document: Document{kind, of}, State: state, Words: words}, reason}
	}
	switch f := fact.(type) {
	case Judged:
		f.Verdict.upcast()
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
			Document: Document{DocumentManifest, f.Manifest}, Carrier: f.Carrier, Key: f.Key, Copy: f.Reprint, State: f.State, Words: f.Words,
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
	from.State, from.Words = p.State, p.Words
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
			return s.Work.altered(f.Order)
		}
	case ParcelReopened:
		if f.Lines == nil && s.Work != nil {
			return s.Work.reopened(f.Parcel)
		}
	}
	return fact
}

// upcast puts what stood under Reason and Other, whatever it was, where it belongs.
func (v *Verdict) upcast() {
	if v.Reason != "" && !slices.Contains(reasons[v.Code], v.Reason) {
		v.Reason, v.Why = "", string(v.Reason)
	}
	if v.Old == "" {
		return
	}
	to := &v.Carrier
	switch v.Code {
	case CodeCommandUnknown, CodeNeedsRole, CodeOverrideRefused, CodeScaleAsked, CodeScaleObeyed, CodeScaleRefused:
		to = &v.Command
	case CodeCarton, CodeCartonFull, CodeCartonNotAllowed:
		to = &v.Carton
	case CodeTakenOver:
		to = &v.From
	case CodeLabelWrongBox, CodeOrderDone:
		to = &v.OtherOrder
	case CodeOrderUnknown, CodeServiceNone:
		to = &v.Given
	}
	switch v.Reason {
	case ReasonSure, ReasonSureLoading, ReasonReason:
		to = &v.Command
	case ReasonLine:
		to = &v.Command
		if v.Kind == Refused {
			to = &v.Given
		}
	case ReasonOrderOpen:
		to = &v.OtherOrder
	case ReasonQuantity:
		to = &v.Given
	}
	switch {
	case to != &v.Carrier:
	case v.Old == "closed":
		v.Closed, v.Old = true, ""
		return
	case v.Manifest == "" && slices.Contains(PaperKinds, v.Old):
		to = &v.Paper
	}
	*to, v.Old = v.Old, ""
}
