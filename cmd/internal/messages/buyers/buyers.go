// Package buyers tells the buyers of a shop how their parcels stand (T3): handed over, late,
// ready for pick-up, an attempt failed, delivered, a return announced or arrived, its money paid; by e-mail, or by a webhook of the shop's
// that tells them. Targets of messages say what, and there are none unless somebody adds one.
//
// [Buyers.Round] makes a wish in the outbox of each thing that is to be told, once for each
// parcel and target: the key says which. It is sent as messages to the team are: unknown from
// before it is sent until its answer is kept, and never sent again by itself where it may have
// come. Just before it is looked whether it is still so: who gave a label back, cancelled an
// order or has no e-mail address is told nothing. A parcel's page comes first, its mail after.
//
// It must not know how a mail is sent, keep an address of a buyer, or put one into an error.
package buyers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/cmd/internal/messages"
	"packbench/cmd/internal/site"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/lease"
	"packbench/station/message"
	"packbench/station/pack"
	pages "packbench/station/site"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/web"
)

const (
	lookForNews  = 15 * time.Second
	lookAgain    = 5 * time.Second // for a target that somebody adds
	afterTrouble = 15 * time.Second
	// days is for how long after it was packed a parcel is news.
	days = 60
	// fresh is for how long something is news: who comes later is told what is so then.
	fresh = 3 * 24 * time.Hour
	// forPage is how long a mail waits for the page that it leads to. After that it goes without.
	forPage = time.Hour
	atOnce  = 50
)

// NoNews is the tag of an order whose buyer is told nothing.
const NoNews = "no-news"

// theLease is that of the one program that tells buyers.
const theLease = "buyers"

// Buyers tells those of a data folder.
type Buyers struct {
	*messages.Messages
	Site *site.Site
}

// New returns what tells the buyers by these targets.
func New(m *messages.Messages) *Buyers {
	s := site.New(m.Folder)
	s.Time, s.Env = m.Time, m.Env
	return &Buyers{m, s}
}

// wish is the body of an entry. It names nobody.
type wish struct {
	ID   string     `json:"id"`
	News pages.News `json:"news"`
	SSCC string     `json:"sscc"`
	At   time.Time  `json:"at"`
	// Return is that which it is of, "" for what goes out.
	Return string `json:"return,omitempty"`
}

// happened is one thing that a buyer may be told.
type happened struct {
	news                         pages.News
	at                           time.Time
	of, sscc, order, parcel, ret string // of: the label's number, or the return's
}

// Key is that of the entry that tells of something, by the number of a label or of a return: a
// target is told of it once.
func Key(target string, news pages.News, of string) string {
	return "buyer " + target + " " + string(news) + " " + of
}

// Round makes wishes of what there is to tell, and sends what is due, of every target.
func (b *Buyers) Round(ctx context.Context) (out messages.Sent, err error) {
	all, err := b.ToBuyers(ctx)
	if err != nil || len(all) == 0 {
		return out, err
	}
	ctx, done, err := once.Mine(ctx, b.Folder)
	if err != nil {
		return out, err
	}
	defer done()
	if err := b.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	now := b.Time()
	sent, err := b.Store.SentNews(ctx, now.AddDate(0, 0, -days), now.Add(-fresh), now)
	if err != nil {
		return out, err
	}
	for _, t := range all {
		made, failed := b.wishes(ctx, t, sent)
		out.Made += made
		if failed == nil {
			failed = b.serve(ctx, t, &out)
		}
		err = errors.Join(err, failed)
	}
	return out, err
}

