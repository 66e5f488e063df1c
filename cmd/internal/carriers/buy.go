package carriers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/effects"
	"packbench/station/carrier/account"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
	"packbench/station/web"
)

// Buy buys what is wished for: a service of an account there, any other by the shop's own
// numbers.
func (c *Carriers) Buy(ctx context.Context, w effects.Wish) (effects.Purchase, error) {
	id, service, web := strings.Cut(w.Service, "/")
	of, known, err := store.Known(c.Store.Account(ctx, id))
	switch {
	case err != nil:
		return effects.Purchase{}, refusal(trouble.New(trouble.Said, err.Error())) // nobody was asked
	case !web || !known:
		return c.own.Buy(ctx, w)
	}
	row, client, s, err := c.plan(ctx, w, of, service)
	if err != nil {
		return effects.Purchase{}, err
	}
	switch row.State {
	case store.PurchasePlanned, store.PurchaseRefused:
	case store.PurchaseBought:
		return c.bought(ctx, row)
	default:
		return effects.Purchase{}, unsure(row)
	}
	number, err := c.sscc(ctx, w)
	if err != nil {
		return effects.Purchase{}, err
	}
	p, err := c.call(ctx, client, s, &row)
	if err != nil {
		return effects.Purchase{}, err
	}
	return effects.Purchase{SSCC: number, Tracking: p.Tracking, Papers: p.Papers, Forms: p.Forms, Cost: p.Charged}, nil
}

func refusal(t trouble.Trouble) error { return &effects.Refusal{Trouble: t} }

func unsure(row store.Purchase) error {
	return trouble.New(trouble.CarrierUnsure, account.Named(row.Carrier)).From(nil)
}

// plan finds the row of a wish, or makes it, with all that is needed to call. With a
// refusal nothing was asked for.
func (c *Carriers) plan(ctx context.Context, w effects.Wish, of store.Account, service string) (row store.Purchase, client account.Account, s account.Shipment, err error) {
	no := func(err error) (store.Purchase, account.Account, account.Shipment, error) {
		var known *trouble.Error
		if errors.As(err, &known) {
			return row, nil, s, refusal(known.Trouble)
		}
		return row, nil, s, refusalOf(w.Carrier, err)
	}
	row, known, err := store.Known(c.Store.Purchase(ctx, w.Key))
	if err != nil {
		return no(err)
	}
	if known && row.State != store.PurchasePlanned && row.State != store.PurchaseRefused {
		return row, nil, s, nil
	}
	if w.At.Before(of.Off) {
		return no(fmt.Errorf("%w until %s", errOff, of.Off.In(c.Location()).Format("2 January 15:04")))
	}
	if _, alone := c.alone(of.ID); alone {
		return no(trouble.New(trouble.CarrierSilent, account.Named(w.Carrier)).From(nil))
	}
	if client, err = c.connect(of); err != nil {
		return no(err)
	}
	if s, err = c.shipment(ctx, w, of); err != nil {
		return no(err)
	}
	quotes, err := c.Store.ParcelQuotes(ctx, w.Parcel, of.ID)
	if errors.Is(err, store.ErrUnknown) || err == nil && quotes.Asked != s.Sum() {
		return no(trouble.New(trouble.QuoteStale).From(nil))
	}
	var all []account.Quote
	if err == nil {
		err = json.Unmarshal(quotes.Body, &all)
	}
	if err != nil {
		return no(err)
	}
	i := slices.IndexFunc(all, func(q account.Quote) bool { return q.Service == service && q.Price == w.Price })
	if i < 0 { // also where another program has asked again, and it costs another price
		return no(trouble.New(trouble.QuoteStale).From(nil))
	}
	quote, err := json.Marshal(all[i])
	if err != nil {
		return no(err)
	}
	if !known { // what was refused before keeps its reference: nothing was made under it
		row = store.Purchase{Key: w.Key, Account: of.ID, Ref: account.NewRef(w.Parcel), Order: w.Order.ID, Parcel: w.Parcel, Station: c.Station, Carrier: w.Carrier}
	}
	if row.Asked != quotes.Asked || !bytes.Equal(row.Quote, quote) {
		row.Draft = "" // it was made of another price
	}
	row.Service, row.Asked, row.State, row.Quote, row.Answer = w.Service, quotes.Asked, store.PurchasePlanned, quote, ""
	row.Since, row.Moved = c.Time(), c.Time()
	if err := c.Store.PutPurchase(ctx, row); err != nil {
		return row, nil, s, err // another program may have asked
	}
	s.Ref, s.Label = row.Ref, c.form(client.Can())
	return row, client, s, nil
}

// sscc takes the number that the bench itself knows the parcel by.
func (c *Carriers) sscc(ctx context.Context, w effects.Wish) (string, error) {
	n, err := c.Store.LabelNumbers(ctx, store.Numbering{Effect: w.Key, Parcel: w.Parcel, Station: c.Station, Carrier: w.Carrier, SSCC: c.SSCCRange()})
	if t := effects.NumberTrouble(err); t.Code != "" {
		return "", refusal(t)
	}
	if err != nil {
		return "", refusal(trouble.New(trouble.Said, err.Error())) // nobody was asked
	}
	return n.SSCC, nil
}

