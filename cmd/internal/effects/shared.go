package effects

import (
	"context"
	"errors"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
)

// ErrHubAway says that an order cannot be claimed, because the hub that grants it cannot
// be asked.
var ErrHubAway = errors.New("the hub is away")

// What the benches of a shop share. What stands here passes the suite in storetest;
// all else an effect asks is of its own data folder.
type (
	// OrderClaims say which bench packs an order.
	OrderClaims interface {
		ClaimOrder(ctx context.Context, order, station string, at time.Time) (holder string, err error)
		FreeOrder(ctx context.Context, order, station string) error
	}
	// AloneOrders are claims that nobody could be asked for.
	AloneOrders interface {
		// TakeAlone takes an order for this bench; who has it besides turns out later.
		TakeAlone(ctx context.Context, order string, at time.Time) error
	}
	// HeldOrders are claims that may be taken away again, while this bench was away.
	HeldOrders interface {
		// HeldElsewhere returns the bench that has an order of this one now, "" for none,
		// or where nobody can be asked.
		HeldElsewhere(ctx context.Context, order string) string
	}
	// ParcelClaims say which van or opening moves a parcel on the dock.
	ParcelClaims interface {
		ClaimFromDock(ctx context.Context, parcel pack.ParcelRef, holder string) (bool, error)
		LeaveOnDock(ctx context.Context, sscc, holder string) error
		FreeUnloaded(ctx context.Context, parcel pack.ParcelRef, manifest string) (bool, error)
	}
	// ReturnClaims say which bench takes apart what came back.
	ReturnClaims interface {
		// ClaimReturn takes it for this bench, and returns who has it; ErrHubAway where
		// nobody can be asked.
		ClaimReturn(ctx context.Context, sscc string) (holder string, err error)
	}
	// Numbers are those of labels, and for which wish each was taken.
	Numbers interface {
		LabelNumbers(ctx context.Context, of store.Numbering) (store.Numbers, error)
		NumbersOf(ctx context.Context, wish string) (store.Numbers, error)
		WishOf(ctx context.Context, sscc string) (string, error)
	}
	// Shops are asked what they say of an order now (O3). asked is false for one that
	// cannot be reached at once, which stops nobody.
	Shops interface {
		Fresh(ctx context.Context, o station.Order) (asked bool, err error)
	}
	// Lease is that of the bench: see station/lease.
	Lease interface {
		Hold(ctx context.Context) (context.Context, context.CancelFunc, error)
		Works(ctx context.Context, station string) (bool, error)
	}
)