// wishes puts what there is to tell into the outbox.
func (b *Buyers) wishes(ctx context.Context, t store.MessageTarget, sent []store.Sent) (made int, err error) {
	states, err := messages.States(t.Options)
	if err != nil {
		return 0, err
	}
	now := b.Time()
	from := now.Add(-fresh)
	if t.Since.After(from) {
		from = t.Since
	}
	have, err := b.Store.EntryKeys(ctx, t.Entries(), now.AddDate(0, 0, -days-1))
	if err != nil {
		return 0, err
	}
	all, err := b.ofReturns(ctx, states, from)
	if err != nil {
		return 0, err
	}
	for _, p := range sent {
		for news, at := range b.due(p) {
			all = append(all, happened{news: news, at: at, of: p.SSCC, sscc: p.SSCC, order: p.Order, parcel: p.ID})
		}
	}
	for _, h := range all {
		key := Key(t.ID, h.news, h.of)
		if !slices.Contains(states, h.news) || h.at.Before(from) || have[key] {
			continue
		}
		body, err := json.Marshal(wish{"letter_" + rand.Text(), h.news, h.sscc, h.at.UTC(), h.ret})
		if err != nil {
			return made, err
		}
		added, err := b.Store.PutEntry(ctx, store.Entry{Key: key, Target: t.Entries(), Kind: store.EntryBuyer, Order: h.order, Parcel: h.parcel, Body: body, Added: now, Next: now})
		if err != nil {
			return made, err
		}
		if added {
			made++
		}
	}
	return made, nil
}

// due is what is so of a parcel, and since when.
func (b *Buyers) due(p store.Sent) map[pages.News]time.Time {
	if p.State != pack.ParcelHandedOut && p.State != pack.ParcelClosed || p.Status == station.OrderCancelled {
		return nil
	}
	out := map[pages.News]time.Time{}
	scanned := p.Track != "" && p.Track.Scanned()
	switch {
	case p.Track.Ends():
	case !p.Handed.IsZero():
		out[pages.NewsHanded] = p.Handed
	case scanned:
		out[pages.NewsHanded] = p.TrackAt
	}
	if b.Site.Late(p) {
		y, m, d := p.Promised.Date()
		out[pages.NewsDelayed] = time.Date(y, m, d+1, 0, 0, 0, 0, b.Location())
	}
	switch p.Track {
	case track.ReadyForPickup:
		out[pages.NewsPickUp] = p.TrackAt
	case track.AttemptFailed:
		out[pages.NewsAttempt] = p.TrackAt
	case track.Delivered:
		out[pages.NewsDelivered] = p.TrackAt
	}
	return out
}

// serve sends what is due to one target.
func (b *Buyers) serve(ctx context.Context, t store.MessageTarget, out *messages.Sent) error {
	due, err := b.Store.DueEntries(ctx, t.Entries(), b.Time(), atOnce)
	if err != nil || len(due) == 0 {
		return err
	}
	k, postman, err := b.Postman(t)
	if err != nil {
		return b.Wait(ctx, due[0], err)
	}
	links, sited, err := b.Site.Links(ctx)
	if err != nil {
		return err
	}
	cards, _, err := b.Catalogue(ctx)
	if err != nil {
		return err
	}
	for _, e := range due {
		var w wish
		if err := json.Unmarshal(e.Body, &w); err != nil {
			return err
		}
		l, why, err := b.letterOf(ctx, k, e.Order, w, cards, links[w.SSCC])
		if err != nil {
			return err
		}
		waits := e.State == store.EntryWaiting
		switch {
		case why != "" && waits:
			if err := b.Store.Withdraw(ctx, e, why, b.Time()); err != nil {
				return err
			}
			continue
		case sited && links[w.SSCC] == "" && waits && w.Return == "" && b.Time().Sub(e.Added) < forPage:
			continue
		}
		answer, err := b.Deliver(ctx, k, e, out, func(ctx context.Context) error { return postman.Deliver(ctx, l) })
		if err != nil || answer != nil && e.State == store.EntryWaiting && !web.Hopeless(answer) {
			return err // the next one would fare no better
		}
	}
	return nil
}

func (b *Buyers) letterOf(ctx context.Context, k messages.Kind, order string, w wish, cards carrier.Cards, link string) (message.Letter, string, error) {
	if w.Return != "" {
		return b.returnLetter(ctx, k, w, link)
	}
	sent, err := b.Store.SentOf(ctx, order, b.Time().AddDate(0, 0, -days))
	if err != nil {
		return message.Letter{}, "", err
	}
	i := slices.IndexFunc(sent, func(p store.Sent) bool { return p.SSCC == w.SSCC })
	return b.letter(ctx, k, w, i, sent, cards, link)
}

