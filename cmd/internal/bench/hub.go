package bench

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/member"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/hub"
	"packbench/station/pack"
)

// hubOrders are the claims of a bench whose orders a hub grants.
type hubOrders struct{ *member.Link }

// claims are those that the hub grants; none where the folder belongs to none.
func (b *Bench) claims(resolver *lookup.Resolver) (orders effects.OrderClaims, parcels effects.ParcelClaims, back effects.ReturnClaims) {
	if b.Hub == nil {
		return nil, nil, nil
	}
	resolver.Hub = b.Hub
	return hubOrders{b.Hub}, b.Hub, hubOrders{b.Hub}
}

// ClaimOrder implements effects.OrderClaims.
func (h hubOrders) ClaimOrder(ctx context.Context, order, station string, at time.Time) (string, error) {
	holder, err := h.Link.ClaimOrder(ctx, order, station, at)
	if hub.KindOf(err) != "" {
		err = effects.ErrHubAway
	}
	return holder, err
}

// TakeAlone implements effects.AloneOrders.
func (h hubOrders) TakeAlone(ctx context.Context, order string, at time.Time) error {
	err := h.Link.TakeAlone(ctx, order, at)
	if hub.KindOf(err) != "" {
		err = effects.ErrHubAway
	}
	return err
}

// ClaimReturn implements effects.ReturnClaims.
func (h hubOrders) ClaimReturn(ctx context.Context, sscc string) (string, error) {
	holder, err := h.Link.ClaimReturn(ctx, sscc)
	if hub.KindOf(err) != "" {
		err = effects.ErrHubAway
	}
	return holder, err
}

// BenchNow is how a bench stands, as its own screen shows it, for the board of all of
// them. It goes over the hub, and is in no journal.
type BenchNow struct {
	Station string        `json:"-"`
	Works   bool          `json:"-"` // its program has not ended
	Age     time.Duration `json:"-"` // since it was heard, by the clock of the hub

	Person  string     `json:"person,omitempty"`
	Order   string     `json:"order,omitempty"` // as people call it
	Open    int        `json:"open,omitempty"`  // units of it to scan
	Phase   pack.Phase `json:"phase"`
	Loading bool       `json:"loading,omitempty"`
	Asks    bool       `json:"asks,omitempty"` // for another's badge
	Last    time.Time  `json:"last,omitzero"`  // something was done there
	Lamps   []Lit      `json:"lamps,omitempty"`
}

// Lit is a lamp that is not well.
type Lit struct {
	Name   string `json:"name"`
	Colour string `json:"colour"`
	Words  string `json:"words"`
}

// mostLit bounds what is told of lamps, and of the words of one.
const mostLit, longestLit = 6, 120

// Lights tells which lamps of the bench's screen are not well.
func (b *Bench) Lights(lamps []Lit) {
	lamps = slices.Clone(lamps[:min(len(lamps), mostLit)])
	for i := range lamps {
		lamps[i].Words = station.OneLine(lamps[i].Words, longestLit)
	}
	b.lit.Store(&lamps)
}

// here is how this bench stands, for the hub.
func (b *Bench) here() []byte {
	s := b.Engine.State()
	now := BenchNow{Person: s.Person.ID, Phase: s.Phase, Loading: s.Loading != nil, Asks: s.Wanted != nil}
	if s.Work != nil {
		now.Order, now.Open = s.Work.Called(), s.Work.OpenUnits()
	}
	if at := b.done.Load(); at != 0 {
		now.Last = time.Unix(at, 0).UTC()
	}
	if lit := b.lit.Load(); lit != nil {
		now.Lamps = *lit
	}
	body, _ := json.Marshal(now) // it always can be
	return body
}

// Benches are how all benches of the hub stand; none where the folder belongs to none.
func (b *Bench) Benches(ctx context.Context) ([]BenchNow, error) {
	if b.Hub == nil {
		return nil, nil
	}
	present, err := b.Hub.Present(ctx)
	var out []BenchNow
	for _, p := range present {
		s := BenchNow{Station: p.Station, Age: p.Age, Works: len(p.Body) > 0}
		if s.Works && json.Unmarshal(p.Body, &s) != nil {
			continue // of a newer program
		}
		out = append(out, s)
	}
	return out, err
}

// publish notes when something was done at the bench, before others hear of it. A case is
// told to the other folders at once.
func (b *Bench) publish(to func(engine.Update)) func(engine.Update) {
	return func(u engine.Update) {
		if u.Err == nil && len(u.Facts) > 0 {
			b.done.Store(u.Row.At.Unix())
		}
		if b.Hub != nil && slices.ContainsFunc(u.Facts, func(f pack.Fact) bool { return f.Tag() == pack.CaseOpened{}.Tag() }) {
			b.Hub.Wake()
		}
		if to != nil {
			to(u)
		}
	}
}
