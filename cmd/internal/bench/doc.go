// Package bench wires a packing bench together for both programs: the data
// folder, the engine with its resolver and its runners, and the devices. It
// owns only the wiring; rules stand in station/pack, looks in station/ui, and
// nothing here decides what a packer may do.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/phrases"
	"packbench/station/store"
)

// Names of files in a data folder.
const (
	traceKeyFile = "trace.key"
	documentsDir = "documents"
)

// Data is an open data folder: settings, database, keys.
type Data struct {
	Dir      string
	Settings config.Settings
	Store    *store.Store
	Clock    func() time.Time
	Log      *slog.Logger

	ring *keyring
	salt []byte
	book phrases.Book
	// spoken: all papers are told in one language, whoever reads them.
	spoken bool
	turn   atomic.Int64 // moves on when the catalogue may have changed
	left   sync.Map     // order → when it had to leave, of closed orders

	mu      sync.Mutex
	cards   carrier.Cards
	cartons []station.Carton
	seen    int64 // the store's change number that cards and cartons were read at
}

// Options of Open.
type Options struct {
	Clock func() time.Time
	Log   *slog.Logger
}

// NotInitialised says that a folder holds no bench yet.
type NotInitialised struct{ Dir string }

func (e *NotInitialised) Error() string {
	return fmt.Sprintf("%s holds no packbench data: run \"packctl init --data %s\" first", e.Dir, e.Dir)
}

// Codec reads the rows of benches and of the desk.
func Codec() *journal.Codec {
	return journal.Bench().And(journal.NewCodec(cases.Events(), cases.Facts()))
}

// now is the time by the options' clock.
func (o Options) now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}

// Open opens a data folder that Init made.
func Open(ctx context.Context, dir string, o Options) (*Data, error) {
	if err := checkDir(dir); err != nil {
		return nil, err
	}
	settings, err := config.Load(filepath.Join(dir, config.File))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &NotInitialised{Dir: dir}
	}
	if err != nil {
		return nil, err
	}
	return openWith(ctx, dir, settings, o)
}

func openWith(ctx context.Context, dir string, settings config.Settings, o Options) (*Data, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	keys, err := loadKeys(dir)
	if err != nil {
		return nil, err
	}
	book, err := phrases.Load()
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, filepath.Join(dir, store.FileName), store.Options{Codec: Codec()})
	if err != nil {
		return nil, err
	}
	ring := &keyring{path: filepath.Join(dir, traceKeyFile), keys: keys}
	d := &Data{Dir: dir, Settings: settings, Store: db, ring: ring, Clock: o.Clock, Log: o.Log, book: book, seen: -1}
	if d.salt, err = badgeSalt(ctx, db); err != nil {
		_ = db.Close()
		return nil, err
	}
	return d, nil
}

// Close closes the database.
func (d *Data) Close() error { return d.Store.Close() }

// DocumentsDir is the folder that documents are written to.
func (d *Data) DocumentsDir() string {
	if d.Settings.Documents != "" {
		return d.Settings.Documents
	}
	return filepath.Join(d.Dir, documentsDir)
}

// Location is the shop's time zone.
func (d *Data) Location() *time.Location {
	if d.Settings.TimeZone != "" {
		if loc, err := time.LoadLocation(d.Settings.TimeZone); err == nil {
			return loc
		}
	}
	return time.Local
}

// catalogue gives rate cards and cartons, read again only after somebody
// wrote to the database.
func (d *Data) catalogue(ctx context.Context) (carrier.Cards, []station.Carton, error) {
	changes, err := d.Store.Changes(ctx)
	if err != nil {
		return carrier.Cards{}, nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if changes == d.seen {
		return d.cards, d.cartons, nil
	}
	rates, err := d.Store.Rates(ctx)
	if err != nil {
		return carrier.Cards{}, nil, err
	}
	var cards carrier.Cards
	for _, r := range rates {
		card, err := carrier.LoadCards(r.Body)
		if err == nil {
			cards, err = carrier.Merge(cards, card)
		}
		if err != nil {
			return carrier.Cards{}, nil, fmt.Errorf("rate card %s: %w", r.Name, err)
		}
	}
	cartons, err := d.Store.Cartons(ctx)
	if err != nil {
		return carrier.Cards{}, nil, err
	}
	d.cards, d.cartons, d.seen = cards, cartons, changes
	return cards, cartons, nil
}

// Exists tells whether a folder holds a bench.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, config.File))
	return err == nil
}
