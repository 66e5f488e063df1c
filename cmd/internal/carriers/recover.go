package carriers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// Find reports what was bought for a wish. The carrier of a purchase whose answer nobody
// saw is asked what became of it.
func (c *Carriers) Find(ctx context.Context, w effects.Wish) (effects.Purchase, bool, error) {
	row, known, err := store.Known(c.Store.Purchase(ctx, w.Key))
	if err != nil {
		return effects.Purchase{}, false, err
	}
	if !known {
		return c.own.Find(ctx, w)
	}
	if before := row.State; before != store.PurchaseBought {
		row, err = c.Settle(ctx, row, Looked{})
		if err == nil && before != store.PurchaseLost {
			err = kept(row)
		}
		if err != nil {
			return effects.Purchase{}, false, err
		}
	}
	if row.State != store.PurchaseBought {
		return effects.Purchase{}, false, nil
	}
	p, err := c.bought(ctx, row)
	return p, err == nil, err
}

// Looked is what a person found on the carrier's web page.
type Looked struct {
	Nothing  bool   // there is no such label
	Tracking string // there is, with this number
}

// callMost is how long the call of a purchase may take, with all that belongs to it.
const callMost = 90 * time.Second

// calling reports whether the call of a purchase may be under way, here or in another
// program: its answer is not kept yet. One that was killed counts as long.
func (c *Carriers) calling(row store.Purchase) bool {
	since := c.Time().Sub(row.Since)
	return row.Answer == "" && since >= 0 && since < callMost
}

// early reports whether a purchase may not show at its carrier yet, so long after its call.
func (c *Carriers) early(row store.Purchase, lag time.Duration) bool {
	ended := row.Moved
	if row.Answer == "" { // nobody saw the end
		ended = row.Since.Add(callMost)
	}
	return c.Time().Before(ended.Add(lag))
}

// Recover finds out what became of a purchase, and keeps it: the row that it returns is
// bought, refused or gone. An error says that nobody knows yet. What a person says to be
// not there is asked after all the same: a carrier that shows it is believed.
func (c *Carriers) Recover(ctx context.Context, row store.Purchase, l Looked) (store.Purchase, error) {
	client, err := c.Client(ctx, row.Account)
	switch {
	case err != nil && !l.Nothing:
		return row, err
	case l.Nothing && c.calling(row):
		return row, unsure(row)
	case err != nil:
		return c.nothing(ctx, row, byPerson)
	}
	a := account.Attempt{Ref: row.Ref, Draft: row.Draft, Label: c.form(client.Can()), Since: row.Since, Tracking: l.Tracking}
	if err := json.Unmarshal(row.Quote, &a.Quote); err != nil {
		return row, err
	}
	found, err := client.Recover(ctx, a)
	c.Heard(row.Account, err)
	if l.Nothing && (err != nil && !account.Down(err) || err == nil && found.Found == account.Unsaid) {
		return c.nothing(ctx, row, byPerson)
	}
	if err != nil {
		c.Log.Warn("a carrier does not tell what became of a purchase", "account", row.Account, "reference", row.Ref, "error", err)
		return row, unsure(row)
	}
	switch found.Found {
	case account.Bought:
		return c.recovered(ctx, !client.Can().Label || found.Lost, row, a.Quote, found.Purchase)
	case account.Nothing:
		if c.early(row, client.Can().Lag) && (!l.Nothing || !c.Time().Before(row.Since)) { // a clock that was set back is for a person
			return row, unsure(row)
		}
		return c.nothing(ctx, row, "the carrier knows of no such label")
	case account.Unsaid:
		return row, trouble.New(trouble.CarrierUnsaid, account.Named(row.Carrier), row.Ref).From(nil)
	}
	return row, unsure(row)
}

const byPerson = "a person found no label at the carrier"

// nothing keeps that nothing was bought.
func (c *Carriers) nothing(ctx context.Context, row store.Purchase, why string) (store.Purchase, error) {
	row.State, row.Answer, row.Moved = store.PurchaseRefused, why, c.Time()
	return row, c.Store.PutPurchase(ctx, row)
}

// recovered keeps a purchase that was found. One whose label the carrier does not show
// again is of no use: it is given back, and another one can be bought.
func (c *Carriers) recovered(ctx context.Context, lost bool, row store.Purchase, q account.Quote, p account.Purchase) (store.Purchase, error) {
	if p.Usable() {
		err := c.keepBought(ctx, &row, q, p)
		return row, err
	}
	if !lost {
		return row, unsure(row) // it comes
	}
	body, err := json.Marshal(p)
	if err != nil {
		return row, err
	}
	row.State, row.Bought, row.Moved = store.PurchaseLost, body, c.Time()
	if err := c.Store.PutPurchase(ctx, row); err != nil {
		return row, err
	}
	if row, err = c.giveBack(ctx, row); err != nil {
		return row, unsure(row)
	}
	return row, nil
}

// Void gives back what was bought for a wish.
func (c *Carriers) Void(ctx context.Context, w effects.Wish) error {
	row, known, err := store.Known(c.Store.Purchase(ctx, w.Key))
	if err != nil {
		return err
	}
	if !known {
		return c.own.Void(ctx, w)
	}
	if row.State == store.PurchaseBought {
		row.State, row.Moved = store.PurchaseVoiding, c.Time()
		if err := c.Store.PutPurchase(ctx, row); err != nil {
			return err
		}
	}
	if row.State == store.PurchaseVoiding || row.State == store.PurchaseLost {
		if row, err = c.giveBack(ctx, row); err != nil {
			return err
		}
	}
	return kept(row)
}

