package hub

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// simBench is one folder of a simulated shop, and the program that works in it.
type simBench struct {
	*sim
	station string
	dir     string
	db      *store.Store
	x       *Exchange
	chain   journal.Chain
	jobs    []job // behind each of its rows
	skew    time.Duration
	ahead   int
	cut     bool
	fuse    int // calls until it dies
	backup  string
}

// job is what the bench is at.
type job struct {
	order    string
	labelled bool
	frees    string // what is to be given back
}

type died struct{}

func (b *simBench) open() {
	b.t.Helper()
	db, err := store.Open(b.t.Context(), filepath.Join(b.dir, store.FileName), store.Options{Codec: journal.Bench()})
	if err == nil {
		b.db = db
		b.chain, err = db.Head(b.t.Context(), b.station)
	}
	if err != nil {
		b.t.Fatal(err)
	}
	if b.jobs == nil {
		b.jobs = []job{{}}
	}
	b.jobs = b.jobs[:b.chain.Seq+1]
}

func (b *simBench) now() *job { return &b.jobs[len(b.jobs)-1] }

// begin starts the program: it knows nothing but what lies in the folder.
func (b *simBench) begin() {
	ranges := store.Ranges{SSCC: store.Range{Shape: "09******", First: 1, Last: 500000, Make: func(n uint64) (string, error) { return fmt.Sprintf("09%06d", n), nil }}}
	b.fuse = 0
	b.x = New(Options{
		Folder: fragile{b.db, b}, Own: []string{b.station}, Log: quiet(), Ahead: b.ahead,
		Open:   func() (*Hub, error) { return &Hub{pool: &wire{b.lines[b.station].pool, b}}, nil },
		Ranges: func(context.Context) (store.Ranges, error) { return ranges, nil },
		Clash: func(_ context.Context, order, other string) {
			b.say("%s: clash: %s is at %s", b.station, order, other)
			b.told[order] = true
		},
	})
	b.x.patience = 50 * time.Millisecond
}

// alive runs do, and starts the program again where it dies in it.
func (b *simBench) alive(do func()) {
	defer func() {
		switch e := recover(); e {
		case nil:
		case died{}:
			b.say("%s: dies", b.station)
			b.begin()
		default:
			panic(e)
		}
	}()
	do()
}

func (b *simBench) round() {
	b.alive(func() {
		b.finish()
		err := b.x.Round(b.t.Context())
		b.say("%s: round: %v", b.station, err)
		if kind := KindOf(err); kind == Copied || kind == Behind {
			b.t.Errorf("%s is turned away: %v", b.station, err)
		}
	})
}

// write appends a row; what it returned from is not lost.
func (b *simBench) write(then job, facts ...pack.Fact) {
	b.t.Helper()
	in := pack.Input{ID: journal.ID(b.station, b.chain.Seq+1), At: noon.Add(b.skew + time.Duration(b.chain.Seq)*time.Second), Event: pack.Started{}}
	input, decided, err := journal.Bench().Encode(in, facts)
	if err != nil {
		b.t.Fatal(err)
	}
	r := b.chain.Next(in.At, input, decided)
	if err := b.db.Append(b.t.Context(), r); err != nil {
		b.t.Fatal(err)
	}
	b.chain = b.chain.After(r)
	b.jobs = append(b.jobs, then)
}

// finish gives back what was to be given back when the program died.
func (b *simBench) finish() {
	if order := b.now().frees; order != "" {
		if err := b.x.FreeOrder(b.t.Context(), order, b.station); err != nil {
			b.t.Errorf("%s frees %s: %v", b.station, order, err)
		}
		b.now().frees = ""
	}
}

// pack does one step of packing, as a bench does.
func (b *simBench) pack() {
	b.alive(func() {
		b.finish()
		ctx, at := b.t.Context(), b.now()
		switch {
		case at.order == "":
			b.take(ctx)
		case b.chance(15):
			b.say("%s: parks %s", b.station, at.order)
			b.write(job{frees: at.order}, pack.OrderParked{Order: at.order})
			b.finish()
		case !at.labelled:
			b.label(ctx, at.order)
		default:
			b.say("%s: closes %s", b.station, at.order)
			b.packed[at.order] = append(b.packed[at.order], journal.ID(b.station, b.chain.Seq+1))
			b.write(job{frees: at.order}, pack.OrderClosed{Order: at.order})
			b.finish()
		}
	})
}

