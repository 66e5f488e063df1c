package hub

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/station/lease"
	"packbench/station/pack"
	"packbench/station/store"
)

// ParcelClaim is which bench moves a parcel on the dock.
const ParcelClaim ClaimKind = "parcel"

// Dock is what a folder knows of who moves which parcel: a van, or an opening.
type Dock interface {
	ClaimFromDock(ctx context.Context, parcel pack.ParcelRef, holder string) (bool, error)
	LeaveOnDock(ctx context.Context, sscc, holder string) error
	FreeUnloaded(ctx context.Context, parcel pack.ParcelRef, manifest string) (bool, error)
	PlaceOf(ctx context.Context, parcel pack.ParcelRef) (pack.Place, error)
	OffDock(ctx context.Context) ([]string, error)
	ParcelBySSCC(ctx context.Context, sscc string) (store.Parcel, error)
}

// ClaimFromDock takes a closed parcel for a van of this station, or to open it again, as the
// folder does and then at the hub: another bench may load the same. Where the hub is away
// what stands on the dock goes into the van all the same; that a parcel is in two vans then
// the chains tell.
func (x *Exchange) ClaimFromDock(ctx context.Context, parcel pack.ParcelRef, holder string) (bool, error) {
	x.docked.Store(false)
	mine, err := x.Folder.ClaimFromDock(ctx, parcel, holder)
	if err != nil || !mine || x.Status().Away() {
		return mine, err
	}
	c, err := x.askParcel(ctx, parcel.SSCC)
	switch {
	case err != nil:
		x.Log.Warn("a parcel is loaded that the hub was not asked of", "sscc", parcel.SSCC, "error", err)
		return true, nil
	case c.Station == x.station && c.State != Free:
		return true, nil
	}
	if err := x.Folder.LeaveOnDock(ctx, parcel.SSCC, holder); err != nil {
		return false, err
	}
	x.waitForPlace(ctx, parcel)
	return false, nil
}

func (x *Exchange) askParcel(ctx context.Context, sscc string) (Claim, error) {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return Claim{}, err
	}
	return h.Claim(ctx, x.station, ParcelClaim, sscc, false)
}

// waitForPlace waits a moment for the row that says where a parcel is, so that the loader
// is told.
func (x *Exchange) waitForPlace(ctx context.Context, parcel pack.ParcelRef) {
	for begun := time.Now(); time.Since(begun) < x.patience; {
		if _, err := x.Folder.PlaceOf(ctx, parcel); !errors.Is(err, store.ErrUnknown) {
			return
		}
		x.Wake()
		if !lease.Pause(ctx, lookAgain) {
			return
		}
	}
}

// LeaveOnDock gives the claim up here; the hub hears of it with the next round.
func (x *Exchange) LeaveOnDock(ctx context.Context, sscc, holder string) error {
	defer x.Wake()
	return x.Folder.LeaveOnDock(ctx, sscc, holder)
}

// FreeUnloaded gives up the claim of a van of this folder that has not loaded the parcel.
func (x *Exchange) FreeUnloaded(ctx context.Context, parcel pack.ParcelRef, manifest string) (bool, error) {
	return x.Folder.FreeUnloaded(ctx, parcel, manifest)
}

// settleDock makes the hub's claims of parcels those of this folder: what it holds there and
// not here has left, or stands on the dock again; what it claimed while the hub was away is
// claimed now.
func (x *Exchange) settleDock(ctx context.Context) error {
	if some, err := x.Folder.OffDock(ctx); err != nil || len(some) == 0 && x.docked.Load() {
		return err
	}
	there, err := x.hub.HeldBy(ctx, x.station)
	if err != nil {
		return x.said(err)
	}
	held := map[string]bool{}
	for _, c := range there {
		if c.Kind == ParcelClaim {
			held[c.Key] = true
		}
	}
	x.docked.Store(true)
	here, err := x.Folder.OffDock(ctx) // after the hub: a claim is made here first
	if err != nil || len(here) > 0 {
		x.docked.Store(false)
	}
	if err != nil {
		return err
	}
	over := map[ClaimState][]string{}
	for sscc := range held {
		if slices.Contains(here, sscc) {
			continue
		}
		p, known, err := store.Known(x.Folder.ParcelBySSCC(ctx, sscc))
		if err != nil {
			return err
		}
		state := Done
		if !known || p.State == pack.ParcelClosed {
			state = Free
		}
		over[state] = append(over[state], sscc)
	}
	for state, keys := range over {
		if err := x.hub.Settle(ctx, x.station, ParcelClaim, keys, state); err != nil {
			x.docked.Store(false)
			return x.said(err)
		}
	}
	for _, sscc := range here {
		if held[sscc] {
			continue
		}
		if _, err := x.hub.Claim(ctx, x.station, ParcelClaim, sscc, false); err != nil {
			return x.said(err)
		}
	}
	return nil
}
