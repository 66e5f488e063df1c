package messages

import (
	"context"
	"fmt"
	"slices"
	"time"

	"packbench/station/message"
	"packbench/station/shift"
	"packbench/station/store"
)

// ended is a shift that is over; n is 0 where the shop's day is one.
type ended struct {
	day    shift.Date
	n      int
	name   string
	window shift.Window
}

const (
	lookForShifts = time.Minute
	// settle is how long after its end a shift is told: the last rows of the benches are
	// there by then.
	settle = 2 * time.Minute
	// late is how long after its end it is of no use any more.
	late = 12 * time.Hour
)

// digests keeps the digest of the shifts that have ended as news, each once.
func (m *Messages) digests(ctx context.Context, all []store.MessageTarget) error {
	now := m.Clock()
	since := now.Sub(m.digested)
	if m.Digest == nil || since >= 0 && since < lookForShifts || !slices.ContainsFunc(all, wantsShifts) {
		return nil
	}
	m.digested = now
	over, err := m.ended(now)
	if err != nil {
		return err
	}
	for _, s := range over {
		key := fmt.Sprintf("shift %s/%d", s.day, s.n)
		if m.told[key] {
			continue
		}
		if err := m.digest(ctx, key, s); err != nil {
			return fmt.Errorf("the digest of a shift: %w", err)
		}
		m.told[key] = true
	}
	return nil
}

func (m *Messages) digest(ctx context.Context, key string, s ended) error {
	if known, err := m.Store.HasNews(ctx, key); err != nil || known {
		return err
	}
	d, some, err := m.Digest(ctx, s.day, s.n)
	if err != nil || !some {
		return err
	}
	d.Name = s.name
	counts, err := m.Store.CountNews(ctx, s.window.From, s.window.To)
	if err != nil {
		return err
	}
	d.Figures = append(d.Figures, message.Counted(counts)...)
	return m.Store.PutNews(ctx, key, message.News{Kind: message.Shift, At: s.window.To.UTC(), Digest: &d})
}

func wantsShifts(t store.MessageTarget) bool {
	terms, err := readTerms(t.Options)
	return err == nil && !t.Off && slices.Contains(terms.kinds, message.Shift)
}

// ended are the shifts that ended not long before now.
func (m *Messages) ended(now time.Time) (out []ended, err error) {
	loc := m.Location()
	today := shift.DateOf(now.In(loc))
	plan, err := m.ShiftPlan()
	if err != nil {
		return nil, err
	}
	for _, day := range []shift.Date{today.Add(-1), today} {
		all := []ended{{day: day, name: day.String(), window: shift.Day(day, loc)}}
		if len(m.Settings.Shifts) > 0 {
			all = nil
			for i, s := range m.Settings.Shifts {
				w, err := plan.Window(day, i+1, loc)
				if err != nil {
					return nil, err
				}
				all = append(all, ended{day: day, n: i + 1, name: fmt.Sprintf("%s, shift %s (%s to %s)", day, s.Name, s.From, s.To), window: w})
			}
		}
		for _, e := range all {
			if age := now.Sub(e.window.To); age >= settle && age < late {
				out = append(out, e)
			}
		}
	}
	return out, nil
}
