package carriers

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/store"
	"packbench/station/web/wire"
)

// ServiceID is what a bench calls a service of an account.
func ServiceID(accountID, service string) string { return accountID + "/" + service }

// asked is the answer of one account.
type asked struct {
	of       store.Account
	shipment account.Shipment
	quotes   account.Quotes
	err      error
	late     bool
}

// Quote asks all accounts and the shop's own cards what each service costs, and chooses.
// What an account asks is kept, so that it is bought as it was quoted. An account that
// does not answer in time is named, and left out.
func (c *Carriers) Quote(ctx context.Context, w effects.Wish) ([]carrier.Quote, error) {
	all, err := c.own.Quote(ctx, w)
	if err != nil {
		return nil, err
	}
	accounts, err := c.Store.Accounts(ctx)
	accounts = slices.DeleteFunc(accounts, func(a store.Account) bool { return !c.Sells(a) })
	if err != nil || len(accounts) == 0 {
		return all, err
	}
	_, parcel, err := c.rating.Parcel(ctx, w.Order, boxOf(w))
	if err != nil {
		return nil, err
	}
	var keep []store.ParcelQuotes
	for _, a := range c.askAll(ctx, w, parcel, accounts) {
		more, err := c.readable(ctx, a, parcel)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
		if len(a.quotes.Quotes) > 0 && w.Parcel != "" {
			body, err := json.Marshal(a.quotes.Quotes)
			if err != nil {
				return nil, err
			}
			keep = append(keep, store.ParcelQuotes{Parcel: w.Parcel, Account: a.of.ID, Asked: a.shipment.Sum(), At: w.At, Body: body})
		}
	}
	if err := c.Store.PutParcelQuotes(ctx, keep...); err != nil {
		return nil, err
	}
	return carrier.Choose(all, parcel), nil
}

// askAll asks the accounts about a parcel at once, and waits for them no longer than the
// settings say.
func (c *Carriers) askAll(ctx context.Context, w effects.Wish, p carrier.Parcel, accounts []store.Account) []asked {
	s, wrong := c.toAll(ctx, w, p)
	within, stop := context.WithTimeout(ctx, c.Settings.Carriers.Wait())
	defer stop()
	out := make([]asked, len(accounts))
	var group sync.WaitGroup
	for i, of := range accounts {
		group.Go(func() {
			out[i] = c.ask(within, w.At, of, s, wrong)
			out[i].late = out[i].err != nil && errors.Is(within.Err(), context.DeadlineExceeded)
		})
	}
	group.Wait()
	return out
}

// Price asks one account what a parcel would cost, and keeps nothing, so nothing can be
// bought at it. An account that is switched off answers too. What is wrong with the parcel
// itself is an *account.Refused.
func (c *Carriers) Price(ctx context.Context, w effects.Wish, p carrier.Parcel, id string) ([]carrier.Quote, error) {
	of, err := c.account(ctx, id)
	if err != nil {
		return nil, err
	}
	client, err := c.connect(of)
	if err != nil {
		return nil, err
	}
	a := asked{of: of}
	if a.shipment, err = c.toAll(ctx, w, p); err != nil {
		return nil, &account.Refused{Why: account.BadParcel, Say: err.Error()}
	}
	a.shipment.Test = samples(of)
	if a.quotes, err = client.Quote(ctx, a.shipment); err != nil {
		return nil, err
	}
	return c.readable(ctx, a, p)
}

// line is what an account calls something, as it can be shown on a screen or in a terminal.
func line(text string) string { return wire.Clean(text, 300) }

// errOff and its like say why an account is not asked.
var errOff = errors.New("switched off")

// ask asks one account. What is wrong with the shipment itself is said by each that would
// have been asked.
func (c *Carriers) ask(ctx context.Context, at time.Time, of store.Account, s account.Shipment, wrong error) (a asked) {
	a.of, a.shipment = of, s
	a.shipment.Test = samples(of)
	if at.Before(of.Off) {
		a.err = fmt.Errorf("%w until %s", errOff, of.Off.In(c.Location()).Format("2 January 15:04"))
		return a
	}
	if since, alone := c.alone(of.ID); alone {
		a.err = fmt.Errorf("has not answered since %s", since.In(c.Location()).Format("15:04"))
		return a
	}
	client, err := c.connect(of)
	if a.err = cmp.Or(err, wrong); a.err != nil {
		return a
	}
	a.quotes, a.err = client.Quote(ctx, a.shipment)
	if !errors.Is(context.Cause(ctx), context.Canceled) { // nobody waits for it any more
		c.Heard(of.ID, a.err)
	}
	return a
}

// readable puts an account's answer in the words of rate cards.
func (c *Carriers) readable(ctx context.Context, a asked, p carrier.Parcel) ([]carrier.Quote, error) {
	if a.err != nil {
		reason := a.err.Error()
		if a.late {
			reason = fmt.Sprintf("did not answer within %s", c.Settings.Carriers.Wait())
		}
		return []carrier.Quote{{
			Service: ServiceID(a.of.ID, ""), Name: a.of.ID, Carrier: a.of.ID, CarrierName: a.of.ID, Source: a.of.ID, Reason: line(reason), Unanswered: a.late,
		}}, nil
	}
	known, err := c.Store.AccountServices(ctx, a.of.ID)
	if err != nil {
		return nil, err
	}
	unused := map[string]bool{}
	for _, k := range known {
		unused[k.Service] = k.Unused
	}
	var out []carrier.Quote
	for _, q := range a.quotes.Quotes {
		r := carrier.Quote{
			Service: ServiceID(a.of.ID, line(q.Service)), Name: line(q.Name), Carrier: q.Carrier, CarrierName: line(q.CarrierName), Source: a.of.ID,
			Billed: p.Mass, Price: q.Price, Breakdown: q.Parts, Allowed: !unused[q.Service],
			Promise: q.Promised(p.At.In(c.Location())), QuoteID: q.Ask["id"], Expires: q.Until,
		}
		if len(r.Breakdown) == 0 {
			r.Breakdown = []carrier.Term{{Name: "price", Minor: q.Price.Minor}}
		}
		switch {
		case !r.Allowed:
			r.Reason = "not used by this shop"
		case line(q.Service) != q.Service:
			r.Allowed, r.Reason = false, "has a name that cannot be shown"
		case q.Price.Minor <= 0, q.Price.Currency == "":
			r.Allowed, r.Reason = false, "has no price that can be read"
		}
		out = append(out, r)
	}
	for _, n := range a.quotes.Notes {
		out = append(out, carrier.Quote{
			Service: ServiceID(a.of.ID, line(n.Service)), Name: line(n.Service), Carrier: n.Carrier, CarrierName: account.Named(n.Carrier), Source: a.of.ID, Reason: line(n.Say),
		})
	}
	return out, nil
}
