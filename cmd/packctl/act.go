package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/effects/played"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/unit"
)

// shown is an input line as its answer repeats it: a badge without its code, and
// nothing of what may be a PIN.
func (s *session) shown(line string) string {
	verb, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	now := s.bench.Engine.State()
	switch {
	case (verb == "type" || verb == "scan") && (now.PIN != nil || now.Phase == pack.SignedOut) && people.LooksPIN(rest), verb == "type" && now.PIN != nil:
		return verb
	case verb == "badge":
		return "badge"
	case len(rest) >= 9 && strings.EqualFold(rest[:9], "PB:badge:"):
		return verb + " " + rest[:9]
	}
	return clipped(line, 1000)
}

// act carries one line out. What the words of the line get wrong is answered
// like everything else, never an end of the run.
func (s *session) act(ctx context.Context, line string, tooLong bool, a *answer) error {
	verb, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch verb {
	case "badge":
		return s.do(ctx, engine.Badge{Code: rest})
	case "scan":
		data := strings.ReplaceAll(rest, "<GS>", gs1.GS)
		aim, data := gs1.SplitAIM(data)
		return s.do(ctx, engine.Scan{Device: engine.Script, AIM: aim, Data: data, Cut: tooLong})
	case "weigh":
		w, err := reading(rest)
		if err != nil {
			a.refuse(pack.CodeWeightUnknown, err.Error())
			return nil
		}
		return s.do(ctx, w)
	case "type":
		if s.bench.Engine.State().PIN != nil {
			return s.do(ctx, engine.PIN{Text: rest})
		}
		return s.do(ctx, engine.Entry{Text: rest})
	case "do":
		words := strings.Fields(rest)
		if len(words) == 0 {
			a.refuse(pack.CodeCommandUnknown, "do needs the name of a command")
			return nil
		}
		c := pack.ReadCommand(words[0], words[1:]...)
		c.Sure = true
		return s.do(ctx, engine.Press{Command: c})
	}
	return s.world(ctx, verb, rest, a)
}

func (s *session) do(ctx context.Context, raw engine.Raw) error {
	u, err := s.bench.Engine.Do(ctx, raw)
	s.own = u.Input.ID
	return err
}

// reading reads "1.234kg", "1.234kg moving" or a word.
func reading(text string) (engine.Weight, error) {
	switch word := pack.ScaleState(text); word {
	case pack.ScaleZero, pack.ScaleOver, pack.ScaleUnder, pack.ScaleNone, pack.ScaleUnknown:
		return engine.Weight{Scale: word}, nil
	}
	number, moving := strings.CutSuffix(text, "moving")
	mass, err := unit.ParseMass(strings.TrimSpace(number))
	if err != nil {
		return engine.Weight{}, err
	}
	w := engine.Weight{Scale: pack.ScaleSteady, Mass: mass, Division: unit.Gram}
	if moving {
		w.Scale = pack.ScaleMoving
	}
	return w, nil
}

// world carries out the lines about everything around the bench.
func (s *session) world(ctx context.Context, verb, rest string, a *answer) error {
	switch verb {
	case "printer":
		if err := s.printer.Set(rest); err != nil {
			a.refuse(pack.CodeCommandUnknown, err.Error())
			return nil
		}
		a.inform("the printer is " + rest)
		if rest != "ok" {
			return nil
		}
		return s.printed(ctx)
	case "carrier":
		id, state, _ := strings.Cut(rest, " ")
		switch answer := played.CarrierAnswer(strings.TrimSpace(state)); answer {
		case played.CarrierUp, played.CarrierDown, played.CarrierLostAnswer, played.CarrierLate, played.CarrierDearer, played.CarrierRefuses:
			s.mu.Lock()
			s.carriers[id] = answer
			s.mu.Unlock()
			a.inform("carrier " + id + " is " + string(answer))
		default:
			a.refuse(pack.CodeCommandUnknown, "a carrier is up, down, late, dearer, refuses or lost-answer")
		}
		return nil
	case "order":
		return s.shop(ctx, rest, a)
	case "wait":
		pause, err := time.ParseDuration(rest)
		if err != nil || pause < 0 {
			a.refuse(pack.CodeCommandUnknown, fmt.Sprintf("wait %q: write a time such as 2s", rest))
			return nil
		}
		s.setClock(s.clock().Add(pause), a)
		return nil
	case "clock":
		at, err := parseAt(rest, s.clock(), s.bench.Location())
		if err != nil {
			a.refuse(pack.CodeCommandUnknown, err.Error())
			return nil
		}
		s.setClock(at, a)
		return nil
	}
	a.refuse(pack.CodeCommandUnknown, fmt.Sprintf("there is no input called %q", verb))
	return nil
}

// round has the bench look after what its clock says is due, before the next line, once
// what the present one led to is over.
func (s *session) round(ctx context.Context) error {
	if !s.started {
		return nil
	}
	for _, e := range s.bench.Due() {
		if _, err := s.bench.Engine.Do(ctx, engine.Result{Event: e}); err != nil {
			return err
		}
	}
	return s.settle(ctx)
}

// setClock moves the clock; a year of more or fewer than four digits is none
// that the journal can write down.
func (s *session) setClock(at time.Time, a *answer) {
	if year := at.UTC().Year(); year < 1000 || year > 9998 {
		a.refuse(pack.CodeCommandUnknown, fmt.Sprintf("the clock cannot go to the year %d", year))
		return
	}
	s.mu.Lock()
	s.now = at
	s.mu.Unlock()
	a.inform("it is " + at.Format("2006-01-02 15:04:05"))
}

// printed waits until the bench has seen that a printer which works again has
// printed what waited.
func (s *session) printed(ctx context.Context) error {
	deadline := time.Now().Add(2 * time.Second)
	for time.Now().Before(deadline) && s.printing() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(5 * time.Millisecond):
		}
	}
	return nil
}

func (s *session) printing() bool {
	return s.bench.Engine.State().Awaits(func(e pack.Effect) bool { return e.Kind == pack.EffectPrint })
}

// shop is what the shop does meanwhile.
func (s *session) shop(ctx context.Context, rest string, a *answer) error {
	called, what := rest, ""
	if i := strings.LastIndexByte(rest, ' '); i >= 0 { // a shop may be called by several words
		called, what = strings.TrimSpace(rest[:i]), rest[i+1:]
	}
	o, err := s.bench.OrderCalled(ctx, called)
	var which *folder.Which
	switch {
	case errors.As(err, &which):
		a.refuse(pack.CodeOrderWhich, which.Error())
		for i, name := range which.Orders {
			a.Choices = append(a.Choices, choice{N: i + 1, Text: name})
		}
		return nil
	case err != nil:
		a.refuse(pack.CodeOrderUnknown, "order "+called+" is not known")
		return nil
	}
	id := o.ID
	switch what {
	case "held", "cancelled", "open":
		err = s.bench.Store.SetOrderStatus(ctx, id, station.OrderStatus(what), "the shop says so")
	case "changed":
		// The customer wants one more of the first thing.
		if len(o.Lines) > 0 {
			o.Lines[0].Qty++
		}
		_, err = s.bench.Store.PutOrders(ctx, []station.Order{o})
	default:
		a.refuse(pack.CodeCommandUnknown, "an order is held, cancelled, changed or open")
		return nil
	}
	if err != nil {
		return err
	}
	a.inform("order " + called + " is " + what)
	if now := s.bench.Engine.State(); now.Parked[id] != nil || now.Work != nil && now.Work.Order == id {
		return s.do(ctx, engine.Shop{Order: id})
	}
	return nil
}
