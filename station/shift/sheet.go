package shift

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/returns"
)

// Sheet makes the book of a window. before is how the benches stood at some
// time before it; the chains must hold everything from there to the window's
// end, each writer's entries by number: one sequence for each writer, or one
// that is merged by time already. Entries before the window are folded into
// what is carried in, those after it are left out. after is how the benches
// stood at the window's end: before, for the next window.
//
// A writer whose clock was set back is taken to have stood still until its
// clock came past the latest time that it had shown. One that goes on with an order
// or a parcel of an entry after the window's end is after it too, whatever its clock
// says.
func Sheet(before Carry, w Window, chains ...iter.Seq[journal.Entry]) (book Book, after Carry) {
	s := fold(fold(before, w.begin(), chains...).carry, w, chains...)
	return s.book(), s.carry
}

// begin is the empty window at which this one begins. Folding up to it and then on from
// there cuts the entries at both ends of a window in one way.
func (w Window) begin() Window { return Window{From: w.From, To: w.From, Loc: w.Loc} }

// fold goes from before up to the window's end. What before has not seen of the time
// before the window is not counted.
func fold(before Carry, w Window, chains ...iter.Seq[journal.Entry]) *sheet {
	s := &sheet{window: w, carry: before.clone(), tally: newTally(w.hour)}
	s.start()
	ended, after := map[string]bool{}, map[string]bool{} // writers; orders and parcels
	for e := range Merge(w.To, chains...) {
		b := s.carry.Benches[e.Writer]
		if e.Seq <= b.Seq {
			continue
		}
		at := e.At
		if at.Before(b.At) {
			at = b.At
		}
		if !ended[e.Writer] && at.Before(w.To) && goesOn(e, after) {
			at, b.At = w.To, w.To
			s.carry.Benches[e.Writer] = b
		}
		if ended[e.Writer] || !at.Before(w.To) {
			ended[e.Writer] = true
			for _, f := range e.Facts {
				for _, id := range touched(f) {
					after[id] = true
				}
			}
			continue
		}
		s.entry(e, at)
	}
	return s
}

// goesOn reports whether an entry goes on with one of these orders or parcels.
func goesOn(e journal.Entry, with map[string]bool) bool {
	return len(with) > 0 && slices.ContainsFunc(e.Facts, func(f pack.Fact) bool {
		return slices.ContainsFunc(touched(f), func(id string) bool { return with[id] })
	})
}

// sheet is one run of Sheet.
type sheet struct {
	failed error // looking for a parcel that rests
	window Window
	carry  Carry
	tally  *tally
	from   Carry // at the window's start
	now    moment
}

// moment is the entry that is being folded.
type moment struct {
	id     string
	writer string
	at     time.Time
	in     bool // in the window
	rows   []Row
	done   *pack.ParcelDone
	scans  int
}

func (s *sheet) entry(e journal.Entry, at time.Time) {
	b := s.carry.Benches[e.Writer]
	s.now = moment{id: fmt.Sprintf("%s.%d", e.Writer, e.Seq), writer: e.Writer, at: at, in: s.window.has(at)}
	if e.Seq != b.Seq+1 { // a row is missing: nothing can be sure of its sides
		for _, of := range balances {
			s.gap(of, fmt.Sprintf("%s.%d", e.Writer, b.Seq+1))
		}
	}
	s.worked(b)
	b.Seq, b.Head, b.At = e.Seq, e.Hash, at
	s.carry.Benches[e.Writer] = b
	for _, f := range e.Facts {
		s.fact(f)
	}
	s.finish()
}

// worked counts the time since the bench's last entry.
func (s *sheet) worked(b Bench) {
	if !s.now.in || b.Order == "" || b.At.IsZero() {
		return
	}
	since := b.At
	if since.Before(s.window.From) {
		since = s.window.From
	}
	s.tally.did(s.now.writer, b.Person, func(w *Work) { w.Open += min(s.now.at.Sub(since), MaxPause) })
}

// bench changes the bench of the present entry.
func (s *sheet) bench(change func(*Bench)) {
	b := s.carry.Benches[s.now.writer]
	change(&b)
	s.carry.Benches[s.now.writer] = b
}

