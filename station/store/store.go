package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"modernc.org/sqlite" // and the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"packbench/station/journal"
)

// FileName is the name of the database in a data folder.
const FileName = "packbench.db"

// checkpointPages is how large the WAL may grow before a commit moves it into
// the database by itself, because nobody called Idle. A small WAL is written
// over and over, which a disk does faster than making a file longer.
const checkpointPages = 1000

// idleCommits is how many commits are worth moving the WAL in a pause; they stay well
// below checkpointPages. The commit after a move begins the WAL again and waits for
// the disk twice, so at a person's pace each scan would, if each pause moved it.
const idleCommits = 128

// Options of Open; the zero value is right for a bench.
type Options struct {
	// Codec reads every row of the journal, of benches and of the desk;
	// journal.Bench() where nil.
	Codec *journal.Codec
	// Readers is how many may read at the same time; 4 where 0.
	Readers int
	// Stands says that the database must be there already: one that is missing or
	// empty is Lost, and none is made in its place.
	Stands bool
	// Copy is a folder outside, such as one on another disk or a share, where the mark
	// of the numbers is kept too: see second.
	Copy string
	// Busy is how long to wait while another process writes; 10 s where 0.
	Busy time.Duration
}

// Store is an open database. It may be used by several goroutines.
type Store struct {
	// Elsewhere returns documents that another folder of a hub has made: one by its id, or
	// all of an order. nil where there is none.
	Elsewhere func(ctx context.Context, id, order string) ([]Document, error)

	codec     *journal.Codec
	projected *journal.Codec
	atOnce    int // rows that are taken up in one transaction
	path      string
	folder    string
	mark      string           // file of the numbers' high-water mark
	now       func() time.Time // of marks
	between   func() error     // in tests: what fails between mark and database
	second    second           // the mark once more, outside

	// One connection writes everything, with synchronous=FULL but for what can be
	// rebuilt. A second one for that would be dearer: each change of connection
	// empties the other's page cache.
	writer  *sql.DB
	write   *sql.Conn     // the one of writer
	tx      *prepared     // on write, for who has the turn
	quick   *direct       // on write, for who has the turn
	turn    chan struct{} // holds a token while somebody writes
	busy    time.Duration // how long to wait for another process
	readers *sql.DB
	read    *prepared        // on readers
	numbers map[string]int64 // of writers, once known; for who has the turn
	// claimsEnded is when old claims were looked for; for who has the turn.
	claimsEnded time.Time
	commits     int          // since the WAL was moved; for who has the turn
	hasty       bool         // commits may not wait for the disk; for who has the turn
	release     func()       // the lock that says that the database is open
	copied      atomic.Bool  // rows of others came, and are not taken up yet
	came        atomic.Int64 // how often something of others came over a hub
	masses      masses       // what closed parcels taught
}

