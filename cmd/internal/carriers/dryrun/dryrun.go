// Package dryrun finds out what parcels of the past would cost with accounts asked beside
// the rate cards: [Run.Again] asks them about each, as long as their limits allow, and
// package rating chooses again.
//
// It asks for prices and for nothing else: what it is given cannot buy, and it keeps no
// price, so that no bench can buy at one. It must not know how prices are compared.
//
//	sum, err := dryrun.Run{Carriers: all, Accounts: []string{"ups"}, Since: monthAgo}.Again(ctx, look, cards, each)
package dryrun

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/rating"
	"packbench/station/carrier"
	"packbench/station/carrier/account"
	"packbench/station/store"
	"packbench/station/web"
)

// Limits of a run.
const (
	Most     = 200              // parcels that accounts are asked about, where nothing else is said
	answers  = 20 * time.Second // that one price may take: nobody stands at the bench
	patience = 2 * time.Minute  // that an account may ask to be left alone for
	tries    = 3                // of a question that came too soon
	silent   = 5                // questions without an answer, after which it is asked no more
)

// Run is what is asked.
type Run struct {
	Carriers *carriers.Carriers
	Accounts []string
	Since    time.Time
	Most     int           // parcels, spread evenly over the time; 0: Most
	Within   time.Duration // what is not asked about by then is left out; 0: for ever
	// Heard is told how many of how many parcels are through; nil for nobody.
	Heard func(n, of int)

	pause func(context.Context, time.Duration) error // nil: by the clock
}

// Again asks the accounts about the parcels of the past, tells each, and adds all up. of is
// how many parcels there were; sum has fewer where there were more than are asked about.
func (r Run) Again(ctx context.Context, look rating.Reader, cards carrier.Cards, each func(store.Parcel, rating.Repriced, *rating.Sum) error) (sum rating.Sum, of int, err error) {
	a := r.asker()
	for _, id := range r.Accounts {
		if _, err := a.all.Client(ctx, id); err != nil { // also where there is no such account
			return sum, 0, err
		}
	}
	look = look.AtMost(cmp.Or(r.Most, Most)).Asking(a)
	if of, err = look.Past(ctx, r.Since); err != nil {
		return sum, 0, err
	}
	sum.Asked = r.Accounts
	err = look.Again(ctx, r.Since, cards, func(p store.Parcel, again rating.Repriced) error {
		if r.Heard != nil {
			r.Heard(sum.Parcels+1, min(of, cmp.Or(r.Most, Most)))
		}
		return each(p, again, &sum)
	})
	return sum, of, err
}

// asker asks accounts, at the pace of each.
type asker struct {
	all      *carriers.Carriers
	accounts []string
	until    time.Time // zero: for ever
	pause    func(context.Context, time.Duration) error
	missed   map[string]int // questions in a row without an answer, by account
	paces    map[string]*pace
}

// asker has accounts of its own: they cannot buy, and what they do not answer is not held
// against them at the bench.
func (r Run) asker() *asker {
	a := &asker{accounts: r.Accounts, pause: r.pause, missed: map[string]int{}, paces: map[string]*pace{}}
	if a.pause == nil {
		a.pause = pause
	}
	of := r.Carriers
	a.all = carriers.New(of.Folder, of.Station, nil)
	a.all.Time, a.all.Env, a.all.Buyer = of.Time, of.Env, nobody{}
	a.all.Kinds = slices.Clone(of.Kinds)
	for i := range a.all.Kinds {
		k := &a.all.Kinds[i]
		make, per := k.New, k.PerMinute
		k.New = func(o account.Options) (account.Account, error) {
			p := newPace(of.Do, per, o.Clock)
			a.paces[o.ID], o.Do = p, p
			return make(o)
		}
	}
	if r.Within > 0 {
		a.until = of.Time().Add(r.Within)
	}
	return a
}

// nobody is who buys.
type nobody struct{}

func (nobody) Do(*http.Request) (*http.Response, error) {
	return nil, errors.New("a dry run buys nothing")
}

// Quotes asks every account about a parcel, or says which one has not answered.
func (a *asker) Quotes(ctx context.Context, p rating.Past) (all []carrier.Quote, left string, err error) {
	if on, _, bought := strings.Cut(p.Service, "/"); bought && !slices.Contains(a.accounts, on) {
		return nil, "", nil // it is not compared
	}
	for _, id := range a.accounts {
		if a.missed[id] >= silent {
			return nil, id + " is asked no more: it did not answer several times in a row", nil
		}
		if !a.until.IsZero() && !a.all.Time().Before(a.until) {
			return nil, id + " is not asked: the time was up", nil
		}
		quotes, err := a.price(ctx, p, id)
		switch {
		case ctx.Err() != nil:
			return nil, "", ctx.Err()
		case err == nil, none(err):
			a.missed[id] = 0
		case errors.As(err, new(*web.Denied)), errors.Is(err, store.ErrUnknown):
			return nil, "", fmt.Errorf("%s: %w", id, err)
		default:
			a.missed[id]++
			return nil, id + " has no answer: " + err.Error(), nil
		}
		all = append(all, quotes...)
	}
	return all, "", nil
}

// none reports whether an answer says that a parcel cannot be sent on the account, so that
// the others are left.
func none(err error) bool {
	no := (*account.Refused)(nil)
	return errors.As(err, &no) && slices.Contains([]account.Why{account.BadAddress, account.BadParcel, account.NoService, account.NoCustoms}, no.Why)
}

// price asks one account. Carriers price no day that is gone: it is asked about the same
// weekday of this week, and what arrives is counted from the day that it was.
func (a *asker) price(ctx context.Context, p rating.Past, id string) (quotes []carrier.Quote, err error) {
	then := p.Closed.In(a.all.Location())
	at := sameWeekday(then, a.all.Time().In(a.all.Location()))
	as := p.As
	as.At = at
	wish := effects.Wish{Order: p.In, Contents: p.Contents, Carton: p.Carton, Mass: p.Mass, At: at}
	for try := 0; ; try++ {
		if wait := a.paces[id].wait(); wait > 0 {
			if err := a.pause(ctx, wait); err != nil {
				return nil, err
			}
		}
		quotes, err = a.once(ctx, wish, as, id)
		busy := (*web.Throttled)(nil)
		if !errors.As(err, &busy) || try+1 >= tries || busy.Wait > patience {
			break
		}
		if err := a.pause(ctx, cmp.Or(busy.Wait, 10*time.Second)); err != nil {
			return nil, err
		}
	}
	for i := range quotes {
		if q := &quotes[i]; !q.Promise.IsZero() {
			q.Promise = q.Promise.AddDate(0, 0, -days(then, at))
		}
	}
	return quotes, err
}

func (a *asker) once(ctx context.Context, w effects.Wish, as carrier.Parcel, id string) ([]carrier.Quote, error) {
	ctx, done := context.WithTimeout(ctx, answers)
	defer done()
	return a.all.Price(ctx, w, as, id)
}

// sameWeekday is the next time from now on that has the weekday of then.
func sameWeekday(then, now time.Time) time.Time {
	return now.AddDate(0, 0, (int(then.Weekday())-int(now.Weekday())+7)%7)
}

// days are those from one date to another.
func days(from, to time.Time) int {
	date := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(date(to).Sub(date(from)) / (24 * time.Hour))
}
