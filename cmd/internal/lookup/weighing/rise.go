package weighing

import (
	"context"

	"packbench/station/pack"
	"packbench/station/weight"
)

// Rise is what came onto a running scale beyond what it has told of, by what products
// weigh. A scale that was cleared has told of nothing but what lay there first.
func (b Bench) Rise(ctx context.Context, w *pack.Work, t pack.Tally, reading pack.Weighed) (*pack.Rise, error) {
	if !t.Known || t.Net != reading.Net {
		return nil, nil
	}
	if err := b.Store.Learn(ctx); err != nil {
		return nil, err
	}
	if t.Line != "" {
		if t.Bare(reading) {
			t.Full = t.Empty
		}
		return b.count(w, t, reading), nil
	}
	return b.pieces(w, t, reading), nil
}

// count says how many units of the counted line came.
func (b Bench) count(w *pack.Work, t pack.Tally, reading pack.Weighed) *pack.Rise {
	l := w.Line(t.Line)
	if l == nil {
		return nil
	}
	var c weight.Counted
	b.Store.Weigh(func(m *weight.Model) {
		c = m.Count(weight.Item{SKU: l.SKU, Mass: l.Mass}, reading.Mass-t.Full, reading.Division, b.Settings.Weight.FalseAlarm)
	})
	return &pack.Rise{N: c.N, Most: c.Most, Unsure: unsure[c.Unsure]}
}

var unsure = map[weight.Unsure]pack.Reason{
	weight.NoMass: pack.ReasonNoMass, weight.TooLight: pack.ReasonTooLight, weight.Spread: pack.ReasonSpread, weight.NotWhole: pack.ReasonNotWhole,
}

// pieces says which of what is due came: all of it, or what was scanned first.
func (b Bench) pieces(w *pack.Work, t pack.Tally, reading pack.Weighed) *pack.Rise {
	out, due := &pack.Rise{}, t.Units()
	b.Store.Weigh(func(m *weight.Model) {
		for n := len(due); n > 0; n-- {
			items := items(w, due[:n])
			mass, tolerance, known := m.Units(items, reading.Division, b.Settings.Weight.FalseAlarm)
			if n == len(due) {
				out.Mass, out.Tolerance, out.Known = mass, tolerance, known
			}
			if known && t.Moved(reading) && (reading.Mass-t.Full-mass).Abs() <= tolerance {
				out.Is, out.Mass, out.Tolerance = due[:n], mass, tolerance
				return
			}
		}
	})
	return out
}

// items are units of the order's products, each product once.
func items(w *pack.Work, due []pack.Due) (out []weight.Item) {
	for _, d := range due {
		it := weight.Item{SKU: d.SKU, Qty: d.Qty}
		for _, l := range w.Lines {
			if l.SKU == d.SKU {
				it.Mass = l.Mass
			}
		}
		out = append(out, it)
	}
	return weight.Merged(out)
}
