package engine

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// Deps is what an engine needs. Chain and State are where the journal stands.
type Deps struct {
	Chain    journal.Chain
	State    pack.State
	Rules    pack.Rules
	Codec    *journal.Codec
	Journal  Journal
	Resolver Resolver
	Runner   Runner
	Clock    func() time.Time
	Log      *slog.Logger
	// Publish is called on the engine's goroutine after each input, before its
	// effects start. It must return quickly.
	Publish func(Update)
	// Idle is called on the engine's goroutine when nothing came for
	// IdleAfter: the time for projections, snapshots and checkpoints.
	Idle      func(context.Context, pack.State, journal.Chain)
	IdleAfter time.Duration
}

// Engine is the loop. One goroutine, inside Run, owns chain and state.
type Engine struct {
	deps  Deps
	inbox inbox
	state atomic.Pointer[pack.State]

	chain   journal.Chain
	running map[string]running // effects under way; Run's goroutine only
	runners sync.WaitGroup
	// busy counts the inputs that are not finished and the effects under way that
	// have not reported yet, for Quiet. It is one number, raised for what follows
	// before it is lowered for what led to it: two that are read one after the other
	// miss what moves from one to the other meanwhile.
	busy atomic.Int64
}

// running is an effect under way.
type running struct {
	stop  context.CancelCauseFunc
	ended chan struct{} // closed at its end
}

// New returns an engine that waits for Run.
func New(deps Deps) *Engine {
	if deps.Clock == nil {
		deps.Clock = time.Now
	}
	if deps.Log == nil {
		deps.Log = slog.New(slog.DiscardHandler)
	}
	if deps.Publish == nil {
		deps.Publish = func(Update) {}
	}
	if deps.IdleAfter <= 0 {
		deps.IdleAfter = 50 * time.Millisecond
	}
	e := &Engine{deps: deps, chain: deps.Chain, running: map[string]running{}}
	e.inbox.ready = make(chan struct{}, 1)
	state := deps.State
	e.state.Store(&state)
	e.busy.Store(1) // until Run has started what was pending and told the rules
	return e
}

// ErrOver is the cause that ends the context of an effect which nobody waits
// for any more, as against the end of the program.
var ErrOver = errors.New("the effect is not waited for any more")

// State is the state after the last input. It never changes under its reader.
func (e *Engine) State() pack.State { return *e.state.Load() }

// Chain is where the journal stands; it is for after Run has ended.
func (e *Engine) Chain() journal.Chain { return e.chain }

// Post puts something into the inbox. It never blocks and never drops.
func (e *Engine) Post(raw Raw) { e.put(message{raw: raw}) }

func (e *Engine) put(m message) {
	e.busy.Add(1)
	e.inbox.put(m)
}

// Do is Post that waits for the update.
func (e *Engine) Do(ctx context.Context, raw Raw) (Update, error) {
	done := make(chan Update, 1)
	e.put(message{raw: raw, done: done})
	select {
	case u := <-done:
		return u, u.Err
	case <-ctx.Done():
		return Update{}, ctx.Err()
	}
}

