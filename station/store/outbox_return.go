package store

import (
	"encoding/json"
	"errors"

	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/unit"
)

// Returned is the body of a return's entry: what came back, or with a Way what the buyer
// gets for it.
type Returned struct {
	Return string         `json:"return"`
	SSCC   string         `json:"sscc,omitempty"`
	Lines  []ReturnedLine `json:"lines,omitempty"`
	Way    returns.Way    `json:"way,omitempty"`
	Amount unit.Money     `json:"amount,omitzero"`
	Order  string         `json:"order,omitempty"` // that is sent in its place
}

// ReturnedLine are units of one line that came back. Restock: they are for sale again.
type ReturnedLine struct {
	Line        string `json:"line"`
	SKU         string `json:"sku"`
	Qty         int    `json:"qty"`
	Restock     bool   `json:"restock,omitempty"`
	Grade       string `json:"grade"`
	Disposition string `json:"disposition"`
}

const wishReturn = `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
	SELECT ?1, s.id, 'return', o.id, ?3, ?4, 'waiting', 0, ?5, 0, ?5, '', '' FROM orders o JOIN shops s ON s.id = o.shop
	WHERE o.id = ?2 AND (s.since <= ?5 OR NOT EXISTS (SELECT 1 FROM hub_here)) ON CONFLICT DO NOTHING`

// GoodsKey and MoneyKey are the keys of the entries that tell of a return.
func GoodsKey(id string) string { return "return " + id }

// MoneyKey is that of what the buyer gets.
func MoneyKey(id string) string { return "money " + id }

// wishReturn has the shop of an order told what came back of it, and what the buyer gets.
// A row that is taken up again finds its wish.
func (p *page) wishReturn(f pack.Fact) {
	var key, order, parcel string
	var body Returned
	switch f := f.(type) {
	case pack.ReturnClosed:
		key, order, parcel, body = GoodsKey(f.Return), f.Order, f.Parcel, Returned{Return: f.Return, SSCC: f.SSCC, Lines: returnedLines(f.Backs)}
	case returns.Matched:
		key, order, parcel, body = GoodsKey(f.Return), f.Order, f.Parcel, Returned{Return: f.Return, SSCC: f.SSCC, Lines: returnedLines(f.Backs)}
	case returns.Told:
		key, order, body = MoneyKey(f.Return), f.Of, Returned{Return: f.Return, Way: f.Way, Amount: f.Amount, Order: f.Order}
	default:
		return
	}
	if order == "" || len(body.Lines) == 0 && body.Way == "" {
		return
	}
	text, err := json.Marshal(body)
	if err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.exec(wishReturn, key, order, parcel, text, nanos(p.row.At))
}

// returnedLines are the units that were sent; of others no shop knows a line.
func returnedLines(backs []pack.Back) (out []ReturnedLine) {
	for _, b := range backs {
		if b.Odd == "" && b.Line != "" {
			out = append(out, ReturnedLine{Line: b.Line, SKU: b.SKU, Qty: b.Qty, Restock: b.Bin != "" && !b.Apart, Grade: b.Grade, Disposition: b.Disposition})
		}
	}
	return out
}