// kept is a carrier's no to giving its money back, nil where it said none.
func kept(row store.Purchase) error {
	if row.Refund == string(account.RefundRefused) {
		return refusal(trouble.New(trouble.CarrierRefused, account.Named(row.Carrier), row.Answer, ""))
	}
	return nil
}

// giveBack gives a bought label back. A carrier's no is kept with the row: the label is
// dead here all the same, and is paid for.
func (c *Carriers) giveBack(ctx context.Context, row store.Purchase) (store.Purchase, error) {
	of, err := c.account(ctx, row.Account)
	if err != nil {
		return row, err
	}
	client, err := c.connect(of)
	if err != nil {
		return row, err
	}
	var p account.Purchase
	if err := json.Unmarshal(row.Bought, &p); err != nil {
		return row, err
	}
	refund, err := client.Void(ctx, p)
	c.Heard(row.Account, err)
	var no *account.Refused
	switch {
	case errors.As(err, &no):
		refund, row.Answer = account.RefundRefused, no.Say
	case err != nil:
		return row, err
	}
	keep := func(row store.Purchase) error { return c.Store.PutPurchase(ctx, row) }
	if row.State == store.PurchaseLost {
		keep = func(row store.Purchase) error { return c.Store.FreePurchase(ctx, row) }
	}
	row.State, row.Refund, row.Moved = store.PurchaseGone, string(refund), c.Time()
	return row, keep(row)
}

// Settle brings a purchase whose end is not known nearer to it: what was sent is asked
// after, what is to be given back is given back.
func (c *Carriers) Settle(ctx context.Context, row store.Purchase, l Looked) (store.Purchase, error) {
	switch row.State {
	case store.PurchaseSent:
		return c.Recover(ctx, row, l)
	case store.PurchaseVoiding, store.PurchaseLost:
		return c.giveBack(ctx, row)
	}
	return row, nil
}

// Looked keeps what a person saw on the carrier's page: pack.LookedNothing, or the number
// of the label.
func (c *Carriers) Looked(ctx context.Context, w effects.Wish, saw string) error {
	row, known, err := store.Known(c.Store.Purchase(ctx, w.Key))
	if err != nil || !known {
		return err
	}
	l := Looked{Nothing: saw == pack.LookedNothing}
	if !l.Nothing {
		l.Tracking = saw
	}
	_, err = c.Settle(ctx, row, l)
	return err
}

// GivenBack reports whether what was bought for a wish is given back, and whether its
// money comes later.
func (c *Carriers) GivenBack(ctx context.Context, w effects.Wish) (is, later bool) {
	row, err := c.Store.Purchase(ctx, w.Key)
	is = err == nil && row.State == store.PurchaseGone && Tracking(row) != ""
	return is, is && row.Refund == string(account.RefundAsked)
}

// Lost are the labels of a parcel that were given back because they could not be had again.
func (c *Carriers) Lost(ctx context.Context, parcel string) (out []pack.LostLabel, err error) {
	rows, err := c.Store.PurchasesOf(ctx, parcel)
	for _, row := range rows {
		if !row.Freed() {
			continue
		}
		l := pack.LostLabel{Ref: row.Ref}
		if no := (*effects.Refusal)(nil); errors.As(kept(row), &no) {
			l.Kept = no.Trouble
		}
		out = append(out, l)
	}
	return out, err
}

// VoidRule is the rule of the account that sold it, "" where it has none.
func (c *Carriers) VoidRule(ctx context.Context, w effects.Wish) string {
	row, err := c.Store.Purchase(ctx, w.Key)
	if err != nil {
		return ""
	}
	return c.Can(ctx, row.Account).VoidRule
}

// Refunds asks what became of the money that this station has asked back, or that all have, and
// tells of each that is kept after all. A carrier that does not answer is asked the next time.
func (c *Carriers) Refunds(ctx context.Context, all bool, refused func(pack.RefundRefused)) error {
	asked, err := c.Store.RefundsAsked(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, row := range asked {
		if !all && row.Station != c.Station || row.State != store.PurchaseGone {
			continue
		}
		after, err := c.giveBack(ctx, row)
		switch {
		case err != nil:
			failed = append(failed, fmt.Errorf("refund of %s: %w", row.Key, err))
		case after.Refund == string(account.RefundRefused):
			refused(pack.RefundRefused{
				Order: row.Order, Parcel: row.Parcel, Trouble: trouble.New(trouble.CarrierRefused, account.Named(row.Carrier), after.Answer, ""),
			})
		}
	}
	return errors.Join(failed...)
}

// Tracking is the number of what was bought, "" for nothing.
func Tracking(row store.Purchase) string {
	var p account.Purchase
	if json.Unmarshal(row.Bought, &p) != nil {
		return ""
	}
	return p.Tracking
}

// Where asks the account of a purchase where its parcel is. Where it cannot be asked now,
// or never tells, asked is false.
func (c *Carriers) Where(ctx context.Context, row store.Purchase) (t account.Tracking, asked bool, err error) {
	if _, alone := c.alone(row.Account); alone {
		return t, false, nil
	}
	client, err := c.Client(ctx, row.Account)
	tracker, ok := client.(account.Tracker)
	var p account.Purchase
	if err != nil || !ok || json.Unmarshal(row.Bought, &p) != nil {
		return t, false, nil
	}
	t, err = tracker.Track(ctx, p)
	c.Heard(row.Account, err)
	return t, true, err
}

// Tells reports whether an account says where the parcels are whose labels it sold.
func (c *Carriers) Tells(ctx context.Context, id string) bool {
	client, err := c.Client(ctx, id)
	_, tells := client.(account.Tracker)
	return err == nil && tells
}
