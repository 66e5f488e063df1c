package goods

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"packbench/station"
	"packbench/station/intake"
	"packbench/station/store"
)

// A Spool takes the products of one file, so that all of them are kept or none. They
// stand in a file beside the database while theirs is read, where nobody sees them. Keep
// makes it known by the name of the spool that they count, and merges them into the
// catalogue some at a time, so that no bench waits for long. A program that is killed
// before that leaves nothing; after it, [Finish] ends what was begun: merged once more, a
// product that is there already stays as it is.
//
// Format: a product a line, as JSON; a last line with the columns that the file has, and
// a CRC-32C of all before it.
type Spool struct {
	store *store.Store
	path  string
	free  func()
	file  *os.File
	out   *bufio.Writer
	sum   uint32
}

// ErrImporting says that another import of products has begun and not ended.
var ErrImporting = errors.New("another program is importing products into this folder: wait for its end, then try again")

// spoolName begins with the database's name: a backup leaves it out.
const spoolName = store.FileName + "-import-products"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// end is the last line of a spool.
type end struct {
	Columns []string `json:"columns"`
	Sum     uint32   `json:"sum"`
}

// NewSpool begins a spool in a data folder. While it is open another one is
// ErrImporting. Keep or Drop ends it.
func NewSpool(ctx context.Context, s *store.Store, dir string) (*Spool, error) {
	p := &Spool{store: s, path: filepath.Join(dir, spoolName)}
	free, err := store.LockFile(p.path+".lock", time.Second)
	if errors.Is(err, store.ErrHeld) {
		return nil, ErrImporting
	}
	if err != nil {
		return nil, err
	}
	if err = finish(ctx, s, p.path); err == nil { // the one before this comes first
		p.file, err = os.OpenFile(p.path+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	}
	if err != nil {
		free()
		return nil, err
	}
	p.free, p.out = free, bufio.NewWriterSize(p.file, 1<<18)
	return p, nil
}

// Add takes a product.
func (p *Spool) Add(item station.Product) error {
	line, err := json.Marshal(item)
	if err != nil {
		return err
	}
	return p.write(append(line, '\n'))
}

func (p *Spool) write(line []byte) error {
	p.sum = crc32.Update(p.sum, castagnoli, line)
	_, err := p.out.Write(line)
	return err
}

// Drop ends a spool of which nothing is kept. After Keep it does nothing.
func (p *Spool) Drop() error {
	if p.free == nil {
		return nil
	}
	err := errors.Join(p.file.Close(), os.Remove(p.path+".new"))
	p.free()
	p.free = nil
	return err
}

// Keep keeps all products that were added, as what the reader of their file says of its
// columns has them merged, and ends the spool. An error says that none is kept, unless
// whole was called: from then on nothing stops it, and what fails is done by Finish. Each
// is told what became of some of them.
func (p *Spool) Keep(ctx context.Context, rep intake.Report, whole func(), each func(Kept)) error {
	last, err := json.Marshal(end{rep.Has(), p.sum})
	if err == nil {
		err = p.write(append(last, '\n'))
	}
	if err = errors.Join(err, ctx.Err(), p.out.Flush()); err == nil {
		err = p.file.Sync()
	}
	if err != nil {
		return errors.Join(err, p.Drop())
	}
	defer func() {
		p.free()
		p.free = nil
	}()
	if err := errors.Join(p.file.Close(), os.Rename(p.path+".new", p.path)); err != nil {
		return errors.Join(err, os.Remove(p.path+".new"))
	}
	whole()
	return bringIn(context.WithoutCancel(ctx), p.store, p.path, each)
}

// Finish ends an import of products that was killed after its file was read whole, and
// removes what is left of one that was killed before. While one goes on it does nothing.
func Finish(ctx context.Context, s *store.Store, dir string) error {
	path := filepath.Join(dir, spoolName)
	if !exists(path) && !exists(path+".new") {
		return nil
	}
	free, err := store.LockFile(path+".lock", 0)
	if errors.Is(err, store.ErrHeld) {
		return nil
	}
	if err != nil {
		return err
	}
	defer free()
	return finish(ctx, s, path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// finish is for who has the lock.
func finish(ctx context.Context, s *store.Store, path string) error {
	if err := os.Remove(path + ".new"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !exists(path) {
		return nil
	}
	return bringIn(ctx, s, path, func(Kept) {})
}

// Kept is what became of some products.
type Kept struct {
	Did     []store.Change
	Losses  []string // what products lost that they had
	Refused []intake.Rejection
}

// atOnce is how many products are merged in one transaction: a bench that works meanwhile
// waits for no more.
const atOnce = 500

// bringIn merges the products of a whole spool, and removes it.
func bringIn(ctx context.Context, s *store.Store, path string, each func(Kept)) error {
	last, left, err := check(path)
	if err != nil {
		return errors.Join(err, os.Remove(path)) // nothing of it can be trusted
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	goods, err := s.NewGoods(ctx)
	if err != nil {
		return errors.Join(err, file.Close())
	}
	rep, lines := intake.Having(last.Columns), json.NewDecoder(bufio.NewReader(file))
	for left > 0 && err == nil {
		some := make([]station.Product, min(left, atOnce))
		for i := range some {
			err = errors.Join(err, lines.Decode(&some[i]))
		}
		left -= len(some)
		if err == nil {
			err = merge(ctx, s, goods, rep, some, each)
		}
	}
	if err = errors.Join(err, file.Close(), goods.Close(ctx)); err != nil {
		return fmt.Errorf("the products are kept, but not all of them are in the catalogue yet; packbench goes on with it when it is started, or with the next import: %w", err)
	}
	return os.Remove(path)
}

func merge(ctx context.Context, s *store.Store, goods *store.Goods, rep intake.Report, some []station.Product, each func(Kept)) error {
	var kept Kept
	did, err := goods.Merge(ctx, some, func(known, given station.Product) station.Product {
		p, loss := rep.Merge(known, given)
		if loss != "" {
			kept.Losses = append(kept.Losses, loss)
		}
		return p
	})
	if err != nil {
		return err
	}
	kept.Did = did
	if kept.Refused, err = Clashes(ctx, s, some, did, "parts", nil); err != nil {
		return err
	}
	each(kept)
	return nil
}

// check reads a spool through and returns its last line, and how many products stand
// before it.
func check(path string) (last end, products int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return last, 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	in, sum := bufio.NewReaderSize(file, 1<<18), uint32(0)
	var before []byte
	for ; ; products++ {
		line, err := in.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			break
		}
		if err != nil {
			return last, 0, errors.Join(errSpool, err)
		}
		sum, before = crc32.Update(sum, castagnoli, before), line
	}
	if json.Unmarshal(bytes.TrimSpace(before), &last) != nil || last.Sum != sum || last.Columns == nil {
		return last, 0, errSpool
	}
	return last, products - 1, nil
}

// errSpool is a spool that was altered, or never was whole.
var errSpool = errors.New("the disk has altered the products of an import that was cut short: import the file again")

// Told are orders that the store says something of, as the reports of imports have them.
func Told(list []store.Refusal) (told []intake.Rejection) {
	for _, of := range list {
		told = append(told, intake.Rejection{Column: "order " + of.Order, Reason: of.Why})
	}
	return told
}
