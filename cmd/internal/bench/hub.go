package bench

import (
	"context"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/member"
	"packbench/station/hub"
)

// hubOrders are the claims of a bench whose orders a hub grants.
type hubOrders struct{ *member.Link }

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
