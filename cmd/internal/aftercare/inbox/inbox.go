// Package inbox takes in what services and people say of parcels by files (T1): a table that
// somebody wrote or exported, and a folder into which a shop's own relay puts the webhooks
// of services that follow parcels, each as its body with its headers beside it. What is
// taken is moved to done, what is not to refused, with the reason in words beside it.
//
// [File] takes in a table, [Take] what lies in the folder. What it says is kept by package
// heard; it must not ask anybody.
package inbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/secret"
	"packbench/station/track"
	"packbench/station/track/inbox"
)

// Came is what came of files.
type Came struct {
	heard.Kept
	Taken, Refused int            // files
	Strangers      map[string]int // events by numbers that no label here has, or those of two carriers
	More           bool           // strangers, than are named
	Rejected       []inbox.Rejected
	RejectedMore   int // rows, than are named
}

// How many rows and numbers that are not taken are named.
const (
	mostRejected  = 1_000
	mostStrangers = 100_000
)

func (c *Came) add(k heard.Kept) {
	c.New, c.Known, c.Foreign, c.Timeless = c.New+k.New, c.Known+k.Known, c.Foreign+k.Foreign, c.Timeless+k.Timeless
}

// File takes in a table of events, some at a time. source is how it is called in the
// histories of parcels.
func File(ctx context.Context, f *folder.Folder, r io.ReadSeeker, source string) (came Came, err error) {
	err = inbox.ReadCSV(r, f.Location(), func(events []track.Event, rejected []inbox.Rejected) error {
		room := min(len(rejected), mostRejected-len(came.Rejected))
		came.Rejected = append(came.Rejected, rejected[:room]...)
		came.RejectedMore += len(rejected) - room
		return came.keep(ctx, f, source, events)
	})
	return came, err
}

// keep finds the parcels of events, and keeps what is new.
func (c *Came) keep(ctx context.Context, f *folder.Folder, source string, events []track.Event) error {
	if err := f.Store.CatchUp(ctx); err != nil {
		return err
	}
	parcels := map[string]track.Event{}
	var of []track.Event
	for _, e := range events {
		to, known := parcels[e.Number]
		if !known {
			found, err := f.Store.ParcelsOfNumber(ctx, e.Number)
			if err != nil {
				return err
			}
			if len(found) > 0 && !(len(found) > 1 && found[1].Tracking == e.Number && found[1].Carrier != found[0].Carrier) { // two carriers may have given it
				to = track.Event{Parcel: found[0].Parcel, Carrier: found[0].Carrier}
			}
			parcels[e.Number] = to
		}
		if to.Parcel == "" {
			if c.Strangers == nil {
				c.Strangers = map[string]int{}
			}
			if c.Strangers[e.Number] == 0 && len(c.Strangers) == mostStrangers {
				c.More = true
				continue
			}
			c.Strangers[e.Number]++
			continue
		}
		e.Parcel, e.Carrier = to.Parcel, to.Carrier
		of = append(of, e)
	}
	kept, err := heard.Keep(ctx, f, source, of...)
	c.add(kept)
	return err
}

const (
	bodyEnd    = ".json"
	headersEnd = ".headers"
	reasonEnd  = ".reason.txt"
	mostBody   = 4 << 20
	kindOfKey  = "webhook" // of the file that holds a secret
)

// SecretOf is where the secret of a kind of webhook lies.
func SecretOf(f *folder.Folder, kind string, env func(string) string) secret.Place {
	return secret.Of(f.Dir, kindOfKey, kind, env)
}

// Is reports whether webhooks of a kind can be taken in.
func Is(kind string) bool { return slices.Contains(inbox.Kinds(), kind) }

// Folder holds the folders of webhooks, in the data folder.
const Folder = "webhooks"

// Dir is the folder in a data folder that webhooks of a kind are put into.
func Dir(f *folder.Folder, kind string) string { return filepath.Join(f.Dir, Folder, kind) }