// Open opens the database at path, makes it where it is missing, and brings an
// older one up to date. Only its owner may read it: it holds the buyers' addresses.
// A database of a newer program is a *Newer, one that somebody has Alone a Busy;
// see Fault for the rest.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Codec == nil {
		o.Codec = journal.Bench()
	}
	if o.Readers <= 0 {
		o.Readers = 4
	}
	if o.Busy <= 0 {
		o.Busy = 10 * time.Second
	}
	s := &Store{
		codec: o.Codec, projected: projected(o.Codec), atOnce: projectAtOnce, path: path, folder: filepath.Dir(path), mark: markFile(path), now: time.Now, turn: make(chan struct{}, 1), busy: o.Busy,
		numbers: make(map[string]int64), second: second{folder: o.Copy, wait: secondWait, rest: secondRest},
	}
	if err := s.open(ctx, path, o); err != nil {
		return nil, errors.Join(fault("open "+path, err), s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string, o Options) error {
	if _, err := os.Stat(s.folder); err != nil {
		return err
	}
	var err error
	if s.release, err = lock(path+openLock, true); err != nil {
		return err
	}
	if err := ready(path, o.Stands); err != nil {
		return err
	}
	if s.writer, err = connect(path, o.Busy, false, 1); err != nil {
		return err
	}
	if s.write, err = s.writer.Conn(ctx); err != nil {
		return err
	}
	s.tx, s.quick = &prepared{raw: s.write}, &direct{conn: s.write}
	if o.Stands {
		if have, err := format(ctx, s.write); err != nil {
			return err
		} else if have == 0 {
			return Lost
		}
	}
	if err := walMode(ctx, s.write); err != nil {
		return err
	}
	if err := migrate(ctx, s.write); err != nil {
		return err
	}
	if err := seal(ctx, s.write); err != nil {
		return err
	}
	// From here on eagerly does the waiting.
	if _, err := s.write.ExecContext(ctx, "PRAGMA busy_timeout=0"); err != nil {
		return err
	}
	if err := s.keepTriggers(ctx); err != nil {
		return err
	}
	if s.readers, err = connect(path, o.Busy, true, o.Readers); err != nil {
		return err
	}
	s.read = &prepared{raw: s.readers}
	return s.FinishImport(ctx)
}

// connect makes a pool of at most n connections.
func connect(path string, busy time.Duration, readOnly bool, n int) (*sql.DB, error) {
	q := url.Values{}
	q.Add("_pragma", fmt.Sprintf("busy_timeout(%d)", busy.Milliseconds()))
	q.Add("_pragma", "synchronous(FULL)")
	q.Add("_pragma", "foreign_keys(1)")
	q.Add("_pragma", fmt.Sprintf("wal_autocheckpoint(%d)", checkpointPages))
	if readOnly {
		q.Add("_pragma", "query_only(1)")
	} else {
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "cache_size(-65536)") // KiB, taken as needed: a big import must not spill
		q.Add("_pragma", "temp_store(memory)") // where the triggers stand that seal
	}
	name := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: q.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// walMode switches a new file to WAL. Two processes may do so at once, and for
// this one statement SQLite does not wait by itself.
func walMode(ctx context.Context, db querier) error {
	for tries := 0; ; tries++ {
		var mode string
		err := db.QueryRowContext(ctx, "PRAGMA journal_mode=WAL").Scan(&mode)
		if err == nil && mode != "wal" {
			return fmt.Errorf("the folder cannot hold a shared database (journal mode %s)", mode)
		}
		if err == nil || tries == 50 || !errors.Is(fault("", err), Busy) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Close closes the database, after whoever writes has ended. What was appended is
// durable without it.
func (s *Store) Close() error {
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	var errs []error
	if s.write != nil {
		errs = append(errs, s.tx.close(), s.quick.close(), s.write.Close())
	}
	for _, db := range []*sql.DB{s.readers, s.writer} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.release != nil {
		s.release()
	}
	return errors.Join(errs...)
}

// Changes returns a number that differs from the last one when another process
// has committed meanwhile, or something of others came over a hub. It costs microseconds.
func (s *Store) Changes(ctx context.Context) (int64, error) {
	done, err := s.take(ctx)
	if err != nil {
		return 0, err
	}
	defer done()
	var v int64
	err = s.tx.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v + s.came.Load(), fault("look for changes", err)
}

// Idle moves the WAL into the database once it is worth it. A bench calls it when
// nobody works, so that no scan has to wait for it. It gives way to readers and
// writers.
func (s *Store) Idle(ctx context.Context) error { return s.tidy(ctx, idleCommits) }

// tidy moves the WAL after so many commits.
func (s *Store) tidy(ctx context.Context, commits int) error {
	done, err := s.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	if s.commits < commits {
		return nil
	}
	s.commits = 0
	var busy, log, moved int
	err = s.tx.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &log, &moved)
	return fault("tidy up the database", err)
}

// take waits for the turn to write.
func (s *Store) take(ctx context.Context) (done func(), err error) {
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// tryTake takes the turn where nobody has it.
func (s *Store) tryTake() (done func(), free bool) {
	select {
	case s.turn <- struct{}{}:
		return func() { <-s.turn }, true
	default:
		return nil, false
	}
}

// Try finds out whether something can be written: it writes down again what stands
// there.
func (s *Store) Try(ctx context.Context) error {
	return s.change(ctx, "try the disk", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `UPDATE settings SET value = value`)
		return err
	})
}

// change runs do in one durable transaction. When that took long it lets
// others write before it returns.
func (s *Store) change(ctx context.Context, doing string, do func(tx *prepared) error) error {
	return s.changed(ctx, doing, true, do)
}

// rebuild is change for what can be built again from the journal: it does not wait
// for the disk, so that a power cut may undo it. Whatever is committed after it by
// change or Append waits for both.
func (s *Store) rebuild(ctx context.Context, doing string, do func(tx *prepared) error) error {
	return s.changed(ctx, doing, false, do)
}

func (s *Store) changed(ctx context.Context, doing string, durable bool, do func(tx *prepared) error) error {
	done, err := s.take(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	if err = s.setDurable(durable); err == nil {
		err = s.within(ctx, do)
	}
	err = errors.Join(err, s.setDurable(true))
	done()
	if time.Since(began) > longTurn {
		time.Sleep(2 * eagerness)
	}
	return fault(doing, err)
}

// setDurable sets whether a commit waits for the disk. It speaks to the connection
// itself, because SQLite obeys this when it is prepared and not when it runs. Where
// that fails nothing durable is written before it has succeeded.
func (s *Store) setDurable(durable bool) error {
	if durable == !s.hasty {
		return nil
	}
	s.hasty = true
	level := map[bool]string{true: "FULL", false: "NORMAL"}[durable]
	_, err := s.write.ExecContext(context.Background(), "PRAGMA synchronous="+level)
	if err == nil {
		s.hasty = !durable
	}
	return err
}

// within runs do between BEGIN and COMMIT. It does so by hand and not by a
// sql.Tx, whose statements would have to be prepared again for each.
func (s *Store) within(ctx context.Context, do func(tx *prepared) error) error {
	run := func(ctx context.Context, what string) error {
		_, err := s.tx.ExecContext(ctx, what)
		return err
	}
	if err := s.retryBusy(ctx, func() error { return run(ctx, "BEGIN IMMEDIATE") }); err != nil {
		return err
	}
	err := do(s.tx)
	if err == nil {
		err = run(ctx, "COMMIT")
	}
	if err == nil {
		s.commits++
		return nil
	}
	undone := run(context.WithoutCancel(ctx), "ROLLBACK")
	var e *sqlite.Error
	if errors.As(undone, &e) && e.Code() == sqlite3.SQLITE_ERROR {
		undone = nil // SQLite has already undone it itself
	}
	return errors.Join(err, undone)
}

// Between processes nothing hands the right to write from one to the next:
// SQLite only tries again, ever more seldom, and a scan could wait seconds
// while an import takes its next turn at once. So who waits tries often, and
// who has written for long pauses for longer than that.
const (
	eagerness = time.Millisecond
	longTurn  = 5 * time.Millisecond
)

// retryBusy runs do until no other process writes, for s.busy at most.
func (s *Store) retryBusy(ctx context.Context, do func() error) error {
	deadline := time.Now().Add(s.busy)
	for {
		err := do()
		if err == nil || kindOf(err) != Busy || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(eagerness):
		}
	}
}
