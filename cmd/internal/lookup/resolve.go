package lookup

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"packbench/cmd/internal/door"
	"packbench/cmd/internal/lookup/sold"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
	"packbench/station/unit"
)

// Resolve implements engine.Resolver.
func (r *Resolver) Resolve(ctx context.Context, s pack.State, raw engine.Raw) (pack.Event, error) {
	switch raw := raw.(type) {
	case engine.Scan:
		return r.scan(ctx, s, raw)
	case engine.Badge:
		return r.badge(ctx, raw.Code, "")
	case engine.Press:
		return r.command(ctx, s, raw.Command)
	case engine.Entry:
		return r.entry(ctx, s, raw)
	case engine.Weight:
		return r.weigh(ctx, s, pack.Weighed{Scale: raw.Scale, Mass: raw.Mass, Division: raw.Division, Net: raw.Net})
	case engine.Shop:
		return r.shop(ctx, raw.Order)
	}
	return pack.Scanned{Problem: "unknown input"}, nil
}

// badge finds whose badge a code is. The code itself goes nowhere.
func (r *Resolver) badge(ctx context.Context, code, device string) (pack.Event, error) {
	p, known, err := r.person(ctx, code)
	if err != nil || !known {
		return pack.Scanned{Problem: string(pack.ReasonBadge)}, err
	}
	return r.worn(pack.Scanned{}, p, device), nil
}

// worn makes a badge of a scan. Of roles whose badges must be scanned a typed code is
// none: whoever has seen or heard it could type it.
func (r *Resolver) worn(out pack.Scanned, p station.Person, device string) pack.Scanned {
	out.Raw, out.Meanings = "", []pack.Meaning{{Kind: pack.MeansBadge, Person: door.Worn(p)}}
	if why := door.Lapsed(p, r.Clock().In(r.Location())); why != "" {
		out.Meanings, out.Problem = nil, string(why)
	} else if device == engine.Typed && r.Settings.Rules.MustScan(p.Role) {
		out.Meanings, out.Problem = nil, string(pack.ReasonBadgeTyped)
	}
	return out
}

func (r *Resolver) person(ctx context.Context, code string) (p station.Person, known bool, err error) {
	hash := r.badgeOf(code)
	if hash == "" {
		return p, false, nil
	}
	return store.Known(r.Store.PersonByBadge(ctx, hash))
}

// command looks up what a command needs.
func (r *Resolver) command(ctx context.Context, s pack.State, c pack.Command) (pack.Event, error) {
	var err error
	switch c.Name {
	case "carton":
		c.Carton, err = r.carton(ctx, s, c.Value)
	case "next-parcel":
		if s.Work != nil {
			c.Carton, err = r.CartonForRest(ctx, s.Work)
		}
	case "reopen":
		if c.Parcel, c.Parcels, err = r.parcelCalled(ctx, c.Value); err == nil && c.Parcel != nil {
			c.Parcel.VoidRule, err = sold.VoidRule(ctx, r.Store, c.Parcel.ID, c.Parcel.SSCC)
		}
	case "handover":
		return r.handover(ctx, s, c)
	case "reprint-manifest":
		c.N, err = r.ReprintsOf(ctx, c.Value)
	case "driver":
		return r.Driver(c), nil
	case "next-order":
		c.Orders, err = r.nextDue(ctx, s)
	case "worked-out":
		return r.workedOut(s, c), nil
	case "finish":
		return r.finish(ctx, s, c)
	case "confirm", "by-weight":
		c.Value = s.Work.LineNamed(c.Value)
	case "reprint", "paper":
		c.Parcels, err = r.closedParcels(ctx, s)
	}
	return c, err
}

// nextDue returns the next order to pack; orders parked here come last, in case
// nothing else is due.
func (r *Resolver) nextDue(ctx context.Context, s pack.State) ([]pack.OrderHint, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	due, err := r.Store.DueOrders(ctx, r.Station, 1+len(s.Parked)+1)
	if err != nil {
		return nil, err
	}
	due = slices.DeleteFunc(due, func(d store.Due) bool {
		return s.Parked[d.ID] != nil || s.Work != nil && s.Work.Order == d.ID
	})
	return hints(due), nil
}

