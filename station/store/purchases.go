package store

import (
	"context"
	"errors"
	"time"
)

// PurchaseState is how far a purchase on an account has come.
type PurchaseState string

// The states. A row is sent from before the carrier is called until its answer is kept:
// what is found sent, and is not being sent, is unknown.
const (
	PurchasePlanned PurchaseState = "planned" // the carrier was not called yet
	PurchaseSent    PurchaseState = "sent"
	PurchaseBought  PurchaseState = "bought"
	PurchaseRefused PurchaseState = "refused" // nothing was bought
	PurchaseVoiding PurchaseState = "voiding" // it is to be given back
	PurchaseLost    PurchaseState = "lost"    // the same, because its label is not shown again: then another one may be bought
	PurchaseGone    PurchaseState = "gone"    // it was given back, or never was
)

// Purchase is a label that was bought on an account, or may have been.
type Purchase struct {
	Key     string // of the wish; nothing is bought twice under it
	Account string
	Ref     string // that the carrier knows it by
	Order   string
	Parcel  string
	Station string
	Carrier string
	Service string // the bench's id
	Asked   string // a sum of all that it was asked for
	State   PurchaseState
	Draft   string // the account's own id of what was made before
	Quote   []byte // JSON of account.Quote
	Bought  []byte // JSON of account.Purchase, once it was
	Refund  string // account.Refund, once it was given back
	Answer  string // the carrier's last one, in words
	Since   time.Time
	Moved   time.Time
}

// PurchasePaper is a document that a carrier sent with a purchase.
type PurchasePaper struct {
	Kind, Type string
	DPI        int
	Data       []byte
}

var purchaseColumns = `SELECT key, account, ref, order_id, parcel, station, carrier, service, asked, state, draft, quote, bought, refund, answer, since, moved, ` +
	doubt("purchases", "") + ` FROM purchases`

func readPurchase(scan func(...any) error) (p Purchase, err error) {
	var since, moved int64
	err = scan(&p.Key, &p.Account, &p.Ref, &p.Order, &p.Parcel, &p.Station, &p.Carrier, &p.Service, &p.Asked, &p.State, &p.Draft, &p.Quote,
		&p.Bought, &p.Refund, &p.Answer, &since, &moved)
	p.Since, p.Moved = clock(since), clock(moved)
	return p, err
}

// purchaseMoves are the ways that a row may go: another program that read it earlier must
// not undo what became of it since. What was sent once is sent again by nobody, and that
// something was bought is never forgotten.
const purchaseMoves = `CASE purchases.state
	WHEN 'planned' THEN excluded.state IN ('planned', 'sent', 'refused')
	WHEN 'sent' THEN purchases.since = excluded.since AND excluded.state <> 'planned'
	WHEN 'refused' THEN excluded.state IN ('planned', 'refused', 'bought')
	WHEN 'bought' THEN excluded.state IN ('bought', 'voiding')
	WHEN 'voiding' THEN excluded.state IN ('voiding', 'gone')
	ELSE purchases.state = excluded.state END`

// PutPurchase keeps how far a purchase has come, with the papers that came with it. Once
// kept, key, account, order and parcel of a purchase never change, and its reference only
// when it is refused and the carrier takes that one no more.
func (s *Store) PutPurchase(ctx context.Context, p Purchase, papers ...PurchasePaper) error {
	if p.Key == "" || p.Account == "" || p.Ref == "" {
		return errors.New("keep a purchase: it needs a key, an account and a reference")
	}
	return s.change(ctx, "keep the purchase of parcel "+p.Parcel, func(tx *prepared) error {
		done, err := changed(tx.ExecContext(ctx, `INSERT INTO purchases
			(key, account, ref, order_id, parcel, station, carrier, service, asked, state, draft, quote, bought, refund, answer, since, moved)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET ref = excluded.ref, state = excluded.state, draft = excluded.draft, quote = excluded.quote, bought = excluded.bought,
			refund = excluded.refund, answer = excluded.answer, since = excluded.since, moved = excluded.moved, asked = excluded.asked
			WHERE account = excluded.account AND (ref = excluded.ref OR excluded.state = 'refused' AND purchases.state IN ('planned', 'sent'))
			AND order_id = excluded.order_id AND parcel = excluded.parcel AND `+purchaseMoves,
			p.Key, p.Account, p.Ref, p.Order, p.Parcel, p.Station, p.Carrier, p.Service, p.Asked, p.State, p.Draft, nonNil(p.Quote),
			nonNil(p.Bought), p.Refund, p.Answer, nanos(p.Since), nanos(p.Moved)))
		if err == nil && !done {
			return errors.New("keep a purchase: its key is taken by another one, or somebody has moved it on meanwhile")
		}
		for n := range papers {
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO purchase_papers (key, n, kind, type, dpi, data) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				p.Key, n, papers[n].Kind, papers[n].Type, papers[n].DPI, nonNil(papers[n].Data))
		}
		return err
	})
}

// FreePurchase keeps a lost purchase that was given back under a key of its own, so that
// its wish can be bought again.
func (s *Store) FreePurchase(ctx context.Context, p Purchase) error {
	return s.change(ctx, "keep the lost purchase of parcel "+p.Parcel, func(tx *prepared) error {
		done, err := changed(tx.ExecContext(ctx, `UPDATE purchases SET key = key || ' ' || ref, state = ?, refund = ?, answer = ?, moved = ?
			WHERE key = ? AND ref = ? AND state = ?`, PurchaseGone, p.Refund, p.Answer, nanos(p.Moved), p.Key, p.Ref, PurchaseLost))
		if err == nil && !done {
			return errors.New("keep a lost purchase: it is not one")
		}
		return err
	})
}

// Purchase returns what is known of a wish; none is ErrUnknown.
func (s *Store) Purchase(ctx context.Context, key string) (Purchase, error) {
	return one(ctx, s.read, "read the purchase "+key, sound(readPurchase), purchaseColumns+` WHERE key = ?`, key)
}

// PurchasesOf returns all that was bought for a parcel, or may have been, oldest first.
func (s *Store) PurchasesOf(ctx context.Context, parcel string) ([]Purchase, error) {
	return list(ctx, s.read, "read the purchases of parcel "+parcel, sound(readPurchase), purchaseColumns+` WHERE parcel = ? ORDER BY since, key`, parcel)
}

// OpenPurchases returns those whose end is not known, oldest first.
func (s *Store) OpenPurchases(ctx context.Context) ([]Purchase, error) {
	return list(ctx, s.read, "read the open purchases", sound(readPurchase), purchaseColumns+
		` WHERE state <> 'bought' AND state <> 'refused' AND state <> 'gone' ORDER BY since, key`)
}

// RefundsAsked returns those whose money was asked back and has not come, oldest first.
func (s *Store) RefundsAsked(ctx context.Context) ([]Purchase, error) {
	return list(ctx, s.read, "read the refunds", sound(readPurchase), purchaseColumns+` WHERE refund = 'asked' ORDER BY since, key`)
}

// PurchasePapers returns what came with a purchase, the label first.
func (s *Store) PurchasePapers(ctx context.Context, key string) ([]PurchasePaper, error) {
	return list(ctx, s.read, "read the papers of purchase "+key, sound(func(scan func(...any) error) (p PurchasePaper, err error) {
		err = scan(&p.Kind, &p.Type, &p.DPI, &p.Data)
		return p, err
	}), `SELECT kind, type, dpi, data, `+doubt("purchase_papers", "")+` FROM purchase_papers WHERE key = ? ORDER BY n`, key)
}
