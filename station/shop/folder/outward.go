package folder

import (
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
)

// mostRecord is how long the record of an order's parcels may be.
const mostRecord = 8 << 20

// told is one parcel that was told, as sent/ remembers it.
type told struct {
	File     string        `json:"file"` // in out/
	Shipment shop.Shipment `json:"shipment"`
}

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
		path, err := c.path(outDir, t.File)
		if err == nil {
			err = publish(pending(path), path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, away(err)
		}
		out = append(out, t.Shipment)
	}
	return out, nil
}

// Ship writes the file of one parcel. Its id is the name of the file.
func (c *Client) Ship(_ context.Context, s shop.Shipment) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	data, err := c.form.shipped(s)
	if err != nil {
		return "", &shop.Refused{Say: err.Error()}
	}
	all, record, err := c.record(s.Order)
	if err != nil {
		return "", away(err)
	}
	s.ID = fileName("shipped", s, c.form.ending)
	if slices.ContainsFunc(all, func(t told) bool { return t.File == s.ID }) {
		return s.ID, nil
	}
	path, err := c.path(outDir, s.ID)
	if err != nil {
		return "", away(err)
	}
	if err := os.Remove(takenBack(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", away(err)
	}
	temporary, err := prepare(path, data)
	if err != nil {
		return "", away(err)
	}
	if err := remember(record, append(all, told{s.ID, s})); err != nil {
		return "", err
	}
	return s.ID, publish(temporary, path)
}

// Unship takes the file of a parcel back where it still lies, and else writes one that
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
	path, err := c.path(outDir, gone.File)
	if err != nil {
		return away(err)
	}
	back := takenBack(path)
	for _, from := range []string{pending(path), path} {
		if err := os.Rename(from, back); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return away(err)
		}
	}
	if _, err := os.Lstat(back); err != nil { // somebody has taken it
		if c.form.cancelled == nil {
			return &shop.Refused{Say: gone.File + " was taken out of the folder already, and files of this form cannot say that a parcel did not leave: say so in the shop"}
		}
		data, err := c.form.cancelled(gone.Shipment)
		if err != nil {
			return &shop.Refused{Say: err.Error()}
		}
		path, err := c.path(outDir, fileName("cancelled", gone.Shipment, c.form.ending))
		if err != nil {
			return away(err)
		}
		if err := writeWhole(path, data); err != nil {
			return err
		}
	}
	if err := remember(record, slices.Delete(all, i, i+1)); err != nil {
		return err
	}
	if err := os.Remove(back); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
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
	return strings.Join([]string{word, plain(s.Number), plain(s.Tracking), digest(s.Order + "\n" + s.Tracking)[:10]}, "-") + ending
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
