package store

import "context"

// Holding is how much of each kind a folder holds.
type Holding struct{ Products, Cartons, People, Orders, Parcels int }

// Holds counts what was imported, and the parcels that were packed.
func (s *Store) Holds(ctx context.Context) (Holding, error) {
	return one(ctx, s.read, "count what there is", func(scan func(...any) error) (h Holding, err error) {
		err = scan(&h.Products, &h.Cartons, &h.People, &h.Orders, &h.Parcels)
		return h, err
	}, `SELECT (SELECT count(*) FROM products), (SELECT count(*) FROM cartons), (SELECT count(*) FROM people),
		(SELECT count(*) FROM orders), (SELECT count(*) FROM parcels WHERE closed > 0)`)
}
