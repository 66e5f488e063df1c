package pack

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"packbench/station/trouble"
	"packbench/station/unit"
)

// BackUp is how much more a back-up may cost than the service in whose place it is
// bought: both limits hold (C4). The zero value allows none that is dearer.
type BackUp struct {
	Off     bool  `json:"Off,omitempty"` // none is taken at all
	Percent int   `json:"Percent,omitempty"`
	Minor   int64 `json:"Minor,omitempty"`
}

// Within reports whether the price of a back-up is not too high.
func (b BackUp) Within(was, price unit.Money) bool {
	more := price.Minor - was.Minor
	return !b.Off && was.Currency == price.Currency && (more <= 0 || more <= b.Minor && more <= was.Minor/100*int64(b.Percent)+was.Minor%100*int64(b.Percent)/100)
}

// Wait is how a parcel comes to a label that is not to be had at once (C4, C6).
type Wait struct {
	Auto  bool      `json:"Auto,omitempty"`  // the bench chose the service, and may take a back-up
	First string    `json:"First,omitempty"` // the service that was chosen, where a back-up stands in for it
	Out   []string  `json:"Out,omitempty"`   // services that cannot be had now
	No    []string  `json:"No,omitempty"`    // services that take no such parcel: they are not asked again
	Tries int       `json:"Tries,omitempty"` // that came to nothing, in a row
	Next  time.Time `json:"Next,omitzero"`   // when the bench tries again
	Place string    `json:"Place,omitempty"` // where its box stands, as a person has said
	Case  string    `json:"Case,omitempty"`  // that was opened because the carrier cannot tell what it sold
}

// Round is the bench's time to look after the parcels that wait for their labels.
type Round struct{}

// Tag names the type of the event in the journal.
func (Round) Tag() string { return "round" }

// LookedNothing is what a person saw who found no label on the carrier's page.
const LookedNothing = "nothing"

type (
	// FailedOver: the label of a parcel is bought from a back-up, because the service of
	// the choice is not to be had now (C4). Out are the services that are not tried
	// until the choice is.
	FailedOver struct {
		Parcel string          `json:"Parcel"`
		From   string          `json:"From"`
		To     string          `json:"To"`
		Was    unit.Money      `json:"Was"` // what the choice would have cost
		Price  unit.Money      `json:"Price"`
		Why    trouble.Trouble `json:"Why"`
		Out    []string        `json:"Out"`
		No     string          `json:"No,omitempty"` // the service that takes no such parcel
	}
	// BoxPlaced: the box of a parcel without a label stands at a place of the house.
	BoxPlaced struct {
		Parcel string `json:"Parcel"`
		Place  string `json:"Place"`
	}
	// LabelSought: for a parcel without a label the service is asked once more, and every
	// back-up after it may be.
	LabelSought struct {
		Parcel  string `json:"Parcel"`
		Service string `json:"Service"`
		First   string `json:"First,omitempty"` // that was chosen, where that takes no such parcel
	}
)

func (FailedOver) Tag() string  { return "failed-over" }
func (LabelSought) Tag() string { return "label-sought" }
func (BoxPlaced) Tag() string   { return "box-placed" }

// foldWaiting applies the facts about a parcel that has no label yet, open or parked.
func (s *State) foldWaiting(fact Fact) {
	switch f := fact.(type) {
	case ProofAsked:
		if s.Work != nil {
			s.Work.Parcel.Proof = &f.Proof
		}
	case LabelTroubled:
		if w := s.workOf(f.Parcel); w != nil {
			w.Parcel.Trouble, w.Parcel.Purchase = f.Trouble, cmp.Or(f.State, PurchaseUnknown)
			wait := &w.Parcel.Wait
			wait.Tries, wait.Next, wait.Case = wait.Tries+1, f.Next, cmp.Or(f.Case, wait.Case)
			wait.refuse(f.No)
		}
	case FailedOver:
		if w := s.workOf(f.Parcel); w != nil {
			wait := &w.Parcel.Wait
			wait.First, wait.Out = cmp.Or(wait.First, w.Parcel.Service), append(slices.Clip(wait.Out), f.Out...)
			wait.refuse(f.No)
			w.Parcel.Service = f.To
		}
	case LabelSought:
		if w := s.workOf(f.Parcel); w != nil {
			w.Parcel.Service, w.Parcel.Wait.First, w.Parcel.Wait.Out = f.Service, f.First, nil
		}
	case BoxPlaced:
		if w := s.workOf(f.Parcel); w != nil {
			w.Parcel.Wait.Place = f.Place
		}
	case LabelLost:
		if w := s.workOf(f.Parcel); w != nil {
			w.Parcel.Lost = append(slices.Clip(w.Parcel.Lost), f.Label.Ref)
		}
	case Quoted:
		if w := s.workOf(f.Parcel); w != nil {
			w.Parcel.Quotes, w.Parcel.Wait.No = f.Quotes, nil // something has changed
		}
	}
}

