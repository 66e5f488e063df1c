package figures

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Make counts the figures of the last weeks, that of now among them. Weeks are those of now's
// zone, from Monday on; parcels belong to the week in which they were handed over.
func Make(in Input, weeks int, now time.Time) Report {
	r := Report{To: now, From: Monday(now).AddDate(0, 0, -7*(max(weeks, 1)-1))}
	for w := r.From; w.Before(now); w = w.AddDate(0, 0, 7) {
		r.Weeks = append(r.Weeks, w)
	}
	in = r.within(in)
	heard := map[string]bool{}
	for _, p := range in.Parcels {
		heard[p.Carrier] = heard[p.Carrier] || p.Heard
	}
	for _, f := range figures {
		one := Figure{Key: f.key, Unit: f.unit, All: f.of(count{in, heard, now})}
		for i := range r.Weeks {
			one.Weeks = append(one.Weeks, f.of(count{r.week(in, i), heard, now}))
		}
		r.Figures = append(r.Figures, one)
	}
	r.lanes(in, heard, now)
	r.cohorts(in, now)
	for _, m := range in.Money {
		if m.Owed {
			r.Open++
			if r.Oldest.IsZero() || m.Arrived.Before(r.Oldest) {
				r.Oldest = m.Arrived
			}
		}
	}
	return r
}

func (r Report) in(t, from, to time.Time) bool { return !t.IsZero() && !t.Before(from) && t.Before(to) }

// within leaves out what does not belong to the weeks. Money that is owed always does.
func (r Report) within(in Input) Input { return r.span(in, r.From, r.To.Add(time.Nanosecond)) }

// week is what belongs to one of them.
func (r Report) week(in Input, i int) Input {
	to := r.Weeks[i].AddDate(0, 0, 7)
	return r.span(in, r.Weeks[i], to)
}

func (r Report) span(in Input, from, to time.Time) (out Input) {
	for _, p := range in.Parcels {
		if r.in(p.Handed, from, to) {
			out.Parcels = append(out.Parcels, p)
		}
	}
	for _, b := range in.Backs {
		if r.in(b.Handed, from, to) {
			out.Backs = append(out.Backs, b)
		}
	}
	for _, m := range in.Money {
		if r.in(m.Paid, from, to) || m.Owed && m.Arrived.Before(to) {
			out.Money = append(out.Money, m)
		}
	}
	for _, t := range in.Caught {
		if r.in(t, from, to) {
			out.Caught = append(out.Caught, t)
		}
	}
	for _, t := range in.Asked {
		if r.in(t, from, to) {
			out.Asked = append(out.Asked, t)
		}
	}
	return out
}

// count is what a figure is counted of. heard are the carriers that tell anything.
type count struct {
	Input
	heard map[string]bool
	now   time.Time
}

var figures = []struct {
	key  string
	unit Unit
	of   func(count) Value
}{
	{"delivery-median", Hours, func(c count) Value { return c.delivery(50) }},
	{"delivery-p90", Hours, func(c count) Value { return c.delivery(percent90) }},
	{"on-time", Share, count.onTime},
	{"valid-tracking", Share, count.scanned},
	{"first-attempt", Share, count.firstAttempt},
	{"exceptions", Share, count.exceptions},
	{"return-rate", Share, count.returned},
	{"refund-median", Hours, func(c count) Value { return c.refund(50) }},
	{"refund-p90", Hours, func(c count) Value { return c.refund(percent90) }},
	{"order-accuracy", Share, count.accuracy},
	{"caught", PerUnits, func(c count) Value { return rate(len(c.Caught), c.units(), 1000) }},
	{"escaped", PerUnits, func(c count) Value { return rate(c.escaped(), c.units(), 1000) }},
	{"look-ups", PerBoxes, func(c count) Value { return rate(len(c.Asked), len(c.Parcels), 100) }},
}

// Keys are those of all figures, in their order.
func Keys() (out []string) {
	for _, f := range figures {
		out = append(out, f.key)
	}
	return out
}

func (c count) units() (n int) {
	for _, p := range c.Parcels {
		n += p.Units
	}
	return n
}

func (c count) delivery(percent int) Value {
	var spans []time.Duration
	for _, p := range c.Parcels {
		if !p.Delivered.IsZero() {
			spans = append(spans, p.Delivered.Sub(p.Handed))
		}
	}
	return part(spans, percent, len(c.Parcels)-len(spans))
}

