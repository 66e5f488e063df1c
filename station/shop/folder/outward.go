package folder

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/station/shop"
	"packbench/station/shop/outfile"
)

// mostRecord is how long the record of an order's parcels may be.
const mostRecord = 8 << 20

// told is one parcel that was told, as sent/ remembers it.
type told struct {
	File     string        `json:"file"`           // in out/
	More     []string      `json:"more,omitempty"` // further files of it there
	Carton   int           `json:"carton,omitempty"`
	Shipment shop.Shipment `json:"shipment"`
}

func (t told) files() []string { return append([]string{t.File}, t.More...) }

// Shipped returns what is remembered of an order. It ends what was begun: a parcel is
// prepared beside its place, remembered, and put in its place, in this order, so that it
// lies there once however often and wherever that was broken off.
func (c *Client) Shipped(_ context.Context, order string) ([]shop.Shipment, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all, _, err := c.record(order)
	if err != nil {
		return nil, away(err)
	}
	var out []shop.Shipment
	for _, t := range all {
		for _, name := range t.files() {
			path, err := c.path(outDir, name)
			if err == nil {
				err = publish(pending(path), path)
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, away(err)
			}
		}
		out = append(out, t.Shipment)
	}
	return out, nil
}

// Ship writes the files of one parcel. Its id is the name of the first.
func (c *Client) Ship(_ context.Context, s shop.Shipment) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	form, err := c.outward()
	if err != nil {
		return "", away(err) // the parcel is not to blame: it is told when the form is there
	}
	all, record, err := c.record(s.Order)
	if err != nil {
		return "", away(err)
	}
	if i := slices.IndexFunc(all, func(t told) bool { return same(t.Shipment, s) }); i >= 0 {
		return all[i].File, nil
	}
	t := told{Carton: carton(all), Shipment: s}
	p := outfile.Parcel{Shipment: s, Carton: t.Carton}
	p.At = s.At.In(c.clock().Location())
	sheets, left := form.Sheets([]outfile.Parcel{p})
	if len(left) > 0 {
		return "", &shop.Refused{Say: left[0].Why.Error()}
	}
	if len(sheets) == 0 {
		return "", &shop.Refused{Say: "a parcel without a tracking number that is not the last of its order says nothing in files of the form " + form.Name}
	}
	for _, sheet := range sheets {
		t.More = append(t.More, fileName(sheet.Word, s, form.Ending))
	}
	t.File, t.More = t.More[0], t.More[1:]
	t.Shipment.ID = t.File
	if err := c.lay(t, sheets, record, all); err != nil {
		return "", err
	}
	return t.File, nil
}

