// Package returndesk is where supervisors see to returns away from the bench: what is
// announced, what a blind return is of, and what becomes of the money (R1, R4).
//
// Each word becomes a row of the desk's chain; what goes to a shop follows from the row,
// through the outbox. It must not touch the state of a bench, and speaks to no shop: what one says and was told is given to it.
package returndesk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup/sent"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/returns"
	"packbench/station/store"
	"packbench/station/unit"
)

// Desk sees to the returns of a data folder.
type Desk struct{ *folder.Folder }

// New returns the desk of returns of an open folder.
func New(f *folder.Folder) Desk { return Desk{f} }

func (d Desk) finder() sent.Finder {
	return sent.Finder{Store: d.Store, Rules: d.Settings.Returns, Domain: d.Settings.GS1.Domain, Verify: d.VerifyCode}
}

// List returns the returns that a filter chooses.
func (d Desk) List(ctx context.Context, f store.ReturnFilter) ([]store.Return, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	return d.Store.Returns(ctx, f)
}

// refundBy is the day by which money is due that is owed from now.
func (d Desk) refundBy(now time.Time) time.Time {
	now = now.In(d.Location())
	return time.Date(now.Year(), now.Month(), now.Day()+d.Settings.Returns.RefundDays, 0, 0, 0, 0, now.Location())
}

// Match says what a blind return is of: its units are compared with what was in the parcel.
func (d Desk) Match(ctx context.Context, who station.Person, id, parcel string) (returns.Matched, error) {
	out := returns.Matched{Return: id, Lines: map[int]string{}, By: who.ID}
	if err := d.Rights().May(who, people.Owed); err != nil {
		return out, err
	}
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		s, err := d.parcel(ctx, parcel)
		if err != nil {
			return nil, nil, err
		}
		r, err := d.known(ctx, id)
		switch {
		case err != nil:
			return nil, nil, err
		case r.SSCC != "" || r.State != store.ReturnClosed:
			return nil, nil, fmt.Errorf("return %s is no blind one that is done: only such a one can be matched", id)
		}
		units, err := d.Store.ReturnUnits(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		out.Order, out.Parcel, out.SSCC, out.Due = s.Order, s.Parcel, s.SSCC, d.refundBy(d.Clock())
		out.Lines, out.Owed, out.Backs = matched(s, units, d.Settings.Returns)
		fits := false
		for _, line := range out.Lines {
			fits = fits || line != ""
		}
		if !fits {
			return nil, nil, fmt.Errorf("none of the units of return %s left in parcel %s", id, s.Parcel)
		}
		came, err := d.cameLater(ctx, id, s, out)
		return out, append([]pack.Fact{out}, came...), err
	})
	return out, errors.Join(err, d.Store.CatchUp(ctx))
}

// cameLater withdraws the cases of what earlier returns of the parcel lacked, as far as it is
// in this one.
func (d Desk) cameLater(ctx context.Context, id string, s pack.Sent, m returns.Matched) (facts []pack.Fact, err error) {
	missing, err := d.finder().Missing(ctx, &pack.Return{ID: id, Sent: &s})
	here := map[string]int{}
	for _, b := range m.Backs {
		if b.Odd == "" && b.Line != "" {
			here[b.SKU] += b.Qty
		}
	}
	for _, lack := range missing {
		if lack.Qty > 0 && here[lack.SKU] >= lack.Qty {
			here[lack.SKU] -= lack.Qty
			facts = append(facts, pack.CaseWithdrawn{Case: lack.Case, By: m.By})
		}
	}
	return facts, err
}

// parcel finds what left in the one parcel that is named.
func (d Desk) parcel(ctx context.Context, name string) (pack.Sent, error) {
	all, _, err := d.finder().Named(ctx, sent.Code{Data: name})
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("%q names %d parcels that left here: give one by its name or its SSCC", name, len(all))
	}
	if err != nil {
		return pack.Sent{}, err
	}
	return all[0], nil
}

// matched finds the line of each entry of a return, and what those that fit cost, of those
// that the shop pays for.
func matched(s pack.Sent, units []store.ReturnUnit, rules config.Returns) (lines map[int]string, owed unit.Money, backs []pack.Back) {
	r, priced := pack.Return{Sent: &s}, true
	lines = map[int]string{}
	for _, u := range units {
		b := pack.Back{N: u.N, SKU: u.SKU, Qty: u.Qty, Grading: u.Grading}
		if u.Marks != (pack.Marks{}) {
			b.Marks = &u.Marks
		}
		b.Line, b.Odd, _ = r.LineOf(b)
		lines[u.N] = b.Line
		r.Units, backs = append(r.Units, b), append(backs, b)
		for _, l := range s.Lines {
			if b.Odd == "" && l.Line == b.Line {
				priced = priced && l.Price.Currency != "" && (owed.Currency == "" || owed.Currency == l.Price.Currency)
				owed.Currency = l.Price.Currency
				if rules.Pays(b.Grade) {
					owed.Minor += l.Price.Minor * int64(b.Qty)
				}
			}
		}
	}
	if !priced {
		owed = unit.Money{}
	}
	return lines, owed, backs
}

