package folder

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/intake"
	"packbench/station/shop"
)

const (
	atOnce    = 2000 // orders of one page: a long file takes no more memory than a short one
	whyEnding = ".why.txt"
	// wordsKnown is for how many words the products that they mean are remembered.
	wordsKnown = 20_000
)

// errPageFull ends the reading of a file in the middle.
var errPageFull = errors.New("the page is full")

// mark is how far a file was read: its orders up to Given are kept. It stands in the
// cursor, so that a file is put away only after the store has its orders.
type mark struct {
	hash  string
	given int // or whole, or partly: all that could be read
	name  string
}

// What mark.given is when a file was read to its end. One that lost rows is not told
// from others by its content: put back, as after a missing product came into the
// catalogue, it is read again.
const (
	whole  = -1
	partly = -2
)

func (m mark) cursor() shop.Cursor {
	return shop.Cursor(fmt.Sprintf("%s %d %s", m.hash, m.given, m.name))
}

func markOf(c shop.Cursor) mark {
	hash, rest, _ := strings.Cut(string(c), " ")
	given, name, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(given)
	if err != nil {
		return mark{}
	}
	return mark{hash, n, name}
}

// Changed reads the oldest file of orders that is whole. The page after it puts the file
// away. What cannot be read goes to error/ and keeps no other file from being read; it is
// told as an error when there is nothing else to do.
func (c *Client) Changed(ctx context.Context, since shop.Cursor) (shop.Page, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, err := c.waiting()
	if err != nil {
		return shop.Page{}, &shop.Away{Say: "the folder cannot be read", Err: errors.New(words(err))}
	}
	if _, err := c.mapping(); err != nil {
		return shop.Page{}, err // before a file is found to be of no known kind
	}
	now := c.now(found)
	var trouble error
	for _, f := range found {
		if err := ctx.Err(); err != nil {
			return shop.Page{}, err
		}
		if now.Sub(f.ModTime()) < settled {
			continue // it is still being written
		}
		page, took, err := c.take(ctx, f, markOf(since))
		switch {
		case ctx.Err() != nil:
			return shop.Page{}, ctx.Err()
		case err != nil:
			trouble = cmp.Or(trouble, fmt.Errorf("%s: %s", f.Name(), words(err)))
		case took:
			return page, nil
		}
	}
	if trouble = cmp.Or(trouble, c.broken()); trouble != nil {
		return shop.Page{}, trouble
	}
	return shop.Page{Next: since}, nil
}

// waiting are the files of the folder, the oldest first: what is newer counts.
func (c *Client) waiting() ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return nil, err
	}
	var out []fs.FileInfo
	for _, e := range entries {
		if !e.Type().IsRegular() || hidden(e.Name()) {
			continue
		}
		if info, err := e.Info(); err == nil && info.Size() > 0 { // one without content is only begun
			out = append(out, info)
		}
	}
	slices.SortStableFunc(out, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	return out, nil
}

// now is the time by the clock that the files have theirs from, which may be that of
// another machine.
func (c *Client) now(found []fs.FileInfo) time.Time {
	if len(found) == 0 {
		return time.Time{}
	}
	probe, err := os.CreateTemp(c.dir, temporaries)
	if err != nil {
		return time.Now()
	}
	info, err := probe.Stat()
	_, _ = probe.Close(), os.Remove(probe.Name())
	if err != nil {
		return time.Now()
	}
	return info.ModTime()
}

// take reads a file, or puts it away. It reports whether there are orders of it.
func (c *Client) take(ctx context.Context, f fs.FileInfo, since mark) (page shop.Page, took bool, err error) {
	path := filepath.Join(c.dir, f.Name())
	file, err := os.Open(path)
	if err != nil {
		return page, false, err
	}
	shut := func() { err = errors.Join(err, file.Close()) }
	sum := sha256.New()
	if _, err = io.Copy(sum, file); err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	hash := hex.EncodeToString(sum.Sum(nil))[:16]
	same := since.hash == hash && since.name == f.Name()
	if err != nil || same && since.given < 0 || c.had(hash) {
		shut()
		if err == nil && still(path, f) {
			as := hash
			if same && since.given == partly {
				as += "-part"
			}
			err = c.putAway(f.Name(), as)
		}
		return page, false, err
	}
	begin := 0
	if same {
		begin = since.given
	}
	rejects, err := os.CreateTemp(c.dir, temporaries)
	if err != nil {
		shut()
		return page, false, err
	}
	defer func() { _, _ = rejects.Close(), os.Remove(rejects.Name()) }()
	orders, rep, failed := c.read(ctx, file, f.Name(), begin, rejects)
	full := errors.Is(failed, errPageFull)
	shut()
	switch {
	case err != nil || ctx.Err() != nil:
		return page, false, err
	case !still(path, f):
		return page, false, nil // it was written to meanwhile: the next look finds it whole
	case errors.As(failed, new(*fs.PathError)), errors.As(failed, new(*notAsked)):
		return page, false, failed // not the file's fault: it is read again
	case failed != nil && !full:
		return page, false, c.refuse(f.Name(), hash, failed)
	}
	next := mark{hash, whole, f.Name()}
	if full {
		next.given = begin + len(orders)
	} else if rep.Bad() > 0 {
		next.given = partly
		if err := c.reject(f.Name(), hash, rejects); err != nil {
			return page, false, err
		}
	}
	return shop.Page{Orders: orders, Next: next.cursor(), More: true}, true, nil
}

