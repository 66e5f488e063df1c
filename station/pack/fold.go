package pack

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"packbench/station/trouble"
)

// recentVerdicts is how many verdicts the bench shows back.
const recentVerdicts = 12

// undoable is how many changes of a parcel's contents can be taken back.
const undoable = 20

// Fold applies one fact. It decides nothing and leaves s as it was: what a fact
// changes is copied first, the rest is shared.
func Fold(s State, fact Fact) State {
	switch f := fact.(type) {
	case Ruled:
		s.Rules = f.Rules
	case Judged:
		s.judged(f.Verdict)
	case SignedInAs:
		s.Person, s.Since, s.PIN = f.Person, f.At, nil
		if s.Shown = s.Shown.of(f); f.From != "" || f.Person.ID != s.ClosedBy {
			s.Closed = nil // the other person's; who signs in again takes back what they did
		}
	case SignedOff:
		s.Person, s.Since, s.Wanted, s.PIN, s.Question, s.Shown = Person{}, time.Time{}, nil, nil, nil, nil
		s.Phase = SignedOut
	case Moved:
		s.moved(f.To)
	case LockedUp:
		s.Back, s.Phase, s.LockRow = s.Phase, Locked, f.Row
	case LockLifted:
		if s.Phase == Locked {
			s.Phase = s.Back
		}
		s.Back, s.LockRow, s.Refusals = "", "", 0
	case RefusalCounted:
		s.Refusals++
	case RefusalsCleared:
		s.Refusals = 0
	case QuestionAsked:
		s.Question = &f.Question
	case QuestionClosed:
		s.Question = nil
	case PinWanted:
		s.PIN = &f.PIN
	case PinSettled:
		s.PIN = nil
	case BadgeWanted:
		s.Wanted = &f.Wanted
	case BadgeSettled:
		s.Wanted = nil
	case Armed:
		s.Removing, s.Count, s.Armed = f.Removing, f.Count, f.Command
	case EffectAsked:
		s.own()
		if s.Pending == nil {
			s.Pending = map[string]Effect{}
		}
		s.Pending[f.Effect.ID] = f.Effect
		s.wish(f.Effect)
	case EffectEnded:
		s.own()
		delete(s.Pending, f.ID)
		if len(s.Pending) == 0 {
			s.Pending = nil
		}
	case Tallied:
		s.Tally = f.Tally
	case ScaleCleared:
		s.Scale.Loads = nil
	case ScaleHeld:
		s.Scale.Loads = f.Loads
	case WeightMissed:
		s.Scale.Latest = &f.Weighed
	case ParcelShown:
		s.Shown = &f.Shown
	case LoadingBegan, ParcelLoaded, ParcelUnloaded, DriverAsked, DriverLeft, ManifestClosed, LoadingEnded:
		s.Loading = foldLoading(s.Loading, fact)
		s.began(fact)
	case ReturnBegan, ReturnAsked, ReturnDenied, ReturnOpened, ReturnUnit, ReturnGraded, ReturnMissed, ReturnWeighed, ReturnCode, ReturnParked, ReturnResumed, ReturnLeft, ReturnClosed:
		s.foldReturn(fact)
	case DocumentStood:
		s.stand(s.wished(f.Printing))
	default:
		s.own()
		s.foldWork(s.whole(fact))
	}
	return s
}

// own gives the state parts of its own that may be changed.
func (s *State) own() {
	s.Work = s.Work.clone()
	s.Parked = maps.Clone(s.Parked)
	s.Pending = maps.Clone(s.Pending)
}

// wish keeps for which wish the way of a parcel is bought, until that is given up.
func (s *State) wish(e Effect) {
	w := s.workOf(e.Parcel)
	switch {
	case w == nil:
	case e.Kind == EffectBuy:
		w.Parcel.LabelKey, w.Parcel.Purchase = e.Key(), PurchaseAsked
	case e.Kind == EffectVoid && e.Key() == w.Parcel.LabelKey:
		w.Parcel.LabelKey, w.Parcel.Purchase = "", ""
	}
}

func (s *State) judged(v Verdict) {
	if v.Kind == Info && (v.Code == CodeWeightZero || v.Code == CodeWeightMoving || v.Code == CodeScaleCount && v.Reason == ReasonSeen) {
		return // the live weight is on the screen anyway
	}
	kept := s.Recent[:min(len(s.Recent), recentVerdicts-1)]
	s.Recent = append([]*Verdict{&v}, kept...)
}

// moved keeps the step of the open order also while nobody is signed in or the
// bench is locked: then only what lies behind moves.
func (s *State) moved(to Phase) {
	switch to {
	case Packing, Weighing, Choosing, Labelling, Closing:
		if s.Work != nil && s.Work.Step != to {
			s.Work = s.Work.clone()
			s.Work.Step = to
		}
	}
	switch {
	case s.Person.ID == "":
	case s.Phase == Locked:
		s.Back = to
	default:
		s.Phase = to
	}
}