func (d Desk) known(ctx context.Context, id string) (store.Return, error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return store.Return{}, err
	}
	r, known, err := store.Known(d.Store.Return(ctx, id))
	if err == nil && !known {
		err = fmt.Errorf("there is no return %q: packctl returns lists them", id)
	}
	return r, err
}

// Tell has the shop give the buyer what is owed, once. An exchange is an order of its own,
// which is made here; to say it again makes it where a program ended before.
func (d Desk) Tell(ctx context.Context, who station.Person, id string, way returns.Way) (returns.Told, error) {
	out := returns.Told{Return: id, Way: way, By: who.ID}
	if err := d.Rights().May(who, people.Owed); err != nil {
		return out, err
	}
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		r, err := d.known(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		if out.Of, out.Amount = r.Order, r.Owed; way == returns.Exchange {
			out.Order, out.Amount = "X-"+id, unit.Money{}
		}
		again := r.Money == store.MoneyTold && r.Way == way && way == returns.Exchange
		if r.Money != store.MoneyOwed && !again {
			return nil, nil, notOwed(r)
		}
		if again {
			return nil, nil, nil
		}
		return out, []pack.Fact{out}, nil
	})
	if err == nil && way == returns.Exchange {
		err = d.exchange(ctx, out)
	}
	return out, errors.Join(err, d.Store.CatchUp(ctx))
}

func notOwed(r store.Return) error {
	switch r.Money {
	case store.MoneyTold:
		return fmt.Errorf("the shop was told of return %s before: say paid, or refused with a reason", r.ID)
	case store.MoneyPaid:
		return fmt.Errorf("return %s is paid", r.ID)
	case store.MoneyRefused:
		return fmt.Errorf("return %s was refused: %s", r.ID, r.Why)
	}
	return fmt.Errorf("nothing is owed for return %s", r.ID)
}

// exchange makes the order that is sent in place of what came back.
func (d Desk) exchange(ctx context.Context, f returns.Told) error {
	was, err := d.Store.Order(ctx, f.Of)
	if err != nil {
		return fmt.Errorf("the order of the exchange: %w", err)
	}
	units, err := d.Store.ReturnUnits(ctx, f.Return)
	if err != nil {
		return err
	}
	now := d.Clock()
	o := station.Order{ID: f.Order, Status: station.OrderOpen, Placed: now, ShipBy: now.Add(24 * time.Hour), To: was.To, Version: 1, Tags: []string{"exchange"}}
	for _, u := range units {
		if u.Odd == "" {
			o.Lines = append(o.Lines, station.Line{ID: fmt.Sprint(len(o.Lines) + 1), SKU: u.SKU, Qty: u.Qty, Kind: station.Goods})
		}
	}
	_, err = d.Store.PutOrders(ctx, []station.Order{o})
	return err
}

// Settle says what became of the money: it is paid, or it is refused with a reason, a code.
func (d Desk) Settle(ctx context.Context, who station.Person, id string, paid bool, why string) (returns.Settled, error) {
	out := returns.Settled{Return: id, Paid: paid, Why: why, By: who.ID}
	if err := d.Rights().May(who, people.Owed); err != nil {
		return out, err
	}
	if why = strings.TrimSpace(why); !paid && !people.IsReason(why) {
		return out, fmt.Errorf("a refusal needs a reason: a code such as worn or too-late")
	}
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		r, err := d.known(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		if out.Of = r.Order; r.Money != store.MoneyOwed && r.Money != store.MoneyTold {
			return nil, nil, notOwed(r)
		}
		if !paid && r.Way == returns.Exchange {
			if err := d.noExchange(ctx, "X-"+id); err != nil {
				return nil, nil, err
			}
		}
		return out, []pack.Fact{out}, nil
	})
	return out, errors.Join(err, d.Store.CatchUp(ctx))
}

// noExchange cancels the order of an exchange, which nobody may have begun.
func (d Desk) noExchange(ctx context.Context, id string) error {
	o, known, err := store.Known(d.Store.Order(ctx, id))
	if err != nil || !known {
		return err
	}
	p, err := d.Store.Progress(ctx, id)
	if err == nil && p.Station != "" {
		err = fmt.Errorf("the exchange was begun as order %s at bench %s: it cannot be refused", id, p.Station)
	}
	if err != nil {
		return err
	}
	o.Status, o.Version = station.OrderCancelled, o.Version+1
	_, err = d.Store.PutOrders(ctx, []station.Order{o})
	return err
}
