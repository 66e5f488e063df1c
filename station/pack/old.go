package pack

import "slices"

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

// Upcast returns a fact of a journal of old as it is written today. It knows no
// state; see whole for what needs one.
func Upcast(fact Fact) Fact {
	if f, ok := fact.(Judged); ok {
		f.Verdict.upcast()
		return f
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
