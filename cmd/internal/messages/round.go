package messages

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station"
	"packbench/station/message"
	"packbench/station/store"
	"packbench/station/web"
)

const (
	sendWithin = 30 * time.Second
	// inFlight is for how long a message that was begun is its program's own.
	inFlight = sendWithin + 10*time.Second
	firstGap = 5 * time.Second // before a message is tried again; it doubles
	longGap  = 30 * time.Minute
	// longest is for how long a message is tried: who comes later needs no old alarm.
	longest = 3 * 24 * time.Hour
	// never is when a message is due that only a person has sent again.
	never = 100 * 365 * 24 * time.Hour
	// memory is for how long news and messages that were sent are kept.
	memory = 30 * 24 * time.Hour
)

// Sent is what a round did.
type Sent struct {
	Made    int `json:"made"`
	Done    int `json:"done"`
	Waiting int `json:"waiting"`
	Unknown int `json:"unknown"`
	Refused int `json:"refused"`
}

// Round gathers what happened into messages, and sends what is due, of every target once.
// What goes wrong with one keeps the others from nothing.
func (m *Messages) Round(ctx context.Context) (out Sent, err error) {
	all, err := m.Store.MessageTargets(ctx)
	if err != nil || len(all) == 0 {
		return out, err
	}
	ctx, done, err := once.Mine(ctx, m.Folder)
	if err != nil {
		return out, err
	}
	defer done()
	if err := m.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	err = m.digests(ctx, all)
	for _, t := range all {
		if k, _ := m.kind(t.Kind); !t.Off && !k.Buyers {
			err = errors.Join(err, m.serve(ctx, t, &out))
		}
	}
	if now := m.Time(); now.Sub(m.forgot) > 24*time.Hour || now.Before(m.forgot) {
		m.forgot = now
		err = errors.Join(err, m.Store.ForgetNews(ctx, now.Add(-memory)))
	}
	return out, err
}

