package shops

import (
	"context"
	"encoding/json"

	"packbench/station/shop"
	"packbench/station/store"
)

// back tells a shop what came back, or what the buyer gets. A kind of shop that takes
// neither is a matter for a person, who hears of it as of every refusal.
func (s *Shops) back(ctx context.Context, c shop.Shop, e store.Entry) (remote string, err error) {
	takes, ok := c.(shop.Returned)
	if !ok {
		return "", &shop.Refused{Say: "this kind of shop takes no returns from here: enter it in the shop, and give this entry up"}
	}
	var body store.Returned
	if json.Unmarshal(e.Body, &body) != nil {
		return "", &shop.Refused{Say: "the entry cannot be read"}
	}
	order, err := s.Store.Order(ctx, e.Order)
	if err != nil {
		return "", &notLooked{err}
	}
	b := shop.Back{Key: e.Key, Order: order.Ref().ID, Return: body.Return, Way: string(body.Way), Amount: body.Amount, Sends: body.Order}
	for _, l := range body.Lines {
		b.Lines = append(b.Lines, shop.BackLine{SKU: l.SKU, Qty: l.Qty, Restock: l.Restock, Grade: l.Grade, Becomes: l.Disposition})
	}
	return takes.CameBack(ctx, b)
}