// foldWork applies the facts about orders.
func (s *State) foldWork(fact Fact) {
	switch f := fact.(type) {
	case OpeningBegan:
		s.Opening, s.Shown = &f.Opening, nil
		if !f.Opening.Undo {
			s.Closed = nil
		}
		s.looked()
	case OpeningEnded:
		s.Opening = nil
	case OrderTaken:
		s.Opening, s.Closed = nil, nil
		s.Work = newWork(f)
	case OrderResumed:
		s.Opening = nil
		s.Work = s.Parked[f.Order].clone()
		delete(s.Parked, f.Order)
		if len(s.Parked) == 0 {
			s.Parked = nil
		}
		if s.Work != nil {
			s.Work.Number, s.Work.Blocked, s.Work.Reason = cmp.Or(f.Number, s.Work.Number), "", ""
		}
	case OrderParked:
		if s.Work != nil {
			if s.Parked == nil {
				s.Parked = map[string]*Work{}
			}
			s.Parked[f.Order] = s.Work
		}
		s.leave()
	case OrderClosed:
		if f.Undo {
			s.Closed, s.ClosedBy = s.Work, s.Person.ID
		}
		s.leave()
	case OrderLeft:
		s.leave()
	case SubstituteTaken:
		s.Work.add(f.Line)
	default:
		s.foldParcel(fact)
	}
}

// leave takes the open order off the bench.
func (s *State) leave() {
	s.Work, s.Opening, s.Question, s.Wanted = nil, nil, nil, nil
	s.Removing, s.Count, s.Armed = false, 0, ""
	s.Scale = ScaleMemory{Loads: s.ownedHere(s.Scale.Loads)}
}

// workOf finds the work that a parcel belongs to, open or parked. Parked work
// is copied before it is given out.
func (s *State) workOf(parcel string) *Work {
	if s.Work != nil && (parcel == "" || s.Work.Parcel.ID == parcel) {
		return s.Work
	}
	for id, w := range s.Parked {
		if w.Parcel.ID == parcel {
			s.Parked[id] = w.clone()
			return s.Parked[id]
		}
	}
	return nil
}

// foldParcel applies the facts about the open parcel, and the label facts that
// may still reach a parked one.
func (s *State) foldParcel(fact Fact) {
	switch f := fact.(type) {
	case LabelKept:
		if w := s.workOf(f.Parcel); w != nil {
			label := f.Label
			w.Parcel.Label, w.Parcel.Trouble, w.Parcel.Purchase = &label, trouble.Trouble{}, PurchaseBought
			w.Parcel.Wait = Wait{Auto: w.Parcel.Wait.Auto, First: w.Parcel.Wait.First, Place: w.Parcel.Wait.Place}
		}
		return
	case LabelTroubled, FailedOver, LabelSought, BoxPlaced, LabelLost, Quoted, ProofAsked:
		s.foldWaiting(fact)
		return
	}
	w := s.Work
	if w == nil {
		return
	}
	p := &w.Parcel
	switch f := fact.(type) {
	case OrderAltered:
		w.alter(f)
	case OrderStands:
		w.Lines, p.Carton, p.Actions = slices.Clone(f.Lines), f.Carton, slices.Clone(f.Actions)
	case CaseOpened:
		if f.Kind == "excess" {
			w.Overpacked = f.Qty
		}
	case OrderBlocked:
		w.Blocked, w.Reason = f.Code, f.Reason
	case UnitsMoved:
		w.move(f.Action)
	case StepTaken:
		w.take(f.Action)
	case StepUndone:
		w.takeBack(f.Action)
	case LineConfirmed:
		if l := w.Line(f.Line); l != nil {
			l.Confirmed = true
		}
	case LineShort:
		if l := w.Line(f.Line); l != nil {
			l.Short += f.Qty
			l.Reason = f.Reason
			if f.Case != "" {
				l.Cases = append(slices.Clip(l.Cases), f.Case)
			}
		}
	case CartonTaken:
		p.Carton = f.carton()
	case WeightTaken:
		weight := f.Weight
		p.Weight = &weight
		s.Scale = ScaleMemory{}
		if !weight.Typed { // journals of old have nothing else to say what lies on the scale
			s.Scale.Loads = []Load{{Parcel: p.ID, Mass: weight.Mass}}
		}
	case WeightDropped:
		if p.Weight != nil { // in journals of old: what lies on the scale is this parcel
			s.Scale.Loads = nil
		}
		p.Weight, p.Quotes, p.Service, p.LabelKey, p.Purchase, p.Wait, s.Scale.Latest = nil, nil, "", "", "", Wait{}, nil
	case ServiceTaken:
		p.Service, p.Wait = f.Service, Wait{Auto: f.Auto}
	case LabelVoided:
		if f.Parcel == p.ID {
			p.Label, p.Trouble, p.LabelKey, p.Purchase, p.Wait = nil, trouble.Trouble{}, "", "", Wait{}
			s.dropDocuments(func(of Printing) bool { return of.Of == f.Parcel })
		}
	case ParcelDone:
		w.done(f)
		s.dropDocuments(func(of Printing) bool { return of.Of == f.Parcel })
		s.Shown = &Shown{Order: f.Order, Number: w.Number, Parcel: f.Parcel, SSCC: f.SSCC}
		s.Scale.Loads = s.ownedHere(s.Scale.Loads)
	case ParcelBegun:
		w.Parcels++
		carton := p.Carton
		if f.Carton != nil {
			carton = f.Carton
		}
		w.Parcel = Parcel{ID: f.Parcel, Carton: carton, Proposed: f.Carton.name()}
		s.Shown = nil // the next box is on the bench
	case ParcelReopened:
		w.reopen(f)
	}
}