// serve is the round of one target.
func (m *Messages) serve(ctx context.Context, t store.MessageTarget, out *Sent) error {
	terms, err := readTerms(t.Options)
	now := m.Time()
	if err != nil || terms.rests(now.In(m.Location())) {
		return err
	}
	waits, err := m.Store.Entries(ctx, store.EntryFilter{Target: t.Entries(), State: store.EntryWaiting, Limit: 1})
	if err != nil {
		return err
	}
	if len(waits) == 0 { // else what happens goes into the message after
		made, err := m.gather(ctx, t, terms, now)
		if err != nil {
			return err
		}
		if made {
			out.Made++
		}
	}
	due, err := m.Store.DueEntries(ctx, t.Entries(), now, 10)
	if err != nil || len(due) == 0 {
		return err
	}
	k, sender, err := m.connect(t)
	if err != nil {
		return m.Wait(ctx, due[0], err)
	}
	for _, e := range due {
		more, err := m.send(ctx, t, k, sender, e, out)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// gather makes a message of what happened, once that has waited for company, and the last
// message is long enough ago.
func (m *Messages) gather(ctx context.Context, t store.MessageTarget, terms terms, now time.Time) (made bool, err error) {
	if since := now.Sub(t.Last); since >= 0 && since < terms.pause {
		return false, nil
	}
	g, err := m.Store.Gathered(ctx, t, terms.kinds, m.from(t, now), message.Shown)
	if err != nil || len(g.Batches) == 0 {
		return false, err
	}
	first, seen := m.seen[t.ID]
	if !seen {
		first, m.seen[t.ID] = now, now
	}
	// Clocks of benches differ, and are set: what was seen here for long enough is due too.
	if age := m.Clock().Sub(g.First); age >= 0 && age < terms.gather && now.Sub(first) < terms.gather {
		return false, nil
	}
	delete(m.seen, t.ID)
	return m.Store.TakeNews(ctx, t, g.UpTo, message.Compose(newID(), m.company(), now, g.Batches, m.Location()))
}

// from is when news happened that are told. A folder of a hub takes up what was long ago.
func (m *Messages) from(t store.MessageTarget, now time.Time) time.Time {
	from := now.Add(-longest)
	switch {
	case m.Runner == nil:
		return time.Time{}
	case t.Since.After(from):
		return t.Since
	}
	return from
}

func newID() string { return "msg_" + rand.Text() }

// company is whose benches these are.
func (m *Messages) company() string {
	return cmp.Or(m.Settings.Sender.Company, m.Settings.Sender.Name, "packbench")
}

// Wait keeps a message whose target cannot be spoken to as it is.
func (m *Messages) Wait(ctx context.Context, e store.Entry, why error) error {
	now := m.Time()
	if err := once.Begin(ctx, m.Folder, e.Key); err != nil {
		return err
	}
	mine, err := m.Store.BeginEntry(ctx, e, now, now.Add(inFlight))
	if err != nil || !mine {
		return err
	}
	e.Tries++
	e.Answer, e.Next = words(why), now.Add(gap(e.Tries)) // its state stays what it was
	if e.State == store.EntryUnknown {
		e.Next = now.Add(never)
	}
	return m.Store.EndEntry(ctx, e, now)
}

func gap(tries int) time.Duration { return min(firstGap<<min(tries-1, 12), longGap) }

// send brings one message a step on, and reports whether the target may be sent more.
func (m *Messages) send(ctx context.Context, t store.MessageTarget, k Kind, s message.Sender, e store.Entry, out *Sent) (more bool, err error) {
	answer, err := m.Deliver(ctx, k, e, out, func(ctx context.Context) error {
		var msg message.Message
		if json.Unmarshal(e.Body, &msg) != nil {
			return &web.Refused{Say: "the message cannot be read", Who: "packbench"}
		}
		return s.Send(ctx, msg)
	})
	if errors.As(answer, new(*web.Gone)) { // it wants nothing more
		return false, errors.Join(err, m.Off(ctx, t.ID, true))
	}
	return err == nil && answer == nil, err
}

var errTaken = errors.New("another program sends it")

// Deliver brings one entry of the outbox a step on: it is unknown, durably, from before it is
// sent until its answer is kept. It returns that answer beside what went wrong here. What may
// have been sent before is not sent again where its target cannot tell that it has it.
func (m *Messages) Deliver(ctx context.Context, k Kind, e store.Entry, out *Sent, send func(context.Context) error) (answer, err error) {
	// One that was begun and has no answer: its program may have ended in between. That of
	// which a person said that it is to be sent again is due from the beginning of time.
	lost := e.State == store.EntryUnknown && !e.Next.IsZero() && !k.Repeats
	now := m.Time()
	if err := once.Begin(ctx, m.Folder, e.Key); err != nil {
		return nil, err
	}
	mine, err := m.Store.BeginEntry(ctx, e, now, now.Add(inFlight))
	if err != nil || !mine {
		return errTaken, errors.Join(err, once.Tell(ctx, m.Folder, e.Key))
	}
	e.Tries++
	answer = errLost
	if !lost {
		within, done := context.WithTimeout(ctx, sendWithin)
		answer = send(within)
		done()
	}
	if ctx.Err() != nil {
		return answer, ctx.Err() // it stays unknown
	}
	e = came(e, k, answer, m.Time())
	if err := m.Store.EndEntry(ctx, e, m.Time()); err != nil {
		return answer, err
	}
	if failed := once.Tell(ctx, m.Folder, e.Key); failed != nil {
		m.Log.Warn("the hub is told later what came of a message", "error", failed)
	}
	switch e.State {
	case store.EntryDone:
		out.Done++
	case store.EntryUnknown:
		out.Unknown++
	case store.EntryRefused:
		out.Refused++
	default:
		out.Waiting++
	}
	return answer, nil
}

var errLost = errors.New("packbench was stopped while it was sent")

// came is a message after an answer.
func came(e store.Entry, k Kind, err error, now time.Time) store.Entry {
	var wait *web.Throttled
	next := gap(e.Tries)
	if errors.As(err, &wait) {
		next = max(next, wait.Wait)
	}
	e.Answer, e.Next = "", now.Add(next)
	switch {
	case err == nil:
		e.State = store.EntryDone
		return e
	case errors.As(err, new(*web.Refused)), errors.As(err, new(*web.Gone)):
		e.State = store.EntryRefused
	case web.NotDone(err), k.Repeats:
		e.State = store.EntryWaiting
	default:
		e.State, e.Next = store.EntryUnknown, now.Add(never)
		e.Answer = "it may have been sent, and is not sent again by itself: " + words(err)
		return e
	}
	e.Answer = words(err)
	if e.State == store.EntryWaiting && now.Sub(e.Added) > longest {
		e.State = store.EntryRefused
		e.Answer = fmt.Sprintf("it was not taken for %d days: %s", int(longest.Hours()/24), e.Answer)
	}
	return e
}

// words is what people read of an error: one line, not too long.
func words(err error) string {
	first, _, _ := strings.Cut(err.Error(), "\n")
	return station.OneLine(first, 300)
}