func hints(due []store.Due) []pack.OrderHint {
	var out []pack.OrderHint
	for _, d := range due {
		out = append(out, pack.OrderHint{ID: d.ID, Number: d.Name, ShipBy: d.ShipBy})
	}
	return out
}

// parcelCalled finds the parcel that a person names, or all that it may be.
func (r *Resolver) parcelCalled(ctx context.Context, called string) (*pack.ParcelRef, []pack.ParcelRef, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, nil, err
	}
	found, err := r.Store.ParcelsCalled(ctx, called)
	if err != nil || len(found) < 2 {
		if len(found) == 1 {
			called = found[0].ID
		}
		one, bad := r.ParcelNamed(ctx, called)
		return one, nil, cmp.Or(err, bad)
	}
	var refs []pack.ParcelRef
	for _, p := range found {
		ref, err := r.Placed(ctx, p.Ref())
		if err != nil {
			return nil, nil, err
		}
		refs = append(refs, ref)
	}
	return nil, refs, nil
}

// ParcelNamed finds a parcel by its id or its SSCC.
func (r *Resolver) ParcelNamed(ctx context.Context, id string) (*pack.ParcelRef, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	p, known, err := store.Known(r.Store.Parcel(ctx, id))
	if err == nil && !known {
		p, known, err = store.Known(r.Store.ParcelBySSCC(ctx, trace.ReadSSCC(id)))
	}
	if err != nil || !known {
		return nil, err
	}
	ref, err := r.Placed(ctx, p.Ref())
	return &ref, err
}

// entry is what a person typed where the bench asks: a weight in the weighing
// step, the number of an answer, else a code typed by hand.
func (r *Resolver) entry(ctx context.Context, s pack.State, e engine.Entry) (pack.Event, error) {
	text := strings.TrimSpace(e.Text)
	if s.Loading != nil && s.Loading.Driver && s.Phase == pack.Idle {
		return r.Driver(pack.Command{Name: "driver", Value: text}), nil
	}
	if (s.Phase == pack.Weighing || s.Phase == pack.Choosing) && s.Asks() == "" {
		if mass, err := unit.ParseMass(text); err == nil {
			return r.weigh(ctx, s, pack.Weighed{Scale: pack.ScaleSteady, Mass: mass, Typed: true})
		}
	}
	if n, err := strconv.Atoi(text); err == nil && s.Question != nil && s.Asks() == "" && n > 0 && n <= 9 {
		return pack.Command{Name: "choose", N: n}, nil
	}
	if text == "" {
		return pack.Command{Name: "choose"}, nil // answered with what is asked, if anything
	}
	event, err := r.scan(ctx, s, engine.Scan{Device: engine.Typed, Data: text})
	if e, ok := event.(pack.Scanned); ok && err == nil && s.Asks() == "" && len(e.Meanings) == 0 && e.Problem != string(pack.ReasonBadgeTyped) {
		if mass, bad := unit.ParseMass(text); bad == nil { // a weight where none is asked for
			return pack.Weighed{Scale: pack.ScaleSteady, Mass: mass, Typed: true}, nil
		}
		if s.Loading != nil && !strings.ContainsAny(text, "0123456789") {
			// A driver's name that came too early, for all we know: the journal holds
			// none, and it is no code that a supervisor should look at.
			return pack.Command{Name: "choose"}, nil
		}
	}
	return event, err
}

// shop reads an order that the shop changed.
func (r *Resolver) shop(ctx context.Context, id string) (pack.Event, error) {
	o, err := r.Store.Order(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return pack.ShopChanged{Status: station.OrderCancelled, Reason: "the shop does not know it any more", Order: pack.OrderInfo{ID: id}}, nil
	}
	if err != nil {
		return nil, err
	}
	info, err := r.OrderInfo(ctx, o)
	if err != nil {
		return nil, err
	}
	return pack.ShopChanged{Status: o.Status, Reason: ReasonCode(o), Order: info}, nil
}
