package lookup

import (
	"context"
	"sync/atomic"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup/sent"
	"packbench/cmd/internal/lookup/weighing"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/carton"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
	"packbench/station/unit"
)

// Catalogue is what the resolver reads of the store. Nothing in it changes what a
// shop or a bench has written; CatchUp only brings what is read up to that.
type Catalogue interface {
	PersonByBadge(ctx context.Context, badge string) (station.Person, error)
	Person(ctx context.Context, id string) (station.Person, error)

	// What a code means: all that a catalogue has at once, because a packer waits.
	Find(ctx context.Context, a store.Asked) (store.Found, error)
	HasBin(ctx context.Context, bin string) (bool, error)

	// The order that a scan means, or those that the bench may start.
	Progress(ctx context.Context, id string) (store.Progress, error)
	OrdersByTote(ctx context.Context, tote string) ([]store.Due, error)
	OrdersWithSKU(ctx context.Context, station, sku string, limit int) ([]store.Due, error)
	DueOrders(ctx context.Context, station string, limit int) ([]store.Due, error)

	// The parcel that a label is of, what was in it, and what came back.
	sent.Reader

	// What waits for a van, and what is in one.
	Dock(ctx context.Context) ([]pack.Van, error)
	Manifest(ctx context.Context, id string) (store.Manifest, error)
	ParcelsOn(ctx context.Context, manifest string) ([]store.Parcel, error)
	PurchasesOf(ctx context.Context, parcel string) ([]store.Purchase, error)
	OnCloseOut(ctx context.Context, purchase string) (store.CloseOut, error)
}

// reading is what the resolver asks of the data folder beside: answers that are made
// of several rows, of settings or keys. It changes nothing either.
type reading interface {
	Location() *time.Location
	Catalogue(ctx context.Context) (carrier.Cards, []station.Carton, error)
	Keyed(what string, words ...string) string
	VerifyCode(ctx context.Context, code string) (trace.Result, error)

	OrderInfo(ctx context.Context, o station.Order) (pack.OrderInfo, error)
	Placed(ctx context.Context, p pack.ParcelRef) (pack.ParcelRef, error)
	PapersOut(ctx context.Context, p store.Parcel) (map[string]int, error)
	ManifestByNumber(ctx context.Context, text string) (store.Manifest, error)
	Lane(id string) (config.Lane, bool)
	OnLane(ctx context.Context, l config.Lane) ([]store.Parcel, error)

	weighing() weighing.Bench
	Expected(w *pack.Work, division unit.Mass) pack.Expect
	CartonForRest(ctx context.Context, w *pack.Work) (*pack.Carton, error)
	cartonItems(ctx context.Context, w *pack.Work) ([]carton.Item, error)
}

// Resolver looks up for the machine. It changes nothing: it has no more of the data
// folder than what reads.
type Resolver struct {
	reading
	Store    Catalogue
	Settings *config.Settings
	Clock    func() time.Time
	Station  string
	badgeOf  func(code string) string // its keyed hash
	turn     *atomic.Int64            // moves on when the catalogue may have changed
	codes    codes
	Hub      sent.Others // nil where the folder belongs to none
}

func NewResolver(d *folder.Folder, station string) *Resolver {
	return &Resolver{
		reading: NewReader(d), Store: d.Store, Settings: &d.Settings, Clock: d.Clock, Station: station, badgeOf: d.BadgeHasher(), turn: &d.Turn,
	}
}
