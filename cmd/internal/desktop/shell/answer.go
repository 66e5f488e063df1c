package shell

import "time"

// Answer brings the answer to a code that came by keys into the picture of the turn in
// which its last key came. The window hands out keys and draws right after that; the
// answer comes from the disk, mostly within a millisecond, and what comes after the
// drawing waits for the next turn.
type Answer struct {
	codes int           // as Came has seen them, on the window's turn
	ready chan struct{} // an answer was published
	due   bool          // the next view has an answer, on Run's goroutine
}

// answerWithin is less than the time from one turn of the window to the next.
const answerWithin = 12 * time.Millisecond

// NewAnswer returns one that waits for nothing.
func NewAnswer() Answer { return Answer{ready: make(chan struct{}, 1)} }

// Due tells that a scan was answered: the next view says how.
func (a *Answer) Due() { a.due = true }

// Published tells that a view was published.
func (a *Answer) Published() {
	if a.due {
		a.due = false
		select {
		case a.ready <- struct{}{}:
		default:
		}
	}
}

// Key tells that a key went down or up. An answer that was there before a code's keys is
// not theirs: it may be to a scan by a port.
func (a *Answer) Key(down bool) {
	if !down {
		return
	}
	select {
	case <-a.ready:
	default:
	}
}

// Came reports whether an answer was published, and waits for it a little if another
// code came by keys since it was last asked; codes is how many came so far.
func (a *Answer) Came(codes int) bool {
	if codes == a.codes {
		return false
	}
	a.codes = codes
	select {
	case <-a.ready:
		return true
	case <-time.After(answerWithin):
		return false
	}
}
