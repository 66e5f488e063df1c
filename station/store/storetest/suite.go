// Package storetest owns the suite that everything passes through which the benches
// of a shop share their work: the database of one data folder today. It says what a
// bench may rely on when others work beside it, in other processes, and some of them
// are killed. A test gives [Run] its [Backend]; its own process is started again for
// the ones that are killed. It is for tests only, and it holds nothing that only one
// kind of database does.
package storetest

import (
	"context"
	"iter"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/lease"
	"packbench/station/pack"
	"packbench/station/store"
)

// Shop is what a bench asks of all that it shares with others. What it asks for has
// been done durably when a method returns.
type Shop interface {
	OrderClaims
	ParcelClaims
	Numbers
	Orders
	News
	lease.Table
	Close() error
}

// OrderClaims say which bench packs an order. They outlive the programs.
type OrderClaims interface {
	ClaimOrder(ctx context.Context, order, station string, at time.Time) (holder string, err error)
	FreeOrder(ctx context.Context, order, station string) error
}

// ParcelClaims say who moves a parcel that stands on the dock: a van, or an effect
// that opens it again.
type ParcelClaims interface {
	ClaimFromDock(ctx context.Context, parcel pack.ParcelRef, holder string) (bool, error)
	LeaveOnDock(ctx context.Context, sscc, holder string) error
	FreeUnloaded(ctx context.Context, parcel pack.ParcelRef, manifest string) (bool, error)
	AppendLoading(ctx context.Context, row journal.Row, sscc, manifest string) (bool, error)
}

// Numbers are those of labels: no two labels have the same.
type Numbers interface {
	LabelNumbers(ctx context.Context, of store.Numbering) (store.Numbers, error)
	NumbersOf(ctx context.Context, wish string) (store.Numbers, error)
	WishOf(ctx context.Context, sscc string) (string, error)
}

// Orders are what the shop wants packed.
type Orders interface {
	PutOrders(ctx context.Context, orders []station.Order) ([]store.Change, error)
	Order(ctx context.Context, id string) (station.Order, error)
	DueOrders(ctx context.Context, station string, limit int) ([]store.Due, error)
}

// News are what others did: that they did something, that they changed the catalogue,
// and what each of them wrote.
type News interface {
	Changes(ctx context.Context) (int64, error)
	CatalogueVersion(ctx context.Context) (int64, error)
	Writers(ctx context.Context) ([]string, error)
	Rows(ctx context.Context, writer string, from int64) iter.Seq2[journal.Row, error]
	Head(ctx context.Context, writer string) (journal.Chain, error)
	Append(ctx context.Context, row journal.Row) error
	CatchUp(ctx context.Context) error
}

// Backend makes shops.
type Backend struct {
	// New makes a shop in which nothing is, and returns where it is.
	New func(t *testing.T) (at string)
	// Open opens the shop there as one more process does. It is called in other
	// processes too.
	Open func(ctx context.Context, at string) (Shop, error)
}

// Run runs the suite as subtests. It must be called by a test of its own.
func Run(t *testing.T, b Backend) {
	s := suite{b: b, test: t.Name()}
	s.beChild(t)
	t.Run("OneOrderHasOneHolder", s.oneOrderHasOneHolder)
	t.Run("ClaimsOutliveTheProgram", s.claimsOutliveTheProgram)
	t.Run("ClaimsOfProgramsThatAreKilled", s.claimsOfProgramsThatAreKilled)
	t.Run("OneParcelGoesWithOneHolder", s.oneParcelGoesWithOneHolder)
	t.Run("AVanThatIsGivenUpLoadsNothing", s.aVanThatIsGivenUpLoadsNothing)
	t.Run("NumbersAreGivenOnce", s.numbersAreGivenOnce)
	t.Run("NumbersOfProgramsThatAreKilled", s.numbersOfProgramsThatAreKilled)
	t.Run("OrdersAsTheShopGivesThem", s.ordersAsTheShopGivesThem)
	t.Run("OrdersOfTwoImportsAtOnce", s.ordersOfTwoImportsAtOnce)
	t.Run("OthersAreNoticed", s.othersAreNoticed)
	t.Run("NewsComeInOrderAndOnce", s.newsComeInOrderAndOnce)
	t.Run("ALeaseHasOneHolder", s.aLeaseHasOneHolder)
	t.Run("ABenchWorksUntilItIsSilent", s.aBenchWorksUntilItIsSilent)
	t.Run("ABenchThatEndsOrBeginsAgain", s.aBenchThatEndsOrBeginsAgain)
}

type suite struct {
	b    Backend
	test string // that called Run
}

// open opens a shop until the test ends.
func (s suite) open(t *testing.T, at string) Shop {
	t.Helper()
	shop, err := s.b.Open(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := shop.Close(); err != nil {
			t.Error(err)
		}
	})
	return shop
}

// several opens a new shop as several processes do.
func (s suite) several(t *testing.T, n int) []Shop {
	t.Helper()
	at := s.b.New(t)
	shops := make([]Shop, n)
	for i := range shops {
		shops[i] = s.open(t, at)
	}
	return shops
}

// must is the result of what has to work.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}
