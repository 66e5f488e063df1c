package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// CloseOutState is how far a close-out has come.
type CloseOutState string

// The states. A row is sent from before the carrier is called until its answer is kept:
// what is found sent, and is not being sent, is unknown.
const (
	CloseOutSent    CloseOutState = "sent"
	CloseOutDone    CloseOutState = "done"
	CloseOutAway    CloseOutState = "away"    // the carrier could not be asked: nothing was closed out
	CloseOutRefused CloseOutState = "refused" // nothing was closed out
)

// CloseOut is what a carrier was told that its van takes.
type CloseOut struct {
	ID      string
	Account string
	Carrier string
	Day     string // the van comes, as 2006-01-02
	Van     string // the manifest, "" for none
	Station string
	State   CloseOutState
	Answer  string // the carrier's last one, in words
	Said    CloseOutAnswer
	Since   time.Time
	Moved   time.Time
}

// CloseOutAnswer is what a carrier says to a close-out.
type CloseOutAnswer struct {
	ID      string   `json:"id"`                // the carrier's own
	Pending bool     `json:"pending,omitempty"` // its paper is not made yet
	Unknown []string `json:"unknown,omitempty"` // tracking numbers that the carrier does not know, or will not take
	Papers  []string `json:"papers,omitempty"`  // ids of kept documents
}

var closeOutColumns = `SELECT id, account, carrier, day, van, station, state, answer, body, since, moved, ` + doubt("close_outs", "") + ` FROM close_outs`

func readCloseOut(scan func(...any) error) (c CloseOut, err error) {
	var body []byte
	var since, moved int64
	if err := scan(&c.ID, &c.Account, &c.Carrier, &c.Day, &c.Van, &c.Station, &c.State, &c.Answer, &body, &since, &moved); err != nil {
		return c, err
	}
	c.Since, c.Moved = clock(since), clock(moved)
	return c, json.Unmarshal(body, &c.Said)
}

// BeginCloseOut keeps that a carrier is about to be told of purchases, and returns those
// that are this close-out's: one that stands on another is not taken from it. Where none is
// left, nothing is kept.
func (s *Store) BeginCloseOut(ctx context.Context, c CloseOut, purchases []string) (taken []string, err error) {
	body, err := json.Marshal(c.Said)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, "keep close-out "+c.ID, func(tx *prepared) error {
		taken = nil
		for _, key := range purchases {
			mine, err := changed(tx.ExecContext(ctx, `INSERT INTO close_out_parcels (purchase, close_out)
				SELECT key, ? FROM purchases WHERE key = ? AND state = ? ON CONFLICT DO NOTHING`, c.ID, key, PurchaseBought))
			if err != nil {
				return err
			}
			if mine {
				taken = append(taken, key)
			}
		}
		if len(taken) == 0 {
			return nil
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO close_outs (id, account, carrier, day, van, station, state, answer, body, since, moved)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.Account, c.Carrier, c.Day, c.Van, c.Station, CloseOutSent, c.Answer, body, nanos(c.Since), nanos(c.Moved))
		return err
	})
	return taken, err
}

// EndCloseOut keeps what came of a close-out that was sent. Purchases that are freed may
// stand on another one; of one that was not made all are.
func (s *Store) EndCloseOut(ctx context.Context, c CloseOut, freed []string) error {
	body, err := json.Marshal(c.Said)
	if err != nil {
		return err
	}
	return s.change(ctx, "keep close-out "+c.ID, func(tx *prepared) error {
		done, err := changed(tx.ExecContext(ctx, `UPDATE close_outs SET state = ?, answer = ?, body = ?, moved = ? WHERE id = ? AND state = ?`,
			c.State, c.Answer, body, nanos(c.Moved), c.ID, CloseOutSent))
		if err == nil && !done {
			return errors.New("keep a close-out: its end is known already")
		}
		if err == nil && (c.State == CloseOutAway || c.State == CloseOutRefused) {
			_, err = tx.ExecContext(ctx, `DELETE FROM close_out_parcels WHERE close_out = ?`, c.ID)
		}
		for _, key := range freed {
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `DELETE FROM close_out_parcels WHERE close_out = ? AND purchase = ?`, c.ID, key)
		}
		return err
	})
}

// CloseOut returns a close-out; none is ErrUnknown.
func (s *Store) CloseOut(ctx context.Context, id string) (CloseOut, error) {
	return one(ctx, s.read, "read close-out "+id, sound(readCloseOut), closeOutColumns+` WHERE id = ?`, id)
}

// CloseOuts returns those that were begun since a time, and those whose end is not known,
// oldest first.
func (s *Store) CloseOuts(ctx context.Context, since time.Time) ([]CloseOut, error) {
	return list(ctx, s.read, "read the close-outs", sound(readCloseOut), closeOutColumns+` WHERE since >= ? OR state = 'sent' ORDER BY since, id`, nanos(since))
}

// CloseOutsOf returns those of a van, oldest first.
func (s *Store) CloseOutsOf(ctx context.Context, van string) ([]CloseOut, error) {
	return list(ctx, s.read, "read the close-outs of van "+van, sound(readCloseOut), closeOutColumns+` WHERE van = ? ORDER BY since, id`, van)
}

// CloseOutParcels returns the purchases on a close-out.
func (s *Store) CloseOutParcels(ctx context.Context, id string) ([]string, error) {
	return list(ctx, s.read, "read what close-out "+id+" has", sound(text), `SELECT purchase, `+doubt("close_out_parcels", "")+
		` FROM close_out_parcels WHERE close_out = ? ORDER BY purchase`, id)
}

// OnCloseOut returns the close-out that a purchase stands on; none is ErrUnknown.
func (s *Store) OnCloseOut(ctx context.Context, purchase string) (CloseOut, error) {
	id, err := one(ctx, s.read, "find the close-out of "+purchase, sound(text), `SELECT close_out, `+doubt("close_out_parcels", "")+
		` FROM close_out_parcels WHERE purchase = ?`, purchase)
	if err != nil {
		return CloseOut{}, err
	}
	return s.CloseOut(ctx, id)
}