func (b *simBench) take(ctx context.Context) {
	due, err := b.db.DueOrders(ctx, b.station, 4)
	if err != nil {
		b.t.Fatal(err)
	}
	var order string
	switch {
	case len(b.orders) > 0 && b.chance(20): // scanned from paper
		order = b.orders[b.rng.IntN(len(b.orders))]
	case len(due) > 0:
		order = due[b.rng.IntN(len(due))].ID
	default:
		return
	}
	if err := b.db.CatchUp(ctx); err != nil {
		b.t.Fatal(err)
	}
	o, known, err := store.Known(b.db.Order(ctx, order))
	if err != nil || !known || o.Status != station.OrderOpen {
		return
	}
	if p, err := b.db.Progress(ctx, order); err != nil || p.State == store.ProgressClosed {
		return
	}
	holder, err := b.x.ClaimOrder(ctx, order, b.station, noon.Add(b.skew))
	b.say("%s: begins %s: %s has it, %v", b.station, order, holder, err)
	if err == nil && holder == b.station {
		b.write(job{order: order}, pack.OrderTaken{Order: pack.OrderInfo{ID: order}})
	}
}

func (b *simBench) label(ctx context.Context, order string) {
	if other := b.x.HeldElsewhere(ctx, order); other != "" {
		b.say("%s: leaves %s, which %s has", b.station, order, other)
		b.write(job{frees: order}, pack.OrderLeft{Order: order})
		b.finish()
		return
	}
	effect := journal.ID(b.station, b.chain.Seq)
	ranges, _ := b.x.Ranges(ctx)
	n, err := b.db.LabelNumbers(ctx, store.Numbering{Effect: effect, Parcel: order + "-" + b.station, Station: b.station, Carrier: "heron", SSCC: ranges.SSCC})
	var none *store.Undrawn
	if errors.As(err, &none) {
		b.say("%s: has no numbers", b.station)
		return
	}
	if err != nil {
		b.t.Errorf("%s: %v", b.station, err)
		return
	}
	b.say("%s: label of %s: %s", b.station, order, n.SSCC)
	if of := b.numbers[n.SSCC]; of != "" && of != effect {
		b.t.Errorf("%s was given to %s and to %s", n.SSCC, of, effect)
	}
	b.numbers[n.SSCC] = effect
	b.write(job{order: order, labelled: true})
}

// order comes in here, or is changed.
func (b *simBench) order() {
	ctx := b.t.Context()
	id := fmt.Sprint("o", len(b.orders)+1)
	if len(b.orders) > 0 && b.chance(25) {
		id = b.orders[b.rng.IntN(len(b.orders))]
		if _, known, err := store.Known(b.db.Order(ctx, id)); err != nil || !known {
			return
		}
		status := []station.OrderStatus{station.OrderHeld, station.OrderOpen, station.OrderCancelled}[b.rng.IntN(3)]
		b.say("%s: order %s is %s", b.station, id, status)
		if err := b.db.SetOrderStatus(ctx, id, status, fmt.Sprint("by ", b.station, len(b.log))); err != nil {
			b.t.Error(err)
		}
		return
	}
	b.say("%s: order %s comes in", b.station, id)
	b.orders = append(b.orders, id)
	if _, err := b.db.PutOrders(ctx, []station.Order{orderOf(id, noon.Add(time.Duration(len(b.orders))*time.Hour))}); err != nil {
		b.t.Error(err)
	}
}

func (b *simBench) change() {
	p := station.Product{SKU: []string{"CUP", "PEN"}[b.rng.IntN(2)], Name: fmt.Sprint("named by ", b.station, len(b.log))}
	p.Barcodes = []station.Barcode{{Code: "40" + p.SKU, Factor: 1}}
	b.say("%s: %s is %s", b.station, p.SKU, p.Name)
	if _, err := b.db.PutProducts(b.t.Context(), []station.Product{p}); err != nil {
		b.t.Error(err)
	}
}

// keep makes a backup of the folder.
func (b *simBench) keep() {
	b.say("%s: a backup of %d rows", b.station, b.chain.Seq)
	b.backup = filepath.Join(b.sim.dir, fmt.Sprint("backup-", b.station, len(b.log)))
	b.shut()
	b.copy(b.dir, b.backup)
	b.open()
	b.begin()
}

func (b *simBench) shut() {
	if err := b.db.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func (b *simBench) copy(from, to string) {
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		b.t.Fatal(err)
	}
}