// foldLoading applies the facts about a van.
func foldLoading(now *Loading, fact Fact) *Loading {
	if f, ok := fact.(LoadingBegan); ok {
		return &Loading{Manifest: f.Manifest, Carrier: f.Carrier, Lane: f.Lane, Services: f.Services, Began: f.At}
	}
	if now == nil {
		return nil
	}
	l := *now
	switch f := fact.(type) {
	case ParcelLoaded:
		l.Parcels, l.Driver = append(slices.Clone(l.Parcels), f.Loaded), false
	case ParcelUnloaded:
		l.Parcels = slices.DeleteFunc(slices.Clone(l.Parcels), func(p Loaded) bool { return p == f.Loaded })
		l.Driver = false
	case DriverAsked:
		l.Driver, l.Sold = true, f.Sold
	case DriverLeft:
		l.Driver = false
	case ManifestClosed, LoadingEnded:
		return nil
	}
	return &l
}

func newWork(f OrderTaken) *Work {
	o := f.Order
	w := &Work{
		Order: o.ID, Number: o.Number, Version: o.Version, ShipBy: o.ShipBy, Service: o.Service, Country: o.Country,
		Address: o.Address, Gift: o.Gift,
		Earlier: slices.Clone(o.Parcels), Parcels: o.Begun + 1, Step: Packing,
		Parcel: Parcel{ID: f.Parcel, Carton: o.Carton, Proposed: o.Carton.name()},
	}
	for _, info := range o.Lines {
		w.Lines = append(w.Lines, Line{LineInfo: info})
	}
	for _, c := range f.Packed {
		if l := w.Line(c.Line); l != nil {
			l.Packed += c.Qty
		}
	}
	return w
}

// move changes the contents of the open parcel and keeps the way back.
func (w *Work) move(a Action) {
	l := w.Line(a.Line)
	if l == nil {
		return
	}
	l.In += a.Qty
	w.wantInstead(l, a.Qty)
	w.mark(a)
	switch a.How {
	case ByUndo:
		if n := len(w.Parcel.Actions); n > 0 {
			last := w.Parcel.Actions[n-1]
			switch last.How {
			case ByHand:
				l.Manual -= last.Qty
			case BySwap:
				l.Swapped += last.Qty
			}
			w.Parcel.Actions = w.Parcel.Actions[:n-1]
		}
		return
	case ByHand:
		l.Manual += a.Qty
	case BySwap:
		l.Swapped -= a.Qty
	}
	w.keep(a)
}

// done files the open parcel under the closed ones.
func (w *Work) done(f ParcelDone) {
	for i := range w.Lines {
		w.Lines[i].Packed += w.Lines[i].In
		w.Lines[i].In = 0
	}
	w.Earlier = append(w.Earlier, ParcelRef{
		ID: f.Parcel, Order: f.Order, Number: w.Number, SSCC: f.SSCC, State: ParcelClosed, Contents: f.Contents,
	})
	w.Parcel = Parcel{Carton: w.Parcel.Carton}
}

// reopen takes the contents of a closed parcel into the open one.
func (w *Work) reopen(f ParcelReopened) {
	w.Earlier = slices.DeleteFunc(w.Earlier, func(p ParcelRef) bool { return p.ID == f.Parcel.ID })
	w.Parcel.ID, w.Parcel.Proposed = f.Parcel.ID, ""
	w.Parcels = max(0, w.Parcels-1)
	w.Lines = slices.Clone(f.Lines)
	w.Parcel.Marked = markedIn(f.Parcel.Contents)
}
