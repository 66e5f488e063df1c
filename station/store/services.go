package store

import (
	"context"
	"time"
)

// NumberState is what is known of a number at a service that follows parcels.
type NumberState string

// What is known of a number there.
const (
	NumberAsked    NumberState = ""         // it was asked after, and is not followed as far as that is known
	NumberSent     NumberState = "sent"     // the service was told to follow it, and nobody saw the answer
	NumberFollowed NumberState = "followed" // the service follows it
	NumberRefused  NumberState = "refused"  // the service will not
)

// ServiceNumber is the tracking number of a parcel at a service that follows parcels.
type ServiceNumber struct {
	Account, Number, Parcel string
	State                   NumberState
	Ref                     string    // the service's own id of it
	Tries                   int       // how often it was told to follow it
	Sent, Asked             time.Time // when that was last; zero: never
	Answer                  string    // what it said that is odd, in words
}

// ServiceNumbers returns the numbers at a service of parcels that were closed since a time,
// by parcel and number.
func (s *Store) ServiceNumbers(ctx context.Context, account string, since time.Time) ([]ServiceNumber, error) {
	return list(ctx, s.read, "read what a service follows", sound(readServiceNumber), serviceNumbers+`JOIN parcels p ON p.id = n.parcel
		WHERE n.account = ? AND p.closed >= ? ORDER BY n.parcel, n.number`, account, nanos(since))
}

// ServicesOf returns what services know of a parcel's numbers.
func (s *Store) ServicesOf(ctx context.Context, parcel string) ([]ServiceNumber, error) {
	return list(ctx, s.read, "read which services follow parcel "+parcel, sound(readServiceNumber), serviceNumbers+`WHERE n.parcel = ? ORDER BY n.account, n.number`, parcel)
}

var serviceNumbers = `SELECT n.account, n.number, n.parcel, n.state, n.ref, n.tries, n.sent, n.asked, n.answer, ` + doubt("service_numbers", "n.") + ` FROM service_numbers n `

func readServiceNumber(scan func(...any) error) (n ServiceNumber, err error) {
	var sent, asked int64
	err = scan(&n.Account, &n.Number, &n.Parcel, &n.State, &n.Ref, &n.Tries, &sent, &asked, &n.Answer)
	n.Sent, n.Asked = clock(sent), clock(asked)
	return n, err
}

// ServiceSum is how many numbers of a state there are at a service.
type ServiceSum struct {
	Account string
	State   NumberState
	N       int
}

// CountServiceNumbers counts the numbers at all services of parcels that were closed since a
// time.
func (s *Store) CountServiceNumbers(ctx context.Context, since time.Time) ([]ServiceSum, error) {
	return list(ctx, s.read, "count what services follow", func(scan func(...any) error) (n ServiceSum, err error) {
		return n, scan(&n.Account, &n.State, &n.N)
	}, `SELECT n.account, n.state, count(*) FROM service_numbers n JOIN parcels p ON p.id = n.parcel WHERE p.closed >= ? GROUP BY 1, 2 ORDER BY 1, 2`, nanos(since))
}

// PutServiceNumbers keeps how numbers stand at services.
func (s *Store) PutServiceNumbers(ctx context.Context, numbers ...ServiceNumber) error {
	if len(numbers) == 0 {
		return nil
	}
	return s.change(ctx, "keep what a service follows", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, n := range numbers {
			run.exec(`INSERT INTO service_numbers (account, number, parcel, state, ref, tries, sent, asked, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET state = excluded.state, ref = excluded.ref, tries = excluded.tries, sent = excluded.sent, asked = excluded.asked, answer = excluded.answer`,
				n.Account, n.Number, n.Parcel, n.State, n.Ref, n.Tries, nanos(n.Sent), nanos(n.Asked), n.Answer)
		}
		return run.err
	})
}