// TakeAll takes in what lies in the folders of all kinds whose secret is known.
func TakeAll(ctx context.Context, f *folder.Folder, env func(string) string) error {
	var failed error
	for _, kind := range inbox.Kinds() {
		if _, err := os.Stat(Dir(f, kind)); err != nil {
			continue
		}
		if _, err := SecretOf(f, kind, env).Read(); err != nil {
			continue
		}
		_, err := Take(ctx, f, Dir(f, kind), kind, env)
		failed = errors.Join(failed, err)
	}
	return failed
}

// Take takes in the webhooks of a kind that lie in a folder, the oldest name first. A body
// whose headers are not there yet waits for them.
func Take(ctx context.Context, f *folder.Folder, dir, kind string, env func(string) string) (came Came, err error) {
	if !Is(kind) {
		return came, fmt.Errorf("%q is none of %s", kind, strings.Join(inbox.Kinds(), ", "))
	}
	key, err := SecretOf(f, kind, env).Read()
	if err != nil {
		return came, fmt.Errorf("the secret of %s webhooks: %w", kind, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		return came, fmt.Errorf("the folder of webhooks cannot be read: %w", reason(err))
	}
	for _, file := range files {
		name, is := strings.CutSuffix(file.Name(), bodyEnd)
		if !is || !file.Type().IsRegular() || ctx.Err() != nil {
			continue
		}
		b := letter{dir: dir, name: name}
		if _, err := os.Stat(b.path(headersEnd)); err != nil {
			continue
		}
		events, why := b.read(f, kind, key)
		if why == nil {
			if err := came.keep(ctx, f, kind, events); err != nil {
				return came, err // it stays, and is read again
			}
		}
		switch {
		case why == nil || errors.Is(why, inbox.ErrNothing):
			came.Taken++
			err = b.move("done", nil)
		default:
			came.Refused++
			err = b.move("refused", why)
		}
		if err != nil {
			return came, err
		}
	}
	return came, ctx.Err()
}

// letter is a webhook that lies in the folder.
type letter struct{ dir, name string }

func (l letter) path(end string) string { return filepath.Join(l.dir, l.name+end) }

func (l letter) read(f *folder.Folder, kind, key string) ([]track.Event, error) {
	body, err := bounded(l.path(bodyEnd))
	if err != nil {
		return nil, err
	}
	headers, err := bounded(l.path(headersEnd))
	if err != nil {
		return nil, err
	}
	// ReadMIMEHeader wants an empty line at the end, which who wrote the file may have left out.
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(append(headers, "\r\n\r\n"...)))).ReadMIMEHeader()
	if err != nil {
		return nil, errors.New("its headers cannot be read")
	}
	came := f.Clock()
	if info, err := os.Stat(l.path(bodyEnd)); err == nil && info.ModTime().Before(came) {
		came = info.ModTime() // it may have lain here
	}
	if err := inbox.Verify(kind, key, http.Header(h), body, came); err != nil {
		return nil, err
	}
	return inbox.Read(kind, body, f.Location())
}

func bounded(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", reason(err))
	}
	defer func() { _ = in.Close() }()
	data, err := io.ReadAll(io.LimitReader(in, mostBody+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("it cannot be read: %w", reason(err))
	case len(data) > mostBody:
		return nil, fmt.Errorf("it is longer than %d MB", mostBody>>20)
	}
	return data, nil
}

// move puts a webhook aside, its body first: one that is left behind is taken in again, which
// changes nothing, and headers alone are no webhook.
func (l letter) move(to string, why error) error {
	aside := letter{filepath.Join(l.dir, to), l.name}
	err := os.MkdirAll(aside.dir, 0o755)
	if err == nil && why != nil {
		err = os.WriteFile(aside.path(reasonEnd), []byte(why.Error()+"\n"), 0o644)
	}
	for _, end := range []string{bodyEnd, headersEnd} {
		if err == nil {
			err = os.Rename(l.path(end), aside.path(end))
		}
	}
	if err != nil {
		return fmt.Errorf("a webhook that was read cannot be put aside: %w", reason(err))
	}
	return nil
}

// reason is an error without the path that it is about.
func reason(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
