package bench

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"packbench/station/store"
	"packbench/station/trace"
)

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

// RotateKey makes a new key that signs from the next start of a bench on; the
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
