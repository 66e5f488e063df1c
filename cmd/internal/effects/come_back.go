package effects

import (
	"context"
	"errors"

	"packbench/cmd/internal/lookup/sent"
	"packbench/station/pack"
)

// comeBack carries out the return effect: it claims what came back, and reads anew what is
// known of it. Claiming twice is fine, so an unsure effect simply runs again.
func (r *Runner) comeBack(ctx context.Context, e pack.Effect) (pack.Event, error) {
	alone := false
	if r.Returns != nil {
		holder, err := r.Returns.ClaimReturn(ctx, e.SSCC)
		switch away := errors.Is(err, ErrHubAway); {
		case away && !e.Alone:
			return pack.ReturnRefused{Effect: e.ID}, nil
		case away:
			alone = true
		case err != nil:
			return nil, err
		case holder != r.Station:
			return pack.ReturnRefused{Effect: e.ID, Station: holder}, nil
		}
	}
	s, err := sent.Finder{Store: r.Store, Rules: r.Settings.Returns}.Labelled(ctx, e.SSCC)
	return pack.ReturnReady{Effect: e.ID, Sent: s, Alone: alone}, err
}
