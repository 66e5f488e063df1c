package folder

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"packbench/station/people"
	"packbench/station/store"
	"packbench/station/trace"
)

// Badges are kept as hashes under a secret of the key file, so that who gets hold of the
// database alone cannot try codes. One key serves for all of them and stays, however
// often the keys are rotated: old ones never leave the file, retired ones neither. Only
// with a lost key file the badges are lost too, and people are imported again.

// badgeKeySetting holds the id of that key.
const badgeKeySetting = "badge-key"

// badgeKey is the key that badges are hashed with.
type badgeKey struct {
	id     string
	secret []byte
}

// loadBadgeKey takes the badge key up. In a folder of before, whose hashes hang on a salt
// in the database only, they are hashed once more, under the key that signs.
func (d *Folder) loadBadgeKey(ctx context.Context) error {
	keys := d.Keys()
	id, known, err := store.Known(d.Store.Setting(ctx, badgeKeySetting))
	if err == nil && !known {
		signing, failed := keys.Signing()
		if failed != nil {
			return failed
		}
		secret, _ := keys.Secret(signing.ID(), badgeKeySetting)
		id, err = d.Store.KeyBadges(ctx, badgeKeySetting, []byte(signing.ID()), people.BadgeKeyer(signing.ID(), secret))
	}
	if err != nil {
		return err
	}
	d.useBadgeKey(keys, string(id))
	return nil
}

func (d *Folder) useBadgeKey(keys trace.Keys, id string) (found bool) {
	secret, found := keys.Secret(id, badgeKeySetting)
	if found {
		d.badges.Store(&badgeKey{id, secret})
	}
	return found
}

// RenewBadgeKey makes the key that signs the badge key where that one is lost, before
// people get badges. Whose badge was hashed with the lost one needs a badge again.
func (d *Folder) RenewBadgeKey(ctx context.Context) error {
	keys := d.Keys()
	if k := d.badges.Load(); k != nil && d.useBadgeKey(keys, k.id) {
		return nil
	}
	signing, err := keys.Signing()
	if err != nil {
		return err
	}
	if err := d.Store.PutSetting(ctx, badgeKeySetting, []byte(signing.ID())); err != nil {
		return err
	}
	d.useBadgeKey(keys, signing.ID())
	return nil
}

// BadgeHasher returns what is stored of a badge, "" for what is none. It is for one
// goroutine.
func (d *Folder) BadgeHasher() func(code string) string {
	bare := people.BadgeHasher(d.Salt)
	var key *badgeKey
	var keyed func(string) string
	return func(code string) string {
		now := d.badges.Load()
		if now == nil {
			return ""
		}
		if now != key {
			key, keyed = now, people.BadgeKeyer(now.id, now.secret)
		}
		return keyed(bare(code))
	}
}

// LostBadges counts the people whose badges are kept under a key that the key file does
// not hold.
func LostBadges(ctx context.Context, db *store.Store, dir string) (int, error) {
	keys, err := trace.Load(filepath.Join(dir, TraceKeyFile))
	if err != nil {
		return 0, nil // told with the keys
	}
	id, known, err := store.Known(db.Setting(ctx, badgeKeySetting))
	if err != nil || !known {
		return 0, err
	}
	_, have := keys.Secret(string(id), badgeKeySetting)
	all, failed := db.People(ctx)
	lost := 0
	for _, m := range all {
		if of, _, _ := strings.Cut(m.Badge, ":"); m.Badge != "" && (!have || of != string(id)) {
			lost++
		}
	}
	return lost, errors.Join(err, failed)
}
