package message

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"time"

	"packbench/station/web"
)

// Letter is what one buyer is told, once.
type Letter struct {
	ID            string // no other letter has it
	At            time.Time
	To            string // their e-mail address; "" where a shop is told of them
	Subject, Text string
	Code          []byte // a picture (PNG) of a code that is attached, nil for none
	Data          any    // what a shop is told: ids and states
}

// Postman sends letters; what is true of the errors of a [Sender] is of its errors.
type Postman interface {
	Deliver(ctx context.Context, l Letter) error
}

// CheckMail says that a text is no e-mail address of one person. What would become another
// line of a mail's head, or a second one who gets it, is none.
func CheckMail(address string) error {
	a, err := mail.ParseAddress(address)
	if err != nil || a.Address != address || len(address) > 254 || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`,;<>"`, r) }) {
		return &web.Refused{Say: "the order's e-mail address is none", Who: "packbench"}
	}
	return nil
}

// ErrNoPostman says that a kind of target tells teams, not buyers.
var ErrNoPostman = errors.New("it tells no buyers")