// still reports whether a file is as it was when it was looked at.
func still(path string, f fs.FileInfo) bool {
	now, err := os.Lstat(path)
	return err == nil && now.Size() == f.Size() && now.ModTime().Equal(f.ModTime())
}

// read returns the orders of a file from begin on, those of one page.
func (c *Client) read(ctx context.Context, file io.Reader, name string, begin int, rejects io.Writer) ([]shop.Order, intake.Report, error) {
	var out []shop.Order
	i := 0
	o := intake.Options{Location: c.clock().Location(), Currency: c.currency, Rejects: rejects}
	if m, err := c.mapping(); err != nil {
		return nil, intake.Report{}, &notAsked{err}
	} else if m != nil {
		o.Mapping = func([]string) (intake.Mapping, bool) { return *m, true }
	}
	known, failed := map[string]string{}, error(nil)
	if o.Mapping == nil && c.answered != nil {
		o.Mapping = func(header []string) (m intake.Mapping, answered bool) {
			m, answered, err := c.answer(ctx, header)
			failed = cmp.Or(failed, err)
			return m, answered
		}
	}
	if c.product != nil {
		o.Product = func(word string) (string, bool) {
			sku, asked := known[word]
			if !asked && failed == nil {
				if len(known) >= wordsKnown {
					clear(known)
				}
				sku, failed = c.product(ctx, word)
				known[word] = sku
			}
			return sku, sku != ""
		}
	}
	rep, err := intake.EachOrder(ctx, file, name, o, func(order station.Order) error {
		if !order.HasGoods() && order.Shop == "" {
			return nil // such as a sum below the table; its row is among the rejects
		}
		if i++; i <= begin {
			return nil
		}
		if len(out) == atOnce {
			return errPageFull
		}
		order.Number = cmp.Or(order.Number, order.ID)
		order.Own = cmp.Or(order.Own, order.Number)
		out = append(out, shop.Order{Order: order})
		return nil
	})
	if failed != nil {
		return nil, rep, &notAsked{failed}
	}
	return out, rep, err
}

// notAsked says that what a file is read with could not be read: the file is not to blame.
type notAsked struct{ err error }

func (e *notAsked) Error() string { return e.err.Error() }
func (e *notAsked) Unwrap() error { return e.err }

// mostColumns is how long the file of the columns may be.
const mostColumns = 1 << 20

// mapping reads what the columns of files hold that are of no known kind, nil where
// nobody said so.
func (c *Client) mapping() (*intake.Mapping, error) {
	if c.columns == "" {
		return nil, nil
	}
	file, err := os.Open(c.columns)
	if err != nil {
		return nil, fmt.Errorf("what the columns hold cannot be read: %s", words(err))
	}
	in := json.NewDecoder(io.LimitReader(file, mostColumns))
	in.DisallowUnknownFields()
	var m intake.Mapping
	if err = errors.Join(in.Decode(&m), file.Close()); err == nil {
		err = m.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("what the columns hold, %s: %w", filepath.Base(c.columns), err)
	}
	return &m, nil
}

// had reports whether a file of this content was put away before, read whole.
func (c *Client) had(hash string) bool {
	entries, _ := os.ReadDir(filepath.Join(c.dir, doneDir))
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return strings.Contains(e.Name(), "."+hash+".") })
}

// putAway moves a file to done/, with the time and its content's mark in the name.
func (c *Client) putAway(name, hash string) error {
	return c.move(name, doneDir, c.named(name, hash))
}

func (c *Client) named(name, hash string) string {
	ending := filepath.Ext(name)
	return strings.TrimSuffix(name, ending) + "." + c.clock().UTC().Format("20060102-150405") + "." + hash + ending
}

func (c *Client) move(name, to, as string) error {
	path, err := c.path(to, as)
	if err != nil {
		return err
	}
	return publish(filepath.Join(c.dir, name), path)
}

// refuse moves a file to error/ with the reason beside it, which is written first: a
// file there without one would say nothing.
func (c *Client) refuse(name, hash string, why error) error {
	as := c.named(name, hash)
	path, err := c.path(errorDir, as+whyEnding)
	if err != nil {
		return err
	}
	if err := writeWhole(path, []byte(why.Error()+"\n")); err != nil {
		return err
	}
	return c.move(name, errorDir, as)
}

// reject keeps the rows that were left out, to be corrected and put back. The name rests on
// the content, so that a file which is read again makes no second one.
func (c *Client) reject(name, hash string, rows *os.File) error {
	path, err := c.path(errorDir, strings.TrimSuffix(name, filepath.Ext(name))+"."+hash+".left-out.csv")
	if err != nil {
		return err
	}
	if err := errors.Join(rows.Sync(), rows.Close()); err != nil {
		return err
	}
	return publish(rows.Name(), path)
}
