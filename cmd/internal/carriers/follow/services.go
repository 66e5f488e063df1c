package follow

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/station/carrier/account"
	"packbench/station/carrier/trackers"
	"packbench/station/store"
	"packbench/station/track"
)

// How services that follow parcels are asked.
const (
	leftDays     = 60   // parcels that left so long ago
	settledAfter = 48   // hours after a delivery, where nothing speaks against it
	serviceMost  = 5000 // parcels of a service in one round
	showsAfter   = 15 * time.Minute
	triesAgain   = 24 * time.Hour // a number that was refused
	triesMost    = 3
)

// inquiry is a parcel that a service is asked about.
type inquiry struct {
	left store.Left
	row  store.ServiceNumber
}

// services asks the services that follow parcels after those that no account sold whose
// carrier says so itself, has them follow what they do not follow yet, and keeps what they
// say. It returns how many parcels were asked after.
func (f *Follower) services(ctx context.Context, sold []store.OnTheWay, paced bool) (n int, err error) {
	accounts, err := f.of.Store.Accounts(ctx)
	if err != nil {
		return 0, err
	}
	now := f.of.Time()
	accounts = slices.DeleteFunc(accounts, func(a store.Account) bool { return f.of.Sells(a) || now.Before(a.Off) })
	if len(accounts) == 0 {
		return 0, nil
	}
	left, err := f.of.Store.OnTheirWay(ctx, now.AddDate(0, 0, -leftDays), now.Add(-settledAfter*time.Hour))
	if err != nil {
		return 0, err
	}
	tells := map[string]bool{} // parcels, by whether the account that sold their label tells of them
	for _, o := range sold {
		tells[o.Parcel] = f.of.Tells(ctx, o.Account)
	}
	left = slices.DeleteFunc(left, func(l store.Left) bool { return l.Tracking == "" || tells[l.Parcel] })
	for _, a := range accounts {
		s := asking{f: f, account: a, paced: paced, now: now}
		if err := s.round(ctx, left); err != nil {
			return n, err
		}
		n += s.n
	}
	return n, nil
}

// asking is a round of one service.
type asking struct {
	f       *Follower
	account store.Account
	service trackers.Follower
	paced   bool
	now     time.Time
	n       int
}

func (s *asking) round(ctx context.Context, left []store.Left) error {
	client, err := s.f.of.Client(ctx, s.account.ID)
	service, ok := client.(trackers.Follower)
	if err != nil || !ok || s.f.of.Silent(s.account.ID) {
		return nil // what is wrong with it stands where the accounts are listed
	}
	s.service = service
	due, err := s.due(ctx, left)
	if err != nil {
		return err
	}
	most, _ := service.Most()
	for due = due[:min(len(due), serviceMost)]; len(due) > 0 && ctx.Err() == nil; {
		n := min(most, len(due))
		if !s.vain(due[0]).IsZero() { // it may be this one of several that cannot be read
			n = 1
		}
		if on, err := s.ask(ctx, due[:n]); err != nil || !on {
			return err
		}
		due = due[n:]
	}
	return ctx.Err()
}

// due are the parcels that the service is to be asked about now, what waited longest first.
func (s *asking) due(ctx context.Context, left []store.Left) (out []inquiry, err error) {
	rows, err := s.f.of.Store.ServiceNumbers(ctx, s.account.ID, s.now.AddDate(0, 0, -leftDays))
	if err != nil {
		return nil, err
	}
	known := map[[2]string]store.ServiceNumber{}
	for _, r := range rows {
		known[[2]string{r.Parcel, r.Number}] = r
	}
	for _, l := range left {
		if !s.service.Follows(l.Carrier) {
			continue
		}
		row, was := known[[2]string{l.Parcel, l.Tracking}]
		if !was {
			row = store.ServiceNumber{Account: s.account.ID, Number: l.Tracking, Parcel: l.Parcel}
		}
		at := row.Asked
		if at.After(s.now) { // a clock that was set back hinders nothing
			at = time.Time{}
		}
		next := track.Asking{Number: l.Tracking, Handed: l.Handed, Promised: l.Promised, Asked: at, Standing: l.Standing}.Next(s.f.of.Location())
		if row.State == store.NumberSent { // what became of it is asked as soon as it can be known
			next = row.Sent.Add(showsAfter)
		}
		if !next.IsZero() && !next.After(s.now) {
			out = append(out, inquiry{l, row})
		}
	}
	slices.SortStableFunc(out, func(a, b inquiry) int { return s.tried(a).Compare(s.tried(b)) })
	return out, nil
}

// tried is when a parcel was asked after last, or in vain: one whose answer can never be read
// keeps no other from being asked after.
func (s *asking) tried(i inquiry) time.Time {
	if vain := s.vain(i); !vain.IsZero() {
		return vain
	}
	return i.row.Asked
}

// vain is when a parcel was asked after in vain; zero: the last answer could be read.
func (s *asking) vain(i inquiry) time.Time { return s.f.vain[s.account.ID+" "+i.row.Parcel] }

func (i inquiry) parcel() trackers.Parcel {
	return trackers.Parcel{Number: i.row.Number, Carrier: i.left.Carrier, Country: i.left.Country, Postcode: i.left.Postcode, Ref: i.row.Ref, Since: i.left.Closed}
}

