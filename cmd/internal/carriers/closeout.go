package carriers

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"packbench/cmd/internal/papers/carried"
	"packbench/station/carrier/account"
	"packbench/station/store"
)

// mostClosed is how many labels are closed out by one call: what the strictest carrier takes.
const mostClosed = 500

// Handover is what a carrier's van takes.
type Handover struct {
	Van     string // the manifest
	Day     time.Time
	Parcels []store.Parcel
}

// Closing is what came of telling one account.
type Closing struct {
	store.CloseOut
	Parcels int              // it was told of
	Unknown []store.Parcel   // the carrier does not know them: they should not leave
	Papers  []store.Document // to be printed; none of a close-out that was made before
}

// aboard is a parcel in a van that an account sold the label of.
type aboard struct {
	key    string // of the purchase
	bought account.Purchase
	parcel store.Parcel
}

// party is what one account is told of one of its carriers.
type party struct {
	account, carrier string
	client           account.Manifester
	aboard           []aboard
}

// CloseOut tells the carriers of a van what it takes, each account by itself: those of its
// parcels that were bought on an account which wants to know. A row is kept before anybody
// is called; where nobody saw the answer, the same parcels are not closed out again before
// a person has said what the carrier shows: see SettleCloseOut. What stands on a close-out
// already stays there. An error tells of accounts that could not be told at all; the others
// were.
func (c *Carriers) CloseOut(ctx context.Context, h Handover) (out []Closing, failed error) {
	parties, failed := c.parties(ctx, h)
	for _, p := range parties {
		for some := range slices.Chunk(p.aboard, mostClosed) {
			done, err := c.closeOut(ctx, h, party{p.account, p.carrier, p.client, some})
			out = append(out, done...)
			if err != nil {
				return out, errors.Join(failed, err)
			}
		}
	}
	return out, failed
}

// Vans returns what the vans of a carrier took that were begun on a day.
func (c *Carriers) Vans(ctx context.Context, carrier string, day time.Time) (out []Handover, err error) {
	y, m, d := day.In(c.Location()).Date()
	from := time.Date(y, m, d, 0, 0, 0, 0, c.Location())
	if err := c.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	vans, err := c.Store.Manifests(ctx, from, from.AddDate(0, 0, 1))
	if err != nil {
		return nil, err
	}
	for _, v := range vans {
		if v.Carrier != carrier {
			continue
		}
		h := Handover{Van: v.ID, Day: from}
		if h.Parcels, err = c.Store.ParcelsOn(ctx, v.ID); err != nil {
			return nil, err
		}
		out = append(out, h)
	}
	return out, nil
}

