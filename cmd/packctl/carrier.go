package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/station/pack"
	"packbench/station/store"
)

const carrierUsage = "add KIND --id ID [--url URL] [--set key=value …] | test ID | services ID [--use SERVICE | --not SERVICE] | " +
	"status [ID] | off ID --until TIME | on ID | waiting | recover [EFFECT] [--nothing | --tracking NUMBER] | " +
	"address ORDER | close-out CARRIER [--date DAY] | close-out ID --made | close-out ID --not-made | close-out"

// carrierLine is how an account stands.
type carrierLine struct {
	ID      string      `json:"id"`
	Kind    string      `json:"kind"`
	OK      bool        `json:"ok"`
	Message string      `json:"message"`
	Fix     string      `json:"fix,omitempty"`
	Waiting int         `json:"waiting"`
	Unknown int         `json:"unknown"`
	Refunds int         `json:"refunds"`
	Closing int         `json:"close_outs_unknown,omitempty"`
	Follows *followLine `json:"follows,omitempty"` // of a service that follows parcels, and sells none
	Off     *time.Time  `json:"off,omitempty"`
	Checks  []shopCheck `json:"checks,omitempty"`
}

// followLine is how many numbers a service that follows parcels has.
type followLine struct {
	Followed int `json:"followed"`
	Refused  int `json:"refused"`
	Unknown  int `json:"unknown"` // it was told of, and nobody saw the answer
}

type serviceLine struct {
	Account string `json:"account"`
	Service string `json:"service"`
	Name    string `json:"name"`
	Carrier string `json:"carrier"`
	Used    bool   `json:"used"`
}

// purchaseLine is a purchase whose end is not known, or whose money has not come back.
type purchaseLine struct {
	Effect   string    `json:"effect"`
	Account  string    `json:"account"`
	Order    string    `json:"order"`
	Parcel   string    `json:"parcel"`
	State    string    `json:"state"`
	Ref      string    `json:"reference"`
	Carrier  string    `json:"carrier"`
	Since    time.Time `json:"since,omitzero"`
	Next     time.Time `json:"next,omitzero"` // when the bench tries again
	Answer   string    `json:"answer,omitempty"`
	Place    string    `json:"place,omitempty"` // where its box stands
	Refund   string    `json:"refund,omitempty"`
	Tracking string    `json:"tracking,omitempty"`
}

// runCarrier adds, tests and looks after accounts with carriers.
func runCarrier(ctx context.Context, f *flags) error {
	of := store.Account{Options: settings{}}
	f.StringVar(&of.ID, "id", "", "what the account is called here")
	f.StringVar(&of.URL, "url", "", "its address, where it is not the usual one")
	f.Var(settings(of.Options), "set", "key=value, once for each setting")
	until := f.String("until", "", "time until when nothing is bought")
	use := f.String("use", "", "a service that may be bought")
	not := f.String("not", "", "a service that may not")
	nothing := f.Bool("nothing", false, "the carrier's web page shows no such label")
	tracking := f.String("tracking", "", "the number that the carrier's web page shows")
	closing := f.closeOutFlags()
	args, err := f.read()
	if err != nil {
		return err
	}
	if len(args) == 0 || len(args) > 2 {
		return usagef("packctl carrier %s", carrierUsage)
	}
	word, id := args[0], ""
	if len(args) == 2 {
		id = args[1]
	}
	if id == "" && !slices.Contains([]string{"status", "waiting", "recover", "close-out"}, word) {
		return usagef("packctl carrier %s", carrierUsage)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		c := carriers.New(d, d.Settings.Station, effects.OwnRanges(d, d.Settings.Station))
		switch word {
		case "add":
			of.Kind = id
			return f.addCarrier(ctx, c, of)
		case "test":
			return f.testCarrier(ctx, c, id)
		case "services":
			return f.carrierServices(ctx, c, id, *use, *not)
		case "status":
			return f.carrierStatus(ctx, c, id)
		case "off", "on":
			var at time.Time
			if word == "off" {
				if at, err = parseAt(*until, f.clock(), d.Location()); err != nil {
					return usagef("--until: %v", err)
				}
			}
			if err := c.Off(ctx, id, at); err != nil {
				return err
			}
			return f.carrierStatus(ctx, c, id)
		case "waiting":
			return f.waitingPurchases(ctx, c)
		case "address":
			return f.checkAddress(ctx, c, id)
		case "close-out":
			return f.closeOut(ctx, c, id, closing)
		case "recover":
			return f.recoverPurchases(ctx, c, id, carriers.Looked{Nothing: *nothing, Tracking: *tracking})
		}
		return usagef("packctl carrier %s", carrierUsage)
	})
}

