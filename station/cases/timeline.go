package cases

import (
	"iter"
	"slices"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// around is how far the timeline of a case without an order reaches, before
// and after it.
const around = 10 * time.Minute

// Step is one thing in the timeline of a case: a verdict of the bench, or what
// the desk did. Kind is "verdict", "case", "resolved", "reopened", "noted", "assigned",
// "linked", "unlocked", "weighed" or "held". Reason is the reason, the id of the note, the
// product, or who it is assigned to.
type Step struct {
	At      time.Time
	Kind    string
	Code    pack.Code    // of the verdict or the case
	Verdict pack.Verdict // zero unless Kind is "verdict"
	Who     string
	Station string
	Case    string
	Reason  string
}

// Timeline returns what happened around a case, oldest first: the verdicts of
// its order at any station, or, for a case without an order, those of its
// station within around. Entries of other orders may be among the given ones;
// each writer's entries come in the order of their numbers.
func Timeline(entries iter.Seq[journal.Entry], c Case) []Step {
	var out []Step
	bench := map[string]pack.Subject{} // by writer
	for e := range entries {
		before := bench[e.Writer]
		after := before
		for _, f := range e.Facts {
			after = after.After(f)
		}
		bench[e.Writer] = after
		for _, f := range e.Facts {
			if s, ok := step(f, e, c, before.Order, after.Order); ok {
				out = append(out, s)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Step) int { return a.At.Compare(b.At) })
	return out
}

func step(f pack.Fact, e journal.Entry, c Case, before, after string) (Step, bool) {
	s := Step{At: e.At, Station: e.Writer}
	switch f := f.(type) {
	case pack.Judged:
		v := f.Verdict
		s.Kind, s.Code, s.Verdict, s.Who, s.Case = "verdict", v.Code, v, v.By, v.Case
		if c.Order == "" {
			near := e.At.Sub(c.At).Abs() <= around
			return s, v.Case == c.ID || near && e.Writer == c.Station
		}
		mine := v.Order == c.Order || v.Order == "" && (before == c.Order || after == c.Order)
		return s, mine || v.Case == c.ID
	case pack.CaseOpened:
		s.Kind, s.Code, s.Who, s.Case, s.Reason = "case", f.Code, f.By, f.Case, f.Reason
		return s, f.Case == c.ID || c.Order != "" && f.Order == c.Order
	case CaseResolved:
		s.Kind, s.Who, s.Case, s.Reason = "resolved", f.By, f.Case, f.Reason
		return s, f.Case == c.ID
	case CaseReopened:
		s.Kind, s.Who, s.Case = "reopened", f.By, f.Case
		return s, f.Case == c.ID
	case CaseNoted:
		s.Kind, s.Who, s.Case, s.Reason = "noted", f.By, f.Case, f.Note
		return s, f.Case == c.ID
	case CaseAssigned:
		s.Kind, s.Who, s.Case, s.Reason = "assigned", f.By, f.Case, f.To
		return s, f.Case == c.ID
	case BarcodeLinked:
		s.Kind, s.Who, s.Case, s.Reason = "linked", f.By, f.Case, f.SKU
		return s, f.Case == c.ID || c.Scanned != "" && f.Code == c.Scanned
	case StationUnlocked:
		s.Kind, s.Who, s.Station = "unlocked", f.By, f.Station
		return s, c.Kind == KindLock && f.Station == c.Station && !e.At.Before(c.At)
	case MassCorrected:
		s.Kind, s.Who, s.Reason = "weighed", f.By, f.SKU
		blamed := c.Weight != nil && c.Weight.Cause != nil && c.Weight.Cause.SKU == f.SKU
		return s, (f.SKU == c.SKU || blamed) && !e.At.Before(c.At)
	case OrderHeld:
		s.Kind, s.Who, s.Reason = "held", f.By, f.Reason
		return s, c.Order != "" && f.Order == c.Order
	case RestQueued:
		s.Kind, s.Who = "rest-queued", f.By
		return s, c.Order != "" && f.Order == c.Order
	case OrderReleased:
		s.Kind, s.Who = "released", f.By
		return s, c.Order != "" && f.Order == c.Order
	}
	return Step{}, false
}
