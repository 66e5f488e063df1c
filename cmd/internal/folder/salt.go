package folder

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"packbench/station"
	"packbench/station/store"
)

// badgeSalt returns the key that badge codes are hashed with; it is made once.
func badgeSalt(ctx context.Context, db *store.Store) ([]byte, error) {
	fresh := make([]byte, 32)
	if _, err := rand.Read(fresh); err != nil {
		return nil, err
	}
	return db.InitSetting(ctx, BadgeSalt, fresh)
}

// Path names a file in the data folder.
func (f *Folder) Path(name string) string { return filepath.Join(f.Dir, name) }

// AddressKey stands for an address in the journal, which holds none: two
// addresses are told apart by it and no more.
func (f *Folder) AddressKey(a station.Address) string {
	return f.Keyed("address", a.Words()...)
}

// Keyed stands in the journal for words that it may not hold: 16 characters of
// their hash under the data folder's salt.
func (f *Folder) Keyed(what string, words ...string) string {
	mac := hmac.New(sha256.New, f.Salt)
	for _, w := range append([]string{what}, words...) {
		fmt.Fprintf(mac, "%d %s\n", len(w), w)
	}
	return hex.EncodeToString(mac.Sum(nil)[:8])
}
