package carriers

import (
	"time"

	"packbench/station/carrier/account"
)

// An account that fails so often in a row is left alone for a while (C4): its prices are
// left out, and nothing is bought on it, so that a bench does not wait for it again and
// again.
const (
	failures   = 3
	aloneFirst = 30 * time.Second
	aloneMost  = 5 * time.Minute
)

// silence is how an account that fails is left alone.
type silence struct {
	failed int
	since  time.Time
	until  time.Time
}

// Heard counts how a call went. One alone goes through after the time, and decides.
func (c *Carriers) Heard(id string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.silent[id]
	if err == nil || account.NotDone(err) && !account.Down(err) { // it answered
		delete(c.silent, id)
		return
	}
	if s.failed == 0 {
		s.since = c.Time()
	}
	if s.failed++; s.failed >= failures {
		wait := min(aloneFirst<<min(s.failed-failures, 8), aloneMost)
		s.until = c.Time().Add(wait)
	}
	c.silent[id] = s
}

// alone reports since when an account is left alone, if it is now.
func (c *Carriers) alone(id string) (since time.Time, is bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.silent[id]
	return s.since, s.failed >= failures && c.Time().Before(s.until)
}

// Silent reports whether an account is left alone now.
func (c *Carriers) Silent(id string) bool {
	_, is := c.alone(id)
	return is
}
