// Package played has the carrier of a bench behave as a script says, for shifts that are
// played: it is down, late, refuses, or its answers are lost. It must not be used where parcels
// leave.
package played

import (
	"context"

	"packbench/cmd/internal/effects"
	"packbench/station/carrier"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// CarrierAnswer is how a simulated carrier behaves.
type CarrierAnswer string

// The ways of a simulated carrier. With a lost answer the label is bought, but the
// bench does not hear of it.
const (
	CarrierUp         CarrierAnswer = "up"
	CarrierDown       CarrierAnswer = "down"
	CarrierLostAnswer CarrierAnswer = "lost-answer"
	CarrierLate       CarrierAnswer = "late"    // nine of ten parcels today
	CarrierDearer     CarrierAnswer = "dearer"  // than it says before, by a tenth
	CarrierRefuses    CarrierAnswer = "refuses" // every parcel, as one that it does not take
)

// lateShare is how many of a thousand parcels arrive in time with a carrier that is late.
const lateShare = 100

// Simulated has carriers behave as answer says of each.
func Simulated(c effects.Carrier, answer func(id string) CarrierAnswer) effects.Carrier {
	return simulated{c, answer}
}

type simulated struct {
	effects.Carrier
	answer func(id string) CarrierAnswer
}

func (s simulated) Quote(ctx context.Context, w effects.Wish) ([]carrier.Quote, error) {
	all, err := s.Carrier.Quote(ctx, w)
	late := false
	for i := range all {
		if s.answer(all[i].Carrier) == CarrierLate {
			all[i].Reliability, late = lateShare, true
		}
	}
	own, is := s.Carrier.(interface {
		Parcel(ctx context.Context, w effects.Wish) (carrier.Parcel, error)
	})
	if err != nil || !late || !is {
		return all, err
	}
	p, err := own.Parcel(ctx, w)
	return carrier.Choose(all, p), err
}

func (s simulated) silent(w effects.Wish) error {
	if a := s.answer(w.Carrier); a != CarrierDown && a != CarrierLostAnswer {
		return nil
	}
	return trouble.New(trouble.CarrierSilent, w.Carrier).From(nil)
}

func (s simulated) Buy(ctx context.Context, w effects.Wish) (effects.Purchase, error) {
	if s.answer(w.Carrier) == CarrierDown {
		return effects.Purchase{}, &effects.Refusal{Trouble: trouble.New(trouble.CarrierSilent, w.Carrier)}
	}
	if s.answer(w.Carrier) == CarrierRefuses {
		return effects.Purchase{}, &effects.Refusal{
			Trouble: trouble.New(trouble.CarrierRefused, w.Carrier, "takes no such parcel", ""), Elsewhere: true, Stands: true,
		}
	}
	p, err := s.Carrier.Buy(ctx, w)
	if s.answer(w.Carrier) == CarrierDearer {
		p.Cost = unit.Money{Minor: w.Price.Minor * 11 / 10, Currency: w.Price.Currency}
	}
	if silent := s.silent(w); silent != nil {
		return effects.Purchase{}, silent
	}
	return p, err
}

func (s simulated) Find(ctx context.Context, w effects.Wish) (effects.Purchase, bool, error) {
	if err := s.silent(w); err != nil {
		return effects.Purchase{}, false, err
	}
	return s.Carrier.Find(ctx, w)
}

func (s simulated) Void(ctx context.Context, w effects.Wish) error {
	if err := s.silent(w); err != nil {
		return err
	}
	return s.Carrier.Void(ctx, w)
}