// lay puts the files of a parcel into out/, and remembers them in between. An error
// that is no *shop.Away leaves open whether they lie there.
func (c *Client) lay(t told, sheets []outfile.Sheet, record string, all []told) error {
	var paths []string
	for i, name := range t.files() {
		path, err := c.path(outDir, name)
		if err != nil {
			return away(err)
		}
		if err := os.Remove(takenBack(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return away(err)
		}
		if _, err := prepare(path, sheets[i].Data); err != nil {
			return away(err)
		}
		paths = append(paths, path)
	}
	if err := remember(record, append(all, t)); err != nil {
		return err
	}
	for _, path := range paths {
		if err := publish(pending(path), path); err != nil {
			return err
		}
	}
	return nil
}

// same reports whether two parcels of an order are one.
func same(a, b shop.Shipment) bool {
	if a.Tracking == "" && b.Tracking == "" {
		return a.Key == b.Key
	}
	return a.Tracking == b.Tracking
}

// carton is the first number that no parcel of an order has.
func carton(all []told) int {
	n := 1
	for slices.ContainsFunc(all, func(t told) bool { return max(1, t.Carton) == n }) {
		n++
	}
	return n
}

// Unship takes the files of a parcel back where they still lie, and else writes one that
// says the parcel did not leave, where the form has such a thing.
func (c *Client) Unship(_ context.Context, s shop.Shipment) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	all, record, err := c.record(s.Order)
	if err != nil {
		return away(err)
	}
	i := slices.IndexFunc(all, func(t told) bool {
		return s.ID != "" && t.File == s.ID || s.ID == "" && t.Shipment.Tracking == s.Tracking
	})
	if i < 0 {
		return nil
	}
	gone := all[i]
	backs, taken, err := c.fetchBack(gone)
	if err != nil {
		return away(err)
	}
	if taken != "" {
		if err := c.sayCancelled(gone, taken, backs); err != nil {
			return err
		}
	}
	if err := remember(record, slices.Delete(all, i, i+1)); err != nil {
		return err
	}
	for _, path := range backs {
		if err := os.Remove(takenBack(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// fetchBack takes what lies of a parcel out of out/: backs are the places of it. taken
// names one that somebody has fetched.
func (c *Client) fetchBack(t told) (backs []string, taken string, err error) {
	for _, name := range t.files() {
		path, err := c.path(outDir, name)
		if err != nil {
			return backs, taken, err
		}
		for _, from := range []string{pending(path), path} {
			if err := os.Rename(from, takenBack(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return backs, taken, err
			}
		}
		if _, err := os.Lstat(takenBack(path)); err != nil {
			taken = name
			continue
		}
		backs = append(backs, path)
	}
	return backs, taken, nil
}

// sayCancelled writes that a parcel did not leave. A form that cannot say it keeps what
// was not fetched in its place: half of what belongs together is worse than all of it.
func (c *Client) sayCancelled(t told, taken string, backs []string) error {
	form, err := c.outward()
	if err != nil {
		return away(err)
	}
	if !form.Back() {
		for _, path := range backs {
			if err := publish(takenBack(path), path); err != nil {
				return err
			}
		}
		return &shop.Refused{Say: taken + " was taken out of the folder already, and files of this form cannot say that a parcel did not leave: say so in the shop"}
	}
	p := outfile.Parcel{Shipment: t.Shipment, Carton: t.Carton}
	sheet, err := form.Cancelled(p)
	if err != nil {
		return &shop.Refused{Say: err.Error()}
	}
	path, err := c.path(outDir, fileName(sheet.Word, t.Shipment, form.Ending))
	if err != nil {
		return away(err)
	}
	return writeWhole(path, sheet.Data)
}

// takenBack is where a file goes that is being taken back.
func takenBack(path string) string { return pending(path) + ".back.tmp" }

// record reads what is remembered of an order. An order has a file of its own, so that
// a folder of many years is as quick as a new one.
func (c *Client) record(order string) (all []told, path string, err error) {
	path, err = c.path(sentDir, digest(order)+".json")
	if err != nil {
		return nil, "", err
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, path, nil
	}
	if err != nil {
		return nil, "", err
	}
	if info.Size() > mostRecord {
		return nil, "", fmt.Errorf("%s in the folder sent is no record of parcels", filepath.Base(path))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	if json.Unmarshal(data, &all) != nil {
		return nil, "", fmt.Errorf("%s in the folder sent is damaged: what was told of the order is not known; put the file back from a copy", filepath.Base(path))
	}
	return all, path, nil
}

func remember(path string, all []told) error {
	data, err := json.Marshal(all)
	if err != nil {
		return err
	}
	return writeWhole(path, data)
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// fileName is the name of a parcel's file: for people the number of the order and that
// of the parcel, and for certain what both are.
func fileName(word string, s shop.Shipment, ending string) string {
	return strings.Join([]string{word, plain(s.Number), plain(s.Tracking), digest(s.Order + "\n" + cmp.Or(s.Tracking, s.Key))[:10]}, "-") + ending
}

// plain is a text as every system can have it in the name of a file.
func plain(text string) string {
	text = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, text)
	return text[:min(len(text), 40)]
}

// away says that nothing was done, surely.
func away(err error) error {
	return &shop.Away{Say: "the folder cannot be written", Err: errors.New(words(err))}
}