// addCarrier adds an account whose key comes as one line on stdin.
func (f *flags) addCarrier(ctx context.Context, c *carriers.Carriers, of store.Account) error {
	if of.ID == "" {
		return usagef("--id is what the account is called here, such as post")
	}
	line, err := f.secretLine()
	if err != nil {
		return err
	}
	if err := c.Add(ctx, of, line); err != nil {
		return err
	}
	return f.print(carrierLine{ID: of.ID, Kind: of.Kind, OK: true, Message: "added"}, "account %s is added; try it: packctl carrier test %s", of.ID, of.ID)
}

func (f *flags) testCarrier(ctx context.Context, c *carriers.Carriers, id string) error {
	checks, err := c.Test(ctx, id)
	if err != nil {
		return err
	}
	of, err := c.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	line := carrierLine{ID: id, Kind: of.Kind, OK: true, Message: "everything works"}
	for _, k := range checks {
		line.Checks = append(line.Checks, shopCheck{k.What, k.OK, k.Say, k.Fix})
	}
	bad, err := f.tried(line.Checks)
	if bad != nil {
		line.OK, line.Message, line.Fix = false, bad.What+": "+bad.Message, bad.Fix
	}
	if err != nil {
		return err
	}
	if f.json {
		if err := f.print(line, ""); err != nil {
			return err
		}
	}
	if !line.OK {
		return errNotAll
	}
	return nil
}

func (f *flags) carrierServices(ctx context.Context, c *carriers.Carriers, id, use, not string) error {
	for service, used := range map[string]bool{use: true, not: false} {
		if service == "" {
			continue
		}
		if err := c.Use(ctx, id, service, used); err != nil {
			return err
		}
	}
	list := c.Services
	if use != "" || not != "" {
		list = c.KnownServices
	}
	all, err := list(ctx, id)
	for _, s := range all {
		mark := "✔"
		if !s.Used {
			mark = " "
		}
		if err := f.print(serviceLine{id, s.ID, s.Name, s.Carrier, s.Used}, "%s %-28s %s, %s", mark, s.ID, s.CarrierName, s.Name); err != nil {
			return err
		}
	}
	return err
}

func (f *flags) carrierStatus(ctx context.Context, c *carriers.Carriers, id string) error {
	all, err := c.Statuses(ctx)
	if err != nil {
		return err
	}
	found := id == ""
	for _, s := range all {
		if id != "" && s.ID != id {
			continue
		}
		found = true
		line := carrierLine{ID: s.ID, Kind: s.Kind, OK: s.Fault == "", Message: "ready", Unknown: s.Open, Refunds: s.Asked, Closing: s.Closed}
		if !s.Sells {
			line.Follows = &followLine{s.Followed, s.Refused, s.Untold}
			line.Message = fmt.Sprintf("follows %s", counted(s.Followed, "parcel"))
		}
		switch {
		case s.Fault != "":
			line.Message = s.Fault
		case f.clock().Before(s.Off):
			line.Off, line.Message = &s.Off, "switched off until "+s.Off.In(c.Location()).Format("2 January 15:04")
		case s.Open > 0:
			line.Message = fmt.Sprintf("%d purchases whose end is not known", s.Open)
		case s.Refused+s.Untold > 0:
			line.Message += fmt.Sprintf("; %d that it will not follow, %d of which that is not known: packctl track services %s lists them", s.Refused, s.Untold, s.ID)
		case s.Closed > 0:
			line.Message = fmt.Sprintf("%d close-outs whose answer nobody saw: packctl carrier close-out lists them", s.Closed)
		}
		if err := f.print(line, "%-12s %-14s %s", s.ID, s.Name, line.Message); err != nil {
			return err
		}
	}
	if !found {
		return fmt.Errorf("there is no account %s", id)
	}
	return nil
}

