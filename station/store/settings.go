package store

import "context"

// OrdersColumns begins the names of the settings that hold what a person has said of the
// columns of files of orders; their headings follow, as package intake writes them.
const OrdersColumns = "orders columns "

// ProductsColumns begins those of files of products.
const ProductsColumns = "products columns "

// Named is a stored value with its name.
type Named struct {
	Name  string
	Value []byte
}

// Settings returns the stored values whose names begin so, by their names.
func (s *Store) Settings(ctx context.Context, begin string) ([]Named, error) {
	return list(ctx, s.read, "read the settings of "+begin, readNamed, settingsNamed, len([]rune(begin)), begin)
}

var (
	settingsNamed = `SELECT name, value, ` + doubt("settings", "") + ` FROM settings WHERE substr(name, 1, ?) = ? ORDER BY name`
	readNamed     = sound(func(scan func(...any) error) (n Named, err error) {
		err = scan(&n.Name, &n.Value)
		return n, err
	})
)

// DropSetting forgets a stored value; where there is none it does nothing.
func (s *Store) DropSetting(ctx context.Context, name string) error {
	return s.change(ctx, "forget setting "+name, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM settings WHERE name = ?`, name)
		return err
	})
}
