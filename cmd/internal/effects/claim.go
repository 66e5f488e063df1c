package effects

import (
	"context"

	"packbench/station/pack"
	"packbench/station/store"
)

// claim carries out the claim effect. Claiming twice is fine, so an unsure effect
// simply runs again.
func (r *Runner) claim(ctx context.Context, e pack.Effect) (pack.Event, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	p, err := r.Store.ParcelBySSCC(ctx, e.SSCC)
	if err != nil {
		return nil, err
	}
	ref, err := r.look.Placed(ctx, p.Ref())
	if err == nil && ref.State == pack.ParcelClosed {
		ref, _, err = r.fromDock(ctx, ref, e.Manifest)
	}
	return pack.ParcelClaimed{Effect: e.ID, Parcel: ref}, err
}

// fromDock claims a closed parcel for a holder, a van or an effect that opens it
// again. One that is not to be had says where it is.
func (r *Runner) fromDock(ctx context.Context, p pack.ParcelRef, holder string) (now pack.ParcelRef, mine bool, err error) {
	for range 2 {
		if mine, err := r.parcels.ClaimFromDock(ctx, p, holder); err != nil || mine {
			return p, mine, err
		}
		freed, err := r.freed(ctx, p)
		if err != nil {
			return p, false, err
		}
		if freed {
			continue
		}
		gone := p
		gone.State = pack.ParcelHandedOut
		if gone, err = r.look.Placed(ctx, gone); err != nil || gone.Place != nil {
			return gone, false, err
		}
		now, err := r.Store.ParcelBySSCC(ctx, p.SSCC)
		if err != nil || now.State != pack.ParcelClosed {
			return now.Ref(), false, err
		}
		// Whoever had it gave it back between the two questions.
	}
	p.State = pack.ParcelHandedOut
	return p, false, nil
}

// freed gives up the claim of a van that has not loaded the parcel after all,
// because its bench works no longer or has begun again, and reports whether it did.
func (r *Runner) freed(ctx context.Context, p pack.ParcelRef) (bool, error) {
	place, _, err := store.Known(r.Store.PlaceOf(ctx, p))
	if err != nil || place.Manifest == "" {
		return false, err
	}
	if place.Station != r.Station {
		if works, err := r.Lease.Works(ctx, place.Station); err != nil || works {
			return false, err
		}
	}
	return r.parcels.FreeUnloaded(ctx, p, place.Manifest)
}

// free gives the claim of an order back, or that of a van which goes without the
// parcel.
func (r *Runner) free(ctx context.Context, e pack.Effect) error {
	if e.Manifest != "" {
		return r.parcels.LeaveOnDock(ctx, e.SSCC, e.Manifest)
	}
	return r.orders.FreeOrder(ctx, e.Order, r.Station)
}
