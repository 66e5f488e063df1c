package store

import (
	"context"
	"encoding/json"
	"time"

	"packbench/station/pack"
)

// OrdersOfShop returns the orders that a shop keeps under an id of its own.
func (s *Store) OrdersOfShop(ctx context.Context, own string, limit int) ([]Due, error) {
	return list(ctx, s.read, "look up an order", readDue,
		`SELECT id, name, ship_by FROM orders WHERE shop_id = ?1 AND shop_id <> '' ORDER BY ship_by DESC, id DESC LIMIT ?2`, own, noLimit(limit))
}

// OrdersReferenced returns the orders that their customers call by a reference of their
// own, newest first.
func (s *Store) OrdersReferenced(ctx context.Context, reference string, limit int) ([]Due, error) {
	return list(ctx, s.read, "look up a customer's reference", readDue,
		`SELECT o.id, o.name, o.ship_by FROM order_references r JOIN orders o ON o.id = r.order_id WHERE r.reference = lower(?1)
		ORDER BY o.ship_by DESC, o.id DESC LIMIT ?2`, reference, noLimit(limit))
}

// OrdersTo returns the newest orders whose recipient has a text in the name or the
// company, or has this e-mail address.
func (s *Store) OrdersTo(ctx context.Context, text string, limit int) ([]Due, error) {
	of := func(field string) string {
		return `fold(coalesce(json_extract(CAST(address AS TEXT), '$.` + field + `'), ''))`
	}
	return list(ctx, s.read, "look up a recipient", readDue, `SELECT id, name, ship_by FROM orders WHERE length(address) > 0
		AND (instr(`+of("Name")+`, ?1) OR instr(`+of("Company")+`, ?1) OR `+of("Email")+` = ?1) ORDER BY ship_by DESC, id DESC LIMIT ?2`,
		fold(text), noLimit(limit))
}

// OrdersWith returns the orders due first that are open and want a product.
func (s *Store) OrdersWith(ctx context.Context, sku string, limit int) ([]Due, error) {
	return list(ctx, s.read, "look up a product's orders", readDue,
		`SELECT o.id, o.name, o.ship_by FROM (SELECT DISTINCT order_id FROM order_skus WHERE sku = ?1) w JOIN orders o ON o.id = w.order_id
		ORDER BY o.ship_by, o.id LIMIT ?2`, sku, noLimit(limit))
}

// ParcelsHolding returns the parcels that hold a product and were closed since a time,
// newest first.
func (s *Store) ParcelsHolding(ctx context.Context, sku string, since time.Time, limit int) ([]Parcel, error) {
	quoted, err := json.Marshal(sku)
	if err != nil {
		return nil, err
	}
	return list(ctx, s.read, "look up a product's parcels", readParcel,
		parcelColumns+`WHERE closed >= ?2 AND state <> ?4 AND instr(CAST(contents AS TEXT), ?1) ORDER BY closed DESC, p.id DESC LIMIT ?3`,
		`"SKU":`+string(quoted), nanos(since), noLimit(limit), pack.ParcelVoided)
}

// ParcelsBy returns the parcels that a person closed last, newest first, none from before
// a time.
func (s *Store) ParcelsBy(ctx context.Context, person string, since time.Time, limit int) ([]Parcel, error) {
	return list(ctx, s.read, "read the parcels of a person", readParcel,
		parcelColumns+`WHERE closed >= ?2 AND person = ?1 ORDER BY closed DESC, p.id DESC LIMIT ?3`, person, nanos(since), noLimit(limit))
}