// Quiet waits until Run has begun, the inbox is empty, every effect has reported
// and those that are over have come to their end: an effect that goes on after
// its first report waits for the world, not for the bench.
func (e *Engine) Quiet(ctx context.Context) error {
	tick := time.NewTicker(200 * time.Microsecond)
	defer tick.Stop()
	for e.busy.Load() > 0 {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Run works until ctx ends, then lets the runners end. It first tells the
// machine the rules and starts the effects that were pending, as unsure.
func (e *Engine) Run(ctx context.Context) error {
	defer func() {
		for _, r := range e.running {
			r.stop(nil)
		}
		e.runners.Wait()
	}()
	for _, effect := range e.State().Pending {
		e.start(ctx, effect, true)
	}
	e.inbox.putFirst(message{raw: Result{pack.Started{Rules: e.deps.Rules}}}) // busy counts it since New
	idle := time.NewTimer(e.deps.IdleAfter)
	defer idle.Stop()
	for ctx.Err() == nil {
		m, ok := e.inbox.take()
		if ok {
			u := e.handle(ctx, m.raw)
			if m.done != nil {
				m.done <- u
			}
			e.busy.Add(-1)
			idle.Reset(e.deps.IdleAfter)
			continue
		}
		select {
		case <-ctx.Done():
			return nil
		case <-e.inbox.ready:
		case <-idle.C:
			if e.deps.Idle != nil {
				e.deps.Idle(ctx, e.State(), e.chain)
			}
		}
	}
	return nil
}

// handle takes one input through the loop.
func (e *Engine) handle(ctx context.Context, raw Raw) Update {
	state := e.State()
	in, facts, next, err := e.decide(ctx, state, raw)
	if err != nil {
		return e.failed(state, raw, fmt.Errorf("look up: %w", err))
	}
	at := in.At
	if len(facts) == 0 && quiet(in.Event) {
		return Update{Input: in, State: state}
	}
	input, decided, err := e.deps.Codec.Encode(in, facts)
	if err != nil {
		return e.failed(state, raw, fmt.Errorf("write down: %w", err))
	}
	row := e.chain.Next(at, input, decided)
	// A row on its way to the disk is not called back: its fate would be unknown.
	taken, err := e.append(context.WithoutCancel(ctx), row, facts)
	if err != nil {
		return e.failed(state, raw, fmt.Errorf("record: %w", err))
	}
	if !taken {
		return e.claimAgain(ctx, state, raw, in.Event)
	}
	e.chain = e.chain.After(row)
	e.state.Store(&next)
	u := Update{Row: row, Input: in, Facts: facts, State: next}
	e.deps.Publish(u)
	e.effects(ctx, u)
	return u
}

// append makes a row durable. One that loads a parcel whose claim is gone is not
// taken.
func (e *Engine) append(ctx context.Context, row journal.Row, facts []pack.Fact) (taken bool, err error) {
	for _, f := range facts {
		if in, ok := f.(pack.ParcelLoaded); ok {
			return e.deps.Journal.AppendLoading(ctx, row, in.SSCC, in.Manifest)
		}
	}
	return true, e.deps.Journal.Append(ctx, row)
}

// claimAgain asks for the parcel once more, as if its claim had never been answered:
// then the packer hears where it is now.
func (e *Engine) claimAgain(ctx context.Context, state pack.State, raw Raw, event pack.Event) Update {
	claimed, _ := event.(pack.ParcelClaimed)
	effect, asked := state.Pending[claimed.Effect]
	if !asked {
		return e.failed(state, raw, errors.New("record: a parcel is loaded that nobody has claimed"))
	}
	if r, ok := e.running[effect.ID]; ok {
		r.stop(nil) // it has said all it had to say
	}
	e.start(ctx, effect, true)
	return Update{State: state}
}

// decide finds out what an input means and what follows. Nothing has happened
// yet: where it breaks, the input is not taken and the state is what it was.
func (e *Engine) decide(ctx context.Context, state pack.State, raw Raw) (in pack.Input, facts []pack.Fact, next pack.State, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			e.deps.Log.Error("input broke", "fault", fault, "stack", string(debug.Stack()))
			err = errors.New("packbench failed internally: try another way; if it repeats, tell your administrator")
		}
	}()
	event, err := e.resolve(ctx, state, raw)
	if err != nil {
		return in, nil, state, err
	}
	if aside, ok := event.(Aside); ok {
		if err := e.deps.Journal.KeepAside(context.WithoutCancel(ctx), aside.Key, aside.Text); err != nil {
			return in, nil, state, err
		}
		event = aside.Event
	}
	in = pack.Input{ID: journal.ID(e.chain.Writer, e.chain.Seq+1), At: e.deps.Clock().Round(0).UTC(), Event: event}
	facts, next = pack.Step(state, in)
	return in, facts, next, nil
}

// quiet tells which events leave no row when they change nothing: the start of
// the program with unchanged rules, news about orders that are not here, and the end of a
// shift while something is in hand.
func quiet(event pack.Event) bool {
	switch event.(type) {
	case pack.Started, pack.ShopChanged, pack.Unlocked, pack.Round, pack.BadgeGone:
		return true
	}
	return false
}

func (e *Engine) resolve(ctx context.Context, s pack.State, raw Raw) (pack.Event, error) {
	if r, ok := raw.(Result); ok {
		return r.Event, nil
	}
	return e.deps.Resolver.Resolve(ctx, s, raw)
}

// failed tells everybody that an input was not taken.
func (e *Engine) failed(state pack.State, raw Raw, err error) Update {
	e.deps.Log.Error("input not taken", "error", err)
	u := Update{State: state, Raw: raw, Err: err}
	e.deps.Publish(u)
	return u
}

// effects starts what was asked for and stops what is not waited for any more.
func (e *Engine) effects(ctx context.Context, u Update) {
	for _, f := range u.Facts {
		switch f := f.(type) {
		case pack.EffectAsked:
			if _, still := u.State.Pending[f.Effect.ID]; still {
				e.start(ctx, f.Effect, false)
			}
		case pack.EffectEnded:
			if r, ok := e.running[f.ID]; ok {
				delete(e.running, f.ID)
				r.stop(ErrOver)
				e.busy.Add(1) // it may take back what it has begun
				e.runners.Go(func() {
					<-r.ended
					e.busy.Add(-1)
				})
			}
		}
	}
}

func (e *Engine) start(ctx context.Context, effect pack.Effect, unsure bool) {
	if e.deps.Runner == nil {
		return
	}
	ctx, cancel := context.WithCancelCause(ctx)
	r := running{stop: cancel, ended: make(chan struct{})}
	e.running[effect.ID] = r
	e.busy.Add(1)
	answered := sync.OnceFunc(func() { e.busy.Add(-1) })
	e.runners.Go(func() {
		defer close(r.ended)
		defer answered()
		e.carryOut(ctx, effect, unsure, func(event pack.Event) {
			e.Post(Result{event})
			answered()
		})
	})
}

// carryOut runs an effect. One that breaks fails alone: the bench, with what is
// in the packer's hands, goes on.
func (e *Engine) carryOut(ctx context.Context, effect pack.Effect, unsure bool, report func(pack.Event)) {
	defer func() {
		if fault := recover(); fault != nil {
			e.deps.Log.Error("effect broke", "kind", string(effect.Kind), "fault", fault, "stack", string(debug.Stack()))
			report(pack.EffectFailed{Effect: effect.ID, Trouble: trouble.New(trouble.Fault)})
		}
	}()
	e.deps.Runner.Run(ctx, effect, unsure, report)
}