// untold says why a buyer is not told of what is still so or not, "" if they are.
func untold(k messages.Kind, o station.Order, still bool) string {
	switch {
	case slices.Contains(o.Tags, NoNews):
		return "the order says that its buyer is told nothing"
	case !k.Repeats && o.To.Email == "":
		return "the order has no e-mail address"
	case !still:
		return "it is not so any more"
	}
	return ""
}

// letter makes what is sent of a wish, or says why it is not sent any more.
func (b *Buyers) letter(ctx context.Context, k messages.Kind, w wish, i int, sent []store.Sent, cards carrier.Cards, link string) (l message.Letter, why string, err error) {
	if i < 0 {
		return l, "the parcel is not known any more", nil
	}
	p := sent[i]
	o, known, err := store.Known(b.Store.Order(ctx, p.Order))
	if err != nil {
		return l, "", err
	}
	_, still := b.due(p)[w.News]
	switch {
	case p.State == pack.ParcelVoided:
		return l, "its label was given back", nil
	case !known || o.Status == station.OrderCancelled:
		return l, "its order is cancelled, or not known any more", nil
	}
	if why := untold(k, o, still); why != "" {
		return l, why, nil
	}
	shop := b.Site.Shop(b.Time())
	about := b.Site.About(p, cards)
	about.N, about.Of = site.Place(sent, i)
	in := b.BuyerWords(o.To)
	l = message.Letter{ID: w.ID, At: w.At, To: o.To.Email}
	l.Subject, l.Text = pages.Letter(pages.Told{News: w.News, Parcel: about, At: w.At, Link: link}, shop, in)
	l.Data = data{
		News: w.News, Order: o.Called(), ShopOrder: o.Ref().ID, Parcel: p.ID, SSCC: p.SSCC, Tracking: p.Tracking, Carrier: p.Carrier, State: string(p.Track),
		At: w.At, Promised: day(p.Promised), Until: day(p.Until), Link: link, Language: in.Tag(),
	}
	return l, "", nil
}

// data is what a webhook of the shop gets: ids and states, and nobody's name or address.
type data struct {
	News      pages.News `json:"news"`
	Order     string     `json:"order"`
	ShopOrder string     `json:"shop_order"`
	Parcel    string     `json:"parcel"`
	SSCC      string     `json:"sscc"`
	Tracking  string     `json:"tracking,omitempty"`
	Carrier   string     `json:"carrier"` // "" for a return
	Return    string     `json:"return,omitempty"`
	Amount    string     `json:"amount,omitempty"`
	State     string     `json:"state,omitempty"`
	At        time.Time  `json:"at"`
	Promised  string     `json:"promised,omitempty"`
	Until     string     `json:"until,omitempty"`
	Link      string     `json:"link,omitempty"`
	Language  string     `json:"language"`
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Run tells buyers until ctx ends. A target that is added meanwhile is noticed.
func (b *Buyers) Run(ctx context.Context) {
	for wait := time.Duration(0); lease.Pause(ctx, wait); wait = lookAgain {
		if all, err := b.ToBuyers(ctx); err != nil || len(all) == 0 {
			continue
		}
		held, err := lease.Contest(ctx, b.Store, theLease, b.Log)
		if err == nil {
			err = held.Rounds(ctx, b.round)
		}
		if ctx.Err() == nil {
			b.Log.Warn("another program tells the buyers now", "error", err)
			lease.Pause(ctx, afterTrouble)
		}
	}
}

func (b *Buyers) round(ctx context.Context) (wait time.Duration) {
	_, done, err := once.Mine(ctx, b.Folder)
	if err != nil {
		return lookForNews
	}
	done()
	if _, err := b.Round(ctx); err != nil && ctx.Err() == nil {
		b.Log.Warn("buyers were not told", "error", err)
		return afterTrouble
	}
	return lookForNews
}
