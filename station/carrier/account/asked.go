package account

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Sum tells a shipment from one with another address, mass, carton or contents: prices
// of one are void for the other (C5). The day counts too, as carriers go by it.
func (s Shipment) Sum() string {
	s.Ref, s.Label, s.Piece = "", Form{}, Piece{} // no price depends on these
	s.Day = time.Date(s.Day.Year(), s.Day.Month(), s.Day.Day(), 0, 0, 0, 0, time.UTC)
	text, err := json.Marshal(s)
	if err != nil { // values alone
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// mostDays is how far ahead a promise is believed.
const mostDays = 365

// Promised is the day that a quote promises, zero where it promises none. Working days
// are counted without the carrier's holidays, which it knows and this bench does not.
func (q Quote) Promised(at time.Time) time.Time {
	if !q.Arrives.IsZero() || q.Days <= 0 || q.Days > mostDays {
		return q.Arrives
	}
	y, m, d := at.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, at.Location())
	for n := 0; n < q.Days; {
		day = day.AddDate(0, 0, 1)
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n++
		}
	}
	return day
}
