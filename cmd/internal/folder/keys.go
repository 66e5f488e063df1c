package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"packbench/cmd/internal/folder/snapshot"
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

	said atomic.Pointer[error] // the trouble, for who must not wait for a file
}

// now returns the keys, read again if the file is another one than before. The
// keys of before stay where it cannot be read. With news the trouble has begun,
// has ended or is another one.
func (r *keyring) now() (keys trace.Keys, news bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	// It is looked at first and read after: what is put in between is read again
	// the next time. A rotation puts a whole new file in the old one's place.
	info, err := os.Stat(r.path)
	if err == nil && r.trouble == nil && snapshot.SameFile(r.seen, info) {
		return r.keys, false
	}
	before := r.trouble
	keys, r.trouble = trace.Load(r.path)
	trouble := r.trouble
	r.said.Store(&trouble)
	if r.trouble != nil {
		return r.keys, before == nil || before.Error() != r.trouble.Error()
	}
	r.keys, r.seen = keys, info
	return keys, before != nil
}

// Keys returns the trace keys as they are now.
func (f *Folder) Keys() trace.Keys {
	keys, news := f.ring.now()
	if news {
		if err := f.KeyTrouble(); err != nil {
			f.Log.Warn("the trace keys of before stay in use", "error", err)
		} else {
			f.Log.Warn("the trace keys can be read again")
		}
	}
	return keys
}

// KeyTrouble says why the key file could not be read when the keys were needed
// last, nil when it could, and never waits. What an operator can mend is a *trace.FileError.
func (f *Folder) KeyTrouble() error {
	if said := f.ring.said.Load(); said != nil {
		return *said
	}
	return nil
}

// loadKeys reads the trace keys of a data folder. Only a folder that has no
// database yet gets new ones: where labels have been signed, a missing key is a
// loss that a person must hear of.
func loadKeys(dir string) (trace.Keys, error) {
	path := filepath.Join(dir, TraceKeyFile)
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); !errors.Is(err, fs.ErrNotExist) {
		return trace.Load(path)
	}
	free, err := LockKeys(dir)
	if err != nil {
		return nil, err
	}
	defer free()
	return trace.LoadOrCreate(path)
}

// KeysLock is the file whose lock is held by who changes the trace keys, from
// reading them until the new ones are written: a key that somebody else made
// meanwhile would be lost, and with it the proof of all that it signed.
const KeysLock = TraceKeyFile + ".lock"

// keysWait is how long to wait for somebody else who changes the keys, which
// takes them as long as it takes to write a small file.
const keysWait = 20 * time.Second

// LockKeys takes the lock of the trace keys and takes away what a change left
// that was killed.
func LockKeys(dir string) (free func(), err error) {
	free, err = store.LockFile(filepath.Join(dir, KeysLock), keysWait)
	if errors.Is(err, store.ErrHeld) {
		return nil, errors.New("another packctl is changing the trace keys, or putting a backup back: let it end, or end it, and try again")
	}
	if err != nil {
		return nil, err
	}
	if err := trace.Sweep(filepath.Join(dir, TraceKeyFile)); err != nil {
		free()
		return nil, err
	}
	return free, nil
}

// TraceKeys reads the keys of a data folder without opening its database.
func TraceKeys(dir string) (trace.Keys, error) {
	if !Exists(dir) {
		return nil, &NotInitialised{Dir: dir}
	}
	return trace.Load(filepath.Join(dir, TraceKeyFile))
}

// RotateKey makes a new key that signs from now on, at benches that run too; the
// old ones keep verifying. With lost a missing key file is made again; one that
// is there, sound or not, is never replaced by that.
func RotateKey(dir string, lost bool) (trace.Keys, error) {
	return changeKeys(dir, func(keys trace.Keys, err error) (trace.Keys, error) {
		switch {
		case lost && err == nil:
			return nil, fmt.Errorf("the key file %s is not lost: leave --lost out", filepath.Join(dir, TraceKeyFile))
		case lost && errors.Is(err, fs.ErrNotExist):
			keys, err = nil, nil
		}
		if err != nil {
			return nil, err
		}
		return keys.Rotate()
	})
}

// RetireKey takes the trust from an old key.
func RetireKey(dir, id string) (trace.Keys, error) {
	return changeKeys(dir, func(keys trace.Keys, err error) (trace.Keys, error) {
		if err != nil {
			return nil, err
		}
		return keys.Retire(id)
	})
}

// changeKeys writes what change makes of the keys, or of the error of reading
// them, while nobody else changes them.
func changeKeys(dir string, change func(keys trace.Keys, err error) (trace.Keys, error)) (trace.Keys, error) {
	if !Exists(dir) {
		return nil, &NotInitialised{Dir: dir}
	}
	free, err := LockKeys(dir)
	if err != nil {
		return nil, err
	}
	defer free()
	path := filepath.Join(dir, TraceKeyFile)
	keys, err := change(trace.Load(path))
	if err != nil {
		return nil, err
	}
	return keys, trace.Save(path, keys)
}

// Sign makes the trace code of a parcel (L2).
func (f *Folder) Sign(sscc, order string) (string, error) {
	key, err := f.Keys().Signing()
	if err != nil {
		return "", err
	}
	return trace.Signer{Key: key, Domain: f.Settings.GS1.Domain}.Sign(sscc, order)
}

// VerifyCode judges a code as trace.Verify does. A damaged one whose SSCC is the
// bench's own, by its prefix or because a parcel here has it, is altered.
func (f *Folder) VerifyCode(ctx context.Context, code string) (trace.Result, error) {
	r := trace.Verify(f.Keys(), f.Settings.GS1.Domain, code)
	if r.Verdict != trace.Foreign || !r.Damaged {
		return r, nil
	}
	if prefix := f.Settings.GS1.CompanyPrefix; prefix != "" && strings.HasPrefix(r.SSCC[1:], prefix) {
		r.Verdict = trace.Altered
		return r, nil
	}
	if err := f.Store.CatchUp(ctx); err != nil {
		return r, err
	}
	_, err := f.Store.ParcelBySSCC(ctx, r.SSCC)
	if errors.Is(err, store.ErrUnknown) {
		return r, nil
	}
	r.Verdict = trace.Altered
	return r, err
}
