// Package message is word to the team (M1): what of a bench's work is news, how news are
// put together, and what a service that passes them on is asked and answers.
//
// [Of] finds the news in a row of the journal, [Compose] makes one [Message] of many, and
// a [Sender], of which each kind of service has a package of its own beneath, sends it.
// News hold ids and codes: no name or address of a buyer, and nothing that was typed or
// scanned freely, can come into a message.
//
// It must not know a service, keep anything, decide who is told what, or repeat what may
// have been sent: see cmd/internal/messages.
package message

import (
	"context"
	"time"

	"packbench/station/web"
)

// Sender sends messages to one place.
type Sender interface {
	// Send sends a message. nil: the service took it. Where web.NotDone is true of the
	// error nothing was sent, surely, and what the error says of when to try again counts;
	// after any other error it may have been.
	Send(ctx context.Context, m Message) error
}

// Options are what a Sender is made of.
type Options struct {
	URL    string // an address, or a host and port, that is no secret; "" where the kind has none
	Secret string // the address itself, where whoever has it can post
	Set    map[string]string
	Do     web.Doer
	Clock  func() time.Time
}
