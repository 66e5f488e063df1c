package folder

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"packbench/station/people"
	"packbench/station/store"
	"packbench/station/trace"
)

// Badges are kept as hashes under a secret in a file of its own, so that who gets hold of
// the database alone cannot try codes. It is not one of the trace keys: those are rotated,
// and lost and made again, and nobody may be locked out by that. A backup holds the file;
// where it is lost for good, people are imported again.

// BadgeKeyFile holds the key that badges are hashed with.
const BadgeKeyFile = "badge.key"

// Settings in the database that say how badges are hashed: the id of that key, and the
// salt of before there was one.
const (
	BadgeKeySetting = "badge-key"
	BadgeSalt       = "badge-salt"
)

// badgeKey is the key that badges are hashed with.
type badgeKey struct {
	id     string
	secret []byte
}

// readBadgeKey reads the key, and makes one where there is none and makes says so.
func readBadgeKey(dir string, makes bool) (*badgeKey, error) {
	path := filepath.Join(dir, BadgeKeyFile)
	keys, err := trace.Load(path)
	if errors.Is(err, fs.ErrNotExist) && makes {
		free, held := LockKeys(dir)
		if held != nil {
			return nil, held
		}
		defer free()
		keys, err = trace.LoadOrCreate(path)
	}
	if err != nil {
		return nil, err
	}
	k, err := keys.Signing()
	if err != nil {
		return nil, err
	}
	secret, _ := keys.Secret(k.ID(), BadgeKeySetting)
	return &badgeKey{k.ID(), secret}, nil
}

// loadBadgeKey takes the badge key up. In a folder of before, whose hashes hang on a salt
// in the database only, they are hashed once more.
func (f *Folder) loadBadgeKey(ctx context.Context) error {
	id, known, err := store.Known(f.Store.Setting(ctx, BadgeKeySetting))
	if err != nil {
		return err
	}
	key, err := readBadgeKey(f.Dir, !known)
	if known && err != nil { // the bench goes on without badges: see LostBadges
		f.Log.Warn("no badge can be read", "error", err)
		return nil
	}
	if err == nil && !known {
		id, err = f.Store.KeyBadges(ctx, BadgeKeySetting, []byte(key.id), people.BadgeKeyer(key.id, key.secret))
	}
	if err == nil && key.id == string(id) {
		f.badges.Store(key)
	}
	return err
}

// RenewBadgeKey makes a badge key where the file was lost, before people get badges.
// Whose badge was hashed with the lost one needs a badge again.
func (f *Folder) RenewBadgeKey(ctx context.Context) error {
	if f.badges.Load() != nil {
		return nil
	}
	key, err := readBadgeKey(f.Dir, true)
	if err == nil {
		err = f.Store.PutSetting(ctx, BadgeKeySetting, []byte(key.id))
	}
	if err == nil {
		f.badges.Store(key)
	}
	return err
}

// BadgeHasher returns what is stored of a badge, "" for what is none. It is for one
// goroutine.
func (f *Folder) BadgeHasher() func(code string) string {
	bare := people.BadgeHasher(f.Salt)
	var key *badgeKey
	var keyed func(string) string
	return func(code string) string {
		now := f.badges.Load()
		if now == nil {
			return ""
		}
		if now != key {
			key, keyed = now, people.BadgeKeyer(now.id, now.secret)
		}
		return keyed(bare(code))
	}
}

// LostBadges counts the people whose badges are kept under a key that is not in the file
// of the badge key.
func LostBadges(ctx context.Context, db *store.Store, dir string) (int, error) {
	_, known, err := store.Known(db.Setting(ctx, BadgeKeySetting))
	if err != nil || !known {
		return 0, err
	}
	key, missing := readBadgeKey(dir, false)
	all, err := db.People(ctx)
	lost := 0
	for _, m := range all {
		if of, _, _ := strings.Cut(m.Badge, ":"); m.Badge != "" && (missing != nil || of != key.id) {
			lost++
		}
	}
	return lost, err
}
