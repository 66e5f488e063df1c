package store

import (
	"context"
	"encoding/json"
	"time"
)

// Account is one with a carrier, or with somebody who sells the labels of many. Its key
// is not here.
type Account struct {
	ID      string
	Kind    string
	URL     string
	Options map[string]string
	Off     time.Time // nobody buys on it until then
	Since   time.Time // it was added
}

var accountColumns = `SELECT id, kind, url, options, off, since, ` + doubt("accounts", "") + ` FROM accounts`

func readAccount(scan func(...any) error) (Account, error) {
	var a Account
	var options []byte
	var off, since int64
	if err := scan(&a.ID, &a.Kind, &a.URL, &options, &off, &since); err != nil {
		return a, err
	}
	a.Off, a.Since = clock(off), clock(since)
	return a, json.Unmarshal(options, &a.Options)
}

// PutAccount adds an account, or changes all of one but when it was added.
func (s *Store) PutAccount(ctx context.Context, a Account) error {
	options, err := json.Marshal(a.Options)
	if err != nil {
		return err
	}
	return s.change(ctx, "keep account "+a.ID, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO accounts (id, kind, url, options, off, since) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, url = excluded.url, options = excluded.options, off = excluded.off`,
			a.ID, a.Kind, a.URL, options, nanos(a.Off), nanos(a.Since))
		return err
	})
}

// Account returns an account; none is ErrUnknown.
func (s *Store) Account(ctx context.Context, id string) (Account, error) {
	return one(ctx, s.read, "read account "+id, sound(readAccount), accountColumns+` WHERE id = ?`, id)
}

// Accounts returns all of them by id.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	return list(ctx, s.read, "read the accounts", sound(readAccount), accountColumns+` ORDER BY id`)
}

// AccountService is one that an account sells, as JSON of account.Service.
type AccountService struct {
	Account, Service string
	Body             []byte
	Unused           bool // a person does not want it
}

// PutAccountServices keeps what an account sells; what is not wanted stays so.
func (s *Store) PutAccountServices(ctx context.Context, services ...AccountService) error {
	if len(services) == 0 {
		return nil
	}
	return s.change(ctx, "keep the services of account "+services[0].Account, func(tx *prepared) error {
		for _, a := range services {
			if _, err := tx.ExecContext(ctx, `INSERT INTO account_services (account, service, body, unused) VALUES (?, ?, ?, ?)
				ON CONFLICT (account, service) DO UPDATE SET body = excluded.body WHERE body <> excluded.body`,
				a.Account, a.Service, a.Body, a.Unused); err != nil {
				return err
			}
		}
		return nil
	})
}

// UseService says whether a service of an account may be bought; one that is not known
// is ErrUnknown.
func (s *Store) UseService(ctx context.Context, account, service string, use bool) error {
	return s.change(ctx, "keep what account "+account+" may sell", func(tx *prepared) error {
		done, err := changed(tx.ExecContext(ctx, `UPDATE account_services SET unused = ? WHERE account = ? AND service = ?`, !use, account, service))
		if err == nil && !done {
			err = ErrUnknown
		}
		return err
	})
}

// AccountServices returns what an account sells, by service; of every account for "".
func (s *Store) AccountServices(ctx context.Context, account string) ([]AccountService, error) {
	return list(ctx, s.read, "read the services of account "+account, sound(func(scan func(...any) error) (a AccountService, err error) {
		err = scan(&a.Account, &a.Service, &a.Body, &a.Unused)
		return a, err
	}), `SELECT account, service, body, unused, `+doubt("account_services", "")+` FROM account_services WHERE ?1 = '' OR account = ?1 ORDER BY account, service`, account)
}

// ParcelQuotes are the newest prices that an account asked for a parcel.
type ParcelQuotes struct {
	Parcel, Account string
	Asked           string // a sum of all that they were asked for
	At              time.Time
	Body            []byte // JSON of account.Quotes
}

// PutParcelQuotes keeps prices in the place of those before.
func (s *Store) PutParcelQuotes(ctx context.Context, quotes ...ParcelQuotes) error {
	if len(quotes) == 0 {
		return nil
	}
	return s.change(ctx, "keep the prices of parcel "+quotes[0].Parcel, func(tx *prepared) error {
		for _, q := range quotes {
			if _, err := tx.ExecContext(ctx, `INSERT INTO parcel_quotes (parcel, account, asked, at, body) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT (parcel, account) DO UPDATE SET asked = excluded.asked, at = excluded.at, body = excluded.body`,
				q.Parcel, q.Account, q.Asked, nanos(q.At), q.Body); err != nil {
				return err
			}
		}
		return nil
	})
}

// ParcelQuotes returns the newest prices of a parcel on an account; none is ErrUnknown.
func (s *Store) ParcelQuotes(ctx context.Context, parcel, account string) (ParcelQuotes, error) {
	return one(ctx, s.read, "read the prices of parcel "+parcel, sound(func(scan func(...any) error) (q ParcelQuotes, err error) {
		var at int64
		err = scan(&q.Parcel, &q.Account, &q.Asked, &at, &q.Body)
		q.At = clock(at)
		return q, err
	}), `SELECT parcel, account, asked, at, body, `+doubt("parcel_quotes", "")+` FROM parcel_quotes WHERE parcel = ? AND account = ?`, parcel, account)
}