// refuse notes a service that takes no such parcel, "" for none.
func (w *Wait) refuse(service string) {
	if service != "" && !slices.Contains(w.No, service) {
		w.No = append(slices.Clip(w.No), service)
	}
}

// Unlabelled reports whether the parcel is packed and has no label yet (C6).
func (w *Work) Unlabelled() bool {
	return w != nil && w.Step == Labelling && w.Parcel.Label == nil
}

// OnBench are the orders here, the open one first.
func (s State) OnBench() (all []*Work) {
	if s.Work != nil {
		all = append(all, s.Work)
	}
	for _, order := range slices.Sorted(maps.Keys(s.Parked)) {
		all = append(all, s.Parked[order])
	}
	return all
}

// Unlabelled are the orders here whose parcel is packed and has no label yet, the open
// one first.
func (s State) Unlabelled() []*Work {
	return slices.DeleteFunc(s.OnBench(), func(w *Work) bool { return !w.Unlabelled() })
}

// LabelsDue are those whose label the bench asks for once more at a time. It does so
// while somebody is there to stick it on.
func (s State) LabelsDue(at time.Time) (due []*Work) {
	if s.Person.ID == "" || s.Phase == Locked {
		return nil
	}
	for _, w := range s.Unlabelled() {
		if s.mayTry(w) && !w.Parcel.Wait.Next.After(at) && !s.refusedAll(w) {
			due = append(due, w)
		}
	}
	return due
}

// mayTry reports whether a label may be asked for now: nobody is being asked, and the
// shop still wants the order.
func (s State) mayTry(w *Work) bool {
	p := w.Parcel
	return p.Purchase != "" && p.Purchase != PurchaseAsked && w.Blocked == "" && !takenBack(p.Trouble) && w.quote(s.wanted(w)) != nil &&
		!s.buying(p.ID) && !s.Awaits(func(e Effect) bool { return e.Kind == EffectQuote && e.Parcel == p.ID })
}

// buying reports whether the label of a parcel is being bought, or looked for.
func (s State) buying(parcel string) bool {
	return s.Awaits(func(e Effect) bool { return e.buys() && e.Parcel == parcel })
}

func (e Effect) buys() bool { return e.Kind == EffectBuy || e.Kind == EffectLook }

// wanted is the service that the next try is for: the one of the choice, unless
// something may have been bought of another one. Where that takes no such parcel it is the
// best back-up that has not said so, and the choice itself where there is none.
func (s State) wanted(w *Work) string {
	if w.Parcel.Purchase == PurchaseUnknown {
		return w.Parcel.Service
	}
	first := w.first()
	if wait := w.Parcel.Wait; wait.Auto && slices.Contains(wait.No, first) {
		if q := w.quote(first); q != nil {
			if to := w.backUp(*q, wait.No, s.Rules.BackUp); to != nil {
				return to.Service
			}
		}
	}
	return first
}

// refusedAll reports whether all that may sell a label have said that they take no such
// parcel, as its prices are: to ask again is for a person.
func (s State) refusedAll(w *Work) bool {
	return slices.Contains(w.Parcel.Wait.No, s.wanted(w)) && w.Parcel.Trouble.Code != trouble.QuoteStale
}

// first is the service of the choice.
func (w *Work) first() string { return cmp.Or(w.Parcel.Wait.First, w.Parcel.Service) }

// backUp is the best service that may stand in for the first one, nil for none.
func (w *Work) backUp(first Quote, out []string, limit BackUp) *Quote {
	var best *Quote
	for i := range w.Parcel.Quotes {
		q := &w.Parcel.Quotes[i]
		if q.Allowed && q.Rank > first.Rank && first.Rank > 0 && !slices.Contains(out, q.Service) && limit.Within(first.Price, q.Price) &&
			(best == nil || q.Rank < best.Rank) {
			best = q
		}
	}
	return best
}

// The bench asks for a label again after half a minute, then after ever longer, up to
// ten minutes.
const (
	againFirst = 30 * time.Second
	againMost  = 10 * time.Minute
)

func (w Wait) pause() time.Duration { return min(againFirst<<min(w.Tries, 8), againMost) }
