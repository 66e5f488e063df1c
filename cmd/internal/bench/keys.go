package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"packbench/station/store"
	"packbench/station/trace"
)

// keyring holds the trace keys of a data folder as its file has them: somebody
// may rotate or retire one while benches run.
type keyring struct {
	path string

	mu      sync.Mutex
	keys    trace.Keys
	seen    fs.FileInfo // the file that keys were read from, nil for one that could not be read
	trouble error       // why the file cannot be read now, nil when it can
}

// now gives the keys, read again if the file is another one than before. The
// keys of before stay where it cannot be read. With news the trouble has begun,
// has ended or is another one.
func (r *keyring) now() (keys trace.Keys, news bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	// It is looked at first and read after: what is put in between is read again
	// the next time. A rotation puts a whole new file in the old one's place.
	info, err := os.Stat(r.path)
	if err == nil && r.trouble == nil && sameFile(r.seen, info) {
		return r.keys, false
	}
	before := r.trouble
	keys, r.trouble = trace.Load(r.path)
	if r.trouble != nil {
		return r.keys, before == nil || before.Error() != r.trouble.Error()
	}
	r.keys, r.seen = keys, info
	return keys, before != nil
}

// sameFile tells whether nobody has put another file there or written to it.
func sameFile(a, b fs.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.Size() == b.Size() && a.Mode() == b.Mode() && a.ModTime().Equal(b.ModTime())
}

// Keys gives the trace keys as they are now.
func (d *Data) Keys() trace.Keys {
	keys, news := d.ring.now()
	if news {
		if err := d.KeyTrouble(); err != nil {
			d.Log.Warn("the trace keys of before stay in use", "error", err)
		} else {
			d.Log.Warn("the trace keys can be read again")
		}
	}
	return keys
}

// KeyTrouble says why the key file could not be read when the keys were needed
// last, nil when it could. What an operator can mend is a *trace.FileError.
func (d *Data) KeyTrouble() error {
	d.ring.mu.Lock()
	defer d.ring.mu.Unlock()
	return d.ring.trouble
}

// loadKeys reads the trace keys of a data folder. Only a folder that has no
// database yet gets new ones: where labels have been signed, a missing key is a
// loss that a person must hear of.
func loadKeys(dir string) (trace.Keys, error) {
	path := filepath.Join(dir, traceKeyFile)
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); errors.Is(err, fs.ErrNotExist) {
		return trace.LoadOrCreate(path)
	}
	return trace.Load(path)
}

// TraceKeys reads the keys of a data folder without opening its database.
func TraceKeys(dir string) (trace.Keys, error) {
	if !Exists(dir) {
		return nil, &NotInitialised{Dir: dir}
	}
	return trace.Load(filepath.Join(dir, traceKeyFile))
}

// RotateKey makes a new key that signs from now on, at benches that run too; the
// old ones keep verifying. With lost a missing key file is made anew; one that
// is there, sound or not, is never replaced by that.
func RotateKey(dir string, lost bool) (trace.Keys, error) {
	path := filepath.Join(dir, traceKeyFile)
	keys, err := TraceKeys(dir)
	switch {
	case lost && err == nil:
		return nil, fmt.Errorf("the key file %s is not lost: leave --lost out", path)
	case lost && errors.Is(err, fs.ErrNotExist):
		keys, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if keys, err = keys.Rotate(); err != nil {
		return nil, err
	}
	return keys, trace.Save(path, keys)
}

// RetireKey takes the trust from an old key.
func RetireKey(dir, id string) (trace.Keys, error) {
	keys, err := TraceKeys(dir)
	if err != nil {
		return nil, err
	}
	if keys, err = keys.Retire(id); err != nil {
		return nil, err
	}
	return keys, trace.Save(filepath.Join(dir, traceKeyFile), keys)
}
