// Package folder is the data folder of a shop: its settings, database, keys, number
// ranges and languages, and the catalogue of rate cards and cartons in memory.
//
// [Init] makes one, [Open] opens it; several programs may have it open at a time.
// It must not know devices, labels or the engine: what is read from it together is
// for packages lookup and desk, what is drawn for package papers.
package folder

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
	"syscall"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/journal"
	"packbench/station/lease"
	"packbench/station/people"
	"packbench/station/phrases"
	"packbench/station/returns"
	"packbench/station/stock"
	"packbench/station/store"
	"packbench/station/track"
)

// Names of files in a data folder.
const (
	TraceKeyFile = "trace.key"
	DocumentsDir = "documents"
)

// DefaultVar names the environment variable that chooses the data folder of programs
// that are told none.
const DefaultVar = "PACKBENCH_DATA"

// Default is that folder, or one of the user's own.
func Default() string {
	if dir := os.Getenv(DefaultVar); dir != "" {
		return dir
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "packbench-data"
	}
	return filepath.Join(dir, "packbench")
}

// Folder is an open data folder: settings, database, keys.
type Folder struct {
	Dir      string
	Settings config.Settings
	Store    *store.Store
	Clock    func() time.Time
	Log      *slog.Logger

	ring *keyring
	Salt []byte
	// badges is the key of badges, nil where the key file has lost it.
	badges atomic.Pointer[badgeKey]

	Runner lease.Turn // of a folder that is one of several of a shop; see package once

	Written string // when the settings file was, as it was read

	Book phrases.Book
	// Spoken: all papers are told in one language, whoever reads them.
	Spoken bool
	Turn   atomic.Int64 // moves on when the catalogue may have changed
	Left   sync.Map     // order → when it had to leave, of closed orders

	sender atomic.Pointer[config.Sender] // that was kept since the start
	rights atomic.Pointer[people.Rights] // likewise
	choice atomic.Pointer[config.Choice] // likewise

	mu      sync.Mutex
	cards   carrier.Cards
	cartons []station.Carton
	Seen    int64 // the catalogue's version that cards and cartons were read at
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
	return journal.Bench().And(journal.NewCodec(cases.Events(), cases.Facts())).And(journal.NewCodec(stock.Events(), stock.Facts())).And(journal.NewCodec(track.Events(), track.Facts())).And(journal.NewCodec(returns.Events(), returns.Facts()))
}

// Now is the time by the options' clock.
func (o Options) Now() time.Time {
	if o.Clock == nil {
		return time.Now()
	}
	return o.Clock()
}

// Open opens a data folder that Init made.
func Open(ctx context.Context, dir string, o Options) (*Folder, error) {
	if err := CheckDir(dir); err != nil {
		return nil, err
	}
	file := filepath.Join(dir, config.File)
	written, _ := Written(file) // before it is read: who writes it meanwhile is noticed
	settings, err := config.Load(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &NotInitialised{Dir: dir}
	}
	if err != nil {
		return nil, err
	}
	d, err := openWith(ctx, dir, settings, true, o)
	if err != nil {
		return nil, err
	}
	if err := CheckSettings(ctx, d.Store, file); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	d.Written = written
	return d, nil
}

// openWith opens the folder, whose database must be there already where it stands.
func openWith(ctx context.Context, dir string, settings config.Settings, stands bool, o Options) (*Folder, error) {
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
	db, err := store.Open(ctx, filepath.Join(dir, store.FileName), store.Options{Codec: Codec(), Stands: stands, Copy: settings.NumbersCopy})
	if err != nil {
		return nil, err
	}
	ring := &keyring{path: filepath.Join(dir, TraceKeyFile), keys: keys}
	d := &Folder{Dir: dir, Settings: settings, Store: db, ring: ring, Clock: o.Clock, Log: o.Log, Book: book, Seen: -1}
	if d.Salt, err = badgeSalt(ctx, db); err == nil {
		err = d.loadBadgeKey(ctx)
	}
	if err != nil {
		_ = db.Close()
		return nil, err
	}
	return d, nil
}

// Close closes the database.
func (f *Folder) Close() error { return f.Store.Close() }

// DocumentsDir is the folder that documents are written to.
func (f *Folder) DocumentsDir() string {
	if f.Settings.Documents != "" {
		return f.Settings.Documents
	}
	return filepath.Join(f.Dir, DocumentsDir)
}

// Location is the shop's time zone.
func (f *Folder) Location() *time.Location {
	if f.Settings.TimeZone != "" {
		if loc, err := time.LoadLocation(f.Settings.TimeZone); err == nil {
			return loc
		}
	}
	return time.Local
}

// Catalogue returns rate cards and cartons, read again only after somebody
// changed the catalogue.
func (f *Folder) Catalogue(ctx context.Context) (carrier.Cards, []station.Carton, error) {
	version, err := f.Store.CatalogueVersion(ctx)
	if err != nil {
		return carrier.Cards{}, nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if version == f.Seen {
		return f.cards, f.cartons, nil
	}
	rates, err := f.Store.Rates(ctx)
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
	cartons, err := f.Store.Cartons(ctx)
	if err != nil {
		return carrier.Cards{}, nil, err
	}
	f.cards, f.cartons, f.Seen = cards, cartons, version
	return cards, cartons, nil
}

// Exists reports whether a folder holds a bench. One that cannot be looked into may:
// only what is proven to be missing is made anew.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, config.File))
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// Forget drops the codes that are held in memory, at once: the bench itself notices
// within half a second that the catalogue was changed.
func (f *Folder) Forget() { f.Turn.Add(1) }
