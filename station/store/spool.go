package store

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"sync"

	"packbench/station"
)

// A Spool takes the orders of one file, so that all of them are kept or none. They are
// written beside the database while the file is read, where nobody sees them; once all
// are on the disk, Keep makes it known by the name of the spool that they count, and
// brings them into the tables a few at a time, so that no bench waits for long. A
// program that is killed before that leaves nothing; after it, whoever opens the
// database next ends what was begun: see FinishImport.
//
// Format: records, each its length as an uvarint and its columns; an empty record, and
// a CRC-32C of all before it. A spool holds addresses: only its owner may read it, and
// it is removed in the end.
type Spool struct {
	store *Store
	free  func()
	file  *os.File
	out   *bufio.Writer
	sum   uint32
	n     int

	todo chan []station.Order
	some []station.Order
	done sync.WaitGroup
	mu   sync.Mutex
	err  error
}

const (
	spoolEnd = "-import" // ends the name of a whole spool; in a backup and on restoring, it belongs to the database
	notWhole = spoolEnd + ".new"
	spoolRow = 64 << 20 // bytes of a record, at most
	encoded  = 256      // orders that are encoded at once
)

func (s *Store) spoolFile() string { return s.path + spoolEnd }

// ErrImporting says that another import of orders has begun and not ended.
var ErrImporting = errors.New("another program is importing orders into this folder: wait for its end, then try again")

// NewSpool begins a spool. While it is open another one is ErrImporting. Keep or Drop
// ends it.
func (s *Store) NewSpool(ctx context.Context) (*Spool, error) {
	free, err := lock(s.spoolFile()+openLock, false)
	if errors.Is(err, ErrHeld) {
		return nil, ErrImporting
	}
	if err != nil {
		return nil, fault("begin an import", err)
	}
	if err := s.finishImport(ctx); err != nil { // the one before this comes first
		free()
		return nil, err
	}
	file, err := os.OpenFile(s.spoolFile()+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		free()
		return nil, fault("begin an import", err)
	}
	p := &Spool{store: s, free: free, file: file, todo: make(chan []station.Order, 4)}
	p.out = bufio.NewWriterSize(file, 1<<18)
	p.done.Go(func() {
		for some := range p.todo {
			p.fail(p.encode(some))
		}
	})
	return p, nil
}

// Add takes an order.
func (p *Spool) Add(o station.Order) error {
	if p.some = append(p.some, o); len(p.some) < encoded {
		return nil
	}
	return p.flush()
}

func (p *Spool) flush() error {
	p.mu.Lock()
	err := p.err
	p.mu.Unlock()
	if err == nil {
		p.todo <- p.some
		p.some = make([]station.Order, 0, encoded)
	}
	return fault("keep the orders", err)
}

func (p *Spool) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = cmp.Or(p.err, err)
}

func (p *Spool) encode(some []station.Order) error {
	var record, length []byte
	for _, o := range some {
		e, err := entryOf(o)
		if err != nil {
			return fmt.Errorf("order %s: %w", o.Called(), err)
		}
		record = e.append(record[:0])
		length = binary.AppendUvarint(length[:0], uint64(len(record)))
		if err := p.write(length, record); err != nil {
			return err
		}
		p.n++
	}
	return nil
}

func (p *Spool) write(parts ...[]byte) error {
	for _, b := range parts {
		p.sum = crc32.Update(p.sum, castagnoli, b)
		if _, err := p.out.Write(b); err != nil {
			return err
		}
	}
	return nil
}

// end waits for what is being encoded.
func (p *Spool) end() {
	if p.todo != nil {
		close(p.todo)
		p.done.Wait()
		p.todo = nil
	}
}

// Drop ends a spool of which nothing is kept. After Keep it does nothing.
func (p *Spool) Drop() error {
	if p.free == nil {
		return nil
	}
	p.end()
	err := errors.Join(p.file.Close(), os.Remove(p.file.Name()))
	p.free()
	p.free = nil
	return err
}

// Kept is what bringing a spool into the tables did.
type Kept struct {
	Added, Changed, Unchanged int
	Refused                   []Refusal // the first thousand
	More                      int       // that are not listed
	Late                      []Refusal // what changed of orders that are packed already, at most a thousand
}

// Refusal is an order that cannot stand beside what is known, and why.
type Refusal struct{ Order, Why string }

// Keep keeps all orders that were added, and ends the spool. An error says that none is
// kept. From the moment on that they count nothing stops it: what fails then is done
// when the database is opened next, and the error says so. Progress is called now and
// then with how many are in the tables, of how many, and first when they count; it may
// be nil.
func (p *Spool) Keep(ctx context.Context, progress func(done, of int)) (Kept, error) {
	err := cmp.Or(p.store.CatchUp(ctx), p.flush()) // what is packed must be known
	p.end()
	if err = cmp.Or(err, p.err, ctx.Err()); err == nil {
		err = p.write([]byte{0})
	}
	if err == nil {
		_, err = p.out.Write(binary.LittleEndian.AppendUint32(nil, p.sum))
	}
	if err = cmp.Or(err, p.out.Flush()); err == nil {
		err = p.file.Sync()
	}
	if err != nil {
		return Kept{}, errors.Join(fault("keep the orders", err), p.Drop())
	}
	name := p.file.Name()
	if err := errors.Join(p.file.Close(), replaceFile(name, p.store.spoolFile())); err != nil {
		err = errors.Join(fault("keep the orders", err), os.Remove(name))
		p.free()
		p.free = nil
		return Kept{}, err
	}
	defer func() {
		p.free()
		p.free = nil
	}()
	if progress != nil {
		progress(0, p.n)
	}
	kept, err := p.store.bringIn(context.WithoutCancel(ctx), p.n, progress)
	if err != nil {
		err = fmt.Errorf("the orders are kept, but not all of them are in the tables yet; opening the folder again goes on: %w", err)
	}
	return kept, err
}

// FinishImport ends an import that was killed after its file was read whole, and
// removes what is left of one that was killed before. While one goes on it does
// nothing.
func (s *Store) FinishImport(ctx context.Context) error {
	if !exists(s.spoolFile()) && !exists(s.spoolFile()+".new") {
		return nil
	}
	free, err := lock(s.spoolFile()+openLock, false)
	if errors.Is(err, ErrHeld) {
		return nil
	}
	if err != nil {
		return fault("end an import", err)
	}
	defer free()
	return s.finishImport(ctx)
}

// finishImport is for who has the lock.
func (s *Store) finishImport(ctx context.Context) error {
	if err := os.Remove(s.spoolFile() + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault("end an import", err)
	}
	if !exists(s.spoolFile()) {
		return nil
	}
	_, err := s.bringIn(ctx, 0, nil)
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
