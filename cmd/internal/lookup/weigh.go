package lookup

import (
	"context"
	"slices"

	"packbench/cmd/internal/boxes"
	"packbench/cmd/internal/lookup/weighing"
	"packbench/station"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/unit"
)

// weigh adds to a reading what the open parcel should weigh (W2). Outside the
// weighing step there is nothing to add.
func (r *Resolver) weigh(ctx context.Context, s pack.State, w pack.Weighed) (pack.Event, error) {
	if s.Tallying() && (w.Scale == pack.ScaleSteady || w.Scale == pack.ScaleZero) {
		rise, err := r.weighing().Rise(ctx, s.Work, *s.Tally, w)
		w.Rise = rise
		return w, err
	}
	steady := w.Scale == pack.ScaleSteady && w.Mass > 0
	if !steady || s.Work == nil || s.Phase != pack.Weighing && s.Phase != pack.Choosing {
		return w, nil
	}
	expect, err := r.expect(ctx, s, w)
	if err != nil {
		return nil, err
	}
	w.Expect = &expect
	return w, nil
}

// workedOut makes the command the weight that the open parcel should have; it stays a
// command where nobody knows that.
func (r *Resolver) workedOut(s pack.State, c pack.Command) pack.Event {
	if s.Phase != pack.Weighing || s.Work == nil {
		return c
	}
	e := r.Expected(s.Work, 0)
	if !e.Known {
		return c
	}
	return pack.Weighed{Scale: pack.ScaleSteady, Mass: e.Mass, Typed: true, WorkedOut: true, Expect: &e}
}

// weighing judges weights by what this folder's parcels taught.
func (d Reader) weighing() weighing.Bench {
	return weighing.Bench{Store: d.Folder.Store, Settings: &d.Settings}
}

// Expected is what the open parcel should weigh, on a scale of this division.
func (d Reader) Expected(w *pack.Work, division unit.Mass) pack.Expect {
	return d.weighing().Expected(w, division)
}

func (r *Resolver) expect(ctx context.Context, s pack.State, reading pack.Weighed) (pack.Expect, error) {
	_, cartons, err := r.Catalogue(ctx)
	if err != nil {
		return pack.Expect{}, err
	}
	return r.weighing().Judge(ctx, s.Work, reading, cartons, lastRefused(s))
}

// lastRefused is the item of the last refusal in this order: it may still lie
// in the box (W3).
func lastRefused(s pack.State) string {
	for _, v := range s.Recent {
		if v.Order == s.Work.Order && v.Kind == pack.Refused && v.SKU != "" {
			return v.SKU
		}
	}
	return ""
}

// carton finds a carton and says whether the open order may go into it (B2).
func (r *Resolver) carton(ctx context.Context, s pack.State, id string) (*pack.Carton, error) {
	_, cartons, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(cartons, func(c station.Carton) bool { return c.ID == id })
	if i < 0 {
		return nil, nil
	}
	c := cartons[i]
	out := &pack.Carton{ID: c.ID, Tare: c.Tare, Max: c.Max, Volume: c.Inner.Volume()}
	if s.Work == nil {
		return out, nil
	}
	items, err := r.cartonItems(ctx, s.Work)
	if err != nil {
		return nil, err
	}
	out.Trouble = carton.Allows(c, items, carton.Options{Filling: r.Settings.Weight.Filling()})
	return out, nil
}

// cartonItems are the units in the open parcel with their sizes.
func (d Reader) cartonItems(ctx context.Context, w *pack.Work) ([]carton.Item, error) {
	var items []carton.Item
	for _, l := range w.Lines {
		if l.In == 0 || l.Kind == station.Note {
			continue
		}
		item, err := boxes.Item(ctx, d.Store, l.SKU, l.In)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// CartonForRest is proposed for what is open once the parcel is closed as it is.
func (d Reader) CartonForRest(ctx context.Context, w *pack.Work) (*pack.Carton, error) {
	return boxes.ForTheRest(ctx, d.Folder, w)
}
