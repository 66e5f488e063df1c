package carriers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/store"
)

// Test tries what an account has to do, buys nothing, and keeps what it sells.
func (c *Carriers) Test(ctx context.Context, id string) ([]account.Check, error) {
	client, err := c.Client(ctx, id)
	if err != nil {
		return nil, err
	}
	checks, err := client.Test(ctx)
	if err != nil {
		return nil, err
	}
	for i := range checks {
		checks[i].Say = line(checks[i].Say)
	}
	if can := client.Can(); can.Live {
		checks = append(checks, account.Check{What: "samples", OK: true, Say: "there are none: every label on this account costs money"})
	}
	if of, err := c.account(ctx, id); err != nil || !c.Sells(of) {
		return checks, err
	}
	if _, err := c.Services(ctx, id); err != nil && len(checks) > 0 && checks[0].OK {
		checks = append(checks, account.Check{What: "services", Say: err.Error(), Fix: "Try again."})
	}
	return checks, nil
}

// Client returns the client of an account.
func (c *Carriers) Client(ctx context.Context, id string) (account.Account, error) {
	of, err := c.account(ctx, id)
	if err != nil {
		return nil, err
	}
	return c.connect(of)
}

// Service is one that an account sells.
type Service struct {
	account.Service
	Used bool
}

// Services asks an account what it sells, keeps that, and returns it with what a person
// does not want.
func (c *Carriers) Services(ctx context.Context, id string) ([]Service, error) {
	client, err := c.Client(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := client.Services(ctx)
	if err != nil {
		return nil, err
	}
	var keep []store.AccountService
	for _, s := range all {
		if line(s.ID) != s.ID { // as prices of it are left out
			continue
		}
		s.Name, s.CarrierName = line(s.Name), line(s.CarrierName)
		body, err := json.Marshal(s)
		if err != nil {
			return nil, err
		}
		keep = append(keep, store.AccountService{Account: id, Service: s.ID, Body: body})
	}
	if err := c.Store.PutAccountServices(ctx, keep...); err != nil {
		return nil, err
	}
	return c.KnownServices(ctx, id)
}

// KnownServices are those that an account told of before.
func (c *Carriers) KnownServices(ctx context.Context, id string) ([]Service, error) {
	kept, err := c.Store.AccountServices(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]Service, len(kept))
	for i, k := range kept {
		if err := json.Unmarshal(k.Body, &out[i].Service); err != nil {
			return nil, err
		}
		out[i].Used = !k.Unused
	}
	return out, nil
}

// Use says whether a service of an account may be bought.
func (c *Carriers) Use(ctx context.Context, id, service string, use bool) error {
	err := c.Store.UseService(ctx, id, service, use)
	if errors.Is(err, store.ErrUnknown) {
		err = fmt.Errorf("account %s has told of no service %s; packctl carrier services %s lists them", id, service, id)
	}
	return err
}

// Status is how an account stands.
type Status struct {
	store.Account
	Name   string    // of its kind
	Silent time.Time // since when it does not answer, zero when it does
	Open   int       // purchases whose end is not known
	Asked  int       // refunds that have not come
	Closed int       // close-outs whose answer nobody saw
	Fault  string    // why it cannot be used, "" for nothing
	Sells  bool      // labels; else it only follows parcels

	Followed, Refused int // numbers of the last months that it follows, and will not follow
	Untold            int // that it was told to follow, and nobody saw the answer
}

const countedDays = 60 // of parcels, whose numbers are counted

// Statuses are all accounts by id.
func (c *Carriers) Statuses(ctx context.Context) ([]Status, error) {
	accounts, err := c.Store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	open, err := c.Store.OpenPurchases(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := c.Store.RefundsAsked(ctx)
	if err != nil {
		return nil, err
	}
	closed, err := c.Store.CloseOuts(ctx, c.Time())
	if err != nil {
		return nil, err
	}
	numbers, err := c.Store.CountServiceNumbers(ctx, c.Time().AddDate(0, 0, -countedDays))
	if err != nil {
		return nil, err
	}
	count := func(all []store.Purchase, id string) (n int) {
		for _, p := range all {
			if p.Account == id {
				n++
			}
		}
		return n
	}
	out := make([]Status, len(accounts))
	for i, a := range accounts {
		s := Status{Account: a, Name: a.Kind, Sells: c.Sells(a), Open: count(open, a.ID), Asked: count(asked, a.ID)}
		for _, n := range numbers {
			if n.Account == a.ID {
				*map[store.NumberState]*int{store.NumberFollowed: &s.Followed, store.NumberRefused: &s.Refused, store.NumberSent: &s.Untold, store.NumberAsked: new(int)}[n.State] += n.N
			}
		}
		if k, err := c.kind(a.Kind); err == nil {
			s.Name = k.Name
		}
		if _, err := c.connect(a); err != nil {
			s.Fault = err.Error()
		}
		if since, alone := c.alone(a.ID); alone {
			s.Silent = since
		}
		for _, o := range closed {
			if o.Account == a.ID && o.State == store.CloseOutSent {
				s.Closed++
			}
		}
		out[i] = s
	}
	return out, nil
}

// Can is what an account can do.
func (c *Carriers) Can(ctx context.Context, id string) account.Can {
	client, err := c.Client(ctx, id)
	if err != nil {
		return account.Can{}
	}
	return client.Can()
}
