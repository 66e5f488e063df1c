// Package columns is what people have answered about files of orders that no program is
// known to write: what their columns hold, remembered by their headings. It also tells
// what would come of a file before anything of it is taken, and writes what was left out.
//
// Begin with [New]. It must not take an order in: that is package upkeep's, which asks
// here what the columns of a file hold.
package columns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/goods"
	"packbench/station"
	"packbench/station/intake"
	"packbench/station/store"
)

// Columns are the answers of a data folder.
type Columns struct {
	*folder.Folder
	begin string
	check func(intake.Mapping) error
}

// New returns the answers of an open folder about files of orders.
func New(d *folder.Folder) Columns { return Columns{d, store.OrdersColumns, intake.Mapping.Check} }

// Products returns those about files of products.
func Products(d *folder.Folder) Columns {
	return Columns{d, store.ProductsColumns, intake.Mapping.CheckProducts}
}

// Answer is what a person has said once of files with the same headings.
type Answer struct {
	intake.Mapping
	Header []string  `json:"header,omitempty"` // as the file wrote them; an old answer has none
	File   string    `json:"file,omitempty"`   // the name of the one that was looked at
	Asked  time.Time `json:"asked,omitzero"`
}

// Remembered is an answer with the name under which it is kept.
type Remembered struct {
	Key string
	Answer
}

func (c Columns) keyOf(header []string) string { return c.begin + intake.Headings(header) }

// Find returns what was answered of files with this header.
func (c Columns) Find(ctx context.Context, header []string) (a Answer, known bool, err error) {
	body, known, err := store.Known(c.Store.Setting(ctx, c.keyOf(header)))
	if err != nil || !known {
		return a, false, err
	}
	err = json.Unmarshal(body, &a)
	return a, a.Of(header), err
}

// Keep remembers an answer for files with this header, in place of the one before.
func (c Columns) Keep(ctx context.Context, header []string, a Answer) error {
	if err := c.check(a.Mapping); err != nil {
		return err
	}
	a.Header, a.Asked = header, c.Clock().UTC().Truncate(time.Second)
	body, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return c.Store.PutSetting(ctx, c.keyOf(header), body)
}

// List returns all answers by their headings. One that cannot be read is left out: it is
// asked again when such a file comes.
func (c Columns) List(ctx context.Context) ([]Remembered, error) {
	kept, err := c.Store.Settings(ctx, c.begin)
	if err != nil {
		return nil, err
	}
	var out []Remembered
	for _, n := range kept {
		r := Remembered{Key: n.Name}
		if json.Unmarshal(n.Value, &r.Answer) != nil {
			continue
		}
		if r.Header == nil {
			r.Header = r.titles(strings.TrimPrefix(n.Name, c.begin))
		}
		out = append(out, r)
	}
	return out, nil
}

// titles are the headings that are known of an answer which was kept without them: as
// they were answered, or else as the name has them.
func (a Answer) titles(key string) []string {
	out := strings.Split(key, "|")
	for i := range out {
		for _, title := range a.Columns {
			if intake.Headings([]string{title}) == out[i] {
				out[i] = title
			}
		}
	}
	return out
}

// Forget drops an answer by the name under which it is kept.
func (c Columns) Forget(ctx context.Context, key string) error {
	if !strings.HasPrefix(key, c.begin) {
		return fmt.Errorf("%q is no answer about such files", key)
	}
	return c.Store.DropSetting(ctx, key)
}

// Look looks at a file of orders, and at what was answered of such files: nil for nothing.
func (c Columns) Look(ctx context.Context, path string) (g intake.Glance, answer *Answer, err error) {
	file, err := os.Open(path)
	if err != nil {
		return g, nil, err
	}
	defer func() { _ = file.Close() }()
	if g, err = intake.Look(ctx, file, path); err != nil {
		return g, nil, err
	}
	a, known, err := c.Find(ctx, g.Header)
	if known {
		answer = &a
	}
	return g, answer, err
}

// Try tells what would come of a file whose columns hold this; nil is what was answered.
func (c Columns) Try(ctx context.Context, path string, m *intake.Mapping) (t intake.Trial, err error) {
	err = c.reading(ctx, path, m, func(file io.Reader, o intake.Options) (err error) {
		t, err = intake.Try(ctx, file, path, o)
		return err
	})
	return t, err
}

// reading opens a file and gives what it does not say itself.
func (c Columns) reading(ctx context.Context, path string, m *intake.Mapping, read func(io.Reader, intake.Options) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	var failed error
	known := map[string]string{}
	o := intake.Options{
		Location: c.Location(), Currency: c.Settings.Currency,
		Product: func(word string) (string, bool) {
			sku, ok := known[word]
			if !ok && failed == nil && len(known) < wordsKnown {
				sku, failed = goods.Named(ctx, c.Store, word)
				known[word] = sku
			}
			return sku, sku != ""
		},
		Mapping: func(header []string) (intake.Mapping, bool) {
			if m != nil {
				return *m, m.Of(header)
			}
			a, known, err := c.Find(ctx, header)
			failed = errors.Join(failed, err)
			return a.Mapping, known
		},
	}
	return errors.Join(read(file, o), failed)
}

// wordsKnown is for how many words of a file the product is remembered.
const wordsKnown = 100_000

// SaveRejects writes the rows of a file that are left out, with the reasons, as a file of
// the same columns: beside it, or where that cannot be, among the papers. It returns
// where, "" where none are left out.
func (c Columns) SaveRejects(ctx context.Context, path string) (saved string, err error) {
	out := &rejects{name: strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) + " rejected", folders: []string{filepath.Dir(path), c.DocumentsDir()}}
	err = c.reading(ctx, path, nil, func(file io.Reader, o intake.Options) error {
		o.Rejects = out
		_, err := intake.EachOrder(ctx, file, path, o, func(station.Order) error { return ctx.Err() })
		return err
	})
	return out.end(err)
}

// rejects is a file that is begun with its first byte and appears when it is whole.
type rejects struct {
	name    string
	folders []string // the first that can be written is taken
	file    *os.File
}

func (r *rejects) Write(p []byte) (n int, err error) {
	for _, dir := range r.folders {
		if r.file != nil {
			break
		}
		if r.file, err = os.CreateTemp(dir, ".packbench-*.tmp"); err != nil { // for its owner alone: addresses stand in it
			r.file = nil
		}
	}
	if r.file == nil {
		return 0, err
	}
	return r.file.Write(p)
}

// end gives the file its name, which no other one has, or takes it away where something
// failed.
func (r *rejects) end(failed error) (path string, err error) {
	if r.file == nil {
		return "", failed
	}
	temporary := r.file.Name()
	if err := errors.Join(failed, r.file.Close()); err != nil {
		return "", errors.Join(err, os.Remove(temporary))
	}
	for n := 1; ; n++ {
		path = filepath.Join(filepath.Dir(temporary), r.name+".csv")
		if n > 1 {
			path = filepath.Join(filepath.Dir(temporary), fmt.Sprintf("%s %d.csv", r.name, n))
		}
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			return path, os.Rename(temporary, path)
		}
	}
}
