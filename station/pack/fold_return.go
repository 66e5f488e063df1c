package pack

import (
	"maps"
	"slices"
)

// foldReturn applies the facts about a return.
func (s *State) foldReturn(fact Fact) {
	switch f := fact.(type) {
	case ReturnBegan:
		s.Return = &Return{Began: f.At}
		s.began(fact)
		return
	case ReturnResumed:
		s.Returns = maps.Clone(s.Returns)
		s.Return = s.Returns[f.Return]
		s.dropAside(f.Return)
		return
	case ReturnParked:
		s.Returns = maps.Clone(s.Returns)
		if s.Returns == nil {
			s.Returns = map[string]*Return{}
		}
		if s.Return != nil {
			s.Returns[f.Return] = s.Return
		}
		s.Return, s.Question = nil, nil
		return
	case ReturnLeft, ReturnClosed:
		s.Return, s.Question = nil, nil
		return
	}
	if s.Return = s.Return.clone(); s.Return != nil {
		s.Return.apply(fact)
	}
}

// began forgets what was done before another job.
func (s *State) began(fact Fact) {
	switch fact.(type) {
	case LoadingBegan, ReturnBegan:
		s.Shown, s.Closed = nil, nil
		s.looked()
	}
}

func (s *State) dropAside(id string) {
	delete(s.Returns, id)
	if len(s.Returns) == 0 {
		s.Returns = nil
	}
}

// apply applies what is done to the open return.
func (r *Return) apply(fact Fact) {
	switch f := fact.(type) {
	case ReturnAsked:
		r.Asked = &f.Asked
	case ReturnDenied:
		if r.Asked != nil {
			r.Asked = &AskedReturn{Sent: r.Asked.Sent}
		}
	case ReturnOpened:
		r.ID, r.Sent, r.Place, r.Asked = f.Return, f.Sent, f.Place, nil
	case ReturnUnit:
		if f.Gone {
			r.Units = slices.DeleteFunc(r.Units, func(b Back) bool { return b.N == f.Back.N })
			r.Steps = slices.DeleteFunc(r.Steps, func(st ReturnStep) bool { return st.N == f.Back.N && st.Did != ByMissing && st.Did != ByWeight })
			return
		}
		r.Units, r.Parts = append(r.Units, f.Back), max(r.Parts, f.Back.N)
		r.Steps = append(r.Steps, ReturnStep{Did: ByScan, N: f.Back.N, Case: f.Back.Case})
	case ReturnGraded:
		r.graded(f)
	case ReturnMissed:
		if f.Gone {
			r.Missed = slices.DeleteFunc(r.Missed, func(m Missed) bool { return m == f.Missed })
			r.dropStep(ByMissing)
			return
		}
		r.Missed = append(r.Missed, f.Missed)
		r.Steps = append(r.Steps, ReturnStep{Did: ByMissing, Case: f.Case})
	case ReturnWeighed:
		if f.Undo {
			r.Mass = 0
			r.dropStep(ByWeight)
			return
		}
		r.Mass = f.Mass
		r.Steps = append(r.Steps, ReturnStep{Did: ByWeight, Case: f.Case})
	case ReturnCode:
		r.Codes = append(r.Codes, f.Code)
	}
}

func (r *Return) graded(f ReturnGraded) {
	b := r.unit(f.Back.N)
	if b == nil {
		return
	}
	opened := ""
	if f.Back.Case != b.Case {
		opened = f.Back.Case
	}
	b.Grading, b.Case = f.Back.Grading, f.Back.Case
	if f.Undo {
		r.dropStep(ByGrade)
		return
	}
	r.Steps = append(r.Steps, ReturnStep{Did: ByGrade, N: b.N, Was: f.Was, Case: opened})
}

// dropStep forgets the newest step of its kind.
func (r *Return) dropStep(did How) {
	for i := range slices.Backward(r.Steps) {
		if r.Steps[i].Did == did {
			r.Steps = slices.Delete(r.Steps, i, i+1)
			return
		}
	}
}