// onTime: one that is open is late once its day is over, if its carrier tells anything.
func (c count) onTime() Value {
	good, n, unknown := 0, 0, 0
	y, m, d := c.now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	for _, p := range c.Parcels {
		switch {
		case p.Promised.IsZero():
			unknown++
		case !p.DeliveredDay.IsZero():
			n++
			if !p.DeliveredDay.After(p.Promised) {
				good++
			}
		case !today.After(p.Promised): // not due
		case !c.heard[p.Carrier]:
			unknown++
		default:
			n++
		}
	}
	return share(good, n, unknown)
}

func (c count) scanned() Value {
	good, n, unknown := 0, 0, 0
	for _, p := range c.Parcels {
		switch {
		case p.Scanned:
			good, n = good+1, n+1
		case !c.heard[p.Carrier]:
			unknown++
		case c.now.Sub(p.Handed) > scanAfter:
			n++
		}
	}
	return share(good, n, unknown)
}

func (c count) firstAttempt() Value {
	good, n := 0, 0
	for _, p := range c.Parcels {
		if p.Attempts > 0 || !p.Delivered.IsZero() {
			n++
		}
		if p.Attempts == 0 && !p.Delivered.IsZero() {
			good++
		}
	}
	return share(good, n, len(c.Parcels)-n)
}

func (c count) exceptions() Value {
	bad, n := 0, 0
	for _, p := range c.Parcels {
		if p.Heard {
			n++
			if len(p.Problems) > 0 {
				bad++
			}
		}
	}
	return share(bad, n, len(c.Parcels)-n)
}

func (c count) returned() Value {
	back := 0
	for _, b := range c.Backs {
		back += b.Qty
	}
	n := c.units()
	return share(min(back, n), n, 0)
}

func (c count) refund(percent int) Value {
	var spans []time.Duration
	owed := 0
	for _, m := range c.Money {
		if m.Owed {
			owed++
		} else {
			spans = append(spans, m.Paid.Sub(m.Arrived))
		}
	}
	return part(spans, percent, owed)
}

func (c count) accuracy() Value {
	all, bad := map[string]bool{}, map[string]bool{}
	for _, p := range c.Parcels {
		all[p.Order] = true
	}
	for _, b := range c.Backs {
		if all[b.Order] && slices.Contains(wrong, b.Reason) {
			bad[b.Order] = true
		}
	}
	return share(len(all)-len(bad), len(all), 0)
}

func (c count) escaped() (n int) {
	for _, b := range c.Backs {
		if slices.Contains(wrong, b.Reason) {
			n += b.Qty
		}
	}
	return n
}

// lanes counts by carrier and lane, and what was wrong.
func (r *Report) lanes(in Input, heard map[string]bool, now time.Time) {
	of := map[[2]string][]Parcel{}
	problems := map[string]int{}
	for _, p := range in.Parcels {
		key := [2]string{p.Carrier, p.Lane}
		of[key] = append(of[key], p)
		for _, s := range p.Problems {
			problems[s]++
		}
	}
	for key, parcels := range of {
		c := count{Input{Parcels: parcels}, heard, now}
		r.Lanes = append(r.Lanes, Lane{Carrier: key[0], Lane: key[1], Parcels: len(parcels), Hours: c.delivery(50), OnTime: c.onTime(), Exception: c.exceptions()})
	}
	slices.SortFunc(r.Lanes, func(a, b Lane) int {
		return cmp.Or(b.Parcels-a.Parcels, strings.Compare(a.Carrier, b.Carrier), strings.Compare(a.Lane, b.Lane))
	})
	r.Problems = mostFirst(problems)
}

func mostFirst(n map[string]int) (out []Count) {
	for _, name := range slices.Sorted(maps.Keys(n)) {
		out = append(out, Count{name, n[name]})
	}
	slices.SortStableFunc(out, func(a, b Count) int { return b.N - a.N })
	return out
}

// cohorts counts what came back of each week's units, and why.
func (r *Report) cohorts(in Input, now time.Time) {
	for i, w := range r.Weeks {
		of := r.week(in, i)
		c := count{of, nil, now}
		reasons := map[string]int{}
		for _, b := range of.Backs {
			reasons[b.Reason] += b.Qty
		}
		r.Cohorts = append(r.Cohorts, Cohort{
			Week: w, Units: c.units(), Back: c.returned(), Ripe: now.Sub(w.AddDate(0, 0, 7)) > ripeAfter, Reasons: mostFirst(reasons),
		})
	}
}
