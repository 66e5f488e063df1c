package shops

import (
	"context"
	"encoding/json"

	"packbench/cmd/internal/returndesk"
	"packbench/station/shop"
	"packbench/station/store"
)

// ListReturns is the list of what buyers announce in a shop.
const ListReturns = "returns"

// readReturns reads what buyers announce, where the shop's settings want it.
func (s *Shops) readReturns(ctx context.Context, of store.Shop, c shop.Shop, full bool, out *Pulled) error {
	returns, ok := c.(shop.Returns)
	if !ok || !c.Can().Comes || of.Options["returns"] != "yes" {
		return nil
	}
	desk := returndesk.New(s.Folder)
	return s.readList(ctx, of, ListReturns, full, func(since shop.Cursor) (shop.Cursor, bool, error) {
		page, err := returns.Returns(ctx, since)
		for _, r := range page.Returns {
			refused, err := desk.FromShop(ctx, of.ID, r)
			if err != nil {
				return "", false, err
			}
			out.Returns++
			if refused != "" {
				s.Log.Warn("a return was not announced here", "shop", of.ID, "return", r.ID, "why", refused)
			}
		}
		return page.Next, page.More, err
	})
}

// back tells a shop what came back, or what the buyer gets. A kind of shop that takes
// neither is a matter for a person, who hears of it as of every refusal. Where the shop has
// paid, nothing is owed any more.
func (s *Shops) back(ctx context.Context, of store.Shop, c shop.Shop, e store.Entry) (remote string, err error) {
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
	b := shop.Back{
		Key: e.Key, Order: order.Ref().ID, Return: body.Return, Way: string(body.Way), Amount: body.Amount, Sends: body.Order,
		Pay: of.Options["refunds"] == "yes",
	}
	before := map[string]int{}
	if b.Theirs, err = s.Store.AnnouncedBy(ctx, body.Return); err == nil && b.Theirs != "" {
		before, err = s.toldBefore(ctx, of, b)
	}
	if err != nil {
		return "", &notLooked{err}
	}
	for _, l := range body.Lines {
		b.Lines = append(b.Lines, shop.BackLine{
			Line: l.Line, SKU: l.SKU, Qty: l.Qty, Before: before[l.Line], Restock: l.Restock && of.Options["corrections"] != "yes", Grade: l.Grade, Becomes: l.Disposition,
		})
	}
	told, err := takes.CameBack(ctx, b)
	if err == nil && told.Paid {
		if err := returndesk.New(s.Folder).Paid(ctx, body.Return); err != nil {
			return told.ID, &notLooked{err}
		}
	}
	return told.ID, err
}

// toldBefore counts what the shop heard of its return before, by line: each parcel of it
// comes by itself. While it is not known of one, nothing more is told.
func (s *Shops) toldBefore(ctx context.Context, of store.Shop, b shop.Back) (map[string]int, error) {
	all, err := s.Store.ReturnsAnnounced(ctx, of.ID, b.Theirs)
	units := map[string]int{}
	for i := 0; i < len(all) && err == nil; i++ {
		e, known, failed := store.Known(s.Store.EntryByKey(ctx, store.GoodsKey(all[i].ID)))
		err = failed
		if !known || e.Key == b.Key || e.State == store.EntryWaiting || e.State == store.EntryRefused || e.State == store.EntryWithdrawn {
			continue
		}
		if e.State == store.EntryUnknown {
			return nil, &shop.Changed{Say: "whether another parcel of this return was told is not known yet"}
		}
		var body store.Returned
		if failed := json.Unmarshal(e.Body, &body); failed != nil {
			return nil, failed
		}
		for _, l := range body.Lines {
			units[l.Line] += l.Qty
		}
	}
	return units, err
}