// parties sorts the parcels of a van by account and carrier.
func (c *Carriers) parties(ctx context.Context, h Handover) (out []*party, failed error) {
	clients := map[string]account.Account{} // nil: it cannot be used
	for _, parcel := range h.Parcels {
		rows, err := c.Store.PurchasesOf(ctx, parcel.ID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(rows, func(r store.Purchase) bool { return r.State == store.PurchaseBought && Tracking(r) == parcel.Tracking })
		if i < 0 {
			continue // the label is one of the shop's own, or of before
		}
		row := rows[i]
		client, known := clients[row.Account]
		if !known {
			if client, err = c.clientOf(ctx, row.Account); err != nil {
				failed = errors.Join(failed, fmt.Errorf("what was bought on account %s is not closed out: %w", row.Account, err))
			}
			clients[row.Account] = client
		}
		m, ok := client.(account.Manifester)
		if !ok {
			continue
		}
		a := aboard{key: row.Key, parcel: parcel}
		if err := json.Unmarshal(row.Bought, &a.bought); err != nil {
			return nil, err
		}
		j := slices.IndexFunc(out, func(p *party) bool { return p.account == row.Account && p.carrier == row.Carrier })
		if j < 0 {
			j, out = len(out), append(out, &party{account: row.Account, carrier: row.Carrier, client: m})
		}
		out[j].aboard = append(out[j].aboard, a)
	}
	return out, failed
}

// closeOut tells one account, with its row before and after.
func (c *Carriers) closeOut(ctx context.Context, h Handover, p party) (out []Closing, err error) {
	now := c.Time()
	done := Closing{CloseOut: store.CloseOut{
		ID: "C-" + rand.Text()[:12], Account: p.account, Carrier: p.carrier, Day: h.Day.In(c.Location()).Format(time.DateOnly), Van: h.Van,
		Station: c.station, State: store.CloseOutSent, Since: now, Moved: now,
	}}
	keys := make([]string, len(p.aboard))
	for i, a := range p.aboard {
		keys[i] = a.key
	}
	taken, err := c.Store.BeginCloseOut(ctx, done.CloseOut, keys)
	if err != nil {
		return nil, err
	}
	p.aboard = slices.DeleteFunc(slices.Clone(p.aboard), func(a aboard) bool { return !slices.Contains(taken, a.key) })
	if len(taken) < len(keys) {
		if out, err = c.elsewhere(ctx, keys, taken); err != nil {
			return out, err
		}
	}
	if len(p.aboard) == 0 {
		return out, nil
	}
	labels := make([]account.Purchase, len(p.aboard))
	for i, a := range p.aboard {
		labels[i] = a.bought
	}
	m, err := p.client.Manifest(ctx, p.carrier, h.Day, labels)
	c.heard(p.account, err)
	if done.Parcels = len(labels); err != nil && m.ID == "" {
		err = c.notMade(ctx, &done, err)
	} else {
		err = c.made(ctx, &done, p, m)
	}
	return append(out, done), err
}

// elsewhere are the close-outs, each once, that stand in the way of purchases: nobody knows
// whether they were made.
func (c *Carriers) elsewhere(ctx context.Context, keys, taken []string) (out []Closing, err error) {
	for _, key := range keys {
		if slices.Contains(taken, key) {
			continue
		}
		row, known, err := store.Known(c.Store.OnCloseOut(ctx, key))
		if err != nil {
			return out, err
		}
		i := slices.IndexFunc(out, func(o Closing) bool { return o.ID == row.ID })
		switch {
		case !known || row.State != store.CloseOutSent: // it was given back, or is closed out
		case i < 0:
			out = append(out, Closing{CloseOut: row, Parcels: 1})
		default:
			out[i].Parcels++
		}
	}
	return out, nil
}

// notMade keeps that a carrier has made no close-out, or that nobody knows.
func (c *Carriers) notMade(ctx context.Context, done *Closing, why error) error {
	switch {
	case account.Down(why):
		done.State = store.CloseOutAway
	case account.NotDone(why):
		done.State = store.CloseOutRefused
	}
	done.Answer, done.Moved = why.Error(), c.Time()
	c.Log.Warn("a van is not closed out with its carrier", "account", done.Account, "close-out", done.ID, "state", done.State, "error", why)
	return c.Store.EndCloseOut(context.WithoutCancel(ctx), done.CloseOut, nil)
}

// made keeps a close-out with its papers. What the carrier does not know stands on none.
func (c *Carriers) made(ctx context.Context, done *Closing, p party, m account.Manifest) (err error) {
	ctx = context.WithoutCancel(ctx)
	var freed []string
	for _, a := range p.aboard {
		if slices.Contains(m.Unknown, a.bought.Tracking) {
			freed, done.Unknown = append(freed, a.key), append(done.Unknown, a.parcel)
		}
	}
	if len(m.Papers) == 0 {
		done.Answer = "its paper has not come: print it on the carrier's web page"
	}
	for i, paper := range m.Papers {
		page, err := carried.Page(paper)
		if err != nil {
			done.Answer = "its paper cannot be printed here: print it on the carrier's web page"
			continue
		}
		id := fmt.Sprintf("%s-%d", done.ID, i+1)
		done.Papers = append(done.Papers, store.Document{ID: id, Effect: id, Kind: "close-out", Profile: carried.Profile, At: c.Time(), PDF: page})
		done.Said.Papers = append(done.Said.Papers, id)
	}
	if len(done.Papers) > 0 {
		if done.Papers, err = c.Store.KeepDocuments(ctx, done.Papers...); err != nil {
			return err
		}
	}
	done.Said.ID, done.Said.Pending, done.Said.Unknown = m.ID, m.Pending, m.Unknown
	done.State, done.Moved = store.CloseOutDone, c.Time()
	return c.Store.EndCloseOut(ctx, done.CloseOut, freed)
}

// SettleCloseOut keeps what a person found on the carrier's web page of a close-out whose
// answer nobody saw. One that was not made can be made again.
func (c *Carriers) SettleCloseOut(ctx context.Context, id string, made bool) (store.CloseOut, error) {
	row, err := c.Store.CloseOut(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return row, fmt.Errorf("there is no close-out %s", id)
	}
	if err != nil {
		return row, err
	}
	if row.State != store.CloseOutSent {
		return row, fmt.Errorf("what became of close-out %s is known", id)
	}
	row.State, row.Answer, row.Moved = store.CloseOutRefused, "a person found none at the carrier", c.Time()
	if made {
		row.State, row.Answer = store.CloseOutDone, "a person found it at the carrier"
	}
	return row, c.Store.EndCloseOut(ctx, row, nil)
}
