package store

import (
	"context"

	"packbench/station/pack"
)

// Packed is where units with a serial or a lot lie. Parcel is "" for the open parcel of
// the order.
type Packed struct {
	Order  string
	Number string // what people call the order, where that is not its id
	Parcel string
	SKU    string
	Qty    int
}

// projectMarks keeps the table packed_marks.
func (p *page) projectMarks(f pack.Fact) {
	switch f := f.(type) {
	case pack.UnitsMoved:
		if f.Action.Marks != nil {
			p.marksMoved(f.Action)
		}
	case pack.ParcelDone:
		p.marksIn(f.Order, "", f.Parcel)
	case pack.ParcelReopened:
		p.marksIn(p.Order, f.Parcel.ID, "")
	case pack.OrderLeft:
		p.exec(`DELETE FROM packed_marks WHERE order_id = ? AND parcel = ''`, f.Order)
	}
}

func (p *page) marksMoved(a pack.Action) {
	m := *a.Marks
	if m.Serial == "" && m.Lot == "" {
		return
	}
	p.exec(`INSERT INTO packed_marks (order_id, parcel, sku, gtin, serial, lot, qty) VALUES (?, '', ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET qty = qty + excluded.qty`, p.Order, a.SKU, m.GTIN, fold(m.Serial), fold(m.Lot), a.Qty)
	if a.Qty < 0 {
		p.exec(`DELETE FROM packed_marks WHERE order_id = ? AND parcel = '' AND qty <= 0`, p.Order)
	}
}

// marksIn has the marks of one parcel of an order lie in another; "" is the open one.
func (p *page) marksIn(order, from, to string) {
	p.exec(`INSERT INTO packed_marks (order_id, parcel, sku, gtin, serial, lot, qty)
		SELECT order_id, ?3, sku, gtin, serial, lot, qty FROM packed_marks WHERE order_id = ?1 AND parcel = ?2
		ON CONFLICT DO UPDATE SET qty = qty + excluded.qty`, order, from, to)
	p.exec(`DELETE FROM packed_marks WHERE order_id = ? AND parcel = ?`, order, from)
}

func packed(scan func(...any) error) (p Packed, err error) {
	err = scan(&p.Order, &p.Number, &p.Parcel, &p.SKU, &p.Qty)
	p.Number = other(p.Number, p.Order)
	return p, err
}

// SerialSeen returns where a serial of a product lies, an open parcel first; nowhere is
// ErrUnknown. gtin is what the serial is a number of, "" where nobody knows: then all of
// the product are looked at.
func (s *Store) SerialSeen(ctx context.Context, sku, gtin, serial string) (Packed, error) {
	return one(ctx, s.read, "look up a serial number", packed, `SELECT order_id, `+nameOf("order_id")+`, parcel, sku, qty FROM packed_marks
		WHERE serial = ? AND serial <> '' AND sku = ? AND (gtin = ?3 OR gtin = '' OR ?3 = '') ORDER BY parcel, order_id LIMIT 1`, fold(serial), sku, gtin)
}

// PackedWith returns where units with a serial or a lot lie, by order and parcel, at most
// limit.
func (s *Store) PackedWith(ctx context.Context, serialOrLot string, limit int) ([]Packed, error) {
	return list(ctx, s.read, "look up a serial number or a lot", packed, `SELECT order_id, `+nameOf("order_id")+`, parcel, sku, sum(qty) FROM packed_marks
		WHERE serial = ?1 AND serial <> '' OR lot = ?1 AND lot <> '' GROUP BY order_id, parcel, sku ORDER BY order_id, parcel, sku LIMIT ?2`, fold(serialOrLot), noLimit(limit))
}