func parcelsOf(all []inquiry) (out []trackers.Parcel) {
	for _, i := range all {
		out = append(out, i.parcel())
	}
	return out
}

// ask asks about some parcels, and has those followed that the service says it does not
// follow. It reports whether the service may be asked about more.
func (s *asking) ask(ctx context.Context, some []inquiry) (on bool, err error) {
	if s.paced && !s.f.turn(ctx, s.account.ID, s.account.Kind) {
		return false, nil
	}
	news, failed := s.service.News(ctx, parcelsOf(some))
	s.heard(failed)
	if failed == nil && len(news) != len(some) {
		failed = errors.New("its answer is not about what it was asked for")
	}
	if failed != nil {
		return false, s.say(ctx, some, failed)
	}
	var keep []store.ServiceNumber
	var open []inquiry
	var events []track.Event
	for i, n := range news {
		at := some[i]
		s.n++
		delete(s.f.vain, s.account.ID+" "+at.row.Parcel)
		before := at.row.Asked
		at.row.Asked, at.row.Answer = s.now, n.Say
		switch n.Answer {
		case trackers.Followed:
			at.row.State = store.NumberFollowed
			if n.Ref != "" {
				at.row.Ref = n.Ref
			}
			events = append(events, s.events(at.left, n)...)
		case trackers.NotFollowed:
			if at.row.State == store.NumberFollowed { // it gave it up by itself
				at.row.State, at.row.Ref = store.NumberAsked, ""
			}
			if s.mayRegister(at.row) {
				at.row.Asked = before // until it is registered
				open = append(open, at)
			}
		}
		keep = append(keep, at.row)
	}
	kept, err := heard.Keep(ctx, s.f.of.Folder, s.account.ID, events...)
	if err != nil {
		return false, err
	}
	if kept.Timeless > 0 {
		s.f.of.Log.Info("a service that follows parcels tells of events without a time", "account", s.account.ID, "events", kept.Timeless)
	}
	if err := s.f.of.Store.PutServiceNumbers(ctx, keep...); err != nil {
		return false, err
	}
	if len(open) == 0 {
		return true, nil
	}
	_, most := s.service.Most()
	for some := range slices.Chunk(open, most) {
		if on, err := s.register(ctx, some); err != nil || !on {
			return false, err
		}
	}
	return true, nil
}

// mayRegister reports whether a number that is not followed may be registered: each costs.
func (s *asking) mayRegister(row store.ServiceNumber) bool {
	wait := triesAgain
	if row.State == store.NumberSent {
		wait = showsAfter
	}
	return s.service.Registers() && row.Tries < triesMost && (row.Sent.IsZero() || s.now.Sub(row.Sent) >= wait)
}

// register has the service follow numbers. That it is called is kept before it is: where
// nobody sees its answer, it is asked about them before it is called again.
func (s *asking) register(ctx context.Context, some []inquiry) (on bool, err error) {
	if s.paced && !s.f.turn(ctx, s.account.ID, s.account.Kind) {
		return false, nil
	}
	rows := make([]store.ServiceNumber, len(some))
	for i := range some {
		rows[i] = some[i].row
		rows[i].State, rows[i].Sent, rows[i].Tries = store.NumberSent, s.now, rows[i].Tries+1
	}
	if err := s.f.of.Store.PutServiceNumbers(ctx, rows...); err != nil {
		return false, err
	}
	news, failed := s.service.Register(ctx, parcelsOf(some))
	s.heard(failed)
	for i := range rows {
		r := &rows[i]
		switch {
		case failed != nil && account.NotDone(failed):
			*r = some[i].row
			r.Answer = failed.Error()
		case failed != nil:
			r.Answer = failed.Error()
		case i >= len(news):
			r.Answer = "its answer does not name the number"
		default:
			r.Answer, r.Asked = news[i].Say, s.now
			switch news[i].Answer {
			case trackers.Followed:
				r.State, r.Ref = store.NumberFollowed, news[i].Ref
			case trackers.Refused, trackers.NotFollowed:
				r.State = store.NumberRefused
			}
		}
	}
	return failed == nil, s.f.of.Store.PutServiceNumbers(context.WithoutCancel(ctx), rows...)
}

// heard counts how a call went, and leaves the service alone for as long as it asks for.
func (s *asking) heard(err error) {
	s.f.of.Heard(s.account.ID, err)
	if err != nil {
		s.f.leave(s.account.ID, err)
		s.f.of.Log.Info("a service that follows parcels does not answer as it should", "account", s.account.ID, "error", err)
	}
}

// say keeps why some parcels have no news. They are asked after again in the next round.
func (s *asking) say(ctx context.Context, some []inquiry, why error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	rows := make([]store.ServiceNumber, len(some))
	for i := range some {
		rows[i] = some[i].row
		rows[i].Answer = why.Error()
		s.f.vain[s.account.ID+" "+rows[i].Parcel] = s.now
	}
	return s.f.of.Store.PutServiceNumbers(ctx, rows...)
}

// events are the news of a parcel as events of it.
func (s *asking) events(l store.Left, n trackers.News) []track.Event {
	all := n.Events
	if !n.Expected.IsZero() {
		all = append(all, track.Event{At: s.now, State: track.Unknown, Code: "estimate", Expected: n.Expected})
	}
	for i := range all {
		all[i].Carrier, all[i].Parcel, all[i].Number = l.Carrier, l.Parcel, l.Tracking
	}
	return all
}