// parcel finds a parcel in what is carried.
func (s *sheet) parcel(id string) (Parcel, bool) {
	p, ok := s.carry.Parcels[id]
	if ok || id == "" || s.carry.Resting == nil || s.carry.found[id] {
		return p, ok
	}
	p, ok, err := s.carry.Resting(id)
	if err != nil && s.failed == nil {
		s.failed = err
	}
	if ok {
		s.carry.found[id], s.carry.Parcels[id] = true, p
		if p.Stage == StageDock {
			s.carry.OnDock--
		}
	}
	return p, ok
}

func (s *sheet) here() Bench { return s.carry.Benches[s.now.writer] }

// gap names what does not fit. Gaps before the window are not the window's.
func (s *sheet) gap(of, id string) {
	if s.now.in && !slices.Contains(s.tally.gaps[of], id) {
		s.tally.gaps[of] = append(s.tally.gaps[of], id)
	}
}

// fact applies one fact to what is carried and counts it.
func (s *sheet) fact(f pack.Fact) {
	switch f := f.(type) {
	case pack.Judged:
		s.judged(f.Verdict)
	case pack.SignedInAs:
		s.bench(func(b *Bench) { b.Person = f.Person.ID })
	case pack.SignedOff:
		s.bench(func(b *Bench) { b.Person = "" })
	case pack.OrderTaken:
		s.taken(f.Order.ID, f.Parcel)
	case pack.OrderParked:
		s.parked(f.Order)
	case pack.OrderResumed:
		s.resumed(f.Order)
	case pack.OrderLeft:
		s.left(f)
	case pack.OrderClosed:
		s.closed(f)
	case pack.UnitsMoved:
		s.moved(f.Action)
	case pack.WeightTaken:
		s.packed(s.here().Parcel, StageLabelless)
	case pack.WeightDropped:
		s.unpacked(s.here().Parcel)
	case pack.LabelKept:
		s.packed(f.Parcel, StageUnprinted)
	case pack.DocumentStood:
		if f.Kind == pack.DocumentLabel && (f.State == pack.PrintPrinted || f.State == pack.PrintSent) {
			s.printed(f.Of)
		}
	case pack.LabelVoided:
		s.voided(f.Parcel)
	case pack.ParcelDone:
		s.done(f)
	case pack.ParcelBegun:
		s.begun(f.Parcel)
	case pack.ParcelReopened:
		s.reopened(f.Parcel)
	case pack.ParcelLoaded:
		s.loaded(f.Parcel, StageDock, StageGone, 1)
	case pack.ParcelUnloaded:
		s.loaded(f.Parcel, StageGone, StageDock, -1)
	case pack.ManifestClosed:
		s.vanLeft()
	case pack.ReturnClosed, returns.Matched, returns.Settled:
		s.owed(f)
	case changing:
		s.changed(f)
	}
}

func (s *sheet) changed(f changing) {
	if !s.now.in {
		return
	}
	by, what := f.Changed()
	for _, words := range what {
		s.tally.changes = append(s.tally.changes, Change{s.now.id, s.now.at, by, words})
	}
}

// Reading returns the codec without facts that no book counts.
func Reading(c *journal.Codec) *journal.Codec {
	return c.Without(
		pack.Ruled{}, pack.Moved{}, pack.EffectAsked{}, pack.EffectEnded{}, pack.OpeningBegan{}, pack.OpeningEnded{},
		pack.RefusalCounted{}, pack.RefusalsCleared{}, pack.QuestionAsked{}, pack.QuestionClosed{}, pack.CaseOpened{},
		pack.Quoted{}, pack.ServiceTaken{}, pack.CartonTaken{}, pack.LineConfirmed{}, pack.LineShort{},
		pack.ScaleHeld{}, pack.StepTaken{}, pack.StepUndone{}, pack.OrderStands{}, pack.CaseWithdrawn{}, pack.FailedOver{}, pack.LabelSought{}, pack.BoxPlaced{},
	)
}
