// Package round is how the changes of a shop are read to their end where its list can
// be asked for ids above one and for times after one: page by page by rising id, so that
// nothing is passed over while orders come and go, and round after round by time. It
// must not ask anybody, nor know how a shop writes ids and times.
//
//	r := round.Of(cursor)
//	… ask for what changed since r.Since with an id above r.Last …
//	r.Begin(now)
//	for … { r.Saw(id, changed) }
//	next := r.Cursor(more, overlap)
package round

import (
	"encoding/json"
	"time"

	"packbench/station/shop"
)

// Round is one reading of all that has changed since a time.
type Round struct {
	Since time.Time `json:"since,omitzero"`
	Last  int64     `json:"last,omitempty"` // id that the round has come to
	Began time.Time `json:"began,omitzero"` // by the shop's clock
	Most  time.Time `json:"most,omitzero"`  // latest change that the round has seen
}

// Of returns the round that a cursor stands in. One that is none begins at the
// beginning: then everything is read again, and nothing is lost.
func Of(c shop.Cursor) Round {
	var r Round
	if c == "" || json.Unmarshal([]byte(c), &r) != nil || r.Last < 0 {
		return Round{}
	}
	return r
}

// Begin sets when the round began, by the shop's clock, unless it has.
func (r *Round) Begin(at time.Time) {
	if r.Began.IsZero() {
		r.Began = at.UTC()
	}
}

// Saw notes an entry that was read. A time that is zero is not known.
func (r *Round) Saw(id int64, changed time.Time) {
	r.Last = max(r.Last, id)
	if changed.After(r.Most) {
		r.Most = changed.UTC()
	}
}

// Cursor is where to go on: in the round while there is more, else with the next one.
// That begins before this one did, by an overlap, because what changed meanwhile may
// have an id that was passed, and because lists lag and clocks differ; never before
// this one's own beginning in time.
func (r Round) Cursor(more bool, overlap time.Duration) shop.Cursor {
	if !more {
		from := r.Began
		if !r.Most.IsZero() && r.Most.Before(from) {
			from = r.Most
		}
		from = from.Add(-overlap).Truncate(time.Second)
		if from.Before(r.Since) {
			from = r.Since
		}
		r = Round{Since: from}
	}
	text, err := json.Marshal(r)
	if err != nil {
		return "" // a time beyond the year 9999: begin again
	}
	return shop.Cursor(text)
}