func (f *flags) waitingPurchases(ctx context.Context, c *carriers.Carriers) error {
	open, err := c.Store.OpenPurchases(ctx)
	if err != nil {
		return err
	}
	asked, err := c.Store.RefundsAsked(ctx)
	if err != nil {
		return err
	}
	state, err := bench.Standing(ctx, c.Folder, c.Settings.Station)
	if err != nil {
		return err
	}
	for _, w := range state.Unlabelled() {
		if err := f.printUnlabelled(c, w); err != nil {
			return err
		}
	}
	for _, p := range append(open, asked...) {
		if err := f.printPurchase(c, p); err != nil {
			return err
		}
	}
	return err
}

// printUnlabelled tells of a parcel that is packed and has no label yet (C6).
func (f *flags) printUnlabelled(c *carriers.Carriers, w *pack.Work) error {
	p := w.Parcel
	line := purchaseLine{Effect: p.LabelKey, Order: w.Order, Parcel: p.ID, State: "waiting", Next: p.Wait.Next, Answer: p.Trouble.String()}
	next := ""
	if p.Wait.Place != "" {
		line.Place, next = p.Wait.Place, "box at "+p.Wait.Place+"  "
	}
	if !p.Wait.Next.IsZero() {
		next += "next try " + p.Wait.Next.In(c.Location()).Format("2 Jan 15:04")
	}
	return f.print(line, "%-14s %-14s %-10s %-16s %s  %s", p.LabelKey, p.ID, w.Called(), "waits for label", line.Answer, next)
}

func (f *flags) printPurchase(c *carriers.Carriers, p store.Purchase) error {
	state := map[store.PurchaseState]string{
		store.PurchaseSent: "not known", store.PurchaseBought: "bought", store.PurchaseRefused: "not bought",
		store.PurchaseVoiding: "to be given back", store.PurchaseLost: "to be given back", store.PurchaseGone: "given back", store.PurchasePlanned: "not asked for",
	}[p.State]
	line := purchaseLine{
		Effect: p.Key, Account: p.Account, Order: p.Order, Parcel: p.Parcel, State: string(p.State), Ref: p.Ref, Carrier: p.Carrier, Since: p.Since,
		Answer: p.Answer, Refund: p.Refund, Tracking: carriers.Tracking(p),
	}
	return f.print(line, "%-14s %-14s %-10s %-16s %s  %s", p.Key, p.Parcel, p.Account, state, p.Ref, p.Since.In(c.Location()).Format("2 Jan 15:04"))
}

// recoverPurchases asks what became of one purchase, or of all whose end is not known. What
// a person has seen at the carrier counts where that cannot tell.
func (f *flags) recoverPurchases(ctx context.Context, c *carriers.Carriers, key string, l carriers.Looked) error {
	if key == "" && l != (carriers.Looked{}) {
		return usagef("name the purchase; packctl carrier waiting lists them")
	}
	open, err := c.Store.OpenPurchases(ctx)
	if err != nil {
		return err
	}
	var failed []error
	found := key == ""
	for _, p := range open {
		if key != "" && p.Key != key {
			continue
		}
		found = true
		after, err := c.Settle(ctx, p, l)
		if err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", p.Key, err))
		}
		if err := f.printPurchase(c, after); err != nil {
			return err
		}
	}
	if !found {
		return fmt.Errorf("%s is no purchase whose end is open; packctl carrier waiting lists them", key)
	}
	return errors.Join(failed...)
}
