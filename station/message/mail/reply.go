package mail

import (
	"errors"
	"fmt"
	"net"
	"net/textproto"
)

// replied is what a server answered: its number alone, because its words may hold an
// address.
func replied(err error) (code int, reply string) {
	var said *textproto.Error
	if errors.As(err, &said) {
		return said.Code, fmt.Sprintf("(%d)", said.Code)
	}
	return 0, ""
}

// plain leaves of an error of the network what says what is wrong there.
func plain(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return errors.New("it did not answer in time")
	}
	return errors.New("the connection was lost")
}
