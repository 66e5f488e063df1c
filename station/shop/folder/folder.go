// Package folder is the client of a shop that is a folder of files: whatever writes its
// orders to files, and takes files of what has left, needs no interface.
//
// Orders lie in the folder itself, in any form that package intake reads. A file that is
// whole and still is read, goes to done/ once its orders are kept, and to error/ where it
// cannot be read. What leaves goes to out/, one file a parcel; sent/ is what is
// remembered of it, so that whoever takes the files may take them away.
//
// It must not change a file that somebody else wrote, tell a parcel twice, or take the
// same content in twice. It knows no other kind of shop.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/outfile"
)

// The settings of a folder.
const (
	Form     = "form"     // of the files in out/, see package outfile
	Template = "template" // a file that shows the form template
	Encoding = "encoding" // of the files in out/
	Currency = "currency" // of prices without one
	Columns  = "columns"  // a file that says what the columns of the files hold, see intake.Mapping
)

// The folders in the folder.
const (
	doneDir  = "done"  // files whose orders are kept
	errorDir = "error" // files that could not be read, and rows that were left out
	outDir   = "out"   // what has left
	sentDir  = "sent"  // what is remembered of it
)

// temporaries are files of a moment, which nobody takes for orders.
const temporaries = ".packbench-*.tmp"

// settled is for how long a file must not have changed before it counts as whole.
const settled = 5 * time.Second

// Client is a folder as a shop.
type Client struct {
	dir      string
	form     string
	template string
	encoding string
	currency string
	columns  string
	clock    func() time.Time
	product  func(context.Context, string) (string, error)
	answered func(context.Context, string) ([]byte, error)

	mu sync.Mutex // the folder is read and told beside each other
}

// New returns the client of a folder. Options.URL is its path; there is no secret.
func New(o shop.Options) (*Client, error) {
	if !filepath.IsAbs(o.URL) {
		return nil, fmt.Errorf("%q is no folder: give its whole path, such as /srv/orders or D:\\Orders", o.URL)
	}
	c := &Client{
		dir: filepath.Clean(o.URL), form: o.Set[Form], template: o.Set[Template], encoding: o.Set[Encoding],
		currency: o.Set[Currency], columns: o.Set[Columns], clock: o.Clock, product: o.Product, answered: o.Columns,
	}
	if c.form != "template" || c.template == "" { // else its file may come later
		if _, err := c.outward(); err != nil {
			return nil, err
		}
	}
	if c.clock == nil {
		c.clock = time.Now
	}
	return c, nil
}

// outward is the form of the files in out/. The file that shows a template is read anew
// each time: it can be corrected without a start of the program.
func (c *Client) outward() (outfile.Form, error) {
	o := outfile.Options{Encoding: c.encoding}
	if c.form == "template" && c.template != "" {
		file, err := os.Open(c.template)
		if err != nil {
			return outfile.Form{}, fmt.Errorf("the template cannot be read: %s", words(err))
		}
		o.Template, err = io.ReadAll(io.LimitReader(file, outfile.MostTemplate+1))
		if err = errors.Join(err, file.Close()); err != nil {
			return outfile.Form{}, fmt.Errorf("the template cannot be read: %s", words(err))
		}
	}
	return outfile.Named(c.form, o)
}

// Can is what a folder can do: each parcel is told by itself.
func (c *Client) Can() shop.Can { return shop.Can{Part: true, Unship: true} }

// Fresh knows no more than the files that were read.
func (c *Client) Fresh(context.Context, string) (shop.Order, error) {
	return shop.Order{}, &shop.Away{Say: "a folder of files cannot be asked for one order"}
}

// Test looks whether the folder can be read and written, and what waits in it.
func (c *Client) Test(ctx context.Context) ([]shop.Check, error) {
	read := shop.Check{What: "read orders"}
	write := shop.Check{What: "write what has left"}
	found, err := c.waiting()
	if err != nil {
		read.Say, read.Fix = words(err), "Make the folder, or give its right path and this user the right to read it."
		write.Say = "the folder cannot be read"
		return []shop.Check{read, write}, ctx.Err()
	}
	if _, err := c.mapping(); err != nil {
		read.Say, read.Fix = err.Error(), "Correct the file that says what the columns hold."
		return []shop.Check{read}, ctx.Err()
	}
	read.OK, read.Say = true, count(len(found), "file of orders waits", "files of orders wait")
	if bad := c.broken(); bad != nil {
		read.OK, read.Say, read.Fix = false, bad.Error(), "Correct the file, put it back into the folder, and take it out of error."
	}
	form, err := c.outward()
	if err != nil {
		write.Say, write.Fix = err.Error(), "Correct the settings of the files in out."
		return []shop.Check{read, write}, ctx.Err()
	}
	probe, err := os.CreateTemp(c.dir, temporaries)
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	if err != nil {
		write.Say, write.Fix = words(err), "Give this user the right to write in the folder and to rename files there."
	} else {
		write.OK, write.Say = true, "the form is "+form.Name
	}
	return []shop.Check{read, write}, ctx.Err()
}

// path is a file in one of the folders, which are made when they are needed.
func (c *Client) path(in, name string) (string, error) {
	if _, err := os.Stat(c.dir); err != nil {
		return "", err // a drive that is not there must not become a folder of this disk
	}
	dir := filepath.Join(c.dir, in)
	if err := os.Mkdir(dir, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	return filepath.Join(dir, name), nil
}

// broken names what lies in error/: as long as it does, a person has something to do.
func (c *Client) broken() error {
	entries, err := os.ReadDir(filepath.Join(c.dir, errorDir))
	if err != nil {
		return nil // there is none, or the reading of the folder itself says so
	}
	var names []string
	for _, e := range entries {
		if !hidden(e.Name()) && !strings.HasSuffix(e.Name(), whyEnding) {
			names = append(names, e.Name())
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	why := "its rows say why"
	if text, err := os.ReadFile(filepath.Join(c.dir, errorDir, names[0]+whyEnding)); err == nil {
		why = strings.Join(strings.Fields(string(text[:min(len(text), 400)])), " ")
	}
	more := ""
	if n := len(names) - 1; n > 0 {
		more = fmt.Sprintf(", and %d more", n)
	}
	return fmt.Errorf("in the folder error lies %s (%s)%s: correct it, put it back, and take it out of error", names[0], why, more)
}

// hidden reports whether a name is of a file that is nobody's orders yet.
func hidden(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || name == "thumbs.db" || name == "desktop.ini" {
		return true
	}
	return slices.Contains([]string{".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".swp", ".lock", ".lck", ".bak"},
		filepath.Ext(name)) || strings.HasSuffix(name, "~")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// words is an error without the path, which stands beside it anyhow.
func words(err error) string {
	var at *os.PathError
	if errors.As(err, &at) {
		return filepath.Base(at.Path) + ": " + at.Err.Error()
	}
	return err.Error()
}

// writeWhole writes a file whole or not at all, and durably.
func writeWhole(path string, data []byte) error {
	temporary, err := prepare(path, data)
	if err != nil {
		return err
	}
	return publish(temporary, path)
}

// prepare writes the file beside its place, under the hidden name that pending gives.
func prepare(path string, data []byte) (string, error) {
	temporary := pending(path)
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	return temporary, errors.Join(err, f.Sync(), f.Close())
}

func pending(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp")
}

func publish(temporary, path string) error {
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // where a system cannot, it does so by itself
		_ = dir.Close()
	}
	return nil
}