// elsewhere reports whether another folder has rows of the station that the hub has lost:
// to lose both at once is more than this can mend.
func (b *simBench) elsewhere() bool {
	ctx := b.t.Context()
	places, err := b.owner.Writers(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, p := range places {
		for _, other := range b.benches {
			head, err := other.db.Head(ctx, b.station)
			if err != nil {
				b.t.Fatal(err)
			}
			if other != b && p.Writer == b.station && head.Seq > p.Seq {
				return true
			}
		}
	}
	return false
}

// putBack puts that backup back after the folder was lost, and joins again.
func (b *simBench) putBack() {
	ctx := b.t.Context()
	if b.backup == "" || b.cut || b.elsewhere() {
		return
	}
	b.shut()
	b.sim.lose(b.station)
	if err := os.RemoveAll(b.dir); err != nil {
		b.t.Fatal(err)
	}
	b.copy(b.backup, b.dir)
	jobs := b.jobs
	b.open()
	was := b.chain.Seq
	if _, _, err := b.owner.Enrol(ctx, b.station, b.station == desk, "", b.station); err != nil {
		b.t.Fatal(err)
	}
	if err := Recover(ctx, b.db, b.owner, []string{b.station}, nil); err != nil {
		b.t.Fatal(err)
	}
	if err := b.db.BurnBlocks(ctx); err != nil {
		b.t.Fatal(err)
	}
	m, err := b.db.Member(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := b.db.Share(ctx, store.Membership{Hub: m.Hub, Station: b.station}); err != nil {
		b.t.Fatal(err)
	}
	b.chain, err = b.db.Head(ctx, b.station)
	if err != nil {
		b.t.Fatal(err)
	}
	b.jobs = jobs[:b.chain.Seq+1]
	for order, rows := range b.packed { // what nobody else has heard of is lost
		b.packed[order] = slices.DeleteFunc(rows, func(row string) bool {
			writer, n, _ := strings.Cut(row, ".")
			seq, _ := strconv.ParseInt(n, 10, 64)
			return writer == b.station && seq > b.chain.Seq
		})
	}
	b.say("%s: the backup of %d rows is put back; it has %d from the hub", b.station, was, b.chain.Seq)
	b.begin()
	healed := b.healed
	b.sim.healed = true // to join is to make a round
	b.round()
	b.sim.healed = healed
}

// fragile dies before it writes.
type fragile struct {
	*store.Store
	b *simBench
}

func (f fragile) KeepMember(ctx context.Context, m store.Membership) error {
	f.b.burn(nil)
	return f.Store.KeepMember(ctx, m)
}

func (f fragile) TakeClaims(ctx context.Context, station, feed string, upTo int64, news []store.ClaimNews) error {
	f.b.burn(nil)
	return f.Store.TakeClaims(ctx, station, feed, upTo, news)
}

func (f fragile) ClaimOrder(ctx context.Context, order, station string, at time.Time) (string, error) {
	f.b.burn(nil)
	return f.Store.ClaimOrder(ctx, order, station, at)
}

func (f fragile) FreeOrder(ctx context.Context, order, station string) error {
	f.b.burn(nil)
	return f.Store.FreeOrder(ctx, order, station)
}

func (f fragile) AppendCopied(ctx context.Context, rows []journal.Row) (map[string]error, error) {
	f.b.burn(nil)
	return f.Store.AppendCopied(ctx, rows)
}

// burn lets the program die where its time has come: before what it does, or behind it.
func (b *simBench) burn(do func()) {
	if b.fuse == 0 {
		return
	}
	if b.fuse--; b.fuse == 0 {
		if do != nil && b.chance(50) {
			do()
		}
		panic(died{})
	}
}

// wire is a bench's network: a statement is lost on its way, or its answer is, or it
// arrives when nobody waits for it any more.
type wire struct {
	statements
	b *simBench
}

func (w *wire) Close() {} // others of the lab go on with it

func (w *wire) lost(statement string, args []any) error {
	do := func() { _, _ = w.statements.Exec(context.Background(), statement, args...) }
	if w.b.cut {
		return errLost
	}
	w.b.burn(do)
	if w.b.healed {
		return nil
	}
	switch n := w.b.rng.IntN(100); {
	case n < 1:
	case n < 2:
		do()
	case n < 4:
		w.b.late = append(w.b.late, late{w.b.station, do})
	default:
		return nil
	}
	return errLost
}

func (w *wire) Exec(_ context.Context, statement string, args ...any) (pgconn.CommandTag, error) {
	if err := w.lost(statement, args); err != nil {
		return pgconn.CommandTag{}, err
	}
	return w.statements.Exec(context.Background(), statement, args...)
}

func (w *wire) Query(_ context.Context, query string, args ...any) (pgx.Rows, error) {
	if err := w.lost(query, args); err != nil {
		return nil, err
	}
	return w.statements.Query(context.Background(), query, args...)
}

func (w *wire) QueryRow(_ context.Context, query string, args ...any) pgx.Row {
	if err := w.lost(query, args); err != nil {
		return noRow{err}
	}
	return w.statements.QueryRow(context.Background(), query, args...)
}

type noRow struct{ err error }

func (r noRow) Scan(...any) error { return r.err }
