package store

import (
	"context"
	"encoding/json"
	"time"
)

// Shop is a shop that the bench speaks to. Its key is not here.
type Shop struct {
	ID      string
	Kind    string
	URL     string
	Options map[string]string
	Paused  bool
	Since   time.Time // it was added
}

// ShopList is how far a list of a shop was read, and how it went the last time.
type ShopList struct {
	Shop, List string
	Cursor     string
	Read       time.Time // the last time that it was read to its end
	Tried      time.Time
	Next       time.Time // not before; zero: now
	Trouble    string    // why it could not be read, "" when it could
}

func readShop(scan func(...any) error) (Shop, error) {
	var s Shop
	var options []byte
	var since int64
	if err := scan(&s.ID, &s.Kind, &s.URL, &options, &s.Paused, &since); err != nil {
		return s, err
	}
	s.Since = clock(since)
	return s, json.Unmarshal(options, &s.Options)
}

var shopColumns = `SELECT id, kind, url, options, paused, since, ` + doubt("shops", "") + ` FROM shops`

// PutShop adds a shop, or changes all of one but when it was added.
func (s *Store) PutShop(ctx context.Context, shop Shop) error {
	options, err := json.Marshal(shop.Options)
	if err != nil {
		return err
	}
	return s.change(ctx, "keep shop "+shop.ID, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO shops (id, kind, url, options, paused, since) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, url = excluded.url, options = excluded.options, paused = excluded.paused`,
			shop.ID, shop.Kind, shop.URL, options, shop.Paused, nanos(shop.Since))
		return err
	})
}

// Shop returns a shop; none is ErrUnknown.
func (s *Store) Shop(ctx context.Context, id string) (Shop, error) {
	return one(ctx, s.read, "read shop "+id, sound(readShop), shopColumns+` WHERE id = ?`, id)
}

// Shops returns all of them by id.
func (s *Store) Shops(ctx context.Context) ([]Shop, error) {
	return list(ctx, s.read, "read the shops", sound(readShop), shopColumns+` ORDER BY id`)
}

// ShopList returns how far a list was read; the zero value for one that never was.
func (s *Store) ShopList(ctx context.Context, shop, name string) (ShopList, error) {
	l, known, err := Known(one(ctx, s.read, "read how far shop "+shop+" was read", sound(func(scan func(...any) error) (ShopList, error) {
		l := ShopList{Shop: shop, List: name}
		var read, tried, next int64
		err := scan(&l.Cursor, &read, &tried, &next, &l.Trouble)
		l.Read, l.Tried, l.Next = clock(read), clock(tried), clock(next)
		return l, err
	}), `SELECT cursor, read, tried, next, trouble, `+doubt("shop_lists", "")+` FROM shop_lists WHERE shop = ? AND list = ?`, shop, name))
	if err == nil && !known {
		l = ShopList{Shop: shop, List: name}
	}
	return l, err
}

// PutShopList keeps how far a list was read, once what was read is kept.
func (s *Store) PutShopList(ctx context.Context, l ShopList) error {
	return s.change(ctx, "keep how far shop "+l.Shop+" was read", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO shop_lists (shop, list, cursor, read, tried, next, trouble) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (shop, list) DO UPDATE SET cursor = excluded.cursor, read = excluded.read, tried = excluded.tried,
			next = excluded.next, trouble = excluded.trouble`,
			l.Shop, l.List, l.Cursor, nanos(l.Read), nanos(l.Tried), nanos(l.Next), l.Trouble)
		return err
	})
}

// OrderOf returns the id here of a shop's order, by the shop's own id; none is
// ErrUnknown.
func (s *Store) OrderOf(ctx context.Context, shop, own string) (string, error) {
	return one(ctx, s.read, "look up an order of shop "+shop, text, `SELECT id FROM orders WHERE shop = ? AND shop_id = ?`, shop, own)
}