// call makes the purchase, with its row before and after. The answer is kept before
// anybody hears of it.
func (c *Carriers) call(ctx context.Context, client account.Account, s account.Shipment, row *store.Purchase) (account.Purchase, error) {
	var q account.Quote
	if err := json.Unmarshal(row.Quote, &q); err != nil {
		return account.Purchase{}, refusal(trouble.New(trouble.Said, err.Error()))
	}
	if p, ok := client.(account.Preparer); ok && row.Draft == "" {
		draft, err := p.Prepare(ctx, s, q)
		if err != nil { // it has no effect, so nothing was bought
			c.Heard(row.Account, err)
			return account.Purchase{}, c.refused(ctx, row, err)
		}
		row.Draft = draft
	}
	row.State, row.Since, row.Moved = store.PurchaseSent, c.Time(), c.Time()
	if err := c.Store.PutPurchase(ctx, *row); err != nil {
		return account.Purchase{}, err // another program may have asked
	}
	within, stop := context.WithTimeout(ctx, callMost)
	defer stop()
	p, err := client.Buy(within, s, q, row.Draft)
	c.Heard(row.Account, err)
	switch {
	case err == nil && !p.Usable():
		err = errors.New("the answer has no label, or no tracking number")
	case err == nil:
		return p, c.keepBought(ctx, row, q, p)
	case account.NotDone(err):
		return account.Purchase{}, c.refused(ctx, row, err)
	}
	row.Answer, row.Moved = err.Error(), c.Time()
	if kept := c.Store.PutPurchase(context.WithoutCancel(ctx), *row); kept != nil {
		c.Log.Warn("what became of a purchase is not kept", "account", row.Account, "error", kept) // it stands as sent
	}
	c.Log.Warn("it is not known whether a label was bought", "account", row.Account, "reference", row.Ref, "error", err)
	return account.Purchase{}, unsure(*row)
}

// refused keeps that nothing was bought, and says so to the packer.
func (c *Carriers) refused(ctx context.Context, row *store.Purchase, err error) error {
	row.State, row.Answer, row.Moved = store.PurchaseRefused, err.Error(), c.Time()
	if no := (*account.Refused)(nil); errors.As(err, &no) && no.Spent {
		row.Ref, row.Draft = account.NewRef(row.Parcel), ""
	}
	if kept := c.Store.PutPurchase(context.WithoutCancel(ctx), *row); kept != nil {
		return kept // it stands as sent: the carrier is asked
	}
	return refusalOf(row.Carrier, err)
}

// refusalOf says what a carrier's no means to a packer, and whether it is one that
// another carrier has no reason for.
func refusalOf(carrier string, err error) error {
	name := account.Named(carrier)
	var no *account.Refused
	var denied *web.Denied
	switch {
	case errors.As(err, &no):
		return &effects.Refusal{
			Trouble: trouble.New(trouble.CarrierRefused, name, no.Say, no.Hint()), Elsewhere: no.Why == account.NoService || no.Why == account.NotSet,
			Stands: no.Stands,
		}
	case account.Down(err):
		return refusal(trouble.New(trouble.CarrierSilent, name))
	case errors.As(err, &denied):
		return &effects.Refusal{Trouble: trouble.New(trouble.CarrierRefused, name, denied.Error(), "Look at the account in Settings, Carriers"), Elsewhere: true}
	}
	return &effects.Refusal{Trouble: trouble.New(trouble.CarrierRefused, name, err.Error(), ""), Elsewhere: errors.Is(err, errOff)}
}

// keepBought keeps a purchase with its label. A price that is another one than was
// quoted is kept as a warning.
func (c *Carriers) keepBought(ctx context.Context, row *store.Purchase, q account.Quote, p account.Purchase) error {
	if p.Carrier == "" {
		p.Carrier = row.Carrier
	}
	if p.Charged != (unit.Money{}) && p.Charged != q.Price {
		p.Warnings = append(p.Warnings, fmt.Sprintf("cost %s, was quoted at %s", p.Charged, q.Price))
		c.Log.Warn("a label cost another price than was quoted", "account", row.Account, "reference", row.Ref, "cost", p.Charged, "quoted", q.Price)
	}
	p.VoidRule = c.Can(ctx, row.Account).VoidRule
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	papers := make([]store.PurchasePaper, len(p.Papers))
	for i, paper := range p.Papers {
		papers[i] = store.PurchasePaper(paper)
	}
	row.State, row.Bought, row.Answer, row.Moved = store.PurchaseBought, body, strings.Join(p.Warnings, "; "), c.Time()
	return c.Store.PutPurchase(context.WithoutCancel(ctx), *row, papers...)
}

// bought returns what was bought, as it was kept.
func (c *Carriers) bought(ctx context.Context, row store.Purchase) (effects.Purchase, error) {
	var p account.Purchase
	if err := json.Unmarshal(row.Bought, &p); err != nil {
		return effects.Purchase{}, err
	}
	papers, err := c.Store.PurchasePapers(ctx, row.Key)
	if err != nil {
		return effects.Purchase{}, err
	}
	n, err := c.Store.NumbersOf(ctx, row.Key)
	if err != nil {
		return effects.Purchase{}, err
	}
	out := effects.Purchase{SSCC: n.SSCC, Tracking: p.Tracking, Forms: p.Forms, Cost: p.Charged}
	for _, paper := range papers {
		out.Papers = append(out.Papers, account.Paper(paper))
	}
	return out, nil
}
